package bonus

import (
	"testing"

	"schalter/domain/date"
)

func parse8601(t *testing.T, iso string) date.Date {
	t.Helper()
	d, err := date.Parse(iso)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The windows of the Kinder-Richtlinie § 2 and of the J1, counted by hand for
// one child, with the days on which the exams fall due.
func TestLegalExams(t *testing.T) {
	series, ok := Seed().Measure("u_unters")
	if !ok || len(series.Exams) != 11 {
		t.Fatal("ten exams U1 to U9 with U7a, and J1")
	}
	const born = date.Date(2019_08_20)
	for _, row := range []struct {
		exam, says            string
		regular, until        string
		tolerated, at, latest string
	}{
		{"U1", "right after birth; tolerance ours (A34)", "2019-08-20", "2019-08-20", "2019-08-20", "2019-08-22", "2019-08-22"},
		{"U2", "day 3-10 (3-14)", "2019-08-22", "2019-08-29", "2019-08-22", "2019-09-02", "2019-09-02"},
		{"U3", "week 4-5 (3-8)", "2019-09-10", "2019-09-23", "2019-09-03", "2019-10-14", "2019-10-14"},
		{"U4", "month 3-4 (2-4 1/2)", "2019-10-20", "2019-12-19", "2019-09-20", "2020-01-03", "2020-01-03"},
		{"U5", "6-7 (5-8)", "2020-01-20", "2020-03-19", "2019-12-20", "2020-04-19", "2020-04-19"},
		{"U6", "10-12 (9-14)", "2020-05-20", "2020-08-19", "2020-04-20", "2020-10-19", "2020-10-19"},
		{"U7", "21-24 (20-27)", "2021-04-20", "2021-08-19", "2021-03-20", "2021-11-19", "2021-11-19"},
		{"U7a", "34-36 (33-38)", "2022-05-20", "2022-08-19", "2022-04-20", "2022-10-19", "2022-10-19"},
		{"U8", "46-48 (43-50)", "2023-05-20", "2023-08-19", "2023-02-20", "2023-10-19", "2023-10-19"},
		{"U9", "60-64 (58-66)", "2024-07-20", "2024-12-19", "2024-05-20", "2025-02-19", "2025-02-19"},
		{"J1", "14th year, plus 12 months before and after; due by the 14th birthday (A16)", "2032-08-20", "2033-08-19", "2031-08-20", "2034-08-19", "2033-08-19"},
	} {
		e, ok := series.exam(row.exam)
		if !ok {
			t.Errorf("no %s", row.exam)
			continue
		}
		check := func(what string, got date.Date, want string) {
			t.Helper()
			if got != parse8601(t, want) {
				t.Errorf("%s (%s): %s: got %v, want %s", row.exam, row.says, what, got, want)
			}
		}
		check("regular from", e.Regular.of(born).From, row.regular)
		check("regular to", e.Regular.of(born).To, row.until)
		check("tolerance from", e.Tolerance.of(born).From, row.tolerated)
		check("tolerance to", e.Tolerance.of(born).To, row.at)
		check("due", e.due(born), row.latest)
	}
}

// Rule 1: months of life where the month has no such day.
func TestMonthsOfLife(t *testing.T) {
	for _, row := range []struct {
		reason, born string
		month        int
		from, to     string
	}{
		{"no 31 April: the 43rd month begins on 1 May", "2020-10-31", 43, "2024-05-01", "2024-05-30"},
		{"no 31 June", "2020-05-31", 2, "2020-07-01", "2020-07-30"},
		{"no 30 February", "2021-12-30", 3, "2022-03-01", "2022-03-29"},
		{"29 February of a leap year", "2023-12-29", 3, "2024-02-29", "2024-03-28"},
		{"born on 29 February: the 13th month", "2024-02-29", 13, "2025-03-01", "2025-03-28"},
		{"over the end of a year", "2023-11-15", 3, "2024-01-15", "2024-02-14"},
	} {
		got := Window{InMonths, 2 * row.month, 2 * row.month}.of(parse8601(t, row.born))
		if got.From != parse8601(t, row.from) || got.To != parse8601(t, row.to) {
			t.Errorf("%s: got %v to %v, want %s to %s", row.reason, got.From, got.To, row.from, row.to)
		}
	}
}

// Days that package date counts by the standard library's calendar.
func TestCalendar(t *testing.T) {
	for d := date.Date(1896_01_01); d < 2105_01_01; d = d.AddDays(1) {
		if got := civil(serial(d)); got != d {
			t.Fatalf("%v comes back as %v", d, got)
		}
		if !complete(d) || complete(ymd(d.Year(), d.Month(), lengthOf(d.Year(), d.Month())+1)) {
			t.Fatalf("%v: which days its month has", d)
		}
	}
	for _, n := range []int{-800, -31, -1, 0, 1, 27, 28, 29, 365, 366, 1461, 36525} {
		for d := date.Date(2019_12_25); d < 2021_01_10; d = d.AddDays(1) {
			if got, want := addDays(d, n), d.AddDays(n); got != want {
				t.Fatalf("%v and %d days: got %v, want %v", d, n, got, want)
			}
		}
	}
	for years := range 30 {
		for d := date.Date(2000_01_01); d < 2001_01_01; d = d.AddDays(1) {
			birthday := addMonths(d, 12*years)
			if d.Age(birthday) != years || years > 0 && d.Age(addDays(birthday, -1)) != years-1 {
				t.Fatalf("%v: the birthday %d is not %v", d, years, birthday)
			}
		}
	}
}

func TestConvert(t *testing.T) {
	for _, row := range []struct {
		reason       string
		cents        Cents
		points       Points
		rate, factor Ratio
		want         Cents
	}{
		{"nothing changes", 1234, 0, one(), one(), 1234},
		{"a point is a cent", 0, 1234, one(), one(), 1234},
		{"half a cent up", 0, 1, Ratio{1, 2}, one(), 1},
		{"less than half a cent down", 0, 1, Ratio{49, 100}, one(), 0},
		{"rounded once: 2 x 4.5 is 9, not 10", 0, 9, Ratio{1, 2}, Ratio{2, 1}, 9},
		{"both parts, then the factor", 100, 50, Ratio{2, 1}, Ratio{3, 2}, 300},
		{"the largest amounts there can be", maxGroups * maxStamps * maxCents, maxGroups * maxStamps * maxPoints, Ratio{maxRatio, 1}, Ratio{maxRatio, 100}, 320032000000000000},
	} {
		if got := convert(row.cents, row.points, row.rate, row.factor); got != row.want {
			t.Errorf("%s: got %d, want %d", row.reason, got, row.want)
		}
	}
}

// Every code has a text form of its own.
func TestReasons(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Codes() {
		s := Reason{Code: c, Token: "invoice"}.String()
		if s == "" || seen[s] {
			t.Errorf("%q is no name of its own", s)
		}
		seen[s] = true
	}
	for _, row := range []struct {
		reason Reason
		want   string
	}{
		{Reason{Code: NoEvidence, Token: "invoice"}, "no_invoice"},
		{Reason{Code: NotRequired, Cause: CauseInterval}, "not_required:interval"},
		{missing("", Reason{}), "missing"},
		{missing("", Reason{Code: NoEvidence, Token: "stamp"}), "missing:no_stamp"},
		{missing("U4", Reason{Code: Missing}), "missing:U4:missing"},
		{missing("U4", Reason{Code: OutsideWindow}), "missing:U4:outside_window"},
	} {
		if got := row.reason.String(); got != row.want {
			t.Errorf("got %q, want %q", got, row.want)
		}
	}
}
