package store

import (
	"context"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/find"
	"schalter/domain/kvnr"
	"schalter/store/index"
)

// beginLoading reads every member into the index, in the background, owned by the
// store: Close ends it. A whole KVNR is found meanwhile through its lookup.
func (s *Store) beginLoading() {
	ctx, cancel := context.WithCancel(context.Background())
	s.stopLoad = cancel
	go func() {
		defer close(s.loaded)
		if err := s.loadNames(ctx); err != nil {
			s.loadErr.Store(&err)
		}
	}()
}

// endLoading stops the reading of names and waits for its end.
func (s *Store) endLoading() {
	s.mu.RLock()
	stop := s.stopLoad
	s.mu.RUnlock()
	if stop != nil {
		stop()
		<-s.loaded
	}
}

func (s *Store) loadNames(ctx context.Context) error {
	var failed error
	s.index.Build(func(yield func(index.Entry) bool) {
		members := all(ctx, s, domain.KindMember, func(m *domain.Member, id uint64) { m.ID = domain.MemberID(id) })
		for m, err := range members {
			if failed = err; err != nil || ctx.Err() != nil || !yield(index.EntryOf(m)) {
				return
			}
		}
	})
	return failed
}

// Loaded waits until the names are in memory.
func (s *Store) Loaded(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-s.loaded:
	}
	if err := s.loadErr.Load(); err != nil {
		return *err
	}
	return nil
}

func (s *Store) loading() bool {
	select {
	case <-s.loaded:
		return false
	default:
		return true
	}
}

// Search implements desk.Searcher.
func (s *Store) Search(q find.Query, limit int) (find.Result, error) {
	if err := s.loadErr.Load(); err != nil {
		return find.Result{}, *err
	}
	if !s.loading() {
		return s.index.Search(q, limit)
	}
	if q.KVNR == "" {
		return find.Result{Loading: true}, nil
	}
	return s.byKVNR(q.KVNR)
}

func (s *Store) byKVNR(n kvnr.KVNR) (find.Result, error) {
	m, _, err := s.MemberByKVNR(context.Background(), n)
	if desk.IsKind(err, domain.NotFound) {
		return find.Result{Loading: true}, nil
	}
	if err != nil {
		return find.Result{}, err
	}
	return find.Result{Hits: []find.Hit{{ID: uint64(m.ID), By: find.ByKVNR}}, Total: 1, Exact: true, Loading: true}, nil
}

// makeFindable puts changed members into the index before anybody is told of the
// change, and folds the changes in, in the background, when there are many.
func (s *Store) makeFindable(members []domain.Member) {
	for _, m := range members {
		s.index.Put(index.EntryOf(m))
	}
	if s.index.Due() && s.folding.CompareAndSwap(false, true) {
		s.work.Go(func() {
			defer s.folding.Store(false)
			s.index.Rebuild()
		})
	}
}
