package bonus

import (
	"slices"

	"schalter/domain/bonus/finding"
)

// File is a programme file that was read from somewhere.
type File struct {
	Name   string
	Source []byte
}

// Catalogue is a set of programmes of which at most one decides a bonus year of
// an insurer.
type Catalogue struct {
	files []*Programme
	// faulty are files with findings, as far as they could be read.
	faulty []*Programme
	seed   *Programme
}

// NewCatalogue reads programme files. The findings name everything wrong with
// them; files with findings are left out and decide nothing. Beside the files
// stands the built-in programme: it decides the years of its insurer that no
// file does, so that an insurer who writes next year's programme puts one file
// into a folder.
func NewCatalogue(files []File) (*Catalogue, finding.List) {
	c := &Catalogue{seed: Seed()}
	var found finding.List
	for _, f := range files {
		p, faults := parse(f.Name, f.Source)
		if len(faults) == 0 {
			c.files = append(c.files, p)
			continue
		}
		c.faulty = append(c.faulty, p)
		found = append(found, faults...)
	}
	found = append(found, c.dropOverlaps()...)
	found.Sort()
	return c, found
}

// dropOverlaps leaves out every file that another one of the insurer contradicts:
// which of both is meant is not for a program to guess.
func (c *Catalogue) dropOverlaps() (found finding.List) {
	var kept []*Programme
	for i, p := range c.files {
		alone := true
		for j, other := range c.files {
			if i == j || p.Insurer != other.Insurer && p.ID != other.ID || !p.Valid.Overlaps(other.Valid) {
				continue
			}
			alone = false
			found = append(found, finding.Finding{File: p.File, Line: p.line, Field: "valid", Code: finding.Overlap, Value: other.File})
		}
		if alone {
			kept = append(kept, p)
		} else {
			c.faulty = append(c.faulty, p)
		}
	}
	c.files = kept
	return found
}

// Files returns the programmes that were read from files without a finding.
func (c *Catalogue) Files() []*Programme { return slices.Clone(c.files) }

// Find returns the programme of an id that decides a year. The code says why
// there is none: finding.UnknownID where no programme has the id,
// finding.FaultyFile where a file has it that decides nothing, and
// finding.NotDecided where the id is for other years, or a file of its insurer
// has taken this one from the built-in programme.
func (c *Catalogue) Find(id string, year int) (*Programme, finding.Code) {
	code := finding.UnknownID
	for _, p := range c.files {
		if p.ID == id && p.Valid.Has(year) {
			return p, ""
		}
		if p.ID == id {
			code = finding.NotDecided
		}
	}
	if slices.ContainsFunc(c.faulty, func(p *Programme) bool { return p.ID == id }) {
		return nil, finding.FaultyFile
	}
	if c.seed.ID != id {
		return nil, code
	}
	return c.findSeed(year)
}

// findSeed: a faulty file of the same insurer, or of who knows whom, may be the
// one that should decide.
func (c *Catalogue) findSeed(year int) (*Programme, finding.Code) {
	switch insurer := c.seed.Insurer; {
	case slices.ContainsFunc(c.faulty, func(p *Programme) bool { return p.Insurer == insurer || p.Insurer == "" }):
		return nil, finding.FaultyFile
	case slices.ContainsFunc(c.files, func(p *Programme) bool { return p.Insurer == insurer && p.Valid.Has(year) }),
		!c.seed.Valid.Has(year):
		return nil, finding.NotDecided
	}
	return c.seed, ""
}

// For returns the programmes that decide a year: those of files, and the built-in
// one only where no file does.
func (c *Catalogue) For(year int) (list []*Programme) {
	for _, p := range c.files {
		if p.Valid.Has(year) {
			list = append(list, p)
		}
	}
	if seed, code := c.findSeed(year); code == "" && len(list) == 0 {
		list = append(list, seed)
	}
	return list
}
