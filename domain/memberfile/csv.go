package memberfile

import (
	"errors"
	"io"
	"strings"
)

// csvSource reads the lines behind a header.
type csvSource struct {
	in     *lines
	header header
	// strict: a cell without a column must be empty.
	strict bool
	cells  []string // of the line read last; the memory is used again
	card   []string
	// A record that runs over lines is rejected line by line: further lines are
	// left of it, broken says where.
	further int
	broken  Reject
}

// newCSV reads the header, the first line that is not blank.
func newCSV(in *lines, ignoreUnknown bool) (*csvSource, error) {
	text, err := firstText(in)
	if err != nil {
		return nil, err
	}
	h, err := readHeader(text, ignoreUnknown)
	if err != nil {
		return nil, err
	}
	return &csvSource{in: in, header: h, strict: !ignoreUnknown, card: make([]string, len(cardColumns))}, nil
}

// firstText returns the first line that is not blank.
func firstText(in *lines) (string, error) {
	for {
		ln, err := in.next()
		switch {
		case errors.Is(err, io.EOF), err == nil && ln.tooLong:
			return "", &HeaderError{Fault: NoHeader}
		case err != nil:
			return "", err
		}
		text, why := in.decode(string(ln.raw))
		if why != "" {
			return "", &HeaderError{Fault: WrongEncoding}
		}
		if strings.TrimSpace(text) != "" {
			return text, nil
		}
	}
}

// next implements source.
func (s *csvSource) next(f *fields) (position, Reject, error) {
	if s.further > 0 {
		s.further--
		return position{line: s.in.number - s.further, ended: true}, s.broken, nil
	}
	for {
		ln, err := s.in.next()
		if err != nil {
			return position{}, Reject{}, err
		}
		at := position{line: ln.number, ended: ln.ended}
		if ln.tooLong {
			return at, Reject{Reason: LineTooLong}, nil
		}
		text := string(ln.raw)
		if strings.Trim(text, "\t "+string(rune(s.header.sep))) == "" {
			continue
		}
		fault, err := s.take(text, ln.ended, f)
		return at, fault, err
	}
}

// forget implements source: behind the header nothing is read ahead.
func (*csvSource) forget() {}

// lastField implements source.
func (s *csvSource) lastField() string { return s.header.names[len(s.header.names)-1] }

// openEnd implements source. An empty cell could be one whose value is missing.
func (s *csvSource) openEnd(f *fields) bool {
	switch p := s.header.places[len(s.header.places)-1]; {
	case p.none:
		return false
	case p.card:
		return s.card[p.column] == "" || !cardColumns[p.column].closed
	default:
		return f.member[p.column] == "" || !memberColumns[p.column].closed
	}
}

// take puts the cells of a line into f. Quotes and separators are ASCII, so they
// are seen before the encoding is; a line that is rejected for its bytes cannot
// hide that it goes on.
func (s *csvSource) take(text string, ended bool, f *fields) (Reject, error) {
	cells, how := split(text, s.header.sep, s.cells[:0])
	if how == open && ended {
		return s.beyond(len(cells))
	}
	if how != whole {
		return Reject{Reason: Quote}, nil
	}
	if !isASCII(text) {
		decoded, why := s.in.decode(text)
		if why != "" {
			return Reject{Reason: why}, nil
		}
		cells, _ = split(decoded, s.header.sep, cells[:0])
	}
	s.cells = cells
	return s.assign(f), nil
}

// beyond judges a record whose line ends within quotes, in its cell of the given
// number.
func (s *csvSource) beyond(cell int) (Reject, error) {
	rest, last := s.in.ahead(quoteWindow)
	size, breaks, ok := closing(rest, last, s.header.sep, len(s.header.places)-cell+1)
	if !ok {
		return Reject{Reason: Quote}, nil
	}
	s.further, s.broken = breaks, Reject{Field: s.header.names[cell-1], Reason: LineBreak}
	return s.broken, s.in.skip(size, breaks)
}

func (s *csvSource) assign(f *fields) Reject {
	if len(s.cells) != len(s.header.places) {
		return Reject{Reason: Cells}
	}
	clear(s.card)
	f.cards, f.cardSaid = append(f.cards, s.card), append(f.cardSaid, s.header.cardSaid)
	f.said = s.header.said
	for i, p := range s.header.places {
		switch {
		case p.none && s.strict && s.cells[i] != "":
			return Reject{Reason: Cells}
		case p.none:
		case p.card:
			s.card[p.column] = s.cells[i]
		default:
			f.member[p.column] = s.cells[i]
		}
	}
	return Reject{}
}
