package egk_test

import (
	"context"
	"testing"

	"schalter/domain/egk"
	"schalter/domain/egk/virtual"
)

// BenchmarkRead is one card read and understood, without the time a real card
// and its reader take (some 0.3 to 1.5 s).
func BenchmarkRead(b *testing.B) {
	for _, row := range []struct {
		name   string
		config virtual.Config
	}{
		{"full", virtual.Config{Content: full()}},
		{"short", virtual.Config{Content: short()}},
		{"bomb", virtual.Config{Content: full(), Damage: virtual.GzipBomb}},
	} {
		b.Run(row.name, func(b *testing.B) {
			card := newCard(b, row.config)
			b.ReportAllocs()
			for b.Loop() {
				_, err := egk.Read(context.Background(), card)
				if (err != nil) != (row.config.Damage != virtual.None) {
					b.Fatal(err)
				}
			}
		})
	}
}
