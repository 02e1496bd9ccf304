// Package strict reads trees of named fields, written in YAML or as a line of
// JSON, for readers that accept nothing they do not know. The reader asks for
// the fields it knows, by name and type; what is of another type, stands twice,
// or was never asked for becomes a finding with line and field.
//
//	report := strict.NewReport("2027.yaml", strict.Tell)
//	if top, ok := report.YAML(text); ok {
//		root, _ := top.Map()
//		title := root.Text("title")
//		root.Close() // everything else is unknown
//	}
//	report.Findings()
//
// Reading goes on after a finding, so that one pass names everything.
package strict

import (
	"schalter/domain/bonus/finding"
)

// Limits of a text. A programme file of a large insurer has some 30 KiB.
const (
	// MaxSize bounds a text, in bytes.
	MaxSize = 128 << 10
	// maxDepth bounds how deep lists and mappings lie in each other.
	maxDepth = 24
)

// Discretion says whether findings may repeat what was written.
type Discretion bool

// The discretions. With Hide, an unknown key is not named either: the finding
// names the mapping it stands in.
const (
	Tell Discretion = false
	Hide Discretion = true
)

// Report collects the findings of one text.
type Report struct {
	file       string
	discretion Discretion
	findings   finding.List
}

// NewReport returns an empty report for the text of that name.
func NewReport(file string, d Discretion) *Report { return &Report{file: file, discretion: d} }

// Findings returns what was found, in the order of lines.
func (r *Report) Findings() finding.List {
	r.findings.Sort()
	return r.findings
}

// Add notes a finding.
func (r *Report) Add(line int, field string, code finding.Code, value string) {
	if r.discretion == Hide {
		value = ""
	}
	r.findings = append(r.findings, finding.Finding{File: r.file, Line: line, Field: field, Code: code, Value: value})
}

// kind is what a node is.
type kind uint8

const (
	null kind = iota
	boolean
	number
	text
	list
	mapping
)

// node is one place of a text.
type node struct {
	kind kind
	line int
	// text of a scalar: a number as it is written, any other as it is meant.
	text string
	// keys of a mapping, beside items.
	keys  []key
	items []node
}

type key struct {
	name string
	line int
}
