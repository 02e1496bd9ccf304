package booklet

import (
	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/tui/keys"
	"schalter/tui/page"
	"schalter/tui/words"
)

// Keys implements page.Page.
func (p *Page) Keys() []keys.Binding {
	t := p.env.Texts.Keys
	switch {
	case p.asking == whichProgramme:
		return []keys.Binding{
			{ID: "pick", Keys: keys.Digits(len(p.seat.Desk.Programmes(p.ref.Year))), Text: t.PickProgramme, Pick: p.chooseProgramme},
			{ID: "leave", Keys: []string{"esc", "f12"}, Text: t.Back, Do: page.Back},
		}
	case p.sheet == nil:
		return []keys.Binding{{ID: "leave", Keys: []string{"esc", "f12"}, Text: t.Back, Do: page.Back}}
	case p.second.IsOpen():
		return p.second.Keys(p.env, p.sign, p.unsigned)
	case p.asking == whyInvalid:
		return []keys.Binding{
			{ID: "pick", Keys: keys.Digits(len(words.InvalidReasons())), Text: t.PickReason, Pick: p.refuse},
			{ID: "cancel", Keys: []string{"esc", "f12"}, Text: t.Cancel, Do: p.stopAsking},
		}
	case p.asking == whichStart:
		return []keys.Binding{
			{ID: "take", Keys: []string{"enter"}, Text: t.Confirm, Do: p.takeTyped},
			{ID: "leave", Keys: []string{"esc", "f12"}, Text: t.Back, Do: page.Back},
		}
	case p.asksDay():
		return []keys.Binding{
			{ID: "take", Keys: []string{"enter"}, Text: t.Confirm, Do: p.takeTyped},
			{ID: "cancel", Keys: []string{"esc", "f12"}, Text: t.Cancel, Do: p.stopAsking},
		}
	case p.kind == closed:
		return p.closedKeys()
	}
	return p.typingKeys()
}

// typingKeys: what the hand on the keypad needs comes first.
func (p *Page) typingKeys() []keys.Binding {
	t := p.env.Texts.Keys
	out := []keys.Binding{
		{ID: "book", Keys: []string{"b", "f8"}, Text: t.Book, Do: p.book},
		{ID: "next", Keys: []string{"enter", "tab"}, Text: t.Next, Quiet: true, Do: p.enter},
		{ID: "same", Keys: []string{"*"}, Text: t.SameDay, Do: p.same},
		{ID: "invalid", Keys: []string{"/"}, Text: t.Invalid, Do: p.ask(whyInvalid)},
		{ID: "another", Keys: []string{"+"}, Text: t.Another, Do: p.other},
		{ID: "park", Keys: []string{"p", "f7"}, Text: t.Park, Do: p.park},
		{ID: "query", Keys: []string{"r", "f6"}, Text: t.Query, Off: p.whyNoQuery(), Do: p.askToQuery},
		{ID: "received", Keys: []string{"e"}, Text: t.Received, Quiet: true, Do: p.ask(whichDay)},
		{ID: "stack", Keys: []string{"s"}, Text: t.Stack, Quiet: true, Do: p.toggleStack},
		{ID: "year", Keys: []string{"j"}, Text: t.OtherYear, Quiet: true, Off: p.whyNoOtherYear(), Do: p.otherYear},
		{ID: "private", Keys: []string{"v"}, Text: t.Private, Quiet: true, Do: p.togglePrivate},
		{ID: "clear_row", Keys: []string{"delete"}, Text: t.ClearRow, Quiet: true, Do: p.clearRow},
		{ID: "up", Keys: []string{"up", "shift+tab"}, Text: t.Up, Quiet: true, Do: p.move(-1)},
		{ID: "down", Keys: []string{"down"}, Text: t.Down, Quiet: true, Do: p.move(1)},
		{ID: "known_exam", Keys: []string{"u"}, Text: t.KnownExam, Quiet: true, Off: p.whyNoRow(), Do: p.ask(whichExam)},
		{ID: "release", Keys: []string{"f"}, Text: t.Release, Quiet: true, Off: p.whyNoRelease(), Do: p.askRelease},
		{ID: "accept_late", Keys: []string{"l"}, Text: t.AcceptLate, Quiet: true, Off: p.whyNotLate(), Do: p.askLate},
	}
	if p.hasLetter() && !p.changed {
		letter := p.letterKey()
		letter.Quiet = true
		out = append(out, letter)
	}
	if len(p.sheet.Programme.Options) > 0 {
		out = append(out, keys.Binding{ID: "option", Keys: []string{"o"}, Text: t.NextOption, Quiet: true, Do: p.nextOption})
	}
	return append(out, keys.Binding{ID: "leave", Keys: []string{"esc", "f12"}, Text: t.LeaveBooklet, Do: p.leave})
}

// closedKeys are those of a booklet that was booked before.
func (p *Page) closedKeys() []keys.Binding {
	t := p.env.Texts.Keys
	out := []keys.Binding{
		{ID: "correct", Keys: []string{"k"}, Text: t.Correct, Do: p.reopen(correction)},
		{ID: "year", Keys: []string{"j"}, Text: t.OtherYear, Do: p.otherYear},
		{ID: "leave", Keys: []string{"esc", "f12"}, Text: t.Back, Do: page.Back},
	}
	if p.hasLetter() {
		out = append([]keys.Binding{p.letterKey()}, out...)
	}
	if p.decision.Refusal == bonus.Late && p.sheet.Booklet.State <= domain.BookletDecided {
		out = append([]keys.Binding{{ID: "accept_late", Keys: []string{"l"}, Text: t.AcceptLate, Do: p.askLate}}, out...)
	}
	if p.sheet.Booklet.State == domain.BookletEntered {
		return append([]keys.Binding{{ID: "decide", Keys: []string{"d", "f8"}, Text: t.Decide, Do: p.decide}}, out...)
	}
	return append([]keys.Binding{{ID: "supplement", Keys: []string{"n"}, Text: t.Supplement, Do: p.reopen(supplement)}}, out...)
}

func (p *Page) whyNoQuery() string {
	if len(p.decision.Gaps) == 0 {
		return p.env.Texts.Booklet.NothingMissing
	}
	return ""
}

func (p *Page) whyNoRow() string {
	if p.grid.AtCount() {
		return p.env.Texts.Booklet.FirstChooseBox
	}
	return ""
}

func (p *Page) whyNoRelease() string {
	if p.kind == correction || p.kind == supplement {
		return p.env.Texts.Booklet.FirstBook
	}
	return p.whyNoRow()
}

func (p *Page) whyNotLate() string {
	if p.kind == correction || p.kind == supplement {
		return p.env.Texts.Booklet.FirstBook
	}
	if p.decision.Refusal != bonus.Late {
		what, _ := p.env.Texts.Error(domain.Fail(domain.Refused, domain.ReasonNotLate))
		return what
	}
	return ""
}

func (p *Page) whyNoOtherYear() string {
	if p.changed || p.kind == correction || p.kind == supplement {
		return p.env.Texts.Booklet.FirstFinish
	}
	return ""
}

// leave goes back, and asks before what was typed is lost.
func (p *Page) leave() tea.Cmd {
	if !p.changed {
		return page.Back()
	}
	t := p.env.Texts.Booklet
	return page.Ask(page.Question{Title: t.Discard, Lines: []string{t.DiscardHow}, Yes: t.DiscardYes, Then: func() tea.Cmd {
		p.changed = false
		return page.Back()
	}})
}
