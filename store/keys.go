package store

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"

	"schalter/domain"
	"schalter/store/kv"
)

// The layout: one byte says what a key is, the rest which one. The prefixes of
// records are the numbers of their domain.RecordKind; these are the store's own.
const (
	prefixEntry    = 'a' // a ‖ seq8: journal entry
	prefixAttempts = 'b' // b ‖ login16: failed logins, unsealed
	prefixHead     = 'h' // h: where the journal and the numbering stand
	prefixLookup   = 'l' // l ‖ hmac16(KVNR): id8
	prefixCheck    = 'q' // q ‖ size8: signed checkpoint
	prefixRequest  = 'r' // r ‖ request16: receipt of a request carried out
	prefixTree     = 't' // t ‖ seq8: hashes of the journal's tree
	prefixRing     = 'v' // v: the sealed key ring
	prefixCase     = 'x' // x ‖ pseudonym16 ‖ seq8: entries about a member
	prefixStoreID  = 'z' // z: schema and store id
)

var (
	keyHead    = []byte{prefixHead}
	keyRing    = []byte{prefixRing}
	keyStoreID = []byte{prefixStoreID}
)

// AppendOnly are the first bytes of keys that only ever grow, for the engine.
func AppendOnly() []byte { return []byte{byte(domain.KindMember), prefixEntry, prefixTree} }

func numbered(prefix byte, n uint64) []byte {
	return binary.BigEndian.AppendUint64([]byte{prefix}, n)
}

func number(key []byte) uint64 { return binary.BigEndian.Uint64(key[len(key)-8:]) }

// keyOf is the key of a record. A slot's number is the first eight bytes of its
// key's hash, so that every record has one form.
func keyOf(r domain.Ref) []byte { return numbered(byte(r.Kind), r.ID) }

func keyLookup(l domain.Lookup) []byte { return append([]byte{prefixLookup}, l[:]...) }

func keyRequest(r domain.RequestID) []byte { return append([]byte{prefixRequest}, r[:]...) }

func casePrefix(p domain.Pseudonym) []byte { return append([]byte{prefixCase}, p[:]...) }

func keyCase(p domain.Pseudonym, seq uint64) []byte {
	return binary.BigEndian.AppendUint64(casePrefix(p), seq)
}

// loginHash finds a login's slot before there is any key: a plain hash, bound to
// the database. It hides the name from a reader of the file, not from somebody
// who guesses it.
func loginHash(storeID [16]byte, login string) [32]byte {
	return sha256.Sum256(append(append([]byte("schalter slot\x00"), storeID[:]...), login...))
}

func slotRef(storeID [16]byte, login string) domain.Ref {
	h := loginHash(storeID, login)
	return domain.Ref{Kind: domain.KindSlot, ID: binary.BigEndian.Uint64(h[:8])}
}

// recoveryRef is the recovery slot. No login's hash begins with eight zero bytes,
// but by a chance of one in 2⁶⁴.
var recoveryRef = domain.Ref{Kind: domain.KindSlot, ID: 0}

func keyAttempts(storeID [16]byte, login string) []byte {
	h := loginHash(storeID, login)
	return append([]byte{prefixAttempts}, h[:16]...)
}

// journalled reports whether a key may only change together with a journal
// entry: the records that are not operational. The key ring needs none: it opens
// only whole, and an older one lacks the keys of what was sealed since.
func journalled(key []byte) bool {
	kind := domain.RecordKind(key[0])
	for _, k := range domain.AllRecordKinds() {
		if k == kind {
			return !kind.Operational()
		}
	}
	return false
}

// isRecord reports whether a key is that of a record.
func isRecord(key []byte) bool {
	return len(key) == 9 && slices.Contains(domain.AllRecordKinds(), domain.RecordKind(key[0]))
}

func span(prefix byte) kv.Span { return kv.Prefix([]byte{prefix}) }

// countName is what a kind of record is called in the record counts of a
// checkpoint.
func countName(k domain.RecordKind) string {
	switch k {
	case domain.KindMember:
		return "member"
	case domain.KindCodes:
		return "codes"
	case domain.KindStaff:
		return "staff"
	case domain.KindSettings:
		return "settings"
	case domain.KindSlot:
		return "slot"
	case domain.KindEvent:
		return "event"
	case domain.KindTally:
		return "tally"
	case domain.KindShowing:
		return "showing"
	case domain.KindAnswers:
		return "answers"
	case domain.KindBooklets:
		return "booklets"
	case domain.KindExaminations:
		return "examinations"
	case domain.KindPayout:
		return "payout"
	case domain.KindAccount:
		return "account"
	case domain.KindApproval:
		return "approval"
	case domain.KindImport:
		return "import"
	}
	return "unknown"
}
