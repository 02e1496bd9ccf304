package handout

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/tui/keys"
	"schalter/tui/page"
)

// Keys implements page.Page. While a call runs that changes something the keys
// are there and do nothing: one pressed twice is no second order.
func (p *Page) Keys() []keys.Binding {
	if p.act.Busy() {
		return p.idle(p.bindings())
	}
	return p.bindings()
}

// idle takes the effect from the bindings, and holds the page.
func (p *Page) idle(bindings []keys.Binding) []keys.Binding {
	nothing := func() tea.Cmd { return nil }
	stays := false
	for i, b := range bindings {
		stays = stays || slices.Contains(b.Keys, "esc")
		if b.Pick != nil {
			bindings[i].Pick = func(int) tea.Cmd { return nil }
		} else {
			bindings[i].Do = nothing
		}
	}
	if stays {
		return bindings
	}
	return append(bindings, keys.Binding{
		ID: "stay", Keys: []string{"esc", "f12"}, Text: p.env.Texts.Keys.Back, Quiet: true, Do: nothing,
	})
}

func (p *Page) bindings() []keys.Binding {
	switch p.stage {
	case choosing:
		return p.choosingKeys()
	case showing:
		return append([]keys.Binding{p.handOverKey()}, append(p.showingKeys(), p.codeKeys()...)...)
	case hidden:
		if p.unseen {
			return p.codeKeys()
		}
		return append([]keys.Binding{p.handOverKey()}, p.codeKeys()...)
	case gone:
		return p.goneKeys()
	case agreeing:
		return p.second.Keys()
	default:
		return []keys.Binding{p.backKey()}
	}
}

func (p *Page) choosingKeys() []keys.Binding {
	t := p.env.Texts.Keys
	return []keys.Binding{
		{ID: "issue", Keys: []string{"enter"}, Text: t.Issue, Do: p.issue},
		{ID: "purpose", Keys: keys.Digits(purposes), Text: t.IssueFor, Pick: p.pick},
		{ID: "down", Keys: []string{"down"}, Text: t.Down, Quiet: true, Do: func() tea.Cmd { return p.move(1) }},
		{ID: "up", Keys: []string{"up"}, Text: t.Up, Quiet: true, Do: func() tea.Cmd { return p.move(-1) }},
	}
}

func (p *Page) move(by int) tea.Cmd {
	p.purposes.Move(by)
	return nil
}

// showingKeys are those that need the code on the screen.
func (p *Page) showingKeys() []keys.Binding {
	t := p.env.Texts.Keys
	out := []keys.Binding{
		{ID: "extend", Keys: []string{"space"}, Text: t.Extend, Do: p.extend},
		{ID: "print", Keys: []string{"d"}, Text: t.Print, Off: p.whyNoPrint(), Do: p.printSlip},
		{ID: "enlarge", Keys: []string{"+"}, Text: t.Enlarge, Off: p.whyNotLarger(), Do: p.enlarge},
	}
	if p.seat.Practice != nil {
		out = append(out, keys.Binding{ID: "play_phone", Keys: []string{"t"}, Text: t.PlayPhone, Do: p.playPhone})
	}
	return out
}

// codeKeys are those that need a live code, on the screen or not.
func (p *Page) codeKeys() []keys.Binding {
	w, t := p.env.Texts.HandOut, p.env.Texts.Keys
	return []keys.Binding{
		p.replaceKey(),
		{ID: "revoke", Keys: []string{"s"}, Text: t.Revoke, Do: ask(w.RevokeAsk, w.RevokeHow, w.RevokeYes, p.revoke)},
		p.giveUpKey(),
	}
}

func (p *Page) handOverKey() keys.Binding {
	return keys.Binding{ID: "handed_over", Keys: []string{"enter"}, Text: p.env.Texts.Keys.HandedOver, Off: p.whyNotEnd(), Do: p.handOver}
}

func (p *Page) replaceKey() keys.Binding {
	w := p.env.Texts.HandOut
	return keys.Binding{
		ID: "replace", Keys: []string{"n"}, Text: p.env.Texts.Keys.Replace,
		Do: ask(w.ReplaceAsk, w.ReplaceHow, w.ReplaceYes, p.replace),
	}
}

func (p *Page) giveUpKey() keys.Binding {
	w := p.env.Texts.HandOut
	return keys.Binding{
		ID: "give_up", Keys: []string{"esc", "f12"}, Text: p.env.Texts.Keys.GiveUp, Off: p.whyNotEnd(),
		Do: ask(w.GiveUpAsk, w.GiveUpHow, w.GiveUpYes, p.giveUp),
	}
}

func (p *Page) backKey() keys.Binding {
	return keys.Binding{ID: "continue", Keys: []string{"enter"}, Text: p.env.Texts.Keys.Continue, Do: page.Back}
}

// whyNotEnd says why the visit cannot end now; "" when it can. What the printer
// answers has to be told and journalled while there is a visit.
func (p *Page) whyNotEnd() string {
	if p.print.Busy() {
		return p.env.Texts.HandOut.SlipPrinting
	}
	return ""
}

// goneKeys: a redeemed code is confirmed, for another end there may be a new one.
func (p *Page) goneKeys() []keys.Binding {
	switch {
	case p.redeemed():
		return []keys.Binding{p.handOverKey()}
	case p.ownEnd:
		return []keys.Binding{p.backKey()}
	}
	return []keys.Binding{p.backKey(), p.replaceKey()}
}

// redeemed: the app has taken the code before anybody said that it was handed
// over.
func (p *Page) redeemed() bool { return p.stage == gone && p.status.State == domain.CodeRedeemed }

func ask(title, how, yes string, then func() tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		return page.Ask(page.Question{Title: title, Lines: []string{how}, Yes: yes, Then: then})
	}
}
