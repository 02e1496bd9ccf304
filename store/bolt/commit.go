package bolt

import (
	"context"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"schalter/store/kv"
)

// Commit implements [kv.Engine].
func (e *Engine) Commit(ctx context.Context, batch kv.Batch) (uint64, error) {
	rev, err := e.submit(ctx, batch, kv.Narrow())
	if err != nil {
		return 0, fmt.Errorf("commit: %w", err)
	}
	return rev, nil
}

// Import implements [kv.Engine].
func (e *Engine) Import(ctx context.Context, batch kv.Batch) (uint64, error) {
	rev, err := e.submit(ctx, batch, kv.Bulk())
	if err != nil {
		return 0, fmt.Errorf("import: %w", err)
	}
	return rev, nil
}

// request is a batch on its way to the committer.
type request struct {
	ctx    context.Context
	guards []kv.Guard
	ops    []kv.Op // a copy in key order
	size   int
	answer chan answer // takes one without a receiver
}

type answer struct {
	rev uint64
	err error
}

// submit hands a batch to the committer and waits for its answer. Once the
// committer has it, it is answered even if the context ends.
func (e *Engine) submit(ctx context.Context, batch kv.Batch, limits kv.Limits) (uint64, error) {
	if err := batch.Check(limits); err != nil {
		return 0, err
	}
	if err := e.usable(ctx); err != nil {
		return 0, err
	}
	if e.options.ReadOnly {
		return 0, kv.ErrReadOnly
	}
	r := &request{ctx: ctx, guards: batch.Guards, ops: batch.Sorted(), size: batch.Size(), answer: make(chan answer, 1)}
	select {
	case e.queue <- r:
	case <-e.closing:
		return 0, kv.ErrClosed
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	select {
	case a := <-r.answer:
		return a.rev, a.err
	case <-e.db.wrecked:
		return 0, fmt.Errorf("%w: %v", kv.ErrUnknown, kv.ErrDamaged)
	}
}

// commitAll is the committer: the one goroutine that writes.
func (e *Engine) commitAll() {
	defer close(e.stopped)
	for {
		select {
		case r := <-e.queue:
			e.commitGroup(e.gather(r))
		case <-e.closing:
			return
		}
	}
}

// maxGroup is the size in bytes at which a group takes in no more batches. A
// larger transaction takes longer for all who wait for it.
const maxGroup = 4 << 20

// gather joins the batches that already wait.
func (e *Engine) gather(first *request) []*request {
	group := []*request{first}
	for size := first.size; size < maxGroup; {
		select {
		case r := <-e.queue:
			group = append(group, r)
			size += r.size
		default:
			return group
		}
	}
	return group
}

// commitGroup commits batches in one transaction and answers them. Where a
// group finds no room, one of its batches alone still may.
func (e *Engine) commitGroup(group []*request) {
	p := newPlan(e.rev.Load(), e.options.AppendOnly)
	err := e.attempt(p, group)
	if errors.Is(err, kv.ErrFull) && len(group) > 1 {
		for i := range group {
			e.commitGroup(group[i : i+1])
		}
		return
	}
	for i, r := range group {
		if err != nil {
			r.answer <- answer{err: err}
		} else {
			r.answer <- p.answers[i]
		}
	}
}

// attempt carries out a plan for the group, or returns an error that holds for
// all of it.
func (e *Engine) attempt(p *plan, group []*request) error {
	if e.frozen != nil {
		return e.frozen
	}
	if err := checkPresent(e.db.file); err != nil {
		return err
	}
	err := e.db.write(func(tx *bbolt.Tx) (bool, error) { return p.apply(tx, group) })
	visible := err == nil
	if err != nil {
		visible, err = e.verdict(p, err)
	}
	if visible {
		e.feed.Publish(p.events...)
		e.rev.Store(p.rev)
	}
	return err
}

// verdict says what a failed commit left behind. bbolt writes the meta page
// last: as long as the revision there is the old one, nothing happened. If it
// is the new one, readers see the commit already, but the disk did not confirm
// it. The next commit would overwrite the older meta page, the only one sure
// to be on the disk; so there is none until the file is opened again.
func (e *Engine) verdict(p *plan, err error) (visible bool, _ error) {
	stored, readErr := e.db.storedRev()
	switch {
	case readErr == nil && stored == p.before && errors.Is(err, kv.ErrDamaged):
		e.frozen = err
		return false, err
	case readErr == nil && stored == p.before:
		return false, err
	}
	e.frozen = fmt.Errorf("%w: the disk did not confirm an earlier commit: open the file again", kv.ErrUnavailable)
	return readErr == nil, fmt.Errorf("%w: %v", kv.ErrUnknown, err)
}
