package desk

import (
	"context"
	"time"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/rights"
)

// Identification gathers evidence in a visit, fact by fact, as the paper lies
// before the person who types. Every comparison is blind: the answer is right or
// not right, the record's value is never told, and a wrong answer is counted
// before it is told.

// ChooseDocument says which photo ID lies on the counter. It begins anew: what
// was typed from another document counts no more, except a birth date that stood
// in the opening query.
func (d *Desk) ChooseDocument(ctx context.Context, a domain.Actor, id domain.VisitID, kind domain.DocumentKind) error {
	_, release, err := d.identifying(ctx, a, id)
	if err != nil {
		return err
	}
	defer release()
	if kind < domain.IdentityCard || kind > domain.ForeignIdentityCard {
		return domain.Fail(domain.Invalid, domain.ReasonDocumentKind)
	}
	d.change(id, func(v *visit) {
		v.document = domain.DocumentSeen{Kind: kind}
		if v.representative == 0 {
			v.document.BirthDate = v.bornInQuery
		}
	})
	return nil
}

// BirthDate compares the birth date typed from the document.
func (d *Desk) BirthDate(ctx context.Context, a domain.Actor, id domain.VisitID, typed string) error {
	v, release, err := d.identifying(ctx, a, id)
	if err != nil {
		return err
	}
	defer release()
	candidates, err := date.ParseTyped(typed, d.today())
	if err != nil {
		return domain.Fail(domain.Invalid, domain.ReasonDateInvalid).WithField("birth_date")
	}
	m, known, err := d.bearer(ctx, v)
	if err != nil {
		return err
	}
	if err := d.bearerShown(ctx, v); err != nil {
		return err
	}
	right := confirms(candidates, m.BirthDate)
	if !known {
		right = d.ofAge(candidates)
	}
	d.change(id, func(v *visit) { v.document.BirthDate, v.document.Photo = time.Time{}, time.Time{} })
	if err := d.answer(ctx, v, right, domain.ReasonDocumentMismatch, true); err != nil {
		return err
	}
	d.change(id, func(v *visit) { v.document.BirthDate = d.Now() })
	return nil
}

// maxExpired is how often a visit may try an expired document before it counts as
// one that cannot be used.
const maxExpired = 3

// ValidUntil takes the document's last day as typed: month and year, or the
// whole date. An expired document is an error that can be typed again, which is
// journalled; ending on it is Refuse with ReasonDocumentExpired. In the month of
// expiry the day is needed: ReasonDayNeeded. A new answer asks for the photo anew.
func (d *Desk) ValidUntil(ctx context.Context, a domain.Actor, id domain.VisitID, typed string) error {
	v, release, err := d.identifying(ctx, a, id)
	if err != nil {
		return err
	}
	defer release()
	d.change(id, func(v *visit) { v.document.Validity, v.document.Photo = time.Time{}, time.Time{} })
	today := d.today()
	until, month, err := date.ParseExpiry(typed, today)
	switch {
	case err != nil:
		return domain.Fail(domain.Invalid, domain.ReasonDateInvalid).WithField("valid_until")
	case until < today:
		return d.expired(ctx, v, "valid_until")
	case month && until.Year() == today.Year() && until.Month() == today.Month():
		return domain.Fail(domain.Invalid, domain.ReasonDayNeeded).WithField("valid_until")
	}
	d.change(id, func(v *visit) { v.document.ValidUntil, v.document.Validity = until, d.Now() })
	return nil
}

// expired journals that an expired document was tried. The third one ends it.
func (d *Desk) expired(ctx context.Context, v visit, field string) error {
	if v.expired+1 >= maxExpired {
		return d.close(ctx, v, domain.ReasonDocumentExpired)
	}
	e := d.about(v, domain.ActRefused)
	e.Outcome, e.Reason = domain.Tried, domain.ReasonDocumentExpired
	if _, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}}); err != nil {
		return err
	}
	d.change(v.id, func(v *visit) { v.expired++ })
	return domain.Fail(domain.Refused, domain.ReasonDocumentExpired).WithField(field)
}

// Photo says whether the photo shows the person who stands there. With it the
// document is complete and becomes evidence; a no ends the identification, and
// this person cannot identify this member again for a day.
func (d *Desk) Photo(ctx context.Context, a domain.Actor, id domain.VisitID, same bool) error {
	v, release, err := d.identifying(ctx, a, id)
	if err != nil {
		return err
	}
	defer release()
	if !same {
		return d.close(ctx, v, domain.ReasonPhotoMismatch)
	}
	v.document.Photo = d.Now()
	e := d.about(v, domain.ActDocumentChecked)
	if !v.document.Complete(d.today()) {
		return d.refuse(ctx, e, domain.ReasonNotIdentified)
	}
	e.Assurance = rights.Document
	if _, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}}); err != nil {
		return err
	}
	d.change(id, func(now *visit) { now.document.Photo = v.document.Photo })
	return nil
}

// Card compares the last six digits of the Kennnummer, typed from the card. A
// blocked or expired card ends the identification; it is no typing error.
func (d *Desk) Card(ctx context.Context, a domain.Actor, id domain.VisitID, digits string) error {
	v, release, err := d.identifying(ctx, a, id)
	if err != nil {
		return err
	}
	defer release()
	if !sixDigits(digits) {
		return domain.Fail(domain.Invalid, domain.ReasonDigitsInvalid).WithField("card")
	}
	m, _, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return err
	}
	card, found := cardByDigits(m.Cards, digits)
	if found && !card.Usable(d.today()) {
		return d.close(ctx, v, unusable(card, d.today()))
	}
	if err := d.answer(ctx, v, found, domain.ReasonCardMismatch, false); err != nil {
		return err
	}
	return d.cardChecked(ctx, v, digits, cardWasTyped)
}

func unusable(c domain.Card, today date.Date) domain.Reason {
	if c.Status == domain.CardActive && c.Expired(today) {
		return domain.ReasonCardExpired
	}
	return domain.ReasonCardBlocked
}

// Refuse ends the identification of a visit with a deviation that the person at
// the counter names: an expired document, a wrong or missing card, somebody who
// comes for another, doubt. It is journalled and cannot be taken back in this
// visit.
func (d *Desk) Refuse(ctx context.Context, a domain.Actor, id domain.VisitID, why domain.Reason) error {
	v, release, err := d.seize(ctx, a, id)
	if err != nil {
		return err
	}
	defer release()
	switch why {
	case domain.ReasonDocumentExpired, domain.ReasonDocumentMismatch, domain.ReasonDocumentKind, domain.ReasonPhotoMismatch,
		domain.ReasonCardMismatch, domain.ReasonCardBlocked, domain.ReasonCardExpired, domain.ReasonCardMissing,
		domain.ReasonForSomeoneElse, domain.ReasonUnsure:
		return d.close(ctx, v, why)
	}
	return domain.Fail(domain.Internal, domain.ReasonInternal)
}

// close ends the identification, and with it a code that is on the screen. That
// a photo showed somebody else is remembered beyond the visit.
func (d *Desk) close(ctx context.Context, v visit, why domain.Reason) error {
	if err := d.shut(ctx, v, why); err != nil {
		return err
	}
	e := d.about(v, domain.ActIdentityRefused)
	if why != domain.ReasonPhotoMismatch {
		return d.refuse(ctx, e, why)
	}
	e.Outcome, e.Reason = domain.RefusedOutcome, why
	err := d.again(ctx, func() error {
		answers, rev, err := d.answers(ctx, v.member)
		if err != nil {
			return err
		}
		answers.Strangers = append(answers.Strangers, domain.Answer{Person: v.actor.Person, At: d.Now().Unix()})
		_, err = d.Writer.Commit(ctx, Change{
			Guards: []Guard{{answers.Ref(), rev}}, Put: []domain.Record{answers}, Entries: []domain.Entry{e},
		})
		return err
	})
	return domain.Fail(domain.Refused, why).WithCause(err)
}

// shut marks a visit's identification as ended; the first reason stays.
func (d *Desk) shut(ctx context.Context, v visit, why domain.Reason) error {
	d.change(v.id, func(v *visit) {
		if v.closed == "" {
			v.closed = why
		}
	})
	if v.shown == "" {
		return nil
	}
	e := d.about(v, domain.ActCodeRevoked)
	e.Operation, e.Reason = rights.RevokeCode, why
	if err := d.revoke(ctx, e, v.member, v.shown); err != nil {
		return err
	}
	d.change(v.id, func(v *visit) { v.shown = "" })
	return nil
}

// about starts an entry about the identification of a visit.
func (d *Desk) about(v visit, act domain.Act) domain.Entry {
	e := d.entry(v.actor, act, rights.HandOut)
	e.Member, e.Document = v.member, v.document.Kind
	e.Representative, e.Proof = v.representative, v.proof
	return e
}

// identifying seizes a visit whose identification is still open, on a channel on
// which documents exist.
func (d *Desk) identifying(ctx context.Context, a domain.Actor, id domain.VisitID) (v visit, release func(), err error) {
	v, release, err = d.seize(ctx, a, id)
	if err != nil {
		return v, nil, err
	}
	if err := d.mayIdentify(ctx, a, v); err != nil {
		release()
		return v, nil, err
	}
	return v, release, nil
}

func (d *Desk) mayIdentify(ctx context.Context, a domain.Actor, v visit) error {
	e := d.about(v, domain.ActRefused)
	if a.Channel != rights.Counter {
		return d.refuse(ctx, e, domain.ReasonChannelWrong)
	}
	if v.closed != "" {
		return d.refuse(ctx, e, v.closed)
	}
	if v.related {
		return d.refuse(ctx, e, domain.ReasonSecondRelated)
	}
	answers, _, err := d.answers(ctx, v.member)
	if err != nil {
		return err
	}
	if why := barred(answers, a.Person); why != "" {
		return d.refuse(ctx, e, why)
	}
	return nil
}

// barred says why a person cannot identify a member today, or nothing.
func barred(answers domain.Answers, p domain.PersonID) domain.Reason {
	switch {
	case domain.CountBy(answers.Strangers, p) > 0:
		return domain.ReasonPhotoMismatch
	case domain.CountBy(answers.Wrong, p) >= domain.MaxWrong:
		return domain.ReasonTooManyWrong
	}
	return ""
}

// answer commits a wrong answer before its verdict is told. The third within a
// day ends what this person can check about this member. told says that the fact
// is one that Reveal shows.
func (d *Desk) answer(ctx context.Context, v visit, right bool, why domain.Reason, told bool) error {
	return d.again(ctx, func() error {
		answers, rev, err := d.answers(ctx, v.member)
		if err != nil {
			return err
		}
		e := d.about(v, domain.ActRefused)
		if told && domain.CountBy(answers.Shown, v.actor.Person) > 0 {
			return d.refuse(ctx, e, domain.ReasonShownToYou)
		}
		if right {
			return nil
		}
		answers.Wrong = append(answers.Wrong, domain.Answer{Person: v.actor.Person, At: d.Now().Unix()})
		e.Outcome, e.Reason = domain.Tried, why
		if _, err := d.Writer.Commit(ctx, Change{
			Guards: []Guard{{answers.Ref(), rev}}, Put: []domain.Record{answers}, Entries: []domain.Entry{e},
		}); err != nil {
			return err
		}
		wrong := domain.CountBy(answers.Wrong, v.actor.Person)
		if wrong >= domain.MaxWrong {
			err := d.shut(ctx, v, domain.ReasonTooManyWrong)
			return domain.Fail(domain.Refused, domain.ReasonTooManyWrong).WithCause(err)
		}
		return domain.Fail(domain.Refused, why).WithCount(wrong, domain.MaxWrong)
	})
}

// answers reads what still counts today.
func (d *Desk) answers(ctx context.Context, m domain.MemberID) (domain.Answers, Rev, error) {
	answers, rev, err := d.Reader.Answers(ctx, m)
	if err != nil {
		return answers, rev, err
	}
	answers.Member = m
	return answers.Since(d.Now().Add(-domain.AnswerWindow).Unix()), rev, nil
}

func sixDigits(s string) bool {
	if len(s) != 6 {
		return false
	}
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}
