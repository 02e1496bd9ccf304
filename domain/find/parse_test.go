package find

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"schalter/domain/date"
)

const today = date.Date(20270301)

// names makes the terms of words that are equal in both foldings; a word in
// brackets is a small one.
func names(words ...string) []Term {
	var terms []Term
	for _, w := range words {
		small := strings.HasPrefix(w, "(")
		wide, narrow, two := strings.Cut(strings.Trim(w, "()"), "|")
		if !two {
			narrow = wide
		}
		terms = append(terms, Term{Wide: wide, Narrow: narrow, Small: small})
	}
	return terms
}

func days(d ...date.Date) []date.Date { return d }

func TestParse(t *testing.T) {
	rows := []struct {
		in     string
		want   Query
		reason string
	}{
		// Nothing.
		{"", Query{}, "nothing typed"},
		{"  \t ", Query{}, "only white space"},
		{"- . , ;", Query{}, "only signs"},
		{"Иванов", Query{Unread: true}, "letters that no German register holds"},
		{"١٢٣", Query{Unread: true}, "digits of another script"},

		// Whole KVNR.
		{"X110411675", Query{KVNR: "X110411675"}, "published number"},
		{"x110411675", Query{KVNR: "X110411675"}, "lower case"},
		{"  X110411675 ", Query{KVNR: "X110411675"}, "spaces around, as pasted"},
		{"X110 411 675", Query{KVNR: "X110411675"}, "in groups of three"},
		{"X 110411675", Query{KVNR: "X110411675"}, "letter apart, as printed on cards"},
		{"X 110 411 675", Query{KVNR: "X110411675"}, "letter and groups apart"},
		{"X11041 1675", Query{KVNR: "X110411675"}, "broken anywhere, the check digit is right"},
		{"X110411674", Query{Mistyped: true}, "published number, check digit changed"},
		{"G995030567", Query{Mistyped: true}, "published but invalid"},
		{"X110 411 674", Query{Mistyped: true}, "in groups, check digit wrong"},
		{"X 110411674", Query{Mistyped: true}, "letter apart, check digit wrong"},
		{"müller X110411674", Query{Names: names("mueller|muller"), Mistyped: true}, "the rest is read all the same"},
		{"X110411675 X110411675", Query{KVNR: "X110411675"}, "the same number twice"},
		{"X110411675 K220635158", Query{KVNR: "X110411675", Unread: true}, "two people are no query"},
		{"X110411675Q", Query{KVNR: "X110411675", Names: names("q")}, "a letter too many is a name part, so hardly anybody is found"},

		// Forms of 20 and 30 characters.
		{"X1104116751095009695", Query{KVNR: "X110411675"}, "with insurer"},
		{"x110411675 109500969 5", Query{KVNR: "X110411675"}, "with insurer, in groups"},
		{"X1104116741095009695", Query{Mistyped: true}, "with insurer, first check digit wrong"},
		{"X110411675109500969K2206351580", Query{KVNR: "X110411675"}, "with insurer and main member"},
		{"X110411675 109500969 K220635158 0", Query{KVNR: "X110411675"}, "the same in groups"},
		{"X1104116751095009695X", Query{KVNR: "X110411675", Names: names("x")}, "main member's letter in the wrong place"},
		{"X11041167510950", Query{KVNRPart: "X110411675", Unread: true}, "longer form still being typed finds but does not decide"},
		{"X110411675109500969K2206", Query{KVNRPart: "X110411675", Unread: true}, "form of 30 still being typed"},
		{"X11041167410950", Query{Mistyped: true, Unread: true}, "longer form being typed, check digit wrong"},

		// A part of a KVNR.
		{"X110", Query{KVNRPart: "X110"}, "letter and three digits"},
		{"x1104", Query{KVNRPart: "X1104"}, "lower case"},
		{"X11041167", Query{KVNRPart: "X11041167"}, "all but the check digit"},
		{"X11", Query{Unread: true}, "too little to search by"},
		{"X110 müller", Query{KVNRPart: "X110", Names: names("mueller|muller")}, "with a name"},
		{"X110 140362", Query{KVNRPart: "X110", BirthDates: days(19620314), CardDigits: "140362", Ambiguous: true}, "six digits behind a part are no part of it"},
		{"X110 14 03 62", Query{KVNRPart: "X110", BirthDates: days(19620314)}, "a date in groups is no part of it"},
		{"X110 K220", Query{KVNRPart: "X110", Unread: true}, "two parts"},
		{"m140362", Query{KVNRPart: "M140362"}, "no space: a number, not an initial"},

		// Cards.
		{"80276001820001951731", Query{CardDigits: "80276001820001951731"}, "whole number, example of the specification"},
		{"80276 00182 0001951731", Query{CardDigits: "80276001820001951731"}, "in groups as printed"},
		{"8027 6001 8200 0195 1731", Query{CardDigits: "80276001820001951731"}, "in fours, none of them a date"},
		{"80040001820001951731", Query{CardDigits: "80040001820001951731"}, "another country's card finds nobody"},
		{"951731", Query{CardDigits: "951731"}, "last six digits that are no date"},
		{"mue 951731", Query{Names: names("mue"), CardDigits: "951731"}, "name and card digits"},
		{"951731 80276001820001951731", Query{CardDigits: "80276001820001951731"}, "the end repeats the whole"},
		{"951731 951732", Query{CardDigits: "951731", Unread: true}, "two cards"},
		{"80276001820001951731 140362", Query{CardDigits: "80276001820001951731", BirthDates: days(19620314)}, "beside a whole number six digits are the date"},
		{"8027600182", Query{Unread: true}, "card number still being typed"},
		{"802760018200019517310", Query{Unread: true}, "one digit too many"},

		// Six digits.
		{"140362", Query{BirthDates: days(19620314), CardDigits: "140362", Ambiguous: true}, "a date or a card"},
		{"mue 140362", Query{Names: names("mue"), BirthDates: days(19620314), CardDigits: "140362", Ambiguous: true}, "the example on the start screen"},
		{"mue140362", Query{Names: names("mue"), BirthDates: days(19620314), CardDigits: "140362", Ambiguous: true}, "without the space"},
		{"m 140362", Query{Names: names("m"), BirthDates: days(19620314), CardDigits: "140362", Ambiguous: true}, "an initial is no KVNR"},
		{"140362 951731", Query{BirthDates: days(19620314), CardDigits: "951731"}, "only one can be a date"},
		{"951731 140362", Query{BirthDates: days(19620314), CardDigits: "951731"}, "in the other order"},
		{"140362 010170", Query{BirthDates: days(19620314), CardDigits: "010170"}, "both can: the date comes first"},
		{"14.03.1962 010170", Query{BirthDates: days(19620314), CardDigits: "010170"}, "beside a certain date the six are a card's"},
		{"1403 010170", Query{DayMonth: 314, CardDigits: "010170"}, "beside a part of a date too"},
		{"010320", Query{BirthDates: days(20200301, 19200301), CardDigits: "010320", Ambiguous: true}, "a child or a very old person"},
		{"020327", Query{BirthDates: days(19270302), CardDigits: "020327", Ambiguous: true}, "tomorrow is no birth date"},
		{"310262", Query{CardDigits: "310262"}, "no such day: card digits"},

		// Birth dates.
		{"14.3.62", Query{BirthDates: days(19620314)}, "short with dots"},
		{"14.03.62", Query{BirthDates: days(19620314)}, "two digits each"},
		{"14.03.1962", Query{BirthDates: days(19620314)}, "as on German documents"},
		{"14.3.1962", Query{BirthDates: days(19620314)}, "without zero"},
		{"1962-03-14", Query{BirthDates: days(19620314)}, "ISO"},
		{"14/3/62", Query{BirthDates: days(19620314)}, "slashes"},
		{"14,3,62", Query{BirthDates: days(19620314)}, "comma of the number pad"},
		{"14-03-1962", Query{BirthDates: days(19620314)}, "hyphens"},
		{"14031962", Query{BirthDates: days(19620314)}, "eight digits are no card"},
		{"14 03 1962", Query{BirthDates: days(19620314)}, "spaces"},
		{"14. 3. 1962", Query{BirthDates: days(19620314)}, "dots and spaces"},
		{"14.3. 62", Query{BirthDates: days(19620314)}, "space before the year"},
		{"00.00.1962", Query{BirthDates: days(19620000)}, "day and month unknown"},
		{"29.02.1960", Query{BirthDates: days(19600229)}, "leap day"},
		{"29.02.1961", Query{Unread: true}, "no leap year"},
		{"14.03.2062", Query{Unread: true}, "in the future"},
		{"Müller,14.03.1962", Query{Names: names("mueller|muller"), BirthDates: days(19620314)}, "comma without space"},
		{"müller14.03.1962", Query{Names: names("mueller|muller"), BirthDates: days(19620314)}, "nothing between name and date"},
		{"14.03.1962 müller anna", Query{Names: names("mueller|muller", "anna"), BirthDates: days(19620314)}, "date first"},
		{"anna 14.3.62 müller", Query{Names: names("anna", "mueller|muller"), BirthDates: days(19620314)}, "date between"},
		{"14.3.62 15.3.62", Query{BirthDates: days(19620314), Unread: true}, "two dates"},

		// Parts of dates.
		{"1403", Query{DayMonth: 314}, "day and month"},
		{"14.3.", Query{DayMonth: 314}, "with dots"},
		{"14.3", Query{DayMonth: 314}, "the second dot is missing"},
		{"14/3", Query{DayMonth: 314}, "slash"},
		{"14.03.", Query{DayMonth: 314}, "with zero"},
		{"14. 3.", Query{DayMonth: 314}, "with a space"},
		{"2902", Query{DayMonth: 229}, "leap day without year"},
		{"14.3.1", Query{DayMonth: 314, Unread: true}, "the year begins"},
		{"14.3.196", Query{DayMonth: 314, Unread: true}, "the year lacks a digit"},
		{"mue 1403", Query{Names: names("mue"), DayMonth: 314}, "drawing of the start screen"},
		{"1403 1503", Query{DayMonth: 314, Unread: true}, "two days"},
		{"1962", Query{Unread: true}, "a year alone is no day"},
		{"3103 3004", Query{DayMonth: 331, Unread: true}, "the first counts"},
		{"3104", Query{Unread: true}, "no 31 April"},
		{"+1+2", Query{Unread: true}, "signs are no digits"},
		{"mue 14", Query{Names: names("mue"), Unread: true}, "a date that begins"},
		{"mue 1403196", Query{Names: names("mue"), Unread: true}, "seven digits on the way to eight"},

		// Postcodes.
		{"10115", Query{Postcode: "10115"}, "Berlin"},
		{"01067", Query{Postcode: "01067"}, "Dresden begins with 0"},
		{"00999", Query{Unread: true}, "below the first postcode"},
		{"müller 10115 anna", Query{Names: names("mueller|muller", "anna"), Postcode: "10115"}, "between names"},
		{"10115 Berlin", Query{Names: names("berlin"), Postcode: "10115"}, "a town is read as a name; addresses are not searched"},
		{"10115 20095", Query{Postcode: "10115", Unread: true}, "two postcodes"},

		// Names.
		{"mü", Query{Names: names("mue|mu")}, "two letters"},
		{"Müller", Query{Names: names("mueller|muller")}, "umlaut in both foldings"},
		{"MUELLER", Query{Names: names("mueller")}, "capitals"},
		{"Müller, Anna", Query{Names: names("mueller|muller", "anna")}, "surname first"},
		{"anna;müller", Query{Names: names("anna", "mueller|muller")}, "semicolon"},
		{"O'Neill", Query{Names: names("(o)", "neill")}, "apostrophe parts, and o may be missing"},
		{"O’Neill", Query{Names: names("(o)", "neill")}, "typographic apostrophe"},
		{"Müller-Lüdenscheidt", Query{Names: names("mueller|muller", "luedenscheidt|ludenscheidt")}, "hyphen parts"},
		{"von Mühlen", Query{Names: names("(von)", "muehlen|muhlen")}, "particle"},
		{"berg von", Query{Names: names("berg", "(von)")}, "particle behind, as registers write it"},
		{"mue da", Query{Names: names("mue", "da")}, "a short word at the end is a name being typed"},
		{"da silva", Query{Names: names("(da)", "silva")}, "in front it is a particle"},
		{"Dr. Müller", Query{Names: names("mueller|muller")}, "title goes"},
		{"Prof. Dr. med. Anna Müller", Query{Names: names("anna", "mueller|muller")}, "titles with faculty go"},
		{"Dr. h. c. Müller", Query{Names: names("mueller|muller")}, "honorary doctor"},
		{"med Müller", Query{Names: names("med", "mueller|muller")}, "without a title in front it is a name"},
		{"müller dr", Query{Names: names("mueller|muller", "(dr)")}, "title behind: or Drago"},
		{"dr", Query{Names: names("dr")}, "alone it may become Drexler"},
		{"Frau Yılmaz", Query{Names: names("(frau)", "yilmaz")}, "form of address"},
		{"Herr Graf", Query{Names: names("(herr)", "graf")}, "one of them is the name"},
		{"von der", Query{Names: names("(von)", "der")}, "nothing but particles: the last may be a name being typed"},
		{"Freiherr von Stein", Query{Names: names("(freiherr)", "(von)", "stein")}, "title of nobility"},
		{"Łukasz Çelik", Query{Names: names("lukasz", "celik")}, "Polish and Turkish letters"},
		{"Mu\u0308ller", Query{Names: names("mueller|muller")}, "decomposed"},
		{"Ivan Иванов", Query{Names: names("ivan"), Unread: true}, "the readable part is asked for"},
		{"a b c d e f g h i", Query{Names: names("a", "b", "c", "(d)", "(e)", "f", "g", "h"), Unread: true}, "too many parts"},

		// Together.
		{"müller anna 140362 10115", Query{
			Names: names("mueller|muller", "anna"), BirthDates: days(19620314),
			CardDigits: "140362", Ambiguous: true, Postcode: "10115",
		}, "name, date, postcode"},
		{"X110411675 14.03.1962 951731 10115 müller", Query{
			KVNR: "X110411675", BirthDates: days(19620314),
			CardDigits: "951731", Postcode: "10115", Names: names("mueller|muller"),
		}, "everything at once"},
		{"mueller\x1b[31m anna", Query{Names: names("mueller", "anna")}, "escape sequences leave nothing"},
		{"mue\u202eller", Query{Names: names("mueller")}, "bidi override leaves nothing"},
		{"mue\xffller", Query{Names: names("mueller")}, "invalid UTF-8 leaves nothing"},
	}
	for _, r := range rows {
		t.Run(r.reason, func(t *testing.T) {
			if got := Parse(r.in, today); !reflect.DeepEqual(got, r.want) {
				t.Errorf("Parse(%q)\n got %+v\nwant %+v", r.in, got, r.want)
			}
		})
	}
}

func TestParseIsBounded(t *testing.T) {
	for _, long := range []string{
		strings.Repeat("a", 1<<20), strings.Repeat("ä", 1<<20), strings.Repeat("1", 1<<20),
		strings.Repeat("a ", 1<<19), strings.Repeat("1 ", 1<<19), strings.Repeat("x1", 1<<19),
		strings.Repeat("\u0308", 1<<19), "X110411675 " + strings.Repeat("0", 1<<20),
	} {
		q := Parse(long, today)
		if !q.Unread {
			t.Errorf("%.12q…: what was left out is not told", long)
		}
		for _, n := range q.Names {
			if len(n.Wide) > 2*maxText {
				t.Errorf("%.12q…: a name part of %d bytes", long, len(n.Wide))
			}
		}
	}
}

// The order of the parts changes nothing, but for which of two equals is first.
func TestParseInAnyOrder(t *testing.T) {
	parts := []string{"X110411675", "14.03.1962", "951731", "10115", "yilmaz"}
	want := Parse(strings.Join(parts, " "), today)
	rapid.Check(t, func(t *rapid.T) {
		shuffled := rapid.Permutation(parts).Draw(t, "parts")
		if got := Parse(strings.Join(shuffled, " "), today); !reflect.DeepEqual(got, want) {
			t.Errorf("%v: got %+v, want %+v", shuffled, got, want)
		}
	})
}

func TestEmptyAndNarrow(t *testing.T) {
	rows := []struct {
		q             Query
		empty, narrow bool
		reason        string
	}{
		{Query{}, true, false, "nothing"},
		{Query{Unread: true}, true, false, "nothing that could be read"},
		{Query{Names: names("a")}, false, false, "a name"},
		{Query{BirthDates: days(19620314)}, false, false, "a date"},
		{Query{DayMonth: 314}, false, false, "a part of a date"},
		{Query{KVNR: "X110411675"}, false, false, "a KVNR"},
		{Query{KVNRPart: "X110"}, false, false, "a part of one"},
		{Query{Mistyped: true}, false, false, "a KVNR nobody has"},
		{Query{CardDigits: "951731"}, false, true, "card digits"},
		{Query{Postcode: "10115"}, false, true, "a postcode"},
	}
	for _, r := range rows {
		if r.q.Empty() != r.empty || r.q.Narrow() != r.narrow {
			t.Errorf("%s: Empty %v, Narrow %v", r.reason, r.q.Empty(), r.q.Narrow())
		}
	}
}

func TestJoined(t *testing.T) {
	rows := []struct {
		in     string
		from   int
		to     int
		want   Term
		reason string
	}{
		{"karl heinz", 0, 2, Term{Wide: "karlheinz", Narrow: "karlheinz"}, "two given names"},
		{"o neill", 0, 2, Term{Wide: "oneill", Narrow: "oneill"}, "a particle of one letter"},
		{"el hassan", 0, 2, Term{Wide: "elhassan", Narrow: "elhassan"}, "a particle of two"},
		{"grün wald", 0, 2, Term{Wide: "gruenwald", Narrow: "grunwald"}, "both foldings"},
		{"van der berg", 0, 3, Term{Wide: "vanderberg", Narrow: "vanderberg"}, "three"},
		{"van der berg", 1, 3, Term{Wide: "derberg", Narrow: "derberg"}, "the last two"},
		{"von und zu stein", 0, 4, Term{}, "four are too many"},
		{"m ach", 0, 2, Term{}, "an initial"},
		{"anna m", 0, 2, Term{}, "an initial behind"},
		{"berg de", 0, 2, Term{}, "a particle joins what follows, not what stands before it"},
		{"anna", 0, 2, Term{}, "no next part"},
		{"anna maria", 0, 1, Term{}, "one part is no joint"},
		{"anna maria", -1, 1, Term{}, "before the first"},
	}
	for _, r := range rows {
		if got, ok := Parse(r.in, today).Joined(r.from, r.to); got != r.want || ok != (r.want.Wide != "") {
			t.Errorf("%s: %+v, %v", r.reason, got, ok)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"mue 140362", "X110 411 675", "X110411675 109500969 K220635158 0", "80276 00182 0001951731",
		"14. 3. 1962", "14,3,62", "1962-03-14", "Dr. h. c. O’Neill-von Müller", "10115 951731",
		"\xff\u202e\x1b[31m", "a\u0308 1\u03081", "ſ110411675",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		q := Parse(text, today)
		if len(q.Names) > maxNames {
			t.Errorf("%d name parts", len(q.Names))
		}
		for _, n := range q.Names {
			if n.Wide == "" || n.Narrow == "" || !utf8.ValidString(n.Wide) {
				t.Errorf("name part %+v", n)
			}
		}
		if q.KVNR != "" && !q.KVNR.Valid() {
			t.Error("a KVNR that is none")
		}
		if n := len(q.KVNRPart); n != 0 && (n < partLength || n > kvnrLength) {
			t.Errorf("part of a KVNR of %d characters", n)
		}
		if n := len(q.CardDigits); n != 0 && n != 6 && n != cardLength {
			t.Errorf("%d card digits", n)
		}
		if n := len(q.Postcode); n != 0 && n != 5 {
			t.Errorf("postcode of %d digits", n)
		}
		for _, d := range q.BirthDates {
			if !d.Valid() || d.First() > today {
				t.Errorf("birth date %v", d)
			}
		}
		if q.Ambiguous && (len(q.BirthDates) == 0 || len(q.CardDigits) != 6) {
			t.Errorf("ambiguous between nothing: %+v", q)
		}
	})
}
