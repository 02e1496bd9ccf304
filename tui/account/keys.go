package account

import (
	"schalter/domain"
	"schalter/domain/rights"
	"schalter/tui/keys"
	"schalter/tui/page"
)

// Keys implements page.Page.
func (p *Page) Keys() []keys.Binding {
	t := p.env.Texts.Keys
	cancel := keys.Binding{ID: "cancel", Keys: []string{"esc", "f12"}, Text: t.Cancel, Do: p.stop}
	switch p.step {
	case device:
		return []keys.Binding{
			{ID: "pick", Keys: keys.Digits(len(p.view.Devices)), Text: t.PickDevice, Pick: p.pickDevice},
			{ID: "all", Keys: []string{"a", "enter"}, Text: t.AllDevices, Do: p.allDevices},
			cancel,
		}
	case why:
		return []keys.Binding{{ID: "pick", Keys: keys.Digits(len(p.grounds())), Text: t.PickReason, Pick: p.pickWhy}, cancel}
	case words:
		return []keys.Binding{{ID: "continue", Keys: []string{"enter"}, Text: t.Continue, Do: p.takeWords}, cancel}
	case weighing:
		return []keys.Binding{{ID: "confirm", Keys: []string{"enter"}, Text: t.Confirm, Do: p.confirm}, cancel}
	}
	if p.view == nil {
		return []keys.Binding{{ID: "leave", Keys: []string{"esc", "f12"}, Text: t.Back, Do: page.Back}}
	}
	return append(p.actions(), keys.Binding{ID: "leave", Keys: []string{"esc", "f12"}, Text: t.Back, Do: page.Back})
}

// actions are what can be done, as the page draws them.
func (p *Page) actions() []keys.Binding {
	t := p.env.Texts.Keys
	out := []keys.Binding{
		{ID: "unblock", Keys: []string{"e"}, Text: t.UnblockApp, Off: p.off(rights.Unblock), Do: p.remembered},
		{ID: "delete_binding", Keys: []string{"g"}, Text: t.DeleteBinding, Off: p.off(rights.DeleteBinding), Do: p.deleteBinding},
		{ID: "delete_account", Keys: []string{"l"}, Text: t.DeleteAccount, Off: p.off(rights.DeleteAccount), Do: p.deleteAccount},
	}
	if p.view.State == domain.AccountEnding {
		out = append(out, keys.Binding{ID: "cancel_deletion", Keys: []string{"c"}, Text: t.CancelDeletion, Do: p.cancelDeletion})
	}
	if p.mayUndo() {
		out = append(out, keys.Binding{ID: "undo", Keys: []string{"u"}, Text: t.Undo, Do: p.undo})
	}
	if p.lacksEvidence() {
		out = append(out, keys.Binding{ID: "identify", Keys: []string{"i"}, Text: t.Identify, Do: p.identify})
	}
	if p.offer == rights.HandOut && p.seat.Actor.Channel == rights.Counter {
		out = append(out, keys.Binding{ID: "hand_out", Keys: []string{"a", "f7"}, Text: t.HandOut, Do: p.handOut})
	}
	return out
}

func (p *Page) mayUndo() bool {
	return p.view.UndoCase != "" && p.env.Now().Before(p.view.UndoUntil)
}

// lacksEvidence reports whether an identification would lift a refusal.
func (p *Page) lacksEvidence() bool {
	for _, a := range p.view.Actions {
		if a.Why == domain.ReasonNotIdentified {
			return true
		}
	}
	return false
}

// off is the sentence that says why an operation is refused now; "" if it is not.
func (p *Page) off(op rights.Operation) string {
	for _, a := range p.view.Actions {
		if a.Operation == op && !a.Allowed {
			return p.say(a.Why)
		}
	}
	return ""
}

func (p *Page) say(why domain.Reason) string {
	what, _ := p.env.Texts.Error(domain.Fail(domain.Refused, why))
	return what
}
