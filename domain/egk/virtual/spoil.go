package virtual

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"

	"schalter/domain/egk"
)

// What a damage does at each step of making a card. A damage that is not named
// at a step leaves it alone.

// content spoils what the card says.
func (d Damage) content(c egk.Card) egk.Card {
	switch d {
	case GDOForeign:
		c.ICCSN = "80040000010001951731"
	case WrongKVNR:
		c.KVNR = "X110411674"
	case NoSurname:
		c.Name.Surname = ""
	case NoBirthDate:
		c.BirthDate = 0
	case WrongIK:
		c.Insurer.IK = "999567891"
	case UnknownValues:
		c.Sex, c.InsuredAs, c.WOP = 'q', 2, "7"
		c.From, c.To = 2023_13_01, 2024_02_30
		c.Billing = egk.Insurer{IK: "1"}
	case LongNames:
		c.Name.Title, c.Name.Given = strings.Repeat("a", 1000), strings.Repeat("b", 1000)
	case OldSchema:
		c.Schema = egk.Version{Major: 4}
	case NewSchema:
		c.Schema = egk.Version{Major: 5, Minor: 9}
	}
	return c
}

// document spoils XML and encodes it.
func (d Damage) document(xml string) ([]byte, error) {
	body := strings.TrimPrefix(xml, declaration("ISO-8859-15"))
	switch d {
	case UTF8AsLatin9:
		return []byte(xml + "<!-- ü -->"), nil
	case Latin9AsUTF8:
		return encoded("<!-- Ö -->" + body)
	case UnknownEncoding:
		return encoded(declaration("EBCDIC-CP-DK") + body)
	case GzipBomb:
		return make([]byte, 600<<10), nil
	case NotXML:
		return []byte("Versicherte: none"), nil
	case XMLCut:
		return encoded(xml[:len(xml)/2])
	case OtherDocument:
		return encoded(strings.ReplaceAll(xml, "PersoenlicheVersichertendaten", "AllgemeineVersicherungsdaten"))
	case Entities:
		return encoded(`<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>` + inside(body, "<c>&b;</c>"))
	case Nested:
		return encoded(inside(xml, strings.Repeat("<a>", 100)+strings.Repeat("</a>", 100)))
	case Crowded:
		return encoded(inside(xml, strings.Repeat("<a/>", 3000)))
	case ControlsInName:
		return encoded(strings.Replace(xml, "Nachname>", "Nachname>&#155;31m&#10;&#13;", 1))
	case Windows1252:
		b, err := encoded(xml)
		return bytes.Replace(b, []byte("Vorname>"), []byte("Vorname>\x8a"), 1), err
	case NoSchema:
		return encoded(strings.Replace(xml, `CDM_VERSION="5.`, `CDM_VERSION="5.x`, 1))
	}
	return encoded(xml)
}

// inside puts more XML at the end of the root element.
func inside(xml, more string) string {
	end := strings.LastIndex(xml, "</")
	return xml[:end] + more + xml[end:]
}

// packed spoils what the XML was packed into.
func (d Damage) packed(zip []byte) []byte {
	switch d {
	case NotGzip:
		return append([]byte("PK\x03\x04"), zip[4:]...)
	case GzipChecksum:
		zip[len(zip)-8] ^= 0xff // the CRC comes before the length
	case GzipTwoMembers:
		return append(zip, zip[:len(zip)/2]...)
	}
	return zip
}

// pd spoils EF.PD, whose first two bytes are a length.
func (d Damage) pd(b []byte) []byte {
	length := binary.BigEndian.Uint16(b)
	switch d {
	case LengthBeyond:
		length = 0xffff
	case LengthZero:
		length = 0
	case LengthShort:
		length /= 2
	case LengthLong:
		length += 40
	case ContentCut:
		b = b[:length/2]
	}
	binary.BigEndian.PutUint16(b, length)
	return b
}

// vd spoils EF.VD, whose first four bytes are the offsets of VD.
func (d Damage) vd(b []byte) []byte {
	from, to := binary.BigEndian.Uint16(b), binary.BigEndian.Uint16(b[2:])
	switch d {
	case OffsetsBeyond:
		from, to = 0xf000, 0xfffe
	case OffsetsOutside:
		from, to = uint16(len(b)), uint16(len(b)+100)
	case OffsetsReversed:
		from, to = to, from
	case OffsetsInHead:
		from = 0
	case OffsetsNone:
		from, to = noOffset, noOffset
	case OffsetExclusive:
		to++
	}
	binary.BigEndian.PutUint16(b, from)
	binary.BigEndian.PutUint16(b[2:], to)
	return b
}

// folders spoils the small files, and the card as a whole.
func (d Damage) folders(all []*folder) []*folder {
	master, application := all[0], all[1]
	gdo := master.files[0]
	status := application.files[len(application.files)-1]
	switch d {
	case OtherCard:
		return all[:1]
	case CardDeactivated:
		application.deactivated = true
	case Contactless:
		for _, f := range slices.Concat(master.files, application.files) {
			f.locked = true
		}
	case NoStatusFile:
		application.files = application.files[:len(application.files)-1]
	case GDOTag:
		gdo.body[0] = 0x5b
	case GDODigits:
		gdo.body[11] = 0x1f
	case GDOCut:
		gdo.body = gdo.body[:11]
	case StatusCut:
		status.body = status.body[:24]
	case StatusOther:
		status.body[0] = 'x'
	case StatusNoTime:
		for i := range status.body[1:] {
			status.body[1+i] = 0xff
		}
	}
	return all
}

// spoilAnswer spoils what READ BINARY and GET RESPONSE answer.
func (c *Card) spoilAnswer(data []byte, sw statusWord) ([]byte, statusWord) {
	switch c.config.Damage {
	case ForgetsFile:
		c.file = nil
	case EndlessAnswer:
		return nil, moreData | 1
	case OverlongAnswer:
		return append(data[:len(data):len(data)], make([]byte, 256)...), sw
	case UnknownCondition:
		return nil, unknownCondition
	}
	return data, sw
}
