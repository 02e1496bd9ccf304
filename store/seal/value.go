package seal

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/binary"
	"sync/atomic"
)

// The parts of a sealed value, in bytes.
const (
	formatVersion = 1
	nonceSize     = 12
	headerSize    = 1 + 2 + nonceSize
	tagSize       = 16
	blockSize     = 64
	lengthSize    = 4
)

// protocol opens every associated data and derivation of this package, so that
// its keys mean nothing anywhere else.
const protocol = "schalter/1"

// epoch is one data key with the ciphers derived from it so far.
type epoch struct {
	storeID [16]byte
	key     secret
	// ciphers by purpose. Two goroutines may derive the same one; either
	// result will do.
	ciphers [256]atomic.Pointer[cipher.AEAD]
}

func newEpoch(storeID [16]byte, key secret) *epoch {
	return &epoch{storeID: storeID, key: key}
}

// cipher returns the cipher for the record type the place begins with. An
// empty place shares the key of type 0.
func (e *epoch) cipher(place []byte) cipher.AEAD {
	var purpose byte
	if len(place) > 0 {
		purpose = place[0]
	}
	if known := e.ciphers[purpose].Load(); known != nil {
		return *known
	}
	key := derive(e.key, e.storeID[:], protocol+" value "+string([]byte{purpose}))
	aead := newGCM(key)
	e.ciphers[purpose].Store(&aead)
	return aead
}

// EpochOf returns the epoch a value was sealed under. It looks at the header only
// and returns [ErrDamaged] or [ErrVersion].
func EpochOf(sealed []byte) (uint16, error) {
	if len(sealed) < headerSize+blockSize+tagSize {
		return 0, ErrDamaged
	}
	if sealed[0] != formatVersion {
		return 0, ErrVersion
	}
	return binary.BigEndian.Uint16(sealed[1:]), nil
}

// derive returns a key for one purpose by HKDF-SHA256.
func derive(key secret, salt []byte, info string) [32]byte {
	derived, err := hkdf.Key(sha256.New, key.bytes[:], salt, info, 32)
	if err != nil {
		panic("seal: 32 bytes are within what HKDF gives: " + err.Error())
	}
	return [32]byte(derived)
}

func newGCM(key [32]byte) cipher.AEAD {
	block, err := aes.NewCipher(key[:])
	if err != nil {
		panic("seal: 32 bytes are an AES-256 key: " + err.Error())
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic("seal: AES has the block size of GCM: " + err.Error())
	}
	return aead
}

// associatedData returns protocol and fields, each after its length, so that
// no byte can move from one field to the next.
func associatedData(fields ...[]byte) []byte {
	data := appendField(nil, []byte(protocol))
	for _, f := range fields {
		data = appendField(data, f)
	}
	return data
}

func appendField(dst, field []byte) []byte {
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(field)))
	return append(dst, field...)
}

// paddedLen returns the next multiple of blockSize above n. Padding is never
// empty: its first byte marks where the plaintext ends.
func paddedLen(n int) int { return (n/blockSize + 1) * blockSize }

// pad fills block from position n by ISO/IEC 7816-4: one byte 0x80, then
// zeros, which block holds already.
func pad(block []byte, n int) { block[n] = 0x80 }

func unpad(padded []byte) ([]byte, error) {
	end := bytes.LastIndexByte(padded, 0x80)
	if end < 0 || len(bytes.TrimRight(padded[end+1:], "\x00")) > 0 {
		return nil, ErrDamaged
	}
	return padded[:end:end], nil
}
