// Package uitest drives a program on an emulated terminal in memory, for tests.
//
//	clock := uitest.NewClock(time.Date(2027, 3, 1, 14, 2, 0, 0, time.UTC))
//	root := tui.New(tui.Config{Now: clock.Now, After: clock.After, …})
//	ui := uitest.Start(t, root, clock, 80, 24)
//	ui.Type("mue")
//	ui.Press("enter")
//	if !strings.Contains(ui.Screen(), "Müller") { … }
//
// Time stands still unless the test moves it: a key press takes as long as a
// person's, [UI.Scan] as long as a reader's. After each step the program is at
// rest: every command has answered or waits for the clock. Screen and Cursor
// wait until the terminal shows what the program drew, so that nothing depends
// on the pace of the renderer. Every wait has an end, after which the test
// fails.
package uitest

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
	"github.com/hinshun/vt10x"
)

const (
	// bound is how long the test waits for the program, in real time.
	bound = 30 * time.Second
	// half is half of the time between two keys of a person.
	half = 60 * time.Millisecond
	// readerGap is the time between two characters of a barcode reader.
	readerGap = 8 * time.Millisecond
)

// UI is a running program with its terminal.
type UI struct {
	tb      testing.TB
	clock   *Clock
	watcher *watcher
	program *tea.Program
	ended   chan struct{}
	err     error
	presses int
	serial  int // of the latest frame that was waited for

	mu       sync.Mutex
	written  *sync.Cond
	terminal vt10x.Terminal
	cols     int
	rows     int
}

// Option changes how the program is started.
type Option func(*settings)

type settings struct {
	profile colorprofile.Profile
	light   bool
}

// WithProfile sets the colours the terminal has; without it all of them.
func WithProfile(p colorprofile.Profile) Option { return func(s *settings) { s.profile = p } }

// WithLight makes the terminal's background light; without it it is dark.
func WithLight() Option { return func(s *settings) { s.light = true } }

// Start runs a program. It is ended with the test. The model must be driven by
// clock, and is used under tui.Filter.
func Start(tb testing.TB, model tea.Model, clock *Clock, width, height int, options ...Option) *UI {
	tb.Helper()
	set := settings{profile: colorprofile.TrueColor}
	for _, o := range options {
		o(&set)
	}
	u := &UI{
		tb: tb, clock: clock, watcher: &watcher{inner: model, clock: clock}, ended: make(chan struct{}),
		terminal: vt10x.New(vt10x.WithSize(width, height)), cols: width, rows: height,
	}
	u.written = sync.NewCond(&u.mu)
	u.watcher.changed = u.wake
	input, keyboard := io.Pipe()
	u.program = tea.NewProgram(u.watcher,
		tea.WithInput(input), tea.WithOutput(u), tea.WithWindowSize(width, height),
		tea.WithEnvironment([]string{"TERM=xterm-256color"}), tea.WithColorProfile(set.profile),
		tea.WithFilter(u.watcher.filter), tea.WithFPS(120), tea.WithoutSignalHandler())
	go u.run()
	tb.Cleanup(func() {
		u.program.Kill()
		_ = keyboard.Close()
		u.await("the program to end", func() bool { return u.hasEnded() })
	})
	u.await("the program to start", func() bool { return u.watcher.hasStarted() || u.hasEnded() })
	u.send(tea.BackgroundColorMsg{Color: backgroundColour(set.light)})
	u.settle()
	return u
}

func (u *UI) run() {
	_, err := u.program.Run()
	u.mu.Lock()
	u.err = err
	u.mu.Unlock()
	close(u.ended)
	u.wake()
}

// wake makes every wait look again.
func (u *UI) wake() {
	u.mu.Lock()
	u.written.Broadcast()
	u.mu.Unlock()
	u.clock.mu.Lock()
	u.clock.rest.Broadcast()
	u.clock.mu.Unlock()
}

// Write is the terminal's end of the line. Without a device between, a line
// feed has to return the carriage here.
func (u *UI) Write(p []byte) (int, error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	_, err := u.terminal.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n")))
	u.written.Broadcast()
	return len(p), err
}

// Press presses keys by name, one after the other at a person's pace: "enter",
// "f3", "ctrl+c", "a".
func (u *UI) Press(names ...string) {
	u.tb.Helper()
	for _, name := range names {
		u.presses++
		u.Advance(half)
		u.send(Key(name))
		u.Advance(half)
	}
}

// Rush presses keys that arrive in one read: none waits for what the one before
// it does.
func (u *UI) Rush(names ...string) {
	u.tb.Helper()
	for _, name := range names {
		u.presses++
		u.program.Send(Key(name))
	}
	u.send(serialMsg(fmt.Sprint(" #", u.serial)))
	u.Advance(half)
}

// Type presses the keys of a text at a person's pace.
func (u *UI) Type(text string) {
	u.tb.Helper()
	for _, r := range text {
		u.presses++
		u.Advance(half)
		u.send(character(r))
		u.Advance(half)
	}
}

// Scan types a text as a barcode reader does, ended by Enter. It is no key
// press.
func (u *UI) Scan(text string) {
	u.tb.Helper()
	u.Advance(half)
	for _, r := range text {
		u.send(character(r))
		u.Advance(readerGap)
	}
	u.send(Key("enter"))
	u.Advance(half)
}

// Paste pastes a text.
func (u *UI) Paste(text string) {
	u.tb.Helper()
	u.send(tea.PasteMsg{Content: text})
	u.settle()
}

// Send brings a message to the program from outside.
func (u *UI) Send(msg tea.Msg) {
	u.tb.Helper()
	u.send(msg)
	u.settle()
}

// Keys is how many keys have been pressed.
func (u *UI) Keys() int { return u.presses }

// Resize changes the window's size.
func (u *UI) Resize(width, height int) {
	u.tb.Helper()
	u.mu.Lock()
	u.terminal.Resize(width, height)
	u.cols, u.rows = width, height
	u.mu.Unlock()
	u.send(tea.WindowSizeMsg{Width: width, Height: height})
	u.settle()
}

// Advance moves the clock; timers that become due fire in their order, each at
// its own time.
func (u *UI) Advance(d time.Duration) {
	u.tb.Helper()
	u.settle() // what waits for the clock has to be known
	then := u.clock.Now().Add(d)
	for u.clock.next(then) {
		u.settle()
	}
	u.settle()
}

// Jump moves the clock at one blow, as a computer that slept does: every timer that
// has become due meanwhile fires at the new time.
func (u *UI) Jump(d time.Duration) {
	u.tb.Helper()
	u.settle()
	u.clock.jump(d)
	u.Advance(0)
}

// Screen is what the terminal shows: one line a row, without spaces at the ends.
func (u *UI) Screen() string {
	u.tb.Helper()
	u.sync()
	u.mu.Lock()
	defer u.mu.Unlock()
	return trim(u.terminal.String())
}

// Cursor is the cell of the real cursor; ok is false while it is hidden.
func (u *UI) Cursor() (x, y int, ok bool) {
	u.tb.Helper()
	u.sync()
	u.mu.Lock()
	defer u.mu.Unlock()
	c := u.terminal.Cursor()
	return c.X, c.Y, u.terminal.CursorVisible()
}

// Cells are the cells of the terminal with their colours, by row and column.
func (u *UI) Cells() [][]vt10x.Glyph {
	u.tb.Helper()
	u.sync()
	u.mu.Lock()
	defer u.mu.Unlock()
	cells := make([][]vt10x.Glyph, u.rows)
	for y := range cells {
		cells[y] = make([]vt10x.Glyph, u.cols)
		for x := range cells[y] {
			cells[y][x] = u.terminal.Cell(x, y)
		}
	}
	return cells
}

// Title is the window's title.
func (u *UI) Title() string {
	u.sync()
	u.mu.Lock()
	defer u.mu.Unlock()
	title, _, _ := strings.Cut(u.terminal.Title(), " #")
	return title
}

// WaitFor waits until the screen is as asked for. Most tests need no wait: after
// each step the program is at rest.
func (u *UI) WaitFor(what string, ok func(screen string) bool) {
	u.tb.Helper()
	u.await(what, func() bool { return ok(trim(u.terminal.String())) })
}

// Ended waits until the program has ended by itself and returns its error.
func (u *UI) Ended() error {
	u.tb.Helper()
	u.await("the program to end", u.hasEnded)
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.err
}

func (u *UI) hasEnded() bool {
	select {
	case <-u.ended:
		return true
	default:
		return false
	}
}

// send brings a message to the program and waits until it has been handled.
func (u *UI) send(msg tea.Msg) {
	u.tb.Helper()
	handled := make(chan struct{})
	u.program.Send(parcel{msg, func() { close(handled) }})
	select {
	case <-handled:
	case <-u.ended:
	case <-time.After(bound):
		u.tb.Fatalf("the program did not handle %T within %v", msg, bound)
	}
}

// settle waits until every command has answered or waits for the clock.
func (u *UI) settle() {
	u.tb.Helper()
	late, off := alarm(u.clock.rest)
	defer off()
	u.clock.mu.Lock()
	defer u.clock.mu.Unlock()
	for u.clock.busy > 0 && !u.hasEnded() {
		if *late {
			u.tb.Fatalf("%d commands are still at work after %v", u.clock.busy, bound)
		}
		u.clock.rest.Wait()
	}
}

// sync waits until the terminal shows what the program drew last, and compares
// the two.
func (u *UI) sync() {
	u.tb.Helper()
	u.serial++
	u.send(serialMsg(fmt.Sprint(" #", u.serial)))
	v := u.watcher.wanted()
	u.await("the frame to be written", func() bool { return u.terminal.Title() == v.WindowTitle || u.hasEnded() })
	if u.hasEnded() {
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	if shows, drawn := trim(u.terminal.String()), trim(ansi.Strip(v.Content)); shows != drawn {
		u.tb.Fatalf("the terminal shows\n%s\nbut drawn was\n%s", shows, drawn)
	}
	c := u.terminal.Cursor()
	if u.terminal.CursorVisible() != (v.Cursor != nil) || v.Cursor != nil && (c.X != v.Cursor.X || c.Y != v.Cursor.Y) {
		u.tb.Fatalf("the terminal's cursor stands at %d,%d, wanted is %+v", c.X, c.Y, v.Cursor)
	}
}

// await waits for a condition that changes with the terminal; ok runs with the
// lock held.
func (u *UI) await(what string, ok func() bool) {
	u.tb.Helper()
	late, off := alarm(u.written)
	defer off()
	u.mu.Lock()
	defer u.mu.Unlock()
	for !ok() {
		if *late {
			u.tb.Fatalf("waited %v for %s; the screen shows:\n%s", bound, what, trim(u.terminal.String()))
		}
		u.written.Wait()
	}
}

// alarm ends a wait when its time is over: late is guarded by the condition's
// lock; off calls the alarm off.
func alarm(c *sync.Cond) (late *bool, off func()) {
	late = new(bool)
	t := time.AfterFunc(bound, func() {
		c.L.Lock()
		defer c.L.Unlock()
		*late = true
		c.Broadcast()
	})
	return late, func() { t.Stop() }
}

// trim cuts the spaces at the end of each line, and empty lines at the end.
func trim(screen string) string {
	lines := strings.Split(screen, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " \u00a0")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}
