// Package anchor keeps signed checkpoints of the journal outside the database.
//
// A journal cannot see that its own end was cut off. Whoever remembers a
// checkpoint elsewhere can: in a [File] beside the keys or on another machine's
// disk, and as a line in a [Log] that a log service carries away.
//
// A file holds signed notes (C2SP tlog-checkpoint), each behind an empty line. The
// largest counts. Where sizes step down to a note that was signed later, people
// accepted an older journal.
package anchor

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"schalter/store/journal"
)

// maxFile and keepFile bound a file, in bytes: beyond maxFile the oldest notes go
// until keepFile is left, about 200 notes.
const (
	maxFile  = 256 << 10
	keepFile = 128 << 10
)

// File is an anchor that is read again at the next start. Its value is the path.
type File string

var errNoFile = errors.New("not a regular file")

// Name implements store.Anchor.
func (f File) Name() string { return string(f) }

// Notes implements store.Anchor: what was kept, oldest first. A file that is not
// there yet has none; a note that was cut off while it was written is left out.
func (f File) Notes() ([][]byte, error) {
	info, err := os.Stat(string(f))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil && !info.Mode().IsRegular() { // a pipe would keep the start waiting for ever
		err = errNoFile
	}
	if err != nil {
		return nil, fmt.Errorf("read anchor: %w", err)
	}
	file, err := os.Open(string(f))
	if err != nil {
		return nil, fmt.Errorf("read anchor: %w", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, 2*maxFile))
	if err != nil {
		return nil, fmt.Errorf("read anchor: %w", err)
	}
	return Parse(data), nil
}

// origin begins the first line of a note, signature its last ones.
const (
	origin    = "schalter/"
	signature = "— "
)

// Parse takes the notes of a file apart, oldest first. What a power cut left of one is left
// out: a note begins with its origin and ends with signature lines.
func Parse(data []byte) [][]byte {
	var notes [][]byte
	var note []byte
	signed := false
	finish := func() {
		if signed && bytes.HasSuffix(note, []byte("\n")) {
			notes = append(notes, note)
		}
		note, signed = nil, false
	}
	for line := range bytes.Lines(data) {
		is := bytes.HasPrefix(line, []byte(signature))
		if signed && !is || bytes.HasPrefix(line, []byte(origin)) {
			finish()
		}
		if note != nil || bytes.HasPrefix(line, []byte(origin)) {
			note, signed = append(note, line...), is
		}
	}
	finish()
	return notes
}

// Append implements store.Anchor: the note is on the disk when it returns.
func (f File) Append(note []byte, _ journal.Checkpoint) error {
	data := append([]byte{'\n'}, note...) // a line that was cut off ends here
	info, err := os.Stat(string(f))
	switch {
	case err == nil && !info.Mode().IsRegular():
		err = errNoFile
	case err == nil && info.Size()+int64(len(data)) > maxFile:
		err = f.shorten(data)
	case err == nil || errors.Is(err, fs.ErrNotExist):
		err = appendSynced(string(f), data)
	}
	if err != nil {
		return fmt.Errorf("write anchor: %w", err)
	}
	return nil
}

// shorten replaces the file by its newest notes and one more, whole or not at
// all.
func (f File) shorten(last []byte) error {
	notes, err := f.Notes()
	if err != nil {
		return err
	}
	kept, first := len(last), len(notes)
	for first > 0 && kept+len(notes[first-1]) < keepFile {
		first--
		kept += len(notes[first]) + 1
	}
	var data []byte
	for _, note := range notes[first:] {
		data = append(append(data, '\n'), note...)
	}
	temporary := string(f) + ".new"
	if err := os.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := appendSynced(temporary, append(data, last...)); err != nil {
		return err
	}
	return os.Rename(temporary, string(f))
}

// appendSynced writes behind the end of a file. The folder is synced, too, when
// the file is new: otherwise its name could be lost.
func appendSynced(path string, data []byte) error {
	_, missing := os.Lstat(path)
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil || missing == nil {
		return err
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	_ = dir.Sync() // not every file system can
	return dir.Close()
}

// Log writes one line for every checkpoint, for a log service to carry to
// another machine. It is not read again. Its value is the path.
type Log string

// Name implements store.Anchor.
func (l Log) Name() string { return string(l) }

// Notes implements store.Anchor: a log is for others to read.
func (l Log) Notes() ([][]byte, error) { return nil, nil }

// Append implements store.Anchor. The line ends with the whole note in base 64:
// decoded, it is what `schalter journal verify --checkpoint` reads.
func (l Log) Append(note []byte, c journal.Checkpoint) error {
	line := fmt.Sprintf("schalter checkpoint time=%s origin=%s size=%d mark=%s note=%s\n",
		c.Time.UTC().Format(time.RFC3339), c.Origin, c.Size, c.Mark(), base64.StdEncoding.EncodeToString(note))
	if err := appendSynced(string(l), []byte(line)); err != nil {
		return fmt.Errorf("write anchor: %w", err)
	}
	return nil
}
