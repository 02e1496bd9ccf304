// Package memberfile reads and writes the file in which an insurer hands over
// its members: CSV with a header line, or JSON lines.
//
// CSV has a row for each health card of a member, or one row for a member
// without any; the columns are those of [Columns], in any order. The separator
// is ; or , as in the header. Lines end with LF or CRLF.
//
//	kvnr;given_names;surname;birth_date;iccsn;card_status
//	X110411675;Anna;Müller;1962-03-14;80276999990001951731;active
//
// JSON lines have one object a line, with the same names but for the cards:
//
//	{"kvnr":"X110411675","given_names":"Anna","surname":"Müller","birth_date":"1962-03-14",
//	 "cards":[{"iccsn":"80276999990001951731","valid_from":"2024-01-01","valid_to":"2029-12-31","status":"active"}]}
//
// (on one line in the file). Dates are ISO 8601; in a birth date an unknown
// month or day is 00.
//
// # A line is right or rejected
//
// A line with a fault is rejected as a whole with its number, the column and a
// [Reason], never with its content; the lines around it are read. Nothing is
// repaired but what has one meaning only: white space and Unicode normal form
// (NFC), the case of a KVNR and of the fixed words. What package plain would
// take out of a value (escape sequences, controls, bidi overrides, invisible
// characters) is a fault: whoever put it there meant no name.
//
// A last line without line end is taken only if its last value shows that it is
// whole: a number, a date or a word of the format. Of anything else the file may
// hold the first half.
//
// # Encoding
//
// JSON lines are UTF-8 (RFC 8259, 8.1). A CSV file is UTF-8 or ISO-8859-15, as
// a whole. A byte order mark decides for UTF-8. Else the first line that is not
// pure ASCII decides, together with the 64 KiB after it: if at least as many of
// the lines with other characters are valid UTF-8 as are not, the file is
// UTF-8. From then on a line that does not fit is rejected: in a UTF-8 file one
// that is no UTF-8; in an ISO-8859-15 file one that would be UTF-8, because
// such pairs (Ã¼) stand in no name and show that files were joined. So one
// broken line cannot turn over a file that has others like it near by, and a
// wrong decision is loud where the file goes on. Only a broken line that is alone
// with its letters passes for ISO-8859-15; a byte order mark prevents that.
//
// # Quotes
//
// Cells may be quoted by RFC 4180. No cell of this format can hold a line
// break, and a quote that is never closed must not swallow what follows. If an
// open quote is closed properly within the next 16 KiB and the record then has
// the header's number of cells, the lines are one record with a line break in
// it, and all rejected: otherwise an address with a line break could bring
// a made-up member of its own. In every other case the line alone is rejected
// and reading goes on behind it.
package memberfile

import (
	"schalter/domain"
	"schalter/domain/date"
)

// Form is how members are written down.
type Form uint8

// The forms. Auto lets a Reader look: a file that begins with { is JSON lines.
const (
	Auto Form = iota
	CSV
	JSONLines
)

// Options say how to read a file. The zero value finds the form by itself and
// knows no today.
type Options struct {
	// IgnoreUnknown skips columns and keys that are none of this format instead
	// of refusing them.
	IgnoreUnknown bool
	Form          Form
	// Today bounds births and changes of address. Without it a date in the
	// future is not noticed.
	Today date.Date
	// From is the place to go on at, a Row's Behind of an earlier reading of the
	// same file; zero is the beginning.
	From domain.FileMark
}

const (
	// maxLine bounds a line, and with it the memory of a Reader. It leaves room
	// for a JSON object with every field escaped and many cards.
	maxLine = 1 << 20
	// encodingWindow is how far ahead a Reader looks to decide on the encoding.
	encodingWindow = 64 << 10
	// quoteWindow is how far ahead it looks for the end of an open quote: farther
	// than any field of another system is long, and no farther, since that many
	// lines are lost between two stray quotes that look like a pair.
	quoteWindow = 16 << 10
	// maxCards bounds the cards that are gathered for one member: six years a
	// card make ten in a life.
	maxCards = 64
)
