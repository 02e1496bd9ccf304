package seal

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"
)

var (
	testOwner      = [8]byte{0, 0, 0, 0, 0, 0, 0, 42}
	testPassphrase = []byte("practice makes perfect")
)

// newTestSlot returns a granted slot, its private key and the ring key in it.
func newTestSlot(t testing.TB) (Slot, PrivateKey, RingKey) {
	t.Helper()
	random := steady()
	slot, private, err := NewSlot(testPassphrase, SlotConfig{Owner: testOwner, Params: Practice(), Random: random})
	if err != nil {
		t.Fatal(err)
	}
	key := must(NewRingKey(random))(t)
	return must(slot.Grant(testStore, key))(t), private, key
}

// Written once by this package. They must unlock for as long as there are
// databases.
const (
	goldenSlot = "acb6d44c5a7c7a05a901010248000000000000002a03f404a301010218400301055820b0771e88b5f9b7c231" +
		"ac192a8f4ad2bf6240faf9e7dbde5547aa524319bbbe7b065033703b7158a07611ce9337376b0e4da807503b" +
		"acbcb0cf1f5c768c04672248a53d1308583c8e4a270c7028bc884f8f789fb5cd55439bac6910ae119cc3cd72" +
		"20eabdeb9e1d15b152bd0b73ae03560a740f1ce7700a64452dfcee106d77b6a3477309585101ef7382ec2c3e" +
		"b190dbe74e698df0eb1d01ca627baafdb71fe3a387e15735f463105e14c63921622461dac43a3267af6bb7f4" +
		"b5a891cb72a366e919f183e79cd907fad155463e1590f85e839c9810821d"
	goldenRingKey = "44ebb18eaefca77286015ec24861aac04906dddf8de27301da46619d7008ff26"
	goldenBoxed   = "014906dddf8de27301da46619db90900ee43f1ed5c261bc45dff25879af7a5f332565f076e3d6835813de4e5" +
		"2aec7ea2ae0306e12d5a9153a2e03f725d6632d5ffd68101d80423c6a7460a2e61371a455b63c0ea197ed0af" +
		"54a608043d9a55bfbf76b75bbb149aaf49b29dbdba47802c69d2d4f0d9ca9191c4f5e29d"
)

func TestPinnedSlotOpensThePinnedRing(t *testing.T) {
	slot := must(UnmarshalSlot(unhex(t, goldenSlot)))(t)
	private := must(slot.Unlock(testPassphrase))(t)
	key := must(slot.RingKey(testStore, private))(t)
	if got := hex.EncodeToString(key.bytes[:]); got != goldenRingKey {
		t.Errorf("ring key %s, want %s", got, goldenRingKey)
	}
	ring := must(key.Open(testStore, unhex(t, goldenBoxed), steady()))(t)
	if got := hex.EncodeToString(ring.Marshal()); got != goldenRing {
		t.Errorf("ring %s, want %s", got, goldenRing)
	}
	if got := hex.EncodeToString(slot.Marshal()); got != goldenSlot {
		t.Errorf("slot encodes as %s, want %s", got, goldenSlot)
	}
}

// TestSlotFormatIsPinned covers all of a slot but the wrapped ring key, whose
// randomness is the library's own.
func TestSlotFormatIsPinned(t *testing.T) {
	slot, _, _ := newTestSlot(t)
	pinned := must(UnmarshalSlot(unhex(t, goldenSlot)))(t)
	slot.wrapped = pinned.wrapped
	if got := hex.EncodeToString(slot.Marshal()); got != goldenSlot {
		t.Errorf("\n got %s\nwant %s", got, goldenSlot)
	}
}

func TestSlotRoundTrip(t *testing.T) {
	slot, private, key := newTestSlot(t)
	slot = must(UnmarshalSlot(slot.Marshal()))(t)
	got := must(slot.Unlock(testPassphrase))(t)
	if got != private {
		t.Error("unlocked another private key")
	}
	if slot.Owner != testOwner || slot.OneTime || slot.Public != private.Public() {
		t.Errorf("fields changed: %+v", slot)
	}
	if must(slot.RingKey(testStore, got))(t) != key {
		t.Error("opened another ring key")
	}
}

func TestStandardCosts(t *testing.T) {
	if want := (Params{Time: 3, Memory: 64 * 1024, Threads: 4}); Standard() != want {
		t.Fatalf("costs are %+v, want %+v", Standard(), want)
	}
	slot, private, err := NewSlot(testPassphrase, SlotConfig{Params: Standard(), Random: steady()})
	if err != nil {
		t.Fatal(err)
	}
	if got := must(slot.Unlock(testPassphrase))(t); got != private {
		t.Error("unlocked another private key")
	}
}

func TestUnlockRefuses(t *testing.T) {
	slot, _, _ := newTestSlot(t)
	for _, tt := range []struct {
		reason     string
		passphrase []byte
		change     func(*Slot)
		want       error
	}{
		{"another passphrase", []byte("practice makes perfecT"), nil, ErrWrongPassphrase},
		{"no passphrase", nil, nil, ErrWrongPassphrase},
		{"no text", []byte("\xff\xfe"), nil, ErrWrongPassphrase},
		{"control characters", []byte("practice\x1bmakes perfect"), nil, ErrWrongPassphrase},
		{"an endless one", bytes.Repeat([]byte("x"), 2000), nil, ErrWrongPassphrase},
		{"another owner", testPassphrase, func(s *Slot) { s.Owner[0]++ }, ErrDamaged},
		{"one-time mark set", testPassphrase, func(s *Slot) { s.OneTime = true }, ErrDamaged},
		{"another public key", testPassphrase, func(s *Slot) { s.Public[0]++ }, ErrDamaged},
		{"impossible costs", testPassphrase, func(s *Slot) { s.Params.Memory = 1 << 31 }, ErrDamaged},
		{"private key cut", testPassphrase, func(s *Slot) { s.private = s.private[:20] }, ErrDamaged},
		{"private key gone", testPassphrase, func(s *Slot) { s.private = nil }, ErrDamaged},
	} {
		changed := slot
		if tt.change != nil {
			tt.change(&changed)
		}
		if got, err := changed.Unlock(tt.passphrase); !errors.Is(err, tt.want) || got != (PrivateKey{}) {
			t.Errorf("%s: %v, want %v", tt.reason, err, tt.want)
		}
	}
}

func TestClearingTheOneTimeMarkIsNoticed(t *testing.T) {
	slot, _, err := NewSlot(testPassphrase, SlotConfig{OneTime: true, Params: Practice(), Random: steady()})
	if err != nil {
		t.Fatal(err)
	}
	slot.OneTime = false
	if _, err := slot.Unlock(testPassphrase); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v, want %v", err, ErrDamaged)
	}
}

func TestChangePassphrase(t *testing.T) {
	random := steady()
	slot, private, err := NewSlot(testPassphrase, SlotConfig{OneTime: true, Params: Practice(), Random: random})
	if err != nil {
		t.Fatal(err)
	}
	key := must(NewRingKey(random))(t)
	slot = must(slot.Grant(testStore, key))(t)
	own := []byte("only I know this one")

	changed := must(slot.ChangePassphrase(testPassphrase, own, random))(t)
	if changed.OneTime || changed.salt == slot.salt || changed.check == slot.check {
		t.Error("one-time mark, salt or check value stayed")
	}
	if got, err := changed.Unlock(own); err != nil || got != private {
		t.Errorf("new passphrase: %v", err)
	}
	if _, err := changed.Unlock(testPassphrase); !errors.Is(err, ErrWrongPassphrase) {
		t.Errorf("old passphrase: %v, want %v", err, ErrWrongPassphrase)
	}
	if got, err := changed.RingKey(testStore, private); err != nil || got != key {
		t.Errorf("granted ring key: %v", err)
	}
	if !slot.OneTime {
		t.Error("the old slot changed")
	}
}

func TestChangePassphraseRefuses(t *testing.T) {
	slot, _, _ := newTestSlot(t)
	for _, tt := range []struct {
		reason   string
		old, new string
		want     error
	}{
		{"wrong old passphrase", "something else", "only I know this one", ErrWrongPassphrase},
		{"new one too short", string(testPassphrase), "short", ErrPassphraseShort},
		{"new one is the old one", string(testPassphrase), string(testPassphrase), ErrPassphraseSame},
		{"new one differs in the kind of space", string(testPassphrase), "practice\u00a0makes perfect", ErrPassphraseSame},
		{"new one is no text", string(testPassphrase), "twelve and\x00 more", ErrPassphraseText},
	} {
		if _, err := slot.ChangePassphrase([]byte(tt.old), []byte(tt.new), steady()); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.reason, err, tt.want)
		}
	}
}

func TestNewSlotRefuses(t *testing.T) {
	for _, tt := range []struct {
		reason     string
		passphrase string
		config     SlotConfig
	}{
		{"short passphrase", "short", SlotConfig{Params: Practice(), Random: steady()}},
		{"no costs", string(testPassphrase), SlotConfig{Random: steady()}},
		{"no lanes", string(testPassphrase), SlotConfig{Params: Params{Time: 1, Memory: 64}, Random: steady()}},
		{"too little memory for its lanes", string(testPassphrase), SlotConfig{Params: Params{Time: 1, Memory: 31, Threads: 4}, Random: steady()}},
		{"no randomness for the key pair", string(testPassphrase), SlotConfig{Params: Practice(), Random: strings.NewReader("")}},
		{"no randomness for the salt", string(testPassphrase), SlotConfig{Params: Practice(), Random: io.LimitReader(steady(), 40)}},
		{"no randomness for the nonce", string(testPassphrase), SlotConfig{Params: Practice(), Random: io.LimitReader(steady(), 50)}},
	} {
		if _, _, err := NewSlot([]byte(tt.passphrase), tt.config); err == nil {
			t.Errorf("%s: accepted", tt.reason)
		}
	}
}

func TestGrantNeedsNoPassphrase(t *testing.T) {
	slot, private, first := newTestSlot(t)
	second := must(NewRingKey(bytes.NewReader(bytes.Repeat([]byte{9}, 32))))(t)
	slot = must(slot.Grant(testStore, second))(t)
	if got := must(slot.RingKey(testStore, private))(t); got != second || got == first {
		t.Error("the slot does not hold the second ring key")
	}
}

func TestRingKeyRefuses(t *testing.T) {
	slot, private, _ := newTestSlot(t)
	stranger := must(newPrivateKey(strings.NewReader(strings.Repeat("s", 32))))(t)
	for _, tt := range []struct {
		reason  string
		store   [16]byte
		private PrivateKey
		change  func(*Slot)
		want    error
	}{
		{"another database", otherStore, private, func(*Slot) {}, ErrDamaged},
		{"another person's key", testStore, stranger, func(*Slot) {}, ErrDamaged},
		{"moved to another person", testStore, private, func(s *Slot) { s.Owner[7]++ }, ErrDamaged},
		{"nothing granted", testStore, private, func(s *Slot) { s.wrapped = nil }, ErrDamaged},
		{"a newer form", testStore, private, func(s *Slot) { s.wrapped = patched(s.wrapped, 0, 2) }, ErrVersion},
	} {
		changed := slot
		tt.change(&changed)
		if _, err := changed.RingKey(tt.store, tt.private); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.reason, err, tt.want)
		}
	}
}

func TestWrapRefusesUnusableKey(t *testing.T) {
	// The zero point has low order: everybody would know the shared secret.
	if _, err := Wrap(PublicKey{}, RingKey{}, nil); err == nil {
		t.Error("wrapped to the zero point")
	}
	if _, err := (Slot{}).Grant(testStore, RingKey{}); err == nil {
		t.Error("granted to the zero point")
	}
}

func TestUnwrapRefusesEveryChangedByte(t *testing.T) {
	_, private, key := newTestSlot(t)
	context := []byte("recovery")
	wrapped := must(Wrap(private.Public(), key, context))(t)
	if len(wrapped) != WrappedSize {
		t.Errorf("%d bytes, want %d", len(wrapped), WrappedSize)
	}
	if got, err := Unwrap(private, wrapped, context); err != nil || got != key {
		t.Fatalf("unchanged: %v", err)
	}
	if _, err := Unwrap(private, wrapped, []byte("another")); !errors.Is(err, ErrDamaged) {
		t.Errorf("another context: %v, want %v", err, ErrDamaged)
	}
	for i := range wrapped {
		if _, err := Unwrap(private, patched(wrapped, i, wrapped[i]^1), context); err == nil {
			t.Errorf("byte %d changed: opened", i)
		}
	}
}

func TestSlotDecodingRefusesEveryChangedByte(t *testing.T) {
	slot, _, _ := newTestSlot(t)
	stored := slot.Marshal()
	for i := range stored {
		if _, err := UnmarshalSlot(patched(stored, i, stored[i]^1)); !errors.Is(err, ErrDamaged) {
			t.Errorf("byte %d changed: %v, want %v", i, err, ErrDamaged)
		}
	}
	for n := range stored {
		if _, err := UnmarshalSlot(stored[:n]); !errors.Is(err, ErrDamaged) {
			t.Errorf("%d bytes: %v, want %v", n, err, ErrDamaged)
		}
	}
}

// TestTamperedSlotDoesNotUnlock changes the body with a sum that fits again,
// which is what somebody would do on purpose. The wrapped ring key has its own
// protection.
func TestTamperedSlotDoesNotUnlock(t *testing.T) {
	slot, private, key := newTestSlot(t)
	body := encode(slot.fields())
	for i := range body {
		changed, err := UnmarshalSlot(withSum(patched(body, i, body[i]^1)))
		if err != nil {
			continue
		}
		got, err := changed.Unlock(testPassphrase)
		if err == nil && got != private {
			t.Fatalf("byte %d changed: unlocked another key", i)
		}
		if err == nil {
			if _, err := changed.RingKey(testStore, got); err == nil {
				t.Errorf("byte %d changed: opened the ring key %v", i, key)
			}
		}
	}
}

func TestDecodingRefuses(t *testing.T) {
	slot, _, _ := newTestSlot(t)
	newer, costly := slot.fields(), slot.fields()
	newer.Version++
	costly.Params.Memory = 1 << 30
	ring := newTestRing(t)
	var future, stray, keyless ringFields
	for _, f := range []*ringFields{&future, &stray, &keyless} {
		if err := decode(ring.Marshal(), ringVersion, f); err != nil {
			t.Fatal(err)
		}
	}
	future.Version++
	stray.Epochs[2] = [32]byte{}
	keyless.Epochs = nil

	slotError := func(data []byte) error { _, err := UnmarshalSlot(data); return err }
	ringError := func(data []byte) error { _, err := UnmarshalRing(data, steady()); return err }
	for _, tt := range []struct {
		reason string
		got    error
		want   error
	}{
		{"slot of a newer program", slotError(withSum(encode(newer))), ErrVersion},
		{"slot asking for a terabyte", slotError(withSum(encode(costly))), ErrDamaged},
		{"slot that is no CBOR", slotError(withSum([]byte{0xff})), ErrDamaged},
		{"slot with something behind it", slotError(withSum(append(encode(slot.fields()), 0))), ErrDamaged},
		{"ring of a newer program", ringError(encode(future)), ErrVersion},
		{"ring with an epoch above the current", ringError(encode(stray)), ErrDamaged},
		{"ring without keys", ringError(encode(keyless)), ErrDamaged},
		{"ring with an unknown field", ringError(encode(map[int]any{1: 1, 9: 1})), ErrDamaged},
		{"ring with a short lookup key", ringError(encode(map[int]any{1: 1, 2: testStore, 3: 1, 4: map[uint16][32]byte{1: {}}, 5: []byte("short")})), ErrDamaged},
		{"ring with a text for a number", ringError(encode(map[int]any{1: 1, 3: "one"})), ErrDamaged},
		{"no ring", ringError(nil), ErrDamaged},
	} {
		if !errors.Is(tt.got, tt.want) {
			t.Errorf("%s: %v, want %v", tt.reason, tt.got, tt.want)
		}
	}
}

func TestRingKeyOpensItsRingOnly(t *testing.T) {
	ring := newTestRing(t)
	_, _, key := newTestSlot(t)
	sealed := must(key.Seal(ring))(t)
	if got := must(key.Open(testStore, sealed, steady()))(t); !bytes.Equal(got.Marshal(), ring.Marshal()) {
		t.Error("another ring came back")
	}
	for _, tt := range []struct {
		reason string
		key    RingKey
		store  [16]byte
		sealed []byte
		want   error
	}{
		{"another key", RingKey{}, testStore, sealed, ErrDamaged},
		{"another database", key, otherStore, sealed, ErrDamaged},
		{"nothing", key, testStore, nil, ErrDamaged},
		{"a version alone", key, testStore, sealed[:1], ErrDamaged},
		{"a newer form", key, testStore, patched(sealed, 0, 2), ErrVersion},
	} {
		if _, err := tt.key.Open(tt.store, tt.sealed, steady()); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.reason, err, tt.want)
		}
	}
	for i := range sealed {
		if _, err := key.Open(testStore, patched(sealed, i, sealed[i]^1), steady()); err == nil {
			t.Errorf("byte %d changed: opened", i)
		}
	}
}

func withSum(body []byte) []byte { return append(sumOf(body), body...) }

func FuzzUnmarshalSlot(f *testing.F) {
	slot, _, _ := newTestSlot(f)
	f.Add(encode(slot.fields()))
	f.Add([]byte{0xa1, 0x01, 0x01})
	f.Fuzz(func(t *testing.T, body []byte) {
		stored := withSum(body)
		slot, err := UnmarshalSlot(stored)
		if err == nil && !bytes.Equal(slot.Marshal(), stored) {
			t.Fatalf("%x decodes and encodes as %x", stored, slot.Marshal())
		}
	})
}

func FuzzUnmarshalRing(f *testing.F) {
	f.Add(newTestRing(f).Marshal())
	f.Add([]byte{0xa1, 0x01, 0x01})
	f.Fuzz(func(t *testing.T, data []byte) {
		ring, err := UnmarshalRing(data, steady())
		if err == nil && !bytes.Equal(ring.Marshal(), data) {
			t.Fatalf("%x decodes and encodes as %x", data, ring.Marshal())
		}
	})
}

func BenchmarkUnlock(b *testing.B) {
	slot, _, err := NewSlot(testPassphrase, SlotConfig{Params: Standard(), Random: steady()})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := slot.Unlock(testPassphrase); err != nil {
			b.Fatal(err)
		}
	}
}
