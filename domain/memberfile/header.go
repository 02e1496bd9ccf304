package memberfile

import (
	"slices"
	"strings"

	"schalter/domain/plain"
)

// HeaderFault says what is wrong with a file as a whole.
type HeaderFault string

// The faults of a header.
const (
	// NoHeader: the first line does not name columns of this format; perhaps it
	// is a member already.
	NoHeader HeaderFault = "no_header"
	// UnknownColumns: names that are none of this format.
	UnknownColumns HeaderFault = "unknown_columns"
	// RepeatedColumns: names that stand twice.
	RepeatedColumns HeaderFault = "repeated_columns"
	// MissingColumns: without these no line could be taken.
	MissingColumns HeaderFault = "missing_columns"
	// WrongEncoding: neither UTF-8 nor ISO-8859-15.
	WrongEncoding HeaderFault = "wrong_encoding"
)

// AllHeaderFaults lists every fault.
func AllHeaderFaults() []HeaderFault {
	return []HeaderFault{NoHeader, UnknownColumns, RepeatedColumns, MissingColumns, WrongEncoding}
}

// HeaderError says that a file cannot be read at all.
type HeaderError struct {
	Fault HeaderFault
	// Columns are the names meant, cleaned for a screen. Where the first line
	// may be a member, there are none.
	Columns []string
}

// Error names the fault and the columns.
func (e *HeaderError) Error() string {
	if len(e.Columns) == 0 {
		return string(e.Fault)
	}
	return string(e.Fault) + ": " + strings.Join(e.Columns, ", ")
}

// place is where a cell of a line goes: to a column of the member or of the
// card, or nowhere.
type place struct {
	column int
	card   bool
	none   bool
}

// places maps every column of CSV to its place.
func places() map[string]place {
	m := make(map[string]place, len(memberColumns)+len(cardColumns))
	for i, c := range memberColumns {
		m[c.name] = place{column: i}
	}
	for i, c := range cardColumns {
		m[c.name] = place{column: i, card: true}
	}
	return m
}

// header is the meaning of the first line of CSV.
type header struct {
	sep    byte
	names  []string // "" for cells that are skipped
	places []place
	// said and cardSaid are the columns that every line has.
	said, cardSaid columns
}

// readHeader reads the first line. The separator is the one that yields more
// columns of the format.
func readHeader(text string, ignoreUnknown bool) (header, error) {
	semicolon, comma := headerCells(text, ';'), headerCells(text, ',')
	sep, cells := byte(';'), semicolon
	if known := places(); countKnown(comma, known) > countKnown(semicolon, known) {
		sep, cells = ',', comma
	}
	return newHeader(sep, cells, ignoreUnknown)
}

func headerCells(text string, sep byte) []string {
	cells, _ := split(text, sep, nil)
	for i := range cells {
		cells[i] = strings.ToLower(plain.Clean(cells[i]))
	}
	return cells
}

func countKnown(cells []string, known map[string]place) int {
	n := 0
	for _, c := range cells {
		if _, ok := known[c]; ok {
			n++
		}
	}
	return n
}

// leastKnown is how many names of columns make a header of a line. One may be
// chance: a member who lives in a street called "Title".
const leastKnown = 2

func newHeader(sep byte, cells []string, ignoreUnknown bool) (header, error) {
	known := places()
	if countKnown(cells, known) < leastKnown {
		return header{}, &HeaderError{Fault: NoHeader}
	}
	h := header{sep: sep, names: make([]string, len(cells)), places: make([]place, len(cells))}
	var unknown, repeated []string
	for i, name := range cells {
		p, ok := known[name]
		switch {
		case !ok:
			p.none = true
			if trailing := name == "" && i == len(cells)-1; !trailing {
				unknown = append(unknown, shown(name))
			}
		case slices.Contains(h.names, name):
			repeated = append(repeated, name)
		case p.card:
			h.names[i], h.cardSaid = name, h.cardSaid.with(p.column)
		default:
			h.names[i], h.said = name, h.said.with(p.column)
		}
		h.places[i] = p
	}
	switch missing := h.missing(); {
	case len(unknown) > 0 && !ignoreUnknown:
		return h, &HeaderError{UnknownColumns, unknown}
	case len(repeated) > 0:
		return h, &HeaderError{RepeatedColumns, repeated}
	case len(missing) > 0:
		return h, &HeaderError{MissingColumns, missing}
	}
	return h, nil
}

// missing lists the columns without which every line would be rejected, or
// every card of unknown state.
func (h header) missing() (names []string) {
	has := func(name string) bool { return slices.Contains(h.names, name) }
	if !has("kvnr") {
		names = append(names, "kvnr")
	}
	if !has("surname") && !has("given_names") {
		names = append(names, "surname")
	}
	if !has("birth_date") {
		names = append(names, "birth_date")
	}
	cards := slices.ContainsFunc(h.places, func(p place) bool { return p.card })
	if cards && !has("iccsn") {
		names = append(names, "iccsn")
	}
	if cards && !has("card_status") {
		names = append(names, "card_status")
	}
	return names
}

// shown is an unknown name as a screen may show it.
func shown(name string) string {
	const most = 40
	short, _, _ := plain.Line(name, most)
	return short
}
