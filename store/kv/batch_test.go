package kv_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"schalter/store/kv"
)

func TestBatchCheck(t *testing.T) {
	limits := kv.Limits{Ops: 2, Bytes: 10}
	op := func(key, value string) kv.Op { return kv.Op{Key: []byte(key), Value: []byte(value)} }
	key := func(key string) kv.Guard { return kv.Guard{Key: []byte(key)} }
	for _, c := range []struct {
		reason string
		batch  kv.Batch
		want   error
	}{
		{"an empty batch is fine", kv.Batch{}, nil},
		{"guards and operations are counted apart", kv.Batch{Guards: []kv.Guard{key("a"), key("b")}, Ops: []kv.Op{op("a", ""), op("b", "")}}, nil},
		{"one guard too many", kv.Batch{Guards: []kv.Guard{key("a"), key("b"), key("c")}}, kv.ErrTooLarge},
		{"one operation too many", kv.Batch{Ops: []kv.Op{op("a", ""), op("b", ""), op("c", "")}}, kv.ErrTooLarge},
		{"bytes at the limit, guards included", kv.Batch{Guards: []kv.Guard{key("abc")}, Ops: []kv.Op{op("ab", "12345")}}, nil},
		{"one byte too many", kv.Batch{Guards: []kv.Guard{key("abc")}, Ops: []kv.Op{op("ab", "123456")}}, kv.ErrTooLarge},
		{"a key may be guarded and written", kv.Batch{Guards: []kv.Guard{key("a")}, Ops: []kv.Op{op("a", "")}}, nil},
		{"a key twice among the guards", kv.Batch{Guards: []kv.Guard{key("a"), key("a")}}, kv.ErrInvalid},
		{"a key twice among the operations", kv.Batch{Ops: []kv.Op{op("a", "1"), op("a", "1")}}, kv.ErrInvalid},
		{"no key", kv.Batch{Ops: []kv.Op{op("", "1")}}, kv.ErrInvalid},
		{"a deletion carries no value", kv.Batch{Ops: []kv.Op{{Key: []byte("a"), Value: []byte("1"), Delete: true}}}, kv.ErrInvalid},
		{"a deletion", kv.Batch{Ops: []kv.Op{{Key: []byte("a"), Delete: true}}}, nil},
	} {
		if err := c.batch.Check(limits); !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", c.reason, err, c.want)
		}
	}
}

func TestBatchCheckNamesNoData(t *testing.T) {
	const secret = "A123456780"
	pad := strings.Repeat(secret, kv.MaxKey)
	for _, batch := range []kv.Batch{
		{Ops: []kv.Op{{Key: []byte(secret)}, {Key: []byte(secret)}}},
		{Ops: []kv.Op{{Key: []byte(secret), Value: []byte(secret), Delete: true}}},
		{Ops: []kv.Op{{Key: []byte(pad)}}},
		{Guards: []kv.Guard{{Key: []byte(secret)}, {Key: []byte(secret)}}},
	} {
		if err := batch.Check(kv.Bulk()); err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("error %q: none, or with the key in it", err)
		}
	}
}

func TestSortedSharesNothing(t *testing.T) {
	batch := kv.Batch{Ops: []kv.Op{
		{Key: []byte("b"), Value: []byte("2")},
		{Key: []byte("c"), Delete: true},
		{Key: []byte("a"), Value: []byte("1")},
	}}
	sorted := batch.Sorted()
	for _, op := range batch.Ops {
		clear(op.Key)
		clear(op.Value)
	}
	want := []kv.Op{{Key: []byte("a"), Value: []byte("1")}, {Key: []byte("b"), Value: []byte("2")}, {Key: []byte("c"), Delete: true}}
	for i, op := range sorted {
		if !bytes.Equal(op.Key, want[i].Key) || !bytes.Equal(op.Value, want[i].Value) || op.Delete != want[i].Delete {
			t.Errorf("operation %d is %q=%q", i, op.Key, op.Value)
		}
		if cap(op.Key) != len(op.Key) || cap(op.Value) != len(op.Value) {
			t.Errorf("operation %d can be appended to over its neighbour", i)
		}
	}
}
