package seal

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCheckPassphrase(t *testing.T) {
	for _, tt := range []struct {
		reason, passphrase string
		want               error
	}{
		{"twelve letters", "abcdefghijkl", nil},
		{"eleven letters", "abcdefghijk", ErrPassphraseShort},
		{"twelve characters in 24 bytes", strings.Repeat("ü", 12), nil},
		{"eleven characters in 22 bytes", strings.Repeat("ü", 11), ErrPassphraseShort},
		{"six characters in twelve code points", strings.Repeat("u\u0308", 6), ErrPassphraseShort},
		{"spaces count", "ab cd ef ghi", nil},
		{"nothing", "", ErrPassphraseShort},
		{"a control character", "abcdefghijkl\x07", ErrPassphraseText},
		{"invalid UTF-8", "abcdefghijkl\xff", ErrPassphraseText},
		{"the longest", strings.Repeat("a", MaxPassphraseBytes), nil},
		{"one byte longer", strings.Repeat("a", MaxPassphraseBytes+1), ErrPassphraseLong},
	} {
		if err := CheckPassphrase([]byte(tt.passphrase)); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.reason, err, tt.want)
		}
	}
}

func TestKeyboardsAgree(t *testing.T) {
	typed := []byte("gr\u00fcne Wiese im Mai")
	slot, private, err := NewSlot(typed, SlotConfig{Params: Practice(), Random: steady()})
	if err != nil {
		t.Fatal(err)
	}
	decomposed := []byte("gru\u0308ne\u2003Wiese im Mai")
	if got, err := slot.Unlock(decomposed); err != nil || got != private {
		t.Errorf("decomposed letter and wide space: %v", err)
	}
}

func TestPassphraseRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		passphrase := []byte(rapid.StringMatching(`[a-zA-ZäöüÄÖÜß0-9 ]{12,40}`).Draw(t, "passphrase"))
		slot, private, err := NewSlot(passphrase, SlotConfig{Params: Practice(), Random: steady()})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := slot.Unlock(passphrase); err != nil || got != private {
			t.Fatalf("own passphrase: %v", err)
		}
		wrong := bytes.Clone(passphrase)
		wrong[rapid.IntRange(0, len(wrong)-1).Draw(t, "at")] ^= 1
		if _, err := slot.Unlock(wrong); !errors.Is(err, ErrWrongPassphrase) {
			t.Fatalf("changed passphrase: %v", err)
		}
	})
}
