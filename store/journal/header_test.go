package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"pgregory.net/rapid"
)

func must[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// A header must give the same leaf for as long as there are journals.
func TestHeaderFormatIsPinned(t *testing.T) {
	h := Header{
		Seq:     1042,
		Writes:  []Write{Put([]byte("m/1"), []byte("sealed")), Delete([]byte("c/9"))},
		Payload: sha256.Sum256([]byte("payload")),
		Erased:  []int64{300, 7},
	}
	const want = "a5" +
		"0101" +
		"02190412" +
		"0382" +
		"8243632f39f6" +
		"82436d2f315820c9d0036bed6744bcdf692fc980d8717d7e5f5a4f4e8266b4a84982602fb1cd09" +
		"045820239f59ed55e737c77147cf55ad0c1b030b6d7ee748a7426952f9b852d5a935e5" +
		"05820719012c"
	if got := hex.EncodeToString(must(h.Marshal())(t)); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}

// mirror is the header as a library for CBOR sees it.
type mirror struct {
	Version uint64   `cbor:"1,keyasint"`
	Seq     int64    `cbor:"2,keyasint"`
	Writes  [][]any  `cbor:"3,keyasint"`
	Payload [32]byte `cbor:"4,keyasint"`
	Erased  []int64  `cbor:"5,keyasint,omitempty"`
	Clear   []byte   `cbor:"6,keyasint,omitempty"`
}

func mirrored(h Header) mirror {
	m := mirror{Version: 1, Seq: h.Seq, Writes: [][]any{}, Payload: h.Payload, Erased: h.Erased}
	if h.Clear != ([32]byte{}) {
		m.Clear = h.Clear[:]
	}
	for _, w := range h.Writes {
		if w.Deleted {
			m.Writes = append(m.Writes, []any{w.Key, nil})
		} else {
			m.Writes = append(m.Writes, []any{w.Key, w.Hash[:]})
		}
	}
	return m
}

// TestHeaderIsDeterministicCBOR compares with an independent encoder.
func TestHeaderIsDeterministicCBOR(t *testing.T) {
	mode := must(cbor.CoreDetEncOptions().EncMode())(t)
	rapid.Check(t, func(t *rapid.T) {
		data, err := drawHeader(t).Marshal()
		if err != nil {
			t.Fatal(err)
		}
		h, err := ParseHeader(data)
		if err != nil {
			t.Fatal(err)
		}
		if want, err := mode.Marshal(mirrored(h)); err != nil || !bytes.Equal(data, want) {
			t.Fatalf("\n got %x\nwant %x, %v", data, want, err)
		}
	})
}

func drawHeader(t *rapid.T) Header {
	h := Header{
		Seq: rapid.OneOf(rapid.Int64Range(0, 70000), rapid.Int64Range(1<<31, math.MaxInt64)).Draw(t, "seq"),
	}
	copy(h.Payload[:], rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "payload"))
	keys := rapid.SliceOfNDistinct(rapid.SliceOfN(rapid.Byte(), 1, 30), 0, 30,
		func(key []byte) string { return string(key) }).Draw(t, "keys")
	for _, key := range keys {
		if rapid.Bool().Draw(t, "deleted") {
			h.Writes = append(h.Writes, Delete(key))
		} else {
			h.Writes = append(h.Writes, Put(key, key))
		}
	}
	if h.Seq > 0 {
		h.Erased = rapid.SliceOfNDistinct(rapid.Int64Range(0, h.Seq-1), 0, int(min(h.Seq, 30)), rapid.ID).Draw(t, "erased")
	}
	h.Clear[0] = rapid.ByteMax(2).Draw(t, "clear")
	return h
}

func TestHeaderRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data, err := drawHeader(t).Marshal()
		if err != nil {
			t.Fatal(err)
		}
		h, err := ParseHeader(data)
		if err != nil {
			t.Fatal(err)
		}
		again, err := h.Marshal()
		if err != nil || !bytes.Equal(data, again) {
			t.Fatalf("%x became %x, %v", data, again, err)
		}
		for n := range data {
			if _, err := ParseHeader(data[:n]); err == nil {
				t.Fatalf("%d of %d bytes are a header", n, len(data))
			}
		}
	})
}

func TestMarshalRefuses(t *testing.T) {
	for _, tt := range []struct {
		reason string
		header Header
	}{
		{"a key twice", Header{Seq: 1, Writes: []Write{Put([]byte("a"), nil), Delete([]byte("a"))}}},
		{"an empty key", Header{Seq: 1, Writes: []Write{Put(nil, nil)}}},
		{"a negative position", Header{Seq: -1}},
		{"erasing itself", Header{Seq: 1, Erased: []int64{1}}},
		{"erasing what comes later", Header{Seq: 1, Erased: []int64{2}}},
		{"erasing what never was", Header{Seq: 1, Erased: []int64{-1}}},
		{"erasing twice", Header{Seq: 1, Erased: []int64{0, 0}}},
	} {
		if data, err := tt.header.Marshal(); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %x, %v; want %v", tt.reason, data, err, ErrMalformed)
		}
	}
}

func TestMarshalLeavesItsInputAlone(t *testing.T) {
	h := Header{Seq: 9, Writes: []Write{Delete([]byte("b")), Delete([]byte("a"))}, Erased: []int64{2, 1}}
	must(h.Marshal())(t)
	if string(h.Writes[0].Key) != "b" || !reflect.DeepEqual(h.Erased, []int64{2, 1}) {
		t.Errorf("writes and erased were sorted in place: %+v", h)
	}
}

func TestParseHeaderRefuses(t *testing.T) {
	hash := hex.EncodeToString(bytes.Repeat([]byte{0x11}, 32))
	payload := "045820" + hash
	for _, tt := range []struct {
		reason, data string
		want         error
	}{
		{"nothing", "", ErrMalformed},
		{"no map", "84", ErrMalformed},
		{"a newer version", "a40102020003 80" + payload, ErrVersion},
		{"version as a byte string", "a40141010200" + "0380" + payload, ErrMalformed},
		{"fields in another order", "a402000101" + "0380" + payload, ErrMalformed},
		{"three fields", "a301010200" + "0380" + payload, ErrMalformed},
		{"something behind", "a401010200" + "0380" + payload + "00", ErrMalformed},
		{"a number longer than need be", "a40101021800" + "0380" + payload, ErrMalformed},
		{"a number of two bytes that fits one", "a401010219 00ff" + "0380" + payload, ErrMalformed},
		{"a number of four bytes that fits two", "a40101021a 0000ffff" + "0380" + payload, ErrMalformed},
		{"a number of eight bytes that fits four", "a40101021b 00000000ffffffff" + "0380" + payload, ErrMalformed},
		{"a reserved length", "a40101021c" + "0380" + payload, ErrMalformed},
		{"an indefinite list", "a401010200" + "039fff" + payload, ErrMalformed},
		{"a negative position", "a401010220" + "0380" + payload, ErrMalformed},
		{"a position beyond 63 bits", "a40101021b8000000000000000" + "0380" + payload, ErrMalformed},
		{"a list longer than the data", "a401010200" + "039a7fffffff" + payload, ErrMalformed},
		{"a key longer than the data", "a401010200" + "03818259ffff41" + payload, ErrMalformed},
		{"a write of three", "a401010200" + "03818341 61f6f6" + payload, ErrMalformed},
		{"a short hash", "a401010200" + "0381824161 4111" + payload, ErrMalformed},
		{"an empty key", "a401010200" + "03818240f6" + payload, ErrMalformed},
		{"keys out of order", "a401010200" + "0382824162f6824161f6" + payload, ErrMalformed},
		{"a key twice", "a401010200" + "0382824161f6824161f6" + payload, ErrMalformed},
		{"undefined for null", "a401010200" + "0381824161f7" + payload, ErrMalformed},
		{"an empty list of erased", "a501010205" + "0380" + payload + "0580", ErrMalformed},
		{"erased out of order", "a501010205" + "0380" + payload + "05820201", ErrMalformed},
		{"erased not before itself", "a501010205" + "0380" + payload + "058105", ErrMalformed},
		{"a hash of zeros", "a501010205" + "0380" + payload + "065820" + strings.Repeat("00", 32), ErrMalformed},
		{"erased behind the hash in clear", "a601010205" + "0380" + payload + "065820" + hash + "058101", ErrMalformed},
		{"six fields", "a601010205" + "0380" + payload + "0581010600", ErrMalformed},
	} {
		data := must(hex.DecodeString(string(bytes.ReplaceAll([]byte(tt.data), []byte(" "), nil))))(t)
		if h, err := ParseHeader(data); !errors.Is(err, tt.want) || !reflect.DeepEqual(h, Header{}) {
			t.Errorf("%s: %+v, %v; want %v", tt.reason, h, err, tt.want)
		}
	}
}

func TestEntryRoundTrip(t *testing.T) {
	for _, entry := range []Entry{
		{},
		{Header: []byte("header"), Payload: []byte("payload")},
		{Header: []byte("header of an erased payload")},
		{Header: make([]byte, 300), Payload: make([]byte, 70000)},
	} {
		data := entry.Marshal()
		got := must(ParseEntry(data))(t)
		if !bytes.Equal(got.Header, entry.Header) || !bytes.Equal(got.Payload, entry.Payload) {
			t.Errorf("%d and %d bytes came back as %d and %d",
				len(entry.Header), len(entry.Payload), len(got.Header), len(got.Payload))
		}
		for _, broken := range [][]byte{nil, data[:len(data)-1], append(bytes.Clone(data), 0), data[1:]} {
			if _, err := ParseEntry(broken); !errors.Is(err, ErrMalformed) {
				t.Errorf("%d of %d bytes: %v, want %v", len(broken), len(data), err, ErrMalformed)
			}
		}
	}
}

func FuzzParseHeader(f *testing.F) {
	f.Add(must(Header{Seq: 9, Writes: []Write{Put([]byte("a"), nil), Delete([]byte("b"))}, Erased: []int64{3}}.Marshal())(f))
	f.Add(must(Header{}.Marshal())(f))
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := ParseHeader(data)
		if err != nil {
			return
		}
		if again, err := h.Marshal(); err != nil || !bytes.Equal(again, data) {
			t.Fatalf("%x became %x, %v", data, again, err)
		}
	})
}

func FuzzParseEntry(f *testing.F) {
	f.Add(Entry{Header: []byte("header"), Payload: []byte("payload")}.Marshal())
	f.Fuzz(func(t *testing.T, data []byte) {
		entry, err := ParseEntry(data)
		if err == nil && !bytes.Equal(entry.Marshal(), data) {
			t.Fatalf("%x became %x", data, entry.Marshal())
		}
	})
}
