package store_test

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/rights"
	"schalter/store"
	"schalter/store/keyfolder"
	"schalter/store/memory"
	"schalter/store/seal"
)

// clocks are a wall clock that a test sets and one that only counts.
type clocks struct {
	wall    time.Time
	elapsed time.Duration
}

func (c *clocks) now() time.Time { return c.wall }

// pass lets time pass: both clocks go on.
func (c *clocks) pass(d time.Duration) { c.wall, c.elapsed = c.wall.Add(d), c.elapsed+d }

// set sets the wall clock.
func (c *clocks) set(d time.Duration) { c.wall = c.wall.Add(d) }

// timed makes a store with clocks, unlocked, with one entry at noon.
func timedStore(t *testing.T) (*store.Store, *clocks) {
	t.Helper()
	c := &clocks{wall: noon}
	keys, err := keyfolder.New([16]byte{7}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Create(t.Context(), memory.New(memory.Options{}), store.Options{
		Keys: keys, Slots: seal.Practice(), Random: rand.Reader,
		Now: c.now, Elapsed: func() time.Duration { return c.elapsed },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := s.Verify(context.Background(), nil, nil); err != nil {
			t.Errorf("the journal does not verify: %v", err)
		}
	})
	commit(t, s, desk.Change{Entries: loginAt(c)})
	return s, c
}

func loginAt(c *clocks) []domain.Entry {
	return []domain.Entry{{At: c.wall, Act: domain.ActLogin, Outcome: domain.Done, Role: rights.Clerk}}
}

func size(t *testing.T, s *store.Store) int64 {
	t.Helper()
	return verify(t, s).Size
}

// TestClockSetBack: nothing is written while the clock is more than two seconds
// behind the newest entry, and the refusal names both times.
func TestClockSetBack(t *testing.T) {
	for _, row := range []struct {
		reason string
		back   time.Duration
		ok     bool
	}{
		{"the same moment", 0, true},
		{"two seconds", 2 * time.Second, true},
		{"a little more", 2*time.Second + time.Millisecond, false},
		{"an hour", time.Hour, false},
		{"ten years", 10 * 365 * 24 * time.Hour, false},
	} {
		s, c := timedStore(t)
		c.set(-row.back)
		before := size(t, s)
		_, err := s.Commit(t.Context(), desk.Change{Put: []domain.Record{domain.Tally{Person: 1}}, Entries: loginAt(c)})
		_, bare := s.Commit(t.Context(), desk.Change{Put: []domain.Record{domain.Tally{Person: 2}}})
		if row.ok {
			if err != nil || bare != nil {
				t.Errorf("%s: %v, %v", row.reason, err, bare)
			}
			continue
		}
		for _, err := range []error{err, bare} {
			var refused *domain.Error
			if !errors.As(err, &refused) || refused.Reason != domain.ReasonClockSetBack ||
				refused.Clock != c.wall.Unix() || refused.Newest != noon.Unix() {
				t.Errorf("%s: %+v", row.reason, err)
			}
		}
		if after := size(t, s); after != before {
			t.Errorf("%s: %d entries, want %d", row.reason, after, before)
		}
	}
}

// TestClockJump: a clock that runs ahead by more than an hour is journalled, once
// for each jump, by an entry of its own; time that has passed is none.
func TestClockJump(t *testing.T) {
	s, c := timedStore(t)
	step := func(reason string, want int64) {
		t.Helper()
		before := size(t, s)
		commit(t, s, desk.Change{Entries: loginAt(c)})
		if got := size(t, s) - before; got != want {
			t.Errorf("%s: %d entries, want %d", reason, got, want)
		}
	}
	c.pass(5 * time.Hour)
	step("five hours later", 1)
	c.set(59 * time.Minute)
	step("not quite an hour ahead", 1)
	c.set(2 * time.Minute)
	step("more than an hour ahead, in two steps", 2)
	step("no further", 1)
	c.set(25 * time.Hour)
	step("a day further", 2)
	c.pass(time.Minute)
	step("no further", 1)
}

// TestLatest: what counts for the life of a code is the later of both clocks.
func TestLatest(t *testing.T) {
	s, c := timedStore(t)
	c.pass(time.Hour)
	c.set(-30 * time.Minute)
	if got := s.Latest(c.wall); !got.Equal(noon.Add(time.Hour)) {
		t.Errorf("set back: %v", got)
	}
	c.set(24 * time.Hour)
	if got := s.Latest(c.wall); !got.Equal(c.wall) {
		t.Errorf("set ahead: %v", got)
	}
}

// TestClockAccepted: only the change that accepts the clock passes, and after it
// time goes on from there.
func TestClockAccepted(t *testing.T) {
	s, c := timedStore(t)
	c.set(365 * 24 * time.Hour)
	commit(t, s, desk.Change{Entries: loginAt(c)})
	c.set(-365 * 24 * time.Hour)
	accept := desk.Change{Accept: desk.AcceptClock, Entries: []domain.Entry{{At: c.wall, Act: domain.ActClockAccepted, Outcome: domain.Done}}}
	if _, err := s.Commit(t.Context(), desk.Change{Entries: loginAt(c)}); err == nil {
		t.Fatal("written with a clock a year behind")
	}
	commit(t, s, accept)
	commit(t, s, desk.Change{Entries: loginAt(c)})
	if got := s.Latest(c.wall); !got.Equal(c.wall) {
		t.Errorf("the clock that was accepted counts: %v, want %v", got, c.wall)
	}
	if _, err := s.Commit(t.Context(), accept); !errors.Is(err, domain.Fail(0, domain.ReasonNothingToAccept)) {
		t.Errorf("accepted again: %v", err)
	}
}

// TestEntriesInOrder: a use case that began earlier and is written later is dated
// after what stands before it.
func TestEntriesInOrder(t *testing.T) {
	s, c := timedStore(t)
	early := loginAt(c)
	c.pass(time.Minute)
	commit(t, s, desk.Change{Entries: loginAt(c)})
	commit(t, s, desk.Change{Entries: early})
	c.set(-59 * time.Second)
	if _, err := s.Commit(t.Context(), desk.Change{Entries: loginAt(c)}); !errors.Is(err, domain.Fail(0, domain.ReasonClockSetBack)) {
		t.Errorf("the late entry set time back: %v", err)
	}
}
