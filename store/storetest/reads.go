package storetest

import (
	"bytes"
	"slices"
	"testing"

	"schalter/store/kv"
)

func reads() []test {
	return []test{
		{"get", testGet},
		{"get each", testGetEach},
		{"pairs outlive later commits", testPairsAreKept},
		{"ranges are ordered", testRangeOrder},
		{"range is one snapshot", testRangeSnapshot},
		{"loop may read, commit and import", testRangeBody},
		{"range stops where the caller does", testRangeBreak},
	}
}

func testGet(t *testing.T, engine kv.Engine) {
	_, err := engine.Get(t.Context(), []byte("a"))
	wantError(t, "Get of an absent key in an empty engine", err, kv.ErrNotFound)

	first := commit(t, engine, put("a", "one"), put("empty", ""))
	if pair := get(t, engine, "a"); string(pair.Key) != "a" || string(pair.Value) != "one" || pair.Rev != first {
		t.Errorf("pair %q=%q at %d, want a=one at %d", pair.Key, pair.Value, pair.Rev, first)
	}
	if pair := get(t, engine, "empty"); len(pair.Value) != 0 || pair.Rev != first {
		t.Errorf("empty value came back as %q at %d", pair.Value, pair.Rev)
	}
	second := commit(t, engine, put("a", "two"))
	if pair := get(t, engine, "a"); string(pair.Value) != "two" || pair.Rev != second {
		t.Errorf("a=%q at %d, want two at %d", pair.Value, pair.Rev, second)
	}
	if pair := get(t, engine, "empty"); pair.Rev != first {
		t.Errorf("a key nobody touched went from revision %d to %d", first, pair.Rev)
	}
	for _, key := range []string{"aa", "", "A", "b"} {
		_, err := engine.Get(t.Context(), []byte(key))
		wantError(t, "Get of a neighbouring key", err, kv.ErrNotFound)
	}
	commit(t, engine, remove("a"))
	_, err = engine.Get(t.Context(), []byte("a"))
	wantError(t, "Get of a deleted key", err, kv.ErrNotFound)
}

func testGetEach(t *testing.T, engine kv.Engine) {
	if pairs, err := engine.GetEach(t.Context(), [][]byte{[]byte("a"), {}}); err != nil || len(pairs) != 2 || pairs[0].Rev+pairs[1].Rev != 0 {
		t.Errorf("GetEach in an empty engine: %v, %v", pairs, err)
	}
	first := commit(t, engine, put("a", "one"), put("na", "two"), put("empty", ""))
	second := commit(t, engine, put("n", "three"), put("gone", "four"))
	commit(t, engine, remove("gone"))
	pairs, err := engine.GetEach(t.Context(), [][]byte{
		[]byte("na"), []byte("gone"), []byte("a"), []byte("n"), {}, []byte("b"), []byte("a"), []byte("empty"),
	})
	if err != nil {
		t.Fatalf("GetEach: %v", err)
	}
	want := []kv.Pair{
		{Key: []byte("na"), Value: []byte("two"), Rev: first},
		{},
		{Key: []byte("a"), Value: []byte("one"), Rev: first},
		{Key: []byte("n"), Value: []byte("three"), Rev: second},
		{},
		{},
		{Key: []byte("a"), Value: []byte("one"), Rev: first},
		{Key: []byte("empty"), Rev: first},
	}
	if !slices.EqualFunc(pairs, want, func(a, b kv.Pair) bool {
		return bytes.Equal(a.Key, b.Key) && bytes.Equal(a.Value, b.Value) && a.Rev == b.Rev
	}) {
		t.Errorf("GetEach gave %v, want %v", pairs, want)
	}
}

func testPairsAreKept(t *testing.T, engine kv.Engine) {
	commit(t, engine, put("a", "old"), put("b", "old"))
	one := get(t, engine, "a")
	many := everything(t, engine)
	for range 20 {
		commit(t, engine, put("a", "new"), put("b", "newer"), put("c", "another"))
	}
	if string(one.Key) != "a" || string(one.Value) != "old" {
		t.Errorf("a pair from Get turned into %q=%q", one.Key, one.Value)
	}
	for _, pair := range many {
		if string(pair.Value) != "old" {
			t.Errorf("a pair from Range turned into %q=%q", pair.Key, pair.Value)
		}
	}
}

func testRangeOrder(t *testing.T, engine kv.Engine) {
	if pairs := everything(t, engine); len(pairs) != 0 {
		t.Fatalf("a new engine holds %d pairs", len(pairs))
	}
	commit(t, engine, put("m\xff", ""), put("b", ""), put("\xff\xff", ""), put("m", ""), put("\x00", ""))
	commit(t, engine, put("ma", ""), put("gone", ""), put("\x00\x00", ""), put("m\x00", ""), put("meta", ""), put("n", ""))
	commit(t, engine, remove("gone"))

	all := []string{"\x00", "\x00\x00", "b", "m", "m\x00", "ma", "meta", "m\xff", "n", "\xff\xff"}
	for _, c := range []struct {
		reason string
		span   kv.Span
		want   []string
	}{
		{"the zero span is everything", kv.Span{}, all},
		{"an empty prefix is everything", kv.Prefix(nil), all},
		{"a prefix takes its own key and all below", kv.Prefix([]byte("m")), all[3:8]},
		{"a prefix of 0xff has no upper end", kv.Prefix([]byte{0xff}), all[9:]},
		{"a longer prefix", kv.Prefix([]byte("ma")), all[5:6]},
		{"From is included, To is not", kv.Span{From: []byte("b"), To: []byte("m")}, all[2:3]},
		{"both ends between keys", kv.Span{From: []byte("a"), To: []byte("mb")}, all[2:6]},
		{"no From", kv.Span{To: []byte("b")}, all[:2]},
		{"no To", kv.Span{From: []byte("n")}, all[8:]},
		{"a prefix nobody uses", kv.Prefix([]byte("x")), nil},
		{"below the lowest key", kv.Span{To: []byte{0}}, nil},
		{"above the highest key", kv.Span{From: []byte("\xff\xff\x00")}, nil},
		{"one key exactly", kv.Span{From: []byte("m"), To: []byte("m\x00")}, all[3:4]},
		{"an empty span", kv.Span{From: []byte("m"), To: []byte("m")}, nil},
		{"an empty span at the lowest end", kv.Span{To: []byte{}}, nil},
		{"ends the wrong way round", kv.Span{From: []byte("n"), To: []byte("b")}, nil},
	} {
		for _, limit := range []int{0, 1, 2, len(c.want), len(c.want) + 1} {
			wantRange(t, engine, c.reason, c.span, kv.RangeOptions{Limit: limit}, c.want)
			wantRange(t, engine, c.reason, c.span, kv.RangeOptions{Limit: limit, Reverse: true}, c.want)
		}
	}
}

func wantRange(t *testing.T, engine kv.Engine, reason string, span kv.Span, options kv.RangeOptions, all []string) {
	t.Helper()
	want := slices.Clone(all)
	if options.Reverse {
		slices.Reverse(want)
	}
	if options.Limit > 0 && len(want) > options.Limit {
		want = want[:options.Limit]
	}
	pairs, err := collect(t.Context(), engine, span, options)
	if err != nil {
		t.Errorf("%s, %+v: %v", reason, options, err)
	}
	if got := keysOf(pairs); !slices.Equal(got, want) {
		t.Errorf("%s, %+v: keys %q, want %q", reason, options, got, want)
	}
}

func testRangeSnapshot(t *testing.T, engine kv.Engine) {
	for _, reverse := range []bool{false, true} {
		commit(t, engine, put("a", "1"), put("b", "1"), put("c", "1"), put("d", "1"))
		before := everything(t, engine)
		if reverse {
			slices.Reverse(before)
		}
		var seen []kv.Pair
		for pair, err := range engine.Range(t.Context(), kv.Span{}, kv.RangeOptions{Reverse: reverse}) {
			if err != nil {
				t.Fatal(err)
			}
			if len(seen) == 0 {
				commit(t, engine, remove("b"), put("bb", "2"), put("a", "2"))
				commit(t, engine, put("c", "2"), put("d", "2"), put("e", "2"))
			}
			seen = append(seen, pair)
		}
		if !samePairs(seen, before) {
			t.Errorf("reverse %v: the loop saw %s, the snapshot held %s", reverse, showPairs(seen...), showPairs(before...))
		}
		commit(t, engine, remove("bb"), remove("e"))
	}
}

// testRangeBody grows the engine by much more than it holds while a loop keeps
// a snapshot: an engine that needs its readers gone to grow would stand still.
func testRangeBody(t *testing.T, engine kv.Engine) {
	commit(t, engine, put("a", "1"), put("b", "1"))
	large := kv.Batch{}
	for i := range 40 {
		large.Ops = append(large.Ops, kv.Op{Key: []byte{'x', byte(i)}, Value: make([]byte, 200_000)})
	}
	steps := 0
	for pair, err := range engine.Range(t.Context(), kv.Prefix([]byte("a")), kv.RangeOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := engine.Import(t.Context(), large); err != nil {
			t.Fatalf("import within a loop: %v", err)
		}
		if again := get(t, engine, "a"); again.Rev != pair.Rev {
			t.Errorf("Get within the loop shows revision %d, the loop %d", again.Rev, pair.Rev)
		}
		for other, err := range engine.Range(t.Context(), kv.Prefix([]byte("b")), kv.RangeOptions{}) {
			if err != nil {
				t.Fatal(err)
			}
			commit(t, engine, kv.Op{Key: other.Key, Value: []byte("2")})
		}
		steps++
	}
	if steps != 1 || string(get(t, engine, "b").Value) != "2" {
		t.Errorf("after %d steps b=%q", steps, get(t, engine, "b").Value)
	}
}

func testRangeBreak(t *testing.T, engine kv.Engine) {
	commit(t, engine, put("a", ""), put("b", ""), put("c", ""))
	for range 50 { // a loop left early must hold nothing that runs out
		for pair, err := range engine.Range(t.Context(), kv.Span{}, kv.RangeOptions{}) {
			if err != nil || !bytes.Equal(pair.Key, []byte("a")) {
				t.Fatalf("first pair %q, %v", pair.Key, err)
			}
			break
		}
	}
	walk := engine.Range(t.Context(), kv.Span{}, kv.RangeOptions{})
	for range 2 { // each loop over the same sequence takes a new snapshot
		count := 0
		for range walk {
			count++
		}
		if want := len(everything(t, engine)); count != want {
			t.Errorf("%d pairs, want %d", count, want)
		}
		commit(t, engine, put("d", ""))
	}
}
