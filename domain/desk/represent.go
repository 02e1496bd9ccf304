package desk

import (
	"context"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/rights"
)

// Somebody acts for a member: for a child under 15 the insured parent who is
// linked in the family, with their own ID compared with their own record and the
// child's card. A parent who is not linked, a guardian or a carer appointed by a
// court shows a paper, whose kind is recorded, and a second person agrees. A power
// of attorney is none of these.

// ageOfMajority is the age from which somebody can act for another, in years.
const ageOfMajority = 18

// Represent says who acts for the visit's member. The identification begins anew:
// the documents are theirs from here on, the card is the member's. Zero takes it
// back.
func (d *Desk) Represent(ctx context.Context, a domain.Actor, id domain.VisitID, who domain.Representative, proof domain.Proof) error {
	v, release, err := d.identifying(ctx, a, id)
	if err != nil {
		return err
	}
	defer release()
	m, _, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return err
	}
	parent, why, err := d.parentFor(ctx, m, who, proof)
	if err != nil {
		return err
	}
	if why != "" {
		return d.refuse(ctx, d.about(v, domain.ActRefused), why)
	}
	if who <= domain.LinkedParent {
		proof = 0
	}
	d.change(id, func(v *visit) {
		v.representative, v.proof, v.parent = who, proof, parent
		v.document = domain.DocumentSeen{}
	})
	return nil
}

// parentFor says whose record the representative's document is compared with, or
// why they cannot act for the member.
func (d *Desk) parentFor(ctx context.Context, m domain.Member, who domain.Representative, proof domain.Proof) (parent domain.MemberID, why domain.Reason, err error) {
	child := under15(m, d.today())
	switch {
	case who == 0:
		return 0, "", nil
	case who > domain.Carer:
		return 0, domain.ReasonForSomeoneElse, nil
	case !child && who != domain.Carer:
		return 0, domain.ReasonNotRepresented, nil
	case who != domain.LinkedParent && (proof == 0 || proof > domain.AppointmentDocument):
		return 0, domain.ReasonProofMissing, nil
	case who != domain.LinkedParent:
		return 0, "", nil
	case m.Insurance.Main == "" || m.Insurance.Relation != domain.Child:
		return 0, domain.ReasonNotLinked, nil
	}
	main, _, err := d.Reader.MemberByKVNR(ctx, m.Insurance.Main)
	switch {
	case IsKind(err, domain.NotFound):
		return 0, domain.ReasonNotLinked, nil
	case err != nil:
		return 0, "", err
	case main.Deceased || main.BirthDate.Age(d.today()) < ageOfMajority:
		return 0, domain.ReasonNotLinked, nil
	}
	return main.ID, "", nil
}

// bearer is whose record a document is compared with: the member's, or the linked
// parent's. Of a representative who is not linked there is none, and known is
// false.
func (d *Desk) bearer(ctx context.Context, v visit) (m domain.Member, known bool, err error) {
	switch {
	case v.representative > domain.LinkedParent:
		return m, false, nil
	case v.parent != 0:
		m, _, err = d.Reader.Member(ctx, v.parent)
		return m, true, err
	}
	m, _, err = d.Reader.Member(ctx, v.member)
	return m, true, err
}

// bearerShown refuses a birth date of a parent whose data were shown to the person
// who types it.
func (d *Desk) bearerShown(ctx context.Context, v visit) error {
	if v.parent == 0 {
		return nil
	}
	answers, _, err := d.answers(ctx, v.parent)
	if err == nil && domain.CountBy(answers.Shown, v.actor.Person) > 0 {
		return d.refuse(ctx, d.about(v, domain.ActRefused), domain.ReasonShownToYou)
	}
	return err
}

// ofAge reports whether one of the dates makes somebody an adult.
func (d *Desk) ofAge(born []date.Date) bool {
	for _, b := range born {
		if b.Age(d.today()) >= ageOfMajority {
			return true
		}
	}
	return false
}

// Relative is somebody insured in the same family, as a list shows them.
type Relative struct {
	Member   domain.MemberID
	Relation domain.Relation // Child or OtherRelation; 0: the main member
	Masked   Masked
}

// Family lists those who are insured with the visit's member, or the main member
// of a child. Spouses are never shown, neither way.
func (d *Desk) Family(ctx context.Context, a domain.Actor, id domain.VisitID) ([]Relative, error) {
	v, err := d.visit(ctx, a, id)
	if err != nil {
		return nil, err
	}
	m, _, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return nil, err
	}
	e := d.entry(a, domain.ActOpened, rights.Open)
	e.Member = m.ID
	if _, err := d.permit(ctx, &e, a, rights.None, m.Ended(d.today())); err != nil {
		return nil, err
	}
	if m.Insurance.Main != "" {
		return d.mainOf(ctx, a, m)
	}
	var list []Relative
	for _, number := range d.Reader.InsuredWith(m.KVNR) {
		x, _, err := d.Reader.Member(ctx, number)
		if IsKind(err, domain.NotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if x.Insurance.Main == m.KVNR && x.Insurance.Relation != domain.Spouse && x.Insurance.Relation != 0 {
			list = append(list, Relative{Member: x.ID, Relation: x.Insurance.Relation, Masked: d.mask(a, x)})
		}
	}
	return list, nil
}

func (d *Desk) mainOf(ctx context.Context, a domain.Actor, m domain.Member) ([]Relative, error) {
	if m.Insurance.Relation == domain.Spouse || m.Insurance.Relation == 0 {
		return nil, nil
	}
	main, _, err := d.Reader.MemberByKVNR(ctx, m.Insurance.Main)
	if IsKind(err, domain.NotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return []Relative{{Member: main.ID, Masked: d.mask(a, main)}}, nil
}
