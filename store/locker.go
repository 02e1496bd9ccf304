package store

import (
	"context"
	"encoding/binary"
	"errors"
	"time"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/store/kv"
	"schalter/store/seal"
)

// Attempts implements desk.Locker. The count is unsealed: it is needed before
// there is a key.
func (s *Store) Attempts(ctx context.Context, login string) (n int, last int64, err error) {
	a, _, err := s.attempts(ctx, login)
	return a.Count, a.Last, translate(err)
}

func (s *Store) attempts(ctx context.Context, login string) (a attempts, rev uint64, err error) {
	pair, err := s.engine.Get(ctx, keyAttempts(s.id, login))
	if errors.Is(err, kv.ErrNotFound) {
		return a, 0, nil
	}
	if err == nil {
		err = s.codec.decode(pair.Value, &a)
	}
	return a, pair.Rev, err
}

// CountAttempt implements desk.Locker.
func (s *Store) CountAttempt(ctx context.Context, login string, seen int, at time.Time) error {
	a, rev, err := s.attempts(ctx, login)
	if err == nil && a.Count != seen {
		err = kv.ErrConflict
	}
	if err != nil {
		return translate(err)
	}
	value, err := s.codec.encode(attempts{Count: seen + 1, Last: at.Unix()})
	if err != nil {
		return translate(err)
	}
	key := keyAttempts(s.id, login)
	return s.commitRaw(ctx, kv.Batch{Guards: []kv.Guard{{Key: key, Rev: rev}}, Ops: []kv.Op{{Key: key, Value: value}}})
}

// ClearAttempts implements desk.Locker.
func (s *Store) ClearAttempts(ctx context.Context, login string) error {
	return s.commitRaw(ctx, kv.Batch{Ops: []kv.Op{{Key: keyAttempts(s.id, login), Delete: true}}})
}

// Unlock implements desk.Locker. For a login that does not exist a slot is made
// up and tried, so that the answer takes as long.
func (s *Store) Unlock(ctx context.Context, login string, passphrase []byte) (desk.Unlocked, error) {
	failed := domain.Fail(domain.Refused, domain.ReasonLoginFailed)
	pair, err := s.engine.Get(ctx, keyOf(slotRef(s.id, login)))
	if errors.Is(err, kv.ErrNotFound) {
		s.pretend()
		return desk.Unlocked{}, failed
	}
	if err != nil {
		return desk.Unlocked{}, translate(err)
	}
	slot, err := seal.UnmarshalSlot(pair.Value)
	if err != nil {
		return desk.Unlocked{}, translate(err)
	}
	owner := desk.Unlocked{Staff: domain.StaffID(binary.BigEndian.Uint64(slot.Owner[:])), OneTime: slot.OneTime}
	private, err := slot.Unlock(passphrase)
	if errors.Is(err, seal.ErrWrongPassphrase) {
		return owner, failed
	}
	if err != nil {
		return desk.Unlocked{}, translate(err)
	}
	defer private.Wipe()
	key, err := slot.RingKey(s.id, private)
	if err == nil {
		err = s.unlock(ctx, key)
	}
	if err != nil {
		return desk.Unlocked{}, translate(err)
	}
	return owner, nil
}

// Recover implements desk.Locker.
func (s *Store) Recover(ctx context.Context, identities []byte) error {
	pair, err := s.engine.Get(ctx, keyOf(recoveryRef))
	if errors.Is(err, kv.ErrNotFound) {
		return domain.Fail(domain.NotFound, domain.ReasonNoRecovery)
	}
	if err != nil {
		return translate(err)
	}
	slot, err := seal.UnmarshalRecovery(pair.Value)
	if err != nil {
		return translate(err)
	}
	key, err := slot.RingKey(s.id, identities)
	if errors.Is(err, seal.ErrIdentity) {
		return domain.Fail(domain.Refused, domain.ReasonRecoveryKey)
	}
	if err == nil {
		err = s.unlock(ctx, key)
	}
	return translate(err)
}

// NewRecovery implements desk.Locker.
func (s *Store) NewRecovery(_ context.Context, recipient string) (domain.Record, error) {
	if _, err := s.keys(); err != nil {
		return nil, err
	}
	slot, err := seal.NewRecovery(recipient, s.options.Random)
	if errors.Is(err, seal.ErrRecipient) {
		return nil, domain.Fail(domain.Invalid, domain.ReasonRecipient)
	}
	if err != nil {
		return nil, translate(err)
	}
	return recoveryRecord{slot}, nil
}

// pretend spends what a try costs.
func (s *Store) pretend() {
	_, private, err := seal.NewSlot([]byte("nobody has this passphrase"), seal.SlotConfig{
		Params: s.options.Slots, Random: s.options.Random,
	})
	if err == nil {
		private.Wipe()
	}
}

// unlock opens the ring, the first time, finds what an import left unfinished, and
// brings an older database to the schema of this program.
func (s *Store) unlock(ctx context.Context, key seal.RingKey) error {
	s.unlocking.Lock()
	defer s.unlocking.Unlock()
	if err := s.openRing(ctx, key); err != nil {
		return err
	}
	return s.migrate(ctx)
}

func (s *Store) openRing(ctx context.Context, key seal.RingKey) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ring != nil {
		return nil
	}
	pair, err := s.engine.Get(ctx, keyRing)
	if err != nil {
		return err
	}
	ring, err := key.Open(s.id, pair.Value, s.options.Random)
	if err != nil {
		return err
	}
	h, err := s.head(ctx)
	if err == nil {
		err = s.findUnlisted(ctx, ring, h.Unlisted)
	}
	if err != nil {
		return err
	}
	s.ring, s.ringKey = ring, key
	return nil
}

// NewSlot implements desk.Locker.
func (s *Store) NewSlot(_ context.Context, login string, id domain.StaffID, passphrase []byte, oneTime bool) (domain.Record, error) {
	if _, err := s.keys(); err != nil {
		return nil, err
	}
	var owner [8]byte
	binary.BigEndian.PutUint64(owner[:], uint64(id))
	slot, private, err := seal.NewSlot(passphrase, seal.SlotConfig{
		Owner: owner, OneTime: oneTime, Params: s.options.Slots, Random: s.options.Random,
	})
	switch {
	case errors.Is(err, seal.ErrPassphraseShort), errors.Is(err, seal.ErrPassphraseLong), errors.Is(err, seal.ErrPassphraseText):
		return nil, domain.Fail(domain.Invalid, domain.ReasonPassphraseShort).WithCause(err)
	case err != nil:
		return nil, translate(err)
	}
	private.Wipe()
	return slotRecord{slotRef(s.id, login), slot}, nil
}

// HasSlot reports whether a login has a key slot. It needs no keys.
func (s *Store) HasSlot(ctx context.Context, login string) (bool, error) {
	_, err := s.engine.Get(ctx, keyOf(slotRef(s.id, login)))
	if errors.Is(err, kv.ErrNotFound) {
		return false, nil
	}
	return err == nil, translate(err)
}

// NoSlot implements desk.Locker.
func (s *Store) NoSlot(_ context.Context, login string) (domain.Ref, error) {
	return slotRef(s.id, login), nil
}

// Pepper implements desk.Peppers.
func (s *Store) Pepper(epoch uint32) ([]byte, uint32, error) {
	if s.folder.Load() == nil {
		return nil, 0, domain.Fail(domain.Unavailable, domain.ReasonKeysMissing)
	}
	if epoch == 0 {
		epoch = uint32(s.folder.Load().PepperEpoch())
	}
	secret, err := s.folder.Load().Pepper(uint16(epoch))
	if err != nil {
		return nil, 0, domain.Fail(domain.Unavailable, domain.ReasonKeysMissing).WithCause(err)
	}
	return secret, epoch, nil
}
