package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/kvnr"
	"schalter/store/journal"
	"schalter/store/kv"
	"schalter/store/seal"
)

// group is one commit in the making: the changes that waited together, laid over
// what is stored.
type group struct {
	store *Store
	head  head
	tree  *journal.Tree
	bulk  bool

	ops     []kv.Op
	at      map[string]int // position in ops by key
	members []domain.Member
	gone    []domain.MemberID         // members deleted
	listed  map[domain.Lookup]uint64  // new members of a bulk change, whose lookups are written later
	done    map[domain.RequestID]bool // requests of this very group

	sign     bool              // a checkpoint is due, however near the last is
	signed   *signedCheckpoint // the one made
	accepted desk.Accept       // what people accepted in this group
}

func newGroup(s *Store, h head, tree *journal.Tree) *group {
	return &group{store: s, head: h.clone(), tree: tree, at: map[string]int{}, done: map[domain.RequestID]bool{}}
}

// get reads a key as it will be after the group.
func (g *group) get(ctx context.Context, key []byte) (kv.Pair, bool, error) {
	if i, ok := g.at[string(key)]; ok {
		op := g.ops[i]
		return kv.Pair{Key: key, Value: op.Value}, !op.Delete, nil
	}
	pair, err := g.store.engine.Get(ctx, key)
	if errors.Is(err, kv.ErrNotFound) {
		return pair, false, nil
	}
	return pair, err == nil, err
}

func (g *group) put(key, value []byte) { g.op(kv.Op{Key: key, Value: value}) }

func (g *group) op(op kv.Op) {
	if i, ok := g.at[string(op.Key)]; ok {
		g.ops[i] = op
		return
	}
	g.at[string(op.Key)] = len(g.ops)
	g.ops = append(g.ops, op)
}

// part is what one change adds to the group; it is taken over whole or not at
// all.
type part struct {
	writes  []kv.Op
	members []domain.Member
	gone    []domain.MemberID
	listed  map[domain.Lookup]uint64
}

// sealing is a record that is to be encoded and sealed into a write of the part.
type sealing struct {
	write  int
	record domain.Record
}

// add lays a change over the group. An error leaves the group as it was.
func (g *group) add(ctx context.Context, ring *seal.Ring, c desk.Change) (desk.Receipt, error) {
	if r, done, err := g.repeated(ctx, c); done || err != nil {
		return r, err
	}
	if err := g.guard(ctx, c.Guards); err != nil {
		return desk.Receipt{}, err
	}
	was := g.head.clone()
	p, err := g.records(ctx, ring, c)
	if err == nil {
		err = g.erase(ctx, c, &p)
	}
	if err == nil {
		err = g.lawful(c, p)
	}
	var entries []sealedEntry
	if err == nil {
		entries, err = g.entries(ctx, ring, c, p)
	}
	if err != nil {
		g.head = was
		return desk.Receipt{}, err
	}
	return g.take(c, p, entries)
}

// repeated finds the receipt of a request that was carried out before. A request
// id that did something else is no repetition but a fault of the caller.
func (g *group) repeated(ctx context.Context, c desk.Change) (desk.Receipt, bool, error) {
	if c.Request == (domain.RequestID{}) {
		return desk.Receipt{}, false, nil
	}
	pair, found, err := g.get(ctx, keyRequest(c.Request))
	if !found || err != nil {
		return desk.Receipt{}, false, err
	}
	var r receipt
	if err := g.store.codec.decode(pair.Value, &r); err != nil {
		return desk.Receipt{}, false, err
	}
	if r.Act != actOf(c) {
		return desk.Receipt{}, false, errors.New("a request id was used for two different things")
	}
	return desk.Receipt{Rev: desk.Rev(pair.Rev), Size: r.Size, Mark: r.Mark, Repeated: true}, true, nil
}

// actOf is what a change does: the act of its last entry.
func actOf(c desk.Change) domain.Act {
	if len(c.Entries) == 0 {
		return ""
	}
	return c.Entries[len(c.Entries)-1].Act
}

// guard checks the revisions a change relies on. A record that another change of
// the same group has written is newer than any revision read.
func (g *group) guard(ctx context.Context, guards []desk.Guard) error {
	for _, want := range guards {
		key := keyOf(want.Ref)
		if _, written := g.at[string(key)]; written {
			return kv.ErrConflict
		}
		pair, found, err := g.get(ctx, key)
		if err != nil {
			return err
		}
		if !found {
			pair.Rev = 0
		}
		if desk.Rev(pair.Rev) != want.Rev {
			return kv.ErrConflict
		}
	}
	return nil
}

// records turns the records of a change into sealed writes and keeps count.
func (g *group) records(ctx context.Context, ring *seal.Ring, c desk.Change) (part, error) {
	p := part{
		writes:  make([]kv.Op, 0, 2*len(c.Put)+len(c.Events)+len(c.Delete)),
		members: make([]domain.Member, 0, len(c.Put)),
		listed:  make(map[domain.Lookup]uint64, len(c.Put)),
	}
	todo := make([]sealing, 0, len(c.Put)+len(c.Events))
	fresh, err := g.newcomers(ctx, ring, c)
	if err != nil {
		return p, err
	}
	for _, r := range c.Put {
		if m, ok := r.(domain.Member); ok {
			if m.ID == 0 {
				if m, err = g.number(&p, m, fresh[0], c.Bulk); err != nil {
					return p, err
				}
				fresh = fresh[1:]
			}
			p.members = append(p.members, m)
			r = m
		}
		if err := g.place(ctx, &p, &todo, r); err != nil {
			return p, err
		}
	}
	for _, e := range c.Events {
		g.head.Events++
		e.Seq = g.head.Events
		if err := g.place(ctx, &p, &todo, e); err != nil {
			return p, err
		}
	}
	for _, ref := range c.Delete {
		if err := g.delete(ctx, ring, &p, ref); err != nil {
			return p, err
		}
	}
	return p, g.sealAll(ring, p.writes, todo)
}

// delete takes a record away. Of a member the lookup stays, leading nowhere: an
// import does not bring back who was erased.
func (g *group) delete(ctx context.Context, ring *seal.Ring, p *part, ref domain.Ref) error {
	key := keyOf(ref)
	pair, found, err := g.get(ctx, key)
	if err != nil || !found {
		return err
	}
	if ref.Kind == domain.KindMember {
		var m domain.Member
		if err := g.store.open(key, pair.Value, &m); err != nil {
			return err
		}
		p.gone = append(p.gone, domain.MemberID(ref.ID))
		p.writes = append(p.writes, kv.Op{Key: keyLookup(lookupOf(ring, m.KVNR)), Value: lookupValue(erased)})
	}
	g.head.Counts[countName(ref.Kind)]--
	p.writes = append(p.writes, kv.Op{Key: key, Delete: true})
	return nil
}

// newcomers are the lookups of the members whom a change makes, in their order.
// Nobody is made whose KVNR is somebody's, or was somebody's who is erased.
func (g *group) newcomers(ctx context.Context, ring *seal.Ring, c desk.Change) ([]domain.Lookup, error) {
	numbers := make([]kvnr.KVNR, 0, len(c.Put))
	for _, r := range c.Put {
		if m, ok := r.(domain.Member); ok && m.ID == 0 {
			numbers = append(numbers, m.KVNR)
		}
	}
	if len(numbers) == 0 {
		return nil, nil
	}
	lookups := lookupsOf(ring, numbers)
	leads, err := g.store.leads(ctx, lookups)
	if err != nil {
		return nil, err
	}
	here := make(map[domain.Lookup]bool, len(lookups))
	for i, lookup := range lookups {
		_, written := g.at[string(keyLookup(lookup))]
		if leads[i].known || written || here[lookup] {
			return nil, kv.ErrConflict
		}
		here[lookup] = true
	}
	return lookups, nil
}

// number gives a new member number and pseudonym, and a lookup.
func (g *group) number(p *part, m domain.Member, lookup domain.Lookup, bulk bool) (domain.Member, error) {
	g.head.Members++
	m.ID = domain.MemberID(g.head.Members)
	if _, err := io.ReadFull(g.store.options.Random, m.Pseudonym[:]); err != nil {
		return m, err
	}
	p.listed[lookup] = uint64(m.ID)
	if !bulk {
		p.writes = append(p.writes, kv.Op{Key: keyLookup(lookup), Value: lookupValue(uint64(m.ID))})
	}
	return m, nil
}

// place makes room for the write of a record.
func (g *group) place(ctx context.Context, p *part, todo *[]sealing, r domain.Record) error {
	ref := r.Ref()
	key := keyOf(ref)
	known := ref.Kind == domain.KindMember && ref.ID <= g.head.Members-uint64(len(p.listed))
	if ref.Kind != domain.KindMember || known {
		_, found, err := g.get(ctx, key)
		if err != nil {
			return err
		}
		known = found
	}
	if !known {
		g.head.Counts[countName(ref.Kind)]++
	}
	*todo = append(*todo, sealing{len(p.writes), r})
	p.writes = append(p.writes, kv.Op{Key: key})
	return nil
}

// sealAll encodes and seals records into their writes, side by side where there
// are many.
func (g *group) sealAll(ring *seal.Ring, writes []kv.Op, todo []sealing) error {
	return share(len(todo), func(i int) (err error) {
		op := &writes[todo[i].write]
		op.Value, err = g.value(ring, op.Key, todo[i].record)
		return err
	})
}

func (g *group) value(ring *seal.Ring, key []byte, r domain.Record) ([]byte, error) {
	switch r := r.(type) {
	case slotRecord:
		granted, err := r.slot.Grant(g.store.id, g.store.slotKey())
		return granted.Marshal(), err
	case recoveryRecord:
		granted, err := r.slot.Grant(g.store.id, g.store.slotKey())
		return granted.Marshal(), err
	}
	return g.store.seal(ring, key, r)
}

// lawful refuses a change of a record without a journal entry.
func (g *group) lawful(c desk.Change, p part) error {
	if len(c.Erase) > 0 && len(c.Entries) == 0 {
		return errors.New("entries erased without one that says so")
	}
	for _, op := range p.writes {
		if journalled(op.Key) && len(c.Entries) == 0 {
			return errors.New("a record changed without a journal entry")
		}
	}
	return nil
}

// sealedEntry is a journal entry ready to be appended.
type sealedEntry struct {
	key       []byte
	header    []byte
	value     []byte
	pseudonym domain.Pseudonym
}

// entries seals the entries of a change. The last one carries the hashes of what
// the change writes.
func (g *group) entries(ctx context.Context, ring *seal.Ring, c desk.Change, p part) ([]sealedEntry, error) {
	out := make([]sealedEntry, 0, len(c.Entries))
	for i, e := range c.Entries {
		if err := g.pseudonym(ctx, &e); err != nil {
			return nil, err
		}
		g.date(&e)
		seq := g.head.Entries
		key := numbered(prefixEntry, seq)
		clear, err := g.facts(e)
		if err != nil {
			return nil, err
		}
		payload := ring.Seal(key, clear)
		header := journal.Header{Seq: int64(seq), Payload: sha256.Sum256(payload), Clear: sha256.Sum256(clear)}
		if i == len(c.Entries)-1 {
			header.Writes, header.Erased = writesOf(p.writes), c.Erase
		}
		raw, err := header.Marshal()
		if err != nil {
			return nil, err
		}
		value := journal.Entry{Header: raw, Payload: payload}.Marshal()
		out = append(out, sealedEntry{key, raw, value, e.Pseudonym})
		g.head.Entries++
	}
	return out, nil
}

// salted is an entry as it is sealed. The salt keeps the hash of it, which stands
// in the header, from telling whether a guess at the facts is right.
type salted struct {
	domain.Entry
	Salt [16]byte `cbor:"255,keyasint"`
}

// facts encodes an entry for sealing, with a salt of its own.
func (g *group) facts(e domain.Entry) ([]byte, error) {
	s := salted{Entry: e}
	if _, err := io.ReadFull(g.store.options.Random, s.Salt[:]); err != nil {
		return nil, err
	}
	return g.store.codec.encode(s)
}

// erase takes away the payloads of entries, and what leads to them from a member.
func (g *group) erase(ctx context.Context, c desk.Change, p *part) error {
	for _, seq := range c.Erase {
		key := numbered(prefixEntry, uint64(seq))
		pair, found, err := g.get(ctx, key)
		if err != nil || !found {
			return errors.Join(err, kv.ErrNotFound)
		}
		stored, err := journal.ParseEntry(pair.Value)
		if err != nil {
			return err
		}
		if len(stored.Payload) == 0 {
			return fmt.Errorf("entry %d was erased before: %w", seq, kv.ErrConflict)
		}
		var e domain.Entry
		if err := g.store.open(key, stored.Payload, &e); err != nil {
			return err
		}
		stored.Payload = nil
		p.writes = append(p.writes, kv.Op{Key: key, Value: stored.Marshal()})
		if e.Pseudonym != (domain.Pseudonym{}) {
			p.writes = append(p.writes, kv.Op{Key: keyCase(e.Pseudonym, uint64(seq)), Delete: true})
		}
	}
	return nil
}

// date makes sure that no entry is dated before the one in front of it: a use
// case may have begun earlier than another and been written later, and a clock
// may be stepped back a little. Only where people accepted a clock that was set
// back, time begins anew.
func (g *group) date(e *domain.Entry) {
	last := time.UnixMilli(g.head.LastAt)
	switch {
	case e.Act == domain.ActClockAccepted:
		g.head.Steps = append(slices.Clone(g.head.Steps), g.head.Entries)
	case e.At.Before(last):
		e.At = last.In(e.At.Location())
	}
	g.head.LastAt = e.At.UnixMilli()
}

// pseudonym puts the member's pseudonym in the place of their number.
func (g *group) pseudonym(ctx context.Context, e *domain.Entry) error {
	if e.Member == 0 {
		return nil
	}
	key := keyOf(domain.Member{ID: e.Member}.Ref())
	pair, found, err := g.get(ctx, key)
	if err != nil {
		return err
	}
	if !found {
		return fmt.Errorf("journal entry about a member who is not stored: %w", kv.ErrNotFound)
	}
	var m domain.Member
	if err := g.store.open(key, pair.Value, &m); err != nil {
		return err
	}
	e.Pseudonym = m.Pseudonym
	return nil
}

// writesOf hashes what is journalled of a change.
func writesOf(ops []kv.Op) []journal.Write {
	var out []journal.Write
	for _, op := range ops {
		switch {
		case !journalled(op.Key):
		case op.Delete:
			out = append(out, journal.Delete(op.Key))
		default:
			out = append(out, journal.Put(op.Key, op.Value))
		}
	}
	return out
}

// take moves a finished change into the group.
func (g *group) take(c desk.Change, p part, entries []sealedEntry) (desk.Receipt, error) {
	for _, op := range p.writes {
		g.op(op)
	}
	if act := actOf(c); act == domain.ActJournalAccepted || act == domain.ActClockAccepted {
		g.accepted, g.sign = c.Accept, true
	}
	g.members, g.gone = append(g.members, p.members...), append(g.gone, p.gone...)
	if c.Bulk {
		g.listed = p.listed // no other change joins a group with a bulk one
		if len(p.listed) > 0 && g.head.Unlisted == 0 {
			g.head.Unlisted = g.head.Members - uint64(len(p.listed)) + 1
		}
	}
	for i, e := range entries {
		seq := g.head.Entries - uint64(len(entries)-i)
		g.put(e.key, e.value)
		g.put(numbered(prefixTree, seq), journal.FormatRow(g.tree.Append(e.header)))
		if e.pseudonym != (domain.Pseudonym{}) {
			g.put(keyCase(e.pseudonym, seq), nil)
		}
	}
	r := desk.Receipt{Size: int64(g.head.Entries), Mark: journal.MarkOf(g.tree.Size(), g.tree.Root()).String()}
	if c.Request != (domain.RequestID{}) {
		value, err := g.store.codec.encode(receipt{Size: r.Size, Mark: r.Mark, Act: actOf(c)})
		if err != nil {
			return r, err
		}
		g.put(keyRequest(c.Request), value)
		g.done[c.Request] = true
	}
	return r, nil
}

// fits reports whether another change of about the size of c still belongs into
// the group: each write may bring its lookup, each entry three keys or four.
func (g *group) fits(c desk.Change) bool {
	if len(g.ops) == 0 {
		return true
	}
	return !g.bulk && !c.Bulk && len(g.ops)+2*len(c.Put)+len(c.Delete)+2*len(c.Erase)+len(c.Events)+4*len(c.Entries)+2 <= kv.Narrow().Ops-1
}

// batch is the group as one commit, fenced by the head it was laid over.
func (g *group) batch(headRev uint64) (kv.Batch, error) {
	if g.sign || g.head.Checked == 0 || g.head.Entries-g.head.Checked >= checkpointEvery {
		if err := g.checkpoint(); err != nil {
			return kv.Batch{}, err
		}
	}
	g.head.Root = g.tree.Root()
	value, err := g.store.codec.encode(g.head)
	if err != nil {
		return kv.Batch{}, err
	}
	g.put(keyHead, value)
	return kv.Batch{Guards: []kv.Guard{{Key: keyHead, Rev: headRev}}, Ops: g.ops}, nil
}
