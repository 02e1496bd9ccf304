package memberfile_test

import (
	"strings"
	"testing"

	"schalter/domain/memberfile"
)

// attacks are values that would do something on a screen, in a spreadsheet or in
// a comparison, in a column that takes free text.
var attacks = []struct {
	why    string
	value  string
	reason memberfile.Reason
}{
	{"a colour (CSI)", "Mü\x1b[31mller", memberfile.Unclean},
	{"a window title (OSC, ended by BEL)", "\x1b]0;geleert\x07Müller", memberfile.Unclean},
	{"the clipboard (OSC 52, ended by ST)", "\x1b]52;c;cm0gLXJm\x1b\\Müller", memberfile.Unclean},
	{"a device control string without end", "Müller\x1bP$qm", memberfile.Unclean},
	{"an application program command", "\x1b_Gf=100\x1b\\Müller", memberfile.Unclean},
	{"a lone ESC", "Müller\x1b", memberfile.Unclean},
	{"CSI in eight bits", "Mü\u009b31mller", memberfile.Unclean},
	{"OSC in eight bits", "\u009d0;x\u009cMüller", memberfile.Unclean},
	{"a bell", "Müller\a", memberfile.Unclean},
	{"backspaces", "Müller\b\b\b\b\b\bMeier", memberfile.Unclean},
	{"a carriage return", "Müller\rMeier", memberfile.Unclean},
	{"NUL", "Mül\x00ler", memberfile.Unclean},
	{"DEL", "Müller\x7f", memberfile.Unclean},
	{"next line", "Müller\u0085Meier", memberfile.Unclean},
	{"a line separator", "Müller\u2028Meier", memberfile.Unclean},
	{"right to left override", "Müller\u202eAnna", memberfile.Unclean},
	{"isolate", "\u2066Müller\u2069", memberfile.Unclean},
	{"right to left mark", "Müller\u200f", memberfile.Unclean},
	{"zero width space", "Mül\u200bler", memberfile.Unclean},
	{"zero width joiner", "Mül\u200dler", memberfile.Unclean},
	{"soft hyphen", "Mül\u00adler", memberfile.Unclean},
	{"a byte order mark inside", "Müller\ufeff", memberfile.Unclean},
	{"a variation selector", "Müller\ufe0f", memberfile.Unclean},
	{"a tag character", "Müller\U000e0041", memberfile.Unclean},
	{"private use", "Müller\ue000", memberfile.Unclean},
	{"a hundred marks on a letter", "Mu" + strings.Repeat("\u0308", 100) + "ller", memberfile.Unclean},
	{"a mark on nothing", "\u0308Müller", memberfile.Unclean},
	{"a noncharacter", "Müller\ufffe", memberfile.Unclean},
	{"what a conversion has lost", "M\ufffdller", memberfile.Encoding},
	{"a formula", "=HYPERLINK(\"http://x.example\")", memberfile.Formula},
	{"a formula with plus", "+1+cmd|' /C calc'!A0", memberfile.Formula},
	{"a formula with minus", "-2+3", memberfile.Formula},
	{"a formula with at", "@SUM(A1)", memberfile.Formula},
	{"a formula behind a tab", "\t=1", memberfile.Formula},
	{"a formula behind a wide space", "\u2003=1", memberfile.Formula},
	{"Hebrew that turns the line around", "Müller א", memberfile.Script},
	{"ten thousand characters", strings.Repeat("M", 10000), memberfile.TooLong},
	{"ten thousand characters with an escape", strings.Repeat("M", 10000) + "\x1b[2J", memberfile.Unclean},
	{"Unicode spaces are white space", "Haus\u2003am\u00a0See", ""},
	{"a tab is white space", "Haus\tam See", ""},
	{"a letter in two pieces is one letter", "Mu\u0308hle", ""},
}

func TestAttacks(t *testing.T) {
	for _, column := range []string{"surname", "street", "phone"} {
		for _, row := range attacks {
			line := somebody().with(column, row.value)
			files := map[string]string{"CSV": csvFile(line), "JSON": jsonFile(t, line)}
			for form, file := range files {
				want := []string{"2;" + column + ";" + string(row.reason)}
				if form == "JSON" {
					want[0] = "1" + want[0][1:]
				}
				if row.reason == "" {
					want = nil
				}
				same(t, row.why+" in "+column+", "+form, rejects(t, file), want)
			}
		}
	}
}

func TestAttacksOnEveryColumn(t *testing.T) {
	for _, column := range memberfile.Columns() {
		line := somebody().with(column, somebody()[column]+"\x1b[2J")
		same(t, column, rejects(t, csvFile(line)), []string{"2;" + column + ";unclean"})
	}
}

func TestAPhoneNumberMayBeginWithPlus(t *testing.T) {
	line := somebody().with("phone", "+49 30 23125000")
	same(t, "phone", rejects(t, csvFile(line)), nil)
}

// A line break in an address must not bring a member along. Whoever can type
// into a portal's address field controls what stands between the quotes.
func TestAQuotedLineBreakBringsNoMember(t *testing.T) {
	victim := csvLine(somebody().with("kvnr", "X110406067", "surname", "Untergeschoben"))
	for why, value := range map[string]string{
		"LF":                          "Hof\n" + victim + "\n",
		"CRLF":                        "Hof\r\n" + victim + "\r\n",
		"many lines":                  "Hof\n" + strings.Repeat(victim+"\n", 50),
		"and bytes that are no UTF-8": "Hof\xff\n" + victim + "\n",
		"and quotes":                  "Hof \"\n" + victim + "\n\"",
	} {
		file := csvFile(somebody().with("address_extra", value), somebody().with("kvnr", "X110465770"))
		rows := read(t, file, memberfile.Options{})
		last := len(rows) - 1
		for i, row := range rows[:last] {
			want := memberfile.Reject{Line: i + 2, Field: "address_extra", Reason: memberfile.LineBreak}
			if row.Reject != want {
				t.Errorf("%s: got %s, want %s", why, row.Reject, want)
			}
		}
		if want := strings.Count(value, "\n") + 1; last != want {
			t.Errorf("%s: %d lines rejected, want %d", why, last, want)
		}
		if got := rows[last].Member.KVNR; got != "X110465770" {
			t.Errorf("%s: the line behind is not read", why)
		}
	}
}
