package paper

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Columns is the width of the text form: font A of a receipt printer on 80 mm
// paper with its usual margins.
const Columns = 42

// Text returns the slip as plain UTF-8 text of at most [Columns] columns: no
// control character but the line feed. The code stands in it once, the link not
// at all. The error says what the slip lacks.
func Text(s Slip) ([]byte, error) {
	c, err := compose(s, func(w wording) string { return w.EnterIt })
	if err != nil {
		return nil, err
	}
	var r receipt
	r.banner(c.Practice)
	r.block(c.Sender)
	r.block(strings.ToUpper(c.Title))
	r.centred(c.Code)
	r.block(c.Facts...)
	r.banner(c.Practice)
	r.steps(c.StepHead, c.Steps)
	r.block(c.Warning)
	for _, note := range c.Notes {
		r.block(note)
	}
	r.banner(c.Practice)
	return []byte(strings.Join(r.blocks, "\n")), nil
}

// receipt collects blocks, between which an empty line stands.
type receipt struct{ blocks []string }

// block adds paragraphs as one block; empty ones are left out.
func (r *receipt) block(paragraphs ...string) {
	var b strings.Builder
	for _, p := range paragraphs {
		if p != "" {
			b.WriteString(wrapped(p, Columns) + "\n")
		}
	}
	if b.Len() > 0 {
		r.blocks = append(r.blocks, b.String())
	}
}

// banner adds a line between stars.
func (r *receipt) banner(line string) {
	if line != "" {
		stars := strings.Repeat("*", Columns)
		r.blocks = append(r.blocks, stars+"\n"+centre(line)+"\n"+stars+"\n")
	}
}

func (r *receipt) centred(line string) { r.blocks = append(r.blocks, centre(line)+"\n") }

// steps adds numbered paragraphs whose lines stand below each other.
func (r *receipt) steps(head string, steps []string) {
	const indent = "   "
	var b strings.Builder
	b.WriteString(wrapped(head, Columns) + "\n")
	for i, step := range steps {
		lines := wrapped(step, Columns-len(indent))
		fmt.Fprintf(&b, "%d. %s\n", i+1, strings.ReplaceAll(lines, "\n", "\n"+indent))
	}
	r.blocks = append(r.blocks, b.String())
}

// wrapped breaks s at spaces only, not at hyphens: codes and phone numbers have
// some. A word wider than the paper is broken anywhere. No-break spaces have done
// their work then, and not every receipt printer has a character for them.
func wrapped(s string, width int) string {
	var lines []string
	line := ""
	for word := range strings.SplitSeq(s, " ") {
		if line != "" && ansi.StringWidth(line+" "+word) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		parts := strings.Split(ansi.Hardwrap(word, width, false), "\n")
		last := len(parts) - 1
		lines, line = append(lines, parts[:last]...), parts[last]
	}
	return strings.ReplaceAll(strings.Join(append(lines, line), "\n"), noBreak, " ")
}

func centre(line string) string {
	return strings.Repeat(" ", max(0, Columns-ansi.StringWidth(line))/2) + line
}
