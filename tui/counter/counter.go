// Package counter puts the counter together: the router, its pages, and the seat
// they share. It is the one place that knows every page.
package counter

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/tui"
	"schalter/tui/account"
	"schalter/tui/booklet"
	"schalter/tui/cardloss"
	"schalter/tui/cases"
	"schalter/tui/family"
	"schalter/tui/handout"
	"schalter/tui/identify"
	"schalter/tui/login"
	"schalter/tui/member"
	"schalter/tui/page"
	"schalter/tui/phone"
	"schalter/tui/registration"
	"schalter/tui/represent"
	"schalter/tui/requests"
	"schalter/tui/seat"
	"schalter/tui/start"
	"schalter/tui/theme"
	"schalter/tui/waiting"
	"schalter/tui/words"
)

// Config is what the counter needs from outside.
type Config struct {
	// Context ends with the session.
	Context context.Context
	// Seat is where the session works. With an Actor in it, the search opens at
	// once; without one, the login.
	Seat     *seat.Seat
	Language words.Language
	Theme    theme.Kind
	// Now is the clock, in the location of the branch.
	Now func() time.Time
	// After is the timer; nil for the real one.
	After func(d time.Duration, msg func(time.Time) tea.Msg) tea.Cmd
	// OnCrash gets the places in the code that led to a panic, never data.
	OnCrash func(places []string)
	// Motion allows animation.
	Motion bool
}

// New makes the counter's model.
func New(c Config) *tui.Root {
	first := page.Route{Kind: page.Login}
	if c.Seat.Actor.Staff != 0 {
		first = page.Route{Kind: page.Start}
	}
	return tui.New(tui.Config{
		Context: c.Context, Makers: makers(c.Seat), Start: first, Session: c.Seat.Session(),
		Language: c.Language, Theme: c.Theme, Now: c.Now, After: c.After,
		IdleLock: func() time.Duration { return c.Seat.Settings.IdleLock }, OnCrash: c.OnCrash, Motion: c.Motion,
	})
}

// makers are the pages there are.
func makers(s *seat.Seat) map[page.Kind]page.Maker {
	return map[page.Kind]page.Maker{
		page.Login:  func(env *page.Env, _ any) page.Page { return login.New(env, s) },
		page.Unlock: func(env *page.Env, _ any) page.Page { return login.NewUnlock(env, s) },
		page.Start:  func(env *page.Env, _ any) page.Page { return start.New(env, s) },
		page.Member: func(env *page.Env, params any) page.Page { return member.New(env, s, params.(domain.VisitID)) },
		page.Identify: func(env *page.Env, params any) page.Page {
			if s.Phone() {
				return phone.New(env, s, params.(identify.Params).Visit)
			}
			return identify.New(env, s, params.(identify.Params))
		},
		page.HandOut:      func(env *page.Env, params any) page.Page { return handout.New(env, s, params.(domain.VisitID)) },
		page.Cases:        func(env *page.Env, params any) page.Page { return cases.New(env, s, params.(domain.VisitID)) },
		page.CardLoss:     func(env *page.Env, params any) page.Page { return cardloss.New(env, s, params.(domain.VisitID)) },
		page.Family:       func(env *page.Env, params any) page.Page { return family.New(env, s, params.(domain.VisitID)) },
		page.Represent:    func(env *page.Env, params any) page.Page { return represent.New(env, s, params.(domain.VisitID)) },
		page.Registration: func(env *page.Env, params any) page.Page { return registration.New(env, s, params.(domain.VisitID)) },
		page.Account:      func(env *page.Env, params any) page.Page { return account.New(env, s, params.(domain.VisitID)) },
		page.Booklet:      func(env *page.Env, params any) page.Page { return booklet.New(env, s, params.(booklet.Params)) },
		page.Waiting:      func(env *page.Env, _ any) page.Page { return waiting.New(env, s) },
		page.Requests:     func(env *page.Env, _ any) page.Page { return requests.New(env, s) },
	}
}
