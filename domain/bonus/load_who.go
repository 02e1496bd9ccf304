package bonus

import (
	"schalter/domain/bonus/finding"
	"schalter/domain/bonus/strict"
)

// oldest bounds ages: nobody has lived longer.
const oldest = 130

// entitlement reads who is entitled: one description, or any of several.
func entitlement(m *strict.Map, name string) Entitlement {
	f, ok := m.Get(name)
	if !ok {
		return nil
	}
	who, ok := f.Map()
	if !ok {
		return nil
	}
	if !who.Has("any") {
		return Entitlement{description(who)}
	}
	var e Entitlement
	for _, item := range who.List("any") {
		if one, ok := item.Map(); ok {
			e = append(e, description(one))
		}
	}
	for _, other := range []string{"sex", "age_from", "age_below", "insured_as"} {
		if f, ok := who.Get(other); ok {
			f.Fail(finding.Conflict, "any")
		}
	}
	who.Close()
	return e
}

func description(m *strict.Map) Who {
	defer m.Close()
	w := anyone()
	for _, word := range words(m, "sex", "w", "m", "d", "x") {
		w.Sex = append(w.Sex, Sex(word[0]))
	}
	w.InsuredAs = insuredAs(m)
	if n, ok := m.Int("age_from", 0, oldest); ok {
		w.AgeFrom = int(n)
	}
	if n, ok := m.Int("age_below", 1, oldest); ok {
		w.AgeBelow = int(n)
		if f, _ := m.Get("age_below"); w.AgeFrom >= w.AgeBelow {
			f.Fail(finding.Impossible, "")
		}
	}
	return w
}

func insuredAs(m *strict.Map) (list []InsuredAs) {
	kinds := map[string]InsuredAs{"member": Member, "family": Family, "pensioner": Pensioner}
	for _, word := range words(m, "insured_as", "member", "family", "pensioner") {
		list = append(list, kinds[word])
	}
	return list
}

// words reads one word, or a list of words, out of some.
func words(m *strict.Map, name string, known ...string) (list []string) {
	f, ok := m.Get(name)
	if !ok {
		return nil
	}
	items := []*strict.Field{f}
	if f.IsList() {
		items = f.List()
	}
	seen := map[string]bool{}
	for _, item := range items {
		word, ok := item.Word(known...)
		switch {
		case !ok:
		case seen[word]:
			item.Fail(finding.RepeatedID, word)
		default:
			seen[word] = true
			list = append(list, word)
		}
	}
	return list
}

// amount reads cents, or cents by kind of insurance. A pensioner is a member
// where nothing else is said (VSD: both are insured in their own right); for
// others nothing said is nothing paid.
func amount(f *strict.Field) (a Amount, ok bool) {
	if !f.IsMap() {
		n, ok := f.Int(0, maxCents)
		return same(Cents(n)), ok
	}
	m, _ := f.Map()
	defer m.Close()
	some := false
	read := func(name string) (Cents, bool) {
		n, ok := m.Int(name, 0, maxCents)
		some = some || ok
		return Cents(n), ok
	}
	a.Member, _ = read("member")
	a.Family, _ = read("family")
	if a.Pensioner, ok = read("pensioner"); !ok && !m.Has("pensioner") {
		a.Pensioner = a.Member
	}
	if len(m.Keys()) == 0 {
		f.Fail(finding.Empty, "")
	}
	return a, some
}

// optionalAmount reads an amount, nil if there is none.
func optionalAmount(m *strict.Map, name string) *Amount {
	f, ok := m.Get(name)
	if !ok {
		return nil
	}
	a, ok := amount(f)
	if !ok {
		return nil
	}
	return &a
}

// cents reads an amount that is the same for everybody, nil if there is none.
// Nothing is no bound that anybody means.
func cents(m *strict.Map, name string) *Cents {
	f, ok := m.Get(name)
	if !ok {
		return nil
	}
	n, ok := f.Int(0, maxCents)
	if !ok {
		return nil
	}
	if n == 0 {
		f.Fail(finding.Impossible, "0")
	}
	c := Cents(n)
	return &c
}

// ratio reads [num, den].
func ratio(f *strict.Field, most int64) Ratio {
	items := f.Items()
	if !f.IsList() {
		return one()
	}
	if len(items) != 2 {
		f.Fail(finding.OutOfRange, "")
		return one()
	}
	num, okNum := items[0].Int(1, maxRatio)
	den, okDen := items[1].Int(1, maxRatio)
	if !okNum || !okDen {
		return one()
	}
	if num > most*den {
		items[0].Fail(finding.OutOfRange, "")
	}
	return Ratio{num, den}
}
