package paper

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// readPDF reads what this package writes and no more: classic objects in order,
// one page, Type 0 fonts with two-byte codes, text by Tj, paths by m l h and re.
// It follows a viewer's way from code to character (ToUnicode) and from code to
// glyph (CIDToGIDMap, embedded font), ISO 32000-1, 9.7 and 9.10.
func readPDF(t testing.TB, data []byte) document {
	t.Helper()
	d := document{t: t, objects: readObjects(t, data)}
	for n, o := range d.objects {
		if strings.Contains(o.dict, "/Type /Page\n") {
			d.pages++
			d.run(d.objects[d.reference(o.dict, "/Contents")].stream)
		}
		if strings.Contains(o.dict, "/Type /Pages") {
			d.box = find(t, o.dict, `/MediaBox \[([^\]]*)\]`)
		}
		if strings.Contains(o.dict, "/Producer") {
			d.info = d.objects[n].dict
		}
	}
	if d.pages == 0 {
		t.Fatal("no page")
	}
	return d
}

type document struct {
	t       testing.TB
	objects map[int]object
	pages   int
	box     string // MediaBox
	info    string
	shown   []shown
	path    []rect // filled as one path by f
	fills   int    // how many paths were filled so
}

type object struct {
	dict   string
	stream []byte
}

// shown is one string on the page.
type shown struct {
	text string
	x, y float64 // where it begins, points from the lower left corner
	size float64 // points
	font *embedded
	code []uint16
}

// rect is a rectangle in points from the lower left corner of the page.
type rect struct{ x1, y1, x2, y2 float64 }

// text is everything shown, a line each.
func (d document) text() string {
	var b strings.Builder
	for _, s := range d.shown {
		b.WriteString(s.text + "\n")
	}
	return strings.ReplaceAll(b.String(), noBreak, " ")
}

var objectHead = regexp.MustCompile(`(?m)^(\d+) 0 obj\n`)

func readObjects(t testing.TB, data []byte) map[int]object {
	t.Helper()
	all := map[int]object{}
	for rest := data; ; {
		at := objectHead.FindSubmatchIndex(rest)
		if at == nil {
			return all
		}
		n, _ := strconv.Atoi(string(rest[at[2]:at[3]]))
		rest = rest[at[1]:]
		end := bytes.Index(rest, []byte("endobj"))
		begin := bytes.Index(rest, []byte("\nstream\n"))
		if begin < 0 || begin > end {
			all[n] = object{dict: string(rest[:end])}
			continue
		}
		o := object{dict: string(rest[:begin])}
		rest = rest[begin+len("\nstream\n"):]
		length, _ := strconv.Atoi(find(t, o.dict, `/Length (\d+)`))
		o.stream, rest = rest[:length], rest[length:]
		if strings.Contains(o.dict, "/FlateDecode") {
			z, err := zlib.NewReader(bytes.NewReader(o.stream))
			if err != nil {
				t.Fatal(err)
			}
			if o.stream, err = io.ReadAll(z); err != nil {
				t.Fatal(err)
			}
		}
		all[n] = o
	}
}

func find(t testing.TB, s, pattern string) string {
	t.Helper()
	m := regexp.MustCompile(pattern).FindStringSubmatch(s)
	if m == nil {
		t.Fatalf("no %s in %q", pattern, s)
	}
	return m[1]
}

// reference is the number of the object that a key of a dictionary names.
func (d document) reference(dict, key string) int {
	d.t.Helper()
	n, _ := strconv.Atoi(find(d.t, dict, regexp.QuoteMeta(key)+` \[?(\d+) 0 R`))
	return n
}

// run follows a content stream.
func (d *document) run(stream []byte) {
	var operands []string
	var face *embedded
	var x, y, size float64
	var corners []float64
	fonts := map[string]*embedded{}
	for _, token := range tokens(d.t, stream) {
		switch token {
		case "Tf":
			name := operands[0]
			if fonts[name] == nil {
				fonts[name] = d.font(name)
			}
			face, size = fonts[name], number(d.t, operands[1])
		case "Td":
			x, y = number(d.t, operands[0]), number(d.t, operands[1])
		case "Tj":
			s := shown{x: x, y: y, size: size, font: face}
			for c := []byte(operands[0][1:]); len(c) > 1; c = c[2:] {
				s.code = append(s.code, binary.BigEndian.Uint16(c))
			}
			s.text = face.decode(s.code)
			d.shown = append(d.shown, s)
		case "m":
			corners = []float64{number(d.t, operands[0]), number(d.t, operands[1])}
		case "l":
			corners = append(corners, number(d.t, operands[0]), number(d.t, operands[1]))
		case "h":
			c := corners
			if len(c) != 8 || c[1] != c[3] || c[2] != c[4] || c[5] != c[7] || c[6] != c[0] {
				d.t.Fatalf("no rectangle: %v", c)
			}
			d.path = append(d.path, rect{c[0], c[5], c[2], c[1]})
		case "f":
			if len(corners) > 0 {
				d.fills++
			}
			corners = nil
		}
		if token[0] == '(' || token[0] == '/' || token[0] == '-' || token[0] >= '0' && token[0] <= '9' {
			operands = append(operands, token)
		} else {
			operands = nil
		}
	}
}

func number(t testing.TB, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// tokens splits a content stream; a string keeps its opening parenthesis and
// loses its escapes.
func tokens(t testing.TB, s []byte) []string {
	t.Helper()
	var all []string
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c == ' ' || c == '\n':
			i++
		case c == '(':
			word := []byte{'('}
			for i++; s[i] != ')'; i++ {
				if s[i] == '\\' {
					i++
					if s[i] == 'r' {
						word = append(word, '\r')
						continue
					}
				}
				word = append(word, s[i])
			}
			i++
			all = append(all, string(word))
		default:
			end := i
			for end < len(s) && !strings.ContainsRune(" \n(", rune(s[end])) {
				end++
			}
			all = append(all, string(s[i:end]))
			i = end
		}
	}
	return all
}

// embedded is a font of the file with its two maps.
type embedded struct {
	base    string
	lo, hi  uint16 // codes of the one ToUnicode range
	unicode uint16 // the character of lo
	glyphs  []byte // CIDToGIDMap
	outline *sfnt.Font
}

func (d document) font(name string) *embedded {
	d.t.Helper()
	var resources string
	for _, o := range d.objects {
		if strings.Contains(o.dict, name+" ") {
			resources = o.dict
		}
	}
	face := d.objects[d.reference(resources, name)].dict
	descendant := d.objects[d.reference(face, "/DescendantFonts")].dict
	descriptor := d.objects[d.reference(descendant, "/FontDescriptor")].dict
	cmap := string(d.objects[d.reference(face, "/ToUnicode")].stream)
	e := &embedded{
		base:   find(d.t, face, `/BaseFont /(\S+)`),
		glyphs: d.objects[d.reference(descendant, "/CIDToGIDMap")].stream,
	}
	m := regexp.MustCompile(`1 beginbfrange\n<(....)> <(....)> <(....)>\nendbfrange`).FindStringSubmatch(cmap)
	if m == nil {
		d.t.Fatalf("no range in %q", cmap)
	}
	for i, v := range []*uint16{&e.lo, &e.hi, &e.unicode} {
		if _, err := fmt.Sscanf(m[i+1], "%04X", v); err != nil {
			d.t.Fatal(err)
		}
	}
	var err error
	if e.outline, err = sfnt.Parse(d.objects[d.reference(descriptor, "/FontFile2")].stream); err != nil {
		d.t.Fatal(err)
	}
	return e
}

// width is how far a shown string reaches, in points.
func (s shown) width(t testing.TB) float64 {
	t.Helper()
	var buf sfnt.Buffer
	sum := 0.0
	for _, code := range s.code {
		advance, err := s.font.outline.GlyphAdvance(&buf, s.font.glyph(code), fixed.I(1000), font.HintingNone)
		if err != nil {
			t.Fatal(err)
		}
		sum += float64(advance) / 64 / 1000 * s.size
	}
	return sum
}

func (e *embedded) decode(codes []uint16) string {
	var u []uint16
	for _, c := range codes {
		if c < e.lo || c > e.hi {
			u = append(u, 0xfffd)
			continue
		}
		u = append(u, c-e.lo+e.unicode)
	}
	return string(utf16.Decode(u))
}

// glyph is where the embedded font keeps the drawing of a code; 0 is none.
func (e *embedded) glyph(code uint16) sfnt.GlyphIndex {
	return sfnt.GlyphIndex(binary.BigEndian.Uint16(e.glyphs[2*int(code):]))
}
