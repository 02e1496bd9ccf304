package store

import (
	"errors"
	"fmt"

	"github.com/fxamacker/cbor/v2"
	"golang.org/x/mod/sumdb/tlog"

	"schalter/domain"
	"schalter/store/seal"
)

// A record's plain form is one byte of version and its CBOR (RFC 8949, core
// deterministic, integer keys). A field that a later program adds is skipped by
// an earlier one; a change that is more than that gets the next version and
// keeps the old decoder.
const recordVersion = 1

var errVersion = errors.New("record has a version this program does not know")

// codec holds the two CBOR modes; they are made once and never change.
type codec struct {
	enc cbor.EncMode
	dec cbor.DecMode
}

func newCodec() (codec, error) {
	options := cbor.CoreDetEncOptions()
	options.Time = cbor.TimeRFC3339NanoUTC
	enc, err := options.EncMode()
	if err != nil {
		return codec{}, err
	}
	dec, err := cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden, MaxArrayElements: 1 << 20,
	}.DecMode()
	return codec{enc, dec}, err
}

func (c codec) encode(v any) ([]byte, error) {
	body, err := c.enc.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	return append([]byte{recordVersion}, body...), nil
}

func (c codec) decode(plain []byte, v any) error {
	if len(plain) == 0 || plain[0] != recordVersion {
		return errVersion
	}
	if err := c.dec.Unmarshal(plain[1:], v); err != nil {
		return fmt.Errorf("decode %T: %w", v, err)
	}
	return nil
}

// slotRecord carries a key slot through a change. It protects itself and is
// stored as it is: it must be read before there is a key.
type slotRecord struct {
	ref  domain.Ref
	slot seal.Slot
}

// Ref implements domain.Record.
func (s slotRecord) Ref() domain.Ref { return s.ref }

// recoveryRecord is the same for the recovery slot.
type recoveryRecord struct{ slot seal.Recovery }

// Ref implements domain.Record.
func (recoveryRecord) Ref() domain.Ref { return recoveryRef }

// head says where the journal and the numbering stand. It is unsealed: the
// journal is verified without keys.
type head struct {
	Entries uint64            `cbor:"1,keyasint"` // journal entries
	Members uint64            `cbor:"2,keyasint"` // last member number given
	Events  uint64            `cbor:"3,keyasint"` // last event number given
	Counts  map[string]uint64 `cbor:"4,keyasint"` // records by kind
	LastAt  int64             `cbor:"5,keyasint"` // time of the newest entry, Unix milliseconds
	Checked uint64            `cbor:"6,keyasint"` // entries that the newest checkpoint covers
	Root    tlog.Hash         `cbor:"7,keyasint"` // of the journal's tree
	// Steps are the entries with which time begins anew, because people accepted
	// a clock that was set back. Between two of them times never fall.
	Steps []uint64 `cbor:"8,keyasint,omitempty"`
	// Unlisted is the first member whose lookup may not be written yet, 0 if all
	// are; see lookups.
	Unlisted uint64 `cbor:"9,keyasint,omitempty"`
}

func (h head) clone() head {
	counts := make(map[string]uint64, len(h.Counts)+1)
	for k, n := range h.Counts {
		counts[k] = n
	}
	h.Counts = counts
	return h
}

// identity is written when the database is made, and by migrations. It is
// unsealed: what it says must be known before there is a key.
type identity struct {
	Schema uint32   `cbor:"1,keyasint"`
	Store  [16]byte `cbor:"2,keyasint"`
	// Pending is the schema that a migration under way began with; 0 for none.
	Pending uint32 `cbor:"3,keyasint,omitempty"`
}

// attempts are the failed logins of one name.
type attempts struct {
	Count int   `cbor:"1,keyasint"`
	Last  int64 `cbor:"2,keyasint"` // Unix seconds
}

// receipt is kept for a request that was carried out.
type receipt struct {
	Size int64      `cbor:"1,keyasint"`
	Mark string     `cbor:"2,keyasint"`
	Act  domain.Act `cbor:"3,keyasint,omitempty"` // what the request did
}
