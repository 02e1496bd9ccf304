package desk

import (
	"context"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/kvnr"
	"schalter/domain/rights"
)

// Basis is what a member's report, or the erasure of their data, rests on.
type Basis string

// The bases.
const (
	BasisDocument Basis = "document" // their ID was seen
	BasisWritten  Basis = "written"  // they asked in writing
)

// Report is what a member may know of what is kept about them (GDPR Article 15):
// the stored data, and when, where, in which role and for what it was looked at or
// changed. It names no staff.
type Report struct {
	At           time.Time
	Basis        Basis
	Member       domain.Member
	Account      domain.Account
	Codes        []CodeLine
	Booklets     domain.Booklets
	Examinations domain.Examinations
	Looks        []Look
}

// CodeLine is an activation code without anything that leads to the code.
type CodeLine struct {
	Case                             code.Case
	State                            domain.CodeState
	Purpose                          domain.Purpose
	Branch                           string
	CreatedAt, HandedOverAt, EndedAt time.Time
	Document                         domain.DocumentKind
	Representative                   domain.Representative
}

// Look is one entry of the journal about a member.
type Look struct {
	At        time.Time
	Branch    string
	Channel   rights.Channel
	Role      rights.Role
	Operation rights.Operation
	Act       domain.Act
	Outcome   domain.Outcome
	Case      code.Case
}

// Report makes the report about a member. It is journalled itself, and stands in
// the next one.
func (d *Desk) Report(ctx context.Context, a domain.Actor, n kvnr.KVNR, basis Basis) (Report, error) {
	if basis != BasisDocument && basis != BasisWritten {
		return Report{}, domain.Fail(domain.Invalid, domain.ReasonBasisMissing).WithField("basis")
	}
	e := d.entry(a, domain.ActReported, rights.MemberReport)
	if _, err := d.permit(ctx, &e, a, rights.None, false); err != nil {
		return Report{}, err
	}
	m, _, err := d.Reader.MemberByKVNR(ctx, n)
	if err != nil {
		return Report{}, err
	}
	e.Member, e.Object = m.ID, "basis:"+string(basis)
	if err := d.notRelated(ctx, a, e, n); err != nil {
		return Report{}, err
	}
	if _, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}}); err != nil {
		return Report{}, err
	}
	return d.collect(ctx, Report{At: e.At, Basis: basis, Member: m})
}

// collect reads everything that is stored about the report's member.
func (d *Desk) collect(ctx context.Context, r Report) (Report, error) {
	var err error
	if r.Account, _, err = d.Reader.Account(ctx, r.Member.ID); err != nil {
		return r, err
	}
	if r.Booklets, _, err = d.Reader.Booklets(ctx, r.Member.ID); err != nil {
		return r, err
	}
	if r.Examinations, _, err = d.Reader.Examinations(ctx, r.Member.ID); err != nil {
		return r, err
	}
	codes, _, err := d.Reader.Codes(ctx, r.Member.ID)
	if err != nil {
		return r, err
	}
	for _, c := range codes.List {
		r.Codes = append(r.Codes, CodeLine{
			Case: c.Case, State: c.StateAt(d.latest()), Purpose: c.Purpose, Branch: c.Branch, CreatedAt: c.CreatedAt,
			HandedOverAt: c.HandedOverAt, EndedAt: c.EndedAt, Document: c.Document, Representative: c.Representative,
		})
	}
	for e, err := range d.Reader.History(ctx, r.Member.ID) {
		if err != nil {
			return r, err
		}
		r.Looks = append(r.Looks, Look{
			At: e.At, Branch: e.Branch, Channel: e.Channel, Role: e.Role, Operation: e.Operation, Act: e.Act,
			Outcome: e.Outcome, Case: e.Case,
		})
	}
	return r, nil
}
