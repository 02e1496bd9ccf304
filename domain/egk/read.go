package egk

import (
	"context"
	"encoding/binary"
	"errors"

	"schalter/domain/problem"
)

// maxFile is how far a file is read, in bytes: more than three times the largest
// of a health card (EF.VD, 1250). With it a conversation has at most 40 commands, each sent up to four times.
const maxFile = 4096

const (
	pdHead = 2 // length of the content, big-endian
	vdHead = 8 // first and last byte of VD, first and last byte of the copy of GVD
)

// Read holds the conversation of the package comment and returns what the card
// says. The error is an [*Error]; a card that could be read, with doubts, has
// Warnings instead.
//
// The context ends the conversation between two commands; how fast it ends one
// that is under way is up to the reader.
func Read(ctx context.Context, card Transmitter) (Card, error) {
	s := session{card: card}
	f, err := s.files(ctx)
	if err != nil {
		return Card{}, err
	}
	return s.interpret(f)
}

// files are the contents of the files, as they are on the card.
type files struct {
	gdo, status []byte
	pd, vd      []byte // gzip, and what may follow it
}

// files reads what is needed, in the order of the package comment. Nothing is
// judged before DF.HCA has shown that this is a health card.
func (s *session) files(ctx context.Context) (f files, err error) {
	if err = s.enter(ctx, MF); err != nil {
		return files{}, err
	}
	if f.gdo, err = s.head(ctx, GDO); err != nil {
		return files{}, err
	}
	if err = s.enter(ctx, HCA); err != nil {
		return files{}, err
	}
	if f.status, err = s.head(ctx, StatusVD); err != nil {
		return files{}, err
	}
	s.open = f.status[0] == statusOpen
	if f.pd, err = s.container(ctx, PD, pdRange); err != nil {
		return files{}, err
	}
	f.vd, err = s.container(ctx, VD, vdRange)
	return f, err
}

// container reads the content of a file whose head says where it is.
func (s *session) container(ctx context.Context, file File, where func([]byte) (from, to int)) ([]byte, error) {
	head, err := s.head(ctx, file)
	if err != nil {
		return nil, err
	}
	from, to := where(head)
	if from < file.head() || to <= from || to > maxFile {
		return nil, s.wrong(file, BadLayout)
	}
	return s.content(ctx, file, from, to)
}

// pdRange is where the content of EF.PD is: behind its length.
func pdRange(head []byte) (from, to int) {
	return pdHead, pdHead + int(binary.BigEndian.Uint16(head))
}

// vdRange is where VD is within EF.VD; the card names its last byte. The offsets
// of the GVD copy, FFFF where there is none, are not looked at.
func vdRange(head []byte) (from, to int) {
	return int(binary.BigEndian.Uint16(head)), int(binary.BigEndian.Uint16(head[2:])) + 1
}

// interpret turns the files into a card.
func (s *session) interpret(f files) (Card, error) {
	b := builder{}
	if err := b.gdo(f.gdo); err != nil {
		return Card{}, s.unusable(GDO, err)
	}
	b.status(f.status)
	if err := b.personal(f.pd); err != nil {
		return Card{}, s.unusable(PD, err)
	}
	if err := b.insurance(f.vd); err != nil {
		return Card{}, s.unusable(VD, err)
	}
	if s.corrupt {
		b.warn(MayBeCorrupt)
	}
	return b.card, nil
}

// unusable is the error of a file whose content is a fault, or has problems.
func (s *session) unusable(file File, err error) error {
	e := &Error{File: file, Fault: BadContent, UpdateOpen: s.open, Problems: problem.From(err)}
	errors.As(err, &e.Fault)
	return e
}
