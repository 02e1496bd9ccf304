package desk_test

import (
	"sync"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/desk"
	"schalter/domain/kvnr"
	"schalter/domain/rights"
)

func recentlyMoved(m *domain.Member) {
	reachable(m)
	m.Address.ChangedOn = 20270225
}

// asked is a clerk whose code needs a second person, and who has asked for one.
func (c *counter) asked() (m domain.Member, a domain.Actor, v domain.VisitID, number code.Case) {
	c.t.Helper()
	m, a = c.member(recentlyMoved), c.clerk()
	v = c.visit(a, m, "")
	c.identify(a, v)
	_, err := c.issue(a, v)
	refused(c.t, err, domain.ReasonSecondAddress)
	number, err = c.AskSecond(c.t.Context(), a, v, c.request(), desk.Asking{Operation: rights.HandOut, Purpose: domain.FirstActivation})
	if err != nil {
		c.t.Fatal(err)
	}
	return m, a, v, number
}

var lead = desk.Credentials{Login: "leitung", Passphrase: []byte(passphrase)}

func TestSecondPersonAtTheSeat(t *testing.T) {
	c := open(t)
	_, a, v, number := c.asked()
	_, err := c.issue(a, v)
	refused(t, err, domain.ReasonSecondAddress)
	if err := c.AnswerHere(t.Context(), a, lead, number, true); err != nil {
		t.Fatal(err)
	}
	// Another purpose is another wish.
	_, err = c.Issue(t.Context(), a, v, c.request(), domain.NewDevice)
	refused(t, err, domain.ReasonSecondAddress)
	if _, err := c.issue(a, v); err != nil {
		t.Fatal(err)
	}
	view, err := c.Approval(t.Context(), a, number)
	if err != nil || view.State != domain.ApprovalUsed || view.Approver != "L. Leitung" {
		t.Errorf("used: %+v, %v", view, err)
	}
	// The free replacement in the same visit stays agreed to; the next visit is not.
	if _, err := c.Replace(t.Context(), a, v, c.request(), domain.FirstActivation); err != nil {
		t.Error(err)
	}
}

func TestSecondPersonInTheirOwnSession(t *testing.T) {
	c := open(t)
	supervisor := c.login("leitung", seat2)
	changes := make(chan domain.Ref, 100)
	all := c.Changes(t.Context(), domain.KindApproval)
	go func() {
		for ref, err := range all {
			if err != nil {
				return
			}
			changes <- ref
		}
	}()
	_, a, v, number := c.asked()
	select {
	case ref := <-changes:
		if ref.Kind != domain.KindApproval {
			t.Errorf("told of %v", ref)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("nobody was told of the request")
	}
	list, err := c.Approvals(t.Context(), supervisor)
	if err != nil || len(list) != 1 || !list[0].MayAnswer || list[0].Mine || list[0].Assurance != rights.Full {
		t.Fatalf("listed: %+v, %v", list, err)
	}
	err = c.Answer(t.Context(), supervisor, []byte("falsch"), number, true)
	refused(t, err, domain.ReasonLoginFailed)
	if err := c.Answer(t.Context(), supervisor, []byte(passphrase), number, true); err != nil {
		t.Fatal(err)
	}
	refused(t, c.Answer(t.Context(), supervisor, []byte(passphrase), number, false), domain.ReasonApprovalGiven)
	if _, err := c.issue(a, v); err != nil {
		t.Error(err)
	}
}

// TestEvidenceIsFrozen: papers that were looked at before the question count until
// five minutes after the answer, not longer.
func TestEvidenceIsFrozen(t *testing.T) {
	for _, row := range []struct {
		wait, act time.Duration
		want      domain.Reason
	}{
		{40 * time.Minute, 4 * time.Minute, ""},
		{40 * time.Minute, 6 * time.Minute, domain.ReasonNotIdentified},
	} {
		c := open(t)
		_, a, v, number := c.asked()
		c.advance(row.wait)
		if err := c.AnswerHere(t.Context(), a, lead, number, true); err != nil {
			t.Fatal(err)
		}
		c.advance(row.act)
		_, err := c.issue(a, v)
		if row.want == "" && err != nil {
			t.Errorf("%v after the answer: %v", row.act, err)
		}
		if row.want != "" {
			refused(t, err, row.want)
		}
	}
	c := open(t)
	_, a, _, number := c.asked()
	c.advance(61 * time.Minute)
	refused(t, c.AnswerHere(t.Context(), a, lead, number, true), domain.ReasonApprovalExpired)
}

// TestWhoMayAnswer: not the requester, nor a second login of theirs, nor a role
// that may not, nor a relative of the member.
func TestWhoMayAnswer(t *testing.T) {
	c := open(t)
	m, a, _, number := c.asked()
	admin := c.login("admin", desk.Place{Channel: rights.Console})
	add := func(login string, roles rights.RoleSet, alter func(*desk.NewStaff)) desk.Credentials {
		n := desk.NewStaff{Login: login, Name: login, Roles: roles, Branch: "Musterstadt", Passphrase: []byte("einmal und nie wieder")}
		alter(&n)
		if _, err := c.AddStaff(t.Context(), admin, lead, n); err != nil {
			t.Fatal(err)
		}
		err := c.ChangePassphrase(t.Context(), desk.Credentials{Login: login, Passphrase: n.Passphrase}, []byte(passphrase))
		if err != nil {
			t.Fatal(err)
		}
		return desk.Credentials{Login: login, Passphrase: []byte(passphrase)}
	}
	supervisor := rights.Roles(rights.Supervisor)
	for _, row := range []struct {
		who  desk.Credentials
		want domain.Reason
	}{
		{desk.Credentials{Login: a.Login, Passphrase: []byte(passphrase)}, domain.ReasonSecondSame},
		{add("kb2", supervisor, func(n *desk.NewStaff) { n.SameAs = a.Login }), domain.ReasonSecondSame},
		{add("kollege", rights.Roles(rights.Clerk), func(*desk.NewStaff) {}), domain.ReasonSecondRole},
		{add("agent", rights.Roles(rights.Support), func(*desk.NewStaff) {}), domain.ReasonSecondRole},
		{desk.Credentials{Login: "admin", Passphrase: []byte(passphrase)}, domain.ReasonSecondRole},
		{add("tochter", supervisor, func(n *desk.NewStaff) { n.Related = []kvnr.KVNR{m.KVNR} }), domain.ReasonSecondRelated},
	} {
		refused(t, c.AnswerHere(t.Context(), a, row.who, number, true), row.want)
	}
	if err := c.AnswerHere(t.Context(), a, lead, number, false); err != nil {
		t.Fatal(err)
	}
	refused(t, c.AnswerHere(t.Context(), a, lead, number, true), domain.ReasonApprovalRefused)
}

// TestApprovalIsUsedOnce: two hands at one seat get one code out of it.
func TestApprovalIsUsedOnce(t *testing.T) {
	c := open(t)
	_, a, v, number := c.asked()
	if err := c.AnswerHere(t.Context(), a, lead, number, true); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	made := 0
	for range 8 {
		req := c.request()
		wg.Go(func() {
			if _, err := c.Issue(t.Context(), a, v, req, domain.FirstActivation); err == nil {
				mu.Lock()
				made++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if made != 1 {
		t.Errorf("%d codes from one approval", made)
	}
}

// TestApprovalBelongsToTheVisit: the next visit needs another one, and what nobody
// answered ends with the visit.
func TestApprovalBelongsToTheVisit(t *testing.T) {
	c := open(t)
	m, a, v, number := c.asked()
	if err := c.EndVisit(t.Context(), a, v); err != nil {
		t.Fatal(err)
	}
	refused(t, c.AnswerHere(t.Context(), a, lead, number, true), domain.ReasonApprovalWithdrawn)
	v = c.visit(a, m, "")
	c.identify(a, v)
	_, err := c.issue(a, v)
	refused(t, err, domain.ReasonSecondAddress)
}

// TestOwnRecord: with a second person it can be looked at, and nothing else.
func TestOwnRecord(t *testing.T) {
	c := open(t)
	m := c.member(reachable)
	admin := c.login("admin", desk.Place{Channel: rights.Console})
	_, err := c.AddStaff(t.Context(), admin, lead, desk.NewStaff{
		Login: "anna", Name: "Anna", Roles: rights.Roles(rights.Clerk), Branch: "Musterstadt",
		Passphrase: []byte("einmal und nie wieder"), Related: []kvnr.KVNR{m.KVNR},
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.ChangePassphrase(t.Context(), desk.Credentials{Login: "anna", Passphrase: []byte("einmal und nie wieder")}, []byte(passphrase)); err != nil {
		t.Fatal(err)
	}
	a := c.login("anna", atCounter)
	_, err = c.Open(t.Context(), a, desk.Opening{Member: m.ID})
	refused(t, err, domain.ReasonSecondRelated)
	number, err := c.AskToOpen(t.Context(), a, c.request(), m.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.AnswerHere(t.Context(), a, lead, number, true); err != nil {
		t.Fatal(err)
	}
	v := c.visit(a, m, "")
	refused(t, c.ChooseDocument(t.Context(), a, v, domain.IdentityCard), domain.ReasonSecondRelated)
	_, err = c.BlockCard(t.Context(), a, v, c.request())
	refused(t, err, domain.ReasonSecondRelated)
	_, err = c.Open(t.Context(), a, desk.Opening{Member: m.ID})
	refused(t, err, domain.ReasonSecondRelated)
}
