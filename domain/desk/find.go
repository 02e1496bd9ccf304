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

// maxNarrow is how many searches by card digits or postcode one person may make
// in an hour away from the counter.
const maxNarrow = 20

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
	// TooShort: a name of fewer than three letters lists nobody.
	TooShort bool
	Query    find.Query
}

// Find searches members by what was typed. At the counter it is not journalled
// (opening is); elsewhere searches by card digits or postcode are, and limited.
func (d *Desk) Find(ctx context.Context, a domain.Actor, text string) (List, error) {
	q := find.Parse(text, d.today())
	list := List{Query: q}
	if err := d.mayFind(ctx, a, q); err != nil {
		return list, err
	}
	if q.Empty() {
		return list, nil
	}
	if onlyShortNames(q) {
		list.TooShort = true
		return list, nil
	}
	result, err := d.Searcher.Search(q, maxFound)
	if err != nil {
		return list, err
	}
	list.Total, list.More, list.Sound = result.Total, result.More, result.Sound
	list.Exact, list.Loading = result.Exact, result.Loading
	for _, hit := range result.Hits {
		m, _, err := d.Reader.Member(ctx, domain.MemberID(hit.ID))
		if IsKind(err, domain.NotFound) {
			continue // erased between the search and the reading
		}
		if err != nil {
			return list, err
		}
		list.Found = append(list.Found, Found{Member: m.ID, Masked: d.mask(a, m), By: hit.By, Lookalike: hit.Lookalike})
	}
	return list, nil
}

func (d *Desk) mayFind(ctx context.Context, a domain.Actor, q find.Query) error {
	e := d.entry(a, domain.ActSearched, rights.Find)
	if _, err := d.permit(ctx, &e, situation(a, rights.None, false)); err != nil {
		return err
	}
	if a.Channel == rights.Phone && (len(q.BirthDates) > 0 || q.DayMonth > 0) {
		return domain.Fail(domain.Refused, domain.ReasonPhoneSearch)
	}
	if !q.Narrow() || a.Channel == rights.Counter {
		return nil
	}
	e.Operation = rights.FindNarrow
	return d.again(ctx, func() error { return d.countNarrow(ctx, a, e) })
}

// countNarrow journals a narrow search and counts it inside the same write.
func (d *Desk) countNarrow(ctx context.Context, a domain.Actor, e domain.Entry) error {
	tally, rev, err := d.Reader.Tally(ctx, a.Staff)
	if err != nil {
		return err
	}
	now := d.Now()
	tally.Narrow = within(tally.Narrow, now, time.Hour)
	if len(tally.Narrow) >= maxNarrow {
		return d.refuse(ctx, e, domain.ReasonSearchRate)
	}
	tally.Staff = a.Staff
	tally.Narrow = append(tally.Narrow, now.Unix())
	_, err = d.Writer.Commit(ctx, Change{
		Guards: []Guard{{tally.Ref(), rev}}, Put: []domain.Record{tally}, Entries: []domain.Entry{e},
	})
	return err
}

// within keeps the Unix times not older than span; they are in order.
func within(times []int64, now time.Time, span time.Duration) []int64 {
	from := now.Add(-span).Unix()
	for i, t := range times {
		if t > from {
			return append([]int64(nil), times[i:]...)
		}
	}
	return nil
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

// Recent lists whom this seat served today, newest first. It is kept in memory.
func (d *Desk) Recent(a domain.Actor) []Recent {
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

func seatOf(a domain.Actor) string { return a.Branch + "\x00" + a.Seat }
