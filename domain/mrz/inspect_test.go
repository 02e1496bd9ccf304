package mrz

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestInspectJSON(t *testing.T) {
	rows := []struct{ reason, text, want string }{
		{
			"valid and expired", card2010,
			`{"kind":"mrz","valid":true,"normal":"","problems":[{"field":"expiry_date","code":"expired"}],` +
				`"format":"TD1","document_type":"ID","issuer":"D","nationality":"D",` +
				`"surname":"MUSTERMANN","given_names":"ERIKA","birth_date":"1964-08-12","expiry_date":"2020-10-31","sex":"",` +
				`"checks":{"document_number":true,"birth_date":true,"expiry_date":true,"composite":true}}`,
		},
		{
			"valid", passport,
			`{"kind":"mrz","valid":true,"normal":"","problems":[],` +
				`"format":"TD3","document_type":"P","issuer":"D","nationality":"D",` +
				`"surname":"MUSTERMANN","given_names":"ERIKA","birth_date":"1964-08-12","expiry_date":"2027-02-28","sex":"F",` +
				`"checks":{"document_number":true,"birth_date":true,"expiry_date":true,"composite":true}}`,
		},
		{
			"not valid", wrongComposite,
			`{"kind":"mrz","valid":false,"normal":"","problems":[{"field":"composite","code":"check_digit"}],` +
				`"format":"TD3","document_type":"P","issuer":"D","nationality":"D",` +
				`"surname":"MUSTERMANN","given_names":"ERIKA","birth_date":"1964-08-12","expiry_date":"2027-02-28","sex":"F",` +
				`"checks":{"document_number":true,"birth_date":true,"expiry_date":true,"composite":false}}`,
		},
		{
			"unknown birth day", strings.Join(edit(card2021, 1, 0, "64<<<<"+digit("64<<<<")), "\n"),
			`{"kind":"mrz","valid":true,"normal":"","problems":[],` +
				`"format":"TD1","document_type":"ID","issuer":"D","nationality":"D",` +
				`"surname":"MUSTERMANN","given_names":"ERIKA","birth_date":"1964-00-00","expiry_date":"2031-08-01","sex":"",` +
				`"checks":{"document_number":true,"birth_date":true,"expiry_date":true,"composite":true}}`,
		},
		{
			"no zone at all", "L01X00T471",
			`{"kind":"mrz","valid":false,"normal":"","problems":[{"field":"mrz","code":"length"}],` +
				`"format":"","document_type":"","issuer":"","nationality":"",` +
				`"surname":"","given_names":"","birth_date":"","expiry_date":"","sex":"",` +
				`"checks":{"document_number":false,"birth_date":false,"expiry_date":false,"composite":false}}`,
		},
	}
	for _, r := range rows {
		got, err := json.Marshal(Inspect(r.text, today))
		if err != nil || string(got) != r.want {
			t.Errorf("%s:\ngot  %s %v\nwant %s", r.reason, got, err, r.want)
		}
	}
}

func TestInspectTellsTheLayout(t *testing.T) {
	if !Inspect(wedge(card2021, "<", ";"), today).LayoutSwapped || Inspect(card2021, today).LayoutSwapped {
		t.Error("the wrong layout is not told apart")
	}
}

// No four characters of the number stand in what is printed or returned as error.
func TestInspectHidesTheNumber(t *testing.T) {
	for text, number := range specimens() {
		spoiled := strings.Replace(text, number[:9], number[:8]+"?", 1)
		for _, in := range []string{text, spoiled, short(text), "]O1" + text, text[:20]} {
			out, err := json.Marshal(Inspect(in, today))
			if err != nil {
				t.Fatal(err)
			}
			_, problems := ParseText(in, today)
			for i := range len(number) - 3 {
				if part := number[i : i+4]; strings.Contains(string(out)+problems.Error(), part) {
					t.Errorf("%s stands in the result of a %s", part, text[:2])
				}
			}
		}
	}
}
