package storetest

import (
	"context"
	"fmt"
	"sync"

	"schalter/store/kv"
)

// Faulty is an engine whose reads and commits fail when a test says so. It stands
// between a store and a sound engine.
type Faulty struct {
	kv.Engine

	mu      sync.Mutex
	commits []Fault // of the next commits, in order
	reads   int     // how many reads go well before one fails; negative: all do
	readErr error
	dead    bool
}

// NewFaulty puts a faulty engine before a sound one. As long as no fault is set it
// only passes on.
func NewFaulty(sound kv.Engine) *Faulty { return &Faulty{Engine: sound, reads: -1} }

// Fault is what becomes of one commit: it calls carryOut or does not, and answers
// what it likes. dies says that the engine answers nothing any more.
type Fault func(carryOut func() (uint64, error)) (rev uint64, err error, dies bool)

// Refuse is a commit that fails and leaves nothing behind.
func Refuse(err error) Fault {
	return func(func() (uint64, error)) (uint64, error, bool) {
		return 0, fmt.Errorf("refused by the test: %w", err), false
	}
}

// Unknown is a commit of which the engine cannot tell whether it happened. It did
// if happened is true.
func Unknown(happened bool) Fault {
	return func(carryOut func() (uint64, error)) (uint64, error, bool) {
		if happened {
			if _, err := carryOut(); err != nil {
				return 0, err, false
			}
		}
		return 0, fmt.Errorf("the test lost the answer: %w", kv.ErrUnknown), false
	}
}

// Die is a process that ends at a commit, just before it or just after.
func Die(after bool) Fault {
	return func(carryOut func() (uint64, error)) (uint64, error, bool) {
		if after {
			if _, err := carryOut(); err != nil {
				return 0, err, false
			}
		}
		return 0, kv.ErrClosed, true
	}
}

// FailCommits sets what becomes of the next commits, in order; those after them
// are carried out.
func (f *Faulty) FailCommits(faults ...Fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.commits = faults
}

// FailRead makes one read fail after so many that go well.
func (f *Faulty) FailRead(after int, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reads, f.readErr = after, err
}

// Heal ends all faults. A read that was set to fail and did not is reported.
func (f *Faulty) Heal() (unused bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	unused = f.reads >= 0
	f.commits, f.reads, f.dead = nil, -1, false
	return unused
}

// Get implements [kv.Engine].
func (f *Faulty) Get(ctx context.Context, key []byte) (kv.Pair, error) {
	if err := f.readFault(); err != nil {
		return kv.Pair{}, err
	}
	return f.Engine.Get(ctx, key)
}

// GetEach implements [kv.Engine]. It counts as one read.
func (f *Faulty) GetEach(ctx context.Context, keys [][]byte) ([]kv.Pair, error) {
	if err := f.readFault(); err != nil {
		return nil, err
	}
	return f.Engine.GetEach(ctx, keys)
}

func (f *Faulty) readFault() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.dead {
		return kv.ErrClosed
	}
	if f.reads < 0 {
		return nil
	}
	f.reads--
	if f.reads < 0 {
		return fmt.Errorf("refused by the test: %w", f.readErr)
	}
	return nil
}

// Commit implements [kv.Engine].
func (f *Faulty) Commit(ctx context.Context, batch kv.Batch) (uint64, error) {
	return f.commit(func() (uint64, error) { return f.Engine.Commit(ctx, batch) })
}

// Import implements [kv.Engine].
func (f *Faulty) Import(ctx context.Context, batch kv.Batch) (uint64, error) {
	return f.commit(func() (uint64, error) { return f.Engine.Import(ctx, batch) })
}

func (f *Faulty) commit(carryOut func() (uint64, error)) (uint64, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.dead {
		return 0, kv.ErrClosed
	}
	if len(f.commits) == 0 {
		return carryOut()
	}
	fault := f.commits[0]
	f.commits = f.commits[1:]
	rev, err, dies := fault(carryOut)
	f.dead = dies
	return rev, err
}
