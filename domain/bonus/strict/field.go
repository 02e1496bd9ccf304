package strict

import (
	"strconv"
	"strings"
	"unicode"

	"schalter/domain/bonus/finding"
)

// Field is a place in a text, with the way that led there.
type Field struct {
	report *Report
	node   *node
	above  *Field
	// name of the key, or position in a list for a field without one.
	name  string
	index int
}

// Line counts from 1.
func (f *Field) Line() int { return f.node.line }

// Path is the way to the field from the top: groups[2].pay.cents. The top itself
// is "".
func (f *Field) Path() string {
	switch {
	case f.above == nil:
		return ""
	case f.name == "":
		return f.above.Path() + "[" + strconv.Itoa(f.index) + "]"
	}
	return join(f.above.Path(), f.name)
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// Fail notes a finding at the field.
func (f *Field) Fail(code finding.Code, value string) {
	f.report.Add(f.node.line, f.Path(), code, value)
}

// IsNull reports whether null or nothing stands here.
func (f *Field) IsNull() bool { return f.node.kind == null }

// IsMap reports whether a mapping stands here.
func (f *Field) IsMap() bool { return f.node.kind == mapping }

// IsList reports whether a list stands here.
func (f *Field) IsList() bool { return f.node.kind == list }

// Text reads a text that is not empty and fits on a page; a number is one, too,
// as it is written.
func (f *Field) Text() (string, bool) {
	s := strings.TrimSpace(f.node.text)
	switch {
	case f.node.kind != text && f.node.kind != number:
		f.Fail(finding.WrongType, "")
	case s == "":
		f.Fail(finding.Empty, "")
	case strings.ContainsFunc(s, unprintable):
		f.Fail(finding.Encoding, "")
	default:
		return s, true
	}
	return "", false
}

// unprintable characters could rewrite a terminal or hide text.
func unprintable(r rune) bool {
	return r != '\n' && !unicode.IsPrint(r) && !unicode.In(r, unicode.Zs) || r == unicode.ReplacementChar
}

// Word reads one of the words.
func (f *Field) Word(words ...string) (string, bool) {
	s, ok := f.Text()
	if !ok {
		return "", false
	}
	for _, w := range words {
		if s == w {
			return s, true
		}
	}
	f.Fail(finding.UnknownWord, s)
	return "", false
}

// ID reads a name that other fields may refer to.
func (f *Field) ID() (string, bool) {
	s, ok := f.Text()
	if ok && !isID(s) {
		f.Fail(finding.BadID, s)
		return "", false
	}
	return s, ok
}

// isID reports whether s has letters, digits, _ - and dot only, up to 64 bytes,
// and begins with a letter or digit.
func isID(s string) bool {
	for i, r := range s {
		alphanumeric := unicode.IsLetter(r) || unicode.IsDigit(r)
		if !alphanumeric && (i == 0 || !strings.ContainsRune("_-.", r)) {
			return false
		}
	}
	return s != "" && len(s) <= 64
}

// Int reads a whole number in decimal digits from low to high.
func (f *Field) Int(low, high int64) (int64, bool) {
	n, err := strconv.ParseInt(f.node.text, 10, 64)
	digits := strings.TrimPrefix(f.node.text, "-")
	switch {
	case f.node.kind != number, strings.Trim(digits, "0123456789") != "":
		f.Fail(finding.WrongType, f.node.text)
	case len(digits) > 1 && digits[0] == '0': // octal to some, decimal to others
		f.Fail(finding.WrongType, f.node.text)
	case err != nil || n < low || n > high:
		f.Fail(finding.OutOfRange, f.node.text)
	default:
		return n, true
	}
	return 0, false
}

// Decimal reads a number that may have a fraction, from low to high.
func (f *Field) Decimal(low, high float64) (float64, bool) {
	x, err := strconv.ParseFloat(f.node.text, 64)
	switch {
	case f.node.kind != number || strings.Trim(f.node.text, "0123456789.-") != "":
		f.Fail(finding.WrongType, f.node.text)
	case err != nil || x < low || x > high:
		f.Fail(finding.OutOfRange, f.node.text)
	default:
		return x, true
	}
	return 0, false
}

// Bool reads true or false.
func (f *Field) Bool() (value, ok bool) {
	if f.node.kind != boolean {
		f.Fail(finding.WrongType, f.node.text)
		return false, false
	}
	return f.node.text == "true", true
}

// List reads a list of at least one item.
func (f *Field) List() []*Field {
	items := f.Items()
	if f.node.kind == list && len(items) == 0 {
		f.Fail(finding.Empty, "")
	}
	return items
}

// Items reads a list that may be empty.
func (f *Field) Items() []*Field {
	if f.node.kind != list {
		f.Fail(finding.WrongType, f.node.text)
		return nil
	}
	fields := make([]Field, len(f.node.items))
	items := make([]*Field, len(fields))
	for i := range fields {
		fields[i] = Field{report: f.report, node: &f.node.items[i], above: f, index: i}
		items[i] = &fields[i]
	}
	return items
}
