// Package accountfile reads what the app backend tells of accounts from a file:
// JSON lines, UTF-8, one event a line.
//
//	{"id":"e-1","kind":"account_registered","kvnr":"A123456780","at":"2026-03-01T10:00:00Z","shared_with_epa":true}
//	{"id":"e-2","kind":"device_bound","kvnr":"A123456780","at":"2026-03-01T10:02:00Z",
//	 "device_id":"d-77","device_name":"iPhone 13","platform":"ios","os_version":"17.4"}
//	{"id":"e-3","kind":"identified","kvnr":"A123456780","at":"2026-03-01T10:05:00Z","method":"eid"}
//
// id is the backend's own, at most 200 bytes; the same id is taken once. Kinds are
// account_registered, email_verified, device_bound, device_used, app_code_blocked,
// identified and account_deleted. at is RFC 3339. platform is ios or android,
// method one of card_pin, eid, postident and activation_code. Every value but
// shared_with_epa is a string. A key that is unknown, stands twice, or does not
// belong to the kind rejects the line; no rejection holds what the line says.
package accountfile

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"slices"
	"time"
	"unicode/utf8"

	"schalter/domain"
	"schalter/domain/kvnr"
)

// Fault is why a line was not taken.
type Fault string

// The faults of a line.
const (
	Syntax      Fault = "syntax"   // no JSON object
	Encoding    Fault = "encoding" // not UTF-8
	LineTooLong Fault = "line_too_long"
	UnknownKey  Fault = "unknown_key"
	RepeatedKey Fault = "repeated_key"
	Unfitting   Fault = "unfitting" // the key does not belong to the kind
	Type        Fault = "type"
	Missing     Fault = "missing"
	Value       Fault = "value"
)

// AllFaults lists every fault.
func AllFaults() []Fault {
	return []Fault{Syntax, Encoding, LineTooLong, UnknownKey, RepeatedKey, Unfitting, Type, Missing, Value}
}

// MaxLine is how many bytes a line may have.
const MaxLine = 16 << 10

// Row is an event, or a line that is none.
type Row struct {
	Line  int
	Event domain.BackendEvent
	// Fault is empty for an event; Field is the key it is about, if one is.
	Fault Fault
	Field string
}

// Rows reads a file; blank lines are skipped. An error is that of r and ends the
// walk.
func Rows(r io.Reader) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		in := bufio.NewReaderSize(r, MaxLine)
		for number := 1; ; number++ {
			line, tooLong, err := nextLine(in)
			if err != nil && !errors.Is(err, io.EOF) {
				yield(Row{}, err)
				return
			}
			row := Row{Line: number, Fault: LineTooLong}
			if !tooLong {
				row = parse(bytes.TrimSpace(line))
				row.Line = number
			}
			if (tooLong || len(bytes.TrimSpace(line)) > 0) && !yield(row, nil) {
				return
			}
			if err != nil {
				return
			}
		}
	}
}

// nextLine reads a line and drops what is longer than MaxLine.
func nextLine(in *bufio.Reader) (line []byte, tooLong bool, err error) {
	line, err = in.ReadSlice('\n')
	for errors.Is(err, bufio.ErrBufferFull) {
		tooLong = true
		_, err = in.ReadSlice('\n')
	}
	return line, tooLong, err
}

// parse reads one line.
func parse(line []byte) Row {
	if !utf8.Valid(line) {
		return Row{Fault: Encoding}
	}
	values, fault := object(line)
	if fault.Fault != "" {
		return fault
	}
	return event(values)
}

// keys are those of a line, and the kinds they belong to; none stands for all.
func keys() map[string][]domain.BackendKind {
	bound := []domain.BackendKind{domain.BackendDeviceBound}
	return map[string][]domain.BackendKind{
		"id": nil, "kind": nil, "kvnr": nil, "at": nil,
		"device_id":   {domain.BackendDeviceBound, domain.BackendDeviceUsed},
		"device_name": bound, "platform": bound, "os_version": bound,
		"method":          {domain.BackendIdentified},
		"shared_with_epa": {domain.BackendRegistered},
	}
}

// object reads the keys of a line and their values as text.
func object(line []byte) (map[string]string, Row) {
	in := json.NewDecoder(bytes.NewReader(line))
	if t, err := in.Token(); err != nil || t != json.Delim('{') {
		return nil, Row{Fault: Syntax}
	}
	known, values := keys(), map[string]string{}
	for in.More() {
		t, err := in.Token()
		key, ok := t.(string)
		if err != nil || !ok {
			return nil, Row{Fault: Syntax}
		}
		if _, ok := known[key]; !ok {
			return nil, Row{Fault: UnknownKey}
		}
		if _, again := values[key]; again {
			return nil, Row{Fault: RepeatedKey, Field: key}
		}
		t, err = in.Token()
		if err != nil {
			return nil, Row{Fault: Syntax}
		}
		switch v := t.(type) {
		case string:
			if key == "shared_with_epa" {
				return nil, Row{Fault: Type, Field: key}
			}
			values[key] = v
		case bool:
			if key != "shared_with_epa" {
				return nil, Row{Fault: Type, Field: key}
			}
			values[key] = map[bool]string{true: "true", false: "false"}[v]
		default:
			return nil, Row{Fault: Type, Field: key}
		}
	}
	if _, err := in.Token(); err != nil {
		return nil, Row{Fault: Syntax}
	}
	if _, err := in.Token(); !errors.Is(err, io.EOF) {
		return nil, Row{Fault: Syntax}
	}
	return values, Row{}
}

// event makes an event of the values of a line.
func event(values map[string]string) Row {
	kind := domain.BackendKind(values["kind"])
	if !slices.Contains(domain.AllBackendKinds(), kind) {
		return Row{Fault: missingOr(values, "kind", Value), Field: "kind"}
	}
	for key, kinds := range keys() {
		if _, said := values[key]; said && kinds != nil && !slices.Contains(kinds, kind) {
			return Row{Fault: Unfitting, Field: key}
		}
	}
	number, err := kvnr.Parse(values["kvnr"])
	if err != nil {
		return Row{Fault: missingOr(values, "kvnr", Value), Field: "kvnr"}
	}
	at, err := time.Parse(time.RFC3339, values["at"])
	if err != nil {
		return Row{Fault: missingOr(values, "at", Value), Field: "at"}
	}
	ev := domain.BackendEvent{
		ID: values["id"], Kind: kind, KVNR: number, At: at, By: Method(values["method"]),
		SharedWithEPA: values["shared_with_epa"] == "true",
		Device: domain.Device{
			ID: domain.DeviceID(values["device_id"]), Name: values["device_name"],
			Platform: domain.Platform(values["platform"]), OSVersion: values["os_version"],
		},
	}
	for _, need := range needs(ev) {
		if need.wrong {
			return Row{Fault: missingOr(values, need.key, Value), Field: need.key}
		}
	}
	return Row{Event: ev}
}

// need is a key that the kind asks for, and whether its value will not do.
type need struct {
	key   string
	wrong bool
}

func needs(ev domain.BackendEvent) []need {
	device := ev.Kind == domain.BackendDeviceBound || ev.Kind == domain.BackendDeviceUsed
	p := ev.Device.Platform
	return []need{
		{"id", ev.ID == "" || len(ev.ID) > 200},
		{"device_id", device && (ev.Device.ID == "" || len(ev.Device.ID) > 100)},
		{"platform", ev.Kind == domain.BackendDeviceBound && p != domain.IOS && p != domain.Android},
		{"method", ev.Kind == domain.BackendIdentified && ev.By == 0},
	}
}

func missingOr(values map[string]string, key string, other Fault) Fault {
	if values[key] == "" {
		return Missing
	}
	return other
}

// Method reads the name of a way to identify; 0 is none.
func Method(s string) domain.IdentifiedBy {
	return map[string]domain.IdentifiedBy{
		"card_pin": domain.ByCardPIN, "eid": domain.ByEID, "postident": domain.ByPostident,
		"activation_code": domain.ByActivationCode,
	}[s]
}
