package caseline

import (
	"encoding/json"
	"io"

	"schalter/domain/bonus"
	"schalter/domain/bonus/finding"
	"schalter/domain/date"
)

// Writer writes one line for each case: a result, or what is wrong with it.
type Writer struct{ out *json.Encoder }

// NewWriter returns a writer.
func NewWriter(out io.Writer) *Writer {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	return &Writer{e}
}

// result is the form of a decision. Beside the fields that the language fixes it
// has the entries that add up to the hypothetical total, what is missing, stamps
// that the track has no use for, who gets the money, and the programme file's
// hash.
type result struct {
	ID           string           `json:"id"`
	Track        *string          `json:"track"`
	Refusal      *bonus.Code      `json:"refusal"`
	Stage1       bool             `json:"stage1_fulfilled"`
	Groups       map[string]group `json:"groups"`
	Lines        []line           `json:"lines"`
	Total        bonus.Cents      `json:"total"`
	Hypothetical bonus.Cents      `json:"hypothetical_total"`
	ToPay        bonus.Cents      `json:"to_pay"`
	Deadline     *date.Date       `json:"deadline"`
	PointsLeft   *bonus.Points    `json:"points_left"`

	Entries  []entry     `json:"entries"`
	Missing  []gap       `json:"missing"`
	Complete bonus.Cents `json:"complete_total"`
	Unused   []int       `json:"unused_stamps"`
	Credit   credit      `json:"credit"`
	Period   period      `json:"period"`
	Hash     string      `json:"programme_hash"`
}

type group struct {
	Fulfilled bool         `json:"fulfilled"`
	Cents     bonus.Cents  `json:"cents"`
	Points    bonus.Points `json:"points,omitempty"`
	Reason    bonus.Code   `json:"reason"`
}

type line struct {
	Group   string      `json:"group"`
	Measure string      `json:"measure"`
	Cents   bonus.Cents `json:"cents"`
	Reason  string      `json:"reason"`
}

type entry struct {
	Kind   bonus.EntryKind `json:"kind"`
	ID     string          `json:"id,omitempty"`
	Cents  bonus.Cents     `json:"cents"`
	Reason bonus.Code      `json:"reason"`
}

// gap is something missing. Brings is null where no cap ends what a cost brings.
type gap struct {
	Group    string       `json:"group"`
	Measures []string     `json:"measures"`
	Exam     string       `json:"exam,omitempty"`
	Stamp    *int         `json:"stamp,omitempty"`
	Wants    []string     `json:"wants,omitempty"`
	From     *date.Date   `json:"from,omitempty"`
	To       *date.Date   `json:"to,omitempty"`
	Units    int          `json:"units"`
	Proofs   []proof      `json:"proofs,omitempty"`
	Brings   *bonus.Cents `json:"brings"`
	UpTo     bool         `json:"up_to,omitempty"`
	Together bonus.Cents  `json:"together"`
}

type proof struct {
	Measure string    `json:"measure"`
	Exam    string    `json:"exam,omitempty"`
	From    date.Date `json:"from"`
	To      date.Date `json:"to"`
}

type credit struct {
	To string `json:"to"`
	As string `json:"as"`
}

type period struct {
	From date.Date `json:"from"`
	To   date.Date `json:"to"`
}

// Result writes what was decided.
func (w *Writer) Result(id string, d bonus.Decision) error {
	r := result{
		ID: id, Track: orNull(d.Track), Refusal: orNull(d.Refusal), Stage1: d.Stage1,
		Groups: map[string]group{}, Lines: []line{},
		Total: d.Total, Hypothetical: d.Hypothetical, ToPay: d.ToPay,
		Deadline: orNull(d.Deadline), PointsLeft: d.PointsLeft,
		Entries: []entry{}, Missing: []gap{}, Complete: d.Complete, Unused: append([]int{}, d.Unused...),
		Credit: credit{To: "self", As: d.Credit.As}, Period: period(d.Period), Hash: d.Hash.String(),
	}
	if d.Credit.ToMain {
		r.Credit.To = "main_member"
	}
	for _, g := range d.Groups {
		r.Groups[g.ID] = group{g.Fulfilled, g.Cents, g.Points, g.Reason}
	}
	for _, l := range d.Lines {
		r.Lines = append(r.Lines, line{l.Group, l.Measure, l.Cents, l.Reason.String()})
	}
	for _, e := range d.Entries {
		r.Entries = append(r.Entries, entry(e))
	}
	for _, g := range d.Gaps {
		r.Missing = append(r.Missing, gapOf(g))
	}
	return w.out.Encode(r)
}

func gapOf(g bonus.Gap) gap {
	out := gap{
		Group: g.Group, Measures: g.Measures, Exam: g.Exam, Wants: g.Wants, Units: g.Units,
		UpTo: g.UpTo, Together: g.Together,
	}
	if g.Stamp >= 0 {
		out.Stamp = &g.Stamp
		out.From, out.To = orNull(g.Days.From), orNull(g.Days.To)
	}
	for _, p := range g.Proofs {
		out.Proofs = append(out.Proofs, proof{p.Measure, p.Exam, p.Days.From, p.Days.To})
	}
	if !g.Unbounded {
		out.Brings = &g.Brings
	}
	return out
}

// orNull is nil for a zero value.
func orNull[T comparable](x T) *T {
	var zero T
	if x == zero {
		return nil
	}
	return &x
}

// Faults writes a line for a case that was not decided.
func (w *Writer) Faults(id string, line int, faults finding.List) error {
	type fault struct {
		Field string       `json:"field"`
		Code  finding.Code `json:"code"`
	}
	out := struct {
		ID    *string `json:"id"`
		Line  int     `json:"line"`
		Error []fault `json:"error"`
	}{ID: orNull(id), Line: line, Error: []fault{}}
	for _, f := range faults {
		out.Error = append(out.Error, fault{f.Field, f.Code})
	}
	return w.out.Encode(out)
}
