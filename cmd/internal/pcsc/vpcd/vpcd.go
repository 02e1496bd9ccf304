// Package vpcd puts a virtual health card into the virtual reader of the
// vsmartcard project, so that the real pcscd and everything behind it can be
// tried without plastic. It is for tests and demonstrations; the counter never
// uses it.
//
//	slot, err := vpcd.Insert(ctx, "127.0.0.1:35963", card)
//	slot.Pull()
//
// The reader (libifdvpcd, loaded by pcscd) listens; the card connects. Each
// message is a length of two bytes, big-endian, and as many bytes: one byte is an
// order to the card (0 off, 1 on, 2 reset, 4 tell the answer to reset), more are a
// command APDU, answered in the same form. The end of the connection is the card
// being pulled.
package vpcd

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"sync"
	"time"
)

// Card is what a virtual reader asks of a card; [virtual.Card] is one.
type Card interface {
	ATR() []byte
	Reset()
	// Transmit answers a command APDU; nothing means that the card is gone.
	Transmit(ctx context.Context, apdu []byte) ([]byte, error)
}

// The orders.
const (
	powerOff = 0
	powerOn  = 1
	reset    = 2
	tellATR  = 4
)

// Slot is a virtual reader with a card in it.
type Slot struct {
	conn net.Conn
	done sync.WaitGroup
}

// Insert puts a card into the reader that listens at address. A reader whose last
// card was just pulled, or that has only been started, takes a moment to listen
// again; the context bounds how long that is waited for.
func Insert(ctx context.Context, address string, card Card) (*Slot, error) {
	conn, err := dial(ctx, address)
	if err != nil {
		return nil, err
	}
	s := &Slot{conn: conn}
	s.done.Go(func() {
		defer conn.Close()
		_ = Serve(ctx, conn, card)
	})
	return s, nil
}

func dial(ctx context.Context, address string) (net.Conn, error) {
	var dialer net.Dialer
	for {
		conn, err := dialer.DialContext(ctx, "tcp", address)
		if err == nil {
			return quick(conn), nil
		}
		select {
		case <-ctx.Done():
			return nil, errors.Join(err, ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Pull takes the card out.
func (s *Slot) Pull() {
	_ = s.conn.Close()
	s.done.Wait()
}

// Serve answers for a card until the connection ends or the card is gone.
func Serve(ctx context.Context, conn io.ReadWriter, card Card) error {
	for {
		message, err := receive(conn)
		if err != nil {
			return err
		}
		answer, answers, err := obey(ctx, card, message)
		if err != nil || !answers {
			if err != nil {
				return err
			}
			continue
		}
		if err := send(conn, answer); err != nil {
			return err
		}
	}
}

// errGone ends the service of a card that does not answer any more.
var errGone = errors.New("vpcd: the card is gone")

// obey carries out a message; answers says whether one is expected.
func obey(ctx context.Context, card Card, message []byte) (answer []byte, answers bool, err error) {
	if len(message) != 1 {
		answer, err = card.Transmit(ctx, message)
		if err == nil && len(answer) == 0 {
			err = errGone
		}
		return answer, true, err
	}
	switch message[0] {
	case tellATR:
		return card.ATR(), true, nil
	case powerOff, powerOn, reset:
		card.Reset()
	}
	return nil, false, nil
}

func receive(r io.Reader) ([]byte, error) {
	var length [2]byte
	if _, err := io.ReadFull(r, length[:]); err != nil {
		return nil, err
	}
	message := make([]byte, binary.BigEndian.Uint16(length[:]))
	_, err := io.ReadFull(r, message)
	return message, err
}

func send(w io.Writer, message []byte) error {
	framed := binary.BigEndian.AppendUint16(make([]byte, 0, 2+len(message)), uint16(len(message)))
	_, err := w.Write(append(framed, message...))
	return err
}
