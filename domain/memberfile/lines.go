package memberfile

import (
	"bufio"
	"bytes"
	"errors"
	"hash/crc64"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"schalter/domain"
)

// lines reads a file line by line and knows its encoding. It holds no more than
// maxLine bytes of it.
type lines struct {
	in       *bufio.Reader
	encoding encoding
	number   int   // of the line returned last
	read     int64 // bytes up to its end
	sum      uint64
	table    *crc64.Table
}

type encoding uint8

const (
	undecided encoding = iota
	utf8Encoding
	latin9 // ISO-8859-15
)

// line is one line without its end. raw is valid until the next call.
type line struct {
	number int
	raw    []byte
	// ended by a line end; the last line of a file may not be.
	ended bool
	// tooLong: nothing of it is in raw.
	tooLong bool
}

func newLines(r io.Reader) *lines {
	return &lines{in: bufio.NewReaderSize(r, maxLine), table: crc64.MakeTable(crc64.ECMA)}
}

// took counts bytes that were read.
func (l *lines) took(raw []byte) {
	l.read += int64(len(raw))
	l.sum = crc64.Update(l.sum, l.table, raw)
}

// mark is the place behind the line returned last.
func (l *lines) mark() domain.FileMark {
	return domain.FileMark{Lines: uint64(l.number), Bytes: uint64(l.read), Sum: l.sum, Encoding: uint8(l.encoding)}
}

// goTo passes over what stands before a mark. It returns [ErrOtherFile] if that is
// something else than it was.
func (l *lines) goTo(m domain.FileMark) error {
	for uint64(l.number) < m.Lines {
		if _, err := l.next(); errors.Is(err, io.EOF) {
			return ErrOtherFile
		} else if err != nil {
			return err
		}
	}
	l.encoding = encoding(m.Encoding)
	if l.mark() != m {
		return ErrOtherFile
	}
	return nil
}

// next returns the next line, io.EOF behind the last.
func (l *lines) next() (line, error) {
	raw, err := l.in.ReadSlice('\n')
	l.took(raw)
	if errors.Is(err, bufio.ErrBufferFull) {
		l.number++
		return line{number: l.number, tooLong: true, ended: true}, l.drain()
	}
	if err != nil && (!errors.Is(err, io.EOF) || len(raw) == 0) {
		return line{}, err
	}
	l.number++
	ended := err == nil
	raw = bytes.TrimSuffix(bytes.TrimSuffix(raw, []byte("\n")), []byte("\r"))
	return line{number: l.number, raw: raw, ended: ended}, nil
}

// drain skips the rest of a line that is too long.
func (l *lines) drain() error {
	for {
		raw, err := l.in.ReadSlice('\n')
		l.took(raw)
		switch {
		case err == nil, errors.Is(err, io.EOF):
			return nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return err
		}
	}
}

// ahead returns up to size bytes of what follows the last line, and whether that
// is all there is. It makes the last line's raw invalid.
func (l *lines) ahead(size int) (rest []byte, last bool) {
	rest, err := l.in.Peek(size)
	return rest, err != nil
}

// skip goes past n bytes of what ahead returned, which end further lines.
func (l *lines) skip(n, further int) error {
	skipped, err := l.in.Peek(n)
	l.took(skipped)
	l.number += further
	if err == nil {
		_, err = l.in.Discard(n)
	}
	return err
}

// start decides the encoding by the byte order mark and takes the mark away. It
// returns the first byte that is no white space, 0 if there is none near. ok is
// false for UTF-16 and UTF-32, which no CSV of ours can be.
func (l *lines) start() (first byte, ok bool) {
	head, _ := l.in.Peek(encodingWindow)
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		_ = l.skip(3, 0) // peeked just now
		head = head[3:]
		l.encoding = utf8Encoding
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")),
		bytes.HasPrefix(head, []byte("\x00\x00\xfe\xff")):
		return 0, false
	}
	if head = bytes.TrimLeft(head, " \t\r\n"); len(head) > 0 {
		first = head[0]
	}
	return first, true
}

// decode returns a line's text in UTF-8. Its argument is a copy of the bytes,
// since deciding looks ahead.
func (l *lines) decode(text string) (string, Reason) {
	if isASCII(text) {
		return text, ""
	}
	if l.encoding == undecided {
		l.encoding = l.decide(text)
	}
	if utf8.ValidString(text) != (l.encoding == utf8Encoding) {
		return "", Encoding
	}
	if l.encoding == latin9 {
		return fromLatin9(text), ""
	}
	return text, ""
}

// decide weighs the first line that is not pure ASCII and those after it.
func (l *lines) decide(text string) encoding {
	valid, invalid := 0, 0
	count := func(line []byte) {
		switch {
		case isASCII(line):
		case utf8.Valid(line):
			valid++
		default:
			invalid++
		}
	}
	count([]byte(text))
	rest, last := l.ahead(encodingWindow)
	for len(rest) > 0 {
		line, more, found := bytes.Cut(rest, []byte("\n"))
		if found || last { // the window may end within a character
			count(line)
		}
		rest = more
	}
	if valid >= invalid {
		return utf8Encoding
	}
	return latin9
}

// fromLatin9 makes replacement characters of the bytes 80 to 9F: controls in
// ISO-8859-15, letters and quotes in Windows-1252. [clean] finds them.
func fromLatin9(text string) string {
	out := make([]byte, 0, len(text)+len(text)/8)
	for i := range len(text) {
		out = utf8.AppendRune(out, charmap.ISO8859_15.DecodeByte(text[i]))
	}
	return string(out)
}

func isASCII[T string | []byte](text T) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
