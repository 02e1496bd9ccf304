package rights

// Operation is one thing a person can do. The text is stored in the journal
// and never changes meaning.
type Operation string

// The operations of the table, in its order.
const (
	Find              Operation = "find"
	FindNarrow        Operation = "find_narrow"
	Open              Operation = "open"
	OpenRelated       Operation = "open_related"
	Reveal            Operation = "reveal"
	HandOut           Operation = "hand_out"
	RevokeCode        Operation = "revoke_code"
	Unblock           Operation = "unblock"
	DeleteBinding     Operation = "delete_binding"
	DeleteAccount     Operation = "delete_account"
	CheckRegistration Operation = "check_registration"
	BlockCard         Operation = "block_card"
	OrderCard         Operation = "order_card"
	EnterBooklet      Operation = "enter_booklet"
	DecideBooklet     Operation = "decide_booklet"
	ReleaseBooklet    Operation = "release_booklet"
	PayOut            Operation = "pay_out"
	Approve           Operation = "approve"
	RecentCases       Operation = "recent_cases"
	ReadJournal       Operation = "read_journal"
	MemberReport      Operation = "member_report"
	MemberErase       Operation = "member_erase"
	Statistics        Operation = "statistics"
	ManageStaff       Operation = "manage_staff"
	ResetPassphrase   Operation = "reset_passphrase"
	MemberExport      Operation = "member_export"
	Configure         Operation = "configure"
	Rekey             Operation = "rekey"
	Restore           Operation = "restore"
	DisableLogin      Operation = "disable_login"
	MemberImport      Operation = "member_import"
	Backup            Operation = "backup"
	ResendOutbox      Operation = "resend_outbox"
	Practise          Operation = "practise"
)

// Condition says when a second person has to agree.
type Condition string

// The conditions for a second person.
const (
	Always           Condition = "always"
	SecondInMonth    Condition = "second_code_in_30_days"
	OverRate         Condition = "more_than_8_an_hour_or_30_a_day"
	AddressChanged   Condition = "address_changed_within_14_days"
	SumOrSample      Condition = "above_sum_or_sample"
	UnlinkedGuardian Condition = "unlinked_parent_or_guardian"
)

// Note is a rule beside the decision itself, told by `schalter policy` and by
// the help under an action; the use case enforces it.
type Note string

// The notes of the table.
const (
	PhoneByKVNROrName   Note = "phone_by_kvnr_or_name"
	PhoneNoBirthDates   Note = "phone_no_birth_dates"
	TwentyAnHour        Note = "twenty_an_hour"
	Journalled          Note = "journalled"
	Masked              Note = "masked"
	TwentySeconds       Note = "twenty_seconds"
	SupersedesLive      Note = "supersedes_live"
	AlwaysAllowed       Note = "always_allowed"
	OnlyWhenBlocked     Note = "only_when_blocked"
	NamesDevice         Note = "names_device"
	IdentificationAgain Note = "identification_again"
	NoticeToContact     Note = "notice_to_contact"
	PhoneDelayed        Note = "phone_delayed_24_hours"
	TypedConfirmation   Note = "typed_confirmation"
	EPALoginGoesToo     Note = "epa_login_goes_too"
	CountsOnThreeWrong  Note = "counts_on_three_wrong"
	SupportAllOrNothing Note = "support_all_or_nothing"
	SafeDirection       Note = "safe_direction"
	StoredAddressOnly   Note = "stored_address_only"
	BookletsByPost      Note = "booklets_by_post"
	NotOwnDecisions     Note = "not_own_decisions"
	CoversEveryDetail   Note = "covers_every_detail"
	OneHour             Note = "one_hour"
	ClerkForSupervisor  Note = "clerk_for_supervisor"
	NoStaffNames        Note = "no_staff_names"
	OwnBranch           Note = "own_branch"
	DocumentOrWritten   Note = "document_or_written"
	WhileNothingRuns    Note = "while_nothing_runs"
	NeverPerPerson      Note = "never_per_person"
	OneTimePassphrase   Note = "one_time_passphrase"
	SeesNoMember        Note = "sees_no_member"
	NothingReal         Note = "nothing_real"
)

// Need is what a channel asks for before an operation; a channel that is not
// open to the operation has no Need in the row.
type Need struct {
	Channel   Channel
	Assurance Assurance
	// Roles are those the need is for; none stands for all of the row.
	Roles RoleSet
	// Facts are told by the member and compared, where no identification is
	// asked for but some facts are.
	Facts []Fact
}

// Fact is something a member tells that must agree with the record.
type Fact string

// The facts.
const (
	Name      Fact = "name"
	BirthDate Fact = "birth_date"
	Postcode  Fact = "postcode"
)

// Row is one line of the table.
type Row struct {
	Operation Operation
	Roles     RoleSet
	Needs     []Need
	Second    []Condition
	// AfterEnd: also for a deceased member or one whose insurance ended.
	AfterEnd bool
	Notes    []Note
}

// need returns what the channel asks of a role; ok is false when the operation
// does not exist there.
func (r Row) need(c Channel, role Role) (Need, bool) {
	for _, n := range r.Needs {
		if n.Channel == c && (n.Roles == 0 || n.Roles.Has(role)) {
			return n, true
		}
	}
	return Need{}, false
}

// Table returns the whole table. The slice is the caller's own.
func Table() []Row {
	var (
		staff     = Roles(Clerk, Support, Supervisor)
		branch    = Roles(Clerk, Supervisor)
		admin     = Roles(Admin)
		everybody = Roles(AllRoles()...)
		anyDesk   = []Need{{Channel: Counter}, {Channel: Phone}}
		office    = []Need{{Channel: Counter}, {Channel: Phone}, {Channel: Console}}
		console   = []Need{{Channel: Console}}
		told      = []Fact{Name, BirthDate, Postcode}
		byFacts   = []Need{{Channel: Counter, Facts: told}, {Channel: Phone, Facts: told}}
		byPhone   = []Need{{Channel: Counter, Assurance: ByPhone}, {Channel: Phone, Assurance: ByPhone}}
	)
	return []Row{
		{
			Operation: Find, Roles: staff, Needs: office, AfterEnd: true,
			Notes: []Note{PhoneByKVNROrName, PhoneNoBirthDates},
		},
		{
			Operation: FindNarrow, Roles: staff, Needs: office, AfterEnd: true,
			Notes: []Note{Journalled, TwentyAnHour},
		},
		{
			Operation: Open, Roles: staff, Needs: office, AfterEnd: true,
			Notes: []Note{Masked, Journalled},
		},
		{
			Operation: OpenRelated, Roles: staff, Needs: anyDesk, Second: []Condition{Always}, AfterEnd: true,
			Notes: []Note{Masked, Journalled},
		},
		{
			Operation: Reveal, Roles: staff, Needs: []Need{{Channel: Counter, Assurance: ByPhone}, {Channel: Phone, Assurance: ByPhone}},
			Notes: []Note{TwentySeconds, Journalled},
		},
		{
			Operation: HandOut, Roles: branch, Needs: []Need{{Channel: Counter, Assurance: Full}},
			Second: []Condition{SecondInMonth, OverRate, AddressChanged, UnlinkedGuardian},
			Notes:  []Note{SupersedesLive},
		},
		{
			Operation: RevokeCode, Roles: staff, Needs: anyDesk, AfterEnd: true,
			Notes: []Note{AlwaysAllowed},
		},
		{
			Operation: Unblock, Roles: staff, Needs: byPhone,
			Notes: []Note{OnlyWhenBlocked},
		},
		{
			Operation: DeleteBinding, Roles: staff, Needs: byPhone,
			Notes: []Note{NamesDevice, IdentificationAgain, NoticeToContact},
		},
		{
			Operation: DeleteAccount, Roles: staff,
			Needs: []Need{{Channel: Counter, Assurance: Document}, {Channel: Phone, Assurance: ByPhone}},
			Notes: []Note{PhoneDelayed, NoticeToContact, TypedConfirmation, EPALoginGoesToo, IdentificationAgain},
		},
		{
			Operation: CheckRegistration, Roles: staff,
			Needs: []Need{
				{Channel: Counter, Assurance: Document, Roles: branch},
				{Channel: Counter, Roles: Roles(Support)},
				{Channel: Phone, Roles: Roles(Support)},
			},
			Notes: []Note{SupportAllOrNothing, CountsOnThreeWrong},
		},
		{
			Operation: BlockCard, Roles: staff, Needs: byFacts, AfterEnd: true,
			Notes: []Note{SafeDirection},
		},
		{
			Operation: OrderCard, Roles: staff, Needs: byFacts, Second: []Condition{AddressChanged},
			Notes: []Note{StoredAddressOnly},
		},
		{
			Operation: EnterBooklet, Roles: branch, Needs: anyDesk, AfterEnd: true,
			Notes: []Note{BookletsByPost},
		},
		{
			Operation: DecideBooklet, Roles: branch, Needs: anyDesk, Second: []Condition{SumOrSample}, AfterEnd: true,
			Notes: []Note{BookletsByPost},
		},
		{Operation: ReleaseBooklet, Roles: branch, Needs: anyDesk, Second: []Condition{Always}, AfterEnd: true},
		{
			Operation: PayOut, Roles: Roles(Supervisor), Needs: office, Second: []Condition{Always},
			Notes: []Note{NotOwnDecisions},
		},
		{
			Operation: Approve, Roles: branch, Needs: office, AfterEnd: true,
			Notes: []Note{ClerkForSupervisor, CoversEveryDetail, OneHour},
		},
		{
			Operation: RecentCases, Roles: staff, Needs: anyDesk, AfterEnd: true,
			Notes: []Note{NoStaffNames},
		},
		{
			Operation: ReadJournal, Roles: Roles(Auditor, Supervisor), Needs: office, AfterEnd: true,
			Notes: []Note{OwnBranch, Journalled},
		},
		{
			Operation: MemberReport, Roles: Roles(Supervisor, Auditor), Needs: office, AfterEnd: true,
			Notes: []Note{DocumentOrWritten, NoStaffNames, Journalled},
		},
		{
			Operation: MemberErase, Roles: Roles(Supervisor), Needs: office, Second: []Condition{Always}, AfterEnd: true,
			Notes: []Note{WhileNothingRuns},
		},
		{
			Operation: Statistics, Roles: Roles(Supervisor), Needs: office, AfterEnd: true,
			Notes: []Note{NeverPerPerson},
		},
		{
			Operation: ManageStaff, Roles: admin, Needs: console, Second: []Condition{Always},
			Notes: []Note{SeesNoMember, OneTimePassphrase},
		},
		{
			Operation: ResetPassphrase, Roles: admin, Needs: console, Second: []Condition{Always},
			Notes: []Note{OneTimePassphrase},
		},
		{Operation: MemberExport, Roles: admin, Needs: console, Second: []Condition{Always}, AfterEnd: true},
		{Operation: Configure, Roles: admin, Needs: console, Second: []Condition{Always}},
		{Operation: Rekey, Roles: admin, Needs: console, Second: []Condition{Always}},
		{Operation: Restore, Roles: admin, Needs: console, Second: []Condition{Always}},
		{Operation: DisableLogin, Roles: admin, Needs: console, Notes: []Note{SafeDirection}},
		{
			Operation: MemberImport, Roles: Roles(Admin, Service), Needs: console, AfterEnd: true,
			Notes: []Note{SeesNoMember},
		},
		{
			Operation: Backup, Roles: Roles(Admin, Service), Needs: console, AfterEnd: true,
			Notes: []Note{SeesNoMember},
		},
		{
			Operation: ResendOutbox, Roles: admin, Needs: console, AfterEnd: true,
			Notes: []Note{SeesNoMember},
		},
		{
			Operation: Practise, Roles: everybody, Needs: office, AfterEnd: true,
			Notes: []Note{NothingReal},
		},
	}
}
