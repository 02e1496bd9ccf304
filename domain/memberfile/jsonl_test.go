package memberfile_test

import (
	"fmt"
	"strings"
	"testing"

	"schalter/domain/memberfile"
)

func TestObjects(t *testing.T) {
	const ok = `"kvnr":"X110411675","surname":"Müller","birth_date":"1962-03-14"`
	const card = `"iccsn":"80276999990001951731","status":"active"`
	deep := strings.Repeat(`[`, 200_000) + strings.Repeat(`]`, 200_000)
	for _, row := range []struct {
		why  string
		line string
		want string // field and reason, "" for taken
	}{
		{"an object", `{` + ok + `}`, ""},
		{"white space", "\t { " + strings.ReplaceAll(ok, ":", " : ") + " } ", ""},
		{"null is not said", `{` + ok + `,"title":null,"deceased":null,"cards":null}`, ""},
		{"flags", `{` + ok + `,"deceased":true,"email_verified":false}`, ""},
		{"flags as words", `{` + ok + `,"deceased":"yes"}`, ""},
		{"no cards", `{` + ok + `,"cards":[]}`, ""},
		{"a card", `{` + ok + `,"cards":[{` + card + `}]}`, ""},
		{"an empty card", `{` + ok + `,"cards":[{}]}`, ""},
		{"the same card twice", `{` + ok + `,"cards":[{` + card + `},{` + card + `}]}`, ""},
		{"a key in escapes is the key", `{"\u006bvnr":"X110411675","surname":"Müller","birth_date":"1962-03-14"}`, ""},

		{"an empty object", `{}`, "kvnr;required"},
		{"a list", `[{` + ok + `}]`, ";syntax"},
		{"a word", `true`, ";syntax"},
		{"no JSON", `{kvnr: X110411675}`, ";syntax"},
		{"a comma too many", `{` + ok + `,}`, ";syntax"},
		{"something behind", `{` + ok + `}{}`, ";syntax"},
		{"cut off", `{` + ok, ";syntax"},
		{"NUL", "{" + ok + "}\x00", ";syntax"},
		{"a raw control character", "{" + ok + ",\"title\":\"D\x1br.\"}", ";syntax"},
		{"nested deeper than anybody needs", `{` + ok + `,"title":` + deep + `}`, ";syntax"},

		{"a number for a text", `{` + ok + `,"postcode":1067}`, "postcode;type"},
		{"a flag for a text", `{` + ok + `,"title":true}`, "title;type"},
		{"a number for a flag", `{` + ok + `,"deceased":1}`, "deceased;type"},
		{"a list for a text", `{` + ok + `,"title":["Dr."]}`, "title;type"},
		{"an object for a text", `{` + ok + `,"title":{"de":"Dr."}}`, "title;type"},
		{"a text for cards", `{` + ok + `,"cards":"80276999990001951731"}`, "cards;type"},
		{"an object for cards", `{` + ok + `,"cards":{` + card + `}}`, "cards;type"},
		{"a text for a card", `{` + ok + `,"cards":["80276999990001951731"]}`, "cards;type"},
		{"a number for a card's number", `{` + ok + `,"cards":[{"iccsn":80276999990001951731}]}`, "iccsn;type"},
		{"an unknown key", `{` + ok + `,"ort":"Köln"}`, ";unknown_key"},
		{"a key in capitals", `{` + ok + `,"City":"Köln"}`, ";unknown_key"},
		{"cards are no columns", `{` + ok + `,"card_status":"active"}`, ";unknown_key"},
		{"an unknown key of a card", `{` + ok + `,"cards":[{` + card + `,"colour":"blue"}]}`, "cards;unknown_key"},
		{"a key twice", `{` + ok + `,"surname":"Meier"}`, "surname;repeated_key"},
		{"a key twice, once in escapes", `{` + ok + `,"s\u0075rname":"Meier"}`, "surname;repeated_key"},
		{"cards twice", `{` + ok + `,"cards":[],"cards":[]}`, "cards;repeated_key"},
		{"a key of a card twice", `{` + ok + `,"cards":[{` + card + `,"status":"blocked"}]}`, "cards;repeated_key"},
		{"half a surrogate pair", `{` + ok + `,"title":"Dr\ud800"}`, "title;encoding"},
		{"an escape in escapes", `{` + ok + `,"title":"\u001b[2J"}`, "title;unclean"},
		{"a line break", `{` + ok + `,"street":"Weg\nHof"}`, "street;unclean"},
		{"one card said in two ways", `{` + ok + `,"cards":[{` + card + `},{"iccsn":"80276999990001951731","status":"blocked"}]}`, "iccsn;conflict"},
		{"more cards than a life has", `{` + ok + `,"cards":[` + strings.Repeat(`{},`, 64) + `{}]}`, "cards;too_many"},
		{"a line of a mebibyte", `{` + ok + `,"title":"` + strings.Repeat(" ", 1<<20) + `"}`, ";line_too_long"},
	} {
		// A right line before it, or an unknown key would be one of the file.
		file := jsonFile(t, somebody().with("kvnr", "X110465770")) + row.line + "\n" + jsonFile(t, somebody().with("kvnr", "X110406067"))
		rows := read(t, file, memberfile.Options{})
		want := []string{"2;" + row.want}
		if row.want == "" {
			want = nil
		}
		same(t, row.why, rejected(rows), want)
		if last := rows[len(rows)-1]; last.Line != 3 || last.Rejected() {
			t.Errorf("%s: the line behind is not read", row.why)
		}
	}
}

func TestUnknownKeysThatMayBeSkipped(t *testing.T) {
	for _, row := range []struct{ why, extra, want string }{
		{"a text", `"ort":"Köln"`, ""},
		{"nested", `"x":{"a":[1,{"b":[]}],"kvnr":"Y"},"y":[[[]]]`, ""},
		{"with cards", `"x":1,"cards":[{"iccsn":"80276999990001951731","status":"active","chip":{"os":[1]}}]`, ""},
		{"twice", `"x":1,"x":2`, ""},
		{"with brackets in texts", `"x":"]}\"{","y":[-1.5e3,true,"[\\"]`, ""},
		{"before a fault", `"x":[{"y":null}],"title":1`, "1;title;type"},
	} {
		file := `{"kvnr":"X110411675","surname":"Müller","birth_date":"1962-03-14",` + row.extra + "}\n"
		want := []string{row.want}
		if row.want == "" {
			want = nil
		}
		same(t, row.why, rejected(read(t, file, memberfile.Options{IgnoreUnknown: true})), want)
	}
}

func TestUnknownKeysOfTheFirstLineAreOfTheFile(t *testing.T) {
	const ok = `"kvnr":"X110411675","surname":"Müller","birth_date":"1962-03-14"`
	for _, row := range []struct {
		why, line string
		names     []string // of the error, nil if there is none
	}{
		{"two unknown", `{` + ok + `,"plz":"50667","ort":"Köln"}`, []string{"ort", "plz"}},
		{"a name that acts on a screen", `{` + ok + `,"o\u001b[2Jrt":""}`, []string{"ort"}},
		{"no name of ours: perhaps values", `{"Müller":"Anna"}`, nil},
		{"no object", `{"Müller"`, nil},
	} {
		if row.names != nil {
			got := refused(t, row.line+"\n", memberfile.Options{})
			if got.Fault != memberfile.UnknownColumns {
				t.Errorf("%s: %v", row.why, got)
			}
			same(t, row.why, got.Columns, row.names)
			continue
		}
		if got := read(t, row.line+"\n", memberfile.Options{}); len(got) != 1 || !got[0].Rejected() {
			t.Errorf("%s: %d rows", row.why, len(got))
		}
	}
}

func TestFormIsFoundOrGiven(t *testing.T) {
	object, table := jsonFile(t, somebody()), csvFile(somebody())
	for _, row := range []struct {
		why  string
		file string
		form memberfile.Form
		rows int // -1: refused
	}{
		{"JSON found", object, memberfile.Auto, 1},
		{"JSON found behind blank lines", "\n \n" + object, memberfile.Auto, 1},
		{"CSV found", table, memberfile.Auto, 1},
		{"JSON given", object, memberfile.JSONLines, 1},
		{"CSV given", table, memberfile.CSV, 1},
		{"JSON given, but CSV", table, memberfile.JSONLines, 2},
		{"CSV given, but JSON", object, memberfile.CSV, -1},
		{"JSON given, nothing there", "", memberfile.JSONLines, 0},
	} {
		if row.rows < 0 {
			refused(t, row.file, memberfile.Options{Form: row.form})
			continue
		}
		if got := read(t, row.file, memberfile.Options{Form: row.form}); len(got) != row.rows {
			t.Errorf("%s: %d rows", row.why, len(got))
		}
	}
}

func TestBlankLinesBetweenObjects(t *testing.T) {
	file := "\n" + jsonFile(t, somebody()) + "\r\n  \n" + fmt.Sprintln(`{}`)
	same(t, "numbers", rejects(t, file), []string{"5;kvnr;required"})
}
