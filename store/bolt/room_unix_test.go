//go:build linux || darwin

package bolt_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"schalter/store/bolt"
	"schalter/store/kv"
)

func TestFileSizeLimit(t *testing.T) {
	dir := t.TempDir()
	makeDatabase(t, dir, kv.Batch{})
	playPart(t, dir, "file size limit")
	engine := open(t, filepath.Join(dir, "db"))
	defer engine.Close()
	if _, err := engine.Get(t.Context(), []byte("after")); err != nil {
		t.Errorf("what was committed once there was room: %v", err)
	}
}

// fillToLimit runs into a limit on the size of files, as into a full disk, and
// goes on when the limit is lifted.
func fillToLimit(ctx context.Context) error {
	engine, err := bolt.Open("db", bolt.Options{})
	if err != nil {
		return err
	}
	defer engine.Close()
	if _, err := engine.Commit(ctx, putOp("before", "1")); err != nil {
		return err
	}
	info, err := os.Stat("db")
	if err != nil {
		return err
	}
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	tight := syscall.Rlimit{Cur: uint64(info.Size()) + 1<<20, Max: limit.Max}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &tight); err != nil {
		return err
	}
	acknowledged, err := fill(ctx, engine)
	if err := want("Import into the limit", err, kv.ErrFull); err != nil {
		return err
	}
	if err := checkFilled(ctx, engine, acknowledged); err != nil {
		return err
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	if _, err := engine.Import(ctx, filling(acknowledged)); err != nil {
		return fmt.Errorf("with room again: %w", err)
	}
	if err := checkFilled(ctx, engine, acknowledged+1); err != nil {
		return err
	}
	_, err = engine.Commit(ctx, putOp("after", "1"))
	return err
}

func TestOpenOnFullDisk(t *testing.T) {
	dir := t.TempDir()
	makeDatabase(t, dir, kv.Batch{Ops: numberedOps(10)})
	playPart(t, dir, "full disk")
}

// openWithoutRoom opens a database where not one byte can be written to a file.
func openWithoutRoom(ctx context.Context) error {
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{}); err != nil {
		return err
	}
	_, err := bolt.Create("new", bolt.Options{StoreID: someStore})
	if err := want("Create", err, kv.ErrFull); err != nil {
		return err
	}
	engine, err := bolt.Open("db", bolt.Options{})
	if err != nil {
		return err
	}
	defer engine.Close()
	if _, err := os.Stat("db.holder.new"); !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("half of a holder file was left: %v", err)
	}
	if _, err := engine.Get(ctx, numberedOps(10)[9].Key); err != nil {
		return err
	}
	_, err = engine.Commit(ctx, putOp("a", "1"))
	return want("Commit", err, kv.ErrFull)
}

// filling is a batch of 4 MiB, told from others by its number.
func filling(number int) kv.Batch {
	batch := kv.Batch{}
	for i := range 4 {
		batch.Ops = append(batch.Ops, kv.Op{Key: []byte{'f', byte(number), byte(i)}, Value: make([]byte, 1<<20)})
	}
	return batch
}

// fill imports until that fails, and returns how often it went well.
func fill(ctx context.Context, engine *bolt.Engine) (int, error) {
	for number := 0; ; number++ {
		if _, err := engine.Import(ctx, filling(number)); err != nil || number == 100 {
			return number, err
		}
	}
}

// checkFilled returns an error unless exactly so many fillings are there.
func checkFilled(ctx context.Context, engine *bolt.Engine, count int) error {
	found := 0
	for pair, err := range engine.Range(ctx, kv.Prefix([]byte("f")), kv.RangeOptions{}) {
		if err != nil {
			return err
		}
		if int(pair.Key[1]) != found/4 || len(pair.Value) != 1<<20 {
			return fmt.Errorf("pair %d is %x with %d bytes", found, pair.Key, len(pair.Value))
		}
		found++
	}
	if found != 4*count {
		return fmt.Errorf("%d pairs of %d acknowledged batches", found, count)
	}
	if _, err := engine.Get(ctx, []byte("before")); err != nil {
		return err
	}
	return nil
}

func TestMaxSize(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	engine, err := bolt.Create(path, bolt.Options{StoreID: someStore, MaxSize: 1}) // taken as 32 MiB
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	if _, err := engine.Commit(t.Context(), putOp("before", "1")); err != nil {
		t.Fatal(err)
	}
	acknowledged, err := fill(t.Context(), engine)
	if !errors.Is(err, kv.ErrFull) || acknowledged == 0 {
		t.Errorf("after %d batches: %v", acknowledged, err)
	}
	if err := checkFilled(t.Context(), engine, acknowledged); err != nil {
		t.Error(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Size() > 32<<20 {
		t.Errorf("the file has %d bytes, %v", info.Size(), err)
	}
	for number := range acknowledged { // deleting makes room, and needs none
		batch := filling(number)
		for i := range batch.Ops {
			batch.Ops[i] = kv.Op{Key: batch.Ops[i].Key, Delete: true}
		}
		if _, err := engine.Commit(t.Context(), batch); err != nil {
			t.Fatalf("deletion %d in a full file: %v", number, err)
		}
	}
	if _, err := engine.Import(t.Context(), filling(0)); err != nil {
		t.Errorf("with room again: %v", err)
	}
}
