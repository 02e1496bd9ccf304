package journal

import (
	"encoding/binary"
	"math"
)

// The journal speaks a small part of CBOR (RFC 8949) by hand: verification
// decodes every header there ever was, and must neither copy nor reflect.
// Encoding is core deterministic (section 4.2.1) and decoding refuses every
// other form, so that one header has one encoding.

// Major types, RFC 8949, section 3.1.
const (
	majorUint  = 0 << 5
	majorBytes = 2 << 5
	majorArray = 4 << 5
	majorMap   = 5 << 5

	cborNull = 0xf6
)

func appendHead(dst []byte, major byte, n uint64) []byte {
	switch {
	case n < 24:
		return append(dst, major|byte(n))
	case n <= math.MaxUint8:
		return append(dst, major|24, byte(n))
	case n <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(dst, major|25), uint16(n))
	case n <= math.MaxUint32:
		return binary.BigEndian.AppendUint32(append(dst, major|26), uint32(n))
	}
	return binary.BigEndian.AppendUint64(append(dst, major|27), n)
}

func appendBytes(dst, data []byte) []byte {
	return append(appendHead(dst, majorBytes, uint64(len(data))), data...)
}

// reader takes items off the front of rest. The first item that is not what
// was asked for sets failed; from then on everything is zero.
type reader struct {
	rest   []byte
	failed bool
}

// head returns the argument of the next item, which must be of this major type
// and as short as can be.
func (r *reader) head(major byte) uint64 {
	if len(r.rest) == 0 || r.rest[0]&0xe0 != major {
		return r.fail()
	}
	info := r.rest[0] & 0x1f
	if info < 24 {
		r.rest = r.rest[1:]
		return uint64(info)
	}
	width := 1 << (info - 24) // 24..27 mean 1, 2, 4 or 8 bytes
	if info > 27 || len(r.rest) < 1+width {
		return r.fail()
	}
	var n, least uint64
	switch p := r.rest[1:]; width {
	case 1:
		n, least = uint64(p[0]), 24
	case 2:
		n, least = uint64(binary.BigEndian.Uint16(p)), math.MaxUint8+1
	case 4:
		n, least = uint64(binary.BigEndian.Uint32(p)), math.MaxUint16+1
	default:
		n, least = binary.BigEndian.Uint64(p), math.MaxUint32+1
	}
	if n < least {
		return r.fail()
	}
	r.rest = r.rest[1+width:]
	return n
}

// position returns the next item as a position in the journal.
func (r *reader) position() int64 {
	n := r.head(majorUint)
	if n > math.MaxInt64 {
		r.fail()
		return 0
	}
	return int64(n)
}

// list returns the length of the next array. Every element takes a byte at
// least, so that a short input cannot ask for a long list.
func (r *reader) list() int {
	n := r.head(majorArray)
	if n > uint64(len(r.rest)) {
		r.fail()
		return 0
	}
	return int(n)
}

// bytes returns the next byte string without copying it.
func (r *reader) bytes() []byte {
	n := r.head(majorBytes)
	if n > uint64(len(r.rest)) {
		r.fail()
		return nil
	}
	data := r.rest[:n:n]
	r.rest = r.rest[n:]
	return data
}

func (r *reader) hash() (hash [32]byte) {
	data := r.bytes()
	if len(data) != len(hash) {
		r.fail()
		return hash
	}
	return [32]byte(data)
}

// null reports whether the next item is null, and takes it off if so.
func (r *reader) null() bool {
	if len(r.rest) == 0 || r.rest[0] != cborNull {
		return false
	}
	r.rest = r.rest[1:]
	return true
}

// expect takes off an item whose every byte is known.
func (r *reader) expect(major byte, n uint64) {
	if r.head(major) != n {
		r.fail()
	}
}

// done reports whether everything was as asked for and nothing is left.
func (r *reader) done() bool { return !r.failed && len(r.rest) == 0 }

func (r *reader) fail() uint64 {
	r.failed, r.rest = true, nil
	return 0
}
