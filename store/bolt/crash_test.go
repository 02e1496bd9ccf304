package bolt_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"schalter/store/bolt"
	"schalter/store/kv"
)

const crashWorkers = 4

// writeUntilKilled commits without end and prints each acknowledged commit on
// a line of its own: worker, number, revision. A commit writes two keys.
func writeUntilKilled(ctx context.Context) error {
	engine, err := bolt.Open("db", bolt.Options{})
	if err != nil {
		return err
	}
	round, err := engine.Rev(ctx) // so that no round repeats the keys of another
	if err != nil {
		return err
	}
	failed := make(chan error, crashWorkers)
	for worker := range crashWorkers {
		go func() {
			for i := 0; ; i++ {
				name := fmt.Sprintf("%d-%d-%d", round, worker, i)
				rev, err := engine.Commit(ctx, pairOf(name))
				if err == nil {
					_, err = fmt.Fprintf(os.Stdout, "%s %d\n", name, rev) // one write, unbuffered
				}
				if err != nil {
					failed <- err
					return
				}
			}
		}()
	}
	return <-failed
}

func pairOf(name string) kv.Batch {
	return kv.Batch{Ops: []kv.Op{
		{Key: []byte("a" + name), Value: []byte(name)},
		{Key: []byte("z" + name), Value: []byte(name)},
	}}
}

func TestKilledWriterLosesNoAcknowledgedCommit(t *testing.T) {
	dir := t.TempDir()
	makeDatabase(t, dir, kv.Batch{})
	acknowledged := map[string]uint64{}
	for round := range 5 {
		writer := startPart(t, dir, "write")
		for range 40 + 31*round {
			note(t, acknowledged, writer.line(t))
		}
		writer.kill(t)
		for writer.lines.Scan() { // what it had said before it died
			note(t, acknowledged, writer.lines.Text())
		}
		_ = writer.cmd.Wait() // killed
		checkAcknowledged(t, dir, acknowledged)
	}
	if len(acknowledged) < 40 {
		t.Errorf("only %d commits were acknowledged", len(acknowledged))
	}
}

// note takes down an acknowledged commit. A line cut off by the kill is none.
func note(t *testing.T, acknowledged map[string]uint64, line string) {
	t.Helper()
	var name string
	var rev uint64
	if _, err := fmt.Sscan(line, &name, &rev); err != nil {
		t.Fatalf("line %q: %v", line, err)
	}
	acknowledged[name] = rev
}

func checkAcknowledged(t *testing.T, dir string, acknowledged map[string]uint64) {
	t.Helper()
	engine, err := bolt.Open(filepath.Join(dir, "db"), bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	for name, rev := range acknowledged {
		for _, key := range []string{"a" + name, "z" + name} {
			pair, err := engine.Get(t.Context(), []byte(key))
			if err != nil || pair.Rev != rev || string(pair.Value) != name {
				t.Errorf("%s was acknowledged at %d: %q at %d, %v", key, rev, pair.Value, pair.Rev, err)
			}
		}
	}
	for pair, err := range engine.Range(t.Context(), kv.Prefix([]byte("a")), kv.RangeOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		other, err := engine.Get(t.Context(), append([]byte("z"), pair.Key[1:]...))
		if err != nil || other.Rev != pair.Rev {
			t.Errorf("%s is half of a commit: %v", pair.Key, err)
		}
	}
}

func TestReopenKeepsEverything(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "db")
	makeDatabase(t, dir, kv.Batch{})
	want := map[string]kv.Pair{}
	for round := range 4 {
		engine := open(t, path)
		if engine.StoreID() != someStore {
			t.Fatalf("store id %x", engine.StoreID())
		}
		var writing sync.WaitGroup
		var mu sync.Mutex
		for worker := range 4 {
			writing.Go(func() {
				for i := range 10 {
					key := fmt.Sprintf("%c%d", 'a'+worker, i)
					rev, err := engine.Commit(t.Context(), putOp(key, fmt.Sprint(round)))
					if err != nil {
						t.Errorf("Commit: %v", err)
					}
					mu.Lock()
					want[key] = kv.Pair{Key: []byte(key), Value: []byte(fmt.Sprint(round)), Rev: rev}
					mu.Unlock()
				}
			})
		}
		writing.Wait()
		rev, err := engine.Rev(t.Context())
		if err != nil || rev != uint64(40*(round+1)) {
			t.Errorf("round %d: revision %d, %v", round, rev, err)
		}
		if err := engine.Close(); err != nil {
			t.Fatal(err)
		}
		checkContentsAre(t, path, want, rev)
	}
}

func checkContentsAre(t *testing.T, path string, want map[string]kv.Pair, rev uint64) {
	t.Helper()
	engine, err := bolt.Open(path, bolt.Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	if got, err := engine.Rev(t.Context()); err != nil || got != rev {
		t.Errorf("revision %d, %v, want %d", got, err, rev)
	}
	count := 0
	for pair, err := range engine.Range(t.Context(), kv.Span{}, kv.RangeOptions{}) {
		w := want[string(pair.Key)]
		if err != nil || string(pair.Value) != string(w.Value) || pair.Rev != w.Rev {
			t.Errorf("%s=%s at %d, %v, want %s at %d", pair.Key, pair.Value, pair.Rev, err, w.Value, w.Rev)
		}
		count++
	}
	if count != len(want) {
		t.Errorf("%d pairs, want %d", count, len(want))
	}
}
