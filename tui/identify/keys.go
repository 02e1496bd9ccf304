package identify

import (
	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/flow"
	"schalter/tui/keys"
	"schalter/tui/page"
)

// Keys implements page.Page. While a check runs everything waits for it.
func (p *Page) Keys() []keys.Binding {
	if p.call.Busy() {
		return p.ahead.Hold(p.bindings())
	}
	return p.bindings()
}

func (p *Page) bindings() []keys.Binding {
	switch {
	case p.refused != "":
		return p.refusedKeys()
	case p.zone.typing():
		return p.zoneKeys()
	}
	t := p.env.Texts.Keys
	var out []keys.Binding
	switch p.step {
	case flow.ChooseDocument:
		out = append(out, keys.Binding{ID: "document", Keys: keys.Digits(kinds), Text: t.Document, Pick: p.choose})
	case flow.Photo:
		out = append(out,
			keys.Binding{ID: "photo_yes", Keys: []string{"j", "y"}, Text: t.PhotoYes, Do: p.photoFits},
			keys.Binding{ID: "photo_no", Keys: []string{"n"}, Text: t.PhotoNo, Do: p.photoDiffers},
		)
	default:
		out = append(out, keys.Binding{ID: "continue", Keys: []string{"enter"}, Text: t.Continue, Off: p.unfinished(), Do: p.enter})
	}
	out = append(out, p.deviations()...)
	if p.TakesScans() {
		out = append(out, keys.Binding{ID: "zone", Keys: []string{"l"}, Text: t.Zone, Off: p.zoneOff(), Do: p.openZone})
	}
	return append(out, p.paperKeys()...)
}

// deviations are the keys for what does not fit. Each ends the identification.
func (p *Page) deviations() []keys.Binding {
	t := p.env.Texts.Keys
	return []keys.Binding{
		{ID: "expired", Keys: []string{"x"}, Text: t.Expired, Do: p.deviate(domain.ReasonDocumentExpired)},
		{ID: "other_card", Keys: []string{"f"}, Text: t.OtherCard, Do: p.deviate(domain.ReasonCardMismatch)},
		{ID: "no_card", Keys: []string{"o"}, Text: t.NoCard, Do: p.deviate(domain.ReasonCardMissing)},
		{ID: "for_other", Keys: []string{"v"}, Text: t.ForOther, Do: p.deviate(domain.ReasonForSomeoneElse)},
		{ID: "unsure", Keys: []string{"u"}, Text: t.Unsure, Do: p.deviate(domain.ReasonUnsure)},
	}
}

func (p *Page) refusedKeys() []keys.Binding {
	t := p.env.Texts.Keys
	return []keys.Binding{{ID: "to_search", Keys: []string{"enter"}, Text: t.ToSearch, Do: p.endVisit}}
}

func (p *Page) paperKeys() []keys.Binding {
	if p.seat.Practice == nil {
		return nil
	}
	return []keys.Binding{{ID: "papers", Keys: []string{"m", "f8"}, Text: p.env.Texts.Keys.Papers, Do: func() tea.Cmd {
		return p.papers.Toggle(p.env, p.seat, p.params.Visit)
	}}}
}

// unfinished says why Enter does nothing yet.
func (p *Page) unfinished() string {
	f := p.field()
	switch {
	case f == nil, f.Full(), p.mayOmitCard():
		return ""
	}
	return p.env.Texts.Identify.Unfinished
}

// mayOmitCard reports whether the page may be left with the document alone: that
// is enough for answers, and no code follows.
func (p *Page) mayOmitCard() bool {
	return p.step == flow.Card && p.params.Then == "" && p.field().Value() == ""
}

// enter leaves the page when all is checked, and checks a full field that was
// pasted or could not be checked before.
func (p *Page) enter() tea.Cmd {
	switch {
	case p.mayOmitCard():
		return page.Back()
	case p.field() != nil:
		return p.check()
	case p.params.Then == "":
		return page.Back()
	}
	return page.Replace(p.params.Then, p.params.Visit)
}
