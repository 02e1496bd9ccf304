package desk_test

import (
	"bytes"
	"iter"
	"reflect"
	"slices"
	"testing"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/desk"
	"schalter/domain/memberfile"
	"schalter/domain/practice"
)

// TestExportComesBack: what is exported and imported into another database are the
// same members, in both forms.
func TestExportComesBack(t *testing.T) {
	first := open(t)
	var rows []desk.Incoming
	for i, m := range practice.People(3, date.Of(now), 1200) {
		rows = append(rows, desk.Incoming{Line: i + 2, Member: m})
	}
	first.imports(rows...)
	lead := desk.Credentials{Login: "leitung", Passphrase: []byte(passphrase)}
	for _, form := range []memberfile.Form{memberfile.CSV, memberfile.JSONLines} {
		var file bytes.Buffer
		err := first.Export(t.Context(), first.login("admin", console), lead, "age1x", func(members iter.Seq2[domain.Member, error]) error {
			out := memberfile.NewWriter(&file, form)
			for m, err := range members {
				if err != nil {
					return err
				}
				if err := out.Write(m); err != nil {
					return err
				}
			}
			return out.Flush()
		})
		if err != nil {
			t.Fatal(err)
		}
		in, err := memberfile.NewReader(&file, memberfile.Options{Today: date.Of(now)})
		if err != nil {
			t.Fatal(err)
		}
		rows = nil
		for row, err := range in.Rows() {
			if err != nil || row.Rejected() {
				t.Fatalf("line %d: %s, %v", row.Line, row.Reject, err)
			}
			rows = append(rows, desk.Incoming{Line: row.Line, Member: row.Member, Over: row.Over})
		}
		second := open(t)
		second.imports(rows...)
		if got, want := people(t, second), people(t, first); !reflect.DeepEqual(got, want) {
			t.Errorf("form %d: %d members came back, not the %d that left", form, len(got), len(want))
		}
	}
}

// people are all members but for what each database gives them of its own.
func people(t *testing.T, c *counter) (all []domain.Member) {
	t.Helper()
	for m, err := range c.store.AllMembers(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		m.Pseudonym = domain.Pseudonym{}
		m.Cards = slices.Clone(m.Cards)
		for i := range m.Cards {
			m.Cards[i].BlockedHere = false
		}
		all = append(all, m)
	}
	return all
}
