package store_test

import (
	"context"
	"crypto/rand"
	"errors"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/rights"
	"schalter/store"
	"schalter/store/journal"
	"schalter/store/keyfolder"
	"schalter/store/kv"
	"schalter/store/memory"
	"schalter/store/seal"
)

var noon = time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)

// begin makes a store in memory with a settings record and one member.
func begin(t *testing.T) (*store.Store, kv.Engine, store.Options) {
	t.Helper()
	return beginOn(t, memory.New(memory.Options{}))
}

func beginOn(t *testing.T, engine kv.Engine) (*store.Store, kv.Engine, store.Options) {
	t.Helper()
	keys, err := keyfolder.New([16]byte{7}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	o := store.Options{Keys: keys, Slots: seal.Practice(), Random: rand.Reader}
	s, err := store.Create(t.Context(), engine, o)
	if err != nil {
		t.Fatal(err)
	}
	commit(t, s, desk.Change{Put: []domain.Record{domain.Settings{Insurer: "Muster BKK"}}, Entries: entries(domain.ActConfigured, 0)})
	commit(t, s, desk.Change{
		Put:     []domain.Record{domain.Member{KVNR: "A123456780", Name: domain.Name{Given: "Anna", Surname: "Müller"}, BirthDate: 19620314}},
		Entries: entries(domain.ActMembersImported, 0),
	})
	return s, engine, o
}

func entries(act domain.Act, m domain.MemberID) []domain.Entry {
	return []domain.Entry{{At: noon, Act: act, Outcome: domain.Done, Role: rights.Clerk, Member: m}}
}

func commit(t *testing.T, s *store.Store, c desk.Change) desk.Receipt {
	t.Helper()
	r, err := s.Commit(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func verify(t *testing.T, s *store.Store) journal.Report {
	t.Helper()
	report, err := s.Verify(t.Context(), nil, nil)
	if err != nil {
		t.Fatalf("verify: %v", err)
	}
	return report
}

func TestMemberComesBack(t *testing.T) {
	s, _, _ := begin(t)
	m, rev, err := s.MemberByKVNR(t.Context(), "A123456780")
	if err != nil || rev == 0 || m.ID != 1 || m.Name.Surname != "Müller" || m.BirthDate != 19620314 {
		t.Fatalf("got %+v at %d, %v", m, rev, err)
	}
	if m.Pseudonym == (domain.Pseudonym{}) {
		t.Error("a new member has no pseudonym")
	}
	if _, _, err := s.Member(t.Context(), 99); !desk.IsKind(err, domain.NotFound) {
		t.Errorf("unknown member: %v", err)
	}
	verify(t, s)
}

// TestGuards: what somebody else changed meanwhile is a conflict, and nothing of
// the change is written.
func TestGuards(t *testing.T) {
	s, _, _ := begin(t)
	m, rev, err := s.Member(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	m.Address.City = "Würzburg"
	change := desk.Change{
		Guards: []desk.Guard{{Ref: m.Ref(), Rev: rev}}, Put: []domain.Record{m}, Entries: entries(domain.ActMembersImported, 0),
	}
	before := commit(t, s, change)
	if _, err := s.Commit(t.Context(), change); !desk.IsKind(err, domain.Conflict) {
		t.Fatalf("a guard that no longer holds: %v", err)
	}
	if report := verify(t, s); report.Size != before.Size {
		t.Errorf("the refused change left %d entries, want %d", report.Size, before.Size)
	}
	double := desk.Change{Put: []domain.Record{domain.Member{KVNR: "A123456780"}}, Entries: entries(domain.ActMembersImported, 0)}
	if _, err := s.Commit(t.Context(), double); !desk.IsKind(err, domain.Conflict) {
		t.Errorf("a second member with the same number: %v", err)
	}
}

func TestNoRecordWithoutEntry(t *testing.T) {
	s, _, _ := begin(t)
	_, err := s.Commit(t.Context(), desk.Change{Put: []domain.Record{domain.Settings{Insurer: "other"}}})
	if !desk.IsKind(err, domain.Internal) {
		t.Fatalf("a record changed without an entry: %v", err)
	}
	if _, err := s.Commit(t.Context(), desk.Change{Put: []domain.Record{domain.Tally{Person: 3, Narrow: []int64{1}}}}); err != nil {
		t.Errorf("an operational record needs no entry: %v", err)
	}
	if g, _, err := s.Settings(t.Context()); err != nil || g.Insurer != "Muster BKK" {
		t.Errorf("settings are %q, %v", g.Insurer, err)
	}
}

// TestRequestOnce: a retry of the same request changes nothing and gets the same
// answer.
func TestRequestOnce(t *testing.T) {
	s, _, _ := begin(t)
	change := desk.Change{Request: domain.RequestID{1}, Entries: entries(domain.ActOpened, 1)}
	first := commit(t, s, change)
	second := commit(t, s, change)
	if !second.Repeated || second.Mark != first.Mark || second.Size != first.Size || second.Rev != first.Rev {
		t.Errorf("first %+v, repeated %+v", first, second)
	}
	if report := verify(t, s); report.Size != first.Size {
		t.Errorf("the journal has %d entries, want %d", report.Size, first.Size)
	}
	other := desk.Change{Request: domain.RequestID{1}, Entries: entries(domain.ActCodeHandedOver, 1)}
	if _, err := s.Commit(t.Context(), other); !desk.IsKind(err, domain.Internal) {
		t.Errorf("the same id for another act: %v", err)
	}
}

func TestCasesAreNewestFirst(t *testing.T) {
	s, _, _ := begin(t)
	for _, act := range []domain.Act{domain.ActCodeCreated, domain.ActOpened, domain.ActCodeHandedOver} {
		commit(t, s, desk.Change{Entries: entries(act, 1)})
	}
	lines, err := s.Cases(t.Context(), 1, 5)
	if err != nil || len(lines) != 2 || lines[0].Act != domain.ActCodeHandedOver || lines[1].Act != domain.ActCodeCreated {
		t.Fatalf("cases %+v, %v", lines, err)
	}
	if lines, _ = s.Cases(t.Context(), 1, 1); len(lines) != 1 {
		t.Errorf("limit 1 gives %d", len(lines))
	}
}

// TestLockedUntilPassphrase: a store that is opened again reads nothing, writes
// nothing, and verifies all the same, until a passphrase unlocks it.
func TestLockedUntilPassphrase(t *testing.T) {
	s, engine, o := begin(t)
	slot, err := s.NewSlot(t.Context(), "anna", 4, []byte("korrekt pferd batterie"), true)
	if err != nil {
		t.Fatal(err)
	}
	commit(t, s, desk.Change{
		Put:     []domain.Record{slot, domain.Staff{ID: 4, Person: 4, Login: "anna", Roles: rights.Roles(rights.Clerk)}},
		Entries: entries(domain.ActStaffAdded, 0),
	})
	locked, err := store.Open(t.Context(), engine, o)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := locked.Member(t.Context(), 1); !desk.IsKind(err, domain.Locked) {
		t.Errorf("reading a locked store: %v", err)
	}
	if _, err := locked.Commit(t.Context(), desk.Change{Entries: entries(domain.ActOpened, 0)}); !desk.IsKind(err, domain.Locked) {
		t.Errorf("writing a locked store: %v", err)
	}
	verify(t, locked)

	for login, passphrase := range map[string]string{"anna": "falsch falsch falsch", "nobody": "korrekt pferd batterie"} {
		_, err := locked.Unlock(t.Context(), login, []byte(passphrase))
		if !errors.Is(err, domain.Fail(domain.Refused, domain.ReasonLoginFailed)) {
			t.Errorf("%s: %v", login, err)
		}
	}
	who, err := locked.Unlock(t.Context(), "anna", []byte("korrekt pferd batterie"))
	if err != nil || who.Staff != 4 || !who.OneTime {
		t.Fatalf("unlocked %+v, %v", who, err)
	}
	if err := locked.Loaded(t.Context()); err != nil {
		t.Fatal(err)
	}
	if m, _, err := locked.Member(t.Context(), 1); err != nil || m.Name.Given != "Anna" {
		t.Errorf("after unlocking: %+v, %v", m, err)
	}
	if err := locked.Close(); err != nil {
		t.Error(err)
	}
}

// TestCheckpointAtClose: closing signs what no checkpoint covers.
func TestCheckpointAtClose(t *testing.T) {
	engine := memory.New(memory.Options{})
	keys, err := keyfolder.New([16]byte{7}, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	o := store.Options{Keys: keys, Slots: seal.Practice(), Random: rand.Reader}
	s, err := store.Create(t.Context(), unclosed{engine}, o)
	if err != nil {
		t.Fatal(err)
	}
	for range 250 {
		commit(t, s, desk.Change{Entries: entries(domain.ActSearched, 0)})
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := store.Open(t.Context(), engine, o)
	if err != nil {
		t.Fatal(err)
	}
	if report := verify(t, again); report.Checkpoints != 4 || report.Entries != 250 {
		t.Errorf("report %+v, want 250 entries under 4 checkpoints: at 1, 101, 201 and the end", report)
	}
}

// unclosed keeps an engine open for whoever comes next.
type unclosed struct{ kv.Engine }

func (unclosed) Close() error { return nil }

func TestNewerSchemaIsRefused(t *testing.T) {
	_, engine, o := begin(t)
	pair, err := engine.Get(context.Background(), []byte{'z'})
	if err != nil {
		t.Fatal(err)
	}
	newer := append([]byte(nil), pair.Value...)
	newer[3] = 2 // record version, map head, key 1, schema
	if _, err := engine.Commit(t.Context(), kv.Batch{Ops: []kv.Op{{Key: pair.Key, Value: newer}}}); err != nil {
		t.Fatal(err)
	}
	_, err = store.Open(t.Context(), engine, o)
	if !errors.Is(err, domain.Fail(domain.Unavailable, domain.ReasonNewerSchema)) {
		t.Errorf("got %v", err)
	}
}
