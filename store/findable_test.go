package store

import (
	"bytes"
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
		if !reflect.DeepEqual(index.EntryOf(few), index.EntryOf(asFound(whole))) || few.Insurance.Main != members[i].Insurance.Main {
			t.Fatalf("at the start %+v\nis read of %+v", few, whole)
		}
	}
}

// asFound is a member without title, and of whose cards there are but the numbers.
func asFound(m domain.Member) domain.Member {
	m.Name.Title = ""
	for i, c := range m.Cards {
		m.Cards[i] = domain.Card{ICCSN: c.ICCSN}
	}
	return m
}

// FuzzFindable: what the decoder takes as a member is found as that member, and
// nothing makes the cursor fall over.
func FuzzFindable(f *testing.F) {
	s, ring, pairs, _ := sealedMembers(f, 3)
	for _, pair := range pairs {
		plain, err := ring.Open(pair.Key, pair.Value)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(plain)
		f.Add(plain[:len(plain)/2])
	}
	f.Add([]byte("\x01\xa1\x03\xbb\xff\xff\xff\xff\xff\xff\xff\xff"))
	f.Add(append([]byte("\x01\xa1\x07"), bytes.Repeat([]byte{0x81}, 1<<12)...))
	key := pairs[0].Key
	f.Fuzz(func(t *testing.T, plain []byte) {
		pair := kv.Pair{Key: key, Value: ring.Seal(key, plain)}
		few, err := s.openFindable(ring, pair)
		whole, wrong := s.openMember(ring, pair)
		if wrong != nil {
			return // a fault may be in what is skipped
		}
		if err != nil || !reflect.DeepEqual(index.EntryOf(asFound(few)), index.EntryOf(asFound(whole))) {
			t.Fatalf("%v; at the start %+v\nis read of %+v", err, few, whole)
		}
	})
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
