package journal

import (
	"errors"
	"fmt"
	"testing"
)

// TestVerifyWhileOthersWrite has commits come between any two of the readings.
func TestVerifyWhileOthersWrite(t *testing.T) {
	f := sample(t)
	n := 100
	erased := int64(12)
	write := func() {
		n++
		erased++
		f.commit(fmt.Sprintf("m/%d=new", n), fmt.Sprintf("m/1=version %d", n), "m/6")
		f.commit(fmt.Sprintf("m/%d", n), fmt.Sprintf("m/6=version %d", n), fmt.Sprintf("a/%d=kept", n))
		f.commitErasing([]int64{erased})
	}
	remove := func() {
		n++
		f.commit(fmt.Sprintf("a/%d", n-1))
	}
	write()
	signed := func() { write(); f.sign() }
	for _, tt := range []struct {
		when string
		hook *func()
		do   func()
	}{
		{"before entries are read", &f.beforeEntries, write},
		{"before hashes are read", &f.beforeRows, write},
		{"before values are read", &f.beforeValues, write},
		{"while values are read", &f.afterValues, write},
		{"before the head is read", &f.beforeHead, write},
		{"with checkpoints", &f.beforeEntries, signed},
		{"nothing but a removal before values are read", &f.beforeValues, remove},
	} {
		*tt.hook = once(tt.do)
		if _, err := f.verify(t); err != nil {
			t.Errorf("%s: %v", tt.when, err)
		}
		*tt.hook = tt.do
		if _, err := f.verify(t); err != nil {
			t.Errorf("%s, every time: %v", tt.when, err)
		}
		*tt.hook = nil
	}
	f.beforeValues, f.afterValues = write, write
	if _, err := f.verify(t); err != nil {
		t.Errorf("before and while values are read: %v", err)
	}
}

func once(do func()) func() {
	done := false
	return func() {
		if !done {
			done = true
			do()
		}
	}
}

// TestTamperingWhileOthersWrite: a busy database excuses nothing.
func TestTamperingWhileOthersWrite(t *testing.T) {
	for _, tt := range []struct {
		what string
		do   func(*fakeLog)
		want Kind
	}{
		{"old value back", func(f *fakeLog) { f.values["m/2"] = "first 2" }, ValueOld},
		{"value deleted", func(f *fakeLog) { delete(f.values, "m/3") }, ValueMissing},
		{"value nobody wrote", func(f *fakeLog) { f.values["m/7"] = "smuggled" }, ValueUnknown},
		{"head set back", func(f *fakeLog) { cut(f, 19) }, Shorter},
	} {
		f := sample(t)
		f.beforeValues = once(func() {
			f.commit("m/1=new", "a/1=new")
			f.commit("a/1")
			tt.do(f)
		})
		_, err := f.verify(t)
		var got *Fault
		if !errors.As(err, &got) || got.Kind != tt.want {
			t.Errorf("%s: got %v, want %s", tt.what, err, tt.want)
		}
	}
}
