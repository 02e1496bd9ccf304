package domain

// FileMark is a place in a file between two members, and what stands before it:
// enough to go on there, and to notice that the file is another one. The zero
// mark is the beginning.
type FileMark struct {
	Lines uint64 `cbor:"1,keyasint,omitempty"` // before the place
	Bytes uint64 `cbor:"2,keyasint,omitempty"`
	// Sum is the CRC-64 (ECMA-182) of the bytes before the place.
	Sum uint64 `cbor:"3,keyasint,omitempty"`
	// Encoding is what was decided on, in the numbers of package memberfile.
	Encoding uint8 `cbor:"4,keyasint,omitempty"`
}

// ImportState is how far an import has come that is not over. There is one at
// most: the newest.
type ImportState struct {
	At FileMark `cbor:"1,keyasint"`
	// Seen has a bit for each member up to Last whom the file has named already,
	// from the lowest bit of the first byte on. Those after Last came with this
	// import.
	Seen []byte   `cbor:"2,keyasint,omitempty"`
	Last MemberID `cbor:"3,keyasint,omitempty"`
}

// Ref implements Record.
func (ImportState) Ref() Ref { return Ref{KindImport, 1} }
