package store

import (
	"context"
	"maps"
	"runtime"
	"sync"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/find"
	"schalter/domain/kvnr"
	"schalter/store/index"
	"schalter/store/kv"
	"schalter/store/seal"
)

// Prepare implements desk.Searcher: it begins to read every member into the
// index, in the background, owned by the store: Close ends it. Who never
// searches, as most commands, never pays for it. A whole KVNR is found meanwhile
// through its lookup.
func (s *Store) Prepare() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ring == nil || s.stopLoad != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.stopLoad = cancel
	ring := s.ring
	s.asked.Store(true) // before the snapshot: from here on commits tell the index
	go func() {
		defer close(s.loaded)
		if err := s.loadNames(ctx, ring); err != nil {
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

// readAhead is how many records a worker opens at a time.
const readAhead = 512

// loadNames reads every member: one goroutine walks, the others open. A record
// that is damaged is left out: nobody can be served from it, and the others can;
// verifying the journal names it.
func (s *Store) loadNames(ctx context.Context, ring *seal.Ring) error {
	last, err := s.LastMember(ctx)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var failed error
	sealed, opened := make(chan []kv.Pair), make(chan []index.Entry, 1)
	var walker, openers sync.WaitGroup
	walker.Go(func() {
		defer close(sealed)
		failed = s.walkMembers(ctx, sealed)
	})
	for range runtime.GOMAXPROCS(0) {
		openers.Go(func() {
			for pairs := range sealed {
				opened <- s.entriesOf(ring, pairs)
			}
		})
	}
	go func() {
		openers.Wait()
		close(opened)
	}()
	s.index.Build(func(yield func(index.Entry) bool) {
		done := 0
		for entries := range opened {
			for _, e := range entries {
				yield(e) // an index that is built takes them all
			}
			done += len(entries)
			s.read.Store(int64(done) * 100 / max(1, int64(last)))
		}
	})
	walker.Wait()
	return failed
}

// walkMembers hands the sealed members on in pieces.
func (s *Store) walkMembers(ctx context.Context, to chan<- []kv.Pair) error {
	pairs := make([]kv.Pair, 0, readAhead)
	for pair, err := range s.engine.Range(ctx, span(byte(domain.KindMember)), kv.RangeOptions{}) {
		if err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return translate(err)
		}
		if pairs = append(pairs, pair); len(pairs) == readAhead {
			to <- pairs
			pairs = make([]kv.Pair, 0, readAhead)
		}
	}
	to <- pairs
	return nil
}

func (s *Store) entriesOf(ring *seal.Ring, pairs []kv.Pair) []index.Entry {
	entries := make([]index.Entry, 0, len(pairs))
	for _, pair := range pairs {
		if m, err := s.openFindable(ring, pair); err == nil {
			s.families.add(m)
			entries = append(entries, index.EntryOf(m))
		}
	}
	return entries
}

// Loaded waits until the names are in memory.
func (s *Store) Loaded(ctx context.Context) error {
	s.Prepare()
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
	if !s.asked.Load() {
		s.Prepare()
	}
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
	return find.Result{Loading: true, Percent: s.percent()}, nil
}

// percent is how much of the names is in memory. The last of it is sorting.
func (s *Store) percent() int { return int(min(s.read.Load(), 99)) }

func (s *Store) byKVNR(n kvnr.KVNR) (find.Result, error) {
	loading := s.loading()
	m, _, err := s.MemberByKVNR(context.Background(), n)
	if desk.IsKind(err, domain.NotFound) {
		return find.Result{Loading: loading, Percent: s.percent()}, nil
	}
	if err != nil {
		return find.Result{}, err
	}
	return find.Result{Hits: []find.Hit{{ID: uint64(m.ID), By: find.ByKVNR}}, Total: 1, Exact: true, Loading: loading, Percent: s.percent()}, nil
}

// findAgain makes members findable as they are stored, after a commit of which
// nobody can tell whether it happened.
func (s *Store) findAgain(ctx context.Context, g *group) {
	var stored []domain.Member
	there := map[domain.MemberID]bool{}
	for _, m := range g.members {
		if m, _, err := s.Member(ctx, m.ID); err == nil {
			stored = append(stored, m)
			there[m.ID] = true
		}
	}
	maps.DeleteFunc(g.listed, func(_ domain.Lookup, id uint64) bool { return !there[domain.MemberID(id)] })
	s.lookups.add(g.listed)
	s.makeFindable(stored, nil)
}

// makeFindable tells the index of changed and deleted members before anybody is
// told of the change, and folds the changes in, in the background, when there are
// many. As long as nobody has asked for names they need not be told: they are read
// later.
func (s *Store) makeFindable(members []domain.Member, gone []domain.MemberID) {
	if !s.asked.Load() {
		return
	}
	for _, m := range members {
		s.families.add(m)
		s.index.Put(index.EntryOf(m))
	}
	for _, id := range gone {
		s.index.Remove(uint64(id))
	}
	if s.index.Due() && s.folding.CompareAndSwap(false, true) {
		s.work.Go(func() {
			defer s.folding.Store(false)
			s.index.Rebuild()
		})
	}
}
