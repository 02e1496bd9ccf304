package seal

import (
	"bytes"

	"github.com/fxamacker/cbor/v2"
)

// deterministic is CBOR as RFC 8949, section 4.2.1 has it: one encoding for
// one value.
var deterministic = mustEncMode()

func mustEncMode() cbor.EncMode {
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		panic("seal: the library's own options are valid: " + err.Error())
	}
	return mode
}

func encode(fields any) []byte {
	data, err := deterministic.Marshal(fields)
	if err != nil {
		panic("seal: bytes and numbers can be encoded: " + err.Error())
	}
	return data
}

// decode fills fields, a pointer to a struct whose key 1 is its version. It
// returns [ErrVersion] for another version and [ErrDamaged] for whatever
// encode would not have written: unknown or repeated keys, wrong lengths.
func decode(data []byte, version uint8, fields any) error {
	var head struct {
		Version uint8 `cbor:"1,keyasint"`
	}
	if err := cbor.Unmarshal(data, &head); err != nil {
		return ErrDamaged
	}
	if head.Version != version {
		return ErrVersion
	}
	if err := cbor.Unmarshal(data, fields); err != nil {
		return ErrDamaged
	}
	if !bytes.Equal(encode(fields), data) {
		return ErrDamaged
	}
	return nil
}
