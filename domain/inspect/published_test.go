package inspect_test

import (
	"strings"
	"testing"

	"schalter/domain/inspect"
	"schalter/domain/mrz"
)

// TestPublished holds every number that insurers, gematik and test environments
// have published, and names those among them that are wrong.
func TestPublished(t *testing.T) {
	rows := []struct {
		source string
		check  func(string) inspect.Result
		values string
		valid  bool
	}{
		{"gematik, test cards and samples", inspect.KVNR, `X110411675 X110406067 X110465770 X110646712 X110408667 X110359890
			X110372962 X110540756 X110639491 X110630769 X110617786 X110687252 X110498793 X110499478 X110488614 K220635158
			K220645122 T012345678 A000500015 C000500021 N430869088 Y091263771 D123456786 H719994900 S040464113 A123456780`, true},
		{"BITMARCK, reference environment; an electronic certificate", inspect.KVNR, `A990000012 A990000024 A990000048 A990000063
			A990000087 A990000113 A990000125 A990000137 A990000149 A990000152 A990000226 A784840037 N613470373 C810750350
			C810750362 C810750374 C810750386 C810750398 A819745621`, true},
		{"wrong in print", inspect.KVNR, "G995030567 M310119801 X234567890 A123456789 X110424188", false},
		{"gematik, wrong on purpose", inspect.KVNR, "K220645129 T012345679 A005000112 C000500020", false},
		{"ARGE IK, insurers, test cards", inspect.IK, `260326822 109500969 104212059 108018007 100696012 109519005 101575519
			108416214 101377508 104212505 109034270 109905003 108310400 105830016 109723913 107202793 108433248 105508787
			108377503 999567890 991534564 991734566 413799875`, true},
		{"wrong in print", inspect.IK, "999999999 413799876", false},
		{"consecutive test cards, which have no check digit", inspect.ICCSN, "80276001820001951731 80276883110000168583 80276883110000168586", true},
	}
	for _, row := range rows {
		for value := range strings.FieldsSeq(row.values) {
			if got := row.check(value); got.Valid != row.valid {
				t.Errorf("%s: %s: valid %t, %v", row.source, value, got.Valid, got.Problems)
			}
		}
	}
}

// TestPublishedZones holds the published machine-readable zones, and the one that
// is wrong in print.
func TestPublishedZones(t *testing.T) {
	for _, row := range []struct {
		source, text string
		valid        bool
	}{
		{"identity card of 2010", "IDD<<T220001293<<<<<<<<<<<<<<<\n6408125<2010315D<<<<<<<<<<<<<4\nMUSTERMANN<<ERIKA<<<<<<<<<<<<<", true},
		{"identity card of 2021", "IDD<<L01X00T471<<<<<<<<<<<<<<<\n8308126<3108011D<<2108<<<<<<<7\nMUSTERMANN<<ERIKA<<<<<<<<<<<<<", true},
		{"passport", "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\nC01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4", true},
		{"identity card before 2010", "IDD<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<\n1220001297D<<6408125<1710319<<<<<<<8", true},
		{"Doc 9303-4", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10", true},
		{"Doc 9303-5", "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<", true},
		{"Doc 9303-6", "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6", true},
		{"a passport in a public repository, whose composite digit must be 8", "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<\nL01X00T471D<<6408125F2702283<<<<<<<<<<<<<<<4", false},
	} {
		if got := mrz.Inspect(row.text, 2026_03_01); got.Valid != row.valid {
			t.Errorf("%s: valid %t, %v", row.source, got.Valid, got.Problems)
		}
	}
}
