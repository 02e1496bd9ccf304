// Package virtual is a German health card without plastic, for tests, practice
// and demonstrations: it answers ISO/IEC 7816-4 commands as the real one does,
// with files for invented people in every schema, and with every damage that a
// reader must withstand.
//
//	card, err := virtual.New(virtual.Config{Content: content})
//	back, err := egk.Read(ctx, card) // equals content
//
// A card has a master file with EF.GDO, EF.Version and EF.Version2, and DF.HCA
// with EF.PD, EF.VD, EF.StatusVD and EF.GVD, which asks for rights nobody can
// have here (6982). It takes SELECT, READ BINARY by short identifier or offset,
// READ RECORD and, as T=0, GET RESPONSE; short and extended lengths.
//
// [Card.ATR], [Card.Reset] and [Card.Transmit] are all that the protocol of a
// virtual reader (vpcd) asks of a card, so that one can be put into pcscd.
//
// Sources: those of package egk, whose constants are not used here: a wrong one
// there does not read what this package writes.
package virtual

import (
	"context"

	"schalter/domain/egk"
)

// Config says what card to make.
type Config struct {
	// Content is what the card says. Zero fields are left out of its files; of
	// Schema (5.2.0), Status.Schema (as Schema) and Status.Storage (3.0.4) the
	// value in brackets is meant. Warnings and Unreadable come of reading and
	// are not looked at.
	Content egk.Card
	// Padded fills the files with zeros up to their size, as some issuers do;
	// otherwise they end with their content.
	Padded bool
	// NoGVDCopy leaves out the copy of the protected data at the end of EF.VD,
	// as cards of today do: its offsets are FFFF.
	NoGVDCopy bool
	// T0 answers as with the protocol T=0: 61xx and 6Cxx.
	T0 bool
	// MayBeCorrupt answers every READ BINARY with 6281.
	MayBeCorrupt bool
	// LeLimit refuses to give more bytes at once (6700); 0 for no limit.
	LeLimit int
	// PulledAfter is how many commands are answered before the card is pulled; 0
	// for a card that stays.
	PulledAfter int
	// Damage is what else is wrong with the card.
	Damage Damage
}

// Card is a virtual health card. It is for one conversation at a time.
type Card struct {
	config   Config
	folders  []*folder
	folder   *folder
	file     *file
	waiting  []byte // for GET RESPONSE
	answered int
}

// New makes a card. It fails on a character that is not in ISO-8859-15, and on
// content that does not fit into the files.
func New(c Config) (*Card, error) {
	folders, err := c.folders()
	if err != nil {
		return nil, err
	}
	card := &Card{config: c, folders: folders}
	card.Reset()
	return card, nil
}

// ATR is the answer to reset of a published test card; nothing may depend on it.
func (c *Card) ATR() []byte {
	return []byte{0x3b, 0xd0, 0x96, 0xff, 0x81, 0xb1, 0xfe, 0x45, 0x1f, 0x03, 0x2e}
}

// Reset takes the card to where it is after being put into a reader: a card that
// was pulled is there again.
func (c *Card) Reset() {
	c.folder, c.file, c.waiting, c.answered = c.folders[0], nil, nil, 0
}

// Pulled reports whether the card has answered its last command.
func (c *Card) Pulled() bool {
	return c.config.PulledAfter > 0 && c.answered >= c.config.PulledAfter
}

// Transmit answers a command APDU. A card that was pulled answers nothing, as a
// virtual reader has it. It implements [egk.Transmitter].
func (c *Card) Transmit(ctx context.Context, apdu []byte) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if c.Pulled() {
		return nil, nil
	}
	c.answered++
	data, sw := c.answer(apdu)
	answer := append(make([]byte, 0, len(data)+2), data...)
	return append(answer, byte(sw>>8), byte(sw)), nil
}

// File returns what a file holds, nil for folders.
func (c *Card) File(f egk.File) []byte {
	if file := c.find(f); file != nil {
		return file.body
	}
	return nil
}

// Overwrite puts other content into a file, of any length and meaning.
func (c *Card) Overwrite(f egk.File, content []byte) {
	if file := c.find(f); file != nil {
		file.body = content
	}
}

func (c *Card) find(f egk.File) *file {
	for _, folder := range c.folders {
		for _, file := range folder.files {
			if file.name == f {
				return file
			}
		}
	}
	return nil
}
