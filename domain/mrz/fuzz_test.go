package mrz

import (
	"slices"
	"strings"
	"testing"

	"schalter/domain/date"
	"schalter/domain/problem"
)

// secret lists the places whose content must not reach a result: the number, the
// optional data and the check digits over them.
func secret(f Format) []span {
	l := f.layout()
	return []span{l.number, l.numberCheck, l.overflow, l.optional, l.optionalCheck, l.compositeCheck}
}

// withoutSecrets is a zone with fillers in its secret places.
func withoutSecrets(z zone) []string {
	lines := slices.Clone(z.lines)
	for _, s := range secret(z.format) {
		l := lines[s.line]
		lines[s.line] = l[:s.from] + strings.Repeat("<", s.to-s.from) + l[s.to:]
	}
	return lines
}

// secretField reports whether a problem is about a secret place.
func secretField(p problem.Problem) bool {
	return p.Field == fieldNumber || p.Field == fieldOptional || p.Field == fieldComposite
}

// checkHidden states what "the number is not kept" means: whatever stands in the
// secret places, the result is the same but for the verdicts on them.
func checkHidden(t *testing.T, lines []string) {
	t.Helper()
	z, ok := fit(lines)
	if !ok {
		return
	}
	got, problems := Parse(lines, today)
	want, blank := Parse(withoutSecrets(z), today)
	got.Checks.DocumentNumber, got.Checks.Composite = Fails, Fails
	want.Checks.DocumentNumber, want.Checks.Composite = Fails, Fails
	if got != want {
		t.Errorf("%q: the result depends on the number: %+v, %+v", lines, got, want)
	}
	problems = slices.DeleteFunc(problems, secretField)
	if blank = slices.DeleteFunc(blank, secretField); !slices.Equal(problems, blank) {
		t.Errorf("%q: the problems depend on the number: %v, %v", lines, problems, blank)
	}
}

func FuzzParseText(f *testing.F) {
	for text := range specimens() {
		f.Add(text, uint32(today))
		f.Add(wedge(text, "\n", "", "<", ";"), uint32(today))
	}
	f.Add("]O1"+wrongComposite, uint32(0))
	f.Fuzz(func(t *testing.T, text string, day uint32) {
		d, problems := ParseText(text, date.Date(day))
		if Valid(problems) && (d.Checks.held() != allChecks || d.Surname == "" || d.BirthDate == 0 || d.ExpiryDate == 0 || d.Issuer == "") {
			t.Errorf("%q is valid: %+v", text, d)
		}
		if (d.Format == 0) != slices.Equal(problems, problem.New("mrz", problem.Length)) {
			t.Errorf("%q: %v, %v", text, d.Format, problems)
		}
		for _, s := range []string{d.Type, d.Issuer, d.Nationality, d.Surname, d.GivenNames} {
			if strings.Trim(s, upperCase+" ") != "" {
				t.Errorf("%q: a name or code is %q", text, s)
			}
		}
		lines, err := Split(text)
		if err != nil {
			return
		}
		checkHidden(t, lines)
		if again, err := Split(strings.Join(lines, "\n")); err != nil || !slices.Equal(again, lines) {
			t.Errorf("%q splits to %q and that to %q, %v", text, lines, again, err)
		}
	})
}

// Whatever is wrong with a specimen, its number stays hidden.
func TestParseHidesTheNumber(t *testing.T) {
	for text := range specimens() {
		for line, l := range split(text) {
			for place := range l {
				for _, c := range []string{"0", "Z", "<", "?"} {
					checkHidden(t, edit(text, line, place, c))
				}
			}
		}
	}
}

// Every single changed character of a checked field is noticed, except where the
// check digit cannot see it: values that are equal modulo 10.
func TestParseNoticesEveryChange(t *testing.T) {
	for text := range specimens() {
		z, ok := fit(split(text))
		if !ok {
			t.Fatalf("%.5s has no format", text)
		}
		for _, s := range z.composite {
			for place := s.from; place < s.to; place++ {
				for _, c := range "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<?" {
					checkNoticed(t, text, s.line, place, string(c))
				}
			}
		}
	}
}

func checkNoticed(t *testing.T, text string, line, place int, c string) {
	t.Helper()
	was := split(text)[line][place]
	equal := value(c[0]) >= 0 && (value(c[0])-value(was))%10 == 0
	lines := edit(text, line, place, c)
	d, problems := Parse(lines, today)
	if !equal && (d.Checks.held() == allChecks || Valid(problems)) {
		t.Errorf("%.5s: %q for %q at %d of line %d is not noticed", text, c, was, place, line)
	}
}
