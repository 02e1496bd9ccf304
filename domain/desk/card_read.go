package desk

import (
	"context"
	"errors"
	"slices"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/egk"
	"schalter/domain/iccsn"
	"schalter/domain/ik"
	"schalter/domain/kvnr"
	"schalter/domain/name"
	"schalter/domain/rights"
)

// How a card was checked, as the journal says it.
const (
	cardWasTyped = "typed"
	cardWasRead  = "read"
)

// CardSeen is what a reader read off a health card at the seat. Nothing proves
// that the card is genuine: it is possession of the card that is on record, as
// the typed digits are, and no more.
type CardSeen struct {
	ICCSN     iccsn.ICCSN
	KVNR      kvnr.KVNR
	Insurer   ik.IK
	Name      domain.Name
	BirthDate date.Date
	// Address is empty on cards that do not have it.
	Address domain.Address
}

// Seen is what counts of a card for the desk.
func Seen(c egk.Card) CardSeen {
	n := c.Name
	return CardSeen{
		ICCSN: c.ICCSN, KVNR: c.KVNR, Insurer: c.Insurer.IK, BirthDate: c.BirthDate,
		Name: domain.Name{Title: n.Title, Given: n.Given, Prefix: n.Prefix, Surname: n.Surname, Suffix: n.Suffix},
		Address: domain.Address{
			Street: c.Address.Street, HouseNumber: c.Address.HouseNumber, Postcode: c.Address.Postcode, City: c.Address.City,
		},
	}
}

// CardVerdict says field by field whether a card agrees with the record. What
// either says is not in it: the record's values serve as checks.
type CardVerdict struct {
	// Why says why the card is no evidence; "" if it is.
	Why       domain.Reason
	Name      name.Verdict
	BirthDate Agreement
	Insurer   Agreement
	Address   Agreement
}

// Agreement says whether a field of a card agrees with the record.
type Agreement uint8

// The agreements.
const (
	// NotOnCard: the card does not have the field, or the record has nothing to
	// compare it with.
	NotOnCard Agreement = iota
	Agrees
	Differs
)

// OpenByCard begins a visit with the member whose card was put into the reader,
// as a search for their KVNR would, and checks the card. A card that is no
// evidence opens the record all the same; the verdict says why it is none.
//
// A card of somebody who is no member is ReasonCardForeign if another insurer
// issued it, else ReasonCardUnknown.
func (d *Desk) OpenByCard(ctx context.Context, a domain.Actor, seen CardSeen) (domain.VisitID, CardVerdict, error) {
	m, err := d.cardHolder(ctx, a, seen)
	if err != nil {
		return domain.VisitID{}, CardVerdict{}, err
	}
	id, err := d.Open(ctx, a, Opening{Member: m})
	if err != nil {
		return domain.VisitID{}, CardVerdict{}, err
	}
	// Nobody has begun to identify anybody: a card that has been replaced may be
	// the wrong one of two, and is told, not held against the visit.
	verdict, err := d.checkCard(ctx, a, id, seen, false)
	if verdict.Why != "" {
		err = nil
	}
	return id, verdict, err
}

// cardHolder finds whose card was read.
func (d *Desk) cardHolder(ctx context.Context, a domain.Actor, seen CardSeen) (domain.MemberID, error) {
	e := d.entry(a, domain.ActSearched, rights.Find)
	if a.Channel != rights.Counter {
		return 0, d.refuse(ctx, e, domain.ReasonChannelWrong)
	}
	if _, err := d.permit(ctx, &e, a, rights.None, false); err != nil {
		return 0, err
	}
	m, _, err := d.Reader.MemberByKVNR(ctx, seen.KVNR)
	if !IsKind(err, domain.NotFound) {
		return m.ID, err
	}
	settings, _, err := d.Reader.Settings(ctx)
	if err != nil {
		return 0, err
	}
	why := domain.ReasonCardUnknown
	if seen.Insurer != settings.IK {
		why = domain.ReasonCardForeign
	}
	// The journal says that a card was read and led nowhere; not which one.
	e.Outcome, e.Reason, e.Object = domain.RefusedOutcome, why, cardWasRead
	if _, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}}); err != nil {
		return 0, err
	}
	return 0, domain.Fail(domain.NotFound, why)
}

// CardRead checks a card that was put into the reader during an identification,
// instead of typed digits. A blocked or expired card ends the identification. A
// card of somebody else is refused and not counted: it says nothing about this
// member that the reader did not say about the other. A card of this member that
// is not on record counts as a wrong answer.
//
// What was revealed of the member does not matter: the digits of cards are never
// revealed, and what is read is not known but held.
func (d *Desk) CardRead(ctx context.Context, a domain.Actor, id domain.VisitID, seen CardSeen) (CardVerdict, error) {
	return d.checkCard(ctx, a, id, seen, true)
}

// checkCard compares a card with the record of a visit, and makes it evidence if
// it is the member's. Once an identification has begun, a card that is not is held
// against the visit.
func (d *Desk) checkCard(ctx context.Context, a domain.Actor, id domain.VisitID, seen CardSeen, begun bool) (verdict CardVerdict, err error) {
	v, release, err := d.identifying(ctx, a, id)
	if err != nil {
		return CardVerdict{Why: reasonOf(err)}, err
	}
	defer release()
	m, _, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return CardVerdict{}, err
	}
	if m.KVNR != seen.KVNR {
		return CardVerdict{Why: domain.ReasonCardOther}, d.refuseCard(ctx, v, domain.ReasonCardOther)
	}
	verdict, err = d.compareCard(ctx, m, seen)
	if err != nil {
		return CardVerdict{}, err
	}
	defer func() { d.change(id, func(v *visit) { v.verdict = &verdict }) }()
	card, onRecord := cardByICCSN(m.Cards, seen.ICCSN)
	if onRecord && !card.Usable(d.today()) {
		verdict.Why = unusable(card, d.today())
		if !begun {
			return verdict, d.refuseCard(ctx, v, verdict.Why)
		}
		return verdict, d.close(ctx, v, verdict.Why)
	}
	if err := d.known(ctx, v, seen.ICCSN, onRecord, begun); err != nil {
		verdict.Why = reasonOf(err)
		return verdict, err
	}
	return verdict, d.cardChecked(ctx, v, string(card.ICCSN), cardWasRead)
}

// known counts a card that is not on record as a wrong answer: once for each
// number, and only if an identification has begun.
func (d *Desk) known(ctx context.Context, v visit, n iccsn.ICCSN, onRecord, begun bool) error {
	if !onRecord && (!begun || slices.Contains(v.unknownCards, n)) {
		return d.refuseCard(ctx, v, domain.ReasonCardSuperseded)
	}
	if !onRecord {
		d.change(v.id, func(v *visit) { v.unknownCards = append(v.unknownCards, n) })
	}
	return d.answer(ctx, v, onRecord, domain.ReasonCardSuperseded, false)
}

// cardChecked journals a card as evidence, with how it was checked, and keeps
// which one it was.
func (d *Desk) cardChecked(ctx context.Context, v visit, digits, how string) error {
	e := d.about(v, domain.ActCardChecked)
	e.Object = how
	if _, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}}); err != nil {
		return err
	}
	d.change(v.id, func(v *visit) { v.card, v.carded, v.cardRead = digits, d.Now(), how == cardWasRead })
	return nil
}

// refuseCard journals that a card is no evidence; the identification goes on.
func (d *Desk) refuseCard(ctx context.Context, v visit, why domain.Reason) error {
	e := d.about(v, domain.ActRefused)
	e.Object = cardWasRead
	return d.refuse(ctx, e, why)
}

// compareCard compares everything but the number. Differences are for people to
// judge: nobody updates a card after its issue, and the record decides.
func (d *Desk) compareCard(ctx context.Context, m domain.Member, seen CardSeen) (CardVerdict, error) {
	settings, _, err := d.Reader.Settings(ctx)
	n := seen.Name
	return CardVerdict{
		Name:      name.CompareMRZ(name.Person(m.Name), name.MRZ(n.Prefix+" "+n.Surname), name.MRZ(n.Given)),
		BirthDate: compared(m.BirthDate, seen.BirthDate),
		Insurer:   compared(settings.IK, seen.Insurer),
		Address:   compared(addressWords(m.Address), addressWords(seen.Address)),
	}, err
}

// addressWords is what of an address is compared, in one spelling.
func addressWords(a domain.Address) string {
	words, _ := name.Fold(a.Postcode + " " + a.Street + " " + a.HouseNumber)
	return words
}

// compared says whether two values agree; the zero value of either is none.
func compared[T comparable](record, card T) Agreement {
	var none T
	switch {
	case record == none || card == none:
		return NotOnCard
	case record == card:
		return Agrees
	}
	return Differs
}

// reasonOf is the reason of a refusal; "" for any other error.
func reasonOf(err error) domain.Reason {
	var e *domain.Error
	if errors.As(err, &e) && e.Kind == domain.Refused {
		return e.Reason
	}
	return ""
}

// cardByICCSN finds the card of that whole number.
func cardByICCSN(cards []domain.Card, n iccsn.ICCSN) (domain.Card, bool) {
	for _, c := range cards {
		if n.Valid() && c.ICCSN == n {
			return c, true
		}
	}
	return domain.Card{}, false
}
