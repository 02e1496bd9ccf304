package code

import (
	"strings"

	"schalter/domain/problem"
)

// smallQRHost is the longest host name whose link fits a QR code of version 3
// at level M: 42 bytes (ISO/IEC 18004, table 7) less "https://", "/a#" and 15
// symbols.
const smallQRHost = 42 - len("https://") - len("/a#") - codeLength

// Link returns the address the QR code holds. The code stands in the fragment,
// which a browser does not send: no server log sees it, and fetching the page
// consumes nothing. It holds the secret.
func (c Code) Link(host string) string { return "https://" + host + "/a#" + string(c) }

// FitsSmallQR reports whether links to the host fit the small QR code, the one
// that leaves room for text beside it on a screen of 80 columns.
func FitsSmallQR(host string) bool { return len(host) <= smallQRHost }

// CheckHost checks a DNS host name for links: at least two labels of letters,
// digits and inner hyphens (RFC 1123, 2.1; RFC 1035, 2.3.4), no port, no final
// dot, no address in digits. Names beyond ASCII are given in their xn-- form.
// The error is a [problem.List] for the field host.
func CheckHost(host string) error {
	const field = "host"
	if host == "" || len(host) > 253 {
		return problem.New(field, problem.Length)
	}
	labels := strings.Split(host, ".")
	for _, label := range labels {
		if code := checkLabel(label); code != "" {
			return problem.New(field, code)
		}
	}
	// A top-level label of digits only would make it an address in digits.
	if top := labels[len(labels)-1]; len(labels) < 2 || strings.Trim(top, "0123456789") == "" {
		return problem.New(field, problem.Format)
	}
	return nil
}

// checkLabel returns what is wrong with one label, "" if nothing.
func checkLabel(label string) problem.Code {
	for _, r := range label {
		if !isLabelRune(r) {
			return problem.Alphabet
		}
	}
	switch {
	case label == "" || label[0] == '-' || label[len(label)-1] == '-':
		return problem.Format
	case len(label) > 63:
		return problem.Length
	default:
		return ""
	}
}

func isLabelRune(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '-'
}
