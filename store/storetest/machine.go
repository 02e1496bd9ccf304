package storetest

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"schalter/store/kv"
)

// machine compares an engine with a map, step by step.
type machine struct {
	engine kv.Engine
	t      *testing.T
	model  map[string]kv.Pair
	rev    uint64
	events []kv.Event
}

func testMachine(t *testing.T, open func(t *testing.T) kv.Engine) {
	rapid.Check(t, func(r *rapid.T) {
		m := machine{engine: open(t), t: t, model: map[string]kv.Pair{}}
		defer closeEngine(t, m.engine)
		r.Repeat(map[string]func(*rapid.T){
			"commit": m.commit,
			"range":  m.walk,
			"watch":  m.watch,
			"":       m.check,
		})
	})
}

// anyKey draws from few keys, so that they meet often, some of them prefixes
// of others.
func anyKey() *rapid.Generator[string] {
	return rapid.Map(rapid.SliceOfN(rapid.SampledFrom([]byte{0, 'a', 'b', 0xff}), 1, 3), func(b []byte) string { return string(b) })
}

func (m *machine) commit(r *rapid.T) {
	batch, holds := m.anyBatch(r)
	rev, err := m.engine.Commit(m.t.Context(), batch)
	if !holds {
		if !errors.Is(err, kv.ErrConflict) {
			r.Fatalf("error %v, want a conflict", err)
		}
		return
	}
	if err != nil {
		r.Fatalf("Commit: %v", err)
	}
	m.apply(batch.Sorted())
	if rev != m.rev {
		r.Fatalf("revision %d, want %d", rev, m.rev)
	}
}

// anyBatch draws a batch and says whether its guards hold.
func (m *machine) anyBatch(r *rapid.T) (batch kv.Batch, holds bool) {
	holds = true
	for _, key := range rapid.SliceOfNDistinct(anyKey(), 0, 2, rapid.ID).Draw(r, "guarded") {
		rev := m.model[key].Rev
		if rapid.IntRange(0, 4).Draw(r, "wrong") == 0 {
			rev = rapid.Uint64Range(0, m.rev+1).Draw(r, "rev")
		}
		holds = holds && rev == m.model[key].Rev
		batch.Guards = append(batch.Guards, guard(key, rev))
	}
	for _, key := range rapid.SliceOfNDistinct(anyKey(), 0, 6, rapid.ID).Draw(r, "keys") {
		if rapid.Bool().Draw(r, "delete") {
			batch.Ops = append(batch.Ops, remove(key))
		} else {
			batch.Ops = append(batch.Ops, put(key, rapid.StringN(0, 4, -1).Draw(r, "value")))
		}
	}
	return batch, holds
}

func (m *machine) apply(ops []kv.Op) {
	ops = slices.DeleteFunc(ops, func(op kv.Op) bool {
		return op.Delete && m.model[string(op.Key)].Rev == 0
	})
	if len(ops) == 0 {
		return
	}
	m.rev++
	m.events = append(m.events, kv.Event{Rev: m.rev, Ops: ops})
	for _, op := range ops {
		if op.Delete {
			delete(m.model, string(op.Key))
		} else {
			m.model[string(op.Key)] = kv.Pair{Key: op.Key, Value: op.Value, Rev: m.rev}
		}
	}
}

func (m *machine) walk(r *rapid.T) {
	span := anySpan(r)
	options := kv.RangeOptions{
		Limit:   rapid.IntRange(0, 5).Draw(r, "limit"),
		Reverse: rapid.Bool().Draw(r, "reverse"),
	}
	want := m.within(span)
	if options.Reverse {
		slices.Reverse(want)
	}
	if options.Limit > 0 && len(want) > options.Limit {
		want = want[:options.Limit]
	}
	got, err := collect(m.t.Context(), m.engine, span, options)
	if err != nil {
		r.Fatalf("Range: %v", err)
	}
	if !samePairs(got, want) {
		r.Fatalf("Range %q %+v: %s, want %s", span, options, showPairs(got...), showPairs(want...))
	}
}

func anySpan(r *rapid.T) kv.Span {
	if rapid.Bool().Draw(r, "by prefix") {
		return kv.Prefix([]byte(anyKey().Draw(r, "prefix")))
	}
	span := kv.Span{From: []byte(anyKey().Draw(r, "from")), To: []byte(anyKey().Draw(r, "to"))}
	if rapid.IntRange(0, 3).Draw(r, "open end") == 0 {
		span.To = nil
	}
	return span
}

// within returns the model's pairs in the span, found in the dullest way.
func (m *machine) within(span kv.Span) []kv.Pair {
	var pairs []kv.Pair
	for _, key := range slices.Sorted(maps.Keys(m.model)) {
		if key >= string(span.From) && (span.To == nil || key < string(span.To)) {
			pairs = append(pairs, m.model[key])
		}
	}
	return pairs
}

func (m *machine) watch(r *rapid.T) {
	after := rapid.IntRange(max(0, len(m.events)-History), len(m.events)).Draw(r, "after")
	want := m.events[after:] // event i has revision i+1
	if len(want) == 0 {
		return
	}
	for i, got := range events(m.t, m.engine, kv.Span{}, uint64(after), len(want)) {
		if got.Rev != want[i].Rev || !sameOps(got.Ops, want[i].Ops) {
			r.Fatalf("event %d %s, want %d %s", got.Rev, showOps(got.Ops), want[i].Rev, showOps(want[i].Ops))
		}
	}
}

func (m *machine) check(r *rapid.T) {
	key := anyKey().Draw(r, "key")
	pair, err := m.engine.Get(m.t.Context(), []byte(key))
	want, present := m.model[key]
	switch {
	case !present && !errors.Is(err, kv.ErrNotFound):
		r.Fatalf("Get of an absent key: %s, %v", showPairs(pair), err)
	case present && (err != nil || !samePairs([]kv.Pair{pair}, []kv.Pair{want})):
		r.Fatalf("Get: %s, %v, want %s", showPairs(pair), err, showPairs(want))
	}
	if rev, err := m.engine.Rev(m.t.Context()); err != nil || rev != m.rev {
		r.Fatalf("Rev: %d, %v, want %d", rev, err, m.rev)
	}
}
