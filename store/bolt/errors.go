package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	berrors "go.etcd.io/bbolt/errors"

	"schalter/store/kv"
)

// Why a file cannot be opened, made or written, beside the errors of package
// kv. Compare with [errors.Is]; the texts around them say what to do.
var (
	// ErrHeld means that another process has the file open. The error is a
	// [*HeldError].
	ErrHeld = errors.New("held by another process")
	// ErrMissing means that there is no such file.
	ErrMissing = errors.New("no such file")
	// ErrNoDirectory means that the directory of the file does not exist or
	// cannot be entered.
	ErrNoDirectory = errors.New("no such directory")
	// ErrExists means that Create would have to overwrite a file.
	ErrExists = errors.New("there is a file already")
	// ErrExposed means that somebody else can read the file, change it or put
	// another one in its place.
	ErrExposed = errors.New("others can get at the file")
	// ErrNetwork means that the file lies on a file system of another machine,
	// where neither its lock nor its memory map can be trusted.
	ErrNetwork = errors.New("on a network file system")
	// ErrForeign means that the file is something else than a database of ours.
	ErrForeign = errors.New("not a database of this program")
	// ErrTruncated means that the end of the file is missing. It comes with
	// kv.ErrDamaged.
	ErrTruncated = errors.New("the end of the file is missing")
	// ErrNewer means that a newer version of the program wrote the file.
	ErrNewer = errors.New("written by a newer version of this program")
	// ErrOtherStore means that the file holds another store than asked for.
	ErrOtherStore = errors.New("holds another store")
	// ErrReadOnlyDirectory means that the file could be written but nothing
	// beside it, such as the holder file.
	ErrReadOnlyDirectory = errors.New("its directory cannot be written")
	// ErrRemoved means that the file was deleted or replaced while it was
	// open: what would be written now would be gone with the process. It comes
	// with kv.ErrUnavailable.
	ErrRemoved = errors.New("the file was removed while it was open")
)

// HeldError is [ErrHeld] with the process that holds the file.
type HeldError struct {
	// Holder is nil when the holder left no readable note.
	Holder *Holder
}

func (e *HeldError) Error() string {
	if e.Holder == nil {
		return ErrHeld.Error()
	}
	return fmt.Sprintf("%v: %v", ErrHeld, *e.Holder)
}

// Unwrap returns ErrHeld.
func (e *HeldError) Unwrap() error { return ErrHeld }

// translate turns an error of bbolt or of the system into one of package kv or
// this one. The original stays as text only, so that nobody comes to depend on
// it. Errors that need no translation pass.
func translate(err error) error {
	switch {
	case err == nil || ours(err):
		return err
	case errors.Is(err, berrors.ErrDatabaseNotOpen):
		return kv.ErrClosed
	case errors.Is(err, berrors.ErrMaxSizeReached),
		errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT), errors.Is(err, syscall.EFBIG):
		return fmt.Errorf("%w: %v", kv.ErrFull, err)
	case errors.Is(err, berrors.ErrDatabaseReadOnly),
		errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return fmt.Errorf("%w: %v", kv.ErrReadOnly, err)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrChecksum):
		return fmt.Errorf("%w: %v", kv.ErrDamaged, err)
	case errors.Is(err, berrors.ErrTimeout):
		return ErrHeld
	}
	return fmt.Errorf("%w: %v", kv.ErrUnavailable, err)
}

func ours(err error) bool {
	for _, known := range []error{
		kv.ErrNotFound, kv.ErrConflict, kv.ErrReadOnly, kv.ErrFull, kv.ErrUnknown, kv.ErrUnavailable, kv.ErrDamaged, kv.ErrClosed,
		ErrHeld, ErrExists, ErrForeign, ErrTruncated, ErrNewer, ErrOtherStore,
	} {
		if errors.Is(err, known) {
			return true
		}
	}
	return false
}
