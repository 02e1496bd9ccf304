package memberfile

import "strings"

// ending says how the last cell of a line ended.
type ending uint8

const (
	whole  ending = iota
	open          // within quotes
	astray        // at a quote where none can stand
)

// split cuts a line of CSV into cells (RFC 4180, 2) and appends them to cells.
func split(line string, sep byte, cells []string) ([]string, ending) {
	for {
		if strings.HasPrefix(line, `"`) {
			cell, rest, how := unquote(line[1:], sep)
			if how != whole {
				return append(cells, cell), how
			}
			cells = append(cells, cell)
			if rest == "" {
				return cells, whole
			}
			line = rest[1:]
			continue
		}
		end := strings.IndexByte(line, sep)
		cell := line
		if end >= 0 {
			cell = line[:end]
		}
		cells = append(cells, cell)
		switch {
		case strings.IndexByte(cell, '"') >= 0:
			return cells, astray
		case end < 0:
			return cells, whole
		}
		line = line[end+1:]
	}
}

// unquote reads a cell after its opening quote. rest is empty, or begins with
// the separator.
func unquote(line string, sep byte) (cell, rest string, how ending) {
	from := 0
	for {
		n := strings.IndexByte(line[from:], '"')
		if n < 0 {
			return "", "", open
		}
		end := from + n
		switch rest = line[end+1:]; {
		case rest == "" || rest[0] == sep:
			return strings.ReplaceAll(line[:end], `""`, `"`), rest, whole
		case rest[0] != '"':
			return "", "", astray
		}
		from = end + 2
	}
}

// closing looks in what follows a line that ended within quotes for the end of
// that record. ok reports that the quotes are closed properly and the missing
// cells are there, the open one counted; then size is the length of what belongs
// to the record and breaks the number of its further lines. last says that the
// file ends with rest.
func closing(rest []byte, last bool, sep byte, missing int) (size, breaks int, ok bool) {
	const (
		quoted = iota
		closed // behind a quote that may be the closing one
		start  // of a cell
		bare
	)
	state, cells := quoted, 1
	for i, c := range rest {
		if c == '\n' {
			breaks++
		}
		switch {
		case state == quoted:
			if c == '"' {
				state = closed
			}
		case c == sep:
			state = start
			if cells++; cells > missing {
				return 0, 0, false
			}
		case c == '\n':
			return i + 1, breaks, cells == missing
		case c == '"' && state != bare:
			state = quoted // the first of a cell, or the second of a pair
		case c == '"', state == closed && c != '\r':
			return 0, 0, false
		case state == start:
			state = bare
		}
	}
	return len(rest), breaks + 1, last && state != quoted && cells == missing
}
