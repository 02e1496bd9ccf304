package desk_test

import (
	"strings"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/rights"
)

// read collects what a query gives.
func (c *counter) read(a domain.Actor, q desk.JournalQuery) ([]desk.JournalLine, error) {
	lines, err := c.ReadJournal(c.t.Context(), a, q)
	if err != nil {
		return nil, err
	}
	var all []desk.JournalLine
	for line, err := range lines {
		if err != nil {
			return nil, err
		}
		all = append(all, line)
	}
	return all, nil
}

// TestReadJournal: every condition narrows, and the reading itself is the newest
// entry.
func TestReadJournal(t *testing.T) {
	c := open(t)
	m, clerk := c.member(), c.clerk()
	auditor := c.staff("revision", rights.Roles(rights.Auditor), desk.Place{Channel: rights.Console})
	c.advance(time.Hour)
	later := *c.clock.Load()
	c.visit(clerk, m, "")
	all, err := c.read(auditor, desk.JournalQuery{})
	if err != nil || len(all) < 5 {
		t.Fatalf("%d entries, %v", len(all), err)
	}
	last := all[len(all)-1]
	if last.Act != domain.ActJournalRead || last.Login != "revision" || last.Object != "journal:" {
		t.Errorf("the newest entry is %+v", last)
	}
	for _, row := range []struct {
		reason string
		q      desk.JournalQuery
		want   func(desk.JournalLine) bool
	}{
		{"from a time on", desk.JournalQuery{From: later}, func(l desk.JournalLine) bool { return !l.At.Before(later) }},
		{"up to a time", desk.JournalQuery{To: later}, func(l desk.JournalLine) bool { return l.At.Before(later) }},
		{"by staff", desk.JournalQuery{Staff: clerk.Login}, func(l desk.JournalLine) bool { return l.Login == clerk.Login }},
		{"by act", desk.JournalQuery{Act: domain.ActOpened}, func(l desk.JournalLine) bool { return l.Act == domain.ActOpened }},
		{"by operation", desk.JournalQuery{Operation: rights.Open}, func(l desk.JournalLine) bool { return l.Operation == rights.Open }},
		{"by outcome", desk.JournalQuery{Outcome: domain.Done}, func(l desk.JournalLine) bool { return l.Outcome == domain.Done }},
		{"by member", desk.JournalQuery{Member: m.KVNR}, func(l desk.JournalLine) bool { return l.Pseudonym == m.Pseudonym }},
		{"by branch", desk.JournalQuery{Branch: "Musterstadt"}, func(l desk.JournalLine) bool { return l.Branch == "Musterstadt" }},
		{"by seat", desk.JournalQuery{Seat: "1"}, func(l desk.JournalLine) bool { return l.Seat == "1" }},
	} {
		for _, newest := range []bool{false, true} {
			row.q.Newest = newest
			got, err := c.read(auditor, row.q)
			if err != nil || len(got) == 0 {
				t.Errorf("%s: %d entries, %v", row.reason, len(got), err)
			}
			for i, line := range got {
				if !row.want(line) {
					t.Errorf("%s: %+v", row.reason, line)
				}
				if i > 0 && (got[i-1].Seq < line.Seq) == newest {
					t.Errorf("%s: entry %d behind %d", row.reason, line.Seq, got[i-1].Seq)
				}
			}
		}
	}
	if got, err := c.read(auditor, desk.JournalQuery{Limit: 2, Newest: true}); err != nil || len(got) != 2 {
		t.Errorf("two of them: %d, %v", len(got), err)
	}
	for _, line := range all {
		if strings.Contains(line.Object, string(m.KVNR)) {
			t.Errorf("the number of a member stands in %+v", line)
		}
	}
	if lines, err := c.store.Cases(t.Context(), m.ID, 10); err != nil || len(lines) != 0 {
		t.Errorf("reading the journal is no case of the member: %+v, %v", lines, err)
	}
}

// TestReadJournalOwnBranch: the nearest wrong person and the nearest wrong branch
// are refused, and that is journalled.
func TestReadJournalOwnBranch(t *testing.T) {
	c := open(t, func(s *domain.Settings) {
		s.Branches = append(s.Branches, domain.Branch{Name: "Anderstadt", Seats: []string{"1"}})
	})
	clerk := c.clerk()
	lead := c.login("leitung", desk.Place{Channel: rights.Console})
	_, err := c.read(clerk, desk.JournalQuery{})
	refused(t, err, domain.ReasonRoleMissing)
	_, err = c.read(lead, desk.JournalQuery{}) // of two branches, none is theirs
	refused(t, err, domain.ReasonOtherBranch)
	auditor := c.staff("revision", rights.Roles(rights.Auditor), desk.Place{Channel: rights.Console})
	got, err := c.read(auditor, desk.JournalQuery{Outcome: domain.RefusedOutcome, Operation: rights.ReadJournal})
	if err != nil || len(got) != 2 {
		t.Errorf("%d refusals, %v; want 2", len(got), err)
	}

	c = open(t)
	c.clerk()
	lead = c.login("leitung", desk.Place{Channel: rights.Console})
	got, err = c.read(lead, desk.JournalQuery{})
	if err != nil || len(got) == 0 {
		t.Fatalf("%d entries, %v", len(got), err)
	}
	for _, line := range got {
		if line.Branch != "Musterstadt" {
			t.Errorf("a supervisor reads %+v", line)
		}
	}
	_, err = c.read(lead, desk.JournalQuery{Branch: "Anderstadt"})
	refused(t, err, domain.ReasonOtherBranch)
}

// TestClockAheadAndBack is the year a clock was ahead for an hour: what was made
// in it ends when people accept the clock, and everything goes on.
func TestClockAheadAndBack(t *testing.T) {
	c := open(t)
	m, a := c.member(), c.clerk()
	c.advance(365 * 24 * time.Hour)
	v := c.visit(a, m, "")
	c.identify(a, v)
	if _, err := c.issue(a, v); err != nil {
		t.Fatal(err)
	}
	if err := c.handOver(a, v); err != nil {
		t.Fatal(err)
	}
	c.advance(-365 * 24 * time.Hour)
	admin, lead := desk.Credentials{Login: "admin", Passphrase: []byte(passphrase)}, desk.Credentials{Login: "leitung", Passphrase: []byte(passphrase)}
	_, err := c.Login(t.Context(), admin, desk.Place{Channel: rights.Console})
	refused(t, err, domain.ReasonClockSetBack)
	refused(t, c.AcceptClock(t.Context(), admin, desk.Credentials{}, "x"), domain.ReasonSecondAlways)
	refused(t, c.AcceptClock(t.Context(), lead, admin, "x"), domain.ReasonRoleMissing)
	refused(t, c.AcceptClock(t.Context(), admin, admin, "x"), domain.ReasonSecondSame)
	if err := c.AcceptClock(t.Context(), admin, lead, "clock was a year ahead"); err != nil {
		t.Fatal(err)
	}
	refused(t, c.AcceptClock(t.Context(), admin, lead, "again"), domain.ReasonNothingToAccept)
	if got := c.states(m); got[0] != domain.CodeRevoked {
		t.Errorf("the code of the future is %v", got)
	}
	if _, err := c.Login(t.Context(), admin, desk.Place{Channel: rights.Console}); err != nil {
		t.Errorf("login after it: %v", err)
	}
	auditor := c.staff("revision", rights.Roles(rights.Auditor), desk.Place{Channel: rights.Console})
	before := now.Add(24 * time.Hour)
	got, err := c.read(auditor, desk.JournalQuery{To: before})
	if err != nil || len(got) == 0 || got[len(got)-1].Act != domain.ActJournalRead {
		t.Fatalf("%d entries, %v", len(got), err)
	}
	accepted := 0
	for _, line := range got {
		if !line.At.Before(before) {
			t.Errorf("an entry of the future: %+v", line)
		}
		if line.Act == domain.ActClockAccepted && line.Object == "reason:clock was a year ahead" && line.SecondLogin == "leitung" {
			accepted++
		}
	}
	if accepted != 1 {
		t.Errorf("the journal says %d times that the clock was accepted", accepted)
	}
}
