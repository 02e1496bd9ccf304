package find

import (
	"slices"
	"strings"

	"schalter/domain/iccsn"
	"schalter/domain/kvnr"
)

// The lengths of the number of § 290 SGB V: the unchangeable part, the forms
// with insurer and with the main member (package kvnr). Fewer than partLength
// characters are no part of it but an initial or a typing error.
const (
	kvnrLength   = 10
	memberLength = 20
	familyLength = 30
	partLength   = 4
	// cardLength is the length of an ICCSN.
	cardLength = 20
)

// kvnr reads a KVNR at the front, whole or its beginning, in one field or in
// groups, and returns how many fields it took.
func (p *parser) kvnr() int {
	if !isLetter(p.fields[0][0]) {
		return 0
	}
	if n := p.grouped(); n > 0 {
		return n
	}
	s := strings.ToUpper(p.fields[0])
	if len(s) < partLength || !beginsFull(s) {
		return 0
	}
	switch {
	case len(s) < kvnrLength:
		p.setPart(s)
	case len(s) == kvnrLength, len(s) == memberLength, len(s) == familyLength:
		p.whole(s[:kvnrLength])
	default:
		p.begun(s[:kvnrLength])
	}
	return 1
}

// grouped reads a number written in groups, A123 456 780, in its longest form.
func (p *parser) grouped() int {
	joined, number, taken := strings.ToUpper(p.fields[0]), "", 0
	for i := 1; i < len(p.fields); i++ {
		joined += strings.ToUpper(p.fields[i])
		if !beginsFull(joined) {
			break
		}
		if isGrouped(joined, p.fields[:i+1]) {
			number, taken = joined[:kvnrLength], i+1
		}
	}
	if taken > 0 {
		p.whole(number)
	}
	return taken
}

// isGrouped reports whether the groups are one number. Groups that mean something
// alone (A123 140362) are a part of a number only if the check digit says so, and
// never behind a single letter, which may be an initial (m 140362).
func isGrouped(joined string, groups []string) bool {
	switch len(joined) {
	case kvnrLength:
		speaking := slices.ContainsFunc(groups[1:], speaks)
		_, err := kvnr.Parse(joined)
		return !speaking || err == nil && len(groups[0]) >= partLength
	case memberLength, familyLength:
		_, err := kvnr.ParseFull(joined)
		return err == nil
	}
	return false
}

// speaks reports whether a group of digits can be read by itself: day, month,
// part of a date, postcode, date or card digits, date with century.
func speaks(group string) bool {
	switch len(group) {
	case 1, 2, 4, 5, 6, 8:
		return true
	}
	return false
}

// whole takes ten characters that stand as a number: found if the check digit is
// right, told if not.
func (p *parser) whole(s string) {
	n, err := kvnr.Parse(s)
	if err != nil {
		p.q.Mistyped = true
		return
	}
	p.setKVNR(n)
}

// begun takes the first ten characters of a longer form that is still being
// typed: they find, but do not decide.
func (p *parser) begun(s string) {
	p.q.Unread = true
	if n, err := kvnr.Parse(s); err != nil {
		p.q.Mistyped = true
	} else {
		p.setPart(string(n))
	}
}

func (p *parser) setPart(s string) {
	if p.q.KVNRPart != "" {
		p.q.Unread = true
		return
	}
	p.q.KVNRPart = s
}

// beginsFull reports whether s, in upper case, can be the beginning of a number
// in its longest form: letter, 18 digits for person and insurer, then the check
// digit or the letter of the main member.
func beginsFull(s string) bool {
	const second = kvnrLength + 9 // where the main member's letter stands
	if len(s) > familyLength {
		return false
	}
	for i := range len(s) {
		switch {
		case i == 0:
			if !isLetter(s[i]) {
				return false
			}
		case i == second && len(s) != memberLength:
			if !isLetter(s[i]) {
				return false
			}
		case !isDigit(s[i]):
			return false
		}
	}
	return true
}

// card reads a card's whole number at the front, in one field or in groups. A
// number of twenty digits that no German health card has finds nobody.
func (p *parser) card() int {
	joined := ""
	for i, f := range p.fields {
		if !isDigits(f) || len(joined)+len(f) > cardLength {
			return 0
		}
		joined += f
		if len(joined) < cardLength {
			continue
		}
		if _, err := iccsn.Parse(joined); err != nil && i > 0 {
			return 0
		}
		p.setCard(joined)
		return i + 1
	}
	return 0
}
