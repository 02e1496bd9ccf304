package egk_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"schalter/domain/date"
	"schalter/domain/egk"
	"schalter/domain/egk/virtual"
	"schalter/domain/iccsn"
	"schalter/domain/ik"
	"schalter/domain/kvnr"
	"schalter/domain/plain"
)

// What is written on a card is read from it, whoever it belongs to.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := anyCard().Draw(t, "card")
		config := virtual.Config{
			Content:      want,
			Padded:       rapid.Bool().Draw(t, "padded"),
			NoGVDCopy:    rapid.Bool().Draw(t, "no copy"),
			T0:           rapid.Bool().Draw(t, "T=0"),
			MayBeCorrupt: rapid.Bool().Draw(t, "corrupt"),
		}
		if want.Status.Open {
			want.Warnings = append(want.Warnings, egk.UpdateOpen)
		}
		// As T=0, the card gives the word for the length, and that for the data
		// without it.
		if config.MayBeCorrupt && !config.T0 {
			want.Warnings = append(want.Warnings, egk.MayBeCorrupt)
		}
		card, err := virtual.New(config)
		if err != nil {
			t.Fatal(err)
		}
		got, err := egk.Read(t.Context(), card)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("got  %+v\nwant %+v", got, want)
		}
	})
}

// anyCard invents a card: any schema, any optional field missing.
func anyCard() *rapid.Generator[egk.Card] {
	return rapid.Custom(func(t *rapid.T) egk.Card {
		name, word, country := text(30), text(12), text(3)
		schema := rapid.SampledFrom([]egk.Version{v51, v52, v53, {Major: 5, Minor: 2, Patch: 17}}).Draw(t, "schema")
		return egk.Card{
			ICCSN: anyICCSN().Draw(t, "iccsn"),
			Status: egk.Status{
				Open:    rapid.Bool().Draw(t, "open"),
				At:      time.Unix(rapid.Int64Range(0, 1<<36).Draw(t, "at"), 0).UTC(),
				Schema:  schema,
				Storage: egk.Version{Major: rapid.IntRange(1, 999).Draw(t, "storage"), Patch: 4},
			},
			Schema: schema,
			KVNR:   anyKVNR().Draw(t, "kvnr"),
			Name: egk.Name{
				Title: word.Draw(t, "title"), Given: name.Draw(t, "given"), Prefix: word.Draw(t, "prefix"),
				Surname: name.Filter(func(s string) bool { return s != "" }).Draw(t, "surname"),
				Suffix:  word.Draw(t, "suffix"),
			},
			BirthDate: anyDate().Draw(t, "born"),
			Sex:       rapid.SampledFrom([]egk.Sex{0, 'm', 'w', 'x', 'd'}).Draw(t, "sex"),
			Address: egk.Address{
				Street: name.Draw(t, "street"), HouseNumber: word.Draw(t, "number"), Extra: word.Draw(t, "extra"),
				Postcode: word.Draw(t, "postcode"), City: name.Draw(t, "city"), Country: country.Draw(t, "country"),
			},
			POBox: egk.POBox{
				Number: word.Draw(t, "box"), Postcode: word.Draw(t, "postcode"),
				City: word.Draw(t, "city"), Country: country.Draw(t, "country"),
			},
			Insurer: egk.Insurer{IK: anyIK().Draw(t, "ik"), Name: name.Draw(t, "insurer"), Country: country.Draw(t, "country")},
			Billing: rapid.OneOf(rapid.Just(egk.Insurer{}), rapid.Custom(func(t *rapid.T) egk.Insurer {
				return egk.Insurer{IK: anyIK().Draw(t, "ik"), Name: name.Draw(t, "insurer"), Country: country.Draw(t, "country")}
			})).Draw(t, "billing"),
			InsuredAs: rapid.SampledFrom([]egk.InsuredAs{0, 1, 3, 5}).Draw(t, "as"),
			From:      rapid.OneOf(rapid.Just(date.Date(0)), anyDate()).Draw(t, "from"),
			To:        rapid.OneOf(rapid.Just(date.Date(0)), anyDate()).Draw(t, "to"),
			WOP:       rapid.SampledFrom([]egk.WOP{"", "01", "38", "98"}).Draw(t, "wop"),
		}
	})
}

// text is any text of ISO-8859-15, markup included, that the filter for outside
// text leaves as it is.
func text(limit int) *rapid.Generator[string] {
	return rapid.Map(rapid.SliceOfN(rapid.SampledFrom(letters()), 0, limit), func(runes []rune) string {
		return plain.Clean(string(runes))
	})
}

// letters are the characters of ISO-8859-15 but Ã, which before some others is
// taken for UTF-8.
func letters() (all []rune) {
	for b := 0x20; b < 0x100; b++ {
		if r := charmap.ISO8859_15.DecodeByte(byte(b)); r != 0x7f && r != '\ufffd' && r != 'Ã' {
			all = append(all, r)
		}
	}
	return all
}

func anyKVNR() *rapid.Generator[kvnr.KVNR] {
	return rapid.Map(rapid.StringMatching(`[A-Z][0-9]{8}`), func(first9 string) kvnr.KVNR {
		check, err := kvnr.CheckDigit(first9)
		if err != nil {
			panic(err)
		}
		return kvnr.KVNR(first9 + string(check))
	})
}

func anyICCSN() *rapid.Generator[iccsn.ICCSN] {
	return rapid.Map(rapid.StringMatching(`80276[0-9]{15}`), func(s string) iccsn.ICCSN { return iccsn.ICCSN(s) })
}

// anyIK tries check digits until one fits.
func anyIK() *rapid.Generator[ik.IK] {
	return rapid.Map(rapid.StringMatching(`10[0-9]{6}`), func(first8 string) ik.IK {
		for check := range 10 {
			if n, err := ik.Parse(fmt.Sprint(first8, check)); err == nil {
				return n
			}
		}
		panic("no check digit fits")
	})
}

// anyDate is a day, a month or a year.
func anyDate() *rapid.Generator[date.Date] {
	return rapid.Custom(func(t *rapid.T) date.Date {
		year, month := rapid.IntRange(1900, 2100).Draw(t, "year"), rapid.IntRange(0, 12).Draw(t, "month")
		day := 0
		if month > 0 {
			day = rapid.IntRange(0, 28).Draw(t, "day")
		}
		d, err := date.New(year, month, day)
		if err != nil {
			t.Fatal(err)
		}
		return d
	})
}

// The letters in which ISO-8859-15 differs from ISO-8859-1 are there.
func TestLettersOfISO885915(t *testing.T) {
	if all := string(letters()); !strings.ContainsRune(all, '€') || !strings.ContainsRune(all, 'Š') || !strings.ContainsRune(all, 'Ÿ') {
		t.Errorf("%q", all)
	}
}
