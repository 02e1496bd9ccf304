package practice_test

import (
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/practice"
)

// TestAccountsHaveEveryCase: each kind of event, a device that is too old, and
// nothing that lies in the future or before the registration.
func TestAccountsHaveEveryCase(t *testing.T) {
	now := time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)
	known := map[string]bool{}
	for _, m := range practice.Cast(today) {
		known[string(m.KVNR)] = true
	}
	kinds := map[domain.BackendKind]bool{}
	ways := map[domain.IdentifiedBy]bool{}
	ids := map[string]bool{}
	tooOld, epa := 0, 0
	for _, ev := range practice.Accounts(now) {
		if !known[string(ev.KVNR)] || ids[ev.ID] || ev.At.After(now) {
			t.Errorf("%s: nobody's, repeated or in the future", ev.ID)
		}
		ids[ev.ID], kinds[ev.Kind], ways[ev.By] = true, true, true
		if ev.Device.TooOld() {
			tooOld++
		}
		if ev.SharedWithEPA {
			epa++
		}
	}
	for _, k := range domain.AllBackendKinds() {
		if !kinds[k] {
			t.Errorf("no event %s", k)
		}
	}
	for _, w := range domain.AllIdentifiedBy() {
		if !ways[w] {
			t.Errorf("nobody identified by %v", w)
		}
	}
	if tooOld < 2 || epa == 0 {
		t.Errorf("%d devices are too old, %d accounts shared", tooOld, epa)
	}
}
