package main

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"schalter/domain"
	calendar "schalter/domain/date"
	"schalter/domain/desk"
	"schalter/domain/kvnr"
	"schalter/domain/rights"
	"schalter/tui/words"
)

// decided books what staff do at their screens.
func decided(ts *testscript.TestScript, _ bool, args []string) {
	year, err := strconv.Atoi(args[0])
	ts.Check(err)
	p := scriptProgram()
	p.texts = words.For(words.German)
	p.flags = flags{database: databaseIn(ts), keys: ts.MkAbs("config/schalter/keys")}
	o, err := p.open(context.Background())
	ts.Check(err)
	for _, n := range args[1:] {
		ts.Check(o.bookStageOne(year, kvnr.KVNR(n)))
	}
	ts.Check(o.close())
}

// bookStageOne enters and decides a booklet with the three proofs of stage I.
func (o *opened) bookStageOne(year int, n kvnr.KVNR) error {
	ctx := context.Background()
	at := desk.Place{Channel: rights.Counter}
	anna, err := o.desk.Login(ctx, desk.Credentials{Login: "anna", Passphrase: []byte(secrets["anna"])}, at)
	if err != nil {
		return err
	}
	otto, err := o.desk.Login(ctx, desk.Credentials{Login: "otto", Passphrase: []byte(secrets["otto"])}, at)
	if err != nil {
		return err
	}
	m, _, err := o.store.MemberByKVNR(ctx, n)
	if err != nil {
		return err
	}
	form := desk.BookletForm{Received: calendar.Date((year+1)*10000 + 301), Counted: 3}
	for _, measure := range []string{"checkup", "krebs", "zahn"} {
		form.Stamps = append(form.Stamps, domain.Stamp{
			Measure: measure, Date: calendar.Date(year*10000 + 514), Evidence: []string{"stamp"},
		})
	}
	ref := desk.BookletRef{Member: m.ID, Year: year}
	if err := o.desk.EnterBooklet(ctx, anna, domain.RequestID{}, ref, form); err != nil {
		return err
	}
	_, err = o.desk.DecideBooklet(ctx, otto, domain.RequestID{}, ref, desk.Signature{})
	return err
}

// No cell of a payout file can be taken for a formula by a spreadsheet, whatever
// a programme calls its groups: ids begin with a letter or digit, and so do KVNR.
func TestPayoutFileHoldsNoFormula(t *testing.T) {
	var b strings.Builder
	rows := func(yield func(desk.PayoutRow, error) bool) {
		yield(desk.PayoutRow{Main: "A123456780", Person: "B123456782", Year: 2026, Group: "extra:treue", Cents: 1, Reimbursed: true}, nil)
	}
	if err := writePayoutCSV(&b, domain.PayoutRun{}, rows); err != nil {
		t.Fatal(err)
	}
	for _, cell := range strings.FieldsFunc(b.String(), func(r rune) bool { return r == ';' || r == '\n' }) {
		if strings.ContainsAny(cell[:1], "=+-@\t\r\"") {
			t.Errorf("cell %q", cell)
		}
	}
}
