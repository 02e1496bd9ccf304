package virtual

// Damage is one thing wrong with a card.
type Damage uint8

// The damages.
const (
	None Damage = iota

	// Of the card.
	OtherCard        // no DF.HCA: some other card
	CardDeactivated  // DF.HCA is switched off
	Contactless      // every file asks for a channel that is not there
	NoStatusFile     // EF.StatusVD is missing
	ForgetsFile      // the current file is lost after each command
	EndlessAnswer    // always more data waits
	OverlongAnswer   // more data than was asked for
	UnknownCondition // 6F00 to every READ BINARY

	// Of EF.GDO and EF.StatusVD.
	GDOTag       // another data object
	GDODigits    // half bytes that are no digits
	GDOForeign   // a card number of another country
	GDOCut       // ends early
	StatusCut    // ends early
	StatusOther  // a state that is not known
	StatusNoTime // no time, no versions

	// Of the layout of EF.PD and EF.VD.
	LengthBeyond    // EF.PD says it is larger than any file
	LengthZero      // EF.PD says it is empty
	LengthShort     // EF.PD says it ends before it does
	LengthLong      // EF.PD says it ends after it does
	ContentCut      // EF.PD ends before it says
	OffsetsBeyond   // EF.VD says VD lies where no file reaches
	OffsetsOutside  // EF.VD says VD lies behind its end
	OffsetsReversed // EF.VD says VD ends before it starts
	OffsetsInHead   // EF.VD says VD starts with the offsets
	OffsetsNone     // EF.VD says there is no VD
	OffsetExclusive // EF.VD names the byte behind the last one of VD

	// Of the packed content of EF.PD.
	NotGzip        // something else
	GzipChecksum   // a wrong check sum
	GzipBomb       // unpacks to a thousand times its size
	GzipTwoMembers // is followed by another member

	// Of the XML of EF.PD.
	UTF8AsLatin9    // UTF-8 that says it is ISO-8859-15
	Latin9AsUTF8    // ISO-8859-15 that says nothing
	Windows1252     // a given name begins with a byte that ISO-8859-15 has not
	UnknownEncoding // names an encoding that is not known
	NotXML          // text
	XMLCut          // ends early
	OtherDocument   // the document of another file
	Entities        // declares entities, one within the other
	Nested          // a hundred levels deep
	Crowded         // thousands of elements
	OldSchema       // version 4.0.0
	NewSchema       // version 5.9.0
	NoSchema        // a version that is none

	// Of what the XML says.
	WrongKVNR      // a wrong check digit
	NoSurname      // none
	NoBirthDate    // none
	WrongIK        // a wrong check digit
	UnknownValues  // sex, kind of insurance, dates, WOP that no schema has
	LongNames      // title and given name of a thousand letters
	ControlsInName // an escape sequence and line feeds before the surname

	damages // how many there are
)

// Damages returns every damage but None.
func Damages() []Damage {
	all := make([]Damage, 0, damages-1)
	for d := None + 1; d < damages; d++ {
		all = append(all, d)
	}
	return all
}

// String is the name of the damage for machines.
func (d Damage) String() string {
	names := [damages]string{
		None:             "none",
		OtherCard:        "other_card",
		CardDeactivated:  "card_deactivated",
		Contactless:      "contactless",
		NoStatusFile:     "no_status_file",
		ForgetsFile:      "forgets_file",
		EndlessAnswer:    "endless_answer",
		OverlongAnswer:   "overlong_answer",
		UnknownCondition: "unknown_condition",
		GDOTag:           "gdo_tag",
		GDODigits:        "gdo_digits",
		GDOForeign:       "gdo_foreign",
		GDOCut:           "gdo_cut",
		StatusCut:        "status_cut",
		StatusOther:      "status_other",
		StatusNoTime:     "status_no_time",
		LengthBeyond:     "length_beyond",
		LengthZero:       "length_zero",
		LengthShort:      "length_short",
		LengthLong:       "length_long",
		ContentCut:       "content_cut",
		OffsetsBeyond:    "offsets_beyond",
		OffsetsOutside:   "offsets_outside",
		OffsetsReversed:  "offsets_reversed",
		OffsetsInHead:    "offsets_in_head",
		OffsetsNone:      "offsets_none",
		OffsetExclusive:  "offset_exclusive",
		NotGzip:          "not_gzip",
		GzipChecksum:     "gzip_checksum",
		GzipBomb:         "gzip_bomb",
		GzipTwoMembers:   "gzip_two_members",
		UTF8AsLatin9:     "utf8_as_latin9",
		Latin9AsUTF8:     "latin9_as_utf8",
		Windows1252:      "windows_1252",
		UnknownEncoding:  "unknown_encoding",
		NotXML:           "not_xml",
		XMLCut:           "xml_cut",
		OtherDocument:    "other_document",
		Entities:         "entities",
		Nested:           "nested",
		Crowded:          "crowded",
		OldSchema:        "old_schema",
		NewSchema:        "new_schema",
		NoSchema:         "no_schema",
		WrongKVNR:        "wrong_kvnr",
		NoSurname:        "no_surname",
		NoBirthDate:      "no_birth_date",
		WrongIK:          "wrong_ik",
		UnknownValues:    "unknown_values",
		LongNames:        "long_names",
		ControlsInName:   "controls_in_name",
	}
	if d >= damages {
		return "unknown"
	}
	return names[d]
}
