package name

import (
	"bytes"
	"testing"
)

// The rows are in order; the position is the expected result for every pair.
func TestSorterOrder(t *testing.T) {
	rows := []struct{ surname, given, reason string }{
		{"Adler", "Zoe", "surname first"},
		{"Ärmel", "Anna", "ä as ae: after Ad, before Af"},
		{"Affe", "Anna", ""},
		{"Maß", "Anna", "ß as ss"},
		{"Mass", "Berta", "same run as Maß, by given name"},
		{"Mehl", "Zoe", "a shorter surname first"},
		{"Mehlmann", "Anna", ""},
		{"Muehle", "Anna", ""},
		{"Mühle", "Berta", "same run as Muehle"},
		{"Mueller", "Anna", ""},
		{"Müller", "Berta", "Müller and Mueller form one run"},
		{"Mueller", "Clara", ""},
		{"Müller", "Özlem", "ö as oe in given names too"},
		{"Mueller", "Otto", ""},
		{"Müllner", "Anna", ""},
		{"Muller", "Anna", "without the umlaut it is u"},
		{"von Berg", "Anna", "a particle sorts where it is written"},
		{"Zoll", "Anna", ""},
	}
	s := NewSorter()
	for i, a := range rows {
		for j, b := range rows {
			got := bytes.Compare(s.Key(a.surname, a.given), s.Key(b.surname, b.given))
			if want := sign(i - j); got != want {
				t.Errorf("%s %s against %s %s: %d, want %d (%s)", a.surname, a.given, b.surname, b.given, got, want, b.reason)
			}
		}
	}
}

func TestSorterBreaksTies(t *testing.T) {
	s := NewSorter()
	if bytes.Equal(s.Key("Müller", "Anna"), s.Key("Mueller", "Anna")) {
		t.Error("different spellings have one key: their order would be chance")
	}
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}
