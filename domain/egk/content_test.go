package egk_test

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"schalter/domain/egk"
	"schalter/domain/egk/virtual"
)

func pack(t testing.TB, content []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	zip := gzip.NewWriter(&b)
	if _, err := zip.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := zip.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// filePD and fileVD put content behind the heads of the files.
func filePD(t testing.TB, content []byte) []byte {
	packed := pack(t, content)
	return append(binary.BigEndian.AppendUint16(nil, uint16(len(packed))), packed...)
}

func fileVD(t testing.TB, content []byte) []byte {
	packed := pack(t, content)
	head := binary.BigEndian.AppendUint16([]byte{0, 8}, uint16(7+len(packed)))
	return append(append(head, 0xff, 0xff, 0xff, 0xff), packed...)
}

// person is the least that EF.PD says, of Jörg Šimák.
const person = `<UC_PersoenlicheVersichertendatenXML CDM_VERSION="5.2.0"><Versicherter>` +
	`<Versicherten_ID>X110411675</Versicherten_ID><Person><Geburtsdatum>19620314</Geburtsdatum>` +
	`<Vorname>Jörg</Vorname><Nachname>Šimák</Nachname></Person></Versicherter></UC_PersoenlicheVersichertendatenXML>`

func encode(t testing.TB, table *charmap.Charmap, s string) []byte {
	t.Helper()
	b, err := table.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Encodings as they are named, in capitals and without.
func TestEncodings(t *testing.T) {
	const head, tail = `<?xml version="1.0" encoding="`, `"?>` + person
	for _, row := range []struct {
		reason  string
		content []byte
		surname string
	}{
		{"the encoding of cards", encode(t, charmap.ISO8859_15, head+"ISO-8859-15"+tail), "Šimák"},
		{"in small letters", encode(t, charmap.ISO8859_15, head+"iso-8859-15"+tail), "Šimák"},
		{"the one before it: the same byte is another character", encode(t, charmap.ISO8859_1, head+"ISO-8859-1"+strings.Replace(tail, "Š", "¦", 1)), "¦imák"},
		{"UTF-8 by name", []byte(head + "utf-8" + tail), "Šimák"},
		{"UTF-8 without a name", []byte(person), "Šimák"},
		{"characters by number", []byte(head + "ISO-8859-15" +
			strings.NewReplacer("ö", "&#xf6;", "Š", "&#352;", "á", "&#225;").Replace(tail)), "Šimák"},
		{"capitals whose bytes are UTF-8 by chance", encode(t, charmap.ISO8859_15, head+"ISO-8859-15"+
			strings.NewReplacer("Šimák", "TOMÍŠEK", "ö", "&#xf6;").Replace(tail)), "TOMÍŠEK"},
	} {
		card := newCard(t, virtual.Config{Content: full()})
		card.Overwrite(egk.PD, filePD(t, row.content))
		got, err := read(t, card)
		if err != nil || got.Name.Surname != row.surname || got.Name.Given != "Jörg" {
			t.Errorf("%s: %+v, %v", row.reason, got.Name, err)
		}
	}
}

// What can be wrong with EF.PD can be wrong with EF.VD, and is said of it.
func TestInsuranceFaults(t *testing.T) {
	const insurance = `<UC_AllgemeineVersicherungsdatenXML CDM_VERSION="5.2.0"><Versicherter><Versicherungsschutz>` +
		`<Kostentraeger><Kostentraegerkennung>999567890</Kostentraegerkennung></Kostentraeger>` +
		`</Versicherungsschutz></Versicherter></UC_AllgemeineVersicherungsdatenXML>`
	valid := fileVD(t, []byte(insurance))
	replaced := func(old, new string) []byte {
		return fileVD(t, bytes.Replace([]byte(insurance), []byte(old), []byte(new), 1))
	}
	for _, row := range []struct {
		reason  string
		content []byte
		want    egk.Fault
	}{
		{"the least there may be", valid, 0},
		{"no offsets", valid[:7], egk.Truncated},
		{"nothing behind the offsets", valid[:8], egk.OffsetOutside},
		{"cut", valid[:len(valid)-9], egk.Truncated},
		{"only the length at the end of gzip is cut", valid[:len(valid)-1], egk.Truncated},
		{"another byte in the middle", append(append(bytes.Clone(valid[:60]), valid[60]^0xff), valid[61:]...), egk.BadCompression},
		{"the personal data", fileVD(t, []byte(person)), egk.BadXML},
		{"schema 6", replaced("5.2.0", "6.0.0"), egk.BadSchema},
		{"no schema", replaced(`CDM_VERSION="5.2.0"`, ""), egk.BadSchema},
		{"a schema that overflows", replaced("5.2.0", "5.99999999999999999999.0"), egk.BadSchema},
		{"no IK", replaced("999567890", ""), egk.BadContent},
		{"no insurer", replaced("<Kostentraeger>", "<Kostentraeger2>"), egk.BadXML},
		{"a declared type", fileVD(t, []byte("<!DOCTYPE x>"+insurance)), egk.BadXML},
		{"a bomb", fileVD(t, make([]byte, 1<<21)), egk.TooLarge},
		{"just too large", fileVD(t, make([]byte, 32<<10+1)), egk.TooLarge},
		{"as large as may be, but no XML", fileVD(t, make([]byte, 32<<10)), egk.BadXML},
		{"nothing at all", fileVD(t, nil), egk.BadXML},
	} {
		card := newCard(t, virtual.Config{Content: full()})
		card.Overwrite(egk.VD, row.content)
		_, err := read(t, card)
		var e *egk.Error
		switch {
		case row.want == 0 && err == nil:
		case !errors.As(err, &e) || e.Fault != row.want || e.File != egk.VD:
			t.Errorf("%s: got %v, want %v", row.reason, err, row.want)
		}
	}
}

// A file that ends where a chunk ends is left with a word about the position, not
// about the end.
func TestFileEndsWithAChunk(t *testing.T) {
	person := with(func(c *egk.Card) { c.POBox = egk.POBox{} })
	content := bytes.Clone(newCard(t, virtual.Config{Content: person, Padded: true}).File(egk.PD))
	length := int(binary.BigEndian.Uint16(content))
	if length <= 2+mostLength || length >= 2*mostLength {
		t.Fatalf("EF.PD holds %d bytes, not one chunk and a half", length)
	}
	binary.BigEndian.PutUint16(content, 3*mostLength)
	for _, row := range []struct {
		reason string
		size   int
		want   egk.Fault
	}{
		{"behind the content", 2 + 2*mostLength, 0},
		{"within the content", 2 + mostLength, egk.Truncated},
		{"before the content", 2, egk.OffsetOutside},
	} {
		card := newCard(t, virtual.Config{Content: full()})
		card.Overwrite(egk.PD, content[:row.size])
		if _, err := read(t, card); row.want == 0 && err != nil || row.want != 0 && !errors.Is(err, row.want) {
			t.Errorf("%s: %v", row.reason, err)
		}
	}
}

// Versions are told as the documents write them.
func TestVersionText(t *testing.T) {
	for _, row := range []struct {
		version egk.Version
		want    string
	}{{egk.Version{}, ""}, {v53, "5.3.0"}, {egk.Version{Major: 3, Patch: 4}, "3.0.4"}} {
		if got := row.version.String(); got != row.want {
			t.Errorf("%#v: %q", row.version, got)
		}
	}
}
