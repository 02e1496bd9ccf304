package journal

import "iter"

// batchSize is how many items change hands at once, batchesAhead how many
// batches may wait.
const (
	batchSize    = 256
	batchesAhead = 4
)

// batch is a part of a loop. With err or panicked set it is the last one.
type batch[T any] struct {
	items    []T
	err      error
	panicked any
}

// ahead runs a loop in a goroutine of its own, a little in front of whoever
// reads from it, and does the work on each item there: reading and hashing
// then go on beside the bookkeeping. The goroutine ends before the reading
// loop does. Its panics are passed on.
func ahead[T, U any](loop iter.Seq2[T, error], work func(T) U) iter.Seq2[U, error] {
	return func(yield func(U, error) bool) {
		batches := make(chan batch[U], batchesAhead)
		quit := make(chan struct{})
		go runAhead(loop, work, batches, quit)
		defer func() {
			close(quit)
			for range batches { // until runAhead closes it
			}
		}()
		for b := range batches {
			if !b.yieldTo(yield) {
				return
			}
		}
	}
}

func (b batch[T]) yieldTo(yield func(T, error) bool) bool {
	for _, item := range b.items {
		if !yield(item, nil) {
			return false
		}
	}
	if b.panicked != nil {
		panic(b.panicked)
	}
	if b.err != nil {
		var zero T
		yield(zero, b.err)
		return false
	}
	return true
}

func runAhead[T, U any](loop iter.Seq2[T, error], work func(T) U, to chan<- batch[U], quit <-chan struct{}) {
	defer close(to)
	var b batch[U]
	send := func() bool {
		select {
		case to <- b:
			b = batch[U]{items: make([]U, 0, batchSize)}
			return true
		case <-quit:
			return false
		}
	}
	defer func() {
		if b.panicked = recover(); b.panicked != nil || len(b.items) > 0 || b.err != nil {
			send()
		}
	}()
	for item, err := range loop {
		if b.err = err; err != nil {
			return
		}
		b.items = append(b.items, work(item))
		if len(b.items) == batchSize && !send() {
			return
		}
	}
}
