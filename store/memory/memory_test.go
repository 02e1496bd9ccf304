package memory_test

import (
	"testing"

	"schalter/store/kv"
	"schalter/store/kv/feed"
	"schalter/store/memory"
	"schalter/store/storetest"
)

func TestConformance(t *testing.T) {
	storetest.Run(t, func(*testing.T) kv.Engine {
		return memory.New(memory.Options{History: feed.Limits{Events: storetest.History}})
	})
}
