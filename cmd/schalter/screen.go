package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/cmd/internal/paper"
	"schalter/domain"
	calendar "schalter/domain/date"
	"schalter/domain/desk"
	"schalter/domain/egk/reader"
	"schalter/domain/practice"
	"schalter/domain/rights"
	"schalter/tui"
	"schalter/tui/counter"
	"schalter/tui/page"
	"schalter/tui/seat"
	"schalter/tui/theme"
)

// counter runs the screens on an open database until the user quits or the
// context ends.
func (p *program) counter(ctx context.Context, o *opened) error {
	look, ok := theme.Auto, true
	if p.flags.theme != "" {
		look, ok = theme.ParseKind(p.flags.theme)
	}
	if !ok {
		return p.wrongUsage(
			p.say("Diese Farben gibt es nicht.", "There are no such colours."),
			p.say("--theme auto, dunkel, hell, kontrast oder terminal", "--theme auto, dunkel, hell, kontrast or terminal"))
	}
	s, err := p.seat(ctx, o)
	if err != nil {
		return err
	}
	if err := untraced(); err != nil {
		return err
	}
	defer p.letGo(ctx, o)()
	var crash []string
	root := counter.New(counter.Config{
		Context: ctx, Seat: s, Language: p.texts.Language, Theme: look, Now: p.now,
		OnCrash: func(places []string) { crash = places },
		Motion:  true,
	})
	screen := tea.NewProgram(root, tea.WithContext(ctx), tea.WithFilter(tui.Filter),
		tea.WithInput(p.stdin), tea.WithOutput(p.screen))
	stop := p.followCards(ctx, s, screen.Send)
	_, err = screen.Run()
	stop()
	if ctx.Err() != nil && errors.Is(err, tea.ErrProgramKilled) {
		err = nil // told to end: the visits are ended when the database is closed
	}
	if s.Actor.Staff != 0 {
		// A context of its own: leaving is journalled also when told to end.
		err = errors.Join(err, o.desk.Logout(context.Background(), s.Actor))
	}
	if len(crash) > 0 {
		// Places in the code only: no value of a member is ever in them.
		fmt.Fprintln(p.stderr, strings.Join(crash, "\n"))
		return errPanic
	}
	return err
}

// untraced takes away the variables with which Bubble Tea would write every frame
// and key into a file: the codes and passphrases of the counter.
func untraced() error {
	return errors.Join(os.Unsetenv("TEA_TRACE"), os.Unsetenv("TEA_DEBUG"))
}

// seat is where the session works. In practice somebody is signed in already.
func (p *program) seat(ctx context.Context, o *opened) (*seat.Seat, error) {
	printer, err := paper.Open(p.flags.printer)
	if err != nil {
		return nil, err
	}
	s := &seat.Seat{Desk: o.desk, Place: p.place(), Settings: domain.DefaultSettings(), Tones: p.flags.tones, Outdated: o.store.MigrationDue, Barred: o.store.ReadOnly}
	if folder, ok := printer.(paper.File); ok {
		if err := folder.Check(); err != nil {
			return nil, p.wrongUsage(
				p.say("In diesen Ordner können keine Belege: ", "No slips can go into this folder: ")+folder.Folder,
				p.say("Nur Sie dürfen ihn betreten: chmod 700; der Ordner darüber muss da sein.",
					"Only you may enter it: chmod 700; the folder above must exist."))
		}
	}
	if printer.Name() != "" {
		s.Printer = slipPrinter{printer}
	}
	if len(o.practice) == 0 {
		return s, nil
	}
	s.Practice, s.Slot = practiceRoom{p, o}, practiceSlot{p, o}
	first := s.Practice.Logins()[0]
	s.Actor, err = o.desk.Login(ctx, desk.Credentials{Login: first.Login, Passphrase: []byte(first.Passphrase)}, s.Place)
	if err != nil {
		return nil, err
	}
	s.Settings, err = o.desk.Settings(ctx)
	return s, err
}

// followCards tells the screen what happens at the card readers until stop is
// called. In practice nothing real is in reach, card readers neither.
func (p *program) followCards(ctx context.Context, s *seat.Seat, send func(tea.Msg)) (stop func()) {
	if s.Practice != nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	var following sync.WaitGroup
	following.Go(func() {
		defer func() {
			if recover() != nil { // whatever it was, the counter goes on without a reader
				send(page.CardMsg{Event: reader.Event{State: reader.NoService}})
			}
		}()
		_ = p.watchReaders(ctx, func(e reader.Event) (bool, error) { // ends with the context only
			send(page.CardMsg{Event: e})
			return false, nil
		})
	})
	return func() {
		cancel()
		following.Wait()
	}
}

// slipPrinter puts a seat's slips on paper.
type slipPrinter struct{ paper.Printer }

// Name implements seat.Printer: of a folder its last part, the rest is nobody's
// business at the counter.
func (s slipPrinter) Name() string { return filepath.Base(s.Printer.Name()) }

// printTimeout is how long a slip may take before it counts as not printed.
const printTimeout = 15 * time.Second

// Print implements seat.Printer.
func (s slipPrinter) Print(ctx context.Context, slip seat.Slip) error {
	ctx, cancel := context.WithTimeout(ctx, printTimeout)
	defer cancel()
	language := paper.German
	if slip.English {
		language = paper.English
	}
	return s.Printer.Print(ctx, paper.Slip{
		Insurer: slip.Insurer, Branch: slip.Branch, BranchPhone: slip.BranchPhone,
		Language: language, Practice: slip.Practice,
		Case: slip.Case, Code: slip.Code, Link: slip.Link,
		MadeAt: slip.MadeAt, ValidUntil: slip.ValidUntil,
		Purpose: paper.PurposeText(language, slip.Purpose),
		Holder:  paper.NewHolder(slip.Initials, slip.Last3), Mark: slip.Mark,
	})
}

// PrintLetter implements seat.Printer.
func (s slipPrinter) PrintLetter(ctx context.Context, l desk.BookletLetter) error {
	ctx, cancel := context.WithTimeout(ctx, printTimeout)
	defer cancel()
	return s.Printer.PrintLetter(ctx, paper.BonusLetter(l))
}

// practiceRoom is what a trainee has at hand.
type practiceRoom struct {
	p *program
	o *opened
}

// Logins implements seat.Practice.
func (r practiceRoom) Logins() []seat.PracticeLogin {
	out := make([]seat.PracticeLogin, 0, len(r.o.practice))
	for _, l := range r.o.practice {
		out = append(out, seat.PracticeLogin{Login: l.login, Passphrase: practicePassphrase, Role: l.role, Phone: l.role == rights.Support})
	}
	return out
}

// Papers implements seat.Practice.
func (r practiceRoom) Papers(ctx context.Context, id domain.MemberID) (seat.Papers, error) {
	m, _, err := r.o.store.Member(ctx, id)
	if err != nil {
		return seat.Papers{}, err
	}
	today := calendar.Of(r.p.now())
	papers := practice.PapersOf(m, practice.Seed, today)
	return seat.Papers{
		Document: papers.Document, Expired: papers.Expired, CardDigits: papers.CardDigits,
		BirthDate: papers.TypedBirthDate(), ValidUntil: papers.TypedValidUntil(today),
		Name: m.Name.Given + " " + m.Name.Surname, Born: r.p.texts.Date(m.BirthDate), KVNR: string(m.KVNR),
		Postcode: m.Address.Postcode, HouseNumber: m.Address.HouseNumber,
	}, nil
}

// Specimens implements seat.Practice.
func (r practiceRoom) Specimens() []seat.Specimen {
	var out []seat.Specimen
	for _, s := range practice.Specimens(calendar.Of(r.p.now())) {
		out = append(out, seat.Specimen{Document: s.Document, ValidUntil: s.ValidUntil, Expired: s.Expired, Lines: s.Lines})
	}
	return out
}
