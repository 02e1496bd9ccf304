package practice

import (
	"strings"

	"schalter/domain/memberfile"
)

// fault is one way in which a line can be wrong.
type fault struct {
	// field and reason are what an import reports.
	field  string
	reason memberfile.Reason
	// set are pairs of column and value.
	set []string
	// spoil changes the line that results.
	spoil func(line string) string
	// against: the fault is one only behind the line before.
	against bool
}

// faults are all ways, as they come from other systems, from careless hands, and
// from those who try what happens.
func faults() []fault {
	value := func(reason memberfile.Reason, field, value string, further ...string) fault {
		return fault{field: field, reason: reason, set: append([]string{field, value}, further...), spoil: keep}
	}
	line := func(reason memberfile.Reason, spoil func(string) string) fault {
		return fault{reason: reason, spoil: spoil}
	}
	conflict := value(memberfile.Conflict, "surname", "Andersgeheißen")
	conflict.against = true
	return []fault{
		value(memberfile.CheckDigit, "kvnr", "A000000000"),
		value(memberfile.Required, "kvnr", ""),
		value(memberfile.Format, "kvnr", "108018007"),
		value(memberfile.Required, "surname", "", "given_names", ""),
		value(memberfile.TooLong, "surname", strings.Repeat("M", 10_000)),
		value(memberfile.Unclean, "surname", "M\x1b[2Jüller"),
		value(memberfile.Unclean, "given_names", "Anna\u202e"),
		value(memberfile.Unclean, "street", "Weg\x00"),
		value(memberfile.Script, "surname", "Мüller"), // with a Cyrillic letter
		value(memberfile.Formula, "city", "=1+1"),
		value(memberfile.Format, "surname", "4711"),
		value(memberfile.Encoding, "surname", "M\ufffdller"),
		line(memberfile.Encoding, func(s string) string { return s[:10] + ";\xfc" + s[11:] }),
		value(memberfile.Required, "birth_date", ""),
		value(memberfile.Day, "birth_date", "1970-02-30"),
		value(memberfile.Format, "birth_date", "14.03.1962"),
		value(memberfile.Implausible, "birth_date", "2962-03-14"),
		value(memberfile.Word, "sex", "f"),
		value(memberfile.Format, "postcode", "1067"),
		value(memberfile.Format, "email", "anna(at)example.org", "email_verified", ""),
		value(memberfile.Required, "main_kvnr", "", "insured_as", "family"),
		value(memberfile.Unexpected, "main_kvnr", string(Erika1964)),
		value(memberfile.Order, "insured_to", "1950-01-01"),
		value(memberfile.Format, "iccsn", "8027699999"),
		value(memberfile.Issuer, "iccsn", "80040999990000000001"),
		value(memberfile.Word, "card_status", "lost"),
		conflict,
		line(memberfile.Cells, func(s string) string { return s[:strings.LastIndexByte(s, ';')] }),
		line(memberfile.Cells, func(s string) string { return s + ";" }),
		line(memberfile.Quote, func(s string) string {
			kvnr, rest, _ := strings.Cut(s, ";")
			title, rest, _ := strings.Cut(rest, ";")
			return kvnr + ";" + title + `;"` + rest
		}),
	}
}

func keep(line string) string { return line }
