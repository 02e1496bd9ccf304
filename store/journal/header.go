package journal

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"slices"
)

// headerVersion is the only one there is.
const headerVersion = 1

// Keys of the header's map.
const (
	fieldVersion = 1
	fieldSeq     = 2
	fieldWrites  = 3
	fieldPayload = 4
	fieldErased  = 5
	fieldClear   = 6
)

// Header is what an entry says to everybody. Its encoding is the leaf of the
// tree: a CBOR map, core deterministic,
//
//	1 version  2 position  3 writes [[key, hash or null if deleted]…]
//	4 SHA-256 of the sealed payload  5 positions erased [n…], left out if none
//	6 SHA-256 of the payload in clear, left out if none
//
// The payload in clear begins or ends with random bytes of its own, so that its
// hash tells nothing about it. Whoever is shown it can check it without a key.
type Header struct {
	// Seq is the entry's position in the journal.
	Seq int64
	// Writes are the keys written by the entry's commit, each once. Keys that
	// may be written without an entry can be left out.
	Writes []Write
	// Payload is the SHA-256 of the sealed payload.
	Payload [32]byte
	// Erased are positions of earlier entries whose payloads this commit took
	// away.
	Erased []int64
	// Clear is the SHA-256 of the payload before it was sealed; zero for none.
	Clear [32]byte
}

// Write is one key written, with the SHA-256 of the value as it is stored, or
// one key deleted.
type Write struct {
	Key     []byte
	Hash    [32]byte
	Deleted bool
}

// Put returns the write of a value under a key.
func Put(key, stored []byte) Write { return Write{Key: key, Hash: sha256.Sum256(stored)} }

// Delete returns the removal of a key.
func Delete(key []byte) Write { return Write{Key: key, Deleted: true} }

// Marshal returns the header's encoding, with writes in the order of their
// keys and erased positions ascending. It returns [ErrMalformed] for a key or
// position named twice, an empty key, a negative position, and an erased
// position that is not before the entry.
func (h Header) Marshal() ([]byte, error) {
	writes := slices.Clone(h.Writes)
	slices.SortFunc(writes, func(a, b Write) int { return bytes.Compare(a.Key, b.Key) })
	erased := slices.Clone(h.Erased)
	slices.Sort(erased)
	h.Writes, h.Erased = writes, erased
	if !h.sound() {
		return nil, fmt.Errorf("journal header: %w", ErrMalformed)
	}
	return h.append(nil), nil
}

func (h Header) append(dst []byte) []byte {
	dst = appendHead(dst, majorMap, h.fields())
	dst = appendHead(append(dst, fieldVersion), majorUint, headerVersion)
	dst = appendHead(append(dst, fieldSeq), majorUint, uint64(h.Seq))
	dst = appendHead(append(dst, fieldWrites), majorArray, uint64(len(h.Writes)))
	for _, w := range h.Writes {
		dst = w.append(dst)
	}
	dst = appendBytes(append(dst, fieldPayload), h.Payload[:])
	if len(h.Erased) > 0 {
		dst = appendHead(append(dst, fieldErased), majorArray, uint64(len(h.Erased)))
		for _, seq := range h.Erased {
			dst = appendHead(dst, majorUint, uint64(seq))
		}
	}
	if h.Clear != ([32]byte{}) {
		dst = appendBytes(append(dst, fieldClear), h.Clear[:])
	}
	return dst
}

// fields counts what the map holds. An optional field without content is none, so
// that one header has one encoding.
func (h Header) fields() uint64 {
	n := uint64(4)
	if len(h.Erased) > 0 {
		n++
	}
	if h.Clear != ([32]byte{}) {
		n++
	}
	return n
}

func (w Write) append(dst []byte) []byte {
	dst = appendBytes(appendHead(dst, majorArray, 2), w.Key)
	if w.Deleted {
		return append(dst, cborNull)
	}
	return appendBytes(dst, w.Hash[:])
}

// sound reports whether writes and erased positions are ascending, without
// repetition, and possible.
func (h Header) sound() bool {
	if h.Seq < 0 {
		return false
	}
	for i, w := range h.Writes {
		if len(w.Key) == 0 || i > 0 && bytes.Compare(h.Writes[i-1].Key, w.Key) >= 0 {
			return false
		}
	}
	for i, seq := range h.Erased {
		if seq < 0 || seq >= h.Seq || i > 0 && h.Erased[i-1] >= seq {
			return false
		}
	}
	return true
}

// ParseHeader is the inverse of [Header.Marshal]. The keys of the writes are
// parts of data. It returns [ErrVersion], or [ErrMalformed] for everything
// Marshal would not have written.
func ParseHeader(data []byte) (Header, error) {
	var h Header
	if err := h.parse(data); err != nil {
		return Header{}, err
	}
	return h, nil
}

// parse fills h, using the room its slices have.
func (h *Header) parse(data []byte) error {
	r := reader{rest: data}
	fields := r.head(majorMap)
	r.expect(majorUint, fieldVersion)
	if version := r.head(majorUint); version != headerVersion && !r.failed {
		return fmt.Errorf("%w: %d", ErrVersion, version)
	}
	r.expect(majorUint, fieldSeq)
	h.Seq = r.position()
	r.expect(majorUint, fieldWrites)
	h.Writes = r.writes(h.Writes[:0])
	r.expect(majorUint, fieldPayload)
	h.Payload = r.hash()
	h.Erased, h.Clear = h.Erased[:0], [32]byte{}
	if r.next(fieldErased) {
		h.Erased = r.positions(h.Erased)
	}
	if r.next(fieldClear) {
		h.Clear = r.hash()
	}
	if !r.done() || fields != h.fields() || !h.sound() {
		return fmt.Errorf("journal header: %w", ErrMalformed)
	}
	return nil
}

// next takes off the key of an optional field, if it comes next.
func (r *reader) next(field byte) bool {
	if len(r.rest) == 0 || r.rest[0] != field {
		return false
	}
	r.rest = r.rest[1:]
	return true
}

func (r *reader) writes(into []Write) []Write {
	for range r.list() {
		r.expect(majorArray, 2)
		w := Write{Key: r.bytes()}
		if w.Deleted = r.null(); !w.Deleted {
			w.Hash = r.hash()
		}
		if r.failed {
			return nil
		}
		into = append(into, w)
	}
	return into
}

func (r *reader) positions(into []int64) []int64 {
	for range r.list() {
		into = append(into, r.position())
	}
	return into
}
