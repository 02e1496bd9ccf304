package keyfolder

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// maxFile is the most bytes a file of the folder can have.
const maxFile = 1024

// WideError means that others can reach the folder or a file in it. Keys that
// others could read may be known; closing the door is for a person to decide.
type WideError struct {
	Path string
	// Mode is what was found, Want what it must be.
	Mode, Want fs.FileMode
}

// Error names the command that helps.
func (e *WideError) Error() string {
	return fmt.Sprintf("%s is open to other users (mode %04o); run: chmod %o %s",
		e.Path, e.Mode, e.Want, shellQuoted(e.Path))
}

func shellQuoted(path string) string {
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}

// OtherStoreError means that the folder belongs to another database.
type OtherStoreError struct {
	Dir        string
	Have, Want [16]byte
}

// Error names both databases.
func (e *OtherStoreError) Error() string {
	return fmt.Sprintf("key folder %s belongs to database %s, not to %s",
		e.Dir, hex.EncodeToString(e.Have[:]), hex.EncodeToString(e.Want[:]))
}

// Create makes a folder with fresh keys at epoch 1 and returns it read back.
// The folder must be empty or not there; its parent must be. It returns
// [ErrExists] or [*WideError]. What a failed attempt wrote is removed again,
// and the file that marks the folder as finished comes last.
func Create(dir string, storeID [16]byte, random io.Reader) (*Folder, error) {
	keys, err := New(storeID, random)
	if err != nil {
		return nil, fmt.Errorf("create key folder: %w", err)
	}
	return keys.settle(dir)
}

// Renew adds a signing key and a pepper, each of the next epoch, to the folder of a
// database and returns it read back. The older ones stay. The verifier key comes
// last: until it is there the folder works as before, and Renew can be repeated,
// also while another one runs: each has epochs of its own. The errors are those of [Open].
func Renew(dir string, storeID [16]byte, random io.Reader) (*Folder, error) {
	old, err := Open(dir, storeID)
	if err != nil {
		return nil, err
	}
	fresh, err := New(storeID, random)
	if err != nil {
		return nil, fmt.Errorf("renew keys: %w", err)
	}
	root, err := openDir(dir)
	if err != nil {
		return nil, fmt.Errorf("renew keys: %w", err)
	}
	defer root.Close()
	sign, err := place(root, max(newest(old.signers), newest(old.publics)), signerFile, func(uint16) string { return fresh.signers[1] })
	if err == nil {
		_, err = place(root, newest(old.peppers), pepperFile, func(epoch uint16) string { return formatPepper(storeID, epoch, fresh.peppers[1]) })
	}
	if err == nil {
		err = writeFile(root, publicFile(sign), fresh.publics[1]+"\n")
	}
	if err != nil {
		return nil, fmt.Errorf("renew keys in %s: %w", dir, err)
	}
	return Open(dir, storeID)
}

// place writes a file of the first epoch behind last that nobody has taken, and
// returns the epoch. Another process may be renewing the folder, too.
func place(root *os.Root, last uint16, name func(epoch uint16) string, text func(epoch uint16) string) (uint16, error) {
	for epoch := last + 1; ; epoch++ {
		err := writeFile(root, name(epoch), text(epoch)+"\n")
		if !errors.Is(err, fs.ErrExist) || epoch == math.MaxUint16 {
			return epoch, err
		}
	}
}

// emptyDir opens dir, making it if need be.
func emptyDir(dir string) (*os.Root, error) {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	root, err := openDir(dir)
	if err != nil {
		return nil, err
	}
	entries, err := fs.ReadDir(root.FS(), ".")
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("%w: %s", ErrExists, dir)
	}
	if err != nil {
		root.Close()
		return nil, err
	}
	return root, nil
}

// write writes the files into an empty folder.
func (f *Folder) write(root *os.Root) error {
	files := f.Files()
	names := slices.DeleteFunc(slices.Sorted(maps.Keys(files)), func(name string) bool { return name == storeFile })
	for i, name := range append(names, storeFile) {
		if err := writeFile(root, name, files[name]); err != nil {
			for _, written := range names[:i] {
				root.Remove(written)
			}
			return err
		}
	}
	return nil
}

// Files returns the folder's files by their names, for a backup.
func (f *Folder) Files() map[string]string {
	files := map[string]string{storeFile: formatStore(f.storeID)}
	for epoch, text := range f.signers {
		files[signerFile(epoch)] = text + "\n"
	}
	for epoch, text := range f.publics {
		files[publicFile(epoch)] = text + "\n"
	}
	for epoch, pepper := range f.peppers {
		files[pepperFile(epoch)] = formatPepper(f.storeID, epoch, pepper) + "\n"
	}
	return files
}

// Install makes a folder of the files that [Folder.Files] returned, and returns
// it read back. The conditions and errors are those of [Create] and [Open].
func Install(dir string, storeID [16]byte, files map[string]string) (*Folder, error) {
	keys := empty(storeID)
	if have, ok := parseStore(files[storeFile]); !ok || have != storeID {
		return nil, fmt.Errorf("install key folder: %w", damaged(storeFile))
	}
	for name, text := range files {
		if err := keys.take(name, text); err != nil {
			return nil, fmt.Errorf("install key folder: %w", err)
		}
	}
	if err := keys.prepare(); err != nil {
		return nil, fmt.Errorf("install key folder: %w", err)
	}
	return keys.settle(dir)
}

// settle writes the keys into an empty folder and returns it read back.
func (f *Folder) settle(dir string) (*Folder, error) {
	root, err := emptyDir(dir)
	if err != nil {
		return nil, fmt.Errorf("create key folder: %w", err)
	}
	defer root.Close()
	if err := f.write(root); err != nil {
		return nil, fmt.Errorf("create key folder %s: %w", dir, err)
	}
	return Open(dir, f.storeID)
}

// writeFile makes a file appear whole and lasting, or not at all. It never takes
// the place of one that is there, for which it returns [fs.ErrExist].
func writeFile(root *os.Root, name, text string) error {
	temporary := "." + name + "." + rand.Text() + ".new" // others write here, too
	err := writeSynced(root, temporary, text)
	if err == nil {
		err = root.Link(temporary, name)
	}
	root.Remove(temporary)
	if err != nil {
		return err
	}
	return syncDir(root)
}

func writeSynced(root *os.Root, name, text string) error {
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

func syncDir(root *os.Root) error {
	if runtime.GOOS == "windows" { // which cannot, and keeps names in its own journal
		return nil
	}
	dir, err := root.Open(".")
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

// Open reads the folder of a database. It returns [ErrMissing],
// [*WideError], [*OtherStoreError] or [ErrDamaged]. Files with other names than
// the folder's own are left alone.
func Open(dir string, storeID [16]byte) (*Folder, error) {
	root, err := openDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s", ErrMissing, dir)
	}
	if err != nil {
		return nil, fmt.Errorf("open key folder: %w", err)
	}
	defer root.Close()
	if err := checkStore(root, storeID); err != nil {
		return nil, err
	}
	keys, err := read(root, storeID)
	if err == nil {
		err = keys.prepare()
	}
	if err != nil {
		return nil, fmt.Errorf("open key folder %s: %w", dir, err)
	}
	return keys, nil
}

// openDir opens a directory nobody else can reach.
func openDir(dir string) (*os.Root, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	info, err := root.Stat(".")
	if err == nil {
		err = checkMode(dir, info, 0o700)
	}
	if err != nil {
		root.Close()
		return nil, err
	}
	return root, nil
}

func checkMode(path string, info fs.FileInfo, want fs.FileMode) error {
	if runtime.GOOS == "windows" { // where these bits say nothing
		return nil
	}
	if mode := info.Mode().Perm(); mode&^want != 0 {
		return &WideError{Path: path, Mode: mode, Want: want}
	}
	return nil
}

func checkStore(root *os.Root, want [16]byte) error {
	text, err := readFile(root, storeFile)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%w: %s", ErrMissing, root.Name())
	}
	if err != nil {
		return fmt.Errorf("open key folder: %w", err)
	}
	have, ok := parseStore(text)
	if !ok {
		return fmt.Errorf("open key folder %s: %w", root.Name(), damaged(storeFile))
	}
	if have != want {
		return &OtherStoreError{Dir: root.Name(), Have: have, Want: want}
	}
	return nil
}

func read(root *os.Root, storeID [16]byte) (*Folder, error) {
	keys := empty(storeID)
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		if err := keys.readEntry(root, entry.Name()); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

func (f *Folder) readEntry(root *os.Root, name string) error {
	if signer, public, pepper := epochs(name); signer+public+pepper == 0 {
		return nil
	}
	text, err := readFile(root, name)
	if err != nil {
		return err
	}
	return f.take(name, text)
}

// epochs returns the epoch a file name stands for in each of the three kinds.
func epochs(name string) (signer, public, pepper uint16) {
	return epochOf(name, signerFile), epochOf(name, publicFile), epochOf(name, pepperFile)
}

// take takes over what a file holds. One that is none of the keys is left alone.
func (f *Folder) take(name, text string) error {
	signer, public, pepper := epochs(name)
	line := strings.TrimSuffix(text, "\n")
	switch {
	case signer > 0:
		f.signers[signer] = line
	case public > 0:
		f.publics[public] = line
	case pepper > 0:
		value, ok := parsePepper(f.storeID, pepper, line)
		if !ok {
			return damaged(name)
		}
		f.peppers[pepper] = value
	}
	return nil
}

// readFile reads a small plain file nobody else can reach.
func readFile(root *os.Root, name string) (string, error) {
	info, err := root.Lstat(name)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() || info.Size() > maxFile {
		return "", damaged(name)
	}
	if err := checkMode(filepath.Join(root.Name(), name), info, 0o600); err != nil {
		return "", err
	}
	text, err := root.ReadFile(name)
	return string(text), err
}
