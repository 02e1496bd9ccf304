package words

// Common are words used on more than one screen.
type Common struct {
	None     string // where a value is missing
	Masked   string // stands for what is hidden
	Stop     string // word before what must not go on
	Notice   string // word before what needs attention
	Practice string // mark of invented people, on every screen and slip

	// KeyNames are the names printed on the keys that have one.
	KeyNames map[string]string

	Weekdays                      [7]string // Sunday first, as time.Weekday counts
	Decimal, Group                string
	Days, Hours, Minutes, Seconds Plural
}

func commonGerman() Common {
	return Common{
		None: "–", Masked: "•••••",
		Stop: "STOPP", Notice: "HINWEIS", Practice: "ÜBUNG",
		KeyNames: map[string]string{
			"enter": "Enter", "esc": "Esc", "tab": "Tab", "shift+tab": "Umschalt+Tab", "space": "Leertaste",
			"up": "↑", "down": "↓", "left": "←", "right": "→", "home": "Pos1", "end": "Ende",
			"pgup": "Bild↑", "pgdown": "Bild↓", "backspace": "Rück", "delete": "Entf", "ctrl": "Strg",
		},
		Weekdays: [7]string{"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"},
		Decimal:  ",", Group: ".",
		Days: Plural{"Tag", "Tage"}, Hours: Plural{"Stunde", "Stunden"},
		Minutes: Plural{"Minute", "Minuten"}, Seconds: Plural{"Sekunde", "Sekunden"},
	}
}

func commonEnglish() Common {
	return Common{
		None: "–", Masked: "•••••",
		Stop: "STOP", Notice: "NOTE", Practice: "PRACTICE",
		KeyNames: map[string]string{
			"enter": "Enter", "esc": "Esc", "tab": "Tab", "shift+tab": "Shift+Tab", "space": "Space",
			"up": "↑", "down": "↓", "left": "←", "right": "→", "home": "Home", "end": "End",
			"pgup": "PgUp", "pgdown": "PgDn", "backspace": "Backsp", "delete": "Del", "ctrl": "Ctrl",
		},
		Weekdays: [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		Decimal:  ".", Group: ",",
		Days: Plural{"day", "days"}, Hours: Plural{"hour", "hours"},
		Minutes: Plural{"minute", "minutes"}, Seconds: Plural{"second", "seconds"},
	}
}
