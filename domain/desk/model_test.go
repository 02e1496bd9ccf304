package desk_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/desk"
	"schalter/domain/kvnr"
	"schalter/domain/rights"
)

// model is a branch in which several people do anything at once, to the same few
// members. What they were told was done is counted, and compared with what is
// stored afterwards.
type model struct {
	*counter
	members []domain.Member
	codes   sync.Map // code.Code by member
	done    sync.Map // *atomic.Int64 by act
	events  atomic.Int64
}

// count notes an operation that was acknowledged.
func (m *model) count(act domain.Act, err error) bool {
	if err != nil {
		return false
	}
	n, _ := m.done.LoadOrStore(act, new(atomic.Int64))
	n.(*atomic.Int64).Add(1)
	return true
}

// person is one of them, at a seat of their own.
type person struct {
	*model
	dice   *rand.Rand
	actor  domain.Actor
	second desk.Credentials
	member domain.Member
	visit  domain.VisitID
	undo   code.Case
}

// next has the person serve the next member.
func (p *person) next() {
	p.member = p.members[p.dice.IntN(len(p.members))]
	v, err := p.Open(p.t.Context(), p.actor, desk.Opening{Member: p.member.ID})
	if err != nil {
		p.t.Error(err)
		return
	}
	p.visit, p.undo = v, ""
	ctx := p.t.Context()
	_ = p.ChooseDocument(ctx, p.actor, v, domain.IdentityCard)
	_ = p.BirthDate(ctx, p.actor, v, "140362")
	_ = p.ValidUntil(ctx, p.actor, v, "0829")
	_ = p.Photo(ctx, p.actor, v, true)
	_ = p.Card(ctx, p.actor, v, p.member.Cards[0].ICCSN.Last6())
}

// act does one thing at random.
func (p *person) act() {
	ctx := p.t.Context()
	switch p.dice.IntN(12) {
	case 0:
		p.next()
	case 1, 2:
		shown, err := p.Issue(ctx, p.actor, p.visit, p.request(), domain.NewDevice)
		if p.count(domain.ActCodeCreated, err) {
			p.codes.Store(p.member.ID, shown.Code)
		}
	case 3:
		p.count(domain.ActCodeHandedOver, p.HandedOver(ctx, p.actor, p.visit, p.request()))
	case 4:
		p.redeem()
	case 5:
		p.redeem()
	case 6:
		done, err := p.DeleteDevices(ctx, p.actor, p.visit, p.request(), nil, lost)
		if p.count(domain.ActDeviceDeleted, err) {
			p.undo = done.Case
		}
	case 7:
		done, err := p.DeleteAccount(ctx, p.actor, p.visit, p.request(), lost)
		if p.count(domain.ActAccountDeleted, err) {
			p.undo = done.Case
		}
	case 8:
		if p.undo != "" {
			p.count(domain.ActUndone, p.Undo(ctx, p.actor, p.visit, p.request(), p.undo))
		}
	case 9:
		p.told()
	case 10:
		_, err := p.Unblock(ctx, p.actor, p.visit, p.request(), true)
		p.count(domain.ActUnblocked, err)
	case 11:
		p.askAndAnswer()
	}
	p.oneLive()
}

// redeem has the member type the newest code, or something else.
func (p *person) redeem() {
	typed := "K7QH9WXZ3MPTR2W"
	if c, ok := p.codes.Load(p.member.ID); ok && p.dice.IntN(4) > 0 {
		typed = string(c.(code.Code))
	}
	_, err := p.Redeem(p.t.Context(), desk.Redemption{Key: p.request(), KVNR: p.member.KVNR, Code: typed})
	p.count(domain.ActCodeRedeemed, err)
}

// told has the app backend tell something.
func (p *person) told() {
	kinds := domain.AllBackendKinds()
	ev := domain.BackendEvent{
		ID: fmt.Sprint("m", p.events.Add(1)), Kind: kinds[p.dice.IntN(len(kinds))], KVNR: p.member.KVNR, At: *p.clock.Load(),
		By: domain.ByEID, Device: domain.Device{ID: domain.DeviceID(fmt.Sprint("d", p.dice.IntN(3))), Platform: domain.IOS},
	}
	_, err := p.Observe(p.t.Context(), system, ev)
	p.count(domain.ActObserved, err)
}

// askAndAnswer asks for a second person; anybody may answer, also the wrong ones.
func (p *person) askAndAnswer() {
	ctx := p.t.Context()
	number, err := p.AskSecond(ctx, p.actor, p.visit, p.request(), desk.Asking{Operation: rights.HandOut, Purpose: domain.NewDevice})
	if !p.count(domain.ActApprovalAsked, err) {
		return
	}
	own := desk.Credentials{Login: p.actor.Login, Passphrase: []byte(passphrase)}
	if err := p.AnswerHere(ctx, p.actor, own, number, true); err == nil {
		p.t.Error("somebody agreed with themselves")
	}
	p.count(domain.ActApprovalGiven, p.AnswerHere(ctx, p.actor, p.second, number, true))
	var wg sync.WaitGroup
	for range 2 { // two hands, one approval
		wg.Go(func() {
			shown, err := p.Issue(ctx, p.actor, p.visit, p.request(), domain.NewDevice)
			if p.count(domain.ActCodeCreated, err) {
				p.codes.Store(p.member.ID, shown.Code)
			}
		})
	}
	wg.Wait()
}

// oneLive: at no moment are there two live codes.
func (p *person) oneLive() {
	codes, _, err := p.store.Codes(p.t.Context(), p.member.ID)
	if err != nil {
		p.t.Error(err)
	}
	live := 0
	for _, c := range codes.List {
		if c.StateAt(*p.clock.Load()) == domain.CodeLive {
			live++
		}
	}
	if live > 1 {
		p.t.Errorf("%d live codes", live)
	}
}

// limit is how many codes a person hands out alone in this model.
const limit = 3

// TestSeveralAtOnce: people who do anything at once break none of the rules.
func TestSeveralAtOnce(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	c := open(t, func(s *domain.Settings) { s.MaxPerHour, s.MaxPerDay = limit, limit })
	m := &model{counter: c}
	for _, n := range []kvnr.KVNR{"A123456780", "B123456782", "C123456784"} {
		m.members = append(m.members, c.member(reachable, func(x *domain.Member) { x.KVNR = n }))
	}
	for _, x := range m.members {
		c.account(x)
	}
	second := c.staff("zweite", rights.Roles(rights.Supervisor), seat2)
	var work sync.WaitGroup
	for i := range 4 {
		at := desk.Place{Channel: rights.Counter, Branch: "Musterstadt", Seat: fmt.Sprint(i%4 + 1)}
		actor := c.staff(fmt.Sprintf("person%d", i), rights.Roles(rights.Clerk), at)
		p := &person{
			model: m, dice: rand.New(rand.NewPCG(seed, uint64(i))), actor: actor,
			second: desk.Credentials{Login: second.Login, Passphrase: []byte(passphrase)},
		}
		p.next()
		work.Go(func() {
			for range 25 {
				p.act()
			}
		})
	}
	work.Wait()
	m.check()
}

// check compares what is stored with the rules and with what was acknowledged.
func (m *model) check() {
	journal := map[domain.Act]int64{}
	alone := map[domain.StaffID]int{}
	usedSecond := 0
	for _, x := range m.members {
		m.checkMember(x, journal, alone, &usedSecond)
	}
	for _, act := range []domain.Act{
		domain.ActCodeCreated, domain.ActCodeHandedOver, domain.ActCodeRedeemed, domain.ActDeviceDeleted,
		domain.ActAccountDeleted, domain.ActUndone, domain.ActUnblocked, domain.ActObserved,
		domain.ActApprovalAsked, domain.ActApprovalGiven,
	} {
		var told int64
		if n, ok := m.done.Load(act); ok {
			told = n.(*atomic.Int64).Load()
		}
		if act == domain.ActObserved {
			told += int64(5 * len(m.members)) // by account
		}
		m.t.Logf("%s: %d", act, told)
		if journal[act] != told {
			m.t.Errorf("%s: %d acknowledged, %d in the journal", act, told, journal[act])
		}
	}
	for who, n := range alone {
		if n > limit {
			m.t.Errorf("login %d handed out %d codes alone", who, n)
		}
	}
	used := 0
	for x, err := range m.store.AllApprovals(m.t.Context()) {
		if err != nil {
			m.t.Fatal(err)
		}
		if x.Approver != 0 && x.By == x.Person {
			m.t.Error("somebody agreed with themselves")
		}
		if x.State == domain.ApprovalUsed {
			used++
		}
	}
	if used != usedSecond {
		m.t.Errorf("%d approvals used for %d codes", used, usedSecond)
	}
}

// checkMember looks at one member's records, journal and events.
func (m *model) checkMember(x domain.Member, journal map[domain.Act]int64, alone map[domain.StaffID]int, usedSecond *int) {
	codes, _, err := m.store.Codes(m.t.Context(), x.ID)
	if err != nil {
		m.t.Fatal(err)
	}
	for _, c := range codes.List {
		if c.State == domain.CodeRedeemed && (c.HandedOverAt.IsZero() || c.Assurance != rights.Full) {
			m.t.Errorf("a redeemed code without a hand-over under full: %+v", c.Case)
		}
		if !c.HandedOverAt.IsZero() && c.Second == 0 {
			alone[c.Staff]++
		}
		if c.Second != 0 {
			*usedSecond++
		}
	}
	identified, undone := true, map[code.Case]bool{}
	before := map[code.Case]bool{}
	byCase := map[code.Case]domain.Act{}
	for e, err := range m.store.History(m.t.Context(), x.ID) {
		if err != nil {
			m.t.Fatal(err)
		}
		if e.Outcome != domain.Done {
			continue
		}
		journal[e.Act]++
		switch e.Act {
		case domain.ActDeviceDeleted, domain.ActAccountDeleted:
			before[e.Case], byCase[e.Case] = identified, e.Act
			identified = false
		case domain.ActUnblocked:
			before[e.Case], byCase[e.Case] = identified, e.Act
		case domain.ActUndone:
			identified = identified || before[e.Case]
			undone[e.Case] = true
		case domain.ActCodeRedeemed:
			identified = true
		case domain.ActObserved:
			switch domain.BackendKind(e.Object) {
			case domain.BackendIdentified:
				identified = true
			case domain.BackendDeleted, domain.BackendRegistered:
				identified = false
			}
		}
	}
	if got := m.accountOf(x); got.Identified.Required() == identified {
		m.t.Errorf("identified %v, the journal says %v", !got.Identified.Required(), identified)
	}
	m.checkEvents(x, byCase, undone)
}

// checkEvents: what was done has its events, what was taken back has none.
func (m *model) checkEvents(x domain.Member, byCase map[code.Case]domain.Act, undone map[code.Case]bool) {
	told := map[code.Case]int{}
	for e, err := range m.store.EventsFrom(m.t.Context(), 0) {
		if err != nil {
			m.t.Fatal(err)
		}
		if e.Member == x.ID {
			told[e.Case]++
		}
	}
	for number, act := range byCase {
		if (told[number] > 0) == undone[number] {
			m.t.Errorf("%s: %d events, taken back: %v", act, told[number], undone[number])
		}
	}
}
