// Package seat is what the pages of one seat share beside the screen: the use
// cases, who is signed in, the printer, and in practice what a trainee may look
// up. There is one Seat a session; pages hold a pointer to it and read it when
// they act.
package seat

import (
	"context"
	"time"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/desk"
	"schalter/domain/egk/reader"
	"schalter/domain/rights"
	"schalter/tui/page"
)

// Seat is one session of the terminal program.
type Seat struct {
	Desk *desk.Desk
	// Place is where the session works; it comes from configuration.
	Place desk.Place
	// Actor is who is signed in; the zero Actor while nobody is. The login page
	// sets it.
	Actor domain.Actor
	// Settings are read at login.
	Settings domain.Settings
	// Printer prints slips; nil when none is set.
	Printer Printer
	// Practice is set in practice only.
	Practice Practice
	// Slot is the card reader of practice; nil outside of it. Real readers tell
	// the router.
	Slot Slot
	// Tones: the terminal's bell says what the eyes on the paper do not see.
	Tones bool
	// Outdated reports whether the database is of an older program, so that the
	// next login adapts it; nil where it never is.
	Outdated func() bool
	// Barred is why nothing can be written, and so nobody can log in; nil where
	// nothing ever bars.
	Barred func() error
	// Stack is the stack of bonus booklets that is entered here.
	Stack Stack
}

// Stack is a stack of bonus booklets that came in on one day. While there is one,
// the search leads to the booklet at once. It belongs to the person who began it.
type Stack struct {
	Received date.Date
	Done     int // put away so far, booked or not
	Staff    domain.StaffID
}

// Stacking is the stack that who is signed in enters; nil for none.
func (s *Seat) Stacking() *Stack {
	if s.Stack.Received == 0 || s.Stack.Staff != s.Actor.Staff {
		return nil
	}
	return &s.Stack
}

// Session is what the title line tells of the seat. In practice it names the
// role, which can be switched there.
func (s *Seat) Session() page.Session {
	session := page.Session{
		Branch: s.Actor.Branch, Seat: s.Actor.Seat, Person: s.Actor.Name, Practice: s.Practice != nil,
		Phone: s.Phone(),
	}
	if s.Printer != nil {
		session.Printer = s.Printer.Name()
	}
	return session
}

// Phone reports whether the seat answers the phone: there are no documents, no
// cards and no codes there.
func (s *Seat) Phone() bool {
	if s.Actor.Staff == 0 {
		return s.Place.Channel == rights.Phone
	}
	return s.Actor.Channel == rights.Phone
}

// Printer prints the slip of an activation code, and letters. An error is of kind
// Unavailable; the code is still on the screen then.
type Printer interface {
	Print(ctx context.Context, s Slip) error
	// PrintLetter prints a letter about a bonus booklet, in German.
	PrintLetter(ctx context.Context, l desk.BookletLetter) error
	// Name is told on the screen: "Schalter-2".
	Name() string
}

// Slip is what a slip says. It holds no whole name and no whole KVNR.
type Slip struct {
	Insurer, Branch, BranchPhone string
	// Initials and Last3 tell whose it is: A. M. •••780.
	Initials, Last3 string
	Code            string // in groups
	Link            string
	Case            string
	Purpose         domain.Purpose
	MadeAt          time.Time
	ValidUntil      time.Time
	Mark            string
	English         bool
	Practice        bool
}

// Practice is what a trainee has at hand: logins to switch between, and the
// papers the invented people carry.
type Practice interface {
	// Logins are the roles that can be switched to, in order.
	Logins() []PracticeLogin
	// Papers are what a member would put on the counter.
	Papers(ctx context.Context, m domain.MemberID) (Papers, error)
	// Specimens are the published documents of Erika Mustermann, to be typed or
	// pasted as a scanner would.
	Specimens() []Specimen
}

// Slot is a card reader that is not there, with cards of invented people.
type Slot interface {
	// Insert puts in the card that a member would bring, and says what was read;
	// member 0 stands for Erika Mustermann. An error of reason card_missing says
	// that they bring none.
	Insert(ctx context.Context, m domain.MemberID) (reader.Event, error)
	// Pull takes it out.
	Pull() reader.Event
}

// PracticeLogin is a login of the practice database.
type PracticeLogin struct {
	Login      string
	Passphrase string
	Role       rights.Role
	// Phone: it works on the phone.
	Phone bool
}

// Papers are what lies on the counter: to be typed by the trainee.
type Papers struct {
	Document   domain.DocumentKind
	Expired    bool
	BirthDate  string // TTMMJJ
	ValidUntil string // MMJJ
	CardDigits string // last six; "" without a card
	// What the person would say when asked.
	Name, Born, KVNR, Postcode, HouseNumber string
}

// Specimen is a published document.
type Specimen struct {
	Document   domain.DocumentKind
	ValidUntil date.Date
	Expired    bool
	Lines      []string // of its machine-readable zone
}
