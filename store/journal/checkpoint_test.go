package journal

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"
)

// The keys of golang.org/x/mod/sumdb/note come from a reader, and these from a
// constant one: the same in every run.
func testKeys(t testing.TB, storeID [16]byte, seed byte) (note.Signer, note.Verifiers) {
	t.Helper()
	signerKey, verifierKey, err := note.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{seed}, 32)), Origin(storeID))
	if err != nil {
		t.Fatal(err)
	}
	return must(note.NewSigner(signerKey))(t), note.VerifierList(must(note.NewVerifier(verifierKey))(t))
}

var testStore = [16]byte{0xa0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}

func testCheckpoint() Checkpoint {
	return Checkpoint{
		Origin:  Origin(testStore),
		Size:    1042,
		Root:    tlog.RecordHash([]byte("root")),
		Time:    time.Date(2026, 3, 2, 8, 15, 0, 0, time.UTC),
		Records: map[string]uint64{"member": 20000, "code": 17, "staff": 0},
	}
}

// A checkpoint handed out must verify for as long as somebody keeps it.
const goldenCheckpoint = `schalter/a00102030405060708090a0b0c0d0e0f
1042
PAb5plclr2BSYfY2ZyyWINQJcx2JpFHXRV/pxK4WeCk=
time 2026-03-02T08:15:00Z
records code 17
records member 20000
records staff 0

— schalter/a00102030405060708090a0b0c0d0e0f zdJT0JHJZRpr5uQP1UY5hNZGNIzdBXT9D4HO3VCFcabQZKgI4kEPD6Wq4OKkL0P6XpRYqEbbm1T9B/SGFigHGbcQBQE=
`

func TestCheckpointIsPinned(t *testing.T) {
	signer, verifiers := testKeys(t, testStore, 7)
	signed := must(testCheckpoint().Sign(signer))(t)
	if string(signed) != goldenCheckpoint {
		t.Errorf("got\n%s\nwant\n%s", signed, goldenCheckpoint)
	}
	got := must(ParseSigned([]byte(goldenCheckpoint), verifiers))(t)
	if want := testCheckpoint(); got.text() != want.text() || !got.Time.Equal(want.Time) || got.Root != want.Root {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestSignRefuses(t *testing.T) {
	signer, _ := testKeys(t, testStore, 7)
	for _, tt := range []struct {
		reason string
		change func(*Checkpoint)
	}{
		{"another journal's name", func(c *Checkpoint) { c.Origin = Origin([16]byte{1}) }},
		{"a name of no journal", func(c *Checkpoint) { c.Origin = "go.sum database tree" }},
		{"a negative size", func(c *Checkpoint) { c.Size = -1 }},
		{"a prefix with a space", func(c *Checkpoint) { c.Records["two words"] = 1 }},
		{"a prefix with a line", func(c *Checkpoint) { c.Records["a 1\nrecords b"] = 1 }},
		{"a prefix without letters", func(c *Checkpoint) { c.Records[""] = 1 }},
		{"a year of five digits", func(c *Checkpoint) { c.Time = c.Time.AddDate(10000, 0, 0) }},
	} {
		c := testCheckpoint()
		tt.change(&c)
		if signed, err := c.Sign(signer); err == nil {
			t.Errorf("%s: signed\n%s", tt.reason, signed)
		}
	}
}

func TestParseSignedRefusesForeignSignatures(t *testing.T) {
	signer, verifiers := testKeys(t, testStore, 7)
	_, others := testKeys(t, testStore, 8)
	signed := string(must(testCheckpoint().Sign(signer))(t))
	for _, tt := range []struct {
		reason, signed string
		known          note.Verifiers
		want           error
	}{
		{"an unknown key", signed, others, ErrSignature},
		{"no keys at all", signed, nil, ErrSignature},
		{"another size", strings.Replace(signed, "1042", "1043", 1), verifiers, ErrSignature},
		{"another count", strings.Replace(signed, "20000", "19999", 1), verifiers, ErrSignature},
		{"no signature", signed[:strings.Index(signed, "—")], verifiers, ErrMalformed},
		{"nothing", "", verifiers, ErrMalformed},
	} {
		if c, err := ParseSigned([]byte(tt.signed), tt.known); !errors.Is(err, tt.want) {
			t.Errorf("%s: %+v, %v; want %v", tt.reason, c, err, tt.want)
		}
	}
}

// TestParseSignedRefusesOtherForms signs texts this package would not write.
func TestParseSignedRefusesOtherForms(t *testing.T) {
	signer, verifiers := testKeys(t, testStore, 7)
	good := testCheckpoint().text()
	for _, tt := range []struct{ reason, text string }{
		{"another kind of note", "go.sum database tree\n1\nx\n"},
		{"another journal's name", strings.Replace(good, "a0", "b0", 1)},
		{"a size with a zero in front", strings.Replace(good, "1042", "01042", 1)},
		{"a size with a sign", strings.Replace(good, "1042", "+1042", 1)},
		{"a negative size", strings.Replace(good, "1042", "-1042", 1)},
		{"a root too short", strings.Replace(good, "=", "", 1)},
		{"no time", strings.Replace(good, "time 2026-03-02T08:15:00Z\n", "", 1)},
		{"a time with an offset", strings.Replace(good, "00Z", "00+01:00", 1)},
		{"a time with a fraction", strings.Replace(good, "00Z", "00.5Z", 1)},
		{"an unknown line", good + "mood good\n"},
		{"counts out of order", strings.Replace(good, "code 17", "zebra 17", 1)},
		{"a prefix twice", strings.Replace(good, "records staff 0", "records member 20000", 1)},
		{"a count with a zero in front", strings.Replace(good, "code 17", "code 017", 1)},
		{"a negative count", strings.Replace(good, "code 17", "code -1", 1)},
		{"a prefix in capitals", strings.Replace(good, "code 17", "CODE 17", 1)},
	} {
		signed := must(note.Sign(&note.Note{Text: tt.text}, signer))(t)
		if c, err := ParseSigned(signed, verifiers); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %+v, %v; want %v", tt.reason, c, err, ErrMalformed)
		}
	}
}

func TestCheckpointRoundTrip(t *testing.T) {
	signer, verifiers := testKeys(t, testStore, 7)
	rapid.Check(t, func(t *rapid.T) {
		want := Checkpoint{
			Origin:  Origin(testStore),
			Size:    rapid.Int64Min(0).Draw(t, "size"),
			Time:    time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, "time"), rapid.Int64Range(0, 999999999).Draw(t, "ns")),
			Records: rapid.MapOf(rapid.StringMatching(`[a-z0-9-]{1,8}`), rapid.Uint64()).Draw(t, "records"),
		}
		copy(want.Root[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "root"))
		signed, err := want.Sign(signer)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ParseSigned(signed, verifiers)
		if err != nil || got.text() != want.text() {
			t.Fatalf("%+v came back as %+v, %v", want, got, err)
		}
	})
}

func TestMarkIsPinned(t *testing.T) {
	root := must(hex.DecodeString("0123456789abcdeffedcba98765432100123456789abcdeffedcba9876543210"))(t)
	mark := MarkOf(1042, tlog.Hash(root))
	// 60 bits 0123456789abcde in groups of five.
	if got, want := mark.String(), "J-1042-04HM-ASW9-NF6Y"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if c := (Checkpoint{Size: 1042, Root: tlog.Hash(root)}); c.Mark() != mark {
		t.Errorf("mark of the checkpoint is %v", c.Mark())
	}
}

func TestParseMark(t *testing.T) {
	want := Mark{Size: 1042, Bits: 0x0123456789abcde}
	for _, tt := range []struct{ reason, text string }{
		{"as printed", "J-1042-04HM-ASW9-NF6Y"},
		{"small letters", "j-1042-04hm-asw9-nf6y"},
		{"spaces for dashes", " J 1042 04HM ASW9 NF6Y "},
		{"symbols in one piece", "J-1042-04HMASW9NF6Y"},
		{"without the letter", "1042-04HM-ASW9-NF6Y"},
		{"letter and size in one piece", "J1042-04HM-ASW9-NF6Y"},
		{"letter O for zero", "J-1042-O4HM-ASW9-NF6Y"},
	} {
		if got, err := ParseMark(tt.text); err != nil || got != want {
			t.Errorf("%s: %v, %v; want %v", tt.reason, got, err, want)
		}
	}
	ones, err := ParseMark("J-0-1IL1-iIlL-1111")
	if err != nil || ones.String() != "J-0-1111-1111-1111" {
		t.Errorf("I and L for 1: %v, %v", ones, err)
	}
}

func TestParseMarkRefuses(t *testing.T) {
	for _, tt := range []struct{ reason, text string }{
		{"nothing", ""},
		{"eleven symbols", "J-1042-04HM-ASW9-NF6"},
		{"thirteen symbols", "J-1042-04HM-ASW9-NF6YY"},
		{"no size", "J-04HM-ASW9-NF6Y"},
		{"a size beyond 63 bits", "J-9223372036854775808-04HM-ASW9-NF6Y"},
		{"a negative size", "J--1042-04HM-ASW9-NF6Y"},
		{"the letter U", "J-1042-U4HM-ASW9-NF6Y"},
		{"another letter in front", "K-1042-04HM-ASW9-NF6Y"},
		{"a line more", "J-1042-04HM-ASW9-NF6Y\nJ-1"},
		{"an umlaut", "J-1042-Ä4HM-ASW9-NF6"},
	} {
		if got, err := ParseMark(tt.text); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v, %v; want %v", tt.reason, got, err, ErrMalformed)
		}
	}
}

func TestMarkRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mark := Mark{Size: rapid.Int64Min(0).Draw(t, "size"), Bits: rapid.Uint64Max(1<<60-1).Draw(t, "bits")}
		if got, err := ParseMark(mark.String()); err != nil || got != mark {
			t.Fatalf("%s came back as %s, %v", mark, got, err)
		}
	})
}

func FuzzParseMark(f *testing.F) {
	f.Add("J-1042-04HM-ASW9-NF6Y")
	f.Add("1 - 000000000000")
	f.Fuzz(func(t *testing.T, text string) {
		mark, err := ParseMark(text)
		if err != nil {
			return
		}
		if again, err := ParseMark(mark.String()); err != nil || again != mark {
			t.Fatalf("%q is %v, which reads as %v, %v", text, mark, again, err)
		}
	})
}

func FuzzParseSigned(f *testing.F) {
	signer, verifiers := testKeys(f, testStore, 7)
	f.Add(testCheckpoint().text())
	f.Add("schalter/a0\n1\n\n")
	f.Fuzz(func(t *testing.T, text string) {
		signed, err := note.Sign(&note.Note{Text: text}, signer)
		if err != nil {
			return
		}
		c, err := ParseSigned(signed, verifiers)
		if err == nil && c.text() != text {
			t.Fatalf("%q reads as %q", text, c.text())
		}
	})
}
