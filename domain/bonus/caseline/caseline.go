// Package caseline reads bonus booklets from lines of JSON and writes what was
// decided as lines of JSON: the form of cases that the language
// schalter-bonus/1 comes with.
//
//	{"id":"S07","programme":"bkk-kba-bkkplus","year":2024,
//	 "person":{"born":"1994-07-01","sex":"m","insured_as":"member"},
//	 "membership":{"from":"2010-01-01","to":null,"terminated_on":null},
//	 "handin":"2025-02-10","payout":"2025-03-20","history":[],
//	 "stamps":[{"measure":"zahn","date":"2024-06-12","cost":null,"evidence":["stamp"]}]}
//
// (on one line). Keys that are not known are findings, except title, why,
// ambiguity and expect, which are for those who write cases. A finding names
// line and field, never a value, and an unknown key only by where it stands: a
// case is somebody's booklet.
package caseline

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"schalter/domain/bonus"
	"schalter/domain/bonus/finding"
	"schalter/domain/bonus/strict"
)

// Case is one line.
type Case struct {
	ID        string
	Programme string
	Booklet   bonus.Booklet
	// Line in the text, from 1.
	Line int
	// Faults of the line; with any, the booklet is not to be decided.
	Faults finding.List

	file string
}

// At places faults that a decision has found in the line of the case.
func (c Case) At(faults finding.List) finding.List {
	for i := range faults {
		faults[i].File, faults[i].Line = c.file, c.Line
	}
	return faults
}

// Reader reads cases line by line. Blank lines are skipped.
type Reader struct {
	in   *bufio.Reader
	file string
	line int
}

// NewReader returns a reader. File is the name that findings tell, "" for
// standard input.
func NewReader(in io.Reader, file string) *Reader {
	return &Reader{in: bufio.NewReaderSize(in, strict.MaxSize+1), file: file}
}

// Next returns the next case, io.EOF after the last one. Any other error is the
// text's own.
func (r *Reader) Next() (Case, error) {
	for {
		text, tooLong, err := r.next()
		if err != nil {
			return Case{}, err
		}
		if tooLong {
			c := Case{Line: r.line}
			c.Faults = finding.List{{File: r.file, Line: r.line, Code: finding.TooLarge}}
			return c, nil
		}
		if len(bytes.TrimSpace(text)) > 0 {
			return Parse(r.file, r.line, text), nil
		}
	}
}

// next returns the next line; of one that is too long, nothing.
func (r *Reader) next() (text []byte, tooLong bool, err error) {
	text, err = r.in.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		r.line++
		return nil, true, r.skip()
	case errors.Is(err, io.EOF) && len(text) > 0, err == nil:
		r.line++
		return text, false, nil
	}
	return nil, false, err
}

// skip reads the rest of a line.
func (r *Reader) skip() error {
	for {
		_, err := r.in.ReadSlice('\n')
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case err == nil, errors.Is(err, io.EOF):
			return nil
		default:
			return err
		}
	}
}
