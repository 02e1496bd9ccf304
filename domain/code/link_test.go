package code_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/skip2/go-qrcode"

	"schalter/domain/code"
	"schalter/domain/problem"
)

func TestLink(t *testing.T) {
	if got := code.Code(sample).Link("app.bkk.example"); got != "https://app.bkk.example/a#K7QH9WXZ3MPTR2W" {
		t.Errorf("got %s", got)
	}
}

// The bound is the one of the standard, and the QR library agrees.
func TestFitsSmallQRIsTheBoundOfVersion3(t *testing.T) {
	for _, row := range []struct {
		why, host string
		fits      bool
	}{
		{"short", "a.de", true},
		{"sixteen characters", "app.bkk-abcde.de", true},
		{"seventeen", "app.bkk-abcdef.de", false},
	} {
		if got := code.FitsSmallQR(row.host); got != row.fits {
			t.Errorf("%s: %t", row.why, got)
		}
		qr, err := qrcode.New(code.Code(sample).Link(row.host), qrcode.Medium)
		if err != nil {
			t.Fatal(err)
		}
		if fits := qr.VersionNumber <= 3; fits != row.fits {
			t.Errorf("%s: version %d", row.why, qr.VersionNumber)
		}
	}
}

func TestCheckHost(t *testing.T) {
	long := strings.Repeat("a", 63)
	for _, row := range []struct {
		why, host string
		code      problem.Code // "" for accepted
	}{
		{"ordinary", "app.bkk.example", ""},
		{"digits and hyphens within", "a-1.2b.de", ""},
		{"upper case is the same host", "App.BKK.example", ""},
		{"an umlaut in its xn-- form", "xn--mller-kva.de", ""},
		{"the longest label", long + ".de", ""},
		{"the longest name", strings.Repeat("a.", 125) + "abc", ""},
		{"nothing", "", problem.Length},
		{"one character too long", strings.Repeat("a.", 125) + "abcd", problem.Length},
		{"a label too long", long + "a.de", problem.Length},
		{"no domain", "localhost", problem.Format},
		{"a final dot", "app.bkk.example.", problem.Format},
		{"a leading dot", ".bkk.example", problem.Format},
		{"two dots", "app..example", problem.Format},
		{"a hyphen in front", "-app.example", problem.Format},
		{"a hyphen behind", "app-.example", problem.Format},
		{"an address in digits", "192.0.2.7", problem.Format},
		{"an umlaut", "müller.de", problem.Alphabet},
		{"an underscore", "my_app.example", problem.Alphabet},
		{"a port", "app.example:443", problem.Alphabet},
		{"a scheme", "https://app.example", problem.Alphabet},
		{"a path", "app.example/a", problem.Alphabet},
		{"a user", "evil@app.example", problem.Alphabet},
		{"a space", "app .example", problem.Alphabet},
	} {
		var want []problem.Code
		if row.code != "" {
			want = []problem.Code{row.code}
		}
		if err := code.CheckHost(row.host); !slices.Equal(codes(err, "host"), want) || (err == nil) != (row.code == "") {
			t.Errorf("%s: got %v", row.why, err)
		}
	}
}

func FuzzCheckHost(f *testing.F) {
	f.Add("app.bkk.example")
	f.Add("192.0.2.7")
	f.Add("xn--mller-kva.de")
	f.Fuzz(func(t *testing.T, host string) {
		if code.CheckHost(host) != nil {
			return
		}
		if strings.Trim(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-") != "" || !strings.Contains(host, ".") {
			t.Fatalf("accepted %q", host)
		}
		if link := code.Code(sample).Link(host); strings.Count(link, "#") != 1 || strings.Count(link, "/") != 3 {
			t.Fatalf("%q breaks the link %q", host, link)
		}
	})
}
