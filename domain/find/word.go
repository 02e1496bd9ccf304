package find

import "schalter/domain/name"

// name reads the words of a field without digits. Letters that no German
// register holds are not asked for.
func (p *parser) name(field string) {
	tokens := name.Tokens(field)
	if len(tokens) == 0 {
		p.q.Unread = p.q.Unread || says(field)
		return
	}
	for _, t := range tokens {
		p.words = append(p.words, Term{Wide: t.Wide, Narrow: t.Narrow})
	}
}

// settleNames turns the words into name parts. Titles go, for records keep them
// apart from the name, but only in front of another word: "prof" alone may become
// Profitlich.
func (p *parser) settleNames() {
	afterTitle := false
	for i, w := range p.words {
		last := i == len(p.words)-1
		afterTitle = name.IsTitle(w.Wide) || afterTitle && isFaculty(w.Wide)
		if afterTitle && !last {
			continue
		}
		if len(p.q.Names) == maxNames {
			p.q.Unread = true
			break
		}
		// At the end a short word is more likely a given name being typed: mue da.
		w.Small = isSmall(w.Wide) && (!last || afterTitle || len(w.Wide) >= shortest)
		p.q.Names = append(p.q.Names, w)
	}
	p.keepOne()
}

// keepOne makes the last name part one that counts if no other does: Herr Graf.
func (p *parser) keepOne() {
	for _, t := range p.q.Names {
		if !t.Small {
			return
		}
	}
	if n := len(p.q.Names); n > 0 {
		p.q.Names[n-1].Small = false
	}
}

// isSmall reports whether a folded word may stand beside a name in one paper and
// be missing in the other: particles, forms of address, a title behind the name,
// and the titles of the nobility, which are part of the surname (article 109 (3)
// of the Weimar constitution) but kept apart by insurers (VSD schema 5.2.0,
// Namenszusatz).
func isSmall(word string) bool {
	switch word {
	case "dr", "dres", "prof", "frau", "herr", "fr", "hr", "geb", "geborene", "geborener",
		"baron", "baronin", "baroness", "edler", "edle", "freiherr", "freifrau", "freiin",
		"fuerst", "fuerstin", "graf", "graefin", "prinz", "prinzessin", "ritter":
		return true
	}
	return name.IsParticle(word)
}

// isFaculty reports whether a folded word can follow an academic title: Dr. med.,
// Dr. h. c., Prof. em., Dr.-Ing.
func isFaculty(word string) bool {
	switch word {
	case "c", "dent", "e", "em", "h", "habil", "hc", "ing", "iur", "jur", "med", "mult", "nat",
		"oec", "paed", "pharm", "phil", "pol", "rer", "sc", "techn", "theol", "troph", "univ", "vet":
		return true
	}
	return false
}
