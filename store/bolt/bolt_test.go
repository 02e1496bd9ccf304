package bolt_test

import (
	"path/filepath"
	"testing"

	"schalter/store/bolt"
	"schalter/store/kv"
	"schalter/store/kv/feed"
	"schalter/store/storetest"
)

var someStore = bolt.StoreID{1, 2, 3}

func TestConformance(t *testing.T) {
	storetest.Run(t, func(t *testing.T) kv.Engine {
		path := filepath.Join(t.TempDir(), "db")
		t.Cleanup(func() { // whatever the suite did, the file is as it says it is
			if _, err := bolt.Check(path); err != nil {
				t.Error(err)
			}
		})
		engine, err := bolt.Create(path, bolt.Options{
			StoreID: someStore,
			History: feed.Limits{Events: storetest.History},
		})
		if err != nil {
			t.Fatal(err)
		}
		return engine
	})
}
