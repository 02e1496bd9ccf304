// Package backup is the backup file: a copy of the database, encrypted so that
// only the holder of a key that is kept elsewhere can open it.
//
// The file is an age file (age-encryption.org/v1, binary) to any number of
// recipients. Inside is a tar archive with, in this order,
//
//	manifest.json    what the copy is one of, see [Manifest]
//	schalter.db      the database as it was at one moment, sealed as it is
//	keys/…           the files of the key folder, only if they were asked for
//	end.json         {"image_sha256":"…"}: nothing is missing before it
//
// so that with the program age and tar alone the database can be taken out:
//
//	age -d -i KEYFILE backup.age | tar x
//
// age notices every changed, missing and added byte, but not who wrote the file:
// anybody may encrypt to a recipient. That the copy is genuine is for the
// journal's signed checkpoints to say.
package backup

import (
	"archive/tar"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"filippo.io/age"
)

// Why a file cannot be read as a backup.
var (
	// ErrForeign means that it is no backup.
	ErrForeign = errors.New("not a backup of this program")
	// ErrIdentity means that none of the identities opens it.
	ErrIdentity = errors.New("no identity opens this backup")
	// ErrDamaged means that bytes of it are missing, changed or too many.
	ErrDamaged = errors.New("the backup is damaged or not complete")
	// ErrNewer means that a newer version of the program wrote it.
	ErrNewer = errors.New("written by a newer version of this program")
)

// format is the version of the layout in the package comment.
const format = 1

// The names in the archive.
const (
	manifestName = "manifest.json"
	imageName    = "schalter.db"
	keysPrefix   = "keys/"
	endName      = "end.json"
)

// maxSmall bounds every member of the archive but the image, in bytes.
const maxSmall = 1 << 20

// Manifest says what a backup is one of.
type Manifest struct {
	// Format is the version of the file's layout.
	Format int `json:"format"`
	// Program is the version of the program that wrote it.
	Program string `json:"program"`
	// Taken is when, in UTC.
	Taken time.Time `json:"taken"`
	// Store is the id of the database in hex, Schema its layout.
	Store  string `json:"store"`
	Schema uint32 `json:"schema"`
	// Entries is the size of the journal, Root the hash of its tree in hex, and
	// Mark both in short.
	Entries uint64 `json:"entries"`
	Root    string `json:"root"`
	Mark    string `json:"mark"`
	// Checkpoint is the newest signed note in the journal, "" if there is none.
	Checkpoint string `json:"checkpoint,omitempty"`
	// Records are the record counts by kind.
	Records map[string]uint64 `json:"records"`
	// ImageSize is the length of the database in bytes.
	ImageSize int64 `json:"image_size"`
	// Keys says that the key folder is in it, too.
	Keys bool `json:"keys"`
}

type ending struct {
	ImageSHA256 string `json:"image_sha256"`
}

// Write writes a backup. The image must give the size that the manifest states;
// keys are the files of the key folder by name, or nil. An error of w or of the
// image is passed on.
func Write(w io.Writer, to []age.Recipient, m Manifest, image func(io.Writer) error, keys map[string]string) error {
	out := &sink{to: w}
	if err := write(out, to, m, image, keys); err != nil {
		return fmt.Errorf("backup: %w", out.or(err))
	}
	return nil
}

func write(w io.Writer, to []age.Recipient, m Manifest, image func(io.Writer) error, keys map[string]string) error {
	encrypted, err := age.Encrypt(w, to...)
	if err != nil {
		return err
	}
	m.Format, m.Keys = format, len(keys) > 0
	archive := &writer{tar: tar.NewWriter(encrypted), taken: m.Taken}
	archive.object(manifestName, m)
	sum := archive.image(m.ImageSize, image)
	for _, name := range slices.Sorted(maps.Keys(keys)) {
		archive.file(keysPrefix+name, []byte(keys[name]))
	}
	archive.object(endName, ending{ImageSHA256: sum})
	if archive.err == nil {
		archive.err = archive.tar.Close()
	}
	if archive.err == nil {
		archive.err = encrypted.Close()
	}
	return archive.err
}

// writer writes members until one fails.
type writer struct {
	tar   *tar.Writer
	taken time.Time
	err   error
}

func (a *writer) head(name string, size int64) {
	if a.err == nil {
		a.err = a.tar.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: size, ModTime: a.taken.Truncate(time.Second), Typeflag: tar.TypeReg})
	}
}

func (a *writer) file(name string, content []byte) {
	a.head(name, int64(len(content)))
	if a.err == nil {
		_, a.err = a.tar.Write(content)
	}
}

func (a *writer) object(name string, v any) {
	content, err := json.MarshalIndent(v, "", "  ")
	if a.err == nil {
		a.err = err
	}
	a.file(name, append(content, '\n'))
}

func (a *writer) image(size int64, image func(io.Writer) error) (sum string) {
	a.head(imageName, size)
	if a.err != nil {
		return ""
	}
	hash := sha256.New()
	a.err = image(io.MultiWriter(a.tar, hash))
	return hex.EncodeToString(hash.Sum(nil))
}

// Contents is what was read beside the image.
type Contents struct {
	Manifest Manifest
	// Keys are the files of the key folder by name; nil if there are none.
	Keys map[string]string
}

// Read takes a backup apart. Once the manifest is read, into says where the image
// goes, or why it is not wanted. Nothing of what it wrote is good before Read
// returns without an error: ErrForeign, ErrIdentity, ErrDamaged, ErrNewer, or
// those of r, of into and of what it returned, which are passed on.
func Read(r io.Reader, with []age.Identity, into func(Manifest) (io.Writer, error)) (Contents, error) {
	c, err := read(r, with, into)
	if err != nil {
		return Contents{}, fmt.Errorf("read backup: %w", err)
	}
	return c, nil
}

func read(r io.Reader, with []age.Identity, into func(Manifest) (io.Writer, error)) (Contents, error) {
	from := &source{from: r}
	decrypted, err := decrypt(from, with)
	if err != nil {
		return Contents{}, from.or(err)
	}
	a := &reader{tar: tar.NewReader(decrypted), from: from}
	var c Contents
	if err := a.object(manifestName, &c.Manifest); err != nil {
		return c, err
	}
	if c.Manifest.Format > format {
		return c, ErrNewer
	}
	if c.Manifest.Format < 1 || c.Manifest.ImageSize <= 0 {
		return c, ErrForeign
	}
	w, err := into(c.Manifest)
	if err != nil {
		return c, err
	}
	sum := sha256.New()
	if err := a.image(c.Manifest.ImageSize, w, sum); err != nil {
		return c, err
	}
	if c.Keys, err = a.rest(hex.EncodeToString(sum.Sum(nil))); err != nil {
		return c, err
	}
	// Reading on to the end makes age look at the last chunk, too.
	if n, err := io.Copy(io.Discard, decrypted); err != nil || n > maxSmall {
		return c, from.or(ErrDamaged)
	}
	return c, nil
}

// intro is how every age file begins.
const intro = "age-encryption.org/v1\n"

func decrypt(r io.Reader, with []age.Identity) (io.Reader, error) {
	begin := make([]byte, len(intro))
	if _, err := io.ReadFull(r, begin); err != nil || string(begin) != intro {
		return nil, ErrForeign
	}
	decrypted, err := age.Decrypt(io.MultiReader(bytes.NewReader(begin), r), with...)
	var none *age.NoIdentityMatchError
	switch {
	case errors.As(err, &none):
		return nil, ErrIdentity
	case err != nil:
		return nil, ErrDamaged
	}
	return decrypted, nil
}

// source remembers the error of the file itself, so that it is not taken for
// damage.
type source struct {
	from io.Reader
	err  error
}

func (s *source) Read(p []byte) (int, error) {
	n, err := s.from.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return n, err
}

// or returns the error of the file, or else the other one.
func (s *source) or(err error) error {
	if s.err != nil {
		return s.err
	}
	return err
}

// reader reads the members in their order.
type reader struct {
	tar  *tar.Reader
	from *source
}

// next returns the name and size of the next member.
func (a *reader) next() (string, int64, error) {
	h, err := a.tar.Next()
	if err != nil || h.Typeflag != tar.TypeReg {
		return "", 0, a.from.or(ErrDamaged)
	}
	return h.Name, h.Size, nil
}

func (a *reader) content(size int64) ([]byte, error) {
	if size > maxSmall {
		return nil, ErrDamaged
	}
	content, err := io.ReadAll(a.tar)
	if err != nil || int64(len(content)) != size {
		return nil, a.from.or(ErrDamaged)
	}
	return content, nil
}

func (a *reader) object(name string, v any) error {
	got, size, err := a.next()
	if err != nil {
		return err
	}
	if got != name {
		return ErrForeign
	}
	content, err := a.content(size)
	if err != nil {
		return err
	}
	if json.Unmarshal(content, v) != nil {
		return ErrForeign
	}
	return nil
}

func (a *reader) image(want int64, w io.Writer, sum hash.Hash) error {
	name, size, err := a.next()
	if err != nil {
		return err
	}
	if name != imageName || size != want {
		return ErrDamaged
	}
	to := &sink{to: w}
	n, err := io.Copy(io.MultiWriter(to, sum), a.tar)
	if err != nil || n != want {
		return to.or(a.from.or(ErrDamaged))
	}
	return nil
}

// sink remembers the error of where something goes.
type sink struct {
	to  io.Writer
	err error
}

func (s *sink) Write(p []byte) (int, error) {
	var n int
	n, s.err = s.to.Write(p)
	return n, s.err
}

// or returns the error of where it goes, or else the other one.
func (s *sink) or(err error) error {
	if s.err != nil {
		return s.err
	}
	return err
}

// rest reads the keys and the ending.
func (a *reader) rest(sum string) (map[string]string, error) {
	var keys map[string]string
	for {
		name, size, err := a.next()
		if err != nil {
			return nil, err
		}
		content, err := a.content(size)
		if err != nil {
			return nil, err
		}
		if name == endName {
			var end ending
			if json.Unmarshal(content, &end) != nil || end.ImageSHA256 != sum {
				return nil, ErrDamaged
			}
			return keys, nil
		}
		file, ok := strings.CutPrefix(name, keysPrefix)
		if !ok || len(keys) == maxKeyFiles {
			return nil, ErrDamaged
		}
		if keys == nil {
			keys = map[string]string{}
		}
		keys[file] = string(content)
	}
}

// maxKeyFiles is more than a key folder ever has.
const maxKeyFiles = 1 << 12
