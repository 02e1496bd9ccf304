package desk

import (
	"context"
	"time"

	"schalter/domain"
	"schalter/domain/find"
	"schalter/domain/rights"
)

// maxFound is how many people one list shows.
const maxFound = 50

// minLetters is how many letters must be typed before a list shows names.
const minLetters = 3

// Limits of searches in an hour and by one person. A search by card digits, by
// postcode or by a birth date alone tells who has them; asked often enough it
// would answer for a member whom nobody sees.
const (
	maxNarrowAway    = 20 // on the phone and the command line
	maxNarrowCounter = 60
	// maxMissed is how many names with a whole birth date may find nobody until
	// a birth date in a search is no evidence any more, for a day.
	maxMissed = 5
)

// Found is one line of the list: enough to pick the right person, too little to
// answer for them.
type Found struct {
	Member domain.MemberID
	Masked Masked
	By     find.By
	// Lookalike: somebody else has the same name and birth day.
	Lookalike bool
}

// List is what a search shows.
type List struct {
	Found []Found
	Total int
	More  bool // there are more than Total
	Sound bool // nothing matched exactly; these sound alike
	Exact bool // the one hit was decided by a whole number
	// Loading: names are still being read into memory.
	Loading bool
	// Percent of them are while Loading.
	Percent int
	// TooShort: a name of fewer than three letters lists nobody.
	TooShort bool
	// Withheld: only Find answers this, because it is journalled and counted.
	Withheld bool
	Query    find.Query
}

// asked is the newest search of a seat: what was typed, and whom it found.
type asked struct {
	text  string
	query find.Query
	found []domain.MemberID
}

// Suggest lists members while somebody types. It is not journalled (opening is),
// and withholds what only a search on purpose may ask.
func (d *Desk) Suggest(ctx context.Context, a domain.Actor, text string) (List, error) {
	return d.find(ctx, a, text, false)
}

// Find searches on purpose: with Enter, by a scan, on the command line. Searches
// by card digits, by postcode or by a birth date alone are journalled and limited.
func (d *Desk) Find(ctx context.Context, a domain.Actor, text string) (List, error) {
	return d.find(ctx, a, text, true)
}

func (d *Desk) find(ctx context.Context, a domain.Actor, text string, onPurpose bool) (List, error) {
	q := settled(find.Parse(text, d.today()), a)
	list := List{Query: q}
	switch {
	case q.Empty():
		return list, nil
	case onlyShortNames(q):
		list.TooShort = true
		return list, nil
	case narrow(q) && !onPurpose:
		list.Withheld = true
		return list, nil
	}
	if err := d.mayFind(ctx, a, q); err != nil {
		return list, err
	}
	if err := d.list(ctx, a, &list); err != nil {
		return list, err
	}
	if list.Total == 0 && len(q.Names) > 0 && len(q.BirthDates) > 0 && !list.Loading {
		if err := d.again(ctx, func() error { return d.countMissed(ctx, a) }); err != nil {
			return list, err
		}
	}
	d.note(a, text, list)
	return list, nil
}

// settled decides what six digits mean that can be a birth date or the end of a
// card number: beside a name a birth date, on the phone never one.
func settled(q find.Query, a domain.Actor) find.Query {
	switch {
	case !q.Ambiguous:
	case a.Channel == rights.Phone:
		q.BirthDates, q.Ambiguous = nil, false
	case len(q.Names) > 0:
		q.CardDigits, q.Ambiguous = "", false
	}
	return q
}

// narrow reports whether a query asks who has a card number, a postcode or a
// birth date, instead of whether somebody named has them.
func narrow(q find.Query) bool {
	return q.Narrow() || len(q.BirthDates) > 0 && len(q.Names) == 0 && q.KVNR == "" && q.KVNRPart == ""
}

// list reads the people a query finds.
func (d *Desk) list(ctx context.Context, a domain.Actor, list *List) error {
	result, err := d.Searcher.Search(list.Query, maxFound)
	if err != nil {
		return err
	}
	list.Total, list.More, list.Sound = result.Total, result.More, result.Sound
	list.Exact, list.Loading, list.Percent = result.Exact, result.Loading, result.Percent
	for _, hit := range result.Hits {
		m, _, err := d.Reader.Member(ctx, domain.MemberID(hit.ID))
		if IsKind(err, domain.NotFound) {
			continue // erased between the search and the reading
		}
		if err != nil {
			return err
		}
		list.Found = append(list.Found, Found{Member: m.ID, Masked: d.mask(a, m), By: hit.By, Lookalike: hit.Lookalike})
	}
	return nil
}

// note remembers a seat's newest search: what it settled counts only for whoever
// is opened from it.
func (d *Desk) note(a domain.Actor, text string, list List) {
	asked := asked{text: text, query: list.Query}
	for _, f := range list.Found {
		asked.found = append(asked.found, f.Member)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked[seatOf(a)] = asked
}

func (d *Desk) mayFind(ctx context.Context, a domain.Actor, q find.Query) error {
	e := d.entry(a, domain.ActSearched, rights.Find)
	if _, err := d.permit(ctx, &e, a, rights.None, false); err != nil {
		return err
	}
	if a.Channel == rights.Phone && (len(q.BirthDates) > 0 || q.DayMonth > 0) {
		return d.refuse(ctx, e, domain.ReasonPhoneSearch)
	}
	if !narrow(q) {
		return nil
	}
	e.Operation = rights.FindNarrow
	return d.again(ctx, func() error { return d.countNarrow(ctx, a, e) })
}

// countNarrow journals a narrow search and counts it inside the same write.
func (d *Desk) countNarrow(ctx context.Context, a domain.Actor, e domain.Entry) error {
	tally, rev, err := d.tally(ctx, a)
	if err != nil {
		return err
	}
	most := maxNarrowAway
	if a.Channel == rights.Counter {
		most = maxNarrowCounter
	}
	if len(tally.Narrow) >= most {
		return d.refuse(ctx, e, domain.ReasonSearchRate)
	}
	tally.Narrow = append(tally.Narrow, d.Now().Unix())
	_, err = d.Writer.Commit(ctx, Change{
		Guards: []Guard{{tally.Ref(), rev}}, Put: []domain.Record{tally}, Entries: []domain.Entry{e},
	})
	return err
}

// countMissed counts a name with a birth date that nobody has.
func (d *Desk) countMissed(ctx context.Context, a domain.Actor) error {
	tally, rev, err := d.tally(ctx, a)
	if err != nil {
		return err
	}
	tally.Missed = append(tally.Missed, d.Now().Unix())
	change := Change{Guards: []Guard{{tally.Ref(), rev}}, Put: []domain.Record{tally}}
	if len(tally.Missed) == maxMissed {
		e := d.entry(a, domain.ActSearched, rights.Find)
		e.Outcome, e.Reason, e.Count = domain.Tried, domain.ReasonSearchRate, maxMissed
		change.Entries = []domain.Entry{e}
	}
	_, err = d.Writer.Commit(ctx, change)
	return err
}

// tally reads what still counts of what a person did.
func (d *Desk) tally(ctx context.Context, a domain.Actor) (domain.Tally, Rev, error) {
	tally, rev, err := d.Reader.Tally(ctx, a.Person)
	now := d.Now()
	tally.Person = a.Person
	tally.HandedOut = within(tally.HandedOut, now, 24*time.Hour)
	tally.Narrow = within(tally.Narrow, now, time.Hour)
	tally.Missed = within(tally.Missed, now, 24*time.Hour)
	return tally, rev, err
}

// within keeps the Unix times not older than span. Those of a future, under a
// clock that people have set back since, do not count for ever.
func within(times []int64, now time.Time, span time.Duration) []int64 {
	from, to := now.Add(-span).Unix(), now.Add(aheadSlack).Unix()
	var kept []int64
	for _, t := range times {
		if t > from && t <= to {
			kept = append(kept, t)
		}
	}
	return kept
}

func onlyShortNames(q find.Query) bool {
	letters := 0
	for _, t := range q.Names {
		letters += len(t.Narrow)
	}
	names := q.Names
	q.Names = nil
	return len(names) > 0 && letters < minLetters && q.Empty()
}

// Recent is somebody served at a seat today, told by initials only.
type Recent struct {
	Member   domain.MemberID
	Initials string // A. M.
	Last3    string // of the KVNR
	At       time.Time
}

// maxRecent is how many recent people a seat remembers.
const maxRecent = 5

// Recent lists whom this seat served today, newest first, for those who may
// search. It is kept in memory.
func (d *Desk) Recent(a domain.Actor) []Recent {
	if !MayFind(a) {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	today := d.today()
	var out []Recent
	for _, r := range d.recent[seatOf(a)] {
		if sameDay(r.At, today) {
			out = append(out, r)
		}
	}
	return out
}

func (d *Desk) remember(a domain.Actor, m domain.Member) {
	d.mu.Lock()
	defer d.mu.Unlock()
	seat := seatOf(a)
	list := []Recent{{Member: m.ID, Initials: initials(m.Name), Last3: m.KVNR.Last3(), At: d.Now()}}
	for _, r := range d.recent[seat] {
		if r.Member != m.ID && len(list) < maxRecent {
			list = append(list, r)
		}
	}
	d.recent[seat] = list
}

// seatOf names the seat in front of which an actor is. What is typed on the
// command line is at none of the counter's seats, whatever it says.
func seatOf(a domain.Actor) string { return a.Channel.String() + "\x00" + a.Branch + "\x00" + a.Seat }

// MayFind reports whether a person is offered the search at all.
func MayFind(a domain.Actor) bool {
	return rights.Decide(rights.Find, situation(a, rights.None, false)).Allowed
}
