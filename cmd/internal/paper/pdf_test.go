package paper

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"math"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

func mustPDF(t testing.TB, s Slip) []byte {
	t.Helper()
	data, err := PDF(s)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestPDFIsOnePageA6(t *testing.T) {
	for _, s := range []Slip{sample(German), practice(sample(English)), crowded(German), crowded(English)} {
		d := readPDF(t, mustPDF(t, s))
		if d.pages != 1 || d.box != "0 0 297.64 419.53" {
			t.Errorf("%d pages of %s", d.pages, d.box)
		}
	}
}

// However much there is to say, nothing leaves the page or breaks the code.
func TestPDFStaysOnThePage(t *testing.T) {
	const edge = margin * 72 / 25.4
	for _, l := range AllLanguages() {
		for _, s := range []Slip{sample(l), practice(sample(l)), crowded(l)} {
			codes := 0
			for _, shown := range readPDF(t, mustPDF(t, s)).shown {
				if right := shown.x + shown.width(t); shown.x < edge-0.01 || right > 297.64-edge+0.5 {
					t.Errorf("%s: %q reaches from %.1f to %.1f", l, shown.text, shown.x, right)
				}
				if shown.y < edge || shown.y+shown.size > 419.53-edge+shown.size/2 {
					t.Errorf("%s: %q stands at height %.1f", l, shown.text, shown.y)
				}
				if shown.text == s.Code {
					codes++
				}
			}
			if codes != 1 {
				t.Errorf("%s: the code stands there %d times in one piece", l, codes)
			}
		}
	}
}

func TestPDFTextComesOutAsItWentIn(t *testing.T) {
	s := sample(German)
	s.Insurer = "Łukasz-Çelik-Kasse (Groß\\Özgür)"
	s.Branch = "GS Überlingen"
	s.Holder = NewHolder("Łukasz Çelik", "780")
	d := readPDF(t, mustPDF(t, s))
	for _, want := range []string{s.Insurer + ", " + s.Branch, "Ł. Ç. •••780", s.Code, "„Los geht’s“"} {
		if !strings.Contains(d.text(), want) {
			t.Errorf("%q is missing in\n%s", want, d.text())
		}
	}
	if n := strings.Count(d.text(), s.Code); n != 1 {
		t.Errorf("the code stands there %d times", n)
	}
	for _, shown := range d.shown {
		checkDrawing(t, shown)
	}
}

// checkDrawing compares what the embedded font draws for each code with what
// the Go font draws for the character: extraction alone would not notice empty
// boxes.
func checkDrawing(t *testing.T, s shown) {
	t.Helper()
	original := map[string][]byte{"utf8go": goregular.TTF, "utf8goB": gobold.TTF}[s.font.base]
	whole, err := sfnt.Parse(original)
	if err != nil {
		t.Fatalf("font %s: %v", s.font.base, err)
	}
	var buf sfnt.Buffer
	for _, code := range s.code {
		glyph, err := whole.GlyphIndex(&buf, rune(code))
		if err != nil || glyph == 0 {
			t.Fatalf("%q is not in the Go font", rune(code))
		}
		want := outline(t, whole, glyph)
		if got := outline(t, s.font.outline, s.font.glyph(code)); !reflect.DeepEqual(got, want) {
			t.Errorf("%q is drawn as something else", rune(code))
		}
	}
}

func outline(t *testing.T, f *sfnt.Font, glyph sfnt.GlyphIndex) []sfnt.Segment {
	t.Helper()
	var buf sfnt.Buffer
	segments, err := f.LoadGlyph(&buf, glyph, fixed.I(1000), nil)
	if err != nil {
		t.Fatal(err)
	}
	return append([]sfnt.Segment(nil), segments...)
}

func TestPDFReplacesWhatItCannotDraw(t *testing.T) {
	s := sample(German)
	s.Insurer = "GROẞ Ḩạ 漢字 😀"
	text := readPDF(t, mustPDF(t, s)).text()
	if !strings.Contains(text, "GROß Ha ?? ?,") {
		t.Errorf("unknown letters come out as\n%s", text)
	}
}

func TestPDFTypeIsLargeEnough(t *testing.T) {
	for _, l := range AllLanguages() {
		for _, s := range []Slip{sample(l), practice(sample(l))} {
			w, _ := words(l)
			found := 0
			for _, shown := range readPDF(t, mustPDF(t, s)).shown {
				step := strings.Contains(w.Load+w.Register+w.Confirm+w.ScanIt, shown.text)
				if step || shown.text == s.Code {
					found++
					if shown.size < 12 {
						t.Errorf("%s: %q is set in %v points", l, shown.text, shown.size)
					}
				}
				if shown.size < 8 {
					t.Errorf("%s: %q is set in %v points", l, shown.text, shown.size)
				}
			}
			if found < 5 {
				t.Errorf("%s: only %d lines of code and steps found", l, found)
			}
		}
	}
}

func TestPDFIsTheSameForTheSameSlip(t *testing.T) {
	s := sample(German)
	want := mustPDF(t, s)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if got, err := PDF(s); err != nil || !bytes.Equal(got, want) {
				t.Errorf("another file the next time: %v", err)
			}
		})
	}
	all.Wait()
	s.MadeAt = s.MadeAt.Add(time.Minute)
	if bytes.Equal(mustPDF(t, s), want) {
		t.Error("the same file for another slip")
	}
}

func TestPDFTellsNothingBesidesItsPage(t *testing.T) {
	s := sample(German)
	info := readPDF(t, mustPDF(t, s)).info
	for _, want := range []string{"D:20261124140002"} {
		if strings.Count(info, want) != 2 {
			t.Errorf("not dated by the slip: %q", info)
		}
	}
	raw := mustPDF(t, s)
	for _, secret := range []string{s.Code, "K7QH9WXZ3MPTR2W", utf16be(s.Code), "A. M."} {
		if bytes.Contains(raw, []byte(secret)) {
			t.Errorf("%q stands outside the page", secret)
		}
	}
}

func utf16be(s string) string { return "\x00" + strings.Join(strings.Split(s, ""), "\x00") }

func TestPDFDrawsTheQRCode(t *testing.T) {
	for _, host := range []string{"app.muster.example", "a.de", strings.Repeat("lang.", 40) + "example"} {
		s := sample(German)
		s.Link = "https://" + host + "/a#K7QH9WXZ3MPTR2W"
		d := readPDF(t, mustPDF(t, s))
		want, err := modules(s.Link)
		if err != nil {
			t.Fatal(err)
		}
		if d.fills != 1 {
			t.Errorf("%d paths are filled, want one without seams", d.fills)
		}
		if got := bitmap(t, d.path, len(want)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the rectangles are not the modules", host)
		}
		if got := decode(t, raster(d.path, 300)); got != s.Link {
			t.Errorf("the drawing reads %q, want %q", got, s.Link)
		}
	}
}

// The usual link has to read from a slip printed at the resolution of receipt
// printers, too.
func TestPDFReadsAt203DotsPerInch(t *testing.T) {
	s := sample(English)
	if got := decode(t, raster(readPDF(t, mustPDF(t, s)).path, 203)); got != s.Link {
		t.Errorf("the drawing reads %q, want %q", got, s.Link)
	}
}

func TestModules(t *testing.T) {
	m, err := modules(sample(German).Link)
	if err != nil {
		t.Fatal(err)
	}
	if len(m) != 33+8 {
		t.Errorf("%d modules a side, want version 4 (33) and a quiet zone of 4", len(m))
	}
	for y := range m {
		for x := range m[y] {
			edge := min(x, y, len(m)-1-x, len(m)-1-y)
			if edge < 4 && m[y][x] {
				t.Fatalf("a dark module in the quiet zone at %d,%d", x, y)
			}
		}
	}
	if got := formatLevel(m); got != 3 {
		t.Errorf("error correction bits %02b, want 11 (level Q)", got)
	}
}

// formatLevel reads the two bits of the error correction level beside the upper
// left finder pattern and takes off their mask (ISO/IEC 18004, 7.9).
func formatLevel(m [][]bool) int {
	row, level := m[4+8], 0
	for _, x := range []int{4, 5} {
		level <<= 1
		if row[x] {
			level |= 1
		}
	}
	return level ^ 0b10
}

// bitmap turns rectangles back into modules, n a side; each rectangle has to
// lie on the grid, to a hundredth of a point.
func bitmap(t *testing.T, path []rect, n int) [][]bool {
	t.Helper()
	const point = 72 / 25.4
	module := qrSide / float64(n) * point
	left := margin * point
	top := path[0].y2 + 4*module // the first dark module lies below the quiet zone
	grid := make([][]bool, n)
	for i := range grid {
		grid[i] = make([]bool, n)
	}
	at := func(v float64) int {
		i := math.Round(v / module)
		if math.Abs(v-i*module) > 0.02 {
			t.Fatalf("%v points off the grid", v-i*module)
		}
		return int(i)
	}
	for _, r := range path {
		x1, x2, y1, y2 := at(r.x1-left), at(r.x2-left), at(top-r.y2), at(top-r.y1)
		if x2 <= x1 || y2 != y1+1 {
			t.Fatalf("no run of modules: %+v", r)
		}
		for x := x1; x < x2; x++ {
			if grid[y1][x] {
				t.Fatalf("module %d,%d is drawn twice", x, y1)
			}
			grid[y1][x] = true
		}
	}
	return grid
}

// raster paints rectangles as a printer of that many dots an inch would: a dot
// is dark if its middle lies inside.
func raster(path []rect, dpi float64) image.Image {
	dots := dpi / 72
	page := image.NewGray(image.Rect(0, 0, int(297.64*dots), int(419.53*dots)))
	draw.Draw(page, page.Bounds(), image.White, image.Point{}, draw.Src)
	dot := func(v float64) int { return int(math.Floor(v*dots + 0.5)) }
	for _, r := range path {
		for y := dot(419.53 - r.y2); y < dot(419.53-r.y1); y++ {
			for x := dot(r.x1); x < dot(r.x2); x++ {
				page.SetGray(x, y, color.Gray{})
			}
		}
	}
	return page
}

func decode(t *testing.T, img image.Image) string {
	t.Helper()
	dots, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	result, err := qrcode.NewQRCodeReader().Decode(dots, nil)
	if err != nil {
		t.Fatal(err)
	}
	return result.GetText()
}
