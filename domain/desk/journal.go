package desk

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/kvnr"
	"schalter/domain/rights"
)

// JournalQuery says what of the journal is asked for. A zero field asks for
// everything.
type JournalQuery struct {
	// From is included, To is not.
	From, To time.Time
	// Seq, if set, asks for this entry alone.
	Seq *int64
	// Staff is a login.
	Staff     string
	Act       domain.Act
	Operation rights.Operation
	Outcome   domain.Outcome
	Case      code.Case
	Member    kvnr.KVNR
	Branch    string
	Seat      string
	// Limit is the most entries wanted; 0 is no limit.
	Limit int
	// Newest first.
	Newest bool
}

// JournalLine is one entry as it is shown: with the logins of who acted and of
// the second person.
type JournalLine struct {
	JournalEntry
	Login, SecondLogin string
}

// ReadJournal streams what a query asks for. An auditor reads everything, a
// supervisor what happened in the own branch. That it was read, and what was
// asked for, is journalled before the first line.
func (d *Desk) ReadJournal(ctx context.Context, a domain.Actor, q JournalQuery) (iter.Seq2[JournalLine, error], error) {
	e := d.entry(a, domain.ActJournalRead, rights.ReadJournal)
	e.Object = q.String()
	if _, err := d.permit(ctx, &e, a, rights.None, false); err != nil {
		return nil, err
	}
	logins, who, err := d.logins(ctx, q.Staff)
	if err != nil {
		return nil, err
	}
	if q.Branch, err = d.ownBranch(ctx, a, e, q.Branch); err != nil {
		return nil, err
	}
	if q.Member != "" {
		m, _, err := d.Reader.MemberByKVNR(ctx, q.Member)
		if err != nil {
			return nil, err
		}
		if err := d.notRelated(ctx, a, e, m.KVNR); err != nil {
			return nil, err
		}
		e.Member = m.ID
	}
	if _, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}}); err != nil {
		return nil, err
	}
	entries := d.Reader.Journal(ctx, JournalSpan{From: q.From, To: q.To, Seq: q.Seq, Member: e.Member, Newest: q.Newest})
	return q.choose(entries, logins, who), nil
}

// choose passes on what is asked for, and names who acted.
func (q JournalQuery) choose(entries iter.Seq2[JournalEntry, error], logins map[domain.StaffID]string, who domain.StaffID) iter.Seq2[JournalLine, error] {
	return func(yield func(JournalLine, error) bool) {
		left := q.Limit
		for e, err := range entries {
			if err == nil && !q.matches(e, who) {
				continue
			}
			if !yield(JournalLine{e, logins[e.Staff], logins[e.Second]}, err) || err != nil {
				return
			}
			if left--; left == 0 {
				return
			}
		}
	}
}

// logins names every login, and finds the number of the one asked for.
func (d *Desk) logins(ctx context.Context, login string) (names map[domain.StaffID]string, who domain.StaffID, err error) {
	names = map[domain.StaffID]string{}
	for s, err := range d.Reader.AllStaff(ctx) {
		if err != nil {
			return nil, 0, err
		}
		names[s.ID] = s.Login
		if login != "" && s.Login == normalLogin(login) {
			who = s.ID
		}
	}
	if login != "" && who == 0 {
		return nil, 0, domain.Fail(domain.NotFound, domain.ReasonStaffNotFound)
	}
	return names, who, nil
}

// ownBranch is the branch that a reader is bound to; an auditor is bound to none.
// The branch of a supervisor who has none is the only one there is.
func (d *Desk) ownBranch(ctx context.Context, a domain.Actor, e domain.Entry, asked string) (string, error) {
	staff, _, err := d.Reader.Staff(ctx, a.Staff)
	if err != nil || staff.Roles.Has(rights.Auditor) {
		return asked, err
	}
	settings, _, err := d.Reader.Settings(ctx)
	if err != nil {
		return "", err
	}
	own := staff.Branch
	if own == "" && len(settings.Branches) == 1 {
		own = settings.Branches[0].Name
	}
	if own == "" || asked != "" && asked != own {
		e.Act = domain.ActRefused
		return "", d.refuse(ctx, e, domain.ReasonOtherBranch)
	}
	return own, nil
}

// matches reports whether an entry is asked for. One that was erased tells
// nothing, so that only a query without conditions has it.
func (q JournalQuery) matches(e JournalEntry, who domain.StaffID) bool {
	switch {
	case q.Staff != "" && e.Staff != who && e.Second != who,
		q.Act != "" && e.Act != q.Act,
		q.Operation != "" && e.Operation != q.Operation,
		q.Outcome != 0 && e.Outcome != q.Outcome,
		q.Case != "" && e.Case != q.Case,
		q.Branch != "" && e.Branch != q.Branch,
		q.Seat != "" && e.Seat != q.Seat:
		return false
	}
	return true
}

// String is the query as the journal keeps it: everything but the number of a
// member, whose pseudonym the entry has.
func (q JournalQuery) String() string {
	var parts []string
	add := func(name, value string) {
		if value != "" {
			parts = append(parts, name+"="+value)
		}
	}
	number := func(n int64, set bool) string {
		if !set {
			return ""
		}
		return fmt.Sprint(n)
	}
	moment := func(at time.Time) string {
		if at.IsZero() {
			return ""
		}
		return at.UTC().Format(time.RFC3339)
	}
	add("from", moment(q.From))
	add("to", moment(q.To))
	if q.Seq != nil {
		add("seq", number(*q.Seq, true))
	}
	add("staff", q.Staff)
	add("act", string(q.Act))
	add("operation", string(q.Operation))
	add("outcome", number(int64(q.Outcome), q.Outcome != 0))
	add("case", string(q.Case))
	add("branch", q.Branch)
	add("seat", q.Seat)
	add("limit", number(int64(q.Limit), q.Limit > 0))
	return "journal:" + strings.Join(parts, ",")
}
