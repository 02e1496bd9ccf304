// Package index finds members in memory, by what package find has read in the
// search field. Nothing of it is on disk: it is built from the sealed records at
// start and kept up to date by every commit.
//
//	x := index.New()
//	x.Build(entries)                             // index.EntryOf each member
//	x.Put(index.EntryOf(changed))                // after each commit
//	r, err := x.Search(find.Parse("mue 140362", today), 50)
//
// It is one segment of frozen arrays in the order of the telephone book, and an
// overlay of what changed since. A name is found by the beginning of any of its
// words: given names, surname, birth name, particle and suffix, in two foldings
// (ä as ae and ä as a), and by neighbours written as one (Karlheinz, Vanderberg).
// What a term finds are a few slices of rows, got by binary search; terms are cut
// with each other as sets of bits, the narrowest first.
//
// With the 1,000,000 members of the benchmark the median search takes between 20
// and 200 microseconds by kind, and 600 for two single letters; a member takes 90
// bytes; building takes two seconds of one core, half of them while the entries
// come in.
package index

import (
	"iter"
	"slices"
	"sync"
)

// Index is safe for concurrent use. Searches run side by side and wait only while
// a change is put in, which takes microseconds.
type Index struct {
	mu      sync.RWMutex
	ready   bool
	segment *segment
	dead    bitset // rows of segment that were changed or removed since
	deads   int
	overlay *overlay
	// touched counts the live rows of the overlay by their look-alike key. It also
	// has the keys of dead rows: for members with a key in it the marks of the
	// segment do not hold.
	touched map[string]int

	// building is held while a new segment is made. noting is set meanwhile and
	// before the first, and changed are the members who are then put or removed.
	building sync.Mutex
	noting   bool
	changed  []uint64

	searches *sync.Pool
}

// New returns an index that knows nobody and is not ready.
func New() *Index {
	x := &Index{noting: true}
	x.replace(newBuilder().freeze())
	return x
}

// Ready reports whether Build is done. Until then Search finds nobody and says
// Loading.
func (x *Index) Ready() bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.ready
}

// Len is the number of members.
func (x *Index) Len() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.segment.len() - x.deads + len(x.overlay.rowOf)
}

// Bytes is the memory the members take.
func (x *Index) Bytes() int {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.segment.bytes() + x.overlay.bytes() + 8*cap(x.dead)
}

// Build makes the index anew from all members, each once, and makes it ready. It
// works beside searches and changes; members who are put or removed meanwhile, or
// before the first Build, stay as they were put, whatever entries says of them.
func (x *Index) Build(entries iter.Seq[Entry]) {
	x.building.Lock()
	defer x.building.Unlock()
	x.note()
	b := newBuilder()
	for e := range entries {
		b.add(e)
	}
	x.settle(b.freeze())
}

// dueAt is how many rows of the overlay a search reads without anybody noticing:
// about a tenth of a millisecond.
const dueAt = 1 << 14

// Due reports whether so much has changed that Rebuild is worth its time.
func (x *Index) Due() bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.overlay.len() >= dueAt
}

// Rebuild folds the changes into the segment. It works beside searches and
// changes and takes about as long as Build without its reading of members; the
// caller runs it in the background when Due. After it removed members have left
// nothing behind. An index that is not ready stays as it is.
func (x *Index) Rebuild() {
	x.building.Lock()
	defer x.building.Unlock()
	if !x.Ready() {
		return
	}
	x.note()
	x.mu.RLock()
	segment, dead, changed := x.segment, slices.Clone(x.dead), x.overlay.live()
	x.mu.RUnlock()
	b := newBuilder()
	b.addSegment(segment, dead)
	for _, e := range changed {
		b.add(e)
	}
	x.settle(b.freeze())
}

// note begins to note changes. It comes before anything is read of what the new
// segment is made from.
func (x *Index) note() {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.noting = true
}

// settle puts a new segment in place and over it what changed while it was made.
func (x *Index) settle(g *segment) {
	x.mu.Lock()
	defer x.mu.Unlock()
	old, changed := x.overlay, x.changed
	x.noting, x.changed = false, nil
	x.replace(g)
	x.ready = true
	slices.Sort(changed)
	for _, id := range slices.Compact(changed) {
		x.remove(id)
		if row, live := old.rowOf[id]; live {
			x.touch(x.overlay.add(old.entries[row]), 1)
		}
	}
}

// replace puts a new segment in place, without anything over it. Searches that
// were kept for their memory point into the old one and go with it.
func (x *Index) replace(g *segment) {
	x.segment, x.dead, x.deads = g, nil, 0
	x.overlay, x.touched = newOverlay(), make(map[string]int)
	x.searches = &sync.Pool{New: func() any { return new(search) }}
}

// Put adds a member, or changes what is known of one.
func (x *Index) Put(e Entry) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(e.id)
	x.touch(x.overlay.add(e), 1)
}

// Remove forgets a member; one who is not there is no error.
func (x *Index) Remove(id uint64) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.remove(id)
}

func (x *Index) remove(id uint64) {
	if x.noting {
		x.changed = append(x.changed, id)
	}
	if row, live := x.overlay.rowOf[id]; live {
		x.touch(row, -1)
		x.overlay.kill(row)
	}
	row, known := x.segment.rowWith(id)
	if !known || x.dead.has(row) {
		return
	}
	if x.dead == nil {
		x.dead = x.dead.sized(x.segment.len())
	}
	x.dead.add(row)
	x.deads++
	x.touched[string(x.segment.appendKey(nil, row))] += 0
}

// touch counts a row of the overlay under its look-alike key.
func (x *Index) touch(row uint32, by int) {
	x.touched[string(x.overlay.appendKey(nil, row))] += by
}
