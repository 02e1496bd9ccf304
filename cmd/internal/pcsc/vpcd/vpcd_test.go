package vpcd

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"
)

// fakeCard answers each command with itself and 9000, until it is gone.
type fakeCard struct{ resets, left int }

func (*fakeCard) ATR() []byte { return []byte{0x3b, 0} }
func (c *fakeCard) Reset()    { c.resets++ }
func (c *fakeCard) Transmit(_ context.Context, apdu []byte) ([]byte, error) {
	if c.left == 0 {
		return nil, nil
	}
	c.left--
	return append(bytes.Clone(apdu), 0x90, 0), nil
}

// wire is both ends of a connection in memory.
type wire struct {
	io.Reader
	bytes.Buffer
}

func (w *wire) Read(b []byte) (int, error) { return w.Reader.Read(b) }

func TestServe(t *testing.T) {
	card := &fakeCard{left: 1}
	in := []byte{0, 1, 0, 0, 1, 1, 0, 1, 2, 0, 1, 4, 0, 2, 0xa, 0xb, 0, 2, 0xc, 0xd}
	w := &wire{Reader: bytes.NewReader(in)}
	if err := Serve(t.Context(), w, card); !errors.Is(err, errGone) {
		t.Errorf("ended with %v", err)
	}
	if want := []byte{0, 2, 0x3b, 0, 0, 4, 0xa, 0xb, 0x90, 0}; !bytes.Equal(w.Bytes(), want) || card.resets != 3 {
		t.Errorf("said % X after %d resets", w.Bytes(), card.resets)
	}
}

func FuzzServe(f *testing.F) {
	f.Add([]byte{0, 1, 4, 0, 2, 1, 2})
	f.Add([]byte{0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, in []byte) {
		w := &wire{Reader: bytes.NewReader(in)}
		if err := Serve(t.Context(), w, &fakeCard{left: 3}); err == nil {
			t.Error("it never ends")
		}
		if w.Len() > len(in)*5+4 {
			t.Errorf("said %d bytes to %d", w.Len(), len(in))
		}
	})
}
