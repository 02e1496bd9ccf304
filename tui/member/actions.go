package member

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/egk/reader"
	"schalter/domain/flow"
	"schalter/domain/rights"
	"schalter/tui/booklet"
	"schalter/tui/card"
	"schalter/tui/identify"
	"schalter/tui/keys"
	"schalter/tui/page"
)

// Keys implements page.Page: what can be done, then how to leave.
func (p *Page) Keys() []keys.Binding {
	if p.view == nil {
		return []keys.Binding{p.leaveKey()}
	}
	return p.bindings()
}

func (p *Page) bindings() []keys.Binding {
	if p.seat.Phone() {
		return append(p.actions(), p.leaveKey())
	}
	return append(append(p.actions(), p.leaveKey()), p.cardKeys()...)
}

// cardKeys are for the card in the reader.
func (p *Page) cardKeys() []keys.Binding {
	return card.Keys(p.env, p.seat, "k", p.useCard, card.Served(p.seat, p.visit))
}

// useCard checks the card in the reader, unless the identification has ended or
// there are no cards on this channel.
func (p *Page) useCard(e reader.Event) tea.Cmd {
	if p.check.Busy() || p.view == nil {
		return nil
	}
	if p.seat.Phone() {
		return page.Fail(domain.Fail(domain.Refused, domain.ReasonChannelWrong))
	}
	if why := p.whyNoIdentification(); why != "" {
		return page.Fail(domain.Fail(domain.Refused, why))
	}
	return card.Check(p.env, &p.check, p.seat, p.visit, e)
}

// cardChecked tells a card that is no evidence, and shows the rest.
func (p *Page) cardChecked(msg card.Checked) tea.Cmd {
	if msg.Err != nil {
		return tea.Batch(p.failed(msg.Err), p.read())
	}
	return p.read()
}

// actions are what the page offers; the same list is drawn in its middle.
func (p *Page) actions() []keys.Binding {
	t := p.env.Texts.Keys
	out := []keys.Binding{
		{ID: "identify", Keys: []string{"i"}, Text: t.Identify, Off: p.off(p.whyNoIdentification()), Do: p.identifyOnly},
		{ID: "revoke", Keys: []string{"s"}, Text: t.Revoke, Off: p.off(p.why(rights.RevokeCode)), Do: p.askToRevoke},
		{ID: "reveal", Keys: []string{"z", "f6"}, Text: t.Reveal, Off: p.off(p.why(rights.Reveal)), Do: p.reveal},
		{ID: "account", Keys: []string{"g"}, Text: t.Account, Do: func() tea.Cmd { return page.Navigate(page.Account, p.visit) }},
		{ID: "card_loss", Keys: []string{"l"}, Text: t.CardLoss, Do: func() tea.Cmd { return page.Navigate(page.CardLoss, p.visit) }},
		{ID: "booklet", Keys: []string{"b"}, Text: t.Booklet, Off: p.off(p.why(rights.EnterBooklet)), Do: p.booklet},
		{ID: "cases", Keys: []string{"p"}, Text: t.Cases, Do: func() tea.Cmd { return page.Navigate(page.Cases, p.visit) }},
		{ID: "family", Keys: []string{"f"}, Text: t.Family, Do: func() tea.Cmd { return page.Navigate(page.Family, p.visit) }},
		{ID: "registration", Keys: []string{"r"}, Text: t.Registration, Off: p.off(p.why(rights.CheckRegistration)), Do: p.registration},
	}
	if p.seat.Phone() {
		return out
	}
	out = slices.Insert(out, 0, keys.Binding{ID: "hand_out", Keys: []string{"a", "f7"}, Text: t.HandOut, Off: p.off(p.whyNoCode()), Do: p.handOut})
	out = append(out, keys.Binding{ID: "represent", Keys: []string{"v"}, Text: t.Represent, Off: p.off(p.view.Closed), Do: p.represent})
	if p.seat.Practice != nil {
		out = append(out, keys.Binding{ID: "papers", Keys: []string{"m", "f8"}, Text: t.Papers, Do: p.togglePapers})
	}
	return out
}

// leaveKey puts the papers away, or ends the visit.
func (p *Page) leaveKey() keys.Binding {
	t := p.env.Texts.Keys
	if p.papers.Open() {
		return keys.Binding{ID: "close", Keys: []string{"esc", "f12"}, Text: t.Close, Do: p.togglePapers}
	}
	return keys.Binding{ID: "end_visit", Keys: []string{"esc", "f12"}, Text: t.EndVisit, Do: p.endVisit}
}

func (p *Page) togglePapers() tea.Cmd { return p.papers.Toggle(p.env, p.seat, p.visit) }

// off is the sentence of a reason; "" for none.
func (p *Page) off(why domain.Reason) string {
	if why == "" {
		return ""
	}
	what, _ := p.env.Texts.Error(domain.Fail(domain.Refused, why))
	return what
}

// action is what the desk says of an operation.
func (p *Page) action(op rights.Operation) desk.Action {
	for _, a := range p.view.Actions {
		if a.Operation == op {
			return a
		}
	}
	return desk.Action{Why: domain.ReasonOperationUnknown}
}

// why says why an operation is not allowed; "" when it is.
func (p *Page) why(op rights.Operation) domain.Reason {
	if a := p.action(op); !a.Allowed {
		return a.Why
	}
	return ""
}

// curable reports whether an identification can lift the refusal.
func curable(why domain.Reason) bool {
	return why == domain.ReasonNotIdentified || why == domain.ReasonCardEvidenceMissing
}

// whyNoCode: what an identification lifts is no reason; it comes first then.
func (p *Page) whyNoCode() domain.Reason {
	switch why := p.why(rights.HandOut); {
	case why == "":
		return ""
	case !curable(why):
		return why
	}
	return p.whyNoIdentification()
}

// whyNoIdentification: it ended in this visit, or nothing that it leads to is
// possible.
func (p *Page) whyNoIdentification() domain.Reason {
	code, reveal := p.why(rights.HandOut), p.why(rights.Reveal)
	switch {
	case p.view.Closed != "":
		return p.view.Closed
	case code == "", curable(code), reveal == "", curable(reveal):
		return ""
	}
	return code
}

func (p *Page) handOut() tea.Cmd {
	if p.why(rights.HandOut) == "" {
		return page.Navigate(page.HandOut, p.visit)
	}
	return p.identify(page.HandOut)
}

func (p *Page) booklet() tea.Cmd {
	return page.Navigate(page.Booklet, booklet.Params{Visit: p.visit, Member: p.view.Member})
}

func (p *Page) registration() tea.Cmd { return page.Navigate(page.Registration, p.visit) }

func (p *Page) represent() tea.Cmd { return page.Navigate(page.Represent, p.visit) }

func (p *Page) identifyOnly() tea.Cmd { return p.identify("") }

func (p *Page) identify(then page.Kind) tea.Cmd {
	known := flow.Known{
		BirthDate: p.born && p.view.Representative == 0,
		Card:      p.view.CardKnown && p.why(rights.HandOut) != domain.ReasonCardEvidenceMissing,
	}
	return page.Navigate(page.Identify, identify.Params{
		Visit: p.visit, Representative: p.view.Representative, Known: known, CardRead: known.Card && p.view.CardRead, Then: then,
	})
}
