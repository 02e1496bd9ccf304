package main

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"golang.org/x/mod/sumdb/note"

	"schalter/domain/plain"
	"schalter/store"
	"schalter/store/anchor"
	"schalter/store/journal"
)

// anchorFile is the anchor in the key folder, which every database has.
const anchorFile = "anchor"

// anchorFiles are the files with checkpoints: the one beside the keys, and those
// that --anchor names.
func (p *program) anchorFiles() []anchor.File {
	files := []anchor.File{anchor.File(filepath.Join(p.keysPath(), anchorFile))}
	for _, path := range p.flags.anchors {
		files = append(files, anchor.File(path))
	}
	return files
}

// anchors are where checkpoints go.
func (p *program) anchors() []store.Anchor {
	var all []store.Anchor
	for _, file := range p.anchorFiles() {
		all = append(all, file)
	}
	if p.flags.anchorLog != "" {
		all = append(all, anchor.Log(p.flags.anchorLog))
	}
	return all
}

// remembered are the checkpoints in the anchor files that today's journal must
// extend: in each file from the end back as long as sizes fall. Where they do not,
// people accepted an older journal.
func (p *program) remembered(known note.Verifiers) []journal.Anchor {
	var all []journal.Anchor
	for _, file := range p.anchorFiles() {
		notes, err := file.Notes()
		if err != nil {
			p.tellAnchors([]store.AnchorState{{Name: file.Name(), Err: err}})
		}
		size := int64(math.MaxInt64)
		for _, text := range slices.Backward(notes) {
			c, err := journal.ParseSigned(text, known)
			if err != nil {
				continue // not ours to judge by
			}
			if c.Size >= size {
				break
			}
			size = c.Size
			all = append(all, c)
		}
	}
	return all
}

// tellAnchors warns of anchors that could not be read or written. The work went
// on without them.
func (p *program) tellAnchors(states []store.AnchorState) {
	for _, s := range states {
		if s.Err != nil {
			_, _ = fmt.Fprintf(p.stderr, p.say("schalter: Anker nicht erreicht: %s\n", "schalter: anchor not reached: %s\n"), plain.Clean(s.Name))
		}
	}
}
