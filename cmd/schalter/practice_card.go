package main

import (
	"context"

	"schalter/domain"
	calendar "schalter/domain/date"
	"schalter/domain/egk"
	"schalter/domain/egk/reader"
	"schalter/domain/practice"
)

// practiceSlot is the card reader of practice: a key puts in what the invented
// person brings. No real reader is watched there.
type practiceSlot struct {
	p *program
	o *opened
}

// practiceReader is what that reader is called.
const practiceReader = "Übung"

// Insert implements seat.Slot.
func (s practiceSlot) Insert(ctx context.Context, id domain.MemberID) (reader.Event, error) {
	m, err := s.holder(ctx, id)
	if err != nil {
		return reader.Event{}, err
	}
	settings, err := s.o.desk.Settings(ctx)
	if err != nil {
		return reader.Event{}, err
	}
	insurer := egk.Insurer{IK: settings.IK, Name: settings.Insurer}
	virtual, brings, err := practice.HealthCard(m, practice.Seed, calendar.Of(s.p.now()), insurer)
	switch {
	case err != nil:
		return reader.Event{}, err
	case !brings:
		return reader.Event{}, domain.Fail(domain.Refused, domain.ReasonCardMissing)
	}
	card, err := egk.Read(ctx, virtual)
	return reader.Event{State: reader.Read, Name: practiceReader, Readers: 1, Card: card}, err
}

// holder is whose card is put in: of nobody in particular, Erika Mustermann's.
func (s practiceSlot) holder(ctx context.Context, id domain.MemberID) (domain.Member, error) {
	if id == 0 {
		m, _, err := s.o.store.MemberByKVNR(ctx, practice.Erika1983)
		return m, err
	}
	m, _, err := s.o.store.Member(ctx, id)
	return m, err
}

// Pull implements seat.Slot.
func (practiceSlot) Pull() reader.Event {
	return reader.Event{State: reader.Removed, Name: practiceReader, Readers: 1}
}
