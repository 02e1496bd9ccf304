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
	if _, err := d.identifying(ctx, a, id); err != nil {
		return err
	}
	if kind < domain.IdentityCard || kind > domain.ForeignIdentityCard {
		return domain.Fail(domain.Invalid, domain.ReasonDocumentKind)
	}
	d.change(id, func(v *visit) {
		v.document = domain.DocumentSeen{Kind: kind, BirthDate: v.bornInQuery}
		v.seen = time.Time{}
	})
	return nil
}

// BirthDate compares the birth date typed from the document.
func (d *Desk) BirthDate(ctx context.Context, a domain.Actor, id domain.VisitID, typed string) error {
	v, err := d.identifying(ctx, a, id)
	if err != nil {
		return err
	}
	candidates, err := date.ParseTyped(typed, d.today())
	if err != nil {
		return domain.Fail(domain.Invalid, domain.ReasonDateInvalid).WithField("birth_date")
	}
	m, _, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return err
	}
	right := false
	for _, c := range candidates {
		right = right || c.Confirms(m.BirthDate)
	}
	if err := d.answer(ctx, v, right, domain.ReasonDocumentMismatch, true); err != nil {
		return err
	}
	d.change(id, func(v *visit) { v.document.BirthDate = true })
	return nil
}

// ValidUntil takes the document's last day as typed: month and year, or the
// whole date. An expired document is an error that can be typed again; ending on
// it is Refuse with ReasonDocumentExpired. In the month of expiry the day is
// needed: ReasonDayNeeded.
func (d *Desk) ValidUntil(ctx context.Context, a domain.Actor, id domain.VisitID, typed string) error {
	v, err := d.identifying(ctx, a, id)
	if err != nil {
		return err
	}
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
	d.change(id, func(v *visit) { v.document.ValidUntil = until })
	return nil
}

// expired journals that an expired document was tried, also when it is typed
// again afterwards.
func (d *Desk) expired(ctx context.Context, v visit, field string) error {
	e := d.entry(v.actor, domain.ActRefused, rights.HandOut)
	e.Member, e.Document, e.Outcome, e.Reason = v.member, v.document.Kind, domain.Tried, domain.ReasonDocumentExpired
	if _, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}}); err != nil {
		return err
	}
	return domain.Fail(domain.Refused, domain.ReasonDocumentExpired).WithField(field)
}

// Photo says whether the photo shows the person who stands there. With it the
// document is complete and becomes evidence; a no ends the identification.
func (d *Desk) Photo(ctx context.Context, a domain.Actor, id domain.VisitID, same bool) error {
	v, err := d.identifying(ctx, a, id)
	if err != nil {
		return err
	}
	if !same {
		return d.Refuse(ctx, a, id, domain.ReasonPhotoMismatch)
	}
	v.document.Photo = true
	if !v.document.Complete(d.today()) {
		return domain.Fail(domain.Refused, domain.ReasonNotIdentified)
	}
	e := d.entry(a, domain.ActDocumentChecked, rights.Open)
	e.Member, e.Document, e.Assurance = v.member, v.document.Kind, rights.Document
	if _, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}}); err != nil {
		return err
	}
	d.change(id, func(v *visit) { v.document.Photo, v.seen = true, d.Now() })
	return nil
}

// Card compares the last six digits of the Kennnummer, typed from the card. A
// blocked or expired card ends the identification; it is no typing error.
func (d *Desk) Card(ctx context.Context, a domain.Actor, id domain.VisitID, digits string) error {
	v, err := d.identifying(ctx, a, id)
	if err != nil {
		return err
	}
	if !sixDigits(digits) {
		return domain.Fail(domain.Invalid, domain.ReasonDigitsInvalid).WithField("card")
	}
	m, _, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return err
	}
	card, found := cardByDigits(m.Cards, digits)
	if found && !card.Usable(d.today()) {
		return d.Refuse(ctx, a, id, unusable(card, d.today()))
	}
	if err := d.answer(ctx, v, found, domain.ReasonCardMismatch, false); err != nil {
		return err
	}
	e := d.entry(a, domain.ActCardChecked, rights.Open)
	e.Member, e.Assurance = v.member, rights.Full
	if _, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}}); err != nil {
		return err
	}
	d.change(id, func(v *visit) { v.card, v.carded = digits, d.Now() })
	return nil
}

func unusable(c domain.Card, today date.Date) domain.Reason {
	if c.Status == domain.CardActive && c.Expired(today) {
		return domain.ReasonCardExpired
	}
	return domain.ReasonCardBlocked
}

// Refuse ends the identification of a visit with a deviation: a document that
// has expired, a wrong card, somebody who comes for another, doubt. It is
// journalled and cannot be taken back in this visit.
func (d *Desk) Refuse(ctx context.Context, a domain.Actor, id domain.VisitID, why domain.Reason) error {
	v, err := d.visit(a, id)
	if err != nil {
		return err
	}
	d.change(id, func(v *visit) { v.closed = why })
	e := d.entry(a, domain.ActIdentityRefused, rights.HandOut)
	e.Member, e.Document = v.member, v.document.Kind
	return d.refuse(ctx, e, why)
}

// identifying returns a visit whose identification is still open, on a channel
// on which documents exist.
func (d *Desk) identifying(ctx context.Context, a domain.Actor, id domain.VisitID) (visit, error) {
	v, err := d.visit(a, id)
	if err != nil {
		return v, err
	}
	if a.Channel != rights.Counter {
		return v, domain.Fail(domain.Refused, domain.ReasonChannelWrong)
	}
	if v.closed != "" {
		return v, domain.Fail(domain.Refused, v.closed)
	}
	answers, _, err := d.answers(ctx, v.member)
	if err != nil {
		return v, err
	}
	if domain.CountBy(answers.Wrong, a.Person) >= domain.MaxWrong {
		return v, domain.Fail(domain.Refused, domain.ReasonTooManyWrong)
	}
	return v, nil
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
		if told && domain.CountBy(answers.Shown, v.actor.Person) > 0 {
			return domain.Fail(domain.Refused, domain.ReasonShownToYou)
		}
		if right {
			return nil
		}
		answers.Wrong = append(answers.Wrong, domain.Answer{Person: v.actor.Person, At: d.Now().Unix()})
		e := d.entry(v.actor, domain.ActRefused, rights.HandOut)
		e.Member, e.Document, e.Outcome, e.Reason = v.member, v.document.Kind, domain.Tried, why
		if _, err := d.Writer.Commit(ctx, Change{
			Guards: []Guard{{answers.Ref(), rev}}, Put: []domain.Record{answers}, Entries: []domain.Entry{e},
		}); err != nil {
			return err
		}
		wrong := domain.CountBy(answers.Wrong, v.actor.Person)
		if wrong >= domain.MaxWrong {
			d.change(v.id, func(v *visit) { v.closed = domain.ReasonTooManyWrong })
			return domain.Fail(domain.Refused, domain.ReasonTooManyWrong)
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
