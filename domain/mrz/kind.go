package mrz

// Kind is what kind of document it is, derived from format, document code,
// issuer and nationality. Which kinds prove an identity is not decided here.
type Kind uint8

const (
	// Other is everything else, and everything that cannot be told: crew
	// certificates, foreign residence permits, the Ankunftsnachweis (MED), with
	// which its holder cannot identify (§ 63a (1) no. 19 AsylG).
	Other Kind = iota
	// IdentityCard is the German Personalausweis.
	IdentityCard
	// ProvisionalIdentityCard is the vorläufiger Personalausweis.
	ProvisionalIdentityCard
	// ReplacementIdentityCard is the Ersatz-Personalausweis, § 6a PAuswG.
	ReplacementIdentityCard
	// Passport is the German Reisepass, Dienstpass or Diplomatenpass.
	Passport
	// ProvisionalPassport is the vorläufiger Reisepass.
	ProvisionalPassport
	// ChildPassport is the Kinderreisepass, not issued since 2024.
	ChildPassport
	// TravelDocument is a Reiseausweis that Germany issues to refugees, stateless
	// persons and other foreigners.
	TravelDocument
	// ResidencePermit is the German elektronischer Aufenthaltstitel or an
	// Aufenthaltskarte.
	ResidencePermit
	// ForeignPassport is a passport of another state.
	ForeignPassport
	// ForeignIdentityCard is an identity card of another state.
	ForeignIdentityCard
)

// Kinds returns every kind.
func Kinds() []Kind {
	return []Kind{
		Other, IdentityCard, ProvisionalIdentityCard, ReplacementIdentityCard, Passport,
		ProvisionalPassport, ChildPassport, TravelDocument, ResidencePermit, ForeignPassport,
		ForeignIdentityCard,
	}
}

// String is the name of the kind for machines.
func (k Kind) String() string {
	switch k {
	case Other:
		return "other"
	case IdentityCard:
		return "identity_card"
	case ProvisionalIdentityCard:
		return "provisional_identity_card"
	case ReplacementIdentityCard:
		return "replacement_identity_card"
	case Passport:
		return "passport"
	case ProvisionalPassport:
		return "provisional_passport"
	case ChildPassport:
		return "child_passport"
	case TravelDocument:
		return "travel_document"
	case ResidencePermit:
		return "residence_permit"
	case ForeignPassport:
		return "foreign_passport"
	case ForeignIdentityCard:
		return "foreign_identity_card"
	}
	return "unknown"
}

// kindOf derives the kind. A passport is a booklet (TD3), every other document a
// card or sheet.
func kindOf(f Format, code, issuer, nationality string) Kind {
	switch {
	case code == "" || issuer == "" || !knownState(issuer):
		return Other
	case (f == TD3) != (code[0] == 'P'):
		return Other
	case f == TD3 && issuer == germany:
		return germanPassport(code, nationality)
	case f == TD3:
		return ForeignPassport
	case issuer == germany:
		return germanCard(code)
	}
	return foreignCard(code)
}

// germanPassport follows § 4 (2) PassG. PP is provisional there, though an
// ordinary passport in the two-letter codes of Doc 9303-4.
func germanPassport(code, nationality string) Kind {
	switch {
	case nationality != germany:
		return TravelDocument
	case code == "PP":
		return ProvisionalPassport
	case code == "PC":
		return ChildPassport
	}
	return Passport
}

// germanCard follows § 5 (4) PAuswG and § 78 (2) AufenthG.
func germanCard(code string) Kind {
	switch code {
	case "ID":
		return IdentityCard
	case "IT":
		return ProvisionalIdentityCard
	case "IX":
		return ReplacementIdentityCard
	case "AR", "AS", "AF":
		return ResidencePermit
	}
	return Other
}

// foreignCard: identity cards begin with A, C or I (Doc 9303-5 section 4.2.2).
// AC is a crew member's; R as second letter marks residence permits.
func foreignCard(code string) Kind {
	switch {
	case code == "AC" || len(code) == 2 && code[1] == 'R':
		return Other
	case code[0] == 'A' || code[0] == 'C' || code[0] == 'I':
		return ForeignIdentityCard
	}
	return Other
}
