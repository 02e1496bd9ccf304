package egk

import "slices"

// Field is a part of a [Card] that may be missing or unreadable. Its name for
// machines is that of the same column in member files, where there is one.
type Field uint8

// The fields.
const (
	FieldTitle Field = iota + 1
	FieldGivenNames
	FieldPrefix
	FieldSuffix
	FieldSex
	FieldAddress // the address, or the post office box
	FieldInsurerName
	FieldInsurerCountry
	FieldBilling
	FieldInsuredAs
	FieldInsuredFrom
	FieldInsuredTo
	FieldWOP
)

// Fields returns every field, for those who must have a word for each.
func Fields() []Field {
	return []Field{
		FieldTitle, FieldGivenNames, FieldPrefix, FieldSuffix, FieldSex, FieldAddress,
		FieldInsurerName, FieldInsurerCountry, FieldBilling, FieldInsuredAs, FieldInsuredFrom,
		FieldInsuredTo, FieldWOP,
	}
}

// String is the name of the field for machines.
func (f Field) String() string {
	switch f {
	case FieldTitle:
		return "title"
	case FieldGivenNames:
		return "given_names"
	case FieldPrefix:
		return "prefix"
	case FieldSuffix:
		return "suffix"
	case FieldSex:
		return "sex"
	case FieldAddress:
		return "address"
	case FieldInsurerName:
		return "insurer_name"
	case FieldInsurerCountry:
		return "insurer_country"
	case FieldBilling:
		return "billing_insurer"
	case FieldInsuredAs:
		return "insured_as"
	case FieldInsuredFrom:
		return "insured_from"
	case FieldInsuredTo:
		return "insured_to"
	case FieldWOP:
		return "wop"
	}
	return "unknown"
}

// Absent returns the fields that are "not on the card", in the order of
// [Fields]. That is no fault: the short set of cards issued from 2026 has no
// sex, address, kind and period of insurance. Only fields are listed whose
// absence says so: a person without a title is no card without one, and a period
// that begins and does not end is not limited.
func (c Card) Absent() []Field {
	var absent []Field
	for _, row := range []struct {
		field   Field
		missing bool
	}{
		{FieldGivenNames, c.Name.Given == ""},
		{FieldSex, c.Sex == 0},
		{FieldAddress, c.Address == Address{} && c.POBox == POBox{}},
		{FieldInsurerName, c.Insurer.Name == ""},
		{FieldInsurerCountry, c.Insurer.Country == ""},
		{FieldInsuredAs, c.InsuredAs == 0},
		{FieldInsuredFrom, c.From.IsZero()},
		{FieldInsuredTo, c.From.IsZero() && c.To.IsZero()},
		{FieldWOP, c.WOP == ""},
	} {
		if row.missing && !slices.Contains(c.Unreadable, row.field) {
			absent = append(absent, row.field)
		}
	}
	return absent
}
