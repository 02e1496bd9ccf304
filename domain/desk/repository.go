// Package desk holds the use cases of the counter: one method each, one file a
// job. A use case takes who acts, what they want and a request id; it decides by
// package rights, and commits the change of state, the journal entry and the
// outbox event together. If the journal cannot be written, nothing happened.
// Refusals are journalled too.
//
// What it needs from outside it declares here as interfaces.
package desk

import (
	"context"
	"iter"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/find"
	"schalter/domain/kvnr"
)

// Rev is the revision at which a record was last written; 0 means that there is
// no such record. Revisions only grow.
type Rev uint64

// Known is who has a KVNR: nobody at revision 0. Then Erased tells whether it was
// somebody's who was erased.
type Known struct {
	Member domain.Member
	Rev    Rev
	Erased bool
}

// Reader gives records with their revision. What is not there is an error of
// kind NotFound, except where a method says otherwise.
type Reader interface {
	Member(ctx context.Context, id domain.MemberID) (domain.Member, Rev, error)
	// MemberByKVNR is NotFound for the reason ReasonErased where the number was
	// somebody's who was erased.
	MemberByKVNR(ctx context.Context, n kvnr.KVNR) (domain.Member, Rev, error)
	// MembersByKVNR is MemberByKVNR for many numbers at once, in their order.
	MembersByKVNR(ctx context.Context, numbers []kvnr.KVNR) ([]Known, error)
	// AllMembers in order of their numbers.
	AllMembers(ctx context.Context) iter.Seq2[domain.Member, error]
	// LastMember is the highest number a member has, 0 if there is nobody.
	LastMember(ctx context.Context) (domain.MemberID, error)
	// ImportState of an import that is not over: none is a zero state at revision
	// 0, no error.
	ImportState(ctx context.Context) (domain.ImportState, Rev, error)
	// Codes of a member: none is an empty list at revision 0, no error.
	Codes(ctx context.Context, id domain.MemberID) (domain.Codes, Rev, error)
	// AllCodes are the codes of every member who ever had one.
	AllCodes(ctx context.Context) iter.Seq2[domain.Codes, error]
	Staff(ctx context.Context, id domain.StaffID) (domain.Staff, Rev, error)
	// AllStaff in order of their numbers.
	AllStaff(ctx context.Context) iter.Seq2[domain.Staff, error]
	Settings(ctx context.Context) (domain.Settings, Rev, error)
	// Tally of a person: none is an empty one at revision 0, no error.
	Tally(ctx context.Context, id domain.PersonID) (domain.Tally, Rev, error)
	// Answers about a member: none is an empty record at revision 0, no error.
	Answers(ctx context.Context, id domain.MemberID) (domain.Answers, Rev, error)
	// Account of a member: none is an empty one at revision 0, no error.
	Account(ctx context.Context, id domain.MemberID) (domain.Account, Rev, error)
	// Approval is the request for a second person with that case number.
	Approval(ctx context.Context, number code.Case) (domain.Approval, Rev, error)
	// AllApprovals are the requests of the last days, in any order.
	AllApprovals(ctx context.Context) iter.Seq2[domain.Approval, error]
	// Event of the outbox by its number.
	Event(ctx context.Context, seq uint64) (domain.Event, Rev, error)
	// EventsFrom are the events from a number on, in their order.
	EventsFrom(ctx context.Context, seq uint64) iter.Seq2[domain.Event, error]
	// InsuredWith are the members whose main member has that KVNR, in order of
	// their numbers, as far as they are in memory yet.
	InsuredWith(main kvnr.KVNR) []domain.MemberID
	// Requested reports whether a request was carried out before.
	Requested(ctx context.Context, id domain.RequestID) (bool, error)
	// Changes names the records that are written from now on, until ctx ends.
	Changes(ctx context.Context) iter.Seq2[domain.Ref, error]
	// AllShowing are the codes that were on a screen and not handed over.
	AllShowing(ctx context.Context) iter.Seq2[domain.Showing, error]
	// Booklets of a member: none is an empty record at revision 0, no error.
	Booklets(ctx context.Context, id domain.MemberID) (domain.Booklets, Rev, error)
	// AllBooklets in order of the members' numbers.
	AllBooklets(ctx context.Context) iter.Seq2[domain.Booklets, error]
	// Examinations of a member: none is an empty record at revision 0, no error.
	Examinations(ctx context.Context, id domain.MemberID) (domain.Examinations, Rev, error)
	PayoutRun(ctx context.Context, id domain.PayoutID) (domain.PayoutRun, Rev, error)
	// AllPayoutRuns in order of their numbers.
	AllPayoutRuns(ctx context.Context) iter.Seq2[domain.PayoutRun, error]
	// Cases are the newest lines about a member, newest first.
	Cases(ctx context.Context, id domain.MemberID, limit int) ([]domain.CaseLine, error)
	// Latest is the later of a reading of the wall clock and of one that nobody
	// sets: for what must not live longer because a clock was set back.
	Latest(now time.Time) time.Time
	// History is everything the journal says about a member, oldest first.
	History(ctx context.Context, id domain.MemberID) iter.Seq2[domain.Entry, error]
	// Journal are the entries of a span of time, streamed.
	Journal(ctx context.Context, span JournalSpan) iter.Seq2[JournalEntry, error]
	// Lookup is the keyed hash of a KVNR, for comparing without telling.
	Lookup(n kvnr.KVNR) domain.Lookup
}

// JournalSpan is a part of the journal. A zero time is no bound.
type JournalSpan struct {
	// From is included, To is not.
	From, To time.Time
	// Seq, if set, is the position of the one entry wanted.
	Seq *int64
	// Member, if set, is the one the entries are about.
	Member domain.MemberID
	// Newest first.
	Newest bool
}

// JournalEntry is an entry at its position.
type JournalEntry struct {
	Seq int64
	domain.Entry
	// Erased: what it said is gone, for its time was over.
	Erased bool
}

// Writer commits one change: all of it or nothing, durable when it returns. A
// change is refused while the clock is behind the newest entry, or the journal
// behind its anchors. A guard that no longer holds is an error of kind Conflict,
// answered by running the use case again. A change that touches a record which is not operational
// and carries no entry is refused as internal error. A Request that was carried
// out before changes nothing and returns the earlier receipt.
type Writer interface {
	Commit(ctx context.Context, c Change) (Receipt, error)
}

// Change is what a use case wants written.
type Change struct {
	Request domain.RequestID
	Guards  []Guard
	// Put writes records. A Member with ID 0 is new: the store gives it the next
	// number and a pseudonym, and refuses a KVNR it already holds as Conflict.
	Put     []domain.Record
	Delete  []domain.Ref
	Entries []domain.Entry
	Events  []domain.Event
	// Bulk lifts the limit of 100 operations to the engine's bulk limit; for
	// imports. What an import needs beside its members may be written later, at
	// the latest with a bulk change without new members: the one that ends it.
	Bulk bool
	// Erase takes away what the entries at these positions say, because its time
	// is over: the last of Entries names them, and the journal still verifies.
	// 40 at once, or 5,000 in bulk.
	Erase []int64
	// Accept lets the change pass although nothing else may be written.
	Accept Accept
}

// Accept is what an admin and a second person accept, so that a database writes
// again.
type Accept uint8

// What can be accepted. The writer refuses it where there is nothing to accept.
const (
	AcceptNothing Accept = iota
	// AcceptJournal: a journal that an anchor outside remembers longer, or
	// otherwise: an older backup was restored on purpose.
	AcceptJournal
	// AcceptClock: a clock that is behind the newest entry, because it was ahead
	// before. From the entry ActClockAccepted on its time holds.
	AcceptClock
)

// Guard holds when the record's revision is still Rev.
type Guard struct {
	Ref domain.Ref
	Rev Rev
}

// Receipt says where a change went.
type Receipt struct {
	Rev Rev
	// Size is the number of journal entries after the change.
	Size int64
	// Mark is the short form of the journal's state after the change, printed on
	// slips as an anchor.
	Mark string
	// Repeated: the request had been carried out before.
	Repeated bool
}

// Searcher finds members in memory.
type Searcher interface {
	// Search returns at most limit hits and counts on to a bound of its own.
	Search(q find.Query, limit int) (find.Result, error)
	// Prepare begins to read the names into memory, if nothing has yet. The first
	// search does so, too.
	Prepare()
}

// Locker keeps passphrases and the data key. Every method that takes a
// passphrase costs a tenth of a second or more.
type Locker interface {
	// Attempts are the failed logins of a name since the last success, and when
	// the last was (Unix seconds). Names that do not exist count too.
	Attempts(ctx context.Context, login string) (n int, last int64, err error)
	// CountAttempt is committed before a passphrase is tried.
	// It fails as Conflict when the count is not the one seen any more.
	CountAttempt(ctx context.Context, login string, seen int, at time.Time) error
	// ClearAttempts after a success.
	ClearAttempts(ctx context.Context, login string) error
	// Unlock opens the login's key slot, and with it the database if it is still
	// locked. A wrong passphrase and an unknown login are the same error,
	// ReasonLoginFailed, and take the same time; Staff says whose login it was, if
	// it exists.
	Unlock(ctx context.Context, login string, passphrase []byte) (Unlocked, error)
	// NewSlot prepares a slot for a login; Change commits it together with the
	// staff record and the entry.
	NewSlot(ctx context.Context, login string, id domain.StaffID, passphrase []byte, oneTime bool) (domain.Record, error)
	// Recover opens the database by the recovery slot instead of a login's. The
	// errors are ReasonNoRecovery where there is no such slot, and
	// ReasonRecoveryKey where the key is not its.
	Recover(ctx context.Context, identities []byte) error
	// NewRecovery prepares the recovery slot for a public key, in the place of an
	// earlier one. ReasonRecipient says that it is none.
	NewRecovery(ctx context.Context, recipient string) (domain.Record, error)
	// Rekey makes a fresh data key that everything new is sealed under at once, and
	// seals every record anew under it, in chunks; one that was interrupted is gone
	// on with instead. Every commit carries an entry that note makes.
	Rekey(ctx context.Context, note func(domain.Act) domain.Entry, progress func(done, total int)) (Rekeyed, error)
	// NoSlot is the record whose deletion takes the login's slot away.
	NoSlot(ctx context.Context, login string) (domain.Ref, error)
}

// Unlocked is what a right passphrase tells.
type Unlocked struct {
	Staff domain.StaffID
	// OneTime: the passphrase has to be changed before anything else.
	OneTime bool
}

// Rekeyed says what a rekey did.
type Rekeyed struct {
	// Continued: an earlier one had been interrupted, and no new key was made.
	Continued bool
	// Records were sealed anew.
	Records int
	// Kept is how many older data keys are still needed, by journal entries.
	Kept int
}

// Peppers give the secret that is mixed into code hashes. It lives apart from
// the database.
type Peppers interface {
	// Pepper of an epoch; epoch 0 asks for the current one.
	Pepper(epoch uint32) (secret []byte, current uint32, err error)
}
