package desk_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/desk"
	"schalter/domain/rights"
)

// system is the service login that brings in what the backend tells.
var system = domain.Actor{Staff: 1, Person: 1, Roles: rights.Roles(rights.Admin), Channel: rights.Console}

// observe takes over what the backend tells of a member.
func (c *counter) observe(m domain.Member, kind domain.BackendKind, alter ...func(*domain.BackendEvent)) error {
	c.t.Helper()
	ev := domain.BackendEvent{ID: fmt.Sprint(c.size(), kind), Kind: kind, KVNR: m.KVNR, At: *c.clock.Load()}
	for _, f := range alter {
		f(&ev)
	}
	_, err := c.Observe(c.t.Context(), system, ev)
	return err
}

func bound(id, name, version string) func(*domain.BackendEvent) {
	return func(ev *domain.BackendEvent) {
		ev.Device = domain.Device{ID: domain.DeviceID(id), Name: name, Platform: domain.IOS, OSVersion: version}
	}
}

// account gives a member an account with two devices, identified by eID.
func (c *counter) account(m domain.Member) {
	c.t.Helper()
	for _, err := range []error{
		c.observe(m, domain.BackendRegistered, func(ev *domain.BackendEvent) { ev.SharedWithEPA = true }),
		c.observe(m, domain.BackendEmailVerified),
		c.observe(m, domain.BackendDeviceBound, bound("d1", "iPhone 13", "17.4")),
		c.observe(m, domain.BackendDeviceBound, bound("d2", "iPhone 6s", "14.8")),
		c.observe(m, domain.BackendIdentified, func(ev *domain.BackendEvent) { ev.By = domain.ByEID }),
	} {
		if err != nil {
			c.t.Fatal(err)
		}
	}
	c.advance(time.Minute)
}

func (c *counter) accountOf(m domain.Member) domain.Account {
	c.t.Helper()
	a, _, err := c.store.Account(c.t.Context(), m.ID)
	if err != nil {
		c.t.Fatal(err)
	}
	return a
}

// events are the kinds and states in the outbox.
func (c *counter) events() map[domain.EventKind]domain.EventState {
	c.t.Helper()
	out := map[domain.EventKind]domain.EventState{}
	for e, err := range c.store.EventsFrom(c.t.Context(), 0) {
		if err != nil {
			c.t.Fatal(err)
		}
		out[e.Kind] = e.State
	}
	return out
}

var lost = desk.Grounds{Why: domain.WhyLost}

func TestUnblock(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	v := c.visit(a, m, "")
	_, err := c.Unblock(t.Context(), a, v, c.request(), true)
	refused(t, err, domain.ReasonNotIdentified)
	c.identify(a, v)
	_, err = c.Unblock(t.Context(), a, v, c.request(), true)
	refused(t, err, domain.ReasonNoAccount)
	c.account(m)
	_, err = c.Unblock(t.Context(), a, v, c.request(), true)
	refused(t, err, domain.ReasonNotBlocked)
	if err := c.observe(m, domain.BackendCodeBlocked); err != nil {
		t.Fatal(err)
	}
	_, err = c.Unblock(t.Context(), a, v, c.request(), false)
	refused(t, err, domain.ReasonNotRemembered)
	req := c.request()
	done, err := c.Unblock(t.Context(), a, v, req, true)
	if err != nil || done.Case == "" {
		t.Fatal(err)
	}
	again, err := c.Unblock(t.Context(), a, v, req, true)
	if err != nil || again.Case != done.Case {
		t.Errorf("a retry became another case: %v, %v", again, err)
	}
	after := c.accountOf(m)
	if after.State != domain.AccountOpen || after.Identified.Required() || len(after.Bound()) != 2 {
		t.Errorf("unblocked: %+v", after)
	}
}

func TestDeleteDevices(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	c.account(m)
	v := c.visit(a, m, "")
	c.identify(a, v)
	see, err := c.Foresee(t.Context(), a, v, rights.DeleteBinding, []domain.DeviceID{"d2"})
	if err != nil || len(see.Devices) != 1 || !see.Devices[0].TooOld || see.Next != rights.HandOut {
		t.Fatalf("foreseen: %+v, %v", see, err)
	}
	_, err = c.DeleteDevices(t.Context(), a, v, c.request(), []domain.DeviceID{"d9"}, lost)
	refused(t, err, domain.ReasonDeviceNotBound)
	_, err = c.DeleteDevices(t.Context(), a, v, c.request(), nil, desk.Grounds{Why: domain.WhyOther})
	refused(t, err, domain.ReasonWhyMissing)
	done, err := c.DeleteDevices(t.Context(), a, v, c.request(), []domain.DeviceID{"d2"}, lost)
	if err != nil {
		t.Fatal(err)
	}
	if x := c.accountOf(m); len(x.Bound()) != 1 || !x.Identified.Required() {
		t.Errorf("deleted: %+v", x)
	}
	if err := c.Undo(t.Context(), a, v, c.request(), done.Case); err != nil {
		t.Fatal(err)
	}
	if x := c.accountOf(m); len(x.Bound()) != 2 || x.Identified.By != domain.ByEID || len(c.events()) != 0 {
		t.Errorf("taken back: %+v, %v", x, c.events())
	}
	done, err = c.DeleteDevices(t.Context(), a, v, c.request(), nil, lost)
	if err != nil {
		t.Fatal(err)
	}
	c.advance(31 * time.Second)
	if n, err := c.MakeDue(t.Context()); err != nil || n != 2 {
		t.Errorf("%d let go, %v", n, err)
	}
	refused(t, c.Undo(t.Context(), a, v, c.request(), done.Case), domain.ReasonUndoOver)
	// What the backend told before the deletion does not bring the binding back.
	err = c.observe(m, domain.BackendDeviceUsed, bound("d2", "", ""), func(ev *domain.BackendEvent) { ev.At = now })
	refused(t, err, domain.ReasonEventStale)
}

func TestTheftHoldsNothingBack(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	c.account(m)
	v := c.visit(a, m, "")
	c.identify(a, v)
	done, err := c.DeleteDevices(t.Context(), a, v, c.request(), nil, desk.Grounds{Why: domain.WhyStolen})
	if err != nil || !done.UndoUntil.IsZero() || c.events()[domain.EventDeviceDeleted] != domain.EventDue {
		t.Errorf("stolen: %+v, %v, %v", done, err, c.events())
	}
	refused(t, c.Undo(t.Context(), a, v, c.request(), done.Case), domain.ReasonUndoOver)
}

// handedOut is a member with a code that was handed over.
func (c *counter) handedOut(m domain.Member, a domain.Actor) desk.Shown {
	c.t.Helper()
	v := c.visit(a, m, "")
	c.identify(a, v)
	shown, err := c.issue(a, v)
	if err != nil {
		c.t.Fatal(err)
	}
	if err := c.handOver(a, v); err != nil {
		c.t.Fatal(err)
	}
	return shown
}

func TestRedeem(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	shown := c.handedOut(m, a)
	r := desk.Redemption{Key: c.request(), KVNR: m.KVNR, Code: string(shown.Code)}
	typo := r
	typo.Code = "K7QH9-WXZ3M-PTR2X"
	_, err := c.Redeem(t.Context(), typo)
	refused(t, err, domain.ReasonCodeUnreadable)
	done, err := c.Redeem(t.Context(), r)
	if err != nil || done.Case != shown.Case || c.accountOf(m).Identified.By != domain.ByActivationCode {
		t.Fatalf("redeemed: %+v, %v", done, err)
	}
	if again, err := c.Redeem(t.Context(), r); err != nil || again != done {
		t.Errorf("the same request again: %+v, %v", again, err)
	}
	r.Key = c.request()
	_, err = c.Redeem(t.Context(), r)
	refused(t, err, domain.ReasonCodeRedeemed)
}

// TestGuesses: five wrong ones burn the code, and unknown members are answered
// alike.
func TestGuesses(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	shown := c.handedOut(m, a)
	for _, who := range []domain.Member{m, {KVNR: "B123456782"}} {
		for range domain.MaxGuesses {
			_, err := c.Redeem(t.Context(), desk.Redemption{Key: c.request(), KVNR: who.KVNR, Code: "K7QH9WXZ3MPTR2W"})
			refused(t, err, domain.ReasonCodeWrong)
		}
		_, err := c.Redeem(t.Context(), desk.Redemption{Key: c.request(), KVNR: who.KVNR, Code: string(shown.Code)})
		refused(t, err, domain.ReasonCodeBurned)
	}
	if s := c.states(m); s[0] != domain.CodeBurned {
		t.Errorf("states %v", s)
	}
}

// TestParallelGuesses: a thousand at once cause at most five checks.
func TestParallelGuesses(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	c.handedOut(m, a)
	var wg sync.WaitGroup
	var mu sync.Mutex
	checked := 0
	for range 1000 {
		key := c.request()
		wg.Go(func() {
			_, err := c.Redeem(t.Context(), desk.Redemption{Key: key, KVNR: m.KVNR, Code: "K7QH9WXZ3MPTR2W"})
			mu.Lock()
			defer mu.Unlock()
			if !desk.IsKind(err, domain.Locked) {
				checked++
			}
		})
	}
	wg.Wait()
	if checked != domain.MaxGuesses {
		t.Errorf("%d of 1000 guesses were checked", checked)
	}
	if s := c.states(m); s[0] != domain.CodeBurned {
		t.Errorf("states %v", s)
	}
}

// TestRedeemOnTheScreen: a member who is faster than the clerk has the code with
// that, and it counts once.
func TestRedeemOnTheScreen(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	v := c.visit(a, m, "")
	c.identify(a, v)
	shown, err := c.issue(a, v)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Redeem(t.Context(), desk.Redemption{Key: c.request(), KVNR: m.KVNR, Code: string(shown.Code)}); err != nil {
		t.Fatal(err)
	}
	if view, err := c.CodeStatus(t.Context(), a, v); err != nil || view.State != domain.CodeRedeemed || view.HandedOverAt.IsZero() {
		t.Errorf("on the screen: %+v, %v", view, err)
	}
	if err := c.handOver(a, v); err != nil {
		t.Error(err)
	}
	tally, _, err := c.store.Tally(t.Context(), a.Person)
	if err != nil || len(tally.HandedOut) != 1 {
		t.Errorf("counted %d times, %v", len(tally.HandedOut), err)
	}
}

func TestPracticeCodesAreRedeemedInPracticeOnly(t *testing.T) {
	for _, practice := range []bool{true, false} {
		c := open(t, func(s *domain.Settings) { s.Practice = practice })
		m, a := c.member(), c.clerk()
		shown := c.handedOut(m, a)
		_, err := code.Parse(string(shown.Code))
		if (err != nil) != practice {
			t.Errorf("practice %v: the real verifier says %v", practice, err)
		}
		if _, err := c.Redeem(t.Context(), desk.Redemption{Key: c.request(), KVNR: m.KVNR, Code: string(shown.Code)}); err != nil {
			t.Errorf("practice %v: %v", practice, err)
		}
	}
}
