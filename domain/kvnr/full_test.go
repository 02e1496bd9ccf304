package kvnr_test

import (
	"slices"
	"strings"
	"testing"

	"schalter/domain/kvnr"
	"schalter/domain/problem"
)

// No full number is published. These are put together from published parts,
// with the last digit by the 1-2 method worked out by hand:
// 24 11041167 5 260326822 gives the cross sums
// 2+8+1+2+0+8+1+2+6+5+5 +4+6+0+3+4+6+7+2+4 = 76, so 6.
const (
	member = "X110411675" + "260326822" + "6"
	family = "T012345678" + "109500969" + "X110411675"
)

func TestParseFullOfAMember(t *testing.T) {
	full, err := kvnr.ParseFull("x110 411 675 260326822 6")
	want := kvnr.Full{KVNR: "X110411675", IK: "260326822", Check: '6'}
	if err != nil || full != want {
		t.Fatalf("got %+v, %v", full, err)
	}
	if !full.CheckFits() || full.Doubts() != nil {
		t.Error("the last digit is doubted")
	}
	if full.String() != member {
		t.Errorf("got %s", full)
	}
}

func TestParseFullOfAFamilyInsuredPerson(t *testing.T) {
	fitting := 0
	for digit := '0'; digit <= '9'; digit++ {
		full, err := kvnr.ParseFull(family + string(digit))
		want := kvnr.Full{KVNR: "T012345678", IK: "109500969", Main: "X110411675", Check: byte(digit)}
		if err != nil || full != want {
			t.Fatalf("last digit %c: got %+v, %v", digit, full, err)
		}
		if full.CheckFits() {
			fitting++
		} else if !slices.Equal(full.Doubts(), problem.New("full_check", problem.CheckDigit)) {
			t.Errorf("last digit %c: doubts %v", digit, full.Doubts())
		}
	}
	if fitting != 1 {
		t.Errorf("%d last digits fit", fitting)
	}
}

func TestParseFullRefuses(t *testing.T) {
	for _, row := range []struct {
		why, in string
		want    problem.List
	}{
		{"nothing", "", problem.New("kvnr", problem.Length)},
		{"the short form is not a long one", "X110411675", problem.New("kvnr", problem.Length)},
		{"between the two forms", strings.Repeat("1", 25), problem.New("kvnr", problem.Length)},
		{"a wrong person", "X110411674" + member[10:], problem.New("kvnr", problem.CheckDigit)},
		{"a wrong insurer", member[:18] + "36", problem.New("ik", problem.CheckDigit)},
		{"a wrong member", family[:28] + "46", problem.New("main_kvnr", problem.CheckDigit)},
		{"a last character that is no digit", member[:19] + "X", problem.New("full_check", problem.Alphabet)},
		{"a last character beyond ASCII", member[:19] + "é", problem.New("full_check", problem.Alphabet)},
		{
			"everything at once is told at once", "1110411675" + "26032682X" + "X110411674" + "X",
			problem.List{
				{Field: "kvnr", Code: problem.Alphabet},
				{Field: "ik", Code: problem.Alphabet},
				{Field: "main_kvnr", Code: problem.CheckDigit},
				{Field: "full_check", Code: problem.Alphabet},
			},
		},
	} {
		full, err := kvnr.ParseFull(row.in)
		if !slices.Equal(problem.From(err), row.want) || full != (kvnr.Full{}) {
			t.Errorf("%s: got %+v, %v", row.why, full, err)
		}
	}
}

func FuzzParseFull(f *testing.F) {
	f.Add(member)
	f.Add(family + "0")
	f.Add("x110 411 675 260 326 822 6")
	f.Fuzz(func(t *testing.T, s string) {
		full, err := kvnr.ParseFull(s)
		if err != nil {
			return
		}
		again, err := kvnr.ParseFull(full.String())
		if err != nil || again != full {
			t.Fatalf("no round trip: %+v, %+v, %v", full, again, err)
		}
		if !full.KVNR.Valid() || !full.IK.Valid() || full.Main != "" && !full.Main.Valid() {
			t.Fatalf("accepted with a part that is not valid: %+v", full)
		}
	})
}
