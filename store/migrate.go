package store

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/store/kv"
	"schalter/store/seal"
)

// firstSchema is the layout of the first database. Every migration makes the next.
const firstSchema = 1

// Migration brings the records of one schema to the next.
//
// The decoder of the older form stays: what must be read before a migration has
// run, staff, settings and the KVNR of members, is read in both.
type Migration struct {
	// Kinds are the records it looks at; key slots are none of them.
	Kinds []domain.RecordKind
	// Upgrade returns the plain form of a record in the new schema. It is given a
	// record again after an interruption, and returns one that it has upgraded
	// already as it is.
	Upgrade func(plain []byte) ([]byte, error)
}

// migrations are those this program knows, in order: the first makes schema 2.
// There is none yet.
func migrations() []Migration { return nil }

// newest is the schema this program writes. A higher one is refused.
func (o Options) newest() uint32 { return firstSchema + uint32(len(o.Migrations)) }

// MigrationDue reports whether the next login brings the database to a newer schema,
// or does so now.
func (s *Store) MigrationDue() bool { return s.due.Load() }

// migrate brings a database that was just unlocked to the newest schema, before
// anything else is written: until it is done changes are refused, and the next
// login tries again.
//
// A copy is taken first. Then the number goes up, so that an older program
// refuses what is half done, and Pending says where it began. The records follow
// in chunks without a cursor: whoever comes after an interruption looks at all of
// them again, and what is in its new form needs nothing.
func (s *Store) migrate(ctx context.Context) error {
	if !s.due.Load() {
		return nil
	}
	h, err := s.head(ctx)
	if err != nil {
		return err
	}
	if s.permits(desk.Change{}, h.LastAt) != nil {
		return nil // people have to accept the journal or the clock first
	}
	from, err := s.beginMigration(ctx)
	if err != nil {
		return err
	}
	for ; from < s.options.newest(); from++ {
		if err := s.migrateTo(ctx, s.options.Migrations[from-firstSchema], from); err != nil {
			return err
		}
	}
	s.due.Store(false)
	return nil
}

// beginMigration returns the schema to begin with. A copy is due unless a migration
// was interrupted.
func (s *Store) beginMigration(ctx context.Context) (from uint32, err error) {
	pair, err := s.engine.Get(ctx, keyStoreID)
	if err != nil {
		return 0, err
	}
	var who identity
	if err := s.codec.decode(pair.Value, &who); err != nil {
		return 0, err
	}
	if who.Pending != 0 {
		return who.Pending, nil
	}
	return who.Schema, s.copyBefore(ctx)
}

// copyBefore hands out the database as it is before a migration.
func (s *Store) copyBefore(ctx context.Context) error {
	if s.options.BeforeMigration == nil {
		return nil
	}
	image, err := s.Image(ctx)
	if err != nil {
		return err
	}
	defer image.Close()
	return s.options.BeforeMigration(ctx, s.options.newest(), image)
}

// migrateTo makes the step from one schema to the next. Each of its commits has an
// entry.
func (s *Store) migrateTo(ctx context.Context, m Migration, from uint32) error {
	next := identity{Store: s.id, Schema: from + 1, Pending: from}
	if err := s.setIdentity(ctx, next, "begun"); err != nil {
		return err
	}
	done, total := 0, s.recordCount(ctx, m.Kinds)
	for _, kind := range slices.Sorted(slices.Values(m.Kinds)) {
		within := span(byte(kind))
		for {
			keys, err := s.chunk(ctx, within)
			if err != nil {
				return err
			}
			if len(keys) == 0 {
				break
			}
			if err := s.upgradeChunk(ctx, m, next, keys); err != nil {
				return err
			}
			within.From = append(bytes.Clone(keys[len(keys)-1]), 0)
			done += len(keys)
			if s.options.Migrating != nil {
				s.options.Migrating(done, max(total, done))
			}
		}
	}
	next.Pending = 0
	return s.setIdentity(ctx, next, "complete")
}

// chunk returns the first keys of a span.
func (s *Store) chunk(ctx context.Context, within kv.Span) ([][]byte, error) {
	var keys [][]byte
	for pair, err := range s.engine.Range(ctx, within, kv.RangeOptions{Limit: resealChunk}) {
		if err != nil {
			return nil, err
		}
		keys = append(keys, pair.Key)
	}
	return keys, nil
}

// upgradeChunk rewrites, in one commit, those of some records that are not in their
// new form yet.
func (s *Store) upgradeChunk(ctx context.Context, m Migration, to identity, keys [][]byte) error {
	return s.commitLonely(ctx, lonely{
		entry: s.migrationEntry(to, "records"),
		write: func(ctx context.Context, g *group, ring *seal.Ring) ([]kv.Op, int, error) {
			ops, err := g.upgrade(ctx, ring, keys, m.Upgrade)
			return ops, len(ops), err
		},
	})
}

func (g *group) upgrade(ctx context.Context, ring *seal.Ring, keys [][]byte, to func([]byte) ([]byte, error)) ([]kv.Op, error) {
	var ops []kv.Op
	for _, key := range keys {
		pair, found, err := g.get(ctx, key)
		if err != nil {
			return nil, err
		}
		if !found {
			continue
		}
		plain, err := ring.Open(key, pair.Value)
		if err != nil {
			return nil, err
		}
		upgraded, err := to(plain)
		if err != nil {
			return nil, fmt.Errorf("upgrade a record of kind %c: %w", key[0], err)
		}
		if !bytes.Equal(plain, upgraded) {
			ops = append(ops, kv.Op{Key: key, Value: ring.Seal(key, upgraded)})
		}
	}
	return ops, nil
}

// setIdentity writes the number of the schema.
func (s *Store) setIdentity(ctx context.Context, who identity, stage string) error {
	value, err := s.codec.encode(who)
	if err != nil {
		return err
	}
	return s.commitLonely(ctx, lonely{
		entry: s.migrationEntry(who, stage),
		write: func(context.Context, *group, *seal.Ring) ([]kv.Op, int, error) {
			return []kv.Op{{Key: keyStoreID, Value: value}}, 0, nil
		},
	})
}

// migrationEntry is nobody's: the program does it when it first meets an older
// database.
func (s *Store) migrationEntry(to identity, stage string) domain.Entry {
	return domain.Entry{
		At: s.timeOf(desk.Change{}), Act: domain.ActMigrated, Outcome: domain.Done,
		Object: fmt.Sprintf("schema:%d %s", to.Schema, stage),
	}
}
