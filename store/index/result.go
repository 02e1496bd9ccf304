package index

import (
	"bytes"
	"slices"

	"schalter/domain/find"
)

// bound is where the counting of hits stops.
const bound = 1000

// Search finds the members for whom every part of the query holds and returns the
// first of them, at most limit, in the order of DIN 5007-1 variant 2 by surname,
// given names and birth date.
//
// Where nobody has all words of the names, the small ones are left out; where
// nobody is found so, words that sound alike will do. There is no error, but to
// desk.Searcher there may be.
func (x *Index) Search(q find.Query, limit int) (find.Result, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if !x.ready {
		return find.Result{Loading: true}, nil
	}
	if q.Empty() || q.Mistyped {
		return find.Result{}, nil
	}
	s := x.searches.Get().(*search)
	defer x.searches.Put(s)
	for s.how = asTyped; s.how <= bySound; s.how++ {
		if !s.how.applies(&q) {
			continue
		}
		s.all = conditions(&q, s.how)
		if total := x.find(s); total > 0 {
			return x.result(&q, s, total, limit), nil
		}
	}
	return find.Result{}, nil
}

// find searches segment and overlay and returns how many rows were found.
func (x *Index) find(s *search) int {
	x.segment.find(s)
	s.found.drop(x.dead)
	x.overlay.find(s)
	return s.found.count() + s.fresh.count()
}

// result merges the rows found in the segment, which are in order, with those of
// the overlay.
func (x *Index) result(q *find.Query, s *search, total, limit int) find.Result {
	r := find.Result{Total: min(total, bound), More: total > bound, Sound: s.how == bySound}
	r.Exact = total == 1 && !r.Sound && decides(q)
	limit = max(0, min(limit, r.Total))
	r.Hits = make([]find.Hit, 0, limit)
	x.overlay.sortFirst(s, limit)
	fresh := s.first
	for row := range s.found.all() {
		for len(fresh) > 0 && len(r.Hits) < limit && x.before(fresh[0], row, s) {
			r.Hits = append(r.Hits, x.freshHit(s, fresh[0]))
			fresh = fresh[1:]
		}
		if len(r.Hits) == limit {
			return r
		}
		r.Hits = append(r.Hits, x.hit(s, row))
	}
	for _, row := range fresh[:min(len(fresh), limit-len(r.Hits))] {
		r.Hits = append(r.Hits, x.freshHit(s, row))
	}
	return r
}

// decides reports whether the query names one person by a number and was
// understood to its end. Six digits decide only by themselves: with a name beside
// them they were meant to choose among several.
func decides(q *find.Query) bool {
	if q.Unread {
		return false
	}
	rest := *q
	rest.CardDigits = ""
	return q.KVNR != "" || len(q.CardDigits) == cardLength || !q.Ambiguous && q.CardDigits != "" && rest.Empty()
}

// sortFirst puts the first rows of s.fresh, in the order of the list, into
// s.first.
func (o *overlay) sortFirst(s *search, limit int) {
	s.first = s.first[:0]
	if limit == 0 {
		return
	}
	for row := range s.fresh.all() {
		if len(s.first) == limit {
			if o.compare(row, s.first[limit-1]) > 0 {
				continue
			}
			s.first = s.first[:limit-1]
		}
		at, _ := slices.BinarySearchFunc(s.first, row, o.compare)
		s.first = slices.Insert(s.first, at, row)
	}
}

// before reports whether a row of the overlay stands before one of the segment.
func (x *Index) before(fresh, row uint32, s *search) bool {
	key, _ := x.segment.appendOrder(s.key[:0], row)
	end := len(key)
	s.key = x.overlay.appendOrder(key, fresh)
	return bytes.Compare(s.key[end:], s.key[:end]) < 0
}

func (x *Index) hit(s *search, row uint32) find.Hit {
	h := find.Hit{ID: x.segment.id[row], By: x.segment.by(s, row), Lookalike: x.segment.place[row]&lookalike != 0}
	if len(x.touched) > 0 {
		s.key = x.segment.appendKey(s.key[:0], row)
		if fresh, touched := x.touched[string(s.key)]; touched {
			h.Lookalike = x.alike(s.key, fresh)
		}
	}
	return h
}

func (x *Index) freshHit(s *search, row uint32) find.Hit {
	s.key = x.overlay.appendKey(s.key[:0], row)
	return find.Hit{
		ID: x.overlay.entries[row].id, By: x.overlay.by(s, row),
		Lookalike: x.alike(s.key, x.touched[string(s.key)]),
	}
}
