package desk

import (
	"context"
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
	if _, err := d.permit(ctx, &e, situation(a, rights.None, m.Ended(d.today()))); err != nil {
		return domain.VisitID{}, err
	}
	if err := d.notRelated(ctx, a, e, m.KVNR); err != nil {
		return domain.VisitID{}, err
	}
	if _, err := d.Writer.Commit(ctx, Change{Entries: []domain.Entry{e}}); err != nil {
		return domain.VisitID{}, err
	}
	v, err := d.begin(a, m.ID)
	if err != nil {
		return domain.VisitID{}, err
	}
	if err := d.typedInSearch(ctx, v, m, o.Query); err != nil {
		return domain.VisitID{}, err
	}
	d.remember(a, m)
	return v.id, nil
}

// notRelated refuses a person their own record and those of their relatives:
// these need a second person.
func (d *Desk) notRelated(ctx context.Context, a domain.Actor, e domain.Entry, n kvnr.KVNR) error {
	staff, _, err := d.Reader.Staff(ctx, a.Staff)
	if err != nil {
		return err
	}
	if !slices.Contains(staff.Related, d.Reader.Lookup(n)) {
		return nil
	}
	e.Operation, e.Act = rights.OpenRelated, domain.ActRefused
	return d.refuse(ctx, e, domain.ReasonSecondRelated)
}

// typedInSearch takes over what the opening query already matched.
func (d *Desk) typedInSearch(ctx context.Context, v *visit, m domain.Member, text string) error {
	if v.actor.Channel != rights.Counter {
		return nil
	}
	answers, _, err := d.answers(ctx, m.ID)
	if err != nil {
		return err
	}
	q := find.Parse(text, d.today())
	fresh := domain.CountBy(answers.Shown, v.actor.Person) == 0
	card, found := cardByDigits(m.Cards, q.CardDigits)
	d.change(v.id, func(v *visit) {
		v.bornInQuery = fresh && slices.ContainsFunc(q.BirthDates, func(typed date.Date) bool {
			return typed.Confirms(m.BirthDate)
		})
		v.document.BirthDate = v.bornInQuery
		if found && card.Usable(d.today()) {
			v.card, v.carded = card.ICCSN.Last6(), d.Now()
		}
	})
	return nil
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
	// Until is when the evidence expires; zero without evidence.
	Until time.Time
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
	v, err := d.visit(a, id)
	if err != nil {
		return View{}, err
	}
	m, _, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return View{}, err
	}
	codes, _, err := d.Reader.Codes(ctx, m.ID)
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
		Assurance: v.assurance(now), BirthKnown: v.document.BirthDate, CardKnown: !v.carded.IsZero(),
		Closed: v.closed, Code: codeView(codes, now), Cases: cases,
	}
	if view.Assurance > rights.None {
		view.Until = v.seen.Add(domain.EvidenceLife)
	}
	view.Actions = actions(a, view, now)
	return view, nil
}

// lookalike reports whether somebody else has the same name and birth day.
func (d *Desk) lookalike(m domain.Member) bool {
	q := find.Parse(firstWord(m.Name.Given)+" "+m.Name.Surname, d.today())
	q.DayMonth = m.BirthDate.Month()*100 + m.BirthDate.Day()
	result, err := d.Searcher.Search(q, 2)
	return err == nil && !result.Sound && result.Total > 1
}

func firstWord(s string) string {
	for i, r := range s {
		if r == ' ' || r == '-' {
			return s[:i]
		}
	}
	return s
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

// actions are the operations of the member page, decided by the table for what
// the evidence adds up to now.
func actions(a domain.Actor, v View, now time.Time) []Action {
	var out []Action
	for _, op := range []rights.Operation{rights.HandOut, rights.RevokeCode, rights.Reveal} {
		decision := rights.Decide(op, situation(a, v.Assurance, v.Masked.Ended))
		action := Action{Operation: op, Allowed: decision.Allowed, Why: domain.Reason(decision.Why)}
		if op == rights.RevokeCode && v.Code.State != domain.CodeLive && action.Allowed {
			action.Allowed, action.Why = false, domain.ReasonNoLiveCode
		}
		out = append(out, action)
	}
	return out
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
	v, err := d.visit(a, id)
	if err != nil {
		return Revealed{}, err
	}
	m, _, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return Revealed{}, err
	}
	e := d.entry(a, domain.ActRevealed, rights.Reveal)
	e.Member = m.ID
	if _, err := d.permit(ctx, &e, situation(a, v.assurance(d.Now()), m.Ended(d.today()))); err != nil {
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
// member's birth date as evidence for a while.
func (d *Desk) noteShown(ctx context.Context, a domain.Actor, e domain.Entry) error {
	answers, rev, err := d.answers(ctx, e.Member)
	if err != nil {
		return err
	}
	answers.Shown = append(answers.Shown, domain.Answer{Person: a.Person, At: e.At.Unix()})
	_, err = d.Writer.Commit(ctx, Change{
		Guards: []Guard{{answers.Ref(), rev}}, Put: []domain.Record{answers}, Entries: []domain.Entry{e},
	})
	return err
}
