package code_test

import (
	"bytes"
	"encoding/hex"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"schalter/domain/code"
)

var (
	pepper = []byte("0123456789abcdef0123456789abcdef")
	salt   = [16]byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}
)

func TestHashMatchesItsCodeOnly(t *testing.T) {
	c := code.Code(sample)
	h := code.HashCode(c, pepper, 7, salt)
	if h.Pepper != 7 || h.Salt != salt || h.Time != 2 || h.Memory != 19*1024 || h.Threads != 1 {
		t.Errorf("parameters are not kept: %+v", h)
	}
	cheaper, otherSalt, otherSum := h, h, h
	cheaper.Time--
	otherSalt.Salt[0]++
	otherSum.Sum[31]++
	for _, row := range []struct {
		why    string
		hash   code.Hash
		code   code.Code
		pepper []byte
		want   bool
	}{
		{"the code itself", h, c, pepper, true},
		{"another code", h, code.Code(vectors[0]), pepper, false},
		{"another pepper", h, c, pepper[1:], false},
		{"no pepper", h, c, nil, false},
		{"the empty code", h, "", pepper, false},
		{"parameters changed in the store", cheaper, c, pepper, false},
		{"salt changed in the store", otherSalt, c, pepper, false},
		{"last byte changed in the store", otherSum, c, pepper, false},
	} {
		if got := row.hash.Matches(row.code, row.pepper); got != row.want {
			t.Errorf("%s: %t", row.why, got)
		}
	}
}

// Damaged parameters must neither panic nor take the memory they ask for.
func TestHashWithAbsurdParametersMatchesNothing(t *testing.T) {
	for _, row := range []struct {
		why  string
		hash code.Hash
	}{
		{"empty", code.Hash{}},
		{"no passes", code.Hash{Memory: 64, Threads: 1}},
		{"endless passes", code.Hash{Time: 1 << 31, Memory: 64, Threads: 1}},
		{"no threads", code.Hash{Time: 1, Memory: 64}},
		{"terabytes", code.Hash{Time: 1, Memory: 1<<32 - 1, Threads: 1}},
	} {
		if row.hash.Matches(sample, pepper) {
			t.Errorf("%s: matches", row.why)
		}
	}
}

// Live codes must stay redeemable over an update of the program. The value was
// computed apart, with Argon2id of OpenSSL over Python's hmac.
func TestHashIsStable(t *testing.T) {
	h := code.HashCode(sample, pepper, 1, salt)
	const want = "3db5cffaa7cbdecc875d75231b585d23522b9096ab41bb51f75f198ac0c0764d"
	if got := hex.EncodeToString(h.Sum[:]); got != want {
		t.Errorf("got %s", got)
	}
}

func TestHashInCBORHasIntegerKeysAndByteStrings(t *testing.T) {
	h := code.Hash{Pepper: 3, Salt: salt, Time: 2, Memory: 64, Threads: 1, Sum: [32]byte{31: 9}}
	raw, err := cbor.Marshal(h)
	if err != nil {
		t.Fatal(err)
	}
	// map of 6, key 1: 3, key 2: 16 bytes
	if prefix := []byte{0xa6, 0x01, 0x03, 0x02, 0x50, 1, 2, 3}; !bytes.HasPrefix(raw, prefix) {
		t.Errorf("got %x", raw)
	}
	var back code.Hash
	if err := cbor.Unmarshal(raw, &back); err != nil || back != h {
		t.Errorf("back as %+v, %v", back, err)
	}
}
