package bonus_test

import (
	"testing"

	"schalter/domain/bonus"
)

// Rows by the numbers of the decisions on what the seed's text leaves open. They
// stand beside the shared cases and try the day, the age or the cent next to
// where these stop.
func TestAmbiguities(t *testing.T) { run(t, ambiguities()) }

func ambiguities() []spec {
	const (
		adult = "checkup 2024-02-19; krebs 2024-04-23; zahn 2024-06-12; "
		child = "zahn_kind 2024-02-01; zahn_kind 2024-09-01; impf 2024-03-01; "
	)
	kid := all(born(2016_05_05), func(b *bonus.Booklet) { b.Person.InsuredAs = bonus.Family })
	return []spec{
		{
			reason: "15 on the last day of the year: an adult", says: "A01: age on 31.12.; the whole year is adult",
			with: born(2009_12_31), stamps: "zahn 2024-01-10; zahn 2024-07-10", track: "erwachsene", total: 3000,
		},
		{
			reason: "15 on New Year's Day: still a child", says: "A02: born 01.01.: still younger on 31.12.",
			with: born(2010_01_01), stamps: child, track: "kind", total: 3000,
		},
		{
			reason: "a child-only stamp of the year of the 15th birthday is lost", says: "A01",
			with: born(2009_12_31), stamps: "zahn 2024-01-10; zahn 2024-07-10; k_abzeichen 2024-05-05 cost=500", total: 3000,
			lines: "stufe1 checkup 0 not_required:age; stufe1 krebs 0 not_required:age; stufe1 zahn 0 ok",
		},
		{
			reason: "the check-up before the 35th birthday does not count", says: "A03: completed 35th year", with: born(1989_05_10),
			stamps: "checkup 2024-05-09; krebs 2024-04-23; zahn 2024-06-12", total: 3000,
			lines: "stufe1 checkup 0 not_required:age; stufe1 krebs 0 ok; stufe1 zahn 0 ok",
		},
		{
			reason: "35 on New Year's Day: the check-up is due", says: "A04: required only if the age was reached by 01.01.", with: born(1989_01_01),
			stamps: "krebs 2024-04-23; zahn 2024-06-12",
			lines:  "stufe1 checkup 0 missing; stufe1 krebs 0 ok; stufe1 zahn 0 ok",
		},
		{
			reason: "a man of 45 since January", says: "A04: men 45", with: person(bonus.Man, 1979_01_02), stamps: "checkup 2024-02-19; zahn 2024-06-12", total: 3000,
			lines: "stufe1 checkup 0 ok; stufe1 krebs 0 not_required:age; stufe1 zahn 0 ok",
		},
		{
			reason: "a man of 45 before the year began", says: "A04: men 45", with: person(bonus.Man, 1979_01_01), stamps: "checkup 2024-02-19; zahn 2024-06-12",
			lines: "stufe1 checkup 0 ok; stufe1 krebs 0 missing; stufe1 zahn 0 ok",
		},
		{
			reason: "any proof of last year's check-up will do, even without a day", says: "A05: done in Y-1 -> not required in Y",
			with: history("checkup", "", 2023_00_00), stamps: "krebs 2024-04-23; zahn 2024-06-12", total: 3000,
		},
		{
			reason: "two years ago is long enough", says: "A05, A06: the file says 2 as printed",
			with: history("checkup", "", 2022_12_31), stamps: "krebs 2024-04-23; zahn 2024-06-12",
		},
		{
			reason: "dental at 17: one in each half-year", says: "A07", with: born(2007_01_01), stamps: "zahn 2024-02-01",
			lines: "stufe1 checkup 0 not_required:age; stufe1 krebs 0 not_required:age; stufe1 zahn 0 missing",
		},
		{
			reason: "dental in the year of the 18th birthday: one", says: "A07: from the year of the 18th birthday one a year", with: born(2006_12_31),
			stamps: "zahn 2024-02-01", total: 3000,
		},
		{
			reason: "a lump sum is not cut to the fee", says: "A08: not for lump sums", stamps: adult + "fitness 2024-12-01 cost=100", total: 7000,
		},
		{
			reason: "the original invoice replaces the stamp", says: "A09: invoice replaces the stamp", stamps: adult + "erw_augen 2024-03-03 cost=1500 evidence=invoice", total: 4500,
		},
		{
			reason: "several invoices of one kind add up to the maximum", says: "A09: sum of invoices up to 40",
			stamps: adult + "erw_augen 2024-03-03 cost=3900 evidence=invoice; erw_augen 2024-04-03 cost=101 evidence=invoice", total: 7000,
		},
		{
			reason: "two clubs pay once", says: "A10: each numbered item once a year", stamps: adult + "verein 2024-02-02; verein 2024-03-03", total: 5000,
		},
		{
			reason: "the donor card is shown again each year", says: "A11: yes, every year", stamps: adult + "organspende 2023-12-31 evidence=seen", total: 3000,
		},
		{
			reason: "a health record stamped is good, too", says: "A11: staff see card or copy at hand-in", stamps: adult + "ega 2024-05-05", total: 4000,
		},
		{
			reason: "the third group needs no maximum", says: "A13: 4 x 10 = 40", total: 7000,
			stamps: adult + "blutspende 2024-01-05; organspende 2024-01-05 evidence=seen; erste_hilfe 2024-01-05 evidence=certificate; ega 2024-01-05 evidence=copy",
		},
		{
			reason: "everything an adult can prove", says: "A31: total 150, by itself the sum of parts", total: 15000,
			stamps: adult + "erw_augen 2024-03-03 cost=9900 evidence=invoice; fitness 2024-01-05; verein 2024-01-05; abzeichen 2024-01-05; ag_sport 2024-01-05; " +
				"blutspende 2024-01-05; organspende 2024-01-05 evidence=seen; erste_hilfe 2024-01-05 evidence=certificate; ega 2024-01-05 evidence=copy",
			groups: "stufe1 ok 3000; vorsorge ok 4000; sport ok 4000; verhalten ok 4000",
		},
		{
			reason: "a child's stage II depends on stage I", says: "A14", with: kid, stamps: "impf 2024-03-01; k_bjs 2024-06-01 cost=500 evidence=certificate",
			lines: "kind1 u_unters 0 not_required:window; kind1 zahn_kind 0 missing; kind1 impf 0 ok; kind2 k_bjs 0 prerequisite_missing",
		},
		{
			reason: "a child's stage II pays what was proven, at most 20", says: "A15", with: kid,
			stamps: child + "k_bjs 2024-06-01 cost=300 evidence=certificate; k_sport 2024-06-01 cost=1500; k_sport 2024-07-01 cost=1500",
			lines: "kind1 u_unters 0 not_required:window; kind1 zahn_kind 0 ok; kind1 impf 0 ok; " +
				"kind2 k_sport 1500 ok; kind2 k_sport 500 cut_by_group_cap; kind2 k_bjs 0 cut_by_group_cap", total: 5000,
		},
		{
			reason: "J1 is owed in the year of the 14th birthday", says: "A16: J1 by the 14th birthday", with: born(2010_06_15), stamps: child,
			lines: "kind1 u_unters 0 missing:J1:missing; kind1 zahn_kind 0 ok; kind1 impf 0 ok",
		},
		{
			reason: "an exam before its tolerance", says: "A17: only within the times", with: born(2019_08_20),
			stamps: "u_unters 2024-05-19 exam=U9; impf 2024-03-01", total: 3000,
			lines: "kind1 u_unters 0 not_required:window; kind1 zahn_kind 0 not_required:age; kind1 impf 0 ok",
		},
		{
			reason: "a child that joined after the exam was due", says: "A18", with: all(born(2023_01_10), insured(2024_06_01, 0)),
			stamps: "impf 2024-07-01", total: 3000,
			lines: "kind1 u_unters 0 not_required:window; kind1 zahn_kind 0 not_required:age; kind1 impf 0 ok",
		},
		{
			reason: "a child's dentist twice on one day", says: "A19: two different days", with: kid, stamps: "zahn_kind 2024-02-01; zahn_kind 2024-02-01; impf 2024-03-01",
			lines: "kind1 u_unters 0 not_required:window; kind1 zahn_kind 0 missing:duplicate; kind1 impf 0 ok",
		},
		{
			reason: "the year of the 6th birthday is voluntary", says: "A19: from the year after the 6th birthday", with: born(2018_01_02), stamps: "impf 2024-03-01", total: 3000,
			lines: "kind1 u_unters 0 not_required:window; kind1 zahn_kind 0 not_required:age; kind1 impf 0 ok",
		},
		{
			reason: "born on New Year's Day it is not", says: "A19: from the year after the 6th birthday", with: born(2018_01_01), stamps: "impf 2024-03-01",
			lines: "kind1 u_unters 0 not_required:window; kind1 zahn_kind 0 missing; kind1 impf 0 ok",
		},
		{
			reason: "vaccination seen in the book only by staff", says: "A20: doctor's word or vaccination book seen", with: kid,
			stamps: "zahn_kind 2024-02-01; zahn_kind 2024-09-01; impf 2024-03-01 evidence=copy",
			lines:  "kind1 u_unters 0 not_required:window; kind1 zahn_kind 0 ok; kind1 impf 0 missing:no_stamp",
		},
		{
			reason: "a family-insured child whose parent has left", says: "A22: the main member's, on the payout day", stamps: child,
			with: all(kid, func(b *bonus.Booklet) {
				b.Main = &bonus.Membership{Known: true, From: 2010_01_01, To: 2025_03_19}
			}),
			refusal: bonus.NoActiveMembership, lost: 3000,
		},
		{
			reason: "notice refuses even if membership runs on", says: "A23", stamps: adult,
			with:    func(b *bonus.Booklet) { b.Membership.TerminatedOn, b.Membership.To = 2025_03_20, 2025_05_31 },
			refusal: bonus.MembershipTerminated, lost: 3000,
		},
		{
			reason: "a stamp from another insurer's time opens stage I", says: "A24", with: insured(2024_12_01, 0),
			stamps: adult + "fitness 2024-11-30; verein 2024-12-01", total: 5000,
			lines: "stufe1 checkup 0 ok; stufe1 krebs 0 ok; stufe1 zahn 0 ok; sport fitness 0 outside_insurance; sport verein 2000 ok",
		},
		{
			reason: "no stamp after the hand-in", says: "A25", with: handin(2024_06_11), stamps: adult,
			lines: "stufe1 checkup 0 ok; stufe1 krebs 0 ok; stufe1 zahn 0 missing:after_handin",
		},
		{
			reason: "a refused booklet is history", says: "A26: counts: the exam happened", with: history("checkup", "", 2023_04_02),
			stamps: "krebs 2024-04-23; zahn 2024-06-12", total: 3000,
		},
		{
			reason: "screening is not demanded of a person of no or other sex entry", says: "A27", with: person(bonus.Diverse, 1980_05_10),
			stamps: "checkup 2024-02-19; zahn 2024-06-12", total: 3000,
			lines: "stufe1 checkup 0 ok; stufe1 krebs 0 not_required:sex; stufe1 zahn 0 ok",
		},
		{
			reason: "a stamp without a day does not count, and may be completed", says: "A29", stamps: "checkup 2024-02-19; krebs 2024-04-23; zahn 2024-06-00",
			lines: "stufe1 checkup 0 ok; stufe1 krebs 0 ok; stufe1 zahn 0 missing:no_date",
		},
		{
			reason: "half of stage I is nothing", says: "A30: lump for complete proof", stamps: "checkup 2024-02-19; krebs 2024-04-23",
			lines: "stufe1 checkup 0 ok; stufe1 krebs 0 ok; stufe1 zahn 0 missing",
		},
		{
			reason: "an exam that cannot be", says: "A33: release by staff with reason = not entitled", with: exempt("krebs"), stamps: "checkup 2024-02-19; zahn 2024-06-12", total: 3000,
			lines: "stufe1 checkup 0 ok; stufe1 krebs 0 not_required:manual; stufe1 zahn 0 ok",
		},
		{
			reason: "any confirmation of the club in the year", says: "A35", stamps: adult + "fitness 2024-12-31 evidence=certificate", total: 7000,
		},
	}
}

// The seed's credit goes to the main member, and a spouse's booklet is an
// adult's.
func TestCreditOfTheSeed(t *testing.T) {
	b := woman44()
	b.Person.InsuredAs = bonus.Family
	b.Stamps = stampsOf(t, "checkup 2024-02-19; krebs 2024-04-23; zahn 2024-06-12")
	d, err := bonus.Seed().Decide(b)
	if err != nil || d.Track != "erwachsene" || d.Credit != (bonus.Credit{ToMain: true, As: "contribution_credit"}) {
		t.Errorf("A28: got %v %+v, %v", d.Track, d.Credit, err)
	}
}
