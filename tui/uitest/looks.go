package uitest

import "schalter/tui/words"

// Languages are those that screens are compared in. The race detector learns
// nothing from the second one, and is ten times slower.
func Languages() []words.Language {
	if Racing {
		return []words.Language{words.German}
	}
	return words.AllLanguages()
}

// Sizes are the windows that screens are compared in, in cells.
func Sizes() [][2]int {
	if Racing {
		return [][2]int{{80, 24}}
	}
	return [][2]int{{80, 24}, {120, 40}}
}
