package bolt

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"

	"go.etcd.io/bbolt"

	"schalter/store/kv"
)

// Figures implements [kv.Measurer]. Pages that a reader still holds on to do not
// count as free, nor does what the file was grown by in advance.
func (e *Engine) Figures(ctx context.Context) (f kv.Figures, err error) {
	if err = e.usable(ctx); err == nil {
		// A snapshot keeps the list of free pages from being used for something
		// else while it is read, also a newer one than the snapshot's own.
		err = e.db.read(func(*bbolt.Tx) error {
			f, err = e.db.figures()
			return err
		})
	}
	if err != nil {
		return kv.Figures{}, fmt.Errorf("figures: %w", err)
	}
	return f, nil
}

func (d *database) figures() (kv.Figures, error) {
	info, err := d.file.Stat()
	if err != nil {
		return kv.Figures{}, translate(err)
	}
	m, err := newestMeta(d.file, info.Size())
	if err != nil {
		return kv.Figures{}, fmt.Errorf("%w: %w", kv.ErrDamaged, err)
	}
	var page [pageHeaderSize + 8]byte
	if _, err := d.file.ReadAt(page[:], int64(m.freeList)*int64(m.pageSize)); err != nil {
		return kv.Figures{}, translate(err)
	}
	if binary.NativeEndian.Uint16(page[8:]) != freeListPage {
		return kv.Figures{}, fmt.Errorf("%w: the list of free pages", kv.ErrDamaged)
	}
	free := uint64(binary.NativeEndian.Uint16(page[10:]))
	if free == math.MaxUint16 { // then the number is the first item
		free = binary.NativeEndian.Uint64(page[pageHeaderSize:])
	}
	if free > m.pages {
		return kv.Figures{}, fmt.Errorf("%w: more free pages than pages", kv.ErrDamaged)
	}
	return kv.Figures{Size: info.Size(), Free: int64(free) * int64(m.pageSize)}, nil
}
