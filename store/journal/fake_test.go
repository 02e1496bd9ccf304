package journal

import (
	"context"
	"crypto/sha256"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
)

// fakeLog is a database in memory as far as [Verify] sees one. Tests write to
// it as the program would, and then tamper with it as they like.
type fakeLog struct {
	tree        Tree
	counts      map[string]uint64
	entries     map[int64]Entry
	rows        map[int64][]byte
	values      map[string]string
	checkpoints map[int64][]byte
	head        Head
	unparsable  int64 // position of an entry whose stored form is broken

	signer    note.Signer
	verifiers note.Verifiers

	// Called before a loop takes its snapshot, to play those who write
	// meanwhile.
	beforeEntries, beforeRows, beforeValues, beforeHead, afterValues func()
}

func newFakeLog(t testing.TB) *fakeLog {
	signer, verifiers := testKeys(t, testStore, 7)
	f := &fakeLog{
		counts:      make(map[string]uint64),
		entries:     make(map[int64]Entry),
		rows:        make(map[int64][]byte),
		values:      make(map[string]string),
		checkpoints: make(map[int64][]byte),
		signer:      signer,
		verifiers:   verifiers,
		unparsable:  None,
	}
	f.setHead()
	return f
}

// commit writes an entry: "key=value" puts, "key" alone deletes.
func (f *fakeLog) commit(changes ...string) {
	f.commitErasing(nil, changes...)
}

// commitErasing also takes away payloads.
func (f *fakeLog) commitErasing(erased []int64, changes ...string) {
	var writes []Write
	for _, change := range changes {
		key, value, put := strings.Cut(change, "=")
		writes = append(writes, f.write(key, value, put))
	}
	payload := fmt.Appendf(nil, "payload %d", f.tree.Size())
	header, err := Header{
		Seq:     f.tree.Size(),
		Writes:  writes,
		Payload: sha256.Sum256(payload),
		Erased:  erased,
	}.Marshal()
	if err != nil {
		panic(err)
	}
	for _, seq := range erased {
		f.entries[seq] = Entry{Header: f.entries[seq].Header}
	}
	f.entries[f.tree.Size()] = Entry{Header: header, Payload: payload}
	f.rows[f.tree.Size()] = FormatRow(f.tree.Append(header))
	f.setHead()
}

func (f *fakeLog) write(key, value string, put bool) Write {
	name, journalled := testPrefix([]byte(key))
	_, had := f.values[key]
	switch {
	case journalled && put && !had:
		f.counts[name]++
	case journalled && !put && had:
		f.counts[name]--
	}
	if !put {
		delete(f.values, key)
		return Delete([]byte(key))
	}
	f.values[key] = value
	return Put([]byte(key), []byte(value))
}

func (f *fakeLog) setHead() {
	f.head = Head{Size: f.tree.Size(), Root: f.tree.Root(), Records: maps.Clone(f.counts)}
}

func (f *fakeLog) checkpoint() Checkpoint {
	return Checkpoint{
		Origin: Origin(testStore), Size: f.tree.Size(), Root: f.tree.Root(),
		Time: time.Date(2026, 3, 2, 8, 15, 0, 0, time.UTC), Records: maps.Clone(f.counts),
	}
}

// sign keeps a checkpoint of now and returns it.
func (f *fakeLog) sign() Checkpoint {
	c := f.checkpoint()
	signed, err := c.Sign(f.signer)
	if err != nil {
		panic(err)
	}
	f.checkpoints[c.Size] = signed
	return c
}

// testPrefix calls a key by what stands before the slash. Those of "x" are
// written without entries.
func testPrefix(key []byte) (string, bool) {
	name, _, _ := strings.Cut(string(key), "/")
	return name, name != "x"
}

// log returns what Verify reads.
func (f *fakeLog) log(anchors ...Anchor) Log {
	return Log{
		Origin:    Origin(testStore),
		Verifiers: f.verifiers,
		Head: func() (Head, error) {
			call(f.beforeHead)
			return f.head, nil
		},
		Entries: func(from int64) iter.Seq2[Stored, error] {
			entries := snapshot(&f.beforeEntries, nil, &f.entries, func(seq int64, e Entry) (Stored, bool) {
				return Stored{seq, e}, seq >= from
			})
			return f.breaking(entries)
		},
		Rows: func(from int64) iter.Seq2[Row, error] {
			return snapshot(&f.beforeRows, nil, &f.rows, func(seq int64, hashes []byte) (Row, bool) {
				return Row{seq, hashes}, seq >= from
			})
		},
		Values: func() iter.Seq2[Value, error] {
			return snapshot(&f.beforeValues, &f.afterValues, &f.values, func(key, value string) (Value, bool) {
				return Value{[]byte(key), []byte(value)}, true
			})
		},
		Checkpoints: func() iter.Seq2[StoredCheckpoint, error] {
			return snapshot(nil, nil, &f.checkpoints, func(size int64, signed []byte) (StoredCheckpoint, bool) {
				return StoredCheckpoint{size, signed}, true
			})
		},
		Value: func(key []byte) ([]byte, bool, error) {
			value, found := f.values[string(key)]
			return []byte(value), found, nil
		},
		Prefix:  testPrefix,
		Anchors: anchors,
	}
}

// breaking ends a loop at the unparsable entry, as a database would.
func (f *fakeLog) breaking(entries iter.Seq2[Stored, error]) iter.Seq2[Stored, error] {
	return func(yield func(Stored, error) bool) {
		for stored, err := range entries {
			if stored.Seq == f.unparsable {
				_, err = ParseEntry(nil)
				stored = Stored{Seq: stored.Seq}
			}
			if !yield(stored, err) || err != nil {
				return
			}
		}
	}
}

// snapshot loops over a copy of a map in the order of its keys.
func snapshot[K int64 | string, V, T any](before, after *func(), from *map[K]V, as func(K, V) (T, bool)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if before != nil {
			call(*before)
		}
		pairs := maps.Clone(*from)
		if after != nil {
			call(*after)
		}
		for _, key := range slices.Sorted(maps.Keys(pairs)) {
			if item, ok := as(key, pairs[key]); ok && !yield(item, nil) {
				return
			}
		}
	}
}

func call(f func()) {
	if f != nil {
		f()
	}
}

// rebuild makes rows and head fit the entries as they are now, as somebody
// would who knows the program.
func (f *fakeLog) rebuild() {
	f.tree, f.rows = Tree{}, make(map[int64][]byte)
	for _, seq := range slices.Sorted(maps.Keys(f.entries)) {
		f.rows[f.tree.Size()] = FormatRow(f.tree.Append(f.entries[seq].Header))
	}
	f.setHead()
}

// rewrite replaces the header at a position by one that says something else.
func (f *fakeLog) rewrite(seq int64, change func(*Header)) {
	h, err := ParseHeader(f.entries[seq].Header)
	if err != nil {
		panic(err)
	}
	change(&h)
	data, err := h.Marshal()
	if err != nil {
		panic(err)
	}
	f.entries[seq] = Entry{Header: data, Payload: f.entries[seq].Payload}
}

// shift moves all entries from a position on by one up or down; down loses the
// one before.
func shift[V any](m map[int64]V, from, by int64) {
	moved := make(map[int64]V)
	for seq, v := range m {
		if seq >= from {
			moved[seq+by] = v
			delete(m, seq)
		}
	}
	maps.Copy(m, moved)
}

func swap[K comparable, V any](m map[K]V, a, b K) { m[a], m[b] = m[b], m[a] }

func (f *fakeLog) verify(t testing.TB, anchors ...Anchor) (Report, error) {
	t.Helper()
	return Verify(context.Background(), f.log(anchors...))
}
