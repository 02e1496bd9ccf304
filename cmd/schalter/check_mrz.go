package main

import (
	"io"
	"iter"
	"strings"

	calendar "schalter/domain/date"
	"schalter/domain/mrz"
)

func (p *program) mrzChecker() checker {
	return checker{
		kind:  "mrz",
		short: p.say("maschinenlesbare Zone eines Ausweises", "machine-readable zone of a document"),
		long: p.say(
			"Ein Wert ist eine ganze Zone mit ihren zwei oder drei Zeilen; in der Standardeingabe\n"+
				"trennt sie eine leere Zeile von der nächsten. Ein abgelaufener Ausweis ist hier\n"+
				"gültig, die Mängel nennen ihn. Die Nummer des Ausweises wird nie ausgegeben.",
			"A value is a whole zone with its two or three lines; on standard input a blank line\n"+
				"separates it from the next one. An expired document is valid here, and named among\n"+
				"the problems. The document's number is never printed."),
		example: "  schalter check mrz \"$(cat zone.txt)\"\n  schalter check mrz --json - < zones.txt",
		cut:     blocks,
		check: func(text string) checked {
			r := mrz.Inspect(text, calendar.Of(p.now()))
			return checked{valid: r.Valid, problems: r.Problems, details: p.mrzDetails(r), object: r}
		},
	}
}

// mrzDetails are the fields of a zone that could be read.
func (p *program) mrzDetails(r mrz.Result) [][2]string {
	if r.Format == "" {
		return nil
	}
	fits := func(v mrz.Verdict) string {
		if v == mrz.Holds {
			return p.say("passt", "fits")
		}
		return p.say("passt nicht", "does not fit")
	}
	return [][2]string{
		{p.say("Format", "format"), r.Format},
		{p.say("Dokument", "document"), r.DocumentType},
		{p.say("Aussteller", "issuer"), r.Issuer},
		{p.say("Staatsangehörigkeit", "nationality"), r.Nationality},
		{p.say("Nachname", "surname"), r.Surname},
		{p.say("Vornamen", "given names"), r.GivenNames},
		{p.say("geboren", "born"), p.texts.Date(r.BirthDate)},
		{p.say("gültig bis", "valid until"), p.texts.Date(r.ExpiryDate)},
		{p.say("Geschlecht", "sex"), r.Sex},
		{p.say("Prüfziffer Nummer", "check digit number"), fits(r.Checks.DocumentNumber)},
		{p.say("Prüfziffer Geburt", "check digit birth"), fits(r.Checks.BirthDate)},
		{p.say("Prüfziffer Ablauf", "check digit expiry"), fits(r.Checks.ExpiryDate)},
		{p.say("Prüfziffer gesamt", "check digit overall"), fits(r.Checks.Composite)},
	}
}

// blocks yields the lines up to each blank one as one value.
func blocks(r io.Reader) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		var block strings.Builder
		for line, err := range lines(r) {
			if err != nil {
				yield("", err)
				return
			}
			if strings.TrimSpace(line) != "" {
				if block.Len() < maxValue {
					block.WriteString(line + "\n")
				}
				continue
			}
			if block.Len() > 0 && !yield(block.String(), nil) {
				return
			}
			block.Reset()
		}
		if block.Len() > 0 {
			yield(block.String(), nil)
		}
	}
}
