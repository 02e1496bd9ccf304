package words

import (
	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/rights"
)

// both is one text in both languages, for tables in which the languages stand
// in a row.
type both struct{ de, en string }

func (b both) in(l Language) string {
	if l == English {
		return b.en
	}
	return b.de
}

// pick takes one language out of a table.
func pick[K comparable](l Language, table map[K]both) map[K]string {
	out := make(map[K]string, len(table))
	for k, b := range table {
		out[k] = b.in(l)
	}
	return out
}

// domainWords are the words for the values of the domain.
type domainWords struct {
	operations map[rights.Operation]string
	roles      map[rights.Role]string
	channels   map[rights.Channel]string
	assurances map[rights.Assurance]string
	conditions map[rights.Condition]string
	notes      map[rights.Note]string
	facts      map[rights.Fact]string
	acts       map[domain.Act]string
	documents  map[domain.DocumentKind]string
	purposes   map[domain.Purpose]string
	codeStates map[domain.CodeState]string
	bonusCodes map[bonus.Code]string
	failures   map[domain.Reason]failure
}

func newDomainWords(l Language) domainWords {
	return domainWords{
		operations: pick(l, operationWords()),
		roles:      pick(l, roleWords()),
		channels:   pick(l, channelWords()),
		assurances: pick(l, assuranceWords()),
		conditions: pick(l, conditionWords()),
		notes:      pick(l, noteWords()),
		facts:      pick(l, factWords()),
		acts:       pick(l, actWords()),
		documents:  pick(l, documentWords()),
		purposes:   pick(l, purposeWords()),
		codeStates: pick(l, codeStateWords()),
		bonusCodes: pick(l, bonusCodeWords()),
		failures:   failures(l),
	}
}

// Operation says what an operation does, as a phrase: "Aktivierungscode
// ausgeben". Like its neighbours it answers "" for a value it does not know.
func (d *domainWords) Operation(o rights.Operation) string { return d.operations[o] }

// Role names a role.
func (d *domainWords) Role(r rights.Role) string { return d.roles[r] }

// Channel names a way: Schalter, Telefon.
func (d *domainWords) Channel(c rights.Channel) string { return d.channels[c] }

// Assurance names an Ausweisstufe.
func (d *domainWords) Assurance(a rights.Assurance) string { return d.assurances[a] }

// Condition says when a second person has to agree.
func (d *domainWords) Condition(c rights.Condition) string { return d.conditions[c] }

// Note says a rule beside the table's decision.
func (d *domainWords) Note(n rights.Note) string { return d.notes[n] }

// Fact names what a member tells.
func (d *domainWords) Fact(f rights.Fact) string { return d.facts[f] }

// Act says what happened, for recent cases and the journal.
func (d *domainWords) Act(a domain.Act) string { return d.acts[a] }

// Document names a kind of photo ID.
func (d *domainWords) Document(k domain.DocumentKind) string { return d.documents[k] }

// Purpose says why a code is handed out.
func (d *domainWords) Purpose(p domain.Purpose) string { return d.purposes[p] }

// CodeState names the state of an activation code.
func (d *domainWords) CodeState(s domain.CodeState) string { return d.codeStates[s] }
