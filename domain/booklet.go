package domain

import (
	"time"

	"schalter/domain/bonus"
	"schalter/domain/date"
	"schalter/domain/kvnr"
)

// BookletState is where a bonus booklet stands.
type BookletState uint8

// The states. Parked and queried booklets are not whole yet; entered ones wait
// for a decision.
const (
	BookletEntered BookletState = iota + 1
	BookletParked
	BookletQueried
	BookletDecided
	BookletExported // in a payout file
	BookletPaid
)

// AllBookletStates lists every state in the order of a booklet's life.
func AllBookletStates() []BookletState {
	return []BookletState{BookletParked, BookletQueried, BookletEntered, BookletDecided, BookletExported, BookletPaid}
}

// Booklets are all bonus booklets of one member. They are one record, so that a
// second booklet for the same programme and year meets the first.
type Booklets struct {
	Member MemberID  `cbor:"-"`
	List   []Booklet `cbor:"1,keyasint,omitempty"`
	// Invoices are those of the whole family, where this member is the one whom
	// its bonuses are credited to.
	Invoices []Invoice `cbor:"2,keyasint,omitempty"`
}

// Ref implements Record.
func (b Booklets) Ref() Ref { return Ref{KindBooklets, uint64(b.Member)} }

// Find returns the place of a booklet in the list, or -1.
func (b Booklets) Find(programme string, year int) int {
	for i := range b.List {
		if b.List[i].Programme == programme && b.List[i].Year == year {
			return i
		}
	}
	return -1
}

// Invoice is the mark of one that was handed in: by it the same invoice is known
// again, whichever booklet of the family it comes with.
type Invoice struct {
	// Mark is a hash of the number.
	Mark      [16]byte `cbor:"1,keyasint"`
	Member    MemberID `cbor:"2,keyasint"`
	Programme string   `cbor:"3,keyasint"`
	Year      int      `cbor:"4,keyasint"`
}

// Booklet is what one member handed in for one bonus year of a programme: its
// versions, oldest first, and what was paid for it. Nothing that was decided is
// ever overwritten.
type Booklet struct {
	Programme string           `cbor:"1,keyasint"`
	Year      int              `cbor:"2,keyasint"`
	State     BookletState     `cbor:"3,keyasint"`
	Versions  []BookletVersion `cbor:"4,keyasint"`
	Payouts   []BookletPayout  `cbor:"5,keyasint,omitempty"`
	// Held says which payout run left it out, and why; the next run looks again.
	Held *BookletHeld `cbor:"6,keyasint,omitempty"`
}

// Latest is the newest version. A booklet has at least one.
func (b *Booklet) Latest() *BookletVersion { return &b.Versions[len(b.Versions)-1] }

// Paid is what was handed to the payout for this booklet so far.
func (b *Booklet) Paid() bonus.Cents {
	var sum bonus.Cents
	for _, p := range b.Payouts {
		sum += p.Cents()
	}
	return sum
}

// Due is what the decision in force leaves to be paid; never below zero.
func (b *Booklet) Due() bonus.Cents {
	v := b.Latest()
	if b.State != BookletDecided || v.Decision == nil {
		return 0
	}
	return max(v.Decision.ToPay, 0)
}

// VersionKind says how a version came to be.
type VersionKind uint8

// The kinds of version.
const (
	FirstVersion VersionKind = iota + 1
	// Correction: the same papers, entered again.
	Correction
	// Supplement: more papers, received later.
	Supplement
)

// BookletVersion is a booklet as it was entered at one time, and what was decided
// on that.
type BookletVersion struct {
	Kind     VersionKind `cbor:"1,keyasint"`
	Received date.Date   `cbor:"2,keyasint"`
	Stamps   []Stamp     `cbor:"3,keyasint,omitempty"`
	// Counted is how many entries staff counted on paper before they were typed.
	Counted  int       `cbor:"4,keyasint"`
	Enrolled date.Date `cbor:"5,keyasint,omitempty"`
	// Option the insured chose, with the invoices behind it.
	Option   string      `cbor:"6,keyasint,omitempty"`
	Invoices bonus.Cents `cbor:"7,keyasint,omitempty"`
	// First year in the programme, or how many in a row; points brought along.
	First       bool         `cbor:"8,keyasint,omitempty"`
	Consecutive int          `cbor:"9,keyasint,omitempty"`
	Points      bonus.Points `cbor:"10,keyasint,omitempty"`

	Releases []Release `cbor:"11,keyasint,omitempty"`
	// Late is the acceptance of a booklet that came late.
	Late *Acceptance `cbor:"12,keyasint,omitempty"`
	// Query is what was asked of the member.
	Query *BookletQuery `cbor:"13,keyasint,omitempty"`

	Staff    StaffID          `cbor:"14,keyasint"` // who entered it
	Person   PersonID         `cbor:"15,keyasint"`
	At       time.Time        `cbor:"16,keyasint"`
	Decision *BookletDecision `cbor:"17,keyasint,omitempty"`
	// Request that wrote it.
	Request RequestID `cbor:"18,keyasint,omitempty"`
	// Drawn: the sample says that another person decides.
	Drawn bool `cbor:"19,keyasint,omitempty"`
}

// Stamp is one entry of a booklet as it was typed.
type Stamp struct {
	Measure  string       `cbor:"1,keyasint"`
	Exam     string       `cbor:"2,keyasint,omitempty"` // of a series
	Date     date.Date    `cbor:"3,keyasint,omitempty"`
	Cost     *bonus.Cents `cbor:"4,keyasint,omitempty"`
	Evidence []string     `cbor:"5,keyasint,omitempty"` // tokens: stamp, invoice, seen …
	Provider string       `cbor:"6,keyasint,omitempty"` // "private" without a licence
	Value    *float64     `cbor:"7,keyasint,omitempty"`
	// Invoice is the number on the invoice.
	Invoice string `cbor:"8,keyasint,omitempty"`
	// Invalid is why staff did not count the entry; empty if they did.
	Invalid string `cbor:"9,keyasint,omitempty"`
}

// Release frees a person from a measure that a programme asks for. It takes two.
type Release struct {
	Measure    string `cbor:"1,keyasint"`
	Acceptance `cbor:"2,keyasint"`
}

// Acceptance is something two people took upon themselves, with their reason.
type Acceptance struct {
	Reason string    `cbor:"1,keyasint"`
	Staff  StaffID   `cbor:"2,keyasint"`
	Second StaffID   `cbor:"3,keyasint"`
	At     time.Time `cbor:"4,keyasint"`
}

// BookletQuery is what was asked of the member before a decision.
type BookletQuery struct {
	Items []QueryItem `cbor:"1,keyasint"`
	Staff StaffID     `cbor:"2,keyasint"`
	At    time.Time   `cbor:"3,keyasint"`
}

// QueryItem is one thing asked for.
type QueryItem struct {
	Measure string    `cbor:"1,keyasint,omitempty"`
	Exam    string    `cbor:"2,keyasint,omitempty"`
	Want    QueryWant `cbor:"3,keyasint"`
	// Text says more; needed for WantOther.
	Text string `cbor:"4,keyasint,omitempty"`
}

// QueryWant is what is asked for.
type QueryWant string

// What can be asked for.
const (
	WantStamp       QueryWant = "stamp"
	WantDate        QueryWant = "date"
	WantInvoice     QueryWant = "invoice"
	WantCertificate QueryWant = "certificate"
	WantValue       QueryWant = "value"
	WantLegible     QueryWant = "legible"
	WantOther       QueryWant = "other"
)

// AllQueryWants lists everything that can be asked for.
func AllQueryWants() []QueryWant {
	return []QueryWant{WantStamp, WantDate, WantInvoice, WantCertificate, WantValue, WantLegible, WantOther}
}

// BookletDecision is a decision with everything it was made from, so that it can
// be explained and checked for as long as it is kept. A programme file that
// changes later changes no decision.
type BookletDecision struct {
	Hash bonus.Hash `cbor:"1,keyasint"` // of the programme file
	// Inputs beside the version: the person, the insurance, what was known.
	Born       date.Date        `cbor:"2,keyasint"`
	Sex        bonus.Sex        `cbor:"3,keyasint"`
	InsuredAs  bonus.InsuredAs  `cbor:"4,keyasint"`
	Insurance  BookletInsurance `cbor:"5,keyasint"`
	Main       BookletInsurance `cbor:"6,keyasint"`
	History    []PastExam       `cbor:"7,keyasint,omitempty"`
	PaidBefore bonus.Cents      `cbor:"8,keyasint,omitempty"`

	Deadline     date.Date     `cbor:"9,keyasint,omitempty"`
	Track        string        `cbor:"10,keyasint,omitempty"`
	Refusal      bonus.Code    `cbor:"11,keyasint,omitempty"`
	Lines        []BookletLine `cbor:"12,keyasint,omitempty"`
	Shares       []Share       `cbor:"13,keyasint,omitempty"`
	Total        bonus.Cents   `cbor:"14,keyasint"`
	Hypothetical bonus.Cents   `cbor:"15,keyasint"`
	// ToPay is below zero where a correction says that too much was paid.
	ToPay      bonus.Cents   `cbor:"16,keyasint"`
	PointsLeft *bonus.Points `cbor:"17,keyasint,omitempty"`
	// CreditMain: the main member gets the money.
	CreditMain bool `cbor:"18,keyasint,omitempty"`

	Staff  StaffID   `cbor:"19,keyasint"`
	Person PersonID  `cbor:"20,keyasint"`
	At     time.Time `cbor:"21,keyasint"`
	// Second agreed at the requester's seat; 0 if nobody had to.
	Second       StaffID  `cbor:"22,keyasint,omitempty"`
	SecondPerson PersonID `cbor:"23,keyasint,omitempty"`
	// Request that made it.
	Request RequestID `cbor:"24,keyasint,omitempty"`
}

// BookletInsurance is an insurance relationship as a decision saw it.
type BookletInsurance struct {
	Known        bool      `cbor:"1,keyasint"`
	From         date.Date `cbor:"2,keyasint,omitempty"`
	To           date.Date `cbor:"3,keyasint,omitempty"`
	TerminatedOn date.Date `cbor:"4,keyasint,omitempty"`
	WithdrawnOn  date.Date `cbor:"5,keyasint,omitempty"`
}

// BookletLine is what became of one entry, or of one measure of a gate. Stamp is
// the place of the entry in the version, -1 for none.
type BookletLine struct {
	Group   string      `cbor:"1,keyasint"`
	Measure string      `cbor:"2,keyasint"`
	Stamp   int         `cbor:"3,keyasint"`
	Cents   bonus.Cents `cbor:"4,keyasint"`
	Code    bonus.Code  `cbor:"5,keyasint"`
	Cause   bonus.Code  `cbor:"6,keyasint,omitempty"`
	Exam    string      `cbor:"7,keyasint,omitempty"`
	Token   string      `cbor:"8,keyasint,omitempty"`
}

// Share is what one group of a programme adds to a total after all caps.
type Share struct {
	Group string      `cbor:"1,keyasint"`
	Cents bonus.Cents `cbor:"2,keyasint"`
	// Reimbursed: money back for a cost, and no bonus.
	Reimbursed bool `cbor:"3,keyasint,omitempty"`
}

// BookletPayout is one payment: the rows it has in the file of a payout run.
type BookletPayout struct {
	Run    PayoutID  `cbor:"1,keyasint"`
	Main   kvnr.KVNR `cbor:"2,keyasint"` // whom it is credited to
	Person kvnr.KVNR `cbor:"3,keyasint"`
	Shares []Share   `cbor:"4,keyasint"`
}

// Cents is the sum of the rows.
func (p BookletPayout) Cents() (sum bonus.Cents) {
	for _, s := range p.Shares {
		sum += s.Cents
	}
	return sum
}

// BookletHeld says that a payout run left a booklet out.
type BookletHeld struct {
	Run    PayoutID   `cbor:"1,keyasint"`
	Reason HoldReason `cbor:"2,keyasint"`
}

// HoldReason says what has changed between decision and payout: a refusal of the
// programme, or one of those below.
type HoldReason string

// The reasons beside a programme's own refusals.
const (
	HeldDeceased  HoldReason = "deceased"
	HeldNoMain    HoldReason = "main_member_missing"
	HeldProgramme HoldReason = "programme_changed"
)

// Examinations are the exams known of a member beside those of their booklets.
type Examinations struct {
	Member MemberID   `cbor:"-"`
	List   []PastExam `cbor:"1,keyasint,omitempty"`
}

// Ref implements Record.
func (x Examinations) Ref() Ref { return Ref{KindExaminations, uint64(x.Member)} }

// PastExam is a use of a measure that is known from before.
type PastExam struct {
	Measure string    `cbor:"1,keyasint"`
	Exam    string    `cbor:"2,keyasint,omitempty"`
	Date    date.Date `cbor:"3,keyasint"` // perhaps without a day
	// From is how staff know; empty for one from an earlier booklet.
	From  string    `cbor:"4,keyasint,omitempty"`
	Staff StaffID   `cbor:"5,keyasint,omitempty"`
	At    time.Time `cbor:"6,keyasint"`
}

// PayoutID is the number of a payout run; 0 is none.
type PayoutID uint64

// PayoutState is where a payout run stands.
type PayoutState uint8

// The states: booklets are being taken, all are taken, the file is written, the
// money is with the members.
const (
	PayoutTaking PayoutState = iota + 1
	PayoutTaken
	PayoutWritten
	PayoutPaid
)

// PayoutRun is one payout of a bonus year.
type PayoutRun struct {
	ID    PayoutID    `cbor:"-"`
	Year  int         `cbor:"1,keyasint"`
	State PayoutState `cbor:"2,keyasint"`
	// Begun bounds it: what was decided later waits for the next run. Its day is
	// the day of the payout.
	Begun  time.Time `cbor:"3,keyasint"`
	Day    date.Date `cbor:"4,keyasint"`
	Staff  StaffID   `cbor:"5,keyasint"`
	Second StaffID   `cbor:"6,keyasint"`

	Booklets uint64      `cbor:"7,keyasint"`
	Cents    bonus.Cents `cbor:"8,keyasint"`
	Held     uint64      `cbor:"9,keyasint"`
	// Sum is the SHA-256 of the rows, known once all are taken: the file is made
	// again only if it is the same.
	Sum [32]byte `cbor:"10,keyasint"`
}

// Ref implements Record.
func (p PayoutRun) Ref() Ref { return Ref{KindPayout, uint64(p.ID)} }
