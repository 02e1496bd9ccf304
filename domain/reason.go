package domain

// The reasons, grouped by where they arise. AllReasons lists them for tests:
// each must have a sentence and a hint in every language.
const (
	// Rights.
	ReasonOperationUnknown    Reason = "operation_unknown"
	ReasonRoleMissing         Reason = "role_missing"
	ReasonChannelWrong        Reason = "channel_wrong"
	ReasonMemberEnded         Reason = "member_ended"
	ReasonNotIdentified       Reason = "not_identified"
	ReasonCardEvidenceMissing Reason = "card_evidence_missing"
	ReasonSecondAlways        Reason = "second_person_always"
	ReasonSecondInMonth       Reason = "second_code_in_30_days"
	ReasonSecondRate          Reason = "more_than_8_an_hour_or_30_a_day"
	ReasonSecondAddress       Reason = "address_changed_within_14_days"
	ReasonSecondRelated       Reason = "own_or_relatives_record"
	ReasonSecondSame          Reason = "second_person_same"
	ReasonSecondRole          Reason = "second_person_role"
	ReasonSearchRate          Reason = "search_rate"
	ReasonPhoneSearch         Reason = "phone_search"
	ReasonRolesInvalid        Reason = "roles_invalid"

	// Login.
	ReasonLoginFailed      Reason = "login_failed"
	ReasonLoginDelayed     Reason = "login_delayed"
	ReasonLoginDisabled    Reason = "login_disabled"
	ReasonLoginExists      Reason = "login_exists"
	ReasonLoginName        Reason = "login_name_invalid"
	ReasonLastAdmin        Reason = "last_admin"
	ReasonPassphraseShort  Reason = "passphrase_short"
	ReasonPassphraseOld    Reason = "passphrase_unchanged"
	ReasonPassphraseChange Reason = "passphrase_must_change"
	ReasonPassphraseDiffer Reason = "passphrases_differ"
	ReasonOtherPerson      Reason = "other_person"
	ReasonNoRecovery       Reason = "no_recovery_key"
	ReasonRecoveryKey      Reason = "recovery_key_wrong"
	ReasonRecipient        Reason = "recipient_invalid"

	// Visits and identification.
	ReasonVisitOver         Reason = "visit_over"
	ReasonEvidenceExpired   Reason = "evidence_expired"
	ReasonDocumentExpired   Reason = "document_expired"
	ReasonDocumentMismatch  Reason = "document_mismatch"
	ReasonDocumentKind      Reason = "document_kind"
	ReasonPhotoMismatch     Reason = "photo_mismatch"
	ReasonCardMismatch      Reason = "card_mismatch"
	ReasonCardBlocked       Reason = "card_blocked"
	ReasonCardExpired       Reason = "card_expired"
	ReasonCardMissing       Reason = "card_missing"
	ReasonCardForeign       Reason = "card_of_another_insurer"
	ReasonCardUnknown       Reason = "card_holder_unknown"
	ReasonCardOther         Reason = "card_of_another_member"
	ReasonCardSuperseded    Reason = "card_not_on_record"
	ReasonForSomeoneElse    Reason = "for_someone_else"
	ReasonUnsure            Reason = "unsure"
	ReasonMRZOff            Reason = "mrz_off"
	ReasonMRZUnreadable     Reason = "mrz_unreadable"
	ReasonIdentityAmbiguous Reason = "birth_year_ambiguous"
	ReasonDateInvalid       Reason = "date_invalid"
	ReasonDigitsInvalid     Reason = "digits_invalid"
	ReasonTooManyWrong      Reason = "too_many_wrong"
	ReasonShownToYou        Reason = "shown_to_you"
	ReasonDayNeeded         Reason = "day_needed"

	// Codes.
	ReasonNoLiveCode      Reason = "no_live_code"
	ReasonCodeReplaced    Reason = "code_replaced_once"
	ReasonCodeNotLive     Reason = "code_not_live"
	ReasonChildUnder15    Reason = "child_under_15"
	ReasonValidityInvalid Reason = "validity_invalid"

	// Bonus booklets.
	ReasonProgrammeMissing Reason = "programme_missing"
	ReasonProgrammeChoice  Reason = "programme_choice"
	ReasonProgrammeChanged Reason = "programme_changed"
	ReasonBookletInvalid   Reason = "booklet_invalid"
	ReasonBookletMissing   Reason = "booklet_missing"
	ReasonBookletTwice     Reason = "booklet_handed_in_twice"
	ReasonBookletState     Reason = "booklet_state"
	ReasonBookletFull      Reason = "booklet_full"
	ReasonCountDiffers     Reason = "count_differs"
	ReasonInvoiceRepeated  Reason = "invoice_repeated"
	ReasonOtherDecider     Reason = "needs_other_decider"
	ReasonMainMissing      Reason = "main_member_missing"
	ReasonNotLate          Reason = "not_late"
	ReasonReasonNeeded     Reason = "reason_needed"
	ReasonOwnDecisions     Reason = "own_decisions_in_payout"
	ReasonPayoutFamily     Reason = "own_or_relatives_payout"
	ReasonNothingToPay     Reason = "nothing_to_pay"
	ReasonPayoutMissing    Reason = "payout_missing"
	ReasonPayoutState      Reason = "payout_state"
	ReasonPayoutDiffers    Reason = "payout_differs"
	ReasonCodeRedeemed     Reason = "code_redeemed"
	ReasonCodeExpired      Reason = "code_expired"
	ReasonCodeRevoked      Reason = "code_revoked"
	ReasonCodeSuperseded   Reason = "code_superseded"
	ReasonCodeBurned       Reason = "code_burned"
	ReasonCodeWrong        Reason = "code_wrong"
	ReasonCodeUnreadable   Reason = "code_unreadable"
	ReasonCodeNotHanded    Reason = "code_not_handed_over"

	// App account.
	ReasonNoAccount        Reason = "no_account"
	ReasonAccountExists    Reason = "account_exists"
	ReasonAccountDeleted   Reason = "account_deleted"
	ReasonAccountEnding    Reason = "account_ending"
	ReasonNotBlocked       Reason = "app_not_blocked"
	ReasonAlreadyBlocked   Reason = "app_already_blocked"
	ReasonNothingAnnounced Reason = "no_deletion_announced"
	ReasonNotRemembered    Reason = "app_code_not_remembered"
	ReasonDeviceNotBound   Reason = "device_not_bound"
	ReasonWhyMissing       Reason = "why_missing"
	ReasonNoteTooLong      Reason = "note_too_long"
	ReasonUndoOver         Reason = "undo_over"
	ReasonEventInvalid     Reason = "backend_event_invalid"
	ReasonEventStale       Reason = "backend_event_stale"

	// Cards, registration, the phone.
	ReasonCardBlockedAlready Reason = "card_blocked_already"
	ReasonCardOrdered        Reason = "card_ordered_already"
	ReasonNoCard             Reason = "no_card"
	ReasonNoAddress          Reason = "no_address"
	ReasonFactsMissing       Reason = "facts_missing"
	ReasonFactsWrong         Reason = "facts_wrong"
	ReasonPhoneWrong         Reason = "phone_wrong"
	ReasonPhoneLocked        Reason = "phone_locked"

	// Representatives.
	ReasonNotLinked      Reason = "parent_not_linked"
	ReasonProofMissing   Reason = "proof_missing"
	ReasonNotRepresented Reason = "not_represented"
	ReasonSecondGuardian Reason = "unlinked_parent_or_guardian"

	// Second person.
	ReasonApprovalMissing   Reason = "approval_missing"
	ReasonApprovalGiven     Reason = "approval_given"
	ReasonApprovalRefused   Reason = "approval_refused"
	ReasonApprovalUsed      Reason = "approval_used"
	ReasonApprovalExpired   Reason = "approval_expired"
	ReasonApprovalWithdrawn Reason = "approval_withdrawn"
	ReasonApprovalNotNeeded Reason = "approval_not_needed"

	// Report and erasure.
	ReasonBasisMissing Reason = "basis_missing"
	ReasonRetention    Reason = "retention_runs"
	ReasonOpenMatters  Reason = "open_matters"
	ReasonErased       Reason = "member_erased"

	// Things and storage.
	ReasonMemberNotFound   Reason = "member_not_found"
	ReasonStaffNotFound    Reason = "staff_not_found"
	ReasonChangedMeanwhile Reason = "changed_meanwhile"
	ReasonSettingInvalid   Reason = "setting_invalid"
	ReasonLockedStore      Reason = "store_locked"
	ReasonReadOnly         Reason = "read_only"
	ReasonDiskFull         Reason = "disk_full"
	ReasonHeld             Reason = "database_held"
	ReasonDamaged          Reason = "database_damaged"
	ReasonNoDatabase       Reason = "database_missing"
	ReasonDatabaseExists   Reason = "database_exists"
	ReasonNewerSchema      Reason = "schema_newer"
	ReasonMigrationDue     Reason = "migration_due"
	ReasonMigrationCopy    Reason = "migration_copy"
	ReasonKeysMissing      Reason = "keys_missing"
	ReasonFileRights       Reason = "file_rights"
	ReasonNetworkDisk      Reason = "network_disk"
	ReasonUnknownOutcome   Reason = "outcome_unknown"
	ReasonUnavailable      Reason = "storage_unavailable"
	ReasonSearchLoading    Reason = "search_loading"
	ReasonClockSetBack     Reason = "clock_set_back"
	ReasonJournalShorter   Reason = "journal_shorter_than_anchor"
	ReasonJournalDiffers   Reason = "journal_differs_from_anchor"
	ReasonNothingFound     Reason = "nothing_found"
	ReasonOtherBranch      Reason = "other_branch"
	ReasonNothingToAccept  Reason = "nothing_to_accept"
	ReasonRekeyRunning     Reason = "rekey_running"
	ReasonPrinter          Reason = "printer_failed"
	ReasonInternal         Reason = "internal"
)

// AllReasons lists every reason.
func AllReasons() []Reason {
	return []Reason{
		ReasonOperationUnknown, ReasonRoleMissing, ReasonChannelWrong, ReasonMemberEnded,
		ReasonNotIdentified, ReasonCardEvidenceMissing, ReasonSecondAlways, ReasonSecondInMonth,
		ReasonSecondRate, ReasonSecondAddress, ReasonSecondRelated, ReasonSecondSame, ReasonSecondRole,
		ReasonSearchRate, ReasonPhoneSearch, ReasonRolesInvalid,
		ReasonLoginFailed, ReasonLoginDelayed, ReasonLoginDisabled, ReasonLoginExists, ReasonLoginName,
		ReasonLastAdmin, ReasonPassphraseShort, ReasonPassphraseOld, ReasonPassphraseChange,
		ReasonPassphraseDiffer, ReasonOtherPerson, ReasonNoRecovery, ReasonRecoveryKey, ReasonRecipient,
		ReasonVisitOver, ReasonEvidenceExpired, ReasonDocumentExpired, ReasonDocumentMismatch,
		ReasonDocumentKind, ReasonPhotoMismatch, ReasonCardMismatch, ReasonCardBlocked, ReasonCardExpired,
		ReasonCardMissing, ReasonCardForeign, ReasonCardUnknown, ReasonCardOther, ReasonCardSuperseded, ReasonForSomeoneElse, ReasonUnsure, ReasonMRZOff, ReasonMRZUnreadable,
		ReasonIdentityAmbiguous, ReasonDateInvalid, ReasonDigitsInvalid, ReasonTooManyWrong, ReasonDayNeeded, ReasonShownToYou,
		ReasonNoLiveCode, ReasonCodeReplaced, ReasonCodeNotLive, ReasonChildUnder15, ReasonValidityInvalid,
		ReasonProgrammeMissing, ReasonProgrammeChoice, ReasonProgrammeChanged, ReasonBookletInvalid,
		ReasonBookletMissing, ReasonBookletTwice, ReasonBookletState, ReasonBookletFull, ReasonCountDiffers,
		ReasonInvoiceRepeated, ReasonOtherDecider, ReasonMainMissing, ReasonNotLate, ReasonReasonNeeded,
		ReasonOwnDecisions, ReasonPayoutFamily, ReasonNothingToPay, ReasonPayoutMissing, ReasonPayoutState, ReasonPayoutDiffers,
		ReasonCodeRedeemed, ReasonCodeExpired, ReasonCodeRevoked, ReasonCodeSuperseded, ReasonCodeBurned,
		ReasonCodeWrong, ReasonCodeUnreadable, ReasonCodeNotHanded,
		ReasonNoAccount, ReasonAccountExists, ReasonAccountDeleted, ReasonAccountEnding, ReasonNotBlocked,
		ReasonAlreadyBlocked, ReasonNothingAnnounced, ReasonNotRemembered, ReasonDeviceNotBound, ReasonWhyMissing,
		ReasonNoteTooLong, ReasonUndoOver, ReasonEventInvalid, ReasonEventStale,
		ReasonCardBlockedAlready, ReasonCardOrdered, ReasonNoCard, ReasonNoAddress, ReasonFactsMissing,
		ReasonFactsWrong, ReasonPhoneWrong, ReasonPhoneLocked,
		ReasonNotLinked, ReasonProofMissing, ReasonNotRepresented, ReasonSecondGuardian,
		ReasonApprovalMissing, ReasonApprovalGiven, ReasonApprovalRefused, ReasonApprovalUsed, ReasonApprovalExpired,
		ReasonApprovalWithdrawn, ReasonApprovalNotNeeded,
		ReasonBasisMissing, ReasonRetention, ReasonOpenMatters, ReasonErased,
		ReasonMemberNotFound, ReasonStaffNotFound, ReasonChangedMeanwhile, ReasonSettingInvalid,
		ReasonLockedStore, ReasonReadOnly, ReasonDiskFull, ReasonHeld, ReasonDamaged, ReasonNoDatabase,
		ReasonDatabaseExists, ReasonNewerSchema, ReasonMigrationDue, ReasonMigrationCopy, ReasonKeysMissing, ReasonFileRights, ReasonNetworkDisk,
		ReasonUnknownOutcome, ReasonUnavailable, ReasonSearchLoading, ReasonPrinter, ReasonInternal,
		ReasonClockSetBack, ReasonJournalShorter, ReasonJournalDiffers, ReasonNothingToAccept, ReasonRekeyRunning,
		ReasonNothingFound, ReasonOtherBranch,
	}
}

// WantsSecond reports whether a refusal is lifted by a second person who agrees:
// the table allows it, and one person alone may not.
func (r Reason) WantsSecond() bool {
	switch r {
	case ReasonSecondAlways, ReasonSecondInMonth, ReasonSecondRate, ReasonSecondAddress, ReasonSecondRelated, ReasonSecondGuardian:
		return true
	}
	return false
}
