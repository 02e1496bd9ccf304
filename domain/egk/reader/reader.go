// Package reader holds what a seat's card reader tells: which state it is in, and
// what the card says that was just put in. How readers are reached is none of its
// business.
//
//	e, err := source.Next(ctx)
//	if e.State == reader.Read { … e.Card.ICCSN … }
package reader

import (
	"context"

	"schalter/domain/egk"
)

// Source tells what happens at a reader, one thing after the other.
//
// Next waits for the next event until the context ends, which is its only error:
// a missing service and a broken card are states, and typing goes on beside them.
// The first event says how things stand.
type Source interface {
	Next(ctx context.Context) (Event, error)
}

// State is how a reader, or all of them, stand.
type State uint8

// The states. The first three are of the seat as a whole, the others of one
// reader.
const (
	// NoService: the operating system's smart card service does not answer.
	NoService State = iota + 1
	// NoReader: it does, and knows no reader.
	NoReader
	// Empty: there is a reader, and no card in any.
	Empty
	// Reading: a card was put in and is being read.
	Reading
	// Read: it was read; Event.Card is what it says.
	Read
	// Removed: the card that was read has been taken out.
	Removed
	// Pulled: the card was taken out before it was read to its end.
	Pulled
	// Mute: the card does not answer at all: upside down, dirty, broken.
	Mute
	// Held: another program has the card for itself.
	Held
	// Unreadable: the card answers, and is no health card or a damaged one;
	// Event.Fault says what is wrong.
	Unreadable
)

// States returns every state, for those who must have a sentence for each.
func States() []State {
	return []State{NoService, NoReader, Empty, Reading, Read, Removed, Pulled, Mute, Held, Unreadable}
}

// String is the name of the state for machines.
func (s State) String() string {
	names := map[State]string{
		NoService: "no_service", NoReader: "no_reader", Empty: "empty", Reading: "reading", Read: "read",
		Removed: "removed", Pulled: "pulled", Mute: "mute", Held: "held", Unreadable: "unreadable",
	}
	return names[s]
}

// Failed reports whether a card is there, or was, that could not be read.
func (s State) Failed() bool {
	return s == Pulled || s == Mute || s == Held || s == Unreadable
}

// Event is a change at a reader.
type Event struct {
	State State
	// Name is the reader's own name, as the system has it; "" for the states of
	// the seat.
	Name string
	// Readers is how many readers there are.
	Readers int
	// Card is what was read, with Read.
	Card egk.Card
	// Fault is why a card could not be used, with Unreadable.
	Fault egk.Fault
}
