package words

import (
	"errors"
	"fmt"
	"time"

	"schalter/domain"
)

// MaxWhat and MaxHint are how wide, in cells, the two lines of an error may be:
// they stand below a page of 80 columns, the first behind the word STOPP.
const (
	MaxWhat = 70
	MaxHint = 78
)

// failure is one reason in one language: what happened, and what to do now.
type failure struct{ what, hint string }

// sentence is one row of the table of errors.
type sentence struct {
	reason     domain.Reason
	what, hint both
}

func failures(l Language) map[domain.Reason]failure {
	out := map[domain.Reason]failure{}
	for _, table := range [][]sentence{rightsSentences(), loginSentences(), visitSentences(), bonusSentences(), storeSentences(), accountSentences()} {
		for _, s := range table {
			out[s.reason] = failure{s.what.in(l), s.hint.in(l)}
		}
	}
	return out
}

// Error says what happened and what to do now. Whatever is no [domain.Error],
// or has a reason without a sentence, reads as an internal error: its text may
// hold anything and goes to the log only. It answers "", "" for nil.
func (t *Texts) Error(err error) (what, hint string) {
	if err == nil {
		return "", ""
	}
	var e *domain.Error
	if !errors.As(err, &e) {
		e = domain.Fail(domain.Internal, domain.ReasonInternal)
	}
	f, ok := t.failures[e.Reason]
	if !ok {
		f = t.failures[domain.ReasonInternal]
	}
	what, hint = f.what, f.hint
	if e.Max > 0 {
		what += " " + t.ofMax(e.Count, e.Max)
	}
	if e.Clock != 0 {
		hint = t.clockBehind(time.Unix(e.Clock, 0), time.Unix(e.Newest, 0))
	}
	if e.Until != 0 {
		hint = t.againAt(time.Unix(e.Until, 0))
	}
	return what, hint
}

func (t *Texts) ofMax(count, most int) string {
	if t.Language == English {
		return fmt.Sprintf("(%d of %d)", count, most)
	}
	return fmt.Sprintf("(%d von %d)", count, most)
}

func (t *Texts) againAt(at time.Time) string {
	if t.Language == English {
		return fmt.Sprintf("Possible again from %s on.", t.Moment(at))
	}
	return fmt.Sprintf("Wieder möglich ab %s Uhr.", t.Moment(at))
}

// clockBehind says which two times do not fit, to the second: a clock can be
// seconds behind.
func (t *Texts) clockBehind(shows, newest time.Time) string {
	clock := func(at time.Time) string { return t.Day(at) + " " + t.Clock(at) }
	if t.Language == English {
		return fmt.Sprintf("Clock %s, newest entry %s. Have it set.", clock(shows), clock(newest))
	}
	return fmt.Sprintf("Uhr %s, Protokoll %s. Uhr stellen lassen.", clock(shows), clock(newest))
}
