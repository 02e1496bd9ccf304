// Package flow holds the conversations of the counter as state machines without
// a screen: which step comes after which answer. The machines are tables; a front
// (the terminal, later a linear mode) shows a step, carries the answer to the use
// cases of package desk, and gives their verdict back as an event.
//
//	step := flow.Start(flow.Known{BirthDate: true})   // flow.ChooseDocument
//	step, err = flow.Next(step, flow.Chosen, known)   // flow.ValidUntil: the birth date is known
package flow

import "fmt"

// Step is where identification and hand-out stand.
type Step uint8

// The steps, in the order of the happy path. Refused and Over are final.
const (
	ChooseDocument Step = iota + 1
	BirthDate
	ValidUntil
	Photo
	Card
	Purpose
	ShowCode
	Over
	Refused
)

// AllSteps lists every step.
func AllSteps() []Step {
	return []Step{ChooseDocument, BirthDate, ValidUntil, Photo, Card, Purpose, ShowCode, Over, Refused}
}

var stepNames = map[Step]string{
	ChooseDocument: "choose_document", BirthDate: "birth_date", ValidUntil: "valid_until", Photo: "photo",
	Card: "card", Purpose: "purpose", ShowCode: "show_code", Over: "over", Refused: "refused",
}

// String names the step.
func (s Step) String() string { return stepNames[s] }

// Final reports whether nothing leads on from the step.
func (s Step) Final() bool { return s == Over || s == Refused }

// Event is the verdict on an answer.
type Event uint8

// The events.
const (
	// Chosen: the kind of document was picked.
	Chosen Event = iota + 1
	// Scanned: a machine-readable zone gave kind, birth date and validity at once.
	Scanned
	// Right: the answer of this step holds.
	Right
	// Wrong: it does not, and may be typed again.
	Wrong
	// Deviated: a deviation was named; nobody can override it.
	Deviated
	// Issued: the code is on the screen.
	Issued
	// Done: handed over, or given up.
	Done
)

// AllEvents lists every event.
func AllEvents() []Event {
	return []Event{Chosen, Scanned, Right, Wrong, Deviated, Issued, Done}
}

var eventNames = map[Event]string{
	Chosen: "chosen", Scanned: "scanned", Right: "right", Wrong: "wrong", Deviated: "deviated",
	Issued: "issued", Done: "done",
}

// String names the event.
func (e Event) String() string { return eventNames[e] }

// Known is what the opening query has settled already: such steps are passed
// over.
type Known struct {
	BirthDate bool
	Card      bool
	// Assured: the evidence of this visit is complete already.
	Assured bool
}

// Start is the first step: with complete evidence the purpose, else the document.
func Start(k Known) Step {
	if k.Assured {
		return Purpose
	}
	return ChooseDocument
}

// edge is one row of the table.
type edge struct {
	from Step
	on   Event
	to   Step
}

var edges = []edge{
	{ChooseDocument, Chosen, BirthDate},
	{ChooseDocument, Scanned, Photo},
	{BirthDate, Right, ValidUntil},
	{BirthDate, Wrong, BirthDate},
	{BirthDate, Scanned, Photo},
	{BirthDate, Deviated, Refused},
	{ValidUntil, Right, Photo},
	{ValidUntil, Wrong, ValidUntil},
	{ValidUntil, Scanned, Photo},
	{ValidUntil, Deviated, Refused},
	{Photo, Right, Card},
	{Photo, Deviated, Refused},
	{Card, Right, Purpose},
	{Card, Wrong, Card},
	{Card, Deviated, Refused},
	{ChooseDocument, Deviated, Refused},
	{Purpose, Issued, ShowCode},
	{Purpose, Deviated, Refused},
	{ShowCode, Issued, ShowCode},
	{ShowCode, Done, Over},
}

// Next is the step after an event. What the table does not hold is an error, and
// the step stays.
func Next(s Step, e Event, k Known) (Step, error) {
	for _, row := range edges {
		if row.from == s && row.on == e {
			return k.pass(s, row.to), nil
		}
	}
	return s, fmt.Errorf("flow: no way from %s on %s", s, e)
}

// pass steps over what is known, forward only.
func (k Known) pass(from, to Step) Step {
	if to == BirthDate && from != BirthDate && k.BirthDate {
		to = ValidUntil
	}
	if to == Card && from != Card && k.Card {
		to = Purpose
	}
	return to
}
