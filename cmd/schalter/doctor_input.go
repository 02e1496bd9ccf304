package main

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"

	tea "charm.land/bubbletea/v2"
	"github.com/spf13/cobra"

	calendar "schalter/domain/date"
	"schalter/domain/iccsn"
	"schalter/domain/kvnr"
	"schalter/domain/mrz"
	"schalter/tui/burst"
)

func (p *program) doctorKeysCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "keys",
		Short: p.say("zeigen, welche Tasten ankommen", "show which keys arrive"),
		Long: p.say(
			"Nennt jede Taste, wie sie der Schalter bekommt. Kommt eine Funktionstaste nicht an,\n"+
				"hat das Terminal sie belegt; im Schalter tut ein Buchstabe dasselbe. Strg+C endet.",
			"Names each key as the counter gets it. If a function key does not arrive, the\n"+
				"terminal has taken it; in the counter a letter does the same. Ctrl+C ends."),
		Args: p.between(0, 0),
		RunE: func(c *cobra.Command, _ []string) error {
			return p.listen(c.Context(), p.say("Tasten drücken; Strg+C endet.", "Press keys; Ctrl+C ends."), &keyTest{})
		},
	}
}

func (p *program) doctorScannerCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "scanner",
		Short: p.say("ein Lesegerät prüfen", "test a reader"),
		Long: p.say(
			"Liest eine Gesundheitskarte oder die Zeilen eines Ausweises vom Lesegerät und sagt, ob\n"+
				"Ziffern und Tastaturbelegung stimmen (auch y und z) und ob es schnell genug ist. Der\n"+
				"Inhalt wird nicht gezeigt und nicht gespeichert. Strg+C endet.",
			"Reads a health card or the lines of a document from the reader and says whether\n"+
				"digits and keyboard layout are right (y and z, too) and whether it is fast enough.\n"+
				"What was read is neither shown nor stored. Ctrl+C ends."),
		Args: p.between(0, 0),
		RunE: func(c *cobra.Command, _ []string) error {
			test := &scanTest{now: p.now}
			if err := p.listen(c.Context(), p.say("Jetzt etwas einlesen.", "Scan something now."), test); err != nil {
				return err
			}
			if test.text.Len() == 0 {
				return context.Canceled
			}
			return p.tellFindings([]diagnosis{p.judgeScan(test.text.String(), test.scanned(), calendar.Of(p.now()))}, false)
		},
	}
}

// listen lets a test have the keys until it ends.
func (p *program) listen(ctx context.Context, what string, test tea.Model) error {
	if err := p.needScreen(); err != nil {
		return err
	}
	if err := untraced(); err != nil {
		return err
	}
	if _, err := fmt.Fprintln(p.stdout, what); err != nil {
		return p.outputError(err)
	}
	_, err := tea.NewProgram(test, tea.WithContext(ctx), tea.WithInput(p.stdin), tea.WithOutput(p.screen)).Run()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

// keyTest prints the name of each key.
type keyTest struct{}

// Init implements tea.Model.
func (*keyTest) Init() tea.Cmd { return nil }

// Update implements tea.Model.
func (k *keyTest) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		if msg.String() == "ctrl+c" {
			return k, tea.Quit
		}
		return k, tea.Println(msg.String())
	case tea.PasteMsg:
		return k, tea.Println(fmt.Sprintf("paste (%d)", len(msg.Content)))
	}
	return k, nil
}

// View implements tea.Model.
func (*keyTest) View() tea.View { return tea.NewView("") }

// scanQuiet is the pause that ends a scan: the lines of a document come at once.
const scanQuiet = 400 * time.Millisecond

// scanTest takes what a reader types until it is quiet.
type scanTest struct {
	now   func() time.Time
	text  strings.Builder
	gaps  int // between two characters
	slow  int // of them slower than a reader
	last  time.Time
	turns int // keys so far, to know whether a pause is the last one's
}

type scanPause int

// Init implements tea.Model.
func (*scanTest) Init() tea.Cmd { return nil }

// Update implements tea.Model.
func (s *scanTest) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case scanPause:
		if int(msg) == s.turns {
			return s, tea.Quit
		}
	case tea.KeyPressMsg:
		if msg.String() == "ctrl+c" {
			s.text.Reset()
			return s, tea.Quit
		}
		return s, s.take(msg.Key())
	}
	return s, nil
}

func (s *scanTest) take(key tea.Key) tea.Cmd {
	at := s.now()
	if !s.last.IsZero() {
		if s.gaps++; at.Sub(s.last) > burst.MaxMedian {
			s.slow++
		}
	}
	s.last = at
	switch {
	case key.Code == tea.KeyEnter || key.Code == tea.KeyTab:
		s.text.WriteByte('\n')
	default:
		s.text.WriteString(key.Text)
	}
	s.turns++
	turn := s.turns
	return tea.Tick(scanQuiet, func(time.Time) tea.Msg { return scanPause(turn) })
}

// scanned reports whether most characters came as fast as a reader types.
func (s *scanTest) scanned() bool { return s.gaps >= burst.MinLength-1 && 2*s.slow < s.gaps }

// View implements tea.Model: nothing of what is read.
func (*scanTest) View() tea.View { return tea.NewView("") }

// scannerCheck names the finding about a reader.
const scannerCheck = "scanner"

// judgeScan says how a reader is set up. It tells nothing of what was read.
func (p *program) judgeScan(text string, fast bool, today calendar.Date) diagnosis {
	f := p.judgeText(text, today)
	f.Check = scannerCheck
	if f.State != fault && !fast {
		return diagnosis{
			Check: f.Check, State: warning, Says: f.Says + p.say(", aber langsam wie getippt", ", but as slow as typing"),
			Do: p.say("Am Lesegerät die Pause zwischen den Zeichen auf 0 stellen.", "Set the reader's pause between characters to 0."),
		}
	}
	return f
}

func (p *program) judgeText(text string, today calendar.Date) diagnosis {
	layout := p.say("Am Lesegerät dieselbe Tastatursprache einstellen wie am Rechner.", "Set the reader to the same keyboard language as the machine.")
	one := strings.TrimSpace(text)
	if _, err := iccsn.Parse(one); err == nil {
		return good(p.say("eine Gesundheitskarte, Ziffern richtig", "a health card, digits right"))
	}
	if _, err := kvnr.Parse(one); err == nil {
		return good(p.say("eine KVNR, richtig", "an insurance number, right"))
	}
	if document, problems := mrz.ParseText(text, today); mrz.Valid(problems) {
		if document.LayoutSwapped {
			return bad(p.say("Ausweiszeilen mit y und z vertauscht", "lines of a document with y and z exchanged"), layout)
		}
		return good(p.say("Ausweiszeilen, alles richtig", "lines of a document, all right"))
	}
	digits, letters, others := 0, 0, 0
	for _, r := range one {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		default:
			others++
		}
	}
	says := fmt.Sprintf(p.say("%d Ziffern, %d Buchstaben, %d andere Zeichen", "%d digits, %d letters, %d other characters"), digits, letters, others)
	switch {
	case digits == 0 && others >= burst.MinLength:
		return bad(says, p.say("Statt Ziffern kommen Zeichen: ", "Characters come instead of digits: ")+layout)
	case letters == 0 && others == 0:
		return good(says)
	}
	return doubtful(says, p.say("Unbekannt; eine Gesundheitskarte oder einen Musterausweis nehmen.", "Unknown; use a health card or a specimen document."))
}
