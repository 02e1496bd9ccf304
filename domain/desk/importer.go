package desk

import (
	"context"
	"errors"
	"iter"
	"reflect"
	"slices"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/kvnr"
	"schalter/domain/rights"
)

// Incoming is one member of an import file.
type Incoming struct {
	Line   int
	Member domain.Member
	// Over lays what the line says over the stored record of the same member; nil
	// if Member is the whole record.
	Over func(old domain.Member) domain.Member
	// Behind is the place in the file where an import goes on that ended behind
	// this member; zero if it cannot.
	Behind domain.FileMark
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
	// KeptErased: the member was erased here and is not made anew.
	KeptErased ConflictKind = "kept_erased"
	// RepeatedKVNR: an earlier line of the file has the same KVNR and says
	// something else of the person. The later line is not imported.
	RepeatedKVNR ConflictKind = "repeated_kvnr"
	// RepeatedCard: an earlier line of the file says something else of the same
	// card. The earlier one holds.
	RepeatedCard ConflictKind = "repeated_card"
)

// AllConflictKinds lists every kind.
func AllConflictKinds() []ConflictKind {
	return []ConflictKind{KeptBlockedCard, KeptDeceased, KeptErased, RepeatedKVNR, RepeatedCard}
}

// Imported counts what an import did.
type Imported struct {
	New, Changed, Unchanged int
	Conflicts               int
}

func (i *Imported) add(more Imported) {
	i.New += more.New
	i.Changed += more.Changed
	i.Unchanged += more.Unchanged
	i.Conflicts += more.Conflicts
}

// importChunk is how many rows one commit carries: enough that a commit is small
// beside them, few enough that others hardly wait for it.
const importChunk = 8000

// Import takes over members. The same file twice changes nothing; a card blocked
// here stays blocked, a deceased mark stays, nobody is deleted and nobody who was
// erased comes back. Of two rows of one KVNR the first counts: what a later one
// says otherwise of the person or of a card is not taken, new cards are.
//
// Chunks are committed one by one, each with its journal entry and with the place
// behind it, where [Desk.ResumeImport] goes on. conflict is told each line that met
// another truth; progress, if not nil, the lines done after each chunk.
func (d *Desk) Import(ctx context.Context, a domain.Actor, rows iter.Seq[Incoming], conflict func(Conflict), progress func(lines int)) (Imported, error) {
	last, err := d.Reader.LastMember(ctx)
	if err != nil {
		return Imported{}, err
	}
	return d.ResumeImport(ctx, a, domain.ImportState{Last: last}, rows, conflict, progress)
}

// Interrupted is where the newest import has ended early; zero if it has not.
func (d *Desk) Interrupted(ctx context.Context) (domain.ImportState, error) {
	state, _, err := d.Reader.ImportState(ctx)
	return state, err
}

// ResumeImport goes on with an import that was interrupted; rows are those behind
// from.At of the same file.
func (d *Desk) ResumeImport(ctx context.Context, a domain.Actor, from domain.ImportState, rows iter.Seq[Incoming], conflict func(Conflict), progress func(lines int)) (Imported, error) {
	e := d.entry(a, domain.ActMembersImported, rights.MemberImport)
	if _, err := d.permit(ctx, &e, a, rights.None, false); err != nil {
		return Imported{}, err
	}
	in := &intake{desk: d, entry: e, state: from, conflict: conflict, progress: progress}
	for chunk := range chunks(rows, importChunk) {
		if err := in.take(ctx, chunk); err != nil {
			return in.total, errors.Join(err, in.settle(ctx))
		}
	}
	if err := in.settle(ctx); err != nil {
		return in.total, err
	}
	return in.total, in.finish(ctx)
}

// intake is one import under way. While one chunk is written, the next is
// compared with what is stored.
type intake struct {
	desk     *Desk
	entry    domain.Entry
	state    domain.ImportState // who was seen, up to the chunk decided on last
	conflict func(Conflict)
	progress func(lines int)
	total    Imported

	writing *decided   // the chunk committed last
	outcome chan error // of its commit, nil once it is known
}

// decided is what a chunk comes to.
type decided struct {
	chunk  []Incoming
	done   Imported
	met    []Conflict
	change Change
	state  domain.ImportState // behind the chunk
	marked []domain.MemberID  // who was seen here for the first time
}

// take decides on a chunk beside the commit of the one before, and begins its
// own. If that one met another change, both are decided again.
func (in *intake) take(ctx context.Context, chunk []Incoming) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	next, err := in.decide(ctx, chunk)
	if err != nil {
		return err
	}
	err = in.written()
	if IsKind(err, domain.Conflict) {
		in.unsee(next)
		if err = in.writeAgain(ctx); err == nil {
			next, err = in.decide(ctx, chunk)
		}
	}
	if err != nil {
		return err
	}
	in.write(ctx, next)
	return nil
}

// settle waits for the last commit.
func (in *intake) settle(ctx context.Context) error {
	err := in.written()
	if IsKind(err, domain.Conflict) {
		err = in.writeAgain(ctx)
	}
	return err
}

// write begins to commit what was decided.
func (in *intake) write(ctx context.Context, x *decided) {
	in.writing, in.outcome = x, make(chan error, 1)
	go func(outcome chan<- error) { outcome <- in.commit(ctx, x) }(in.outcome)
}

// written waits for the commit under way, if there is one, and tells what it did.
// After a conflict it is still to be written.
func (in *intake) written() error {
	if in.outcome == nil {
		return nil
	}
	err := <-in.outcome
	in.outcome = nil
	if err == nil {
		in.tell(in.writing)
	}
	return err
}

// writeAgain decides again on what met another change, until it is written.
func (in *intake) writeAgain(ctx context.Context) error {
	x := in.writing
	err := in.desk.again(ctx, func() (err error) {
		in.unsee(x)
		if x, err = in.decide(ctx, x.chunk); err != nil {
			return err
		}
		return in.commit(ctx, x)
	})
	if err == nil {
		in.tell(x)
	}
	return err
}

func (in *intake) tell(x *decided) {
	for _, c := range x.met {
		in.conflict(c)
	}
	in.total.add(x.done)
	if in.progress != nil {
		in.progress(x.chunk[len(x.chunk)-1].Line)
	}
}

// commit writes what was decided; nothing if that is nothing.
func (in *intake) commit(ctx context.Context, x *decided) error {
	if len(x.change.Put) == 0 {
		return nil
	}
	e := in.entry
	e.At, e.Count = in.desk.Now(), uint64(len(x.change.Put))
	change := x.change
	change.Entries = []domain.Entry{e}
	if x.state.At != (domain.FileMark{}) {
		change.Put = append(slices.Clip(change.Put), x.state)
	}
	_, err := in.desk.Writer.Commit(ctx, change)
	return err
}

// finish says that the import is over.
func (in *intake) finish(ctx context.Context) error {
	_, rev, err := in.desk.Reader.ImportState(ctx)
	if err != nil || rev == 0 && in.total.New+in.total.Changed == 0 {
		return err
	}
	_, err = in.desk.Writer.Commit(ctx, Change{Bulk: true, Delete: []domain.Ref{in.state.Ref()}})
	return err
}

// decide compares a chunk with what is stored.
func (in *intake) decide(ctx context.Context, chunk []Incoming) (*decided, error) {
	x := &decided{chunk: chunk, change: Change{Bulk: true}}
	stored, err := in.stored(ctx, chunk)
	if err != nil {
		return nil, err
	}
	here := make(map[kvnr.KVNR]int, len(chunk)) // places in change.Put
	for n, row := range chunk {
		if i, again := here[row.Member.KVNR]; again {
			x.change.Put[i] = x.repeat(row, x.change.Put[i].(domain.Member))
			continue
		}
		next, changed := in.weigh(x, row, stored[n])
		if !changed {
			continue
		}
		here[row.Member.KVNR] = len(x.change.Put)
		x.change.Put = append(x.change.Put, next)
		if rev := stored[n].Rev; rev != 0 {
			x.change.Guards = append(x.change.Guards, Guard{next.Ref(), rev})
		}
	}
	x.state = in.state
	x.state.At, x.state.Seen = chunk[len(chunk)-1].Behind, slices.Clone(in.state.Seen)
	return x, nil
}

// stored are the members whose numbers a chunk names, as they are.
func (in *intake) stored(ctx context.Context, chunk []Incoming) ([]Known, error) {
	numbers := make([]kvnr.KVNR, len(chunk))
	for i, row := range chunk {
		numbers[i] = row.Member.KVNR
	}
	return in.desk.Reader.MembersByKVNR(ctx, numbers)
}

// weigh says what a row makes of its member.
func (in *intake) weigh(x *decided, row Incoming, known Known) (next domain.Member, changed bool) {
	old := known.Member
	switch {
	case known.Erased:
		x.meet(row, KeptErased)
		return old, false
	case known.Rev == 0:
		x.done.New++
		return row.Member, true
	case in.sees(old.ID):
		next = x.repeat(row, old)
		if changed = !reflect.DeepEqual(old, next); changed {
			x.done.Changed++
		}
		return next, changed
	}
	in.see(x, old.ID)
	next, kept := merge(old, row.over(old), in.desk.today())
	for _, what := range kept {
		x.meet(row, what)
	}
	if changed = !reflect.DeepEqual(old, next); changed {
		x.done.Changed++
	} else {
		x.done.Unchanged++
	}
	return next, changed
}

// repeat is what a further row of a KVNR adds to what the first has made: cards.
func (x *decided) repeat(row Incoming, first domain.Member) domain.Member {
	said, _ := merge(first, row.over(first), first.Address.ChangedOn)
	person := said
	person.Cards = first.Cards
	if !reflect.DeepEqual(person, first) {
		x.meet(row, RepeatedKVNR)
		return first
	}
	next := first
	for i, card := range said.Cards {
		switch {
		case i >= len(first.Cards):
			next.Cards = append(slices.Clip(next.Cards), card)
		case card != first.Cards[i]:
			x.meet(row, RepeatedCard)
		}
	}
	return next
}

func (x *decided) meet(row Incoming, what ConflictKind) {
	x.met = append(x.met, Conflict{row.Line, what})
	x.done.Conflicts++
}

// sees reports whether the file has named a member before. Whoever came with this
// import it has.
func (in *intake) sees(id domain.MemberID) bool {
	i := int(id / 8)
	return id > in.state.Last || i < len(in.state.Seen) && in.state.Seen[i]&(1<<(id%8)) != 0
}

func (in *intake) see(x *decided, id domain.MemberID) {
	if need := int(in.state.Last/8) + 1; len(in.state.Seen) < need {
		in.state.Seen = make([]byte, need)
	}
	in.state.Seen[id/8] |= 1 << (id % 8)
	x.marked = append(x.marked, id)
}

// unsee takes back what a decision has marked that is made again.
func (in *intake) unsee(x *decided) {
	for _, id := range x.marked {
		in.state.Seen[id/8] &^= 1 << (id % 8)
	}
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
