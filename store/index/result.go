package index

import (
	"bytes"
	"slices"

	"schalter/domain/find"
)

// Search finds the members for whom every part of the query holds, the first of
// them up to limit, in the order of DIN 5007-1 variant 2 by surname, given names
// and birth date. Where nobody has all words of the names, the small ones are left
// out; where nobody is found so, words that sound alike do. The error is always
// nil; it is there for indexes that are further away.
func (x *Index) Search(q find.Query, limit int) (find.Result, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if !x.ready {
		return find.Result{Loading: true}, nil
	}
	if q.Empty() || q.Mistyped {
		return find.Result{}, nil
	}
	s := x.scratch.Get().(*scratch)
	defer x.scratch.Put(s)
	for how := asTyped; how <= bySound; how++ {
		if !changes(&q, how) {
			continue
		}
		all := conditions(&q, how)
		if total := x.find(all, s); total > 0 {
			return x.result(&q, all, s, total, how, min(limit, bound)), nil
		}
	}
	return find.Result{}, nil
}

// changes reports whether a strictness asks for anything else than the one
// before it, and for anything of the names at all.
func changes(q *find.Query, how strictness) bool {
	small := 0
	for _, t := range q.Names {
		if t.Small {
			small++
		}
	}
	switch how {
	case withoutSmall:
		return small > 0 && small < len(q.Names)
	case bySound:
		return small < len(q.Names)
	}
	return true
}

// find searches segment and overlay and returns how many rows were found.
func (x *Index) find(all []condition, s *scratch) int {
	x.segment.find(all, s)
	s.found.drop(x.dead)
	x.overlay.find(all, s)
	return s.found.count() + s.fresh.count()
}

func (x *Index) result(q *find.Query, all []condition, s *scratch, total int, how strictness, limit int) find.Result {
	r := find.Result{Total: min(total, bound), More: total > bound, Sound: how == bySound}
	r.Exact = total == 1 && how != bySound && decides(q)
	r.Hits = make([]find.Hit, 0, max(0, min(limit, total)))
	x.overlay.first(s, cap(r.Hits))
	fresh := s.top
	for row := range s.found.all() {
		for len(fresh) > 0 && len(r.Hits) < cap(r.Hits) && x.before(fresh[0], row, s) {
			r.Hits = append(r.Hits, x.freshHit(all, fresh[0], s))
			fresh = fresh[1:]
		}
		if len(r.Hits) == cap(r.Hits) {
			return r
		}
		r.Hits = append(r.Hits, x.hit(all, row, s))
	}
	for len(fresh) > 0 && len(r.Hits) < cap(r.Hits) {
		r.Hits = append(r.Hits, x.freshHit(all, fresh[0], s))
		fresh = fresh[1:]
	}
	return r
}

// decides reports whether the query names one person by a number and was
// understood to its end. Six digits decide only by themselves: with a name
// beside them they were meant to choose among several.
func decides(q *find.Query) bool {
	if q.Unread {
		return false
	}
	rest := *q
	rest.CardDigits = ""
	return q.KVNR != "" || len(q.CardDigits) == cardLength || !q.Ambiguous && q.CardDigits != "" && rest.Empty()
}

// first puts the first rows of s.fresh in the order of the list into s.top.
func (o *overlay) first(s *scratch, limit int) {
	s.top = s.top[:0]
	if limit == 0 {
		return
	}
	for row := range s.fresh.all() {
		if len(s.top) == limit {
			if o.compare(row, s.top[limit-1]) > 0 {
				continue
			}
			s.top = s.top[:limit-1]
		}
		at, _ := slices.BinarySearchFunc(s.top, row, o.compare)
		s.top = slices.Insert(s.top, at, row)
	}
}

// before reports whether a row of the overlay stands before one of the segment.
func (x *Index) before(fresh, row uint32, s *scratch) bool {
	key, _ := x.segment.appendOrder(s.key[:0], row)
	old := len(key)
	key = x.overlay.appendOrder(key, fresh)
	s.key = key
	return bytes.Compare(key[old:], key[:old]) < 0
}

func (x *Index) hit(all []condition, row uint32, s *scratch) find.Hit {
	h := find.Hit{ID: x.segment.id[row], By: x.segment.by(all, row)}
	h.Lookalike = x.segment.place[row]&lookalike != 0
	if len(x.touched) > 0 {
		s.key = x.segment.appendKey(s.key[:0], row)
		if fresh, touched := x.touched[string(s.key)]; touched {
			h.Lookalike = x.alike(s.key, fresh)
		}
	}
	return h
}

func (x *Index) freshHit(all []condition, row uint32, s *scratch) find.Hit {
	s.key = x.overlay.appendKey(s.key[:0], row)
	return find.Hit{
		ID: x.overlay.entries[row].id, By: x.overlay.by(all, row),
		Lookalike: x.alike(s.key, x.touched[string(s.key)]),
	}
}
