package store

import (
	"context"
	"errors"
	"iter"

	"schalter/domain"
	"schalter/store/journal"
	"schalter/store/kv"
)

// Verify walks the whole journal and every value it speaks of, without any key
// that reads them. The first fault found is the error, a *journal.Fault; the
// report says how far it came. Anchors are what was remembered elsewhere.
func (s *Store) Verify(ctx context.Context, anchors []journal.Anchor, progress func(journal.Progress)) (journal.Report, error) {
	if s.folder.Load() == nil {
		return journal.Report{}, domain.Fail(domain.Unavailable, domain.ReasonKeysMissing)
	}
	report, err := journal.Verify(ctx, s.journalLog(ctx, anchors, progress))
	return report, verifyError(err)
}

// VerifySince is Verify for what was written after an older checkpoint alone; see
// [journal.VerifySince] for what that proves.
func (s *Store) VerifySince(ctx context.Context, since journal.Checkpoint, anchors []journal.Anchor, progress func(journal.Progress)) (journal.Report, error) {
	if s.folder.Load() == nil {
		return journal.Report{}, domain.Fail(domain.Unavailable, domain.ReasonKeysMissing)
	}
	report, err := journal.VerifySince(ctx, s.journalLog(ctx, anchors, progress), since)
	return report, verifyError(err)
}

// verifyError passes on a fault as it is.
func verifyError(err error) error {
	var fault *journal.Fault
	if errors.As(err, &fault) {
		return err
	}
	return translate(err)
}

func (s *Store) journalLog(ctx context.Context, anchors []journal.Anchor, progress func(journal.Progress)) journal.Log {
	return journal.Log{
		Origin:      journal.Origin(s.id),
		Verifiers:   s.folder.Load().Verifiers(),
		Head:        func() (journal.Head, error) { return s.journalHead(ctx) },
		Entries:     func(from int64) iter.Seq2[journal.Stored, error] { return walk(ctx, s, prefixEntry, from, toEntry) },
		Rows:        func(from int64) iter.Seq2[journal.Row, error] { return walk(ctx, s, prefixTree, from, toRow) },
		Values:      func() iter.Seq2[journal.Value, error] { return s.values(ctx) },
		Checkpoints: func() iter.Seq2[journal.StoredCheckpoint, error] { return walk(ctx, s, prefixCheck, 0, toCheckpoint) },
		Prefix:      prefixOf,
		Anchors:     anchors,
		Value:       func(key []byte) ([]byte, bool, error) { return s.valueOf(ctx, key) },
		Progress:    progress,
	}
}

func (s *Store) valueOf(ctx context.Context, key []byte) ([]byte, bool, error) {
	pair, err := s.engine.Get(ctx, key)
	if errors.Is(err, kv.ErrNotFound) {
		return nil, false, nil
	}
	return pair.Value, err == nil, err
}

// journalHead is the journal's state as the head tells it.
func (s *Store) journalHead(ctx context.Context) (journal.Head, error) {
	pair, err := s.engine.Get(ctx, keyHead)
	if errors.Is(err, kv.ErrNotFound) {
		return journal.Head{Root: new(journal.Tree).Root()}, nil
	}
	if err != nil {
		return journal.Head{}, err
	}
	var h head
	if err := s.codec.decode(pair.Value, &h); err != nil {
		return journal.Head{}, err
	}
	return journal.Head{Size: int64(h.Entries), Root: h.Root, Records: h.vouched()}, nil
}

// walk reads what is stored under numbers from one on.
func walk[T any](ctx context.Context, s *Store, prefix byte, from int64, read func(n int64, value []byte) (T, error)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		within := span(prefix)
		within.From = numbered(prefix, uint64(from))
		for pair, err := range s.engine.Range(ctx, within, kv.RangeOptions{}) {
			var v T
			if err == nil && len(pair.Key) != 9 {
				err = kv.ErrDamaged
			}
			if err == nil {
				v, err = read(int64(number(pair.Key)), pair.Value)
			}
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}

func toEntry(n int64, value []byte) (journal.Stored, error) {
	e, err := journal.ParseEntry(value)
	return journal.Stored{Seq: n, Entry: e}, err
}

func toRow(n int64, value []byte) (journal.Row, error) {
	return journal.Row{Seq: n, Hashes: value}, nil
}

func toCheckpoint(n int64, value []byte) (journal.StoredCheckpoint, error) {
	return journal.StoredCheckpoint{Size: n, Note: value}, nil
}

// values are all keys there are, in order, from one snapshot.
func (s *Store) values(ctx context.Context) iter.Seq2[journal.Value, error] {
	return func(yield func(journal.Value, error) bool) {
		for pair, err := range s.engine.Range(ctx, kv.Span{}, kv.RangeOptions{}) {
			if !yield(journal.Value{Key: pair.Key, Stored: pair.Value}, err) || err != nil {
				return
			}
		}
	}
}

// prefixOf names a key's kind for the record counts, and whether every write of
// it has an entry.
func prefixOf(key []byte) (string, bool) {
	return countName(domain.RecordKind(key[0])), journalled(key)
}
