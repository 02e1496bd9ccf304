package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"schalter/domain"
	calendar "schalter/domain/date"
	"schalter/domain/desk"
	"schalter/domain/memberfile"
	"schalter/domain/name"
	"schalter/domain/practice"
	"schalter/domain/rights"
	"schalter/store"
)

// TestRawFile: after a day at the counter (init, import, staff, search,
// identification, hand-out) neither the database file nor anything beside it
// shows a name, a number, a card digit, an address, a login or a code, in no
// spelling.
//
// Sealed bytes are random, so a short text is among them by chance now and then.
// A leak is there every time: two databases are made of the same people, and
// texts of fewer than eight bytes count only if both show them.
func TestRawFile(t *testing.T) {
	people := practice.People(practice.Seed, calendar.Of(morning), 300)
	var hits [2]map[string]bool
	for i := range hits {
		b := newBench(t)
		b.founded()
		b.importPeople(people)
		_, shown := b.day(people)
		hits[i] = b.search(append(b.stored(), string(shown.Code), shown.Code.Grouped(), shown.Link, secrets["chef"], secrets["anna"]))
	}
	for hit := range hits[0] {
		if len(hit) >= 8 || hits[1][hit] {
			t.Errorf("the file shows %q", hit)
		}
	}
	for hit := range hits[1] {
		if len(hit) >= 8 {
			t.Errorf("the file shows %q", hit)
		}
	}
}

// search looks for texts in every file of the database.
func (b *bench) search(texts []string) map[string]bool {
	b.t.Helper()
	needles := spellings(texts)
	if len(needles) < 2000 {
		b.t.Fatalf("only %d texts to look for", len(needles))
	}
	raw := b.rawFiles()
	// The search does find what is there: the name of the first bucket.
	if !bytes.Contains(raw, []byte("meta")) {
		b.t.Fatal("the database was not read")
	}
	hits := map[string]bool{}
	for _, needle := range needles {
		if bytes.Contains(raw, []byte(needle)) {
			hits[needle] = true
		}
	}
	return hits
}

// importPeople writes an import file and reads it in.
func (b *bench) importPeople(people []domain.Member) {
	b.t.Helper()
	var file bytes.Buffer
	writeMembers(b.t, &file, people)
	path := b.write("people.csv", file.String())
	status, _, errs := b.do("member", "import", path, "--as", "chef", "--passphrase-file", filepath.Join(b.home, "chef.pass"))
	if status != statusDone {
		b.t.Fatalf("import: %d %s", status, errs)
	}
}

// day signs a clerk in at a seat and hands out a code to the first person whose
// papers allow it.
func (b *bench) day(people []domain.Member) (domain.Member, desk.Shown) {
	b.t.Helper()
	b.hire("anna")
	ctx := context.Background()
	o, err := b.open(ctx)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() {
		if err := o.close(); err != nil {
			b.t.Error(err)
		}
	}()
	a, err := o.desk.Login(ctx, desk.Credentials{Login: "anna", Passphrase: []byte(secrets["anna"])},
		desk.Place{Channel: rights.Counter, Branch: "Würzburg", Seat: "Platz 1"})
	if err != nil {
		b.t.Fatal(err)
	}
	if err := o.store.Loaded(ctx); err != nil {
		b.t.Fatal(err)
	}
	for _, m := range people {
		if shown, ok := handOut(ctx, o, a, m); ok {
			return m, shown
		}
	}
	b.t.Fatal("nobody could be given a code")
	return domain.Member{}, desk.Shown{}
}

// handOut walks the whole flow for one person, as far as their papers lead.
func handOut(ctx context.Context, o *opened, a domain.Actor, m domain.Member) (desk.Shown, bool) {
	shown, visit, ok := issue(ctx, o, a, m)
	if !ok {
		return shown, false
	}
	given, err := o.desk.NewRequest()
	if err != nil || o.desk.HandedOver(ctx, a, visit, given) != nil {
		return desk.Shown{}, false
	}
	return shown, true
}

// issue is handOut up to the code on the screen.
func issue(ctx context.Context, o *opened, a domain.Actor, m domain.Member) (desk.Shown, domain.VisitID, bool) {
	papers := practice.PapersOf(m, practice.Seed, calendar.Of(morning))
	list, err := o.desk.Find(ctx, a, string(m.KVNR))
	if err != nil || len(list.Found) != 1 {
		return desk.Shown{}, domain.VisitID{}, false
	}
	visit, err := o.desk.Open(ctx, a, desk.Opening{Member: list.Found[0].Member, Query: string(m.KVNR)})
	if err != nil {
		return desk.Shown{}, visit, false
	}
	for _, step := range []func() error{
		func() error { return o.desk.ChooseDocument(ctx, a, visit, papers.Document) },
		func() error { return o.desk.BirthDate(ctx, a, visit, papers.TypedBirthDate()) },
		func() error { return o.desk.ValidUntil(ctx, a, visit, papers.TypedValidUntil(calendar.Of(morning))) },
		func() error { return o.desk.Photo(ctx, a, visit, true) },
		func() error { return o.desk.Card(ctx, a, visit, papers.CardDigits) },
	} {
		if step() != nil {
			return desk.Shown{}, visit, false
		}
	}
	made, err := o.desk.NewRequest()
	if err != nil {
		return desk.Shown{}, visit, false
	}
	shown, err := o.desk.Issue(ctx, a, visit, made, domain.FirstActivation)
	if err != nil {
		return desk.Shown{}, visit, false
	}
	return shown, visit, true
}

// stored is every text of every member, staff and setting in the database.
func (b *bench) stored() []string {
	b.t.Helper()
	ctx := context.Background()
	o, err := b.open(ctx)
	if err != nil {
		b.t.Fatal(err)
	}
	defer o.close()
	if _, err := o.store.Unlock(ctx, "anna", []byte(secrets["anna"])); err != nil {
		b.t.Fatal(err)
	}
	var texts []string
	for m := range allMembers(b.t, o.store) {
		n, a := m.Name, m.Address
		texts = append(texts, string(m.KVNR), n.Given, n.Surname, n.Prefix, n.BirthName, n.Title, n.Suffix,
			a.Street, a.City, a.Postcode, a.Extra, m.Contact.Email, m.Contact.Phone, m.BirthDate.String(),
			string(m.Insurance.Main))
		for _, c := range m.Cards {
			texts = append(texts, string(c.ICCSN), c.ICCSN.Last6())
		}
	}
	for s, err := range o.store.AllStaff(ctx) {
		if err != nil {
			b.t.Fatal(err)
		}
		texts = append(texts, s.Login, s.Name)
	}
	s, err := o.desk.Settings(ctx)
	if err != nil {
		b.t.Fatal(err)
	}
	return append(texts, s.Insurer, s.AppHost, string(s.IK), s.Branches[0].Name, s.Branches[0].Seats[0])
}

func allMembers(t *testing.T, s *store.Store) func(func(domain.Member) bool) {
	return func(yield func(domain.Member) bool) {
		for id := domain.MemberID(1); ; id++ {
			m, _, err := s.Member(t.Context(), id)
			if desk.IsKind(err, domain.NotFound) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if !yield(m) {
				return
			}
		}
	}
}

// spellings are the texts of at least four characters and their words, as they
// are, in small letters, in capitals and in both foldings.
func spellings(texts []string) []string {
	seen := map[string]bool{}
	var out []string
	add := func(spelled ...string) {
		for _, s := range spelled {
			if utf8.RuneCountInString(s) >= 4 && !seen[s] {
				seen[s] = true
				out = append(out, s)
			}
		}
	}
	for _, text := range texts {
		add(text, strings.ReplaceAll(text, "-", ""))
		for word := range strings.FieldsSeq(text) {
			wide, narrow := name.Fold(word)
			add(word, strings.ToLower(word), strings.ToUpper(word), wide, narrow)
		}
	}
	return out
}

// rawFiles are the bytes of the database and of everything beside it, but for
// pages that hold nothing.
func (b *bench) rawFiles() []byte {
	b.t.Helper()
	dir := filepath.Dir(b.flags.database)
	entries, err := os.ReadDir(dir)
	if err != nil {
		b.t.Fatal(err)
	}
	var all []byte
	for _, e := range entries {
		raw, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			b.t.Fatal(err)
		}
		empty := make([]byte, os.Getpagesize())
		for page := range slices.Chunk(raw, len(empty)) {
			if !bytes.Equal(page, empty[:len(page)]) {
				all = append(all, page...)
			}
		}
	}
	return all
}

func writeMembers(t *testing.T, to *bytes.Buffer, people []domain.Member) {
	t.Helper()
	w := memberfile.NewWriter(to, memberfile.CSV)
	for _, m := range people {
		if err := w.Write(m); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
}

// hire adds a clerk with a passphrase of their own.
func (b *bench) hire(login string) {
	b.t.Helper()
	chef, lead := filepath.Join(b.home, "chef.pass"), filepath.Join(b.home, "lead.pass")
	status, once, errs := b.do("staff", "add", login, "--roles", "clerk", "--name", "A. Schmidt",
		"--as", "chef", "--passphrase-file", chef, "--second", "lead", "--second-passphrase-file", lead)
	if status != statusDone {
		b.t.Fatalf("staff add: %d %s", status, errs)
	}
	status, _, errs = b.do("staff", "passwd", "--as", login, "--passphrase-file", b.write("once", once),
		"--new-passphrase-file", b.write(login+".pass", secrets[login]+"\n"))
	if status != statusDone {
		b.t.Fatalf("staff passwd: %d %s", status, errs)
	}
}
