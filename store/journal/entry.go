package journal

import "fmt"

// Entry is a header as it was encoded, and the sealed payload. The payload is
// empty once it was erased; a sealed payload never is.
type Entry struct {
	Header, Payload []byte
}

// Marshal returns the entry for storage: a CBOR array of two byte strings.
func (e Entry) Marshal() []byte {
	const heads = 1 + 9 + 9
	dst := make([]byte, 0, heads+len(e.Header)+len(e.Payload))
	dst = appendHead(dst, majorArray, 2)
	return appendBytes(appendBytes(dst, e.Header), e.Payload)
}

// ParseEntry is the inverse of [Entry.Marshal]. The parts are parts of data;
// the header is not looked into. It returns [ErrMalformed].
func ParseEntry(data []byte) (Entry, error) {
	r := reader{rest: data}
	r.expect(majorArray, 2)
	entry := Entry{Header: r.bytes(), Payload: r.bytes()}
	if !r.done() {
		return Entry{}, fmt.Errorf("journal entry: %w", ErrMalformed)
	}
	return entry, nil
}
