package words

import "strings"

// Language is a language of the screen.
type Language uint8

// The languages. German is the source and the fallback.
const (
	German Language = iota
	English
)

// AllLanguages lists every language.
func AllLanguages() []Language { return []Language{German, English} }

// String is the language's ISO 639-1 code.
func (l Language) String() string {
	if l == English {
		return "en"
	}
	return "de"
}

// Next is the language the language key switches to.
func (l Language) Next() Language { return (l + 1) % Language(len(AllLanguages())) }

// ParseLanguage reads an ISO 639-1 code or a POSIX locale name: "de",
// "en_GB.UTF-8", "de-AT". ok is false for a language the program does not
// speak, and for "C" and "POSIX".
func ParseLanguage(s string) (l Language, ok bool) {
	code := strings.ToLower(s)
	if i := strings.IndexAny(code, "_-.@"); i >= 0 {
		code = code[:i]
	}
	for _, l := range AllLanguages() {
		if code == l.String() {
			return l, true
		}
	}
	return German, false
}

// Detect picks the language from the values of LC_ALL, LC_MESSAGES and LANG, in
// this order: the first that is set decides (POSIX.1-2017 XBD 8.2), German when
// it names no language of ours.
func Detect(lcAll, lcMessages, lang string) Language {
	for _, value := range []string{lcAll, lcMessages, lang} {
		if value != "" {
			l, _ := ParseLanguage(value)
			return l
		}
	}
	return German
}
