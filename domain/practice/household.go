package practice

import (
	"strconv"

	"schalter/domain"
	"schalter/domain/date"
)

// generator invents one household after the other.
type generator struct {
	dice    dice
	today   date.Date
	numbers numbers
	stocks  []nameStock
	streets [2][]string // stems and ends
	// home holds those of the last household who were not given out yet.
	home []domain.Member
}

func newGenerator(seed uint64, today date.Date) *generator {
	g := &generator{
		dice: newDice(seed, 1), today: today, numbers: newNumbers(seed),
		streets: [2][]string{words(streetStems), words(streetEnds)},
	}
	for _, o := range origins {
		g.stocks = append(g.stocks, newNameStock(o))
	}
	return g
}

// next returns the next person. A main member comes before those insured with
// them.
func (g *generator) next() domain.Member {
	if len(g.home) == 0 {
		g.home = g.household()
	}
	m := g.home[0]
	g.home = g.home[1:]
	return m
}

// home is what the people of a household share.
type home struct {
	stock   nameStock
	name    familyName
	address domain.Address
}

func (g *generator) household() []domain.Member {
	stock := g.stock()
	h := home{stock: stock, name: stock.surname(g.dice), address: g.address()}
	switch n := g.dice.IntN(1000); {
	case n < 480:
		return g.single(h)
	case n < 720:
		return g.couple(h)
	case n < 940:
		return g.family(h)
	}
	return g.singleParent(h)
}

// stock draws an origin by its share.
func (g *generator) stock() nameStock {
	i, at := 0, g.dice.IntN(1000)
	for ; at >= g.stocks[i].origin.share; i++ {
		at -= g.stocks[i].origin.share
	}
	return g.stocks[i]
}

func (g *generator) single(h home) []domain.Member {
	age := g.dice.between(18, 68)
	if g.dice.oneIn1000(320) {
		age = g.dice.between(66, 97)
	}
	sex := g.anySex()
	if g.dice.oneIn1000(6) {
		sex = domain.Sex("xd"[g.dice.IntN(2)])
	}
	m := g.adult(h, sex, age)
	if born := h.stock.surname(g.dice); sex == 'w' && age > 30 && born.man != h.name.man && g.dice.oneIn1000(400) {
		m.Name.BirthName = born.woman
	}
	g.perhapsEnding(&m)
	return []domain.Member{m}
}

// couple are two adults; one may be insured with the other.
func (g *generator) couple(h home) []domain.Member {
	age := g.dice.between(24, 88)
	first := g.adult(h, g.anySex(), age)
	second := g.partner(h, first, max(20, age+g.dice.between(-6, 6)))
	if g.dice.oneIn1000(350) {
		asFamily(&second, first, domain.Spouse)
	}
	return []domain.Member{first, second}
}

// family are parents and children. The other parent may be insured with the
// first, for themselves, or somewhere else.
func (g *generator) family(h home) []domain.Member {
	eldest := g.dice.IntN(25)
	age := eldest + g.dice.between(21, 38)
	main := g.adult(h, g.anySex(), age)
	people := []domain.Member{main}
	switch n := g.dice.IntN(100); {
	case n < 40:
		spouse := g.partner(h, main, age+g.dice.between(-3, 4))
		asFamily(&spouse, main, domain.Spouse)
		people = append(people, spouse)
	case n < 80:
		people = append(people, g.partner(h, main, age+g.dice.between(-3, 4)))
	}
	return append(people, g.children(h, main, eldest)...)
}

func (g *generator) singleParent(h home) []domain.Member {
	eldest := g.dice.IntN(20)
	sex := domain.Sex('w')
	if g.dice.oneIn1000(150) {
		sex = 'm'
	}
	main := g.adult(h, sex, eldest+g.dice.between(20, 40))
	return append([]domain.Member{main}, g.children(h, main, eldest)...)
}

// children are insured with the main member, and bear the family's name.
func (g *generator) children(h home, main domain.Member, eldest int) (children []domain.Member) {
	for age := eldest; age >= 0 && len(children) < 5; age -= g.dice.between(1, 6) {
		child := g.person(h, g.anySex(), age)
		asFamily(&child, main, domain.Child)
		child.Insurance.From = max(child.BirthDate, main.Insurance.From)
		children = append(children, child)
		if g.dice.oneIn1000(250) {
			break
		}
	}
	return children
}

// partner lives with somebody and mostly bears the same name; then there is a
// birth name, perhaps of another origin.
func (g *generator) partner(h home, of domain.Member, age int) domain.Member {
	sex := domain.Sex('w')
	if of.Sex == 'w' {
		sex = 'm'
	}
	if g.dice.oneIn1000(25) {
		sex = of.Sex
	}
	own := h
	if g.dice.oneIn1000(150) {
		own.stock = g.stock()
	}
	born := own.stock.surname(g.dice)
	m := g.adult(home{stock: own.stock, name: h.name, address: h.address}, sex, age)
	switch n := g.dice.IntN(100); {
	case born.man == h.name.man:
	case n < 22: // kept the name
		m.Name.Prefix, m.Name.Surname = born.prefix, born.of(sex)
	case n < 32 && born.prefix == "" && m.Name.Prefix == "":
		m.Name.BirthName = born.of(sex)
		m.Name.Surname += "-" + born.of(sex)
	default:
		m.Name.BirthName = born.of(sex)
	}
	m.Contact = contact(g.dice, m, age) // the name has changed
	return m
}

// adult is insured for themselves.
func (g *generator) adult(h home, sex domain.Sex, age int) domain.Member {
	m := g.person(h, sex, age)
	m.Name.Title = title(g.dice, age)
	m.Insurance.As = domain.AsMember
	if age >= 67 || age >= 63 && g.dice.oneIn1000(500) {
		m.Insurance.As = domain.AsPensioner
	}
	since := g.today.AddDays(-g.dice.between(30, 30*365))
	m.Insurance.From = max(m.BirthDate, since-date.Date(since.Day())+1)
	return m
}

func (g *generator) person(h home, sex domain.Sex, age int) domain.Member {
	born := bornAt(g.dice, g.today, age)
	m := domain.Member{
		KVNR:      g.numbers.nextKVNR(),
		BirthDate: born,
		Sex:       sex,
		Address:   h.address,
		Name: domain.Name{
			Given: h.stock.givenNames(g.dice, sex, born.Year()), Prefix: h.name.prefix, Surname: h.name.of(sex),
		},
	}
	m.Contact = contact(g.dice, m, age)
	m.Cards = g.cardsOf(born)
	return m
}

func (g *generator) anySex() domain.Sex { return domain.Sex("wm"[g.dice.IntN(2)]) }

// asFamily insures somebody with a main member.
func asFamily(m *domain.Member, main domain.Member, as domain.Relation) {
	m.Insurance = domain.Insurance{
		As: domain.AsFamily, Main: main.KVNR, Relation: as, From: max(m.BirthDate, main.Insurance.From),
	}
}

// perhapsEnding ends the insurance of a few, or lets them give notice. It is for
// people nobody is insured with.
func (g *generator) perhapsEnding(m *domain.Member) {
	in := &m.Insurance
	switch n := g.dice.IntN(1000); {
	case n < 50:
		in.To = endOfMonth(endOfMonth(g.today).AddDays(-31 - g.dice.IntN(500)))
		in.TerminatedOn = in.To.AddDays(-g.dice.between(62, 90))
	case n < 70:
		in.TerminatedOn = g.today.AddDays(-g.dice.between(1, 50))
		in.To = endOfMonth(in.TerminatedOn.AddDays(70))
	case n < 80:
		in.TerminatedOn = g.today.AddDays(-g.dice.between(20, 50))
		in.WithdrawnOn = in.TerminatedOn.AddDays(g.dice.between(1, 15))
	default:
		return
	}
	in.From = min(in.From, in.TerminatedOn)
}

// address invents where a household lives.
func (g *generator) address() domain.Address {
	a := domain.Address{
		Street:      g.dice.of(g.streets[0]) + g.dice.of(g.streets[1]),
		HouseNumber: strconv.Itoa(g.dice.between(1, 64)),
		Country:     "D",
	}
	if g.dice.oneIn1000(90) {
		a.HouseNumber += g.dice.of([]string{"a", "b", "c"})
	}
	if g.dice.oneIn1000(30) {
		a.Extra = g.dice.of([]string{"Hinterhaus", "3. OG", "Whg. 12", "Seniorenstift", "c/o Hausverwaltung"})
	}
	if g.dice.oneIn1000(12) {
		p := abroad[g.dice.IntN(len(abroad))]
		a.Postcode, a.City, a.Country = p.postcode, p.city, p.country
	} else {
		// The smaller of two draws: nearer to the branch.
		p := places[min(g.dice.IntN(len(places)), g.dice.IntN(len(places)))]
		a.Postcode, a.City = p.postcode, p.city
	}
	switch n := g.dice.IntN(1000); {
	case n < 30:
		a.ChangedOn = g.today.AddDays(-g.dice.IntN(freshDays))
	case n < 300:
		a.ChangedOn = g.today.AddDays(-g.dice.between(freshDays+1, 4000))
	}
	return a
}

// freshDays is how long an address counts as changed lately.
const freshDays = 14
