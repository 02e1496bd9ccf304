package desk

import (
	"context"
	"errors"
	"slices"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/date"
	"schalter/domain/find"
	"schalter/domain/kvnr"
	"schalter/domain/rights"
)

// Opening says which record to open, and the text of the one query that led to
// it.
type Opening struct {
	Member domain.MemberID
	// Query is what stood in the search field. At the counter a birth date or
	// card digits in it were read off the papers before anything was shown, so
	// they count as typed blind.
	Query string
}

// Open begins a visit with a member and journals it.
func (d *Desk) Open(ctx context.Context, a domain.Actor, o Opening) (domain.VisitID, error) {
	m, _, err := d.Reader.Member(ctx, o.Member)
	if err != nil {
		return domain.VisitID{}, err
	}
	e := d.entry(a, domain.ActOpened, rights.Open)
	e.Member = m.ID
	if _, err := d.permit(ctx, &e, a, rights.None, m.Ended(d.today())); err != nil {
		return domain.VisitID{}, err
	}
	agreed, err := d.ownRecord(ctx, a, e, m)
	if err != nil {
		return domain.VisitID{}, err
	}
	v, err := d.begin(ctx, a, m.ID)
	if err != nil {
		return domain.VisitID{}, err
	}
	var change Change
	if agreed != nil {
		e.Operation = rights.OpenRelated
		agreed.use(&change, &e, d.Now())
		d.change(v.id, func(v *visit) { v.related = true })
	}
	change.Entries, err = d.typedInSearch(ctx, v, m, o.Query, e)
	if err == nil {
		_, err = d.Writer.Commit(ctx, change)
	}
	if err != nil {
		return domain.VisitID{}, errors.Join(err, d.EndVisit(ctx, a, v.id))
	}
	d.remember(a, m)
	return v.id, nil
}

// ownRecord refuses a person, with whichever login, their own record and those of
// their relatives, unless a second person has agreed to it.
func (d *Desk) ownRecord(ctx context.Context, a domain.Actor, e domain.Entry, m domain.Member) (*consent, error) {
	related, err := d.related(ctx, a.Person, m.KVNR)
	if err != nil || !related {
		return nil, err
	}
	e.Operation, e.Act = rights.OpenRelated, domain.ActRefused
	agreed, err := d.consent(ctx, a, domain.Wish{Operation: rights.OpenRelated, Member: m.ID})
	if err == nil && agreed == nil {
		return nil, d.refuse(ctx, e, domain.ReasonSecondRelated)
	}
	return agreed, err
}

// notRelated refuses a person their own record and those of their relatives.
func (d *Desk) notRelated(ctx context.Context, a domain.Actor, e domain.Entry, n kvnr.KVNR) error {
	related, err := d.related(ctx, a.Person, n)
	if err != nil || !related {
		return err
	}
	e.Operation, e.Act = rights.OpenRelated, domain.ActRefused
	return d.refuse(ctx, e, domain.ReasonSecondRelated)
}

// related reports whether a KVNR is a person's own or a relative's.
func (d *Desk) related(ctx context.Context, p domain.PersonID, n kvnr.KVNR) (bool, error) {
	found, mine := false, d.Reader.Lookup(n)
	for s, err := range d.Reader.AllStaff(ctx) {
		if err != nil {
			return false, err
		}
		found = found || s.Person == p && slices.Contains(s.Related, mine)
	}
	return found, nil
}

// typedInSearch takes over what the opening query settled, and returns the
// entries of the opening. It must be the newest search of the seat, on purpose or
// as typed, and have found this member. A birth date beside a name was typed
// before anybody's was shown; card digits alone were read off a card before
// anybody was named.
func (d *Desk) typedInSearch(ctx context.Context, v *visit, m domain.Member, text string, opened domain.Entry) ([]domain.Entry, error) {
	entries := []domain.Entry{opened}
	d.mu.Lock()
	last := d.asked[seatOf(v.actor)]
	delete(d.asked, seatOf(v.actor))
	d.mu.Unlock()
	if v.actor.Channel != rights.Counter || last.text != text || !slices.Contains(last.found, m.ID) {
		return entries, nil
	}
	counts, err := d.counts(ctx, v.actor, m.ID)
	if err != nil {
		return nil, err
	}
	q, now := last.query, d.Now()
	born := counts && len(q.Names) > 0 && slices.ContainsFunc(q.BirthDates, func(typed date.Date) bool {
		return typed.Confirms(m.BirthDate)
	})
	card, found := cardByDigits(m.Cards, q.CardDigits)
	carded := found && len(q.Names) == 0 && card.Usable(d.today())
	d.change(v.id, func(v *visit) {
		if born {
			v.bornInQuery, v.document.BirthDate = now, now
		}
		if carded {
			v.card, v.carded = card.ICCSN.Last6(), now
		}
	})
	if carded {
		checked := d.about(*v, domain.ActCardChecked)
		checked.Object = cardWasTyped
		entries = append(entries, checked)
	}
	return entries, nil
}

// counts reports whether a birth date that this person typed in a search counts:
// they were not shown this member's, and have not been guessing.
func (d *Desk) counts(ctx context.Context, a domain.Actor, m domain.MemberID) (bool, error) {
	answers, _, err := d.answers(ctx, m)
	if err != nil {
		return false, err
	}
	tally, _, err := d.tally(ctx, a)
	return domain.CountBy(answers.Shown, a.Person) == 0 && len(tally.Missed) < maxMissed, err
}

// cardByDigits finds the card that ends in, or is, the digits.
func cardByDigits(cards []domain.Card, digits string) (domain.Card, bool) {
	for _, c := range cards {
		if digits != "" && (c.ICCSN.Last6() == digits || string(c.ICCSN) == digits) {
			return c, true
		}
	}
	return domain.Card{}, false
}

// View is what the member page shows.
type View struct {
	Visit     domain.VisitID
	Member    domain.MemberID
	Masked    Masked
	Lookalike bool
	Assurance rights.Assurance
	// BirthKnown and CardKnown: the opening query settled them.
	BirthKnown, CardKnown bool
	// CardRead: the card that is known was read, not typed. Card is how the newest
	// card that was read compares with the record; nil before one was.
	CardRead bool
	Card     *CardVerdict
	// Until is when the evidence expires; zero without evidence.
	Until time.Time
	// Second says why a code would need a second person today; empty if it would
	// not, or if none can be handed out anyway.
	Second domain.Reason
	// Representative acts for the member; 0: nobody does.
	Representative domain.Representative
	// Closed says why identification ended in this visit; empty while open.
	Closed  domain.Reason
	Code    CodeView
	Cases   []domain.CaseLine
	Actions []Action
}

// Action is something the member page can offer, and why not if it cannot.
type Action struct {
	Operation rights.Operation
	Allowed   bool
	Why       domain.Reason
}

// CodeView is the newest activation code as staff see it: never the code.
type CodeView struct {
	Case         code.Case
	State        domain.CodeState // 0: there never was one
	ExpiresAt    time.Time
	HandedOverAt time.Time
	EndedAt      time.Time
}

// maxCases is how many recent cases the member page reads.
const maxCases = 8

// View reads what the member page shows.
func (d *Desk) View(ctx context.Context, a domain.Actor, id domain.VisitID) (View, error) {
	v, err := d.visit(ctx, a, id)
	if err != nil {
		return View{}, err
	}
	m, _, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return View{}, err
	}
	codes, err := d.expire(ctx, a, m.ID)
	if err != nil {
		return View{}, err
	}
	cases, err := d.Reader.Cases(ctx, m.ID, maxCases)
	if err != nil {
		return View{}, err
	}
	now := d.Now()
	view := View{
		Visit: id, Member: m.ID, Masked: d.mask(a, m), Lookalike: d.lookalike(m),
		Assurance: v.assurance(now), BirthKnown: fresh(v.bornInQuery, now), CardKnown: fresh(v.carded, now),
		CardRead: v.cardRead, Card: v.verdict,
		Closed: v.closed, Representative: v.representative, Code: codeView(codes, d.latest()), Cases: cases,
	}
	if since := v.document.Since(); view.Assurance > rights.ByPhone {
		view.Until = since.Add(domain.EvidenceLife)
	} else if view.Assurance == rights.ByPhone {
		view.Until = v.phoned.Add(domain.EvidenceLife)
	}
	view.Actions = actions(a, view)
	if view.Second, err = d.foresee(ctx, a, v, m, codes, view); err != nil {
		return View{}, err
	}
	return view, nil
}

// lookalike reports whether somebody else has the same name and birth day.
func (d *Desk) lookalike(m domain.Member) bool {
	result, err := d.Searcher.Search(find.Query{KVNR: m.KVNR}, 1)
	return err == nil && len(result.Hits) == 1 && result.Hits[0].Lookalike
}

func codeView(codes domain.Codes, now time.Time) CodeView {
	if len(codes.List) == 0 {
		return CodeView{}
	}
	c := codes.List[len(codes.List)-1]
	return CodeView{
		Case: c.Case, State: c.StateAt(now), ExpiresAt: c.ExpiresAt,
		HandedOverAt: c.HandedOverAt, EndedAt: c.EndedAt,
	}
}

// fresh reports whether a fact of that time still counts.
func fresh(t, now time.Time) bool { return !t.IsZero() && now.Sub(t) <= domain.EvidenceLife }

// actions are the operations of the member page, decided by the table for what
// the evidence adds up to now.
func actions(a domain.Actor, v View) []Action {
	var out []Action
	for _, op := range []rights.Operation{rights.HandOut, rights.RevokeCode, rights.Reveal, rights.EnterBooklet, rights.CheckRegistration} {
		decision := rights.Decide(op, situation(a, v.Assurance, v.Masked.Ended))
		action := Action{Operation: op, Allowed: decision.Allowed, Why: domain.Reason(decision.Why)}
		if op == rights.HandOut && v.Masked.Under15 && v.Representative == 0 && evidenceOnly(decision) {
			action.Allowed, action.Why = false, domain.ReasonChildUnder15
		}
		if op == rights.RevokeCode && v.Code.State != domain.CodeLive && action.Allowed {
			action.Allowed, action.Why = false, domain.ReasonNoLiveCode
		}
		out = append(out, action)
	}
	return out
}

// foresee tells before the papers are looked at why a code would be refused for
// want of a second person. Issue decides it anew.
func (d *Desk) foresee(ctx context.Context, a domain.Actor, served visit, m domain.Member, codes domain.Codes, v View) (domain.Reason, error) {
	decision := rights.Decide(rights.HandOut, situation(a, v.Assurance, v.Masked.Ended))
	if !evidenceOnly(decision) || v.Masked.Under15 && v.Representative == 0 {
		return "", nil
	}
	settings, _, err := d.Reader.Settings(ctx)
	if err != nil {
		return "", err
	}
	tally, _, err := d.Reader.Tally(ctx, a.Person)
	return d.needsSecond(served, m, codes, tally, settings, d.Now()), err
}

// evidenceOnly reports whether nothing but evidence stands against an operation.
func evidenceOnly(d rights.Decision) bool {
	return d.Allowed || d.Why == rights.NotIdentified || d.Why == rights.NoFullAssurance
}

// Revealed is the personal data that an identified member may hear.
type Revealed struct {
	KVNR      kvnr.KVNR
	BirthDate date.Date
	Address   domain.Address
	Contact   domain.Contact
	Insurance domain.Insurance
	// Cards come without their last six digits: those serve as a check.
	Cards []CardView
}

// CardView is a card as it may be shown.
type CardView struct {
	Status  domain.CardStatus
	State   CardState
	ValidTo date.Date
}

// Reveal shows a member's data; it is journalled, and the screen hides it again
// after twenty seconds.
func (d *Desk) Reveal(ctx context.Context, a domain.Actor, id domain.VisitID) (Revealed, error) {
	v, err := d.visit(ctx, a, id)
	if err != nil {
		return Revealed{}, err
	}
	m, _, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return Revealed{}, err
	}
	e := d.entry(a, domain.ActRevealed, rights.Reveal)
	e.Member = m.ID
	if _, err := d.permit(ctx, &e, a, v.assurance(d.Now()), m.Ended(d.today())); err != nil {
		return Revealed{}, err
	}
	if err := d.again(ctx, func() error { return d.noteShown(ctx, a, e) }); err != nil {
		return Revealed{}, err
	}
	shown := Revealed{KVNR: m.KVNR, BirthDate: m.BirthDate, Address: m.Address, Contact: m.Contact, Insurance: m.Insurance}
	for _, c := range m.Cards {
		shown.Cards = append(shown.Cards, CardView{Status: c.Status, State: stateOf(c, d.today()), ValidTo: c.ValidTo})
	}
	return shown, nil
}

// noteShown journals the reveal and remembers that this person cannot bring the
// member's birth date as evidence for a while; nor that of others who were shown
// with them.
func (d *Desk) noteShown(ctx context.Context, a domain.Actor, e domain.Entry, others ...domain.MemberID) error {
	change := Change{Entries: []domain.Entry{e}}
	for _, m := range append([]domain.MemberID{e.Member}, others...) {
		answers, rev, err := d.answers(ctx, m)
		if err != nil {
			return err
		}
		answers.Shown = append(answers.Shown, domain.Answer{Person: a.Person, At: e.At.Unix()})
		change.Guards = append(change.Guards, Guard{answers.Ref(), rev})
		change.Put = append(change.Put, answers)
	}
	_, err := d.Writer.Commit(ctx, change)
	return err
}
