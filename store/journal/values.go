package journal

import (
	"crypto/sha256"
	"slices"
)

// checkValues compares every value with the newest entry that names its key.
func (v *verifier) checkValues() error {
	v.recent = make(map[string]recentWrites)
	total := int64(len(v.held.index))
	var seen bitset
	for value, err := range ahead(v.log.Values(), hashValue) {
		if err != nil {
			return err
		}
		if _, journalled := v.log.Prefix(value.Key); !journalled {
			continue
		}
		if err := v.value(value, &seen); err != nil {
			return err
		}
		v.report.Values++
		if err := v.progress(StageValues, v.report.Values, max(total, v.report.Values)); err != nil {
			return err
		}
	}
	return v.checkUnseen(seen)
}

// hashedValue is a key with the hash of what is stored under it.
type hashedValue struct {
	Key  []byte
	hash [32]byte
}

func hashValue(value Value) hashedValue { return hashedValue{value.Key, sha256.Sum256(value.Stored)} }

func (v *verifier) value(value hashedValue, seen *bitset) error {
	at, known := v.held.index[string(value.Key)]
	if known {
		seen.set(int64(at))
	}
	if known && v.held.states[at].hash == value.hash {
		return nil
	}
	if v.justWritten(value.Key, value.hash) {
		return nil
	}
	if err := v.settle(); err != nil {
		return err
	}
	if v.justWritten(value.Key, value.hash) {
		return nil
	}
	return v.diagnoseValue(value.Key, value.hash)
}

// justWritten reports whether an entry newer than the reading of the values
// wrote this hash.
func (v *verifier) justWritten(key []byte, hash [32]byte) bool {
	return slices.Contains(v.recent[string(key)].hashes, hash)
}

// checkUnseen looks for keys that should have a value and came by without.
func (v *verifier) checkUnseen(seen bitset) error {
	if v.unseen(seen) == nil {
		return nil
	}
	if err := v.settle(); err != nil {
		return err
	}
	if found := v.unseen(seen); found != nil {
		return found
	}
	return nil
}

// unseen returns the fault of the lowest such key, or nil.
func (v *verifier) unseen(seen bitset) *Fault {
	var lowest *Fault
	for key, at := range v.held.index {
		if seen.has(int64(at)) || v.recent[key].absent {
			continue
		}
		if lowest == nil || key < string(lowest.Key) {
			lowest = &Fault{Kind: ValueMissing, Seq: v.held.states[at].seq, Other: None, Key: []byte(key)}
		}
	}
	return lowest
}
