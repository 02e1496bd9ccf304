package index

import (
	"bytes"
	"slices"

	"schalter/domain/name"
)

// hear notes how the words sound.
func (g *segment) hear() {
	g.sounds = make([]uint64, 0, g.size())
	var code []byte
	for w := range uint32(g.size()) {
		code = name.AppendPhonetic(code[:0], string(g.word(w)))
		if len(code) >= shortestSound {
			g.sounds = append(g.sounds, uint64(hashOf(code))<<32|uint64(w))
		}
	}
	slices.Sort(g.sounds)
}

// soundingLike calls yield with the words that have a code.
func (g *segment) soundingLike(code []byte, yield func(w uint32)) {
	hash := uint64(hashOf(code))
	at, _ := slices.BinarySearch(g.sounds, hash<<32)
	var own []byte
	for _, s := range g.sounds[at:] {
		if s>>32 != hash {
			return
		}
		own = name.AppendPhonetic(own[:0], string(g.word(uint32(s))))
		if bytes.Equal(own, code) {
			yield(uint32(s))
		}
	}
}

// shortestSound is how many digits of the Kölner Phonetik say something; with
// one, Au would sound like Ey.
const shortestSound = 2

// hashOf is FNV-1a.
func hashOf(code []byte) uint32 {
	hash := uint32(2166136261)
	for _, c := range code {
		hash = (hash ^ uint32(c)) * 16777619
	}
	return hash
}
