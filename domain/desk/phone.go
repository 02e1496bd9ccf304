package desk

import (
	"context"
	"strings"
	"time"

	"schalter/domain"
	"schalter/domain/kvnr"
	"schalter/domain/plain"
	"schalter/domain/rights"
)

// Questions are asked on the phone, typed as answered, and compared here: the
// answer is right or not right for all of it together, and no value of the record
// is told. What was shown to the person who asks is no evidence from them.

// PhoneAnswers are what a caller said, as typed.
type PhoneAnswers struct {
	KVNR   string
	Digits string // the last six of the card's number
	// Postcode or HouseNumber: one of them is enough; both must be right if both
	// are given.
	Postcode    string
	HouseNumber string
}

// IdentifyByPhone compares what a caller answered. Three wrong tries within a day,
// whoever asks, close this way to the member for 24 hours.
func (d *Desk) IdentifyByPhone(ctx context.Context, a domain.Actor, id domain.VisitID, typed PhoneAnswers) error {
	v, release, err := d.seize(ctx, a, id)
	if err != nil {
		return err
	}
	defer release()
	e := d.about(v, domain.ActPhoneChecked)
	e.Operation = rights.Reveal
	if a.Channel != rights.Phone {
		return d.refuse(ctx, refusal(e), domain.ReasonChannelWrong)
	}
	if err := d.mayAsk(ctx, v, e); err != nil {
		return err
	}
	number, err := kvnr.Parse(typed.KVNR)
	switch {
	case err != nil:
		return domain.Fail(domain.Invalid, domain.ReasonPhoneWrong).WithField("kvnr")
	case !sixDigits(strings.TrimSpace(typed.Digits)):
		return domain.Fail(domain.Invalid, domain.ReasonDigitsInvalid).WithField("card")
	case plain.Compact(typed.Postcode+typed.HouseNumber) == "":
		return domain.Fail(domain.Invalid, domain.ReasonPhoneWrong).WithField("postcode")
	}
	m, _, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return err
	}
	right := number == m.KVNR && d.cardAnswers(m, typed.Digits) && livesThere(m.Address, typed)
	if err := d.told(ctx, v, e, right, domain.ReasonPhoneWrong); err != nil {
		return err
	}
	d.change(id, func(v *visit) { v.phoned = d.Now() })
	return nil
}

// cardAnswers reports whether six digits are those of a card that counts today.
func (d *Desk) cardAnswers(m domain.Member, digits string) bool {
	card, found := cardByDigits(m.Cards, strings.TrimSpace(digits))
	return found && card.Usable(d.today())
}

func livesThere(a domain.Address, typed PhoneAnswers) bool {
	right := func(said, stored string) bool {
		said = plain.Compact(said)
		return said == "" || stored != "" && strings.EqualFold(said, plain.Compact(stored))
	}
	return right(typed.Postcode, a.Postcode) && right(typed.HouseNumber, a.HouseNumber)
}

// mayAsk refuses questions that this person may not ask, or nobody today.
func (d *Desk) mayAsk(ctx context.Context, v visit, e domain.Entry) error {
	e = refusal(e)
	answers, _, err := d.answers(ctx, v.member)
	switch {
	case err != nil:
		return err
	case v.related:
		return d.refuse(ctx, e, domain.ReasonSecondRelated)
	case v.closed != "":
		return d.refuse(ctx, e, v.closed)
	case domain.CountBy(answers.Shown, v.actor.Person) > 0:
		return d.refuse(ctx, e, domain.ReasonShownToYou)
	case v.actor.Channel == rights.Phone && len(answers.Phoned) >= domain.MaxWrong:
		locked := domain.Fail(domain.Locked, domain.ReasonPhoneLocked)
		until := answers.Phoned[len(answers.Phoned)-domain.MaxWrong].At + int64(domain.AnswerWindow.Seconds())
		if err := d.refuse(ctx, e, domain.ReasonPhoneLocked); !IsKind(err, domain.Refused) {
			return err
		}
		return locked.WithUntil(until)
	}
	if why := barred(answers, v.actor.Person); why != "" && v.actor.Channel != rights.Phone {
		return d.refuse(ctx, e, why)
	}
	return nil
}

// told commits what was compared before the verdict is told: e if it is right, a
// wrong answer if it is not. On the phone wrong answers count for the member, at
// the counter for the person who types.
func (d *Desk) told(ctx context.Context, v visit, e domain.Entry, right bool, why domain.Reason) error {
	return d.again(ctx, func() error {
		answers, rev, err := d.answers(ctx, v.member)
		if err != nil {
			return err
		}
		change := Change{Guards: []Guard{{answers.Ref(), rev}}, Entries: []domain.Entry{e}}
		if right {
			_, err := d.Writer.Commit(ctx, change)
			return err
		}
		wrong := domain.Answer{Person: v.actor.Person, At: d.Now().Unix()}
		count := 0
		if v.actor.Channel == rights.Phone {
			answers.Phoned = append(answers.Phoned, wrong)
			count = len(answers.Phoned)
		} else {
			answers.Wrong = append(answers.Wrong, wrong)
			count = domain.CountBy(answers.Wrong, v.actor.Person)
		}
		e := refusal(e)
		e.Outcome, e.Reason = domain.Tried, why
		change.Put, change.Entries = []domain.Record{answers}, []domain.Entry{e}
		if _, err := d.Writer.Commit(ctx, change); err != nil {
			return err
		}
		return d.verdict(ctx, v, count, why)
	})
}

// verdict is the answer to so many wrong ones.
func (d *Desk) verdict(ctx context.Context, v visit, count int, why domain.Reason) error {
	switch {
	case count < domain.MaxWrong:
		return domain.Fail(domain.Refused, why).WithCount(count, domain.MaxWrong)
	case v.actor.Channel == rights.Phone:
		d.change(v.id, func(v *visit) { v.phoned, v.told = time.Time{}, time.Time{} })
		return domain.Fail(domain.Locked, domain.ReasonPhoneLocked).WithUntil(d.Now().Add(domain.AnswerWindow).Unix())
	}
	err := d.shut(ctx, v, domain.ReasonTooManyWrong)
	return domain.Fail(domain.Refused, domain.ReasonTooManyWrong).WithCause(err)
}

// refusal is an entry like e about what was not done.
func refusal(e domain.Entry) domain.Entry {
	e.Act, e.Request = domain.ActRefused, domain.RequestID{}
	return e
}
