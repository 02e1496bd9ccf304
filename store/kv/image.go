package kv

import (
	"context"
	"io"
)

// Imager is an engine that can copy itself while others write. Only an engine
// that keeps its pairs on a medium of its own has an image: it is in that
// engine's format, and opening it gives the same pairs at the same revisions.
type Imager interface {
	// Snapshot holds on to what the engine has now, until it is closed. An
	// engine can reuse no space meanwhile. Its errors are those of Get.
	Snapshot(ctx context.Context) (Snapshot, error)
}

// Snapshot is what an engine held at one moment. One goroutine may use it.
type Snapshot interface {
	// Get is the Get of [Engine] at that moment.
	Get(key []byte) (Pair, error)
	// Size is the length of the image in bytes.
	Size() int64
	// Image writes all Size bytes of the image. It ends with the error of w, of
	// the context, with ErrClosed when the engine is closed, or with ErrDamaged.
	Image(ctx context.Context, w io.Writer) error
	// Close lets go of the moment. Calling it again does nothing.
	Close()
}
