package desk_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/desk"
)

// life is one booklet and what a clerk's own notes say must be true of it.
type life struct {
	ref      desk.BookletRef
	versions []domain.BookletVersion // as they were when the next one came
	paid     bonus.Cents
}

// TestBookletsByChance does what offices do in any order, with commits that fail
// in between: nothing is paid twice or beyond what was decided, what was decided
// stays, and a payment never lowers what is there.
func TestBookletsByChance(t *testing.T) {
	var paid bonus.Cents
	versions := 0
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			walk := &chance{office: openOffice(t), r: rand.New(rand.NewPCG(seed, 7))}
			walk.flaky = &flaky{Writer: walk.store, r: walk.r}
			walk.Desk.Writer = walk.flaky
			walk.lives = []*life{{ref: walk.ref}, {ref: walk.child()}}
			for range 120 {
				walk.step()
			}
			for _, l := range walk.lives {
				paid += l.paid
				versions += len(l.versions)
			}
		})
	}
	if paid == 0 || versions < 24 {
		t.Errorf("all walks together paid %d and have %d versions: they try nothing", paid, versions)
	}
}

type chance struct {
	*office
	r     *rand.Rand
	flaky *flaky
	lives []*life
}

// flaky fails one commit in twelve, half of these after it is stored.
type flaky struct {
	desk.Writer
	r   *rand.Rand
	off bool
}

func (f *flaky) Commit(ctx context.Context, c desk.Change) (desk.Receipt, error) {
	if f.off || f.r.IntN(12) > 0 {
		return f.Writer.Commit(ctx, c)
	}
	if f.r.IntN(2) == 0 {
		_, _ = f.Writer.Commit(ctx, c)
	}
	return desk.Receipt{}, errKilled
}

// step does one thing, and looks at everything afterwards.
func (c *chance) step() {
	l := c.lives[c.r.IntN(len(c.lives))]
	ctx, req := c.t.Context(), c.request()
	form := c.form()
	var err error
	switch c.r.IntN(8) {
	case 0:
		err = c.EnterBooklet(ctx, c.clerk, req, l.ref, form)
	case 1:
		err = c.ParkBooklet(ctx, c.clerk, req, l.ref, form)
	case 2:
		err = c.QueryBooklet(ctx, c.clerk, req, l.ref, form, []domain.QueryItem{{Want: domain.WantLegible}})
	case 3:
		err = c.CorrectBooklet(ctx, c.clerk, req, l.ref, form)
	case 4:
		err = c.SupplementBooklet(ctx, c.clerk, req, l.ref, form)
	case 5, 6:
		_, err = c.DecideBooklet(ctx, c.other, req, l.ref, desk.Signature{})
	case 7:
		err = c.run()
	}
	var known *domain.Error
	if err != nil && !errors.As(err, &known) && !errors.Is(err, errKilled) {
		c.t.Fatal(err)
	}
	c.advance(time.Minute)
	for _, l := range c.lives {
		c.check(l)
	}
}

// form is any booklet of these people.
func (c *chance) form() desk.BookletForm {
	var stamps []domain.Stamp
	for _, m := range []string{"checkup", "krebs", "zahn", "impf", "zahn_kind", "fitness", "verein", "blutspende"} {
		if c.r.IntN(4) > 0 {
			stamps = append(stamps, stamp(m, 20260514))
		}
	}
	stamps = append(stamps, stamp("zahn_kind", 20260601))
	return form(stamps...)
}

func (c *chance) run() error {
	c.flaky.off = true
	leader := c.leader()
	c.flaky.off = false
	var file string
	_, err := c.PayOut(c.t.Context(), leader, signed("kbeispiel"), order(0), sheetOf(&file), nil)
	return err
}

// check compares what is stored with what must be true.
func (c *chance) check(l *life) {
	c.t.Helper()
	list, _, err := c.store.Booklets(c.t.Context(), l.ref.Member)
	if err != nil {
		c.t.Fatal(err)
	}
	i := list.Find(l.ref.Programme, l.ref.Year)
	if i < 0 {
		return
	}
	if len(list.List) != 1 {
		c.t.Fatalf("%d booklets of one year", len(list.List))
	}
	b := list.List[i]
	c.checkVersions(l, b)
	c.checkPayments(l, b)
}

// checkVersions: what was decided, or entered and corrected, is there unchanged.
func (c *chance) checkVersions(l *life, b domain.Booklet) {
	c.t.Helper()
	for i, old := range l.versions {
		if old.Decision != nil && !reflect.DeepEqual(old, b.Versions[i]) {
			c.t.Fatalf("version %d changed\n%+v\n%+v", i, old, b.Versions[i])
		}
	}
	l.versions = b.Versions
}

// checkPayments: each run pays a booklet once, sums only grow, and never beyond
// the highest decision there ever was; after a payment the total of the decision
// in force is paid, no cent more.
func (c *chance) checkPayments(l *life, b domain.Booklet) {
	c.t.Helper()
	runs := map[domain.PayoutID]bool{}
	for _, p := range b.Payouts {
		if runs[p.Run] {
			c.t.Fatalf("run %d pays twice", p.Run)
		}
		runs[p.Run] = true
		for _, s := range p.Shares {
			if s.Cents <= 0 {
				c.t.Fatalf("a row of %d cents", s.Cents)
			}
		}
	}
	highest := bonus.Cents(0)
	for _, v := range b.Versions {
		if v.Decision != nil {
			highest = max(highest, v.Decision.Total)
		}
	}
	paid := b.Paid()
	if paid < l.paid || paid > highest {
		c.t.Fatalf("paid %d, before %d, highest decision %d", paid, l.paid, highest)
	}
	if b.State == domain.BookletExported && paid != b.Latest().Decision.Total {
		c.t.Fatalf("paid %d, decided %d", paid, b.Latest().Decision.Total)
	}
	if d := b.Latest().Decision; d != nil && b.State == domain.BookletDecided && d.PaidBefore+d.ToPay != d.Total {
		c.t.Fatalf("paid before %d, to pay %d, total %d", d.PaidBefore, d.ToPay, d.Total)
	}
	l.paid = paid
}
