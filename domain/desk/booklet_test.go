package desk_test

import (
	"errors"
	"testing"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/date"
	"schalter/domain/desk"
	"schalter/domain/rights"
)

// bonusYear is the year whose booklets come in the March of these tests.
const bonusYear = 2026

// office is a counter with a clerk, a second clerk and a grown-up member who was
// insured all year.
type office struct {
	*counter
	clerk, other domain.Actor
	member       domain.Member
	ref          desk.BookletRef
}

func openOffice(t *testing.T, change ...func(*domain.Settings)) *office {
	t.Helper()
	c := open(t, change...)
	o := &office{counter: c, clerk: c.clerk(), member: c.member(func(m *domain.Member) { m.Sex = 'w' })}
	o.other = c.staff("zweite", rights.Roles(rights.Clerk), desk.Place{Channel: rights.Counter, Branch: "Musterstadt", Seat: "2"})
	o.ref = desk.BookletRef{Member: o.member.ID, Programme: "bkk-kba-bkkplus", Year: bonusYear}
	return o
}

func stamp(measure string, day date.Date) domain.Stamp {
	return domain.Stamp{Measure: measure, Date: day, Evidence: []string{"stamp"}}
}

func invoice(measure string, day date.Date, cents bonus.Cents, number string) domain.Stamp {
	return domain.Stamp{Measure: measure, Date: day, Cost: &cents, Evidence: []string{"invoice"}, Invoice: number}
}

// form is a booklet received on the day of the tests, rightly counted.
func form(stamps ...domain.Stamp) desk.BookletForm {
	return desk.BookletForm{Received: 20270301, Stamps: stamps, Counted: desk.StampCount(stamps)}
}

// stageOne is what opens the gate: 30 euros.
func stageOne(more ...domain.Stamp) desk.BookletForm {
	return form(append([]domain.Stamp{
		stamp("checkup", 20260514), stamp("krebs", 20260514), stamp("zahn", 20260220),
	}, more...)...)
}

func (o *office) enter(form desk.BookletForm) {
	o.t.Helper()
	if err := o.EnterBooklet(o.t.Context(), o.clerk, o.request(), o.ref, form); err != nil {
		o.t.Fatal(err)
	}
}

// decide lets the other clerk decide, who needs nobody.
func (o *office) decide() domain.BookletDecision {
	o.t.Helper()
	d, err := o.DecideBooklet(o.t.Context(), o.other, o.request(), o.ref, desk.Signature{})
	if err != nil {
		o.t.Fatal(err)
	}
	return d
}

func (c *counter) request() domain.RequestID {
	c.t.Helper()
	req, err := c.NewRequest()
	if err != nil {
		c.t.Fatal(err)
	}
	return req
}

func (o *office) booklet() domain.Booklet {
	o.t.Helper()
	list, _, err := o.store.Booklets(o.t.Context(), o.ref.Member)
	if err != nil {
		o.t.Fatal(err)
	}
	i := list.Find(o.ref.Programme, o.ref.Year)
	if i < 0 {
		o.t.Fatal("there is no booklet")
	}
	return list.List[i]
}

func TestBookletIsEnteredAndDecided(t *testing.T) {
	o := openOffice(t)
	sheet, err := o.OpenBooklet(t.Context(), o.clerk, desk.BookletRef{Member: o.member.ID, Year: bonusYear})
	if err != nil || sheet.Ref != o.ref || sheet.Booklet.State != 0 {
		t.Fatalf("sheet %+v, %v", sheet, err)
	}
	typed := stageOne(stamp("fitness", 20260101), invoice("erw_augen", 20260303, 25_00, "R 17"))
	live, err := sheet.Assess(typed)
	if err != nil || live.Total != 95_00 {
		t.Fatalf("live total %d, %v", live.Total, err)
	}
	if boxes, err := sheet.Boxes(typed); err != nil || len(boxes) != 15 || boxes[0].Measure.ID != "checkup" {
		t.Errorf("%d boxes, %v", len(boxes), err)
	}
	o.enter(typed)
	if b := o.booklet(); b.State != domain.BookletEntered || b.Latest().Staff != o.clerk.Staff {
		t.Errorf("booklet %+v", b)
	}
	decided := o.decide()
	if decided.Total != 95_00 || decided.ToPay != 95_00 || decided.Hash != sheet.Programme.Hash {
		t.Errorf("decided %+v", decided)
	}
	want := []domain.Share{{Group: "stufe1", Cents: 30_00}, {Group: "vorsorge", Cents: 25_00, Reimbursed: true}, {Group: "sport", Cents: 40_00}}
	if len(decided.Shares) != 3 || decided.Shares[0] != want[0] || decided.Shares[1] != want[1] || decided.Shares[2] != want[2] {
		t.Errorf("shares %+v", decided.Shares)
	}
	b := o.booklet()
	if b.State != domain.BookletDecided || b.Due() != 95_00 || b.Latest().Decision.Person != o.other.Person {
		t.Errorf("booklet %+v", b)
	}
}

// Whoever may not touch booklets, or not this one, is told why.
func TestBookletOfAnother(t *testing.T) {
	o := openOffice(t)
	support := o.staff("hilfe", rights.Roles(rights.Support), atCounter)
	console := o.login("kbeispiel", desk.Place{Channel: rights.Console})
	admin := o.login("admin", desk.Place{Channel: rights.Console})
	for _, row := range []struct {
		who domain.Actor
		why domain.Reason
	}{
		{support, domain.ReasonRoleMissing},
		{admin, domain.ReasonRoleMissing},
		{console, domain.ReasonChannelWrong},
	} {
		_, err := o.OpenBooklet(t.Context(), row.who, o.ref)
		refused(t, err, row.why)
		refused(t, o.EnterBooklet(t.Context(), row.who, o.request(), o.ref, stageOne()), row.why)
		refused(t, o.ParkBooklet(t.Context(), row.who, o.request(), o.ref, stageOne()), row.why)
		_, err = o.DecideBooklet(t.Context(), row.who, o.request(), o.ref, desk.Signature{})
		refused(t, err, row.why)
		refused(t, o.AddExamination(t.Context(), row.who, o.request(), o.ref, desk.KnownExam{Measure: "checkup", Date: 20250101}), row.why)
		refused(t, o.ReleaseMeasure(t.Context(), row.who, o.request(), o.ref, "krebs", "Grund", desk.Credentials{}), row.why)
	}
}

func TestBookletIsCounted(t *testing.T) {
	o := openOffice(t)
	wrong := stageOne()
	wrong.Counted++
	err := o.EnterBooklet(t.Context(), o.clerk, o.request(), o.ref, wrong)
	refused(t, err, domain.ReasonCountDiffers)
	if _, err := o.OpenBooklet(t.Context(), o.clerk, o.ref); err != nil {
		t.Fatal(err)
	}
	// Parked, it may be as it is.
	if err := o.ParkBooklet(t.Context(), o.clerk, o.request(), o.ref, wrong); err != nil {
		t.Fatal(err)
	}
	o.enter(stageOne())
	if b := o.booklet(); len(b.Versions) != 1 || b.State != domain.BookletEntered {
		t.Errorf("what was parked is still there: %+v", b)
	}
}

func TestBookletTwice(t *testing.T) {
	o := openOffice(t)
	req := o.request()
	if err := o.EnterBooklet(t.Context(), o.clerk, req, o.ref, stageOne()); err != nil {
		t.Fatal(err)
	}
	if err := o.EnterBooklet(t.Context(), o.clerk, req, o.ref, stageOne()); err != nil {
		t.Errorf("the same request again: %v", err)
	}
	for range 2 {
		refused(t, o.EnterBooklet(t.Context(), o.other, o.request(), o.ref, stageOne()), domain.ReasonBookletTwice)
		refused(t, o.ParkBooklet(t.Context(), o.other, o.request(), o.ref, stageOne()), domain.ReasonBookletTwice)
		if o.booklet().State == domain.BookletEntered {
			o.decide()
		}
	}
	if n := len(o.booklet().Versions); n != 1 {
		t.Errorf("%d versions", n)
	}
	_, err := o.DecideBooklet(t.Context(), o.other, o.request(), o.ref, desk.Signature{})
	refused(t, err, domain.ReasonBookletState)
}

func TestUnfitEntriesNameTheField(t *testing.T) {
	o := openOffice(t)
	for _, row := range []struct {
		form  desk.BookletForm
		field string
	}{
		{form(stamp("checkup", 20260514), stamp("nothing", 20260514)), "stamps[1].measure"},
		{form(domain.Stamp{Measure: "nothing", Invalid: "unleserlich"}, stamp("nothing", 20260514)), "stamps[1].measure"},
		{form(stamp("u_unters", 20260514)), "stamps[0].exam"},
		{desk.BookletForm{}, "handin"},
		{desk.BookletForm{Received: 20270302}, "handin"},
		{desk.BookletForm{Received: 20270301, Option: "geld"}, "option.id"},
	} {
		err := o.EnterBooklet(t.Context(), o.clerk, o.request(), o.ref, row.form)
		refused(t, err, domain.ReasonBookletInvalid)
		var e *domain.Error
		if errors.As(err, &e) && e.Field != row.field {
			t.Errorf("field %s, want %s", e.Field, row.field)
		}
	}
}
