package desk_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/desk"
	"schalter/domain/kvnr"
	"schalter/domain/rights"
)

const day = 24 * time.Hour

// sheetOf writes a payout as lines, for looking at.
func sheetOf(into *string) func(domain.PayoutRun, iter.Seq2[desk.PayoutRow, error]) error {
	return func(run domain.PayoutRun, rows iter.Seq2[desk.PayoutRow, error]) error {
		var b strings.Builder
		fmt.Fprintf(&b, "run %d\n", run.ID)
		for r, err := range rows {
			if err != nil {
				return err
			}
			fmt.Fprintln(&b, r.Main, r.Person, r.Year, r.Group, r.Cents, r.Reimbursed)
		}
		*into = b.String()
		return nil
	}
}

func order(run domain.PayoutID) desk.PayoutOrder { return desk.PayoutOrder{Year: bonusYear, Run: run} }

func (o *office) leader() domain.Actor {
	o.t.Helper()
	return o.login("leitung", desk.Place{Channel: rights.Console})
}

// payOut runs a payout and checks its sum.
func (o *office) payOut(cents bonus.Cents) (string, desk.Payout) {
	o.t.Helper()
	var file string
	p, err := o.PayOut(o.t.Context(), o.leader(), signed("kbeispiel"), order(0), sheetOf(&file), nil)
	if err != nil {
		o.t.Fatal(err)
	}
	if p.Run.Cents != cents || p.Run.State < domain.PayoutWritten {
		o.t.Errorf("run %+v, want %d cents", p.Run, cents)
	}
	return file, p
}

func TestPayout(t *testing.T) {
	o := openOffice(t)
	o.enter(stageOne(invoice("erw_augen", 20260303, 25_00, "R17")))
	refused(t, o.tryPayOut(o.leader(), signed("kbeispiel")), domain.ReasonNothingToPay)
	o.decide()
	for _, row := range []struct {
		who    domain.Actor
		second desk.Credentials
		why    domain.Reason
	}{
		{o.clerk, signed("leitung"), domain.ReasonRoleMissing},
		{o.leader(), desk.Credentials{}, domain.ReasonSecondAlways},
		{o.leader(), signed("leitung"), domain.ReasonSecondSame},
		{o.leader(), signed("admin"), domain.ReasonSecondRole},
	} {
		refused(t, o.tryPayOut(row.who, row.second), row.why)
	}
	file, p := o.payOut(55_00)
	want := "run 1\nA123456780 A123456780 2026 stufe1 3000 false\nA123456780 A123456780 2026 vorsorge 2500 true\n"
	if file != want || p.Run.Booklets != 1 {
		t.Errorf("file\n%s\nrun %+v", file, p.Run)
	}
	if b := o.booklet(); b.State != domain.BookletExported {
		t.Errorf("state %d", b.State)
	}
	// Again, the same file and no cent more.
	again, second := o.payOut(55_00)
	if again != file || second.Run.ID != 1 {
		t.Errorf("again\n%s\nrun %+v", again, second.Run)
	}
	run, err := o.MarkPaid(t.Context(), o.leader(), signed("kbeispiel"), 1, nil)
	if err != nil || run.State != domain.PayoutPaid || o.booklet().State != domain.BookletPaid {
		t.Errorf("%+v, %v", run, err)
	}
	_, err = o.MarkPaid(t.Context(), o.leader(), signed("kbeispiel"), 1, nil)
	refused(t, err, domain.ReasonPayoutState)
	_, err = o.MarkPaid(t.Context(), o.leader(), signed("kbeispiel"), 2, nil)
	refused(t, err, domain.ReasonPayoutMissing)
	_, err = o.MarkPaid(t.Context(), o.clerk, signed("leitung"), 1, nil)
	refused(t, err, domain.ReasonRoleMissing)
}

func (o *office) tryPayOut(a domain.Actor, second desk.Credentials) error {
	var file string
	_, err := o.PayOut(o.t.Context(), a, second, order(0), sheetOf(&file), nil)
	return err
}

// A supervisor who decided, or agreed to a decision, starts no payout of it.
func TestPayoutOfOwnDecisions(t *testing.T) {
	o := openOffice(t, func(s *domain.Settings) { s.BookletAlone = 0 })
	o.staff("chefin", rights.Roles(rights.Supervisor), atCounter)
	o.enter(stageOne())
	if _, err := o.DecideBooklet(t.Context(), o.clerk, o.request(), o.ref, o.signs("leitung", 30_00)); err != nil {
		t.Fatal(err)
	}
	refused(t, o.tryPayOut(o.leader(), signed("chefin")), domain.ReasonOwnDecisions)
	if err := o.tryPayOut(o.login("chefin", desk.Place{Channel: rights.Console}), signed("leitung")); err != nil {
		t.Error(err)
	}
}

// Nobody pays out to their own family, nor says that it was paid: neither as the
// first nor as the second person.
func TestPayoutToTheFamily(t *testing.T) {
	for _, whose := range []string{"own", "child's"} {
		t.Run(whose, func(t *testing.T) {
			o := openOffice(t)
			kin := o.kin()
			if whose != "own" {
				o.ref = o.child()
				o.enter(form(stamp("impf", 20260514), stamp("zahn_kind", 20260514), stamp("zahn_kind", 20260601)))
			} else {
				o.enter(stageOne())
			}
			o.decide()
			refused(t, o.tryPayOut(kin, signed("kbeispiel")), domain.ReasonPayoutFamily)
			refused(t, o.tryPayOut(o.leader(), signed("chefin")), domain.ReasonPayoutFamily)
			if err := o.tryPayOut(o.leader(), signed("kbeispiel")); err != nil {
				t.Fatal(err)
			}
			refused(t, o.tryPayOut(kin, signed("kbeispiel")), domain.ReasonPayoutFamily)
			_, err := o.MarkPaid(t.Context(), kin, signed("kbeispiel"), 1, nil)
			refused(t, err, domain.ReasonPayoutFamily)
			_, err = o.MarkPaid(t.Context(), o.leader(), signed("chefin"), 1, nil)
			refused(t, err, domain.ReasonPayoutFamily)
			if _, err := o.MarkPaid(t.Context(), o.leader(), signed("kbeispiel"), 1, nil); err != nil {
				t.Error(err)
			}
		})
	}
}

// What has changed since the decision holds a booklet back; changed again, the
// next run pays it.
func TestPayoutTestsAgain(t *testing.T) {
	for _, row := range []struct {
		what  string
		alter func(*domain.Member)
		why   domain.HoldReason
	}{
		{"insurance ended", func(m *domain.Member) { m.Insurance.To = 20270228 }, domain.HoldReason(bonus.NoActiveMembership)},
		{"notice given", func(m *domain.Member) { m.Insurance.TerminatedOn = 20270215 }, domain.HoldReason(bonus.MembershipTerminated)},
		{"deceased", func(m *domain.Member) { m.Deceased = true }, domain.HeldDeceased},
	} {
		t.Run(row.what, func(t *testing.T) {
			o := openOffice(t)
			o.enter(stageOne())
			o.decide()
			paid := o.second("F123456784")
			o.replace(o.member, row.alter)
			file, p := o.payOut(30_00)
			if len(p.Held) != 1 || p.Held[0].Reason != row.why || p.Held[0].Member != o.member.ID || p.Held[0].Cents != 30_00 {
				t.Errorf("held %+v", p.Held)
			}
			if strings.Contains(file, string(o.member.KVNR)) || !strings.Contains(file, string(paid)) {
				t.Errorf("file\n%s", file)
			}
			// Nothing new: the same file, and no empty run.
			if again, p := o.payOut(30_00); again != file || p.Run.ID != 1 || len(p.Held) != 1 {
				t.Errorf("again %+v\n%s", p, again)
			}
			o.replace(o.member, func(m *domain.Member) { *m = o.member })
			if _, p := o.payOut(30_00); p.Run.ID != 2 || len(p.Held) != 0 {
				t.Errorf("second run %+v", p)
			}
			// The first run's file can still be made, and is the same.
			var old string
			_, err := o.PayOut(t.Context(), o.leader(), signed("kbeispiel"), order(1), sheetOf(&old), nil)
			if err != nil || old != file {
				t.Errorf("%v\n%s", err, old)
			}
			_, err = o.PayOut(t.Context(), o.leader(), signed("kbeispiel"), order(3), sheetOf(&old), nil)
			refused(t, err, domain.ReasonPayoutMissing)
		})
	}
}

// Where all that is due is held back, there is no run, and it is said all the same;
// nor is a run begun that has nowhere to go.
func TestPayoutOfNothingNamesWhatIsHeld(t *testing.T) {
	o := openOffice(t)
	o.enter(stageOne())
	o.decide()
	o.replace(o.member, func(m *domain.Member) { m.Insurance.To = 20270228 })
	var file string
	p, err := o.PayOut(t.Context(), o.leader(), signed("kbeispiel"), order(0), sheetOf(&file), nil)
	refused(t, err, domain.ReasonNothingToPay)
	if len(p.Held) != 1 || p.Held[0].Member != o.member.ID || p.Held[0].Reason != domain.HoldReason(bonus.NoActiveMembership) {
		t.Errorf("held %+v", p.Held)
	}
	o.replace(o.member, func(m *domain.Member) { *m = o.member })
	nowhere := order(0)
	nowhere.Begin = func() error { return errKilled }
	if _, err := o.PayOut(t.Context(), o.leader(), signed("kbeispiel"), nowhere, sheetOf(&file), nil); !errors.Is(err, errKilled) {
		t.Error(err)
	}
	if b := o.booklet(); b.State != domain.BookletDecided {
		t.Errorf("state %d", b.State)
	}
	o.payOut(30_00)
	// One run is there, and what else is due flips: it is named beside its file.
	flipped := o.second("F123456784")
	m, _, err := o.store.MemberByKVNR(t.Context(), flipped)
	if err != nil {
		t.Fatal(err)
	}
	o.replace(m, func(m *domain.Member) { m.Deceased = true })
	if _, p := o.payOut(30_00); p.Run.ID != 1 || len(p.Held) != 1 || p.Held[0].Member != m.ID {
		t.Errorf("%+v", p)
	}
}

// second enters and decides the booklet of another member.
func (o *office) second(n kvnr.KVNR) kvnr.KVNR {
	o.t.Helper()
	m := o.counter.member(func(m *domain.Member) { m.KVNR, m.Sex, m.Cards = n, 'w', nil })
	ref := o.ref
	defer func() { o.ref = ref }()
	o.ref.Member = m.ID
	o.enter(stageOne())
	o.decide()
	return n
}

// replace changes a stored member, as an import does.
func (o *office) replace(m domain.Member, alter func(*domain.Member)) {
	o.t.Helper()
	stored, rev, err := o.store.Member(o.t.Context(), m.ID)
	if err != nil {
		o.t.Fatal(err)
	}
	alter(&stored)
	_, err = o.store.Commit(o.t.Context(), desk.Change{
		Guards: []desk.Guard{{Ref: stored.Ref(), Rev: rev}}, Put: []domain.Record{stored},
		Entries: []domain.Entry{{At: now, Act: domain.ActMembersImported, Outcome: domain.Done}},
	})
	if err != nil {
		o.t.Fatal(err)
	}
}

// A programme that was changed since the decision decides no payment.
func TestPayoutByAnotherProgramme(t *testing.T) {
	o := openOffice(t)
	o.enter(stageOne())
	o.decide()
	other, found := bonus.NewCatalogue([]bonus.File{{Name: "x.yaml", Source: []byte("schema: schalter-bonus/1\nid: other\ninsurer: BKK KBA\nvalid: {from_year: 2020}\nperiod: {type: calendar_year}\ntracks: [{id: t}]\nmeasures: {m: {cents: 1}}\ngroups: [{id: g, measures: [m], pay: {mode: per_measure}}]\n")}})
	if len(found) > 0 {
		t.Fatal(found)
	}
	o.Config.Programmes = other
	o.second2(t)
	_, p := o.payOut(1)
	if len(p.Held) != 1 || p.Held[0].Reason != domain.HeldProgramme {
		t.Errorf("held %+v", p.Held)
	}
}

// A year brings one bonus, whichever programmes an insurer has had.
func TestTwoProgrammesOfAYear(t *testing.T) {
	o := openOffice(t)
	o.enter(stageOne())
	o.decide()
	source := "schema: schalter-bonus/1\nid: other\ninsurer: Andere\nvalid: {from_year: 2020}\nperiod: {type: calendar_year}\ntracks: [{id: t}]\nmeasures: {m: {cents: 1}}\ngroups: [{id: g, measures: [m], pay: {mode: per_measure}}]\n"
	other, found := bonus.NewCatalogue([]bonus.File{{Name: "x.yaml", Source: []byte(source)}})
	if len(found) > 0 {
		t.Fatal(found)
	}
	o.Config.Programmes = other
	// The built-in programme is no choice beside a file of the year.
	if list := o.Programmes(bonusYear); len(list) != 1 || list[0].ID != "other" {
		t.Errorf("%d programmes", len(list))
	}
	again := desk.BookletRef{Member: o.member.ID, Programme: "other", Year: bonusYear}
	f := form(stamp("m", 20260101))
	refused(t, o.EnterBooklet(t.Context(), o.clerk, o.request(), again, f), domain.ReasonBookletTwice)
	refused(t, o.ParkBooklet(t.Context(), o.clerk, o.request(), again, f), domain.ReasonBookletTwice)
	again.Year--
	if err := o.EnterBooklet(t.Context(), o.clerk, o.request(), again, form(stamp("m", 20250101))); err != nil {
		t.Error(err)
	}
}

// A period that touches two years has one booklet.
func TestPeriodUnderTwoYears(t *testing.T) {
	o := openOffice(t)
	source := "schema: schalter-bonus/1\nid: other\ninsurer: Andere\nvalid: {from_year: 2020}\nperiod: {type: from_enrolment, months: 12, starts: first_of_next_month}\ntracks: [{id: t}]\nmeasures: {m: {cents: 1}}\ngroups: [{id: g, measures: [m], pay: {mode: per_measure}}]\n"
	other, found := bonus.NewCatalogue([]bonus.File{{Name: "x.yaml", Source: []byte(source)}})
	if len(found) > 0 {
		t.Fatal(found)
	}
	o.Config.Programmes = other
	f := form(stamp("m", 20260101))
	f.Enrolled = 20250715
	first := desk.BookletRef{Member: o.member.ID, Programme: "other", Year: 2025}
	second := first
	second.Year = 2026
	if err := o.EnterBooklet(t.Context(), o.clerk, o.request(), first, f); err != nil {
		t.Fatal(err)
	}
	refused(t, o.EnterBooklet(t.Context(), o.clerk, o.request(), second, f), domain.ReasonBookletTwice)
	f.Enrolled = 20260715
	if err := o.EnterBooklet(t.Context(), o.clerk, o.request(), second, f); err != nil {
		t.Error(err)
	}
}

func (o *office) second2(t *testing.T) {
	t.Helper()
	m := o.counter.member(func(m *domain.Member) { m.KVNR, m.Sex, m.Cards = "F123456784", 'w', nil })
	ref := o.ref
	defer func() { o.ref = ref }()
	o.ref = desk.BookletRef{Member: m.ID, Year: bonusYear}
	o.enter(form(stamp("m", 20260101)))
	o.decide()
}

// broken fails at a commit: before it, or after it is stored.
type broken struct {
	desk.Writer
	left  int
	after bool
}

var errKilled = errors.New("killed")

func (b *broken) Commit(ctx context.Context, c desk.Change) (desk.Receipt, error) {
	if b.left == 0 {
		if b.after {
			_, _ = b.Writer.Commit(ctx, c)
		}
		return desk.Receipt{}, errKilled
	}
	b.left--
	return b.Writer.Commit(ctx, c)
}

// Killed wherever it may be, a payout goes on to the same file and pays each
// booklet once.
func TestPayoutBrokenOff(t *testing.T) {
	const members = 30
	for _, after := range []bool{false, true} {
		for at := range 9 {
			t.Run(fmt.Sprintf("%d %v", at, after), func(t *testing.T) {
				o := openOffice(t)
				for i := range members {
					o.second(kvnr.KVNR(fmt.Sprintf("F%09d", i)))
				}
				leader := o.leader()
				var whole string
				dying := desk.New(o.Config)
				dying.Writer = &broken{Writer: o.store, left: at, after: after}
				_, err := dying.PayOut(t.Context(), leader, signed("kbeispiel"), order(0), sheetOf(&whole), nil)
				if err != nil && !errors.Is(err, errKilled) {
					t.Fatal(err)
				}
				o.advance(time.Hour)
				// Decided after a run began, a booklet waits for the next one.
				if run, _, err := o.store.PayoutRun(t.Context(), 1); err == nil && run.State < domain.PayoutWritten {
					o.second("G123456789")
				}
				file, p := o.payOut(members * 30_00)
				if p.Run.ID != 1 || p.Run.Booklets != members || strings.Count(file, "stufe1") != members {
					t.Errorf("run %+v\n%s", p.Run, file)
				}
				if whole != "" && whole != file {
					t.Errorf("first\n%s\nthen\n%s", whole, file)
				}
			})
		}
	}
}

func TestBonusFigures(t *testing.T) {
	o := openOffice(t)
	o.enter(stageOne())
	o.decide()
	o.payOut(30_00)
	_, err := o.BonusFigures(t.Context(), o.clerk, bonusYear)
	refused(t, err, domain.ReasonRoleMissing)
	n, err := o.BonusFigures(t.Context(), o.leader(), bonusYear)
	if err != nil || n.States[domain.BookletExported] != 1 || n.Paid != 30_00 || n.Decided["stufe1"] != 30_00 {
		t.Errorf("%+v, %v", n, err)
	}
}
