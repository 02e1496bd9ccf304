// Package rights says who may do what: roles, channels, assurance and the one
// table that joins them. It is data, and everything is denied that no row
// allows. Screens offer what Decide allows, use cases ask Decide again before
// they write, and `schalter policy` prints the same rows.
//
//	d := rights.Decide(rights.HandOut, rights.Situation{
//		Roles: rights.Roles(rights.Clerk), Channel: rights.Counter, Assurance: rights.Full,
//	})
//	d.Allowed // true
package rights

import "strings"

// Role is what a login may be. Numbers are stored; they never change meaning.
type Role uint8

// The roles. Service is the login of unattended jobs: it sees no member.
const (
	Clerk Role = iota + 1
	Support
	Supervisor
	Auditor
	Admin
	Trainer
	Service
)

// AllRoles lists every role in the order of the table.
func AllRoles() []Role {
	return []Role{Clerk, Support, Supervisor, Auditor, Admin, Trainer, Service}
}

var roleNames = map[Role]string{
	Clerk: "clerk", Support: "support", Supervisor: "supervisor", Auditor: "auditor",
	Admin: "admin", Trainer: "trainer", Service: "service",
}

// String is the role's name on the command line and in the journal.
func (r Role) String() string { return roleNames[r] }

// ParseRole reads a role's name; ok is false for anything else.
func ParseRole(s string) (r Role, ok bool) {
	for role, name := range roleNames {
		if name == s {
			return role, true
		}
	}
	return 0, false
}

// RoleSet is a set of roles, one bit each.
type RoleSet uint16

// Roles makes a set.
func Roles(roles ...Role) RoleSet {
	var s RoleSet
	for _, r := range roles {
		s |= 1 << r
	}
	return s
}

// Has reports whether r is in the set.
func (s RoleSet) Has(r Role) bool { return s&(1<<r) != 0 }

// List returns the roles of the set in the order of AllRoles.
func (s RoleSet) List() []Role {
	var out []Role
	for _, r := range AllRoles() {
		if s.Has(r) {
			out = append(out, r)
		}
	}
	return out
}

// String joins the names with commas.
func (s RoleSet) String() string {
	names := make([]string, 0, 4)
	for _, r := range s.List() {
		names = append(names, r.String())
	}
	return strings.Join(names, ",")
}

// Valid reports whether one person may hold these roles together: Admin
// excludes every other role; Auditor excludes Clerk, Support and Supervisor;
// Service stands alone. The empty set is not valid.
func (s RoleSet) Valid() bool {
	switch {
	case s == 0:
		return false
	case s.Has(Admin):
		return s == Roles(Admin)
	case s.Has(Service):
		return s == Roles(Service)
	case s.Has(Auditor):
		return s&Roles(Clerk, Support, Supervisor) == 0
	}
	return true
}

// Channel is the way a member reaches us. A seat's configuration or an SSH key
// decides it, never the person who acts.
type Channel uint8

// The channels. Console is the command line of whoever runs the machine: no
// member is served there.
const (
	Counter Channel = iota + 1
	Phone
	Console
)

var channelNames = map[Channel]string{Counter: "counter", Phone: "phone", Console: "console"}

// AllChannels lists every channel.
func AllChannels() []Channel { return []Channel{Counter, Phone, Console} }

// String is the channel's name in the journal.
func (c Channel) String() string { return channelNames[c] }

// Assurance is what the evidence of a visit adds up to. The levels are
// ordered: a higher one answers every need of a lower one.
type Assurance uint8

// The levels of assurance.
const (
	None Assurance = iota
	ByPhone
	Document
	Full
)

var assuranceNames = map[Assurance]string{None: "none", ByPhone: "phone", Document: "document", Full: "full"}

// AllAssurances lists every level, lowest first.
func AllAssurances() []Assurance { return []Assurance{None, ByPhone, Document, Full} }

// String is the level's name in the journal.
func (a Assurance) String() string { return assuranceNames[a] }
