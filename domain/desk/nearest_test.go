package desk_test

import (
	"errors"
	"testing"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/rights"
)

// attempt tries an operation in a visit.
type attempt func(c *counter, a domain.Actor, v domain.VisitID, m domain.Member) error

// attempts are the operations that happen in a visit.
func attempts() map[rights.Operation]attempt {
	return map[rights.Operation]attempt{
		rights.Reveal: func(c *counter, a domain.Actor, v domain.VisitID, _ domain.Member) error {
			_, err := c.Reveal(c.t.Context(), a, v)
			return err
		},
		rights.HandOut: func(c *counter, a domain.Actor, v domain.VisitID, _ domain.Member) error {
			_, err := c.issue(a, v)
			return err
		},
		rights.RevokeCode: func(c *counter, a domain.Actor, v domain.VisitID, _ domain.Member) error {
			return c.Revoke(c.t.Context(), a, v)
		},
		rights.Unblock: func(c *counter, a domain.Actor, v domain.VisitID, _ domain.Member) error {
			_, err := c.Unblock(c.t.Context(), a, v, c.request(), true)
			return err
		},
		rights.DeleteBinding: func(c *counter, a domain.Actor, v domain.VisitID, _ domain.Member) error {
			_, err := c.DeleteDevices(c.t.Context(), a, v, c.request(), nil, lost)
			return err
		},
		rights.DeleteAccount: func(c *counter, a domain.Actor, v domain.VisitID, _ domain.Member) error {
			_, err := c.DeleteAccount(c.t.Context(), a, v, c.request(), lost)
			return err
		},
		rights.CheckRegistration: func(c *counter, a domain.Actor, v domain.VisitID, _ domain.Member) error {
			_, err := c.CheckRegistration(c.t.Context(), a, v, desk.Registration{KVNR: "A123456780", Digits: "951731", Postcode: "97074"})
			return err
		},
		rights.BlockCard: func(c *counter, a domain.Actor, v domain.VisitID, _ domain.Member) error {
			_, err := c.BlockCard(c.t.Context(), a, v, c.request())
			return err
		},
		rights.OrderCard: func(c *counter, a domain.Actor, v domain.VisitID, _ domain.Member) error {
			_, err := c.OrderCard(c.t.Context(), a, v, c.request())
			return err
		},
		rights.Open: func(c *counter, a domain.Actor, _ domain.VisitID, m domain.Member) error {
			_, err := c.Open(c.t.Context(), a, desk.Opening{Member: m.ID})
			return err
		},
		rights.Find: func(c *counter, a domain.Actor, _ domain.VisitID, _ domain.Member) error {
			_, err := c.Find(c.t.Context(), a, "A123456780")
			return err
		},
		rights.MemberReport: func(c *counter, a domain.Actor, _ domain.VisitID, m domain.Member) error {
			_, err := c.Report(c.t.Context(), a, m.KVNR, desk.BasisWritten)
			return err
		},
		rights.MemberErase: func(c *counter, a domain.Actor, _ domain.VisitID, m domain.Member) error {
			return c.Erase(c.t.Context(), a, lead, m.KVNR)
		},
		rights.MemberImport: func(c *counter, a domain.Actor, _ domain.VisitID, m domain.Member) error {
			_, err := c.Observe(c.t.Context(), a, domain.BackendEvent{ID: "x", Kind: domain.BackendRegistered, KVNR: m.KVNR, At: now})
			return err
		},
		rights.ManageStaff: func(c *counter, a domain.Actor, _ domain.VisitID, _ domain.Member) error {
			_, err := c.AddStaff(c.t.Context(), a, lead, desk.NewStaff{Login: "neu", Roles: rights.Roles(rights.Clerk), Passphrase: []byte(passphrase)})
			return err
		},
		rights.ResetPassphrase: func(c *counter, a domain.Actor, _ domain.VisitID, _ domain.Member) error {
			return c.ResetPassphrase(c.t.Context(), a, lead, "leitung", []byte("einmal und nie wieder"))
		},
		rights.DisableLogin: func(c *counter, a domain.Actor, _ domain.VisitID, _ domain.Member) error {
			return c.DisableStaff(c.t.Context(), a, "leitung")
		},
		rights.Configure: func(c *counter, a domain.Actor, _ domain.VisitID, _ domain.Member) error {
			return c.Configure(c.t.Context(), a, lead, []desk.Assign{{Key: "insurer", Value: "Andere BKK"}})
		},
	}
}

// elsewhere are the rows whose use cases have tests of their own beside them, or
// that have none yet.
func elsewhere() map[rights.Operation]bool {
	list := []rights.Operation{
		rights.FindNarrow, rights.OpenRelated, rights.EnterBooklet, rights.DecideBooklet, rights.ReleaseBooklet,
		rights.PayOut, rights.Approve, rights.RecentCases, rights.ReadJournal, rights.Statistics,
		rights.MemberExport, rights.Rekey, rights.Restore, rights.Backup, rights.ResendOutbox, rights.Practise,
	}
	all := map[rights.Operation]bool{}
	for _, op := range list {
		all[op] = true
	}
	return all
}

// places of the channels.
var places = map[rights.Channel]desk.Place{
	rights.Counter: atCounter, rights.Phone: {Channel: rights.Phone}, rights.Console: {Channel: rights.Console},
}

// become gives a login other roles, as an admin might have while it is signed in.
func (c *counter) become(a domain.Actor, roles rights.RoleSet) domain.Actor {
	c.t.Helper()
	s, _, err := c.store.Staff(c.t.Context(), a.Staff)
	if err != nil {
		c.t.Fatal(err)
	}
	s.Roles = roles
	e := domain.Entry{At: *c.clock.Load(), Act: domain.ActStaffAdded, Outcome: domain.Done}
	if _, err := c.store.Commit(c.t.Context(), desk.Change{Put: []domain.Record{s}, Entries: []domain.Entry{e}}); err != nil {
		c.t.Fatal(err)
	}
	a.Roles = roles
	return a
}

// ready is somebody who serves a member at a place with that much evidence.
func ready(t *testing.T, channel rights.Channel, assurance rights.Assurance) (*counter, domain.Actor, domain.VisitID, domain.Member) {
	t.Helper()
	c := open(t)
	m := c.member(reachable)
	c.account(m)
	if err := c.observe(m, domain.BackendCodeBlocked); err != nil {
		t.Fatal(err)
	}
	a := c.staff("jemand", rights.Roles(rights.Clerk, rights.Support, rights.Supervisor), places[channel])
	v := c.visit(a, m, "")
	switch {
	case channel == rights.Phone && assurance >= rights.ByPhone:
		if err := c.IdentifyByPhone(t.Context(), a, v, anna); err != nil {
			t.Fatal(err)
		}
	case channel == rights.Counter && assurance == rights.Full:
		c.identify(a, v)
	case channel == rights.Counter && assurance == rights.Document:
		for _, err := range []error{
			c.ChooseDocument(t.Context(), a, v, domain.Passport), c.BirthDate(t.Context(), a, v, "140362"),
			c.ValidUntil(t.Context(), a, v, "0829"), c.Photo(t.Context(), a, v, true),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	return c, a, v, m
}

// TestNearestWrong tries, for every row of the table that has a use case, each
// role that may not, each channel that is not open, and the evidence that is one
// step too little.
func TestNearestWrong(t *testing.T) {
	all := attempts()
	for _, row := range rights.Table() {
		try, here := all[row.Operation]
		if here == elsewhere()[row.Operation] {
			t.Errorf("%s: in one of the two lists", row.Operation)
		}
		if !here {
			continue
		}
		t.Run(string(row.Operation), func(t *testing.T) {
			t.Parallel()
			wrongRole(t, row, try)
			wrongChannel(t, row, try)
			tooLittle(t, row, try)
		})
	}
}

func wrongRole(t *testing.T, row rights.Row, try attempt) {
	c, a, v, m := ready(t, rights.Counter, rights.Full)
	for _, role := range rights.AllRoles() {
		if row.Roles.Has(role) {
			continue
		}
		err := try(c, c.become(a, rights.Roles(role)), v, m)
		if !errors.Is(err, domain.Fail(0, domain.ReasonRoleMissing)) {
			t.Errorf("as %v: %v", role, err)
		}
	}
}

func wrongChannel(t *testing.T, row rights.Row, try attempt) {
	for _, channel := range rights.AllChannels() {
		open := false
		for _, need := range row.Needs {
			open = open || need.Channel == channel
		}
		if open {
			continue
		}
		c, a, v, m := ready(t, channel, rights.None)
		roles := row.Roles
		if roles.Has(rights.Admin) {
			roles = rights.Roles(rights.Admin)
		}
		err := try(c, c.become(a, roles), v, m)
		if !errors.Is(err, domain.Fail(0, domain.ReasonChannelWrong)) {
			t.Errorf("on %v: %v", channel, err)
		}
	}
}

func tooLittle(t *testing.T, row rights.Row, try attempt) {
	for _, need := range row.Needs {
		if need.Assurance == rights.None && len(need.Facts) == 0 {
			continue
		}
		less := rights.None
		if need.Assurance == rights.Full {
			less = rights.Document
		}
		c, a, v, m := ready(t, need.Channel, less)
		roles := row.Roles
		if need.Roles != 0 {
			roles = need.Roles
		}
		err := try(c, c.become(a, roles), v, m)
		want := domain.ReasonNotIdentified
		switch {
		case less == rights.Document:
			want = domain.ReasonCardEvidenceMissing
		case len(need.Facts) > 0:
			want = domain.ReasonFactsMissing
		}
		if !errors.Is(err, domain.Fail(0, want)) {
			t.Errorf("on %v with %v: %v, want %s", need.Channel, less, err, want)
		}
	}
}
