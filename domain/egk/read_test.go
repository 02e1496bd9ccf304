package egk_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"

	"schalter/domain/egk"
	"schalter/domain/egk/virtual"
)

func TestRead(t *testing.T) {
	schema := func(v egk.Version) egk.Card {
		return with(func(c *egk.Card) { c.Schema, c.Status.Schema = v, v })
	}
	for _, row := range []struct {
		reason string
		config virtual.Config
		absent []egk.Field
	}{
		{"schema 5.2, every field, letters of ISO-8859-15 only", virtual.Config{Content: full()}, nil},
		{"schema 5.1: other namespaces, a prefix, more elements", virtual.Config{Content: schema(v51)}, nil},
		{"schema 5.3 with the full set", virtual.Config{Content: schema(v53)}, nil},
		{"the short set of 2026", virtual.Config{Content: short(), NoGVDCopy: true}, []egk.Field{
			egk.FieldSex, egk.FieldAddress, egk.FieldInsurerCountry, egk.FieldInsuredAs, egk.FieldInsuredFrom, egk.FieldInsuredTo,
		}},
		{"zeros up to the size of the files", virtual.Config{Content: full(), Padded: true}, nil},
		{"no copy of GVD: offsets FFFF", virtual.Config{Content: full(), NoGVDCopy: true}, nil},
		{"neither zeros nor a copy: VD ends with the file", virtual.Config{Content: full(), NoGVDCopy: true, Padded: false}, nil},
		{"T=0: right lengths asked for, answers fetched", virtual.Config{Content: full(), T0: true}, nil},
		{"T=0 with zeros", virtual.Config{Content: full(), T0: true, Padded: true}, nil},
		{"the largest chunk is just allowed", virtual.Config{Content: full(), LeLimit: mostLength}, nil},
		{"born on an unknown day", virtual.Config{Content: with(func(c *egk.Card) { c.BirthDate = 1962_03_00 })}, nil},
		{"born in a year", virtual.Config{Content: with(func(c *egk.Card) { c.BirthDate = 1962_00_00 })}, nil},
		{"no address but a post office box", virtual.Config{Content: with(func(c *egk.Card) { c.Address = egk.Address{} })}, nil},
		{"no post office box", virtual.Config{Content: with(func(c *egk.Card) { c.POBox = egk.POBox{} })}, nil},
		{"no end of insurance: not limited, not absent", virtual.Config{Content: with(func(c *egk.Card) { c.To = 0 })}, nil},
		{"an end without a beginning is there", virtual.Config{Content: with(func(c *egk.Card) { c.From = 0 })}, []egk.Field{egk.FieldInsuredFrom}},
		{"one name only", virtual.Config{Content: with(func(c *egk.Card) { c.Name = egk.Name{Surname: "Ÿ"} })}, []egk.Field{egk.FieldGivenNames}},
	} {
		t.Run(row.reason, func(t *testing.T) {
			got, err := read(t, newCard(t, row.config))
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, row.config.Content) {
				t.Errorf("got  %+v\nwant %+v", got, row.config.Content)
			}
			if absent := got.Absent(); !slices.Equal(absent, row.absent) {
				t.Errorf("absent: %v, want %v", absent, row.absent)
			}
		})
	}
}

// Every kind and sex of the schemas.
func TestReadCodes(t *testing.T) {
	for _, sex := range []egk.Sex{'m', 'w', 'x', 'd'} {
		for _, as := range []egk.InsuredAs{egk.AsMember, egk.AsFamily, egk.AsPensioner} {
			got, err := read(t, newCard(t, virtual.Config{Content: with(func(c *egk.Card) { c.Sex, c.InsuredAs = sex, as })}))
			if err != nil || got.Sex != sex || got.InsuredAs != as {
				t.Errorf("%c %d: got %c %d, %v", sex, as, got.Sex, got.InsuredAs, err)
			}
		}
	}
}

// The conversation, byte by byte, with a card of EF.PD of 2 and 480 bytes and VD
// from 8 to 367.
func TestConversation(t *testing.T) {
	card := newCard(t, virtual.Config{Content: full(), Padded: true})
	pd, vd := card.File(egk.PD), card.File(egk.VD)
	pd[0], pd[1] = 0x02, 0x60 // longer than it is: what follows is not looked at
	vd[2], vd[3] = 0x02, 0x6f
	w := &watch{t: t, card: card}
	if _, err := egk.Read(context.Background(), w); err != nil {
		t.Fatal(err)
	}
	want := []string{
		"00A4040C07D2760001448000",
		"00B082000C",
		"00A4040C06D27600000102",
		"00B08C0019",
		"00B0810002",
		"00B00002FC", "00B000FEFC", "00B001FA68", // 252 + 252 + 104 = 0x260
		"00B0820008",
		"00B00008FC", "00B00104FC", "00B0020070", // up to and with 0x26f
	}
	if !slices.Equal(w.sent, want) {
		t.Errorf("sent %q,\nwant %q", w.sent, want)
	}
}

// Not one byte of the copy of the protected data is read.
func TestCopyOfProtectedDataIsNotRead(t *testing.T) {
	card := newCard(t, virtual.Config{Content: full()})
	vd := card.File(egk.VD)
	last, start := int(vd[2])<<8|int(vd[3]), int(vd[4])<<8|int(vd[5])
	if start != last+1 || start >= len(vd) {
		t.Fatalf("the copy of GVD starts at %d of %d", start, len(vd))
	}
	card.Overwrite(egk.VD, vd[:start])
	cut := &watch{t: t, card: card}
	if _, err := egk.Read(context.Background(), cut); err != nil {
		t.Fatal(err)
	}
	card.Overwrite(egk.VD, vd)
	card.Reset()
	whole := &watch{t: t, card: card}
	if _, err := egk.Read(context.Background(), whole); err != nil || !slices.Equal(cut.sent, whole.sent) {
		t.Errorf("%v: sent %q,\nwithout the copy %q", err, whole.sent, cut.sent)
	}
}

func TestWarnings(t *testing.T) {
	for _, row := range []struct {
		reason string
		config virtual.Config
		want   []egk.Warning
	}{
		{"nothing is wrong", virtual.Config{Content: full()}, nil},
		{"StatusVD is 1", virtual.Config{Content: with(func(c *egk.Card) { c.Status.Open = true })}, []egk.Warning{egk.UpdateOpen}},
		{"StatusVD is neither 0 nor 1", virtual.Config{Content: full(), Damage: virtual.StatusOther}, []egk.Warning{egk.StatusUnknown}},
		{"6281 with the data", virtual.Config{Content: full(), MayBeCorrupt: true}, []egk.Warning{egk.MayBeCorrupt}},
		{"schema 5.9", virtual.Config{Content: full(), Damage: virtual.NewSchema}, []egk.Warning{egk.SchemaNewer}},
		{"two at once", virtual.Config{Content: with(func(c *egk.Card) { c.Status.Open = true }), MayBeCorrupt: true}, []egk.Warning{egk.UpdateOpen, egk.MayBeCorrupt}},
	} {
		got, err := read(t, newCard(t, row.config))
		if err != nil || !slices.Equal(got.Warnings, row.want) {
			t.Errorf("%s: %v, %v", row.reason, got.Warnings, err)
		}
		if got.Status.Open != slices.Contains(got.Warnings, egk.UpdateOpen) {
			t.Errorf("%s: the status says %+v", row.reason, got.Status)
		}
	}
}

// A card that cannot be read and has an update open says both.
func TestErrorTellsOfAnOpenUpdate(t *testing.T) {
	for _, open := range []bool{false, true} {
		content := with(func(c *egk.Card) { c.Status.Open = open })
		for _, config := range []virtual.Config{
			{Content: content, Damage: virtual.GzipChecksum},
			{Content: content, Damage: virtual.OffsetsOutside},
			{Content: content, Damage: virtual.OffsetsNone},
			{Content: content, PulledAfter: 6},
		} {
			_, err := read(t, newCard(t, config))
			var e *egk.Error
			if !errors.As(err, &e) || e.UpdateOpen != open {
				t.Errorf("%v, open %t: %#v", config.Damage, open, err)
			}
		}
	}
}
