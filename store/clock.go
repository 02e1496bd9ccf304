package store

import (
	"sync"
	"time"

	"schalter/domain"
	"schalter/domain/desk"
)

// clockSlack is how far the clock may be behind the newest entry: time servers
// step clocks by less.
const clockSlack = 2 * time.Second

// jumpLimit is how far the wall clock may run ahead of the clock that nobody
// sets before the journal says so.
const jumpLimit = time.Hour

// clock reads two clocks: the wall clock, which people and time servers set, and
// one that only counts on while the process runs.
type clock struct {
	now     func() time.Time
	elapsed func() time.Duration

	mu    sync.Mutex
	wall  time.Time     // the wall clock at the beginning
	since time.Duration // the other one then
	noted time.Duration // how much of the wall clock's lead the journal knows of
}

// newClock begins to compare. Without a clock (nil) the entries tell the time.
func newClock(o Options) *clock {
	if o.Now == nil {
		return nil
	}
	c := &clock{now: o.Now, elapsed: o.Elapsed}
	if c.elapsed == nil {
		start := o.Now()
		c.elapsed = func() time.Duration { return o.Now().Sub(start) }
	}
	c.restart()
	return c
}

// restart takes the wall clock as it is from now on.
func (c *clock) restart() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wall, c.since, c.noted = c.now().Round(0), c.elapsed(), 0
}

// counted is what the wall clock would show if nobody had set it.
func (c *clock) counted() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.wall.Add(c.elapsed() - c.since)
}

// jump returns by how much the wall clock leads, if the journal should say so.
func (c *clock) jump() (lead time.Duration, tell bool) {
	lead = c.now().Round(0).Sub(c.counted())
	c.mu.Lock()
	defer c.mu.Unlock()
	c.noted = min(c.noted, max(lead, 0))
	return lead, lead-c.noted > jumpLimit
}

// note says that the journal knows of a lead.
func (c *clock) note(lead time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.noted = lead
}

// Latest implements desk.Reader.
func (s *Store) Latest(now time.Time) time.Time {
	if s.clock == nil {
		return now
	}
	if counted := s.clock.counted(); counted.After(now) {
		return counted.In(now.Location())
	}
	return now
}

// timeOf is when a change is written: the wall clock, or without one the newest
// of the entries; the zero time if neither says.
func (s *Store) timeOf(c desk.Change) time.Time {
	if s.clock != nil {
		return s.clock.now()
	}
	var newest time.Time
	for _, e := range c.Entries {
		if e.At.After(newest) {
			newest = e.At
		}
	}
	return newest
}

// permits refuses a change while the journal is behind its anchor, or the clock
// behind the journal. Only the changes by which people accept that pass, each of
// them also where the other is to be accepted, too.
func (s *Store) permits(c desk.Change, lastAt int64) error {
	barred, now := s.barred.Load(), s.timeOf(c)
	behind := !now.IsZero() && lastAt-now.UnixMilli() > clockSlack.Milliseconds()
	switch {
	case c.Accept == desk.AcceptJournal && barred == nil, c.Accept == desk.AcceptClock && !behind:
		return domain.Fail(domain.Refused, domain.ReasonNothingToAccept)
	case barred != nil && c.Accept == desk.AcceptNothing:
		return barred
	case behind && c.Accept == desk.AcceptNothing:
		return domain.Fail(domain.Refused, domain.ReasonClockSetBack).WithClock(now.Unix(), lastAt/1000)
	}
	return nil
}
