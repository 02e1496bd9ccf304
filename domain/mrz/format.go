package mrz

// Format is the shape of a machine-readable zone. 0 is none.
type Format uint8

// The formats.
const (
	TD1 Format = iota + 1 // three lines of 30: Doc 9303-5
	TD2                   // two lines of 36: Doc 9303-6
	TD3                   // two lines of 44: Doc 9303-4
)

// Formats returns every format.
func Formats() []Format { return []Format{TD1, TD2, TD3} }

// String returns TD1, TD2 or TD3, and "" for none.
func (f Format) String() string {
	switch f {
	case TD1:
		return "TD1"
	case TD2:
		return "TD2"
	case TD3:
		return "TD3"
	}
	return ""
}

// Size returns how many lines of how many characters a format has.
func (f Format) Size() (lines, width int) {
	switch f {
	case TD1:
		return 3, 30
	case TD2:
		return 2, 36
	case TD3:
		return 2, 44
	}
	return 0, 0
}

// span is a run of places in one line, counted from 0, end exclusive.
type span struct{ line, from, to int }

// layout says where a format has its fields.
type layout struct {
	docType, issuer, names        span
	number, numberCheck, overflow span
	birth, birthCheck             span
	expiry, expiryCheck           span
	sex, nationality              span
	optional, optionalCheck       span
	composite                     []span
	compositeCheck                span
}

// layout returns the places of Doc 9303-5 section 4.2.2, 9303-6 section 4.2.2 and
// 9303-4 section 4.2.2. A number of more than nine characters goes on in overflow;
// TD3 has none, but a check digit over its optional data.
func (f Format) layout() layout {
	switch f {
	case TD1:
		return layout{
			docType: span{0, 0, 2}, issuer: span{0, 2, 5}, names: span{2, 0, 30},
			number: span{0, 5, 14}, numberCheck: span{0, 14, 15}, overflow: span{0, 15, 30},
			birth: span{1, 0, 6}, birthCheck: span{1, 6, 7},
			expiry: span{1, 8, 14}, expiryCheck: span{1, 14, 15},
			sex: span{1, 7, 8}, nationality: span{1, 15, 18},
			optional:       span{1, 18, 29},
			composite:      []span{{0, 5, 30}, {1, 0, 7}, {1, 8, 15}, {1, 18, 29}},
			compositeCheck: span{1, 29, 30},
		}
	case TD2:
		return layout{
			docType: span{0, 0, 2}, issuer: span{0, 2, 5}, names: span{0, 5, 36},
			number: span{1, 0, 9}, numberCheck: span{1, 9, 10}, overflow: span{1, 28, 35},
			birth: span{1, 13, 19}, birthCheck: span{1, 19, 20},
			expiry: span{1, 21, 27}, expiryCheck: span{1, 27, 28},
			sex: span{1, 20, 21}, nationality: span{1, 10, 13},
			composite:      []span{{1, 0, 10}, {1, 13, 20}, {1, 21, 35}},
			compositeCheck: span{1, 35, 36},
		}
	default:
		return layout{
			docType: span{0, 0, 2}, issuer: span{0, 2, 5}, names: span{0, 5, 44},
			number: span{1, 0, 9}, numberCheck: span{1, 9, 10},
			birth: span{1, 13, 19}, birthCheck: span{1, 19, 20},
			expiry: span{1, 21, 27}, expiryCheck: span{1, 27, 28},
			sex: span{1, 20, 21}, nationality: span{1, 10, 13},
			optional: span{1, 28, 42}, optionalCheck: span{1, 42, 43},
			composite:      []span{{1, 0, 10}, {1, 13, 20}, {1, 21, 43}},
			compositeCheck: span{1, 43, 44},
		}
	}
}

// zone is a machine-readable zone whose lines have the size of its format.
type zone struct {
	layout
	format Format
	lines  []string
}

// fit makes a zone of lines that have the size of a format.
func fit(lines []string) (zone, bool) {
	for _, f := range Formats() {
		if n, width := f.Size(); n == len(lines) && allOf(lines, width) {
			return zone{format: f, layout: f.layout(), lines: lines}, true
		}
	}
	return zone{}, false
}

func allOf(lines []string, width int) bool {
	for _, l := range lines {
		if len(l) != width {
			return false
		}
	}
	return true
}

// at returns the characters of a span.
func (z zone) at(s span) string { return z.lines[s.line][s.from:s.to] }
