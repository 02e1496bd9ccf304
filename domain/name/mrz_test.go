package name

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMRZ(t *testing.T) {
	rows := []struct{ in, want, reason string }{
		{"Mustermann", "MUSTERMANN", "ASCII"},
		{"Müller-Lüdenscheidt", "MUELLER<LUEDENSCHEIDT", "umlaut; hyphen is a filler"},
		{"Groß", "GROSS", "sharp s"},
		{"Dåmmer-Ørsted", "DAAMMER<OERSTED", "å and ø"},
		{"Æsir Ðoria Þór", "AESIR<DHORIA<THOR", "ligature, eth, thorn"},
		{"Hoffmânn", "HOFFMANN", "base letter"},
		{"Łukasz Çelik", "LUKASZ<CELIK", "stroke and cedilla"},
		{"Işık İnan", "ISIK<INAN", "Turkish i"},
		{"O'Connor", "OCONNOR", "apostrophe is left out"},
		{"d’Artagnan", "DARTAGNAN", "typographic apostrophe too"},
		{"van der Müllen", "VAN<DER<MUELLEN", "particles are words"},
		{"Joh.-Peter", "JOH<PETER", "full stop is left out"},
		{"Mu\u0308ller", "MUELLER", "decomposed"},
		{" Anna  Maria ", "ANNA<MARIA", "one filler between words, none around"},
		{"Карл Marx", "MARX", "other scripts are left out"},
		{"", "", "nothing"},
	}
	for _, r := range rows {
		if got := MRZ(r.in); got != r.want {
			t.Errorf("%s: MRZ(%q) = %q, want %q", r.reason, r.in, got, r.want)
		}
	}
}

func TestCompareMRZ(t *testing.T) {
	erika := Person{Surname: "Mustermann", Given: "Erika"}
	rows := []struct {
		record         Person
		surname, given string
		want           Verdict
		reason         string
	}{
		{erika, "MUSTERMANN", "ERIKA", Match, "the specimen"},
		{erika, "MUSTERMANN", "ERIKO", Mismatch, "one letter of the given name"},
		{erika, "MUSTERMANM", "ERIKA", Mismatch, "one letter of the surname"},
		{erika, "MUSTERMAN", "ERIKA", Mismatch, "shorter, and the field is not full"},
		{erika, "MUSTERMANNS", "ERIKA", Mismatch, "longer"},
		{erika, "ERIKA", "MUSTERMANN", Mismatch, "names exchanged"},
		{erika, "", "", Mismatch, "nothing read"},
		{erika, "", "ERIKA", Mismatch, "no surname read"},
		{erika, strings.Repeat("MUSTERMANN", 7), "ERIKA", Mismatch, "longer than any field"},
		{erika, "MUSTERMANN", "", Mismatch, "no given name proves nothing of it"},
		{Person{}, "", "", Mismatch, "two nothings are no match"},
		{Person{Surname: "Sukarno"}, "SUKARNO", "", Match, "people with one name"},
		{Person{Given: "Hadi"}, "SUKARNO", "HADI", Mismatch, "no surname on record"},
		{Person{Surname: "Карл", Given: "Hadi"}, "", "HADI", Mismatch, "a surname without Latin letters is none"},
		{Person{Surname: "Sukarno"}, "SUKARNO", "HADI", Mismatch, "a record without given names cannot confirm one"},

		{Person{Surname: "Müller", Given: "Jörg"}, "MUELLER", "JOERG", Match, "German document"},
		{Person{Surname: "Müller", Given: "Jörg"}, "MULLER", "JORG", Match, "base letters, as other states may"},
		{Person{Surname: "Müller", Given: "Jörg"}, "MUXXLLER", "JORG", Match, "UXX, a third form of Doc 9303"},
		{Person{Surname: "Mueller", Given: "Jörg"}, "MUELLER", "JOERG", Match, "the record already has ue"},
		{Person{Surname: "Muller", Given: "Jörg"}, "MUELLER", "JOERG", Mismatch, "the record is transliterated, the document not read back"},
		{Person{Surname: "Mueller", Given: "Jörg"}, "MULLER", "JOERG", Mismatch, "ue is not u"},
		{Person{Surname: "Mu\u0308ller", Given: "Jo\u0308rg"}, "MUELLER", "JORG", Match, "decomposed record"},
		{Person{Surname: "Núñez", Given: "Íñigo"}, "NUNXXEZ", "INIGO", Match, "NXX"},
		{Person{Surname: "Ðoria", Given: "Þóra"}, "DORIA", "THORA", Match, "eth as D, the form of Doc 9303"},
		{Person{Surname: "Ðoria", Given: "Þóra"}, "DHORIA", "THORA", Match, "eth as DH"},
		{Person{Surname: "Dåmmer-Ørsted", Given: "Dörthe Abigail"}, "DAMMER OERSTED", "DOERTHE ABIGAIL", Match, "å as A or AA"},
		{Person{Surname: "Łoś", Given: "Işık"}, "LOS", "ISIK", Match, "stroke, dotless i"},

		{Person{Surname: "Groß-Müller", Given: "Anna-Lena"}, "GROSS<MUELLER", "ANNA<LENA", Match, "hyphen as filler, as printed"},
		{Person{Surname: "Groß Müller", Given: "Anna Lena"}, "GROSSMUELLER", "ANNALENA", Match, "no separator at all"},
		{Person{Surname: "Großmüller", Given: "Annalena"}, "GROSS MUELLER", "ANNA LENA", Match, "separator only on the document"},
		{Person{Surname: "O'Neill", Given: "Siobhán"}, "ONEILL", "SIOBHAN", Match, "apostrophe left out"},
		{Person{Surname: "O'Neill", Given: "Siobhán"}, "O NEILL", "SIOBHAN", Match, "apostrophe as filler"},

		{Person{Prefix: "von", Surname: "Mühlen", Given: "Ida"}, "VON MUEHLEN", "IDA", Match, "prefix"},
		{Person{Prefix: "von", Surname: "Mühlen", Given: "Ida"}, "MUEHLEN", "IDA", Match, "document leaves the prefix out"},
		{Person{Prefix: "von", Surname: "Mühlen", Given: "Ida Eva"}, "VON MUEHLEN", "IDA", PartialFewer, "prefix, some given names"},
		{Person{Surname: "von Mühlen", Given: "Ida"}, "VON MUEHLEN", "IDA", Match, "prefix stored in the surname"},
		{Person{Surname: "Mühlen", Given: "Ida"}, "VON MUEHLEN", "IDA", Mismatch, "a prefix the record does not have"},
		{Person{Suffix: "Freiherr", Prefix: "von", Surname: "Hoffmânn", Given: "Brian"}, "FREIHERR VON HOFFMANN", "BRIAN", Match, "title of nobility in front"},
		{Person{Suffix: "Freiherr", Prefix: "von", Surname: "Hoffmânn", Given: "Brian"}, "VON HOFFMANN", "BRIAN", Match, "and left out"},
		{Person{Suffix: "jun.", Surname: "Hoffmann", Given: "Brian"}, "HOFFMANN JUN", "BRIAN", Match, "suffix behind"},

		{Person{Title: "Prof. Dr.", Surname: "Heckhausén", Given: "Tina"}, "DR HECKHAUSEN", "TINA", Match, "title before the surname"},
		{Person{Surname: "Heckhausén", Given: "Tina"}, "HECKHAUSEN", "DR TINA", Match, "title before the given name, none on record"},
		{Person{Surname: "Heckhausén", Given: "Dr. Tina"}, "HECKHAUSEN", "TINA", Match, "title stored with the given names"},
		{Person{Title: "Mag.", Surname: "Huber", Given: "Eva"}, "MAG HUBER", "EVA", Match, "a title only the record knows"},
		{Person{Surname: "Huber", Given: "Eva"}, "MAG HUBER", "EVA", Mismatch, "the same word without that title"},
		{Person{Surname: "Dr", Given: "Eva"}, "DR", "EVA", Match, "a title that is all there is stays"},

		{Person{Surname: "Müller", Given: "Anna Maria Luise"}, "MUELLER", "ANNA", PartialFewer, "document shows the first name only"},
		{Person{Surname: "Müller", Given: "Anna Maria Luise"}, "MUELLER", "MARIA", PartialFewer, "document shows the call name only"},
		{Person{Surname: "Müller", Given: "Anna"}, "MUELLER", "ANNA MARIA", PartialMore, "document shows more"},
		{Person{Surname: "Müller", Given: "Anna Maria"}, "MUELLER", "MARIA ANNA", PartialOrder, "other order"},
		{Person{Surname: "Müller", Given: "Anna Maria"}, "MUELLER", "ANNA LUISE", Mismatch, "one in common and another one each: a sister"},
		{Person{Surname: "Müller", Given: "Anna Anna"}, "MUELLER", "ANNA BERTA", Mismatch, "a word counts once"},
		{Person{Surname: "Müller", Given: "Anna"}, "SCHMIDT", "ANNA MARIA", Mismatch, "surname decides first"},

		{Person{Surname: "Rossi", BirthName: "Bianchi", Given: "Giulia"}, "BIANCHI", "GIULIA", PartialBirthName, "birth name on the document"},
		{Person{Surname: "Rossi", BirthName: "Bianchi", Given: "Giulia"}, "BIANCHI", "MARIA", Mismatch, "birth name, other given name"},
		{Person{Surname: "Rossi", BirthName: "Bianchi", Given: "Giulia"}, "ROSSI", "GIULIA", Match, "surname wins over birth name"},
	}
	for _, r := range rows {
		t.Run(r.reason, func(t *testing.T) {
			if got := CompareMRZ(r.record, r.surname, r.given); got != r.want {
				t.Errorf("%s, %s: %v, want %v", r.surname, r.given, got, r.want)
			}
		})
	}
}

// The examples of Doc 9303-4, -5 and -6 section 4.2.3.
func TestCompareMRZTruncated(t *testing.T) {
	chayapa := Person{Surname: "Nilavadhanananda", Given: "Chayapa Dejthamrong Krasuang"}
	arnpol := Person{Surname: "Nilavadhanananda", Given: "Arnpol Petch Charonguang"}
	dingo := Person{Surname: "Bennelong Wooloomooloo Warrandyte Warnambool", Given: "Dingo Potoroo"}
	exact := Person{Surname: "Papandropoulous", Given: "Jonathon Warren Trevor"}
	rows := []struct {
		record Person
		zone   string
		want   Verdict
		reason string
	}{
		{chayapa, "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K", MatchTruncated, "TD3, initial"},
		{arnpol, "NILAVADHANANANDA<<ARNPOL<PETCH<CHARONGU", MatchTruncated, "TD3, cut"},
		{dingo, "BENNELONG<WOOLOOMOOLOO<WARRANDYTE<W<<DI", MatchTruncated, "TD3, surname to initial"},
		{dingo, "BENNELONG<WOOLOOM<WARRAND<WARNAM<<DINGO", MatchTruncated, "TD3, surname cut, given name left out"},
		{dingo, "BENNEL<WOOLOO<WARRAN<WARNAM<<DINGO<POTO", MatchTruncated, "TD3, fixed number of letters"},
		{chayapa, "NILAVADHANANANDA<<CHAYAPA<DE<K", MatchTruncated, "TD1, initial"},
		{arnpol, "NILAVADHANANANDA<<ARNPOL<PE<CH", MatchTruncated, "TD1, cut"},
		{dingo, "BENNELONG<WOOLOOMOOLOO<W<W<<DI", MatchTruncated, "TD1, surname to initials"},
		{dingo, "BENNELONG<WOOLOOM<WA<WARN<<D<P", MatchTruncated, "TD1, surname cut"},
		{dingo, "BENNE<WOOLO<WARRA<WARNA<<DIN<P", MatchTruncated, "TD1, fixed number of letters"},
		{chayapa, "NILAVADHANANANDA<<CHAYAPA<DEJ<K", MatchTruncated, "TD2, initial"},
		{dingo, "BENNELONG<WOOLOOM<WAR<WARN<<D<P", MatchTruncated, "TD2, surname cut"},
		{exact, "PAPANDROPOULOUS<<JONATHON<WARREN<TREVOR", Match, "fills the field and nothing is cut"},
		{chayapa, "NILAVADHANANANDA<<CHAYAPA<DEJ", Mismatch, "cut, but the field is not full"},
		{Person{Surname: "Nilavadhanananda", Given: "Arnpol Petch"}, "NILAVADHANANANDA<<ARNPOL<PE<CH", Mismatch, "cut, but more given names than on record"},
		{arnpol, "NILAVADHANANANDA<<CHAYAPA<DE<K", Mismatch, "cut, but another given name"},
		{Person{Surname: "Wolfeschlegelsteinhausenbergerdorff", Given: "Hubert"}, "WOLFESCHLEGELSTEINHAUSENBERGER", PartialFewer, "surname leaves no room for a given name"},
		{Person{Surname: "Mustermann-Wolkenstein-Großß", Given: "Erika"}, "MUSTERMANN<WOLKENSTEIN<GRO<<ER", MatchTruncated, "cut before the letters of one"},
		{Person{Surname: "Mustermann-Wolkensteiner-Groß", Given: "Ida"}, "MUSTERMANN<WOLKENSTEINER<GROS<<I", Mismatch, "32 places are no field"},
		{Person{Surname: "Mustermann-Wolkenstein-Groß", Given: "Ida"}, "MUSTERMANN<WOLKENSTEIN<GROS<<I", MatchTruncated, "cut between the letters of one"},
	}
	for _, r := range rows {
		surname, given, _ := strings.Cut(r.zone, "<<")
		if got := CompareMRZ(r.record, surname, given); got != r.want {
			t.Errorf("%s: %v, want %v", r.reason, got, r.want)
		}
	}
}

func TestVerdictNames(t *testing.T) {
	names := map[string]bool{}
	for v := Mismatch; v <= PartialBirthName; v++ {
		if v.String() == "unknown" || names[v.String()] {
			t.Errorf("verdict %d has the name %q", v, v)
		}
		names[v.String()] = true
		if kinds := btoi(v == Mismatch) + btoi(v.Agrees()) + btoi(v.Partial()); kinds != 1 {
			t.Errorf("%v is %d of mismatch, agreeing and partial", v, kinds)
		}
	}
	if Verdict(99).String() != "unknown" || Verdict(99).Partial() || Verdict(99).Agrees() {
		t.Error("an unknown verdict counts for something")
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

var (
	letters = []rune("abcdefghijklmnopqrstuvwxyzäöüßÄÖÜåøæðþñçéłđıİŞžẞ'’-. \u0308\u030A\u0301ʹǖĳ")
	names   = rapid.StringOfN(rapid.SampledFrom(letters), 1, 14, -1)
)

// What a German document prints for a record matches that record, and one other
// letter in it does not.
func TestCompareMRZProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Person{Surname: names.Draw(t, "surname"), Given: names.Draw(t, "given")}
		surname, given := MRZ(p.Surname), MRZ(p.Given)
		if surname == "" || given == "" {
			t.Skip("no letters")
		}
		if got := CompareMRZ(p, surname, given); got != Match {
			t.Fatalf("a person's own document: %v", got)
		}
		b := []byte(surname)
		i := rapid.IntRange(0, len(b)-1).Draw(t, "place")
		if b[i] == '<' {
			return
		}
		b[i] = 'Q' // in no name above but as itself
		if !strings.ContainsAny(strings.ToLower(p.Surname), "q") {
			if got := CompareMRZ(p, string(b), given); got != Mismatch {
				t.Fatalf("another letter at %d: %v", i, got)
			}
		}
	})
}

func FuzzCompareMRZ(f *testing.F) {
	f.Add("Müller-Lüdenscheidt", "Jürgen", "MUELLER<LUEDENSCHEIDT", "JUERGEN")
	f.Add("BENNELONG", strings.Repeat("A ", 70), "<", strings.Repeat("A", 70))
	f.Fuzz(func(t *testing.T, surname, given, docSurname, docGiven string) {
		p := Person{Surname: surname, Given: given}
		if v := CompareMRZ(p, docSurname, docGiven); v > PartialBirthName {
			t.Errorf("verdict %d", v)
		}
		own := Person{Surname: MRZ(surname), Given: MRZ(given)}
		if len(own.Surname) > 0 && len(own.Surname) <= zoneWidth && len(own.Given) <= zoneWidth {
			if v := CompareMRZ(own, own.Surname, own.Given); v != Match {
				t.Errorf("a name is not itself: %v", v)
			}
		}
	})
}

func BenchmarkCompareMRZ(b *testing.B) {
	p := Person{Prefix: "von", Surname: "Müller-Lüdenscheidt", Given: "Jürgen Anna"}
	for b.Loop() {
		CompareMRZ(p, "VON MUELLER LUEDENSCHEIDT", "ANNA JUERGEN")
	}
}
