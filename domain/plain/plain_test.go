package plain_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"schalter/domain/plain"
)

func TestClean(t *testing.T) {
	for _, row := range []struct{ why, in, want string }{
		{"nothing", "", ""},
		{"plain text stays", "Anna-Maria O'Neill (geb. 1962)", "Anna-Maria O'Neill (geb. 1962)"},
		{"letters of all scripts stay", "Müller Łukasz Ðoria Дмитрий 山田 نور", "Müller Łukasz Ðoria Дмитрий 山田 نور"},
		{"a visible mark of earlier damage stays", "M\ufffdller", "M\ufffdller"},

		{"white space at the ends", "  Anna \t", "Anna"},
		{"white space within", "Anna \t\u00a0\u3000 Maria", "Anna Maria"},
		{"white space alone", " \t\n", ""},
		{"line breaks do not join words", "Anna\r\nMaria", "Anna Maria"},
		{"next line, line and paragraph separator", "a\u0085b\u2028c\u2029d", "a b c d"},
		{"vertical tab and form feed", "a\vb\fc", "a b c"},

		{"C0 controls", "A\x00n\x07n\x08a\x7f", "Anna"},
		{"C1 controls", "A\u0080n\u0084n\u008da", "Anna"},
		{"invalid bytes", "An\xffn\xc3a", "Anna"},
		{"a surrogate in UTF-8", "An\xed\xa0\x80na", "Anna"},
		{"an overlong escape is its bare bytes, the second a CSI", "An\xc0\x9b31mna", "Anna"},

		{"colours", "An\x1b[1;31mna\x1b[0m", "Anna"},
		{"colours with colons", "An\x1b[38:2::255:0:0mna", "Anna"},
		{"private parameters", "An\x1b[?1049hna", "Anna"},
		{"intermediates", "An\x1b[0 qna", "Anna"},
		{"eight-bit CSI as a character", "An\u009b31mna", "Anna"},
		{"eight-bit CSI as a byte", "An\x9b31mna", "Anna"},
		{"CSI without an end", "Anna\x1b[31", "Anna"},
		{"CSI without anything", "Anna\x1b[", "Anna"},
		{"CSI broken off by a letter beyond ASCII", "An\x1b[3üna", "Anüna"},
		{"CSI broken off by a control", "An\x1b[3\x18na", "Anna"},
		{"CSI broken off by another", "An\x1b[3\x1b[4mna", "Anna"},
		{"ESC alone", "Anna\x1b", "Anna"},
		{"ESC twice", "An\x1b\x1b[31mna", "Anna"},
		{"ESC before a letter beyond ASCII", "An\x1bäna", "Anäna"},
		{"two-character escapes", "A\x1b7nn\x1bca", "Anna"},
		{"character sets", "An\x1b(0na", "Anna"},
		{"a character set without its name", "Anna\x1b(", "Anna"},

		{"OSC ended by BEL", "An\x1b]0;title\x07na", "Anna"},
		{"OSC ended by ST", "An\x1b]52;c;cm0=\x1b\\na", "Anna"},
		{"OSC ended by eight-bit ST", "An\x1b]8;;http://x\u009cna", "Anna"},
		{"OSC in eight bits", "An\u009d0;title\u009cna", "Anna"},
		{"OSC in bare bytes", "An\x9d0;title\x9cna", "Anna"},
		{"OSC without an end takes the rest", "Anna\x1b]0;title", "Anna"},
		{"OSC broken off by CAN", "An\x1b]0;title\x18na", "Anna"},
		{"OSC broken off by SUB", "An\x1b]0;title\x1ana", "Anna"},
		{"OSC broken off by another sequence", "An\x1b]0;title\x1b[1mna", "Anna"},
		{"OSC with text beyond ASCII", "An\x1b]0;Müller\x07na", "Anna"},
		{"OSC with an invalid byte", "An\x1b]0;M\xffller\x07na", "Anna"},
		{"DCS", "An\x1bP1$r0m\x1b\\na", "Anna"},
		{"DCS does not end with BEL", "An\x1bPq\x07rest\x1b\\na", "Anna"},
		{"DCS in eight bits", "An\u0090q\u009cna", "Anna"},
		{"SOS", "An\x1bXtext\x1b\\na", "Anna"},
		{"PM", "An\x1b^text\x1b\\na", "Anna"},
		{"APC", "An\x1b_Gf=100;AAAA\x1b\\na", "Anna"},
		{"APC in eight bits", "An\u009ftext\u009cna", "Anna"},
		{"ST without a start", "An\x1b\\na\u009c", "Anna"},
		{"a sequence in a sequence's place", "\x1b\x1b]0;a\x07[31mAnna", "[31mAnna"},

		{"bidi embedding and override", "\u202aA\u202bn\u202cn\u202da\u202e", "Anna"},
		{"bidi isolates", "\u2066A\u2067n\u2068n\u2069a", "Anna"},
		{"bidi marks", "A\u200en\u200fn\u061ca", "Anna"},
		{"zero width", "A\u200bn\u200cn\u200da\u2060\ufeff", "Anna"},
		{"soft hyphen", "An\u00adna", "Anna"},
		{"tag characters", "Anna\U000e0041\U000e007f", "Anna"},
		{"variation selectors", "Anna\ufe0f\U000e0100\u180b", "Anna"},
		{"grapheme joiner", "A\u034fnna", "Anna"},
		{"Hangul fillers", "A\u115f\u1160n\u3164n\uffa0a", "Anna"},
		{"the blank Braille cell and the Khitan filler", "An\u2800na\U00016fe4", "Anna"},
		{"private use", "An\ue000na\U000f0000", "Anna"},
		{"noncharacters", "An\ufdd0n\ufffea\U0010ffff", "Anna"},
		{"unassigned", "An\u0378na", "Anna"},

		{"composed", "Mu\u0308ller", "Müller"},
		{"singletons", "\u212bngstro\u0308m", "Ångström"},
		{"hidden characters do not keep marks apart", "Mu\u200b\u0308ller", "Müller"},
		{"a mark without letter", "\u0308Anna", "Anna"},
		{"a mark after a space", "Anna \u0308Maria", "Anna Maria"},
		{"a mark between spaces", "Anna \u0308 Maria", "Anna Maria"},
		{"four marks on a letter stay", "Q" + strings.Repeat("\u0301", 4), "Q" + strings.Repeat("\u0301", 4)},
		{"a fifth does not", "Q" + strings.Repeat("\u0301", 5) + "b", "Q" + strings.Repeat("\u0301", 4) + "b"},
		{"a thousand do not, and bring nothing in", "Q" + strings.Repeat("\u0301", 1000), "Q" + strings.Repeat("\u0301", 4)},
		{"pointed Hebrew stays", "\u05e9\u05bc\u05c1\u05b8", norm.NFC.String("\u05e9\u05bc\u05c1\u05b8")},
	} {
		if got := plain.Clean(row.in); got != row.want {
			t.Errorf("%s: got %+q, want %+q", row.why, got, row.want)
		}
	}
}

func TestLine(t *testing.T) {
	for _, row := range []struct {
		why, in          string
		limit            int
		want             string
		changed, tooLong bool
	}{
		{"clean and short", "Müller", 6, "Müller", false, false},
		{"runes count, not bytes", "üüüüüü", 6, "üüüüüü", false, false},
		{"a space in front", " Müller", 6, "Müller", true, false},
		{"decomposed", "Mu\u0308ller", 6, "Müller", true, false},
		{"one too many", "Müllers", 6, "Müller", false, true},
		{"both", "\x1b[31mMüllers", 6, "Müller", true, true},
		{"no space is left at the cut", "Anna Maria", 5, "Anna", false, true},
		{"no letter is parted from its marks", "AnQ\u0301\u0302", 4, "An", false, true},
		{"nor if the cut is behind its first mark", "AQ\u0301b", 3, "AQ\u0301", false, true},
		{"nothing fits", "Anna", 0, "", false, true},
		{"nothing into nothing", "", 0, "", false, false},
		{"ten thousand characters", strings.Repeat("ab ", 10_000), 5, "ab ab", true, true},
	} {
		clean, changed, tooLong := plain.Line(row.in, row.limit)
		if clean != row.want || changed != row.changed || tooLong != row.tooLong {
			t.Errorf("%s: got %+q, changed %t, too long %t", row.why, clean, changed, tooLong)
		}
	}
}

func TestCompact(t *testing.T) {
	for _, row := range []struct{ why, in, want string }{
		{"spaces of all kinds", " 1\t2\u00a03\u202f4\u20095\r\n", "12345"},
		{"nothing else", "1-2\u200b\x1b3", "1-2\u200b\x1b3"},
	} {
		if got := plain.Compact(row.in); got != row.want {
			t.Errorf("%s: got %+q", row.why, got)
		}
	}
}

// Whatever stands in a field, cleaned it does nothing to a terminal.
func FuzzClean(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkClean(t, s) })
}

func FuzzLine(f *testing.F) {
	for i, s := range seeds {
		f.Add(s, i)
	}
	f.Fuzz(func(t *testing.T, s string, limit int) {
		limit &= 0xff
		clean, changed, tooLong := plain.Line(s, limit)
		whole := plain.Clean(s)
		if changed != (whole != s) || tooLong != (utf8.RuneCountInString(whole) > limit) {
			t.Fatalf("%+q to %+q: changed %t, too long %t", s, whole, changed, tooLong)
		}
		if utf8.RuneCountInString(clean) > limit || !strings.HasPrefix(whole, clean) || plain.Clean(clean) != clean {
			t.Fatalf("%+q cut to %+q", whole, clean)
		}
	})
}

// Each character of Unicode, between letters and in a row. Of the large blocks of
// uniform letters, and of private use, the ends stand for the rest.
func TestCleanWithstandsEveryCharacter(t *testing.T) {
	uniform := [][2]rune{
		{0x3400, 0x9ff0},
		{0xac00, 0xd7a0},
		{0xe000, 0xf8f0},
		{0x12000, 0x16fd0},
		{0x17000, 0x1bbf0},
		{0x20000, 0xdfff0},
		{0xe0200, 0xefff0},
		{0xf0000, 0xffff0},
		{0x100000, 0x10fff0},
	}
	for r := rune(0); r <= unicode.MaxRune; r++ {
		checkClean(t, "a"+string(r)+"\u0301b"+strings.Repeat(string(r), 6))
		for _, block := range uniform {
			if r == block[0]+0x20 {
				r = block[1]
			}
		}
	}
}

// Sequences put together from what terminals obey reach corners that random
// bytes seldom do.
func TestCleanWithstandsComposedAttacks(t *testing.T) {
	piece := rapid.SampledFrom([]string{
		"\x1b", "[", "]", "P", "_", "^", "X", "\\", "\x07", "\x18", "\x9b", "\x9d", "\x9c", "\x90",
		"\u009b", "\u009d", "\u009c", "\u0090", "0;", "31", "m", "?", " ", "\n", "\t", "\u2028",
		"a", "Ü", "u", "\u0308", "\u0344", "\u0958", "\ufb2c", "\u1100", "\u1161", "\u11a8", "\u034f",
		"\u202e", "\u200b", "\xc2", "\xe2\x80", "\xff", "\u09c7", "\u09be", "\U0001d160", "\u0fb3\u0f71\u0f80",
	})
	rapid.Check(t, func(t *rapid.T) {
		checkClean(t, strings.Join(rapid.SliceOfN(piece, 0, 40).Draw(t, "pieces"), ""))
	})
}

var seeds = []string{
	"", "Müller", "Mu\u0308ller", "  a  b ", "\x1b[31m", "\x1b]0;x\x07y", "\x9b31m", "\u009b31m", "\x1bP\x1b\\",
	"\u202eabc", "a\u200bb", "\ufeff", "Q" + strings.Repeat("\u0301", 40), "\u0958\u0344\u0344\u0344\u0344\u0344",
	"\xff\xfe", "\u1100\u1161\u11a8", "\u09c7\u0301\u09be", "\U0001d160", "a \u0301", "\u2000\u2001",
}

// failer is what fuzz targets and rapid have in common.
type failer interface{ Fatalf(string, ...any) }

func checkClean(t failer, s string) {
	clean := plain.Clean(s)
	if !utf8.ValidString(clean) || !norm.NFC.IsNormalString(clean) {
		t.Fatalf("%+q: not valid UTF-8 in normal form C: %+q", s, clean)
	}
	if again := plain.Clean(clean); again != clean {
		t.Fatalf("%+q: cleaned once %+q, twice %+q", s, clean, again)
	}
	if strings.Contains(clean, "  ") || strings.TrimSpace(clean) != clean {
		t.Fatalf("%+q: white space left: %+q", s, clean)
	}
	for i := range len(clean) {
		if clean[i] < 0x20 || clean[i] == 0x7f {
			t.Fatalf("%+q: byte %#x left", s, clean[i])
		}
	}
	marks := plain.MaxMarks // none may come first
	for _, r := range clean {
		if class := forbidden(r); class != "" {
			t.Fatalf("%+q: %U left, %s", s, r, class)
		}
		if !unicode.IsMark(r) {
			marks = 0
		} else if marks++; marks > plain.MaxMarks {
			t.Fatalf("%+q: too many marks: %+q", s, clean)
		}
	}
}

// forbidden names the class of a character that must not be left. It is written
// from the list of classes, not from the code under test.
func forbidden(r rune) string {
	switch {
	case r < 0x20, r >= 0x7f && r <= 0x9f:
		return "control"
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f, r == 0x61c:
		return "bidirectional control"
	case r >= 0x200b && r <= 0x200d, r == 0x2060, r == 0xfeff, r == 0x34f, r == 0x180e:
		return "zero width"
	case r >= 0xfe00 && r <= 0xfe0f, r >= 0xe0100 && r <= 0xe01ef:
		return "variation selector"
	case r == 0x115f, r == 0x1160, r == 0x3164, r == 0xffa0, r == 0x2800:
		return "filler"
	case r == 0x2028, r == 0x2029:
		return "separator"
	case r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
		return "noncharacter"
	case unicode.In(r, unicode.Cf, unicode.Co, unicode.Cs):
		return "format, private use or surrogate"
	case r != ' ' && unicode.IsSpace(r):
		return "white space"
	}
	return ""
}

func BenchmarkClean(b *testing.B) {
	for _, row := range []struct{ name, in string }{
		{"ascii", "Anna-Maria Hoffmann"},
		{"umlaut", "Müller-Lüdenscheidt"},
		{"cyrillic", "Дмитрий Иванов"},
		{"attack", "\x1b]0;x\x07Mu\u0308ller\u202e\x1b[31m"},
	} {
		b.Run(row.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				plain.Clean(row.in)
			}
		})
	}
}

func ExampleClean() {
	fmt.Println(plain.Clean("  Mu\u0308ller\x1b[31m\tAnna "))
	// Output: Müller Anna
}
