// Package pcsc reaches the card readers of this computer: through pcscd's socket
// on Linux, winscard.dll on Windows, the PCSC framework on macOS. None needs a C
// compiler or a library of ours.
//
//	readers := &pcsc.Watcher{Open: pcsc.System(os.Getenv)}
//	defer readers.Close()
//	for {
//		e, err := readers.Next(ctx) // reader.Read: e.Card
//	}
//
// A [Service] is the small part of PC/SC that reading needs; [Watcher] turns it
// into the events of package reader. Neither starts a goroutine that outlives a
// call: whoever waits is the one who asked, and stops when the context ends.
//
// Sources: PC/SC Workgroup part 5, pcsc-lite's winscard_msg.h (protocol 4:4),
// Microsoft's WinSCard reference, Apple's PCSC/winscard.h.
package pcsc

import (
	"context"
	"fmt"

	"schalter/domain/egk"
)

// Service is a connection to the system's smart card service. Its errors are
// [*Error], or the context's. It is for one caller at a time.
type Service interface {
	// Readers are the readers there are now.
	Readers(ctx context.Context) ([]Reader, error)
	// Wait returns when the readers may be no longer as they were seen, or when
	// the context ends. It may return early.
	Wait(ctx context.Context, seen []Reader) error
	// Connect takes the card in a reader for one conversation, which no other
	// program disturbs until it is closed.
	Connect(ctx context.Context, name string) (Card, error)
	// Close gives the connection up.
	Close() error
}

// Card is a card that is held. A card that was pulled is an error of Transmit
// that wraps [egk.Pulled].
type Card interface {
	egk.Transmitter
	Close() error
}

// Reader is a reader and what is in it.
type Reader struct {
	Name string
	// Card: something is in it. Mute: and it does not answer.
	Card, Mute bool
	// Stamp changes with every card that is put in or taken out, so that a quick
	// exchange is seen.
	Stamp uint32
}

// Problem says what kind of thing went wrong.
type Problem uint8

// The problems.
const (
	// NoService: nobody answers, or the service was restarted.
	NoService Problem = iota + 1
	// TooOld: the service speaks an older protocol than this package.
	TooOld
	// ReaderGone: there is no reader of that name any more.
	ReaderGone
	// CardGone: there is no card in the reader any more.
	CardGone
	// CardMute: the card does not answer.
	CardMute
	// CardHeld: another program has the card for itself.
	CardHeld
	// BadReply: the service says what it cannot say.
	BadReply
	// Failed: anything else, see Code.
	Failed
)

// String is the problem for the log.
func (p Problem) String() string {
	names := map[Problem]string{
		NoService: "no service", TooOld: "service too old", ReaderGone: "reader gone", CardGone: "card gone",
		CardMute: "card mute", CardHeld: "card held by another program", BadReply: "bad reply", Failed: "failed",
	}
	return names[p]
}

// Error is what a service could not do. It holds nothing of what a card said.
type Error struct {
	Problem Problem
	// Code is the service's own, 0 if it gave none.
	Code uint32
}

// Error is the line for the log.
func (e *Error) Error() string {
	if e.Code != 0 {
		return fmt.Sprintf("pcsc: %v (%08X)", e.Problem, e.Code)
	}
	return fmt.Sprintf("pcsc: %v", e.Problem)
}

// Unwrap gives a pulled card its name in package egk.
func (e *Error) Unwrap() error {
	if e.Problem == CardGone || e.Problem == ReaderGone {
		return egk.Pulled
	}
	return nil
}

// What services answer (pcsc-lite pcsclite.h, winerror.h).
const (
	codeOK                = 0
	codeCancelled         = 0x80100002
	codeUnknownReader     = 0x80100009
	codeTimeout           = 0x8010000A
	codeSharingViolation  = 0x8010000B
	codeNoSmartcard       = 0x8010000C
	codeNotTransacted     = 0x80100016
	codeReaderUnavailable = 0x80100017
	codeNoService         = 0x8010001D
	codeServiceStopped    = 0x8010001E
	codeCommDataLost      = 0x8010002F
	codeNoReaders         = 0x8010002E
	codeUnsupportedCard   = 0x80100065
	codeUnresponsiveCard  = 0x80100066
	codeUnpoweredCard     = 0x80100067
	codeRemovedCard       = 0x80100069
)

// failure is the error of an answer, nil if it is none.
func failure(code uint32) error {
	problem := Failed
	switch code {
	case codeOK:
		return nil
	case codeNoService, codeServiceStopped:
		problem = NoService
	case codeUnknownReader, codeReaderUnavailable, codeNoReaders:
		problem = ReaderGone
	case codeNoSmartcard, codeRemovedCard, codeNotTransacted, codeCommDataLost:
		problem = CardGone
	case codeUnsupportedCard, codeUnresponsiveCard, codeUnpoweredCard:
		problem = CardMute
	case codeSharingViolation:
		problem = CardHeld
	}
	return &Error{problem, code}
}
