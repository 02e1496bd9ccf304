package bolt

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sync"
	"syscall"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"schalter/store/kv"
)

// database is a bbolt file whose damage cannot take the process with it. bbolt
// reads the file through a memory map and trusts it, so a wrong byte, a bad
// sector or a missing end shows as a panic or a memory fault in the middle of
// any call. Each call is guarded, and becomes kv.ErrDamaged.
type database struct {
	db     *bbolt.DB
	file   *os.File
	commit func(*bbolt.Tx) error // (*bbolt.Tx).Commit, but for tests

	// bbolt takes locks of its own to begin and to end a transaction and keeps
	// them when it faults in between. Only one goroutine at a time does that
	// here, and after such a fault none enters again.
	turn    sync.Mutex
	wrecked chan struct{} // closed when bbolt's locks can no longer be trusted
}

// openDatabase puts bbolt on an open, locked file that it closes on failure.
// An empty file becomes an empty database.
func openDatabase(file *os.File, options Options) (*database, error) {
	d := &database{file: file, commit: (*bbolt.Tx).Commit, wrecked: make(chan struct{})}
	err := guarded(func() (err error) {
		d.db, err = bbolt.Open(file.Name(), 0o600, &bbolt.Options{
			OpenFile:        func(string, int, os.FileMode) (*os.File, error) { return file, nil },
			Timeout:         options.LockTimeout,
			ReadOnly:        options.ReadOnly,
			FreelistType:    bbolt.FreelistMapType,
			InitialMmapSize: initialMap(options),
			MaxSize:         int(options.MaxSize),
			NoStatistics:    true,
		})
		return err
	})
	if err != nil {
		_ = file.Close() // bbolt has done so already unless it panicked
		return nil, translate(err)
	}
	return d, nil
}

// initialMap returns how much address space to reserve for the file. None is
// needed where it does not grow. On Windows the file itself would take that
// size at once; there, a loop that commits may wait for its own snapshot to end
// when the file has to grow.
func initialMap(options Options) int {
	if options.ReadOnly || runtime.GOOS == "windows" {
		return 0
	}
	return int(options.MaxSize)
}

// begin starts a read transaction. It must be ended with end.
func (d *database) begin() (tx *bbolt.Tx, err error) {
	return d.enter(false)
}

func (d *database) enter(writable bool) (tx *bbolt.Tx, err error) {
	d.turn.Lock()
	defer d.turn.Unlock()
	if d.isWrecked() {
		return nil, fmt.Errorf("%w: the file can no longer be read", kv.ErrDamaged)
	}
	err = guarded(func() (err error) {
		tx, err = d.db.Begin(writable)
		return err
	})
	if errors.Is(err, kv.ErrDamaged) {
		close(d.wrecked)
	}
	return tx, translate(err)
}

// end gives a transaction up.
func (d *database) end(tx *bbolt.Tx) {
	d.turn.Lock()
	defer d.turn.Unlock()
	if d.isWrecked() {
		return
	}
	err := guarded(tx.Rollback)
	if errors.Is(err, kv.ErrDamaged) {
		close(d.wrecked)
	}
}

func (d *database) isWrecked() bool {
	select {
	case <-d.wrecked:
		return true
	default:
		return false
	}
}

// read runs look on one snapshot.
func (d *database) read(look func(*bbolt.Tx) error) error {
	tx, err := d.begin()
	if err != nil {
		return err
	}
	defer d.end(tx)
	return translate(guarded(func() error { return look(tx) }))
}

// write runs change in a transaction and commits it if change says that there
// is something to commit. An error does not tell whether the commit happened.
// Only one goroutine may call it.
func (d *database) write(change func(*bbolt.Tx) (bool, error)) error {
	tx, err := d.enter(true)
	if err != nil {
		return err
	}
	done := false
	err = guarded(func() error {
		changed, err := change(tx)
		if err != nil || !changed {
			return err
		}
		err = d.commit(tx)
		done = true // and if it failed, bbolt has rolled back
		return err
	})
	if !done {
		d.end(tx)
	}
	return d.explain(err)
}

// explain translates the error of a failed commit. Why a file would not grow,
// bbolt passes on as text only, so growing is tried again for its reason.
func (d *database) explain(err error) error {
	var errno syscall.Errno
	if err == nil || ours(err) || errors.As(err, &errno) || errors.Is(err, berrors.ErrMaxSizeReached) {
		return translate(err)
	}
	const step = 128 << 20 // more than any batch makes a file grow
	info, statErr := d.file.Stat()
	if statErr != nil {
		return translate(statErr)
	}
	if growErr := d.file.Truncate(info.Size() + step); growErr != nil {
		return translate(growErr)
	}
	if shrinkErr := d.file.Truncate(info.Size()); shrinkErr != nil {
		return translate(shrinkErr)
	}
	return translate(err)
}

// close lets go of the file. It waits for open read transactions.
func (d *database) close() error {
	if d.isWrecked() {
		// bbolt would wait for ever. The lock goes with the open file, the
		// memory map stays until the process ends.
		return translate(d.file.Close())
	}
	return translate(guarded(d.db.Close))
}

// guarded runs a call into bbolt and turns its panics and memory faults into
// kv.ErrDamaged.
func guarded(call func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", kv.ErrDamaged, p)
		}
	}()
	return call()
}
