package domain

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"schalter/domain/code"
	"schalter/domain/rights"
)

// ApprovalState is where a request for a second person stands.
type ApprovalState uint8

// The states of a request. Asked and Given lead on.
const (
	ApprovalAsked ApprovalState = iota + 1
	ApprovalGiven
	ApprovalRefused
	ApprovalWithdrawn
	ApprovalExpired
	ApprovalUsed
)

// AllApprovalStates lists every state.
func AllApprovalStates() []ApprovalState {
	return []ApprovalState{ApprovalAsked, ApprovalGiven, ApprovalRefused, ApprovalWithdrawn, ApprovalExpired, ApprovalUsed}
}

// ApprovalLife is how long a request waits for its answer, and ApprovalUse how
// long the requester has to act on it.
const (
	ApprovalLife = time.Hour
	ApprovalUse  = 5 * time.Minute
)

// Parameter is one thing a request is about, as its approver sees it.
type Parameter struct {
	Key   ParameterKey `cbor:"1,keyasint"`
	Value string       `cbor:"2,keyasint"`
}

// ParameterKey names a parameter. Stored, never renamed.
type ParameterKey string

// The parameters.
const (
	ParamPurpose        ParameterKey = "purpose"        // number of a Purpose
	ParamRepresentative ParameterKey = "representative" // number of a Representative
	ParamProof          ParameterKey = "proof"          // number of a Proof
)

// AllParameterKeys lists every key.
func AllParameterKeys() []ParameterKey {
	return []ParameterKey{ParamPurpose, ParamRepresentative, ParamProof}
}

// Wish is what somebody wants a second person to agree to: the operation, the
// member, and everything else that matters. Two wishes are the same only if all
// of it is.
type Wish struct {
	Operation  rights.Operation `cbor:"1,keyasint"`
	Member     MemberID         `cbor:"2,keyasint,omitempty"`
	Visit      VisitID          `cbor:"3,keyasint"`
	Parameters []Parameter      `cbor:"4,keyasint,omitempty"`
}

// Digest is the SHA-256 of a wish: its parts, each behind its length, in order.
func (w Wish) Digest() [32]byte {
	h := sha256.New()
	part := func(s string) {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(s))))
		h.Write([]byte(s))
	}
	part("schalter wish v1")
	part(string(w.Operation))
	part(string(binary.BigEndian.AppendUint64(nil, uint64(w.Member))))
	part(string(w.Visit[:]))
	for _, p := range w.Parameters {
		part(string(p.Key))
		part(p.Value)
	}
	return [32]byte(h.Sum(nil))
}

// Approval is a request for a second person and its answer. It covers every
// parameter of its wish and the evidence as it was when it was asked.
type Approval struct {
	Case  code.Case     `cbor:"1,keyasint"`
	State ApprovalState `cbor:"2,keyasint"`
	Wish  Wish          `cbor:"3,keyasint"`
	// Digest is that of the wish: the answer was given to it, whatever the wish
	// reads like later.
	Digest [32]byte `cbor:"4,keyasint"`
	// Reason is why the table wants a second person.
	Reason Reason `cbor:"5,keyasint,omitempty"`

	// Who asks, and from where.
	Staff   StaffID        `cbor:"6,keyasint"`
	Person  PersonID       `cbor:"7,keyasint"`
	Roles   rights.RoleSet `cbor:"8,keyasint"`
	Channel rights.Channel `cbor:"9,keyasint"`
	Branch  string         `cbor:"10,keyasint,omitempty"`
	Seat    string         `cbor:"11,keyasint,omitempty"`

	// The evidence, frozen.
	Assurance rights.Assurance `cbor:"12,keyasint,omitempty"`
	Document  DocumentKind     `cbor:"13,keyasint,omitempty"`

	AskedAt    time.Time `cbor:"14,keyasint"`
	AnsweredAt time.Time `cbor:"15,keyasint,omitempty"`
	Approver   StaffID   `cbor:"16,keyasint,omitempty"`
	By         PersonID  `cbor:"17,keyasint,omitempty"` // the approver's person
	EndedAt    time.Time `cbor:"18,keyasint,omitempty"`
}

// Ref implements Record: there is one for each case.
func (a Approval) Ref() Ref { return Ref{KindApproval, a.Case.Number()} }

// StateAt is the state at a time: a request nobody answered within the hour is
// expired, and so is an answer nobody acted on.
func (a Approval) StateAt(now time.Time) ApprovalState {
	if (a.State == ApprovalAsked || a.State == ApprovalGiven) && !now.Before(a.Until()) {
		return ApprovalExpired
	}
	return a.State
}

// Until is when the request, or the answer to it, ends.
func (a Approval) Until() time.Time {
	if a.State == ApprovalGiven {
		return a.AnsweredAt.Add(ApprovalUse)
	}
	return a.AskedAt.Add(ApprovalLife)
}
