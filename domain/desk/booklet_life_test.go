package desk_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/desk"
	"schalter/domain/kvnr"
	"schalter/domain/rights"
)

func signed(login string) desk.Credentials {
	return desk.Credentials{Login: login, Passphrase: []byte(passphrase)}
}

// signs is a signature under the booklet as it is stored.
func (o *office) signs(login string, total bonus.Cents) desk.Signature {
	o.t.Helper()
	b := o.booklet()
	return desk.Signature{Credentials: signed(login), Version: b.Latest().Request, Total: total}
}

// undrawn enters and decides by one person, in years until one is not in the
// sample.
func (o *office) undrawn(form func() desk.BookletForm) (domain.BookletDecision, bool) {
	o.t.Helper()
	for year := bonusYear; year > bonusYear-8; year-- {
		o.ref.Year = year
		o.enter(form())
		d, err := o.DecideBooklet(o.t.Context(), o.clerk, o.request(), o.ref, desk.Signature{})
		if err == nil {
			return d, true
		}
		refused(o.t, err, domain.ReasonOtherDecider)
	}
	return domain.BookletDecision{}, false
}

func TestWhoEnteredDecidesSmallSumsAlone(t *testing.T) {
	o := openOffice(t)
	if _, ok := o.undrawn(func() desk.BookletForm { return stageOne() }); !ok {
		t.Error("eight booklets in a row were drawn")
	}
	strict := openOffice(t, func(s *domain.Settings) { s.BookletAlone = 29_99 })
	strict.enter(stageOne())
	_, err := strict.DecideBooklet(t.Context(), strict.clerk, strict.request(), strict.ref, desk.Signature{})
	refused(t, err, domain.ReasonOtherDecider)
}

func TestLargeSumsNeedAnother(t *testing.T) {
	o := openOffice(t, func(s *domain.Settings) { s.BookletAlone = 0 })
	own := o.staff("kb.leitung", rights.Roles(rights.Supervisor), atCounter)
	o.enter(stageOne())
	wrong := o.signs("leitung", 30_00)
	wrong.Passphrase = []byte("falsch geraten sowieso")
	for _, row := range []struct {
		second desk.Signature
		why    domain.Reason
	}{
		{desk.Signature{}, domain.ReasonOtherDecider},
		{o.signs("kbeispiel", 30_00), domain.ReasonSecondSame},
		{o.signs("zweite", 30_00), domain.ReasonSecondRole}, // a clerk for a clerk
		{o.signs("admin", 30_00), domain.ReasonSecondRole},
		{wrong, domain.ReasonLoginFailed},
		{o.signs(own.Login, 29_00), domain.ReasonChangedMeanwhile},
		{desk.Signature{Credentials: signed(own.Login), Version: o.request(), Total: 30_00}, domain.ReasonChangedMeanwhile},
	} {
		_, err := o.DecideBooklet(t.Context(), o.clerk, o.request(), o.ref, row.second)
		refused(t, err, row.why)
	}
	if o.booklet().State != domain.BookletEntered {
		t.Fatal("it was decided nevertheless")
	}
	req := o.request()
	d, err := o.DecideBooklet(t.Context(), o.clerk, req, o.ref, o.signs(own.Login, 30_00))
	if err != nil || d.Second != own.Staff || d.SecondPerson != own.Person || d.Person != o.clerk.Person {
		t.Fatalf("%+v, %v", d, err)
	}
	again, err := o.DecideBooklet(t.Context(), o.clerk, req, o.ref, o.signs(own.Login, 30_00))
	if err != nil || !again.At.Equal(d.At) {
		t.Errorf("the same request again: %v", err)
	}
}

// A twentieth of all booklets is decided by another, and who enters them cannot
// choose which.
func TestSample(t *testing.T) {
	o := openOffice(t)
	drawn, all := 0, 0
	for i := range 40 {
		n := kvnr.KVNR(fmt.Sprintf("B%09d", i))
		m := o.counter.member(func(m *domain.Member) { m.KVNR, m.Sex = n, 'w' })
		for year := 2016; year < 2026; year++ {
			o.ref = desk.BookletRef{Member: m.ID, Programme: "bkk-kba-bkkplus", Year: year}
			o.enter(form())
			_, err := o.DecideBooklet(t.Context(), o.clerk, o.request(), o.ref, desk.Signature{})
			if all++; err == nil {
				continue
			}
			drawn++
			refused(t, err, domain.ReasonOtherDecider)
			// Entering it anew does not take it out of the sample.
			if err := o.CorrectBooklet(t.Context(), o.clerk, o.request(), o.ref, form()); err != nil {
				t.Fatal(err)
			}
			_, err = o.DecideBooklet(t.Context(), o.clerk, o.request(), o.ref, desk.Signature{})
			refused(t, err, domain.ReasonOtherDecider)
		}
	}
	// 20 of 400 are expected; beyond 10 and 32 chance alone leads once in 100 tries,
	// and the secret of the tests is always the same.
	if drawn < 10 || drawn > 32 {
		t.Errorf("%d of %d are in the sample", drawn, all)
	}
}

func TestSupplementPaysTheDifference(t *testing.T) {
	o := openOffice(t)
	o.enter(stageOne())
	o.decide()
	refused(t, o.ParkBooklet(t.Context(), o.clerk, o.request(), o.ref, stageOne()), domain.ReasonBookletTwice)
	o.payOut(30_00)
	later := stageOne(stamp("fitness", 20260101))
	if err := o.SupplementBooklet(t.Context(), o.clerk, o.request(), o.ref, later); err != nil {
		t.Fatal(err)
	}
	if d := o.decide(); d.Total != 70_00 || d.PaidBefore != 30_00 || d.ToPay != 40_00 {
		t.Errorf("total %d, to pay %d", d.Total, d.ToPay)
	}
	b := o.booklet()
	if len(b.Versions) != 2 || b.Versions[0].Decision.Total != 30_00 || b.Versions[1].Kind != domain.Supplement {
		t.Errorf("versions %+v", b.Versions)
	}
	o.payOut(40_00)
	if paid := o.booklet(); paid.Paid() != 70_00 {
		t.Errorf("paid %d", paid.Paid())
	}
}

// More papers have a day of receipt of their own.
func TestSupplementForm(t *testing.T) {
	o := openOffice(t)
	o.enter(stageOne())
	sheet, err := o.OpenBooklet(t.Context(), o.clerk, o.ref)
	if err != nil {
		t.Fatal(err)
	}
	if f := sheet.SupplementForm(); f.Received != 0 || len(f.Stamps) != 3 {
		t.Errorf("%+v", f)
	}
}

// What came too late takes nothing away from what was paid.
func TestLateSupplement(t *testing.T) {
	o := openOffice(t)
	o.enter(stageOne())
	o.decide()
	o.payOut(30_00)
	o.advance(60 * day)
	later := stageOne(stamp("fitness", 20260101))
	later.Received = 20270425
	if err := o.SupplementBooklet(t.Context(), o.clerk, o.request(), o.ref, later); err != nil {
		t.Fatal(err)
	}
	if d := o.decide(); d.Refusal != bonus.Late || d.Total != 30_00 || d.ToPay != 0 || d.Hypothetical != 70_00 {
		t.Errorf("refusal %s, total %d, to pay %d, hypothetical %d", d.Refusal, d.Total, d.ToPay, d.Hypothetical)
	}
}

// Nor from what was decided and waits for the payout.
func TestLateSupplementBeforeThePayout(t *testing.T) {
	o := openOffice(t)
	o.enter(stageOne())
	o.decide()
	o.advance(60 * day)
	later := stageOne(stamp("fitness", 20260101))
	later.Received = 20270425
	for range 2 {
		if err := o.SupplementBooklet(t.Context(), o.clerk, o.request(), o.ref, later); err != nil {
			t.Fatal(err)
		}
		if d := o.decide(); d.Refusal != bonus.Late || d.Total != 30_00 || d.ToPay != 30_00 || d.Hypothetical != 70_00 {
			t.Errorf("refusal %s, total %d, to pay %d, hypothetical %d", d.Refusal, d.Total, d.ToPay, d.Hypothetical)
		}
	}
	if l, err := o.WriteLetter(t.Context(), o.clerk, o.ref); err != nil || len(l.Parts) == 0 || l.Parts[0].Cents != 0 {
		t.Errorf("letter %+v, %v", l.Parts, err)
	}
	if file, _ := o.payOut(30_00); !strings.Contains(file, "stufe1 3000") {
		t.Errorf("file\n%s", file)
	}
}

// A correction that is refused replaces what it corrects.
func TestLateCorrection(t *testing.T) {
	o := openOffice(t)
	o.advance(60 * day)
	inTime, late := stageOne(), stageOne()
	late.Received = 20270425
	o.enter(inTime)
	o.decide()
	if err := o.CorrectBooklet(t.Context(), o.clerk, o.request(), o.ref, late); err != nil {
		t.Fatal(err)
	}
	if d := o.decide(); d.Refusal != bonus.Late || d.Total != 0 || d.ToPay != 0 {
		t.Errorf("%+v", d)
	}
}

func TestCorrectionKeepsTheOldVersion(t *testing.T) {
	o := openOffice(t)
	refused(t, o.CorrectBooklet(t.Context(), o.clerk, o.request(), o.ref, stageOne()), domain.ReasonBookletMissing)
	refused(t, o.SupplementBooklet(t.Context(), o.clerk, o.request(), o.ref, stageOne()), domain.ReasonBookletMissing)
	o.enter(stageOne(stamp("fitness", 20260101)))
	refused(t, o.SupplementBooklet(t.Context(), o.clerk, o.request(), o.ref, stageOne()), domain.ReasonBookletState)
	o.decide()
	o.payOut(70_00)
	if err := o.CorrectBooklet(t.Context(), o.clerk, o.request(), o.ref, stageOne()); err != nil {
		t.Fatal(err)
	}
	d := o.decide()
	if d.Total != 30_00 || d.ToPay != -40_00 {
		t.Errorf("total %d, to pay %d", d.Total, d.ToPay)
	}
	b := o.booklet()
	if len(b.Versions) != 2 || len(b.Versions[0].Stamps) != 4 || b.Versions[0].Decision.Total != 70_00 || b.Due() != 0 {
		t.Errorf("booklet %+v", b)
	}
}

func TestLateBooklet(t *testing.T) {
	o := openOffice(t)
	o.advance(60 * day)
	late := stageOne()
	late.Received = 20270425
	refused(t, o.AcceptLate(t.Context(), o.clerk, o.request(), o.ref, "Krankenhaus", signed("leitung")), domain.ReasonBookletMissing)
	o.enter(late)
	for _, row := range []struct {
		who    domain.Actor
		reason string
		second desk.Credentials
		why    domain.Reason
	}{
		{o.clerk, "  ", signed("leitung"), domain.ReasonReasonNeeded},
		{o.clerk, "Krankenhaus", desk.Credentials{}, domain.ReasonSecondAlways},
		{o.clerk, "Krankenhaus", signed("zweite"), domain.ReasonSecondRole},
		{o.clerk, "Krankenhaus", signed("kbeispiel"), domain.ReasonSecondSame},
	} {
		refused(t, o.AcceptLate(t.Context(), row.who, o.request(), o.ref, row.reason, row.second), row.why)
	}
	sheet, err := o.OpenBooklet(t.Context(), o.clerk, o.ref)
	if err != nil {
		t.Fatal(err)
	}
	if d, err := sheet.Assess(sheet.Form()); err != nil || d.Refusal != bonus.Late || d.Total != 0 || d.Hypothetical != 30_00 {
		t.Errorf("%+v, %v", d, err)
	}
	if err := o.AcceptLate(t.Context(), o.clerk, o.request(), o.ref, "Krankenhaus", signed("leitung")); err != nil {
		t.Fatal(err)
	}
	if d := o.decide(); d.Refusal != "" || d.Total != 30_00 {
		t.Errorf("%+v", d)
	}
	refused(t, o.AcceptLate(t.Context(), o.clerk, o.request(), o.ref, "Krankenhaus", signed("leitung")), domain.ReasonBookletState)
	o.payOut(30_00)
	refused(t, o.ReleaseMeasure(t.Context(), o.clerk, o.request(), o.ref, "krebs", "Grund", signed("leitung")), domain.ReasonBookletState)
}

// Two people can accept a booklet that was refused as late, or free somebody of a
// measure, after the decision: what was decided stays, and it is decided again.
func TestAcceptanceAfterTheDecision(t *testing.T) {
	o := openOffice(t)
	o.advance(60 * day)
	late := form(stamp("checkup", 20260514), stamp("zahn", 20260220))
	late.Received = 20270425
	o.enter(late)
	o.decide()
	if err := o.AcceptLate(t.Context(), o.clerk, o.request(), o.ref, "Krankenhaus", signed("leitung")); err != nil {
		t.Fatal(err)
	}
	if b := o.booklet(); len(b.Versions) != 2 || b.State != domain.BookletEntered || b.Versions[0].Decision.Refusal != bonus.Late || b.Versions[0].Late != nil {
		t.Errorf("booklet %+v", b)
	}
	if d := o.decide(); d.Refusal != "" || d.Total != 0 {
		t.Errorf("%+v", d)
	}
	req := o.request()
	for range 2 {
		if err := o.ReleaseMeasure(t.Context(), o.clerk, req, o.ref, "krebs", "nach Operation nicht möglich", signed("leitung")); err != nil {
			t.Fatal(err)
		}
	}
	if d := o.decide(); d.Total != 30_00 {
		t.Errorf("%+v", d)
	}
	if b := o.booklet(); len(b.Versions) != 3 || b.Latest().Kind != domain.Correction || b.Latest().Person != o.clerk.Person {
		t.Errorf("booklet %+v", b)
	}
}

// Typed after the deadline with a day of receipt before it, a booklet is decided
// by another; the journal has the day that was typed.
func TestBackdatedBooklet(t *testing.T) {
	o := openOffice(t)
	o.advance(60 * day)
	backdated := stageOne()
	backdated.Received = 20270331
	o.enter(backdated)
	_, err := o.DecideBooklet(t.Context(), o.clerk, o.request(), o.ref, desk.Signature{})
	refused(t, err, domain.ReasonOtherDecider)
	if b := o.booklet(); b.Latest().Drawn {
		t.Fatal("the sample hides what is tested")
	}
	found := false
	for e, err := range o.store.Journal(t.Context(), desk.JournalSpan{}) {
		if err != nil {
			t.Fatal(err)
		}
		found = found || e.Act == domain.ActBookletEntered && strings.HasSuffix(e.Object, ":received:20270331")
	}
	if !found {
		t.Error("the journal does not say which day was typed")
	}
}

// Whose own word about an earlier exam makes the bonus does not decide it alone.
func TestOwnExaminationOpensNoGate(t *testing.T) {
	o := openOffice(t)
	exam := desk.KnownExam{Measure: "checkup", Date: 20250101}
	if err := o.AddExamination(t.Context(), o.other, o.request(), o.ref, exam); err != nil {
		t.Fatal(err)
	}
	o.enter(form(stamp("krebs", 20260514), stamp("zahn", 20260220)))
	_, err := o.DecideBooklet(t.Context(), o.other, o.request(), o.ref, desk.Signature{})
	refused(t, err, domain.ReasonOtherDecider)
	refused(t, o.WithdrawExamination(t.Context(), o.clerk, o.request(), o.ref, desk.KnownExam{Measure: "krebs", Date: 20250101}), domain.ReasonBookletInvalid)
	if err := o.WithdrawExamination(t.Context(), o.clerk, o.request(), o.ref, exam); err != nil {
		t.Fatal(err)
	}
	if d := o.decide(); d.Total != 0 {
		t.Errorf("total %d", d.Total)
	}
}

// One who entered a booklet does not decide it alone because a colleague typed it
// anew.
func TestColleagueTypesAnew(t *testing.T) {
	o := openOffice(t, func(s *domain.Settings) { s.BookletAlone = 0 })
	o.enter(stageOne())
	if err := o.CorrectBooklet(t.Context(), o.other, o.request(), o.ref, stageOne()); err != nil {
		t.Fatal(err)
	}
	_, err := o.DecideBooklet(t.Context(), o.clerk, o.request(), o.ref, desk.Signature{})
	refused(t, err, domain.ReasonOtherDecider)
}

// Refused late, the letter can say what was lost.
func TestLateBookletKeepsTheHypotheticalTotal(t *testing.T) {
	o := openOffice(t)
	o.advance(60 * day)
	late := stageOne()
	late.Received = 20270425
	o.enter(late)
	if d := o.decide(); d.Refusal != bonus.Late || d.Total != 0 || d.Hypothetical != 30_00 || len(d.Lines) == 0 {
		t.Errorf("%+v", d)
	}
	inTime := openOffice(t)
	inTime.enter(stageOne())
	refused(t, inTime.AcceptLate(t.Context(), inTime.clerk, inTime.request(), inTime.ref, "Krankenhaus", signed("leitung")), domain.ReasonNotLate)
}

func TestReleaseOfAMeasure(t *testing.T) {
	o := openOffice(t)
	short := form(stamp("checkup", 20260514), stamp("zahn", 20260220))
	o.enter(short)
	release := func(measure string, second desk.Credentials) error {
		return o.ReleaseMeasure(t.Context(), o.clerk, o.request(), o.ref, measure, "nach Operation nicht möglich", second)
	}
	refused(t, release("krebs", desk.Credentials{}), domain.ReasonSecondAlways)
	refused(t, release("nothing", signed("leitung")), domain.ReasonBookletInvalid)
	if err := release("krebs", signed("leitung")); err != nil {
		t.Fatal(err)
	}
	if err := o.CorrectBooklet(t.Context(), o.clerk, o.request(), o.ref, short); err != nil {
		t.Fatal(err)
	}
	if d := o.decide(); d.Total != 30_00 {
		t.Errorf("total %d", d.Total)
	}
	b := o.booklet()
	if r := b.Latest().Releases; len(r) != 1 || r[0].Reason == "" || r[0].Second == 0 {
		t.Errorf("releases %+v", r)
	}
}

// The interval knows what was proven in earlier years: added by staff, or in a
// booklet that paid nothing.
func TestHistory(t *testing.T) {
	short := form(stamp("krebs", 20260514), stamp("zahn", 20260220))
	added := openOffice(t)
	exam := desk.KnownExam{Measure: "checkup", Date: 20251100, From: "Impfbuch"}
	if err := added.AddExamination(t.Context(), added.clerk, added.request(), added.ref, exam); err != nil {
		t.Fatal(err)
	}
	added.enter(short)
	if d := added.decide(); d.Total != 30_00 || len(d.History) != 1 {
		t.Errorf("total %d, history %+v", d.Total, d.History)
	}
	for _, wrong := range []desk.KnownExam{
		{Measure: "checkup"},
		{Measure: "checkup", Date: 20280101},
		{Measure: "nothing", Date: 20250101},
		{Measure: "u_unters", Date: 20250101},
		{Measure: "checkup", Exam: "U1", Date: 20250101},
	} {
		if err := added.AddExamination(t.Context(), added.clerk, added.request(), added.ref, wrong); !desk.IsKind(err, domain.Invalid) {
			t.Errorf("%+v: %v", wrong, err)
		}
	}
	earlier := openOffice(t)
	last := earlier.ref
	last.Year--
	void := stamp("checkup", 20251014)
	void.Invalid = "kein Stempel der Praxis"
	for i, stamps := range [][]domain.Stamp{{void}, {stamp("checkup", 20251014)}} {
		save := earlier.EnterBooklet
		if i > 0 {
			save = earlier.CorrectBooklet
		}
		if err := save(t.Context(), earlier.clerk, earlier.request(), last, form(stamps...)); err != nil {
			t.Fatal(err)
		}
		sheet, err := earlier.OpenBooklet(t.Context(), earlier.clerk, earlier.ref)
		if err != nil {
			t.Fatal(err)
		}
		if d, err := sheet.Assess(short); err != nil || d.Stage1 != (i > 0) {
			t.Errorf("%d: stage one %v, %v", i, d.Stage1, err)
		}
	}
}

// child is insured through the member and has a booklet of their own.
func (o *office) child(alter ...func(*domain.Member)) desk.BookletRef {
	o.t.Helper()
	m := o.counter.member(append([]func(*domain.Member){func(m *domain.Member) {
		m.KVNR, m.Name.Given, m.BirthDate = "C123456785", "Carla", 20160510
		m.Insurance = domain.Insurance{As: domain.AsFamily, Main: o.member.KVNR, Relation: domain.Child, From: 20160510}
	}}, alter...)...)
	return desk.BookletRef{Member: m.ID, Programme: o.ref.Programme, Year: bonusYear}
}

func TestInvoiceTwiceInTheFamily(t *testing.T) {
	o := openOffice(t)
	o.enter(stageOne(invoice("erw_augen", 20260303, 25_00, "R-17")))
	child := o.child()
	same := invoice("k_sport", 20260303, 25_00, "r -17")
	err := o.EnterBooklet(t.Context(), o.clerk, o.request(), child, form(same))
	refused(t, err, domain.ReasonInvoiceRepeated)
	var e *domain.Error
	if errors.As(err, &e) && e.Field != "stamps[0].invoice" {
		t.Errorf("field %s", e.Field)
	}
	for _, other := range []domain.Stamp{
		invoice("k_sport", 20260303, 24_00, "R-17"), invoice("k_sport", 20260304, 25_00, "r.17"),
	} {
		err := o.EnterBooklet(t.Context(), o.clerk, o.request(), child, form(other))
		refused(t, err, domain.ReasonInvoiceRepeated)
	}
	// What is only parked takes no invoice from another.
	if err := o.ParkBooklet(t.Context(), o.clerk, o.request(), child, form(invoice("k_sport", 20260303, 25_00, "R-17"))); err != nil {
		t.Error(err)
	}
	if err := o.CorrectBooklet(t.Context(), o.clerk, o.request(), o.ref, stageOne(invoice("erw_augen", 20260303, 25_00, "R-17"))); err != nil {
		t.Error(err)
	}
	for _, other := range []domain.Stamp{invoice("k_sport", 20260303, 25_00, "R-18")} {
		if err := o.CorrectBooklet(t.Context(), o.clerk, o.request(), child, form(other)); err == nil {
			continue
		}
		if err := o.EnterBooklet(t.Context(), o.clerk, o.request(), child, form(other)); err != nil {
			t.Errorf("%+v: %v", other, err)
		}
	}
	// Twice in one booklet, too; unless it is marked as invalid.
	twice := []domain.Stamp{invoice("k_sport", 20260303, 10_00, "7"), invoice("k_abzeichen", 20260303, 10_00, "7")}
	refused(t, o.CorrectBooklet(t.Context(), o.clerk, o.request(), child, form(twice...)), domain.ReasonInvoiceRepeated)
	twice[1].Invalid = "doppelt"
	if err := o.CorrectBooklet(t.Context(), o.clerk, o.request(), child, form(twice...)); err != nil {
		t.Error(err)
	}
	// The same booklet may bring its own invoice again.
	if err := o.CorrectBooklet(t.Context(), o.clerk, o.request(), o.ref, stageOne(invoice("erw_augen", 20260303, 25_00, "R17"))); err != nil {
		t.Error(err)
	}
}

func TestChildIsCreditedToTheMainMember(t *testing.T) {
	o := openOffice(t)
	ref := o.child()
	sheet, err := o.OpenBooklet(t.Context(), o.clerk, ref)
	if err != nil || !sheet.Credit.ToMain || sheet.Credit.Main != o.member.Name {
		t.Fatalf("credit %+v, %v", sheet.Credit, err)
	}
	spouse := o.child(func(m *domain.Member) {
		m.KVNR, m.BirthDate, m.Insurance.Relation = "D123456780", 19600101, domain.Spouse
	})
	if sheet, err := o.OpenBooklet(t.Context(), o.clerk, spouse); err != nil || !sheet.Credit.ToMain || sheet.Credit.Main != (domain.Name{}) {
		t.Errorf("credit %+v, %v", sheet.Credit, err)
	}
	if sheet, err := o.OpenBooklet(t.Context(), o.clerk, o.ref); err != nil || sheet.Credit.ToMain {
		t.Errorf("credit %+v, %v", sheet.Credit, err)
	}
	orphan := o.child(func(m *domain.Member) { m.KVNR, m.Insurance.Main = "E123456785", "Z999999995" })
	if err := o.EnterBooklet(t.Context(), o.clerk, o.request(), orphan, form()); err != nil {
		t.Fatal(err)
	}
	_, err = o.DecideBooklet(t.Context(), o.other, o.request(), orphan, desk.Signature{})
	refused(t, err, domain.ReasonMainMissing)
}

// Nobody works on their own family's bonus: neither on a child's record nor on
// one that is credited to them.
func TestBookletOfTheOwnFamily(t *testing.T) {
	o := openOffice(t)
	ref := o.child()
	admin := o.login("admin", desk.Place{Channel: rights.Console})
	_, err := o.AddStaff(t.Context(), admin, signed("leitung"), desk.NewStaff{
		Login: "verwandt", Name: "V", Roles: rights.Roles(rights.Clerk), SameAs: "zweite",
		Passphrase: []byte(passphrase), Related: []kvnr.KVNR{o.member.KVNR},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []desk.BookletRef{o.ref, ref} {
		_, err := o.OpenBooklet(t.Context(), o.other, r)
		refused(t, err, domain.ReasonSecondRelated)
		refused(t, o.EnterBooklet(t.Context(), o.other, o.request(), r, form()), domain.ReasonSecondRelated)
		if err := o.EnterBooklet(t.Context(), o.clerk, o.request(), r, form()); err != nil {
			t.Fatal(err)
		}
		_, err = o.DecideBooklet(t.Context(), o.other, o.request(), r, desk.Signature{})
		refused(t, err, domain.ReasonSecondRelated)
	}
}

// kin gives somebody at the counter who is another supervisor and a relative of
// the member.
func (o *office) kin() domain.Actor {
	o.t.Helper()
	o.staff("chefin", rights.Roles(rights.Supervisor), atCounter)
	admin := o.login("admin", desk.Place{Channel: rights.Console})
	_, err := o.AddStaff(o.t.Context(), admin, signed("leitung"), desk.NewStaff{
		Login: "verwandt", Name: "V", Roles: rights.Roles(rights.Clerk), SameAs: "chefin",
		Passphrase: []byte(passphrase), Related: []kvnr.KVNR{o.member.KVNR},
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return o.login("chefin", desk.Place{Channel: rights.Console})
}

// Nor is a relative of whom the bonus is credited to the second person.
func TestRelativeOfTheMainMemberSigns(t *testing.T) {
	o := openOffice(t, func(s *domain.Settings) { s.BookletAlone = 0 })
	o.kin()
	o.ref = o.child()
	o.enter(form(stamp("impf", 20260514), stamp("zahn_kind", 20260514), stamp("zahn_kind", 20260601)))
	b := o.booklet()
	sheet, err := o.OpenBooklet(t.Context(), o.clerk, o.ref)
	if err != nil {
		t.Fatal(err)
	}
	worth, err := sheet.Assess(sheet.Form())
	if err != nil || worth.Total == 0 {
		t.Fatalf("%+v, %v", worth, err)
	}
	sign := desk.Signature{Credentials: signed("chefin"), Version: b.Latest().Request, Total: worth.Total}
	_, err = o.DecideBooklet(t.Context(), o.clerk, o.request(), o.ref, sign)
	refused(t, err, domain.ReasonSecondRelated)
	refused(t, o.ReleaseMeasure(t.Context(), o.clerk, o.request(), o.ref, "impf", "Grund", signed("chefin")), domain.ReasonSecondRelated)
}

func TestQuery(t *testing.T) {
	o := openOffice(t)
	ask := func(items ...domain.QueryItem) error {
		return o.QueryBooklet(t.Context(), o.clerk, o.request(), o.ref, stageOne(), items)
	}
	refused(t, ask(), domain.ReasonReasonNeeded)
	refused(t, ask(domain.QueryItem{Want: "nonsense"}), domain.ReasonReasonNeeded)
	refused(t, ask(domain.QueryItem{Want: domain.WantOther}), domain.ReasonReasonNeeded)
	o.enter(stageOne())
	if err := ask(domain.QueryItem{Measure: "krebs", Want: domain.WantStamp}); err != nil {
		t.Fatal(err)
	}
	_, err := o.DecideBooklet(t.Context(), o.other, o.request(), o.ref, desk.Signature{})
	refused(t, err, domain.ReasonBookletState)
	o.enter(stageOne())
	o.decide()
	b := o.booklet()
	if len(b.Versions) != 3 || b.Versions[1].Query == nil || b.Versions[1].Query.Staff != o.clerk.Staff {
		t.Errorf("versions %+v", b.Versions)
	}
	refused(t, ask(domain.QueryItem{Want: domain.WantLegible}), domain.ReasonBookletTwice)
}

func TestProgrammeOfAYear(t *testing.T) {
	o := openOffice(t)
	for _, row := range []struct {
		ref desk.BookletRef
		why domain.Reason
	}{
		{desk.BookletRef{Member: o.member.ID, Year: 2015}, domain.ReasonProgrammeMissing},
		{desk.BookletRef{Member: o.member.ID, Programme: "other", Year: bonusYear}, domain.ReasonProgrammeMissing},
		{desk.BookletRef{Member: 99, Year: bonusYear}, domain.ReasonMemberNotFound},
	} {
		_, err := o.OpenBooklet(t.Context(), o.clerk, row.ref)
		refused(t, err, row.why)
	}
}

// Deceased or gone, a member's booklet is still decided.
func TestBookletAfterTheEnd(t *testing.T) {
	o := openOffice(t)
	ref := o.child(func(m *domain.Member) { m.Deceased = true })
	if err := o.EnterBooklet(t.Context(), o.clerk, o.request(), ref, form()); err != nil {
		t.Error(err)
	}
	if waiting, err := o.WaitingBooklets(t.Context(), o.clerk); err != nil || len(waiting) != 1 || !waiting[0].Mine {
		t.Errorf("%+v, %v", waiting, err)
	}
	if list, err := o.BookletsOf(t.Context(), o.clerk, ref.Member); err != nil || len(list) != 1 || list[0].State != domain.BookletEntered {
		t.Errorf("%+v, %v", list, err)
	}
}
