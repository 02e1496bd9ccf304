package domain_test

import (
	"errors"
	"slices"
	"testing"

	"schalter/domain"
)

// statesOf are the numbers of a subject's states: 0, where it begins with nothing,
// and one more than there is.
func statesOf(t *testing.T, of domain.Subject) []domain.State {
	t.Helper()
	last := map[domain.Subject]domain.State{
		domain.OfAccount: domain.State(domain.AccountDeleted), domain.OfDevice: domain.State(domain.DeviceUnbound),
		domain.OfCode: domain.State(domain.CodeBurned), domain.OfCard: domain.State(domain.CardOrdered),
		domain.OfApproval: domain.State(domain.ApprovalUsed),
	}[of]
	if last == 0 {
		t.Fatalf("%s: how many states?", of)
	}
	var all []domain.State
	for s := range last + 2 {
		all = append(all, s)
	}
	return all
}

// TestEveryStateAndStep walks every state of every subject with every step it
// knows: a row of the table leads where it says, everything else is refused with a
// reason that is told.
func TestEveryStateAndStep(t *testing.T) {
	rows := 0
	for _, of := range domain.AllSubjects() {
		var moves []domain.Move
		var steps []domain.Step
		for _, m := range domain.Moves() {
			if m.Of == of {
				moves = append(moves, m)
				steps = append(steps, m.By)
			}
		}
		slices.Sort(steps)
		for _, by := range slices.Compact(steps) {
			for _, from := range statesOf(t, of) {
				row := slices.IndexFunc(moves, func(m domain.Move) bool { return m.From == from && m.By == by })
				to, err := domain.Next(of, from, by)
				if row >= 0 {
					rows++
					if err != nil || to != moves[row].To {
						t.Errorf("%s %d by %s: %d, %v", of, from, by, to, err)
					}
					continue
				}
				var e *domain.Error
				if !errors.As(err, &e) || e.Kind != domain.Refused || to != from {
					t.Errorf("%s %d by %s: %d, %v; want a refusal", of, from, by, to, err)
					continue
				}
				known := from < statesOf(t, of)[len(statesOf(t, of))-1]
				if !slices.Contains(domain.AllReasons(), e.Reason) || known && e.Reason == domain.ReasonInternal {
					t.Errorf("%s %d by %s is refused for %q", of, from, by, e.Reason)
				}
			}
		}
	}
	if all := len(domain.Moves()); rows != all || all == 0 {
		t.Errorf("%d rows walked of %d: two say different things", rows, all)
	}
}

// TestFinalStates: what is over stays over.
func TestFinalStates(t *testing.T) {
	for _, m := range domain.Moves() {
		over := m.Of == domain.OfCode && m.From > domain.State(domain.CodeLive) ||
			m.Of == domain.OfApproval && m.From > domain.State(domain.ApprovalGiven)
		if over {
			t.Errorf("%s %d leads on by %s", m.Of, m.From, m.By)
		}
	}
}

// TestTooOld: the app asks for iOS 15 or Android 9.
func TestTooOld(t *testing.T) {
	for _, row := range []struct {
		platform domain.Platform
		version  string
		want     bool
	}{
		{domain.IOS, "14.8.1", true},
		{domain.IOS, "15.0", false},
		{domain.IOS, "9", true},
		{domain.Android, "8.1.0", true},
		{domain.Android, "9", false},
		{domain.Android, "14", false},
		{domain.Android, "", false},
		{domain.IOS, "unbekannt", false},
	} {
		if got := (domain.Device{Platform: row.platform, OSVersion: row.version}).TooOld(); got != row.want {
			t.Errorf("%s %q: %v", row.platform, row.version, got)
		}
	}
}

// TestEveryParameterIsBound: a wish that differs in anything is another wish.
func TestEveryParameterIsBound(t *testing.T) {
	base := domain.Wish{Operation: "hand_out", Member: 1, Visit: domain.VisitID{1}, Parameters: []domain.Parameter{{Key: "a", Value: "b"}, {Key: "c", Value: ""}}}
	for name, alter := range map[string]func(*domain.Wish){
		"operation": func(w *domain.Wish) { w.Operation = "order_card" },
		"member":    func(w *domain.Wish) { w.Member = 2 },
		"visit":     func(w *domain.Wish) { w.Visit = domain.VisitID{2} },
		"value":     func(w *domain.Wish) { w.Parameters = []domain.Parameter{{Key: "a", Value: "x"}, {Key: "c", Value: ""}} },
		"key":       func(w *domain.Wish) { w.Parameters = []domain.Parameter{{Key: "x", Value: "b"}, {Key: "c", Value: ""}} },
		"cut":       func(w *domain.Wish) { w.Parameters = []domain.Parameter{{Key: "a", Value: "bc"}, {Key: "", Value: ""}} },
		"fewer":     func(w *domain.Wish) { w.Parameters = w.Parameters[:1] },
		"order":     func(w *domain.Wish) { w.Parameters = []domain.Parameter{{Key: "c", Value: ""}, {Key: "a", Value: "b"}} },
	} {
		other := base
		alter(&other)
		if other.Digest() == base.Digest() {
			t.Errorf("%s is not bound", name)
		}
	}
	if same := base; same.Digest() != base.Digest() {
		t.Error("the same wish has two digests")
	}
}
