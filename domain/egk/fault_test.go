package egk_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"schalter/domain/egk"
	"schalter/domain/egk/virtual"
	"schalter/domain/problem"
)

// Required fields are named when they are wrong.
func TestProblems(t *testing.T) {
	for _, row := range []struct {
		reason string
		damage virtual.Damage
		want   problem.List
	}{
		{"wrong check digit", virtual.WrongKVNR, problem.New("kvnr", problem.CheckDigit)},
		{"no surname", virtual.NoSurname, problem.New("surname", problem.Length)},
		{"no birth date", virtual.NoBirthDate, problem.New("birth_date", problem.Format)},
		{"wrong check digit of the IK", virtual.WrongIK, problem.New("insurer_ik", problem.CheckDigit)},
		{"a card of another country", virtual.GDOForeign, problem.New("iccsn", problem.Issuer)},
	} {
		_, err := read(t, newCard(t, virtual.Config{Content: full(), Damage: row.damage}))
		if got := problem.From(err); !slices.Equal(got, row.want) {
			t.Errorf("%s: got %v, want %v", row.reason, got, row.want)
		}
	}
}

// statusCard answers one command with a status word and the rest as the card
// does.
type statusCard struct {
	egk.Transmitter
	at     string // beginning of the command
	status []byte
}

func (c statusCard) Transmit(ctx context.Context, apdu []byte) ([]byte, error) {
	if strings.HasPrefix(fmt.Sprintf("%X", apdu), c.at) {
		return c.status, nil
	}
	return c.Transmitter.Transmit(ctx, apdu)
}

func TestStatusWords(t *testing.T) {
	const (
		master, gdo, application = "00A4040C07", "00B082000C", "00A4040C06"
		status, pd, chunk, vd    = "00B08C", "00B081", "00B00002", "00B0820008"
	)
	for _, row := range []struct {
		reason, at string
		sw         uint16
		file       egk.File
		fault      egk.Fault
	}{
		{"a bank card knows no health card's MF", master, 0x6a82, egk.MF, egk.NotHealthCard},
		{"a SIM knows no such class", master, 0x6e00, egk.MF, egk.NotHealthCard},
		{"a card may refuse the identifier", master, 0x6a86, egk.MF, egk.NotHealthCard},
		{"a memory card knows no command", master, 0x6d00, egk.MF, egk.NotHealthCard},
		{"a card may refuse the condition", master, 0x6985, egk.MF, egk.NotHealthCard},
		{"the card is switched off", master, 0x6283, egk.MF, egk.Deactivated},
		{"no health application", application, 0x6a82, egk.HCA, egk.NotHealthCard},
		{"the application is switched off", application, 0x6283, egk.HCA, egk.Deactivated},
		{"the application is terminated", application, 0x6285, egk.HCA, egk.Deactivated},
		{"the reader cannot send the length", application, 0x6700, egk.HCA, egk.WrongLength},
		{"access to the application is denied", application, 0x6982, egk.HCA, egk.AccessDenied},
		{"no card number", gdo, 0x6a82, egk.GDO, egk.FileMissing},
		{"a card that answers nothing useful", gdo, 0x6f00, egk.GDO, egk.StatusUnexpected},
		{"no status", status, 0x6a82, egk.StatusVD, egk.FileMissing},
		{"the file is switched off", pd, 0x6283, egk.PD, egk.Deactivated},
		{"a channel is asked for", pd, 0x6982, egk.PD, egk.AccessDenied},
		{"a chunk is too long", chunk, 0x6700, egk.PD, egk.WrongLength},
		{"another program selected a folder", chunk, 0x6986, egk.PD, egk.NoCurrentFile},
		{"the length leads outside", chunk, 0x6b00, egk.PD, egk.OffsetOutside},
		{"no data without a word", chunk, 0x9000, egk.PD, egk.Truncated},
		{"the end at the beginning", chunk, 0x6282, egk.PD, egk.Truncated},
		{"more waits than was asked for", pd, 0x6103, egk.PD, egk.BadAnswer},
		{"more waits than can", pd, 0x6100, egk.PD, egk.BadAnswer},
		{"a longer length is asked for", pd, 0x6c03, egk.PD, egk.BadAnswer},
		{"the same length is asked for, again and again", pd, 0x6c02, egk.PD, egk.BadAnswer},
		{"no length is asked for", pd, 0x6c00, egk.PD, egk.BadAnswer},
		{"no insurance data", vd, 0x6a82, egk.VD, egk.FileMissing},
	} {
		card := statusCard{newCard(t, virtual.Config{Content: full()}), row.at, []byte{byte(row.sw >> 8), byte(row.sw)}}
		_, err := read(t, card)
		var e *egk.Error
		if !errors.As(err, &e) || e.File != row.file || e.Fault != row.fault {
			t.Errorf("%s: got %v, want %v %v", row.reason, err, row.file, row.fault)
		}
		if refused := e.Status != 0; refused && e.Status != egk.StatusWord(row.sw) || refused == (row.fault == egk.BadAnswer || row.fault == egk.Truncated) {
			t.Errorf("%s: the status is %04X", row.reason, e.Status)
		}
	}
}

// A word about data after SELECT, for which nobody asked, does no harm.
func TestSelectAnnouncesData(t *testing.T) {
	card := newCard(t, virtual.Config{Content: full()})
	if _, err := read(t, announces{card}); err != nil {
		t.Error(err)
	}
}

type announces struct{ egk.Transmitter }

func (c announces) Transmit(ctx context.Context, apdu []byte) ([]byte, error) {
	answer, err := c.Transmitter.Transmit(ctx, apdu)
	if apdu[1] == 0xa4 {
		return []byte{0x61, 0x20}, err
	}
	return answer, err
}

// A limit that is smaller than a chunk is named, not worked around: no reader
// that was heard of has one.
func TestLeLimit(t *testing.T) {
	for _, row := range []struct {
		limit int
		file  egk.File
	}{{11, egk.GDO}, {24, egk.StatusVD}, {100, egk.PD}, {251, egk.PD}} {
		_, err := read(t, newCard(t, virtual.Config{Content: full(), LeLimit: row.limit}))
		var e *egk.Error
		if !errors.As(err, &e) || e.Fault != egk.WrongLength || e.File != row.file || e.Status != 0x6700 {
			t.Errorf("limit %d: %v", row.limit, err)
		}
	}
}

// However early the card is pulled, the error says so; and the card can be read
// when it is put in again.
func TestPulledAtEveryCommand(t *testing.T) {
	w := &watch{t: t, card: newCard(t, virtual.Config{Content: full()})}
	if _, err := egk.Read(context.Background(), w); err != nil || len(w.sent) < 9 {
		t.Fatalf("%v after %d commands", err, len(w.sent))
	}
	for n := 1; n < len(w.sent); n++ {
		_, err := read(t, newCard(t, virtual.Config{Content: full(), PulledAfter: n}))
		var e *egk.Error
		if !errors.Is(err, egk.Pulled) || !errors.As(err, &e) || e.Fault != egk.Pulled {
			t.Errorf("pulled after %d commands: %v", n, err)
		}
	}
	card := newCard(t, virtual.Config{Content: full(), PulledAfter: len(w.sent)})
	for range 2 {
		if _, err := read(t, card); err != nil {
			t.Errorf("pulled when all was read: %v", err)
		}
		if _, err := read(t, card); !errors.Is(err, egk.Pulled) {
			t.Errorf("not there: %v", err)
		}
		card.Reset()
	}
}

// brokenReader answers with an error, or with too little.
type brokenReader struct {
	answer []byte
	err    error
}

func (r brokenReader) Transmit(context.Context, []byte) ([]byte, error) { return r.answer, r.err }

func TestReaderFails(t *testing.T) {
	failure := errors.New("usb stalled")
	for _, row := range []struct {
		reason string
		reader brokenReader
		want   egk.Fault
		is     error
	}{
		{"no answer", brokenReader{}, egk.Pulled, egk.Pulled},
		{"half a status word", brokenReader{answer: []byte{0x90}}, egk.Pulled, egk.Pulled},
		{"the reader knows that it was pulled", brokenReader{err: fmt.Errorf("0x80100069: %w", egk.Pulled)}, egk.Pulled, egk.Pulled},
		{"another error is kept", brokenReader{err: failure}, egk.ReaderFailed, failure},
		{"an answer beside an error is not looked at", brokenReader{answer: []byte{0x90, 0}, err: failure}, egk.ReaderFailed, failure},
	} {
		_, err := read(t, row.reader)
		var e *egk.Error
		if !errors.As(err, &e) || e.Fault != row.want || e.File != egk.MF || !errors.Is(err, row.is) {
			t.Errorf("%s: %v", row.reason, err)
		}
	}
}

// A caller who gave up has no further command sent.
func TestContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	w := &watch{t: t, card: canceller{newCard(t, virtual.Config{Content: full()}), cancel}}
	_, err := egk.Read(ctx, w)
	if !errors.Is(err, context.Canceled) || len(w.sent) != 1 {
		t.Errorf("%v after %d commands", err, len(w.sent))
	}
}

// canceller ignores the context and ends it.
type canceller struct {
	card   *virtual.Card
	cancel context.CancelFunc
}

func (c canceller) Transmit(_ context.Context, apdu []byte) ([]byte, error) {
	c.cancel()
	return c.card.Transmit(context.Background(), apdu)
}

// Names and texts exist for all values, each its own.
func TestEveryValueHasAName(t *testing.T) {
	names := map[string]bool{"unknown": true, "unknown fault": true, "unknown file": true}
	check := func(name string) {
		if names[name] {
			t.Errorf("%q is no name of its own", name)
		}
		names[name] = true
	}
	for _, f := range egk.Faults() {
		check(f.Error())
	}
	for _, f := range egk.Fields() {
		check(f.String())
	}
	for _, w := range egk.Warnings() {
		check(w.String())
	}
	for f := egk.MF; f <= egk.VD; f++ {
		check(f.String())
	}
	for _, zero := range []string{egk.Fault(0).Error(), egk.Field(0).String(), egk.Warning(0).String(), egk.File(0).String(), egk.Fault(200).Error()} {
		if !strings.HasPrefix(zero, "unknown") {
			t.Errorf("no value is %q", zero)
		}
	}
}

// The line for the log names file and fault, and what else is known.
func TestErrorText(t *testing.T) {
	for _, row := range []struct {
		reason string
		err    *egk.Error
		want   string
	}{
		{"a fault of the content", &egk.Error{File: egk.PD, Fault: egk.Truncated}, "egk: EF.PD: the file ends before its content"},
		{"a status word", &egk.Error{File: egk.HCA, Fault: egk.NotHealthCard, Status: 0x6a82}, "egk: DF.HCA: not a health card: status 6A82"},
		{
			"problems",
			&egk.Error{File: egk.VD, Fault: egk.BadContent, Problems: problem.New("insurer_ik", problem.CheckDigit)},
			"egk: EF.VD: a required field is missing or wrong: insurer_ik: check_digit",
		},
	} {
		if got := row.err.Error(); got != row.want {
			t.Errorf("%s: %q", row.reason, got)
		}
	}
	_, err := read(t, brokenReader{err: errors.New("usb stalled")})
	if got, want := err.Error(), "egk: MF: the reader failed: usb stalled"; got != want {
		t.Errorf("a reader's error: %q", got)
	}
}
