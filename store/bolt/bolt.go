// Package bolt is the engine that keeps everything in one file, on top of
// go.etcd.io/bbolt. It is what a branch runs on.
//
// The file belongs to one process at a time. It carries a format number, the
// identity of the store and the newest revision in a bucket named "meta", and
// the pairs in one bucket for each first byte of their keys, named after that
// byte. A value is stored behind the big-endian revision that wrote it and its
// checksums:
//
//	"meta"  "format" → 8 bytes   "store" → 16 bytes
//	        "rev" → 8 bytes revision, 8 bytes weight of all pairs, 4 bytes checksum
//	"m"     "m…"     → 8 bytes revision, 4 bytes checksum of key and revision,
//	                   4 bytes checksum of all, value
//
// Commits that wait at the same moment share one transaction of bbolt and its
// two fdatasync; there is no timer, so a lone commit waits for nobody.
//
// Every failure is an error of this package or of package kv; none of bbolt's is
// passed on, and its panics and memory faults over a damaged file become
// kv.ErrDamaged. bbolt has no checksums over its pages and no bounds on what they
// say, so Open walks all of them first, and refuses a file whose tree or keys are
// not as they were written, or whose pairs together are not those of the last
// commit. A damaged value is found by Get, and by [Check]; Range
// leaves that to those who open what is sealed.
//
//	engine, err := bolt.Open("/var/lib/schalter/schalter.db", bolt.Options{
//		Holder: bolt.Holder{User: "kasse", Host: "gs-12", Since: now},
//	})
//	if errors.Is(err, bolt.ErrHeld) {
//		// err says by whom
//	}
//	defer engine.Close()
package bolt

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"schalter/store/kv"
	"schalter/store/kv/feed"
)

// StoreID is the identity of a store: 16 random bytes chosen when it is made.
type StoreID [16]byte

// Options say how to open a file. The zero value opens an existing one.
type Options struct {
	// StoreID names the store. Create needs it and writes it down. Open
	// refuses a file with another one; zero takes any.
	StoreID StoreID

	// Holder tells other processes who has the file open. Its PID is filled
	// in. A zero Holder tells only that.
	Holder Holder

	// AppendOnly lists the first key bytes under which keys are only ever
	// added at the end. Their pages are filled to nine tenths instead of half,
	// which saves almost half of the file. It may differ from one Open to the
	// next. Empty means none.
	AppendOnly []byte

	// MaxSize is the size in bytes the file may grow to before commits fail
	// with kv.ErrFull. 0 means 64 GiB (1 GiB on 32-bit systems); less than
	// 32 MiB is taken as 32 MiB. So much address space is reserved, not
	// memory: a file that never has to be mapped anew can grow while somebody
	// reads.
	MaxSize int64

	// LockTimeout is how long to wait for another process to let go of the
	// file. 0 means 300 ms, which covers a command that is just ending.
	LockTimeout time.Duration

	// ReadOnly opens the file for reading, together with other readers.
	// Commits fail with kv.ErrReadOnly and no holder file is written.
	ReadOnly bool

	// History bounds what Watch can look back on. Zero limits are the defaults
	// of package feed.
	History feed.Limits
}

const (
	defaultLockTimeout = 300 * time.Millisecond

	// 64 GiB where an int has 64 bits, 1 GiB elsewhere.
	defaultMaxSize = 1 << (30 + 6*(^uint(0)>>63))
	minMaxSize     = 32 << 20
)

func (o Options) orDefault() Options {
	if o.LockTimeout <= 0 {
		o.LockTimeout = defaultLockTimeout
	}
	if o.MaxSize <= 0 || o.MaxSize > defaultMaxSize {
		o.MaxSize = defaultMaxSize
	}
	o.MaxSize = max(o.MaxSize, minMaxSize)
	o.Holder.PID = os.Getpid()
	return o
}

// Engine is a [kv.Engine] on one file. Make it with [Open] or [Create].
type Engine struct {
	options Options
	place   *place
	db      *database
	store   StoreID
	feed    *feed.Feed
	rev     atomic.Uint64

	queue   chan *request // unbuffered: what waits, waits in its sender
	closing chan struct{} // closed first
	stopped chan struct{} // closed when the committer has ended
	frozen  error         // the committer's own: why it commits no more

	closeOnce sync.Once
	closeErr  error
}

var _ kv.Engine = (*Engine)(nil)

// Open opens the database file at path.
//
// Errors: ErrMissing, ErrNoDirectory, ErrHeld, ErrExposed, ErrNetwork,
// ErrForeign, ErrTruncated, ErrNewer, ErrOtherStore, ErrReadOnlyDirectory,
// kv.ErrReadOnly, kv.ErrDamaged, kv.ErrFull, kv.ErrUnavailable.
func Open(path string, options Options) (*Engine, error) {
	engine, err := start(path, options.orDefault(), false)
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	return engine, nil
}

// Create makes a database file at path for the store that options name, and
// opens it. A file that is empty or that an earlier Create left unfinished is
// taken over; any other is ErrExists. Its other errors are those of [Open].
func Create(path string, options Options) (*Engine, error) {
	if options.StoreID == (StoreID{}) {
		return nil, fmt.Errorf("create database %s: no store id given", path)
	}
	if options.ReadOnly {
		return nil, fmt.Errorf("create database %s: %w", path, kv.ErrReadOnly)
	}
	engine, err := start(path, options.orDefault(), true)
	if err != nil {
		return nil, fmt.Errorf("create database %s: %w", path, err)
	}
	return engine, nil
}

// StoreID returns the identity of the store in the file.
func (e *Engine) StoreID() StoreID { return e.store }

// Rev implements [kv.Engine].
func (e *Engine) Rev(ctx context.Context) (uint64, error) {
	if err := e.usable(ctx); err != nil {
		return 0, fmt.Errorf("revision: %w", err)
	}
	return e.rev.Load(), nil
}

// Watch implements [kv.Engine].
func (e *Engine) Watch(ctx context.Context, span kv.Span, after uint64) iter.Seq2[kv.Event, error] {
	return e.feed.Watch(ctx, span, after)
}

// Close implements [kv.Engine]. It waits for running loops to notice, removes
// the holder file and lets go of the database file.
func (e *Engine) Close() error {
	e.closeOnce.Do(func() { e.closeErr = e.close() })
	return e.closeErr
}

func (e *Engine) close() error {
	close(e.closing)
	e.feed.Close()
	select {
	case <-e.stopped:
	case <-e.db.wrecked: // the committer may be stuck within bbolt
	}
	if !e.options.ReadOnly {
		e.place.removeHolder()
	}
	err := e.db.close()
	e.place.leave()
	if err != nil {
		return fmt.Errorf("close database: %w", err)
	}
	return nil
}

// usable returns why nothing can be asked of the engine.
func (e *Engine) usable(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-e.closing:
		return kv.ErrClosed
	default:
		return nil
	}
}

// start opens the file at path, or with create makes it, and puts an engine on
// it.
func start(path string, options Options, create bool) (_ *Engine, err error) {
	at, err := enter(path)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			at.leave()
		}
	}()
	file, err := at.open(options, create)
	if err != nil {
		return nil, err
	}
	if err := checkContents(file, options.ReadOnly, create); err != nil {
		_ = file.Close() // nothing was written
		return nil, err
	}
	db, err := openDatabase(file, options)
	if err != nil {
		return nil, err
	}
	id, err := settleIn(at, db, options, create)
	if err != nil {
		_ = db.close() // the first error is the one to report
		return nil, err
	}
	return run(options, at, db, id), nil
}

// settleIn learns what the file holds, or with create writes it, and tells
// other processes who is here.
func settleIn(at *place, db *database, options Options, create bool) (id identity, err error) {
	if create {
		if id, err = db.found(options.StoreID); err == nil {
			err = at.sync()
		}
	} else {
		id, err = db.identify(options.StoreID)
	}
	if err != nil || options.ReadOnly {
		return id, err
	}
	if err := db.upgrade(id); err != nil && !errors.Is(err, kv.ErrFull) {
		return id, err
	}
	err = at.writeHolder(options.Holder)
	if errors.Is(err, kv.ErrFull) {
		err = nil // to read and to delete matters more than to be named
	}
	return id, err
}

func run(options Options, at *place, db *database, id identity) *Engine {
	e := &Engine{
		options: options,
		place:   at,
		db:      db,
		store:   id.store,
		feed:    feed.New(options.History, id.rev),
		queue:   make(chan *request),
		closing: make(chan struct{}),
		stopped: make(chan struct{}),
	}
	e.rev.Store(id.rev)
	go e.commitAll()
	return e
}
