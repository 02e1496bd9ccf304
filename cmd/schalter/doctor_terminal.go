package main

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"schalter/cmd/internal/paper"
)

// The terminal is that of whoever typed the command, wherever it runs.

func (e *examination) screen() diagnosis {
	term := e.getenv("TERM")
	if !e.terminal.Screen() {
		return doubtful(e.say("hier ist kein Terminal", "there is no terminal here"),
			e.say("Ohne Umleitung an dem Platz starten, an dem der Schalter laufen soll.", "Start it without redirection at the seat where the counter is to run."))
	}
	if err := e.needScreen(); err != nil {
		f := e.explain(err)
		return bad(f.what, f.hint)
	}
	return good(term)
}

// What every page needs.
const minWidth, minHeight = 80, 24

func (e *examination) size() diagnosis {
	width, height := e.terminal.Size()
	if !e.terminal.Screen() || width == 0 {
		return diagnosis{}
	}
	says := fmt.Sprintf(e.say("%d Spalten, %d Zeilen", "%d columns, %d lines"), width, height)
	if width < minWidth || height < minHeight {
		return bad(says, fmt.Sprintf(e.say("Das Fenster auf mindestens %d × %d vergrößern oder die Schrift verkleinern.",
			"Enlarge the window to at least %d × %d or make the type smaller."), minWidth, minHeight))
	}
	return good(says)
}

func (e *examination) colours() diagnosis {
	if !e.terminal.Screen() {
		return diagnosis{}
	}
	if e.getenv("NO_COLOR") != "" {
		return good(e.say("abgeschaltet (NO_COLOR)", "switched off (NO_COLOR)"))
	}
	switch colorprofile.Env([]string{"TERM=" + e.getenv("TERM"), "COLORTERM=" + e.getenv("COLORTERM")}) {
	case colorprofile.TrueColor:
		return good(e.say("16 Millionen", "16 million"))
	case colorprofile.ANSI256:
		return good("256")
	case colorprofile.ANSI:
		return good("16")
	}
	return doubtful(e.say("keine", "none"),
		e.say("Es geht auch ohne; TERM=xterm-256color hat welche.", "It works without; TERM=xterm-256color has some."))
}

func (e *examination) charset() diagnosis {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		value := e.getenv(name)
		if value == "" {
			continue
		}
		if upper := strings.ToUpper(value); strings.Contains(upper, "UTF-8") || strings.Contains(upper, "UTF8") {
			return good(name + "=" + value)
		}
		return doubtful(name+"="+value+e.say(" ist nicht UTF-8", " is not UTF-8"), e.utf8Hint())
	}
	return doubtful(e.say("keine Sprache eingestellt (LANG)", "no language is set (LANG)"), e.utf8Hint())
}

func (e *examination) utf8Hint() string {
	return e.say("export LANG=de_DE.UTF-8, sonst fehlen Umlaute und der QR-Code.", "export LANG=en_GB.UTF-8, else umlauts and the QR code may be missing.")
}

// slips looks at the folder or queue that --printer names, and writes nothing.
func (e *examination) slips() diagnosis {
	printer, err := paper.Open(e.flags.printer)
	if err != nil {
		f := e.explain(err)
		return bad(f.what, f.hint)
	}
	switch to := printer.(type) {
	case paper.None:
		return good(e.say("kein Drucker eingestellt (--printer)", "no printer set (--printer)"))
	case paper.File:
		return e.slipFolder(to.Folder)
	}
	return good(printer.Name())
}

func (e *examination) slipFolder(folder string) diagnosis {
	info, err := e.files.Look(folder)
	switch {
	case err != nil:
		return doubtful(e.say("Der Ordner ist noch nicht da: ", "The folder is not there yet: ")+folder,
			e.say("Er wird angelegt, wenn der Ordner darüber da ist.", "It is made if the folder above is there."))
	case !info.Mode.IsDir():
		return bad(e.say("Das ist kein Ordner: ", "This is no folder: ")+folder, e.say("Einen anderen nennen.", "Name another one."))
	case info.Mode.Perm()&0o077 != 0 && modesCount:
		return bad(e.say("Andere können die Belege lesen: ", "Others can read the slips: ")+folder, "chmod 700 "+quoted(folder))
	case !info.Ours:
		return bad(e.say("Der Ordner gehört jemand anderem: ", "The folder belongs to somebody else: ")+folder,
			e.say("Einen eigenen nennen.", "Name one of your own."))
	}
	return good(folder)
}
