package memberfile_test

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/iccsn"
	"schalter/domain/kvnr"
	"schalter/domain/memberfile"
)

// forms are all forms in which members are written.
var forms = map[string]memberfile.Form{"CSV": memberfile.CSV, "JSON": memberfile.JSONLines}

func TestWhatIsWrittenIsRead(t *testing.T) {
	for name, form := range forms {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			members := rapid.SliceOfNDistinct(anyMember(), 0, 5, func(m domain.Member) kvnr.KVNR { return m.KVNR }).Draw(t, "members")
			var file bytes.Buffer
			w := memberfile.NewWriter(&file, form)
			for _, m := range members {
				if err := w.Write(m); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Flush(); err != nil {
				t.Fatal(err)
			}
			back := readMembers(t, &file, form)
			if len(back) != len(members) {
				t.Fatalf("%d of %d members are back", len(back), len(members))
			}
			for i := range back {
				if !reflect.DeepEqual(back[i], members[i]) {
					t.Fatalf("member %d changed on the way", i)
				}
			}
		}))
	}
}

func readMembers(t *rapid.T, file *bytes.Buffer, form memberfile.Form) (members []domain.Member) {
	r, err := memberfile.NewReader(file, memberfile.Options{Form: form, Today: today})
	if err != nil {
		t.Fatal(err)
	}
	for row, err := range r.Rows() {
		if err != nil || row.Rejected() {
			t.Fatalf("rejected: %s, %v", row.Reject, err)
		}
		members = append(members, row.Member)
	}
	return members
}

// anyMember draws members that are right, with every kind of value.
func anyMember() *rapid.Generator[domain.Member] {
	return rapid.Custom(func(t *rapid.T) domain.Member {
		m := domain.Member{
			KVNR: anyKVNR(t, "kvnr"),
			Name: domain.Name{
				Title: name(t, "title", 20), Given: name(t, "given", 45), Prefix: name(t, "prefix", 20),
				Surname: "M" + name(t, "surname", 44), Suffix: name(t, "suffix", 20), BirthName: name(t, "birth name", 45),
			},
			BirthDate: rapid.SampledFrom([]date.Date{19620314, 19620300, 19620000, 20270301, 19000101}).Draw(t, "birth"),
			Sex:       rapid.SampledFrom([]domain.Sex{0, 'm', 'w', 'x', 'd'}).Draw(t, "sex"),
			Address: domain.Address{
				Street: name(t, "street", 46), HouseNumber: rapid.SampledFrom([]string{"", "-", "7", "12½", "3;4", `"`}).Draw(t, "house"),
				Extra:    rapid.SampledFrom([]string{"", `c/o "Hof"`, "a;b", `""`, ";"}).Draw(t, "extra"),
				Postcode: rapid.SampledFrom([]string{"", "01067"}).Draw(t, "postcode"), City: name(t, "city", 40),
				Country:   rapid.SampledFrom([]string{"", "D"}).Draw(t, "country"),
				ChangedOn: rapid.SampledFrom([]date.Date{0, 20270301}).Draw(t, "changed"),
			},
			Contact: domain.Contact{
				Email:         "a@example.org",
				EmailVerified: rapid.Bool().Draw(t, "verified"),
				Phone:         rapid.SampledFrom([]string{"", "+49 30 23125000", "030/1 (Büro); nur abends"}).Draw(t, "phone"),
			},
			Insurance: anyInsurance(t),
			Deceased:  rapid.Bool().Draw(t, "deceased"),
		}
		for i := range rapid.IntRange(0, 3).Draw(t, "cards") {
			m.Cards = append(m.Cards, domain.Card{
				ICCSN:     iccsn.ICCSN(fmt.Sprintf("8027699999%010d", i)),
				ValidFrom: rapid.SampledFrom([]date.Date{0, 20240101}).Draw(t, "from"),
				ValidTo:   rapid.SampledFrom([]date.Date{0, 20291231}).Draw(t, "to"),
				Status:    rapid.SampledFrom([]domain.CardStatus{domain.CardActive, domain.CardBlocked, domain.CardOrdered}).Draw(t, "status"),
			})
		}
		return m
	})
}

func anyInsurance(t *rapid.T) domain.Insurance {
	in := domain.Insurance{
		As:           rapid.SampledFrom([]domain.InsuredAs{0, domain.AsMember, domain.AsFamily, domain.AsPensioner}).Draw(t, "as"),
		From:         rapid.SampledFrom([]date.Date{0, 20110401}).Draw(t, "from"),
		To:           rapid.SampledFrom([]date.Date{0, 20270228, 99991231}).Draw(t, "to"),
		TerminatedOn: rapid.SampledFrom([]date.Date{0, 20261201}).Draw(t, "terminated"),
	}
	if in.As == domain.AsFamily {
		in.Main = "X110406067"
		in.Relation = rapid.SampledFrom([]domain.Relation{0, domain.Spouse, domain.Child, domain.OtherRelation}).Draw(t, "relation")
	}
	if in.TerminatedOn != 0 {
		in.WithdrawnOn = rapid.SampledFrom([]date.Date{0, 20261205}).Draw(t, "withdrawn")
	}
	return in
}

func anyKVNR(t *rapid.T, label string) kvnr.KVNR {
	first9 := rapid.StringMatching(`[A-W][0-9]{8}`).Draw(t, label)
	check, err := kvnr.CheckDigit(first9)
	if err != nil {
		t.Fatal(err)
	}
	return kvnr.KVNR(first9 + string(check))
}

// name draws a plain text that can be a name, or none.
func name(t *rapid.T, label string, limit int) string {
	rest := rapid.StringOfN(rapid.RuneFrom([]rune(`aäßéłşıŠŒđ'’-.;",`)), -1, limit-1, -1).Draw(t, label)
	if rest == "" {
		return ""
	}
	return "N" + rest
}

func TestWhatIsWritten(t *testing.T) {
	m := domain.Member{
		ID: 7, KVNR: "X110411675", Pseudonym: domain.Pseudonym{1}, BirthDate: 19620300, Sex: 'w', Deceased: true,
		Name: domain.Name{Given: "Anna", Surname: `Müller; "Ä"`},
		Cards: []domain.Card{
			{ICCSN: "80276999990001951731", ValidTo: 20291231, Status: domain.CardActive, BlockedHere: true},
			{ICCSN: "80276999990001951732", Status: domain.CardOrdered},
		},
	}
	head := strings.Join(memberfile.Columns(), ";") + "\n"
	for _, row := range []struct {
		why     string
		form    memberfile.Form
		members []domain.Member
		want    string
	}{
		{"a row a card", memberfile.CSV, []domain.Member{m}, head +
			`X110411675;;Anna;;"Müller; ""Ä""";;;1962-03-00;w;;;;;;;;;;;;;;;;;;true;80276999990001951731;;2029-12-31;active` + "\n" +
			`X110411675;;Anna;;"Müller; ""Ä""";;;1962-03-00;w;;;;;;;;;;;;;;;;;;true;80276999990001951732;;;ordered` + "\n"},
		{
			"an object a member", memberfile.JSONLines,
			[]domain.Member{m},
			`{"kvnr":"X110411675","given_names":"Anna","surname":"Müller; \"Ä\"","birth_date":"1962-03-00","sex":"w","deceased":true,` +
				`"cards":[{"iccsn":"80276999990001951731","valid_to":"2029-12-31","status":"active"},{"iccsn":"80276999990001951732","status":"ordered"}]}` + "\n",
		},
		{"a row without card", memberfile.Auto, []domain.Member{{KVNR: "X110411675"}}, head + "X110411675" + strings.Repeat(";", 30) + "\n"},
		{"nobody, CSV", memberfile.CSV, nil, head},
		{"nobody, JSON", memberfile.JSONLines, nil, ""},
	} {
		var file bytes.Buffer
		w := memberfile.NewWriter(&file, row.form)
		for _, m := range row.members {
			if err := w.Write(m); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		if got := file.String(); got != row.want {
			t.Errorf("%s: got\n%s\nwant\n%s", row.why, got, row.want)
		}
	}
}

// full is a disk without space.
type full struct{}

var errFull = errors.New("no space left")

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestAFullDiskIsTold(t *testing.T) {
	for name, form := range forms {
		w := memberfile.NewWriter(full{}, form)
		err := w.Write(domain.Member{KVNR: "X110411675", Name: domain.Name{Surname: strings.Repeat("x", 5000)}})
		if flush := w.Flush(); !errors.Is(err, errFull) || !errors.Is(flush, errFull) {
			t.Errorf("%s: errors %v, %v", name, err, flush)
		}
	}
	report := memberfile.NewReport(full{})
	var err error
	for range 1000 {
		err = report.Add(memberfile.Reject{Line: 2, Reason: memberfile.Cells})
	}
	if flush := report.Flush(); !errors.Is(err, errFull) || !errors.Is(flush, errFull) {
		t.Errorf("report: errors %v, %v", err, flush)
	}
}

func TestReport(t *testing.T) {
	var out bytes.Buffer
	report := memberfile.NewReport(&out)
	for _, x := range []memberfile.Reject{
		{Line: 17, Field: "birth_date", Reason: memberfile.Day},
		{Line: 18, Field: "card_valid_to", Reason: memberfile.Day},
		{Line: 230, Reason: memberfile.Truncated},
	} {
		if err := report.Add(x); err != nil {
			t.Fatal(err)
		}
	}
	if err := report.Flush(); err != nil {
		t.Fatal(err)
	}
	const want = "line;field;reason\n17;birth_date;date\n18;card_valid_to;date\n230;;truncated\n"
	if out.String() != want {
		t.Errorf("got\n%s", out.String())
	}
	if report.Total() != 3 || report.Count(memberfile.Day) != 2 || report.Count(memberfile.Quote) != 0 {
		t.Errorf("counted %d, %d", report.Total(), report.Count(memberfile.Day))
	}
}
