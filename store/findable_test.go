package store

import (
	"crypto/rand"
	"reflect"
	"testing"

	"schalter/domain"
	"schalter/domain/practice"
	"schalter/store/index"
	"schalter/store/kv"
	"schalter/store/seal"
)

// sealedMembers are invented members as they are stored.
func sealedMembers(t testing.TB, n int) (*Store, *seal.Ring, []kv.Pair, []domain.Member) {
	t.Helper()
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	s := &Store{codec: c}
	ring, err := seal.NewRing([16]byte{7}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	var pairs []kv.Pair
	members := practice.People(practice.Seed, 20260314, n)
	for i := range members {
		members[i].ID = domain.MemberID(i + 1)
		key := keyOf(members[i].Ref())
		value, err := s.seal(ring, key, members[i])
		if err != nil {
			t.Fatal(err)
		}
		pairs = append(pairs, kv.Pair{Key: key, Value: value, Rev: 1})
	}
	return s, ring, pairs, members
}

// TestFindable: who is read at the start is found as who is committed later.
func TestFindable(t *testing.T) {
	s, ring, pairs, members := sealedMembers(t, 500)
	for i, pair := range pairs {
		whole, err := s.openMember(ring, pair)
		if err != nil {
			t.Fatal(err)
		}
		few, err := s.openFindable(ring, pair)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(index.EntryOf(few), index.EntryOf(whole)) || few.Insurance.Main != members[i].Insurance.Main {
			t.Fatalf("at the start %+v\nis read of %+v", few, whole)
		}
	}
}

func BenchmarkOpenMember(b *testing.B) {
	s, ring, pairs, _ := sealedMembers(b, 1000)
	for name, open := range map[string]func(*seal.Ring, kv.Pair) (domain.Member, error){"whole": s.openMember, "findable": s.openFindable} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for n := 0; b.Loop(); n++ {
				if _, err := open(ring, pairs[n%len(pairs)]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
