package bonus

// Code is the stable word for why a line is as it is. Texts for people are
// elsewhere; statistics and letters branch on these.
type Code string

// What became of a stamp or a measure.
const (
	// OK: paid or counted in full.
	OK Code = "ok"
	// Counted: a unit of a group that pays by their number.
	Counted Code = "counted"
	// Early: an exam whose year is still to come; kept for then.
	Early Code = "early"
	// CutToCost and CutByGroupCap: paid in part, or not at all any more.
	CutToCost     Code = "cut_to_cost"
	CutByGroupCap Code = "cut_by_group_cap"
	// NotRequired: a gate does not ask for it, see Reason.Cause.
	NotRequired Code = "not_required"
	// Missing: a gate asks for it in vain, see Reason.Cause and Reason.Exam.
	Missing Code = "missing"
)

// Why a stamp was not accepted, in the order of the tests.
const (
	NoDate              Code = "no_date"
	WrongYear           Code = "wrong_year"
	AfterHandin         Code = "after_handin"
	NoEvidence          Code = "no" // no_TOKEN, see Reason.Token
	ProviderNotLicensed Code = "provider_not_licensed"
	OutsideInsurance    Code = "outside_insurance"
	NotEntitled         Code = "not_entitled"
	NotEntitledInterval Code = "not_entitled_interval"
	NoCost              Code = "no_cost"
	NoValue             Code = "no_value"
	ValueOutOfRange     Code = "value_out_of_range"
	OutsideWindow       Code = "outside_window"
	Duplicate           Code = "duplicate"
	NeedsCompanion      Code = "needs_companion"
)

// Why a group does not pay what was accepted.
const (
	PrerequisiteMissing Code = "prerequisite_missing"
	BelowMinCount       Code = "below_min_count"
	NeedsMissing        Code = "needs_missing"
	OverMaxCount        Code = "over_max_count"
	// NoProof: nothing was accepted at all.
	NoProof Code = "no_proof"
)

// Why a gate does not ask for a measure.
const (
	CauseAge       Code = "age"
	CauseSex       Code = "sex"
	CauseInsuredAs Code = "insured_as"
	CauseInterval  Code = "interval"
	CauseWindow    Code = "window"
	CauseManual    Code = "manual"
	CauseNever     Code = "never"
)

// What makes the total beside groups.
const (
	// CutByCap: a cap over several groups.
	CutByCap Code = "cut_by_cap"
	// CutToMax: the most that an option pays.
	CutToMax Code = "cut_to_max"
)

// Why a booklet is refused as a whole, in the order in which the first counts.
const (
	NoTrack              Code = "no_track"
	Late                 Code = "late"
	MembershipTerminated Code = "membership_terminated"
	NoActiveMembership   Code = "no_active_membership"
	InsuredTooShort      Code = "insured_too_short"
	NotInsuredWhole      Code = "not_insured_whole_period"
)

// Codes returns every code, for those who must have words for each.
func Codes() []Code {
	return []Code{
		OK, Counted, Early, CutToCost, CutByGroupCap, NotRequired, Missing,
		NoDate, WrongYear, AfterHandin, NoEvidence, ProviderNotLicensed, OutsideInsurance, NotEntitled,
		NotEntitledInterval, NoCost, NoValue, ValueOutOfRange, OutsideWindow, Duplicate, NeedsCompanion,
		PrerequisiteMissing, BelowMinCount, NeedsMissing, OverMaxCount, NoProof,
		CauseAge, CauseSex, CauseInsuredAs, CauseInterval, CauseWindow, CauseManual, CauseNever,
		CutByCap, CutToMax,
		NoTrack, Late, MembershipTerminated, NoActiveMembership, InsuredTooShort, NotInsuredWhole,
	}
}

// Reason is a code with what it speaks of.
type Reason struct {
	Code Code
	// Cause of not_required and missing: missing:U4:no_date has the cause no_date.
	Cause Code
	// Exam of a series that is missing.
	Exam string
	// Token is the evidence that no_TOKEN asks for, as code or as cause.
	Token string
}

// accepted reports whether no test has failed.
func (r Reason) accepted() bool { return r.Code == "" }

// String is the reason as results write it: ok, no_invoice, not_required:age,
// missing, missing:no_stamp, missing:U4:outside_window.
func (r Reason) String() string {
	s := r.word(r.Code)
	if r.Exam != "" {
		s += ":" + r.Exam
	}
	if r.Cause != "" {
		s += ":" + r.word(r.Cause)
	}
	return s
}

func (r Reason) word(c Code) string {
	if c == NoEvidence {
		return "no_" + r.Token
	}
	return string(c)
}

// missing is the reason of a measure that a gate lacks because of a refused
// stamp; without one the cause is empty.
func missing(exam string, refused Reason) Reason {
	return Reason{Code: Missing, Exam: exam, Cause: refused.Code, Token: refused.Token}
}
