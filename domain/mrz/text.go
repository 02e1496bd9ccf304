package mrz

import (
	"strings"
	"unicode"

	"schalter/domain/date"
	"schalter/domain/problem"
)

// maxText is more than any scan or paste of a zone has, in bytes.
const maxText = 1000

// ParseText reads a machine-readable zone as a keyboard-wedge scanner or the
// clipboard delivers it, see [Split], and then [Parse].
//
// If check digits fail it tries again with Y and Z exchanged: a scanner set to
// the American layout on a German computer types them so, and ; for <. The
// reading in which more check digits hold is taken; with ; for < and a tie the
// exchanged one, because names have no check digit. Document.LayoutSwapped tells.
//
// If they still fail and characters of the shifted digits are there, it tries
// once more with the digits: on a German keyboard Caps Lock shifts them, too.
func ParseText(text string, today date.Date) (Document, problem.List) {
	d, problems := parseLetters(text, today)
	repaired := unshift(text)
	if d.Checks.held() == allChecks || repaired == text {
		return d, problems
	}
	other, otherProblems := parseLetters(repaired, today)
	if other.Checks.held() <= d.Checks.held() {
		return d, problems
	}
	other.LayoutSwapped = true
	return other, otherProblems
}

// unshift turns the characters above the digits of a German keyboard back into
// the digits, and > into <.
func unshift(text string) string {
	return strings.NewReplacer(
		"!", "1", `"`, "2", "§", "3", "$", "4", "%", "5", "&", "6", "/", "7", "(", "8", ")", "9", "=", "0", ">", "<",
	).Replace(text)
}

// parseLetters reads a text with Y and Z as typed, or exchanged.
func parseLetters(text string, today date.Date) (Document, problem.List) {
	pieces := cut(text)
	plain := best(pieces)
	semicolons := strings.Contains(text, ";") && !strings.Contains(text, "<")
	if plain.held == allChecks && !semicolons {
		return Parse(plain.lines, today)
	}
	swapped := best(swapAll(pieces))
	if swapped.held > plain.held || swapped.found() && semicolons && swapped.held == plain.held {
		d, problems := Parse(swapped.lines, today)
		d.LayoutSwapped = true
		return d, problems
	}
	return Parse(plain.lines, today)
}

// Split brings what a scanner or the clipboard delivers to the lines that [Parse]
// reads:
//
//   - lines end with CR, LF, CRLF or TAB; blank ones do not count; without any
//     the whole zone is one run of 90, 72 or 88 characters;
//   - an AIM symbology identifier (ISO/IEC 15424: ] and two characters) before a
//     line and other characters before the document code are dropped;
//   - ; _ and « are fillers, lower case is upper case, spaces are nothing;
//     every other character stands for one that could not be read;
//   - fillers missing at the end of a line are put back, except in the second
//     line, which ends with a check digit.
//
// Where this can be read in several ways, the one with more check digits that
// hold is taken. The error is the [problem.List] mrz: length.
func Split(text string) ([]string, error) {
	r := best(cut(text))
	if !r.found() {
		return nil, problem.New(fieldMRZ, problem.Length)
	}
	return r.lines, nil
}

// unreadable stands for a character that is none of the zone.
const unreadable = '?'

// cut returns the lines of the text in the characters of the zone.
func cut(text string) []string {
	if len(text) > maxText {
		return nil
	}
	var pieces []string
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\r' || r == '\n' || r == '\t' }) {
		if p := strings.Map(clean, withoutAIM(strings.TrimSpace(line))); p != "" {
			pieces = append(pieces, p)
		}
	}
	return pieces
}

// withoutAIM drops a symbology identifier.
func withoutAIM(line string) string {
	const length = len("]O1")
	if strings.HasPrefix(line, "]") && len(line) >= length {
		return line[length:]
	}
	return line
}

// clean maps a rune to a character of the zone, to unreadable or to nothing.
func clean(r rune) rune {
	switch {
	case r == ';' || r == '_' || r == '«':
		return '<'
	case 'a' <= r && r <= 'z':
		return r - 'a' + 'A'
	case unicode.IsSpace(r) || unicode.IsControl(r):
		return -1
	case r > unicode.MaxASCII || value(byte(r)) < 0:
		return unreadable
	}
	return r
}

// swapAll exchanges Y and Z.
func swapAll(pieces []string) []string {
	swapped := make([]string, len(pieces))
	swap := strings.NewReplacer("Y", "Z", "Z", "Y")
	for i, p := range pieces {
		swapped[i] = swap.Replace(p)
	}
	return swapped
}

// reading is one way to see a zone in the pieces of a text.
type reading struct {
	lines []string
	held  int // check digits that hold
	score int
}

func (r reading) found() bool { return r.lines != nil }

// minHeld is how many check digits must hold in a reading that leaves something
// out or puts something in. One wrong character spoils two; text that is no zone
// seldom has as many by chance.
const minHeld = 2

// best finds the best reading, the first of equals: as far at the front as
// possible.
func best(pieces []string) reading {
	var found reading
	for i, p := range pieces {
		for from := range p {
			if from > 0 && !(prefix(p[:from]) && begins(p[from:])) {
				continue
			}
			for _, f := range Formats() {
				lines, guessed := linesAt(pieces[i:], from, f)
				r := readingOf(lines)
				if !r.found() || r.held < minHeld && (guessed || i > 0 || from > 0) {
					continue
				}
				if !found.found() || r.score > found.score {
					found = r
				}
			}
		}
	}
	return found
}

// prefix reports whether these can be characters that a scanner puts before a
// line. What holds a filler is part of a zone already.
func prefix(s string) bool { return len(s) <= 16 && !strings.Contains(s, "<") }

// begins reports whether a document code and a known state stand at the
// beginning of a line. No check digit covers them.
func begins(line string) bool {
	return len(line) >= 5 && strings.IndexByte("ACIPVMU", line[0]) >= 0 &&
		knownState(strings.TrimRight(line[2:5], "<"))
}

// readingOf weighs lines: check digits first, then how they begin.
func readingOf(lines []string) reading {
	z, ok := fit(lines)
	if !ok {
		return reading{}
	}
	r := reading{lines: lines, held: z.checks().held()}
	r.score = 2 * r.held
	if begins(lines[0]) {
		r.score++
	}
	return r
}

// linesAt reads the lines of a format from the first piece on, leaving out its
// first characters; nil if the pieces do not fit, or fit without leaving anything
// out. guessed says that a run of characters was not complete.
func linesAt(pieces []string, from int, f Format) (lines []string, guessed bool) {
	n, width := f.Size()
	if whole := len(pieces[0]); from > 0 && (whole == width || whole == n*width) {
		return nil, false
	}
	if run := pieces[0][from:]; len(run) >= 2*width {
		return linesOfRun(run, n, width), len(run) < n*width
	}
	if len(pieces) < n {
		return nil, false
	}
	lines = make([]string, n)
	copy(lines, pieces)
	dropPrefix(lines, from)
	if len(lines[1]) != width {
		return nil, false
	}
	for i, l := range lines {
		if len(l) > width {
			return nil, false
		}
		lines[i] = l + strings.Repeat("<", width-len(l))
	}
	return lines, false
}

// linesOfRun cuts one run, of two lines at least, into lines. Fillers may be
// missing at the end of a third.
func linesOfRun(run string, n, width int) []string {
	if len(run) > n*width {
		return nil
	}
	run += strings.Repeat("<", n*width-len(run))
	lines := make([]string, n)
	for i := range lines {
		lines[i] = run[i*width : (i+1)*width]
	}
	return lines
}

// dropPrefix drops the first characters of the first line, and of the others if
// all begin with them: what a scanner puts before every line.
func dropPrefix(lines []string, from int) {
	prefix := lines[0][:from]
	every := true
	for _, l := range lines {
		every = every && strings.HasPrefix(l, prefix)
	}
	for i := range lines {
		if i == 0 || every {
			lines[i] = lines[i][from:]
		}
	}
}
