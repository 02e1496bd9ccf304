package domain

// RecordKind sorts stored records. The number is the record-type prefix of the
// store's keys and never changes.
type RecordKind byte

// The record kinds.
const (
	KindMember   RecordKind = 'm'
	KindCodes    RecordKind = 'c'
	KindStaff    RecordKind = 's'
	KindSettings RecordKind = 'g'
	// KindSlot is a login's key slot: it protects itself and is the store's own.
	KindSlot  RecordKind = 'k'
	KindEvent RecordKind = 'o'
	// Bonus booklets, exams known beside them, payout runs.
	KindBooklets     RecordKind = 'j'
	KindExaminations RecordKind = 'i'
	KindPayout       RecordKind = 'p'
	// KindAccount is the app account, KindApproval a request for a second person.
	KindAccount  RecordKind = 'u'
	KindApproval RecordKind = 'y'
	// Operational kinds may be written without a journal entry.
	KindTally   RecordKind = 'n'
	KindShowing RecordKind = 'w'
	KindAnswers RecordKind = 'f'
	KindImport  RecordKind = 'd'
)

// AllRecordKinds lists every kind.
func AllRecordKinds() []RecordKind {
	return []RecordKind{
		KindMember, KindCodes, KindStaff, KindSettings, KindSlot, KindEvent, KindTally,
		KindShowing, KindAnswers, KindBooklets, KindExaminations, KindPayout, KindAccount, KindApproval, KindImport,
	}
}

// Operational reports whether records of the kind may be written without a
// journal entry: delivery state, cursors, counters.
func (k RecordKind) Operational() bool {
	return k == KindEvent || k == KindTally || k == KindShowing || k == KindAnswers || k == KindImport
}

// Ref names one record.
type Ref struct {
	Kind RecordKind
	ID   uint64
}

// Record is a stored thing. Its reference is no part of its encoding.
type Record interface {
	Ref() Ref
}
