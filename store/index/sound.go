package index

import (
	"bytes"
	"cmp"
	"slices"
	"sort"

	"schalter/domain/name"
)

// shortestSound is how many digits of the Kölner Phonetik say something; with
// one, Au would sound like Ey.
const shortestSound = 2

// hear sorts the words that stand in rows by how they sound. The codes are not
// kept: a search makes some twenty of them anew.
func (g *segment) hear() {
	type heard struct {
		code []byte
		word uint32
	}
	var arena []byte
	sounds := make([]heard, 0, g.size())
	for w := range uint32(g.size()) {
		if g.rowsAt[w] == g.rowsAt[w+1] {
			continue // only the beginning of a joint
		}
		start := len(arena)
		arena = name.AppendPhonetic(arena, string(g.word(w)))
		if code := arena[start:]; len(code) >= shortestSound {
			sounds = append(sounds, heard{code, w})
		}
	}
	slices.SortFunc(sounds, func(v, w heard) int {
		return cmp.Or(bytes.Compare(v.code, w.code), cmp.Compare(v.word, w.word))
	})
	g.bySound = make([]uint32, len(sounds))
	for i, s := range sounds {
		g.bySound[i] = s.word
	}
}

// soundingLike are the words with a code.
func (g *segment) soundingLike(code []byte) []uint32 {
	var own []byte
	from := func(compared int) int {
		return sort.Search(len(g.bySound), func(i int) bool {
			own = name.AppendPhonetic(own[:0], string(g.word(g.bySound[i])))
			return bytes.Compare(own, code) >= compared
		})
	}
	return g.bySound[from(0):from(1)]
}
