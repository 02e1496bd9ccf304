package desk

import (
	"context"
	"encoding/binary"
	"io"
	"slices"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/kvnr"
	"schalter/domain/rights"
)

// maxChecks is how many codes are checked at once: each takes 19 MiB and tens of
// milliseconds.
const maxChecks = 4

// Redemption is what the app backend sends when a member has typed a code.
type Redemption struct {
	// Key is the backend's own of this request: the same key is carried out once.
	Key  domain.RequestID
	KVNR kvnr.KVNR
	Code string // as typed
}

// Redeemed is what the backend may rely on: who was identified, and how.
type Redeemed struct {
	Case     code.Case
	At       time.Time
	Document domain.DocumentKind
}

// Redeem consumes an activation code; the member's identification is done with
// it. An attempt is counted and committed before it is checked, and five wrong
// ones burn the code. A wrong check symbol is found before that and costs nothing.
//
// A code that verifies and is over is ReasonCodeRedeemed, ReasonCodeExpired,
// ReasonCodeRevoked or ReasonCodeSuperseded. Everything else that is wrong is
// ReasonCodeWrong, and ReasonCodeBurned of kind Locked after five times; an unknown
// member is counted and answered, and takes as long, as a known one.
func (d *Desk) Redeem(ctx context.Context, r Redemption) (Redeemed, error) {
	if r.Key == (domain.RequestID{}) {
		return Redeemed{}, domain.Fail(domain.Invalid, domain.ReasonCodeUnreadable).WithField("key")
	}
	typed, err := d.typedCode(ctx, r.Code)
	if err != nil {
		return Redeemed{}, err
	}
	g, err := d.beginGuess(ctx, r)
	if err != nil || g.earlier != nil {
		return g.done(), err
	}
	found, err := d.check(ctx, g.codes, typed)
	if err != nil {
		return Redeemed{}, err
	}
	if found == "" {
		return Redeemed{}, d.wrongGuess(ctx, g)
	}
	var done Redeemed
	err = d.again(ctx, func() error {
		done, err = d.consume(ctx, g, found)
		return err
	})
	return done, err
}

// PlayPhone redeems a code for the visit's member as their telephone would. It
// exists in practice only, where nobody has one.
func (d *Desk) PlayPhone(ctx context.Context, a domain.Actor, id domain.VisitID, typed string) (Redeemed, error) {
	v, err := d.visit(ctx, a, id)
	if err != nil {
		return Redeemed{}, err
	}
	settings, _, err := d.Reader.Settings(ctx)
	if err != nil {
		return Redeemed{}, err
	}
	if !settings.Practice {
		return Redeemed{}, d.refuse(ctx, d.handing(v, domain.ActRefused), domain.ReasonChannelWrong)
	}
	m, _, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return Redeemed{}, err
	}
	key, err := d.NewRequest()
	if err != nil {
		return Redeemed{}, err
	}
	return d.Redeem(ctx, Redemption{Key: key, KVNR: m.KVNR, Code: typed})
}

// typedCode reads a code; in practice those made there count.
func (d *Desk) typedCode(ctx context.Context, text string) (code.Code, error) {
	settings, _, err := d.Reader.Settings(ctx)
	if err != nil {
		return "", err
	}
	parse := code.Parse
	if settings.Practice {
		parse = code.ParsePractice
	}
	typed, err := parse(text)
	if err != nil {
		return "", domain.Fail(domain.Invalid, domain.ReasonCodeUnreadable).WithField("code")
	}
	return typed, nil
}

// guess is an attempt under way.
type guess struct {
	key    domain.RequestID
	member domain.MemberID // 0: unknown
	// counter is where it is counted: the member's, or one that the unknown number
	// leads to.
	counter domain.MemberID
	codes   domain.Codes
	// earlier is the code that this very request redeemed before.
	earlier *domain.ActivationCode
}

func (g guess) done() Redeemed {
	if g.earlier == nil {
		return Redeemed{}
	}
	return Redeemed{Case: g.earlier.Case, At: g.earlier.EndedAt, Document: g.earlier.Document}
}

// unknownMember marks counters of numbers that nobody has.
const unknownMember = 1 << 63

// beginGuess counts an attempt, one at a time for each member.
func (d *Desk) beginGuess(ctx context.Context, r Redemption) (guess, error) {
	g := guess{key: r.Key}
	m, _, err := d.Reader.MemberByKVNR(ctx, r.KVNR)
	switch {
	case err == nil:
		g.member, g.counter = m.ID, m.ID
	case IsKind(err, domain.NotFound):
		l := d.Reader.Lookup(r.KVNR)
		g.counter = domain.MemberID(binary.BigEndian.Uint64(l[:8]) | unknownMember)
	default:
		return g, err
	}
	lane := &d.guessing[g.counter%domain.MemberID(len(d.guessing))]
	lane.Lock()
	defer lane.Unlock()
	err = d.again(ctx, func() error { return d.countGuess(ctx, &g) })
	return g, err
}

// guessWindow is how long attempts count where no code was made since.
const guessWindow = 24 * time.Hour

// unresolved is how long a counted attempt may wait for its verdict; after that
// the process that checked it has died, and it counts as wrong for good.
const unresolved = time.Minute

func (d *Desk) countGuess(ctx context.Context, g *guess) error {
	codes, _, err := d.Reader.Codes(ctx, g.counter)
	if err != nil {
		return err
	}
	g.codes = codes
	for i := range codes.List {
		if c := &codes.List[i]; c.Redeemed == g.key && g.key != (domain.RequestID{}) {
			g.earlier = c
			return nil
		}
	}
	answers, rev, err := d.Reader.Answers(ctx, g.counter)
	if err != nil {
		return err
	}
	answers.Member = g.counter
	answers.Guesses = d.counting(answers.Guesses, codes)
	for _, x := range answers.Guesses {
		if x.Key == g.key {
			return domain.Fail(domain.Refused, domain.ReasonCodeWrong)
		}
	}
	if len(answers.Guesses) >= domain.MaxGuesses {
		return d.tooMany(ctx, *g, answers.Guesses)
	}
	answers.Guesses = append(answers.Guesses, domain.Guess{Key: g.key, At: d.Now().Unix()})
	_, err = d.Writer.Commit(ctx, Change{Guards: []Guard{{answers.Ref(), rev}}, Put: []domain.Record{answers}})
	return err
}

// counting are the attempts that still count: those since the newest code was
// made, or of a day where there is no code that is live.
func (d *Desk) counting(list []domain.Guess, codes domain.Codes) []domain.Guess {
	since := d.Now().Add(-guessWindow)
	if n := len(codes.List); n > 0 {
		if newest := codes.List[n-1]; newest.StateAt(d.latest()) == domain.CodeLive || newest.CreatedAt.After(since) {
			since = newest.CreatedAt
		}
	}
	var kept []domain.Guess
	for _, x := range list {
		if x.At >= since.Unix() {
			kept = append(kept, x)
		}
	}
	return kept
}

// tooMany answers an attempt after the last. It burns a code that the death of a
// process has left live.
func (d *Desk) tooMany(ctx context.Context, g guess, list []domain.Guess) error {
	final := true
	for _, x := range list {
		final = final && (x.Wrong || d.Now().Sub(time.Unix(x.At, 0)) > unresolved)
	}
	if final {
		if err := d.burn(ctx, g); err != nil {
			return err
		}
	}
	return domain.Fail(domain.Locked, domain.ReasonCodeBurned)
}

// candidates is how many codes an attempt is compared with, the newest first:
// always as many, whoever it is about.
const candidates = 2

// check compares a typed code with the member's newest ones and returns the case
// of the one that it is, or nothing. It takes the same time for everybody.
func (d *Desk) check(ctx context.Context, codes domain.Codes, typed code.Code) (found code.Case, err error) {
	select {
	case d.checks <- struct{}{}:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	defer func() { <-d.checks }()
	for i := range candidates {
		var c domain.ActivationCode
		if n := len(codes.List) - 1 - i; n >= 0 {
			c = codes.List[n]
		}
		pepper, epoch, err := d.Peppers.Pepper(c.Hash.Pepper)
		if err != nil {
			return "", err
		}
		if c.Case == "" {
			var salt [16]byte
			if _, err := io.ReadFull(d.Random, salt[:]); err != nil {
				return "", domain.Fail(domain.Internal, domain.ReasonInternal).WithCause(err)
			}
			code.HashCode(typed, pepper, epoch, salt)
			continue
		}
		if c.Hash.Matches(typed, pepper) && found == "" {
			found = c.Case
		}
	}
	return found, nil
}

// wrongGuess writes the verdict down. The fifth burns the code. The journal takes
// the first failure and the burn.
func (d *Desk) wrongGuess(ctx context.Context, g guess) error {
	wrong := 0
	err := d.again(ctx, func() error {
		answers, rev, err := d.Reader.Answers(ctx, g.counter)
		if err != nil {
			return err
		}
		answers.Member = g.counter
		wrong = 0
		for i := range answers.Guesses {
			x := &answers.Guesses[i]
			if x.Key == g.key {
				x.Wrong = true
			}
			if x.Wrong {
				wrong++
			}
		}
		change := Change{Guards: []Guard{{answers.Ref(), rev}}, Put: []domain.Record{answers}}
		if wrong == 1 && g.member != 0 {
			e := d.byBackend(domain.ActCodeGuessed, g)
			e.Outcome, e.Reason = domain.Tried, domain.ReasonCodeWrong
			change.Entries = []domain.Entry{e}
		}
		_, err = d.Writer.Commit(ctx, change)
		return err
	})
	if err != nil {
		return err
	}
	if wrong >= domain.MaxGuesses {
		if err := d.burn(ctx, g); err != nil {
			return err
		}
	}
	return domain.Fail(domain.Refused, domain.ReasonCodeWrong)
}

// byBackend starts an entry about something that no staff did.
func (d *Desk) byBackend(act domain.Act, g guess) domain.Entry {
	return domain.Entry{At: d.Now(), Act: act, Operation: rights.HandOut, Outcome: domain.Done, Member: g.member}
}

// burn ends the live code of a member, if there is one.
func (d *Desk) burn(ctx context.Context, g guess) error {
	if g.member == 0 {
		return nil
	}
	return d.again(ctx, func() error {
		codes, rev, err := d.Reader.Codes(ctx, g.member)
		if err != nil {
			return err
		}
		live := codes.Live(d.latest())
		if live < 0 {
			return nil
		}
		c := &codes.List[live]
		if c.State, err = domain.Next(domain.OfCode, c.State, domain.StepBurn); err != nil {
			return err
		}
		c.EndedAt = d.Now()
		e := d.byBackend(domain.ActCodeBurned, g)
		e.Case, e.Count = c.Case, domain.MaxGuesses
		change := Change{
			Guards: []Guard{{codes.Ref(), rev}}, Put: []domain.Record{codes}, Entries: []domain.Entry{e},
			Delete: []domain.Ref{domain.Showing{Case: c.Case}.Ref()},
		}
		if !c.HandedOverAt.IsZero() {
			change.Events = []domain.Event{event(domain.EventCodeRevoked, g.member, *c, d.Now())}
		}
		_, err = d.Writer.Commit(ctx, change)
		return err
	})
}

// consume redeems the code of a case, if it still is as it was when it was
// checked. A code that the member typed before it was called handed over is
// handed over with that: they have it.
func (d *Desk) consume(ctx context.Context, g guess, number code.Case) (Redeemed, error) {
	now := d.Now()
	codes, codesRev, err := d.Reader.Codes(ctx, g.member)
	if err != nil {
		return Redeemed{}, err
	}
	answers, answersRev, err := d.Reader.Answers(ctx, g.member)
	if err != nil {
		return Redeemed{}, err
	}
	account, accountRev, err := d.Reader.Account(ctx, g.member)
	if err != nil {
		return Redeemed{}, err
	}
	c := codeOf(codes, number)
	if c == nil {
		return Redeemed{}, domain.Fail(domain.Refused, domain.ReasonCodeWrong)
	}
	answers.Guesses = without(answers.Guesses, g.key)
	counted := Change{Guards: []Guard{{answers.Ref(), answersRev}}, Put: []domain.Record{answers}}
	next, err := domain.Next(domain.OfCode, c.StateAt(d.latest()), domain.StepRedeem)
	if err != nil {
		if _, failed := d.Writer.Commit(ctx, counted); failed != nil {
			return Redeemed{}, failed
		}
		return Redeemed{}, err
	}
	e := d.byBackend(domain.ActCodeRedeemed, g)
	e.Case, e.Document, e.Assurance, e.Purpose = number, c.Document, c.Assurance, c.Purpose
	change := Change{
		Guards:  []Guard{{codes.Ref(), codesRev}, {answers.Ref(), answersRev}, {account.Ref(), accountRev}},
		Entries: []domain.Entry{e},
	}
	if c.HandedOverAt.IsZero() {
		if err := d.handOverWith(ctx, &change, c); err != nil {
			return Redeemed{}, err
		}
	}
	c.State, c.EndedAt, c.Redeemed = next, now, g.key
	account = cloneAccount(account)
	if !account.State.Exists() {
		// Whoever redeems a code has an account; the backend has not told us of it.
		account = domain.Account{Member: g.member, State: domain.AccountOpen, RegisteredAt: now, Devices: account.Devices, Notes: account.Notes}
	}
	account.Identified = domain.Identification{By: domain.ByActivationCode, At: now}
	answers.Guesses = nil
	change.Put = append(change.Put, codes, answers, account)
	if _, err := d.Writer.Commit(ctx, change); err != nil {
		return Redeemed{}, err
	}
	return Redeemed{Case: number, At: now, Document: c.Document}, nil
}

// handOverWith counts a code that is redeemed while it is on the screen towards
// the limits of who made it.
func (d *Desk) handOverWith(ctx context.Context, change *Change, c *domain.ActivationCode) error {
	now := d.Now()
	settings, _, err := d.Reader.Settings(ctx)
	if err != nil {
		return err
	}
	staff, _, err := d.Reader.Staff(ctx, c.Staff)
	if err != nil {
		return err
	}
	tally, rev, err := d.Reader.Tally(ctx, staff.Person)
	if err != nil {
		return err
	}
	if overRate(tally, settings, now) && c.Second == 0 {
		return domain.Fail(domain.Refused, domain.ReasonCodeNotHanded)
	}
	tally.Person = staff.Person
	tally.HandedOut = append(within(tally.HandedOut, now, 24*time.Hour), now.Unix())
	c.HandedOverAt = now
	change.Guards = append(change.Guards, Guard{tally.Ref(), rev})
	change.Put = append(change.Put, tally)
	return nil
}

func without(list []domain.Guess, key domain.RequestID) []domain.Guess {
	return slices.DeleteFunc(slices.Clone(list), func(x domain.Guess) bool { return x.Key == key })
}
