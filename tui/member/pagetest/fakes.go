package pagetest

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/tui/keys"
	"schalter/tui/page"
	"schalter/tui/seat"
)

// door opens a locked seat by Enter.
type door struct{ env *page.Env }

func (d *door) Init() tea.Cmd           { return nil }
func (d *door) Update(tea.Msg) tea.Cmd  { return nil }
func (d *door) View(int, int) page.Body { return page.Body{} }
func (d *door) Title() string           { return "Tür" }
func (d *door) Keys() []keys.Binding {
	return []keys.Binding{{ID: "unlock", Keys: []string{"enter"}, Text: d.env.Texts.Keys.Unlock, Do: page.Unlocked}}
}

// slowReader takes its time for what the desk reads before each check and for
// the page of a member, or fails to read it.
type slowReader struct {
	desk.Reader
	c *Counter
}

func (r slowReader) Answers(ctx context.Context, m domain.MemberID) (domain.Answers, desk.Rev, error) {
	if err := r.wait(r.c.SlowCheck); err != nil {
		return domain.Answers{}, 0, err
	}
	return r.Reader.Answers(ctx, m)
}

func (r slowReader) Cases(ctx context.Context, m domain.MemberID, limit int) ([]domain.CaseLine, error) {
	if err := r.wait(r.c.SlowPage); err != nil {
		return nil, err
	}
	return r.Reader.Cases(ctx, m, limit)
}

func (r slowReader) wait(d time.Duration) error {
	if d > 0 {
		r.c.Clock.Sleep(d)
	}
	return r.c.Broken
}

// brokenWriter writes, or fails to.
type brokenWriter struct {
	desk.Writer
	c *Counter
}

func (w brokenWriter) Commit(ctx context.Context, change desk.Change) (desk.Receipt, error) {
	if w.c.BrokenWrite != nil {
		return desk.Receipt{}, w.c.BrokenWrite
	}
	return w.Writer.Commit(ctx, change)
}

// steady is random that is the same in every run.
type steady struct {
	mu     sync.Mutex
	source *rand.ChaCha8
}

func (s *steady) Read(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.source.Read(p)
}

// Printer is a printer of slips in memory.
type Printer struct {
	mu    sync.Mutex
	err   error
	slips []seat.Slip
	// Letters are those that were printed.
	Letters []desk.BookletLetter
}

// Print implements seat.Printer.
func (p *Printer) Print(_ context.Context, s seat.Slip) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.slips = append(p.slips, s)
	}
	return p.err
}

// PrintLetter implements seat.Printer.
func (p *Printer) PrintLetter(_ context.Context, l desk.BookletLetter) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.Letters = append(p.Letters, l)
	}
	return p.err
}

// Name implements seat.Printer.
func (p *Printer) Name() string { return "Schalter-2" }

// Break makes the printer fail with an error; nil repairs it.
func (p *Printer) Break(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.err = err
}

// Slips are those that were printed.
func (p *Printer) Slips() []seat.Slip {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]seat.Slip(nil), p.slips...)
}

// Practice is what a trainee has at hand in tests.
type Practice struct{}

// Logins implements seat.Practice.
func (Practice) Logins() []seat.PracticeLogin { return nil }

// Papers implements seat.Practice.
func (Practice) Papers(context.Context, domain.MemberID) (seat.Papers, error) {
	return seat.Papers{
		Document: domain.Passport, BirthDate: "140362", ValidUntil: "0829", CardDigits: "000001",
		Name: "Anna Müller", Born: "14.03.1962", KVNR: "A000000011", Postcode: "97070", HouseNumber: "7",
	}, nil
}

// Specimens implements seat.Practice.
func (Practice) Specimens() []seat.Specimen {
	return []seat.Specimen{{Document: domain.IdentityCard, ValidUntil: 20310801, Lines: Specimen()}}
}

// Specimen is the published German identity card of 2021 of Erika Mustermann,
// born on 12 August 1983.
func Specimen() []string {
	return []string{"IDD<<L01X00T471<<<<<<<<<<<<<<<", "8308126<3108011D<<2108<<<<<<<7", "MUSTERMANN<<ERIKA<<<<<<<<<<<<<"}
}

// pepper is the same in every run: it draws the sample of booklets that another
// person decides.
type pepper struct{}

// Pepper implements desk.Peppers.
func (pepper) Pepper(uint32) (secret []byte, current uint32, err error) {
	return []byte("the pepper of a test, 32 bytes .."), 1, nil
}
