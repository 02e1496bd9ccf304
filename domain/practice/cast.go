package practice

import (
	"fmt"

	"schalter/domain"
	"schalter/domain/date"
	"schalter/domain/iccsn"
	"schalter/domain/kvnr"
)

// Numbers of the cast that texts and lessons may name.
const (
	// Erika1964 is Erika Mustermann as in the specimens of the identity card of
	// 2010 and of the passport; Erika1983 as in the identity card of 2021.
	Erika1964 kvnr.KVNR = "E777700017"
	Erika1983 kvnr.KVNR = "E777700029"
)

// Cast returns the people who are there in every practice, in this order: Erika
// Mustermann twice, the insured persons of five test cards, and people for the
// things one has to have seen once: look-alikes, a deceased member, families, a
// card that is blocked, expired, ordered or missing, an address that changed
// three days ago.
func Cast(today date.Date) []domain.Member {
	c := &cast{today: today}
	c.published()
	c.lookAlikes()
	c.families()
	c.cases()
	return c.people
}

// cast numbers its people and their cards in the order in which they appear.
type cast struct {
	today  date.Date
	people []domain.Member
	cards  int
}

// add adds somebody with a valid card who has been insured for years; the
// changes make a case of them.
func (c *cast) add(m domain.Member, changes ...func(*domain.Member)) domain.Member {
	if m.KVNR == "" {
		m.KVNR = numbered('E'-'A', castRun, uint64(len(c.people)+1))
	}
	m.Insurance = domain.Insurance{As: domain.AsMember, From: max(m.BirthDate, c.years(9))}
	if m.BirthDate.Age(c.today) >= 67 {
		m.Insurance.As = domain.AsPensioner
	}
	m.Cards = []domain.Card{c.card(c.years(2), domain.CardActive)}
	for _, change := range changes {
		change(&m)
	}
	c.people = append(c.people, m)
	return m
}

// years is the first day of the month so many years ago.
func (c *cast) years(n int) date.Date {
	day := yearsBefore(c.today, n)
	return day - date.Date(day.Day()) + 1
}

func (c *cast) card(from date.Date, status domain.CardStatus) domain.Card {
	c.cards++
	return domain.Card{
		// Digits that are easily typed, and different in their last six.
		ICCSN:     iccsn.ICCSN(fmt.Sprintf("80276999980001%06d", 101010+c.cards*1001)),
		ValidFrom: from, ValidTo: endOfMonth(yearsBefore(from, -cardYears)), Status: status,
	}
}

// published are people that were published to be used in tests.
func (c *cast) published() {
	// Address and birth name as on the back and front of the specimen.
	erika := domain.Member{
		Name: domain.Name{Given: "Erika", Surname: "Mustermann", BirthName: "Gabler"}, Sex: 'w',
		Address: domain.Address{Street: "Heidestraße", HouseNumber: "17", Postcode: "51147", City: "Köln", Country: "D"},
		Contact: domain.Contact{Email: "erika.mustermann@example.org", EmailVerified: true, Phone: "+49 221 4710123"},
	}
	for _, born := range []date.Date{19640812, 19830812} {
		erika.BirthDate = born
		c.add(erika)
	}
	for _, p := range []struct {
		number kvnr.KVNR
		born   date.Date
		sex    domain.Sex
		name   domain.Name
	}{
		{"X110646712", 19740127, 'm', domain.Name{Given: "Brian", Surname: "Hoffmânn", Suffix: "Freiherr"}},
		{"X110408667", 19880401, 'w', domain.Name{Given: "Annegret-Heidemarie Sina Tina Karla", Surname: "Ðoria", Suffix: "Freifrau"}},
		{"X110359890", 19580513, 'w', domain.Name{Title: "Prof. Dr.", Given: "Tina", Surname: "Heckhausén"}},
		{"X110540756", 19681230, 'm', domain.Name{Given: "Hermann", Surname: "Sebastian"}},
		{"X110639491", 19900717, 'w', domain.Name{Given: "Kriemhild Amelie Abigail Hannelore", Surname: "Bruser"}},
	} {
		c.add(domain.Member{KVNR: p.number, BirthDate: p.born, Sex: p.sex, Name: p.name, Address: at("Testgasse", "1", "10115", "Berlin")})
	}
}

// lookAlikes are four pairs with the same name and birth day, and around the
// first those whom a search for "mue 140362" finds, too.
func (c *cast) lookAlikes() {
	const anna, ayse, thomas, maria = 19620314, 19890523, 19751102, 19480730
	c.add(woman("Anna", "Müller", anna, at("Schlehenrain", "4", "97074", "Würzburg")))
	c.add(woman("Anna", "Müller", anna, at("Reihersteig", "21", "97318", "Kitzingen")))
	c.add(woman("Annette", "Mueller", anna, at("Hopfenhalde", "8", "97070", "Würzburg")))
	anton := man("Anton", "Mühlen", anna, at("Quittenwinkel", "2", "97084", "Würzburg"))
	anton.Name.Title, anton.Name.Prefix = "Dr.", "von"
	c.add(anton)
	c.add(man("Arno", "Muller", anna, at("Ulmenhang", "30", "97209", "Veitshöchheim")), c.deceased)
	c.add(woman("Ayşe", "Yılmaz", ayse, at("Haselgrund", "11", "97080", "Würzburg")))
	c.add(woman("Ayşe", "Yılmaz", ayse, at("Pirolweg", "5", "97421", "Schweinfurt")))
	c.add(man("Thomas", "Schmidt", thomas, at("Distelblick", "17", "97070", "Würzburg")))
	c.add(man("Thomas", "Schmidt", thomas, at("Ginsterufer", "3", "97816", "Lohr a. Main")))
	born := woman("Maria", "Schneider", maria, at("Zeisigwinkel", "9", "97332", "Volkach"))
	born.Name.BirthName = "Weber"
	c.add(born)
	c.add(woman("Maria", "Schneider", maria, at("Mispelgasse", "14", "97199", "Ochsenfurt")))
}

// families have a child under 15 and one above, a spouse who is insured with the
// other, and one who is insured for himself.
func (c *cast) families() {
	krueger := at("Holunderrain", "12", "97080", "Würzburg")
	sabine := c.add(woman("Sabine", "Krüger", c.born(41), krueger))
	c.add(woman("Lena", "Krüger", c.born(9), krueger), with(sabine, domain.Child))
	c.add(woman("Hannah", "Krüger", c.born(15), krueger), with(sabine, domain.Child))

	oeztuerk := at("Kiebitzhalde", "6", "97421", "Schweinfurt")
	mehmet := c.add(man("Mehmet", "Öztürk", c.born(52), oeztuerk))
	fatma := woman("Fatma", "Öztürk", c.born(49), oeztuerk)
	fatma.Name.BirthName = "Çelik"
	c.add(fatma, with(mehmet, domain.Spouse))
	c.add(man("Emre", "Öztürk", c.born(14), oeztuerk), with(mehmet, domain.Child))

	nguyen := at("Eisvogelweg", "2", "97318", "Kitzingen")
	c.add(woman("Thị Lan", "Nguyễn", c.born(38), nguyen))
	c.add(man("Văn Hùng", "Nguyễn", c.born(40), nguyen))
}

// cases are what goes wrong at a counter.
func (c *cast) cases() {
	c.add(woman("Petra", "Sommer", c.born(58), at("Ulmenhang", "7", "97070", "Würzburg")), func(m *domain.Member) {
		m.Cards[0].Status = domain.CardBlocked
	})
	c.add(man("Jürgen", "Wolf", c.born(70), at("Salbeigasse", "19", "97877", "Wertheim")), func(m *domain.Member) {
		m.Cards[0].ValidFrom = c.years(cardYears + 1)
		m.Cards[0].ValidTo = endOfMonth(yearsBefore(m.Cards[0].ValidFrom, -cardYears))
	})
	c.add(man("Łukasz", "Wiśniewski", c.born(33), at("Hainbuchenweg", "44", "97753", "Karlstadt")), func(m *domain.Member) {
		m.Cards[0].Status = domain.CardBlocked
		m.Cards = append(m.Cards, c.card(c.today, domain.CardOrdered))
	})
	c.add(woman("Aoife", "O'Connor", c.born(29), at("Rotkehlchensteig", "1", "97074", "Würzburg")), func(m *domain.Member) {
		m.Cards = nil
	})
	c.add(woman("Giulia", "D’Angelo", c.born(45), at("Lavendelrain", "25", "97084", "Würzburg")), func(m *domain.Member) {
		m.Address.ChangedOn = c.today.AddDays(-3)
	})
	c.add(man("Heinz", "Vogel", c.born(61), at("Eibengrund", "10", "97828", "Marktheidenfeld")), func(m *domain.Member) {
		m.Insurance.To = endOfMonth(c.years(0).AddDays(-40))
		m.Insurance.TerminatedOn = m.Insurance.To.AddDays(-75)
	})
	renate := woman("Renate", "Groß-Müller", c.born(72), at("Sanddornblick", "13", "97209", "Veitshöchheim"))
	renate.Name.BirthName = "Müller"
	c.add(renate, func(m *domain.Member) {
		m.Cards = append(m.Cards, c.card(c.years(cardYears+1), domain.CardActive))
	})
}

// deceased is what the register reports: the insurance ends with the day.
func (c *cast) deceased(m *domain.Member) {
	m.Deceased = true
	m.Insurance.To = c.today.AddDays(-20)
	m.Cards[0].Status = domain.CardBlocked
}

// born is the birth date of somebody who had a birthday two months ago.
func (c *cast) born(age int) date.Date { return yearsBefore(c.today, age).AddDays(-61) }

// with insures somebody with a main member.
func with(main domain.Member, as domain.Relation) func(*domain.Member) {
	return func(m *domain.Member) { asFamily(m, main, as) }
}

func woman(given, surname string, born date.Date, a domain.Address) domain.Member {
	return domain.Member{Name: domain.Name{Given: given, Surname: surname}, Sex: 'w', BirthDate: born, Address: a}
}

func man(given, surname string, born date.Date, a domain.Address) domain.Member {
	m := woman(given, surname, born, a)
	m.Sex = 'm'
	return m
}

func at(street, house, postcode, city string) domain.Address {
	return domain.Address{Street: street, HouseNumber: house, Postcode: postcode, City: city, Country: "D"}
}
