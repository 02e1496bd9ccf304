// Package card is what pages do with a health card in the seat's reader: the keys
// for it, the question to the desk, and how its verdict is told. What the card
// says goes to the desk and is never drawn: birth date, number and address serve
// as checks.
package card

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/egk/reader"
	"schalter/tui/keys"
	"schalter/tui/member/sheet"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
)

// Checked is the desk's answer to a card that was read during a visit.
type Checked struct {
	Verdict desk.CardVerdict
	Err     error
}

// Check asks the desk whether the card of an event is the visit's member's.
func Check(env *page.Env, call *page.Slot, s *seat.Seat, visit domain.VisitID, e reader.Event) tea.Cmd {
	actor, seen := s.Actor, desk.Seen(e.Card)
	return call.Run(env, func(ctx context.Context) tea.Msg {
		verdict, err := s.Desk.CardRead(ctx, actor, visit, seen)
		return Checked{verdict, err}
	})
}

// Keys are the keys for the card in the reader: to use it where it was not used
// when it was put in, and in practice to put one in. letter is a twin for pages
// of commands; whom says whose card is put in.
func Keys(env *page.Env, s *seat.Seat, letter string, use func(reader.Event) tea.Cmd, whom func(context.Context) (domain.MemberID, error)) []keys.Binding {
	t := env.Texts.Keys
	var out []keys.Binding
	if e := env.Reader; e.State == reader.Read {
		names := []string{"f4"}
		if letter != "" {
			names = []string{letter, "f4"}
		}
		out = append(out, keys.Binding{ID: "use_card", Keys: names, Text: t.UseCard, Quiet: true, Do: func() tea.Cmd { return use(e) }})
	}
	if s.Slot == nil {
		return out
	}
	if env.Reader.State == reader.Read {
		return append(out, keys.Binding{ID: "pull_card", Keys: []string{"f5"}, Text: t.PullCard, Quiet: true, Do: func() tea.Cmd {
			return func() tea.Msg { return page.CardMsg{Event: s.Slot.Pull()} }
		}})
	}
	return append(out, keys.Binding{ID: "insert_card", Keys: []string{"f5"}, Text: t.InsertCard, Quiet: true, Do: func() tea.Cmd {
		return func() tea.Msg { return insert(env.Context, s.Slot, whom) }
	}})
}

func insert(ctx context.Context, slot seat.Slot, whom func(context.Context) (domain.MemberID, error)) tea.Msg {
	m, err := whom(ctx)
	if err != nil {
		return page.FailMsg{Err: err}
	}
	e, err := slot.Insert(ctx, m)
	if err != nil {
		return page.FailMsg{Err: err}
	}
	return page.CardMsg{Event: e}
}

// Served says whose visit it is, for Keys.
func Served(s *seat.Seat, visit domain.VisitID) func(context.Context) (domain.MemberID, error) {
	actor := s.Actor
	return func(ctx context.Context) (domain.MemberID, error) {
		view, err := s.Desk.View(ctx, actor, visit)
		return view.Member, err
	}
}

// Compared tells how a card that was read compares with the record, or why it is
// no evidence. It stands with [NotProven].
func Compared(env *page.Env, v desk.CardVerdict, width int) []string {
	t, st := env.Texts, env.Styles
	if v.Why != "" {
		what, _ := t.Error(domain.Fail(domain.Refused, v.Why))
		return parts.Notice(st, t, what, width)
	}
	compared, differs := t.CardCompared(v)
	style := st.Text
	if differs {
		compared, style = "! "+compared, st.Caution
	}
	return sheet.Wrap(style, compared, width)
}

// NotProven says that reading proves nothing about the card itself.
func NotProven(env *page.Env, width int) []string {
	return sheet.Wrap(env.Styles.Weak, env.Texts.Reader.NotProven, width)
}
