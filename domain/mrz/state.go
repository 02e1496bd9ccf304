package mrz

import "golang.org/x/text/language"

// germany is the code of Germany, which alone of all states has one letter.
const germany = "D"

// knownState reports whether code stands for a state, territory or organisation
// that issues documents or for a nationality: ISO 3166-1 alpha-3 and the codes of
// Doc 9303-3 section 5 parts A to D. UTO, Utopia, is the state of specimens.
func knownState(code string) bool {
	switch code {
	case germany, "UTO",
		"EUE", "RKS", // European Union, Kosovo
		"GBD", "GBN", "GBO", "GBP", "GBS", // British nationalities other than citizens
		"UNO", "UNA", "UNK", // United Nations
		"IAO", "XBA", "XIM", "XCC", "XCE", "XCO", "XEC", "XPO", "XES", "XMP", "XOM", "XDC", // organisations
		"XXA", "XXB", "XXC", "XXX": // stateless, refugees, others, unspecified
		return true
	case "DEU", "ZZZ": // Germany's documents say D
		return false
	}
	if len(code) != 3 {
		return false
	}
	region, err := language.ParseRegion(code)
	return err == nil && region.IsCountry() && region.ISO3() == code
}
