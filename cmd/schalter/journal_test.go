package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"schalter/domain"
	"schalter/store/bolt"
	"schalter/store/journal"
	"schalter/store/kv"
)

// The layout of package store, as somebody who tampers with the file would know
// it.
const (
	entryPrefix = 'a'
	treePrefix  = 't'
)

func position(prefix byte, n uint64) []byte { return binary.BigEndian.AppendUint64([]byte{prefix}, n) }

// TestVerifyNamesDamage: a byte that is wrong in the file itself is found before
// anything trusts it, and told in words and to machines.
func TestVerifyNamesDamage(t *testing.T) {
	b := newBench(t)
	b.founded()
	whole, err := os.ReadFile(b.flags.database)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []int{20, 2*4096 + 10} { // a meta page; the size of every page behind both
		spoiled := bytes.Clone(whole)
		for i := at; i < len(spoiled) && (i == at || at > 2*4096); i += 4096 {
			spoiled[i] ^= 1
		}
		if err := os.WriteFile(b.flags.database, spoiled, 0o600); err != nil {
			t.Fatal(err)
		}
		status, out, errs := b.do("journal", "verify", "--json")
		var got verified
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatalf("byte %d: %v: %s%s", at, err, out, errs)
		}
		if status != statusRefused || got.Valid || got.Fault == nil || got.Fault.Kind != "file_damaged" || got.Fault.Detail == "" {
			t.Errorf("byte %d: %d %s", at, status, out)
		}
		if status, out, _ := b.do("journal", "verify", "--lang", "en"); status != statusRefused || !strings.Contains(out, "FAULT: The database is damaged.") {
			t.Errorf("byte %d: %d %s", at, status, out)
		}
	}
}

// TestVerifyNamesTampering: whoever changes the file behind the program's back is
// found by the command, and the first fault is named.
func TestVerifyNamesTampering(t *testing.T) {
	b := newBench(t)
	b.founded()
	b.hire("anna")
	member := domain.Member{ID: 1}.Ref()
	b.importPeople([]domain.Member{{KVNR: "A123456780", BirthDate: 19620314, Name: domain.Name{Given: "Anna", Surname: "Müller"}}})
	whole, err := os.ReadFile(b.flags.database)
	if err != nil {
		t.Fatal(err)
	}
	rows := []struct {
		reason string
		tamper func(tamperer)
		kind   journal.Kind
		seq    int64
	}{
		{"one bit of an entry's content", func(x tamperer) { x.flip(position(entryPrefix, 3), -1) }, journal.PayloadChanged, 3},
		{"one bit of an entry's head", func(x tamperer) { x.flip(position(entryPrefix, 3), 12) }, journal.EntryChanged, 3},
		{"an entry taken out", func(x tamperer) { x.remove(position(entryPrefix, 2)) }, journal.EntryMissing, 2},
		{"two entries swapped", func(x tamperer) { x.swap(position(entryPrefix, 1), position(entryPrefix, 2)) }, journal.EntrySwapped, 1},
		{"an entry put behind the last", func(x tamperer) { x.copy(position(entryPrefix, 2), position(entryPrefix, x.size())) }, journal.EntryInserted, -1},
		{"an entry in another's place", func(x tamperer) { x.copy(position(entryPrefix, 2), position(entryPrefix, 4)) }, journal.EntryChanged, 4},
		{"a hash of the tree", func(x tamperer) { x.flip(position(treePrefix, 4), 3) }, journal.HashChanged, 4},
		{"a record changed", func(x tamperer) { x.flip(position(byte(member.Kind), 1), -1) }, journal.ValueChanged, -1},
		{"a record deleted", func(x tamperer) { x.remove(position(byte(member.Kind), 1)) }, journal.ValueMissing, -1},
		{"a record nobody wrote", func(x tamperer) { x.copy(position(byte(member.Kind), 1), position(byte(member.Kind), 9)) }, journal.ValueSwapped, -1},
	}
	for _, r := range rows {
		if err := os.WriteFile(b.flags.database, whole, 0o600); err != nil {
			t.Fatal(err)
		}
		b.tamper(r.tamper)
		status, out, errs := b.do("journal", "verify", "--json")
		var got verified
		if err := json.Unmarshal([]byte(out), &got); err != nil || got.Fault == nil {
			t.Errorf("%s: %d %s %s", r.reason, status, out, errs)
			continue
		}
		named := r.seq < 0 || got.Fault.Seq != nil && *got.Fault.Seq == r.seq
		if status != statusRefused || got.Valid || got.Fault.Kind != string(r.kind) || !named {
			t.Errorf("%s: status %d, %s", r.reason, status, out)
		}
		if _, text, _ := b.do("journal", "verify"); !bytes.HasPrefix([]byte(text), []byte("FEHLER: ")) {
			t.Errorf("%s: says %q", r.reason, text)
		}
	}
}

// tamperer changes keys without the program.
type tamperer struct {
	t      *testing.T
	engine *bolt.Engine
}

func (b *bench) tamper(how func(tamperer)) {
	b.t.Helper()
	engine, err := bolt.Open(b.flags.database, bolt.Options{})
	if err != nil {
		b.t.Fatal(err)
	}
	how(tamperer{b.t, engine})
	if err := engine.Close(); err != nil {
		b.t.Fatal(err)
	}
}

func (x tamperer) get(key []byte) []byte {
	x.t.Helper()
	pair, err := x.engine.Get(x.t.Context(), key)
	if err != nil {
		x.t.Fatalf("%x: %v", key, err)
	}
	return bytes.Clone(pair.Value)
}

func (x tamperer) commit(ops ...kv.Op) {
	x.t.Helper()
	if _, err := x.engine.Commit(x.t.Context(), kv.Batch{Ops: ops}); err != nil {
		x.t.Fatal(err)
	}
}

// flip turns a bit of the byte at a place, counted from the end below 0.
func (x tamperer) flip(key []byte, at int) {
	value := x.get(key)
	if at < 0 {
		at += len(value)
	}
	value[at] ^= 1
	x.commit(kv.Op{Key: key, Value: value})
}

func (x tamperer) remove(key []byte) { x.commit(kv.Op{Key: key, Delete: true}) }

func (x tamperer) copy(from, to []byte) { x.commit(kv.Op{Key: to, Value: x.get(from)}) }

func (x tamperer) swap(one, two []byte) {
	x.commit(kv.Op{Key: one, Value: x.get(two)}, kv.Op{Key: two, Value: x.get(one)})
}

// size is the number of entries.
func (x tamperer) size() (n uint64) {
	for _, err := range x.engine.Range(x.t.Context(), kv.Prefix([]byte{entryPrefix}), kv.RangeOptions{}) {
		if err != nil {
			x.t.Fatal(err)
		}
		n++
	}
	return n
}

// TestVerifyAnchors: a mark or a checkpoint kept elsewhere shows that the newest
// entries were cut off by putting an older file back.
func TestVerifyAnchors(t *testing.T) {
	b := newBench(t)
	b.founded()
	older, err := os.ReadFile(b.flags.database)
	if err != nil {
		t.Fatal(err)
	}
	b.hire("anna")
	_, out, _ := b.do("journal", "verify", "--json")
	var now verified
	if err := json.Unmarshal([]byte(out), &now); err != nil || !now.Valid {
		t.Fatalf("%s: %v", out, err)
	}
	note := filepath.Join(b.home, "checkpoint")
	b.tamper(func(x tamperer) {
		if err := os.WriteFile(note, x.get(position('q', uint64(now.Size))), 0o600); err != nil {
			t.Fatal(err)
		}
	})
	anchors := [][]string{{"--mark", now.Mark}, {"--checkpoint", note}}
	for _, anchor := range anchors {
		if status, out, errs := b.do(append([]string{"journal", "verify"}, anchor...)...); status != statusDone {
			t.Errorf("%v: %d %s %s", anchor[0], status, out, errs)
		}
	}
	if err := os.WriteFile(b.flags.database, older, 0o600); err != nil {
		t.Fatal(err)
	}
	if status, out, _ := b.do("journal", "verify", "--json"); status != statusRefused || !strings.Contains(out, `"kind":"shorter"`) {
		t.Errorf("against the anchor beside the keys: %d %s", status, out)
	}
	if err := os.Remove(filepath.Join(b.flags.keys, anchorFile)); err != nil {
		t.Fatal(err)
	}
	if status, _, _ := b.do("journal", "verify"); status != statusDone {
		t.Error("the older file is intact in itself")
	}
	for _, anchor := range anchors {
		status, out, _ := b.do(append([]string{"journal", "verify", "--json"}, anchor...)...)
		var got verified
		if err := json.Unmarshal([]byte(out), &got); err != nil || status != statusRefused || got.Fault.Kind != string(journal.Shorter) {
			t.Errorf("%v: %d %s", anchor[0], status, out)
		}
	}
}
