package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/mrz"
	"schalter/domain/name"
)

// The published specimen of the German identity card of 2021.
const specimen2021 = "IDD<<L01X00T471<<<<<<<<<<<<<<<\r8308126<3108011D<<2108<<<<<<<7\rMUSTERMANN<<ERIKA<<<<<<<<<<<<<"

func mrzOn(s *domain.Settings) { s.MRZ, s.MRZBasis = true, "test" }

func erika(m *domain.Member) {
	m.Name, m.BirthDate = domain.Name{Given: "Erika", Surname: "Mustermann"}, 19830812
}

// TestZone: what a scanned document settles, and what it refuses. The photo and
// the card are still to come.
func TestZone(t *testing.T) {
	passport := zone(t, mrz.Specimen{
		Format: mrz.TD3, Type: "P", Issuer: "D", Nationality: "D", Number: "C01X00T47",
		Surname: "MUSTERMANN", GivenNames: "ERIKA", BirthDate: 19830812, ExpiryDate: 20310801, Sex: mrz.Female,
	})
	rows := []struct {
		reason string
		member func(*domain.Member)
		text   string
		want   domain.Reason // "" when it agrees
		name   name.Verdict
	}{
		{"the holder's own card", erika, specimen2021, "", name.Match},
		{"typed in small letters with ; for <", erika, strings.ToLower(strings.ReplaceAll(specimen2021, "<", ";")), "", name.Match},
		{"a passport", erika, passport, "", name.Match},
		{"a second given name on record", func(m *domain.Member) { erika(m); m.Name.Given = "Erika Maria" }, specimen2021, "", name.PartialFewer},
		{"married since", func(m *domain.Member) { erika(m); m.Name.Surname, m.Name.BirthName = "Gabler", "Mustermann" }, specimen2021, "", name.PartialBirthName},
		{"another name", func(m *domain.Member) { erika(m); m.Name.Surname = "Musterfrau" }, specimen2021, domain.ReasonDocumentMismatch, 0},
		{"another birth date", func(m *domain.Member) { erika(m); m.BirthDate = 19830813 }, specimen2021, domain.ReasonDocumentMismatch, 0},
		{"one digit wrong", erika, strings.Replace(specimen2021, "8308126", "8308127", 1), domain.ReasonMRZUnreadable, 0},
		{"not a zone", erika, "Erika Mustermann", domain.ReasonMRZUnreadable, 0},
		{
			"an expired card", func(m *domain.Member) { erika(m); m.BirthDate = 19640812 },
			"IDD<<T220001293<<<<<<<<<<<<<<<\n6408125<2010315D<<<<<<<<<<<<<4\nMUSTERMANN<<ERIKA<<<<<<<<<<<<<",
			domain.ReasonDocumentExpired, 0,
		},
		{"a residence permit of another state is none of the documents", erika, zone(t, mrz.Specimen{
			Format: mrz.TD1, Type: "AR", Issuer: "UTO", Nationality: "UTO", Number: "X1234567",
			Surname: "MUSTERMANN", GivenNames: "ERIKA", BirthDate: 19830812, ExpiryDate: 20310801,
		}), domain.ReasonDocumentKind, 0},
	}
	for _, row := range rows {
		t.Run(row.reason, func(t *testing.T) {
			c := open(t, mrzOn)
			m, a := c.member(row.member), c.clerk()
			v := c.visit(a, m, "")
			verdict, err := c.Zone(t.Context(), a, v, row.text)
			if row.want != "" {
				refused(t, err, row.want)
				_ = c.Photo(t.Context(), a, v, true)
				_ = c.Card(t.Context(), a, v, "951731")
				if _, err := c.issue(a, v); err == nil {
					t.Error("a code appeared")
				}
				return
			}
			if err != nil || verdict.Name != row.name {
				t.Fatalf("verdict %+v, %v", verdict, err)
			}
			if err := c.Photo(t.Context(), a, v, true); err != nil {
				t.Fatal(err)
			}
			if err := c.Card(t.Context(), a, v, "951731"); err != nil {
				t.Fatal(err)
			}
			if _, err := c.issue(a, v); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestZoneIsForgottenWithItsDocument: choosing another document afterwards forgets what the
// zone had settled.
func TestZoneIsForgottenWithItsDocument(t *testing.T) {
	c := open(t, mrzOn)
	m, a := c.member(erika), c.clerk()
	v := c.visit(a, m, "")
	if _, err := c.Zone(t.Context(), a, v, specimen2021); err != nil {
		t.Fatal(err)
	}
	if err := c.ChooseDocument(t.Context(), a, v, domain.Passport); err != nil {
		t.Fatal(err)
	}
	if err := c.ValidUntil(t.Context(), a, v, "0831"); err != nil {
		t.Fatal(err)
	}
	refused(t, c.Photo(t.Context(), a, v, true), domain.ReasonNotIdentified)
}

// TestZoneKeepsNoNumber: whatever comes of a zone, the number of the document is
// in nothing that is written, answered or said.
func TestZoneKeepsNoNumber(t *testing.T) {
	for _, row := range []struct {
		reason string
		member func(*domain.Member)
		text   string
	}{
		{"it agrees", erika, specimen2021},
		{"another person", func(*domain.Member) {}, specimen2021},
		{"one digit wrong", erika, strings.Replace(specimen2021, "8308126", "8308127", 1)},
		{"expired", func(m *domain.Member) { erika(m); m.BirthDate = 19640812 }, "IDD<<L01X00T471<<<<<<<<<<<<<<<\n6408125<2010315D<<<<<<<<<<<<<6\nMUSTERMANN<<ERIKA<<<<<<<<<<<<<"},
	} {
		c := open(t, mrzOn)
		m, a := c.member(row.member), c.clerk()
		v := c.visit(a, m, "")
		var written strings.Builder
		c.Writer = &writer{c.store, func(change desk.Change, commit func() (desk.Receipt, error)) (desk.Receipt, error) {
			fmt.Fprintf(&written, "%+v\n", change)
			return commit()
		}}
		verdict, err := c.Zone(t.Context(), a, v, row.text)
		view, viewErr := c.View(t.Context(), a, v)
		if viewErr != nil {
			t.Fatal(viewErr)
		}
		if said := fmt.Sprintf("%s %+v %v %+v", written.String(), verdict, err, view); strings.Contains(said, "L01X00T4") {
			t.Errorf("%s: the number is in it", row.reason)
		}
	}
}

func zone(t *testing.T, s mrz.Specimen) string {
	t.Helper()
	lines, err := s.Lines()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}
