package domain

// Representative is somebody who acts for a member.
type Representative uint8

// The representatives. The zero value is the member in person. A person with a
// power of attorney is none: it never yields an activation code.
const (
	LinkedParent   Representative = iota + 1 // the insured parent, linked in the family
	UnlinkedParent                           // a parent who is not insured here
	Guardian                                 // Vormund
	Carer                                    // rechtliche Betreuung, appointed by a court
)

// AllRepresentatives lists every kind.
func AllRepresentatives() []Representative {
	return []Representative{LinkedParent, UnlinkedParent, Guardian, Carer}
}

// Proof is the paper by which an unlinked representative shows that they act for
// the member. Nothing but its kind is kept.
type Proof uint8

// The kinds of paper.
const (
	BirthCertificate    Proof = iota + 1 // Geburtsurkunde
	CustodyDeclaration                   // Sorgeerklärung or Negativbescheinigung
	CourtOrder                           // Beschluss
	AppointmentDocument                  // Bestallungsurkunde, Betreuerausweis
)

// AllProofs lists every kind.
func AllProofs() []Proof {
	return []Proof{BirthCertificate, CustodyDeclaration, CourtOrder, AppointmentDocument}
}
