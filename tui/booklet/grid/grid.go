// Package grid is what is typed from a paper booklet, without a screen: one row
// a box in booklet order, and the number of stamps counted on paper at the end.
// Eyes stay on the paper, the hand on the numeric keypad:
//
//	1405 enter     a stamp of 14.05. of the booklet's year
//	140525 enter   one of another year
//	enter          no stamp
//	*              a stamp of the same day as the one above
//	+              another entry under the same box
//
// A box whose cost matters asks for the cost and the invoice's number after the
// date. What a stamp is worth is not decided here.
package grid

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"schalter/domain"
	"schalter/domain/bonus"
)

// Cell is one thing that is typed into a row.
type Cell uint8

// The cells, in the order of typing.
const (
	Day Cell = iota
	Cost
	Invoice
	Value
	cells
)

// Problem is why enter did not leave a cell; "" is none.
type Problem string

// The problems.
const (
	NotADay     Problem = "not_a_day"     // no day, or not all of one
	NotAnAmount Problem = "not_an_amount" // not euros and cents
	NotAValue   Problem = "not_a_value"   // no number
	NoInvoice   Problem = "no_invoice"    // a cost without the number of its invoice
	NothingSame Problem = "nothing_same"  // no stamp above
	NoCount     Problem = "no_count"      // the stamps were not counted yet
)

// Row is one box of the booklet, or a further entry under it.
type Row struct {
	bonus.Box
	// Number of the box from 1, as the list shows it; 0 for a further entry.
	Number int
	// Invalid is why staff refuse the stamp; "" for one that is offered.
	Invalid string
	// Private: the provider has no licence.
	Private bool

	typed [cells]string
	kept  []string // evidence, as it was entered before
}

// Typed is what stands in a cell.
func (r *Row) Typed(c Cell) string { return r.typed[c] }

// Empty reports whether nothing was entered.
func (r *Row) Empty() bool {
	return r.Invalid == "" && !slices.ContainsFunc(r.typed[:], func(s string) bool { return s != "" })
}

// asks reports whether the row has a cell.
func (r *Row) asks(c Cell) bool {
	switch c {
	case Cost:
		return r.Box.Cost
	case Invoice:
		return r.Box.Cost && (slices.Contains(r.Measure.Evidence.All, "invoice") || slices.Contains(r.Measure.Evidence.Any, "invoice"))
	case Value:
		return r.Measure.Value != nil
	}
	return true
}

// Grid is a booklet while it is typed. Its zero value is not ready; use New.
type Grid struct {
	period bonus.Span
	rows   []*Row
	at     int // len(rows) is the count of stamps
	cell   Cell
	count  string
	marked string // what stood in the cell, for Rewind
}

// New makes the empty grid of a booklet's boxes. Days without a year lie in the
// period.
func New(boxes []bonus.Box, period bonus.Span) *Grid {
	g := &Grid{period: period}
	for i, b := range boxes {
		g.rows = append(g.rows, &Row{Box: b, Number: i + 1})
	}
	return g
}

// Rows in the order of the screen.
func (g *Grid) Rows() []*Row { return g.rows }

// At is the row and cell being typed; the row is len(Rows()) for the count of
// stamps.
func (g *Grid) At() (row int, cell Cell) { return g.at, g.cell }

// AtCount reports whether the count of stamps is being typed.
func (g *Grid) AtCount() bool { return g.at == len(g.rows) }

// Row is the one being typed; nil at the count.
func (g *Grid) Row() *Row {
	if g.AtCount() {
		return nil
	}
	return g.rows[g.at]
}

// Counted is what was typed as the number of stamps on paper.
func (g *Grid) Counted() string { return g.count }

// Entered is how many stamps were entered, those that staff refuse included:
// they are on the paper, too.
func (g *Grid) Entered() (n int) {
	for _, r := range g.rows {
		if !r.Empty() {
			n++
		}
	}
	return n
}

// Control is the number of stamps counted on paper; ok is false as long as it
// was not typed.
func (g *Grid) Control() (n int, ok bool) {
	n, err := strconv.Atoi(g.count)
	return n, err == nil
}

// widths of the cells, in characters.
var widths = [cells]int{Day: 8, Cost: 9, Invoice: 20, Value: 6}

// Type puts characters into the cell; those that do not belong there are
// dropped. It reports whether one was taken.
func (g *Grid) Type(text string) bool {
	taken := false
	for _, r := range text {
		taken = g.take(r) || taken
	}
	return taken
}

func (g *Grid) take(r rune) bool {
	digit := '0' <= r && r <= '9'
	if g.AtCount() {
		if digit && len(g.count) < 2 {
			g.count += string(r)
			return true
		}
		return false
	}
	decimal := (r == ',' || r == '.') && (g.cell == Cost || g.cell == Value)
	if decimal {
		r = ','
	}
	row := g.Row()
	if !digit && !decimal && g.cell != Invoice || len([]rune(row.typed[g.cell])) >= widths[g.cell] {
		return false
	}
	row.typed[g.cell] += string(r)
	return true
}

// Erase takes the last character away; in an empty further entry, the entry.
func (g *Grid) Erase() {
	if g.AtCount() {
		g.count = shorter(g.count)
		return
	}
	row := g.Row()
	switch {
	case row.typed[g.cell] != "":
		row.typed[g.cell] = shorter(row.typed[g.cell])
	case g.cell > Day:
		g.back()
	case row.Number == 0 && row.Invalid == "":
		g.rows = slices.Delete(g.rows, g.at, g.at+1)
		g.at--
	default:
		row.Invalid = ""
	}
}

func shorter(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[:len(s)-n]
}

// AtText reports whether what is typed now may be any text: the number of an
// invoice.
func (g *Grid) AtText() bool { return !g.AtCount() && g.cell == Invoice }

// Mark remembers what stands in the cell, Rewind brings it back.
func (g *Grid) Mark() {
	if row := g.Row(); row != nil {
		g.marked = row.typed[g.cell]
	}
}

// Rewind brings back what stood in the cell at Mark.
func (g *Grid) Rewind() {
	if row := g.Row(); row != nil {
		row.typed[g.cell] = g.marked
	}
}

// Clear empties the row.
func (g *Grid) Clear() {
	if row := g.Row(); row != nil {
		row.typed, row.Invalid, row.Private, row.kept = [cells]string{}, "", false, nil
		g.cell = Day
	}
}

// Enter leaves the cell: for the next one of the row, or the next row.
func (g *Grid) Enter() Problem {
	if g.AtCount() {
		if g.count == "" {
			return NoCount
		}
		return ""
	}
	row := g.Row()
	if problem := g.check(row, g.cell); problem != "" {
		return problem
	}
	if row.Empty() || row.Invalid != "" {
		g.moveTo(g.at + 1)
		return ""
	}
	for c := g.cell + 1; c < cells; c++ {
		if row.asks(c) && !(c == Invoice && row.typed[Cost] == "") {
			g.cell = c
			return ""
		}
	}
	g.moveTo(g.at + 1)
	return ""
}

func (g *Grid) check(row *Row, c Cell) Problem {
	text := row.typed[c]
	switch c {
	case Day:
		_, ok := g.Day(text)
		if !ok && (text != "" || row.typed != [cells]string{}) {
			return NotADay
		}
	case Cost:
		if _, ok := cents(text); text != "" && !ok {
			return NotAnAmount
		}
	case Invoice:
		if row.asks(Invoice) && row.typed[Cost] != "" && text == "" {
			return NoInvoice
		}
	case Value:
		if _, ok := number(text); text != "" && !ok {
			return NotAValue
		}
	}
	return ""
}

// Same enters a stamp of the same day as the one above, and leaves the cell.
func (g *Grid) Same() Problem {
	row := g.Row()
	if row == nil || g.cell != Day {
		return NothingSame
	}
	for i := g.at - 1; i >= 0; i-- {
		if above := g.rows[i]; above.typed[Day] != "" {
			row.typed[Day] = above.typed[Day]
			return g.Enter()
		}
	}
	return NothingSame
}

// Another adds an entry under the box of this row and goes there.
func (g *Grid) Another() Problem {
	row := g.Row()
	if row == nil {
		return ""
	}
	if problem := g.check(row, g.cell); problem != "" {
		return problem
	}
	g.rows = slices.Insert(g.rows, g.at+1, &Row{Box: row.Box})
	g.moveTo(g.at + 1)
	return ""
}

// Refuse marks the stamp of this row as invalid and goes on. Its date stays, if
// it has one.
func (g *Grid) Refuse(reason string) Problem {
	row := g.Row()
	if row == nil {
		return ""
	}
	if _, ok := g.Day(row.typed[Day]); row.typed[Day] != "" && !ok {
		return NotADay
	}
	row.Invalid = reason
	row.typed[Cost], row.typed[Invoice], row.typed[Value] = "", "", ""
	g.moveTo(g.at + 1)
	return ""
}

// Move goes to another row.
func (g *Grid) Move(by int) { g.moveTo(max(0, min(g.at+by, len(g.rows)))) }

func (g *Grid) moveTo(row int) { g.at, g.cell = row, Day }

func (g *Grid) back() {
	for g.cell > Day {
		g.cell--
		if g.Row().asks(g.cell) {
			return
		}
	}
}

// Check looks at every row, goes to the first that is not complete, and says
// what is wrong with it.
func (g *Grid) Check() Problem {
	for i, row := range g.rows {
		for c := range cells {
			if problem := g.check(row, c); row.asks(c) && problem != "" {
				g.at, g.cell = i, c
				return problem
			}
		}
	}
	return ""
}

// Entries are the rows that are not empty. A row that is not complete yet is
// among them with what can be read of it, so that a live total can be shown.
func (g *Grid) Entries() []domain.Stamp {
	var out []domain.Stamp
	for _, r := range g.rows {
		if !r.Empty() {
			out = append(out, g.entry(r))
		}
	}
	return out
}

func (g *Grid) entry(r *Row) domain.Stamp {
	s := domain.Stamp{
		Measure: r.Measure.ID, Exam: r.Exam, Evidence: r.evidence(),
		Invoice: r.typed[Invoice], Invalid: r.Invalid,
	}
	s.Date, _ = g.Day(r.typed[Day])
	if paid, ok := cents(r.typed[Cost]); ok {
		s.Cost = &paid
	}
	if value, ok := number(r.typed[Value]); ok {
		s.Value = &value
	}
	if r.Private {
		s.Provider = "private"
	}
	return s
}

// Fill types entries that were made before into their rows. One whose box is full
// or not there any more gets a row of its own, so that none is lost. Typing goes
// on behind the last one.
func (g *Grid) Fill(entries []domain.Stamp) {
	for _, s := range entries {
		g.fill(g.place(s), s)
	}
	for i, r := range g.rows {
		if !r.Empty() {
			g.moveTo(i + 1)
		}
	}
}

// place is the row for an entry.
func (g *Grid) place(s domain.Stamp) *Row {
	last := len(g.rows) - 1
	for i, r := range g.rows {
		if r.Measure.ID != s.Measure || r.Exam != s.Exam {
			continue
		}
		if r.Empty() {
			return r
		}
		last = i
	}
	box := bonus.Box{Measure: &bonus.Measure{ID: s.Measure, Title: s.Measure}, Exam: s.Exam}
	if last >= 0 && g.rows[last].Measure.ID == s.Measure {
		box = g.rows[last].Box
	}
	row := &Row{Box: box}
	g.rows = slices.Insert(g.rows, last+1, row)
	return row
}

func (g *Grid) fill(r *Row, s domain.Stamp) {
	r.Invalid, r.Private, r.kept = s.Invalid, s.Provider == "private", s.Evidence
	r.typed[Day], r.typed[Invoice] = g.typedDay(s.Date), s.Invoice
	if s.Cost != nil {
		r.typed[Cost] = fmt.Sprintf("%d,%02d", *s.Cost/100, *s.Cost%100)
	}
	if s.Value != nil {
		r.typed[Value] = strings.Replace(strconv.FormatFloat(*s.Value, 'f', -1, 64), ".", ",", 1)
	}
}

// evidence is what a stamp that nobody objects to comes with: all that the
// measure asks for.
func (r *Row) evidence() []string {
	if r.kept != nil {
		return r.kept
	}
	tokens := slices.Clone(r.Measure.Evidence.All)
	if any := r.Measure.Evidence.Any; len(any) > 0 && !slices.ContainsFunc(any, func(t string) bool { return slices.Contains(tokens, t) }) {
		tokens = append(tokens, any[0])
	}
	return tokens
}
