package mrz

import "strings"

// Verdict says whether a check digit fits what it checks.
type Verdict bool

// The verdicts.
const (
	Fails Verdict = false
	Holds Verdict = true
)

// Checks are the verdicts of the four check digits that every format has.
// Composite covers the other three fields and the optional data: it fails with
// any of them.
type Checks struct {
	DocumentNumber Verdict `json:"document_number"`
	BirthDate      Verdict `json:"birth_date"`
	ExpiryDate     Verdict `json:"expiry_date"`
	Composite      Verdict `json:"composite"`
}

// held counts the check digits that hold.
func (c Checks) held() int {
	n := 0
	for _, v := range [...]Verdict{c.DocumentNumber, c.BirthDate, c.ExpiryDate, c.Composite} {
		if v {
			n++
		}
	}
	return n
}

// allChecks is held when nothing is wrong.
const allChecks = 4

// checks tests the check digits of a zone.
func (z zone) checks() Checks {
	return Checks{
		DocumentNumber: z.checkNumber(),
		BirthDate:      check(z.at(z.birth), z.at(z.birthCheck)),
		ExpiryDate:     check(z.at(z.expiry), z.at(z.expiryCheck)),
		Composite:      z.checkComposite(),
	}
}

// checkNumber tests the number of the document. Where its check digit is a
// filler, the number goes on at the beginning of the optional data and ends with
// the check digit (Doc 9303-5 and 9303-6 section 4.2.2, note on long numbers).
func (z zone) checkNumber() Verdict {
	number, digit := z.at(z.number), z.at(z.numberCheck)
	if digit != "<" || z.format == TD3 {
		return check(number, digit)
	}
	rest, _, _ := strings.Cut(z.at(z.overflow), "<")
	if rest == "" {
		return Fails
	}
	last := len(rest) - 1
	return check(number+rest[:last], rest[last:])
}

func (z zone) checkComposite() Verdict {
	var all strings.Builder
	for _, s := range z.composite {
		all.WriteString(z.at(s))
	}
	return check(all.String(), z.at(z.compositeCheck))
}

// checkOptional tests the optional data of a passport. Where there is none, the
// check digit may be a filler. Other formats have no such digit.
func (z zone) checkOptional() Verdict {
	data, digit := z.at(z.optional), z.at(z.optionalCheck)
	if digit == "" || digit == "<" && strings.Trim(data, "<") == "" {
		return Holds
	}
	return check(data, digit)
}

// check tests a check digit.
func check(data, digit string) Verdict {
	sum, ok := checkDigit(data)
	return Verdict(ok && digit == sum)
}

// checkDigit returns the check digit of data (Doc 9303-3 section 4.9), and false
// if data has a character that cannot stand in a machine-readable zone.
func checkDigit(data string) (string, bool) {
	weights := [...]int{7, 3, 1}
	sum := 0
	for i := range len(data) {
		v := value(data[i])
		if v < 0 {
			return "", false
		}
		sum += v * weights[i%len(weights)]
	}
	return string(rune('0' + sum%10)), true
}

// value is what a character counts, -1 if it is none of the zone.
func value(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case isLetter(c):
		return int(c-'A') + 10
	case c == '<':
		return 0
	}
	return -1
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'A' <= c && c <= 'Z' }
