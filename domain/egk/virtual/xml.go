package virtual

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/charmap"

	"schalter/domain/date"
	"schalter/domain/egk"
)

// node is an element with a text or with children. One that has neither is left
// out: so the short set is a card of which less is known.
type node struct {
	name     string
	text     string
	children []node
}

func leaf(name, text string) node { return node{name: name, text: text} }

func tree(name string, inner ...node) node { return node{name: name, children: inner} }

func (n node) with(inner ...node) node {
	n.children = append(n.children, inner...)
	return n
}

// write adds the element to a document, with a prefix to its name.
func (n node) write(b *strings.Builder, prefix, attributes string) {
	inner := &strings.Builder{}
	_ = xml.EscapeText(inner, []byte(n.text)) // to memory
	for _, child := range n.children {
		child.write(inner, prefix, "")
	}
	if inner.Len() > 0 {
		fmt.Fprintf(b, "<%s%s%s>%s</%s%s>", prefix, n.name, attributes, inner, prefix, n.name)
	}
}

func declaration(encoding string) string {
	return `<?xml version="1.0" encoding="` + encoding + `"?>`
}

func isOld(v egk.Version) bool { return v.Major == 5 && v.Minor < 2 }

// document writes the XML of a schema. 5.1 has a namespace for each document and,
// in what was published of it, a prefix; 5.2 and 5.3 have one for all.
func document(root node, v egk.Version) string {
	b := &strings.Builder{}
	b.WriteString(declaration("ISO-8859-15"))
	if isOld(v) {
		root.write(b, "tns:", fmt.Sprintf(` xmlns:tns="http://ws.gematik.de/fa/vsds/%s/v5.1" CDM_VERSION="%v"`, root.name, v))
	} else {
		root.write(b, "", fmt.Sprintf(` CDM_VERSION="%v" xmlns="http://ws.gematik.de/fa/vsdm/vsd/v%d.%d"`, v, v.Major, v.Minor))
	}
	return b.String()
}

// personal is the content of EF.PD.
func personal(c egk.Card) string {
	return document(tree(
		"UC_PersoenlicheVersichertendatenXML",
		tree(
			"Versicherter",
			leaf("Versicherten_ID", string(c.KVNR)),
			tree(
				"Person",
				leaf("Geburtsdatum", day(c.BirthDate)),
				leaf("Vorname", c.Name.Given),
				leaf("Nachname", c.Name.Surname),
				leaf("Geschlecht", sex(c.Sex)),
				leaf("Vorsatzwort", c.Name.Prefix),
				leaf("Namenszusatz", c.Name.Suffix),
				leaf("Titel", c.Name.Title),
				tree(
					"PostfachAdresse",
					leaf("Postleitzahl", c.POBox.Postcode),
					leaf("Ort", c.POBox.City),
					leaf("Postfach", c.POBox.Number),
					tree("Land", leaf("Wohnsitzlaendercode", c.POBox.Country)),
				),
				tree(
					"StrassenAdresse",
					leaf("Postleitzahl", c.Address.Postcode),
					leaf("Ort", c.Address.City),
					tree("Land", leaf("Wohnsitzlaendercode", c.Address.Country)),
					leaf("Strasse", c.Address.Street),
					leaf("Hausnummer", c.Address.HouseNumber),
					leaf("Anschriftenzusatz", c.Address.Extra),
				),
			),
		),
	), c.Schema)
}

// insurance is the content of EF.VD.
func insurance(c egk.Card) string {
	return document(tree(
		"UC_AllgemeineVersicherungsdatenXML",
		tree(
			"Versicherter",
			tree(
				"Versicherungsschutz",
				leaf("Beginn", day(c.From)),
				leaf("Ende", day(c.To)),
				insurer("Kostentraeger", c.Insurer).with(insurer("AbrechnenderKostentraeger", c.Billing)),
			),
			tree("Zusatzinfos", tree("ZusatzinfosGKV", additional(c)...)),
		),
	), c.Schema)
}

func insurer(name string, i egk.Insurer) node {
	return tree(
		name,
		leaf("Kostentraegerkennung", string(i.IK)),
		leaf("Kostentraegerlaendercode", i.Country),
		leaf("Name", i.Name),
	)
}

// additional is what the statutory insurers add. The reader passes over most of
// it.
func additional(c egk.Card) []node {
	as := leaf("Versichertenart", kind(c.InsuredAs))
	billing, wop := tree("Zusatzinfos_Abrechnung_GKV"), leaf("WOP", string(c.WOP))
	switch {
	case isOld(c.Schema):
		billing = billing.with(leaf("Kostenerstattung_ambulant", "0"), leaf("Kostenerstattung_stationaer", "0"), wop)
		return []node{leaf("Rechtskreis", "1"), as, leaf("Versichertenstatus_RSA", "0"), billing}
	case c.InsuredAs != 0:
		billing = billing.with(tree(
			"Kostenerstattung",
			leaf("AerztlicheVersorgung", "0"),
			leaf("ZahnaerztlicheVersorgung", "0"),
			leaf("StationaererBereich", "0"),
			leaf("VeranlassteLeistungen", "0"),
		))
	}
	return []node{as, billing.with(wop)}
}

// protected is the content of EF.GVD. It says nothing about anybody: no exemption,
// no contracts.
func protected(c egk.Card) string {
	return document(tree(
		"UC_GeschuetzteVersichertendatenXML",
		tree("Zuzahlungsstatus", leaf("Status", "0")),
		tree("Selektivvertraege", leaf("Aerztlich", "9"), leaf("Zahnaerztlich", "9")),
	), c.Schema)
}

// day is a date without dashes.
func day(d date.Date) string { return strings.ReplaceAll(d.String(), "-", "") }

func sex(s egk.Sex) string {
	if s == 0 {
		return ""
	}
	return strings.ToUpper(string(rune(s)))
}

func kind(as egk.InsuredAs) string {
	if as == 0 {
		return ""
	}
	return strconv.Itoa(int(as))
}

// encoded is a document in ISO-8859-15.
func encoded(document string) ([]byte, error) {
	b, err := charmap.ISO8859_15.NewEncoder().Bytes([]byte(document))
	if err != nil {
		return nil, fmt.Errorf("virtual: a character is not in ISO-8859-15")
	}
	return b, nil
}

// Short returns what a card issued from 2026 still says: number, name, birth
// date, insurer and WOP, in schema 5.3 (§ 291 (2) no. 3 SGB V).
func Short(c egk.Card) egk.Card {
	return egk.Card{
		ICCSN:     c.ICCSN,
		Status:    egk.Status{Open: c.Status.Open, At: c.Status.At, Storage: c.Status.Storage},
		Schema:    egk.Version{Major: 5, Minor: 3},
		KVNR:      c.KVNR,
		Name:      c.Name,
		BirthDate: c.BirthDate,
		Insurer:   egk.Insurer{IK: c.Insurer.IK, Name: c.Insurer.Name},
		WOP:       c.WOP,
	}
}
