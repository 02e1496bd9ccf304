package words

import "fmt"

// Frame are the texts around every page.
type Frame struct {
	// TooSmall names the window's size and the one that is needed.
	TooSmall func(width, height, needWidth, needHeight int) string
	// TooSmallShort is for windows in which the sentence has no room.
	TooSmallShort func(needWidth, needHeight int) string
	Working       string
	Separator     string // between the steps of the breadcrumb
	BurstDropped  string // a scan arrived in a secret field
	BurstUnwanted string // a scan arrived on a page that takes none
	NotNow        string // before the reason why a key does nothing now
	Themes        map[string]string
	LanguageNow   string // said after switching
	ThemeNow      func(name string) string
}

func frameGerman() Frame {
	return Frame{
		TooSmall: func(w, h, nw, nh int) string {
			return fmt.Sprintf("Fenster zu klein: %d×%d, nötig %d×%d", w, h, nw, nh)
		},
		TooSmallShort: func(nw, nh int) string { return fmt.Sprintf("nötig %d×%d", nw, nh) },
		Working:       "Einen Moment …",
		Separator:     " › ",
		BurstDropped:  "Scan verworfen: In dieses Feld wird nur getippt.",
		BurstUnwanted: "Scan verworfen: Hier wird nicht gescannt.",
		NotNow:        "Geht jetzt nicht:",
		Themes: map[string]string{
			"auto": "wie das Terminal", "dunkel": "dunkel", "hell": "hell",
			"kontrast": "hoher Kontrast", "terminal": "ohne eigene Farben",
		},
		LanguageNow: "Sprache: Deutsch",
		ThemeNow:    func(name string) string { return "Farben: " + name },
	}
}

func frameEnglish() Frame {
	return Frame{
		TooSmall: func(w, h, nw, nh int) string {
			return fmt.Sprintf("Window too small: %d×%d, needs %d×%d", w, h, nw, nh)
		},
		TooSmallShort: func(nw, nh int) string { return fmt.Sprintf("needs %d×%d", nw, nh) },
		Working:       "One moment …",
		Separator:     " › ",
		BurstDropped:  "Scan dropped: this field is for typing only.",
		BurstUnwanted: "Scan dropped: nothing is scanned here.",
		NotNow:        "Not possible now:",
		Themes: map[string]string{
			"auto": "as the terminal", "dunkel": "dark", "hell": "light",
			"kontrast": "high contrast", "terminal": "no colours of our own",
		},
		LanguageNow: "Language: English",
		ThemeNow:    func(name string) string { return "Colours: " + name },
	}
}
