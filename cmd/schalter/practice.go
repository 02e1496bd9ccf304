package main

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"

	"schalter/domain"
	calendar "schalter/domain/date"
	"schalter/domain/desk"
	"schalter/domain/practice"
	"schalter/domain/rights"
	"schalter/store"
	"schalter/store/bolt"
	"schalter/store/keyfolder"
	"schalter/store/seal"
)

// practicePassphrase opens every login of practice. It protects nothing and is
// shown on the screen.
const practicePassphrase = "uebung-uebung"

// practiceLogin is one login of the practice counter.
type practiceLogin struct {
	role        rights.Role
	login, name string
}

// practiceLogins has one login for each role people can take.
func practiceLogins() []practiceLogin {
	return []practiceLogin{
		{rights.Clerk, "clerk", "S. Übung"},
		{rights.Supervisor, "supervisor", "T. Übung"},
		{rights.Support, "support", "K. Übung"},
		{rights.Auditor, "auditor", "R. Übung"},
		{rights.Admin, "admin", "V. Übung"},
		{rights.Trainer, "trainer", "L. Übung"},
	}
}

func practiceSettings() domain.Settings {
	s := domain.DefaultSettings()
	s.Insurer, s.IK, s.AppHost = "Übungskasse", "109979978", "app.beispiel.de"
	s.Branches = []domain.Branch{{Name: "Würzburg", Phone: "0931 90 90", Seats: []string{"Platz 1", "Platz 2", "Platz 3"}}}
	s.Practice, s.MRZ, s.MRZBasis = true, true, "Übung mit erfundenen Leuten"
	return s
}

// openPractice makes a database of invented people in a temporary directory that
// goes when it is closed. It is unlocked already.
func (p *program) openPractice(ctx context.Context) (_ *opened, err error) {
	dir, err := os.MkdirTemp("", "schalter-demo-")
	if err != nil {
		return nil, p.cannotMake(os.TempDir())
	}
	remove := func() error { return os.RemoveAll(dir) }
	o, err := p.foundPractice(ctx, filepath.Join(dir, "schalter.db"))
	if err != nil {
		return nil, errors.Join(err, remove())
	}
	o.discard = remove
	if err := p.populate(ctx, o); err != nil {
		return nil, errors.Join(err, o.close())
	}
	return o, nil
}

// foundPractice makes the database with its admin and its supervisor.
func (p *program) foundPractice(ctx context.Context, path string) (*opened, error) {
	var id [16]byte
	if _, err := io.ReadFull(p.random, id[:]); err != nil {
		return nil, err
	}
	keys, err := keyfolder.New(id, p.random)
	if err != nil {
		return nil, err
	}
	engine, err := bolt.Create(path, bolt.Options{StoreID: id, Holder: p.holder()})
	if err != nil {
		return nil, err
	}
	s, err := store.Create(ctx, engine, p.storeOptions(keys, seal.Practice()))
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	o := p.serve(s)
	o.practice = practiceLogins()
	founding := desk.Founding{Settings: practiceSettings()}
	for _, l := range o.practice {
		founder := desk.Founder{Login: l.login, Name: l.name, Passphrase: []byte(practicePassphrase)}
		switch l.role {
		case rights.Admin:
			founding.Admin = founder
		case rights.Supervisor:
			founding.Supervisor = founder
		}
	}
	if err := o.desk.Found(ctx, founding); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return o, nil
}

// populate brings in staff and members by the same use cases as in earnest.
func (p *program) populate(ctx context.Context, o *opened) error {
	second := desk.Credentials{Login: "supervisor", Passphrase: []byte(practicePassphrase)}
	admin, err := o.desk.Login(ctx, desk.Credentials{Login: "admin", Passphrase: []byte(practicePassphrase)}, desk.Place{Channel: rights.Console})
	if err != nil {
		return err
	}
	for _, l := range o.practice {
		if l.role == rights.Admin || l.role == rights.Supervisor {
			continue // founded already
		}
		if err := p.addPractice(ctx, o, admin, second, l); err != nil {
			return err
		}
	}
	if _, err = o.desk.Import(ctx, admin, p.practicePeople(), func(desk.Conflict) {}, nil); err != nil {
		return err
	}
	for _, ev := range practice.Accounts(p.now()) {
		if _, err := o.desk.Observe(ctx, admin, ev); err != nil {
			return err
		}
	}
	return nil
}

// addPractice adds a login and takes the one-time passphrase off it.
func (p *program) addPractice(ctx context.Context, o *opened, admin domain.Actor, second desk.Credentials, l practiceLogin) error {
	oneTime, err := oneTimePassphrase(p.random)
	if err != nil {
		return err
	}
	_, err = o.desk.AddStaff(ctx, admin, second, desk.NewStaff{
		Login: l.login, Name: l.name, Roles: rights.Roles(l.role),
		Branch: practiceSettings().Branches[0].Name, Passphrase: oneTime,
	})
	if err != nil {
		return err
	}
	return o.desk.ChangePassphrase(ctx, desk.Credentials{Login: l.login, Passphrase: oneTime}, []byte(practicePassphrase))
}

func (p *program) practicePeople() iter.Seq[desk.Incoming] {
	return func(yield func(desk.Incoming) bool) {
		for i, m := range practice.People(practice.Seed, calendar.Of(p.now()), practice.Size) {
			if !yield(desk.Incoming{Line: i + 1, Member: m}) {
				return
			}
		}
	}
}
