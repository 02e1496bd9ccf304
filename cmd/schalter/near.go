package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"schalter/cmd/internal/control"
)

// ownFiles are the files of this process. Commands reach the files that somebody
// named through [program.files] only: they may be those of another process.
type ownFiles struct{}

// Open implements control.Files.
func (ownFiles) Open(name string) (control.File, error) { return ownFileOf(os.Open(name)) }

// Create implements control.Files.
func (ownFiles) Create(name string) (control.File, error) {
	return ownFileOf(os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600))
}

// Remove implements control.Files.
func (ownFiles) Remove(name string) error { return os.Remove(name) }

// Look implements control.Files.
func (ownFiles) Look(name string) (control.Info, error) { return infoOf(os.Lstat(name)) }

// Settle implements control.Files. Where there are no links, as on many sticks,
// it looks before it renames.
func (ownFiles) Settle(draft, name string) error {
	err := place(draft, name)
	if err != nil && !errors.Is(err, fs.ErrExist) {
		if _, there := os.Lstat(name); there == nil {
			return fs.ErrExist
		}
		err = os.Rename(draft, name)
	}
	if err != nil {
		return err
	}
	_ = syncDir(filepath.Dir(name)) // not every file system can
	return nil
}

// ownFile is an open file of this process.
type ownFile struct{ *os.File }

func ownFileOf(file *os.File, err error) (control.File, error) {
	if err != nil {
		return nil, err
	}
	return ownFile{file}, nil
}

// Stat implements control.File.
func (f ownFile) Stat() (control.Info, error) { return infoOf(f.File.Stat()) }

func infoOf(info fs.FileInfo, err error) (control.Info, error) {
	if err != nil {
		return control.Info{}, err
	}
	return control.Info{Mode: info.Mode(), Size: info.Size(), Ours: ownedByUs(info)}, nil
}
