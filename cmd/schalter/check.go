package main

import (
	"bufio"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/spf13/cobra"

	"schalter/domain/inspect"
	"schalter/domain/plain"
	"schalter/domain/problem"
)

// checker checks values of one kind.
type checker struct {
	kind, short, long, example string
	// cut says how values stand in a stream.
	cut func(io.Reader) iter.Seq2[string, error]
	// check looks at one value.
	check func(string) checked
}

// checked is what there is to say about one value.
type checked struct {
	valid    bool
	normal   string
	problems []problem.Problem
	// details are lines of name and value that only the text form has.
	details [][2]string
	// object is what --json prints.
	object any
}

func (p *program) checkCommand() *cobra.Command {
	return p.group("check", p.say("Nummern, Ausweiszeilen und Codes prüfen", "check numbers, machine-readable zones and codes"),
		p.checkOne(checker{
			kind: "kvnr", short: p.say("Krankenversichertennummer: 10, 20 oder 30 Zeichen", "insurance number: 10, 20 or 30 characters"),
			cut: lines, check: number(inspect.KVNR),
		}),
		p.checkOne(checker{
			kind: "ik", short: p.say("Institutionskennzeichen", "institution code (IK)"),
			cut: lines, check: number(inspect.IK),
		}),
		p.checkOne(checker{
			kind: "iccsn", short: p.say("Kennnummer der Gesundheitskarte (ICCSN)", "number of a health card (ICCSN)"),
			cut: lines, check: number(inspect.ICCSN),
		}),
		p.checkOne(checker{
			kind: "code", short: p.say("Aktivierungscode", "activation code"),
			cut: lines, check: number(inspect.Code),
		}),
		p.checkOne(p.mrzChecker()),
	)
}

func number(look func(string) inspect.Result) func(string) checked {
	return func(value string) checked {
		r := look(value)
		return checked{valid: r.Valid, normal: r.Normal, problems: r.Problems, object: r}
	}
}

func (p *program) checkOne(k checker) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use: k.kind + " VALUE…|-", Short: k.short, Example: k.example,
		Long: strings.TrimSpace(k.long + "\n" + p.say(
			"Mit - kommen die Werte aus der Standardeingabe. Ist einer ungültig, endet der\nBefehl mit 1.",
			"With - the values come from standard input. If one is invalid the command ends\nwith 1.")),
		Args: p.between(1, -1),
		RunE: func(c *cobra.Command, args []string) error {
			values, err := p.values(c, args, k.cut)
			if err != nil {
				return err
			}
			return p.checkAll(k, values, asJSON)
		},
	}
	p.jsonFlag(c, &asJSON)
	return c
}

// values are the arguments, or what standard input holds for the argument -.
func (p *program) values(c *cobra.Command, args []string, cut func(io.Reader) iter.Seq2[string, error]) (iter.Seq2[string, error], error) {
	stdin := false
	for _, arg := range args {
		stdin = stdin || arg == "-"
	}
	if stdin && len(args) > 1 {
		return nil, p.wrongUsage(p.say("Entweder - oder Werte, nicht beides.", "Either - or values, not both."), p.seeHelp(c))
	}
	if stdin {
		return cut(p.stdin), nil
	}
	return func(yield func(string, error) bool) {
		for _, arg := range args {
			if !yield(arg, nil) {
				return
			}
		}
	}, nil
}

func (p *program) checkAll(k checker, values iter.Seq2[string, error], asJSON bool) error {
	wrong := false
	for value, err := range values {
		if err != nil {
			return p.refused(p.say("Die Eingabe war nicht bis zum Ende zu lesen.", "The input could not be read to its end."), "")
		}
		verdict := k.check(value)
		wrong = wrong || !verdict.valid
		if asJSON {
			err = p.printJSON(verdict.object)
		} else {
			err = p.printChecked(k.kind, verdict)
		}
		if err != nil {
			return err
		}
	}
	if wrong {
		return errCheckFailed
	}
	return nil
}

// printChecked writes one line for a value, and one for each detail.
func (p *program) printChecked(kind string, v checked) error {
	verdict := p.say("ungültig", "invalid")
	if v.valid {
		verdict = strings.TrimSpace(p.say("gültig", "valid") + "  " + v.normal)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", kind, verdict)
	for _, x := range v.problems {
		fmt.Fprintf(&b, "  %s: %s\n", x.Field, p.problemText(x.Code))
	}
	for _, d := range v.details {
		fmt.Fprintf(&b, "  %-20s %s\n", d[0], plain.Clean(d[1]))
	}
	_, err := io.WriteString(p.stdout, b.String())
	return p.outputError(err)
}

// problemText says in words what a code means.
func (p *program) problemText(c problem.Code) string {
	switch c {
	case problem.Length:
		return p.say("falsche Länge", "wrong length")
	case problem.Alphabet:
		return p.say("ein Zeichen, das hier nicht stehen kann", "a character that cannot stand here")
	case problem.CheckDigit:
		return p.say("Prüfziffer passt nicht", "check digit does not fit")
	case problem.Date:
		return p.say("kein mögliches Datum", "no possible date")
	case problem.Expired:
		return p.say("abgelaufen", "expired")
	case problem.Issuer:
		return p.say("unbekannter oder unerwarteter Aussteller", "unknown or unexpected issuer")
	case problem.Format:
		return p.say("falscher Aufbau", "wrong structure")
	}
	return string(c)
}

// maxValue is how much of a value is looked at, in bytes. Nothing that is checked
// here is longer, so what is cut off was wrong before.
const maxValue = 4096

// lines yields every line, the empty ones, too: one answer a line.
func lines(r io.Reader) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		in := bufio.NewReaderSize(r, maxValue)
		for {
			line, isPrefix, err := in.ReadLine()
			for isPrefix && err == nil {
				_, isPrefix, err = in.ReadLine()
			}
			switch {
			case err == io.EOF && line == nil:
				return
			case err != nil && err != io.EOF:
				yield("", err)
				return
			case !yield(string(line), nil):
				return
			}
		}
	}
}
