package name

import "strings"

// Token is one word of a name in both foldings.
type Token struct{ Wide, Narrow string }

// Tokens returns the words of s in their order, each in both foldings. A stored
// name and a typed one go through it alike.
//
//	Tokens("von Mühlen") // {von von} {muehlen muhlen}
func Tokens(s string) []Token {
	wide, narrow := Fold(s)
	if wide == "" {
		return nil
	}
	tokens := make([]Token, 0, 1+strings.Count(wide, " "))
	for more := true; more; {
		// Both foldings separate at the same places.
		var t Token
		t.Wide, wide, more = strings.Cut(wide, " ")
		t.Narrow, narrow, _ = strings.Cut(narrow, " ")
		tokens = append(tokens, t)
	}
	return tokens
}

// Core returns the tokens without particles ([IsParticle]) and academic titles
// ([IsTitle]): a second way to find a name, never the only one. If nothing would
// remain it returns all of them, for Le, An and Do are surnames too.
func Core(tokens []Token) []Token {
	core := make([]Token, 0, len(tokens))
	for _, t := range tokens {
		if !IsParticle(t.Wide) && !IsTitle(t.Wide) {
			core = append(core, t)
		}
	}
	if len(core) == 0 {
		return tokens
	}
	return core
}

// IsParticle reports whether a folded word is one of the small words that belong
// to a surname but are often left out when it is said: von, van der, O', d', al.
// They are the Vorsatzwörter of German, Dutch, Romance and Arabic names.
func IsParticle(token string) bool {
	switch token {
	case "al", "am", "an", "auf", "aus", "bei", "beim", "ben", "bin", "bint", "d", "da", "dal",
		"dalla", "das", "de", "degli", "dei", "del", "della", "dem", "den", "der", "des", "di", "do",
		"dos", "du", "e", "el", "et", "ibn", "im", "in", "la", "las", "le", "les", "lo", "los", "o",
		"of", "op", "t", "te", "ten", "ter", "und", "v", "van", "vom", "von", "vor", "y", "zu", "zum",
		"zur":
		return true
	}
	return false
}

// IsTitle reports whether a folded word is an academic title as people put it
// before a name.
func IsTitle(token string) bool {
	switch token {
	case "dr", "dres", "prof":
		return true
	}
	return false
}
