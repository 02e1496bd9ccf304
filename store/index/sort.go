package index

// sortBy returns rows in the order of a key, those of one key as they were. It is
// a radix sort from the last digit to the first: a million rows are sorted by
// many columns while staff wait for the names.
func sortBy(rows []uint32, key func(row uint32) uint32) []uint32 {
	const (
		digits = 3
		bits   = 11
		base   = 1 << bits
	)
	from := make([]uint64, len(rows))
	var counts [digits][base]uint32
	for i, row := range rows {
		k := key(row)
		from[i] = uint64(k)<<32 | uint64(row)
		for d := range counts {
			counts[d][k>>(d*bits)%base]++
		}
	}
	to := make([]uint64, len(rows))
	for d := range counts {
		if !spread(&counts[d], len(rows)) {
			continue
		}
		for _, v := range from {
			digit := v >> (32 + d*bits) % base
			to[counts[d][digit]] = v
			counts[d][digit]++
		}
		from, to = to, from
	}
	sorted := make([]uint32, len(rows))
	for i, v := range from {
		sorted[i] = uint32(v)
	}
	return sorted
}

// spread turns the counts of a digit into the places where its rows begin, and
// reports whether there is anything to sort: not if all rows have one digit.
func spread(counts *[1 << 11]uint32, rows int) bool {
	place := uint32(0)
	for digit, n := range counts {
		if int(n) == rows {
			return false
		}
		counts[digit] = place
		place += n
	}
	return true
}

// upTo are the numbers from 0 to before n.
func upTo(n int) []uint32 {
	rows := make([]uint32, n)
	for i := range rows {
		rows[i] = uint32(i)
	}
	return rows
}
