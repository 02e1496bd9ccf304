package requests_test

import (
	"testing"

	"schalter/domain"
	"schalter/store/storetest"
	"schalter/tui/member/pagetest"
)

// open makes a counter on a store in memory.
func open(t *testing.T, change ...func(*domain.Settings)) *pagetest.Counter {
	t.Helper()
	return pagetest.Open(t, storetest.Fresh(t), change...)
}
