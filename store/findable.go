package store

import (
	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/kvnr"
	"schalter/store/kv"
	"schalter/store/seal"
)

// findable is of a stored member what the search and the families take. Reading
// all members at the start skips the rest. The field numbers are those of
// domain.Member.
type findable struct {
	KVNR      kvnr.KVNR   `cbor:"1,keyasint"`
	Name      domain.Name `cbor:"3,keyasint"`
	BirthDate date.Date   `cbor:"4,keyasint"`
	Address   struct {
		Postcode string `cbor:"4,keyasint"`
	} `cbor:"6,keyasint"`
	Insurance struct {
		Main kvnr.KVNR `cbor:"2,keyasint"`
	} `cbor:"8,keyasint"`
	Cards []domain.Card `cbor:"10,keyasint"`
}

// openFindable opens of a stored member what they are found by.
func (s *Store) openFindable(ring *seal.Ring, pair kv.Pair) (domain.Member, error) {
	var f findable
	plain, err := ring.Open(pair.Key, pair.Value)
	if err == nil {
		err = s.codec.glance(plain, &f)
	}
	return domain.Member{
		ID: domain.MemberID(number(pair.Key)), KVNR: f.KVNR, Name: f.Name, BirthDate: f.BirthDate,
		Address: domain.Address{Postcode: f.Address.Postcode}, Insurance: domain.Insurance{Main: f.Insurance.Main}, Cards: f.Cards,
	}, err
}
