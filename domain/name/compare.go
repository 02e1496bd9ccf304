package name

// Person is a name in its parts, as the insurer's record has it. It has the
// fields of the record's own type, so that one converts to the other.
type Person struct {
	Title     string // Titel: Dr.
	Given     string // Vornamen
	Prefix    string // Vorsatzwort: von, van der
	Surname   string // Nachname
	Suffix    string // Namenszusatz: Freiherr
	BirthName string // Geburtsname
}

// Verdict says how far the name of a document is the name of a record.
type Verdict uint8

const (
	// Mismatch: another name.
	Mismatch Verdict = iota
	// Match: the same name.
	Match
	// MatchTruncated: the same name as far as the document had room for it.
	MatchTruncated
	// PartialFewer: same surname; the document shows only some of the given
	// names.
	PartialFewer
	// PartialMore: same surname; the document shows all given names of the
	// record and others besides.
	PartialMore
	// PartialOrder: same surname; the same given names in another order, as
	// § 45a PStG lets people choose it.
	PartialOrder
	// PartialBirthName: the surname of the document is the record's birth name,
	// as on documents of states where marriage does not change it; given names
	// agree at least in part.
	PartialBirthName
)

// Agrees reports whether the names are the same.
func (v Verdict) Agrees() bool { return v == Match || v == MatchTruncated }

// Partial reports whether the names agree in part, which a person must judge.
func (v Verdict) Partial() bool { return v >= PartialFewer && v <= PartialBirthName }

// String is the name of the verdict for machines.
func (v Verdict) String() string {
	switch v {
	case Mismatch:
		return "mismatch"
	case Match:
		return "match"
	case MatchTruncated:
		return "match_truncated"
	case PartialFewer:
		return "partial_fewer"
	case PartialMore:
		return "partial_more"
	case PartialOrder:
		return "partial_order"
	case PartialBirthName:
		return "partial_birth_name"
	}
	return "unknown"
}

// CompareMRZ compares a record with the two names of a machine-readable zone,
// words separated by < or space. The record is transliterated, the document is
// never read back: MUELLER, MULLER and MUXXLLER are all documents of Müller, but
// MUELLER is none of Muller. Hyphen, space and no separator at all are the same;
// academic titles count on neither side; prefix and suffix may be missing on the
// document. The answer tells nothing of the record but itself.
//
// A name may have been cut only if it fills the field of one of the three
// formats to the last place, where the rules then require a letter.
func CompareMRZ(record Person, surname, given string) Verdict {
	doc := document{
		surname: zoneWords(surname, record.Title),
		given:   zoneWords(given, record.Title),
		full:    fillsField(surname, given),
	}
	givenNames := withoutTitles(recordWords(record.Given))
	best := Mismatch
	for _, form := range surnames(record) {
		v := doc.compare(form, givenNames)
		if v == Match {
			return Match
		}
		best = better(best, v)
	}
	if best != Mismatch || record.BirthName == "" {
		return best
	}
	if doc.compare(recordWords(record.BirthName), givenNames) != Mismatch {
		return PartialBirthName
	}
	return Mismatch
}

// better prefers what agrees to what agrees in part to a mismatch.
func better(a, b Verdict) Verdict {
	if a == Mismatch || a.Partial() && b.Agrees() {
		return b
	}
	return a
}

// fillsField reports whether both names together, with the two fillers between
// them, fill the name field of TD1 (30), TD2 (31) or TD3 (39) to its last place.
func fillsField(surname, given string) bool {
	n := len(surname)
	if given != "" {
		n += len("<<") + len(given)
	}
	return n == 30 || n == 31 || n == 39
}

// surnames lists the forms in which documents show the surname: with the prefix
// and suffix of the record or without, the suffix in front (Freiherr von X) or
// behind.
func surnames(p Person) [][]string {
	prefix, surname, suffix := recordWords(p.Prefix), recordWords(p.Surname), recordWords(p.Suffix)
	if len(surname) == 0 {
		return nil
	}
	forms := [][]string{join(prefix, surname)}
	if len(prefix) > 0 {
		forms = append(forms, surname)
	}
	if len(suffix) > 0 {
		for _, f := range forms {
			forms = append(forms, join(suffix, f), join(f, suffix))
		}
	}
	return forms
}

func join(a, b []string) []string { return append(append([]string(nil), a...), b...) }

// document is the name read from a machine-readable zone.
type document struct {
	surname, given []string // words
	full           bool     // nothing is left of the field: it may be cut
}

// compare compares with one form of the record's surname and its given names.
func (d document) compare(surname, given []string) Verdict {
	s := d.compareSurname(surname)
	if s == Mismatch {
		return Mismatch
	}
	g := d.compareGiven(given)
	if g == Match {
		return s
	}
	return g
}

func (d document) compareSurname(record []string) Verdict {
	switch {
	case len(d.surname) == 0 || len(record) == 0:
		return Mismatch
	case spellsWhole(record, d.surname):
		return Match
	case d.full && abbreviates(record, d.surname):
		return MatchTruncated
	}
	return Mismatch
}

// compareGiven compares given names. A document without any agrees with nobody
// who has some, unless the surname left no room for them.
func (d document) compareGiven(record []string) Verdict {
	switch {
	case len(record) == 0 && len(d.given) == 0:
		return Match
	case len(record) == 0:
		return Mismatch
	case len(d.given) == 0 && d.full:
		return PartialFewer
	case len(d.given) == 0:
		return Mismatch
	case spellsWhole(record, d.given):
		return Match
	case d.full && abbreviates(record, d.given):
		return MatchTruncated
	}
	switch common := pairs(record, d.given); {
	case common == len(record) && common == len(d.given):
		return PartialOrder
	case common == len(d.given):
		return PartialFewer
	case common == len(record):
		return PartialMore
	}
	return Mismatch
}

// pairs counts the words of a document that are words of the record, each word
// of the record used once.
func pairs(record, doc []string) int {
	used, n := make([]bool, len(record)), 0
	for _, d := range doc {
		for i, r := range record {
			if !used[i] && spellsWhole([]string{r}, []string{d}) {
				used[i] = true
				n++
				break
			}
		}
	}
	return n
}
