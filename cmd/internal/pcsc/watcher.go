package pcsc

import (
	"context"
	"errors"
	"net"
	"slices"
	"time"

	"schalter/domain/egk"
	"schalter/domain/egk/reader"
)

// How long the watcher waits before it tries again what nobody announces.
const (
	serviceRetry = time.Second // a service that does not answer
	heldRetry    = time.Second // a card that another program has
	calm         = 100 * time.Millisecond
	// readTime is the most that reading one card may take.
	readTime = 15 * time.Second
)

// Watcher follows the readers and reads every card that is put in. It implements
// [reader.Source]. It is for one caller at a time.
type Watcher struct {
	// Open connects to the service; it must be set.
	Open func(ctx context.Context) (Service, error)

	service Service
	// seen are the readers as they were last told; whole is the state of the seat
	// that was told last.
	seen  []Reader
	whole reader.State
	slots map[string]slot
	queue []reader.Event
	// woken: the last wait ended by itself, so that something should be found.
	woken bool
}

// slot is what was told of one reader.
type slot struct {
	stamp uint32
	state reader.State
	retry time.Time // when a held card is tried again
}

// Next implements reader.Source.
func (w *Watcher) Next(ctx context.Context) (reader.Event, error) {
	for {
		if len(w.queue) > 0 {
			e := w.queue[0]
			w.queue = w.queue[1:]
			return e, nil
		}
		if err := ctx.Err(); err != nil {
			return reader.Event{}, err
		}
		w.step(ctx)
	}
}

// Close gives the connection up.
func (w *Watcher) Close() error {
	if w.service == nil {
		return nil
	}
	service := w.service
	w.service = nil
	return ignoreClosed(service.Close())
}

// step does the next thing there is to do, and queues what it finds.
func (w *Watcher) step(ctx context.Context) {
	if name, ok := w.due(); ok {
		w.read(ctx, name)
		return
	}
	if w.service == nil && !w.connect(ctx) {
		_ = pause(ctx, serviceRetry)
		return
	}
	readers, err := w.service.Readers(ctx)
	if err != nil {
		w.fail(ctx, err)
		return
	}
	w.compare(readers)
	switch woken := w.woken; {
	case len(w.queue) > 0:
		w.woken = false
	case woken: // for nothing: a service that never waits is not asked without end
		w.woken = false
		_ = pause(ctx, calm)
	default:
		w.wait(ctx)
	}
}

// due is a reader whose card is to be read now.
func (w *Watcher) due() (name string, ok bool) {
	for _, r := range w.seen {
		s := w.slots[r.Name]
		if s.state == reader.Reading || s.state == reader.Held && !time.Now().Before(s.retry) {
			return r.Name, true
		}
	}
	return "", false
}

func (w *Watcher) connect(ctx context.Context) bool {
	service, err := w.Open(ctx)
	if err != nil {
		if ctx.Err() == nil {
			w.tellWhole(reader.NoService)
		}
		return false
	}
	w.service = service
	return true
}

// fail drops a connection that does not work any more. What was in the readers
// has to be found out anew.
func (w *Watcher) fail(ctx context.Context, err error) {
	_ = w.Close()
	if ctx.Err() != nil {
		return
	}
	w.seen, w.slots = nil, nil
	w.tellWhole(reader.NoService)
	if !isProblem(err, NoService) {
		_ = pause(ctx, calm)
	}
}

// wait waits for a change, or until a held card is tried again.
func (w *Watcher) wait(ctx context.Context) {
	waiting := ctx
	if at, ok := w.retryAt(); ok {
		var cancel context.CancelFunc
		waiting, cancel = context.WithDeadline(ctx, at)
		defer cancel()
	}
	err := w.service.Wait(waiting, w.seen)
	w.woken = err == nil
	if err != nil && waiting.Err() == nil {
		w.fail(ctx, err)
	}
}

// retryAt is when the first held card is tried again.
func (w *Watcher) retryAt() (at time.Time, ok bool) {
	for _, s := range w.slots {
		if s.state == reader.Held && (!ok || s.retry.Before(at)) {
			at, ok = s.retry, true
		}
	}
	return at, ok
}

// compare queues what differs between the readers and what was told of them.
func (w *Watcher) compare(readers []Reader) {
	w.seen = readers
	slots := map[string]slot{}
	for _, r := range readers {
		slots[r.Name] = w.compareOne(r, w.slots[r.Name])
	}
	for name, s := range w.slots {
		if _, still := slots[name]; !still && s.state == reader.Read {
			w.tell(name, reader.Removed)
		}
	}
	w.slots = slots
	switch {
	case len(readers) == 0:
		w.tellWhole(reader.NoReader)
	case !slices.ContainsFunc(readers, func(r Reader) bool { return r.Card }):
		w.tellWhole(reader.Empty)
	default:
		w.whole = 0
	}
}

// compareOne queues what changed in one reader and returns what is told now.
func (w *Watcher) compareOne(r Reader, was slot) slot {
	changed := was.stamp != r.Stamp || was.state == 0
	if was.state == reader.Read && (changed || !r.Card) {
		w.tell(r.Name, reader.Removed)
	}
	switch {
	case !r.Card:
		return slot{stamp: r.Stamp}
	case r.Mute && was.state == reader.Mute && !changed:
		return was
	case r.Mute:
		w.tell(r.Name, reader.Mute)
		return slot{stamp: r.Stamp, state: reader.Mute}
	case changed:
		w.tell(r.Name, reader.Reading)
		return slot{stamp: r.Stamp, state: reader.Reading}
	}
	return was
}

// read reads the card of a reader and queues how that went.
func (w *Watcher) read(ctx context.Context, name string) {
	reading, cancel := context.WithTimeout(ctx, readTime)
	defer cancel()
	card, err := w.readCard(reading, name)
	switch {
	case ctx.Err() != nil:
		return // nobody listens: it is read again when somebody does
	case isProblem(err, NoService):
		w.fail(ctx, err)
		return
	}
	s := w.slots[name]
	was := s.state
	e := reader.Event{State: outcome(err), Name: name, Readers: len(w.seen), Card: card}
	s.state, s.retry = e.State, time.Now().Add(heldRetry)
	w.slots[name] = s
	if e.State == reader.Unreadable {
		errors.As(err, &e.Fault)
	}
	if e.State != was {
		w.queue = append(w.queue, e)
	}
}

func (w *Watcher) readCard(ctx context.Context, name string) (card egk.Card, err error) {
	held, err := w.service.Connect(ctx, name)
	if err != nil {
		return egk.Card{}, err
	}
	card, err = egk.Read(ctx, held)
	_ = held.Close() // what was read is read
	return card, err
}

// outcome is the state of a reader whose card was read, or not.
func outcome(err error) reader.State {
	switch {
	case err == nil:
		return reader.Read
	case errors.Is(err, egk.Pulled):
		return reader.Pulled
	case isProblem(err, CardHeld):
		return reader.Held
	case isProblem(err, CardMute), errors.Is(err, context.DeadlineExceeded):
		return reader.Mute
	}
	return reader.Unreadable
}

func (w *Watcher) tell(name string, s reader.State) {
	w.queue = append(w.queue, reader.Event{State: s, Name: name, Readers: len(w.seen)})
}

// tellWhole tells the state of the seat, once.
func (w *Watcher) tellWhole(s reader.State) {
	if w.whole != s {
		w.whole = s
		w.queue = append(w.queue, reader.Event{State: s, Readers: len(w.seen)})
	}
}

// same reports whether nothing that matters differs.
func same(a, b []Reader) bool { return slices.Equal(a, b) }

func isProblem(err error, p Problem) bool {
	var e *Error
	return errors.As(err, &e) && e.Problem == p
}

func ignoreClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// pause waits, or ends with the context.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
