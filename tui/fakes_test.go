package tui_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/tui"
	"schalter/tui/keys"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// start is the time all tests begin at, a Monday.
var start = time.Date(2027, 3, 1, 14, 2, 0, 0, time.UTC)

// Kinds of the pages below.
const (
	listKind  page.Kind = "list"
	fieldKind page.Kind = "field"
)

// label makes the words of a binding of the tests.
func label(l string) words.Key { return words.Key{Label: l, Help: l + " ausprobieren."} }

// log is what pages were told, in order.
type log struct{ lines []string }

func (l *log) add(format string, args ...any) {
	l.lines = append(l.lines, fmt.Sprintf(format, args...))
}

// listPage is a page of commands with a list of rows.
type listPage struct {
	env    *page.Env
	log    *log
	clock  *uitest.Clock
	number any
	list   parts.List
	rows   int
	slow   page.Slot
	broken string // "view" or "update": where to panic
	whole  bool
	timer  bool
	late   tea.Cmd // what "l" does after a second
	extra  string  // one more key
}

type slowAnswer struct{ text string }

func (p *listPage) Init() tea.Cmd { p.log.add("init %v", p.number); return nil }

func (p *listPage) Enter() tea.Cmd { p.log.add("enter %v", p.number); return nil }

func (p *listPage) Leave(why page.Why) tea.Cmd { p.log.add("leave %v %d", p.number, why); return nil }

func (p *listPage) Title() string { return fmt.Sprintf("Liste %v", p.number) }

func (p *listPage) TakesScans() bool { return true }

func (p *listPage) Whole() bool { return p.whole }

func (p *listPage) OwnTimer() bool { return p.timer }

func (p *listPage) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if !p.list.Press(msg) {
			p.log.add("key %s", keys.Name(msg))
		}
	case page.ScanMsg:
		p.log.add("scan %s", msg.Text)
	case page.PasteMsg:
		p.log.add("paste %s", msg.Text)
	case slowAnswer:
		p.log.add("answer %s", msg.text)
	case string:
		p.log.add("news %s", msg)
	}
	if p.broken == "update" {
		panic("Anna Müller")
	}
	return nil
}

func (p *listPage) View(width, height int) page.Body {
	if p.broken == "view" {
		panic("Anna Müller")
	}
	p.list.SetLen(p.rows)
	lines, chosen := p.list.Draw(p.env.Styles, width, height-1, func(i, w int) string {
		return parts.Row([]parts.Column{{}, {Width: 10}, {Width: 8, Number: true}},
			[]string{fmt.Sprintf("Müller, Anna-Lena %d", i+1), p.env.Texts.Date(19620314), p.env.Texts.Number(i * 1000)}, w)
	})
	return page.Body{Lines: append([]string{""}, lines...), Cursor: &page.Point{Y: chosen + 1}}
}

func (p *listPage) Keys() []keys.Binding {
	bindings := p.bindings()
	if p.extra != "" {
		bindings = append(bindings, keys.Binding{
			ID: "extra", Keys: []string{p.extra}, Text: label("mehr"), Do: func() tea.Cmd { return nil },
		})
	}
	return bindings
}

func (p *listPage) bindings() []keys.Binding {
	return []keys.Binding{
		{ID: "open", Keys: []string{"enter"}, Text: label("öffnen"), Do: p.open},
		{ID: "pick", Keys: keys.Digits(min(p.rows, 9)), Text: label("wählen"), Pick: func(n int) tea.Cmd { p.log.add("pick %d", n); return nil }},
		{ID: "act", Keys: []string{"a", "f7"}, Text: label("Handeln"), Do: func() tea.Cmd { p.log.add("act"); return page.Say("Gehandelt.") }},
		{ID: "off", Keys: []string{"o"}, Text: label("Aus"), Off: "heute geschlossen", Do: func() tea.Cmd { p.log.add("off"); return nil }},
		{ID: "fail", Keys: []string{"e"}, Text: label("Fehler"), Do: func() tea.Cmd {
			return page.Fail(domain.Fail(domain.Refused, domain.ReasonTooManyWrong))
		}},
		{ID: "field", Keys: []string{"f"}, Text: label("Feld"), Do: func() tea.Cmd { return page.Navigate(fieldKind, nil) }},
		{ID: "ask", Keys: []string{"q"}, Text: label("Frage"), Quiet: true, Do: func() tea.Cmd { return p.ask(false) }},
		{ID: "unasked", Keys: []string{"u"}, Text: label("Plötzlich"), Quiet: true, Do: func() tea.Cmd { return p.ask(true) }},
		{ID: "slow", Keys: []string{"s"}, Text: label("Langsam"), Quiet: true, Do: p.load},
		{ID: "late", Keys: []string{"l"}, Text: label("Spät"), Quiet: true, Do: func() tea.Cmd {
			return func() tea.Msg { p.clock.Sleep(time.Second); return p.late() }
		}},
		{ID: "panic_update", Keys: []string{"x"}, Text: label("Panik"), Quiet: true, Do: func() tea.Cmd { panic("Anna Müller") }},
		{ID: "panic_view", Keys: []string{"v"}, Text: label("Bild"), Quiet: true, Do: func() tea.Cmd { p.broken = "view"; return nil }},
		{ID: "panic_cmd", Keys: []string{"c"}, Text: label("Befehl"), Quiet: true, Do: func() tea.Cmd {
			return func() tea.Msg { panic("Anna Müller") }
		}},
	}
}

func (p *listPage) open() tea.Cmd {
	n, _ := p.number.(int)
	return page.Navigate(listKind, n+1)
}

func (p *listPage) ask(unasked bool) tea.Cmd {
	return page.Ask(page.Question{
		Title: "Wirklich?", Lines: []string{"Das lässt sich nicht zurücknehmen."}, Yes: "Löschen", Unasked: unasked,
		Then: func() tea.Cmd { p.log.add("yes"); return page.Say("Gelöscht.") },
		Else: func() tea.Cmd { p.log.add("no"); return nil },
	})
}

// load answers after a second.
func (p *listPage) load() tea.Cmd {
	text := fmt.Sprint(p.clock.Now().Sub(start).Milliseconds() / 1000)
	return p.slow.Run(p.env, func(ctx context.Context) tea.Msg {
		p.clock.Sleep(time.Second)
		return slowAnswer{text}
	})
}

// fieldPage has two input fields, or a secret one.
type fieldPage struct {
	env    *page.Env
	log    *log
	form   parts.Form
	secret bool
}

func newFieldPage(env *page.Env, l *log, secret bool) *fieldPage {
	p := &fieldPage{env: env, log: l, secret: secret}
	p.form.Fields = []*parts.Field{
		parts.NewField(parts.FieldConfig{Width: 30, Secret: secret}),
		parts.NewField(parts.FieldConfig{Shape: "##.##.##"}),
	}
	return p
}

func (p *fieldPage) Init() tea.Cmd { return nil }

func (p *fieldPage) Title() string { return "Feld" }

func (p *fieldPage) Input() page.Input {
	if p.secret {
		return page.Secret
	}
	return page.Text
}

func (p *fieldPage) Mark() { p.form.Mark() }

func (p *fieldPage) Rewind() { p.form.Rewind() }

func (p *fieldPage) TakesScans() bool { return true }

func (p *fieldPage) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		p.form.Press(msg)
	case page.PasteMsg:
		p.form.Paste(msg.Text)
	case page.ScanMsg:
		p.log.add("scan %s", msg.Text)
	}
	return nil
}

func (p *fieldPage) View(int, int) page.Body {
	name, x := p.form.Fields[0].Draw(p.env.Styles, p.form.Focus() == 0)
	date, x2 := p.form.Fields[1].Draw(p.env.Styles, p.form.Focus() == 1)
	cursor := &page.Point{X: 3 + x, Y: 1}
	if p.form.Focus() == 1 {
		cursor = &page.Point{X: 3 + x2, Y: 3}
	}
	return page.Body{Lines: []string{"", "   " + name, "", "   " + date}, Cursor: cursor}
}

func (p *fieldPage) Keys() []keys.Binding {
	return []keys.Binding{
		{ID: "done", Keys: []string{"enter"}, Text: label("fertig"), Do: func() tea.Cmd {
			p.log.add("enter %s", p.form.Fields[0].Value())
			return nil
		}},
		{ID: "letter", Keys: []string{"z", "f8"}, Text: label("Buchstabe"), Do: func() tea.Cmd { p.log.add("letter"); return nil }},
	}
}

// door stands before a locked seat; the right word is "auf".
type door struct{ fieldPage }

func (d *door) Keys() []keys.Binding {
	t := d.env.Texts.Keys
	return []keys.Binding{{ID: "unlock", Keys: []string{"enter"}, Text: t.Unlock, Do: func() tea.Cmd {
		if d.form.Fields[0].Value() != "auf" {
			return page.Fail(domain.Fail(domain.Refused, domain.ReasonLoginFailed))
		}
		return page.Unlocked()
	}}}
}

func (d *door) Title() string { return d.env.Texts.Lock.Title }

// stage is a program with the pages above.
type stage struct {
	*uitest.UI
	log    *log
	clock  *uitest.Clock
	root   *tui.Root
	places []string
	// first is the list page that was made first.
	first *listPage
}

// config is the usual configuration of the tests.
func config(clock *uitest.Clock, s *stage) tui.Config {
	return tui.Config{
		Context: context.Background(), Now: clock.Now, After: clock.After,
		Start:    page.Route{Kind: listKind, Params: 1},
		Session:  page.Session{Branch: "GS Musterstadt", Person: "K. Beispiel", Printer: "Drucker bereit", Practice: true},
		IdleLock: func() time.Duration { return 3 * time.Minute },
		OnLock: func() tea.Cmd {
			return func() tea.Msg { return nil }
		},
		OnCrash: func(places []string) { s.places = places },
		Makers: map[page.Kind]page.Maker{
			listKind: func(env *page.Env, params any) page.Page {
				p := &listPage{env: env, log: s.log, clock: clock, number: params, rows: 40}
				if s.first == nil {
					s.first = p
				}
				return p
			},
			fieldKind: func(env *page.Env, params any) page.Page { return newFieldPage(env, s.log, params == "secret") },
			page.Unlock: func(env *page.Env, _ any) page.Page {
				return &door{*newFieldPage(env, s.log, true)}
			},
		},
	}
}

// run starts the program; change alters its configuration.
func run(t *testing.T, width, height int, change func(*tui.Config), options ...uitest.Option) *stage {
	t.Helper()
	s := &stage{log: &log{}, clock: uitest.NewClock(start)}
	c := config(s.clock, s)
	if change != nil {
		change(&c)
	}
	s.root = tui.New(c)
	s.UI = uitest.Start(t, s.root, s.clock, width, height, options...)
	return s
}

// errForeign is an error whose text must never be seen.
var errForeign = errors.New("bolt: page 7 of Anna Müller")

func navigate(k page.Kind) tea.Msg { return page.NavigateMsg{Route: page.Route{Kind: k}} }
