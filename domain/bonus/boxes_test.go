package bonus

import (
	"slices"
	"testing"

	"schalter/domain/date"
)

func TestBoxes(t *testing.T) {
	rows := []struct {
		who  string
		born date.Date
		want []string
	}{
		{"adult", 19800510, []string{
			"checkup", "krebs", "zahn", "erw_checkup€", "erw_krebs€", "erw_augen€", "knochen€",
			"fitness", "verein", "ag_sport", "abzeichen", "blutspende", "organspende", "erste_hilfe", "ega",
		}},
		{"sixteen, teeth in each half year", 20080510, []string{
			"checkup", "krebs", "zahn", "zahn", "erw_checkup€", "erw_krebs€", "erw_augen€", "knochen€",
			"fitness", "verein", "ag_sport", "abzeichen", "blutspende", "organspende", "erste_hilfe", "ega",
		}},
		{"two years old in the year", 20220510, []string{
			"u_unters U7", "zahn_kind", "zahn_kind", "impf", "k_abzeichen€", "k_sport€", "k_bjs€",
		}},
		{"born in the year", 20240110, []string{
			"u_unters U1", "u_unters U2", "u_unters U3", "u_unters U4", "u_unters U5", "u_unters U6",
			"zahn_kind", "zahn_kind", "impf", "k_abzeichen€", "k_sport€", "k_bjs€",
		}},
	}
	for _, row := range rows {
		t.Run(row.who, func(t *testing.T) {
			b := Booklet{Year: 2024, Person: Person{Born: row.born, Sex: Woman, InsuredAs: Member}, Handin: 20250210}
			boxes, err := Seed().Boxes(b)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, box := range boxes {
				name := box.Measure.ID
				if box.Exam != "" {
					name += " " + box.Exam
				}
				if box.Cost {
					name += "€"
				}
				got = append(got, name)
			}
			if !slices.Equal(got, row.want) {
				t.Errorf("got  %q\nwant %q", got, row.want)
			}
		})
	}
}

func TestNoBoxesInAYearThatIsNotDecided(t *testing.T) {
	b := Booklet{Year: 1999, Person: Person{Born: 19800510, Sex: Woman, InsuredAs: Member}, Handin: 20000210}
	if boxes, err := Seed().Boxes(b); err == nil {
		t.Errorf("got %d boxes of a year that the programme does not decide", len(boxes))
	}
}
