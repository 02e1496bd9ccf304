package store_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/store"
	"schalter/store/journal"
	"schalter/store/kv"
	"schalter/store/memory"
)

// shelf is an anchor in memory.
type shelf struct {
	notes   [][]byte
	err     error
	options store.Options // of a database that has this anchor
}

func (s *shelf) Name() string             { return "shelf" }
func (s *shelf) Notes() ([][]byte, error) { return s.notes, s.err }
func (s *shelf) Append(note []byte, _ journal.Checkpoint) error {
	if s.err == nil {
		s.notes = append(s.notes, slices.Clone(note))
	}
	return s.err
}

// anchored is a database with twenty entries and one anchor, closed.
func anchored(t *testing.T) (kv.Engine, store.Options, *shelf) {
	t.Helper()
	s, engine, o := beginOn(t, unclosable{memory.New(memory.Options{})})
	for range 20 {
		commit(t, s, desk.Change{Entries: entries(domain.ActLogin, 0)})
	}
	slot, err := s.NewSlot(t.Context(), "anna", 3, []byte("twelve or more"), false)
	if err != nil {
		t.Fatal(err)
	}
	commit(t, s, desk.Change{Put: []domain.Record{slot}, Entries: entries(domain.ActStaffAdded, 0)})
	kept := new(shelf)
	o.Anchors = []store.Anchor{kept}
	kept.options = o
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := reopen(t, engine, o).Close(); err != nil {
		t.Fatal(err)
	}
	if len(kept.notes) != 1 {
		t.Fatalf("%d notes at the anchor, want 1", len(kept.notes))
	}
	return engine, o, kept
}

// unclosable is an engine that is opened again.
type unclosable struct{ kv.Engine }

func (unclosable) Close() error { return nil }

func reopen(t *testing.T, engine kv.Engine, o store.Options) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), engine, o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func unlock(t *testing.T, s *store.Store) {
	t.Helper()
	if _, err := s.Unlock(t.Context(), "anna", []byte("twelve or more")); err != nil {
		t.Fatal(err)
	}
}

// TestAnchorBars: a journal that is shorter than its anchor, or another one, or
// without the checkpoint that the anchor has, is opened to be read only.
func TestAnchorBars(t *testing.T) {
	for _, row := range []struct {
		reason string
		lie    func(t *testing.T, e kv.Engine, kept *shelf)
		want   domain.Reason
	}{
		{"as it was", func(*testing.T, kv.Engine, *shelf) {}, ""},
		{"the anchor is behind", func(_ *testing.T, _ kv.Engine, k *shelf) { k.notes = nil }, ""},
		{"an anchor of somebody else", func(_ *testing.T, _ kv.Engine, k *shelf) {
			k.notes = append(k.notes, []byte("other/log\n99999\nAAAA\n\n— other/log AAAAAAAA\n"))
		}, ""},
		{"an anchor that cannot be read", func(_ *testing.T, _ kv.Engine, k *shelf) { k.err, k.notes = errors.New("unplugged"), nil }, ""},
		{"the head set back with the end cut off", cutOff, domain.ReasonJournalShorter},
		{"the checkpoint deleted", func(t *testing.T, e kv.Engine, _ *shelf) { put(t, e, kv.Op{Key: numbered('q', 23), Delete: true}) }, domain.ReasonJournalDiffers},
		{"a stored hash changed", func(t *testing.T, e kv.Engine, _ *shelf) {
			change(t, e, numbered('t', 22), func(v []byte) { v[0] ^= 1 })
		}, domain.ReasonJournalDiffers},
	} {
		t.Run(row.reason, func(t *testing.T) {
			engine, o, kept := anchored(t)
			row.lie(t, engine, kept)
			s := reopen(t, engine, o)
			unlock(t, s)
			_, err := s.Commit(t.Context(), desk.Change{Entries: entries(domain.ActLogin, 0)})
			if row.want == "" {
				if err != nil || s.ReadOnly() != nil {
					t.Fatalf("%v, %v", err, s.ReadOnly())
				}
				return
			}
			if !errors.Is(err, domain.Fail(0, row.want)) || !errors.Is(s.ReadOnly(), domain.Fail(0, row.want)) {
				t.Fatalf("a write: %v; the store: %v; want %s", err, s.ReadOnly(), row.want)
			}
			if _, _, err := s.Member(t.Context(), 1); err != nil {
				t.Errorf("reading: %v", err)
			}
			before := len(kept.notes)
			if err := s.Close(); err != nil || len(kept.notes) != before {
				t.Errorf("closing: %v, %d notes, want %d", err, len(kept.notes), before)
			}
		})
	}
}

// cutOff puts an older copy of the database in its place.
func cutOff(t *testing.T, e kv.Engine, k *shelf) {
	t.Helper()
	head := get(t, e, []byte("h"))
	s := reopen(t, e, k.options)
	unlock(t, s)
	commit(t, s, desk.Change{Entries: entries(domain.ActLogin, 0)})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	put(t, e,
		kv.Op{Key: []byte("h"), Value: head}, kv.Op{Key: entry(23), Delete: true},
		kv.Op{Key: numbered('t', 23), Delete: true}, kv.Op{Key: numbered('q', 24), Delete: true})
}

// TestAnchorAccepted: people accept the older journal by an entry, and from then
// on the anchor has a step down and the database writes again.
func TestAnchorAccepted(t *testing.T) {
	engine, o, kept := anchored(t)
	cutOff(t, engine, kept)
	s := reopen(t, engine, o)
	unlock(t, s)
	accept := desk.Change{Accept: desk.AcceptJournal, Entries: entries(domain.ActJournalAccepted, 0)}
	commit(t, s, accept)
	if _, err := s.Commit(t.Context(), accept); !errors.Is(err, domain.Fail(0, domain.ReasonNothingToAccept)) {
		t.Errorf("accepted twice: %v", err)
	}
	commit(t, s, desk.Change{Entries: entries(domain.ActLogin, 0)})
	if _, err := s.Verify(context.Background(), nil, nil); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = reopen(t, engine, o)
	if err := s.ReadOnly(); err != nil {
		t.Errorf("the next start: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestAnchorReplayed: who can write behind an anchor cannot hide with an older
// note that the journal was cut off: what was signed earlier explains nothing.
func TestAnchorReplayed(t *testing.T) {
	engine, o, kept := anchored(t)
	cutOff(t, engine, kept)
	kept.notes = append(kept.notes, kept.notes[0])
	s := reopen(t, engine, o)
	if err := s.ReadOnly(); !errors.Is(err, domain.Fail(0, domain.ReasonJournalShorter)) {
		t.Errorf("an older note at the end: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestAcceptBoth: a journal that is shorter than its anchor and later than the
// clock can be written to again, whichever is accepted first; and accepting the
// clock alone does not free the journal, nor tell the anchor anything.
func TestAcceptBoth(t *testing.T) {
	clock := desk.Change{Accept: desk.AcceptClock, Entries: []domain.Entry{{At: noon.AddDate(-1, 0, 0), Act: domain.ActClockAccepted, Outcome: domain.Done}}}
	anchor := desk.Change{Accept: desk.AcceptJournal, Entries: []domain.Entry{{At: noon.AddDate(-1, 0, 0), Act: domain.ActJournalAccepted, Outcome: domain.Done}}}
	for _, order := range [][]desk.Change{{clock, anchor}, {anchor, clock}} {
		engine, o, kept := anchored(t)
		cutOff(t, engine, kept)
		o.Now = func() time.Time { return noon.AddDate(-1, 0, 0) }
		s := reopen(t, engine, o)
		unlock(t, s)
		before := len(kept.notes)
		commit(t, s, order[0])
		if order[0].Accept == desk.AcceptClock {
			if s.ReadOnly() == nil || len(kept.notes) != before {
				t.Error("the accepted clock freed the journal")
			}
		}
		commit(t, s, order[1])
		commit(t, s, desk.Change{Entries: entries(domain.ActLogin, 0)})
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = reopen(t, engine, o)
		if err := s.ReadOnly(); err != nil {
			t.Errorf("the next start: %v", err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
