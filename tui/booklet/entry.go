package booklet

import (
	tea "charm.land/bubbletea/v2"

	"schalter/domain/date"
	"schalter/tui/booklet/grid"
	"schalter/tui/keys"
	"schalter/tui/page"
	"schalter/tui/words"
)

// open for typing: the sheet is there and the booklet is not decided.
func (p *Page) typing() bool { return p.sheet != nil && p.kind != closed && p.asking == nothing }

// typed takes a key that no binding took.
func (p *Page) typed(k tea.KeyPressMsg) tea.Cmd {
	switch {
	case p.second.IsOpen():
		p.second.Press(k)
	case p.asking == whichDay:
		p.day.Press(k)
	case p.typing():
		p.typeInto(k)
	}
	return nil
}

func (p *Page) typeInto(k tea.KeyPressMsg) {
	switch keys.Name(k) {
	case "backspace":
		p.change(func() grid.Problem { p.grid.Erase(); return "" })
	case "home":
		p.grid.Move(-len(p.grid.Rows()))
	case "end":
		p.grid.Move(len(p.grid.Rows()))
	case "pgup":
		p.grid.Move(-10)
	case "pgdown":
		p.grid.Move(10)
	default:
		text := keys.Typed(k)
		p.change(func() grid.Problem {
			p.grid.Type(text)
			return ""
		})
	}
}

// change does something to the grid and judges what stands there then.
func (p *Page) change(what func() grid.Problem) tea.Cmd {
	before := p.grid.Entered()
	p.problem = what()
	p.changed = p.changed || before > 0 || p.grid.Entered() > 0
	p.judge()
	return nil
}

func (p *Page) enter() tea.Cmd { return p.change(p.grid.Enter) }
func (p *Page) same() tea.Cmd  { return p.change(p.grid.Same) }
func (p *Page) other() tea.Cmd { return p.change(p.grid.Another) }

func (p *Page) clearRow() tea.Cmd {
	return p.change(func() grid.Problem { p.grid.Clear(); return "" })
}

func (p *Page) move(by int) func() tea.Cmd {
	return func() tea.Cmd {
		p.grid.Move(by)
		p.problem = ""
		return nil
	}
}

func (p *Page) togglePrivate() tea.Cmd {
	return p.change(func() grid.Problem {
		if row := p.grid.Row(); row != nil {
			row.Private = !row.Private
		}
		return ""
	})
}

func (p *Page) ask(what asking) func() tea.Cmd {
	return func() tea.Cmd {
		p.asking = what
		p.day.Clear()
		return nil
	}
}

func (p *Page) stopAsking() tea.Cmd {
	p.asking = nothing
	p.closeSecond()
	return nil
}

func (p *Page) refuse(n int) tea.Cmd {
	p.asking = nothing
	return p.change(func() grid.Problem { return p.grid.Refuse(words.InvalidReasons()[n-1]) })
}

// takeDay takes the day of receipt. It is the one of the stack, too, while one is
// entered.
func (p *Page) takeDay() tea.Cmd {
	days, err := date.ParseTyped(p.day.Value(), p.sheet.Today)
	if err != nil || len(days) == 0 || !days[0].Complete() || days[0] > p.sheet.Today {
		return page.Say(p.env.Texts.Booklet.NoDay)
	}
	p.asking, p.received, p.changed = nothing, days[0], p.grid.Entered() > 0
	if p.seat.Stack.Received != 0 {
		p.seat.Stack.Received = p.received
	}
	p.judge()
	return nil
}

// toggleStack begins a stack of booklets that came in on one day, or ends it.
func (p *Page) toggleStack() tea.Cmd {
	t := p.env.Texts.Booklet
	if p.seat.Stack.Received != 0 {
		done := p.seat.Stack.Booked
		p.seat.Stack.Received, p.seat.Stack.Booked = 0, 0
		return page.Say(t.StackEnds(done))
	}
	p.seat.Stack.Received = p.received
	return page.Say(t.StackBegins(p.env.Texts.Date(p.received)))
}

// otherYear lays the booklet of another bonus year on the table.
func (p *Page) otherYear() tea.Cmd {
	year := p.ref.Year - 1
	if year < p.sheet.Today.Year()-maxYearsBack {
		year = p.sheet.Today.Year()
	}
	return page.Replace(page.Booklet, Params{Visit: p.visit, Member: p.ref.Member, Year: year})
}

// maxYearsBack is how old a booklet may be: claims on social benefits lapse after
// four years (§ 45 SGB I).
const maxYearsBack = 4
