package store

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// share calls do with the numbers from 0 to before n, on all processors where
// that pays, and returns one of the errors. It stops early after one.
func share(n int, do func(i int) error) error {
	const piece = 64
	workers := min(runtime.GOMAXPROCS(0), n/piece)
	if workers < 2 {
		for i := range n {
			if err := do(i); err != nil {
				return err
			}
		}
		return nil
	}
	var (
		next   atomic.Int64
		failed atomic.Pointer[error]
		group  sync.WaitGroup
	)
	for range workers {
		group.Go(func() {
			for failed.Load() == nil {
				from := int(next.Add(piece)) - piece
				if from >= n {
					return
				}
				for i := from; i < min(from+piece, n); i++ {
					if err := do(i); err != nil {
						failed.Store(&err)
						return
					}
				}
			}
		})
	}
	group.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}
