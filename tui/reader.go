package tui

import (
	tea "charm.land/bubbletea/v2"

	"schalter/domain/egk/reader"
	"schalter/tui/page"
)

// card takes what happened at the card reader: it is remembered, told if somebody
// has to do something about it, and passed to the page that is shown. A locked
// seat and a dialog keep it from the page; the card can be used later by a key.
func (r *Root) card(e reader.Event) tea.Cmd {
	r.remember(e)
	if r.door != nil || r.crashed || r.quitting {
		return nil
	}
	if e.State.Failed() {
		what, hint := r.env.Texts.ReaderState(e)
		r.status = status{warned: what, hint: hint}
	}
	s := r.current()
	if s == nil || r.overlay != nil || r.tooSmall() {
		return nil
	}
	r.idle.touch(r.env.Now())
	return address(s.number, s.page.Update(page.CardMsg{Event: e}))
}

// remember keeps how the readers stand. Of several, the one with a card that was
// read counts, the latest first; a card that is gone is forgotten with what it
// said.
func (r *Root) remember(e reader.Event) {
	if e.Name == "" {
		r.cards = nil
	}
	for i, c := range r.cards {
		if c.Name == e.Name {
			r.cards = append(r.cards[:i:i], r.cards[i+1:]...)
			break
		}
	}
	r.env.Reader = e
	switch {
	case e.State == reader.Read:
		r.cards = append(r.cards, e)
	case len(r.cards) > 0:
		r.env.Reader = r.cards[len(r.cards)-1]
	}
}
