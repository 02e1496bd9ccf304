package seal

import (
	"bytes"
	"errors"
	"testing"

	"filippo.io/age"
)

func TestRecovery(t *testing.T) {
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	id := [16]byte{1}
	key, err := NewRingKey(steady())
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := NewRecovery(identity.Recipient().String()+"\n", steady())
	if err != nil {
		t.Fatal(err)
	}
	secret := []byte("# a comment\n" + identity.String() + "\n")
	if _, err := fresh.RingKey(id, secret); !errors.Is(err, ErrDamaged) {
		t.Errorf("nothing granted: %v", err)
	}
	granted, err := fresh.Grant(id, key)
	if err != nil {
		t.Fatal(err)
	}
	back, err := UnmarshalRecovery(granted.Marshal())
	if err != nil || back.Recipient != identity.Recipient().String() {
		t.Fatalf("%q, %v", back.Recipient, err)
	}
	if got, err := back.RingKey(id, secret); err != nil || got != key {
		t.Errorf("own identity: %v", err)
	}
	if _, err := back.RingKey([16]byte{2}, secret); !errors.Is(err, ErrDamaged) {
		t.Errorf("another database: %v", err)
	}
	other, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for _, wrong := range []string{other.String(), "", "AGE-SECRET-KEY-1nonsense", identity.Recipient().String()} {
		if _, err := back.RingKey(id, []byte(wrong)); !errors.Is(err, ErrIdentity) {
			t.Errorf("%.15q: %v", wrong, err)
		}
	}
	for _, wrong := range []string{"", "age1nonsense", "ssh-ed25519 AAAA", identity.String()} {
		if _, err := NewRecovery(wrong, steady()); !errors.Is(err, ErrRecipient) {
			t.Errorf("recipient %.15q: %v", wrong, err)
		}
	}
	stored := granted.Marshal()
	for i := range stored {
		flipped := bytes.Clone(stored)
		flipped[i] ^= 1
		if _, err := UnmarshalRecovery(flipped); err == nil {
			t.Fatalf("byte %d changed unnoticed", i)
		}
	}
}
