package journal

import (
	"context"
	"encoding/binary"
	"iter"
	"runtime"
	"slices"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// benchLog is a journal in slices: what is measured is Verify, not the store.
// Each of its entries has a payload of 330 bytes and writes one record of 350.
type benchLog struct {
	entries []Stored
	rows    []Row
	values  []Value
	head    Head
}

func newBenchLog(b *testing.B, size int) *benchLog {
	var tree Tree
	var log benchLog
	payload := make([]byte, 330)
	record := make([]byte, 350)
	for n := range size {
		key := binary.BigEndian.AppendUint64([]byte("m/"), uint64(n))
		header := must(Header{
			Seq:     int64(n),
			Writes:  []Write{Put(key, record)},
			Payload: Put(nil, payload).Hash,
		}.Marshal())(b)
		log.rows = append(log.rows, Row{int64(n), FormatRow(tree.Append(header))})
		log.entries = append(log.entries, Stored{int64(n), Entry{header, payload}})
		log.values = append(log.values, Value{key, record})
	}
	log.head = Head{Size: tree.Size(), Root: tree.Root(), Records: map[string]uint64{"m": uint64(size)}}
	return &log
}

func (l *benchLog) log() Log {
	return Log{
		Head:        func() (Head, error) { return l.head, nil },
		Entries:     func(from int64) iter.Seq2[Stored, error] { return each(l.entries[from:]) },
		Rows:        func(from int64) iter.Seq2[Row, error] { return each(l.rows[from:]) },
		Values:      func() iter.Seq2[Value, error] { return each(l.values) },
		Checkpoints: func() iter.Seq2[StoredCheckpoint, error] { return each[StoredCheckpoint](nil) },
		Prefix:      func([]byte) (string, bool) { return "m", true },
	}
}

func each[T any](items []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for item := range slices.Values(items) {
			if !yield(item, nil) {
				return
			}
		}
	}
}

func BenchmarkVerify100000(b *testing.B) {
	const size = 100_000
	log := newBenchLog(b, size).log()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Verify(context.Background(), log); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(size*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
}

// BenchmarkHoldings measures what Verify keeps for a key with a value.
func BenchmarkHoldings(b *testing.B) {
	const size = 1_000_000
	for b.Loop() {
		before := heap()
		held := newHoldings()
		for n := range uint64(size) {
			key := binary.BigEndian.AppendUint64([]byte("m/"), n)
			held.apply(Write{Key: key, Hash: tlog.Hash{}}, int64(n), "m")
		}
		b.ReportMetric(float64(heap()-before)/size, "B/key")
		runtime.KeepAlive(held)
	}
}

func heap() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

func BenchmarkParseHeader(b *testing.B) {
	writes := []Write{Put([]byte("m/12345678"), nil), Put([]byte("k/1234567890123456"), nil)}
	data := must(Header{Seq: 123456, Writes: writes}.Marshal())(b)
	var h Header
	b.ReportAllocs()
	for b.Loop() {
		if err := h.parse(data); err != nil {
			b.Fatal(err)
		}
	}
}
