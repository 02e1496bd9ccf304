package strict

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"schalter/domain/bonus/finding"
)

// YAML reads a text of one YAML 1.2 document. A text that cannot be read is a
// finding, and ok is false.
func (r *Report) YAML(source []byte) (root *Field, ok bool) {
	switch {
	case len(source) > MaxSize:
		r.Add(1, "", finding.TooLarge, "")
	case !utf8.Valid(source):
		r.Add(lineOf(source), "", finding.Encoding, "")
	default:
		if body := r.parseYAML(source); body != nil {
			before := len(r.findings)
			top := r.fromYAML(body, "", 1)
			return &Field{report: r, node: &top}, len(r.findings) == before
		}
	}
	return nil, false
}

// lineOf is the line of the first byte that is no UTF-8.
func lineOf(source []byte) int {
	line := 1
	for len(source) > 0 {
		c, size := utf8.DecodeRune(source)
		if c == utf8.RuneError && size == 1 {
			break
		}
		if c == '\n' {
			line++
		}
		source = source[size:]
	}
	return line
}

// parseYAML returns the one document of a text, nil if there is another number of
// them.
func (r *Report) parseYAML(source []byte) (body ast.Node) {
	file, err := parser.ParseBytes(unixLines(source), 0, parser.AllowDuplicateMapKey())
	if err != nil {
		var where yaml.Error
		line, what := 1, ""
		if errors.As(err, &where) && where.GetToken() != nil {
			line, what = where.GetToken().Position.Line, where.GetMessage()
		}
		r.Add(line, "", finding.Syntax, what)
		return nil
	}
	for _, doc := range file.Docs {
		switch _, directive := doc.Body.(*ast.DirectiveNode); {
		case directive || doc.Body == nil:
		case body != nil:
			r.Add(doc.Body.GetToken().Position.Line, "", finding.Documents, "")
			return nil
		default:
			body = doc.Body
		}
	}
	if body == nil {
		r.Add(1, "", finding.Documents, "")
	}
	return body
}

// unixLines ends every line with LF. YAML 1.2 (5.4) reads CR LF as one break and
// a CR alone as another; the parser does not always count them so.
func unixLines(source []byte) []byte {
	source = bytes.ReplaceAll(source, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(source, []byte("\r"), []byte("\n"))
}

// fromYAML copies what a programme file may use out of the parser's tree.
func (r *Report) fromYAML(from ast.Node, path string, depth int) node {
	n := node{line: from.GetToken().Position.Line}
	if depth > maxDepth {
		r.Add(n.line, path, finding.TooLarge, "")
		return n
	}
	switch x := from.(type) {
	case *ast.MappingNode:
		n.kind = mapping
		for _, pair := range x.Values {
			r.addPair(&n, pair, path, depth)
		}
	case *ast.SequenceNode:
		n.kind = list
		for i, item := range x.Values {
			n.items = append(n.items, r.fromYAML(item, path+"["+strconv.Itoa(i)+"]", depth+1))
		}
	case *ast.StringNode:
		n.kind, n.text = text, x.Value
	case *ast.LiteralNode:
		n.kind, n.text = text, strings.TrimSpace(x.Value.Value)
	case *ast.IntegerNode, *ast.FloatNode:
		n.kind, n.text = number, from.GetToken().Value
	case *ast.BoolNode:
		n.kind, n.text = boolean, strconv.FormatBool(x.Value)
	case *ast.NullNode:
	default:
		r.Add(n.line, path, finding.NotPlain, "")
	}
	return n
}

func (r *Report) addPair(to *node, pair *ast.MappingValueNode, path string, depth int) {
	k := key{line: pair.Key.GetToken().Position.Line}
	switch x := pair.Key.(type) {
	case *ast.StringNode:
		k.name = x.Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.NullNode:
		k.name = x.GetToken().Value
	default:
		r.Add(k.line, path, finding.NotPlain, "")
		return
	}
	to.keys = append(to.keys, k)
	to.items = append(to.items, r.fromYAML(pair.Value, join(path, k.name), depth+1))
}
