package memberfile

import "iter"

// Ahead reads rows in a goroutine of its own, a few hundred ahead of the loop, so
// that parsing goes on while rows are written. The loop sees them as rows gives
// them. Ending the loop ends the goroutine before the loop is left.
func Ahead(rows iter.Seq2[Row, error]) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		const piece, pieces = 256, 8
		full, quit, done := make(chan []read, pieces), make(chan struct{}), make(chan struct{})
		go func() {
			defer close(done)
			defer close(full)
			batch := make([]read, 0, piece)
			for row, err := range rows {
				if batch = append(batch, read{row, err}); len(batch) < piece && err == nil {
					continue
				}
				select {
				case full <- batch:
				case <-quit:
					return
				}
				batch = make([]read, 0, piece)
			}
			select {
			case full <- batch:
			case <-quit:
			}
		}()
		defer func() { close(quit); <-done }()
		for batch := range full {
			for _, r := range batch {
				if !yield(r.row, r.err) {
					return
				}
			}
		}
	}
}

// read is what a reader gave.
type read struct {
	row Row
	err error
}
