package practice

import (
	"testing"

	"schalter/domain/egk"
	"schalter/domain/name"
)

// TestHealthCards: everybody who brings a card brings one that can be read, and
// that is theirs.
func TestHealthCards(t *testing.T) {
	insurer := egk.Insurer{IK: "109979978", Name: "Übungskasse"}
	const today = 2026_11_22
	with, short := 0, 0
	for _, m := range People(Seed, today, Size) {
		card, ok, err := HealthCard(m, Seed, today, insurer)
		if err != nil {
			t.Fatalf("%v: %v", m.Name, err)
		}
		if ok != (PapersOf(m, Seed, today).CardDigits != "") {
			t.Errorf("%v brings a card: %v", m.Name, ok)
		}
		if !ok {
			continue
		}
		read, err := egk.Read(t.Context(), card)
		if err != nil || read.KVNR != m.KVNR || read.BirthDate != m.BirthDate || read.Insurer.IK != insurer.IK {
			t.Fatalf("%v: %v", m.Name, err)
		}
		if v := name.CompareMRZ(name.Person(m.Name), name.MRZ(read.Name.Prefix+" "+read.Name.Surname), name.MRZ(read.Name.Given)); !v.Agrees() {
			t.Errorf("%v reads as %v: %v", m.Name, read.Name, v)
		}
		with++
		if read.Schema.Minor == 3 {
			short++
		}
	}
	if with < Size/2 || short == 0 || short == with {
		t.Errorf("%d cards, %d short ones", with, short)
	}
}
