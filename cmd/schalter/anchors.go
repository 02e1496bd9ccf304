package main

import (
	"fmt"
	"path/filepath"

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

// anchorsToLook are the same where nothing is written: a database that is only
// looked at is judged by them as at a start.
func (p *program) anchorsToLook() []store.Anchor {
	var all []store.Anchor
	for _, file := range p.anchorFiles() {
		all = append(all, keptAsItIs{file})
	}
	return all
}

// keptAsItIs is an anchor that takes no note.
type keptAsItIs struct{ anchor.File }

// Append implements store.Anchor.
func (keptAsItIs) Append([]byte, journal.Checkpoint) error { return nil }

// remembered are the newest checkpoints in the anchor files, which today's journal
// must extend. Older ones may be of a journal that was replaced by a backup. A file
// that was named to judge by must be able to: one that is missing, or holds nothing
// that our keys signed, is an error.
func (p *program) remembered(known note.Verifiers) ([]journal.Anchor, error) {
	var all []journal.Anchor
	own := p.anchorFiles()[0]
	notes, err := own.Notes()
	if err != nil {
		p.tellAnchors([]store.AnchorState{{Name: own.Name(), Err: err}})
	}
	if c, text := store.Remembered(notes, known); text != nil {
		all = append(all, c)
	}
	for _, path := range p.flags.anchors {
		data, err := p.readAll(path, maxAnchor)
		if err != nil {
			return nil, err
		}
		c, text := store.Remembered(anchor.Parse(data), known)
		if text == nil {
			return nil, p.noCheckpoint(path)
		}
		all = append(all, c)
	}
	return all, nil
}

// maxAnchor bounds an anchor file, in bytes; ours stay far below.
const maxAnchor = 1 << 20

// tellAnchors warns of anchors that could not be read or written. The work went
// on without them.
func (p *program) tellAnchors(states []store.AnchorState) {
	for _, s := range states {
		if s.Err != nil {
			_, _ = fmt.Fprintf(p.stderr, p.say("schalter: Anker nicht erreicht: %s\n", "schalter: anchor not reached: %s\n"), plain.Clean(s.Name))
		}
	}
}
