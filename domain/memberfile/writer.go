package memberfile

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"

	"schalter/domain"
)

// Writer writes members in the format that a Reader reads: UTF-8, lines ended by
// LF, in CSV with a header and semicolons. What a member has beyond the columns
// (number, pseudonym, blocks of this counter) is not written. It checks nothing:
// what a Reader would reject is rejected there.
type Writer struct {
	out  *bufio.Writer
	form Form
	line []byte
	// headed: the header of a CSV file is written.
	headed bool
}

// NewWriter returns a Writer of CSV or JSON lines; Auto is CSV.
func NewWriter(w io.Writer, form Form) *Writer {
	return &Writer{out: bufio.NewWriter(w), form: form}
}

// Write writes one member. The error is that of the underlying writer, perhaps
// of an earlier call.
func (w *Writer) Write(m domain.Member) error {
	if w.form == JSONLines {
		w.line = appendJSON(w.line[:0], &m)
	} else {
		w.line = w.appendRows(w.line[:0], &m)
	}
	_, err := w.out.Write(w.line)
	return err
}

// Flush writes what is left; a CSV file without members gets its header.
func (w *Writer) Flush() error {
	if w.form != JSONLines {
		if _, err := w.out.Write(w.appendHeader(nil)); err != nil {
			return err
		}
	}
	return w.out.Flush()
}

func (w *Writer) appendHeader(b []byte) []byte {
	if w.headed {
		return b
	}
	w.headed = true
	return append(append(b, strings.Join(Columns(), ";")...), '\n')
}

// appendRows writes a row a card, one for a member without any.
func (w *Writer) appendRows(b []byte, m *domain.Member) []byte {
	b = w.appendHeader(b)
	cards := m.Cards
	if len(cards) == 0 {
		cards = []domain.Card{{}}
	}
	for i := range cards {
		for j, c := range memberColumns {
			if j > 0 {
				b = append(b, ';')
			}
			b = appendCell(b, c.write(m))
		}
		for _, c := range cardColumns {
			b = appendCell(append(b, ';'), c.write(&cards[i]))
		}
		b = append(b, '\n')
	}
	return b
}

// appendCell quotes where RFC 4180 asks for it.
func appendCell(b []byte, cell string) []byte {
	if !strings.ContainsAny(cell, "\";\r\n") {
		return append(b, cell...)
	}
	b = append(b, '"')
	b = append(b, strings.ReplaceAll(cell, `"`, `""`)...)
	return append(b, '"')
}

// appendJSON writes an object with the values that are not empty.
func appendJSON(b []byte, m *domain.Member) []byte {
	b = append(b, '{')
	for _, c := range memberColumns {
		b = appendPair(b, c.name, c.write(m), c.flag)
	}
	if len(m.Cards) > 0 {
		b = append(appendComma(b), `"cards":[`...)
		for i := range m.Cards {
			b = append(appendComma(b), '{')
			for j, c := range cardColumns {
				b = appendPair(b, cardKeys[j], c.write(&m.Cards[i]), c.flag)
			}
			b = append(b, '}')
		}
		b = append(b, ']')
	}
	return append(b, '}', '\n')
}

// appendPair writes a key and its value; a flag is written as it is, without
// quotes.
func appendPair(b []byte, key, value string, flag bool) []byte {
	if value == "" {
		return b
	}
	b = append(appendComma(b), '"')
	b = append(append(b, key...), '"', ':')
	if flag {
		return append(b, value...)
	}
	quoted, _ := json.Marshal(value) // a string always has a form
	return append(b, quoted...)
}

// appendComma separates from what stands before, unless that opens a list.
func appendComma(b []byte) []byte {
	if last := b[len(b)-1]; last == '{' || last == '[' {
		return b
	}
	return append(b, ',')
}
