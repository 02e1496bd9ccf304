package keyfolder

import (
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"golang.org/x/mod/sumdb/note"
)

// TestRenew: the new keys are used, and what the old ones made is still checked.
func TestRenew(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	old, err := Create(dir, [16]byte{3}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := note.Sign(&note.Note{Text: "said before\n"}, old.Signer())
	if err != nil {
		t.Fatal(err)
	}
	pepper, err := old.Pepper(1)
	if err != nil {
		t.Fatal(err)
	}
	renewed, err := Renew(dir, [16]byte{3}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := note.Open(signed, renewed.Verifiers()); err != nil {
		t.Errorf("an older note: %v", err)
	}
	if kept, err := renewed.Pepper(1); err != nil || string(kept) != string(pepper) {
		t.Errorf("the older pepper: %v", err)
	}
	if renewed.PepperEpoch() != 2 || len(renewed.VerifierKeys()) != 2 || renewed.Signer().KeyHash() == old.Signer().KeyHash() {
		t.Errorf("pepper %d, %d verifier keys", renewed.PepperEpoch(), len(renewed.VerifierKeys()))
	}
	if _, err := Renew(dir, [16]byte{4}, rand.Reader); err == nil {
		t.Error("the folder of another database is renewed")
	}
}

// TestRenewInterrupted: behind each file that Renew writes the folder opens, and
// renewing it once more ends it.
func TestRenewInterrupted(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "keys")
	if _, err := Create(whole, [16]byte{3}, rand.Reader); err != nil {
		t.Fatal(err)
	}
	before, err := Open(whole, [16]byte{3})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Renew(whole, [16]byte{3}, rand.Reader); err != nil {
		t.Fatal(err)
	}
	steps := []string{".sign-2.key.AAAA.new", "sign-2.key", "pepper-2.key", "sign-2.pub"}
	for n := range steps {
		dir := filepath.Join(t.TempDir(), "keys")
		if _, err := Install(dir, [16]byte{3}, before.Files()); err != nil {
			t.Fatal(err)
		}
		for _, name := range steps[:n+1] {
			text, err := os.ReadFile(filepath.Join(whole, name))
			if errors.Is(err, os.ErrNotExist) {
				text = []byte("half")
			}
			if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		half, err := Open(dir, [16]byte{3})
		if err != nil {
			t.Fatalf("behind %s: %v", steps[n], err)
		}
		done := steps[n] == "sign-2.pub"
		if renewed := half.Signer().KeyHash() != before.Signer().KeyHash(); renewed != done {
			t.Errorf("behind %s: renewed %v", steps[n], renewed)
		}
		again, err := Renew(dir, [16]byte{3}, rand.Reader)
		if err != nil {
			t.Fatalf("behind %s, once more: %v", steps[n], err)
		}
		if again.Signer().KeyHash() == half.Signer().KeyHash() {
			t.Errorf("behind %s, once more: nothing was renewed", steps[n])
		}
	}
}

// TestRenewAtOnce: whoever renews a folder while others do gets keys of their own,
// and nothing that was there is changed.
func TestRenewAtOnce(t *testing.T) {
	for range 20 {
		dir := filepath.Join(t.TempDir(), "keys")
		if _, err := Create(dir, [16]byte{3}, rand.Reader); err != nil {
			t.Fatal(err)
		}
		var group sync.WaitGroup
		signed := make([][]byte, 4)
		for i := range signed {
			group.Go(func() {
				keys, err := Renew(dir, [16]byte{3}, rand.Reader)
				if err != nil {
					t.Error(err)
					return
				}
				if signed[i], err = note.Sign(&note.Note{Text: "said meanwhile\n"}, keys.Signer()); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		after, err := Open(dir, [16]byte{3})
		if err != nil {
			t.Fatal(err)
		}
		if len(after.VerifierKeys()) != 5 || after.PepperEpoch() != 5 {
			t.Fatalf("%d verifier keys, pepper %d, want 5 each", len(after.VerifierKeys()), after.PepperEpoch())
		}
		for _, s := range signed {
			if _, err := note.Open(s, after.Verifiers()); err != nil {
				t.Errorf("a note signed meanwhile: %v", err)
			}
		}
	}
}
