package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"slices"

	"schalter/store/kv"
)

// A bbolt file is a tree of pages: branch pages name other pages, leaf pages
// hold pairs, a pair of the root tree is a bucket and names the root of its own
// tree or holds a small one itself. bbolt follows all of it without a look at
// where it leads: a wrong count hides pairs, a wrong link goes in circles, and
// a page that claims its neighbours (bbolt's overflow count) makes them free to
// be overwritten. So the tree is walked once before bbolt sees the file. What
// bbolt writes is more regular than what it reads (v1.5.0, internal/common/
// inode.go, WriteInodeToPage): elements lie side by side in their order, without
// a gap, and every page belongs to exactly one thing. Anything else is damage.
//
// All is read with ReadAt, so that nothing on the disk can be a memory fault.
const (
	branchPage   = 0x01
	leafPage     = 0x02
	freeListPage = 0x10

	elementSize      = 16 // of both kinds of pages
	bucketElement    = 0x01
	bucketHeaderSize = 16 // page of the root, sequence
	firstPage        = 2  // behind the meta pages

	// maxDepth is far above the depth of any tree that fits on a disk.
	maxDepth = 32
)

// pages is the walk over the pages of a file.
type pages struct {
	file io.ReaderAt
	meta meta
	seen []uint64 // a bit for each page
	leaf []byte   // the page that is being looked at

	newer  bool   // the pairs have a form of a later version
	state  state  // as it is stored
	weight uint64 // of the pairs that were seen
}

// element is a pair in a leaf page, or in a branch page a key and a link.
type element struct {
	flags uint32
	page  uint64
	key   []byte
	value []byte
}

// bounds are the keys a page may hold: from low on, below high unless that is
// nil.
type bounds struct{ low, high []byte }

// walkPages returns kv.ErrDamaged unless the pages that m leads to make up one
// sound tree and a list of the others, and ErrForeign where the tree is another
// program's.
func walkPages(file io.ReaderAt, m meta) (*pages, error) {
	p := &pages{file: file, meta: m, seen: make([]uint64, m.pages/64+1)}
	return p, p.walk()
}

func (p *pages) walk() error {
	if err := p.freeList(); err != nil {
		return err
	}
	var buckets []element
	err := p.tree(p.meta.root, bounds{}, 0, func(e element) error {
		if e.flags != bucketElement || len(e.value) < bucketHeaderSize {
			return damaged("something else than a bucket")
		}
		buckets = append(buckets, element{key: bytes.Clone(e.key), value: bytes.Clone(e.value)})
		return nil
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(buckets, metaFirst)
	if len(buckets) > 0 && string(buckets[0].key) != metaBucket {
		return ErrForeign
	}
	for _, b := range buckets {
		if err := p.bucket(b.key, b.value); err != nil {
			return err
		}
	}
	return p.complete()
}

// metaFirst puts the bucket to the front that says how to read the others.
func metaFirst(a, b element) int {
	switch {
	case string(a.key) == metaBucket:
		return -1
	case string(b.key) == metaBucket:
		return 1
	}
	return 0
}

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %s", kv.ErrDamaged, fmt.Sprintf(format, args...))
}

// bucket checks the tree of a bucket: a small one lies in its value.
func (p *pages) bucket(name, value []byte) error {
	check := func(e element) error { return p.pair(name, e) }
	if root := binary.NativeEndian.Uint64(value); root != 0 {
		return p.tree(root, bounds{}, 0, check)
	}
	inline := value[bucketHeaderSize:]
	if len(inline) < pageHeaderSize || !is(inline, 0, leafPage) {
		return damaged("a bucket that is no page")
	}
	return eachElement(inline, bounds{}, check)
}

// pair checks a pair of a bucket: its key must belong there and be the one that
// was written.
func (p *pages) pair(name []byte, e element) error {
	if e.flags != 0 {
		return damaged("a bucket among pairs")
	}
	if string(name) == metaBucket {
		return p.about(e)
	}
	if p.newer {
		return nil // to be told so, not to be called damaged
	}
	if len(name) != 1 || e.key[0] != name[0] {
		return damaged("a pair in the wrong bucket")
	}
	p.weight += weightOf(e.key, e.value)
	_, _, err := revision(e.key, e.value)
	return err
}

// about takes note of what the file says of itself. Whether that is all there,
// [database.identify] says.
func (p *pages) about(e element) (err error) {
	switch {
	case string(e.key) == formatKey && len(e.value) == 8:
		p.newer = binary.BigEndian.Uint64(e.value) > format
	case string(e.key) == revKey && !p.newer: // the format stands before it
		p.state, err = parseState(e.value)
	}
	return err
}

// checkWeight returns kv.ErrDamaged if the pairs are not those that were there
// after the last commit.
func (p *pages) checkWeight() error {
	if p.state.weighed && p.state.weight != p.weight {
		return damaged("the pairs are not those of the last commit: one of them is older")
	}
	return nil
}

// tree checks the page and all below it and calls leaf for each pair.
func (p *pages) tree(id uint64, within bounds, depth int, leaf func(element) error) error {
	if depth > maxDepth {
		return damaged("page %d: too deep", id)
	}
	page, err := p.read(id)
	if err != nil {
		return err
	}
	switch {
	case is(page, id, leafPage):
		if err := eachElement(page, within, leaf); err != nil {
			return fmt.Errorf("page %d: %w", id, err)
		}
		return nil
	case is(page, id, branchPage):
		return p.branch(id, page, within, depth, leaf)
	}
	return damaged("page %d is not what its link says", id)
}

func (p *pages) branch(id uint64, page []byte, within bounds, depth int, leaf func(element) error) error {
	var links []element // of their own: the next page takes the place of this one
	err := eachElement(page, within, func(e element) error {
		links = append(links, element{page: e.page, key: bytes.Clone(e.key)})
		return nil
	})
	if err == nil && len(links) == 0 {
		err = damaged("a branch that leads nowhere")
	}
	if err != nil {
		return fmt.Errorf("page %d: %w", id, err)
	}
	for i, link := range links {
		below := bounds{link.key, within.high}
		if i+1 < len(links) {
			below.high = links[i+1].key
		}
		if err := p.tree(link.page, below, depth+1, leaf); err != nil {
			return err
		}
	}
	return nil
}

// read returns a page with those that belong to it, and takes them as used. The
// next read overwrites it.
func (p *pages) read(id uint64) ([]byte, error) {
	if err := p.use(id); err != nil {
		return nil, err
	}
	size := int64(p.meta.pageSize)
	if err := p.readAt(id, size); err != nil {
		return nil, err
	}
	more := uint64(binary.NativeEndian.Uint32(p.leaf[12:]))
	for i := range more { // ends at the first page that is not there
		if err := p.use(id + 1 + i); err != nil {
			return nil, err
		}
	}
	if more == 0 {
		return p.leaf, nil
	}
	return p.leaf, p.readAt(id, size*int64(more+1))
}

func (p *pages) readAt(id uint64, bytes int64) error {
	if int64(cap(p.leaf)) < bytes {
		p.leaf = make([]byte, bytes)
	}
	p.leaf = p.leaf[:bytes]
	if _, err := p.file.ReadAt(p.leaf, int64(id)*int64(p.meta.pageSize)); err != nil {
		return fmt.Errorf("page %d: %w", id, translate(err))
	}
	return nil
}

// use marks a page as belonging to something. Nothing else may use it.
func (p *pages) use(id uint64) error {
	if id < firstPage || id >= p.meta.pages {
		return damaged("page %d does not exist", id)
	}
	word, bit := id/64, uint64(1)<<(id%64)
	if p.seen[word]&bit != 0 {
		return damaged("page %d is used twice", id)
	}
	p.seen[word] |= bit
	return nil
}

// freeList takes the pages that hold nothing as used.
func (p *pages) freeList() error {
	id := p.meta.freeList
	page, err := p.read(id)
	if err != nil {
		return err
	}
	if !is(page, id, freeListPage) {
		return damaged("page %d is no list of free pages", id)
	}
	const manyPages = 0xFFFF // the number stands in front of the list
	ids, count := page[pageHeaderSize:], uint64(binary.NativeEndian.Uint16(page[10:]))
	if count == manyPages {
		ids, count = ids[8:], binary.NativeEndian.Uint64(ids)
	}
	if count > uint64(len(ids)/8) {
		return damaged("the list of free pages is longer than its page")
	}
	for i := range count {
		if err := p.use(binary.NativeEndian.Uint64(ids[8*i:])); err != nil {
			return err
		}
	}
	return nil
}

// complete returns an error if there is a page nothing leads to.
func (p *pages) complete() error {
	for id := uint64(firstPage); id < p.meta.pages; id++ {
		if p.seen[id/64]>>(id%64)&1 == 0 {
			return damaged("nothing leads to page %d", id)
		}
	}
	return nil
}

// is reports whether a page says that it is the one with this number, of this
// kind.
func is(page []byte, id uint64, kind uint16) bool {
	return binary.NativeEndian.Uint64(page) == id && binary.NativeEndian.Uint16(page[8:]) == kind
}

// eachElement calls do for the elements of a page, which must lie in it as bbolt
// lays them.
func eachElement(page []byte, within bounds, do func(element) error) error {
	order := binary.NativeEndian
	count := uint64(order.Uint16(page[10:]))
	end := pageHeaderSize + count*elementSize // of what was read so far
	if end > uint64(len(page)) {
		return damaged("more elements than fit")
	}
	last := within.low
	for i := range count {
		head := page[pageHeaderSize+i*elementSize:]
		e, at, keySize, valueSize := element{}, uint64(0), uint64(0), uint64(0)
		if order.Uint16(page[8:]) == leafPage {
			e.flags = order.Uint32(head)
			at, keySize, valueSize = uint64(order.Uint32(head[4:])), uint64(order.Uint32(head[8:])), uint64(order.Uint32(head[12:]))
		} else {
			at, keySize = uint64(order.Uint32(head)), uint64(order.Uint32(head[4:]))
			e.page = order.Uint64(head[8:])
		}
		start := end
		end += keySize + valueSize
		if pageHeaderSize+i*elementSize+at != start || keySize == 0 || end > uint64(len(page)) {
			return damaged("element %d is not where it belongs", i)
		}
		e.key, e.value = page[start:start+keySize], page[start+keySize:end]
		order := bytes.Compare(last, e.key)
		if order > 0 || order == 0 && i > 0 || within.high != nil && bytes.Compare(e.key, within.high) >= 0 {
			return damaged("element %d is out of order", i)
		}
		if err := do(e); err != nil {
			return err
		}
		last = e.key
	}
	return nil
}
