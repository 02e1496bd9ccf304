package date_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"schalter/domain/date"
	"schalter/domain/problem"
)

func TestNew(t *testing.T) {
	for _, row := range []struct {
		why              string
		year, month, day int
		want             date.Date // 0 for refused
	}{
		{"a day", 1962, 3, 14, 19620314},
		{"day unknown", 1962, 3, 0, 19620300},
		{"day and month unknown", 1962, 0, 0, 19620000},
		{"a leap day", 2024, 2, 29, 20240229},
		{"a leap day of a century divisible by 400", 2000, 2, 29, 20000229},
		{"no leap day in a common year", 2023, 2, 29, 0},
		{"no leap day in 1900", 1900, 2, 29, 0},
		{"April has 30 days", 2024, 4, 31, 0},
		{"a day of an unknown month", 1962, 0, 14, 0},
		{"no thirteenth month", 1962, 13, 1, 0},
		{"no day 32", 1962, 1, 32, 0},
		{"no negative month", 1962, -1, 1, 0},
		{"no negative day", 1962, 1, -1, 0},
		{"no year 0", 0, 1, 1, 0},
		{"the first year", 1, 1, 1, 10101},
		{"the last day", 9999, 12, 31, 99991231},
		{"five digits of a year do not fit", 10000, 1, 1, 0},
	} {
		got, err := date.New(row.year, row.month, row.day)
		if got != row.want {
			t.Errorf("%s: got %d, want %d", row.why, got, row.want)
		}
		if refused := row.want == 0; refused != slices.Equal(problem.From(err), problem.New("date", problem.Date)) {
			t.Errorf("%s: error %v", row.why, err)
		}
	}
}

func TestParse(t *testing.T) {
	for _, row := range []struct {
		why, in string
		want    date.Date
		code    problem.Code
	}{
		{"a day", "1962-03-14", 19620314, ""},
		{"day unknown", "1962-05-00", 19620500, ""},
		{"day and month unknown", "1962-00-00", 19620000, ""},
		{"an early year keeps its zeros", "0033-04-03", 330403, ""},
		{"nothing is no date here", "", 0, problem.Format},
		{"basic format", "19620314", 0, problem.Format},
		{"the German order", "14.03.1962", 0, problem.Format},
		{"no leading zeros", "1962-3-14", 0, problem.Format},
		{"time of day", "1962-03-14T00:00", 0, problem.Format},
		{"a sign", "1962-+3-14", 0, problem.Format},
		{"letters", "1962-xx-14", 0, problem.Format},
		{"digits of another script", "١962-03-14", 0, problem.Format},
		{"no such day", "2023-02-29", 0, problem.Date},
		{"no such month", "2023-13-01", 0, problem.Date},
		{"no year", "0000-00-00", 0, problem.Date},
		{"a day without month", "1962-00-14", 0, problem.Date},
	} {
		got, err := date.Parse(row.in)
		if got != row.want {
			t.Errorf("%s: got %d, want %d", row.why, got, row.want)
		}
		if list := problem.From(err); row.code != "" && !list.Has(row.code) || row.code == "" && err != nil {
			t.Errorf("%s: error %v, want %q", row.why, err, row.code)
		}
	}
}

func TestOfUsesTheLocationOfTheTime(t *testing.T) {
	instant := time.Date(2026, 11, 21, 23, 30, 0, 0, time.UTC)
	berlin := time.FixedZone("Berlin", 60*60)
	for _, row := range []struct {
		why  string
		in   time.Time
		want date.Date
	}{
		{"in UTC", instant, 20261121},
		{"an hour east it is tomorrow", instant.In(berlin), 20261122},
		{"the zero time is no date", time.Time{}, 0},
		{"a year beyond the range is no date", time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), 0},
		{"a year before the range is no date", time.Date(0, 1, 1, 0, 0, 0, 0, time.UTC), 0},
	} {
		if got := date.Of(row.in); got != row.want {
			t.Errorf("%s: got %d, want %d", row.why, got, row.want)
		}
	}
}

func TestParts(t *testing.T) {
	for _, row := range []struct {
		why                  string
		in                   date.Date
		year, month, day     int
		text                 string
		zero, valid, comp    bool
		firstDay, lastPossib date.Date
	}{
		{"a day", 19620314, 1962, 3, 14, "1962-03-14", false, true, true, 19620314, 19620314},
		{"day unknown, leap year", 20240200, 2024, 2, 0, "2024-02-00", false, true, false, 20240201, 20240229},
		{"day unknown, common year", 20230200, 2023, 2, 0, "2023-02-00", false, true, false, 20230201, 20230228},
		{"day unknown, December", 19621200, 1962, 12, 0, "1962-12-00", false, true, false, 19621201, 19621231},
		{"month unknown", 19620000, 1962, 0, 0, "1962-00-00", false, true, false, 19620101, 19621231},
		{"no date", 0, 0, 0, 0, "", true, false, false, 0, 0},
	} {
		d := row.in
		if d.Year() != row.year || d.Month() != row.month || d.Day() != row.day {
			t.Errorf("%s: parts %d %d %d", row.why, d.Year(), d.Month(), d.Day())
		}
		if d.String() != row.text || d.IsZero() != row.zero || d.Valid() != row.valid || d.Complete() != row.comp {
			t.Errorf("%s: %q zero %t valid %t complete %t", row.why, d, d.IsZero(), d.Valid(), d.Complete())
		}
		if d.First() != row.firstDay || d.Last() != row.lastPossib {
			t.Errorf("%s: from %s to %s", row.why, d.First(), d.Last())
		}
	}
	for _, d := range []date.Date{1, 19621314, 19620230, 19620014, 100000101} {
		if d.Valid() || d.Complete() {
			t.Errorf("%d is valid", d)
		}
	}
}

func TestDatesOrderLikeIntegers(t *testing.T) {
	order := []date.Date{0, 19611231, 19620000, 19620101, 19620300, 19620301, 19620314, 19620401}
	if !slices.IsSorted(order) {
		t.Error("the order of days is not the order of integers")
	}
}

func TestAddDays(t *testing.T) {
	for _, row := range []struct {
		why  string
		from date.Date
		n    int
		want date.Date
	}{
		{"over the end of a year", 20251231, 1, 20260101},
		{"back over a leap day", 20240301, -1, 20240229},
		{"nothing", 20240301, 0, 20240301},
		{"a month counts from its last day", 20240200, 1, 20240301},
		{"no date stays none", 0, 5, 0},
		{"the calendar ends", 99991231, 1, 99991231},
		{"the calendar begins", 10101, -1, 10101},
		{"a number beyond all days", 20240301, int(^uint(0) >> 1), 99991231},
		{"the same backwards", 20240301, -int(^uint(0)>>1) - 1, 10101},
	} {
		if got := row.from.AddDays(row.n); got != row.want {
			t.Errorf("%s: got %s, want %s", row.why, got, row.want)
		}
	}
}

func TestDaysUntil(t *testing.T) {
	for _, row := range []struct {
		why      string
		from, to date.Date
		want     int
	}{
		{"tomorrow", 20251231, 20260101, 1},
		{"yesterday", 20260101, 20251231, -1},
		{"over a leap year", 20240101, 20250101, 366},
		{"a month ends with its last day", 20260815, 20260800, 16},
		{"without a date there is no distance", 0, 20260101, 0},
		{"nor without the other", 20260101, 0, 0},
	} {
		if got := row.from.DaysUntil(row.to); got != row.want {
			t.Errorf("%s: got %d, want %d", row.why, got, row.want)
		}
	}
}

func TestDaysThereAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := anyDay(t)
		n := rapid.IntRange(-40000, 40000).Draw(t, "days")
		to := from.AddDays(n)
		if !to.Complete() {
			t.Fatalf("%s + %d = %s is no day", from, n, to)
		}
		if got := from.DaysUntil(to); got != n {
			t.Fatalf("%s + %d = %s, %d days away", from, n, to, got)
		}
	})
}

func TestAge(t *testing.T) {
	for _, row := range []struct {
		why      string
		born, on date.Date
		want     int
	}{
		{"on the day of birth", 20100601, 20100601, 0},
		{"the day before the fifteenth birthday", 20111122, 20261121, 14},
		{"on the fifteenth birthday", 20111121, 20261121, 15},
		{"born on a leap day, 28 February of a common year", 20080229, 20230228, 14},
		{"born on a leap day, 1 March of a common year", 20080229, 20230301, 15},
		{"born on a leap day, on a leap day", 20080229, 20240229, 16},
		{"unknown day: not before the month is over", 20111100, 20261129, 14},
		{"unknown day: from the last day on", 20111100, 20261130, 15},
		{"unknown month: not before the year is over", 20110000, 20261230, 14},
		{"unknown month: from the last day on", 20110000, 20261231, 15},
		{"on an unknown day: its first", 20111121, 20261100, 14},
		{"not yet born", 20261122, 20261121, -1},
		{"not born for years", 20300101, 20261121, -1},
		{"no birth date", 0, 20261121, -1},
		{"no day", 20111121, 0, -1},
	} {
		if got := row.born.Age(row.on); got != row.want {
			t.Errorf("%s: got %d, want %d", row.why, got, row.want)
		}
	}
}

func TestMatchesAndConfirms(t *testing.T) {
	for _, row := range []struct {
		why               string
		seen, record      date.Date
		matches, confirms bool
	}{
		{"the same day", 19620314, 19620314, true, true},
		{"another day", 19620315, 19620314, false, false},
		{"another month", 19620414, 19620314, false, false},
		{"another year", 19610314, 19620314, false, false},
		{"the record knows no day", 19620314, 19620300, true, true},
		{"the record knows no day, another month", 19620414, 19620300, false, false},
		{"the record knows the year only", 19620314, 19620000, true, true},
		{"a document without day proves no day", 19620300, 19620314, true, false},
		{"a document without month proves no day", 19620000, 19620314, true, false},
		{"a document without month proves no month", 19620000, 19620300, true, false},
		{"both know the month only", 19620300, 19620300, true, true},
		{"both know the year only", 19620000, 19620000, true, true},
		{"no date on record", 19620314, 0, false, false},
		{"no date seen", 0, 19620314, false, false},
		{"no date at all", 0, 0, false, false},
	} {
		if got := row.seen.Matches(row.record); got != row.matches {
			t.Errorf("%s: matches %t", row.why, got)
		}
		if got := row.record.Matches(row.seen); got != row.matches {
			t.Errorf("%s: matching depends on the side", row.why)
		}
		if got := row.seen.Confirms(row.record); got != row.confirms {
			t.Errorf("%s: confirms %t", row.why, got)
		}
	}
}

func TestTextForm(t *testing.T) {
	type record struct {
		Born date.Date `json:"born"`
	}
	for _, row := range []struct {
		why, json string
		born      date.Date
	}{
		{"a day", `{"born":"1962-03-14"}`, 19620314},
		{"unknown parts", `{"born":"1962-00-00"}`, 19620000},
		{"no date", `{"born":""}`, 0},
	} {
		text, err := json.Marshal(record{row.born})
		if err != nil || string(text) != row.json {
			t.Errorf("%s: got %s, %v", row.why, text, err)
		}
		back := record{Born: 20000101}
		if err := json.Unmarshal([]byte(row.json), &back); err != nil || back.Born != row.born {
			t.Errorf("%s: back as %d, %v", row.why, back.Born, err)
		}
	}
	if _, err := date.Date(19621399).MarshalText(); !problem.From(err).Has(problem.Date) {
		t.Errorf("a day that does not exist was written: %v", err)
	}
	kept := date.Date(20000101)
	if err := kept.UnmarshalText([]byte("1962-13-99")); err == nil || kept != 20000101 {
		t.Errorf("a wrong text changed the date to %d, %v", kept, err)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"1962-03-14", "1962-05-00", "1962-00-00", "2024-02-29", "2023-02-29", "", "0000-00-00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := date.Parse(s)
		if err != nil {
			if len(problem.From(err)) == 0 || d != 0 {
				t.Fatalf("refused with %d, %v", d, err)
			}
			return
		}
		if !d.Valid() || d.String() != s {
			t.Fatalf("%d: valid %t, text %q, was %q", d, d.Valid(), d, s)
		}
		if d.First() > d.Last() || !d.First().Complete() || !d.Last().Complete() {
			t.Fatalf("%s: from %s to %s", d, d.First(), d.Last())
		}
		for i := range len(s) {
			for c := byte(0); c < 0x80; c++ {
				other, err := date.Parse(s[:i] + string(rune(c)) + s[i+1:])
				if c != s[i] && err == nil && other == d {
					t.Fatalf("%q: %c at %d changes nothing", s, c, i)
				}
			}
		}
	})
}

func ExampleDate_Age() {
	born, _ := date.Parse("2011-11-22")
	fmt.Println(born.Age(20261121), born.Age(20261122))
	// Output: 14 15
}

// anyDay draws a complete day of a person's life.
func anyDay(t *rapid.T) date.Date {
	return date.Date(19000101).AddDays(rapid.IntRange(0, 73000).Draw(t, "day"))
}
