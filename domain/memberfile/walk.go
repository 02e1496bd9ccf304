package memberfile

import (
	"encoding/json"
	"strings"
)

// walk goes through a text that package json has found valid, and relies on
// that: it looks only for where things begin and end. It keeps keys that stand
// twice apart, which package json does not tell, and costs a line of text no
// more than a line of CSV.
type walk struct {
	text string
	at   int
}

// peek returns the first byte of what comes next, 0 at the end.
func (w *walk) peek() byte {
	for ; w.at < len(w.text); w.at++ {
		if c := w.text[w.at]; c != ' ' && c != '\t' && c != '\r' && c != '\n' {
			return c
		}
	}
	return 0
}

// enter goes into an object or a list, if one begins here.
func (w *walk) enter(opener byte) bool {
	if w.peek() != opener {
		return false
	}
	w.at++
	return true
}

// more reports whether the object or list goes on, and stands on what comes
// next; at its end it goes out.
func (w *walk) more() bool {
	switch w.peek() {
	case ',':
		w.at++
		w.peek()
	case '}', ']', 0:
		w.at++
		return false
	}
	return true
}

// key reads the key of an object and the colon.
func (w *walk) key() string {
	key := w.string()
	w.peek()
	w.at++
	return key
}

// string reads a string. What escapes stand for is left to package json.
func (w *walk) string() string {
	w.peek()
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
	_ = json.Unmarshal([]byte(w.text[from:w.at]), &s)
	return s
}

// literal reads true, false, null or a number.
func (w *walk) literal() string {
	rest := w.text[w.at:]
	if end := strings.IndexAny(rest, ",]} \t\r\n"); end >= 0 {
		rest = rest[:end]
	}
	w.at += len(rest)
	return rest
}

// skip goes past a value of any depth.
func (w *walk) skip() {
	for depth := 0; ; {
		switch w.peek() {
		case '{', '[':
			depth++
			w.at++
		case '}', ']':
			depth--
			w.at++
		case ',', ':':
			w.at++
		case '"':
			w.string()
		default:
			w.literal()
		}
		if depth == 0 {
			return
		}
	}
}
