package mrz

import (
	"slices"
	"strings"
	"testing"

	"schalter/domain/problem"
)

// wedge rewrites a specimen as some scanner or clipboard would deliver it.
func wedge(text string, replace ...string) string {
	return strings.NewReplacer(replace...).Replace(text)
}

// everyLine puts something before and after every line.
func everyLine(text, before, after string) string {
	return before + strings.ReplaceAll(text, "\n", after+before) + after
}

// short drops the fillers at the ends of the lines.
func short(text string) string {
	lines := split(text)
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, "<")
	}
	return strings.Join(lines, "\n")
}

func TestSplit(t *testing.T) {
	for text := range specimens() {
		rows := []struct{ reason, text string }{
			{"as it is", text},
			{"CR", wedge(text, "\n", "\r") + "\r"},
			{"CRLF", wedge(text, "\n", "\r\n") + "\r\n"},
			{"TAB", wedge(text, "\n", "\t") + "\t"},
			{"blank lines", "\n\n" + wedge(text, "\n", "\n \n") + "\n\n"},
			{"one run", wedge(text, "\n", "")},
			{"one run, end of line behind", wedge(text, "\n", "") + "\r\n"},
			{"AIM identifier before the run", "]O1" + wedge(text, "\n", "")},
			{"AIM identifier before the first line", "]Q1" + text},
			{"AIM identifier before every line", everyLine(text, "]O1", "\r")},
			{"characters before the document code", "*#" + text},
			{"letters before the document code", "X" + text},
			{"characters before every line", everyLine(text, "~", "\r\n")},
			{"characters before the run", "12" + wedge(text, "\n", "")},
			{"a heading", "Maschinenlesbare Zone:\n" + text},
			{"semicolons", wedge(text, "<", ";")},
			{"underscores", wedge(text, "<", "_")},
			{"guillemets", wedge(text, "<", "«")},
			{"lower case", strings.ToLower(text)},
			{"spaces between", strings.Join(strings.Split(text, ""), " ")},
			{"non-breaking space behind", everyLine(text, "", "\u00a0\n")},
			{"control characters", everyLine(text, "\x02", "\x03\n")},
			{"fillers missing", short(text)},
			{"fillers missing, AIM identifier", "]O1" + short(text)},
			{"fillers missing, letters before", "AB" + short(text)},
			{"fillers missing at the end of the run", strings.TrimRight(wedge(text, "\n", ""), "<")},
		}
		for _, r := range rows {
			got, err := Split(r.text)
			if err != nil || !slices.Equal(got, split(text)) {
				t.Errorf("%s: %s: %q, %v", r.reason, text[:5], got, err)
			}
		}
	}
}

func TestSplitRefuses(t *testing.T) {
	for reason, text := range map[string]string{
		"nothing":                           "",
		"blank lines":                       " \r\n\t\r\n",
		"an AIM identifier alone":           "]O1",
		"one line":                          split(icaoTD3)[0],
		"a second line that is too short":   strings.Join(edit(icaoTD1, 1, 0, ""), "\n")[:59],
		"a first line that is too long":     "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<<<<\n" + split(icaoTD3)[1],
		"a run that is no multiple":         wedge(icaoTD3, "\n", "")[:87],
		"a run that is too long":            wedge(icaoTD1, "\n", "") + "<",
		"a whole book":                      strings.Repeat(icaoTD1+"\n", 12),
		"only two lines of a card of three": strings.Join(split(icaoTD1)[:2], "\n"),
	} {
		lines, err := Split(text)
		if lines != nil || !slices.Equal(problem.From(err), problem.New("mrz", problem.Length)) {
			t.Errorf("%s: %q, %v", reason, lines, err)
		}
		if d, problems := ParseText(text, today); d != (Document{}) || !slices.Equal(problems, problem.New("mrz", problem.Length)) {
			t.Errorf("%s: %+v, %v", reason, d, problems)
		}
	}
}

// An unreadable character spoils its own field and does not move the others.
func TestParseTextUnreadable(t *testing.T) {
	for _, bad := range []string{"ß", "é", "*", "\ufffd", "\xff"} {
		d, problems := ParseText(strings.Replace(card2021, "ERIKA", "ERI"+bad+"A", 1), today)
		if d.Surname != "MUSTERMANN" || d.GivenNames != "" || d.Checks.held() != allChecks {
			t.Errorf("%q in a name: %+v", bad, d)
		}
		if !slices.Equal(problems, problem.New("given_names", problem.Alphabet)) {
			t.Errorf("%q in a name: %v", bad, problems)
		}
	}
}

// yzSwap is what a scanner set to the American layout types on a German computer.
func yzSwap(text string) string {
	return wedge(text, "Y", "Z", "Z", "Y", "y", "z", "z", "y")
}

func TestParseTextLayout(t *testing.T) {
	// Number with Y and Z, so that its check digit tells.
	yz := "P<D<<ZYPERN<<YASMIN<ZOE<<<<<<<<<<<<<<<<<<<<<\n" +
		"CZ61447NX" + digit("CZ61447NX") + "D<<6408125F2702283<<<<<<<<<<<<<<<"
	z, _ := fit(split(yz + "0"))
	yz += digit(z.at(z.composite[0]) + z.at(z.composite[1]) + z.at(z.composite[2]))
	// Check digits that know no Y or Z: only a name has them.
	nameOnly := wedge(card2021, "MUSTERMANN<<ERIKA<<", "SCHULZ<<YASMIN<<<<<")

	shifted := func(text string) string {
		return wedge(text, "1", "!", "2", `"`, "3", "§", "4", "$", "5", "%", "6", "&", "7", "/", "8", "(", "9", ")", "0", "=", "<", ">")
	}

	rows := []struct {
		reason, text   string
		surname, given string
		swapped        bool
		valid          bool
	}{
		{"right layout", yz, "ZYPERN", "YASMIN ZOE", false, true},
		{"American layout, fillers right", yzSwap(yz), "ZYPERN", "YASMIN ZOE", true, true},
		{"American layout", wedge(yzSwap(yz), "<", ";"), "ZYPERN", "YASMIN ZOE", true, true},
		{"American layout, lower case, one run", strings.ToLower(wedge(yzSwap(yz), "\n", "", "<", ";")), "ZYPERN", "YASMIN ZOE", true, true},
		{"American layout, AIM identifier as the German keyboard types it", "+O1" + wedge(yzSwap(yz), "<", ";"), "ZYPERN", "YASMIN ZOE", true, true},
		{"semicolons, but the letters are right", wedge(yz, "<", ";"), "ZYPERN", "YASMIN ZOE", false, true},
		{"only a name has Y and Z: ; tells", wedge(yzSwap(nameOnly), "<", ";"), "SCHULZ", "YASMIN", true, true},
		{"only a name has Y and Z, no ;: it stands as typed", nameOnly, "SCHULZ", "YASMIN", false, true},
		{"no Y or Z at all, ;: the layout is wrong all the same", wedge(card2021, "<", ";"), "MUSTERMANN", "ERIKA", true, true},
		{"underscores say nothing of the layout", wedge(card2021, "<", "_"), "MUSTERMANN", "ERIKA", false, true},
		{"Caps Lock", strings.ToLower(shifted(card2021)), "MUSTERMANN", "ERIKA", true, true},
		{"Caps Lock, fillers right", wedge(shifted(yz), ">", "<"), "ZYPERN", "YASMIN ZOE", true, true},
		{"Caps Lock and the American layout", shifted(yzSwap(yz)), "ZYPERN", "YASMIN ZOE", true, true},
		{"Caps Lock and a wrong digit", strings.Replace(shifted(card2021), "(!", "(%", 1), "MUSTERMANN", "ERIKA", true, false},
		{"a wrong digit is no layout", strings.Replace(card2021, "8308126", "8308127", 1), "MUSTERMANN", "ERIKA", false, false},
		{"a wrong digit beside the wrong layout", strings.Replace(yzSwap(yz), "6408125", "6408123", 1), "ZYPERN", "YASMIN ZOE", true, false},
	}
	for _, r := range rows {
		t.Run(r.reason, func(t *testing.T) {
			d, problems := ParseText(r.text, today)
			if d.Surname != r.surname || d.GivenNames != r.given || d.LayoutSwapped != r.swapped {
				t.Errorf("%s, %s, swapped %v", d.Surname, d.GivenNames, d.LayoutSwapped)
			}
			if Valid(problems) != r.valid {
				t.Errorf("problems %v", problems)
			}
		})
	}
}

func digit(data string) string {
	d, ok := checkDigit(data)
	if !ok {
		panic("no data of a zone: " + data)
	}
	return d
}
