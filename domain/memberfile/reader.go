package memberfile

import (
	"errors"
	"fmt"
	"io"
	"iter"

	"schalter/domain"
	"schalter/domain/date"
)

// Row is a member with all cards of adjacent lines, or a rejected line.
type Row struct {
	// Line is the number of the member's first line, Last of the last one that
	// was taken.
	Line, Last int
	// Behind is the place where a later Reader goes on behind this row.
	Behind domain.FileMark
	Member domain.Member
	said   said // of Member
	// Reject has a Reason if the line was rejected; then there is no Member.
	Reject Reject
}

// Rejected reports whether the row is a line that was not taken.
func (r Row) Rejected() bool { return r.Reject.Reason != "" }

// Reader reads a file of members. It holds one line, one member and a fixed
// buffer, however long the file is.
type Reader struct {
	lines  *lines
	source source
	today  date.Date
	fields *fields
	before domain.FileMark // before the line read last
}

// source takes the lines of one form apart.
type source interface {
	// next puts the values of the next line that is not blank into f, or says
	// what is wrong with the line; io.EOF behind the last one.
	next(f *fields) (position, Reject, error)
	// forget drops what was read ahead.
	forget()
	// lastField is the column that ends a line, "" if it is any.
	lastField() string
	// openEnd reports whether a line that is right could be the beginning of a
	// longer one.
	openEnd(f *fields) bool
}

// position is where a line stands.
type position struct {
	line int
	// ended by a line end; only the last line of a file may not be.
	ended bool
}

// NewReader reads the beginning of a file. The error wraps a *[HeaderError], or
// that of r.
func NewReader(r io.Reader, o Options) (*Reader, error) {
	in := newLines(r)
	first, ok := in.start()
	if !ok {
		return nil, fmt.Errorf("read members: %w", &HeaderError{Fault: WrongEncoding})
	}
	form := o.Form
	if form == Auto {
		form = CSV
		if first == '{' {
			form = JSONLines
		}
	}
	src, err := newSource(form, in, o.IgnoreUnknown)
	if err != nil {
		return nil, fmt.Errorf("read members: %w", err)
	}
	if o.From != (domain.FileMark{}) {
		if err := in.goTo(o.From); err != nil {
			return nil, fmt.Errorf("read members: %w", err)
		}
		src.forget()
	}
	return &Reader{lines: in, source: src, today: o.Today, fields: newFields()}, nil
}

// ErrOtherFile means that what stands before [Options].From is not what stood
// there when the mark was made.
var ErrOtherFile = errors.New("another file than before")

func newSource(form Form, in *lines, ignoreUnknown bool) (source, error) {
	if form == JSONLines {
		return newJSON(in, ignoreUnknown)
	}
	return newCSV(in, ignoreUnknown)
}

// Offset returns how many bytes of the file have been taken apart, for showing
// progress.
func (r *Reader) Offset() int64 { return r.lines.read }

// Rows returns the members and the rejected lines; it can be walked once.
// Adjacent lines of one KVNR are one row. A member whose lines are apart comes
// in several rows. Members come in the order of their lines; a rejected line
// comes at once, perhaps before the member whose lines it interrupts. An error
// is that of the underlying reader and ends the walk: a row that was not
// complete is not given.
func (r *Reader) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		var row Row
		for {
			at, member, said, reject, err := r.next()
			switch {
			case errors.Is(err, io.EOF):
				if row.Line != 0 {
					row.Behind = r.lines.mark()
					yield(row, nil)
				}
				return
			case err != nil:
				yield(Row{}, fmt.Errorf("read members behind line %d: %w", r.lines.number, err))
				return
			case reject.Reason == "" && row.Line != 0 && member.KVNR == row.Member.KVNR:
				if reject = join(&row.Member, &row.said, member, said); reject.Reason == "" {
					row.Last = at.line
				}
			case reject.Reason == "":
				if row.Behind = r.before; row.Line != 0 && !yield(row, nil) {
					return
				}
				row = Row{Line: at.line, Last: at.line, Member: member, said: said}
			}
			if reject.Reason != "" {
				reject.Line = at.line
				if !yield(Row{Line: at.line, Last: at.line, Reject: reject}, nil) {
					return
				}
			}
		}
	}
}

// next reads one line.
func (r *Reader) next() (position, domain.Member, said, Reject, error) {
	r.fields.reset()
	var (
		member domain.Member
		said   said
	)
	at, reject, err := r.nextLine()
	if err == nil && reject.Reason == "" {
		member, said, reject = r.fields.parse(r.today)
	}
	if err == nil && !at.ended && r.isCut(reject) {
		reject = Reject{Reason: Truncated}
	}
	return at, member, said, reject, err
}

// nextLine takes a line apart. Within a record over several lines there is no
// place to go on at.
func (r *Reader) nextLine() (position, Reject, error) {
	before := r.lines.mark()
	at, reject, err := r.source.next(r.fields)
	if at.line > int(before.Lines) {
		r.before = before
	}
	return at, reject, err
}

// isCut reports whether a line without line end may have been cut off there: its
// fault may come from that, or its last value could go on. Half a name is a
// name.
func (r *Reader) isCut(fault Reject) bool {
	switch fault.Reason {
	case "":
		return r.source.openEnd(r.fields)
	case Cells, Quote, Syntax:
		return true
	case Encoding:
		return fault.Field == "" // within a character
	}
	return fault.Field != "" && fault.Field == r.source.lastField()
}
