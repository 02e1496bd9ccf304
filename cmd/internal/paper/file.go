package paper

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// File writes a file for each slip into a folder, for a hot folder of the
// printer's own or an agent of the same user. Whoever takes the file deletes it.
type File struct {
	// Folder is made (0700) when it is missing and its parent is there. One
	// that others may enter is refused.
	Folder string
	Form   Form // PDF unless it is FormText
}

// Name is the folder.
func (f File) Name() string { return f.Folder }

// Print writes beleg-CASE.pdf or .txt, readable by the owner only. The name
// appears when the whole content is on the disk; the same slip written again
// takes the place of the first.
func (f File) Print(ctx context.Context, s Slip) error {
	data, extension, err := f.Form.render(s)
	if err != nil {
		return failed(err)
	}
	if err := f.prepare(); err != nil {
		return failed(err)
	}
	if err := writeWhole(ctx, filepath.Join(f.Folder, "beleg-"+s.Case+extension), data); err != nil {
		return failed(err)
	}
	return nil
}

// Check reports whether slips can be written into the folder, so that it is known
// before the first one: the folder is made if it is missing, and must be private.
func (f File) Check() error { return f.prepare() }

// prepare makes the folder, or looks whether it is private.
func (f File) prepare() error {
	err := os.Mkdir(f.Folder, 0o700)
	if err == nil || !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Stat(f.Folder)
	switch {
	case err != nil:
		return err
	case !info.IsDir():
		return errors.New("folder of the slips: is no folder")
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		// Windows keeps no such bits; there the profile's access list guards.
		return errors.New("folder of the slips: open to others, want mode 0700")
	}
	return nil
}

// writeWhole puts data into a file at once: under another name first (0600),
// which is taken away if anything fails or ctx has ended.
func writeWhole(ctx context.Context, path string, data []byte) error {
	t, err := os.CreateTemp(filepath.Dir(path), ".beleg-*")
	if err != nil {
		return err
	}
	if err = fill(t, data); err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = os.Rename(t.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(t.Name()))
	}
	return nil
}

// fill writes data through to the disk and closes the file in any case.
func fill(f *os.File, data []byte) error {
	_, err := f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}
