package desk

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/date"
	"schalter/domain/rights"
)

// Config is what a Desk needs from outside. Every field without a remark must be
// set.
type Config struct {
	Reader   Reader
	Writer   Writer
	Searcher Searcher
	Locker   Locker
	Peppers  Peppers
	// Now is the wall clock; its location is the one of dates and of the hours
	// told to people.
	Now func() time.Time
	// Random gives the bytes of codes, cases and ids; crypto/rand in earnest.
	Random io.Reader
	// Programmes decide bonus booklets; nil is the built-in one alone.
	Programmes *bonus.Catalogue
}

// Desk carries out the use cases of one database. It is safe for concurrent
// use by any number of seats.
type Desk struct {
	Config
	mu     sync.Mutex
	visits map[domain.VisitID]*visit
	recent map[string][]Recent // by seat
	asked  map[string]asked    // the newest search, by seat
	swept  bool                // what an earlier process left was revoked

	ripening sync.Mutex
	heldFrom uint64        // every event below this number has left the state held
	checks   chan struct{} // bounds how many codes are checked at once
	guessing [64]sync.Mutex
}

// New makes a Desk.
func New(c Config) *Desk {
	if c.Programmes == nil {
		c.Programmes, _ = bonus.NewCatalogue(nil)
	}
	return &Desk{
		Config: c, visits: map[domain.VisitID]*visit{}, recent: map[string][]Recent{}, asked: map[string]asked{},
		checks: make(chan struct{}, maxChecks),
	}
}

// maxTries bounds how often a use case is run again because somebody else
// changed the same record meanwhile.
const maxTries = 8

// again runs a use case until its guards hold.
func (d *Desk) again(ctx context.Context, attempt func() error) error {
	var err error
	for range maxTries {
		if err = attempt(); !IsKind(err, domain.Conflict) || ctx.Err() != nil {
			return err
		}
	}
	return err
}

// IsKind reports whether err is a domain error of the kind.
func IsKind(err error, k domain.Kind) bool {
	var e *domain.Error
	return errors.As(err, &e) && e.Kind == k
}

// entry starts a journal entry for an actor.
func (d *Desk) entry(a domain.Actor, act domain.Act, op rights.Operation) domain.Entry {
	return domain.Entry{
		At: d.Now(), Staff: a.Staff, Person: a.Person, Role: rights.Acting(op, situation(a, rights.None, false)),
		Channel: a.Channel, Branch: a.Branch, Seat: a.Seat,
		Operation: op, Act: act, Outcome: domain.Done,
	}
}

// refuse writes a refusal into the journal and returns it as the error. A
// refusal that cannot be written stays a refusal; the log gets both.
func (d *Desk) refuse(ctx context.Context, e domain.Entry, r domain.Reason) error {
	e.Outcome, e.Reason = domain.RefusedOutcome, r
	refusal := domain.Fail(domain.Refused, r)
	if _, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}}); err != nil {
		return refusal.WithCause(err)
	}
	return refusal
}

// permit asks the table and journals a refusal. It looks at the login as it is
// stored now: one that was disabled, or lost a role, since it signed in is
// refused.
func (d *Desk) permit(ctx context.Context, e *domain.Entry, a domain.Actor, assurance rights.Assurance, ended bool) (rights.Decision, error) {
	e.Assurance = assurance
	refused := *e
	refused.Act = domain.ActRefused
	staff, _, err := d.Reader.Staff(ctx, a.Staff)
	if err != nil {
		return rights.Decision{}, err
	}
	if staff.Disabled {
		return rights.Decision{}, d.refuse(ctx, refused, domain.ReasonLoginDisabled)
	}
	a.Roles = staff.Roles
	decision := rights.Decide(e.Operation, situation(a, assurance, ended))
	if !decision.Allowed {
		return decision, d.refuse(ctx, refused, domain.Reason(decision.Why))
	}
	return decision, nil
}

// situation of an actor about a member.
func situation(a domain.Actor, assurance rights.Assurance, ended bool) rights.Situation {
	return rights.Situation{Roles: a.Roles, Channel: a.Channel, Assurance: assurance, Ended: ended, Practice: a.Practice}
}

// latest is the time by which a code's life is over: a clock that is set back
// does not prolong it.
func (d *Desk) latest() time.Time { return d.Reader.Latest(d.Now()) }

func (d *Desk) today() date.Date { return date.Of(d.Now()) }

// NewRequest draws a request id.
func (d *Desk) NewRequest() (domain.RequestID, error) {
	var id domain.RequestID
	_, err := io.ReadFull(d.Random, id[:])
	return id, err
}

// Close ends every visit, so that no code stays live that nobody was given. What
// cannot be written now is found by the sweep of the next start.
func (d *Desk) Close(ctx context.Context) error {
	return d.endVisits(ctx, func(*visit) bool { return true })
}
