package journal

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// sample is a journal of 20 entries with checkpoints at 0, 8 and 16. Members
// are written by entries 1 to 6, m/2 again by 9 and m/3 by 10; 11 deletes m/4;
// 12 erases the payloads of 3 and 5; 13 to 19 write codes.
func sample(t testing.TB) *fakeLog {
	f := newFakeLog(t)
	f.sign()
	f.commit()
	for n := 1; n <= 6; n++ {
		f.commit(fmt.Sprintf("m/%d=first %d", n, n), fmt.Sprintf("k/%d=m/%d", n, n))
	}
	f.commit("x/1=cursor")
	f.sign()
	f.commit()
	f.commit("m/2=second 2")
	f.commit("m/3=second 3", "x/1=cursor")
	f.commit("m/4", "k/4")
	f.commitErasing([]int64{3, 5})
	for n := 13; n < 16; n++ {
		f.commit(fmt.Sprintf("c/%d=code %d", n, n))
	}
	f.sign()
	for n := 16; n < 20; n++ {
		f.commit(fmt.Sprintf("c/%d=code %d", n, n))
	}
	f.values["x/1"] = "moved on without an entry"
	return f
}

func TestVerifySound(t *testing.T) {
	f := sample(t)
	report, err := f.verify(t)
	if err != nil {
		t.Fatal(err)
	}
	want := Report{Entries: 20, Values: 17, Checkpoints: 3, Signed: 16, Size: 20, Root: f.tree.Root()}
	if report != want {
		t.Errorf("got %+v, want %+v", report, want)
	}
}

func TestVerifyEmpty(t *testing.T) {
	f := newFakeLog(t)
	report, err := f.verify(t)
	if want := (Report{Root: f.tree.Root()}); err != nil || report != want {
		t.Errorf("got %+v, %v; want %+v", report, err, want)
	}
}

// TestVerifyHistories: whatever was written verifies, and any entry, hash or
// value changed afterwards is found.
func TestVerifyHistories(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := newFakeLog(t)
		key := rapid.SampledFrom([]string{"m/1", "m/2", "m/3", "k/1", "k/2", "x/1"})
		for range rapid.IntRange(1, 40).Draw(rt, "entries") {
			var changes []string
			for _, k := range rapid.SliceOfNDistinct(key, 0, 4, rapid.ID).Draw(rt, "keys") {
				if rapid.IntRange(0, 3).Draw(rt, "delete") > 0 {
					k += fmt.Sprintf("=%d", f.tree.Size())
				}
				changes = append(changes, k)
			}
			f.commit(changes...)
			if rapid.IntRange(0, 5).Draw(rt, "sign") == 0 {
				f.sign()
			}
		}
		if _, err := f.verify(t, f.sign()); err != nil {
			rt.Fatalf("untouched: %v", err)
		}
		what := rapid.SampledFrom([]string{"header", "payload", "row", "value", "entry"}).Draw(rt, "what")
		if !f.flipOne(rt, what) {
			return
		}
		var found *Fault
		if _, err := f.verify(t); !errors.As(err, &found) {
			rt.Fatalf("%s changed: %v", what, err)
		}
	})
}

// flipOne changes one thing at random and reports whether there was one.
func (f *fakeLog) flipOne(t *rapid.T, what string) bool {
	seq := rapid.Int64Range(0, f.tree.Size()-1).Draw(t, "seq")
	entry := f.entries[seq]
	pick := func(data []byte) []byte {
		return flipped(data, rapid.IntRange(0, len(data)-1).Draw(t, "at"))
	}
	switch what {
	case "header":
		f.entries[seq] = Entry{pick(entry.Header), entry.Payload}
	case "payload":
		f.entries[seq] = Entry{entry.Header, pick(entry.Payload)}
	case "row":
		f.rows[seq] = pick(f.rows[seq])
	case "entry":
		delete(f.entries, seq)
	case "value":
		delete(f.values, "x/1")
		if len(f.values) == 0 {
			return false
		}
		keys := slices.Sorted(maps.Keys(f.values))
		f.values[rapid.SampledFrom(keys).Draw(t, "key")] = "another"
	}
	return true
}

func TestVerifyPassesOnWhatKeptItFromReading(t *testing.T) {
	broken := errors.New("disk on fire")
	for _, tt := range []struct {
		what    string
		breakIt func(*Log)
	}{
		{"head", func(l *Log) { l.Head = func() (Head, error) { return Head{}, broken } }},
		{"entries", func(l *Log) { l.Entries = func(int64) iter.Seq2[Stored, error] { return failing[Stored](broken) } }},
		{"rows", func(l *Log) { l.Rows = func(int64) iter.Seq2[Row, error] { return failing[Row](broken) } }},
		{"values", func(l *Log) { l.Values = func() iter.Seq2[Value, error] { return failing[Value](broken) } }},
		{"checkpoints", func(l *Log) {
			l.Checkpoints = func() iter.Seq2[StoredCheckpoint, error] { return failing[StoredCheckpoint](broken) }
		}},
	} {
		log := sample(t).log()
		tt.breakIt(&log)
		_, err := Verify(context.Background(), log)
		var found *Fault
		if !errors.Is(err, broken) || errors.As(err, &found) {
			t.Errorf("%s: got %v, want %v and no fault", tt.what, err, broken)
		}
	}
}

func failing[T any](err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		yield(zero, err)
	}
}

func TestVerifyEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Verify(ctx, sample(t).log()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestVerifyReportsProgress(t *testing.T) {
	log := sample(t).log()
	last := make(map[Stage]Progress)
	log.Progress = func(p Progress) { last[p.Stage] = p }
	if _, err := Verify(context.Background(), log); err != nil {
		t.Fatal(err)
	}
	want := map[Stage]Progress{StageEntries: {StageEntries, 20, 20}, StageValues: {StageValues, 17, 17}}
	if !reflect.DeepEqual(last, want) {
		t.Errorf("ended with %+v, want %+v", last, want)
	}
}

func TestFaultSaysWhatAndWhere(t *testing.T) {
	for _, tt := range []struct{ fault, want string }{
		{fault(EntryMissing, 9).Error(), "journal: entry_missing, at 9"},
		{(&Fault{Kind: EntrySwapped, Seq: 9, Other: 17}).Error(), "journal: entry_swapped, at 9, other 17"},
		{
			(&Fault{Kind: ValueSwapped, Seq: None, Other: 1, Key: []byte("m/7"), OtherKey: []byte("m/1")}).Error(),
			"journal: value_swapped, other 1, key 6d2f37, other key 6d2f31",
		},
	} {
		if tt.fault != tt.want {
			t.Errorf("got %q, want %q", tt.fault, tt.want)
		}
	}
}

// TestVerifyUnsigned: a journal that is right in itself, and no checkpoint of any
// entry has a known key's signature, is not believed.
func TestVerifyUnsigned(t *testing.T) {
	f := sample(t)
	clear(f.checkpoints)
	_, err := f.verify(t)
	if want := error(&Fault{Kind: Unsigned, Seq: 20, Other: 0}); !reflect.DeepEqual(err, want) {
		t.Errorf("without any: %v, want %v", err, want)
	}
	f = newFakeLog(t)
	f.sign() // of no entry
	f.commit()
	if _, err = f.verify(t); err == nil {
		t.Error("with that of the empty journal alone")
	}
	f.sign()
	if report, err := f.verify(t); err != nil || report.Signed != 1 {
		t.Errorf("signed up to %d, %v", report.Signed, err)
	}
	f.commit()
	if report, err := f.verify(t); err != nil || report.Signed != 1 {
		t.Errorf("with an entry since, signed up to %d, %v", report.Signed, err)
	}
}
