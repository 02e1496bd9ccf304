package seal

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	cryptorand "crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

var (
	testStore  = [16]byte{0xa0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
	otherStore = [16]byte{0xb0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
)

// steady returns the same bytes in every run.
func steady() io.Reader { return rand.NewChaCha8([32]byte{7}) }

func newTestRing(t testing.TB) *Ring {
	t.Helper()
	return must(NewRing(testStore, steady()))(t)
}

func must[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// A stored value must open for as long as there are databases. Whoever changes
// these strings owes a migration.
const (
	goldenRing = "a501010250a00102030405060708090a0b0c0d0e0f030104a101582033703b7158a07611ce9337376b0e4da8" +
		"8e4a270c7028bc884f8f789f44ebb18e0558200e42d4cae8864908e0b8c7520e360aa404427c9053d9a667be" +
		"544c14e69fa482"
	goldenSealed = "010001aefca77286015ec24861aac0493b8e5e21c9cf3e60afda3762fb329a1621e6cb7c37095f7a4ee373ac" +
		"b1bc2409cbdece7e7fcd4dd1e0efcda8d49240b2f318d764cd82b4a1fe2a1a7a3417ba33e798aa72fc208d61" +
		"59bd71c4649f9a"
	goldenLookup = "c43f813602196841ccc0a071f5790590"
)

func TestRingFormatIsPinned(t *testing.T) {
	ring := newTestRing(t)
	lookup := ring.Lookup("kvnr", []byte("A123456780"))
	sealed := ring.Seal([]byte("m/1"), []byte("a record"))
	for _, tt := range []struct{ name, got, want string }{
		{"ring", hex.EncodeToString(ring.Marshal()), goldenRing},
		{"sealed value", hex.EncodeToString(sealed), goldenSealed},
		{"lookup hash", hex.EncodeToString(lookup[:]), goldenLookup},
	} {
		if tt.got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, tt.got, tt.want)
		}
	}
}

func TestPinnedValueOpens(t *testing.T) {
	ring := must(UnmarshalRing(unhex(t, goldenRing), steady()))(t)
	got := must(ring.Open([]byte("m/1"), unhex(t, goldenSealed)))(t)
	if string(got) != "a record" {
		t.Errorf("got %q", got)
	}
}

// TestSealedValueFollowsTheDescription builds a sealed value from the package
// comment alone.
func TestSealedValueFollowsTheDescription(t *testing.T) {
	ring := newTestRing(t)
	place, plaintext := []byte("m/1"), bytes.Repeat([]byte("x"), 70)
	sealed := ring.Seal(place, plaintext)

	epochKey := ring.epochs[1].key.bytes
	key := must(hkdf.Key(sha256.New, epochKey[:], testStore[:], "schalter/1 value m", 32))(t)
	aead := must(cipher.NewGCM(must(aes.NewCipher(key))(t)))(t)
	bound := "\x00\x00\x00\x0aschalter/1" + "\x00\x00\x00\x10" + string(testStore[:]) + "\x00\x00\x00\x03m/1"
	padded := append(append(plaintext, 0x80), make([]byte, 57)...)
	nonce := sealed[3:15]
	want := aead.Seal(append([]byte{1, 0, 1}, nonce...), nonce, padded, []byte(bound))
	if !bytes.Equal(sealed, want) {
		t.Errorf("\n got %x\nwant %x", sealed, want)
	}

	mac := hmac.New(sha256.New, ring.lookup.bytes[:])
	mac.Write([]byte("\x00\x00\x00\x04kvnrA123456780"))
	if got := ring.Lookup("kvnr", []byte("A123456780")); !bytes.Equal(got[:], mac.Sum(nil)[:16]) {
		t.Errorf("lookup %x, want %x", got, mac.Sum(nil)[:16])
	}
}

func TestOpenRefuses(t *testing.T) {
	ring := newTestRing(t)
	place := []byte("m/1")
	sealed := ring.Seal(place, []byte("a record"))
	other := must(NewRing(testStore, rand.NewChaCha8([32]byte{8})))(t)
	moved := must(UnmarshalRing(withStore(t, ring, otherStore), steady()))(t)

	for _, tt := range []struct {
		reason string
		ring   *Ring
		place  []byte
		sealed []byte
		want   error
	}{
		{"another place of the same type", ring, []byte("m/2"), sealed, ErrDamaged},
		{"another record type", ring, []byte("s/1"), sealed, ErrDamaged},
		{"a longer place", ring, []byte("m/1\x00"), sealed, ErrDamaged},
		{"no place", ring, nil, sealed, ErrDamaged},
		{"another database with the same keys", moved, place, sealed, ErrDamaged},
		{"another ring", other, place, sealed, ErrDamaged},
		{"an epoch nobody made", ring, place, patched(sealed, 2, 9), ErrUnknownEpoch},
		{"a newer format", ring, place, patched(sealed, 0, 2), ErrVersion},
		{"nothing", ring, place, nil, ErrDamaged},
		{"a header alone", ring, place, sealed[:headerSize], ErrDamaged},
		{"the last byte gone", ring, place, sealed[:len(sealed)-1], ErrDamaged},
		{"a byte more", ring, place, append(bytes.Clone(sealed), 0), ErrDamaged},
	} {
		if got, err := tt.ring.Open(tt.place, tt.sealed); !errors.Is(err, tt.want) || got != nil {
			t.Errorf("%s: got %q, %v; want %v", tt.reason, got, err, tt.want)
		}
	}
}

// withStore returns the marshalled ring under another store id, so that only
// the id differs.
func withStore(t testing.TB, ring *Ring, storeID [16]byte) []byte {
	t.Helper()
	var fields ringFields
	if err := decode(ring.Marshal(), ringVersion, &fields); err != nil {
		t.Fatal(err)
	}
	fields.StoreID = storeID
	return encode(fields)
}

func TestOpenRefusesEveryFlippedBit(t *testing.T) {
	ring := must(newTestRing(t).WithNewEpoch())(t)
	place := []byte("m/1")
	sealed := ring.Seal(place, bytes.Repeat([]byte("x"), 63))
	for i := range sealed {
		for bit := range 8 {
			flipped := patched(sealed, i, sealed[i]^1<<bit)
			if got, err := ring.Open(place, flipped); err == nil {
				t.Fatalf("bit %d of byte %d: opened as %q", bit, i, got)
			}
		}
	}
}

func TestEpochs(t *testing.T) {
	first := newTestRing(t)
	old := first.Seal([]byte("m/1"), []byte("old"))
	second := must(first.WithNewEpoch())(t)
	fresh := second.Seal([]byte("m/1"), []byte("new"))

	if first.Epoch() != 1 || second.Epoch() != 2 {
		t.Errorf("epochs %d and %d, want 1 and 2", first.Epoch(), second.Epoch())
	}
	if got, err := second.Open([]byte("m/1"), old); err != nil || string(got) != "old" {
		t.Errorf("new ring on old value: %q, %v", got, err)
	}
	if got, err := second.Open([]byte("m/1"), fresh); err != nil || string(got) != "new" {
		t.Errorf("new ring on new value: %q, %v", got, err)
	}
	if _, err := first.Open([]byte("m/1"), fresh); !errors.Is(err, ErrUnknownEpoch) {
		t.Errorf("old ring on new value: %v, want %v", err, ErrUnknownEpoch)
	}
	if first.Lookup("kvnr", []byte("x")) != second.Lookup("kvnr", []byte("x")) {
		t.Error("lookup hash changed with the epoch")
	}
	if first.epochs[1].key == second.epochs[2].key {
		t.Error("both epochs have the same key")
	}
}

func TestEpochsEnd(t *testing.T) {
	ring := newTestRing(t)
	ring.current, ring.epochs = 65535, map[uint16]*epoch{65535: ring.epochs[1]}
	if _, err := ring.WithNewEpoch(); err == nil {
		t.Error("an epoch after the last")
	}
}

func TestPurposesHaveTheirOwnKeys(t *testing.T) {
	keys := newTestRing(t).epochs[1]
	if keys.cipher([]byte("m/1")) != keys.cipher([]byte("m/2")) {
		t.Error("the cipher of a record type is derived twice")
	}
	seen := make(map[string]byte)
	for purpose := range 256 {
		// The same nonce and data: equal output would mean equal keys.
		out := keys.cipher([]byte{byte(purpose)}).Seal(nil, make([]byte, nonceSize), []byte("x"), nil)
		if other, ok := seen[string(out)]; ok {
			t.Fatalf("record types %d and %d share a key", other, purpose)
		}
		seen[string(out)] = byte(purpose)
	}
}

func TestLookupKeepsPurposesApart(t *testing.T) {
	ring := newTestRing(t)
	seen := make(map[[LookupSize]byte]string)
	for _, tt := range []struct{ purpose, value string }{
		{"kvnr", "A123456780"},
		{"kvnr", "A123456781"},
		{"name", "A123456780"},
		{"kvnrA", "123456780"},
		{"", "kvnrA123456780"},
		{"kvnr", ""},
		{"", ""},
	} {
		hash := ring.Lookup(tt.purpose, []byte(tt.value))
		if other, ok := seen[hash]; ok {
			t.Errorf("%q %q and %s have the same hash", tt.purpose, tt.value, other)
		}
		seen[hash] = fmt.Sprintf("%q %q", tt.purpose, tt.value)
	}
}

func TestNoncesDoNotRepeat(t *testing.T) {
	ring := must(NewRing(testStore, cryptorand.Reader))(t)
	const seals = 20000
	seen := make(map[[nonceSize]byte]bool, seals)
	for range seals {
		seen[[nonceSize]byte(ring.Seal([]byte("m/1"), nil)[3:])] = true
	}
	if len(seen) != seals {
		t.Errorf("%d nonces for %d values", len(seen), seals)
	}
}

func TestSealRoundTrip(t *testing.T) {
	ring := newTestRing(t)
	rapid.Check(t, func(t *rapid.T) {
		place := rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "place")
		plaintext := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "plaintext")
		before := bytes.Clone(plaintext)
		sealed := ring.Seal(place, plaintext)
		if want := 31 + (len(plaintext)/64+1)*64; len(sealed) != want {
			t.Fatalf("%d bytes sealed to %d, want %d", len(plaintext), len(sealed), want)
		}
		got, err := ring.Open(place, sealed)
		if err != nil || !bytes.Equal(got, plaintext) || !bytes.Equal(before, plaintext) {
			t.Fatalf("sealed %x, opened %x, %v", plaintext, got, err)
		}
		elsewhere := rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "elsewhere")
		if _, err := ring.Open(elsewhere, sealed); err == nil && !bytes.Equal(place, elsewhere) {
			t.Fatalf("value of %x opened at %x", place, elsewhere)
		}
	})
}

func TestPaddingOddities(t *testing.T) {
	ring := newTestRing(t)
	for _, plaintext := range []string{
		"", "\x80", "\x80\x00", "\x00", strings.Repeat("\x00", 64),
		strings.Repeat("\x80", 63), strings.Repeat("\x80", 64), strings.Repeat("\x80", 65),
	} {
		got, err := ring.Open([]byte("m"), ring.Seal([]byte("m"), []byte(plaintext)))
		if err != nil || string(got) != plaintext {
			t.Errorf("%x opened as %x, %v", plaintext, got, err)
		}
	}
	for _, padded := range []string{"", "no mark", "\x80\x01", "\x00\x00"} {
		if _, err := unpad([]byte(padded)); !errors.Is(err, ErrDamaged) {
			t.Errorf("padding %x: %v, want %v", padded, err, ErrDamaged)
		}
	}
}

func TestWipedRing(t *testing.T) {
	ring := newTestRing(t)
	sealed := ring.Seal([]byte("m"), []byte("x"))
	key := &ring.epochs[1].key
	ring.Wipe()
	if key.bytes != [32]byte{} || ring.lookup.bytes != [32]byte{} {
		t.Error("keys are still there")
	}
	if _, err := ring.Open([]byte("m"), sealed); !errors.Is(err, ErrWiped) {
		t.Errorf("Open: %v, want %v", err, ErrWiped)
	}
	if _, err := ring.WithNewEpoch(); !errors.Is(err, ErrWiped) {
		t.Errorf("WithNewEpoch: %v, want %v", err, ErrWiped)
	}
	mustPanic(t, "Seal", func() { ring.Seal([]byte("m"), nil) })
	mustPanic(t, "Lookup", func() { ring.Lookup("kvnr", nil) })
	mustPanic(t, "Marshal", func() { ring.Marshal() })
}

func TestFailingRandomness(t *testing.T) {
	if _, err := NewRing(testStore, strings.NewReader("too little")); err == nil {
		t.Error("NewRing without randomness")
	}
	if _, err := NewRing(testStore, io.LimitReader(steady(), 40)); err == nil {
		t.Error("NewRing without randomness for the epoch")
	}
	if _, err := NewRingKey(strings.NewReader("")); err == nil {
		t.Error("NewRingKey without randomness")
	}
	ring := must(NewRing(testStore, io.LimitReader(steady(), 64)))(t)
	mustPanic(t, "Seal", func() { ring.Seal([]byte("m"), nil) })
	if _, err := (RingKey{}).Seal(ring); err == nil {
		t.Error("RingKey.Seal without randomness")
	}
}

func mustPanic(t *testing.T, name string, f func()) {
	t.Helper()
	defer func() {
		if recover() == nil {
			t.Errorf("%s did not panic", name)
		}
	}()
	f()
}

func TestRingIsUsedByMany(t *testing.T) {
	ring := must(NewRing(testStore, cryptorand.Reader))(t)
	var group sync.WaitGroup
	for worker := range 8 {
		group.Go(func() {
			for i := range 50 {
				place := []byte{byte(i), byte(worker)}
				if got, err := ring.Open(place, ring.Seal(place, place)); err != nil || !bytes.Equal(got, place) {
					t.Errorf("place %x: %x, %v", place, got, err)
				}
			}
		})
	}
	group.Wait()
}

func TestKeysDoNotPrint(t *testing.T) {
	ring := newTestRing(t)
	key := must(NewRingKey(steady()))(t)
	private := must(newPrivateKey(steady()))(t)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d"} {
		text := fmt.Sprintf(verb+verb+verb, ring, key, private)
		if text != "seal.Ring[secret][secret]" {
			t.Errorf("%s prints %s", verb, text)
		}
	}
}

func patched(data []byte, at int, to byte) []byte {
	data = bytes.Clone(data)
	data[at] = to
	return data
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	return must(hex.DecodeString(s))(t)
}

func FuzzOpen(f *testing.F) {
	ring := newTestRing(f)
	place := []byte("m/1")
	f.Add([]byte{})
	f.Add(ring.Seal(place, []byte("a record"))[1:])
	f.Add(append([]byte{1, 0, 1}, make([]byte, 92)...))
	f.Fuzz(func(t *testing.T, sealed []byte) {
		if got, err := ring.Open(place, sealed); err == nil {
			t.Fatalf("%x opened as %q", sealed, got)
		}
	})
}

func BenchmarkSeal270(b *testing.B) {
	ring := must(NewRing(testStore, cryptorand.Reader))(b)
	place, record := []byte("m/12345678"), make([]byte, 270)
	b.ReportAllocs()
	for b.Loop() {
		ring.Seal(place, record)
	}
}

func BenchmarkOpen270(b *testing.B) {
	ring := must(NewRing(testStore, cryptorand.Reader))(b)
	place := []byte("m/12345678")
	sealed := ring.Seal(place, make([]byte, 270))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ring.Open(place, sealed); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBareGCM270 is the floor under BenchmarkSeal270: a nonce and the
// cipher, on the padded length.
func BenchmarkBareGCM270(b *testing.B) {
	aead := newGCM([32]byte{})
	record := make([]byte, paddedLen(270))
	b.ReportAllocs()
	for b.Loop() {
		sealed := make([]byte, nonceSize, nonceSize+len(record)+tagSize)
		cryptorand.Read(sealed)
		aead.Seal(sealed, sealed, record, nil)
	}
}

func BenchmarkLookup(b *testing.B) {
	ring := must(NewRing(testStore, cryptorand.Reader))(b)
	kvnr := []byte("A123456780")
	b.ReportAllocs()
	for b.Loop() {
		ring.Lookup("kvnr", kvnr)
	}
}
