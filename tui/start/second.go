package start

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/desk"
	"schalter/tui/keys"
	"schalter/tui/page"
	"schalter/tui/second"
)

// countTime is how often the page counts the requests that wait for an answer.
const countTime = 3 * time.Second

// counted is how many requests wait for whoever is signed in.
type counted struct {
	waiting int
	err     error
}

// countAgain is the heartbeat of a round.
type countAgain struct{ round uint64 }

// count begins to count, for those who may ask and answer.
func (p *Page) count() tea.Cmd {
	p.round++
	p.requests = 0
	if !desk.MayFind(p.seat.Actor) {
		return nil
	}
	return p.countNow()
}

func (p *Page) countNow() tea.Cmd {
	d, actor, round := p.seat.Desk, p.seat.Actor, p.round
	look := p.counting.Run(p.env, func(ctx context.Context) tea.Msg {
		views, err := d.Approvals(ctx, actor)
		n := 0
		for _, v := range views {
			if v.MayAnswer {
				n++
			}
		}
		return counted{n, err}
	})
	return tea.Batch(look, p.env.After(countTime, func(time.Time) tea.Msg { return countAgain{round} }))
}

// wasCounted takes the number. What could not be read is read again soon; the
// list of requests tells of the error.
func (p *Page) wasCounted(msg counted) {
	if msg.err == nil {
		p.requests = msg.waiting
	}
}

// requestsKey opens the list of requests; in the hint bar only while one waits.
func (p *Page) requestsKey() keys.Binding {
	return keys.Binding{
		ID: "requests", Keys: []string{"f6"}, Text: p.env.Texts.Keys.Requests, Quiet: p.requests == 0,
		Do: func() tea.Cmd { return page.Navigate(page.Requests, nil) },
	}
}

// offerSecond shows how a second person is asked to let one's own record, or a
// relative's, be opened.
func (p *Page) offerSecond(m domain.MemberID, query string, why error) tea.Cmd {
	d, actor := p.seat.Desk, p.seat.Actor
	p.second.Offer(second.Wish{
		Why: why,
		Ask: func(ctx context.Context, req domain.RequestID) (code.Case, error) {
			return d.AskToOpen(ctx, actor, req, m)
		},
		Then: func() tea.Cmd { return p.openMember(m, query) },
		Else: p.clear,
	})
	return nil
}
