package main

import (
	"fmt"
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

// remembered are the newest checkpoints in the anchor files, which today's journal
// must extend. Older ones may be of a journal that was replaced by a backup.
func (p *program) remembered(known note.Verifiers) []journal.Anchor {
	var all []journal.Anchor
	for _, file := range p.anchorFiles() {
		notes, err := file.Notes()
		if err != nil {
			p.tellAnchors([]store.AnchorState{{Name: file.Name(), Err: err}})
		}
		for _, text := range slices.Backward(notes) {
			if c, err := journal.ParseSigned(text, known); err == nil { // others are not ours to judge by
				all = append(all, c)
				break
			}
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
