package kv

import "context"

// Measurer is an engine that knows how much room it takes.
type Measurer interface {
	// Figures measures now. Its errors are those of Get.
	Figures(ctx context.Context) (Figures, error)
}

// Figures are the room an engine takes on its medium.
type Figures struct {
	// Size is the length of everything in bytes.
	Size int64
	// Free is how much of that holds nothing and will be used before it grows,
	// in bytes.
	Free int64
}
