package bonus

import (
	_ "embed" // the seed programme
)

//go:embed programmes/bkk-kba-bkkplus.yaml
var seedFile string

// Seed returns the programme that is built in: BKKplus of the BKK KBA.
func Seed() *Programme {
	p, findings := Parse("programmes/bkk-kba-bkkplus.yaml", []byte(seedFile))
	if len(findings) > 0 {
		panic("bonus: the built-in programme is faulty: " + findings.Error())
	}
	return p
}
