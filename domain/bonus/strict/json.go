package strict

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"schalter/domain/bonus/finding"
)

// JSON reads a text of one JSON value (RFC 8259) that stands on the given line
// of a file. A text that cannot be read is a finding, and ok is false.
func (r *Report) JSON(source []byte, line int) (root *Field, ok bool) {
	switch {
	case len(source) > MaxSize:
		r.Add(line, "", finding.TooLarge, "")
	case !utf8.Valid(source):
		r.Add(line, "", finding.Encoding, "")
	case !json.Valid(source):
		r.Add(line, "", finding.Syntax, "")
	default:
		in := walk{text: string(source), line: line}
		top := in.value(1)
		if !in.tooDeep {
			return &Field{report: r, node: &top}, true
		}
		r.Add(line, "", finding.TooLarge, "")
	}
	return nil, false
}

// walk goes through a text that package json has found valid, and relies on
// that. Unlike package json it keeps keys apart that stand twice.
type walk struct {
	text    string
	at      int
	line    int
	tooDeep bool
}

// next returns the first byte of what comes next.
func (w *walk) next() byte {
	for {
		switch c := w.text[w.at]; c {
		case ' ', '\t', '\r', '\n', ',', ':':
			w.at++
		default:
			return c
		}
	}
}

func (w *walk) value(depth int) node {
	n := node{line: w.line}
	w.tooDeep = w.tooDeep || depth > maxDepth
	if w.tooDeep {
		return n
	}
	switch w.next() {
	case '{':
		n.kind = mapping
		for w.at++; w.next() != '}' && !w.tooDeep; {
			n.keys = append(n.keys, key{name: w.string(), line: w.line})
			n.items = append(n.items, w.value(depth+1))
		}
		w.at++
	case '[':
		n.kind = list
		for w.at++; w.next() != ']' && !w.tooDeep; {
			n.items = append(n.items, w.value(depth+1))
		}
		w.at++
	case '"':
		n.kind, n.text = text, w.string()
	default:
		n.kind, n.text = w.literal()
	}
	return n
}

// string reads a string. What escapes stand for is left to package json.
func (w *walk) string() string {
	from, escaped := w.at, false
	for w.at++; w.text[w.at] != '"'; w.at++ {
		if w.text[w.at] == '\\' {
			escaped = true
			w.at++
		}
	}
	w.at++
	if !escaped {
		return w.text[from+1 : w.at-1]
	}
	var s string
	_ = json.Unmarshal([]byte(w.text[from:w.at]), &s) // valid, as the whole is
	return s
}

// literal reads true, false, null or a number.
func (w *walk) literal() (kind, string) {
	word := w.text[w.at:]
	if end := strings.IndexAny(word, ",]} \t\r\n"); end >= 0 {
		word = word[:end]
	}
	w.at += len(word)
	switch word {
	case "null":
		return null, ""
	case "true", "false":
		return boolean, word
	}
	return number, word
}
