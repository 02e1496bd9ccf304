package virtual_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"strings"
	"testing"
	"time"

	"schalter/domain/egk"
	"schalter/domain/egk/virtual"
)

// content is the least that makes a card.
func content() egk.Card {
	return egk.Card{
		ICCSN:   "80276881239912345678",
		Status:  egk.Status{At: time.Date(2024, 3, 1, 8, 30, 59, 0, time.UTC)},
		KVNR:    "X110411675",
		Name:    egk.Name{Surname: "Müller"},
		Insurer: egk.Insurer{IK: "999567890"},
	}
}

func newCard(t *testing.T, c virtual.Config) *virtual.Card {
	t.Helper()
	card, err := virtual.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return card
}

// ask sends a command in hexadecimal and returns the answer likewise.
func ask(t *testing.T, card *virtual.Card, command string) string {
	t.Helper()
	apdu, err := hex.DecodeString(strings.ReplaceAll(command, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := card.Transmit(t.Context(), apdu)
	if err != nil {
		t.Fatal(err)
	}
	return strings.ToUpper(hex.EncodeToString(answer))
}

const (
	selectMF  = "00 A4 04 0C 07 D2 76 00 01 44 80 00"
	selectHCA = "00 A4 04 0C 06 D2 76 00 00 01 02"
)

func TestAnswers(t *testing.T) {
	gdo := "5A0A80276881239912345678"
	status := "30" + "3230323430333031303833303539" + "0050020000" + "0030000004"
	for _, row := range []struct {
		reason   string
		commands string // the last one is meant
		want     string
	}{
		{"the MF is selected after reset", "00 B0 82 00 0C", gdo + "9000"},
		{"the number of the card", selectMF + ", 00 B0 82 00 0C", gdo + "9000"},
		{"all there is", "00 B0 82 00 00", gdo + "9000"},
		{"more than there is", "00 B0 82 00 0D", gdo + "6282"},
		{"a part", "00 B0 82 02 01", "809000"},
		{"the current file goes on from an offset", "00 B0 82 00 01, 00 B0 00 0B 01", "789000"},
		{"behind the end", "00 B0 82 0C 01", "6B00"},
		{"far behind the end", "00 B0 82 00 01, 00 B0 7F FF 01", "6B00"},
		{"no file is current", "00 B0 00 00 01", "6986"},
		{"a folder forgets the file", "00 B0 82 00 01, " + selectMF + ", 00 B0 00 00 01", "6986"},
		{"extended length", "00 B0 82 00 00 00 0C", gdo + "9000"},
		{"extended length of all there is", "00 B0 82 00 00 00 00", gdo + "9000"},
		{"no length", "00 B0 82 00", "6700"},
		{"no such file", "00 B0 9E 00 01", "6A82"},
		{"short identifier 0", "00 B0 80 00 01", "6A86"},
		{"bits that must be 0", "00 B0 E2 00 01", "6A86"},
		{"records are no bytes", "00 B0 90 00 01", "6981"},

		{"first version", "00 B2 01 84 00", "00400000009000"},
		{"fourth version", "00 B2 04 84 00", "00400000009000"},
		{"a part of a version", "00 B2 01 84 02", "00409000"},
		{"the current file's record", "00 B2 01 84 00, 00 B2 02 04 00", "00400000009000"},
		{"no such record", "00 B2 05 84 00", "6A83"},
		{"record 0", "00 B2 00 84 00", "6A83"},
		{"no length for the record", "00 B2 01 84", "6700"},
		{"bytes are no records", "00 B2 01 14 00", "6981"},
		{"another kind of record", "00 B2 01 85 00", "6A86"},
		{"no such file of records", "00 B2 01 FC 00", "6A82"},
		{"versions of the second kind", "00 B0 91 00 00", "EF0AC003020000C1030405029000"},

		{"the application", selectHCA + ", 00 B0 8C 00 19", status + "9000"},
		{"the number is not in the application", selectHCA + ", 00 B0 9D 00 01", "6A82"},
		{"the protected data", selectHCA + ", 00 B0 83 00 01", "6982"},
		{"the protected data by number", selectHCA + ", 00 A4 02 0C 02 D0 03, 00 B0 00 00 01", "6982"},
		{"the protected data as records", selectHCA + ", 00 B2 01 1C 00", "6982"},
		{"a file by number", selectHCA + ", 00 A4 02 0C 02 D0 0C, 00 B0 00 00 01", "309000"},
		{"no file of that number", "00 A4 02 0C 02 D0 0C", "6A82"},
		{"back in the MF", selectHCA + ", " + selectMF + ", 00 B0 82 00 01", "5A9000"},
		{"the MF without its name", selectHCA + ", 00 A4 04 0C, 00 B0 82 00 01", "5A9000"},
		{"with extended length and data", "00 A4 04 0C 00 00 06 D2 76 00 00 01 02", "9000"},
		{"with a length for an answer", "00 A4 04 0C 06 D2 76 00 00 01 02 00", "9000"},
		{"with an extended length for an answer", "00 A4 04 0C 00 00 06 D2 76 00 00 01 02 00 00", "9000"},
		{"another application", "00 A4 04 0C 02 A0 00", "6A82"},
		{"an application that stays in place", selectHCA + ", 00 A4 04 0C 02 A0 00, 00 B0 8C 00 01", "309000"},
		{"a description is not given", "00 A4 04 04 06 D2 76 00 00 01 02", "6A86"},
		{"another way to select", "00 A4 03 0C", "6A86"},

		{"nothing waits", "00 C0 00 00 01", "6A86"},
		{"to write", "00 D6 82 00 01 00", "6D00"},
		{"to verify", "00 20 00 01", "6D00"},
		{"another class", "80 B0 82 00 01", "6E00"},
		{"three bytes", "00 B0 82", "6700"},
		{"no byte", "", "6700"},
		{"more data than said", "00 A4 04 0C 01 D2 76 00", "6700"},
		{"less data than said", "00 A4 04 0C 09 D2 76", "6700"},
		{"extended data that is not there", "00 A4 04 0C 00 00 09 D2 76", "6700"},
		{"half an extended length", "00 B0 82 00 00 01", "6700"},
	} {
		card := newCard(t, virtual.Config{Content: content()})
		got := ""
		for command := range strings.SplitSeq(row.commands, ",") {
			got = ask(t, card, command)
		}
		if got != row.want {
			t.Errorf("%s: got %s, want %s", row.reason, got, row.want)
		}
	}
}

// As T=0, answers are announced and fetched, and lengths are put right.
func TestT0(t *testing.T) {
	for _, row := range []struct{ reason, commands, want string }{
		{"an answer is announced", "00 B0 82 00 0C", "610C"},
		{"and fetched", "00 B0 82 00 02, 00 C0 00 00 02", "5A0A9000"},
		{"in parts", "00 B0 82 00 03, 00 C0 00 00 02", "5A0A6101"},
		{"to the end", "00 B0 82 00 03, 00 C0 00 00 02, 00 C0 00 00 01", "809000"},
		{"once", "00 B0 82 00 01, 00 C0 00 00 01, 00 C0 00 00 01", "6A86"},
		{"another command drops it", "00 B0 82 00 01, 00 B0 9E 00 01, 00 C0 00 00 01", "6A86"},
		{"with parameters it is another command", "00 B0 82 00 01, 00 C0 00 01 01", "6A86"},
		{"a length is put right", "00 B0 82 00 20", "6C0C"},
		{"an error is an error", "00 B0 82 0C 01", "6B00"},
	} {
		card := newCard(t, virtual.Config{Content: content(), T0: true})
		got := ""
		for command := range strings.SplitSeq(row.commands, ",") {
			got = ask(t, card, command)
		}
		if got != row.want {
			t.Errorf("%s: got %s, want %s", row.reason, got, row.want)
		}
	}
}

func TestLeLimit(t *testing.T) {
	card := newCard(t, virtual.Config{Content: content(), LeLimit: 10})
	if got := ask(t, card, "00 B0 82 00 0A"); got != "5A0A80276881239912349000" {
		t.Errorf("within: %s", got)
	}
	for _, command := range []string{"00 B0 82 00 0B", "00 B0 82 00 00", "00 B0 82 00 00 00 0B"} {
		if got := ask(t, card, command); got != "6700" {
			t.Errorf("%s: %s", command, got)
		}
	}
}

// A card that is pulled answers nothing until it is put in again, and then is
// back at the beginning.
func TestPulled(t *testing.T) {
	card := newCard(t, virtual.Config{Content: content(), PulledAfter: 2})
	for range 2 {
		if got := ask(t, card, selectHCA); got != "9000" {
			t.Fatalf("before: %s", got)
		}
		if card.Pulled() {
			t.Error("pulled after one command")
		}
		if got := ask(t, card, "00 B0 8C 00 01"); got != "309000" || !card.Pulled() {
			t.Errorf("last answer: %s, pulled %t", got, card.Pulled())
		}
		for range 2 {
			if got := ask(t, card, "00 B0 8C 00 01"); got != "" {
				t.Errorf("after: %s", got)
			}
		}
		card.Reset()
		if got := ask(t, card, "00 B0 8C 00 01"); got != "6A82" {
			t.Errorf("put in again: %s", got)
		}
		card.Reset()
	}
}

func TestContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := newCard(t, virtual.Config{Content: content()}).Transmit(ctx, []byte{0, 0xb0, 0x82, 0}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// The answer belongs to whoever gets it.
func TestAnswerIsACopy(t *testing.T) {
	card := newCard(t, virtual.Config{Content: content()})
	first, err := card.Transmit(t.Context(), []byte{0, 0xb0, 0x82, 0, 12})
	if err != nil {
		t.Fatal(err)
	}
	clear(first)
	if got := ask(t, card, "00 B0 82 00 01"); got != "5A9000" {
		t.Errorf("the file was changed: %s", got)
	}
}

func TestNewRefuses(t *testing.T) {
	for _, row := range []struct {
		reason string
		change func(*egk.Card)
	}{
		{"a letter that ISO-8859-15 has not", func(c *egk.Card) { c.Name.Surname = "Řeřicha" }},
		{"one in EF.VD", func(c *egk.Card) { c.Insurer.Name = "☃" }},
		{"more than fits into EF.PD", func(c *egk.Card) { c.Name.Given = noise(1200) }},
		{"more than fits into EF.VD", func(c *egk.Card) { c.Insurer.Name = noise(1600) }},
		{"half a byte of a card number", func(c *egk.Card) { c.ICCSN = "80276" }},
		{"a schema of four digits", func(c *egk.Card) { c.Status.Schema.Major = 1000 }},
		{"a layout below zero", func(c *egk.Card) { c.Status.Storage.Minor = -1 }},
	} {
		c := content()
		row.change(&c)
		if _, err := virtual.New(virtual.Config{Content: c}); err == nil || !strings.HasPrefix(err.Error(), "virtual: ") {
			t.Errorf("%s: %v", row.reason, err)
		} else if strings.Contains(err.Error(), "80276") || strings.Contains(err.Error(), "ř") {
			t.Errorf("%s: the error says %v", row.reason, err)
		}
	}
}

// noise is text that does not pack well.
func noise(n int) string {
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = 'A' + byte(x>>24)%26
	}
	return string(b)
}

// Files end with their content, or have their size and zeros at the end.
func TestSizes(t *testing.T) {
	for _, row := range []struct {
		file egk.File
		size int
	}{{egk.GDO, 12}, {egk.StatusVD, 25}, {egk.PD, 850}, {egk.VD, 1250}} {
		short := newCard(t, virtual.Config{Content: content()}).File(row.file)
		padded := newCard(t, virtual.Config{Content: content(), Padded: true}).File(row.file)
		if len(padded) != row.size || !bytes.HasPrefix(padded, short) || strings.Trim(string(padded[len(short):]), "\x00") != "" {
			t.Errorf("%v has %d bytes, %d with zeros", row.file, len(short), len(padded))
		}
	}
	if got := newCard(t, virtual.Config{Content: content()}).File(egk.MF); got != nil {
		t.Errorf("a folder has content: % X", got)
	}
}

// The offsets of EF.VD name the last bytes; without a copy of GVD they are FFFF.
func TestOffsets(t *testing.T) {
	for _, noCopy := range []bool{false, true} {
		vd := newCard(t, virtual.Config{Content: content(), NoGVDCopy: noCopy}).File(egk.VD)
		o := func(i int) int { return int(vd[2*i])<<8 | int(vd[2*i+1]) }
		gzip := func(at int) bool { return bytes.HasPrefix(vd[at:], []byte{0x1f, 0x8b, 8}) }
		switch {
		case o(0) != 8 || !gzip(8):
			t.Errorf("VD starts at %d", o(0))
		case noCopy && (o(1) != len(vd)-1 || o(2) != 0xffff || o(3) != 0xffff):
			t.Errorf("without a copy: %d %d %d of %d", o(1), o(2), o(3), len(vd))
		case !noCopy && (o(2) != o(1)+1 || o(3) != len(vd)-1 || !gzip(o(2))):
			t.Errorf("with a copy: %d %d %d of %d", o(1), o(2), o(3), len(vd))
		}
	}
}

// Overwrite changes files, and nothing where there is none.
func TestOverwrite(t *testing.T) {
	card := newCard(t, virtual.Config{Content: content()})
	card.Overwrite(egk.GDO, []byte{1, 2, 3})
	card.Overwrite(egk.HCA, []byte{1})
	if got := ask(t, card, "00 B0 82 00 00"); got != "0102039000" {
		t.Errorf("got %s", got)
	}
}

// The answer to reset is one, with a check byte that fits (ISO/IEC 7816-3).
func TestATR(t *testing.T) {
	atr := newCard(t, virtual.Config{Content: content()}).ATR()
	sum := byte(0)
	for _, b := range atr[1:] {
		sum ^= b
	}
	if len(atr) != 11 || atr[0] != 0x3b || sum != 0 {
		t.Errorf("% X: %02X", atr, sum)
	}
}

func TestDamagesHaveNames(t *testing.T) {
	seen := map[string]bool{"": true, "unknown": true}
	for _, d := range append(virtual.Damages(), virtual.None) {
		if name := d.String(); seen[name] {
			t.Errorf("damage %d is called %q", d, name)
		} else {
			seen[name] = true
		}
	}
	if got := virtual.Damage(200).String(); got != "unknown" {
		t.Errorf("no damage is called %q", got)
	}
}
