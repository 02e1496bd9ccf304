package main

import (
	"context"

	"schalter/domain/plain"
	"schalter/store/journal"
	"schalter/store/keyfolder"
)

// continues finds out whether backup and branch share one past: the journal that
// is here and the anchors outside must agree with the backup's as far as both
// reach. A copy that others went on with elsewhere, and gave themselves rights in,
// proves as genuine as any other: it shows here only. People who know why the two
// part may say so.
func (r *restoration) continues(ctx context.Context, keys *keyfolder.Folder) error {
	where, err := r.partsFrom(ctx, keys)
	if err != nil || where == "" {
		return err
	}
	if r.parts = r.diverged; r.parts {
		return nil
	}
	p := r.program
	return p.refused(p.say("Das Protokoll der Sicherung ist ein anderes als das, was hier war: ", "The journal of the backup is another than what was here: ")+where,
		p.say("Woanders weitergeführt? Nur wenn beide wissen, warum: --diverged; es steht dann im Protokoll.",
			"Was it gone on with elsewhere? Only if both know why: --diverged; the journal says so then."))
}

// partsFrom names what contradicts the backup; "" if nothing does.
func (r *restoration) partsFrom(ctx context.Context, keys *keyfolder.Folder) (string, error) {
	if r.old != nil {
		size := min(r.oldSize, r.proven.Size)
		there, err := r.old.RootAt(ctx, size)
		if err != nil {
			return "", err
		}
		here, err := r.store.RootAt(ctx, size)
		if err != nil {
			return "", err
		}
		if there != here {
			return r.place, nil
		}
	}
	for _, file := range r.program.anchorFiles() {
		notes, _ := file.Notes() // one that cannot be read is told at the end
		known := newestUpTo(r.proven.Size, notes, keys)
		if known == nil {
			continue
		}
		root, err := r.store.RootAt(ctx, known.Size)
		if err != nil {
			return "", err
		}
		if root != known.Root {
			return plain.Clean(file.Name()), nil
		}
	}
	return "", nil
}

// newestUpTo is the checkpoint of an anchor that says most about a journal of a
// size: the longest that is not longer. What people once put an older journal in
// the place of does not count.
func newestUpTo(size int64, notes [][]byte, keys *keyfolder.Folder) *journal.Checkpoint {
	var line []journal.Checkpoint
	for _, note := range notes {
		c, err := journal.ParseSigned(note, keys.Verifiers())
		if err != nil {
			continue // not ours to judge by
		}
		for len(line) > 0 && line[len(line)-1].Size >= c.Size {
			line = line[:len(line)-1]
		}
		line = append(line, c)
	}
	for i := len(line) - 1; i >= 0; i-- {
		if line[i].Size <= size {
			return &line[i]
		}
	}
	return nil
}
