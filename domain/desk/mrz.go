package desk

import (
	"context"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/mrz"
	"schalter/domain/name"
)

// ZoneVerdict says field by field whether a machine-readable zone agrees with
// the record. What either says is not in it.
type ZoneVerdict struct {
	Document domain.DocumentKind
	// Name agrees, wholly or in part; a part is for the person who judges the
	// photo to look at.
	Name name.Verdict
	// Swapped: the scanner types other characters, Y for Z or ! for 1. Its keyboard
	// layout is set wrong, or Caps Lock is on.
	Swapped bool
}

// Zone compares the machine-readable zone of a document, scanned or pasted, with
// the open visit's record. It gives the kind, the birth date and the validity at
// once; the photo is still a person's to judge. The lines are not kept.
//
// It must be switched on (Settings.MRZ), and it never searches: PAuswG § 20 (3)
// forbids retrieval by the serial number, and an open visit needs none.
func (d *Desk) Zone(ctx context.Context, a domain.Actor, id domain.VisitID, text string) (ZoneVerdict, error) {
	v, release, err := d.identifying(ctx, a, id)
	if err != nil {
		return ZoneVerdict{}, err
	}
	defer release()
	settings, _, err := d.Reader.Settings(ctx)
	if err != nil {
		return ZoneVerdict{}, err
	}
	if !settings.MRZ {
		return ZoneVerdict{}, d.refuse(ctx, d.about(v, domain.ActRefused), domain.ReasonMRZOff)
	}
	zone, problems := mrz.ParseText(text, d.today())
	if !mrz.Valid(problems) {
		return ZoneVerdict{}, domain.Fail(domain.Invalid, domain.ReasonMRZUnreadable).WithField("mrz")
	}
	verdict := ZoneVerdict{Document: documentKind(zone.Kind), Swapped: zone.LayoutSwapped}
	if verdict.Document == 0 {
		return verdict, d.refuse(ctx, d.about(v, domain.ActRefused), domain.ReasonDocumentKind)
	}
	m, known, err := d.bearer(ctx, v)
	if err != nil {
		return ZoneVerdict{}, err
	}
	if err := d.bearerShown(ctx, v); err != nil {
		return ZoneVerdict{}, err
	}
	verdict.Name = name.CompareMRZ(name.Person(m.Name), zone.Surname, zone.GivenNames)
	right := verdict.Name != name.Mismatch && zone.BornOn(m.BirthDate)
	if !known {
		// There is no record to agree with: the paper that was shown names them.
		verdict.Name, right = name.Match, d.ofAge([]date.Date{zone.BirthDate})
	}
	v.document.Kind = verdict.Document
	d.change(id, func(v *visit) { v.document = domain.DocumentSeen{Kind: verdict.Document} })
	if err := d.answer(ctx, v, right, domain.ReasonDocumentMismatch, true); err != nil {
		return verdict, err
	}
	if zone.Expired(d.today()) {
		return verdict, d.expired(ctx, v, "mrz")
	}
	d.change(id, func(v *visit) {
		v.document = domain.DocumentSeen{
			Kind: verdict.Document, BirthDate: d.Now(), ValidUntil: zone.ExpiryDate, Validity: d.Now(),
		}
	})
	return verdict, nil
}

// documentKind says which of the accepted photo IDs a zone belongs to; 0 is
// none. A child's passport and other travel documents are none of them.
func documentKind(k mrz.Kind) domain.DocumentKind {
	switch k {
	case mrz.IdentityCard, mrz.ProvisionalIdentityCard, mrz.ReplacementIdentityCard:
		return domain.IdentityCard
	case mrz.Passport, mrz.ProvisionalPassport, mrz.ForeignPassport:
		return domain.Passport
	case mrz.ResidencePermit:
		return domain.ResidencePermit
	case mrz.ForeignIdentityCard:
		return domain.ForeignIdentityCard
	}
	return 0
}
