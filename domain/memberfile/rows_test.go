package memberfile_test

import (
	"slices"
	"strings"
	"testing"

	"schalter/domain/date"
	"schalter/domain/iccsn"
	"schalter/domain/memberfile"
)

// cardsOf describes the rows that were taken: lines and cards.
func cardsOf(rows []memberfile.Row) (out [][]iccsn.ICCSN) {
	for _, r := range rows {
		if r.Rejected() {
			continue
		}
		var numbers []iccsn.ICCSN
		for _, c := range r.Member.Cards {
			numbers = append(numbers, c.ICCSN)
		}
		out = append(out, numbers)
	}
	return out
}

func TestRepeatedLinesAddCards(t *testing.T) {
	const one, two = "80276999990001951731", "80276999990001951732"
	anna := somebody()
	bert := somebody().with("kvnr", "X110406067", "surname", "Schmidt", "iccsn", "80276999990000000001")
	for _, row := range []struct {
		why   string
		lines []values
		cards [][]iccsn.ICCSN
		want  []string
	}{
		{"a further card", []values{anna, anna.with("iccsn", two)}, [][]iccsn.ICCSN{{one, two}}, nil},
		{"the same line again", []values{anna, anna}, [][]iccsn.ICCSN{{one}}, nil},
		{"a line without card", []values{anna, anna.with("iccsn", "", "card_valid_from", "", "card_valid_to", "", "card_status", "")}, [][]iccsn.ICCSN{{one}}, nil},
		{"what is empty is not said", []values{anna.with("city", "Köln", "deceased", "yes"), anna.with("iccsn", two)}, [][]iccsn.ICCSN{{one, two}}, nil},
		{"another name", []values{anna, anna.with("iccsn", two, "surname", "Meier")}, [][]iccsn.ICCSN{{one}}, []string{"3;surname;conflict"}},
		{"a name more", []values{anna, anna.with("iccsn", two, "title", "Dr.")}, [][]iccsn.ICCSN{{one}}, []string{"3;title;conflict"}},
		{"another birth date", []values{anna, anna.with("birth_date", "1962-03-15")}, [][]iccsn.ICCSN{{one}}, []string{"3;birth_date;conflict"}},
		{"the card in another state", []values{anna, anna.with("card_status", "blocked")}, [][]iccsn.ICCSN{{one}}, []string{"3;iccsn;conflict"}},
		{"a line that is wrong between", []values{anna, anna.with("iccsn", "1"), anna.with("iccsn", two)}, [][]iccsn.ICCSN{{one, two}}, []string{"3;iccsn;format"}},
		{"the first line is wrong", []values{anna.with("iccsn", "1"), anna.with("iccsn", two)}, [][]iccsn.ICCSN{{two}}, []string{"2;iccsn;format"}},
		{"apart", []values{anna, bert, anna.with("iccsn", two)}, [][]iccsn.ICCSN{{one}, {"80276999990000000001"}, {two}}, nil},
	} {
		rows := read(t, csvFile(row.lines...), memberfile.Options{})
		same(t, row.why, rejected(rows), row.want)
		if got := cardsOf(rows); !slices.EqualFunc(got, row.cards, slices.Equal) {
			t.Errorf("%s: cards %v, want %v", row.why, got, row.cards)
		}
	}
}

func TestCardsHaveABound(t *testing.T) {
	var lines []values
	for i := range 66 {
		lines = append(lines, somebody().with("iccsn", "802769999900019517"+string(rune('0'+i/10))+string(rune('0'+i%10))))
	}
	rows := read(t, csvFile(lines...), memberfile.Options{})
	same(t, "cards", rejected(rows), []string{"66;iccsn;too_many", "67;iccsn;too_many"})
	if got := len(rows[len(rows)-1].Member.Cards); got != 64 {
		t.Errorf("%d cards", got)
	}
}

func TestLinesOfARow(t *testing.T) {
	anna := somebody()
	bert := somebody().with("kvnr", "X110406067")
	rows := read(t, csvFile(anna, anna.with("iccsn", "1"), anna.with("iccsn", "80276999990001951732"), bert), memberfile.Options{})
	var got [][2]int
	for _, r := range rows {
		got = append(got, [2]int{r.Line, r.Last})
	}
	if want := [][2]int{{3, 3}, {2, 4}, {5, 5}}; !slices.Equal(got, want) {
		t.Errorf("lines %v, want %v", got, want)
	}
}

func TestAWalkMayEndEarly(t *testing.T) {
	file := csvFile(somebody(), somebody().with("kvnr", "1"), somebody().with("kvnr", "X110406067"), somebody().with("kvnr", "X110465770"))
	for stop := 1; stop <= 4; stop++ {
		r, err := memberfile.NewReader(strings.NewReader(file), memberfile.Options{Today: today})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for range r.Rows() {
			if n++; n == stop {
				break
			}
		}
		if n != stop {
			t.Errorf("%d rows, want %d", n, stop)
		}
	}
}

func TestWithoutToday(t *testing.T) {
	r, err := memberfile.NewReader(strings.NewReader(csvFile(somebody().with("birth_date", "2999-01-01"))), memberfile.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for row := range r.Rows() {
		if row.Rejected() || row.Member.BirthDate != date.Date(29990101) {
			t.Errorf("rejected: %s", row.Reject)
		}
	}
}

func TestEveryReasonIsListedOnceAndOccurs(t *testing.T) {
	const ok = `{"kvnr":"X110411675","surname":"Müller","birth_date":"1962-03-14"`
	files := []string{
		simple("X1;;;\n", `X;"a`+"\n", anna+"x\n", strings.Repeat("x", 1<<20)+"\n", `X110406067;"Schmidt`+"\n"+`";1970-01-01;Bonn`+"\n"),
		simple(anna, "X11\xff\xfe;;;\n", bert, "X1"),
		ok + "}\n" + ok + ",}\n" + ok + `,"title":1}` + "\n" + ok + `,"kvnr":""}` + "\n" + ok + `,"x":""}` + "\n",
		csvFile(somebody(), somebody().with("title", "Dr.")),
	}
	var cards []values
	for i := range 65 {
		cards = append(cards, somebody().with("iccsn", "8027699999000195170"+string(rune('0'+i%10)), "kvnr", "X110406067"))
		cards[i]["iccsn"] = cards[i]["iccsn"][:18] + string(rune('0'+i/10)) + string(rune('0'+i%10))
	}
	files = append(files, csvFile(cards...))
	for _, row := range fieldRows {
		files = append(files, csvFile(somebody().with(row.change...)))
	}
	for _, row := range attacks {
		files = append(files, csvFile(somebody().with("surname", row.value)))
	}
	occurs := map[memberfile.Reason]bool{}
	for _, file := range files {
		for _, r := range read(t, file, memberfile.Options{}) {
			occurs[r.Reject.Reason] = true
		}
	}
	delete(occurs, "")
	for _, why := range memberfile.AllReasons() {
		if !occurs[why] {
			t.Errorf("%q never occurs, or is listed twice", why)
		}
		delete(occurs, why)
	}
	if len(occurs) > 0 {
		t.Errorf("not listed: %v", occurs)
	}
}
