package practice

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math"
	"strings"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/memberfile"
)

// Lines writes an import file of n lines behind its header, of which a share of
// badShare (0 to 1, to a millionth) is wrong, each way of being wrong in turn.
// It returns how many are. The people are those of [People]; a person with
// several cards has several lines. The file is written as it is made, so there
// may be millions of lines, but not more than MaxPeople.
func Lines(w io.Writer, seed uint64, today date.Date, n int, badShare float64) (bad int, err error) {
	if n > MaxPeople {
		return 0, fmt.Errorf("practice: %d lines need more than %d people", n, MaxPeople)
	}
	out := bufio.NewWriter(w)
	f := newFileMaker(seed, today)
	_, _ = out.WriteString(strings.Join(memberfile.Columns(), ";") + "\n") // Flush tells
	share := int(math.Round(badShare * million))
	for i := range n {
		line := f.goodLine
		// Spread evenly: where the sum of the shares passes a whole number.
		if (i+1)*share/million > i*share/million {
			line = f.badLine
			bad++
		}
		if _, err := out.Write(line()); err != nil {
			return bad, fmt.Errorf("practice: write lines: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return bad, fmt.Errorf("practice: write lines: %w", err)
	}
	return bad, nil
}

const million = 1_000_000

// fileMaker writes people as lines.
type fileMaker struct {
	next func() domain.Member
	// spare invents those whose lines are spoilt. Numbers it gives may be
	// somebody else's, too; no import takes them.
	spare   *generator
	columns map[string]int
	faults  []fault
	// rest are lines of the person in work, last is the line given out before.
	rest, last []byte
}

func newFileMaker(seed uint64, today date.Date) *fileMaker {
	f := &fileMaker{next: all(seed, today), columns: map[string]int{}, faults: faults()}
	f.spare = newGenerator(^seed, today)
	for i, name := range memberfile.Columns() {
		f.columns[name] = i
	}
	return f
}

// goodLine returns the next line of the people.
func (f *fileMaker) goodLine() []byte {
	if len(f.rest) == 0 {
		f.rest = rows(f.next())
	}
	end := bytes.IndexByte(f.rest, '\n') + 1
	f.last, f.rest = f.rest[:end], f.rest[end:]
	return f.last
}

// badLine returns a line of somebody of its own, spoilt in the way that is next.
// A fault against the line before needs one, and is passed over without.
func (f *fileMaker) badLine() []byte {
	now := f.faults[0]
	f.faults = append(f.faults[1:], now)
	var line []byte
	switch {
	case !now.against:
		line = rows(f.sample())
	case f.last == nil:
		return f.badLine()
	default:
		line = f.last
	}
	cells := strings.Split(strings.TrimSuffix(string(line), "\n"), ";")
	for i := 0; i < len(now.set); i += 2 {
		cells[f.columns[now.set[i]]] = now.set[i+1]
	}
	return []byte(now.spoil(strings.Join(cells, ";")) + "\n")
}

// sample invents somebody with one card, living in Germany and insured for
// themselves, whose line has no fault of its own.
func (f *fileMaker) sample() domain.Member {
	g := f.spare
	stock := g.stocks[0]
	m := g.adult(home{stock: stock, name: stock.surname(g.dice), address: at("Musterrain", "1", "97070", "Würzburg")}, g.anySex(), 40)
	m.Cards = []domain.Card{g.card(m.BirthDate, domain.CardActive)}
	return m
}

// rows are a person's lines.
func rows(m domain.Member) []byte {
	var b bytes.Buffer
	w := memberfile.NewWriter(&b, memberfile.CSV)
	_, _ = w.Write(m), w.Flush() // into memory
	_, lines, _ := bytes.Cut(b.Bytes(), []byte("\n"))
	return lines
}
