package journal

import (
	"fmt"
	"math/bits"
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// Tree is the right edge of the Merkle tree: enough to append and to name the
// root, in memory of the logarithm of its size. The zero Tree is empty and
// ready.
type Tree struct {
	size int64
	// edge are the roots of the complete subtrees the size divides into,
	// largest first: one for every bit set in size.
	edge []tlog.Hash
}

// LoadTree returns the tree of a size, reading its edge: one stored hash for
// every bit set in size.
func LoadTree(size int64, stored tlog.HashReader) (*Tree, error) {
	if size < 0 {
		return nil, fmt.Errorf("load journal tree: size %d: %w", size, ErrMalformed)
	}
	indexes := make([]int64, 0, bits.OnesCount64(uint64(size)))
	for left := size; left > 0; {
		level := bits.Len64(uint64(left)) - 1
		first := size - left
		indexes = append(indexes, tlog.StoredHashIndex(level, first>>level))
		left -= 1 << level
	}
	edge, err := stored.ReadHashes(indexes)
	if err == nil && len(edge) != len(indexes) {
		err = fmt.Errorf("%d hashes for %d indexes", len(edge), len(indexes))
	}
	if err != nil {
		return nil, fmt.Errorf("load journal tree: %w", err)
	}
	return &Tree{size: size, edge: slices.Clone(edge)}, nil
}

// Size returns the number of entries.
func (t *Tree) Size() int64 { return t.size }

// Clone returns a copy to append to while it is open whether a commit succeeds.
func (t *Tree) Clone() *Tree { return &Tree{size: t.size, edge: slices.Clone(t.edge)} }

// Root returns the Merkle tree hash of RFC 6962, section 2.1.
func (t *Tree) Root() tlog.Hash {
	if t.size == 0 {
		root, _ := tlog.TreeHash(0, nil) // the constant of the empty tree
		return root
	}
	root := t.edge[len(t.edge)-1]
	for i := len(t.edge) - 2; i >= 0; i-- {
		root = tlog.NodeHash(t.edge[i], root)
	}
	return root
}

// Append adds the entry with this header and returns the hashes to be stored
// with it: its leaf, then the root of each subtree it completes. They belong
// from index tlog.StoredHashIndex(0, n) on, n being the position; [FormatRow]
// makes one stored row of them.
func (t *Tree) Append(header []byte) []tlog.Hash {
	return t.appendLeaf(tlog.RecordHash(header), nil)
}

// appendLeaf appends the hashes to be stored to dst.
func (t *Tree) appendLeaf(hash tlog.Hash, dst []tlog.Hash) []tlog.Hash {
	dst = append(dst, hash)
	for range bits.TrailingZeros64(^uint64(t.size)) {
		last := len(t.edge) - 1
		hash = tlog.NodeHash(t.edge[last], hash)
		t.edge = t.edge[:last]
		dst = append(dst, hash)
	}
	t.edge = append(t.edge, hash)
	t.size++
	return dst
}

// FormatRow returns the hashes of one [Tree.Append] as they are stored, one
// after the other: one row an entry, on average 64 bytes.
func FormatRow(hashes []tlog.Hash) []byte {
	return appendRow(make([]byte, 0, len(hashes)*tlog.HashSize), hashes)
}

func appendRow(dst []byte, hashes []tlog.Hash) []byte {
	for _, hash := range hashes {
		dst = append(dst, hash[:]...)
	}
	return dst
}

// RowReader returns a reader of stored hashes over rows of [FormatRow]; row
// returns the one of a position. Proofs of golang.org/x/mod/sumdb/tlog are made
// with it.
func RowReader(row func(seq int64) ([]byte, error)) tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			// The subtree is complete, and its root stored, with its last entry.
			level, n := tlog.SplitStoredHashIndex(index)
			seq := (n+1)<<level - 1
			data, err := row(seq)
			if err != nil {
				return nil, fmt.Errorf("journal hashes of entry %d: %w", seq, err)
			}
			if len(data) < (level+1)*tlog.HashSize {
				return nil, fmt.Errorf("journal hashes of entry %d: %w", seq, ErrMalformed)
			}
			hashes[i] = tlog.Hash(data[level*tlog.HashSize:])
		}
		return hashes, nil
	})
}
