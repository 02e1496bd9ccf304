package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"time"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/desk"
	"schalter/domain/find"
	"schalter/domain/ik"
	"schalter/domain/kvnr"
	"schalter/domain/memberfile"
	"schalter/domain/rights"
	"schalter/store"
	"schalter/store/bolt"
	"schalter/store/keyfolder"
	"schalter/store/seal"
)

// passphrase is that of the benchmark's two logins.
const passphrase = "a passphrase for measuring"

// counter is a real database in a directory of its own.
type counter struct {
	path  string
	id    [16]byte
	keys  *keyfolder.Folder
	now   func() time.Time
	store *store.Store
	desk  *desk.Desk
	admin domain.Actor
}

// newCounter makes an empty database and signs its admin in.
func newCounter(ctx context.Context, dir string, now func() time.Time) (*counter, error) {
	c := &counter{path: filepath.Join(dir, "schalter.db"), id: [16]byte{4}, now: now}
	var err error
	if c.keys, err = keyfolder.New(c.id, rand.Reader); err != nil {
		return nil, err
	}
	engine, err := bolt.Create(c.path, bolt.Options{StoreID: c.id})
	if err != nil {
		return nil, err
	}
	if c.store, err = store.Create(ctx, engine, c.options()); err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	c.serve()
	settings := domain.DefaultSettings()
	settings.Insurer, settings.IK, settings.AppHost = "Muster BKK", ik.IK("109500969"), "app.muster.de"
	settings.Branches = []domain.Branch{{Name: "Musterstadt", Seats: []string{"1"}}}
	err = c.desk.Found(ctx, desk.Founding{
		Settings:   settings,
		Admin:      desk.Founder{Login: "admin", Name: "A", Passphrase: []byte(passphrase)},
		Supervisor: desk.Founder{Login: "lead", Name: "L", Passphrase: []byte(passphrase)},
	})
	if err != nil {
		return nil, errors.Join(err, c.store.Close())
	}
	return c, c.reopen(ctx)
}

func (c *counter) options() store.Options {
	return store.Options{Keys: c.keys, Slots: seal.Practice(), Random: rand.Reader}
}

func (c *counter) serve() {
	c.desk = desk.New(desk.Config{
		Reader: c.store, Writer: c.store, Searcher: c.store, Locker: c.store, Peppers: c.store, Now: c.now, Random: rand.Reader,
	})
}

func (c *counter) login(ctx context.Context) (err error) {
	who := desk.Credentials{Login: "admin", Passphrase: []byte(passphrase)}
	c.admin, err = c.desk.Login(ctx, who, desk.Place{Channel: rights.Console})
	return err
}

func (c *counter) open(ctx context.Context) error {
	engine, err := bolt.Open(c.path, bolt.Options{StoreID: c.id, AppendOnly: store.AppendOnly()})
	if err != nil {
		return err
	}
	if c.store, err = store.Open(ctx, engine, c.options()); err != nil {
		return errors.Join(err, engine.Close())
	}
	c.serve()
	return nil
}

// reopen closes the database and opens it as a command does, signed in and
// without names.
func (c *counter) reopen(ctx context.Context) error {
	if err := c.store.Close(); err != nil {
		return err
	}
	if err := c.open(ctx); err != nil {
		return err
	}
	return c.login(ctx)
}

// importFile takes the file over as `schalter member import` does.
func (c *counter) importFile(ctx context.Context, path string, today date.Date) (desk.Imported, error) {
	var broken error
	rows := func(yield func(desk.Incoming) bool) {
		for row, err := range memberfile.Ahead(rowsOf(path, today)) {
			if broken = err; err != nil || !yield(desk.Incoming{Line: row.Line, Member: row.Member, Over: row.Over, Behind: row.Behind}) {
				return
			}
		}
	}
	done, err := c.desk.Import(ctx, c.admin, rows, func(desk.Conflict) {}, nil)
	return done, errors.Join(err, broken)
}

// rowsOf reads an import file.
func rowsOf(path string, today date.Date) iter.Seq2[memberfile.Row, error] {
	return func(yield func(memberfile.Row, error) bool) {
		file, err := os.Open(path)
		if err != nil {
			yield(memberfile.Row{}, err)
			return
		}
		defer file.Close()
		in, err := memberfile.NewReader(file, memberfile.Options{Today: today})
		if err != nil {
			yield(memberfile.Row{}, err)
			return
		}
		for row, err := range in.Rows() {
			if err == nil && row.Rejected() {
				err = fmt.Errorf("line %d was rejected: %s", row.Reject.Line, row.Reject.Reason)
			}
			if !yield(row, err) {
				return
			}
		}
	}
}

// started is how long after the right passphrase a whole KVNR and a name are
// found.
type started struct{ kvnr, names time.Duration }

// restart closes the database, opens it again and waits for the first answers.
func (c *counter) restart(ctx context.Context, number kvnr.KVNR) (started, error) {
	var s started
	if err := c.store.Close(); err != nil {
		return s, err
	}
	if err := c.open(ctx); err != nil {
		return s, err
	}
	begin := time.Now()
	if err := c.login(ctx); err != nil {
		return s, err
	}
	c.store.Prepare() // as the login at a seat does
	if r, err := c.store.Search(find.Query{KVNR: number}, 1); err != nil || r.Total != 1 {
		return s, errors.Join(err, errors.New("the KVNR was not found"))
	}
	s.kvnr = time.Since(begin)
	err := c.store.Loaded(ctx)
	s.names = time.Since(begin)
	return s, err
}
