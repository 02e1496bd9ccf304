package desk_test

import (
	"testing"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/desk"
	"schalter/domain/rights"
)

func TestLetterOfADecision(t *testing.T) {
	o := openOffice(t)
	_, err := o.WriteLetter(t.Context(), o.clerk, o.ref)
	refused(t, err, domain.ReasonBookletMissing)
	void := stamp("verein", 20260101)
	void.Invalid = "kein Stempel"
	o.enter(stageOne(stamp("fitness", 20260101), void))
	_, err = o.WriteLetter(t.Context(), o.clerk, o.ref)
	refused(t, err, domain.ReasonBookletState)
	o.decide()
	support := o.staff("hilfe", rights.Roles(rights.Support), atCounter)
	_, err = o.WriteLetter(t.Context(), support, o.ref)
	refused(t, err, domain.ReasonRoleMissing)
	l, err := o.WriteLetter(t.Context(), o.clerk, o.ref)
	if err != nil || l.Decision == nil || l.Decision.Total != 70_00 || l.To != o.member.Name || l.Branch.Name != "Musterstadt" {
		t.Fatalf("%+v, %v", l, err)
	}
	var sum bonus.Cents
	lines := 0
	for _, p := range l.Parts {
		sum += p.Cents
		lines += len(p.Lines)
	}
	if sum != 70_00 || lines != 5 || l.Parts[0].Title != "Stufe I Vorsorge" || l.Parts[len(l.Parts)-1].Lines[0].Invalid != "kein Stempel" {
		t.Errorf("parts %+v", l.Parts)
	}
	// Whoever had the address printed has seen it.
	answers, _, err := o.store.Answers(t.Context(), o.member.ID)
	if err != nil || domain.CountBy(answers.Shown, o.clerk.Person) != 1 {
		t.Errorf("%+v, %v", answers, err)
	}
}

// A child's letter goes to the main member; a spouse's does not.
func TestLetterOfTheFamily(t *testing.T) {
	o := openOffice(t)
	child := o.child()
	spouse := o.child(func(m *domain.Member) {
		m.KVNR, m.BirthDate, m.Insurance.Relation = "D123456780", 19600101, domain.Spouse
	})
	for _, row := range []struct {
		ref desk.BookletRef
		to  string
	}{{child, "Anna"}, {spouse, "Carla"}} {
		asked := []domain.QueryItem{{Measure: "zahn", Want: domain.WantStamp}}
		if err := o.QueryBooklet(t.Context(), o.clerk, o.request(), row.ref, form(), asked); err != nil {
			t.Fatal(err)
		}
		l, err := o.WriteLetter(t.Context(), o.clerk, row.ref)
		if err != nil || l.To.Given != row.to || l.Person.Given != "Carla" || l.Decision != nil || len(l.Query) != 1 {
			t.Errorf("%+v, %v", l, err)
		}
	}
	// Whose address was printed, their data have been seen.
	for _, row := range []struct {
		who   domain.MemberID
		shown int
	}{{o.member.ID, 1}, {child.Member, 1}, {spouse.Member, 1}} {
		answers, _, err := o.store.Answers(t.Context(), row.who)
		if err != nil || domain.CountBy(answers.Shown, o.clerk.Person) != row.shown {
			t.Errorf("member %d: %+v, %v", row.who, answers, err)
		}
	}
}
