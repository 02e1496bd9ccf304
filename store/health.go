package store

import (
	"context"
	"time"

	"schalter/store/kv"
)

// Health is what a database says of itself without any passphrase, for whoever
// looks after the machine.
type Health struct {
	// Schema is the layout of the records.
	Schema uint32
	// Entries is the number of journal entries, NewestAt the time of the last;
	// zero if there is none.
	Entries  uint64
	NewestAt time.Time
	// Figures are the room it takes; zero where the engine does not know.
	Figures kv.Figures
}

// Health looks now.
func (s *Store) Health(ctx context.Context) (Health, error) {
	pair, err := s.engine.Get(ctx, keyStoreID)
	if err != nil {
		return Health{}, translate(err)
	}
	var who identity
	if err := s.codec.decode(pair.Value, &who); err != nil {
		return Health{}, translate(err)
	}
	if pair, err = s.engine.Get(ctx, keyHead); err != nil {
		return Health{}, translate(err)
	}
	var h head
	if err := s.codec.decode(pair.Value, &h); err != nil {
		return Health{}, translate(err)
	}
	out := Health{Schema: who.Schema, Entries: h.Entries}
	if h.LastAt > 0 {
		out.NewestAt = time.UnixMilli(h.LastAt)
	}
	if m, ok := s.engine.(kv.Measurer); ok {
		out.Figures, err = m.Figures(ctx)
	}
	return out, translate(err)
}

// ClockBehind reports whether the wall clock is so far behind the newest entry
// that nothing can be written.
func (h Health) ClockBehind(now time.Time) bool { return h.NewestAt.Sub(now) > clockSlack }
