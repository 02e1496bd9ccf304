package date_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"schalter/domain/date"
	"schalter/domain/problem"
)

// today is the day all typed dates below are judged on.
const today date.Date = 20261121

func TestParseTyped(t *testing.T) {
	for _, row := range []struct {
		why, in string
		want    []date.Date
	}{
		{"six digits", "140362", days(19620314)},
		{"eight digits", "14031962", days(19620314)},
		{"dots, short", "14.3.62", days(19620314)},
		{"dots, long", "14.03.1962", days(19620314)},
		{"ISO", "1962-03-14", days(19620314)},
		{"slashes", "14/3/62", days(19620314)},
		{"dashes in the German order", "14-03-1962", days(19620314)},
		{"the comma of the number pad", "14,3,62", days(19620314)},
		{"spaces", " 14 3 62 ", days(19620314)},
		{"dots and spaces, as in a letter", "14. 3. 1962", days(19620314)},

		{"a baby or somebody of 100: the younger first", "010126", days(20260101, 19260101)},
		{"tomorrow in this century is the future", "221126", days(19261122)},
		{"today is no future", "211126", days(20261121, 19261121)},
		{"a child or somebody of 107", "010119", days(20190101, 19190101)},
		{"twelve years are more plausible than 112", "010114", days(20140101, 19140101)},
		{"99 years are, the future is not", "010127", days(19270101)},
		{"119 years are possible", "010107", days(20070101, 19070101)},
		{"120 years and not a day more", "221105", days(20051122, 19051122)},
		{"121 years are not", "211105", days(20051121)},
		{"a leap day in both centuries", "290224", days(20240229, 19240229)},
		{"a leap day in one of both", "290200", days(20000229)},

		{"day unknown", "00.03.1962", days(19620300)},
		{"day and month unknown", "00001962", days(19620000)},
		{"unknown in ISO", "1962-00-00", days(19620000)},
		{"this year, day and month unknown, has begun", "00002026", days(20260000)},
	} {
		got, err := date.ParseTyped(row.in, today)
		if err != nil || !slices.Equal(got, row.want) {
			t.Errorf("%s: %q: got %v, %v, want %v", row.why, row.in, got, err, row.want)
		}
	}
}

func TestParseTypedRefuses(t *testing.T) {
	for _, row := range []struct {
		why, in string
		code    problem.Code
	}{
		{"nothing", "", problem.Format},
		{"separators alone", "..", problem.Format},
		{"seven digits", "1403196", problem.Format},
		{"no year", "14.3.", problem.Format},
		{"a year of three digits", "14.3.962", problem.Format},
		{"a day of three digits", "014.3.62", problem.Format},
		{"four groups", "1.4.3.62", problem.Format},
		{"more digits than any number holds", "14.3.99999999999999999999", problem.Format},
		{"a name", "Müller", problem.Alphabet},
		{"letters for unknown", "XX.03.1962", problem.Alphabet},
		{"digits of another script", "١٤.٣.٦٢", problem.Alphabet},
		{"no such day", "310462", problem.Date},
		{"a leap day that never was", "290223", problem.Date},
		{"the future", "22.11.2026", problem.Date},
		{"next month", "00.12.2026", problem.Date},
		{"the American order", "03/14/1962", problem.Date},
		{"too long ago", "14.03.1862", problem.Date},
		{"zeros are not a year", "000000", problem.Date},
		{"unknown parts want a year of four digits", "000362", problem.Date},
		{"a day of an unknown month", "14.00.1962", problem.Date},
	} {
		got, err := date.ParseTyped(row.in, today)
		if got != nil || !slices.Equal(problem.From(err), problem.New("date", row.code)) {
			t.Errorf("%s: %q: got %v, %v", row.why, row.in, got, err)
		}
	}
}

// Everyone alive can be typed in every form, and is among what it may mean.
func TestParseTypedFindsEveryBirthDateInEveryForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		born := today.AddDays(-rapid.IntRange(0, 120*365).Draw(t, "days ago"))
		y, m, d := born.Year(), born.Month(), born.Day()
		for _, typed := range []string{
			fmt.Sprintf("%02d%02d%02d", d, m, y%100), fmt.Sprintf("%02d%02d%04d", d, m, y),
			fmt.Sprintf("%d.%d.%02d", d, m, y%100), fmt.Sprintf("%02d.%02d.%04d", d, m, y),
			fmt.Sprintf("%d/%d/%02d", d, m, y%100), born.String(),
		} {
			got, err := date.ParseTyped(typed, today)
			if err != nil || !slices.Contains(got, born) {
				t.Fatalf("%s typed as %q: %v, %v", born, typed, got, err)
			}
		}
	})
}

func TestParseExpiry(t *testing.T) {
	for _, row := range []struct {
		why, in string
		want    date.Date
		month   bool
	}{
		{"month and year", "0829", 20290831, true},
		{"with a dot", "8.29", 20290831, true},
		{"with a slash", "08/29", 20290831, true},
		{"with a long year", "08.2029", 20290831, true},
		{"ISO month", "2029-08", 20290831, true},
		{"February of a leap year", "0228", 20280229, true},
		{"a day", "310829", 20290831, false},
		{"a day with a long year", "31082029", 20290831, false},
		{"dots", "31.08.2029", 20290831, false},
		{"short with dots", "5.8.29", 20290805, false},
		{"ISO day", "2029-08-31", 20290831, false},
		{"expired is no error", "0824", 20240831, true},
		{"last century", "1299", 19991231, true},
		{"fifty years ago", "1276", 19761231, true},
		{"forty-nine years ahead", "1275", 20751231, true},
	} {
		got, month, err := date.ParseExpiry(row.in, today)
		if err != nil || got != row.want || month != row.month {
			t.Errorf("%s: %q: got %s, month %t, %v", row.why, row.in, got, month, err)
		}
	}
}

func TestParseExpiryTurnsTheCentury(t *testing.T) {
	for _, row := range []struct {
		why   string
		today date.Date
		in    string
		want  date.Date
	}{
		{"at the end of a century, 05 lies ahead", 20980601, "0505", 21050531},
		{"at the end of a century, fifty years behind", 20980601, "0548", 20480531},
		{"at the start of one, 98 lies behind", 21050601, "0598", 20980531},
	} {
		if got, _, err := date.ParseExpiry(row.in, row.today); err != nil || got != row.want {
			t.Errorf("%s: got %s, %v", row.why, got, err)
		}
	}
}

func TestParseExpiryRefuses(t *testing.T) {
	for _, row := range []struct {
		why, in string
		code    problem.Code
	}{
		{"nothing", "", problem.Format},
		{"three digits", "829", problem.Format},
		{"five digits", "31829", problem.Format},
		{"four groups", "1.1.1.29", problem.Format},
		{"a year of three digits", "08.029", problem.Format},
		{"words", "unbegrenzt", problem.Alphabet},
		{"no such month", "1329", problem.Date},
		{"month unknown", "0029", problem.Date},
		{"month unknown, with a day", "310029", problem.Date},
		{"day unknown", "000829", problem.Date},
		{"no such day", "310629", problem.Date},
		{"a year nobody means", "31.08.2229", problem.Date},
		{"a year nobody can mean", "31.08.0029", problem.Date},
	} {
		got, month, err := date.ParseExpiry(row.in, today)
		if got != 0 || month || !slices.Equal(problem.From(err), problem.New("date", row.code)) {
			t.Errorf("%s: %q: got %s, month %t, %v", row.why, row.in, got, month, err)
		}
	}
}

func FuzzParseTyped(f *testing.F) {
	for _, s := range []string{"140362", "14031962", "14.3.62", "1962-03-14", "14/3/62", "010126", "00001962", "14,3,,62"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		candidates, err := date.ParseTyped(s, today)
		if (err == nil) != (len(candidates) > 0) || err != nil && len(problem.From(err)) != 1 {
			t.Fatalf("%v, %v", candidates, err)
		}
		for _, d := range candidates {
			if !d.Valid() || d.First() > today || d.Age(today) > 120 {
				t.Fatalf("%q may not mean %s", s, d)
			}
			typed := fmt.Sprintf("%02d%02d%04d", d.Day(), d.Month(), d.Year())
			again, err := date.ParseTyped(typed, today)
			if err != nil || !slices.Equal(again, days(d)) {
				t.Fatalf("%s typed in full: %v, %v", d, again, err)
			}
		}
	})
}

func FuzzParseExpiry(f *testing.F) {
	for _, s := range []string{"0829", "310829", "31082029", "08.2029", "2029-08", "2029-08-31", "0000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, month, err := date.ParseExpiry(s, today)
		if err != nil {
			if d != 0 || month || len(problem.From(err)) != 1 {
				t.Fatalf("%s, %t, %v", d, month, err)
			}
			return
		}
		if !d.Complete() || month && d.AddDays(1).Day() != 1 {
			t.Fatalf("%q: %s, month %t", s, d, month)
		}
		if again, _, err := date.ParseExpiry(d.String(), today); err != nil || again != d {
			t.Fatalf("%s in full: %s, %v", d, again, err)
		}
	})
}

func ExampleParseTyped() {
	for _, d := range must(date.ParseTyped("010126", 20261121)) {
		fmt.Println(d)
	}
	// Output:
	// 2026-01-01
	// 1926-01-01
}

func days(d ...date.Date) []date.Date { return d }

func must(d []date.Date, err error) []date.Date {
	if err != nil {
		panic(err)
	}
	return d
}
