package domain

import (
	"time"

	"schalter/domain/date"
)

// VisitID names one Vorsprache: one person served, at the counter or on the
// phone. Visits live in memory only; a process that ends, ends them.
type VisitID [16]byte

// EvidenceLife is how long a checked fact counts within its visit.
const EvidenceLife = 15 * time.Minute

// MaxWrong is how many wrong answers about one member a person may give within
// AnswerWindow before somebody else has to identify that member.
const MaxWrong = 3

// AnswerWindow is how long a wrong answer counts, and how long a revealed fact is
// no evidence from the person who saw it.
const AnswerWindow = 24 * time.Hour

// Answers is what staff lately got wrong about one member, and what they were
// shown of them: whoever was shown a fact cannot bring it as evidence.
type Answers struct {
	Member MemberID `cbor:"-"`
	// Wrong answers; each is counted before its verdict is told.
	Wrong []Answer `cbor:"1,keyasint,omitempty"`
	// Shown: the member's data were revealed to the person.
	Shown []Answer `cbor:"2,keyasint,omitempty"`
	// Strangers: the person found that a photo did not show who stood there.
	Strangers []Answer `cbor:"3,keyasint,omitempty"`
	// Phoned are wrong answers on the phone: three close that way to this member,
	// whoever asks.
	Phoned []Answer `cbor:"4,keyasint,omitempty"`
	// Guesses are attempts to redeem a code.
	Guesses []Guess `cbor:"5,keyasint,omitempty"`
}

// Guess is one attempt to redeem a code. It is counted before it is checked.
type Guess struct {
	Key RequestID `cbor:"1,keyasint"`
	At  int64     `cbor:"2,keyasint"` // Unix seconds
	// Wrong: it was checked and is wrong. Until then it counts as wrong, too.
	Wrong bool `cbor:"3,keyasint,omitempty"`
}

// MaxGuesses is how many wrong attempts burn a code.
const MaxGuesses = 5

// Answer says which person, and when (Unix seconds).
type Answer struct {
	Person PersonID `cbor:"1,keyasint"`
	At     int64    `cbor:"2,keyasint"`
}

// Ref implements Record.
func (a Answers) Ref() Ref { return Ref{KindAnswers, uint64(a.Member)} }

// Since returns the answers without those at or before the given Unix time.
func (a Answers) Since(unix int64) Answers {
	return Answers{
		Member: a.Member, Wrong: since(a.Wrong, unix), Shown: since(a.Shown, unix), Strangers: since(a.Strangers, unix),
		Phoned: since(a.Phoned, unix), Guesses: a.Guesses,
	}
}

func since(list []Answer, unix int64) []Answer {
	var kept []Answer
	for _, x := range list {
		if x.At > unix {
			kept = append(kept, x)
		}
	}
	return kept
}

// CountBy counts the person's answers in a list.
func CountBy(list []Answer, p PersonID) int {
	n := 0
	for _, x := range list {
		if x.Person == p {
			n++
		}
	}
	return n
}

// DocumentSeen is what has been checked of a photo ID so far, each fact with the
// time at which it was. It becomes evidence when it is complete. No number of the
// document is in it.
type DocumentSeen struct {
	Kind       DocumentKind
	BirthDate  time.Time // matched blind
	ValidUntil date.Date
	Validity   time.Time // found valid
	Photo      time.Time // judged by a person
}

// Since is when the oldest of its facts was checked; zero while one is missing.
func (d DocumentSeen) Since() time.Time {
	oldest := d.Photo
	for _, t := range []time.Time{d.BirthDate, d.Validity} {
		if t.Before(oldest) {
			oldest = t
		}
	}
	return oldest
}

// Complete reports whether the document proves identity on the day.
func (d DocumentSeen) Complete(on date.Date) bool {
	return d.Kind != 0 && !d.Since().IsZero() && d.ValidUntil >= on
}
