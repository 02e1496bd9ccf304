//go:build !race

package uitest

// Racing reports whether the race detector watches.
const Racing = false
