package kv

import "bytes"

// Span is the keys from From up to but not including To. A nil From is the
// lowest key, a nil To has no upper end; so the zero Span is every key.
type Span struct{ From, To []byte }

// Prefix returns the span of all keys that begin with p. An empty p gives
// every key.
func Prefix(p []byte) Span {
	return Span{From: bytes.Clone(p), To: after(p)}
}

// Contains reports whether key lies in the span.
func (s Span) Contains(key []byte) bool {
	return bytes.Compare(key, s.From) >= 0 && (s.To == nil || bytes.Compare(key, s.To) < 0)
}

// Empty reports whether no key can lie in the span.
func (s Span) Empty() bool {
	return s.To != nil && bytes.Compare(s.From, s.To) >= 0
}

// after returns the lowest key above every key with prefix p, nil if there is
// none because p consists of 0xff bytes.
func after(p []byte) []byte {
	for i := len(p) - 1; i >= 0; i-- {
		if p[i] < 0xff {
			end := bytes.Clone(p[:i+1])
			end[i]++
			return end
		}
	}
	return nil
}
