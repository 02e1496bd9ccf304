package control

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"syscall"
	"testing"
)

// samples are frames of every kind.
func samples() []frame {
	return []frame{
		{Kind: kindRun, Run: &Request{Args: []string{"staff", "list"}, Env: map[string]string{"LANG": "de_DE.UTF-8"}, Asks: true}},
		{Kind: kindCancel},
		{Kind: kindAnswer, ID: 7, Data: []byte("kvnr;surname\n"), Code: codeEnd},
		{Kind: kindAnswer, ID: 8, Number: 1 << 40, Mode: uint32(fs.ModeNamedPipe | 0o600), Ours: true},
		{Kind: kindCall, ID: 1 << 30, Op: opRead, Handle: firstFile, Number: maxChunk},
		{Kind: kindCall, ID: 3, Op: opSecret, Data: []byte("Passphrase von chef")},
		{Kind: kindCall, ID: 4, Op: opSettle, Data: []byte("a.partial\x00a")},
		{Kind: kindExit, Number: 2},
	}
}

func testWire(tb testing.TB) wire {
	w, err := newWire()
	if err != nil {
		tb.Fatal(err)
	}
	return w
}

func TestFrames(t *testing.T) {
	w := testWire(t)
	var sent bytes.Buffer
	for _, f := range samples() {
		if err := w.write(&sent, f); err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range samples() {
		if got, err := w.read(&sent); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%+v, %v, want %+v", got, err, want)
		}
	}
	if _, err := w.read(&sent); !errors.Is(err, io.EOF) {
		t.Errorf("the end: %v", err)
	}
}

// TestImpossibleFrames: what is well formed and still nothing of ours.
func TestImpossibleFrames(t *testing.T) {
	w := testWire(t)
	for _, r := range []struct {
		reason string
		frame  frame
	}{
		{"no kind", frame{}},
		{"a kind there is not", frame{Kind: kindExit + 1}},
		{"a command without words", frame{Kind: kindRun}},
		{"a call for nothing", frame{Kind: kindCall}},
		{"a call there is not", frame{Kind: kindCall, Op: opSettle + 1}},
		{"a read of more than a chunk", frame{Kind: kindCall, Op: opRead, Number: maxChunk + 1}},
		{"a read of less than nothing", frame{Kind: kindCall, Op: opRead, Number: -1}},
		{"an error there is not", frame{Kind: kindAnswer, Code: codeOther + 1}},
		{"more than a chunk", frame{Kind: kindAnswer, Data: make([]byte, maxChunk+1)}},
	} {
		var sent bytes.Buffer
		if err := w.write(&sent, r.frame); err != nil {
			t.Fatal(err)
		}
		if _, err := w.read(&sent); !errors.Is(err, errProtocol) {
			t.Errorf("%s: %v", r.reason, err)
		}
	}
}

// TestCodes: each error keeps its meaning, and an unknown one becomes none of
// the others.
func TestCodes(t *testing.T) {
	for c := codeEnd; c <= codeOther; c++ {
		if c.err() == nil || codeOf(fmt.Errorf("wrapped: %w", c.err())) != c {
			t.Errorf("code %d: %v", c, c.err())
		}
	}
	for err, want := range map[error]code{
		nil: codeNone, errors.New("else"): codeOther,
		&fs.PathError{Op: "open", Err: syscall.ENOENT}: codeMissing, &fs.PathError{Op: "open", Err: syscall.EACCES}: codeDenied,
		context.DeadlineExceeded: codeOther,
	} {
		if got := codeOf(err); got != want {
			t.Errorf("%v: %d, want %d", err, got, want)
		}
	}
}

// FuzzFrame: what is decoded is a frame that is encoded to the same meaning.
func FuzzFrame(f *testing.F) {
	w := testWire(f)
	for _, sample := range samples() {
		body, err := w.enc.Marshal(sample)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := w.decode(body)
		if err != nil {
			return
		}
		var sent bytes.Buffer
		if err := w.write(&sent, got); err != nil {
			t.Fatalf("%+v: %v", got, err)
		}
		again, err := w.read(&sent)
		if err != nil || !reflect.DeepEqual(again, got) {
			t.Fatalf("%+v became %+v, %v", got, again, err)
		}
	})
}

// FuzzGreeting: it is read as far as it goes and no further.
func FuzzGreeting(f *testing.F) {
	f.Add([]byte("schalter+\x051.2.3"))
	f.Add([]byte("schalterb\x00"))
	f.Fuzz(func(t *testing.T, text []byte) {
		got, err := readGreeting(bytes.NewReader(text))
		if err != nil {
			return
		}
		var sent bytes.Buffer
		if err := got.write(&sent); err != nil || !bytes.HasPrefix(text, sent.Bytes()) {
			t.Fatalf("%q became %q, %v", text, sent.Bytes(), err)
		}
	})
}
