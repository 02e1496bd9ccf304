package egk

import (
	"encoding/xml"

	"schalter/domain/kvnr"
	"schalter/domain/plain"
	"schalter/domain/problem"
)

// personalXML is UC_PersoenlicheVersichertendatenXML in all its schemas.
type personalXML struct {
	XMLName xml.Name  `xml:"UC_PersoenlicheVersichertendatenXML"`
	Schema  string    `xml:"CDM_VERSION,attr"`
	KVNR    string    `xml:"Versicherter>Versicherten_ID"`
	Person  personXML `xml:"Versicherter>Person"`
}

type personXML struct {
	Born    string     `xml:"Geburtsdatum"`
	Given   string     `xml:"Vorname"`
	Surname string     `xml:"Nachname"`
	Sex     string     `xml:"Geschlecht"`
	Prefix  string     `xml:"Vorsatzwort"`
	Suffix  string     `xml:"Namenszusatz"`
	Title   string     `xml:"Titel"`
	POBox   addressXML `xml:"PostfachAdresse"`
	Address addressXML `xml:"StrassenAdresse"`
}

type addressXML struct {
	Postcode    string `xml:"Postleitzahl"`
	City        string `xml:"Ort"`
	Country     string `xml:"Land>Wohnsitzlaendercode"`
	Box         string `xml:"Postfach"`
	Street      string `xml:"Strasse"`
	HouseNumber string `xml:"Hausnummer"`
	Extra       string `xml:"Anschriftenzusatz"`
}

// personal reads the content of EF.PD.
func (b *builder) personal(packed []byte) error {
	content, err := unpack(packed)
	if err != nil {
		return err
	}
	var doc personalXML
	if err := parse(content, &doc); err != nil {
		return err
	}
	if b.card.Schema, err = b.schema(doc.Schema); err != nil {
		return err
	}
	b.number(doc.KVNR)
	b.person(doc.Person)
	b.addresses(doc.Person)
	return b.problems.Err()
}

func (b *builder) number(s string) {
	number, err := kvnr.Parse(s)
	b.required("kvnr", err)
	b.card.KVNR = number
}

func (b *builder) person(p personXML) {
	b.card.Name = Name{
		Title:   b.text(FieldTitle, p.Title),
		Given:   b.text(FieldGivenNames, p.Given),
		Prefix:  b.text(FieldPrefix, p.Prefix),
		Surname: b.surname(p.Surname),
		Suffix:  b.text(FieldSuffix, p.Suffix),
	}
	born, err := parseDay(plain.Compact(p.Born))
	b.required("birth_date", err)
	b.card.BirthDate = born
	b.card.Sex = b.sex(plain.Compact(p.Sex))
}

func (b *builder) surname(s string) string {
	clean, wrong := legible(s)
	if wrong == "" && clean == "" {
		wrong = problem.Length
	}
	if wrong != "" {
		b.required("surname", problem.New("surname", wrong))
	}
	return clean
}

func (b *builder) sex(s string) Sex {
	switch s {
	case "M", "W", "X", "D":
		return Sex(s[0] - 'A' + 'a')
	case "":
	default:
		b.unreadable(FieldSex)
	}
	return 0
}

func (b *builder) addresses(p personXML) {
	text := func(s string) string { return b.text(FieldAddress, s) }
	b.card.Address = Address{
		Street:      text(p.Address.Street),
		HouseNumber: text(p.Address.HouseNumber),
		Extra:       text(p.Address.Extra),
		Postcode:    text(p.Address.Postcode),
		City:        text(p.Address.City),
		Country:     text(p.Address.Country),
	}
	b.card.POBox = POBox{
		Number:   text(p.POBox.Box),
		Postcode: text(p.POBox.Postcode),
		City:     text(p.POBox.City),
		Country:  text(p.POBox.Country),
	}
}
