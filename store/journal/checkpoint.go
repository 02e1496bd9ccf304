package journal

import (
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Checkpoint says what the journal was at one moment. Its text is that of
// C2SP tlog-checkpoint, with two kinds of extension lines:
//
//	schalter/<store id>
//	<size>
//	<root, base64>
//	time 2026-03-02T08:15:00Z
//	records <prefix> <count>
//
// one records line for every prefix, in order. It is signed as a note
// (C2SP signed-note, Ed25519).
type Checkpoint struct {
	// Origin names the journal, see [Origin].
	Origin string
	// Size is the number of entries, Root the tree's hash over them.
	Size int64
	Root tlog.Hash
	// Time is when it was signed, to the second, in UTC.
	Time time.Time
	// Records counts the keys with a value by what their prefix is called:
	// lower-case letters, digits, hyphens. Only prefixes whose every write has
	// an entry are counted; a missing one counts as 0.
	Records map[string]uint64
}

// Sign returns the signed note. The signer's name must be the origin. It
// returns [ErrMalformed] for a checkpoint whose text could not be read back.
func (c Checkpoint) Sign(signer note.Signer) ([]byte, error) {
	text := c.text()
	back, err := parseText(text)
	if err != nil || back.text() != text || !maps.Equal(back.Records, c.Records) {
		return nil, fmt.Errorf("sign checkpoint: %w", ErrMalformed)
	}
	if signer.Name() != c.Origin {
		return nil, fmt.Errorf("sign checkpoint of %s: the key is named %s", c.Origin, signer.Name())
	}
	signed, err := note.Sign(&note.Note{Text: text}, signer)
	if err != nil {
		return nil, fmt.Errorf("sign checkpoint: %w", err)
	}
	return signed, nil
}

// ParseSigned returns the checkpoint of a note signed by one of the keys known.
// It returns [ErrSignature], [ErrUnknownKey] or [ErrMalformed] for a text [Checkpoint.Sign]
// would not have made or one signed under another name than its origin.
func ParseSigned(signed []byte, known note.Verifiers) (Checkpoint, error) {
	opened, err := note.Open(signed, known)
	if err != nil {
		return Checkpoint{}, signatureError(err)
	}
	c, err := parseText(opened.Text)
	if err != nil || c.text() != opened.Text || opened.Sigs[0].Name != c.Origin {
		return Checkpoint{}, fmt.Errorf("checkpoint: %w", ErrMalformed)
	}
	return c, nil
}

// signatureError tells a note with a wrong or unknown signature from one that
// is no note.
func signatureError(err error) error {
	var unverified *note.UnverifiedNoteError
	var invalid *note.InvalidSignatureError
	switch {
	case errors.As(err, &unverified):
		return ErrUnknownKey
	case errors.As(err, &invalid):
		return ErrSignature
	}
	return fmt.Errorf("checkpoint: %w", ErrMalformed)
}

func (c Checkpoint) text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%d\n%s\n", c.Origin, c.Size, base64.StdEncoding.EncodeToString(c.Root[:]))
	fmt.Fprintf(&b, "time %s\n", c.Time.UTC().Format(time.RFC3339))
	for _, prefix := range slices.Sorted(maps.Keys(c.Records)) {
		fmt.Fprintf(&b, "records %s %d\n", prefix, c.Records[prefix])
	}
	return b.String()
}

var (
	originForm = regexp.MustCompile(`^schalter/[0-9a-f]{32}$`)
	prefixForm = regexp.MustCompile(`^[a-z0-9-]+$`)
)

// parseText reads the lines of text. Numbers may still have leading zeros and
// lines be out of order; whoever calls compares with what text would write.
func parseText(text string) (Checkpoint, error) {
	lines := strings.Split(text, "\n")
	if len(lines) < 5 || lines[len(lines)-1] != "" || !originForm.MatchString(lines[0]) {
		return Checkpoint{}, ErrMalformed
	}
	c := Checkpoint{Origin: lines[0]}
	var errSize, errRoot, errTime, errRecords error
	c.Size, errSize = strconv.ParseInt(lines[1], 10, 64)
	c.Root, errRoot = tlog.ParseHash(lines[2])
	stamp, isTime := strings.CutPrefix(lines[3], "time ")
	c.Time, errTime = time.Parse(time.RFC3339, stamp)
	c.Records, errRecords = parseRecords(lines[4 : len(lines)-1])
	if err := errors.Join(errSize, errRoot, errTime, errRecords); err != nil || !isTime || c.Size < 0 {
		return Checkpoint{}, ErrMalformed
	}
	return c, nil
}

func parseRecords(lines []string) (map[string]uint64, error) {
	records := make(map[string]uint64, len(lines))
	for _, line := range lines {
		rest, isRecords := strings.CutPrefix(line, "records ")
		prefix, digits, _ := strings.Cut(rest, " ")
		count, err := strconv.ParseUint(digits, 10, 64)
		if !isRecords || err != nil || !prefixForm.MatchString(prefix) {
			return nil, ErrMalformed
		}
		records[prefix] = count
	}
	return records, nil
}
