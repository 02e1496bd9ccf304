package main

import (
	"context"
	"errors"
	"os"
	"os/user"
	"path/filepath"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/rights"
	"schalter/store"
	"schalter/store/bolt"
	"schalter/store/keyfolder"
	"schalter/store/seal"
)

// opened is a database that is open in this process, still locked until the
// first login.
type opened struct {
	desk  *desk.Desk
	store *store.Store
	// path and keysPath are where the database and its key folder lie; empty in
	// practice.
	path, keysPath string
	// lent says that another part of this process closes it.
	lent bool
	// told hears, once the database is closed, how its anchors stand.
	told func([]store.AnchorState)
	// practice lists the logins of a practice counter; nil for a real database.
	practice []practiceLogin
	// discard, if set, throws the database away once it is closed.
	discard func() error
}

// close ends every visit and lets go of the database, unless it is lent.
func (o *opened) close() error {
	if o.lent {
		return nil
	}
	// A context of its own: what was left on a screen is revoked even when the
	// program was told to end.
	ended := o.desk.Close(context.Background())
	err := errors.Join(ended, o.store.Close())
	o.told(o.store.Anchors())
	if o.discard != nil {
		err = errors.Join(err, o.discard())
	}
	return err
}

// databasePath is where the database lies that is open, else --db, or the usual
// place (XDG Base Directory Specification 0.8).
func (p *program) databasePath() string {
	if p.shared != nil {
		return p.shared.path
	}
	if p.flags.database != "" {
		return p.flags.database
	}
	return filepath.Join(p.base("XDG_DATA_HOME", ".local/share"), "schalter", "schalter.db")
}

// keysPath is where the keys lie that are open, else --keys, or the usual place.
func (p *program) keysPath() string {
	if p.shared != nil {
		return p.shared.keysPath
	}
	if p.flags.keys != "" {
		return p.flags.keys
	}
	return filepath.Join(p.base("XDG_CONFIG_HOME", ".config"), "schalter", "keys")
}

// base is a base directory. The specification has relative ones ignored.
func (p *program) base(variable, below string) string {
	if dir := p.getenv(variable); filepath.IsAbs(dir) {
		return dir
	}
	return filepath.Join(p.getenv("HOME"), below)
}

// open opens the database that the options name.
func (p *program) open(ctx context.Context) (*opened, error) {
	return p.openAs(ctx, bolt.Options{Holder: p.holder()})
}

// openToLook opens it for reading, so that a copy on a medium that cannot be
// written opens, too, and nothing is changed by looking.
func (p *program) openToLook(ctx context.Context) (*opened, error) {
	return p.openAs(ctx, bolt.Options{ReadOnly: true, Holder: p.holder()})
}

// openAs opens the database, or borrows the one that is open already.
func (p *program) openAs(ctx context.Context, how bolt.Options) (*opened, error) {
	if p.shared != nil {
		borrowed := *p.shared
		borrowed.lent = true
		return &borrowed, nil
	}
	s, err := p.openStore(ctx, how)
	if err != nil {
		return nil, err
	}
	o := p.serve(s)
	if o.told = func([]store.AnchorState) {}; !how.ReadOnly {
		o.told = func(states []store.AnchorState) {
			p.tellAnchors(states)
			p.tellKept()
		}
	}
	o.path, o.keysPath = p.databasePath(), p.keysPath()
	return o, nil
}

// serve puts a desk on a store.
func (p *program) serve(s *store.Store) *opened {
	return &opened{store: s, told: p.tellAnchors, desk: desk.New(desk.Config{
		Reader: s, Writer: s, Searcher: s, Locker: s, Peppers: s, Now: p.now, Random: p.random, Programmes: p.programmes,
	})}
}

// openStore opens file and key folder.
func (p *program) openStore(ctx context.Context, how bolt.Options) (*store.Store, error) {
	how.AppendOnly = store.AppendOnly()
	engine, err := bolt.Open(p.databasePath(), how)
	if err != nil {
		return nil, err
	}
	keys, err := keyfolder.Open(p.keysPath(), engine.StoreID())
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	o := p.storeOptions(keys, p.slots)
	o.BeforeMigration = p.keepBefore
	if o.Anchors = p.anchors(); how.ReadOnly {
		o.Anchors = p.anchorsToLook()
	}
	s, err := store.Open(ctx, engine, o)
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	return s, nil
}

func (p *program) storeOptions(keys *keyfolder.Folder, slots seal.Params) store.Options {
	return store.Options{Keys: keys, Slots: slots, Random: p.random, Now: p.now, Migrating: p.migrating, Migrations: p.migrations}
}

// holder is what others are told who meet the database held.
func (p *program) holder() bolt.Holder {
	h := bolt.Holder{Since: p.now()}
	h.Host, _ = os.Hostname() // empty is unknown
	if u, err := user.Current(); err == nil {
		h.User = u.Username
	}
	return h
}

// withActor opens the database, signs in who is named by --as, and does the
// work.
func (p *program) withActor(ctx context.Context, work func(*opened, domain.Actor) error) error {
	return p.signedIn(ctx, p.nobodyElse, func(o *opened, a domain.Actor, _ desk.Credentials) error { return work(o, a) })
}

// nobodyElse stands where an act never needs a second person.
func (p *program) nobodyElse(context.Context) (desk.Credentials, error) {
	return desk.Credentials{}, nil
}

// signedIn is withCredentials for whoever is signed in.
func (p *program) signedIn(ctx context.Context, other func(context.Context) (desk.Credentials, error), work func(*opened, domain.Actor, desk.Credentials) error) error {
	return p.withCredentials(ctx, other, func(o *opened, own, second desk.Credentials) error {
		actor, err := o.desk.Login(ctx, own, desk.Place{Channel: rights.Console, Branch: p.flags.branch, Seat: p.flags.seat})
		if err != nil {
			return err
		}
		return work(o, actor, second)
	})
}

// withCredentials asks for every passphrase before it opens the database: nobody
// who thinks about theirs keeps the others out.
func (p *program) withCredentials(ctx context.Context, other func(context.Context) (desk.Credentials, error), work func(o *opened, own, second desk.Credentials) error) (err error) {
	if err := p.needActor(); err != nil {
		return err
	}
	own, err := p.credentials(ctx)
	if err != nil {
		return err
	}
	defer clear(own.Passphrase)
	second, err := other(ctx)
	if err != nil {
		return err
	}
	defer clear(second.Passphrase)
	show := p.newProgress(0)
	show.start()
	p.migrating = func(done, total int) {
		if show.of(done, total); done == total {
			show.clear()
		}
	}
	o, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, o.close()) }()
	return work(o, own, second)
}
