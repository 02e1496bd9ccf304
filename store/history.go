package store

import (
	"context"
	"iter"

	"schalter/domain"
	"schalter/store/kv"
)

// History implements desk.Reader.
func (s *Store) History(ctx context.Context, id domain.MemberID) iter.Seq2[domain.Entry, error] {
	return func(yield func(domain.Entry, error) bool) {
		m, _, err := s.Member(ctx, id)
		if err != nil {
			yield(domain.Entry{}, err)
			return
		}
		for pair, err := range s.engine.Range(ctx, kv.Prefix(casePrefix(m.Pseudonym)), kv.RangeOptions{}) {
			if err != nil {
				yield(domain.Entry{}, translate(err))
				return
			}
			e, err := s.recorded(ctx, number(pair.Key))
			if !yield(e.Entry, err) || err != nil {
				return
			}
		}
	}
}
