package paper

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"

	"schalter/domain"
)

// texts lists every text of a wording with the name of its field.
func texts(w wording) map[string]string {
	all := map[string]string{}
	v := reflect.ValueOf(w)
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if f := v.Field(i); f.Kind() == reflect.String {
			all[name] = f.String()
		} else {
			for d := range f.Len() {
				all[name+time.Weekday(d).String()] = f.Index(d).String()
			}
		}
	}
	return all
}

var verb = regexp.MustCompile(`%[^%]`)

func TestWordingComplete(t *testing.T) {
	german := texts(german())
	if len(german) < 30 {
		t.Fatalf("only %d texts found", len(german))
	}
	for _, l := range AllLanguages() {
		w, err := words(l)
		if err != nil {
			t.Fatal(err)
		}
		for name, text := range texts(w) {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s: %s is empty", l, name)
			}
			if got, want := verb.FindAllString(text, -1), verb.FindAllString(german[name], -1); !slices.Equal(got, want) {
				t.Errorf("%s: %s takes %v, in German %v", l, name, got, want)
			}
			if l != German && text == german[name] && name != "Case" {
				t.Errorf("%s: %s is not translated: %q", l, name, text)
			}
		}
	}
}

func TestWordingCanBeDrawn(t *testing.T) {
	for face, data := range map[string][]byte{"regular": goregular.TTF, "bold": gobold.TTF} {
		font, err := sfnt.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range AllLanguages() {
			w, _ := words(l)
			for name, text := range texts(w) {
				for _, r := range text + "•" + noBreak {
					if !(letters{font}).has(r) {
						t.Errorf("%s: %s has %q, the %s face has not", l, name, r, face)
					}
				}
			}
		}
	}
}

func TestPurposeText(t *testing.T) {
	purposes := []domain.Purpose{domain.FirstActivation, domain.NewDevice, domain.AfterBlock, domain.AfterDeletion}
	for _, l := range AllLanguages() {
		seen := map[string]bool{}
		for _, p := range purposes {
			text := PurposeText(l, p)
			if text == "" || seen[text] {
				t.Errorf("PurposeText(%s, %d) = %q", l, p, text)
			}
			seen[text] = true
		}
		if next := purposes[len(purposes)-1] + 1; PurposeText(l, 0) != "" || PurposeText(l, next) != "" {
			t.Errorf("%s: a purpose nobody knows has a text", l)
		}
	}
	if got := PurposeText("fr", domain.NewDevice); got != "" {
		t.Errorf("a language nobody knows says %q", got)
	}
}

func TestMoment(t *testing.T) {
	at := time.Date(2026, 11, 27, 13, 0, 59, 0, time.UTC)
	cet := time.FixedZone("CET", 3600)
	for _, test := range []struct {
		w    wording
		at   time.Time
		want string
	}{
		{german(), at.In(cet), "Fr., 27.11.2026, 14:00 Uhr"},
		{english(), at.In(cet), "Fri, 27 Nov 2026, 14:00"},
		{german(), at, "Fr., 27.11.2026, 13:00 Uhr"},
		{german(), time.Date(2027, 3, 7, 0, 5, 0, 0, cet), "So., 07.03.2027, 00:05 Uhr"},
		{english(), time.Date(2027, 3, 6, 9, 5, 0, 0, cet), "Sat, 6 Mar 2027, 09:05"},
	} {
		if got := test.w.moment(test.at); got != test.want {
			t.Errorf("moment = %q, want %q", got, test.want)
		}
	}
}

func TestDuration(t *testing.T) {
	for _, test := range []struct {
		d            time.Duration
		want, reason string
	}{
		{72 * time.Hour, "72 Stunden", "the usual"},
		{72*time.Hour - 3*time.Second, "72 Stunden", "the slip is made seconds later"},
		{7 * 24 * time.Hour, "168 Stunden", "the longest"},
		{15 * time.Minute, "15 Minuten", "the shortest"},
		{15*time.Minute - 2*time.Second, "15 Minuten", "the slip is made seconds later"},
		{time.Hour, "60 Minuten", "never one hour, which would need another form"},
		{90 * time.Minute, "90 Minuten", "half hours below two hours"},
		{2*time.Hour - 20*time.Second, "2 Stunden", "rounded to the minute first"},
	} {
		if got := german().duration(test.d); got != test.want {
			t.Errorf("duration(%v) = %q, want %q: %s", test.d, got, test.want, test.reason)
		}
	}
}
