package main

import (
	"io"
	"strings"

	"github.com/spf13/cobra"

	"schalter/domain/rights"
)

func (p *program) policyCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "policy",
		Short: p.say("wer was darf: die ganze Tabelle der Rechte", "who may do what: the whole table of rights"),
		Long: p.say(
			"Alles, was in keiner Zeile steht, ist verboten. Das Programm entscheidet nach\ndenselben Zeilen.",
			"Everything that no row allows is denied. The program decides by the same rows."),
		Args: p.between(0, 0),
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return p.printJSON(policyObject())
			}
			_, err := io.WriteString(p.stdout, p.policyTable().String())
			return p.outputError(err)
		},
	}
	p.jsonFlag(c, &asJSON)
	return c
}

// policyTable fits a terminal of 80 columns.
func (p *program) policyTable() *table {
	t := &table{widths: []int{25, 17, 34}, spaced: true}
	t.add(p.say("Vorgang", "operation"), p.say("wer", "who"), p.say("Weg und Nachweis", "channel and evidence"))
	for _, row := range rights.Table() {
		t.add(p.texts.Operation(row.Operation), p.rolesText(row.Roles), p.needsText(row.Needs))
		if len(row.Second) > 0 {
			t.note(p.say("zweite Person: ", "second person: ") + joined(row.Second, "; ", p.texts.Condition))
		}
		if notes := p.notesText(row); notes != "" {
			t.note(p.say("dazu: ", "more: ") + notes)
		}
	}
	return t
}

func (p *program) rolesText(set rights.RoleSet) string {
	if set == rights.Roles(rights.AllRoles()...) {
		return p.say("alle", "everybody")
	}
	return joined(set.List(), ", ", p.texts.Role)
}

// needsText says for each channel what is asked for there.
func (p *program) needsText(needs []rights.Need) string {
	return joined(needs, "; ", func(n rights.Need) string {
		text := p.texts.Channel(n.Channel)
		if n.Roles != 0 {
			text += " (" + p.rolesText(n.Roles) + ")"
		}
		switch {
		case len(n.Facts) > 0:
			text += ": " + joined(n.Facts, ", ", p.texts.Fact)
		case n.Assurance != rights.None:
			text += ": " + p.texts.Assurance(n.Assurance)
		}
		return text
	})
}

func (p *program) notesText(row rights.Row) string {
	notes := joined(row.Notes, "; ", p.texts.Note)
	if !row.AfterEnd {
		return notes
	}
	return strings.TrimSuffix(p.say("auch nach dem Ende der Versicherung", "also after the insurance has ended")+"; "+notes, "; ")
}

func joined[T any](list []T, separator string, word func(T) string) string {
	words := make([]string, len(list))
	for i, x := range list {
		words[i] = word(x)
	}
	return strings.Join(words, separator)
}

// policyRow is a row of the table for machines: stable names, no sentences.
type policyRow struct {
	Operation rights.Operation   `json:"operation"`
	Roles     []string           `json:"roles"`
	Needs     []policyNeed       `json:"needs"`
	Second    []rights.Condition `json:"second_person"`
	AfterEnd  bool               `json:"after_end"`
	Notes     []rights.Note      `json:"notes"`
}

type policyNeed struct {
	Channel   string        `json:"channel"`
	Roles     []string      `json:"roles"`
	Assurance string        `json:"assurance"`
	Facts     []rights.Fact `json:"facts"`
}

func names(set rights.RoleSet) []string {
	out := []string{}
	for _, role := range set.List() {
		out = append(out, role.String())
	}
	return out
}

func policyObject() []policyRow {
	var rows []policyRow
	for _, r := range rights.Table() {
		row := policyRow{
			Operation: r.Operation, Roles: names(r.Roles), AfterEnd: r.AfterEnd,
			Second: append([]rights.Condition{}, r.Second...), Notes: append([]rights.Note{}, r.Notes...),
		}
		for _, n := range r.Needs {
			roles := n.Roles
			if roles == 0 {
				roles = r.Roles
			}
			row.Needs = append(row.Needs, policyNeed{n.Channel.String(), names(roles), n.Assurance.String(), append([]rights.Fact{}, n.Facts...)})
		}
		rows = append(rows, row)
	}
	return rows
}
