package bolt_test

import (
	"encoding/binary"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"schalter/store/bolt"
	"schalter/store/kv"
)

const rowSize = 300 // bytes of a sealed record

func rowKey(i int) []byte { return binary.BigEndian.AppendUint64([]byte("m"), uint64(i)) }

func create(tb testing.TB, options bolt.Options) *bolt.Engine {
	tb.Helper()
	options.StoreID = someStore
	engine, err := bolt.Create(filepath.Join(tb.TempDir(), "db"), options)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := engine.Close(); err != nil {
			tb.Errorf("Close: %v", err)
		}
	})
	return engine
}

func createBare(tb testing.TB) *bbolt.DB {
	tb.Helper()
	bare, err := bbolt.Open(filepath.Join(tb.TempDir(), "bare"), 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = bare.Close() })
	return bare
}

// BenchmarkCommit commits the same pair through the engine and through bbolt
// itself, one after the other, so that both meet the same disk. It reports the
// medians and how many times the bare commit the engine's takes.
func BenchmarkCommit(b *testing.B) {
	engine := create(b, bolt.Options{AppendOnly: []byte("m")})
	bare := createBare(b)
	value := make([]byte, rowSize)
	var mine, theirs []time.Duration
	for i := 0; b.Loop(); i++ {
		key := rowKey(i)
		start := time.Now()
		if _, err := engine.Commit(b.Context(), kv.Batch{Ops: []kv.Op{{Key: key, Value: value}}}); err != nil {
			b.Fatal(err)
		}
		between := time.Now()
		err := bare.Update(func(tx *bbolt.Tx) error {
			bucket, err := tx.CreateBucketIfNotExists([]byte("m"))
			if err != nil {
				return err
			}
			return bucket.Put(key, value)
		})
		if err != nil {
			b.Fatal(err)
		}
		mine = append(mine, between.Sub(start))
		theirs = append(theirs, time.Since(between))
	}
	b.ReportMetric(0, "ns/op") // of both together: says nothing
	b.ReportMetric(micros(mine), "engine-µs")
	b.ReportMetric(micros(theirs), "bare-µs")
	b.ReportMetric(micros(mine)/micros(theirs), "x-bare")
}

// micros returns the median in microseconds.
func micros(times []time.Duration) float64 {
	slices.Sort(times)
	return float64(times[len(times)/2].Nanoseconds()) / 1000
}

// BenchmarkCommitTogether is many clerks at once: one operation is one commit.
func BenchmarkCommitTogether(b *testing.B) {
	engine := create(b, bolt.Options{})
	value := make([]byte, rowSize)
	b.SetParallelism(16)
	b.RunParallel(func(pb *testing.PB) {
		for i := 0; pb.Next(); i++ {
			if _, err := engine.Commit(b.Context(), kv.Batch{Ops: []kv.Op{{Key: rowKey(i), Value: value}}}); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

const benchRows = 100_000

// filled returns an engine with benchRows rows.
func filled(b *testing.B) *bolt.Engine {
	engine := create(b, bolt.Options{AppendOnly: []byte("m")})
	importRows(b, engine)
	return engine
}

func importRows(b *testing.B, engine *bolt.Engine) {
	batch := kv.Batch{Ops: make([]kv.Op, 0, kv.Bulk().Ops)}
	for i := range benchRows {
		batch.Ops = append(batch.Ops, kv.Op{Key: rowKey(i), Value: make([]byte, rowSize)})
		if len(batch.Ops) == cap(batch.Ops) || i == benchRows-1 {
			if _, err := engine.Import(b.Context(), batch); err != nil {
				b.Fatal(err)
			}
			batch.Ops = batch.Ops[:0]
		}
	}
}

// BenchmarkImport writes 100,000 rows of 300 bytes.
func BenchmarkImport(b *testing.B) {
	b.SetBytes(benchRows * rowSize)
	for b.Loop() {
		b.StopTimer()
		engine := create(b, bolt.Options{AppendOnly: []byte("m")})
		b.StartTimer()
		importRows(b, engine)
	}
}

// BenchmarkGet reads one of 100,000 rows.
func BenchmarkGet(b *testing.B) {
	engine := filled(b)
	for i := 0; b.Loop(); i++ {
		if _, err := engine.Get(b.Context(), rowKey(i*7919%benchRows)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRange walks all 100,000 rows.
func BenchmarkRange(b *testing.B) {
	engine := filled(b)
	for b.Loop() {
		count := 0
		for _, err := range engine.Range(b.Context(), kv.Prefix([]byte("m")), kv.RangeOptions{}) {
			if err != nil {
				b.Fatal(err)
			}
			count++
		}
		if count != benchRows {
			b.Fatalf("%d rows", count)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchRows, "ns/row")
}
