package main

import (
	"context"
	"time"

	"schalter/domain/desk"
)

// letGo lets events for the app backend go when their time has come, as long as
// the counter runs. The function it returns ends that and waits for its end.
func (p *program) letGo(ctx context.Context, o *opened) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		tick := time.NewTicker(desk.DuePeriod)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				makeDue(ctx, o)
			}
		}
	}()
	return func() { cancel(); <-done }
}

// makeDue tries once. A database that is still locked, or full, is no reason to
// end the counter: the next call tries again.
func makeDue(ctx context.Context, o *opened) {
	defer func() { _ = recover() }()
	_, _ = o.desk.MakeDue(ctx)
}
