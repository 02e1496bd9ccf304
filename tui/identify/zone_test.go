package identify_test

import (
	"strings"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/mrz"
	"schalter/tui/member/pagetest"
	"schalter/tui/page"
	"schalter/tui/uitest"
	"schalter/tui/words"
)

// lines are the zone of a document that is valid today.
func lines(t *testing.T, format mrz.Format, alter func(*mrz.Specimen)) []string {
	t.Helper()
	s := mrz.Specimen{
		Format: format, Type: "ID", Issuer: "D", Nationality: "D", Surname: "MUSTERMANN", GivenNames: "ERIKA",
		Number: "L01X00T47", BirthDate: 19830812, ExpiryDate: 20310801,
	}
	if format == mrz.TD3 {
		s.Type = "P"
	}
	alter(&s)
	out, err := s.Lines()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func same(*mrz.Specimen) {}

// scan opens Erika Mustermann, goes to her identification and scans lines.
func scan(t *testing.T, member func(*domain.Member), scanned []string) (*pagetest.Counter, *uitest.UI) {
	t.Helper()
	c := open(t, withZones)
	m := c.Member(erika, member)
	ui := c.Run(words.German, 80, 24)
	c.Find(ui, m)
	ui.Press("a")
	for _, line := range scanned {
		ui.Scan(line)
		ui.Advance(time.Second)
	}
	return c, ui
}

func plain(*domain.Member) {}

// TestScan: the zone settles kind, birth date and validity; the photo stays a
// person's to judge.
func TestScan(t *testing.T) {
	rows := []struct {
		why    string
		member func(*domain.Member)
		lines  func(t *testing.T) []string
		shows  []string
	}{
		{
			"a card of three lines", plain,
			func(t *testing.T) []string { return lines(t, mrz.TD1, same) },
			[]string{"Personalausweis", "✓ stimmt", "✓ gültig", "▶ Foto und Person passen?"},
		},
		{
			"an older card of two lines", plain,
			func(t *testing.T) []string { return lines(t, mrz.TD2, same) },
			[]string{"Personalausweis", "▶ Foto und Person passen?"},
		},
		{
			"a passport of two lines", plain,
			func(t *testing.T) []string { return lines(t, mrz.TD3, same) },
			[]string{"Reisepass", "▶ Foto und Person passen?"},
		},
		{
			"all lines in one burst", plain,
			func(t *testing.T) []string { return []string{strings.Join(lines(t, mrz.TD1, same), "")} },
			[]string{"Personalausweis", "▶ Foto und Person passen?"},
		},
		{
			"one line so far", plain,
			func(t *testing.T) []string { return lines(t, mrz.TD1, same)[:1] },
			[]string{"Zeile 1 gelesen, die nächste bitte.", "▶ Ausweis"},
		},
		{
			"two of three lines", plain,
			func(t *testing.T) []string { return lines(t, mrz.TD1, same)[:2] },
			[]string{"Zeile 2 gelesen, die nächste bitte."},
		},
		{
			"the name agrees in part", func(m *domain.Member) { m.Name.Given = "Erika Marie" },
			func(t *testing.T) []string { return lines(t, mrz.TD1, same) },
			[]string{"HINWEIS", "Der Name stimmt nur zum Teil überein", "▶ Foto und Person passen?"},
		},
		{
			"the scanner's layout is wrong", func(m *domain.Member) { m.Name.Surname = "Schulz" },
			func(t *testing.T) []string {
				swap := strings.NewReplacer("Z", "Y", "Y", "Z", "<", ";")
				l := lines(t, mrz.TD1, func(s *mrz.Specimen) { s.Surname = "SCHULZ" })
				return strings.Split(swap.Replace(strings.Join(l, "\n")), "\n")
			},
			[]string{"HINWEIS", "Der Scanner tippt andere Zeichen", "▶ Foto und Person passen?"},
		},
		{
			"somebody else's document", plain,
			func(t *testing.T) []string {
				return lines(t, mrz.TD1, func(s *mrz.Specimen) { s.BirthDate = 19640812 })
			},
			[]string{"STOPP", "(1 von 3)", "▶ Ausweis"},
		},
		{
			"an expired document", plain,
			func(t *testing.T) []string {
				return lines(t, mrz.TD1, func(s *mrz.Specimen) { s.ExpiryDate = 20270228 })
			},
			[]string{"STOPP", "Der Ausweis ist abgelaufen.", "▶ Ausweis"},
		},
		{
			"a broken check digit", plain,
			func(t *testing.T) []string {
				l := lines(t, mrz.TD1, same)
				l[1] = "9" + l[1][1:]
				return l
			},
			[]string{"STOPP", "Die maschinenlesbare Zone ist nicht lesbar."},
		},
		{
			"some other barcode", plain,
			func(*testing.T) []string { return []string{"4006381333931"} },
			[]string{"STOPP", "Die maschinenlesbare Zone ist nicht lesbar."},
		},
		{
			"three lines that are no zone", plain,
			func(t *testing.T) []string {
				l := lines(t, mrz.TD1, same)
				return []string{l[0], l[0] + "<", l[0] + "<<"}
			},
			[]string{"STOPP", "Die maschinenlesbare Zone ist nicht lesbar."},
		},
	}
	for _, row := range rows {
		t.Run(row.why, func(t *testing.T) {
			c, ui := scan(t, row.member, row.lines(t))
			pagetest.Shows(t, ui, row.shows...)
			pagetest.Hides(t, ui, "L01X00T47", "12.08.83", "12.08.1983")
			c.CheckKeys(page.Identify)
			c.CheckSizes(page.Identify)
		})
	}
}

// TestScanWhereNothingIsScanned: zones switched off, or no step that takes one.
func TestScanWhereNothingIsScanned(t *testing.T) {
	c := open(t)
	m := c.Member(erika)
	ui := c.Run(words.German, 80, 24)
	c.Find(ui, m)
	ui.Press("a")
	ui.Scan(lines(t, mrz.TD1, same)[0])
	pagetest.Shows(t, ui, "STOPP", "Das Lesen der maschinenlesbaren Zone ist abgeschaltet.")
	ui.Press("l")
	pagetest.Shows(t, ui, "Geht jetzt nicht: Das Lesen der maschinenlesbaren Zone ist abgeschaltet.")
	ui.Type("11208830831")
	ui.Scan(lines(t, mrz.TD1, same)[0])
	pagetest.Shows(t, ui, "Hier wird nicht gescannt.", "▶ Foto und Person passen?")
}

// TestScanAhead: lines that arrive while a check runs are not lost.
func TestScanAhead(t *testing.T) {
	c, ui := scan(t, plain, nil)
	c.SlowCheck = 5 * time.Second
	ui.Type("1")
	for _, line := range lines(t, mrz.TD1, same) {
		ui.Scan(line)
	}
	ui.Type("j")
	ui.Advance(20 * time.Second)
	pagetest.Shows(t, ui, "Schritt 5 von 5")
}

// TestZoneByHand: the lines may be typed, in any case.
func TestZoneByHand(t *testing.T) {
	for _, format := range []mrz.Format{mrz.TD1, mrz.TD2, mrz.TD3} {
		c, ui := scan(t, plain, nil)
		ui.Press("l")
		pagetest.Shows(t, ui, "Maschinenlesbare Zone")
		c.CheckKeys(page.Identify)
		c.CheckSizes(page.Identify)
		for _, line := range lines(t, format, same) {
			ui.Type(strings.ToLower(line))
			ui.Press("enter")
		}
		pagetest.Shows(t, ui, "▶ Foto und Person passen?")
		pagetest.Hides(t, ui, "l01x00t47", "L01X00T47")
	}
}

// TestZoneByHandGoesWrong: what cannot be read says so; Esc goes back to the
// fields, and nothing of the lines is left.
func TestZoneByHandGoesWrong(t *testing.T) {
	_, ui := scan(t, plain, nil)
	ui.Press("l")
	ui.Type("idd<<l01x")
	ui.Press("enter", "enter", "enter")
	pagetest.Shows(t, ui, "STOPP", "Die maschinenlesbare Zone ist nicht lesbar.", "idd<<l01x")
	ui.Press("esc")
	pagetest.Shows(t, ui, "▶ Ausweis")
	ui.Press("l")
	pagetest.Hides(t, ui, "idd<<l01x")
}

// TestZonePasted fills the lines; Enter compares.
func TestZonePasted(t *testing.T) {
	for _, text := range []string{
		strings.Join(pagetest.Specimen(), "\r\n"), strings.Join(pagetest.Specimen(), ""),
	} {
		_, ui := scan(t, plain, nil)
		ui.Paste(text)
		pagetest.Shows(t, ui, "Maschinenlesbare Zone", "MUSTERMANN<<ERIKA")
		ui.Press("enter")
		pagetest.Shows(t, ui, "▶ Foto und Person passen?")
		pagetest.Hides(t, ui, "L01X00T47")
	}
}

func TestZonePastedWhileSwitchedOff(t *testing.T) {
	_, ui, _ := begin(t)
	ui.Paste(pagetest.Specimen()[0])
	pagetest.Shows(t, ui, "Das Lesen der maschinenlesbaren Zone ist abgeschaltet.")
}

// TestZoneIsForgotten: an unfinished zone names a document; it is gone when the
// seat is locked, and after a minute.
func TestZoneIsForgotten(t *testing.T) {
	rows := []struct {
		why    string
		forget func(ui *uitest.UI)
	}{
		{"locked", func(ui *uitest.UI) { ui.Press("f3", "enter") }},
		{"a minute", func(ui *uitest.UI) { ui.Advance(time.Minute) }},
	}
	for _, row := range rows {
		t.Run(row.why, func(t *testing.T) {
			_, ui, _ := begin(t, withZones)
			ui.Type("lIDD<<L01X00T471")
			pagetest.Shows(t, ui, "L01X00T471")
			row.forget(ui)
			pagetest.Hides(t, ui, "L01X00T471")
			pagetest.Shows(t, ui, "Schritt 1 von 5")
		})
	}
}

// TestScannedLinesAreForgotten: the lines that are missing do not complete those
// from before the lock, or from a minute ago.
func TestScannedLinesAreForgotten(t *testing.T) {
	for why, forget := range map[string]func(ui *uitest.UI){
		"locked":   func(ui *uitest.UI) { ui.Press("f3", "enter") },
		"a minute": func(ui *uitest.UI) { ui.Advance(time.Minute) },
	} {
		t.Run(why, func(t *testing.T) {
			_, ui, _ := begin(t, withZones)
			lines := pagetest.Specimen()
			ui.Scan(lines[0])
			ui.Scan(lines[1])
			forget(ui)
			ui.Scan(lines[2])
			pagetest.Shows(t, ui, "Schritt 1 von 5")
		})
	}
}
