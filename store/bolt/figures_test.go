package bolt_test

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"schalter/store/bolt"
	"schalter/store/kv"
)

// TestFigures: what was deleted becomes free, and is used again; reading the
// figures while others write gives figures of some moment.
func TestFigures(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	engine, err := bolt.Create(path, bolt.Options{StoreID: someStore})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	figures := func() kv.Figures {
		t.Helper()
		f, err := engine.Figures(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || f.Size != info.Size() || f.Free < 0 || f.Free > f.Size {
			t.Fatalf("%+v, the file has %d, %v", f, info.Size(), err)
		}
		return f
	}
	fill := func(remove bool) {
		t.Helper()
		for i := range 20 {
			var batch kv.Batch
			for j := range 50 {
				batch.Ops = append(batch.Ops, kv.Op{Key: fmt.Appendf(nil, "k%04d", 50*i+j), Value: make([]byte, 4000), Delete: remove})
				if remove {
					batch.Ops[j].Value = nil
				}
			}
			if _, err := engine.Commit(t.Context(), batch); err != nil {
				t.Fatal(err)
			}
		}
	}
	empty := figures()
	fill(false)
	full := figures()
	fill(true)
	emptied := figures()
	if full.Size < 1000*4000 || emptied.Size != full.Size || emptied.Free < 1000*4000 || full.Free > full.Size/4 {
		t.Errorf("empty %+v, full %+v, emptied %+v", empty, full, emptied)
	}
	var both sync.WaitGroup
	both.Go(func() { fill(false) })
	for range 50 {
		if _, err := engine.Figures(t.Context()); err != nil {
			t.Errorf("while others write: %v", err)
		}
	}
	both.Wait()
}
