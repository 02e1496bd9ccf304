package kv_test

import (
	"bytes"
	"testing"

	"schalter/store/kv"
)

func TestPrefix(t *testing.T) {
	for _, c := range []struct {
		reason, prefix string
		to             []byte
	}{
		{"the last byte goes up", "ab", []byte("ac")},
		{"bytes that cannot go up fall away", "a\xff\xff", []byte("b")},
		{"nothing lies above all 0xff", "\xff\xff", nil},
		{"no prefix is everything", "", nil},
		{"zero is a byte like others", "\x00", []byte{1}},
	} {
		if span := kv.Prefix([]byte(c.prefix)); !bytes.Equal(span.To, c.to) || (span.To == nil) != (c.to == nil) {
			t.Errorf("%s: up to %q, want %q", c.reason, span.To, c.to)
		}
	}
}

func TestPrefixKeepsNothing(t *testing.T) {
	p := []byte("ab")
	span := kv.Prefix(p)
	copy(p, "xy")
	if string(span.From) != "ab" || string(span.To) != "ac" {
		t.Errorf("the span changed to %q with the caller's bytes", span)
	}
}

func FuzzPrefix(f *testing.F) {
	f.Add([]byte("m"), []byte("m1"))
	f.Add([]byte{0xff}, []byte{0xff, 0xff})
	f.Add([]byte{}, []byte{})
	f.Fuzz(func(t *testing.T, prefix, key []byte) {
		span := kv.Prefix(prefix)
		if got, want := span.Contains(key), bytes.HasPrefix(key, prefix); got != want {
			t.Errorf("span of %x contains %x: %v", prefix, key, got)
		}
		if span.Empty() {
			t.Errorf("span of %x is empty", prefix)
		}
		if between := (kv.Span{From: prefix, To: key}); between.Empty() != (bytes.Compare(prefix, key) >= 0 && key != nil) {
			t.Errorf("from %x to %x: empty %v", prefix, key, between.Empty())
		}
	})
}
