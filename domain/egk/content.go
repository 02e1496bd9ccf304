package egk

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Bounds of the content. A full set of the schemas has some 3 kB in 40 elements,
// 7 deep.
const (
	maxXML      = 32 << 10 // bytes, unpacked
	maxDepth    = 16
	maxElements = 200
)

// unpack returns the content of a file, a Fault if there is none. What follows
// the first gzip member is not looked at: zeros up to the size of the file, or a
// byte too many where the offset of the last one was meant to be exclusive.
func unpack(packed []byte) ([]byte, error) {
	zip, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, unpackFault(err)
	}
	zip.Multistream(false)
	content, err := io.ReadAll(io.LimitReader(zip, maxXML+1))
	switch {
	case len(content) > maxXML:
		return nil, TooLarge
	case err != nil:
		return nil, unpackFault(err)
	}
	return content, nil
}

// unpackFault tells a file that ends too early from one that is something else.
func unpackFault(err error) Fault {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return Truncated
	}
	return BadCompression
}

// parse reads XML into a struct by local names, whatever their namespace: it is
// all that differs between the schemas. The error is a Fault.
func parse(content []byte, into any) error {
	guard := &guard{}
	guard.tokens = xml.NewDecoder(bytes.NewReader(content))
	guard.tokens.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		return guard.decode(label, in, content)
	}
	err := xml.NewTokenDecoder(guard).Decode(into)
	switch {
	case err == nil:
		return nil
	case guard.fault != 0:
		return guard.fault
	case !guard.converted && !utf8.Valid(content):
		return BadEncoding
	}
	return BadXML
}

// guard passes on the tokens of a document as long as it stays within what a card
// may hold: bounded, and without declarations, so that there are no entities but
// the five of XML.
type guard struct {
	tokens          *xml.Decoder
	converted       bool // from an encoding other than UTF-8
	depth, elements int
	fault           Fault
}

// Token implements [xml.TokenReader].
func (g *guard) Token() (xml.Token, error) {
	token, err := g.tokens.RawToken()
	if err != nil {
		return nil, err
	}
	switch token.(type) {
	case xml.StartElement:
		g.depth++
		g.elements++
	case xml.EndElement:
		g.depth--
	case xml.Directive:
		return nil, g.stop(BadXML)
	}
	if g.depth > maxDepth || g.elements > maxElements {
		return nil, g.stop(TooLarge)
	}
	return token, nil
}

// decode is the reader for a document in the encoding it names.
func (g *guard) decode(label string, in io.Reader, content []byte) (io.Reader, error) {
	table := charset(label)
	if table == nil || isUTF8(content) {
		return nil, g.stop(BadEncoding)
	}
	g.converted = true
	return table.NewDecoder().Reader(in), nil
}

func (g *guard) stop(f Fault) error {
	g.fault = f
	return f
}

// charset returns the table of an encoding, nil if it is not supported. Cards are
// in ISO-8859-15; UTF-8 needs no table.
func charset(label string) *charmap.Charmap {
	switch strings.ToLower(label) {
	case "iso-8859-15":
		return charmap.ISO8859_15
	case "iso-8859-1", "us-ascii":
		return charmap.ISO8859_1
	}
	return nil
}

// isUTF8 reports whether a document is in UTF-8 under another name, so that Ã¶
// would stand for ö. Letters of Latin-1 begin with C3 there, which is Ã here, and
// no name has that before one of the signs and capitals that can follow; while ÍŠ
// is UTF-8, too, by chance.
func isUTF8(content []byte) bool {
	return bytes.IndexByte(content, 0xc3) >= 0 && utf8.Valid(content)
}

// knownMajor and latestMinor are the schemas that this package was made for.
const (
	knownMajor  = 5
	latestMinor = 3
)

// schema reads the version of a document. Another major version is a fault; a
// later minor one is read as far as it is known.
func (b *builder) schema(cdm string) (Version, error) {
	parts := strings.Split(cdm, ".")
	if len(parts) != 3 {
		return Version{}, BadSchema
	}
	var n [3]int
	for i, part := range parts {
		number, err := strconv.ParseUint(part, 10, 16)
		if err != nil {
			return Version{}, BadSchema
		}
		n[i] = int(number)
	}
	v := Version{n[0], n[1], n[2]}
	switch {
	case v.Major != knownMajor:
		return Version{}, BadSchema
	case v.Minor > latestMinor:
		b.warn(SchemaNewer)
	}
	return v, nil
}
