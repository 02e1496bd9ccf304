package main

import (
	"encoding/json"
	"fmt"
	"io"
	"iter"

	"schalter/domain"
	"schalter/domain/desk"
)

// payoutColumns are the columns of a payout file. Amounts are whole cents. No
// cell holds a text that somebody typed: KVNR, numbers, ids of the programme and
// two words, none of which begins with = + - or @.
const payoutColumns = "main_kvnr;person_kvnr;year;group;cents;kind\n"

// payoutKind is the last column of a row.
func payoutKind(r desk.PayoutRow) string {
	if r.Reimbursed {
		return "reimbursement"
	}
	return "bonus"
}

// writePayoutCSV writes a run as CSV (RFC 4180 with ; and line feeds).
func writePayoutCSV(w io.Writer, _ domain.PayoutRun, rows iter.Seq2[desk.PayoutRow, error]) error {
	if _, err := io.WriteString(w, payoutColumns); err != nil {
		return err
	}
	for r, err := range rows {
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w, "%s;%s;%d;%s;%d;%s\n", r.Main, r.Person, r.Year, r.Group, r.Cents, payoutKind(r)); err != nil {
			return err
		}
	}
	return nil
}

// payoutHead is the first line of a payout file as JSON lines; it tells one run
// from another and gives the sums to check by.
type payoutHead struct {
	Run      uint64 `json:"run"`
	Year     int    `json:"year"`
	Day      string `json:"day"`
	Booklets uint64 `json:"booklets"`
	Cents    int64  `json:"cents"`
}

type payoutLine struct {
	Main   string `json:"main_kvnr"`
	Person string `json:"person_kvnr"`
	Year   int    `json:"year"`
	Group  string `json:"group"`
	Cents  int64  `json:"cents"`
	Kind   string `json:"kind"`
}

// writePayoutJSON writes a run as JSON lines: a head, then a row each.
func writePayoutJSON(w io.Writer, run domain.PayoutRun, rows iter.Seq2[desk.PayoutRow, error]) error {
	out := json.NewEncoder(w)
	if err := out.Encode(headOf(run)); err != nil {
		return err
	}
	for r, err := range rows {
		if err != nil {
			return err
		}
		line := payoutLine{string(r.Main), string(r.Person), r.Year, r.Group, int64(r.Cents), payoutKind(r)}
		if err := out.Encode(line); err != nil {
			return err
		}
	}
	return nil
}

func headOf(run domain.PayoutRun) payoutHead {
	return payoutHead{uint64(run.ID), run.Year, run.Day.String(), run.Booklets, int64(run.Cents)}
}
