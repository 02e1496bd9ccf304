package egk

import (
	"encoding/xml"
	"strings"

	"schalter/domain/ik"
	"schalter/domain/plain"
)

// insuranceXML is UC_AllgemeineVersicherungsdatenXML in all its schemas.
type insuranceXML struct {
	XMLName xml.Name   `xml:"UC_AllgemeineVersicherungsdatenXML"`
	Schema  string     `xml:"CDM_VERSION,attr"`
	From    string     `xml:"Versicherter>Versicherungsschutz>Beginn"`
	To      string     `xml:"Versicherter>Versicherungsschutz>Ende"`
	Insurer insurerXML `xml:"Versicherter>Versicherungsschutz>Kostentraeger"`
	As      string     `xml:"Versicherter>Zusatzinfos>ZusatzinfosGKV>Versichertenart"`
	WOP     string     `xml:"Versicherter>Zusatzinfos>ZusatzinfosGKV>Zusatzinfos_Abrechnung_GKV>WOP"`
}

type insurerXML struct {
	IK      string      `xml:"Kostentraegerkennung"`
	Country string      `xml:"Kostentraegerlaendercode"`
	Name    string      `xml:"Name"`
	Billing *insurerXML `xml:"AbrechnenderKostentraeger"`
}

// insurance reads the content of EF.VD.
func (b *builder) insurance(packed []byte) error {
	content, err := unpack(packed)
	if err != nil {
		return err
	}
	var doc insuranceXML
	if err := parse(content, &doc); err != nil {
		return err
	}
	if _, err := b.schema(doc.Schema); err != nil {
		return err
	}
	b.insurer(doc.Insurer)
	b.billing(doc.Insurer.Billing)
	b.card.From = b.day(FieldInsuredFrom, plain.Compact(doc.From))
	b.card.To = b.day(FieldInsuredTo, plain.Compact(doc.To))
	b.card.InsuredAs = b.insuredAs(plain.Compact(doc.As))
	b.card.WOP = b.wop(plain.Compact(doc.WOP))
	return b.problems.Err()
}

func (b *builder) insurer(x insurerXML) {
	number, err := ik.Parse(x.IK)
	b.required("insurer_ik", err)
	b.card.Insurer = Insurer{
		IK:      number,
		Name:    b.text(FieldInsurerName, x.Name),
		Country: b.text(FieldInsurerCountry, x.Country),
	}
}

func (b *builder) billing(x *insurerXML) {
	if x == nil {
		return
	}
	number, err := ik.Parse(x.IK)
	if err != nil {
		b.unreadable(FieldBilling)
		return
	}
	b.card.Billing = Insurer{
		IK:      number,
		Name:    b.text(FieldBilling, x.Name),
		Country: b.text(FieldBilling, x.Country),
	}
}

func (b *builder) insuredAs(s string) InsuredAs {
	switch s {
	case "1", "3", "5":
		return InsuredAs(s[0] - '0')
	case "":
	default:
		b.unreadable(FieldInsuredAs)
	}
	return 0
}

// wop takes any two digits: which of them name an association changes with the
// associations.
func (b *builder) wop(s string) WOP {
	switch {
	case s == "":
		return ""
	case len(s) != 2 || strings.Trim(s, "0123456789") != "":
		b.unreadable(FieldWOP)
		return ""
	}
	return WOP(s)
}
