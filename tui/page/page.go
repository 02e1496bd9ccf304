// Package page is the contract between the router and the pages of the
// terminal program. A page is a small model in a package of its own; pages do
// not know each other, they ask the router to navigate.
//
// To add a page: choose a [Kind], write a package with a type that implements
// [Page], and register its [Maker] in the one file of makers of package tui.
//
//	type Page struct {
//		env    *page.Env
//		search page.Slot
//		field  *parts.Field
//	}
//
//	func (p *Page) Init() tea.Cmd { return p.load() }
//
//	func (p *Page) load() tea.Cmd {
//		return p.search.Run(p.env, func(ctx context.Context) tea.Msg { // not in Update: slow
//			list, err := p.desk.Find(ctx, p.actor, text)
//			return found{list, err}
//		})
//	}
//
//	func (p *Page) Update(msg tea.Msg) tea.Cmd {
//		switch msg := msg.(type) {
//		case found: // answers of older searches never arrive
//			...
//		case tea.KeyPressMsg: // only what no binding took
//			p.field.Press(msg)
//		}
//		return nil
//	}
//
//	func (p *Page) Keys() []keys.Binding {
//		return []keys.Binding{{ID: "open", Keys: []string{"enter"}, Text: p.env.Texts.Keys.Open, Do: p.open}}
//	}
//
// The router calls every method from one goroutine. Commands run in others and
// must not touch the page; their result comes back to the page that started
// them, or nowhere if it is gone. Update and View do no I/O.
package page

import (
	tea "charm.land/bubbletea/v2"

	"schalter/tui/keys"
)

// Kind names a page.
type Kind string

// The pages.
const (
	Login        Kind = "login"
	Unlock       Kind = "unlock" // the door of a locked seat
	Start        Kind = "start"
	Member       Kind = "member"
	Identify     Kind = "identify"
	HandOut      Kind = "hand_out"
	Cases        Kind = "cases"
	Booklet      Kind = "booklet"
	Waiting      Kind = "waiting"
	Account      Kind = "account"
	Requests     Kind = "requests"
	CardLoss     Kind = "card_loss"
	Family       Kind = "family"
	Represent    Kind = "represent"
	Registration Kind = "registration"
)

// Route says where to go: a page and what it is about. Params is a small
// comparable value such as a visit's id, nil for none; it holds no personal
// data. Two equal routes are the same page, which keeps its state.
type Route struct {
	Kind   Kind
	Params any
}

// Maker makes the page of a route. Params is what Navigate was given.
type Maker func(env *Env, params any) Page

// Page is one screen between title line and hint bar.
type Page interface {
	// Init is called once, before the first Enter.
	Init() tea.Cmd
	// Update takes results of the page's commands, key presses that no binding
	// took, pastes and scans.
	Update(msg tea.Msg) tea.Cmd
	// View draws the page into width × height cells.
	View(width, height int) Body
	// Keys are the bindings that are live now, in the order of the hint bar.
	Keys() []keys.Binding
	// Title is the page's step in the breadcrumb.
	Title() string
}

// Body is a drawn page. Lines that are too long are cut, missing ones are
// empty.
type Body struct {
	Lines []string
	// Cursor is where the real cursor stands; nil hides it.
	Cursor *Point
}

// Point is a cell, from the top left corner of what it belongs to.
type Point struct{ X, Y int }

// Entering is a page that wants to know when it is shown: after Init, and each
// time the user comes back to it.
type Entering interface{ Enter() tea.Cmd }

// Leaving is a page that wants to know when it is left. The command of a page
// that is dropped is finished before the program ends; its result goes nowhere.
type Leaving interface{ Leave(why Why) tea.Cmd }

// Why a page is left.
type Why uint8

// The ways of leaving.
const (
	// Elsewhere: another page is shown; this one may be shown again.
	Elsewhere Why = iota
	// Locked: the seat is locked; this page is shown again to the same person.
	Locked
	// Dropped: the page is forgotten, or the program ends.
	Dropped
)

// Input says what printable keys mean on a page.
type Input uint8

// The inputs.
const (
	// Commands: every key is a binding.
	Commands Input = iota
	// Text: printable keys go into a field; ? and : stay commands.
	Text
	// Secret: as Text, but scans are thrown away and ? and : are text.
	Secret
)

// Typing is a page with input fields; without it the input is Commands.
type Typing interface {
	Input() Input
	// Mark remembers the fields, Rewind brings them back: when it turns out
	// that a scanner is typing, the first characters have to be taken out.
	Mark()
	Rewind()
}

// Whole is a page that needs the room of breadcrumb and rules, too.
type Whole interface{ Whole() bool }

// Holding is a page that may hold something that would be lost, such as a code
// that is on the screen: ctrl+c asks first, as Esc does there.
type Holding interface{ Holds() bool }

// OwnTimer is a page whose own timer stands in for the idle lock while it
// answers true.
type OwnTimer interface{ OwnTimer() bool }

// ScanMsg is a finished burst of a scanner, cleaned. It was not typed: whether
// it belongs here is for the page to classify. Pages that do not care say so by
// not handling it; see [Scanning].
type ScanMsg struct{ Text string }

// PasteMsg is pasted text, cleaned, with its line breaks as spaces; into a
// secret field as it is, without line breaks. It is classified like typed text
// but never submitted by itself.
type PasteMsg struct{ Text string }

// Scanning is a page that takes scans. On other pages the status line says that
// nothing is scanned here.
type Scanning interface{ TakesScans() bool }
