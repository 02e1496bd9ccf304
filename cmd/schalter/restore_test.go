package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"schalter/domain/desk"
	"schalter/store/backup"
	"schalter/store/bolt"
	"schalter/store/kv"
	"schalter/tui/words"
)

// TestRestoreInterrupted stops a restore behind each of its steps, as if the
// process had died there. The database that a counter would open is then either
// the old one or the restored one, and whole.
func TestRestoreInterrupted(t *testing.T) {
	steps := len((&restoration{}).steps())
	for stop := range steps + 1 {
		b := newBench(t)
		b.founded()
		backup, key := b.backedUp()
		// The old database has a login more than the backup.
		b.must("staff", "add", "later", "--roles", "clerk", "--as", "chef", "--passphrase-file", b.home+"/chef.pass",
			"--second", "lead", "--second-passphrase-file", b.home+"/lead.pass")

		p := *b.program
		p.stdout, p.stderr = &b.out, &b.err
		p.flags = b.flags
		identities, err := p.identities([]string{key})
		if err != nil {
			t.Fatal(err)
		}
		r := &restoration{
			program: &p, path: backup, identities: identities, place: p.databasePath(),
			own:    desk.Credentials{Login: "chef", Passphrase: []byte(secrets["chef"])},
			second: desk.Credentials{Login: "lead", Passphrase: []byte(secrets["lead"])},
		}
		for _, step := range r.steps()[:stop] {
			if err := step(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		r.die(t)

		// Behind the last but one the anchor still knows the old journal: nothing
		// is written, and the same restore once more ends it.
		if stop == steps-1 {
			status, _, errs := b.do("staff", "list", "--as", "chef", "--passphrase-file", b.home+"/chef.pass")
			if status != statusRefused || !strings.Contains(errs, "nur lesbar") {
				t.Errorf("the anchor lets %d %s", status, errs)
			}
			if err := os.Remove(r.kept); err != nil {
				t.Fatal(err)
			}
			b.must("restore", backup, "--identity", key, "--as", "chef", "--passphrase-file", b.home+"/chef.pass",
				"--second", "lead", "--second-passphrase-file", b.home+"/lead.pass")
		}
		list := b.must("staff", "list", "--as", "chef", "--passphrase-file", b.home+"/chef.pass")
		restored := !strings.Contains(list, "later")
		if restored != (stop >= steps-1) {
			t.Errorf("stopped behind step %d of %d: restored %v", stop, steps, restored)
		}
		b.must("journal", "verify")
		// What is left lying says how to go on.
		if _, err := os.Lstat(r.place + ".restoring"); err == nil {
			status, _, errs := b.do("restore", backup, "--identity", key, "--as", "chef", "--passphrase-file", b.home+"/chef.pass",
				"--second", "lead", "--second-passphrase-file", b.home+"/lead.pass")
			if status != statusRefused || !strings.Contains(errs, "rm ") {
				t.Errorf("stopped behind step %d: the next restore says %d %s", stop, status, errs)
			}
		}
	}
}

// die lets go of what a dead process would let go of, and cleans nothing up.
func (r *restoration) die(t *testing.T) {
	if r.store != nil {
		if err := r.store.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if r.old != nil {
		if err := r.old.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRestoreCancelled: a restore that is told to end cleans up behind itself.
func TestRestoreCancelled(t *testing.T) {
	b := newBench(t)
	b.founded()
	backup, key := b.backedUp()
	p := *b.program
	p.stdout, p.stderr = &b.out, &b.err
	p.flags = b.flags
	identities, err := p.identities([]string{key})
	if err != nil {
		t.Fatal(err)
	}
	for stop := range len((&restoration{}).steps()) - 1 {
		r := &restoration{
			program: &p, path: backup, identities: identities, place: p.databasePath(),
			own:    desk.Credentials{Login: "chef", Passphrase: []byte(secrets["chef"])},
			second: desk.Credentials{Login: "lead", Passphrase: []byte(secrets["lead"])},
		}
		for _, step := range r.steps()[:stop] {
			if err := step(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if err := r.end(); err != nil {
			t.Fatal(err)
		}
		left, err := filepath.Glob(r.place + ".*restor*")
		if err != nil || len(left) > 0 {
			t.Errorf("behind step %d there is left %v, %v", stop, left, err)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	r := &restoration{program: &p, path: backup, identities: identities}
	if err := r.run(ended); err == nil {
		t.Error("a cancelled restore says that it is done")
	}
	b.must("journal", "verify")
}

// told is a context that is ended as soon as the copy has the database's name.
type told struct {
	context.Context
	r *restoration
}

func (c told) Err() error {
	if c.r.replaced {
		return context.Canceled
	}
	return nil
}

// TestRestoreToldTooLate: what was exchanged is said to be, and the anchors learn
// of it.
func TestRestoreToldTooLate(t *testing.T) {
	b := newBench(t)
	b.founded()
	backup, key := b.backedUp()
	p := *b.program
	p.stdout, p.stderr = &b.out, &b.err
	p.flags, p.texts = b.flags, words.For(words.German)
	identities, err := p.identities([]string{key})
	if err != nil {
		t.Fatal(err)
	}
	b.out.Reset()
	r := &restoration{
		program: &p, path: backup, identities: identities,
		own:    desk.Credentials{Login: "chef", Passphrase: []byte(secrets["chef"])},
		second: desk.Credentials{Login: "lead", Passphrase: []byte(secrets["lead"])},
	}
	if err := r.run(told{t.Context(), r}); err != nil || !strings.Contains(b.out.String(), "Wiederhergestellt: ") {
		t.Errorf("%v, %s", err, b.out.String())
	}
	b.must("staff", "list", "--as", "chef", "--passphrase-file", b.home+"/chef.pass")
}

// backedUp makes a key and a backup, and returns both files.
func (b *bench) backedUp() (backup, key string) {
	b.t.Helper()
	backup, key = filepath.Join(b.home, "a.backup"), filepath.Join(b.home, "safe.key")
	public := strings.TrimSpace(b.must("backup", "--new-identity", key))
	b.must("backup", backup, "--to", public, "--as", "chef", "--passphrase-file", b.home+"/chef.pass")
	return backup, key
}

// must runs a command that ends well and returns what it printed.
func (b *bench) must(args ...string) string {
	b.t.Helper()
	status, out, errs := b.do(args...)
	if status != statusDone {
		b.t.Fatalf("%s: %d %s", args[0], status, errs)
	}
	return out
}

// TestRestoreUnsigned: a backup with a right journal that no key of ours signed is
// not intact: anybody who knows the public key it is encrypted to could make it.
func TestRestoreUnsigned(t *testing.T) {
	b := newBench(t)
	b.founded()
	whole, key := b.backedUp()
	identities, err := b.identities([]string{key})
	if err != nil {
		t.Fatal(err)
	}
	to := identities[0].(*age.X25519Identity).Recipient()
	b.must("restore", whole, "--check", "--identity", key)
	for _, row := range []struct {
		reason string
		taken  func(key []byte, newest []byte) bool
	}{
		{"every checkpoint", func([]byte, []byte) bool { return true }},
		{"the newest checkpoint", bytes.Equal},
	} {
		forged := withoutCheckpoints(t, whole, identities, to, row.taken)
		status, out, _ := b.do("restore", forged, "--check", "--identity", key)
		if status != statusRefused {
			t.Errorf("without %s: %d %s", row.reason, status, out)
		}
	}
}

// withoutCheckpoints takes a backup apart, takes checkpoints away and makes a
// backup of what is left.
func withoutCheckpoints(t *testing.T, path string, identities []age.Identity, to age.Recipient, taken func(key, newest []byte) bool) string {
	t.Helper()
	sealed, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer sealed.Close()
	var image bytes.Buffer
	contents, err := backup.Read(sealed, identities, func(backup.Manifest) (io.Writer, error) { return &image, nil })
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "forged")
	if err := os.WriteFile(file, image.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	engine, err := bolt.Open(file, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var notes [][]byte
	for pair, err := range engine.Range(t.Context(), kv.Prefix([]byte("q")), kv.RangeOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		notes = append(notes, bytes.Clone(pair.Key))
	}
	var ops []kv.Op
	for _, key := range notes {
		if taken(key, notes[len(notes)-1]) {
			ops = append(ops, kv.Op{Key: key, Delete: true})
		}
	}
	if _, err := engine.Commit(t.Context(), kv.Batch{Ops: ops}); err != nil {
		t.Fatal(err)
	}
	if err := engine.Close(); err != nil {
		t.Fatal(err)
	}
	changed, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	out, err := os.Create(file + ".backup")
	if err != nil {
		t.Fatal(err)
	}
	contents.Manifest.ImageSize = int64(len(changed))
	err = backup.Write(out, []age.Recipient{to}, contents.Manifest, func(w io.Writer) error { _, err := w.Write(changed); return err }, nil)
	if err := errors.Join(err, out.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Name()
}
