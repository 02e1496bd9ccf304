package store

import (
	"maps"
	"time"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/store/journal"
)

// checkpointEvery is how many entries a checkpoint is behind at most. The first
// entries of all have one at once: a journal without any is not to be believed.
const checkpointEvery = 100

// checkpoint adds a signed note of the journal's state to the group. A store
// that was opened without its key folder cannot sign and goes on without.
func (g *group) checkpoint() error {
	keys := g.store.folder.Load()
	if keys == nil {
		return nil
	}
	c := journal.Checkpoint{
		Origin:  journal.Origin(g.store.id),
		Size:    g.tree.Size(),
		Root:    g.tree.Root(),
		Time:    g.signedAt(),
		Records: g.head.vouched(),
	}
	signed, err := c.Sign(keys.Signer())
	if err != nil {
		return err
	}
	g.put(numbered(prefixCheck, uint64(g.tree.Size())), signed)
	g.head.Checked = g.head.Entries
	g.signed = &signedCheckpoint{c, signed}
	return nil
}

// signedAt is the time of the newest entry; where people accepted an older journal,
// a time behind that of what an anchor remembers, so that it sees which counts.
func (g *group) signedAt() time.Time {
	at := time.UnixMilli(g.head.LastAt).UTC()
	if g.accepted != desk.AcceptJournal {
		return at
	}
	return later(at, g.store.remembered.Add(time.Second))
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// vouched are the record counts a checkpoint vouches for: those that change only
// with an entry.
func (h head) vouched() map[string]uint64 {
	counts := maps.Clone(h.Counts)
	for _, k := range domain.AllRecordKinds() {
		if k.Operational() {
			delete(counts, countName(k))
		}
	}
	return counts
}
