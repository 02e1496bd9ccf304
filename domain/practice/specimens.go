package practice

import (
	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/kvnr"
)

// The keys of the specimens in the text catalogue.
const (
	SpecimenCard2021 = "specimen_card_2021"
	SpecimenPassport = "specimen_passport"
	SpecimenCard2010 = "specimen_card_2010"
	SpecimenOldCard  = "specimen_old_card"
)

// Specimen is a published document of Erika Mustermann, as a scanner reads it.
type Specimen struct {
	Key        string // of its title in the text catalogue
	Document   domain.DocumentKind
	Lines      []string // of the machine-readable zone
	Holder     kvnr.KVNR
	BirthDate  date.Date
	ValidUntil date.Date
	Expired    bool
}

// Specimens returns the published documents, those with the longest validity
// first. Their dates are printed on them and do not move with today.
func Specimens(today date.Date) []Specimen {
	specimens := []Specimen{
		{
			// Personalausweis, specimen of the Federal Ministry of the Interior, 2021.
			Key: SpecimenCard2021, Document: domain.IdentityCard, Holder: Erika1983,
			BirthDate: 19830812, ValidUntil: 20310801,
			Lines: []string{
				"IDD<<L01X00T471<<<<<<<<<<<<<<<",
				"8308126<3108011D<<2108<<<<<<<7",
				"MUSTERMANN<<ERIKA<<<<<<<<<<<<<",
			},
		},
		{
			// Reisepass, specimen of 2017.
			Key: SpecimenPassport, Document: domain.Passport, Holder: Erika1964,
			BirthDate: 19640812, ValidUntil: 20270228,
			Lines: []string{
				"P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<",
				"C01X00T478D<<6408125F2702283<<<<<<<<<<<<<<<4",
			},
		},
		{
			// Personalausweis, specimen of 2010.
			Key: SpecimenCard2010, Document: domain.IdentityCard, Holder: Erika1964,
			BirthDate: 19640812, ValidUntil: 20201031,
			Lines: []string{
				"IDD<<T220001293<<<<<<<<<<<<<<<",
				"6408125<2010315D<<<<<<<<<<<<<4",
				"MUSTERMANN<<ERIKA<<<<<<<<<<<<<",
			},
		},
		{
			// The larger Personalausweis of before November 2010.
			Key: SpecimenOldCard, Document: domain.IdentityCard, Holder: Erika1964,
			BirthDate: 19640812, ValidUntil: 20171031,
			Lines: []string{
				"IDD<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<",
				"1220001297D<<6408125<1710319<<<<<<<8",
			},
		},
	}
	for i := range specimens {
		specimens[i].Expired = specimens[i].ValidUntil < today
	}
	return specimens
}
