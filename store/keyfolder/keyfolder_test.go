package keyfolder

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"schalter/store/journal"
)

var (
	testStore  = [16]byte{0xa0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
	otherStore = [16]byte{0xb0}
)

// steady returns the same bytes in every run.
func steady() io.Reader { return rand.NewChaCha8([32]byte{7}) }

func must[T any](value T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// newDir makes a folder and returns its path.
func newDir(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "keys")
	must(Create(dir, testStore, steady()))(t)
	return dir
}

func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	for _, entry := range must(os.ReadDir(dir))(t) {
		files[entry.Name()] = string(must(os.ReadFile(filepath.Join(dir, entry.Name())))(t))
	}
	return files
}

func rewrite(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Whoever changes these owes a migration of every key folder there is.
const (
	goldenStore  = "schalter key folder 1\na00102030405060708090a0b0c0d0e0f\n"
	goldenSigner = "PRIVATE+KEY+schalter/a00102030405060708090a0b0c0d0e0f+1aa11dc6+AQ5C1MrohkkI4LjHUg42CqQEQnyQU9mmZ75UTBTmn6SC\n"
	goldenPublic = "schalter/a00102030405060708090a0b0c0d0e0f+1aa11dc6+AZVD+MMfLq4VTUdAkaShpPhKCrYxZtkuDysOPBUWv41D\n"
	goldenPepper = "pepper+1+8a5b2639+M3A7cVigdhHOkzc3aw5NqI5KJwxwKLyIT494n0TrsY4=\n"
)

func TestFilesArePinned(t *testing.T) {
	got := contents(t, newDir(t))
	want := map[string]string{
		"store": goldenStore, "sign-1.key": goldenSigner, "sign-1.pub": goldenPublic, "pepper-1.key": goldenPepper,
	}
	if !maps.Equal(got, want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

func TestModes(t *testing.T) {
	dir := newDir(t)
	if mode := must(os.Stat(dir))(t).Mode().Perm(); mode != 0o700 {
		t.Errorf("folder has mode %o, want 700", mode)
	}
	for name := range contents(t, dir) {
		if mode := must(os.Stat(filepath.Join(dir, name)))(t).Mode().Perm(); mode != 0o600 {
			t.Errorf("%s has mode %o, want 600", name, mode)
		}
	}
}

func TestCreateReadsBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "keys")
	created := must(Create(dir, testStore, steady()))(t)
	inMemory := must(New(testStore, steady()))(t)
	opened := must(Open(dir, testStore))(t)
	for _, f := range []*Folder{created, opened} {
		if f.StoreID() != testStore || f.PepperEpoch() != 1 {
			t.Errorf("store %x, pepper epoch %d", f.StoreID(), f.PepperEpoch())
		}
		if !bytes.Equal(must(f.Pepper(1))(t), must(inMemory.Pepper(1))(t)) {
			t.Error("the pepper is another one")
		}
		if !slices.Equal(f.VerifierKeys(), inMemory.VerifierKeys()) {
			t.Error("the verifier keys are others")
		}
	}
}

func TestSignedByOneVerifiedByTheOther(t *testing.T) {
	dir := newDir(t)
	checkpoint := journal.Checkpoint{Origin: journal.Origin(testStore), Time: time.Unix(0, 0)}
	signed := must(checkpoint.Sign(must(Open(dir, testStore))(t).Signer()))(t)
	if _, err := journal.ParseSigned(signed, must(Open(dir, testStore))(t).Verifiers()); err != nil {
		t.Errorf("own folder: %v", err)
	}
	stranger := must(New(testStore, rand.NewChaCha8([32]byte{8})))(t)
	if _, err := journal.ParseSigned(signed, stranger.Verifiers()); !errors.Is(err, journal.ErrSignature) {
		t.Errorf("another folder of the same database: %v, want %v", err, journal.ErrSignature)
	}
	public := must(note.NewVerifier(must(Open(dir, testStore))(t).VerifierKeys()[0]))(t)
	if _, err := journal.ParseSigned(signed, note.VerifierList(public)); err != nil {
		t.Errorf("the verifier key handed out: %v", err)
	}
}

func TestPepperIsACopy(t *testing.T) {
	f := must(New(testStore, steady()))(t)
	clear(must(f.Pepper(1))(t))
	if bytes.Equal(must(f.Pepper(1))(t), make([]byte, pepperSize)) {
		t.Error("the folder's own pepper was cleared")
	}
	if _, err := f.Pepper(2); !errors.Is(err, ErrNoEpoch) {
		t.Errorf("epoch 2: %v, want %v", err, ErrNoEpoch)
	}
}

func TestNewEpochs(t *testing.T) {
	dir := newDir(t)
	first := must(Open(dir, testStore))(t)
	signer, public, err := note.GenerateKey(rand.NewChaCha8([32]byte{9}), journal.Origin(testStore))
	if err != nil {
		t.Fatal(err)
	}
	rewrite(t, dir, "sign-10.key", signer+"\n")
	rewrite(t, dir, "sign-10.pub", public+"\n")
	rewrite(t, dir, "pepper-2.key", formatPepper(testStore, 2, [pepperSize]byte{2})+"\n")
	if err := os.Remove(filepath.Join(dir, "sign-1.key")); err != nil {
		t.Fatal(err)
	}

	second := must(Open(dir, testStore))(t)
	if second.PepperEpoch() != 2 || must(second.Pepper(2))(t)[0] != 2 {
		t.Error("the new pepper is not in use")
	}
	if !bytes.Equal(must(second.Pepper(1))(t), must(first.Pepper(1))(t)) {
		t.Error("the old pepper is gone")
	}
	if got := second.VerifierKeys(); len(got) != 2 || got[1] != public {
		t.Errorf("verifier keys are %q", got)
	}
	checkpoint := journal.Checkpoint{Origin: journal.Origin(testStore), Time: time.Unix(0, 0)}
	old := must(checkpoint.Sign(first.Signer()))(t)
	fresh := must(checkpoint.Sign(second.Signer()))(t)
	for name, signed := range map[string][]byte{"old": old, "new": fresh} {
		if _, err := journal.ParseSigned(signed, second.Verifiers()); err != nil {
			t.Errorf("%s signature: %v", name, err)
		}
	}
	if _, err := journal.ParseSigned(fresh, first.Verifiers()); err == nil {
		t.Error("the old key still signs")
	}
}

func TestOpenLeavesOtherFilesAlone(t *testing.T) {
	dir := newDir(t)
	for _, name := range []string{"README", "sign-x.key", "sign-01.key", "sign-70000.pub", "pepper-0.key", "pepper-1.key~"} {
		rewrite(t, dir, name, "not a key")
	}
	if _, err := Open(dir, testStore); err != nil {
		t.Error(err)
	}
}

func TestOpenRefusesWideModes(t *testing.T) {
	for _, tt := range []struct {
		name string
		mode fs.FileMode
		want string
	}{
		{"", 0o755, "mode 0755); run: chmod 700 '%s'"},
		{"", 0o710, "mode 0710); run: chmod 700 '%s'"},
		{"sign-1.key", 0o640, "mode 0640); run: chmod 600 '%s/sign-1.key'"},
		{"pepper-1.key", 0o604, "mode 0604); run: chmod 600 '%s/pepper-1.key'"},
		{"store", 0o644, "mode 0644); run: chmod 600 '%s/store'"},
		{"sign-1.pub", 0o622, "mode 0622); run: chmod 600 '%s/sign-1.pub'"},
	} {
		dir := newDir(t)
		if err := os.Chmod(filepath.Join(dir, tt.name), tt.mode); err != nil {
			t.Fatal(err)
		}
		_, err := Open(dir, testStore)
		var wide *WideError
		if !errors.As(err, &wide) || wide.Mode != tt.mode {
			t.Errorf("%q with mode %o: %v", tt.name, tt.mode, err)
			continue
		}
		if want := fmt.Sprintf(tt.want, dir); !strings.Contains(err.Error(), want) {
			t.Errorf("%q with mode %o says %q, which lacks %q", tt.name, tt.mode, err, want)
		}
	}
}

func TestNarrowerModesAreFine(t *testing.T) {
	dir := newDir(t)
	for name := range contents(t, dir) {
		if err := os.Chmod(filepath.Join(dir, name), 0o400); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(dir, 0o700) }) // so that the folder can be removed
	if _, err := Open(dir, testStore); err != nil {
		t.Error(err)
	}
}

func TestShellQuoting(t *testing.T) {
	if got, want := shellQuoted("/home/o'neill/my keys"), `'/home/o'\''neill/my keys'`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestOpenRefusesAnotherStore(t *testing.T) {
	_, err := Open(newDir(t), otherStore)
	var other *OtherStoreError
	if !errors.As(err, &other) || other.Have != testStore || other.Want != otherStore {
		t.Fatalf("got %v", err)
	}
	for _, part := range []string{other.Dir, "a00102030405060708090a0b0c0d0e0f", "b0000000000000000000000000000000"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%q lacks %q", err, part)
		}
	}
}

func TestOpenRefusesDamage(t *testing.T) {
	otherSigner, otherPublic, err := note.GenerateKey(rand.NewChaCha8([32]byte{9}), journal.Origin(testStore))
	if err != nil {
		t.Fatal(err)
	}
	foreign := must(New(otherStore, steady()))(t)
	large := strings.Repeat("x", maxFile+1)
	for _, tt := range []struct {
		reason, name, text string
	}{
		{"store id cut", "store", goldenStore[:30]},
		{"store id of a newer program", "store", strings.Replace(goldenStore, "folder 1", "folder 2", 1)},
		{"store file empty", "store", ""},
		{"store file endless", "store", large},
		{"signer key cut", "sign-1.key", goldenSigner[:90]},
		{"signer key empty", "sign-1.key", ""},
		{"signer key of another pair", "sign-1.key", otherSigner},
		{"signer key endless", "sign-1.key", large},
		{"verifier key of another pair", "sign-1.pub", otherPublic},
		{"verifier key empty", "sign-1.pub", ""},
		{"verifier key of another database", "sign-1.pub", foreign.VerifierKeys()[0]},
		{"verifier key newer than any signer key", "sign-2.pub", otherPublic},
		{"verifier key of another signer key", "sign-1.pub", otherPublic},
		{"pepper cut", "pepper-1.key", goldenPepper[:40]},
		{"pepper empty", "pepper-1.key", ""},
		{"pepper of another epoch", "pepper-2.key", goldenPepper},
		{"pepper of another database", "pepper-1.key", formatPepper(otherStore, 1, [pepperSize]byte{})},
		{"pepper too short", "pepper-1.key", "pepper+1+00000000+" + base64.StdEncoding.EncodeToString(make([]byte, 16))},
	} {
		dir := newDir(t)
		rewrite(t, dir, tt.name, tt.text)
		if _, err := Open(dir, testStore); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v, want %v", tt.reason, err, ErrDamaged)
		}
	}
}

func TestOpenRefusesEveryChangedByteOfAPepper(t *testing.T) {
	dir := newDir(t)
	good := []byte(contents(t, dir)["pepper-1.key"])
	for i := range len(good) - 1 { // all but the end of the line
		changed := bytes.Clone(good)
		changed[i] ^= 1
		rewrite(t, dir, "pepper-1.key", string(changed))
		if _, err := Open(dir, testStore); !errors.Is(err, ErrDamaged) {
			t.Errorf("byte %d changed: %v, want %v", i, err, ErrDamaged)
		}
	}
}

func TestOpenRefusesMissingFiles(t *testing.T) {
	if _, err := Open(filepath.Join(t.TempDir(), "nowhere"), testStore); !errors.Is(err, ErrMissing) {
		t.Errorf("no folder: %v, want %v", err, ErrMissing)
	}
	for name, want := range map[string]error{
		"store": ErrMissing, "sign-1.key": ErrDamaged, "sign-1.pub": ErrDamaged, "pepper-1.key": ErrDamaged,
	} {
		dir := newDir(t)
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir, testStore); !errors.Is(err, want) {
			t.Errorf("no %s: %v, want %v", name, err, want)
		}
	}
}

func TestOpenFollowsNoLinks(t *testing.T) {
	dir := newDir(t)
	path := filepath.Join(dir, "pepper-1.key")
	if err := os.Rename(path, path+".real"); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("pepper-1.key.real", path); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, testStore); !errors.Is(err, ErrDamaged) {
		t.Errorf("got %v, want %v", err, ErrDamaged)
	}
}

func TestCreateRefuses(t *testing.T) {
	full := newDir(t)
	before := contents(t, full)
	if _, err := Create(full, testStore, steady()); !errors.Is(err, ErrExists) {
		t.Errorf("a folder with keys: %v, want %v", err, ErrExists)
	}
	if !maps.Equal(contents(t, full), before) {
		t.Error("the refused attempt changed the folder")
	}
	wide := t.TempDir()
	if err := os.Chmod(wide, 0o750); err != nil {
		t.Fatal(err)
	}
	var mode *WideError
	if _, err := Create(wide, testStore, steady()); !errors.As(err, &mode) {
		t.Errorf("an open folder: %v", err)
	}
	if _, err := Create(filepath.Join(t.TempDir(), "no", "parent"), testStore, steady()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no parent: %v, want %v", err, fs.ErrNotExist)
	}
	file := filepath.Join(full, "store")
	if _, err := Create(file, testStore, steady()); err == nil {
		t.Error("a file taken for a folder")
	}
}

func TestCreateInAnEmptyFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "mounted")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(dir, testStore, steady()); err != nil {
		t.Error(err)
	}
}

// TestFailedCreateLeavesNothing has each file fail in turn: a directory stands
// where it is to be.
func TestFailedCreateLeavesNothing(t *testing.T) {
	keys := must(New(testStore, steady()))(t)
	for _, name := range []string{"sign-1.key", "sign-1.pub", "pepper-1.key", "store"} {
		dir := t.TempDir()
		obstacle := filepath.Join(dir, name, "in the way")
		if err := os.MkdirAll(obstacle, 0o700); err != nil {
			t.Fatal(err)
		}
		root := must(os.OpenRoot(dir))(t)
		if err := keys.write(root); err == nil {
			t.Errorf("%s: written over a directory", name)
		}
		if left := must(os.ReadDir(dir))(t); len(left) != 1 {
			t.Errorf("%s: %d things left, want the obstacle alone", name, len(left))
		}
		root.Close()
	}
}

func TestFailingRandomness(t *testing.T) {
	for _, n := range []int64{0, 31, 32, 63} {
		dir := filepath.Join(t.TempDir(), "keys")
		if _, err := Create(dir, testStore, io.LimitReader(steady(), n)); err == nil {
			t.Errorf("made with %d random bytes", n)
		}
		if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%d random bytes: the folder is there: %v", n, err)
		}
	}
}

func TestErrorsHoldNoKeys(t *testing.T) {
	for _, name := range []string{"sign-1.key", "pepper-1.key"} {
		dir := newDir(t)
		secret := contents(t, dir)[name]
		rewrite(t, dir, name, strings.TrimSpace(secret)+"A")
		_, err := Open(dir, testStore)
		if err == nil {
			t.Fatalf("%s: opened", name)
		}
		if strings.Contains(err.Error(), secret[len(secret)-20:len(secret)-2]) {
			t.Errorf("%s: the error shows it", name)
		}
	}
}

func FuzzParsePepper(f *testing.F) {
	f.Add(strings.TrimSpace(goldenPepper))
	f.Add("pepper+1++")
	f.Fuzz(func(t *testing.T, text string) {
		pepper, ok := parsePepper(testStore, 1, text)
		if ok && formatPepper(testStore, 1, pepper) != text {
			t.Fatalf("%q reads as %q", text, formatPepper(testStore, 1, pepper))
		}
	})
}

// TestEveryPepperReadsBack: base 64 has + among its digits, which also stands
// between the fields of the file.
func TestEveryPepperReadsBack(t *testing.T) {
	random := rand.NewChaCha8([32]byte{11})
	for range 200 {
		dir := filepath.Join(t.TempDir(), "keys")
		made, err := Create(dir, testStore, random)
		if err != nil {
			t.Fatal(err)
		}
		read, err := Open(dir, testStore)
		if err != nil {
			t.Fatal(err)
		}
		want := must(made.Pepper(made.PepperEpoch()))(t)
		if got := must(read.Pepper(read.PepperEpoch()))(t); !bytes.Equal(got, want) {
			t.Fatal("another pepper came back")
		}
	}
}
