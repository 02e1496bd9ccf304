package egk_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"testing"
	"unicode/utf8"

	"schalter/domain/egk"
	"schalter/domain/egk/virtual"
	"schalter/domain/plain"
)

// checkHostile reads a card of which nothing is known and states what holds all
// the same: allowed commands only (by the watch), an end, one kind of error, and
// a card that is whole and clean.
func checkHostile(t *testing.T, card egk.Transmitter) {
	t.Helper()
	c, err := read(t, card)
	if err != nil {
		var e *egk.Error
		if !errors.As(err, &e) || e.Fault == 0 || e.File == 0 || e.Fault == egk.ReaderFailed {
			t.Errorf("an error of another kind: %#v", err)
		}
		return
	}
	if !c.ICCSN.Valid() || !c.KVNR.Valid() || !c.BirthDate.Valid() || !c.Insurer.IK.Valid() || c.Name.Surname == "" || c.Schema.Major != 5 {
		t.Errorf("a required field is not: %+v", c)
	}
	for _, s := range []string{
		c.Name.Title, c.Name.Given, c.Name.Prefix, c.Name.Surname, c.Name.Suffix,
		c.Address.Street, c.Address.HouseNumber, c.Address.Extra, c.Address.Postcode, c.Address.City, c.Address.Country,
		c.POBox.Number, c.POBox.Postcode, c.POBox.City, c.POBox.Country,
		c.Insurer.Name, c.Insurer.Country, c.Billing.Name, c.Billing.Country, string(c.WOP),
	} {
		if plain.Clean(s) != s || utf8.RuneCountInString(s) > 100 {
			t.Errorf("a text is not clean: %+q", s)
		}
	}
}

// contents returns what a file holds on cards with every damage, each once.
func contents(t testing.TB, file egk.File, cards ...egk.Card) [][]byte {
	seen := map[string]bool{}
	var all [][]byte
	for _, damage := range append(virtual.Damages(), virtual.None) {
		for _, card := range cards {
			content := newCard(t, virtual.Config{Content: card, Damage: damage, NoGVDCopy: true}).File(file)
			if !seen[string(content)] {
				seen[string(content)] = true
				all = append(all, content)
			}
		}
	}
	return all
}

// fuzzFile fuzzes the content of a file.
func fuzzFile(f *testing.F, file egk.File) {
	for _, content := range contents(f, file, full(), short()) {
		f.Add(content)
	}
	card := newCard(f, virtual.Config{Content: full()})
	f.Fuzz(func(t *testing.T, content []byte) {
		card.Reset()
		card.Overwrite(file, content)
		checkHostile(t, card)
	})
}

func FuzzGDO(f *testing.F) { fuzzFile(f, egk.GDO) }

func FuzzStatusVD(f *testing.F) { fuzzFile(f, egk.StatusVD) }

func FuzzPD(f *testing.F) { fuzzFile(f, egk.PD) }

func FuzzVD(f *testing.F) { fuzzFile(f, egk.VD) }

// fuzzXML fuzzes the XML of a file, behind its check sum. head is what comes
// before the packed XML of a size.
func fuzzXML(f *testing.F, file egk.File, head func(size int) []byte) {
	old := with(func(c *egk.Card) { c.Schema = v51 })
	for _, content := range contents(f, file, full(), short(), old) {
		zip, err := gzip.NewReader(bytes.NewReader(content[min(len(head(0)), len(content)):]))
		if err != nil {
			continue
		}
		zip.Multistream(false)
		xml, _ := io.ReadAll(io.LimitReader(zip, 1<<13)) // what can be had of it
		f.Add(xml)
	}
	card := newCard(f, virtual.Config{Content: full()})
	zip := gzip.NewWriter(io.Discard)
	f.Fuzz(func(t *testing.T, xml []byte) {
		var b bytes.Buffer
		zip.Reset(&b)
		if _, err := zip.Write(xml); err != nil {
			t.Fatal(err)
		}
		if err := zip.Close(); err != nil {
			t.Fatal(err)
		}
		card.Reset()
		card.Overwrite(file, append(head(b.Len()), b.Bytes()...))
		checkHostile(t, card)
	})
}

func FuzzPersonalXML(f *testing.F) {
	fuzzXML(f, egk.PD, func(size int) []byte { return binary.BigEndian.AppendUint16(nil, uint16(size)) })
}

func FuzzInsuranceXML(f *testing.F) {
	fuzzXML(f, egk.VD, func(size int) []byte {
		offsets := binary.BigEndian.AppendUint16([]byte{0, 8}, uint16(7+size))
		return append(offsets, 0xff, 0xff, 0xff, 0xff)
	})
}

// script is a card that says what it has to say, whatever it is asked: answers
// one after the other, each behind its length in one byte.
type script []byte

func (s *script) Transmit(context.Context, []byte) ([]byte, error) {
	if len(*s) == 0 {
		return nil, nil
	}
	n := min(int((*s)[0]), len(*s)-1)
	answer := (*s)[1 : 1+n]
	*s = (*s)[1+n:]
	return answer, nil
}

// scribe writes the script of a conversation.
type scribe struct {
	card   egk.Transmitter
	script []byte
}

func (s *scribe) Transmit(ctx context.Context, apdu []byte) ([]byte, error) {
	answer, err := s.card.Transmit(ctx, apdu)
	s.script = append(append(s.script, byte(min(len(answer), 255))), answer...)
	return answer, err
}

func FuzzConversation(f *testing.F) {
	for _, config := range []virtual.Config{
		{Content: full()},
		{Content: full(), T0: true},
		{Content: short(), Padded: true},
		{Content: full(), Damage: virtual.EndlessAnswer},
		{Content: full(), Damage: virtual.OffsetsBeyond},
	} {
		s := &scribe{card: newCard(f, config)}
		_, _ = egk.Read(context.Background(), s) // whatever comes of it
		f.Add(s.script)
	}
	f.Fuzz(func(t *testing.T, conversation []byte) {
		s := script(bytes.Clone(conversation))
		checkHostile(t, &s)
	})
}

// A card that answers for ever, a byte at a time or in the largest pieces, is
// left after a bounded number of commands (counted by the watch).
func TestTalkativeCards(t *testing.T) {
	for _, row := range []struct {
		reason string
		answer func(apdu []byte) []byte
	}{
		{"zeros without end", func(apdu []byte) []byte {
			return append(make([]byte, int(apdu[len(apdu)-1])), 0x90, 0)
		}},
		{"the largest length there is, then as much as was asked for", func(apdu []byte) []byte {
			b := bytes.Repeat([]byte{0x0f, 0xfe}, int(apdu[len(apdu)-1]))[:apdu[len(apdu)-1]]
			return append(b, 0x90, 0)
		}},
		{"the largest length there is, then a byte at a time", func(apdu []byte) []byte {
			if apdu[2] == 0x81 {
				return []byte{0x0f, 0xfe, 0x90, 0}
			}
			return []byte{0, 0x90, 0}
		}},
		{"one byte, and more waits", func([]byte) []byte { return []byte{0, 0x61, 1} }},
		{"nothing, and more waits", func([]byte) []byte { return []byte{0x61, 1} }},
		{"the length is always wrong", func([]byte) []byte { return []byte{0x6c, 1} }},
		{"a megabyte", func([]byte) []byte { return append(make([]byte, 1<<20), 0x90, 0) }},
	} {
		t.Run(row.reason, func(t *testing.T) {
			_, err := read(t, talker{row.answer})
			var e *egk.Error
			if !errors.As(err, &e) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// talker is a health card until EF.PD.
type talker struct{ answer func(apdu []byte) []byte }

func (c talker) Transmit(_ context.Context, apdu []byte) ([]byte, error) {
	switch {
	case apdu[1] == 0xa4:
		return []byte{0x90, 0}, nil
	case apdu[1] == 0xb0 && apdu[2] == 0x82 && apdu[4] == 12:
		return append([]byte{0x5a, 0x0a, 0x80, 0x27, 0x68, 0x81, 0x23, 0x99, 0x12, 0x34, 0x56, 0x78}, 0x90, 0), nil
	case apdu[1] == 0xb0 && apdu[2] == 0x8c:
		return append(bytes.Repeat([]byte{'0'}, 25), 0x90, 0), nil
	}
	return c.answer(apdu), nil
}
