package pcsc

import (
	"context"
	"errors"
	"slices"
	"time"
)

// library is the WinSCard interface as Windows and macOS have it, with the widths
// and structures of the system hidden. Codes are those of [failure].
type library interface {
	establish() (handle uintptr, code uint32)
	release(handle uintptr)
	cancel(handle uintptr)
	readers(handle uintptr) (names []string, code uint32)
	// status waits until a reader is not as told, at most for the time.
	status(handle uintptr, most time.Duration, readers []libraryReader) (code uint32)
	connect(handle uintptr, name string) (card uintptr, protocol uint32, code uint32)
	begin(card uintptr) (code uint32)
	// transmit writes the answer into room and returns its length.
	transmit(card uintptr, protocol uint32, apdu, room []byte) (n int, code uint32)
	// end ends the conversation and leaves the card as it is.
	end(card uintptr)
}

// libraryReader is a reader for the library: as it is known to be, and as it is.
type libraryReader struct {
	name       string
	known, now uint32
}

// The bits of a reader's state (winscard.h).
const (
	stateChanged = 0x0002
	stateUnknown = 0x0004
	statePresent = 0x0020
	stateMute    = 0x0200
	// useBits tell who uses the card, which is no change of it.
	useBits = 0x0080 | 0x0100 | 0x0400
)

// slice is how long the library waits at a time; in between the list of readers
// is asked for, which macOS does not announce by itself.
const slice = 500 * time.Millisecond

// winscard is a connection to the service of Windows or macOS.
type winscard struct {
	library library
	handle  uintptr
}

func openWinscard(l library) (Service, error) {
	handle, code := l.establish()
	if code != codeOK {
		return nil, &Error{NoService, code}
	}
	return &winscard{l, handle}, nil
}

// Readers implements Service.
func (w *winscard) Readers(ctx context.Context) ([]Reader, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	names, code := w.library.readers(w.handle)
	if code == codeNoReaders || code == codeOK && len(names) == 0 {
		return nil, nil
	}
	if err := failure(code); err != nil {
		return nil, err
	}
	states := make([]libraryReader, len(names))
	for i, name := range names {
		states[i].name = name
	}
	code = w.library.status(w.handle, 0, states)
	if err := failure(code); err != nil && code != codeTimeout {
		return nil, err
	}
	return readersOf(states), nil
}

func readersOf(states []libraryReader) []Reader {
	readers := make([]Reader, 0, len(states))
	for _, s := range states {
		if s.now&stateUnknown != 0 {
			continue // unplugged between the list and its states
		}
		readers = append(readers, Reader{
			Name: s.name, Card: s.now&statePresent != 0, Mute: s.now&stateMute != 0,
			Stamp: s.now &^ (stateChanged | useBits),
		})
	}
	return readers
}

// Wait implements Service.
func (w *winscard) Wait(ctx context.Context, seen []Reader) error {
	for {
		if len(seen) == 0 {
			if err := pause(ctx, slice); err != nil {
				return err
			}
		} else if err := w.waitSlice(ctx, seen); err != nil {
			return err
		}
		now, err := w.Readers(ctx)
		if err != nil || !slices.Equal(now, seen) {
			return err
		}
	}
}

// waitSlice waits for a change of a card for a while.
func (w *winscard) waitSlice(ctx context.Context, seen []Reader) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	states := make([]libraryReader, len(seen))
	for i, r := range seen {
		states[i] = libraryReader{name: r.Name, known: r.Stamp}
	}
	done := make(chan struct{})
	unused := context.AfterFunc(ctx, func() {
		defer close(done)
		w.library.cancel(w.handle)
	})
	code := w.library.status(w.handle, slice, states)
	if !unused() {
		<-done
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case code == codeTimeout, code == codeCancelled, code == codeUnknownReader:
		return nil
	}
	return failure(code)
}

// Connect implements Service.
func (w *winscard) Connect(ctx context.Context, name string) (Card, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	handle, protocol, code := w.library.connect(w.handle, name)
	if err := failure(code); err != nil {
		return nil, err
	}
	card := &winscardCard{w.library, handle, protocol}
	if err := failure(w.library.begin(handle)); err != nil {
		return nil, errors.Join(err, card.Close())
	}
	return card, nil
}

// Close implements Service.
func (w *winscard) Close() error {
	w.library.release(w.handle)
	return nil
}

// winscardCard is a card held through the library.
type winscardCard struct {
	library  library
	handle   uintptr
	protocol uint32
}

// Transmit implements Card. The library offers no way to give up on an answer.
func (c *winscardCard) Transmit(ctx context.Context, apdu []byte) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	room := make([]byte, maxAnswer)
	n, code := c.library.transmit(c.handle, c.protocol, apdu, room)
	if err := failure(code); err != nil {
		return nil, err
	}
	if n < 0 || n > len(room) {
		return nil, &Error{Problem: BadReply}
	}
	return room[:n], nil
}

// Close implements Card.
func (c *winscardCard) Close() error {
	c.library.end(c.handle)
	return nil
}

// splitNames takes apart a list of names that each end with a zero.
func splitNames[C byte | uint16](list []C, text func([]C) string) []string {
	var names []string
	for len(list) > 0 {
		end := slices.Index(list, 0)
		if end <= 0 {
			return names
		}
		names = append(names, text(list[:end]))
		list = list[end+1:]
	}
	return names
}
