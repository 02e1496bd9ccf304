package words

import (
	"testing"
	"time"

	"schalter/domain/date"
)

func TestFormats(t *testing.T) {
	at := time.Date(2027, 3, 1, 14, 2, 11, 0, time.UTC)
	day := date.Of(at)
	noDay, err := date.New(1962, 3, 0)
	if err != nil {
		t.Fatal(err)
	}
	noMonth, err := date.New(1962, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	de, en := For(German), For(English)
	for _, row := range []struct{ why, got, want string }{
		{"date", de.Date(day), "01.03.2027"},
		{"date, English", en.Date(day), "01 Mar 2027"},
		{"unknown day", de.Date(noDay), "••.03.1962"},
		{"unknown day, English", en.Date(noDay), "•• Mar 1962"},
		{"unknown month", de.Date(noMonth), "••.••.1962"},
		{"unknown month, English", en.Date(noMonth), "•• •• 1962"},
		{"no date", de.Date(0), "–"},
		{"masked year", de.DayMonth(day), "01.03.••••"},
		{"masked year, English", en.DayMonth(day), "01 Mar ••••"},
		{"masked year of no date", de.DayMonth(0), "–"},
		{"title line", de.Now(at), "Mo 01.03.2027 14:02"},
		{"title line, English", en.Now(at), "Mon 01 Mar 2027 14:02"},
		{"seconds", de.Clock(at), "14:02:11"},
		{"small number", de.Number(999), "999"},
		{"thousands", de.Number(1234567), "1.234.567"},
		{"thousands, English", en.Number(1234567), "1,234,567"},
		{"negative", de.Number(-1234), "-1.234"},
		{"minus hundred needs no group", de.Number(-100), "-100"},
		{"money", de.Money(123450), "1.234,50\u00a0€"},
		{"money, English", en.Money(123450), "€1,234.50"},
		{"cents below one euro", de.Money(5), "0,05\u00a0€"},
		{"negative money", en.Money(-5), "-€0.05"},
		{"countdown", de.Countdown(102 * time.Second), "1:42"},
		{"the last moment is not over", de.Countdown(time.Millisecond), "0:01"},
		{"over", de.Countdown(0), "0:00"},
		{"long over", de.Countdown(-time.Hour), "0:00"},
		{"hours", de.Countdown(time.Hour + 62*time.Second), "1:01:02"},
		{"validity of a code", de.Span(72 * time.Hour), "72\u00a0Stunden"},
		{"a week", en.Span(7 * 24 * time.Hour), "7\u00a0days"},
		{"one", de.Span(time.Hour), "1\u00a0Stunde"},
		{"two units", de.Span(90 * time.Minute), "1\u00a0Stunde 30\u00a0Minuten"},
		{"not three units", de.Span(time.Hour + time.Minute + time.Second), "1\u00a0Stunde 1\u00a0Minute"},
		{"nothing", de.Span(0), "0\u00a0Sekunden"},
	} {
		if row.got != row.want {
			t.Errorf("%s: got %q, want %q", row.why, row.got, row.want)
		}
	}
}

func TestLanguage(t *testing.T) {
	for _, row := range []struct {
		why  string
		in   string
		want Language
		ok   bool
	}{
		{"code", "de", German, true},
		{"locale", "en_GB.UTF-8", English, true},
		{"BCP 47", "de-AT", German, true},
		{"modifier", "de@euro", German, true},
		{"capitals", "EN", English, true},
		{"no language of ours", "fr_FR.UTF-8", German, false},
		{"no language at all", "C.UTF-8", German, false},
		{"not English", "eng", German, false},
		{"empty", "", German, false},
	} {
		if got, ok := ParseLanguage(row.in); got != row.want || ok != row.ok {
			t.Errorf("%s: ParseLanguage(%q) = %v, %v", row.why, row.in, got, ok)
		}
	}
	for _, row := range []struct {
		why                     string
		lcAll, lcMessages, lang string
		want                    Language
	}{
		{"LC_ALL wins", "en_US", "de_DE", "de_DE", English},
		{"then LC_MESSAGES", "", "en_US", "de_DE", English},
		{"then LANG", "", "", "en_US", English},
		{"LC_ALL=C decides, too", "C", "en_US", "en_US", German},
		{"nothing set", "", "", "", German},
	} {
		if got := Detect(row.lcAll, row.lcMessages, row.lang); got != row.want {
			t.Errorf("%s: got %v", row.why, got)
		}
	}
	if German.Next() != English || English.Next() != German {
		t.Error("the language key does not go round")
	}
}
