package uitest

import (
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
)

// Clock is a clock that stands still until the test moves it. The program gets
// its Now and After. It also knows how many commands are at work, so that a test
// can wait for the program to be at rest; a command that waits for the clock is
// at rest.
type Clock struct {
	mu     sync.Mutex
	rest   *sync.Cond
	now    time.Time
	timers []*timer
	busy   int
}

// timer waits for a time. fired and parked are guarded by the clock.
type timer struct {
	at            time.Time
	fired, parked bool
	ring          chan time.Time
}

// NewClock makes a clock that stands at a time.
func NewClock(now time.Time) *Clock {
	c := &Clock{now: now}
	c.rest = sync.NewCond(&c.mu)
	return c
}

// Now is the time the clock shows.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// After is a timer like tea.Tick. It runs from this call on, not from the start
// of the command.
func (c *Clock) After(d time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
	t := c.start(d)
	return func() tea.Msg { return msg(c.wait(t)) }
}

// Sleep stands in for work that takes a while; it is for commands only.
func (c *Clock) Sleep(d time.Duration) { c.wait(c.start(d)) }

func (c *Clock) start(d time.Duration) *timer {
	c.mu.Lock()
	defer c.mu.Unlock()
	t := &timer{at: c.now.Add(max(d, 0)), ring: make(chan time.Time, 1)}
	c.timers = append(c.timers, t)
	return t
}

// wait parks the command until the timer fires.
func (c *Clock) wait(t *timer) time.Time {
	c.mu.Lock()
	if !t.fired {
		t.parked = true
		c.done()
	}
	c.mu.Unlock()
	return <-t.ring
}

// jump moves the time without firing anything.
func (c *Clock) jump(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// next fires the earliest timer that is due by then; ok is false when there is
// none, and the clock shows then.
func (c *Clock) next(then time.Time) (ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	first := -1
	for i, t := range c.timers {
		if !t.at.After(then) && (first < 0 || t.at.Before(c.timers[first].at)) {
			first = i
		}
	}
	if first < 0 {
		c.now = then
		return false
	}
	t := c.timers[first]
	c.timers = append(c.timers[:first], c.timers[first+1:]...)
	if t.at.After(c.now) {
		c.now = t.at
	}
	t.fired = true
	if t.parked {
		c.busy++
	}
	t.ring <- c.now
	return true
}

// begin and end count commands at work. done is end with the lock held.
func (c *Clock) begin(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.busy += n
}

func (c *Clock) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done()
}

func (c *Clock) done() {
	c.busy--
	if c.busy == 0 {
		c.rest.Broadcast()
	}
}
