package main

import (
	"bufio"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"

	"filippo.io/age"

	"schalter/cmd/internal/filecheck"
	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/rights"
	"schalter/store"
	"schalter/store/backup"
	"schalter/store/bolt"
	"schalter/store/journal"
	"schalter/store/keyfolder"
	"schalter/store/kv"
)

// restoration is one restore under way. It works in a file beside the database,
// which takes the database's name at the very end: whatever happens before leaves
// the old one in place.
type restoration struct {
	program     *program
	path        string // of the backup
	identities  []age.Identity
	marks       []journal.Anchor
	notes       [][]byte
	noteFiles   []string
	own, second desk.Credentials
	check       bool // only prove
	diverged    bool // a journal that parts from the one here will do

	place    string       // of the database
	old      *store.Store // the one that is there; nil if there is none that opens
	oldSize  int64        // of its journal
	oldMark  string       // where its journal ended
	there    bool         // there is a file
	draft    string       // where the backup is taken apart; "" before
	store    *store.Store // the draft, opened
	keysDir  string       // the key folder in use
	id       [16]byte     // of the store
	contents backup.Contents
	proven   journal.Report
	parts    bool // the backup's journal parts from the one that was here
	done     desk.Restored
	last     []byte // the newest checkpoint of the copy

	// Set at the end.
	replaced  bool   // the copy has the database's name: nothing takes it back
	kept      string // name of the old database, "" if there was none
	installed bool   // the key folder came out of the backup
}

// steps are what a restore does, in order. Only replace changes what a counter
// would open.
func (r *restoration) steps() []func(context.Context) error {
	switch {
	case r.check && r.own.Login == "":
		return []func(context.Context) error{r.takeApart, r.prove}
	case r.check:
		return []func(context.Context) error{r.takeApart, r.prove, r.openOnly}
	}
	return []func(context.Context) error{r.takePlace, r.takeApart, r.prove, r.sign, r.keepOld, r.settleKeys, r.replace, r.tellAnchors}
}

func (r *restoration) run(ctx context.Context) (err error) {
	p := r.program
	r.place = p.databasePath()
	defer func() { err = errors.Join(err, r.end()) }()
	for _, step := range r.steps() {
		if err := ctx.Err(); err != nil && !r.replaced {
			return err
		}
		if err := step(ctx); err != nil {
			return err
		}
	}
	if err := p.tellProven(r); err != nil || r.check {
		return err
	}
	return p.tellRestored(r)
}

// end lets go of everything and takes away what is not needed.
func (r *restoration) end() error {
	var err error
	if r.store != nil {
		err = r.store.Close()
	}
	if r.old != nil {
		err = errors.Join(err, r.old.Close())
	}
	if r.draft != "" {
		_ = os.Remove(r.draft)
		if r.kept != "" {
			_ = os.Remove(r.kept) // a second name of what is still in its place
		}
	}
	if r.keysDir != "" && r.keysDir != r.program.keysPath() {
		err = errors.Join(err, os.RemoveAll(r.keysDir))
	}
	return err
}

// takePlace holds the database that is there, so that nobody works in it
// meanwhile. One that is damaged is nobody's to work in.
func (r *restoration) takePlace(ctx context.Context) error {
	p := r.program
	if err := os.MkdirAll(filepath.Dir(r.place), 0o700); err != nil {
		return p.cannotMake(filepath.Dir(r.place))
	}
	_, err := os.Lstat(r.place)
	r.there = err == nil
	engine, err := bolt.Open(r.place, bolt.Options{Holder: p.holder()})
	switch {
	case errors.Is(err, bolt.ErrMissing), errors.Is(err, kv.ErrDamaged), errors.Is(err, bolt.ErrForeign):
		return nil
	case err != nil:
		return err
	}
	r.old, err = store.Open(ctx, engine, store.Options{Slots: p.slots, Random: p.random})
	if err != nil {
		return errors.Join(err, engine.Close())
	}
	image, err := r.old.Image(ctx)
	if err != nil {
		return err
	}
	defer image.Close()
	r.oldSize = int64(image.Entries)
	r.oldMark = journal.MarkOf(r.oldSize, image.Root).String()
	return nil
}

// takeApart decrypts the backup into a new file beside the database.
func (r *restoration) takeApart(ctx context.Context) error {
	p := r.program
	file, size, err := p.openBackup(r.path)
	if err != nil {
		return err
	}
	defer file.Close()
	var draft *os.File
	show := p.newProgress(size)
	show.start()
	defer show.clear()
	from := bufio.NewReaderSize(&untilDone{ctx, file}, 1<<20)
	r.contents, err = backup.Read(from, r.identities, func(m backup.Manifest) (io.Writer, error) {
		if err := r.wanted(m); err != nil {
			return nil, err
		}
		draft, err = r.makeDraft()
		return show.counting(draft), err
	})
	if draft != nil {
		if err == nil {
			err = draft.Sync()
		}
		err = errors.Join(err, draft.Close())
	}
	if known := p.backupFailure(r.path, err); known != nil {
		return known
	}
	return p.writeFailure(r.draft, err)
}

// wanted refuses a backup of another database than the one that is there.
func (r *restoration) wanted(m backup.Manifest) error {
	p := r.program
	if r.old == nil {
		return nil
	}
	if id := r.old.ID(); m.Store != hex.EncodeToString(id[:]) {
		return p.refused(p.say("Die Sicherung ist von einer anderen Datenbank als der, die hier liegt: ", "The backup is of another database than the one that is here: ")+r.place,
			p.say("--db nennt den richtigen Ort.", "--db names the right place."))
	}
	return nil
}

// makeDraft makes the file that the backup is taken apart into. To prove one
// nothing is written beside the database.
func (r *restoration) makeDraft() (*os.File, error) {
	p := r.program
	if r.check {
		file, err := os.CreateTemp("", "schalter-restore-")
		if err == nil {
			r.draft = file.Name()
		}
		return file, err
	}
	path := r.place + ".restoring"
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil, p.refused(p.say("Ein anderes Wiederherstellen läuft oder blieb stecken: ", "Another restore is running or was cut short: ")+path,
			p.say("Läuft keines mehr, dann ", "If none is running, ")+"rm "+quoted(path))
	case err != nil:
		return nil, p.cannotMake(path)
	}
	r.draft = path
	return file, nil
}

// untilDone ends reading with the context.
type untilDone struct {
	ctx context.Context
	r   io.Reader
}

func (u *untilDone) Read(b []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.r.Read(b)
}

// prove finds out whether the copy is whole and genuine: every page, the journal
// with all it speaks of, every count, against the keys and the anchors.
func (r *restoration) prove(ctx context.Context) error {
	p := r.program
	if _, err := filecheck.Run(ctx, r.draft, filecheck.Limits{}); err != nil {
		return r.doesNotStand(err)
	}
	engine, err := bolt.Open(r.draft, bolt.Options{Holder: p.holder()})
	if err != nil {
		return err
	}
	r.id = engine.StoreID()
	keys, err := r.keys(r.id)
	if err != nil {
		return errors.Join(err, engine.Close())
	}
	r.store, err = store.Open(ctx, engine, p.storeOptions(keys, p.slots))
	if err != nil {
		return errors.Join(err, engine.Close())
	}
	anchors := r.marks
	for i, note := range r.notes {
		checkpoint, err := journal.ParseSigned(note, keys.Verifiers())
		if err != nil {
			return p.noCheckpoint(r.noteFiles[i])
		}
		anchors = append(anchors, checkpoint)
	}
	show := p.newProgress(0)
	show.start()
	report, err := r.store.Verify(ctx, anchors, func(at journal.Progress) { show.at(int(at.Done), 0) })
	show.clear()
	if err == nil && report.Signed != report.Size { // a backup ends with a checkpoint
		err = &journal.Fault{Kind: journal.Unsigned, Seq: report.Size, Other: report.Signed}
	}
	if err != nil {
		return r.doesNotStand(err)
	}
	if err := r.agrees(ctx, report); err != nil {
		return err
	}
	r.proven = report
	return r.continues(ctx, keys)
}

// doesNotStand says what is wrong with a backup that is damaged in itself. Any
// other error is passed on.
func (r *restoration) doesNotStand(err error) error {
	p := r.program
	var (
		entries *journal.Fault
		file    *filecheck.Fault
		what    string
	)
	switch {
	case errors.As(err, &entries) && entries.Kind == journal.CheckpointKey:
		return p.refused(p.faultText(entries)+" "+r.keysDir,
			p.say("Ist der Schlüsselordner älter als die Sicherung? Seit `schalter rekey` braucht es den neuen; --keys nennt ihn.",
				"Is the key folder older than the backup? Since `schalter rekey` it takes the new one; --keys names it."))
	case errors.As(err, &entries):
		what = p.faultText(entries)
	case errors.As(err, &file) && file.Kind != filecheck.Damaged:
		return p.fileFailure(file)
	case errors.As(err, &file):
		what = p.fileFailure(file).what
	default:
		return err
	}
	return p.refused(p.say("Die Sicherung hält der Prüfung nicht stand. ", "The backup does not stand the test. ")+what,
		p.say("Es wurde nichts geändert. Eine andere Sicherung nehmen.", "Nothing was changed. Take another backup."))
}

// agrees compares what was found with what the manifest promises.
func (r *restoration) agrees(ctx context.Context, report journal.Report) error {
	image, err := r.store.Image(ctx)
	if err != nil {
		return err
	}
	defer image.Close()
	m, id := r.contents.Manifest, image.Store
	if m.Store != hex.EncodeToString(id[:]) || m.Schema != image.Schema || int64(m.Entries) != report.Size ||
		m.Root != hex.EncodeToString(report.Root[:]) || !maps.Equal(m.Records, image.Records) {
		return r.program.backupFailure(r.path, backup.ErrDamaged)
	}
	return nil
}

// keys opens the key folder: the one that is there or, where there is none, that
// of the backup, made beside its place. To prove one nothing is made there.
func (r *restoration) keys(id [16]byte) (*keyfolder.Folder, error) {
	p := r.program
	r.keysDir = p.keysPath()
	keys, err := keyfolder.Open(r.keysDir, id)
	if !errors.Is(err, keyfolder.ErrMissing) || r.contents.Keys == nil {
		return keys, err
	}
	if r.check {
		if r.keysDir, err = os.MkdirTemp("", "schalter-restore-keys-"); err != nil {
			return nil, err
		}
		return keyfolder.Install(r.keysDir, id, r.contents.Keys)
	}
	if r.keysDir, err = (&newcomer{program: p}).draft(p.keysPath()); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(r.keysDir), 0o700); err != nil {
		return nil, p.cannotMake(filepath.Dir(r.keysDir))
	}
	return keyfolder.Install(r.keysDir, id, r.contents.Keys)
}

// openAll has one person sign in by the copy's own slots, and opens every value.
func (r *restoration) openAll(ctx context.Context) (*desk.Desk, domain.Actor, error) {
	p := r.program
	d := p.serve(r.store).desk
	actor, err := d.Login(ctx, r.own, desk.Place{Channel: rights.Console, Branch: p.flags.branch, Seat: p.flags.seat})
	if err != nil {
		return nil, domain.Actor{}, err
	}
	show := p.newProgress(0)
	show.start()
	err = r.store.OpenEverything(ctx, func(done int) { show.at(done, 0) })
	show.clear()
	return d, actor, err
}

// openOnly opens every value of a copy that is thrown away.
func (r *restoration) openOnly(ctx context.Context) error {
	_, _, err := r.openAll(ctx)
	return err
}

// sign opens everything, and writes down who put what in the place of what. Then
// the copy is closed.
func (r *restoration) sign(ctx context.Context) error {
	d, actor, err := r.openAll(ctx)
	if err != nil {
		return err
	}
	object := "backup:" + r.contents.Manifest.Mark
	if r.oldMark != "" {
		object += " replaces:" + r.oldMark
	}
	if r.parts {
		object += " diverged"
	}
	r.done, err = d.Restore(ctx, actor, r.second, desk.Restoring{Object: object, Closed: func(login string) (bool, error) { return r.closed(ctx, login) }})
	if err != nil {
		return err
	}
	s := r.store
	r.store = nil
	if err := errors.Join(d.Close(ctx), s.Close()); err != nil {
		return err
	}
	return r.readLast(ctx)
}

// readLast reads the checkpoint with which closing the copy ended its journal.
func (r *restoration) readLast(ctx context.Context) error {
	engine, err := bolt.Open(r.draft, bolt.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	s, err := store.Open(ctx, engine, store.Options{Slots: r.program.slots, Random: r.program.random})
	if err != nil {
		return errors.Join(err, engine.Close())
	}
	image, err := s.Image(ctx)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	r.last = image.Checkpoint
	image.Close()
	return s.Close()
}

// closed reports whether a login has no slot any more in the database that is
// there. That can be seen without its keys.
func (r *restoration) closed(ctx context.Context, login string) (bool, error) {
	if r.old == nil {
		return false, nil
	}
	has, err := r.old.HasSlot(ctx, login)
	return !has, err
}

// keepOld gives the old database a second name.
func (r *restoration) keepOld(context.Context) error {
	if !r.there {
		return nil
	}
	p := r.program
	kept := fmt.Sprintf("%s.before-restore-%s", r.place, p.now().UTC().Format("20060102T150405Z"))
	if err := os.Link(r.place, kept); err != nil {
		return p.cannotMake(kept)
	}
	r.kept = kept
	return nil
}

// settleKeys gives the key folder of the backup its name.
func (r *restoration) settleKeys(context.Context) error {
	p := r.program
	if r.keysDir == p.keysPath() {
		return nil
	}
	if err := os.Rename(r.keysDir, p.keysPath()); err != nil {
		return p.cannotMake(p.keysPath())
	}
	r.keysDir, r.installed = p.keysPath(), true
	return syncDir(filepath.Dir(r.keysDir))
}

// replace gives the copy the name of the database, at one blow.
func (r *restoration) replace(context.Context) error {
	p := r.program
	take := os.Rename
	if !r.there {
		take = place // which never overwrites what came meanwhile
	}
	if err := take(r.draft, r.place); err != nil {
		return p.cannotMake(r.place)
	}
	r.draft, r.replaced = "", true
	return syncDir(filepath.Dir(r.place))
}

// tellAnchors lets the anchors outside know that this journal counts from now on,
// though they remember a longer one. One that cannot be reached bars the writing
// until people accept the journal there.
func (r *restoration) tellAnchors(context.Context) error {
	p := r.program
	checkpoint, err := r.lastCheckpoint()
	if err != nil {
		p.warn(&failure{statusDone, p.say("Wiederhergestellt, aber die Anker wissen es nicht.", "Restored, but the anchors do not know."), p.acceptHint()})
		return nil
	}
	var states []store.AnchorState
	var lost bool
	for _, a := range p.anchors() {
		err := a.Append(r.last, checkpoint)
		states, lost = append(states, store.AnchorState{Name: a.Name(), Err: err}), lost || err != nil
	}
	if p.tellAnchors(states); lost {
		_, _ = fmt.Fprintln(p.stderr, "hint: "+p.acceptHint()) // the restore stands all the same
	}
	return nil
}

func (r *restoration) lastCheckpoint() (journal.Checkpoint, error) {
	keys, err := keyfolder.Open(r.keysDir, r.id)
	if err != nil {
		return journal.Checkpoint{}, err
	}
	return journal.ParseSigned(r.last, keys.Verifiers())
}

// acceptHint says how people let a journal count that an anchor does not know.
func (p *program) acceptHint() string {
	return p.say("Lässt sich danach nichts schreiben: `schalter journal accept anchor --reason …`, zu zweit.",
		"If nothing can be written afterwards: `schalter journal accept anchor --reason …`, with a second person.")
}
