package store

import (
	"context"
	"errors"
	"fmt"
	"io"

	"golang.org/x/mod/sumdb/tlog"

	"schalter/domain"
	"schalter/store/journal"
	"schalter/store/kv"
)

// Image is a copy of the database as it was at one moment, while others go on
// writing. It holds the moment until Close.
type Image struct {
	// Store and Schema are those of the database.
	Store  [16]byte
	Schema uint32
	// Entries is the number of journal entries, Root the hash of their tree.
	Entries uint64
	Root    tlog.Hash
	// Records are the record counts as a checkpoint has them.
	Records map[string]uint64
	// Checkpoint is the newest signed note of the journal; nil if there is none.
	Checkpoint []byte
	// Size is the length of the image in bytes.
	Size int64

	snapshot kv.Snapshot
}

// errNoImage means that the engine has no form to be copied in.
var errNoImage = errors.New("this engine has no image")

// SignedImage takes a moment at which a checkpoint covers the whole journal. Like
// writing it needs the key folder.
func (s *Store) SignedImage(ctx context.Context) (i *Image, err error) {
	if s.folder.Load() == nil {
		return nil, domain.Fail(domain.Unavailable, domain.ReasonKeysMissing)
	}
	if barred := s.barred.Load(); barred != nil {
		return nil, barred
	}
	p := &pending{sign: true, ready: make(chan struct{}), signed: func() { i, err = s.Image(ctx) }}
	if err := s.sequencer.submit(ctx, p); err != nil {
		return nil, err
	}
	if p.err != nil {
		return nil, translate(p.err)
	}
	return i, err
}

// Image takes a moment to copy. It needs no keys: what is copied is sealed.
func (s *Store) Image(ctx context.Context) (*Image, error) {
	engine, ok := s.engine.(kv.Imager)
	if !ok {
		return nil, translate(errNoImage)
	}
	snapshot, err := engine.Snapshot(ctx)
	if err != nil {
		return nil, translate(err)
	}
	i := &Image{Store: s.id, Size: snapshot.Size(), snapshot: snapshot}
	if err := i.describe(s.codec); err != nil {
		snapshot.Close()
		return nil, translate(err)
	}
	return i, nil
}

// describe reads from the snapshot what it is one of.
func (i *Image) describe(c codec) error {
	var who identity
	if err := i.read(c, keyStoreID, &who); err != nil {
		return err
	}
	var h head
	if err := i.read(c, keyHead, &h); err != nil {
		return err
	}
	i.Schema, i.Entries, i.Root, i.Records = who.Schema, h.Entries, h.Root, h.vouched()
	note, err := i.snapshot.Get(numbered(prefixCheck, h.Checked))
	if errors.Is(err, kv.ErrNotFound) {
		return nil
	}
	i.Checkpoint = note.Value
	return err
}

func (i *Image) read(c codec, key []byte, v any) error {
	pair, err := i.snapshot.Get(key)
	if errors.Is(err, kv.ErrNotFound) {
		err = fmt.Errorf("%w: %w", kv.ErrDamaged, err)
	}
	if err != nil {
		return err
	}
	return c.decode(pair.Value, v)
}

// Write writes the copy: Size bytes, a database in the form of its engine. The
// error of w is passed on as it is.
func (i *Image) Write(ctx context.Context, w io.Writer) error {
	to := &taking{to: w}
	err := i.snapshot.Image(ctx, to)
	if to.err != nil {
		return to.err
	}
	return translate(err)
}

// Close lets go of the moment.
func (i *Image) Close() { i.snapshot.Close() }

// taking keeps the error of who takes the copy.
type taking struct {
	to  io.Writer
	err error
}

func (t *taking) Write(p []byte) (int, error) {
	var n int
	n, t.err = t.to.Write(p)
	return n, t.err
}

// KeyFiles are the files of the key folder, for a backup that is to have them.
func (s *Store) KeyFiles() map[string]string { return s.folder.Load().Files() }

// OpenEverything opens every sealed value there is, and reports how far it is. It
// proves that the keys of the ring open all of it; whether it is all there, the
// journal says.
func (s *Store) OpenEverything(ctx context.Context, progress func(done int)) error {
	ring, err := s.keys()
	if err != nil {
		return err
	}
	done := 0
	for _, prefix := range sealedPrefixes() {
		for pair, err := range s.engine.Range(ctx, span(prefix), kv.RangeOptions{}) {
			if err != nil {
				return translate(err)
			}
			sealed, err := sealedIn(pair)
			if err == nil && len(sealed) > 0 {
				_, err = ring.Open(pair.Key, sealed)
			}
			if err != nil {
				return translate(err)
			}
			if done++; done%1000 == 0 && progress != nil {
				progress(done)
			}
		}
	}
	return nil
}

// sealedPrefixes are those of the keys whose values are sealed by the ring:
// records, but for the slots, and the payloads of journal entries.
func sealedPrefixes() []byte {
	prefixes := []byte{prefixEntry}
	for _, k := range domain.AllRecordKinds() {
		if k != domain.KindSlot {
			prefixes = append(prefixes, byte(k))
		}
	}
	return prefixes
}

// sealedIn is the sealed part of what is stored: of an entry its payload, empty
// once it was erased.
func sealedIn(pair kv.Pair) ([]byte, error) {
	if pair.Key[0] != prefixEntry {
		return pair.Value, nil
	}
	e, err := journal.ParseEntry(pair.Value)
	return e.Payload, err
}

// RootAt is the root of the journal's first entries, by the stored tree. It needs
// no keys. What the tree does not have is [domain.ReasonDamaged].
func (s *Store) RootAt(ctx context.Context, size int64) (tlog.Hash, error) {
	tree, err := journal.LoadTree(size, s.hashes(ctx))
	if errors.Is(err, kv.ErrNotFound) || errors.Is(err, journal.ErrMalformed) {
		err = errors.Join(kv.ErrDamaged, err)
	}
	if err != nil {
		return tlog.Hash{}, translate(err)
	}
	return tree.Root(), nil
}
