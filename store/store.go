// Package store keeps the counter's records sealed, journalled and findable,
// over any key-value engine of package kv. It implements the interfaces that the
// use cases of domain/desk declare.
//
// Every value is sealed for its key (package seal), every change of a record
// stands in the journal (package journal) and is committed in the same batch, and
// members are found in memory (package index). One goroutine, the sequencer,
// writes: it gives journal positions and numbers, checks guards, and commits what
// waits together.
//
// A store is opened locked: it can count logins and verify its journal, but reads
// nothing until the first passphrase unlocks it.
package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/mod/sumdb/note"

	"schalter/domain"
	"schalter/store/index"
	"schalter/store/keyfolder"
	"schalter/store/kv"
	"schalter/store/seal"
)

// Options are what a store needs beside its engine. All fields up to Random must
// be set.
type Options struct {
	// Keys is the key folder: signing key and peppers.
	Keys *keyfolder.Folder
	// Slots says what a passphrase costs to try.
	Slots seal.Params
	// Random gives keys, nonces, ids; crypto/rand in earnest.
	Random io.Reader
	// Now is the wall clock. Without it a change is as late as its newest entry:
	// for tests of what lies above.
	Now func() time.Time
	// Elapsed is a clock that nobody sets and that counts while the process runs.
	// Nil takes the one that readings of time.Now carry.
	Elapsed func() time.Duration
	// Anchors keep checkpoints outside the database, and bar the writing when one
	// of them knows a longer journal or another one.
	Anchors []Anchor
	// BeforeMigration, if set, keeps a copy of the database before it is brought to
	// a newer schema. Where it fails, nothing is changed. After an interruption it
	// is called again only if nothing had been changed.
	BeforeMigration func(ctx context.Context, schema uint32, image *Image) error
	// Migrating, if set, is told how many of all records a migration has done.
	Migrating func(done, total int)
	// Migrations lead to the schema that is written; nil for those of the program,
	// others are for tests.
	Migrations []Migration
}

// Store is one open database. It is safe for concurrent use.
type Store struct {
	engine   kv.Engine
	options  Options
	codec    codec
	id       [16]byte
	index    *index.Index
	families families
	lookups  lookups

	unlocking sync.Mutex  // whoever comes second waits for the migration
	due       atomic.Bool // a migration has to come before other writes

	mu      sync.RWMutex
	ring    *seal.Ring // nil while locked
	ringKey seal.RingKey
	dropped []uint16 // epochs of ring whose keys are not stored any more

	rekeying sync.Mutex // one rekey at a time

	folder    atomic.Pointer[keyfolder.Folder] // nil where there is none
	sequencer *sequencer
	clock     *clock // nil without Options.Now
	keeper    *keeper
	barred    atomic.Pointer[domain.Error] // why nothing may be written
	// remembered is the time of the latest checkpoint that an anchor had at the start.
	remembered time.Time
	loaded     chan struct{} // closed when the names are in memory
	loadErr    atomic.Pointer[error]
	asked      atomic.Bool    // names are in memory or on the way
	read       atomic.Int64   // hundredths of them
	folding    atomic.Bool    // a rebuild of the index is under way
	work       sync.WaitGroup // goroutines the store owns
	closing    sync.Once
	stopLoad   context.CancelFunc // nil until names are asked for
}

// Create makes a new database in an empty engine and returns it unlocked. It has
// no slot yet: whoever creates it must commit the first staff before closing it.
func Create(ctx context.Context, engine kv.Engine, o Options) (*Store, error) {
	s, err := newStore(engine, o)
	if err != nil {
		return nil, err
	}
	if _, err := engine.Get(ctx, keyStoreID); !errors.Is(err, kv.ErrNotFound) {
		return nil, domain.Fail(domain.Conflict, domain.ReasonDatabaseExists).WithCause(err)
	}
	s.id = o.Keys.StoreID()
	if s.ring, err = seal.NewRing(s.id, o.Random); err != nil {
		return nil, translate(err)
	}
	if s.ringKey, err = seal.NewRingKey(o.Random); err != nil {
		return nil, translate(err)
	}
	plain, err := s.codec.encode(identity{Schema: s.options.newest(), Store: s.id})
	if err != nil {
		return nil, translate(err)
	}
	ring, err := s.ringKey.Seal(s.ring)
	if err != nil {
		return nil, translate(err)
	}
	_, err = engine.Commit(ctx, kv.Batch{
		Guards: []kv.Guard{{Key: keyStoreID}},
		Ops:    []kv.Op{{Key: keyStoreID, Value: plain}, {Key: keyRing, Value: ring}},
	})
	if err != nil {
		return nil, translate(err)
	}
	if err := s.start(ctx); err != nil {
		return nil, err
	}
	s.asked.Store(true)
	s.stopLoad = func() {}
	s.index.Build(func(func(index.Entry) bool) {}) // nobody is stored yet
	close(s.loaded)
	return s, nil
}

// Open opens a database that exists. It is locked until Unlock.
func Open(ctx context.Context, engine kv.Engine, o Options) (*Store, error) {
	s, err := newStore(engine, o)
	if err != nil {
		return nil, err
	}
	pair, err := engine.Get(ctx, keyStoreID)
	if errors.Is(err, kv.ErrNotFound) {
		return nil, domain.Fail(domain.NotFound, domain.ReasonNoDatabase)
	}
	if err != nil {
		return nil, translate(err)
	}
	var who identity
	if err := s.codec.decode(pair.Value, &who); err != nil {
		return nil, translate(err)
	}
	if who.Schema > s.options.newest() {
		return nil, domain.Fail(domain.Unavailable, domain.ReasonNewerSchema)
	}
	s.id = who.Store
	s.due.Store(who.Schema < s.options.newest() || who.Pending != 0)
	if o.Keys != nil && o.Keys.StoreID() != s.id {
		return nil, domain.Fail(domain.Unavailable, domain.ReasonKeysMissing)
	}
	if err := s.start(ctx); err != nil {
		return nil, err
	}
	if err := s.compareAnchors(ctx); err != nil {
		err = errors.Join(translate(err), s.sequencer.stop())
		s.keeper.stop()
		return nil, err
	}
	return s, s.catchUp(ctx)
}

func newStore(engine kv.Engine, o Options) (*Store, error) {
	c, err := newCodec()
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	if o.Migrations == nil {
		o.Migrations = migrations()
	}
	s := &Store{
		engine: engine, options: o, codec: c, index: index.New(), loaded: make(chan struct{}), clock: newClock(o),
	}
	s.folder.Store(o.Keys)
	return s, nil
}

func (s *Store) start(ctx context.Context) error {
	q, err := newSequencer(ctx, s)
	if err != nil {
		return translate(err)
	}
	s.sequencer = q
	s.keeper = newKeeper(s.options.Anchors)
	return nil
}

// ID is the database's own random number.
func (s *Store) ID() [16]byte { return s.id }

// Close ends the sequencer after what is under way, and the engine. Calling it
// again does nothing.
func (s *Store) Close() error {
	var err error
	s.closing.Do(func() { err = s.close() })
	return err
}

func (s *Store) close() error {
	s.endLoading()
	signed := s.sequencer.stop()
	s.keeper.stop()
	s.work.Wait()
	s.mu.Lock()
	if s.ring != nil {
		s.ring.Wipe()
		s.ringKey.Wipe()
		s.ring = nil
	}
	s.mu.Unlock()
	return errors.Join(translate(signed), s.engine.Close())
}

// keys returns the ring, or says that the database is locked.
func (s *Store) keys() (*seal.Ring, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if s.ring == nil {
		return nil, domain.Fail(domain.Locked, domain.ReasonLockedStore)
	}
	return s.ring, nil
}

// UseKeys takes a newer key folder of the same database: what is signed and
// peppered from now on is so by its newest keys. One that was read before the
// folder in use changes nothing.
func (s *Store) UseKeys(keys *keyfolder.Folder) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if old := s.folder.Load(); old == nil || len(old.VerifierKeys()) <= len(keys.VerifierKeys()) {
		s.folder.Store(keys)
	}
}

// Verifiers know the keys that checkpoints are signed with, those of a rekey since
// the start, too. Without a key folder they know none.
func (s *Store) Verifiers() note.Verifiers {
	if keys := s.folder.Load(); keys != nil {
		return keys.Verifiers()
	}
	return note.VerifierList()
}

// slotKey is what every slot holds. A slot gets it when it is written, so that one
// prepared before the key was renewed opens what is stored after.
func (s *Store) slotKey() seal.RingKey {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.ringKey
}

// open reads a sealed value.
func (s *Store) open(key, sealed []byte, v any) error {
	ring, err := s.keys()
	if err != nil {
		return err
	}
	plain, err := ring.Open(key, sealed)
	if err != nil {
		return err
	}
	return s.codec.decode(plain, v)
}

// seal makes the sealed value of a record.
func (s *Store) seal(ring *seal.Ring, key []byte, v any) ([]byte, error) {
	plain, err := s.codec.encode(v)
	if err != nil {
		return nil, err
	}
	return ring.Seal(key, plain), nil
}
