package identify

import (
	tea "charm.land/bubbletea/v2"

	"schalter/domain/egk/reader"
	"schalter/domain/flow"
	"schalter/tui/card"
	"schalter/tui/keys"
	"schalter/tui/page"
)

// cardKeys are for the card in the reader; digits are typed as ever.
func (p *Page) cardKeys() []keys.Binding {
	return card.Keys(p.env, p.seat, "k", p.checkCard, card.Served(p.seat, p.params.Visit))
}

// card takes what happened at the reader. A card may be put in at any step; what
// was read stays when it is taken out.
func (p *Page) card(e reader.Event) tea.Cmd {
	switch {
	case p.refused != "":
	case e.State == reader.Read && p.call.Busy():
		p.ahead.Wait(page.CardMsg{Event: e})
	case e.State == reader.Read:
		return p.checkCard(e)
	case e.State == reader.Removed:
		p.gone = true
	}
	return nil
}

func (p *Page) checkCard(e reader.Event) tea.Cmd {
	p.gone = false
	return card.Check(p.env, &p.call, p.seat, p.params.Visit, e)
}

// cardChecked goes on where the card was asked for, or passes over that step when
// it is reached.
func (p *Page) cardChecked(msg card.Checked) tea.Cmd {
	if msg.Err != nil {
		return p.notDone(msg.Err)
	}
	p.read, p.isRead = &msg.Verdict, true
	p.fields[flow.Card].Clear()
	delete(p.checks, flow.Card)
	p.known.Card = true
	if p.step == flow.Card {
		return p.goOn(flow.Right)
	}
	return p.ahead.Replay(p.call.Busy, p.bindings, p.take)
}
