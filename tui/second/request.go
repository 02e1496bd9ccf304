package second

import (
	"cmp"
	"context"
	"errors"
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/desk"
	"schalter/tui/page"
	"schalter/tui/seat"
)

// beatTime is how often a request is looked at while it waits.
const beatTime = time.Second

// Wish is what a second person is asked for, and what follows.
type Wish struct {
	// Why is the refusal that a second person lifts.
	Why error
	// Ask writes the request down: Desk.AskSecond or Desk.AskToOpen.
	Ask func(ctx context.Context, req domain.RequestID) (code.Case, error)
	// Then carries out what was agreed to; the desk checks the agreement anew.
	Then func() tea.Cmd
	// Else goes back to where the wish came from.
	Else func() tea.Cmd
}

// Wanted reports whether an error is a refusal that a second person lifts.
func Wanted(err error) bool {
	var e *domain.Error
	return errors.As(err, &e) && e.Kind == domain.Refused && e.Reason.WantsSecond()
}

// Request asks a second person for one wish: they sign at this seat, or answer in
// their own session while the page waits. Like [Form] it is a piece of a page,
// which gives it keys, messages, and word of being left and come back to. Nothing
// is carried out by itself: a code must not appear on a screen that somebody has
// just walked away from. Only who signs here has it done at once.
type Request struct {
	env  *page.Env
	seat *seat.Seat
	form *Form

	stage   stage
	wish    Wish
	request domain.RequestID // one for all tries to ask
	view    desk.ApprovalView
	here    bool   // the form is to open as soon as the request is written
	round   uint64 // number of the running heartbeat
	failing bool

	act, look page.Slot
}

// stage is where a request stands on the screen.
type stage uint8

const (
	closed  stage = iota
	offered       // nothing is asked yet
	asked         // the request is written; view says how it stands
)

// NewRequest makes a closed one.
func NewRequest(env *page.Env, s *seat.Seat) *Request {
	return &Request{env: env, seat: s, form: New(s)}
}

// The answers of the desk, and the heartbeat.
type (
	written struct {
		request domain.RequestID
		view    desk.ApprovalView
		err     error
	}
	looked struct {
		view desk.ApprovalView
		err  error
	}
	signed struct {
		view desk.ApprovalView
		err  error
	}
	withdrawn struct{ err error }
	beat      struct{ round uint64 }
)

// Offer shows why a wish needs a second person, and how one is asked.
func (r *Request) Offer(w Wish) {
	r.Close()
	r.stage, r.wish = offered, w
}

// Close forgets everything here. What was asked stays at the desk; see Leave.
func (r *Request) Close() {
	r.form.Close()
	r.round++
	r.stage, r.wish, r.request, r.view = closed, Wish{}, domain.RequestID{}, desk.ApprovalView{}
	r.here, r.failing = false, false
}

// IsOpen reports whether the request is on the screen.
func (r *Request) IsOpen() bool { return r.stage != closed }

// Signing reports whether the form is open.
func (r *Request) Signing() bool { return r.form.IsOpen() }

// Enter goes on where a locked seat interrupted.
func (r *Request) Enter() tea.Cmd {
	if r.stage != asked {
		return nil
	}
	return tea.Batch(r.read(), r.newRound())
}

// Leave forgets a passphrase that was begun. On a locked seat the request waits
// on; left for good it is withdrawn.
func (r *Request) Leave(why page.Why) tea.Cmd {
	r.form.Close()
	r.round++
	if why == page.Locked {
		return nil
	}
	number, pending := r.view.Case, r.pending()
	r.Close()
	if !pending {
		return nil
	}
	return r.takeBack(number)
}

// pending reports whether the request still leads on: it waits, or its agreement
// is not used.
func (r *Request) pending() bool {
	s := r.state()
	return r.stage == asked && (s == domain.ApprovalAsked || s == domain.ApprovalGiven)
}

// state is that of the latest look; its time may have run out since.
func (r *Request) state() domain.ApprovalState {
	s := r.view.State
	if (s == domain.ApprovalAsked || s == domain.ApprovalGiven) && !r.env.Now().Before(r.view.Until) {
		return domain.ApprovalExpired
	}
	return s
}

// Input says what printable keys mean while the request is open.
func (r *Request) Input() page.Input {
	if r.form.IsOpen() {
		return r.form.Input()
	}
	return page.Commands
}

// Mark remembers the form's fields.
func (r *Request) Mark() { r.form.Mark() }

// Rewind brings them back.
func (r *Request) Rewind() { r.form.Rewind() }

// Update takes what the page gets while the request is open, and the answers to
// its own calls at any time; ok is false for what is not its own.
func (r *Request) Update(msg tea.Msg) (cmd tea.Cmd, ok bool) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if r.form.IsOpen() {
			r.form.Press(msg)
		}
		return nil, r.IsOpen()
	case page.PasteMsg:
		if r.form.IsOpen() {
			r.form.Paste(msg.Text)
		}
		return nil, r.IsOpen()
	case beat:
		return r.beaten(msg), true
	case written:
		return r.wasWritten(msg), true
	case looked:
		return r.wasLooked(msg), true
	case signed:
		return r.wasSigned(msg), true
	case withdrawn:
		return r.wasWithdrawn(msg), true
	}
	return nil, false
}

func (r *Request) newRound() tea.Cmd {
	r.round++
	return r.nextBeat()
}

func (r *Request) nextBeat() tea.Cmd {
	round := r.round
	return r.env.After(beatTime, func(time.Time) tea.Msg { return beat{round} })
}

func (r *Request) beaten(msg beat) tea.Cmd {
	if msg.round != r.round || !r.pending() {
		return nil
	}
	if r.act.Busy() || r.look.Busy() {
		return r.nextBeat()
	}
	return tea.Batch(r.read(), r.nextBeat())
}

func (r *Request) read() tea.Cmd {
	d, actor, number := r.seat.Desk, r.seat.Actor, r.view.Case
	return r.look.Run(r.env, func(ctx context.Context) tea.Msg {
		view, err := d.Approval(ctx, actor, number)
		return looked{view, err}
	})
}

func (r *Request) wasLooked(msg looked) tea.Cmd {
	if msg.err != nil {
		if r.failing {
			return nil
		}
		r.failing = true
		return page.Fail(msg.err)
	}
	r.failing = false
	if r.stage == asked && msg.view.Case == r.view.Case {
		r.view = msg.view
	}
	return nil
}

// ask writes the request down, for whoever may answer it.
func (r *Request) ask() tea.Cmd { return r.write(false) }

// signHere opens the form, for which the request has to be written first.
func (r *Request) signHere() tea.Cmd {
	if r.stage == asked {
		r.openForm()
		return nil
	}
	return r.write(true)
}

// write asks the desk. A second try after an unknown outcome is the same request.
func (r *Request) write(here bool) tea.Cmd {
	if r.act.Busy() {
		return nil
	}
	r.here = here
	d, actor, req, ask := r.seat.Desk, r.seat.Actor, r.request, r.wish.Ask
	return r.act.Run(r.env, func(ctx context.Context) tea.Msg {
		var err error
		if req == (domain.RequestID{}) {
			if req, err = d.NewRequest(); err != nil {
				return written{err: err}
			}
		}
		number, err := ask(ctx, req)
		if err != nil {
			return written{request: req, err: err}
		}
		view, err := d.Approval(ctx, actor, number)
		return written{req, view, err}
	})
}

// wasWritten begins to wait. What was written for a page that has been left is
// taken back.
func (r *Request) wasWritten(msg written) tea.Cmd {
	if r.stage != offered {
		if msg.err != nil {
			return nil
		}
		return r.takeBack(msg.view.Case)
	}
	r.request = msg.request
	if msg.err != nil {
		return page.Fail(msg.err)
	}
	r.stage, r.view = asked, msg.view
	if r.here {
		r.openForm()
	}
	return r.newRound()
}

func (r *Request) openForm() { r.form.Open(Lines(r.env, r.view)...) }

// sign gives the desk the second person's name and passphrase.
func (r *Request) sign() tea.Cmd {
	if r.act.Busy() {
		return nil
	}
	who, ok := r.form.Take()
	if !ok {
		return nil
	}
	d, actor, number := r.seat.Desk, r.seat.Actor, r.view.Case
	return r.act.Run(r.env, func(ctx context.Context) tea.Msg {
		defer clear(who.Passphrase)
		err := d.AnswerHere(ctx, actor, who, number, true)
		view, unread := d.Approval(ctx, actor, number)
		return signed{view, cmp.Or(err, unread)}
	})
}

// wasSigned carries the wish out: both people are at the seat. After a wrong
// passphrase it can be signed again, unless the request is over meanwhile. A form
// that was put away, or whose seat was locked, carries nothing out.
func (r *Request) wasSigned(msg signed) tea.Cmd {
	if r.stage != asked || msg.view.Case != r.view.Case {
		return page.Fail(msg.err)
	}
	r.view = msg.view
	if msg.err == nil && r.form.IsOpen() {
		return r.carryOut()
	}
	if r.state() != domain.ApprovalAsked {
		r.form.Close()
	}
	return page.Fail(msg.err)
}

// unsigned puts the form away; the request waits on.
func (r *Request) unsigned() tea.Cmd {
	r.form.Close()
	return r.read()
}

// carryOut does what was agreed to.
func (r *Request) carryOut() tea.Cmd {
	then := r.wish.Then
	r.Close()
	return then()
}

// withdraw takes the request back, for one that waits or was agreed to.
func (r *Request) withdraw() tea.Cmd {
	if r.act.Busy() {
		return nil
	}
	return r.takeBack(r.view.Case)
}

func (r *Request) takeBack(number code.Case) tea.Cmd {
	d, actor := r.seat.Desk, r.seat.Actor
	return r.act.Run(r.env, func(ctx context.Context) tea.Msg { return withdrawn{d.Withdraw(ctx, actor, number)} })
}

func (r *Request) wasWithdrawn(msg withdrawn) tea.Cmd {
	switch {
	case msg.err != nil && r.stage == asked:
		return tea.Batch(page.Fail(msg.err), r.read())
	case msg.err != nil || r.stage != asked:
		return page.Fail(msg.err)
	}
	return tea.Batch(page.Say(r.env.Texts.Second.Withdrawn), r.giveUp())
}

// giveUp goes back to where the wish came from.
func (r *Request) giveUp() tea.Cmd {
	back := r.wish.Else
	r.Close()
	return back()
}
