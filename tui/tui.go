// Package tui is the terminal program: a router that shows one page at a time
// inside a frame of title line, breadcrumb, status line and hint bar, with
// dialogs on top. It holds no rule of the counter.
//
// What goes where:
//
//   - Keys and pastes go to the dialog on top, else to the page that is shown.
//   - Results of commands go to the page that started them and nowhere else.
//   - Size, theme and language are in [page.Env], which every page reads.
//   - Requests of pages ([page.Navigate], [page.Ask] …) come here as messages.
//
// To add a page, see package page; its maker goes into the map that New gets.
// To add a key of the frame, see bindings.go.
//
//	root := tui.New(tui.Config{Context: ctx, Makers: makers, Start: page.Route{Kind: page.Login}, Now: time.Now})
//	_, err := tea.NewProgram(root, tea.WithContext(ctx), tea.WithFilter(tui.Filter)).Run()
package tui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"schalter/domain/egk/reader"
	"schalter/tui/burst"
	"schalter/tui/page"
	"schalter/tui/theme"
	"schalter/tui/words"
)

// Config is what the program needs from outside.
type Config struct {
	// Context ends with the session.
	Context context.Context
	// Makers make the pages; those of Start and Unlock must be there.
	Makers map[page.Kind]page.Maker
	// Start is the first page.
	Start page.Route
	// Session is what the title line says before anybody logs in.
	Session  page.Session
	Language words.Language
	Theme    theme.Kind
	// Now is the clock, in the location of the branch.
	Now func() time.Time
	// After is the timer; nil for the real one.
	After func(d time.Duration, msg func(time.Time) tea.Msg) tea.Cmd
	// IdleLock tells how long a seat may be idle; 0 or nil never locks. It is
	// asked each time, because the policy is read only when somebody logs in.
	IdleLock func() time.Duration
	// LockEnds: locking ends the program, where nobody could unlock it.
	LockEnds bool
	// OnLock is run when the seat is locked; nil for nothing.
	OnLock func() tea.Cmd
	// OnCrash gets the places in the code that led to a panic, never data; nil
	// for nothing.
	OnCrash func(places []string)
	// Motion allows animation; off over SSH.
	Motion bool
	// Sound rings the bell when a scan is thrown away.
	Sound bool
}

// Root is the model of the program.
type Root struct {
	config Config
	env    *page.Env

	width, height int
	theme         theme.Kind
	background    theme.Background
	profile       colorprofile.Profile

	home    page.Route
	stack   []*shown // the way to the page that is shown
	cache   []*shown // every page that exists, latest last
	made    uint64   // numbers of pages
	door    *shown   // page of a locked seat; nil when it is open
	overlay overlay  // dialog on top; nil for none

	burst    burst.Machine
	quiet    uint64 // number of the latest quiet timer
	held     held
	idle     idle
	status   status
	spinner  spinner
	crashed  bool
	quitting bool
	cards    []reader.Event // the cards that were read and are still in a reader
}

// New makes the program's model.
func New(c Config) *Root {
	if c.After == nil {
		c.After = tea.Tick
	}
	r := &Root{
		config: c, theme: c.Theme, home: c.Start, profile: colorprofile.TrueColor,
		env: &page.Env{
			Context: c.Context, Texts: words.For(c.Language), Session: c.Session,
			Now: c.Now, Motion: c.Motion,
		},
	}
	r.env.After = func(d time.Duration, msg func(time.Time) tea.Msg) tea.Cmd {
		r.held.timers++
		return c.After(d, msg)
	}
	r.restyle()
	r.idle.active = c.Now()
	return r
}

// Init implements tea.Model.
func (r *Root) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, r.open(r.home), r.tick())
}

func (r *Root) restyle() { r.env.Styles = theme.New(r.theme, r.background, r.profile) }

// The largest window that is drawn. A client on the other end of an SSH
// connection can claim any size, and the renderer keeps two cells for each of
// its own.
const (
	maxWidth  = 500
	maxHeight = 200
)

// Filter keeps window sizes within reason and leads every end of the program
// through the pages' Leave. It is given to tea.WithFilter.
func Filter(model tea.Model, msg tea.Msg) tea.Msg {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		return tea.WindowSizeMsg{Width: min(msg.Width, maxWidth), Height: min(msg.Height, maxHeight)}
	case tea.SuspendMsg:
		return nil // a stopped program would leave the page on the screen
	case tea.InterruptMsg, tea.QuitMsg:
		if r, ok := model.(interface{ leaving() bool }); ok && !r.leaving() {
			return page.QuitMsg{}
		}
	}
	return msg
}

func (r *Root) leaving() bool { return r.quitting }
