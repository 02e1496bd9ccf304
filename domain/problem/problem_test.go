package problem_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"

	"schalter/domain/problem"
)

func TestErrorNamesFieldsAndCodes(t *testing.T) {
	for _, row := range []struct {
		why  string
		list problem.List
		want string
	}{
		{"one problem", problem.New("kvnr", problem.CheckDigit), "kvnr: check_digit"},
		{"several keep their order", problem.List{{"ik", problem.Length}, {"kvnr", problem.Alphabet}}, "ik: length; kvnr: alphabet"},
		{"an empty list is not an empty text", problem.List{}, "no problem"},
	} {
		if got := row.list.Error(); got != row.want {
			t.Errorf("%s: got %q, want %q", row.why, got, row.want)
		}
	}
}

func TestErrIsNilOnlyWhenNothingIsWrong(t *testing.T) {
	if err := (problem.List{}).Err(); err != nil {
		t.Errorf("an empty list is the error %v", err)
	}
	if err := problem.List(nil).Err(); err != nil {
		t.Errorf("no list is the error %v", err)
	}
	if err := problem.New("ik", problem.Length).Err(); err == nil {
		t.Error("a problem is no error")
	}
}

func TestFromFindsProblemsInWrappedErrors(t *testing.T) {
	list := problem.New("ik", problem.Length)
	if got := problem.From(fmt.Errorf("read line: %w", list)); !slices.Equal(got, list) {
		t.Errorf("wrapped: got %v", got)
	}
	if got := problem.From(errors.New("disk full")); got != nil {
		t.Errorf("another error has problems: %v", got)
	}
	if got := problem.From(nil); got != nil {
		t.Errorf("no error has problems: %v", got)
	}
}

func TestHas(t *testing.T) {
	list := problem.New("ik", problem.Length)
	if !list.Has(problem.Length) || list.Has(problem.Format) {
		t.Error("Has does not tell present from absent")
	}
}

func TestInRenamesACopy(t *testing.T) {
	list := problem.New("date", problem.Date)
	renamed := list.In("birth_date")
	if renamed[0] != (problem.Problem{Field: "birth_date", Code: problem.Date}) {
		t.Errorf("got %v", renamed)
	}
	if list[0].Field != "date" {
		t.Error("the original was changed")
	}
}

func TestJSONForm(t *testing.T) {
	for _, row := range []struct {
		why  string
		list problem.List
		want string
	}{
		{"names are the interface", problem.New("kvnr", problem.CheckDigit), `[{"field":"kvnr","code":"check_digit"}]`},
		{"nothing wrong is a list, not null", nil, `[]`},
	} {
		got, err := json.Marshal(row.list.Plain())
		if err != nil || string(got) != row.want {
			t.Errorf("%s: got %s, %v", row.why, got, err)
		}
	}
}

func TestCodesAreTheOnesOfTheInterface(t *testing.T) {
	want := []problem.Code{"length", "alphabet", "check_digit", "date", "expired", "issuer", "format"}
	if got := problem.Codes(); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
