// Package handout is the page that hands out an activation code: its purpose is
// chosen, the code is shown once with a QR code beside it, and one explicit key
// says that the member has it.
//
// While the code is on the screen a timer of its own stands in for the idle
// lock. When its time is over, when the seat is locked or when the code ends
// elsewhere, the code leaves the screen and the memory of the page; it does not
// come back. Code, link and slip go nowhere but to the page and the printer.
package handout

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/desk"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
	"schalter/tui/second"
)

const (
	// beatTime is how often the page asks how the code stands.
	beatTime = time.Second
	// extendBy is what one key adds to the time on the screen, extendMost how
	// far ahead that may reach.
	extendBy   = 2 * time.Minute
	extendMost = 10 * time.Minute
	// graceTime is how long Enter does not hand a code over after it has
	// appeared, has been hidden, or its page has been come back to: a key pressed
	// twice, or meant for what was there before, must not confirm anything.
	graceTime = time.Second
)

// stage is what the page shows.
type stage uint8

const (
	choosing stage = iota // the purpose
	showing               // the code
	hidden                // the code is off the screen, and still live
	gone                  // the code has ended
	refused               // no code was made
	agreeing              // a second person is asked
)

// Page hands out a code.
type Page struct {
	env   *page.Env
	seat  *seat.Seat
	visit domain.VisitID

	stage    stage
	purposes parts.List
	view     *desk.View // whom it is for; nil before the first answer
	secret   *secret    // nil unless the code is on the screen
	made     made       // what is known of the code beside itself
	status   desk.CodeView
	ownEnd   bool  // the code was revoked here
	unseen   bool  // the code was made while the seat was locked: nobody can have it
	lost     bool  // the desk has a code of this visit that is not shown: the next one replaces it
	refusal  error // why no code was made
	hideAt   time.Time
	since    time.Time // when graceTime began
	large    bool
	slip     slip
	second   *second.Request
	away     bool   // the seat is locked
	round    uint64 // number of the running heartbeat
	failing  bool   // the latest look at the code's state failed, and it has been told
	room     size   // of the latest drawing

	load, act, poll, print, play page.Slot
}

// made is what stays known of a code that has left the screen.
type made struct {
	of         code.Case
	number     string // of the case, in groups
	purpose    domain.Purpose
	madeAt     time.Time
	expiresAt  time.Time
	superseded bool
	request    domain.RequestID // to hand over; one for all tries
}

type size struct{ width, height int }

// New makes the page of a visit.
func New(env *page.Env, s *seat.Seat, visit domain.VisitID) *Page {
	p := &Page{env: env, seat: s, visit: visit, second: second.NewRequest(env, s)}
	p.purposes.SetLen(purposes)
	return p
}

// Init implements page.Page.
func (p *Page) Init() tea.Cmd { return nil }

// Enter implements page.Entering.
func (p *Page) Enter() tea.Cmd {
	p.away, p.since = false, p.env.Now()
	return tea.Batch(p.read(), p.newRound(), p.second.Enter())
}

// Leave implements page.Leaving: no code stays on a screen that is left, and
// whoever comes back chooses anew. Only a locked seat goes on.
func (p *Page) Leave(why page.Why) tea.Cmd {
	p.round++
	p.away = true
	p.hide()
	if why != page.Locked {
		p.stage, p.refusal, p.ownEnd, p.made = choosing, nil, false, made{}
		p.purposes.Set(0)
	}
	return p.second.Leave(why)
}

// Title implements page.Page.
func (p *Page) Title() string { return p.env.Texts.HandOut.Title }

// Whole implements page.Whole: with the code on the screen nothing names the
// member in full, and the QR code needs the room.
func (p *Page) Whole() bool { return p.stage == showing }

// OwnTimer implements page.OwnTimer.
func (p *Page) OwnTimer() bool { return p.stage == showing }

// Holds implements page.Holding.
func (p *Page) Holds() bool { return p.stage == showing }

// Input implements page.Typing: only the form of a second person takes text.
func (p *Page) Input() page.Input { return p.second.Input() }

// Mark implements page.Typing.
func (p *Page) Mark() { p.second.Mark() }

// Rewind implements page.Typing.
func (p *Page) Rewind() { p.second.Rewind() }

// Update implements page.Page.
func (p *Page) Update(msg tea.Msg) tea.Cmd {
	if cmd, ok := p.second.Update(msg); ok {
		return cmd
	}
	switch msg := msg.(type) {
	case beat:
		return p.beaten(msg)
	case read:
		if msg.err != nil {
			return p.failed(msg.err)
		}
		p.view = &msg.view
	case issued:
		return p.wasIssued(msg)
	case looked:
		return p.wasLooked(msg)
	case revoked:
		return p.wasRevoked(msg)
	case finished:
		return p.wasFinished(msg)
	case played:
		return tea.Batch(page.Fail(msg.err), p.look())
	case printed:
		return p.wasPrinted(msg)
	}
	return nil
}

// beat is the heartbeat of a round.
type beat struct{ round uint64 }

func (p *Page) newRound() tea.Cmd {
	p.round++
	return p.nextBeat()
}

func (p *Page) nextBeat() tea.Cmd {
	if p.stage != showing && p.stage != hidden {
		return nil
	}
	round := p.round
	return p.env.After(beatTime, func(time.Time) tea.Msg { return beat{round} })
}

// beaten hides the code when its time is over, and asks how it stands.
func (p *Page) beaten(msg beat) tea.Cmd {
	if msg.round != p.round {
		return nil
	}
	if p.stage == showing && !p.env.Now().Before(p.hideAt) {
		p.hide()
		p.since = p.env.Now()
	}
	return tea.Batch(p.look(), p.nextBeat())
}

// hide takes the code off the screen and out of the page.
func (p *Page) hide() {
	p.secret.wipe()
	p.secret, p.large = nil, false
	if p.stage == showing {
		p.stage = hidden
	}
}

func (p *Page) extend() tea.Cmd {
	now := p.env.Now()
	p.hideAt = p.hideAt.Add(extendBy)
	if most := now.Add(extendMost); p.hideAt.After(most) {
		p.hideAt = most
	}
	return nil
}

func (p *Page) enlarge() tea.Cmd {
	p.large = !p.large
	return nil
}

// failed tells of an error; a visit that is over leads back to the search.
func (p *Page) failed(err error) tea.Cmd {
	if is(err, domain.ReasonVisitOver) {
		p.hide()
		return tea.Sequence(page.Fail(err), page.Reset(page.Start, nil))
	}
	return page.Fail(err)
}
