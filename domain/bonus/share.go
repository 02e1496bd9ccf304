package bonus

// Share is what one part of a programme adds to the hypothetical total, after all
// caps.
type Share struct {
	// Part is the id of a group, or extra:ID, points or option:ID.
	Part  string
	Cents Cents
	// Reimbursed: money back for a cost that was proven, and no bonus.
	Reimbursed bool
}

// Shares splits the hypothetical total of a decision of this programme. No share
// is negative, and they add up to the total: what an option takes away is taken
// from the last ones first.
func (p *Programme) Shares(d Decision) []Share {
	var shares []Share
	for _, r := range d.Groups {
		if r.Net > 0 {
			shares = append(shares, Share{r.ID, r.Net, p.reimburses(r.ID)})
		}
	}
	for _, e := range d.Entries {
		switch {
		case e.Kind == ExtraEntry && e.Cents > 0:
			shares = append(shares, Share{Part: extraGroup + ":" + e.ID, Cents: e.Cents})
		case e.Kind == PointsEntry && e.Cents > 0:
			shares = append(shares, Share{Part: string(PointsEntry), Cents: e.Cents})
		case e.Kind == OptionEntry && e.Cents > 0:
			shares = append(shares, Share{Part: string(OptionEntry) + ":" + e.ID, Cents: e.Cents})
		case e.Kind == OptionEntry:
			shares = cutLast(shares, -e.Cents)
		}
	}
	return shares
}

// cutLast takes an amount away from the last shares.
func cutLast(shares []Share, cents Cents) []Share {
	for i := len(shares) - 1; i >= 0 && cents > 0; i-- {
		cut := min(cents, shares[i].Cents)
		shares[i].Cents -= cut
		cents -= cut
		if shares[i].Cents == 0 {
			shares = shares[:i]
		}
	}
	return shares
}

// reimburses reports whether all that a group pays is money back for a cost.
func (p *Programme) reimburses(id string) bool {
	for _, g := range p.Groups {
		if g.ID != id {
			continue
		}
		for _, m := range g.Measures {
			if g.gate() || g.cost(m) != Reimburse {
				return false
			}
		}
		return true
	}
	return false
}
