package desk

import (
	"context"
	"hash/maphash"
	"iter"
	"reflect"
	"slices"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/rights"
)

// Incoming is one member of an import file.
type Incoming struct {
	Line   int
	Member domain.Member
	// Over lays what the line says over the stored record of the same member; nil
	// if Member is the whole record.
	Over func(old domain.Member) domain.Member
}

// over is the record as the line wants it, were nothing known here against it.
func (in Incoming) over(old domain.Member) domain.Member {
	if in.Over == nil {
		return in.Member
	}
	return in.Over(old)
}

// Conflict is a line of an import that met something this counter knows better,
// or that the file itself says otherwise.
type Conflict struct {
	Line int
	What ConflictKind
}

// ConflictKind says what was kept against the line.
type ConflictKind string

// The conflicts.
const (
	KeptBlockedCard ConflictKind = "kept_blocked_card"
	KeptDeceased    ConflictKind = "kept_deceased"
	// RepeatedKVNR: an earlier line of the file has the same KVNR and says
	// something else of the person. The later line is not imported.
	RepeatedKVNR ConflictKind = "repeated_kvnr"
)

// AllConflictKinds lists every kind.
func AllConflictKinds() []ConflictKind {
	return []ConflictKind{KeptBlockedCard, KeptDeceased, RepeatedKVNR}
}

// Imported counts what an import did.
type Imported struct {
	New, Changed, Unchanged int
	Conflicts               int
}

// importChunk is how many members one commit carries.
const importChunk = 1000

// Import takes over members. The same file twice changes nothing; a card blocked
// here stays blocked, a deceased mark stays, nobody is deleted. Of two rows of one
// KVNR that differ in more than their cards only the first counts. Chunks are
// committed one by one, each with its journal entry, so an interrupted import is
// finished by running it again. conflict is told each line that met another truth;
// progress, if not nil, the lines done after each chunk.
func (d *Desk) Import(ctx context.Context, a domain.Actor, rows iter.Seq[Incoming], conflict func(Conflict), progress func(lines int)) (Imported, error) {
	var total Imported
	e := d.entry(a, domain.ActMembersImported, rights.MemberImport)
	if _, err := d.permit(ctx, &e, a, rights.None, false); err != nil {
		return total, err
	}
	lines := 0
	once := firsts(rows, func(c Conflict) {
		total.Conflicts++
		conflict(c)
	})
	for chunk := range chunks(once, importChunk) {
		if err := ctx.Err(); err != nil {
			return total, err
		}
		var done Imported
		var met []Conflict
		err := d.again(ctx, func() (err error) {
			done, met, err = d.importOnce(ctx, e, chunk)
			return err
		})
		if err != nil {
			return total, err
		}
		for _, c := range met {
			conflict(c)
		}
		total.New += done.New
		total.Changed += done.Changed
		total.Unchanged += done.Unchanged
		total.Conflicts += len(met)
		if lines = chunk[len(chunk)-1].Line; progress != nil {
			progress(lines)
		}
	}
	return total, nil
}

// importOnce writes one chunk against what is stored now.
func (d *Desk) importOnce(ctx context.Context, e domain.Entry, chunk []Incoming) (Imported, []Conflict, error) {
	var done Imported
	var met []Conflict
	change := Change{Bulk: true}
	for _, in := range together(chunk) {
		old, rev, err := d.Reader.MemberByKVNR(ctx, in.Member.KVNR)
		switch {
		case IsKind(err, domain.NotFound):
			done.New++
			change.Put = append(change.Put, in.Member)
			continue
		case err != nil:
			return done, nil, err
		}
		next, kept := merge(old, in.over(old), d.today())
		for _, what := range kept {
			met = append(met, Conflict{in.Line, what})
		}
		if reflect.DeepEqual(old, next) {
			done.Unchanged++
			continue
		}
		done.Changed++
		change.Put = append(change.Put, next)
		change.Guards = append(change.Guards, Guard{next.Ref(), rev})
	}
	if len(change.Put) == 0 {
		return done, met, nil
	}
	e.At, e.Count = d.Now(), uint64(len(change.Put))
	change.Entries = []domain.Entry{e}
	_, err := d.Writer.Commit(ctx, change)
	return done, met, err
}

// merge lays a file's member over the stored one. An address that is another one
// has changed today at the earliest that we know, whatever the file says of it.
func merge(old, file domain.Member, today date.Date) (domain.Member, []ConflictKind) {
	var kept []ConflictKind
	next := file
	next.ID, next.Pseudonym, next.Order = old.ID, old.Pseudonym, old.Order
	next.Address.ChangedOn = max(old.Address.ChangedOn, file.Address.ChangedOn)
	if old.ID != 0 && !sameAddress(old.Address, file.Address) {
		next.Address.ChangedOn = max(today, file.Address.ChangedOn)
	}
	if old.Deceased && !file.Deceased {
		next.Deceased = true
		kept = append(kept, KeptDeceased)
	}
	next.Cards = slices.Clone(old.Cards)
	for _, card := range file.Cards {
		i := slices.IndexFunc(next.Cards, func(c domain.Card) bool { return c.ICCSN == card.ICCSN })
		switch {
		case i < 0:
			next.Cards = append(next.Cards, card)
		case next.Cards[i].BlockedHere && card.Status != domain.CardBlocked:
			kept = append(kept, KeptBlockedCard)
			card.Status, card.BlockedHere = domain.CardBlocked, true
			next.Cards[i] = card
		default:
			card.BlockedHere = next.Cards[i].BlockedHere
			next.Cards[i] = card
		}
	}
	return next, kept
}

func sameAddress(a, b domain.Address) bool {
	a.ChangedOn, b.ChangedOn = 0, 0
	return a == b
}

// firsts leaves out the rows that say of a KVNR's person something else than an
// earlier row, and tells of them. It remembers two hashes a member, under a
// seed that no file can be made for.
func firsts(rows iter.Seq[Incoming], conflict func(Conflict)) iter.Seq[Incoming] {
	return func(yield func(Incoming) bool) {
		seed := maphash.MakeSeed()
		seen := map[uint64]uint64{}
		for in := range rows {
			key, print := maphash.String(seed, string(in.Member.KVNR)), fingerprint(seed, in.Member)
			before, again := seen[key]
			switch {
			case !again:
				seen[key] = print
			case before != print:
				conflict(Conflict{in.Line, RepeatedKVNR})
				continue
			}
			if !yield(in) {
				return
			}
		}
	}
}

// fingerprint is a hash of a person's data without the cards.
func fingerprint(seed maphash.Seed, m domain.Member) uint64 {
	return maphash.Comparable(seed, struct {
		name      domain.Name
		birth     date.Date
		sex       domain.Sex
		address   domain.Address
		contact   domain.Contact
		insurance domain.Insurance
		deceased  bool
	}{m.Name, m.BirthDate, m.Sex, m.Address, m.Contact, m.Insurance, m.Deceased})
}

// together joins the rows of one KVNR inside a chunk: the cards of all.
func together(chunk []Incoming) []Incoming {
	at := make(map[string]int, len(chunk))
	out := make([]Incoming, 0, len(chunk))
	for _, in := range chunk {
		key := string(in.Member.KVNR)
		i, again := at[key]
		if !again {
			at[key] = len(out)
			out = append(out, in)
			continue
		}
		out[i] = both(out[i], in)
	}
	return out
}

// both is two rows of one member that differ in their cards at most.
func both(first, second Incoming) Incoming {
	joined := first
	joined.Member, _ = merge(first.Member, second.Member, 0)
	if first.Over != nil && second.Over != nil {
		joined.Over = func(old domain.Member) domain.Member { return second.Over(first.Over(old)) }
	}
	return joined
}

// chunks cuts a sequence into slices of at most n.
func chunks(rows iter.Seq[Incoming], n int) iter.Seq[[]Incoming] {
	return func(yield func([]Incoming) bool) {
		batch := make([]Incoming, 0, n)
		for row := range rows {
			batch = append(batch, row)
			if len(batch) == n {
				if !yield(batch) {
					return
				}
				batch = make([]Incoming, 0, n)
			}
		}
		if len(batch) > 0 {
			yield(batch)
		}
	}
}
