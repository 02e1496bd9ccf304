package rights

import (
	"fmt"
	"testing"
)

// TestEveryCell walks the whole table: every operation for every role on every
// channel with every assurance. What the row names is allowed, and the nearest
// thing it does not name is refused with its own reason.
func TestEveryCell(t *testing.T) {
	cells := 0
	for _, row := range Table() {
		for _, role := range AllRoles() {
			for _, channel := range AllChannels() {
				for _, assurance := range AllAssurances() {
					cells++
					s := Situation{Roles: Roles(role), Channel: channel, Assurance: assurance}
					want := expect(row, role, channel, assurance)
					if got := Decide(row.Operation, s); got.Why != want || got.Allowed != (want == Allowed) {
						t.Errorf("%s as %s on %s with %s: got %q, want %q", row.Operation, role, channel, assurance, got.Why, want)
					}
				}
			}
		}
	}
	if cells < 2000 {
		t.Fatalf("only %d cells walked", cells)
	}
}

// expect reads a row without Decide's help.
func expect(row Row, role Role, c Channel, a Assurance) Refusal {
	if !row.Roles.Has(role) || role == Trainer {
		return WrongRole
	}
	for _, n := range row.Needs {
		if n.Channel != c || n.Roles != 0 && !n.Roles.Has(role) {
			continue
		}
		switch {
		case a >= n.Assurance:
			return Allowed
		case n.Assurance == Full && a == Document:
			return NoFullAssurance
		}
		return NotIdentified
	}
	return WrongChannel
}

// TestTable pins what must never become looser by accident.
func TestTable(t *testing.T) {
	rows := []struct {
		reason string
		op     Operation
		s      Situation
		want   Refusal
	}{
		{"a code is handed out with full evidence", HandOut, Situation{Roles: Roles(Clerk), Channel: Counter, Assurance: Full}, Allowed},
		{"not with the document alone", HandOut, Situation{Roles: Roles(Clerk), Channel: Counter, Assurance: Document}, NoFullAssurance},
		{"never on the phone", HandOut, Situation{Roles: Roles(Clerk), Channel: Phone, Assurance: Full}, WrongChannel},
		{"never by support", HandOut, Situation{Roles: Roles(Support), Channel: Counter, Assurance: Full}, WrongRole},
		{"never to somebody whose insurance ended", HandOut, Situation{Roles: Roles(Clerk), Channel: Counter, Assurance: Full, Ended: true}, MemberEnded},
		{"a code of theirs can still be revoked", RevokeCode, Situation{Roles: Roles(Support), Channel: Phone, Ended: true}, Allowed},
		{"an admin sees no member", Find, Situation{Roles: Roles(Admin), Channel: Counter}, WrongRole},
		{"an auditor opens no record", Open, Situation{Roles: Roles(Auditor), Channel: Counter}, WrongRole},
		{"the service sees no member", Find, Situation{Roles: Roles(Service), Channel: Console}, WrongRole},
		{"the service imports", MemberImport, Situation{Roles: Roles(Service), Channel: Console}, Allowed},
		{"a trainer is nobody in earnest", Find, Situation{Roles: Roles(Trainer), Channel: Counter}, WrongRole},
		{"a trainer is anybody in practice", HandOut, Situation{Roles: Roles(Trainer), Channel: Counter, Assurance: Full, Practice: true}, Allowed},
		{"an account is deleted with a document at the counter", DeleteAccount, Situation{Roles: Roles(Clerk), Channel: Counter, Assurance: ByPhone}, NotIdentified},
		{"by phone with phone evidence", DeleteAccount, Situation{Roles: Roles(Support), Channel: Phone, Assurance: ByPhone}, Allowed},
		{"a card is blocked without identification", BlockCard, Situation{Roles: Roles(Support), Channel: Phone}, Allowed},
		{"support checks a registration by phone", CheckRegistration, Situation{Roles: Roles(Support), Channel: Phone}, Allowed},
		{"a clerk only with the document at the counter", CheckRegistration, Situation{Roles: Roles(Clerk), Channel: Counter}, NotIdentified},
		{"and not by phone", CheckRegistration, Situation{Roles: Roles(Clerk), Channel: Phone}, WrongChannel},
		{"who is both may do it as support", CheckRegistration, Situation{Roles: Roles(Clerk, Support), Channel: Phone}, Allowed},
		{"what nobody named is refused", Operation("anything"), Situation{Roles: Roles(Supervisor), Channel: Counter, Assurance: Full}, UnknownOp},
	}
	for _, row := range rows {
		t.Run(row.reason, func(t *testing.T) {
			if got := Decide(row.op, row.s); got.Why != row.want {
				t.Errorf("got %q, want %q", got.Why, row.want)
			}
		})
	}
}

// TestRowsAreWhole: no operation twice, none without a role or a way.
func TestRowsAreWhole(t *testing.T) {
	seen := map[Operation]bool{}
	for _, row := range Table() {
		if seen[row.Operation] {
			t.Errorf("%s stands twice", row.Operation)
		}
		seen[row.Operation] = true
		if row.Roles == 0 || len(row.Needs) == 0 {
			t.Errorf("%s names nobody or no way", row.Operation)
		}
		if row.Roles.Has(Admin) && row.Roles&Roles(Clerk, Support, Supervisor) != 0 && row.Operation != Practise {
			t.Errorf("%s mixes admin with those who serve members", row.Operation)
		}
	}
	if len(seen) != 34 {
		t.Errorf("%d operations, the table of the manual has 34", len(seen))
	}
}

// TestRoleSets: which roles one person may hold together.
func TestRoleSets(t *testing.T) {
	for set := RoleSet(0); set < 1<<(len(AllRoles())+1); set += 2 { // bit 0 is no role
		excludes := func(one Role, others RoleSet) bool { return set.Has(one) && set&others != 0 }
		bad := set == 0 ||
			excludes(Admin, ^Roles(Admin)) || excludes(Service, ^Roles(Service)) ||
			excludes(Auditor, Roles(Clerk, Support, Supervisor))
		if set.Valid() == bad {
			t.Errorf("%q: valid is %v", set, set.Valid())
		}
	}
}

// TestMayApprove walks requester and approver over every operation.
func TestMayApprove(t *testing.T) {
	for _, row := range Table() {
		for _, requester := range AllRoles() {
			for _, approver := range AllRoles() {
				want := approver == Supervisor ||
					row.Roles.Has(Admin) && approver == Admin ||
					!row.Roles.Has(Admin) && approver == Clerk && requester == Supervisor
				if got := MayApprove(row.Operation, Roles(requester), Roles(approver)); got != want {
					t.Errorf("%s: %s for %s is %v", row.Operation, approver, requester, got)
				}
			}
		}
	}
	if MayApprove("anything", Roles(Clerk), Roles(Supervisor)) {
		t.Error("an operation that does not exist can be approved")
	}
}

func TestNamesReadBack(t *testing.T) {
	for _, r := range AllRoles() {
		if got, ok := ParseRole(r.String()); !ok || got != r {
			t.Errorf("%q reads back as %v, %v", r, got, ok)
		}
	}
	if _, ok := ParseRole(""); ok {
		t.Error("the empty name is a role")
	}
	for _, s := range []fmt.Stringer{Counter, Phone, Console, None, ByPhone, Document, Full} {
		if s.String() == "" {
			t.Errorf("%#v has no name", s)
		}
	}
}
