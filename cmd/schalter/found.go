package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/store"
	"schalter/store/bolt"
	"schalter/store/keyfolder"
	"schalter/store/memory"
	"schalter/store/seal"
)

// newcomer is a database in the making: database and key folder grow under
// temporary names beside their places and take them at the end, so that what
// fails leaves nothing behind.
type newcomer struct {
	program              *program
	database, keys       string // where they belong
	draftFile, draftKeys string // where they grow
	made                 []string
}

// found makes database and key folder with the two founders in it. It returns
// the key that the journal's checkpoints are verified with.
func (p *program) found(ctx context.Context, f desk.Founding) (verifier string, err error) {
	n := &newcomer{program: p, database: p.databasePath(), keys: p.keysPath()}
	if err = n.prepare(); err == nil {
		verifier, err = n.grow(ctx, f)
	}
	if err == nil {
		err = n.settle()
	}
	if err != nil {
		return "", errors.Join(err, n.discard())
	}
	return verifier, nil
}

// rehearse founds the same in memory under made-up passphrases, so that every
// rule has spoken before anything is made.
func (p *program) rehearse(ctx context.Context, f desk.Founding) error {
	for _, founder := range []*desk.Founder{&f.Admin, &f.Supervisor} {
		made, err := oneTimePassphrase(p.random)
		if err != nil {
			return err
		}
		founder.Passphrase = made
	}
	keys, err := keyfolder.New([16]byte{1}, p.random)
	if err != nil {
		return err
	}
	s, err := store.Create(ctx, memory.New(memory.Options{}), p.storeOptions(keys, seal.Practice()))
	if err != nil {
		return err
	}
	return errors.Join(p.serve(s).desk.Found(ctx, f), s.Close())
}

// prepare makes the directories around, and chooses the temporary names.
func (n *newcomer) prepare() error {
	for _, dir := range []string{filepath.Dir(n.database), filepath.Dir(n.keys)} {
		if err := n.makeDirs(dir); err != nil {
			return n.program.cannotMake(dir)
		}
	}
	var err error
	n.draftFile, err = n.draft(n.database)
	if err == nil {
		n.draftKeys, err = n.draft(n.keys)
	}
	return err
}

// makeDirs makes a directory and those above it, and remembers them in order.
func (n *newcomer) makeDirs(dir string) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	if above := filepath.Dir(dir); above != dir {
		if err := n.makeDirs(above); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	n.made = append(n.made, dir)
	return nil
}

// draft is a temporary name beside path.
func (n *newcomer) draft(path string) (string, error) {
	name, err := symbols(n.program.random, 8)
	return filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+"."+name), err
}

// grow makes both under their temporary names and closes them.
func (n *newcomer) grow(ctx context.Context, f desk.Founding) (verifier string, err error) {
	p := n.program
	var id [16]byte
	if _, err := io.ReadFull(p.random, id[:]); err != nil {
		return "", err
	}
	keys, err := keyfolder.Create(n.draftKeys, id, p.random)
	if err != nil {
		return "", err
	}
	engine, err := bolt.Create(n.draftFile, bolt.Options{StoreID: id, Holder: p.holder()})
	if err != nil {
		return "", err
	}
	s, err := store.Create(ctx, engine, p.storeOptions(keys, p.slots))
	if err != nil {
		return "", errors.Join(err, engine.Close())
	}
	if err := errors.Join(p.serve(s).desk.Found(ctx, f), s.Close()); err != nil {
		return "", err
	}
	return keys.VerifierKeys()[0], nil
}

// settle gives both their names. The key folder goes first: of two that try at
// once, only one finds its place free.
func (n *newcomer) settle() error {
	if err := n.program.mustNotExist(n.database, n.keys); err != nil {
		return err
	}
	if err := os.Rename(n.draftKeys, n.keys); err != nil {
		return n.program.cannotMake(n.keys)
	}
	if err := place(n.draftFile, n.database); err != nil {
		failed := n.program.cannotMake(n.database)
		if errors.Is(err, fs.ErrExist) {
			failed = n.program.about(domain.ReasonDatabaseExists, n.database)
		}
		return errors.Join(failed, os.Rename(n.keys, n.draftKeys))
	}
	return errors.Join(syncDir(filepath.Dir(n.keys)), syncDir(filepath.Dir(n.database)))
}

// place gives a file its name unless there is one of that name. A link, unlike a
// renaming, never overwrites.
func place(draft, name string) error {
	if err := os.Link(draft, name); err != nil {
		return err
	}
	return os.Remove(draft)
}

// discard takes away what was made.
func (n *newcomer) discard() error {
	if n.draftFile != "" {
		_ = os.Remove(n.draftFile)
		_ = os.Remove(n.draftFile + ".holder")
	}
	var err error
	if n.draftKeys != "" {
		err = os.RemoveAll(n.draftKeys)
	}
	for i := len(n.made) - 1; i >= 0; i-- {
		_ = os.Remove(n.made[i]) // not if somebody has put something there
	}
	return err
}

func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}
