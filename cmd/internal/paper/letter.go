package paper

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"github.com/charmbracelet/x/ansi"

	"schalter/domain/plain"
)

// Letter is a letter to a member on A4, in German: letters of an insurer are
// (§ 19 SGB X). It may hold a name and an address; no file or job is named after
// these.
type Letter struct {
	Number   string // public: letters, digits, dashes
	Sender   string
	To       []string // name and address, a line each
	Day      string   // of the letter
	Subject  string
	Opening  []string // paragraphs before the rows
	Rows     []LetterRow
	Closing  []string // paragraphs after them
	Practice string   // banner of an exercise; empty on a real letter
	MadeAt   time.Time
}

// LetterRow is a line with an amount at its right; either may be empty.
type LetterRow struct {
	Text, Amount string
	// Head stands out and begins a part.
	Head bool
}

// Format writes the number for every verb: a letter that strays into a message
// takes nobody's name along.
func (l Letter) Format(f fmt.State, _ rune) { fmt.Fprint(f, "letter ", l.Number) }

// cleaned is the letter as it may go to a printer.
func (l Letter) cleaned() (Letter, error) {
	const limit = 1000
	line := func(s string) string { s, _, _ = plain.Line(s, limit); return s }
	l.Sender, l.Day, l.Subject, l.Practice = line(l.Sender), line(l.Day), line(l.Subject), line(l.Practice)
	all := func(list []string) []string {
		out := make([]string, 0, len(list))
		for _, s := range list {
			if s = line(s); s != "" {
				out = append(out, s)
			}
		}
		return out
	}
	l.To, l.Opening, l.Closing = all(l.To), all(l.Opening), all(l.Closing)
	rows := make([]LetterRow, 0, len(l.Rows))
	for _, r := range l.Rows {
		rows = append(rows, LetterRow{line(r.Text), line(r.Amount), r.Head})
	}
	l.Rows = rows
	switch {
	case !isToken(l.Number):
		return l, errors.New("letter without a number")
	case len(l.To) == 0 || l.Subject == "":
		return l, errors.New("letter without an address or a subject")
	case l.MadeAt.IsZero():
		return l, errors.New("letter without a time")
	}
	return l, nil
}

// letterColumns is the width of a letter as text.
const letterColumns = 76

// LetterText returns a letter as plain UTF-8 text of at most 76 columns.
func LetterText(l Letter) ([]byte, error) {
	l, err := l.cleaned()
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	block := func(lines ...string) {
		for _, s := range lines {
			b.WriteString(wrapped(s, letterColumns) + "\n")
		}
		b.WriteString("\n")
	}
	banner := func() {
		if l.Practice != "" {
			block(strings.Repeat("*", letterColumns), l.Practice, strings.Repeat("*", letterColumns))
		}
	}
	banner()
	block(l.Sender)
	block(l.To...)
	block(l.Day)
	block(l.Subject)
	for _, p := range l.Opening {
		block(p)
	}
	for i, r := range l.Rows {
		if r.Head && i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(rowText(r))
	}
	if len(l.Rows) > 0 {
		b.WriteString("\n")
	}
	for _, p := range l.Closing {
		block(p)
	}
	banner()
	return []byte(strings.TrimRight(b.String(), "\n") + "\n"), nil
}

// rowText sets the amount at the right of the last line; what belongs to a part
// is indented.
func rowText(r LetterRow) string {
	const amounts = 12
	indent := "  "
	if r.Head {
		indent = ""
	}
	lines := strings.Split(wrapped(r.Text, letterColumns-amounts-len(indent)), "\n")
	for i := range lines {
		lines[i] = indent + lines[i]
	}
	last := &lines[len(lines)-1]
	if amount := strings.ReplaceAll(r.Amount, noBreak, " "); amount != "" {
		room := letterColumns - ansi.StringWidth(*last) - ansi.StringWidth(amount)
		*last += strings.Repeat(" ", max(1, room)) + amount
	}
	return strings.Join(lines, "\n") + "\n"
}

// Measures of a letter in millimetres: form B of DIN 5008, window envelope.
const (
	letterWidth  = 210.0
	letterHeight = 297.0
	letterLeft   = 25.0
	letterRight  = 20.0
	letterTop    = 20.0
	letterBottom = 25.0
	windowTop    = 45.0 // of the address field
	bodyTop      = 98.0
	amountWidth  = 28.0
)

// Type of a letter in points.
const (
	letterPoints  = 10.5
	senderPoints  = 8.0
	subjectPoints = 11.5
)

// LetterPDF returns a letter as PDF on A4, on as many pages as it needs, with
// embedded fonts. The same letter gives the same bytes.
func LetterPDF(l Letter) ([]byte, error) {
	l, err := l.cleaned()
	if err != nil {
		return nil, err
	}
	p := newLetter(l)
	p.head(l)
	for _, s := range l.Opening {
		p.text(regular, letterPoints, s)
		p.Ln(2)
	}
	for i, r := range l.Rows {
		if r.Head && i > 0 {
			p.Ln(2)
		}
		p.row(r)
	}
	if len(l.Rows) > 0 {
		p.Ln(4)
	}
	for _, s := range l.Closing {
		p.text(regular, letterPoints, s)
		p.Ln(2)
	}
	if p.Err() {
		return nil, fmt.Errorf("letter as PDF: %w", p.Error())
	}
	var out bytes.Buffer
	err = p.Output(&out)
	return out.Bytes(), err
}

func newLetter(l Letter) page {
	f := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: fpdf.SizeType{Wd: letterWidth, Ht: letterHeight}})
	f.SetCatalogSort(true)
	f.SetCreationDate(l.MadeAt)
	f.SetModificationDate(l.MadeAt)
	f.SetProducer("schalter", true)
	f.SetTitle(l.Number, true)
	f.SetLang(string(German))
	f.SetMargins(letterLeft, letterTop, letterRight)
	f.SetAutoPageBreak(true, letterBottom)
	f.SetCellMargin(0)
	p := page{Fpdf: f}
	p.embedFonts()
	f.AliasNbPages("{pages}")
	f.SetHeaderFunc(func() { p.practice(l.Practice) })
	f.SetFooterFunc(func() {
		f.SetY(-15)
		f.SetFont(family, string(regular), senderPoints)
		f.CellFormat(0, 4, p.letters.known(fmt.Sprintf("%s · Seite %d von {pages}", l.Number, f.PageNo())), "", 0, "R", false, 0, "")
	})
	f.AddPage()
	return p
}

// practice marks every page of an exercise.
func (p page) practice(banner string) {
	if banner == "" {
		return
	}
	p.SetY(8)
	p.SetFont(family, string(bold), bannerPoints)
	p.SetFillColor(0, 0, 0)
	p.SetTextColor(255, 255, 255)
	p.CellFormat(letterWidth-letterLeft-letterRight, 6, p.letters.known(banner), "", 1, "CM", true, 0, "")
	p.SetTextColor(0, 0, 0)
	p.SetY(letterTop)
}

// head sets sender, address, day and subject.
func (p page) head(l Letter) {
	p.SetXY(letterLeft, windowTop)
	p.text(regular, senderPoints, l.Sender)
	p.Ln(3)
	for _, s := range l.To {
		p.text(regular, letterPoints, s)
	}
	p.SetXY(letterLeft, bodyTop-12)
	p.SetFont(family, string(regular), letterPoints)
	p.CellFormat(0, 5, p.letters.known(l.Day), "", 1, "R", false, 0, "")
	p.SetXY(letterLeft, bodyTop)
	p.text(bold, subjectPoints, l.Subject)
	p.Ln(4)
}

func (p page) text(face style, points float64, s string) {
	p.SetFont(family, string(face), points)
	p.MultiCell(0, p.PointConvert(points)*1.25, p.letters.known(s), "", "L", false)
}

// row sets a line and its amount; both stay on one page.
func (p page) row(r LetterRow) {
	face, indent := regular, 4.0
	if r.Head {
		face, indent = bold, 0
	}
	p.SetFont(family, string(face), letterPoints)
	height := p.PointConvert(letterPoints) * 1.25
	width := letterWidth - letterLeft - letterRight - indent - amountWidth
	text := p.letters.known(r.Text)
	lines := len(p.SplitText(text, width))
	if p.GetY()+height*float64(lines+1) > letterHeight-letterBottom {
		p.AddPage()
		p.SetFont(family, string(face), letterPoints)
	}
	p.SetX(letterLeft + indent)
	p.MultiCell(width, height, text, "", "L", false)
	if r.Amount != "" {
		y := p.GetY()
		p.SetXY(letterWidth-letterRight-amountWidth, y-height)
		p.CellFormat(amountWidth, height, p.letters.known(r.Amount), "", 0, "R", false, 0, "")
		p.SetXY(letterLeft, y)
	}
}

// PrintLetter does nothing.
func (None) PrintLetter(context.Context, Letter) error { return nil }

// PrintLetter writes brief-NUMBER.pdf or .txt, as Print does with slips.
func (f File) PrintLetter(ctx context.Context, l Letter) error {
	render, extension := LetterPDF, ".pdf"
	if f.Form == FormText {
		render, extension = LetterText, ".txt"
	}
	data, err := render(l)
	if err == nil {
		err = f.prepare()
	}
	if err == nil {
		err = writeWhole(ctx, filepath.Join(f.Folder, "brief-"+l.Number+extension), data)
	}
	if err != nil {
		return failed(err)
	}
	return nil
}

// PrintLetter hands the letter to lp, as Print does with slips.
func (c CUPS) PrintLetter(ctx context.Context, l Letter) error {
	data, err := LetterPDF(l)
	if err != nil {
		return failed(err)
	}
	return c.lp(ctx, "A4", data)
}
