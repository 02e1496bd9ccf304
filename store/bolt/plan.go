package bolt

import (
	"bytes"
	"fmt"
	"slices"

	"go.etcd.io/bbolt"

	"schalter/store/kv"
)

// plan is what one transaction does for a group of batches. Each batch meets
// what those before it left, as if it had been alone.
type plan struct {
	appendOnly []byte
	before     uint64 // newest revision before the group
	rev        uint64 // newest revision with it
	weight     uint64 // of all pairs with it
	answers    []answer
	events     []kv.Event

	tx      *bbolt.Tx
	buckets map[byte]*target
}

// target is a bucket that is written to.
type target struct {
	*bbolt.Bucket
	// end is a key that no key of the bucket lies behind. What is put behind it
	// replaces nothing, and need not be looked for.
	end []byte
}

func newPlan(rev uint64, appendOnly []byte) *plan {
	return &plan{appendOnly: appendOnly, before: rev, rev: rev, buckets: map[byte]*target{}}
}

// apply carries out the group and reports whether there is anything to commit.
// Its error holds for the whole group.
func (p *plan) apply(tx *bbolt.Tx, group []*request) (changed bool, err error) {
	p.tx = tx
	before, err := parseState(tx.Bucket([]byte(metaBucket)).Get([]byte(revKey)))
	if err != nil {
		return false, err
	}
	p.weight = before.weight
	for _, r := range group {
		a, err := p.applyOne(r)
		if err != nil {
			return false, err
		}
		p.answers = append(p.answers, a)
	}
	if p.rev == p.before {
		return false, nil
	}
	return true, writeState(tx.Bucket([]byte(metaBucket)), state{rev: p.rev, weight: p.weight})
}

// applyOne carries out one batch, or refuses it without touching anything.
func (p *plan) applyOne(r *request) (answer, error) {
	if err := r.ctx.Err(); err != nil {
		return answer{err: err}, nil
	}
	for _, g := range r.guards {
		rev, err := p.revOf(g.Key)
		if err != nil {
			return answer{}, err
		}
		if rev != g.Rev {
			return answer{err: kv.ErrConflict}, nil
		}
	}
	ops, err := p.effective(r.ops)
	if err != nil || len(ops) == 0 {
		return answer{rev: p.rev}, err
	}
	p.rev++
	p.events = append(p.events, kv.Event{Rev: p.rev, Ops: ops})
	for _, op := range ops {
		if err := p.write(op); err != nil {
			return answer{}, err
		}
	}
	return answer{rev: p.rev}, nil
}

// effective returns the operations without deletions of absent keys, which
// change nothing.
func (p *plan) effective(ops []kv.Op) ([]kv.Op, error) {
	kept := make([]kv.Op, 0, len(ops))
	for _, op := range ops {
		if op.Delete {
			rev, err := p.revOf(op.Key)
			if err != nil {
				return nil, err
			}
			if rev == 0 {
				continue
			}
		}
		kept = append(kept, op)
	}
	return kept, nil
}

func (p *plan) write(op kv.Op) error {
	bucket, err := p.bucket(op.Key[0])
	if err != nil {
		return err
	}
	if bytes.Compare(op.Key, bucket.end) > 0 {
		bucket.end = op.Key
	} else if replaced := bucket.Get(op.Key); replaced != nil {
		p.weight -= weightOf(op.Key, replaced)
	}
	if op.Delete {
		return bucket.Delete(op.Key)
	}
	stored := stamped(p.rev, op.Key, op.Value)
	p.weight += weightOf(op.Key, stored)
	return bucket.Put(op.Key, stored)
}

// bucket returns the bucket for keys that begin with first, making it if need
// be.
func (p *plan) bucket(first byte) (*target, error) {
	if bucket := p.buckets[first]; bucket != nil {
		return bucket, nil
	}
	bucket, err := p.tx.CreateBucketIfNotExists([]byte{first})
	if err != nil {
		return nil, fmt.Errorf("bucket: %w", err)
	}
	if slices.Contains(p.appendOnly, first) {
		bucket.FillPercent = 0.9
	}
	end, _ := bucket.Cursor().Last()
	t := &target{bucket, bytes.Clone(end)}
	p.buckets[first] = t
	return t, nil
}

// revOf returns the revision of a key, 0 if it is absent.
func (p *plan) revOf(key []byte) (uint64, error) {
	bucket := p.tx.Bucket(key[:1])
	if t := p.buckets[key[0]]; t != nil {
		bucket = t.Bucket
	}
	if bucket == nil {
		return 0, nil
	}
	stored := bucket.Get(key)
	if stored == nil {
		return 0, nil
	}
	rev, _, err := revision(key, stored)
	return rev, err
}
