package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/tui/page"
	"schalter/tui/parts"
)

// idle is what is known about how long nobody has worked here.
type idle struct {
	active  time.Time // latest key or paste
	blurred time.Time // when the window lost the focus; zero while it has it
	warning bool      // the lock is near
}

func (i *idle) touch(now time.Time) { i.active, i.warning = now, false }

// The pace of looking at the clock. A pending timer cannot be taken back and
// keeps a dropped session in memory until it fires, hence short ones.
const (
	tickSlow = 5 * time.Second
	tickFast = time.Second
)

func (r *Root) tick() tea.Cmd {
	pause := tickSlow
	if r.idleLocks() && r.lockAt().Sub(r.env.Now()) <= parts.LastCall+tickSlow {
		pause = tickFast
	}
	return r.env.After(pause, func(time.Time) tea.Msg { return tickMsg{} })
}

// idleLocks reports whether the seat locks by itself now.
func (r *Root) idleLocks() bool {
	return r.idleLimit() > 0 && r.lockable() && !r.ownTimer()
}

func (r *Root) idleLimit() time.Duration {
	if r.config.IdleLock == nil {
		return 0
	}
	return r.config.IdleLock()
}

// lockable reports whether there is something to lock.
func (r *Root) lockable() bool {
	s := r.current()
	return s != nil && s.route.Kind != page.Login && r.door == nil
}

func (r *Root) ownTimer() bool {
	o, ok := r.current().page.(page.OwnTimer)
	return ok && o.OwnTimer()
}

// lockAt is when the seat locks. Somebody who looks at another window is given a
// third of the time.
func (r *Root) lockAt() time.Time {
	at := r.idle.active.Add(r.idleLimit())
	if r.idle.blurred.IsZero() {
		return at
	}
	away := r.idle.blurred.Add(r.idleLimit() / 3)
	if away.Before(at) {
		return away
	}
	return at
}

// checkIdle warns before the lock, then locks.
func (r *Root) checkIdle() tea.Cmd {
	now := r.env.Now()
	if !r.idleLocks() {
		r.idle.touch(now)
		if !r.idle.blurred.IsZero() {
			r.idle.blurred = now // the time before does not count here either
		}
		return nil
	}
	left := r.lockAt().Sub(now)
	r.idle.warning = left <= parts.LastCall
	if left <= 0 {
		return r.lock()
	}
	return nil
}

// lock blanks the screen and puts the door before the pages, which stay as they
// are for the same person.
func (r *Root) lock() tea.Cmd {
	if !r.lockable() {
		return nil
	}
	var hook tea.Cmd
	if r.config.OnLock != nil {
		hook = r.config.OnLock()
	}
	if r.config.LockEnds || r.config.Makers[page.Unlock] == nil {
		return tea.Sequence(hook, r.quit())
	}
	left := r.leave(page.Locked)
	r.overlay, r.crashed = nil, false
	r.status.clear()
	r.held.forget()
	r.burst.Reset()
	r.idle.warning = false
	return tea.Batch(left, hook, r.shut())
}

// shut puts a door before the pages.
func (r *Root) shut() tea.Cmd {
	r.door = r.make(page.Route{Kind: page.Unlock})
	return r.enter(r.door, address(r.door.number, r.door.page.Init()))
}

// unlock opens the seat again.
func (r *Root) unlock() tea.Cmd {
	if r.door == nil {
		return nil
	}
	r.door = nil
	r.idle = idle{active: r.env.Now()}
	if len(r.stack) == 0 {
		return r.open(r.home)
	}
	return r.enter(r.current(), nil)
}
