package paper

import (
	"bytes"
	"errors"
	"fmt"

	"codeberg.org/go-pdf/fpdf"
)

// PDF returns the slip as one page A6 with embedded fonts and the QR code as
// vectors. Text can be copied out of it. The code stands in it once in letters
// and once in the QR code. The same slip gives the same bytes. The error says
// what the slip lacks.
//
// The code is set in 17 points, the steps in 12, the rest in 9; where there is
// more to say than fits (long names of insurer and branch, the banners of
// practice) all but the code shrinks.
func PDF(s Slip) ([]byte, error) {
	c, err := compose(s, func(w wording) string { return w.ScanIt })
	if err != nil {
		return nil, err
	}
	qr, err := modules(s.Link)
	if err != nil {
		return nil, errors.New("slip with a link too long for a QR code")
	}
	for _, size := range []sizes{{12, 9, 9}, {12, 9, 8}, {11, 9, 8}, {10, 8, 7}, {8, 7, 6}} {
		p := newPage(s)
		p.lay(c, qr, size)
		if p.Err() {
			return nil, fmt.Errorf("slip as PDF: %w", p.Error())
		}
		if p.GetY() <= pageHeight-margin {
			var out bytes.Buffer
			err := p.Output(&out)
			return out.Bytes(), err
		}
	}
	return nil, errors.New("slip with more text than fits a page")
}

// The page in millimetres.
const (
	pageWidth  = 105.0 // A6, ISO 216
	pageHeight = 148.0
	margin     = 6.0 // what desk printers can do
	textWidth  = pageWidth - 2*margin
	qrSide     = 31.0 // with the quiet zone; 0.76 a module in version 4
	quiet      = 3.0  // from there to the first dark module, about
	gap        = 1.2  // between blocks
)

// leading is the height of a line by the size of its type.
const leading = 1.15

// Sizes of type in points.
const (
	codePoints   = 17.0 // fifteen times the widest letter fills a line
	titlePoints  = 13.0
	headPoints   = 12.0
	bannerPoints = 10.0
)

// sizes are those that give way, in points.
type sizes struct{ steps, facts, notes float64 }

// page is the sheet while it is being written, from top to bottom.
type page struct {
	*fpdf.Fpdf
	letters letters
}

func newPage(s Slip) page {
	f := fpdf.NewCustom(&fpdf.InitType{UnitStr: "mm", Size: fpdf.SizeType{Wd: pageWidth, Ht: pageHeight}})
	f.SetCatalogSort(true)
	f.SetCreationDate(s.MadeAt)
	f.SetModificationDate(s.MadeAt)
	f.SetProducer("schalter", true)
	f.SetTitle(s.Case, true)
	f.SetLang(string(s.Language))
	f.SetMargins(margin, margin, margin)
	f.SetAutoPageBreak(false, 0)
	f.SetCellMargin(0)
	p := page{Fpdf: f}
	p.embedFonts()
	f.AddPage()
	return p
}

// lay writes the slip.
func (p page) lay(c content, qr [][]bool, size sizes) {
	p.banner(c.Practice)
	p.paragraph(bold, size.facts, c.Sender)
	p.skip()
	p.paragraph(bold, titlePoints, c.Title)
	p.paragraph(bold, codePoints, c.Code)
	p.factsBeside(qr, c.Facts, size.facts)
	p.banner(c.Practice)
	p.paragraph(bold, headPoints, c.StepHead)
	for i, step := range c.Steps {
		p.step(i+1, size.steps, step)
	}
	p.skip()
	p.paragraph(bold, size.notes, c.Warning)
	for _, note := range c.Notes {
		p.paragraph(regular, size.notes, note)
	}
	p.skip()
	p.banner(c.Practice)
}

// factsBeside draws the QR code at the left and sets the facts about the code at
// the right, and goes on below both.
func (p page) factsBeside(qr [][]bool, facts []string, points float64) {
	top := p.GetY()
	p.matrix(qr, margin, top, qrSide)
	p.SetLeftMargin(margin + qrSide)
	p.SetXY(margin+qrSide, top+quiet)
	for _, fact := range facts {
		p.paragraph(regular, points, fact)
	}
	p.SetLeftMargin(margin)
	p.SetXY(margin, max(top+qrSide, p.GetY()))
}

// matrix fills the dark modules of a QR code in a square. All of them are one
// path that is filled once: viewers and printers that smooth edges would show
// seams between shapes filled one by one. Dark neighbours in a row are one
// rectangle.
func (p page) matrix(qr [][]bool, left, top, side float64) {
	module := side / float64(len(qr))
	p.SetFillColor(0, 0, 0)
	for row, line := range qr {
		y := top + float64(row)*module
		for from := 0; from < len(line); from++ {
			to := from
			for to < len(line) && line[to] {
				to++
			}
			if to > from {
				p.rectangle(left+float64(from)*module, y, left+float64(to)*module, y+module)
				from = to
			}
		}
	}
	p.DrawPath("F")
}

// rectangle adds a rectangle between two corners to the path.
func (p page) rectangle(x1, y1, x2, y2 float64) {
	p.MoveTo(x1, y1)
	p.LineTo(x2, y1)
	p.LineTo(x2, y2)
	p.LineTo(x1, y2)
	p.ClosePath()
}

// step sets a numbered paragraph; the number stands before it.
func (p page) step(number int, points float64, text string) {
	const indent = 6.0
	y := p.GetY()
	p.paragraph(bold, points, fmt.Sprintf("%d.", number))
	p.SetLeftMargin(margin + indent)
	p.SetXY(margin+indent, y)
	p.paragraph(regular, points, text)
	p.SetLeftMargin(margin)
	p.SetX(margin)
}

// banner sets a line white on black over the whole width.
func (p page) banner(line string) {
	if line == "" {
		return
	}
	const height = 4.2
	p.SetFont(family, string(bold), bannerPoints)
	p.SetFillColor(0, 0, 0)
	p.SetTextColor(255, 255, 255)
	p.CellFormat(textWidth, height, p.letters.known(line), "", 1, "CM", true, 0, "")
	p.SetTextColor(0, 0, 0)
	p.skip()
}

// paragraph sets text between the margins and goes to the line below it; it does
// nothing for an empty text.
func (p page) paragraph(style style, points float64, text string) {
	if text == "" {
		return
	}
	p.SetFont(family, string(style), points)
	p.MultiCell(0, p.PointConvert(points)*leading, p.letters.known(text), "", "L", false)
}

// skip leaves a gap.
func (p page) skip() { p.SetY(p.GetY() + gap) }
