package bolt

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode"
)

// Holder is who has a database file open, as the file beside it says that is
// named like the database with ".holder" at the end:
//
//	{"pid":4711,"user":"kasse","host":"gs-12","since":"2026-11-21T08:02:11+01:00"}
//
// It only explains. What keeps others out is the lock, so a holder file that is
// missing or stale does no harm.
type Holder struct {
	// PID is the process id.
	PID int `json:"pid"`
	// User is the name of the account; empty if unknown.
	User string `json:"user,omitempty"`
	// Host is the name of the machine; empty if unknown.
	Host string `json:"host,omitempty"`
	// Since is when the file was opened; zero if unknown.
	Since time.Time `json:"since,omitzero"`
}

// String returns the holder for an error text.
func (h Holder) String() string {
	var text strings.Builder
	fmt.Fprintf(&text, "process %d", h.PID)
	if h.User != "" {
		fmt.Fprintf(&text, " of %s", h.User)
	}
	if h.Host != "" {
		fmt.Fprintf(&text, " on %s", h.Host)
	}
	if !h.Since.IsZero() {
		fmt.Fprintf(&text, " since %s", h.Since.Format("2006-01-02 15:04"))
	}
	return text.String()
}

const maxHolderFile = 4096

// writeHolder leaves the note for others. It goes to a new file that takes the
// name of an older one, so that nobody reads half of it and no symbolic link
// is followed.
func (p *place) writeHolder(h Holder) error {
	note, err := json.Marshal(h)
	if err != nil {
		return fmt.Errorf("holder file: %w", err)
	}
	draft := p.holderName() + ".new"
	_ = p.root.Remove(draft) // of a process that died here
	file, err := p.root.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return inDirectory(err)
	}
	_, err = file.Write(append(note, '\n'))
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = p.root.Rename(draft, p.holderName())
	}
	if err != nil {
		_ = p.root.Remove(draft)
		return inDirectory(err)
	}
	return nil
}

// readHolder returns who holds the file as far as can be told. A note of a
// process that no longer runs on this host is one it had no time to remove.
func (p *place) readHolder(host string) *Holder {
	info, err := p.root.Lstat(p.holderName())
	if err != nil || !info.Mode().IsRegular() {
		return nil
	}
	file, err := p.root.Open(p.holderName())
	if err != nil {
		return nil
	}
	defer file.Close()
	note, err := io.ReadAll(io.LimitReader(file, maxHolderFile))
	if err != nil {
		return nil
	}
	h := parseHolder(note)
	if h != nil && h.Host == host && !running(h.PID) {
		return nil
	}
	return h
}

// parseHolder reads a note that anybody may have written: its texts end up on
// a terminal.
func parseHolder(note []byte) *Holder {
	var h Holder
	if err := json.Unmarshal(note, &h); err != nil || h.PID <= 0 {
		return nil
	}
	if !printable(h.User) || !printable(h.Host) {
		return nil
	}
	return &h
}

func printable(s string) bool {
	return len(s) <= 255 && strings.IndexFunc(s, func(r rune) bool { return r == unicode.ReplacementChar || !unicode.IsGraphic(r) }) < 0
}

func (p *place) removeHolder() { _ = p.root.Remove(p.holderName()) } // a stale one is tolerated

func (p *place) holderName() string { return p.name + ".holder" }
