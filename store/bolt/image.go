package bolt

import (
	"context"
	"fmt"
	"io"
	"sync"

	"go.etcd.io/bbolt"

	"schalter/store/kv"
)

var _ kv.Imager = (*Engine)(nil)

// snapshot is one read transaction of bbolt. Its image is a database file.
type snapshot struct {
	engine *Engine
	tx     *bbolt.Tx
	size   int64
	end    sync.Once
}

// Snapshot implements [kv.Imager].
func (e *Engine) Snapshot(ctx context.Context) (kv.Snapshot, error) {
	if err := e.usable(ctx); err != nil {
		return nil, fmt.Errorf("snapshot: %w", err)
	}
	tx, err := e.db.begin()
	if err != nil {
		return nil, fmt.Errorf("snapshot: %w", err)
	}
	return &snapshot{engine: e, tx: tx, size: tx.Size()}, nil
}

// Get implements [kv.Snapshot].
func (s *snapshot) Get(key []byte) (pair kv.Pair, err error) {
	err = guarded(func() error {
		pair, err = find(s.tx, key, new(arena))
		return err
	})
	if err != nil {
		return kv.Pair{}, fmt.Errorf("get: %w", translate(err))
	}
	return pair, nil
}

// Size implements [kv.Snapshot].
func (s *snapshot) Size() int64 { return s.size }

// Image implements [kv.Snapshot].
func (s *snapshot) Image(ctx context.Context, w io.Writer) error {
	to := &imageWriter{ctx: ctx, engine: s.engine, to: w}
	err := guarded(func() error {
		_, err := s.tx.WriteTo(to)
		return err
	})
	if to.err != nil {
		return fmt.Errorf("image: %w", to.err)
	}
	if err != nil {
		return fmt.Errorf("image: %w", translate(err))
	}
	return nil
}

// Close implements [kv.Snapshot].
func (s *snapshot) Close() { s.end.Do(func() { s.engine.db.end(s.tx) }) }

// imageWriter ends an image when nobody wants it any more, and keeps the error of
// who takes it apart from those of the file.
type imageWriter struct {
	ctx    context.Context
	engine *Engine
	to     io.Writer
	err    error
}

func (w *imageWriter) Write(p []byte) (int, error) {
	if w.err = w.engine.usable(w.ctx); w.err != nil {
		return 0, w.err
	}
	var n int
	n, w.err = w.to.Write(p)
	return n, w.err
}
