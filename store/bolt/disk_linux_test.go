package bolt

import (
	"errors"
	"os"
	"syscall"
	"testing"

	"schalter/store/kv"
)

// divert makes the engine's writes go to another file, while its memory map
// stays on the real one, and returns how to end that.
func divert(t *testing.T, e *Engine, target string, flag int) (restore func()) {
	t.Helper()
	fd := int(e.db.file.Fd())
	saved, err := syscall.Dup(fd)
	if err != nil {
		t.Fatal(err)
	}
	other, err := os.OpenFile(target, flag, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	point := func(from int) {
		t.Helper()
		if err := syscall.Dup3(from, fd, syscall.O_CLOEXEC); err != nil {
			t.Fatal(err)
		}
	}
	point(int(other.Fd()))
	return func() {
		point(saved)
		_ = syscall.Close(saved)
	}
}

// What the kernel answers here is what it answers on a real disk: /dev/full
// has no space, and a file opened for reading cannot be written.
func TestDiskRefusesToWrite(t *testing.T) {
	for _, c := range []struct {
		reason, target string
		flag           int
		want           error
	}{
		{"disk full", "/dev/full", os.O_RDWR, kv.ErrFull},
		{"no longer writable", "/dev/zero", os.O_RDONLY, kv.ErrUnavailable},
	} {
		e := newEngine(t, Options{})
		for _, key := range []string{"a", "b"} {
			if _, err := e.Commit(t.Context(), put(key, "1")); err != nil {
				t.Fatal(err)
			}
		}
		restore := divert(t, e, c.target, c.flag)
		for range 3 {
			if _, err := e.Commit(t.Context(), put("a", "2")); !errors.Is(err, c.want) || errors.Is(err, kv.ErrUnknown) {
				t.Errorf("%s: error %v, want %v", c.reason, err, c.want)
			}
		}
		for _, key := range []string{"a", "b"} {
			if pair, err := e.Get(t.Context(), []byte(key)); err != nil || string(pair.Value) != "1" {
				t.Errorf("%s: %s=%s, %v", c.reason, key, pair.Value, err)
			}
		}
		restore()
		if rev, err := e.Commit(t.Context(), put("a", "3")); err != nil || rev != 3 {
			t.Errorf("%s: with the disk back: %d, %v", c.reason, rev, err)
		}
	}
}

// The file is cut off while it is mapped: every page of it is a memory fault.
func TestFileCutOffWhileOpen(t *testing.T) {
	for _, size := range []int64{0, 4096, 8192, 16384} {
		e := newEngine(t, Options{})
		batch := kv.Batch{}
		for i := range 2000 {
			batch.Ops = append(batch.Ops, kv.Op{Key: []byte{'k', byte(i >> 8), byte(i)}, Value: make([]byte, 100)})
		}
		if _, err := e.Import(t.Context(), batch); err != nil {
			t.Fatal(err)
		}
		steps, faults := 0, 0
		for _, err := range e.Range(t.Context(), kv.Span{}, kv.RangeOptions{}) {
			if steps++; err != nil {
				faults++
				if !errors.Is(err, kv.ErrDamaged) {
					t.Errorf("%d bytes left: range: %v", size, err)
				}
			}
			if steps == 10 {
				if err := e.db.file.Truncate(size); err != nil {
					t.Fatal(err)
				}
			}
		}
		if faults != 1 || steps > 1000 {
			t.Errorf("%d bytes left: the range ended after %d steps with %d faults", size, steps, faults)
		}
		if _, err := e.Get(t.Context(), batch.Ops[1500].Key); !errors.Is(err, kv.ErrDamaged) {
			t.Errorf("%d bytes left: get: %v", size, err)
		}
		if _, err := e.Commit(t.Context(), put("k", "")); !errors.Is(err, kv.ErrDamaged) && !errors.Is(err, kv.ErrUnknown) {
			t.Errorf("%d bytes left: commit: %v", size, err)
		}
		if _, err := e.Commit(t.Context(), put("k", "")); err == nil {
			t.Errorf("%d bytes left: commits go on", size)
		}
		if err := e.Close(); err != nil {
			t.Errorf("%d bytes left: close: %v", size, err)
		}
	}
}
