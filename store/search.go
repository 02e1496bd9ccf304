package store

import (
	"context"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/find"
	"schalter/domain/kvnr"
	"schalter/store/index"
	"schalter/store/kv"
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

// loadNames reads every member. A record that is damaged is left out: nobody can
// be served from it, and the others can; verifying the journal names it.
func (s *Store) loadNames(ctx context.Context) error {
	var failed error
	s.index.Build(func(yield func(index.Entry) bool) {
		for pair, err := range s.engine.Range(ctx, span(byte(domain.KindMember)), kv.RangeOptions{}) {
			if failed = translate(err); err != nil || ctx.Err() != nil {
				return
			}
			m := domain.Member{}
			if s.open(pair.Key, pair.Value, &m) != nil {
				continue
			}
			m.ID = domain.MemberID(number(pair.Key))
			s.families.add(m)
			if !yield(index.EntryOf(m)) {
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
	if s.loading() || s.loadErr.Load() != nil {
		return s.withoutNames(q)
	}
	return s.index.Search(q, limit)
}

// withoutNames answers while the names are not in memory: a whole KVNR through
// its lookup, anything else not at all.
func (s *Store) withoutNames(q find.Query) (find.Result, error) {
	if q.KVNR != "" {
		return s.byKVNR(q.KVNR)
	}
	if err := s.loadErr.Load(); err != nil {
		return find.Result{}, *err
	}
	return find.Result{Loading: true}, nil
}

func (s *Store) byKVNR(n kvnr.KVNR) (find.Result, error) {
	loading := s.loading()
	m, _, err := s.MemberByKVNR(context.Background(), n)
	if desk.IsKind(err, domain.NotFound) {
		return find.Result{Loading: loading}, nil
	}
	if err != nil {
		return find.Result{}, err
	}
	return find.Result{Hits: []find.Hit{{ID: uint64(m.ID), By: find.ByKVNR}}, Total: 1, Exact: true, Loading: loading}, nil
}

// findAgain makes members findable as they are stored, after a commit of which
// nobody can tell whether it happened.
func (s *Store) findAgain(ctx context.Context, members []domain.Member) {
	var stored []domain.Member
	for _, m := range members {
		if m, _, err := s.Member(ctx, m.ID); err == nil {
			stored = append(stored, m)
		}
	}
	s.makeFindable(stored)
}

// makeFindable puts changed members into the index before anybody is told of the
// change, and folds the changes in, in the background, when there are many.
func (s *Store) makeFindable(members []domain.Member) {
	for _, m := range members {
		s.families.add(m)
		s.index.Put(index.EntryOf(m))
	}
	if s.index.Due() && s.folding.CompareAndSwap(false, true) {
		s.work.Go(func() {
			defer s.folding.Store(false)
			s.index.Rebuild()
		})
	}
}
