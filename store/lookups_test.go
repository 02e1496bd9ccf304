package store_test

import (
	"errors"
	"fmt"
	"testing"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/kvnr"
	"schalter/domain/rights"
	"schalter/store"
	"schalter/store/kv"
)

// bulk is a change of an import with n new members.
func bulk(from, n int) desk.Change {
	c := desk.Change{Bulk: true, Entries: entries(domain.ActMembersImported, 0)}
	for i := range n {
		c.Put = append(c.Put, domain.Member{KVNR: number(from + i), Name: domain.Name{Surname: "Schmidt"}})
	}
	return c
}

func number(i int) kvnr.KVNR { return kvnr.KVNR(fmt.Sprintf("C%09d", i)) }

// lookupsWritten counts the lookups in an engine.
func lookupsWritten(t *testing.T, engine kv.Engine) (n int) {
	t.Helper()
	for _, err := range engine.Range(t.Context(), kv.Prefix([]byte("l")), kv.RangeOptions{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}

// TestLookupsWait: the lookups of an import are written when it is over, and a
// member is found, and unique, before.
func TestLookupsWait(t *testing.T) {
	s, engine, _ := begin(t)
	commit(t, s, bulk(0, 100))
	if n := lookupsWritten(t, engine); n != 1 {
		t.Errorf("%d lookups are written, want the one of before", n)
	}
	for _, again := range []desk.Change{bulk(99, 1), {Put: bulk(5, 1).Put, Entries: entries(domain.ActMembersImported, 0)}} {
		if _, err := s.Commit(t.Context(), again); !desk.IsKind(err, domain.Conflict) {
			t.Errorf("the same KVNR again: %v", err)
		}
	}
	if m, _, err := s.MemberByKVNR(t.Context(), number(7)); err != nil || m.KVNR != number(7) {
		t.Errorf("found %v, %v", m.ID, err)
	}
	commit(t, s, desk.Change{Bulk: true})
	if n := lookupsWritten(t, engine); n != 101 {
		t.Errorf("%d lookups are written, want all 101", n)
	}
	verify(t, s)
}

// TestLookupsOutliveALockedStore: who opens the database after a crash without
// unlocking it, as verifying does, has nothing to write of the lookups, and must
// not say that they are written.
func TestLookupsOutliveALockedStore(t *testing.T) {
	s, engine, o := begin(t)
	slot, err := s.NewSlot(t.Context(), "anna", 4, []byte("korrekt pferd batterie"), false)
	if err != nil {
		t.Fatal(err)
	}
	commit(t, s, desk.Change{
		Put:     []domain.Record{slot, domain.Staff{ID: 4, Person: 4, Login: "anna", Roles: rights.Roles(rights.Clerk)}},
		Entries: entries(domain.ActStaffAdded, 0),
	})
	commit(t, s, bulk(0, 100))

	// The process is gone; s is never heard of again.
	kept := unclosed{engine}
	locked, err := store.Open(t.Context(), kept, o)
	if err != nil {
		t.Fatal(err)
	}
	if err := locked.Close(); err != nil {
		t.Fatal(err)
	}
	reopened, err := store.Open(t.Context(), engine, o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := reopened.Unlock(t.Context(), "anna", []byte("korrekt pferd batterie")); err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{0, 99} {
		if m, _, err := reopened.MemberByKVNR(t.Context(), number(i)); err != nil || m.KVNR != number(i) {
			t.Errorf("member %d: %v", i, err)
		}
	}
	if _, err := reopened.Commit(t.Context(), bulk(50, 1)); !desk.IsKind(err, domain.Conflict) {
		t.Errorf("the same KVNR again: %v", err)
	}
}

// TestLookupsAfterACrash: what was not written is made anew from the members.
func TestLookupsAfterACrash(t *testing.T) {
	s, engine, o := begin(t)
	slot, err := s.NewSlot(t.Context(), "anna", 4, []byte("korrekt pferd batterie"), false)
	if err != nil {
		t.Fatal(err)
	}
	commit(t, s, desk.Change{
		Put:     []domain.Record{slot, domain.Staff{ID: 4, Person: 4, Login: "anna", Roles: rights.Roles(rights.Clerk)}},
		Entries: entries(domain.ActStaffAdded, 0),
	})
	commit(t, s, bulk(0, 100))
	commit(t, s, bulk(100, 100))

	// The process is gone; s is never heard of again.
	reopened, err := store.Open(t.Context(), engine, o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := reopened.Unlock(t.Context(), "anna", []byte("korrekt pferd batterie")); err != nil {
		t.Fatal(err)
	}
	for _, i := range []int{0, 99, 100, 199} {
		if m, _, err := reopened.MemberByKVNR(t.Context(), number(i)); err != nil || m.KVNR != number(i) {
			t.Errorf("member %d: %v", i, err)
		}
	}
	if _, err := reopened.Commit(t.Context(), bulk(150, 1)); !desk.IsKind(err, domain.Conflict) {
		t.Errorf("the same KVNR again: %v", err)
	}
	// Erasing one of them must leave a lookup that leads nowhere, whatever waits.
	m, _, err := reopened.MemberByKVNR(t.Context(), number(42))
	if err != nil {
		t.Fatal(err)
	}
	commit(t, reopened, desk.Change{Delete: []domain.Ref{m.Ref()}, Entries: entries(domain.ActConfigured, 0)})
	commit(t, reopened, desk.Change{Bulk: true})
	if _, _, err := reopened.MemberByKVNR(t.Context(), number(42)); !errors.Is(err, domain.Fail(domain.NotFound, domain.ReasonErased)) {
		t.Errorf("the erased one: %v", err)
	}
	if n := lookupsWritten(t, engine); n != 201 {
		t.Errorf("%d lookups are written, want 201", n)
	}
	verify(t, reopened)
}
