package flow

import (
	"testing"
)

// TestNext walks every pair of step and event: the table below is the whole
// machine, and what it does not name must be refused and change nothing.
func TestNext(t *testing.T) {
	type pair struct {
		from Step
		on   Event
	}
	want := map[pair]Step{
		{ChooseDocument, Chosen}:   BirthDate,
		{ChooseDocument, Scanned}:  Photo,
		{ChooseDocument, Deviated}: Refused,
		{BirthDate, Right}:         ValidUntil,
		{BirthDate, Wrong}:         BirthDate,
		{BirthDate, Scanned}:       Photo,
		{BirthDate, Deviated}:      Refused,
		{ValidUntil, Right}:        Photo,
		{ValidUntil, Wrong}:        ValidUntil,
		{ValidUntil, Scanned}:      Photo,
		{ValidUntil, Deviated}:     Refused,
		{Photo, Right}:             Card,
		{Photo, Deviated}:          Refused,
		{Card, Right}:              Purpose,
		{Card, Wrong}:              Card,
		{Card, Deviated}:           Refused,
		{Purpose, Issued}:          ShowCode,
		{Purpose, Deviated}:        Refused,
		{ShowCode, Issued}:         ShowCode,
		{ShowCode, Done}:           Over,
	}
	for _, from := range AllSteps() {
		for _, on := range AllEvents() {
			got, err := Next(from, on, Known{})
			to, legal := want[pair{from, on}]
			switch {
			case legal && (err != nil || got != to):
				t.Errorf("%s on %s: got %s, %v; want %s", from, on, got, err, to)
			case !legal && err == nil:
				t.Errorf("%s on %s leads to %s; want an error", from, on, got)
			case !legal && got != from:
				t.Errorf("%s on %s: refused, but moved to %s", from, on, got)
			}
		}
	}
}

// TestKnown passes over what the opening query settled, and never the photo.
func TestKnown(t *testing.T) {
	rows := []struct {
		reason string
		known  Known
		path   []Event
		want   Step
	}{
		{"birth date typed in the search", Known{BirthDate: true}, []Event{Chosen}, ValidUntil},
		{"card digits typed in the search", Known{Card: true}, []Event{Scanned, Right}, Purpose},
		{"both", Known{BirthDate: true, Card: true}, []Event{Chosen, Right, Right}, Purpose},
		{"a photo is always judged", Known{BirthDate: true, Card: true}, []Event{Chosen, Right}, Photo},
		{"a wrong answer stays where it is", Known{Card: true}, []Event{Chosen, Wrong}, BirthDate},
	}
	for _, row := range rows {
		t.Run(row.reason, func(t *testing.T) {
			step := Start(row.known)
			for _, e := range row.path {
				next, err := Next(step, e, row.known)
				if err != nil {
					t.Fatal(err)
				}
				step = next
			}
			if step != row.want {
				t.Errorf("got %s, want %s", step, row.want)
			}
		})
	}
	if got := Start(Known{Assured: true}); got != Purpose {
		t.Errorf("with evidence the flow starts at %s, want %s", got, Purpose)
	}
}

// TestNoCodeWithoutEvidence searches every path: no sequence of events reaches
// the code without a photo and a card judged right, or known beforehand.
func TestNoCodeWithoutEvidence(t *testing.T) {
	type state struct {
		step        Step
		photo, card bool
	}
	seen := map[state]bool{}
	var walk func(state)
	walk = func(s state) {
		if seen[s] {
			return
		}
		seen[s] = true
		if s.step == ShowCode && (!s.photo || !s.card) {
			t.Errorf("a path shows the code with photo=%v card=%v", s.photo, s.card)
		}
		for _, e := range AllEvents() {
			next, err := Next(s.step, e, Known{})
			if err != nil {
				continue
			}
			n := s
			n.photo = n.photo || s.step == Photo && e == Right
			n.card = n.card || s.step == Card && e == Right
			n.step = next
			walk(n)
		}
	}
	walk(state{step: Start(Known{})})
	if len(seen) < len(AllSteps()) {
		t.Errorf("only %d states reached", len(seen))
	}
}

func TestNames(t *testing.T) {
	for _, s := range AllSteps() {
		if s.String() == "" {
			t.Errorf("step %d has no name", s)
		}
	}
	for _, e := range AllEvents() {
		if e.String() == "" {
			t.Errorf("event %d has no name", e)
		}
	}
}
