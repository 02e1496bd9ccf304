// Package pcsctest is a smart card service in memory, for tests: readers are
// connected and taken away, cards put in and pulled, and everything that can go
// wrong with a real one goes wrong on order.
//
//	service := pcsctest.New("Reader 1")
//	service.Insert("Reader 1", card)
//	watcher := &pcsc.Watcher{Open: service.Open}
package pcsctest

import (
	"context"
	"slices"
	"sync"

	"schalter/cmd/internal/pcsc"
	"schalter/domain/egk"
)

// Service is a smart card service with its readers. It is safe for use by the
// test and by what is tested at the same time.
type Service struct {
	mu      sync.Mutex
	gone    bool
	changed chan struct{} // closed at every change
	readers []slot
	open    int
}

// slot is a reader and the card in it.
type slot struct {
	pcsc.Reader
	card egk.Transmitter
	held bool
}

// New is a running service with the readers of these names.
func New(names ...string) *Service {
	s := &Service{changed: make(chan struct{})}
	for _, name := range names {
		s.readers = append(s.readers, slot{Reader: pcsc.Reader{Name: name}})
	}
	return s
}

// Open connects to the service.
func (s *Service) Open(context.Context) (pcsc.Service, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.gone {
		return nil, &pcsc.Error{Problem: pcsc.NoService}
	}
	s.open++
	return &connection{service: s}, nil
}

// Connections is how many connections and cards are open.
func (s *Service) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.open
}

// alter changes the service and wakes whoever waits.
func (s *Service) alter(change func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
	close(s.changed)
	s.changed = make(chan struct{})
}

// Stop ends the service: every connection is lost, and no new one is made.
func (s *Service) Stop() { s.alter(func() { s.gone = true }) }

// Start makes it answer again.
func (s *Service) Start() { s.alter(func() { s.gone = false }) }

// Plug connects a reader.
func (s *Service) Plug(name string) {
	s.alter(func() { s.readers = append(s.readers, slot{Reader: pcsc.Reader{Name: name}}) })
}

// Unplug takes a reader away, with the card in it.
func (s *Service) Unplug(name string) {
	s.alter(func() { s.readers = slices.DeleteFunc(s.readers, func(r slot) bool { return r.Name == name }) })
}

// Insert puts a card into a reader; nil is one that does not answer.
func (s *Service) Insert(name string, card egk.Transmitter) {
	s.at(name, func(r *slot) { r.card, r.Card, r.Mute = card, true, card == nil })
}

// Pull takes the card out.
func (s *Service) Pull(name string) {
	s.at(name, func(r *slot) { r.card, r.Card, r.Mute = nil, false, false })
}

// Hold lets another program have the card of a reader, or lets it go.
func (s *Service) Hold(name string, held bool) {
	s.alter(func() {
		for i := range s.readers {
			if s.readers[i].Name == name {
				s.readers[i].held = held
			}
		}
	})
}

func (s *Service) at(name string, change func(*slot)) {
	s.alter(func() {
		for i := range s.readers {
			if r := &s.readers[i]; r.Name == name {
				change(r)
				r.Stamp++
			}
		}
	})
}

// find returns a copy of a reader's slot.
func (s *Service) find(name string) (slot, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.gone {
		return slot{}, &pcsc.Error{Problem: pcsc.NoService}
	}
	for _, r := range s.readers {
		if r.Name == name {
			return r, nil
		}
	}
	return slot{}, &pcsc.Error{Problem: pcsc.ReaderGone}
}

// connection is a connection to the service.
type connection struct {
	service *Service
	closed  bool
}

func (c *connection) look() ([]pcsc.Reader, <-chan struct{}, error) {
	s := c.service
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.gone {
		return nil, nil, &pcsc.Error{Problem: pcsc.NoService}
	}
	var readers []pcsc.Reader
	for _, r := range s.readers {
		readers = append(readers, r.Reader)
	}
	return readers, s.changed, nil
}

// Readers implements pcsc.Service.
func (c *connection) Readers(context.Context) ([]pcsc.Reader, error) {
	readers, _, err := c.look()
	return readers, err
}

// Wait implements pcsc.Service.
func (c *connection) Wait(ctx context.Context, seen []pcsc.Reader) error {
	now, changed, err := c.look()
	if err != nil || !slices.Equal(now, seen) {
		return err
	}
	select {
	case <-changed:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Connect implements pcsc.Service.
func (c *connection) Connect(_ context.Context, name string) (pcsc.Card, error) {
	r, err := c.service.find(name)
	switch {
	case err != nil:
		return nil, err
	case r.held:
		return nil, &pcsc.Error{Problem: pcsc.CardHeld}
	case !r.Card:
		return nil, &pcsc.Error{Problem: pcsc.CardGone}
	case r.Mute:
		return nil, &pcsc.Error{Problem: pcsc.CardMute}
	}
	c.service.mu.Lock()
	defer c.service.mu.Unlock()
	c.service.open++
	return &card{connection{service: c.service}, r}, nil
}

// Close implements pcsc.Service.
func (c *connection) Close() error {
	c.service.mu.Lock()
	defer c.service.mu.Unlock()
	if !c.closed {
		c.closed = true
		c.service.open--
	}
	return nil
}

// card is a card that is held.
type card struct {
	connection
	slot slot
}

// Transmit implements pcsc.Card: only to the card that was connected.
func (c *card) Transmit(ctx context.Context, apdu []byte) ([]byte, error) {
	now, err := c.service.find(c.slot.Name)
	switch {
	case err != nil:
		return nil, err
	case now.Stamp != c.slot.Stamp:
		return nil, &pcsc.Error{Problem: pcsc.CardGone}
	}
	return c.slot.card.Transmit(ctx, apdu)
}
