package bolt

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"schalter/store/kv"
)

// place is the directory a database lies in, entered once and held. All files
// are reached from here, so nobody can turn a directory on the way into a
// symbolic link between one step and the next.
type place struct {
	root *os.Root
	name string // of the database file
}

// enter goes to the directory of path and makes sure that a database may live
// there.
func enter(path string) (*place, error) {
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrNoDirectory, err)
	}
	p := &place{root: root, name: filepath.Base(path)}
	if err := p.check(); err != nil {
		p.leave()
		return nil, err
	}
	return p, nil
}

func (p *place) leave() { _ = p.root.Close() } // a directory has nothing to lose

func (p *place) check() error {
	dir, err := p.root.Open(".")
	if err != nil {
		return fmt.Errorf("%w: %v", ErrNoDirectory, err)
	}
	defer dir.Close()
	if err := checkFileSystem(dir); err != nil {
		return err
	}
	info, err := dir.Stat()
	if err != nil {
		return fmt.Errorf("%w: %v", kv.ErrUnavailable, err)
	}
	return checkDirectory(info)
}

// open returns the database file, locked for this process: the one that is
// there or, with create, a new one if none is there.
func (p *place) open(options Options, create bool) (*os.File, error) {
	if create {
		file, err := p.root.OpenFile(p.name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
		if err == nil {
			return p.claim(file, options)
		}
		if !errors.Is(err, fs.ErrExist) {
			return nil, inDirectory(err)
		}
	}
	file, err := p.openExisting(options.ReadOnly)
	if err != nil {
		return nil, err
	}
	return p.claim(file, options)
}

func (p *place) openExisting(readOnly bool) (*os.File, error) {
	info, err := p.root.Lstat(p.name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, ErrMissing
	case err != nil:
		return nil, fmt.Errorf("%w: %v", kv.ErrUnavailable, err)
	case info.Mode()&fs.ModeSymlink != 0:
		return nil, fmt.Errorf("%w: it is a symbolic link: name the file itself", ErrExposed)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%w: not a regular file", ErrForeign)
	}
	if err := checkAccess(info); err != nil {
		return nil, err
	}
	if readOnly {
		file, err := p.root.OpenFile(p.name, os.O_RDONLY, 0)
		if err != nil {
			return nil, fmt.Errorf("%w: %v", kv.ErrUnavailable, err)
		}
		return file, nil
	}
	file, err := p.root.OpenFile(p.name, os.O_RDWR, 0)
	if err != nil {
		return nil, translate(err)
	}
	return file, nil
}

// claim makes sure that nobody else can get at the open file and locks it. It
// closes the file if that fails.
func (p *place) claim(file *os.File, options Options) (*os.File, error) {
	err := p.checkFile(file)
	if err == nil {
		err = p.lock(file, options)
	}
	if err == nil && p.checkFile(file) != nil {
		// Who held the lock put another file in its place before letting go.
		err = fmt.Errorf("%w (%w)", ErrRemoved, kv.ErrUnavailable)
	}
	if err != nil {
		_ = file.Close() // nothing was written
		return nil, err
	}
	return file, nil
}

func (p *place) checkFile(file *os.File) error {
	opened, err := file.Stat()
	if err != nil {
		return fmt.Errorf("%w: %v", kv.ErrUnavailable, err)
	}
	named, err := p.root.Lstat(p.name)
	if err != nil || !os.SameFile(opened, named) {
		return fmt.Errorf("%w: it was replaced while being opened", ErrExposed)
	}
	return checkAccess(opened)
}

// lockPause is how long to wait between two attempts at the lock.
const lockPause = 20 * time.Millisecond

// lock takes the lock that bbolt will take again on the same open file, which
// then is granted at once. Having it before bbolt looks at the file means that
// nobody is half-way through writing what is judged here.
func (p *place) lock(file *os.File, options Options) error {
	for waited := time.Duration(0); ; waited += lockPause {
		locked, err := tryLock(file, options.ReadOnly)
		if err != nil {
			return fmt.Errorf("%w: lock: %v", kv.ErrUnavailable, err)
		}
		if locked {
			return nil
		}
		if waited >= options.LockTimeout {
			return &HeldError{Holder: p.readHolder(options.Holder.Host)}
		}
		time.Sleep(lockPause)
	}
}

// sync makes the directory remember the file after a power cut.
func (p *place) sync() error {
	dir, err := p.root.Open(".")
	if err != nil {
		return fmt.Errorf("%w: %v", kv.ErrUnavailable, err)
	}
	defer dir.Close()
	return translate(syncDirectory(dir))
}

// inDirectory explains why a file cannot be made.
func inDirectory(err error) error {
	err = translate(err)
	if errors.Is(err, kv.ErrReadOnly) {
		return fmt.Errorf("%w: %v", ErrReadOnlyDirectory, err)
	}
	return err
}
