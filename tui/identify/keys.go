package identify

import (
	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/flow"
	"schalter/tui/keys"
	"schalter/tui/page"
	"schalter/tui/words"
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
	return append(append(out, p.paperKeys()...), p.cardKeys()...)
}

// deviations are the keys for what does not fit. Each ends the identification.
func (p *Page) deviations() []keys.Binding {
	t := p.env.Texts.Keys
	deviation := func(id keys.ID, key string, text words.Key, why domain.Reason) keys.Binding {
		return keys.Binding{ID: id, Keys: []string{key}, Text: text, Do: func() tea.Cmd {
			return p.askToEnd(text.Help, func() tea.Cmd { return p.refuse(why) })
		}}
	}
	return []keys.Binding{
		deviation("expired", "x", t.Expired, domain.ReasonDocumentExpired),
		deviation("other_card", "f", t.OtherCard, domain.ReasonCardMismatch),
		deviation("no_card", "o", t.NoCard, domain.ReasonCardMissing),
		deviation("for_other", "v", t.ForOther, domain.ReasonForSomeoneElse),
		deviation("unsure", "u", t.Unsure, domain.ReasonUnsure),
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
