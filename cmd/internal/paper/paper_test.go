package paper

import (
	"context"
	"errors"
	"testing"

	"schalter/domain"
)

func TestOpen(t *testing.T) {
	for _, test := range []struct {
		spec string
		want Printer
	}{
		{"", None{}},
		{"none", None{}},
		{"file:/var/spool/schalter", File{"/var/spool/schalter", FormPDF}},
		{"file:/var/spool/schalter/", File{"/var/spool/schalter", FormPDF}},
		{"file:/srv/belege:1?form=text", File{"/srv/belege:1", FormText}},
		{"file:/srv/belege?form=pdf", File{"/srv/belege", FormPDF}},
		{"cups:schalter-2", CUPS{"schalter-2"}},
		{"cups:Büro_1.OG", CUPS{"Büro_1.OG"}},
	} {
		got, err := Open(test.spec)
		if err != nil || got != test.want {
			t.Errorf("Open(%q) = %#v, %v, want %#v", test.spec, got, err, test.want)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, test := range []struct{ spec, reason string }{
		{"None", "settings are lower case"},
		{"none:", "none takes nothing"},
		{"lpr:x", "no such sink"},
		{"schalter-2", "a queue needs cups:"},
		{"file:", "no folder"},
		{"file:belege", "relative to wherever the program was started"},
		{"file:/belege?form=png", "no such form"},
		{"file:/belege?form=", "no form"},
		{"file:/belege?", "a question mark without an option"},
		{"file:/belege?form=text&form=pdf", "two forms"},
		{"file:/belege?mode=0644", "no such option"},
		{"file:/belege?form=text&mode=0644", "one option too many"},
		{"file:/belege?%zz", "no query"},
		{"cups:", "no queue"},
		{"cups:-o raw", "would be an option of lp"},
		{"cups:-x", "would be an option of lp"},
		{"cups:two words", "white space"},
		{"cups:host/queue", "a slash"},
		{"cups:a#b", "a number sign"},
		{"cups:a\x1bb", "a control character"},
	} {
		p, err := Open(test.spec)
		var e *domain.Error
		if !errors.As(err, &e) || e.Kind != domain.Invalid || e.Reason != domain.ReasonSettingInvalid || e.Field != "printer" {
			t.Errorf("Open(%q) = %v, %v, want refusal: %s", test.spec, p, err, test.reason)
		}
	}
}

func FuzzOpen(f *testing.F) {
	for _, spec := range []string{"none", "file:/a?form=text", "cups:q"} {
		f.Add(spec)
	}
	f.Fuzz(func(t *testing.T, spec string) {
		p, err := Open(spec)
		if (p == nil) == (err == nil) {
			t.Fatalf("Open(%q) = %v, %v, want either", spec, p, err)
		}
		if c, ok := p.(CUPS); ok && c.Queue[0] == '-' {
			t.Fatalf("Open(%q) would pass lp an option", spec)
		}
	})
}

func TestNone(t *testing.T) {
	p := None{}
	if err := p.Print(context.Background(), Slip{}); err != nil || p.Name() != "" {
		t.Errorf("None prints: %v, %q", err, p.Name())
	}
}
