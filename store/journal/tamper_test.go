package journal

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"
)

// entryFaults are what can be done to entries, and how it is called.
func entryFaults() []tampering {
	return []tampering{
		{"header changed", func(f *fakeLog) {
			f.rewrite(9, func(h *Header) { h.Writes = nil })
		}, Fault{Kind: EntryChanged, Seq: 9, Other: None}},
		{"header is rubbish", func(f *fakeLog) {
			f.entries[9] = Entry{[]byte("rubbish"), f.entries[9].Payload}
		}, Fault{Kind: EntryChanged, Seq: 9, Other: None}},
		{"stored form broken", func(f *fakeLog) {
			f.unparsable = 9
		}, Fault{Kind: EntryChanged, Seq: 9, Other: None}},
		{"stored form of the last entry broken", func(f *fakeLog) {
			f.unparsable = 19
		}, Fault{Kind: EntryChanged, Seq: 19, Other: None}},
		{"header names another position, wrongly", func(f *fakeLog) {
			f.rewrite(9, func(h *Header) { h.Seq = 2 })
		}, Fault{Kind: EntryChanged, Seq: 9, Other: None}},
		{"last header changed", func(f *fakeLog) {
			f.rewrite(19, func(h *Header) { h.Writes = nil })
		}, Fault{Kind: EntryChanged, Seq: 19, Other: None}},
		{"entry replaced by a copy of another", func(f *fakeLog) {
			f.entries[9] = f.entries[2]
		}, Fault{Kind: EntryChanged, Seq: 9, Other: 2}},
		{"entry deleted", func(f *fakeLog) {
			delete(f.entries, 9)
		}, Fault{Kind: EntryMissing, Seq: 9, Other: None}},
		{"first entry deleted", func(f *fakeLog) {
			delete(f.entries, 0)
		}, Fault{Kind: EntryMissing, Seq: 0, Other: None}},
		{"last entry deleted", func(f *fakeLog) {
			delete(f.entries, 19)
		}, Fault{Kind: EntryMissing, Seq: 19, Other: None}},
		{"all entries deleted", func(f *fakeLog) {
			clear(f.entries)
		}, Fault{Kind: EntryMissing, Seq: 0, Other: None}},
		{"entry deleted with its hashes", func(f *fakeLog) {
			delete(f.entries, 9)
			delete(f.rows, 9)
		}, Fault{Kind: EntryMissing, Seq: 9, Other: None}},
		{"entry deleted, the others moved up", func(f *fakeLog) {
			shift(f.entries, 10, -1)
		}, Fault{Kind: EntryMissing, Seq: 9, Other: None}},
		{"entry deleted, the others moved up with their hashes", func(f *fakeLog) {
			shift(f.entries, 10, -1)
			shift(f.rows, 10, -1)
		}, Fault{Kind: EntryMissing, Seq: 9, Other: None}},
		{"entry inserted at the end", func(f *fakeLog) {
			f.entries[20] = f.entries[19]
		}, Fault{Kind: EntryInserted, Seq: 20, Other: None}},
		{"entry inserted at the end with hashes", func(f *fakeLog) {
			head := f.head
			f.commit("c/20=code 20")
			f.head = head
			delete(f.values, "c/20")
		}, Fault{Kind: EntryInserted, Seq: 20, Other: None}},
		{"entry inserted, the others moved down", func(f *fakeLog) {
			shift(f.entries, 9, 1)
			f.entries[9] = f.entries[0]
			f.rewrite(9, func(h *Header) { h.Seq = 9 })
		}, Fault{Kind: EntryInserted, Seq: 9, Other: None}},
		{"entry inserted, the others moved down, hashes made anew", func(f *fakeLog) {
			delete(f.checkpoints, 16)
			shift(f.entries, 9, 1)
			f.entries[9] = f.entries[0]
			f.rewrite(9, func(h *Header) { h.Seq = 9 })
			f.rebuild()
		}, Fault{Kind: EntryInserted, Seq: 9, Other: None}},
		{"neighbours swapped", func(f *fakeLog) {
			swap(f.entries, 9, 10)
		}, Fault{Kind: EntrySwapped, Seq: 9, Other: 10}},
		{"neighbours swapped with their hashes", func(f *fakeLog) {
			swap(f.entries, 9, 10)
			swap(f.rows, 9, 10)
		}, Fault{Kind: EntrySwapped, Seq: 9, Other: 10}},
		{"distant entries swapped", func(f *fakeLog) {
			swap(f.entries, 9, 17)
		}, Fault{Kind: EntrySwapped, Seq: 9, Other: 17}},
		{"distant entries swapped with their hashes", func(f *fakeLog) {
			swap(f.entries, 9, 17)
			swap(f.rows, 9, 17)
		}, Fault{Kind: EntrySwapped, Seq: 9, Other: 17}},
		{"a header of a newer program", func(f *fakeLog) {
			newer := bytes.Clone(f.entries[19].Header)
			newer[2] = 2
			f.entries[19] = Entry{newer, f.entries[19].Payload}
			f.rebuild()
		}, Fault{Kind: EntryUnreadable, Seq: 19, Other: None}},
		{"payload changed", func(f *fakeLog) {
			f.entries[9] = Entry{f.entries[9].Header, []byte("something else")}
		}, Fault{Kind: PayloadChanged, Seq: 9, Other: None}},
		{"payloads swapped", func(f *fakeLog) {
			a, b := f.entries[9], f.entries[10]
			f.entries[9], f.entries[10] = Entry{a.Header, b.Payload}, Entry{b.Header, a.Payload}
		}, Fault{Kind: PayloadChanged, Seq: 9, Other: None}},
		{"payload taken away", func(f *fakeLog) {
			f.entries[9] = Entry{Header: f.entries[9].Header}
		}, Fault{Kind: PayloadMissing, Seq: 9, Other: None}},
		{"erased payload put back", func(f *fakeLog) {
			f.entries[5] = Entry{f.entries[5].Header, []byte("payload 5")}
		}, Fault{Kind: PayloadKept, Seq: 5, Other: 12}},
		{"leaf hash changed", func(f *fakeLog) {
			f.rows[9] = flipped(f.rows[9], 0)
		}, Fault{Kind: HashChanged, Seq: 9, Other: None}},
		{"hash of a subtree changed", func(f *fakeLog) {
			f.rows[9] = flipped(f.rows[9], 32)
		}, Fault{Kind: HashChanged, Seq: 9, Other: None}},
		{"a hash too many", func(f *fakeLog) {
			f.rows[9] = append(bytes.Clone(f.rows[9]), make([]byte, 32)...)
		}, Fault{Kind: HashChanged, Seq: 9, Other: None}},
		{"hashes cut short", func(f *fakeLog) {
			f.rows[9] = f.rows[9][:31]
		}, Fault{Kind: HashChanged, Seq: 9, Other: None}},
		{"hashes deleted", func(f *fakeLog) {
			delete(f.rows, 9)
		}, Fault{Kind: HashMissing, Seq: 9, Other: None}},
		{"last hashes deleted", func(f *fakeLog) {
			delete(f.rows, 19)
		}, Fault{Kind: HashMissing, Seq: 19, Other: None}},
	}
}

// stateFaults are what can be done to head, checkpoints and values.
func stateFaults() []tampering {
	return []tampering{
		{"entry changed before a checkpoint, everything made to fit", func(f *fakeLog) {
			f.rewrite(9, func(h *Header) { h.Payload[0]++ })
			f.rebuild()
			f.entries[9] = Entry{Header: f.entries[9].Header}
		}, Fault{Kind: CheckpointMismatch, Seq: 16, Other: 8}},
		{"entry changed before the first real checkpoint, everything made to fit", func(f *fakeLog) {
			f.rewrite(2, func(h *Header) { h.Writes = h.Writes[1:] })
			f.rebuild()
		}, Fault{Kind: CheckpointMismatch, Seq: 8, Other: 0}},
		{"entry changed after the last checkpoint, hashes made to fit", func(f *fakeLog) {
			head := f.head
			f.rewrite(18, func(h *Header) { h.Writes = nil })
			f.rebuild()
			f.head = head
		}, Fault{Kind: HeadMismatch, Seq: 20, Other: 16}},
		{"newest entries cut, head set back", func(f *fakeLog) {
			cut(f, 12)
		}, Fault{Kind: Shorter, Seq: 12, Other: 16}},
		{"head counts fewer records", func(f *fakeLog) {
			f.head.Records["m"]--
		}, Fault{Kind: RecordsMismatch, Seq: 20, Other: 16}},
		{"head counts records of no entry", func(f *fakeLog) {
			f.head.Records["z"] = 1
		}, Fault{Kind: RecordsMismatch, Seq: 20, Other: 16}},
		{"head counts no members", func(f *fakeLog) {
			delete(f.head.Records, "m")
		}, Fault{Kind: RecordsMismatch, Seq: 20, Other: 16}},
		{"checkpoint edited", func(f *fakeLog) {
			f.checkpoints[16] = bytes.Replace(f.checkpoints[16], []byte("records m 5"), []byte("records m 6"), 1)
		}, Fault{Kind: CheckpointSignature, Seq: 16, Other: None}},
		{"checkpoint is rubbish", func(f *fakeLog) {
			f.checkpoints[16] = []byte("rubbish")
		}, Fault{Kind: CheckpointSignature, Seq: 16, Other: None}},
		{"checkpoint forged with another key", func(f *fakeLog) {
			f.signer, _ = testKeys(nopTB{}, testStore, 9)
			f.sign()
		}, Fault{Kind: CheckpointKey, Seq: 20, Other: None}},
		{"checkpoint stored for another size", func(f *fakeLog) {
			f.checkpoints[10] = f.checkpoints[16]
		}, Fault{Kind: CheckpointMismatch, Seq: 10, Other: 8}},
		{"checkpoints swapped", func(f *fakeLog) {
			swap(f.checkpoints, 8, 16)
		}, Fault{Kind: CheckpointMismatch, Seq: 8, Other: 0}},
		{"genuine checkpoint with wrong counts", func(f *fakeLog) {
			f.counts["m"]++
			f.sign()
		}, Fault{Kind: RecordsMismatch, Seq: 20, Other: 16}},
		{"genuine checkpoint with a wrong size", func(f *fakeLog) {
			c := f.checkpoint()
			c.Size++
			f.checkpoints[20] = must(c.Sign(f.signer))(nopTB{})
		}, Fault{Kind: CheckpointMismatch, Seq: 20, Other: 16}},
		{"genuine checkpoint of another journal", func(f *fakeLog) {
			other := [16]byte{0xb0}
			c := f.checkpoint()
			c.Origin = Origin(other)
			signer, verifiers := testKeys(nopTB{}, other, 7)
			f.checkpoints[20] = must(c.Sign(signer))(nopTB{})
			f.verifiers = both{f.verifiers, verifiers}
		}, Fault{Kind: CheckpointMismatch, Seq: 20, Other: 16}},
		{"value changed", func(f *fakeLog) {
			f.values["m/2"] = "changed"
		}, Fault{Kind: ValueChanged, Seq: 9, Other: None, Key: []byte("m/2")}},
		{"old value back", func(f *fakeLog) {
			f.values["m/2"] = "first 2"
		}, Fault{Kind: ValueOld, Seq: 9, Other: 2, Key: []byte("m/2")}},
		{"old value back, which another key has had since", func(f *fakeLog) {
			f.commit("m/9=first 2")
			f.values["m/2"] = "first 2"
		}, Fault{Kind: ValueOld, Seq: 9, Other: 2, Key: []byte("m/2")}},
		{"deleted value back", func(f *fakeLog) {
			f.values["m/4"] = "first 4"
		}, Fault{Kind: ValueOld, Seq: 11, Other: 4, Key: []byte("m/4")}},
		{"deleted key with a new value", func(f *fakeLog) {
			f.values["m/4"] = "fourth"
		}, Fault{Kind: ValueChanged, Seq: 11, Other: None, Key: []byte("m/4")}},
		{"values swapped", func(f *fakeLog) {
			swap(f.values, "m/1", "m/6")
		}, Fault{Kind: ValueSwapped, Seq: 1, Other: 6, Key: []byte("m/1"), OtherKey: []byte("m/6")}},
		{"value replaced by an old one of another key", func(f *fakeLog) {
			f.values["m/6"] = "first 2"
		}, Fault{Kind: ValueSwapped, Seq: 6, Other: 2, Key: []byte("m/6"), OtherKey: []byte("m/2")}},
		{"value deleted", func(f *fakeLog) {
			delete(f.values, "m/3")
		}, Fault{Kind: ValueMissing, Seq: 10, Other: None, Key: []byte("m/3")}},
		{"several values deleted", func(f *fakeLog) {
			maps.DeleteFunc(f.values, func(key, _ string) bool { return strings.HasPrefix(key, "m/") })
		}, Fault{Kind: ValueMissing, Seq: 1, Other: None, Key: []byte("m/1")}},
		{"value nobody wrote", func(f *fakeLog) {
			f.values["m/7"] = "smuggled"
		}, Fault{Kind: ValueUnknown, Seq: None, Other: None, Key: []byte("m/7")}},
		{"copy of a value under a new key", func(f *fakeLog) {
			f.values["m/7"] = f.values["m/1"]
		}, Fault{Kind: ValueSwapped, Seq: None, Other: 1, Key: []byte("m/7"), OtherKey: []byte("m/1")}},
	}
}

// tampering is something done to a sound journal and what it must be called.
type tampering struct {
	what string
	do   func(*fakeLog)
	want Fault
}

// cut leaves the first size entries, and no sign that there were more but the
// checkpoints. Values are set back as well.
func cut(f *fakeLog, size int64) {
	maps.DeleteFunc(f.entries, func(seq int64, _ Entry) bool { return seq >= size })
	f.rebuild()
	f.head.Records = nil
}

// nopTB stands in where a test helper wants a test and cannot fail.
type nopTB struct{ testing.TB }

func (nopTB) Helper() {}

// both knows the keys of two sets.
type both [2]note.Verifiers

func (b both) Verifier(name string, hash uint32) (note.Verifier, error) {
	if v, err := b[0].Verifier(name, hash); err == nil {
		return v, nil
	}
	return b[1].Verifier(name, hash)
}

func flipped(data []byte, at int) []byte {
	data = bytes.Clone(data)
	data[at] ^= 1
	return data
}

func TestVerifyNamesWhatWasDone(t *testing.T) {
	for _, tt := range slices.Concat(entryFaults(), stateFaults()) {
		t.Run(tt.what, func(t *testing.T) {
			f := sample(t)
			tt.do(f)
			_, err := f.verify(t)
			var got *Fault
			if !errors.As(err, &got) {
				t.Fatalf("got %v, want %v", err, &tt.want)
			}
			if !reflect.DeepEqual(*got, tt.want) {
				t.Errorf("got %v, want %v", got, &tt.want)
			}
		})
	}
}

// TestTroubleWhileNamingAFault lets each reading after the first few fail: what
// comes back is the fault or the trouble, and never that all is well.
func TestTroubleWhileNamingAFault(t *testing.T) {
	broken := errors.New("disk on fire")
	troubled := 0
	for _, tt := range slices.Concat(entryFaults(), stateFaults()) {
		for good := range 7 {
			f := sample(t)
			tt.do(f)
			log := f.log()
			entries, rows, head := log.Entries, log.Rows, log.Head
			left := good
			spent := func() bool { left--; return left < 0 }
			log.Entries = func(from int64) iter.Seq2[Stored, error] {
				if spent() {
					return failing[Stored](broken)
				}
				return entries(from)
			}
			log.Rows = func(from int64) iter.Seq2[Row, error] {
				if spent() {
					return failing[Row](broken)
				}
				return rows(from)
			}
			log.Head = func() (Head, error) {
				if spent() {
					return Head{}, broken
				}
				return head()
			}
			_, err := Verify(context.Background(), log)
			if err == nil {
				t.Errorf("%s, %d good readings: all is well", tt.what, good)
			}
			if errors.Is(err, broken) {
				troubled++
			}
		}
	}
	if troubled == 0 {
		t.Error("no reading failed")
	}
}

func TestEveryKindIsFound(t *testing.T) {
	found := map[Kind]bool{AnchorMismatch: true, CheckpointMissing: true, Unsigned: true} // by TestVerifyAnchors, TestCheckpointTakenAway, TestVerifyUnsigned
	for _, tt := range slices.Concat(entryFaults(), stateFaults()) {
		found[tt.want.Kind] = true
	}
	for _, kind := range Kinds() {
		if !found[kind] {
			t.Errorf("no test finds %s", kind)
		}
	}
	if len(found) != len(Kinds()) {
		t.Errorf("%d kinds are found and %d listed", len(found), len(Kinds()))
	}
}
