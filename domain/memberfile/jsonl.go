package memberfile

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
)

// jsonSource reads lines of JSON objects.
type jsonSource struct {
	in            *lines
	ignoreUnknown bool
	keys          map[string]place // of the member
	seen          []bool           // columns of the object in work
	held          *jsonLine        // read already, to be taken next
}

// jsonLine is a line in UTF-8, or why there is none.
type jsonLine struct {
	at    position
	text  string
	fault Reason
}

// newJSON looks at the first line: names that are unknown there are most likely
// unknown in all lines.
func newJSON(in *lines, ignoreUnknown bool) (*jsonSource, error) {
	in.encoding = utf8Encoding
	s := &jsonSource{in: in, ignoreUnknown: ignoreUnknown, keys: places(), seen: make([]bool, len(memberColumns))}
	for _, c := range cardColumns {
		delete(s.keys, c.name)
	}
	first, err := s.line()
	switch {
	case errors.Is(err, io.EOF):
		return s, nil
	case err != nil:
		return nil, err
	}
	s.held = &first
	if unknown := s.unknown(first.text); len(unknown) > 0 && !ignoreUnknown {
		return nil, &HeaderError{UnknownColumns, unknown}
	}
	return s, nil
}

// unknown lists the unknown keys of an object that has known ones, too.
func (s *jsonSource) unknown(text string) (names []string) {
	var object map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &object) != nil {
		return nil // the line is rejected when its turn comes
	}
	for key := range object {
		if _, known := s.keys[key]; !known && key != "cards" {
			names = append(names, shown(key))
		}
	}
	if len(object)-len(names) < leastKnown {
		return nil // perhaps they are no names at all
	}
	slices.Sort(names)
	return names
}

// forget implements source.
func (s *jsonSource) forget() { s.held = nil }

// next implements source.
func (s *jsonSource) next(f *fields) (position, Reject, error) {
	ln, err := s.line()
	if err != nil || ln.fault != "" {
		return ln.at, Reject{Reason: ln.fault}, err
	}
	return ln.at, s.take(ln.text, f), nil
}

// line returns the next line that is not blank.
func (s *jsonSource) line() (jsonLine, error) {
	if held := s.held; held != nil {
		s.held = nil
		return *held, nil
	}
	for {
		ln, err := s.in.next()
		if err != nil {
			return jsonLine{}, err
		}
		at := position{line: ln.number, ended: ln.ended}
		if ln.tooLong {
			return jsonLine{at: at, fault: LineTooLong}, nil
		}
		text, why := s.in.decode(string(ln.raw))
		if why != "" || strings.TrimSpace(text) != "" {
			return jsonLine{at: at, text: text, fault: why}, nil
		}
	}
}

// lastField implements source: an object that is cut off is no object.
func (s *jsonSource) lastField() string { return "" }

// openEnd implements source: an object ends with its bracket.
func (s *jsonSource) openEnd(*fields) bool { return false }

// take puts the values of an object into f.
func (s *jsonSource) take(text string, f *fields) Reject {
	in := walk{text: text}
	if !json.Valid([]byte(text)) || !in.enter('{') {
		return Reject{Reason: Syntax}
	}
	clear(s.seen)
	cardsSeen := false
	for in.more() {
		key := in.key()
		p, known := s.keys[key]
		var fault Reject
		switch {
		case key == "cards" && cardsSeen, known && s.seen[p.column]:
			return Reject{Field: key, Reason: RepeatedKey}
		case key == "cards":
			cardsSeen = true
			fault = s.cards(&in, f)
		case known:
			c := memberColumns[p.column]
			s.seen[p.column], f.said = true, f.said.with(p.column)
			f.member[p.column], fault.Reason = value(&in, c.flag)
			fault.Field = c.name
		case s.ignoreUnknown:
			in.skip()
		default:
			return Reject{Reason: UnknownKey}
		}
		if fault.Reason != "" {
			return fault
		}
	}
	return Reject{}
}

// cards reads the list of cards.
func (s *jsonSource) cards(in *walk, f *fields) Reject {
	if !in.enter('[') {
		if in.literal() != "null" {
			return Reject{Field: "cards", Reason: Type}
		}
		return Reject{}
	}
	for in.more() {
		if len(f.cards) == maxCards {
			return Reject{Field: "cards", Reason: TooMany}
		}
		card, named, fault := s.card(in)
		if fault.Reason != "" {
			return fault
		}
		f.cards, f.cardSaid = append(f.cards, card), append(f.cardSaid, named)
	}
	return Reject{}
}

func (s *jsonSource) card(in *walk) (values []string, named columns, fault Reject) {
	if !in.enter('{') {
		return nil, 0, Reject{Field: "cards", Reason: Type}
	}
	values = make([]string, len(cardColumns))
	seen := make([]bool, len(cardColumns))
	for in.more() {
		column := slices.Index(cardKeys, in.key())
		switch {
		case column < 0 && s.ignoreUnknown:
			in.skip()
		case column < 0:
			return nil, 0, Reject{Field: "cards", Reason: UnknownKey}
		case seen[column]:
			return nil, 0, Reject{Field: "cards", Reason: RepeatedKey}
		default:
			seen[column], named = true, named.with(column)
			if values[column], fault.Reason = value(in, false); fault.Reason != "" {
				fault.Field = cardColumns[column].name
				return nil, 0, fault
			}
		}
	}
	return values, named, Reject{}
}

// value reads a string; null is none. Numbers are no strings: a postcode that
// was one has lost its zeros.
func value(in *walk, flag bool) (string, Reason) {
	switch c := in.peek(); {
	case c == '"':
		return in.string(), ""
	case c == '{', c == '[':
		return "", Type
	}
	switch word := in.literal(); {
	case word == "null":
		return "", ""
	case flag && (word == "true" || word == "false"):
		return word, ""
	}
	return "", Type
}
