package paper

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"schalter/domain/plain"
)

// Slip is what stands on the paper handed to the member. It holds the secret,
// and formats and logs as its case number only.
type Slip struct {
	Insurer     string // as members know it: Muster BKK
	Branch      string // where it was made: Geschäftsstelle Musterstadt
	BranchPhone string // to revoke the code; empty sends the member to a branch
	Language    Language
	// Practice marks the slip as an exercise at the top, in between and at the
	// bottom.
	Practice bool
	// Case is the public number of the case: letters, digits, dashes. Files are
	// named after it.
	Case string
	// Code is the activation code in groups: K7QH9-WXZ3M-PTR2W.
	Code string
	// Link is the address in the QR code; only [PDF] shows it.
	Link string
	// ValidUntil is when the code expires, in the time zone to print.
	ValidUntil time.Time
	// Purpose is why the code is handed out, in the slip's language; see
	// [PurposeText].
	Purpose string
	Holder  Holder
	// Mark is the short form of the journal's state after the code was made.
	Mark string
	// MadeAt is when the slip was made, in the time zone to print. It dates the
	// PDF, too: the same slip gives the same bytes.
	MadeAt time.Time
}

// Format writes the case number for every verb, so that a slip that strays into
// a message does not take the code along.
func (s Slip) Format(f fmt.State, _ rune) { fmt.Fprint(f, "slip ", s.Case) }

// LogValue is the case number.
func (s Slip) LogValue() slog.Value { return slog.StringValue("slip " + s.Case) }

// The most characters of a field: even of the widest letter that many leave
// room for the rest on one page A6.
const (
	maxName    = 64
	maxPurpose = 48
	maxToken   = 32
)

// cleaned returns the slip as it may go to a printer, which obeys control
// characters just as a terminal does, or what is missing.
func (s Slip) cleaned() (Slip, error) {
	for _, f := range []struct {
		text  *string
		limit int
	}{
		{&s.Insurer, maxName},
		{&s.Branch, maxName},
		{&s.BranchPhone, maxToken},
		{&s.Purpose, maxPurpose},
		{&s.Mark, maxToken},
	} {
		*f.text, _, _ = plain.Line(*f.text, f.limit)
	}
	switch {
	case !isToken(s.Case):
		return s, errors.New("slip without a case number")
	case !isToken(s.Code):
		return s, errors.New("slip without a code")
	case s.Link == "":
		return s, errors.New("slip without a link")
	case s.MadeAt.IsZero() || !s.ValidUntil.After(s.MadeAt):
		return s, errors.New("slip without a time of validity")
	}
	return s, nil
}

// isToken reports whether s is what codes and case numbers look like in any
// grouping: 1 to 20 letters and digits of ASCII and dashes. A file may bear such
// a name, a line is long enough for it.
func isToken(s string) bool {
	other := func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	}
	return s != "" && len(s) <= 20 && s[0] != '-' && !strings.ContainsFunc(s, other)
}

// Holder tells a member's slip from the next one on the counter without naming
// anybody: A. M. •••780. It has no room for a name or a KVNR.
type Holder struct {
	initials [2]rune
	last     [3]byte
}

// NewHolder keeps the first letters of the first two words of name and the last
// three characters of kvnr, however much of both it is given: "A. M." and "780"
// make the same holder as the whole name and number.
func NewHolder(name, kvnr string) Holder {
	var h Holder
	i := 0
	for word := range strings.FieldsSeq(plain.Clean(name)) {
		at := strings.IndexFunc(word, unicode.IsLetter)
		if at < 0 || i == len(h.initials) {
			continue
		}
		letter, _ := utf8.DecodeRuneInString(word[at:])
		h.initials[i] = unicode.ToUpper(letter)
		i++
	}
	if n := len(kvnr); n >= len(h.last) && isToken(kvnr[n-len(h.last):]) {
		copy(h.last[:], kvnr[n-len(h.last):])
	}
	return h
}

// String is A. M. •••780; what is not known is left out.
func (h Holder) String() string {
	var parts []string
	for _, r := range h.initials {
		if r != 0 {
			parts = append(parts, string(r)+".")
		}
	}
	if h.last[0] != 0 {
		parts = append(parts, "•••"+string(h.last[:]))
	}
	return strings.Join(parts, " ")
}
