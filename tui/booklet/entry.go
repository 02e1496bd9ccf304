package booklet

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"schalter/domain/bonus"
	"schalter/domain/date"
	"schalter/domain/desk"
	"schalter/tui/booklet/grid"
	"schalter/tui/keys"
	"schalter/tui/page"
	"schalter/tui/seat"
	"schalter/tui/words"
)

// open for typing: the sheet is there and the booklet is not decided.
func (p *Page) typing() bool { return p.sheet != nil && p.kind != closed && p.asking == nothing }

// typed takes a key that no binding took.
func (p *Page) typed(k tea.KeyPressMsg) tea.Cmd {
	switch {
	case p.second.IsOpen():
		p.second.Press(k)
	case p.asksDay():
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
	if p.problem != "" {
		return p.tone()
	}
	return nil
}

// tone rings once, for eyes that are on the paper.
func (p *Page) tone() tea.Cmd {
	if !p.seat.Tones {
		return nil
	}
	return tea.Raw("\a")
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

// asksDay reports whether a day is typed that stands in no box.
func (p *Page) asksDay() bool {
	return p.asking == whichDay || p.asking == whichExam || p.asking == whichStart
}

// takeTyped takes such a day.
func (p *Page) takeTyped() tea.Cmd {
	days, err := date.ParseTyped(p.day.Value(), p.sheet.Today)
	if err != nil || len(days) == 0 || !days[0].Complete() || days[0] > p.sheet.Today {
		return page.Say(p.env.Texts.Booklet.NoDay)
	}
	switch what := p.asking; what {
	case whichExam:
		p.asking = nothing
		return p.learn(days[0])
	case whichStart:
		entries := p.grid.Entries()
		p.enrolled = days[0]
		p.spread(entries)
		return nil
	}
	return p.takeDay(days[0])
}

// takeDay takes the day of receipt. It is the one of the stack, too, while one is
// entered.
func (p *Page) takeDay(day date.Date) tea.Cmd {
	p.asking, p.received = nothing, day
	if stack := p.seat.Stacking(); stack != nil && p.kind == first {
		stack.Received = p.received
	}
	p.judge()
	return nil
}

// learn adds an examination of an earlier year to what is known of the person, and
// reads the sheet again; what is typed stays.
func (p *Page) learn(day date.Date) tea.Cmd {
	row := p.grid.Row()
	if row == nil || p.act.Busy() {
		return nil
	}
	d, actor, ref := p.seat.Desk, p.seat.Actor, p.ref
	exam := desk.KnownExam{Measure: row.Measure.ID, Exam: row.Exam, Date: day, From: p.env.Texts.Booklet.ShownAtCounter}
	return p.act.Run(p.env, func(ctx context.Context) tea.Msg {
		req, err := d.NewRequest()
		if err == nil {
			err = d.AddExamination(ctx, actor, req, ref, exam)
		}
		if err != nil {
			return learnt{err: err}
		}
		sheet, err := d.OpenBooklet(ctx, actor, ref)
		return learnt{sheet, err}
	})
}

func (p *Page) wasLearnt(msg learnt) tea.Cmd {
	if msg.err != nil {
		return p.failed(msg.err)
	}
	p.sheet = msg.sheet
	p.judge()
	return page.Say(p.env.Texts.Booklet.Learnt)
}

// nextOption goes through the ways to be paid that the insured may choose.
func (p *Page) nextOption() tea.Cmd {
	options := p.sheet.Programme.Options
	at := slices.IndexFunc(options, func(o bonus.Option) bool { return o.ID == p.option })
	p.option = ""
	if at+1 < len(options) {
		p.option = options[at+1].ID
	}
	p.changed = true
	p.judge()
	return nil
}

// chooseProgramme opens the booklet of one of the programmes that decide the year.
func (p *Page) chooseProgramme(n int) tea.Cmd {
	p.asking = nothing
	p.ref.Programme = p.seat.Desk.Programmes(p.ref.Year)[n-1].ID
	return p.open()
}

// toggleStack begins a stack of booklets that came in on one day, or ends it.
func (p *Page) toggleStack() tea.Cmd {
	t := p.env.Texts.Booklet
	if stack := p.seat.Stacking(); stack != nil {
		done := stack.Done
		p.seat.Stack = seat.Stack{}
		return page.Say(t.StackEnds(done))
	}
	p.seat.Stack = seat.Stack{Received: p.received, Staff: p.seat.Actor.Staff}
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
