package domain

// The states of everything that has states, in one table: what leads from where
// to where, and what is answered to a step that leads nowhere. Use cases ask
// Next before they write; a state they would not know is refused, too.

// Subject is a thing that has states.
type Subject string

// The subjects.
const (
	OfAccount  Subject = "account"
	OfDevice   Subject = "device"
	OfCode     Subject = "code"
	OfCard     Subject = "card"
	OfApproval Subject = "approval"
)

// AllSubjects lists every subject.
func AllSubjects() []Subject { return []Subject{OfAccount, OfDevice, OfCode, OfCard, OfApproval} }

// Step is something that happens to a subject.
type Step string

// The steps.
const (
	StepRegister Step = "register"
	StepBlock    Step = "block"
	StepUnblock  Step = "unblock"
	StepDelete   Step = "delete"
	StepAnnounce Step = "announce" // a deletion that runs later
	StepCancel   Step = "cancel"   // of an announced deletion
	// StepCancelBlocked: of a deletion that was announced for a blocked account.
	StepCancelBlocked Step = "cancel_blocked"
	StepUndo          Step = "undo"
	StepUndoBlocked   Step = "undo_blocked" // of something done to a blocked account
	StepBind          Step = "bind"
	StepUse           Step = "use"
	StepDeleteDevice  Step = "delete_device"
	StepIdentify      Step = "identify"
	StepMake          Step = "make"
	StepRedeem        Step = "redeem"
	StepExpire        Step = "expire"
	StepRevoke        Step = "revoke"
	StepSupersede     Step = "supersede"
	StepBurn          Step = "burn"
	StepOrder         Step = "order"
	StepDeliver       Step = "deliver"
	StepAsk           Step = "ask"
	StepApprove       Step = "approve"
	StepRefuse        Step = "refuse"
	StepWithdraw      Step = "withdraw"
)

// State is a state of any subject, as the number of its own enumeration.
type State uint8

// Move is one row: the step leads from one state to another.
type Move struct {
	Of   Subject
	From State
	By   Step
	To   State
}

// Moves returns every transition there is. The slice is the caller's own.
func Moves() []Move {
	var table []Move
	for _, m := range []struct {
		of   Subject
		rows []Move
	}{{OfAccount, accountMoves()}, {OfDevice, deviceMoves()}, {OfCode, codeMoves()}, {OfCard, cardMoves()}, {OfApproval, approvalMoves()}} {
		for _, row := range m.rows {
			row.Of = m.of
			table = append(table, row)
		}
	}
	return table
}

func move[S ~uint8](from S, by Step, to S) Move {
	return Move{From: State(from), By: by, To: State(to)}
}

func accountMoves() []Move {
	return []Move{
		move(AccountNone, StepRegister, AccountOpen),
		move(AccountDeleted, StepRegister, AccountOpen),
		move(AccountOpen, StepBlock, AccountBlocked),
		move(AccountEnding, StepBlock, AccountEnding),
		move(AccountBlocked, StepUnblock, AccountOpen),
		// What happens to bindings and identification leaves the account as it is,
		// except that a blocked one has no app code left that could be blocked.
		move(AccountOpen, StepDeleteDevice, AccountOpen),
		move(AccountBlocked, StepDeleteDevice, AccountBlocked),
		move(AccountEnding, StepDeleteDevice, AccountEnding),
		move(AccountOpen, StepIdentify, AccountOpen),
		move(AccountBlocked, StepIdentify, AccountBlocked),
		move(AccountEnding, StepIdentify, AccountEnding),
		move(AccountOpen, StepBind, AccountOpen),
		move(AccountBlocked, StepBind, AccountOpen), // setting up a device sets a new app code
		move(AccountEnding, StepBind, AccountEnding),
		move(AccountOpen, StepUse, AccountOpen),
		move(AccountBlocked, StepUse, AccountBlocked),
		move(AccountEnding, StepUse, AccountEnding),
		move(AccountOpen, StepAnnounce, AccountEnding),
		move(AccountBlocked, StepAnnounce, AccountEnding),
		move(AccountEnding, StepCancel, AccountOpen),
		move(AccountEnding, StepCancelBlocked, AccountBlocked),
		move(AccountOpen, StepDelete, AccountDeleted),
		move(AccountBlocked, StepDelete, AccountDeleted),
		move(AccountEnding, StepDelete, AccountDeleted),
		move(AccountOpen, StepUndo, AccountOpen),
		move(AccountDeleted, StepUndo, AccountOpen),
		move(AccountOpen, StepUndoBlocked, AccountBlocked),
		move(AccountBlocked, StepUndoBlocked, AccountBlocked),
		move(AccountDeleted, StepUndoBlocked, AccountBlocked),
	}
}

func deviceMoves() []Move {
	return []Move{
		move(DeviceUnknown, StepBind, DeviceBound),
		move(DeviceBound, StepBind, DeviceBound), // told again, with a newer version
		move(DeviceUnbound, StepBind, DeviceBound),
		move(DeviceBound, StepUse, DeviceBound),
		move(DeviceBound, StepDeleteDevice, DeviceUnbound),
		move(DeviceUnbound, StepUndo, DeviceBound),
	}
}

func codeMoves() []Move {
	return []Move{
		move(0, StepMake, CodeLive),
		move(CodeLive, StepRedeem, CodeRedeemed),
		move(CodeLive, StepExpire, CodeExpired),
		move(CodeLive, StepRevoke, CodeRevoked),
		move(CodeLive, StepSupersede, CodeSuperseded),
		move(CodeLive, StepBurn, CodeBurned),
	}
}

func cardMoves() []Move {
	return []Move{
		move(CardActive, StepBlock, CardBlocked),
		move(CardOrdered, StepBlock, CardBlocked),
		move(0, StepOrder, CardOrdered),
		move(CardOrdered, StepUndo, 0),
		move(CardOrdered, StepDeliver, CardActive),
	}
}

func approvalMoves() []Move {
	return []Move{
		move(0, StepAsk, ApprovalAsked),
		move(ApprovalAsked, StepApprove, ApprovalGiven),
		move(ApprovalAsked, StepRefuse, ApprovalRefused),
		move(ApprovalAsked, StepWithdraw, ApprovalWithdrawn),
		move(ApprovalAsked, StepExpire, ApprovalExpired),
		move(ApprovalGiven, StepUse, ApprovalUsed),
		move(ApprovalGiven, StepExpire, ApprovalExpired),
		move(ApprovalGiven, StepWithdraw, ApprovalWithdrawn),
	}
}

// Next is the state after a step, or why there is none: an error of kind Refused
// with the reason that belongs to the state and the step.
func Next[S ~uint8](of Subject, from S, by Step) (S, error) {
	for _, m := range Moves() {
		if m.Of == of && m.From == State(from) && m.By == by {
			return S(m.To), nil
		}
	}
	return from, Fail(Refused, StuckReason(of, State(from), by))
}

// StuckReason is what is answered when a step leads nowhere from a state.
func StuckReason(of Subject, from State, by Step) Reason {
	switch of {
	case OfAccount:
		return accountStuck(AccountState(from), by)
	case OfDevice:
		return ReasonDeviceNotBound
	case OfCode:
		return codeStuck(CodeState(from))
	case OfCard:
		return cardStuck(CardStatus(from), by)
	case OfApproval:
		return approvalStuck(ApprovalState(from))
	}
	return ReasonInternal
}

func accountStuck(from AccountState, by Step) Reason {
	switch {
	case by == StepUndo || by == StepUndoBlocked:
		return ReasonUndoOver
	case from == AccountNone:
		return ReasonNoAccount
	case from == AccountDeleted:
		return ReasonAccountDeleted
	case by == StepUnblock:
		return ReasonNotBlocked
	case by == StepCancel || by == StepCancelBlocked:
		return ReasonNothingAnnounced
	case from == AccountEnding:
		return ReasonAccountEnding
	case by == StepRegister:
		return ReasonAccountExists
	case from == AccountBlocked:
		return ReasonAlreadyBlocked
	}
	return ReasonInternal
}

func codeStuck(from CodeState) Reason {
	switch from {
	case CodeRedeemed:
		return ReasonCodeRedeemed
	case CodeExpired:
		return ReasonCodeExpired
	case CodeRevoked:
		return ReasonCodeRevoked
	case CodeSuperseded:
		return ReasonCodeSuperseded
	case CodeBurned:
		return ReasonCodeBurned
	}
	return ReasonCodeNotLive
}

func cardStuck(from CardStatus, by Step) Reason {
	switch {
	case by == StepOrder && from == CardOrdered:
		return ReasonCardOrdered
	case by == StepUndo:
		return ReasonUndoOver
	case from == CardBlocked:
		return ReasonCardBlockedAlready
	}
	return ReasonNoCard
}

func approvalStuck(from ApprovalState) Reason {
	switch from {
	case ApprovalRefused:
		return ReasonApprovalRefused
	case ApprovalUsed:
		return ReasonApprovalUsed
	case ApprovalExpired:
		return ReasonApprovalExpired
	case ApprovalWithdrawn:
		return ReasonApprovalWithdrawn
	case ApprovalGiven:
		return ReasonApprovalGiven
	}
	return ReasonApprovalMissing
}
