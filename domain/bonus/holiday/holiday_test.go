package holiday

import (
	"testing"

	"schalter/domain/date"
)

func day(t *testing.T, iso string) date.Date {
	t.Helper()
	d, err := date.Parse(iso)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestEasterSunday(t *testing.T) {
	// Dates of the Physikalisch-Technische Bundesanstalt, with the earliest, the
	// latest and the two exceptions of Gauss's formula (1954, 1981).
	for _, iso := range []string{
		"1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "2016-03-27", "2018-04-01", "2019-04-21",
		"2024-03-31", "2025-04-20", "2027-03-28", "2029-04-01", "2030-04-21", "2038-04-25",
	} {
		want := day(t, iso)
		if got := easterSunday(want.Year()); got != want {
			t.Errorf("Easter of %d: got %v, want %v", want.Year(), got, want)
		}
	}
}

func TestNextWorkingDay(t *testing.T) {
	for _, row := range []struct {
		reason   string
		in       Calendar
		day, end string
	}{
		{"Easter: Saturday, Sunday, Monday", Bavaria, "2018-03-31", "2018-04-03"},
		{"a Sunday", Bavaria, "2019-03-31", "2019-04-01"},
		{"Easter Sunday", Bavaria, "2024-03-31", "2024-04-02"},
		{"Saturday before Easter", Bavaria, "2029-03-31", "2029-04-03"},
		{"a Sunday far from Easter", Bavaria, "2030-03-31", "2030-04-01"},
		{"a Monday stays", Bavaria, "2025-03-31", "2025-03-31"},
		{"Good Friday and what follows", Germany, "2027-03-26", "2027-03-30"},
		{"the last day of the year is a working day", Germany, "2025-12-31", "2025-12-31"},
		{"New Year's Day on a Friday", Germany, "2027-01-01", "2027-01-04"},
		{"Epiphany in Bavaria", Bavaria, "2025-01-06", "2025-01-07"},
		{"no Epiphany in Hesse", Hesse, "2025-01-06", "2025-01-06"},
		{"Ascension Day", Germany, "2025-05-29", "2025-05-30"},
		{"Whit Monday", Germany, "2025-06-09", "2025-06-10"},
		{"Corpus Christi in Hesse", Hesse, "2025-06-19", "2025-06-20"},
		{"no Corpus Christi in Berlin", Berlin, "2025-06-19", "2025-06-19"},
		{"German Unity on a Friday", Germany, "2025-10-03", "2025-10-06"},
		{"Reformation Day 2017 everywhere, and All Saints' Day", Bavaria, "2017-10-31", "2017-11-02"},
		{"Reformation Day in Bavaria in other years", Bavaria, "2018-10-31", "2018-10-31"},
		{"Reformation Day in Hamburg since 2018", Hamburg, "2018-10-31", "2018-11-01"},
		{"not before", Hamburg, "2016-10-31", "2016-10-31"},
		{"Reformation Day in Saxony", Saxony, "2016-10-31", "2016-11-01"},
		{"Day of Repentance in Saxony", Saxony, "2024-11-20", "2024-11-21"},
		{"and nowhere else", Thuringia, "2024-11-20", "2024-11-20"},
		{"Assumption Day in Saarland", Saarland, "2025-08-15", "2025-08-18"},
		{"Children's Day in Thuringia", Thuringia, "2024-09-20", "2024-09-23"},
		{"Women's Day in Berlin", Berlin, "2019-03-08", "2019-03-11"},
		{"not before 2019", Berlin, "2018-03-08", "2018-03-08"},
		{"Women's Day in Mecklenburg since 2023", Mecklenburg, "2023-03-08", "2023-03-09"},
		{"Liberation Day 2025 in Berlin, once", Berlin, "2025-05-08", "2025-05-09"},
		{"Liberation Day not in 2024", Berlin, "2024-05-08", "2024-05-08"},
		{"Christmas on Thursday and Friday", Germany, "2025-12-25", "2025-12-29"},
	} {
		if got := row.in.NextWorkingDay(day(t, row.day)); got != day(t, row.end) {
			t.Errorf("%s: %s %s: got %v, want %s", row.reason, row.in, row.day, got, row.end)
		}
	}
}

// The number of holidays that each state's law counts in 2026, Sundays that are
// holidays by name left out.
func TestHolidaysOfAYear(t *testing.T) {
	want := map[Calendar]int{
		Germany: 9, BadenWuerttemberg: 12, Bavaria: 13, Berlin: 10, Brandenburg: 10, Bremen: 10, Hamburg: 10,
		Hesse: 10, Mecklenburg: 11, LowerSaxony: 10, NorthRhine: 11, RhinelandPalatinate: 11, Saarland: 12,
		Saxony: 11, SaxonyAnhalt: 11, SchleswigHolstein: 10, Thuringia: 11,
	}
	for _, c := range Calendars() {
		n := 0
		for d := day(t, "2026-01-01"); d.Year() == 2026; d = d.AddDays(1) {
			if c.Holiday(d) {
				n++
			}
		}
		if n != want[c] {
			t.Errorf("%s: %d holidays, want %d", c, n, want[c])
		}
	}
}

func BenchmarkNextWorkingDay(b *testing.B) {
	for b.Loop() {
		Bavaria.NextWorkingDay(2025_03_31)
	}
}
