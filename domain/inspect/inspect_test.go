package inspect_test

import (
	"encoding/json"
	"os"
	"testing"

	"schalter/domain/inspect"
)

func TestResultsInJSON(t *testing.T) {
	for _, row := range []struct {
		why     string
		inspect func(string) inspect.Result
		in      string
		want    string
	}{
		{"an insurance number in normal form", inspect.KVNR, "x110 411 675", `{"kind":"kvnr","valid":true,"normal":"X110411675","problems":[]}`},
		{"its check digit is wrong", inspect.KVNR, "X110411674", `{"kind":"kvnr","valid":false,"normal":"","problems":[{"field":"kvnr","code":"check_digit"}]}`},
		{"nothing", inspect.KVNR, "", `{"kind":"kvnr","valid":false,"normal":"","problems":[{"field":"kvnr","code":"length"}]}`},
		{"too long for the short form", inspect.KVNR, "X1104116755", `{"kind":"kvnr","valid":false,"normal":"","problems":[{"field":"kvnr","code":"length"}]}`},
		{"with insurer", inspect.KVNR, "x1104116752603268226", `{"kind":"kvnr","valid":true,"normal":"X1104116752603268226","problems":[]}`},
		{"a doubtful last digit is told, not refused", inspect.KVNR, "X1104116752603268227", `{"kind":"kvnr","valid":true,"normal":"X1104116752603268227","problems":[{"field":"full_check","code":"check_digit"}]}`},
		{"with a wrong insurer", inspect.KVNR, "X1104116752603268236", `{"kind":"kvnr","valid":false,"normal":"","problems":[{"field":"ik","code":"check_digit"}]}`},
		{"an insurer", inspect.IK, "260 326 822", `{"kind":"ik","valid":true,"normal":"260326822","problems":[]}`},
		{"two problems", inspect.IK, "IK260326822", `{"kind":"ik","valid":false,"normal":"","problems":[{"field":"ik","code":"length"},{"field":"ik","code":"alphabet"}]}`},
		{"a card", inspect.ICCSN, "80276 00182 0001951731", `{"kind":"iccsn","valid":true,"normal":"80276001820001951731","problems":[]}`},
		{"a card of another country", inspect.ICCSN, "80040001820001951731", `{"kind":"iccsn","valid":false,"normal":"","problems":[{"field":"iccsn","code":"issuer"}]}`},
		{"a code", inspect.Code, "k7qh9-wxz3m-ptr2w", `{"kind":"code","valid":true,"normal":"K7QH9WXZ3MPTR2W","problems":[]}`},
		{"a wrong code", inspect.Code, "U7QH9-WXZ3M-PTR2W", `{"kind":"code","valid":false,"normal":"","problems":[{"field":"code","code":"alphabet"}]}`},
	} {
		got, err := json.Marshal(row.inspect(row.in))
		if err != nil || string(got) != row.want {
			t.Errorf("%s:\n got %s, %v\nwant %s", row.why, got, err, row.want)
		}
	}
}

// The normal form of a valid value describes itself, and a value without one
// always says why.
func FuzzResults(f *testing.F) {
	for _, s := range []string{"", "X110411675", "X1104116752603268226", "260326822", "80276001820001951731", "K7QH9-WXZ3M-PTR2W"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, inspect := range []func(string) inspect.Result{inspect.KVNR, inspect.IK, inspect.ICCSN, inspect.Code} {
			r := inspect(s)
			if r.Problems == nil || r.Valid != (r.Normal != "") || !r.Valid && len(r.Problems) == 0 {
				t.Fatalf("%+v", r)
			}
			if !r.Valid {
				continue
			}
			if again := inspect(r.Normal); !again.Valid || again.Normal != r.Normal || len(again.Problems) != len(r.Problems) {
				t.Fatalf("%+v described again: %+v", r, again)
			}
		}
	})
}

func ExampleIK() {
	_ = json.NewEncoder(os.Stdout).Encode(inspect.IK("260 326 822"))
	// Output: {"kind":"ik","valid":true,"normal":"260326822","problems":[]}
}
