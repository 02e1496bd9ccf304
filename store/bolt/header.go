package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"

	"schalter/store/kv"
)

// A bbolt file begins with two meta pages that are written in turn; the valid
// one with the higher transaction id counts (bbolt v1.5.0, internal/common/
// meta.go and page.go; in the byte order of the machine). They are read here
// before bbolt sees the file, because bbolt looks at pages a truncated file
// does not have, and scans a file whose list of free pages is missing in a
// goroutine whose faults nobody can catch.
const (
	pageHeaderSize = 16
	metaSize       = 64
	checksumAt     = metaSize - 8
	boltMagic      = 0xED0CDAED
	boltVersion    = 2
	noFreeList     = ^uint64(0)

	minPageSize = 1 << 10
	maxPageSize = 1 << 24
)

// meta is what a meta page says.
type meta struct {
	version  uint32
	pageSize uint32
	root     uint64 // page of the root bucket
	freeList uint64 // page of the list of free pages
	pages    uint64 // number of pages in use
	txid     uint64
}

var (
	errNoMeta  = errors.New("no meta page")
	errBadMeta = errors.New("meta page with a wrong checksum")
)

// checkContents returns why bbolt must not see an open file. One that holds
// nothing is good only to create a database in.
func checkContents(file *os.File, readOnly, create bool) error {
	info, err := file.Stat()
	if err != nil {
		return translate(err)
	}
	if info.Size() == 0 {
		if create {
			return nil
		}
		return fmt.Errorf("%w: it is empty: restore a backup, or make a new one (%w)", ErrTruncated, kv.ErrDamaged)
	}
	m, err := checkHeader(file, info.Size())
	var found *pages
	if err == nil {
		found, err = walkPages(file, m)
	}
	if err == nil && !readOnly {
		err = errors.Join(checkBothMetas(file, m), found.checkWeight())
	}
	if err != nil && create {
		return fmt.Errorf("%w: %v", ErrExists, err)
	}
	return err
}

// checkBothMetas refuses to write to a file with one damaged meta page, or one
// that is older than the commit before the last. It was perhaps the newest, and
// what the other leads to lacks the last commit, which somebody was told is safe.
// Such a file can be read; the next commit would overwrite the only trace of that.
// No crash leaves one: a meta page lies within a sector, which a disk writes whole
// or not at all.
func checkBothMetas(file io.ReaderAt, m meta) error {
	other, err := readMeta(file, 0)
	if err == nil && other.txid == m.txid {
		other, err = readMeta(file, int64(m.pageSize))
	}
	if err != nil || other.version != m.version || other.txid+1 != m.txid {
		return fmt.Errorf("%w: one of the two meta pages; the last commit may be missing", kv.ErrDamaged)
	}
	return nil
}

// checkHeader judges a file of the given size by its meta pages and returns the
// one that counts.
func checkHeader(file io.ReaderAt, size int64) (meta, error) {
	m, err := newestMeta(file, size)
	switch {
	case errors.Is(err, errBadMeta):
		return m, fmt.Errorf("%w: both meta pages", kv.ErrDamaged)
	case err != nil:
		return m, ErrForeign
	case m.version != boltVersion:
		return m, fmt.Errorf("%w: bbolt format %d", ErrNewer, m.version)
	case m.freeList == noFreeList:
		return m, fmt.Errorf("%w: a bbolt file without a list of free pages", ErrForeign)
	case m.root >= m.pages || m.freeList >= m.pages:
		return m, fmt.Errorf("%w: meta page names pages beyond the end", kv.ErrDamaged)
	case m.pages > uint64(size)/uint64(m.pageSize):
		return m, fmt.Errorf("%w: %d bytes are there, %d were written: restore a backup (%w)",
			ErrTruncated, size, m.pages*uint64(m.pageSize), kv.ErrDamaged)
	}
	return m, nil
}

// newestMeta returns the meta page that counts. The second lies one page into
// the file; where that is, the first says unless it is the damaged one.
func newestMeta(file io.ReaderAt, size int64) (meta, error) {
	newest, err := readMeta(file, 0)
	for pageSize := int64(minPageSize); pageSize <= maxPageSize && pageSize < size; pageSize <<= 1 {
		if err == nil && pageSize != int64(newest.pageSize) {
			continue
		}
		second, secondErr := readMeta(file, pageSize)
		if secondErr == nil && int64(second.pageSize) == pageSize && (err != nil || second.txid > newest.txid) {
			return second, nil
		}
	}
	return newest, err
}

func readMeta(file io.ReaderAt, at int64) (meta, error) {
	var page [pageHeaderSize + metaSize]byte
	if _, err := file.ReadAt(page[:], at); err != nil {
		return meta{}, errNoMeta
	}
	b, order := page[pageHeaderSize:], binary.NativeEndian
	if order.Uint32(b) != boltMagic {
		return meta{}, errNoMeta
	}
	m := meta{
		version:  order.Uint32(b[4:]),
		pageSize: order.Uint32(b[8:]),
		root:     order.Uint64(b[16:]),
		freeList: order.Uint64(b[32:]),
		pages:    order.Uint64(b[40:]),
		txid:     order.Uint64(b[48:]),
	}
	sum := fnv.New64a()
	sum.Write(b[:checksumAt])
	if order.Uint64(b[checksumAt:]) != sum.Sum64() {
		return meta{}, errBadMeta
	}
	if m.pageSize < minPageSize || m.pageSize > maxPageSize {
		return meta{}, errBadMeta
	}
	return m, nil
}
