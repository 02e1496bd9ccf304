package domain

import (
	"time"

	"schalter/domain/code"
	"schalter/domain/rights"
)

// RequestID makes a retry safe: the same id is carried out once. Zero is none.
type RequestID [16]byte

// Outcome is how an operation ended.
type Outcome uint8

// The outcomes. Tried is for attempts that count, such as a wrong answer.
const (
	Done Outcome = iota + 1
	RefusedOutcome
	Tried
)

// Act is what happened in detail where the operation alone does not say it:
// "code_created", "code_handed_over", "document_checked". Stored, never renamed.
type Act string

// The acts.
const (
	ActDatabaseCreated   Act = "database_created"
	ActLogin             Act = "login"
	ActLoginFailed       Act = "login_failed"
	ActLogout            Act = "logout"
	ActLocked            Act = "locked"
	ActSearched          Act = "searched"
	ActOpened            Act = "opened"
	ActRevealed          Act = "revealed"
	ActDocumentChecked   Act = "document_checked"
	ActCardChecked       Act = "card_checked"
	ActIdentityRefused   Act = "identity_refused"
	ActCodeCreated       Act = "code_created"
	ActCodeHandedOver    Act = "code_handed_over"
	ActCodeRevoked       Act = "code_revoked"
	ActCodeExpired       Act = "code_expired"
	ActCodeSuperseded    Act = "code_superseded"
	ActSlipPrinted       Act = "slip_printed"
	ActSlipFailed        Act = "slip_failed"
	ActStaffAdded        Act = "staff_added"
	ActStaffDisabled     Act = "staff_disabled"
	ActPassphraseChanged Act = "passphrase_changed"
	ActPassphraseReset   Act = "passphrase_reset"
	ActMembersImported   Act = "members_imported"
	ActConfigured        Act = "configured"
	ActMembersExported   Act = "members_exported"
	ActExportFailed      Act = "export_failed"
	ActBackedUp          Act = "backed_up"
	ActBackupFailed      Act = "backup_failed"
	ActRestored          Act = "restored"
	ActRecoverySet       Act = "recovery_set"
	ActRecovered         Act = "recovered"
	ActRekeyBegun        Act = "rekey_begun"
	ActResealed          Act = "resealed"
	ActRekeyed           Act = "rekeyed"
	ActKeysRenewed       Act = "keys_renewed"
	ActMigrated          Act = "migrated" // Object says to which schema and how far
	ActRefused           Act = "refused"

	ActBookletOpened       Act = "booklet_opened"
	ActBookletEntered      Act = "booklet_entered"
	ActBookletParked       Act = "booklet_parked"
	ActBookletQueried      Act = "booklet_queried"
	ActBookletCorrected    Act = "booklet_corrected"
	ActBookletSupplemented Act = "booklet_supplemented"
	ActBookletReleased     Act = "booklet_released"
	ActBookletLateAccepted Act = "booklet_late_accepted"
	ActBookletDecided      Act = "booklet_decided"
	ActBookletExported     Act = "booklet_exported"
	ActBookletHeld         Act = "booklet_held"
	ActBookletPaid         Act = "booklet_paid"
	ActBookletLetter       Act = "booklet_letter"
	ActExamAdded           Act = "exam_added"
	ActExamWithdrawn       Act = "exam_withdrawn"
	ActPayoutBegun         Act = "payout_begun"
	ActPayoutTaken         Act = "payout_taken"
	ActPayoutWritten       Act = "payout_written"
	ActPayoutPaid          Act = "payout_paid"
	ActBonusCounted        Act = "bonus_counted"
	ActObserved            Act = "backend_observed" // Object says which kind of event
	ActCodeRedeemed        Act = "code_redeemed"
	ActCodeGuessed         Act = "code_guessed" // a wrong attempt to redeem
	ActCodeBurned          Act = "code_burned"
	ActUnblocked           Act = "app_unblocked"
	ActDeviceDeleted       Act = "device_deleted"
	ActAccountDeleted      Act = "account_deleted"
	ActDeletionAnnounced   Act = "deletion_announced"
	ActDeletionCancelled   Act = "deletion_cancelled"
	ActUndone              Act = "undone"
	ActPhoneChecked        Act = "phone_checked"
	ActFactsChecked        Act = "facts_checked"
	ActRegistrationRight   Act = "registration_right"
	ActCardBlocked         Act = "card_blocked"
	ActCardOrdered         Act = "card_ordered"
	ActApprovalAsked       Act = "approval_asked"
	ActApprovalGiven       Act = "approval_given"
	ActApprovalRefused     Act = "approval_refused"
	ActApprovalWithdrawn   Act = "approval_withdrawn"
	ActReported            Act = "member_reported"
	ActErased              Act = "member_erased"

	ActJournalRead     Act = "journal_read"
	ActJournalErased   Act = "journal_erased"
	ActJournalAccepted Act = "journal_accepted" // a journal older than its anchor
	ActClockJumped     Act = "clock_jumped"     // forward, in a running process
	ActClockAccepted   Act = "clock_accepted"   // one behind the newest entry
)

// AllActs lists every act.
func AllActs() []Act {
	return []Act{
		ActDatabaseCreated, ActLogin, ActLoginFailed, ActLogout, ActLocked, ActSearched, ActOpened, ActRevealed,
		ActDocumentChecked, ActCardChecked, ActIdentityRefused, ActCodeCreated, ActCodeHandedOver,
		ActCodeRevoked, ActCodeExpired, ActCodeSuperseded, ActSlipPrinted, ActSlipFailed, ActStaffAdded,
		ActStaffDisabled, ActPassphraseChanged, ActPassphraseReset, ActMembersImported, ActConfigured,
		ActBackedUp, ActBackupFailed, ActRestored, ActRecoverySet, ActRecovered,
		ActRekeyBegun, ActResealed, ActRekeyed, ActKeysRenewed, ActMigrated,
		ActMembersExported, ActExportFailed,
		ActRefused,
		ActBookletOpened, ActBookletEntered, ActBookletParked, ActBookletQueried, ActBookletCorrected,
		ActBookletSupplemented, ActBookletReleased, ActBookletLateAccepted, ActBookletDecided,
		ActBookletExported, ActBookletHeld, ActBookletPaid, ActBookletLetter, ActExamAdded, ActExamWithdrawn, ActPayoutBegun, ActPayoutTaken,
		ActPayoutWritten, ActPayoutPaid, ActBonusCounted,
		ActObserved, ActCodeRedeemed, ActCodeGuessed, ActCodeBurned, ActUnblocked, ActDeviceDeleted,
		ActAccountDeleted, ActDeletionAnnounced, ActDeletionCancelled, ActUndone, ActPhoneChecked,
		ActFactsChecked, ActRegistrationRight, ActCardBlocked, ActCardOrdered, ActApprovalAsked,
		ActApprovalGiven, ActApprovalRefused, ActApprovalWithdrawn, ActReported, ActErased,

		ActJournalRead, ActJournalErased, ActJournalAccepted, ActClockJumped, ActClockAccepted,
	}
}

// Entry is what the journal says happened: the facts, stated by the use case.
// The store adds the position, the member's pseudonym and the hashes of what was
// written, and seals it. No personal data of a member is ever in it.
type Entry struct {
	At        time.Time        `cbor:"1,keyasint"`
	Staff     StaffID          `cbor:"2,keyasint,omitempty"`
	Person    PersonID         `cbor:"3,keyasint,omitempty"`
	Role      rights.Role      `cbor:"4,keyasint,omitempty"`
	Channel   rights.Channel   `cbor:"5,keyasint,omitempty"`
	Branch    string           `cbor:"6,keyasint,omitempty"`
	Seat      string           `cbor:"7,keyasint,omitempty"`
	Operation rights.Operation `cbor:"8,keyasint,omitempty"`
	Act       Act              `cbor:"9,keyasint"`
	Outcome   Outcome          `cbor:"10,keyasint"`
	Reason    Reason           `cbor:"11,keyasint,omitempty"`
	// Member is replaced by the pseudonym when the entry is stored.
	Member    MemberID         `cbor:"-"`
	Pseudonym Pseudonym        `cbor:"12,keyasint,omitempty"`
	Case      code.Case        `cbor:"13,keyasint,omitempty"`
	Request   RequestID        `cbor:"14,keyasint,omitempty"`
	Second    StaffID          `cbor:"15,keyasint,omitempty"`
	Assurance rights.Assurance `cbor:"16,keyasint,omitempty"`
	Document  DocumentKind     `cbor:"17,keyasint,omitempty"`
	Purpose   Purpose          `cbor:"18,keyasint,omitempty"`
	// Count says how many, for entries over many records.
	Count uint64 `cbor:"19,keyasint,omitempty"`
	// Object names what was acted on where it is no member, or how it was checked:
	// a card "read" or "typed", a login's number,
	// a setting's key.
	Object string `cbor:"20,keyasint,omitempty"`
	// Representative and Proof: somebody acted for the member, shown by which
	// kind of paper.
	Representative Representative `cbor:"21,keyasint,omitempty"`
	Proof          Proof          `cbor:"22,keyasint,omitempty"`
	// Why is the reason given, from a list; a free text is never here.
	Why Why `cbor:"23,keyasint,omitempty"`
}

// CaseLine is one line of a member's recent cases: what and when, without names
// of staff.
type CaseLine struct {
	At     time.Time
	Act    Act
	Case   code.Case
	Branch string
	Reason Reason
}

// EventKind is what the app backend is told.
type EventKind string

// The kinds of event.
const (
	EventCodeHandedOut  EventKind = "code_handed_out"
	EventCodeRevoked    EventKind = "code_revoked"
	EventAppUnblocked   EventKind = "app_unblocked"
	EventDeviceDeleted  EventKind = "device_deleted"
	EventAccountDeleted EventKind = "account_deleted"
	EventCardBlocked    EventKind = "card_blocked"
	EventCardOrdered    EventKind = "card_ordered"
	// EventNotice tells the member, at their stored contact, what was done.
	EventNotice EventKind = "notice"
)

// EventState is where an event stands on its way to the backend.
type EventState uint8

// The states of an event.
const (
	EventHeld EventState = iota + 1
	EventDue
	EventDelivered
	EventAcknowledged
	EventDead
)

// Event is a message to the app backend, stored in the same commit as the
// change it tells.
type Event struct {
	Seq     uint64     `cbor:"-"` // given by the store, in order of commits
	Kind    EventKind  `cbor:"1,keyasint"`
	Member  MemberID   `cbor:"2,keyasint"`
	Case    code.Case  `cbor:"3,keyasint,omitempty"`
	At      time.Time  `cbor:"4,keyasint"`
	State   EventState `cbor:"5,keyasint"`
	DueAt   time.Time  `cbor:"6,keyasint"`
	Purpose Purpose    `cbor:"7,keyasint,omitempty"`
	// Device is the binding that was deleted.
	Device DeviceID `cbor:"8,keyasint,omitempty"`
	// About is what a notice tells of, By the contact it goes to.
	About Act `cbor:"9,keyasint,omitempty"`
	Via   Via `cbor:"10,keyasint,omitempty"`
}

// Via is the stored contact a notice goes to. Where it leads is not in the event:
// whoever delivers it looks it up then.
type Via uint8

// The contacts, in the order in which they are taken.
const (
	ViaEmail Via = iota + 1
	ViaPhone
	ViaLetter
)

// AllVias lists every contact.
func AllVias() []Via { return []Via{ViaEmail, ViaPhone, ViaLetter} }

// Ref implements Record.
func (e Event) Ref() Ref { return Ref{KindEvent, e.Seq} }
