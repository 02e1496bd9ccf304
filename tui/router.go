package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"schalter/tui/page"
)

// shown is a page that exists, with the number its commands are addressed by.
type shown struct {
	number uint64
	route  page.Route
	page   page.Page
}

// maxCached is how many pages are kept to come back to.
const maxCached = 8

// current is the page that is shown: the door of a locked seat, or the end of
// the way; nil before the first.
func (r *Root) current() *shown {
	if r.door != nil {
		return r.door
	}
	if len(r.stack) == 0 {
		return nil
	}
	return r.stack[len(r.stack)-1]
}

// byNumber finds the page a result is addressed to; nil if it is gone.
func (r *Root) byNumber(n uint64) *shown {
	if r.door != nil && r.door.number == n {
		return r.door
	}
	for _, s := range r.cache {
		if s.number == n {
			return s
		}
	}
	return nil
}

// open shows the page of a route on top of the present one. A page that is
// already on the way is returned to.
func (r *Root) open(to page.Route) tea.Cmd {
	r.overlay = nil
	leave := r.leave(page.Elsewhere)
	for i, s := range r.stack {
		if s.route == to {
			r.stack = r.stack[:i+1]
			return tea.Batch(leave, r.enter(s, nil))
		}
	}
	s, init := r.page(to)
	r.stack = append(r.stack, s)
	return tea.Batch(leave, r.enter(s, init))
}

// replace shows the page of a route in place of the present one.
func (r *Root) replace(to page.Route) tea.Cmd {
	r.overlay = nil
	leave := r.leave(page.Elsewhere)
	if len(r.stack) > 0 {
		r.stack = r.stack[:len(r.stack)-1]
	}
	for i, s := range r.stack {
		if s.route == to {
			r.stack = r.stack[:i+1]
			return tea.Batch(leave, r.enter(s, nil))
		}
	}
	s, init := r.page(to)
	r.stack = append(r.stack, s)
	return tea.Batch(leave, r.enter(s, init))
}

// back returns to the page before; the first page stays.
func (r *Root) back() tea.Cmd {
	if len(r.stack) < 2 {
		return nil
	}
	r.overlay = nil
	leave := r.leave(page.Elsewhere)
	r.stack = r.stack[:len(r.stack)-1]
	return tea.Batch(leave, r.enter(r.current(), nil))
}

// reset forgets every page and shows a first one.
func (r *Root) reset(to page.Route) tea.Cmd {
	dropped := r.dropAll()
	r.overlay, r.door, r.home = nil, nil, to
	r.burst.Reset()
	return tea.Batch(dropped, r.open(to))
}

// dropAll leaves every page for good, the one that is shown first.
func (r *Root) dropAll() tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range slices.Backward(r.cache) {
		cmds = append(cmds, leavePage(s, page.Dropped))
	}
	r.stack, r.cache = nil, nil
	r.env.ForgetCalls()
	return tea.Sequence(cmds...)
}

// page finds the page of a route or makes it.
func (r *Root) page(to page.Route) (s *shown, init tea.Cmd) {
	for i, s := range r.cache {
		if s.route == to {
			r.cache = append(slices.Delete(r.cache, i, i+1), s)
			return s, nil
		}
	}
	s = r.make(to)
	r.cache = append(r.cache, s)
	return s, tea.Batch(r.evict(), address(s.number, s.page.Init()))
}

func (r *Root) make(to page.Route) *shown {
	r.made++
	return &shown{number: r.made, route: to, page: r.config.Makers[to.Kind](r.env, to.Params)}
}

// evict drops the page that was not used for longest, if there are too many and
// it is not on the way.
func (r *Root) evict() tea.Cmd {
	if len(r.cache) <= maxCached {
		return nil
	}
	for i, s := range r.cache[:len(r.cache)-1] {
		if !slices.Contains(r.stack, s) {
			r.cache = slices.Delete(r.cache, i, i+1)
			return leavePage(s, page.Dropped)
		}
	}
	return nil
}

// enter tells a page that it is shown.
func (r *Root) enter(s *shown, init tea.Cmd) tea.Cmd {
	if e, ok := s.page.(page.Entering); ok {
		return tea.Sequence(init, address(s.number, e.Enter()))
	}
	return init
}

// leave tells the page that is shown that it will not be any more.
func (r *Root) leave(why page.Why) tea.Cmd {
	if s := r.current(); s != nil {
		return leavePage(s, why)
	}
	return nil
}

func leavePage(s *shown, why page.Why) tea.Cmd {
	if l, ok := s.page.(page.Leaving); ok {
		return address(s.number, l.Leave(why))
	}
	return nil
}
