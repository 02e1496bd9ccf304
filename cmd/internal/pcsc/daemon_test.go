package pcsc

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"path/filepath"
	"testing"
	"time"
)

// listen is a daemon that answers each connection by a script.
func listen(t testing.TB, script func(net.Conn)) (socket string) {
	t.Helper()
	socket = filepath.Join(t.TempDir(), "s")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				script(conn)
			}()
		}
	}()
	return socket
}

// take reads one message and returns its command.
func take(conn net.Conn) (command uint32, err error) {
	head := make([]byte, 2*word)
	if _, err := io.ReadFull(conn, head); err != nil {
		return 0, err
	}
	_, err = io.CopyN(io.Discard, conn, int64(at(head, 0)))
	return at(head, 1), err
}

// answering answers the messages of a connection in order.
func answering(replies ...[]byte) func(net.Conn) {
	return func(conn net.Conn) {
		for _, reply := range replies {
			if _, err := take(conn); err != nil {
				return
			}
			if _, err := conn.Write(reply); err != nil {
				return
			}
		}
		_, _ = io.Copy(io.Discard, conn) // and then says nothing more
	}
}

var greeting = words(protocolMajor, protocolMinor, codeOK)

func TestDialRefuses(t *testing.T) {
	for _, row := range []struct {
		reason string
		socket string
		want   Problem
	}{
		{"nobody there", filepath.Join(t.TempDir(), "none"), NoService},
		{"an older protocol", listen(t, answering(words(4, 2, codeServiceStopped))), TooOld},
		{"hangs up", listen(t, func(net.Conn) {}), NoService},
		{"half a greeting", listen(t, func(c net.Conn) { _, _ = take(c); _, _ = c.Write(greeting[:5]) }), NoService},
	} {
		if _, err := dialDaemon(t.Context(), row.socket); !isProblem(err, row.want) {
			t.Errorf("%s: %v, want %v", row.reason, err, row.want)
		}
	}
}

// TestSilence: a daemon that says nothing holds nobody whose context ends.
func TestSilence(t *testing.T) {
	for n, call := range []func(context.Context, *daemon) error{
		func(ctx context.Context, d *daemon) error { _, err := d.Readers(ctx); return err },
		func(ctx context.Context, d *daemon) error { return d.Wait(ctx, nil) },
		func(ctx context.Context, d *daemon) error {
			_, err := (&daemonCard{daemon: d}).Transmit(ctx, []byte{0})
			return err
		},
	} {
		d, err := dialDaemon(t.Context(), listen(t, answering(greeting)))
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		if err := call(ctx, d); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%d: %v", n, err)
		}
		cancel()
		_ = d.Close()
	}
}

func row(name string, counter, state, atr uint32) []byte {
	b := make([]byte, nameSize, stateSize)
	copy(b, name)
	b = append(b, words(counter, state, 0)...)
	b = append(b, make([]byte, 36)...)
	return append(b, words(atr, 0)...)
}

func tableOf(rows ...[]byte) []byte {
	table := bytes.Join(rows, nil)
	return append(table, make([]byte, tableSize-len(table))...)
}

func TestParseTable(t *testing.T) {
	got, err := parseTable(tableOf(
		row("A", 1, 0x02, 0), row("", 7, cardPresent, 9), row("B", 2, cardPresent, 11),
		row("C", 3, cardPresent, 0), row("D", 4, cardPresent|cardSwallowed, 11)))
	want := []Reader{
		{Name: "A", Stamp: 1},
		{Name: "B", Card: true, Stamp: 2},
		{Name: "C", Card: true, Mute: true, Stamp: 3},
		{Name: "D", Card: true, Mute: true, Stamp: 4},
	}
	if err != nil || !same(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	endless := row("", 0, 0, 0)
	copy(endless, bytes.Repeat([]byte{'x'}, nameSize))
	for _, bad := range [][]byte{nil, make([]byte, tableSize-1), tableOf(endless)} {
		if got, err := parseTable(bad); !isProblem(err, BadReply) {
			t.Errorf("%v, %v", got, err)
		}
	}
}

// TestBoundedAnswer: a daemon that announces more than a card can say is not
// believed.
func TestBoundedAnswer(t *testing.T) {
	d, err := dialDaemon(t.Context(), listen(t, answering(greeting, words(1, 2, 16, 0, 2, 16, 1<<31, codeOK))))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := (&daemonCard{daemon: d}).Transmit(t.Context(), []byte{0}); !isProblem(err, BadReply) {
		t.Error(err)
	}
}

func TestLongName(t *testing.T) {
	d := &daemon{}
	if _, err := d.hold(t.Context(), string(make([]byte, nameSize))); !isProblem(err, ReaderGone) {
		t.Error(err)
	}
}

// TestFailures: every answer of a service has its problem, and those that mean a
// card is gone say so to whoever reads it.
func TestFailures(t *testing.T) {
	for code, want := range map[uint32]Problem{
		codeNoService: NoService, codeServiceStopped: NoService, codeUnknownReader: ReaderGone,
		codeReaderUnavailable: ReaderGone, codeNoSmartcard: CardGone, codeRemovedCard: CardGone,
		codeNotTransacted: CardGone, codeUnresponsiveCard: CardMute, codeSharingViolation: CardHeld, 0x80100001: Failed,
	} {
		if err := failure(code); !isProblem(err, want) {
			t.Errorf("%08X: %v, want %v", code, err, want)
		}
	}
	if err := failure(codeOK); err != nil {
		t.Error(err)
	}
}

// canned is a connection on which everything that will ever be said stands
// already.
type canned struct {
	net.Conn
	*bytes.Reader
}

func (c canned) Read(b []byte) (int, error) { return c.Reader.Read(b) }
func (canned) Write(b []byte) (int, error)  { return len(b), nil }
func (canned) SetDeadline(time.Time) error  { return nil }
func (canned) Close() error                 { return nil }

// FuzzReplies gives a client any bytes as replies: it ends, with an error or with
// what fits into its bounds.
func FuzzReplies(f *testing.F) {
	f.Add(tableOf(row("A", 1, cardPresent, 11)), words(1, 2, 16, 0, 2, 16, 2, codeOK), []byte{0x90, 0})
	f.Add([]byte{}, []byte{}, []byte{})
	f.Fuzz(func(t *testing.T, table, head, answer []byte) {
		readers, err := parseTable(table)
		if err == nil && len(readers) > maxReaders {
			t.Errorf("%d readers", len(readers))
		}
		for _, r := range readers {
			if r.Name == "" || len(r.Name) >= nameSize || r.Mute && !r.Card {
				t.Errorf("%+v", r)
			}
		}
		client := canned{Reader: bytes.NewReader(append(head, answer...))}
		got, err := (&daemonCard{daemon: &daemon{conn: client}}).Transmit(t.Context(), []byte{1})
		if err == nil && len(got) > maxAnswer {
			t.Errorf("%d bytes", len(got))
		}
	})
}
