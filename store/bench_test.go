package store_test

import (
	"crypto/rand"
	"path/filepath"
	"slices"
	"testing"
	"time"

	bbolt "go.etcd.io/bbolt"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/rights"
	"schalter/store"
	"schalter/store/bolt"
	"schalter/store/keyfolder"
	"schalter/store/seal"
)

// BenchmarkCommit measures one use case as it is committed (a record, a journal
// entry, an outbox event, sealed) beside the bare bbolt commit of one pair of the
// same size, in turns on the same disk. Goal: at most twice the bare commit, at
// the median.
func BenchmarkCommit(b *testing.B) {
	s := onDiskForBench(b)
	bare, err := bbolt.Open(filepath.Join(b.TempDir(), "bare.db"), 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = bare.Close() })
	value := make([]byte, 300)
	var ours, theirs []time.Duration
	for n := 0; b.Loop(); n++ {
		theirs = append(theirs, timed(b, func() error {
			return bare.Update(func(tx *bbolt.Tx) error {
				bucket, err := tx.CreateBucketIfNotExists([]byte("b"))
				if err != nil {
					return err
				}
				return bucket.Put(numbered('k', uint64(n)), value)
			})
		}))
		ours = append(ours, timed(b, func() error { return commitOne(b, s, n) }))
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(micros(at(ours, 50)), "p50-µs")
	b.ReportMetric(micros(at(ours, 99)), "p99-µs")
	b.ReportMetric(micros(at(theirs, 50)), "bare-p50-µs")
	b.ReportMetric(float64(at(ours, 50))/float64(at(theirs, 50)), "×bare(goal≤2)")
}

func onDiskForBench(b *testing.B) *store.Store {
	b.Helper()
	id := [16]byte{3}
	keys, err := keyfolder.New(id, rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	engine, err := bolt.Create(filepath.Join(b.TempDir(), "s.db"), bolt.Options{StoreID: id})
	if err != nil {
		b.Fatal(err)
	}
	s, err := store.Create(b.Context(), engine, store.Options{Keys: keys, Slots: seal.Practice(), Random: rand.Reader})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = s.Close() })
	_, err = s.Commit(b.Context(), desk.Change{
		Put:     []domain.Record{domain.Member{KVNR: "A123456780", Name: domain.Name{Surname: "Müller"}}},
		Entries: []domain.Entry{{At: noon, Act: domain.ActMembersImported}},
	})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

// commitOne is the write of a hand-over: codes, tally, entry, event.
func commitOne(b *testing.B, s *store.Store, n int) error {
	_, err := s.Commit(b.Context(), desk.Change{
		Put: []domain.Record{
			domain.Codes{Member: 1, List: []domain.ActivationCode{{Case: "7QK4M2X", State: domain.CodeLive, CreatedAt: noon, ExpiresAt: noon}}},
			domain.Tally{Person: 3, HandedOut: []int64{int64(n)}},
		},
		Entries: []domain.Entry{{
			At: noon, Staff: 3, Person: 3, Role: rights.Clerk, Channel: rights.Counter, Branch: "Musterstadt", Seat: "1",
			Operation: rights.HandOut, Act: domain.ActCodeHandedOver, Outcome: domain.Done, Member: 1, Case: "7QK4M2X",
		}},
		Events: []domain.Event{{Kind: domain.EventCodeHandedOut, Member: 1, At: noon, State: domain.EventHeld}},
	})
	return err
}

func timed(b *testing.B, do func() error) time.Duration {
	start := time.Now()
	if err := do(); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}

func at(times []time.Duration, percent int) time.Duration {
	slices.Sort(times)
	return times[min(len(times)*percent/100, len(times)-1)]
}

func micros(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1000 }
