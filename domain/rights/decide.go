package rights

// Situation is what a decision looks at.
type Situation struct {
	Roles     RoleSet
	Channel   Channel
	Assurance Assurance
	// Ended: the member is deceased or the insurance has ended.
	Ended bool
	// Practice: nothing real is in reach; a Trainer counts as every role of
	// the counter there, and nowhere else as any.
	Practice bool
}

// Refusal says why an operation is not allowed. The text is stored in the
// journal and names the sentence a person reads.
type Refusal string

// The refusals, in the order in which they are looked for.
const (
	Allowed         Refusal = ""
	UnknownOp       Refusal = "operation_unknown"
	WrongRole       Refusal = "role_missing"
	WrongChannel    Refusal = "channel_wrong"
	MemberEnded     Refusal = "member_ended"
	NotIdentified   Refusal = "not_identified"
	NoFullAssurance Refusal = "card_evidence_missing"
)

// Decision is the table's answer for one situation.
type Decision struct {
	Allowed bool
	// Why names the refusal; empty when allowed.
	Why Refusal
	// Role is the one that allowed it: the role that acts in the journal.
	Role Role
	// Second lists when another person has to agree. Conditions other than
	// Always are facts the use case knows.
	Second []Condition
	// Facts must be told and compared first.
	Facts []Fact
}

// Decide looks the operation up. What no row allows is refused. Of several roles
// that the row names, the first that may is the one that acts; if none may, the
// refusal is that of the first.
func Decide(op Operation, s Situation) Decision {
	row, ok := lookup(op)
	if !ok {
		return Decision{Why: UnknownOp}
	}
	first := Decision{Why: WrongRole}
	for _, role := range acting(row, s) {
		decision := row.decide(role, s)
		if decision.Allowed {
			return decision
		}
		if first.Role == 0 {
			first = decision
		}
	}
	return first
}

// decide answers for one role of the row.
func (r Row) decide(role Role, s Situation) Decision {
	need, ok := r.need(s.Channel, role)
	switch {
	case !ok:
		return Decision{Why: WrongChannel, Role: role}
	case s.Ended && !r.AfterEnd:
		return Decision{Why: MemberEnded, Role: role}
	case s.Assurance < need.Assurance:
		return Decision{Why: missing(s.Assurance, need.Assurance), Role: role}
	}
	return Decision{Allowed: true, Role: role, Second: r.Second, Facts: need.Facts}
}

func lookup(op Operation) (Row, bool) {
	for _, row := range Table() {
		if row.Operation == op {
			return row, true
		}
	}
	return Row{}, false
}

// acting are the roles of the person that the row names. In practice a trainer
// stands in for each of them.
func acting(row Row, s Situation) []Role {
	var roles []Role
	for _, r := range row.Roles.List() {
		stands := s.Practice && s.Roles.Has(Trainer)
		if stands || s.Roles.Has(r) && r != Trainer {
			roles = append(roles, r)
		}
	}
	return roles
}

// Acting is the role in which somebody does something: the one that Decide let
// do it, else the first they have. The journal names it.
func Acting(op Operation, s Situation) Role {
	if role := Decide(op, s).Role; role != 0 {
		return role
	}
	for _, r := range s.Roles.List() {
		return r
	}
	return 0
}

// missing tells a person what to gather next: with the document seen only the
// card is missing for Full.
func missing(have, need Assurance) Refusal {
	if need == Full && have == Document {
		return NoFullAssurance
	}
	return NotIdentified
}

// MayApprove reports whether approver may be the second person for requester's
// operation: a supervisor, a clerk where the requester is a supervisor, and for
// an admin's operation a supervisor or another admin. That the two are not the
// same natural person is the caller's to check first.
func MayApprove(op Operation, requester, approver RoleSet) bool {
	row, ok := lookup(op)
	if !ok {
		return false
	}
	if row.Roles.Has(Admin) {
		return approver.Has(Supervisor) || approver.Has(Admin)
	}
	return approver.Has(Supervisor) || approver.Has(Clerk) && requester.Has(Supervisor)
}
