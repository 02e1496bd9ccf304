package pcsc

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"schalter/domain/egk"
)

// fakeLibrary is a library with one reader, as Windows has it.
type fakeLibrary struct {
	mu        sync.Mutex
	names     []string
	listCode  uint32
	now       uint32
	cancelled chan struct{}
	begins    uint32
	answer    []byte
	length    int
	code      uint32
	open      int
}

func (l *fakeLibrary) establish() (uintptr, uint32) { l.open++; return 7, l.code }
func (l *fakeLibrary) release(uintptr)              { l.open-- }
func (l *fakeLibrary) cancel(uintptr)               { l.cancelled <- struct{}{} }

func (l *fakeLibrary) readers(uintptr) ([]string, uint32) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.names, l.listCode
}

func (l *fakeLibrary) set(now uint32) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.now = now
}

func (l *fakeLibrary) status(_ uintptr, most time.Duration, readers []libraryReader) uint32 {
	l.mu.Lock()
	now := l.now
	l.mu.Unlock()
	for i := range readers {
		readers[i].now = now | stateChanged
	}
	if most == 0 || len(readers) > 0 && readers[0].known != now&^useBits {
		return codeOK
	}
	select {
	case <-l.cancelled:
		return codeCancelled
	case <-time.After(20 * time.Millisecond): // instead of half a second
		return codeTimeout
	}
}

func (l *fakeLibrary) connect(uintptr, string) (uintptr, uint32, uint32) {
	l.open++
	return 9, protocolT1, l.code
}
func (l *fakeLibrary) begin(uintptr) uint32 { return l.begins }
func (l *fakeLibrary) transmit(_ uintptr, _ uint32, _, room []byte) (int, uint32) {
	copy(room, l.answer)
	return l.length, l.code
}
func (l *fakeLibrary) end(uintptr) { l.open-- }

func openFake(t *testing.T, l *fakeLibrary) Service {
	t.Helper()
	l.cancelled = make(chan struct{}, 1)
	s, err := openWinscard(l)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestWinscardReaders(t *testing.T) {
	l := &fakeLibrary{names: []string{"A"}, now: 5<<16 | statePresent | 0x100}
	s := openFake(t, l)
	got, err := s.Readers(t.Context())
	want := []Reader{{Name: "A", Card: true, Stamp: 5<<16 | statePresent}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	l.now = statePresent | stateMute
	if got, _ := s.Readers(t.Context()); !got[0].Mute {
		t.Error("not mute")
	}
	l.now = stateUnknown
	if got, _ := s.Readers(t.Context()); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	l.names, l.listCode = nil, codeNoReaders
	if got, err := s.Readers(t.Context()); len(got) != 0 || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
	l.listCode = codeServiceStopped
	if _, err := s.Readers(t.Context()); !isProblem(err, NoService) {
		t.Error(err)
	}
	if _, err := openWinscard(&fakeLibrary{code: codeNoService}); !isProblem(err, NoService) {
		t.Error(err)
	}
}

func TestWinscardWait(t *testing.T) {
	l := &fakeLibrary{names: []string{"A"}}
	s := openFake(t, l)
	seen, err := s.Readers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- s.Wait(t.Context(), seen) }()
	l.set(1<<16 | statePresent)
	if err := <-ended; err != nil {
		t.Error(err)
	}
	seen, _ = s.Readers(t.Context())
	ctx, cancel := context.WithCancel(t.Context())
	go func() { ended <- s.Wait(ctx, seen) }()
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestWinscardCard(t *testing.T) {
	l := &fakeLibrary{answer: []byte{0x90, 0}, length: 2}
	s := openFake(t, l)
	card, err := s.Connect(t.Context(), "A")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := card.Transmit(t.Context(), []byte{0}); err != nil || len(got) != 2 {
		t.Errorf("% X, %v", got, err)
	}
	l.code = codeRemovedCard
	if _, err := card.Transmit(t.Context(), []byte{0}); !errors.Is(err, egk.Pulled) {
		t.Error(err)
	}
	l.code, l.length = codeOK, maxAnswer+1
	if _, err := card.Transmit(t.Context(), []byte{0}); !isProblem(err, BadReply) {
		t.Error(err)
	}
	if err := errors.Join(card.Close()); err != nil {
		t.Error(err)
	}
	l.begins = codeSharingViolation
	if _, err := s.Connect(t.Context(), "A"); !isProblem(err, CardHeld) {
		t.Error(err)
	}
	if err := s.Close(); err != nil || l.open != 0 {
		t.Errorf("%v, %d open", err, l.open)
	}
}

func TestSplitNames(t *testing.T) {
	text := func(b []byte) string { return string(b) }
	for _, row := range []struct {
		list string
		want []string
	}{{"", nil}, {"\x00", nil}, {"A\x00\x00", []string{"A"}}, {"A\x00B C\x00\x00", []string{"A", "B C"}}, {"A", nil}, {"A\x00B", []string{"A"}}} {
		if got := splitNames([]byte(row.list), text); !slices.Equal(got, row.want) {
			t.Errorf("%q: %q", row.list, got)
		}
	}
}
