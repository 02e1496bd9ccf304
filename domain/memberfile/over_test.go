package memberfile_test

import (
	"reflect"
	"strings"
	"testing"

	"schalter/domain"
	"schalter/domain/memberfile"
)

func stored() domain.Member {
	return domain.Member{
		ID: 7, Pseudonym: domain.Pseudonym{1}, KVNR: "X110411675", BirthDate: 19620314, Sex: 'w',
		Name:      domain.Name{Title: "Dr.", Given: "Anna", Surname: "Müller"},
		Address:   domain.Address{Street: "Neuweg", Postcode: "97070", City: "Würzburg", ChangedOn: 20200101},
		Contact:   domain.Contact{Email: "anna@beispiel.de", EmailVerified: true, Phone: "0931 1"},
		Insurance: domain.Insurance{As: domain.AsFamily, Main: "A123456780", Relation: domain.Spouse, From: 20100101},
		Cards: []domain.Card{
			{ICCSN: "80276999990001951731", ValidFrom: 20240101, ValidTo: 20291231, Status: domain.CardBlocked, BlockedHere: true},
		},
	}
}

// TestOverChangesWhatIsNamed: what a file does not speak of stays.
func TestOverChangesWhatIsNamed(t *testing.T) {
	for _, row := range []struct {
		why, file string
		change    func(*domain.Member)
	}{
		{
			"a short file, another surname", "kvnr;surname;birth_date\nX110411675;Meier;1962-03-14\n",
			func(m *domain.Member) { m.Name.Surname = "Meier" },
		},
		{
			"an empty cell of a named column empties", "kvnr;title;surname;birth_date\nX110411675;;Müller;1962-03-14\n",
			func(m *domain.Member) { m.Name.Title = "" },
		},
		{
			"a new address is not verified", "kvnr;surname;birth_date;email\nX110411675;Müller;1962-03-14;neu@beispiel.de\n",
			func(m *domain.Member) { m.Contact.Email, m.Contact.EmailVerified = "neu@beispiel.de", false },
		},
		{
			"the same address stays verified", "kvnr;surname;birth_date;email\nX110411675;Müller;1962-03-14;anna@beispiel.de\n",
			func(*domain.Member) {},
		},
		{
			"nobody's family any more", "kvnr;surname;birth_date;insured_as\nX110411675;Müller;1962-03-14;member\n",
			func(m *domain.Member) {
				m.Insurance = domain.Insurance{As: domain.AsMember, From: 20100101}
			},
		},
		{
			"a card keeps the dates that are not named", "kvnr;surname;birth_date;iccsn;card_status\nX110411675;Müller;1962-03-14;80276999990001951731;active\n",
			func(m *domain.Member) { m.Cards[0].Status = domain.CardActive },
		},
		{
			"a card more", "kvnr;surname;birth_date;iccsn;card_status\nX110411675;Müller;1962-03-14;80276999990001951732;active\n",
			func(m *domain.Member) {
				m.Cards = append(m.Cards, domain.Card{ICCSN: "80276999990001951732", Status: domain.CardActive})
			},
		},
		{
			"an object speaks of its keys", `{"kvnr":"X110411675","surname":"Müller","birth_date":"1962-03-14","phone":null,` +
				`"cards":[{"iccsn":"80276999990001951731","status":"blocked","valid_to":"2030-12-31"}]}`,
			func(m *domain.Member) { m.Contact.Phone, m.Cards[0].ValidTo = "", 20301231 },
		},
		{
			"two objects speak of both their keys", `{"kvnr":"X110411675","surname":"Müller","birth_date":"1962-03-14","title":null}` + "\n" +
				`{"kvnr":"X110411675","surname":"Müller","birth_date":"1962-03-14","phone":null}`,
			func(m *domain.Member) { m.Name.Title, m.Contact.Phone = "", "" },
		},
	} {
		reader, err := memberfile.NewReader(strings.NewReader(row.file), memberfile.Options{})
		if err != nil {
			t.Fatalf("%s: %v", row.why, err)
		}
		want := stored()
		row.change(&want)
		rows := 0
		for r, err := range reader.Rows() {
			if err != nil || r.Rejected() {
				t.Fatalf("%s: %v %v", row.why, r.Reject, err)
			}
			rows++
			old := stored()
			if got := r.Over(old); !reflect.DeepEqual(got, want) {
				t.Errorf("%s:\n got %+v\nwant %+v", row.why, got, want)
			}
			if !reflect.DeepEqual(old, stored()) {
				t.Errorf("%s: the old record was changed", row.why)
			}
		}
		if rows != 1 {
			t.Errorf("%s: %d rows", row.why, rows)
		}
	}
}
