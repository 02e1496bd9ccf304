package name

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	rows := []struct{ in, wide, narrow, reason string }{
		{"Mustermann", "mustermann", "mustermann", "ASCII is lowered"},
		{"Müller", "mueller", "muller", "umlaut in two ways"},
		{"Mu\u0308ller", "mueller", "muller", "decomposed umlaut like the composed one"},
		{"MÜLLER", "mueller", "muller", "capital umlaut"},
		{"Ärzte Öl Übel", "aerzte oel uebel", "arzte ol ubel", "umlaut at the beginning of a word"},
		{"Groß", "gross", "gross", "sharp s"},
		{"GROẞ", "gross", "gross", "capital sharp s"},
		{"Groß-Müller", "gross mueller", "gross muller", "hyphen separates"},
		{"Groß–Müller", "gross mueller", "gross muller", "a dash is a hyphen"},
		{"Łukasz Çelik", "lukasz celik", "lukasz celik", "stroke and cedilla"},
		{"Özgür", "oezguer", "ozgur", "Turkish umlauts are umlauts"},
		{"Işık İnan", "isik inan", "isik inan", "dotless and dotted i"},
		{"O'Neill", "o neill", "o neill", "apostrophe separates"},
		{"O’Neill", "o neill", "o neill", "typographic apostrophe"},
		{"Oʼneill", "o neill", "o neill", "modifier apostrophe"},
		{"d'Angelo", "d angelo", "d angelo", "elided particle"},
		{"von Mühlen", "von muehlen", "von muhlen", "particle is a word"},
		{"  Dr.med.  Erika ", "dr med erika", "dr med erika", "signs and spaces collapse, none at the ends"},
		{"Dåmmer-Ørsted", "daammer oersted", "dammer orsted", "å and ø as documents write them, and bare"},
		{"Ðoria", "doria", "doria", "eth"},
		{"Þór Æsir Œuvre", "thor aesir oeuvre", "thor aesir oeuvre", "thorn and ligatures"},
		{"Đorđević", "dordevic", "dordevic", "d with stroke"},
		{"Hoffmânn", "hoffmann", "hoffmann", "circumflex is dropped"},
		{"Nguyễn Thị", "nguyen thi", "nguyen thi", "two marks on a letter"},
		{"Zoë", "zoe", "zoe", "a diaeresis on e is no umlaut"},
		{"Lǖ", "lue", "lu", "diaeresis below another mark"},
		{"Olʹga ʿAbd", "olga abd", "olga abd", "soft sign and ayn leave nothing"},
		{"Ma\u00adria", "maria", "maria", "soft hyphen is invisible"},
		{"Karl 2", "karl 2", "karl 2", "digits stay"},
		{"Иванов Ivan", "ivan", "ivan", "other scripts separate"},
		{"a\xffb", "a b", "a b", "invalid UTF-8 separates"},
		{"\u0308a", "a", "a", "a mark without a letter"},
		{"a -\u0308", "a", "a", "a mark after a separator does not reach back"},
		{"", "", "", "nothing"},
		{" -'. ", "", "", "nothing but separators"},
	}
	for _, r := range rows {
		t.Run(r.reason, func(t *testing.T) {
			wide, narrow := Fold(r.in)
			if wide != r.wide || narrow != r.narrow {
				t.Errorf("Fold(%+q) = %q, %q; want %q, %q", r.in, wide, narrow, r.wide, r.narrow)
			}
		})
	}
}

// Letters that Unicode does not decompose, each run by the letters it folds to.
func TestFoldUndecomposedLetters(t *testing.T) {
	rows := []struct{ letters, wide, narrow string }{
		{"ßẞ", "ss", "ss"},
		{"æÆǽ", "ae", "ae"},
		{"œŒ", "oe", "oe"},
		{"øØǿ", "oe", "o"},
		{"ðÐ", "d", "d"},
		{"þÞ", "th", "th"},
		{"ⱥȺ", "a", "a"},
		{"ƀɃɓƁ", "b", "b"},
		{"ƈƇȼȻ", "c", "c"},
		{"đĐɖƉɗƊ", "d", "d"},
		{"əƏɛƐǝƎɇɆ", "e", "e"},
		{"ƒƑ", "f", "f"},
		{"ǥǤɠƓɣƔ", "g", "g"},
		{"ħĦ", "h", "h"},
		{"ıɨƗ", "i", "i"},
		{"ĳĲ", "ij", "ij"},
		{"ȷɉɈ", "j", "j"},
		{"ƙƘ", "k", "k"},
		{"łŁŀĿƚȽ", "l", "l"},
		{"ǉǈǇ", "lj", "lj"},
		{"ŋŊŉɲƝƞȠ", "n", "n"},
		{"ǌǋǊ", "nj", "nj"},
		{"ɵƟɔƆ", "o", "o"},
		{"ƥƤ", "p", "p"},
		{"ĸ", "q", "q"},
		{"ɍɌ", "r", "r"},
		{"ſȿ", "s", "s"},
		{"ŧŦƭƬʈƮⱦȾ", "t", "t"},
		{"ʉɄ", "u", "u"},
		{"ʋƲ", "v", "v"},
		{"ƴƳɏɎ", "y", "y"},
		{"ʒƷƶƵȥȤ", "z", "z"},
		{"ǆǅǄǳǲǱ", "dz", "dz"},
	}
	for _, r := range rows {
		for _, letter := range r.letters {
			if wide, narrow := Fold("x" + string(letter) + "x"); wide != "x"+r.wide+"x" || narrow != "x"+r.narrow+"x" {
				t.Errorf("%c folds to %q, %q", letter, wide, narrow)
			}
		}
	}
}

// finds is the rule of the search: a folded typed word begins a folded stored
// word, in either folding of both.
func finds(typed, stored string) bool {
	for _, q := range Tokens(typed) {
		hit := false
		for _, s := range Tokens(stored) {
			hit = hit || strings.HasPrefix(s.Wide, q.Wide) || strings.HasPrefix(s.Narrow, q.Narrow) ||
				strings.HasPrefix(s.Wide, q.Narrow) || strings.HasPrefix(s.Narrow, q.Wide)
		}
		if !hit {
			return false
		}
	}
	return true
}

func TestFoldingsFindEachOther(t *testing.T) {
	groups := [][]string{
		{"Müller", "Mueller"},
		{"Müller", "Muller"},
		{"Groß-Müller", "Gross Mueller", "groß mü", "GROSS-MULLER"},
		{"Łukasz Çelik", "lukasz celik"},
		{"Ørsted", "Oersted"},
		{"Ørsted", "Orsted"},
		{"İnan Işık", "inan isik"},
	}
	for _, g := range groups {
		for _, typed := range g[1:] {
			if !finds(typed, g[0]) {
				t.Errorf("%q does not find %q", typed, g[0])
			}
		}
	}
	// Muller typed finds Müller stored, and Müller typed finds Muller stored.
	for _, a := range []string{"Müller", "Mueller", "Muller"} {
		if !finds("Müller", a) || !finds(a, "Müller") {
			t.Errorf("Müller and %q do not find each other", a)
		}
	}
	if finds("Mueller", "Muller") {
		t.Error("without an umlaut in either, ue is not u")
	}
}

// Every folding is a fixed point and has only words of ASCII letters and digits.
func TestFoldProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkFolded(t, rapid.OneOf(
			rapid.String(),
			rapid.StringOfN(rapid.SampledFrom([]rune("aouAOUäöüÄßøåł ıİ'-\u0308\u030A\u0301ǖæ")), 0, 12, -1),
		).Draw(t, "name"))
	})
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{"Groß-Müller", "Mu\u0308ller", "Łukasz Çelik", "O'Neill", "ǖ\u030A", "a\xff\u0308"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkFolded(t, s) })
}

func checkFolded(t interface {
	Errorf(string, ...any)
	Helper()
}, s string,
) {
	t.Helper()
	wide, narrow := Fold(s)
	for _, folded := range []string{wide, narrow} {
		if again, _ := Fold(folded); again != folded {
			t.Errorf("folding %+q again gives %q, not %q", s, again, folded)
		}
		for _, word := range strings.Split(folded, " ") {
			if strings.Trim(word, "abcdefghijklmnopqrstuvwxyz0123456789") != "" || word == "" && folded != "" {
				t.Errorf("%+q folds to %q", s, folded)
			}
		}
	}
	if len(wide) < len(narrow) {
		t.Errorf("%+q: wide %q is shorter than narrow %q", s, wide, narrow)
	}
	if n := strings.Count(wide, " "); n != strings.Count(narrow, " ") {
		t.Errorf("%+q folds to different numbers of words: %q, %q", s, wide, narrow)
	}
	if !utf8.ValidString(MRZ(s)) || strings.Trim(MRZ(s), "ABCDEFGHIJKLMNOPQRSTUVWXYZ<") != "" {
		t.Errorf("%+q is %q in a machine-readable zone", s, MRZ(s))
	}
}

func TestAppendFoldKeepsWhatIsThere(t *testing.T) {
	if got := string(AppendFold([]byte("abc-"), " Ü", Wide)); got != "abc-ue" {
		t.Errorf("appended to abc-: %q", got)
	}
	if got := string(AppendFold([]byte("a"), "\u0308", Wide)); got != "a" {
		t.Errorf("a mark reaches into what was there: %q", got)
	}
}

func TestAppendFoldDoesNotAllocate(t *testing.T) {
	buf := make([]byte, 0, 64)
	for _, s := range []string{"Erika Mustermann", "Groß-Müller", "Nguyễn Łukasz Ørsted"} {
		if n := testing.AllocsPerRun(100, func() { AppendFold(buf, s, Wide) }); n != 0 {
			t.Errorf("folding %q allocates %v times", s, n)
		}
	}
}

func TestTokens(t *testing.T) {
	got := Tokens("Freiherr von Groß-Mühlen")
	want := []Token{{"freiherr", "freiherr"}, {"von", "von"}, {"gross", "gross"}, {"muehlen", "muhlen"}}
	if len(got) != len(want) {
		t.Fatalf("Tokens = %v", got)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("token %d = %v, want %v", i, got[i], want[i])
		}
	}
	if got := Tokens(" - "); got != nil {
		t.Errorf("Tokens of nothing = %v", got)
	}
}

func TestCore(t *testing.T) {
	rows := []struct{ in, want, reason string }{
		{"von Mühlen", "muehlen", "particle is skipped"},
		{"van der Berg", "berg", "several particles"},
		{"O'Neill", "neill", "elided particle"},
		{"d'Angelo", "angelo", "elided particle, Italian"},
		{"Prof. Dr. Heckhausen", "heckhausen", "titles are skipped"},
		{"Mustermann", "mustermann", "nothing to skip"},
		{"Le", "le", "a particle that is all there is stays"},
		{"", "", "nothing"},
	}
	for _, r := range rows {
		var words []string
		for _, tok := range Core(Tokens(r.in)) {
			words = append(words, tok.Wide)
		}
		if got := strings.Join(words, " "); got != r.want {
			t.Errorf("%s: core of %q = %q, want %q", r.reason, r.in, got, r.want)
		}
	}
}

func BenchmarkAppendFold(b *testing.B) {
	buf := make([]byte, 0, 64)
	for _, s := range []string{"Mustermann, Erika Maria", "Müller-Lüdenscheidt, Jürgen", "Nguyễn Thị, Łukasz Çelik"} {
		b.Run(s, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				AppendFold(buf, s, Wide)
				AppendFold(buf, s, Narrow)
			}
		})
	}
}

func BenchmarkTokens(b *testing.B) {
	for b.Loop() {
		Tokens("Groß-Müller")
	}
}
