package memberfile

import (
	"bufio"
	"io"
)

// Report writes the rejected lines of an import, one a line, below a header:
//
//	line;field;reason
//	17;birth_date;date
//	230;;truncated
//
// It holds nothing of what the lines say, so it may be mailed to whoever made
// the file. It counts the reasons as it goes.
type Report struct {
	out    *bufio.Writer
	counts map[Reason]int
	total  int
}

// NewReport starts a report on w.
func NewReport(w io.Writer) *Report {
	r := &Report{out: bufio.NewWriter(w), counts: map[Reason]int{}}
	_, _ = r.out.WriteString("line;field;reason\n") // told by the next write
	return r
}

// Add writes a rejected line. The error is that of the underlying writer,
// perhaps of an earlier call.
func (r *Report) Add(x Reject) error {
	r.counts[x.Reason]++
	r.total++
	_, err := r.out.WriteString(x.String() + "\n")
	return err
}

// Total returns how many lines were rejected.
func (r *Report) Total() int { return r.total }

// Count returns how many lines were rejected for a reason.
func (r *Report) Count(why Reason) int { return r.counts[why] }

// Flush writes what is left.
func (r *Report) Flush() error { return r.out.Flush() }
