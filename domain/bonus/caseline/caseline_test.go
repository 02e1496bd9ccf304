package caseline

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"schalter/domain/bonus"
	"schalter/domain/bonus/finding"
	"schalter/domain/bonus/strict"
	"schalter/domain/date"
)

// whole is a case that says everything a case can say.
const whole = `{"id":"C1","programme":"p","year":2024,` +
	`"person":{"born":"1980-05-10","sex":"w","insured_as":"family"},` +
	`"membership":{"from":"2010-01-01","to":"2024-12-31","terminated_on":"2024-06-01","withdrawn_on":"2024-07-01"},` +
	`"main_membership":{"from":"2001-01-01","to":null},"enrolled":"2023-11-15","handin":"2025-02-10","payout":"2025-03-20",` +
	`"history":[{"measure":"u","exam":"U9","date":"2023-10","from":"booklet of 2023"}],` +
	`"stamps":[{"measure":"a","date":"2024-06-12","cost":1234,"evidence":["stamp","invoice"],"exam":"U1","provider":"private","value":24.5},` +
	`{"measure":"b","date":null,"cost":null,"evidence":null}],` +
	`"exempt":[{"measure":"c","reason":"after surgery"}],"participation":{"first":true,"consecutive":3},` +
	`"points_carried":250,"paid_before":1000,"option":{"id":"cash","invoices_cents":4000},` +
	`"title":"t","why":{"any":["thing"]},"ambiguity":["A01"],"expect":{"total":1}}`

func TestParse(t *testing.T) {
	c := Parse("", 1, []byte(whole))
	if len(c.Faults) > 0 {
		t.Fatal(c.Faults)
	}
	cost, value := bonus.Cents(1234), 24.5
	want := bonus.Booklet{
		Year: 2024, Person: bonus.Person{Born: 1980_05_10, Sex: bonus.Woman, InsuredAs: bonus.Family},
		Membership: bonus.Membership{Known: true, From: 2010_01_01, To: 2024_12_31, TerminatedOn: 2024_06_01, WithdrawnOn: 2024_07_01},
		Main:       &bonus.Membership{Known: true, From: 2001_01_01}, Enrolled: 2023_11_15, Handin: 2025_02_10, Payout: 2025_03_20,
		History: []bonus.PastExam{{Measure: "u", Exam: "U9", Date: 2023_10_00}},
		Stamps: []bonus.Stamp{
			{Measure: "a", Date: 2024_06_12, Cost: &cost, Evidence: []string{"stamp", "invoice"}, Exam: "U1", Provider: "private", Value: &value},
			{Measure: "b"},
		},
		Exempt: []bonus.Exemption{{Measure: "c", Reason: "after surgery"}}, Participation: bonus.Participation{First: true, Consecutive: 3},
		PointsCarried: 250, PaidBefore: 1000, Choice: &bonus.Choice{Option: "cash", Invoices: 4000},
	}
	got, err := json.Marshal(c.Booklet)
	if err != nil {
		t.Fatal(err)
	}
	expected, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if c.ID != "C1" || c.Programme != "p" || !bytes.Equal(got, expected) {
		t.Errorf("got\n%s\nwant\n%s", got, expected)
	}
}

func TestParseLeast(t *testing.T) {
	c := Parse("", 1, []byte(`{"id":"1","programme":"p","year":2024,"person":{"born":"1980-05-10","insured_as":"member"},"membership":null,"handin":"2025-02-10"}`))
	if len(c.Faults) > 0 || c.Booklet.Membership.Known || c.Booklet.Person.Sex != bonus.NoEntry || c.Booklet.Main != nil {
		t.Errorf("%+v", c)
	}
}

func TestPartialDates(t *testing.T) {
	for text, want := range map[string]date.Date{
		"2024-06-12": 2024_06_12, "2024-06-00": 2024_06_00, "2024-06": 2024_06_00, "2024": 2024_00_00, "2024-00-00": 2024_00_00,
	} {
		c := Parse("", 1, []byte(strings.Replace(whole, `"date":"2024-06-12"`, `"date":"`+text+`"`, 1)))
		if len(c.Faults) > 0 || c.Booklet.Stamps[0].Date != want {
			t.Errorf("%s: got %v, %v", text, c.Booklet.Stamps[0].Date, c.Faults)
		}
	}
}

// One row for each kind of fault. What stands in the line must never show.
func TestFaults(t *testing.T) {
	for _, row := range []struct{ reason, old, new, want string }{
		{"no JSON", `"year":2024`, `"year":2024,,`, "7: syntax"},
		{"not UTF-8", `"title":"t"`, "\"title\":\"\xff\"", "7: encoding"},
		{"too deep", `{"any":["thing"]}`, strings.Repeat("[", 40) + strings.Repeat("]", 40), "7: too_large"},
		{"an unknown key", `"title":"t"`, `"Erika":"t"`, "7: unknown_key"},
		{"an unknown key of a stamp", `"measure":"b",`, `"measure":"b","Erika":1,`, "7: stamps[1]: unknown_key"},
		{"a key in capitals", `"year":2024`, `"Year":2024`, "7: year: missing_key\n7: unknown_key"},
		{"a key twice", `"year":2024`, `"year":2024,"year":2025`, "7: repeated_key"},
		{"an escaped key is the same key", `"year":2024`, `"year":2024,"\u0079ear":2025`, "7: repeated_key"},
		{"no programme", `"programme":"p",`, "", "7: programme: missing_key"},
		{"no person", `"person":{"born":"1980-05-10","sex":"w","insured_as":"family"},`, "", "7: person: missing_key"},
		{"no date of receipt", `"handin":"2025-02-10",`, "", "7: handin: missing_key"},
		{"no birth date", `"born":"1980-05-10",`, "", "7: person.born: missing_key"},
		{"a text for a number", `"year":2024`, `"year":"2024"`, "7: year: wrong_type"},
		{"a fraction of a cent", `"cost":1234`, `"cost":12.34`, "7: stamps[0].cost: wrong_type"},
		{"a number as a power", `"cost":1234`, `"cost":1e3`, "7: stamps[0].cost: wrong_type"},
		{"a negative cost", `"cost":1234`, `"cost":-1`, "7: stamps[0].cost: out_of_range"},
		{"a cost of billions", `"cost":1234`, `"cost":99999999999999999999`, "7: stamps[0].cost: out_of_range"},
		{"a text for a list", `"evidence":["stamp","invoice"]`, `"evidence":"stamp"`, "7: stamps[0].evidence: wrong_type"},
		{"a number for a list", `"stamps":[`, `"stamps":7,"expect":[`, "7: repeated_key\n7: stamps: wrong_type"},
		{"a text for an object", `{"id":"cash","invoices_cents":4000}`, `"cash"`, "7: option: wrong_type\n7: option.id: missing_key"},
		{"a number for a truth", `"first":true`, `"first":1`, "7: participation.first: wrong_type"},
		{"a text for a value", `"value":24.5`, `"value":"24,5"`, "7: stamps[0].value: wrong_type"},
		{"an unknown sex", `"sex":"w"`, `"sex":"f"`, "7: person.sex: unknown_word"},
		{"an unknown kind of insurance", `"insured_as":"family"`, `"insured_as":"child"`, "7: person.insured_as: unknown_word"},
		{"a day that does not exist", `"date":"2024-06-12"`, `"date":"2024-06-31"`, "7: stamps[0].date: date"},
		{"a German date", `"date":"2024-06-12"`, `"date":"12.06.2024"`, "7: stamps[0].date: date"},
		{"a hand-in without a day", `"handin":"2025-02-10"`, `"handin":"2025-02-00"`, "7: handin: date"},
		{"an id that is none", `"measure":"a"`, `"measure":"Erika Mustermann"`, "7: stamps[0].measure: bad_id"},
		{"an empty id", `"measure":"a"`, `"measure":""`, "7: stamps[0].measure: empty"},
		{"an escape sequence", `"reason":"after surgery"`, `"reason":"\u001b[2J"`, "7: exempt[0].reason: encoding"},
	} {
		text := strings.Replace(whole, row.old, row.new, 1)
		if text == whole {
			t.Errorf("%s: %q is not in the case", row.reason, row.old)
			continue
		}
		if got := Parse("", 7, []byte(text)).Faults.Error(); got != row.want {
			t.Errorf("%s: got\n%s\nwant\n%s", row.reason, got, row.want)
		}
	}
}

func TestReader(t *testing.T) {
	long := `{"id":"` + strings.Repeat("x", strict.MaxSize) + `"}`
	text := "\n" + whole + "\n   \n" + long + "\r\n{}\nnull\n" + strings.Replace(whole, "C1", "C2", 1)
	r := NewReader(strings.NewReader(text), "in.jsonl")
	var got []string
	for {
		c, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		line := c.ID
		if len(c.Faults) > 0 {
			line = c.Faults[0].String()
		}
		got = append(got, line)
	}
	want := []string{"C1", "in.jsonl:4: too_large", "in.jsonl:5: id: missing_key", "in.jsonl:6: wrong_type", "C2"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// broken gives what it has and then an error that is not the end.
type broken struct{ text io.Reader }

func (b broken) Read(p []byte) (int, error) {
	n, err := b.text.Read(p)
	if err != nil {
		err = os.ErrDeadlineExceeded
	}
	return n, err
}

func TestReaderError(t *testing.T) {
	for _, text := range []string{"", whole + "\n", strings.Repeat("x", 2*strict.MaxSize)} {
		r := NewReader(broken{strings.NewReader(text)}, "")
		var err error
		for err == nil {
			_, err = r.Next()
		}
		if !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%d bytes: got %v", len(text), err)
		}
	}
}

func TestWriter(t *testing.T) {
	five := bonus.Points(5)
	d := bonus.Decision{
		Track: "t", Refusal: bonus.Late, Deadline: 2025_03_31, Hypothetical: 1500, Complete: 2500, ToPay: -100, PointsLeft: &five,
		Period: bonus.Span{From: 2024_01_01, To: 2024_12_31}, Credit: bonus.Credit{ToMain: true, As: "transfer"},
		Groups: []bonus.GroupResult{{ID: "g", Fulfilled: true, Cents: 1500, Reason: bonus.OK}},
		Lines:  []bonus.Line{{Group: "g", Measure: "a", Cents: 1500, Reason: bonus.Reason{Code: bonus.NoEvidence, Token: "invoice"}}},
		Gaps: []bonus.Gap{
			{Group: "g", Measures: []string{"b"}, Stamp: -1, Units: 1, Brings: 1000, Together: 1000, Proofs: []bonus.Proof{{Measure: "b", Days: bonus.Span{From: 2024_01_01, To: 2024_06_30}}}},
			{Group: "g", Measures: []string{"c"}, Stamp: 2, Wants: []string{"cost"}, Units: 1, Days: bonus.Span{From: 2024_02_02, To: 2024_02_02}, UpTo: true, Unbounded: true},
		},
	}
	var out bytes.Buffer
	w := NewWriter(&out)
	if err := errors.Join(w.Result("C1", d), w.Result("C2", bonus.Decision{Refusal: bonus.NoTrack}),
		w.Faults("C3", 3, finding.List{{Line: 3, Field: "year", Code: finding.NotDecided}}), w.Faults("", 4, nil)); err != nil {
		t.Fatal(err)
	}
	hash := strings.Repeat("0", 64)
	want := `{"id":"C1","track":"t","refusal":"late","stage1_fulfilled":false,"groups":{"g":{"fulfilled":true,"cents":1500,"reason":"ok"}},` +
		`"lines":[{"group":"g","measure":"a","cents":1500,"reason":"no_invoice"}],"total":0,"hypothetical_total":1500,"to_pay":-100,` +
		`"deadline":"2025-03-31","points_left":5,"entries":[],"missing":[` +
		`{"group":"g","measures":["b"],"units":1,"proofs":[{"measure":"b","from":"2024-01-01","to":"2024-06-30"}],"brings":1000,"together":1000},` +
		`{"group":"g","measures":["c"],"stamp":2,"wants":["cost"],"from":"2024-02-02","to":"2024-02-02","units":1,"brings":null,"up_to":true,"together":0}],` +
		`"complete_total":2500,"unused_stamps":[],"credit":{"to":"main_member","as":"transfer"},"period":{"from":"2024-01-01","to":"2024-12-31"},"programme_hash":"` + hash + `"}
{"id":"C2","track":null,"refusal":"no_track","stage1_fulfilled":false,"groups":{},"lines":[],"total":0,"hypothetical_total":0,"to_pay":0,` +
		`"deadline":null,"points_left":null,"entries":[],"missing":[],"complete_total":0,"unused_stamps":[],"credit":{"to":"self","as":""},"period":{"from":"","to":""},"programme_hash":"` + hash + `"}
{"id":"C3","line":3,"error":[{"field":"year","code":"not_decided"}]}
{"id":null,"line":4,"error":[]}
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}

// Whatever the line, it is read without a panic; a fault never repeats what
// stands in it; and what is read can be decided or is refused with a field.
func FuzzParse(f *testing.F) {
	text, err := os.ReadFile("../testdata/cases.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	seeds := 0
	for line := range bytes.Lines(text) {
		if seeds++; seeds%9 == 0 {
			f.Add(line)
		}
	}
	if seeds == 0 {
		f.Fatal("no seeds")
	}
	f.Add([]byte(whole))
	f.Add([]byte(`{"id":"ERIKA","programme":"ERIKA","year":2024,"person":{"born":"ERIKA"},"ERIKA":1}`))
	seed := bonus.Seed()
	f.Fuzz(func(t *testing.T, line []byte) {
		c := Parse("", 1, line)
		if len(c.Faults) > 0 {
			if strings.Contains(c.Faults.Error(), "ERIKA") {
				t.Errorf("a fault repeats the line: %v", c.Faults)
			}
			return
		}
		d, err := seed.Decide(c.Booklet)
		var faults finding.List
		if err != nil && !errors.As(err, &faults) {
			t.Fatalf("%v", err)
		}
		if err == nil && NewWriter(io.Discard).Result(c.ID, d) != nil {
			t.Error("a result that cannot be written")
		}
	})
}
