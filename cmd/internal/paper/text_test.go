package paper

import (
	"strings"
	"testing"
	"unicode"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/exp/golden"
	"pgregory.net/rapid"
)

func mustText(t *testing.T, s Slip) string {
	t.Helper()
	data, err := Text(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestText(t *testing.T) {
	for _, l := range AllLanguages() {
		t.Run(string(l), func(t *testing.T) { golden.RequireEqual(t, mustText(t, sample(l))) })
		t.Run(string(l)+"-practice", func(t *testing.T) { golden.RequireEqual(t, mustText(t, practice(sample(l)))) })
	}
}

// Whatever settings hold, the slip stays within the paper and drives no printer.
func TestTextHolds(t *testing.T) {
	field := rapid.OneOf(
		rapid.String(),
		rapid.StringOfN(rapid.RuneFrom([]rune("ÄW-. \u00a0\u202e\x1b\x00漢é\u0301[m")), 0, 200, -1),
	)
	rapid.Check(t, func(rt *rapid.T) {
		s := sample(rapid.SampledFrom(AllLanguages()).Draw(rt, "language"))
		s.Practice = rapid.Bool().Draw(rt, "practice")
		for _, f := range []*string{&s.Insurer, &s.Branch, &s.BranchPhone, &s.Purpose, &s.Mark} {
			*f = field.Draw(rt, "field")
		}
		s.Holder = NewHolder(field.Draw(rt, "name"), field.Draw(rt, "kvnr"))
		text := mustText(t, s)
		for line := range strings.Lines(text) {
			if w := ansi.StringWidth(strings.TrimSuffix(line, "\n")); w > Columns {
				rt.Errorf("%d columns: %q", w, line)
			}
		}
		for _, r := range text {
			if r != '\n' && !unicode.IsPrint(r) {
				rt.Errorf("%q gets to the printer", r)
			}
		}
		if n := strings.Count(text, "K7QH9-WXZ3M-PTR2W"); n != 1 {
			rt.Errorf("the code stands there %d times", n)
		}
	})
}

func TestTextOfWideWordsWraps(t *testing.T) {
	for line := range strings.Lines(mustText(t, crowded(German))) {
		if w := ansi.StringWidth(strings.TrimSuffix(line, "\n")); w > Columns {
			t.Errorf("%d columns: %q", w, line)
		}
	}
}

func TestSlipLeavesOutWhatIsNotSet(t *testing.T) {
	s := sample(German)
	s.Insurer, s.Branch, s.BranchPhone, s.Purpose, s.Mark, s.Holder = "", "", "", "", "", Holder{}
	for form, text := range map[string]string{"text": mustText(t, s), "PDF": readPDF(t, mustPDF(t, s)).text()} {
		for _, unwanted := range []string{"Zweck", "für \n", "Telefon:", "Prüfmarke", "\n\n\n", "%!"} {
			if strings.Contains(text, unwanted) {
				t.Errorf("%q stands on the %s:\n%s", unwanted, form, text)
			}
		}
		if !strings.HasPrefix(strings.ToLower(text), "aktivierungscode") || !strings.Contains(strings.Join(strings.Fields(text), " "), "einer Geschäftsstelle sperren") {
			t.Errorf("a bare slip as %s says:\n%s", form, text)
		}
	}
	s.Insurer = "Muster BKK"
	if text := mustText(t, s); !strings.HasPrefix(text, "Muster BKK\n") {
		t.Errorf("without a branch:\n%s", text)
	}
}

func TestPhoneStaysInOnePiece(t *testing.T) {
	for _, phone := range []string{"0800 0", "0800 000 0000", "+49 30 000 000 00", "+49 (0) 30 / 000 000 - 00 00 00"} {
		s := sample(German)
		s.BranchPhone = phone
		for form, text := range map[string]string{"text": mustText(t, s), "PDF": readPDF(t, mustPDF(t, s)).text()} {
			if !strings.Contains(text, phone) {
				t.Errorf("%q is broken on the %s:\n%s", phone, form, text)
			}
		}
	}
}

// What members are told must not get lost in an edit.
func TestTextSays(t *testing.T) {
	for _, test := range []struct {
		l    Language
		says []string
	}{
		{German, []string{
			"gültig bis Fr., 27.11.2026, 14:00 Uhr", "72 Stunden", "einmal verwendbar", "Vorgang 7QK4M2X",
			"nie am Telefon vorlesen", "Dieser Code ersetzt frühere.", "0800 000 0000",
			"öffnet kein Konto", "Prüfmarke 1204-9WXZ3M", "A. M. •••780",
		}},
		{English, []string{
			"valid until Fri, 27 Nov 2026, 14:00", "72 hours", "used once", "Case 7QK4M2X",
			"Never read this code out on the phone", "This code replaces earlier ones.", "0800 000 0000",
			"opens no account", "Check mark 1204-9WXZ3M", "A. M. •••780",
		}},
	} {
		s := sample(test.l)
		text := strings.Join(strings.Fields(mustText(t, s)), " ")
		pdf := strings.Join(strings.Fields(readPDF(t, mustPDF(t, s)).text()), " ")
		for _, want := range test.says {
			if !strings.Contains(text, want) || !strings.Contains(pdf, want) {
				t.Errorf("%s: %q is missing in\n%s\nor\n%s", test.l, want, text, pdf)
			}
		}
	}
}

func TestPracticeShows(t *testing.T) {
	for _, l := range AllLanguages() {
		w, _ := words(l)
		s := practice(sample(l))
		for form, text := range map[string]string{"text": mustText(t, s), "PDF": readPDF(t, mustPDF(t, s)).text()} {
			lines := strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '*' })
			first, last := strings.TrimSpace(lines[0]), strings.TrimSpace(lines[len(lines)-1])
			if first != w.Practice || last != w.Practice || strings.Count(text, w.Practice) != 3 {
				t.Errorf("%s as %s is not marked at top, in between and at the bottom:\n%s", l, form, text)
			}
		}
		s.Practice = false
		for form, text := range map[string]string{"text": mustText(t, s), "PDF": readPDF(t, mustPDF(t, s)).text()} {
			if strings.Contains(text, w.Practice) {
				t.Errorf("%s as %s: a real slip is marked as practice", l, form)
			}
		}
	}
}
