package identify

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/flow"
	"schalter/domain/mrz"
	"schalter/tui/keys"
	"schalter/tui/page"
	"schalter/tui/parts"
)

const (
	// zoneLines is how many lines a machine-readable zone has at most.
	zoneLines = 3
	// zoneWidth shows the longest line, that of a passport.
	zoneWidth = 46
	// zoneMax takes a whole zone pasted as one run.
	zoneMax = 96
	// shortZone is less than any line of a zone has.
	shortZone = 24
	// zoneTime is how long an unfinished zone is kept.
	zoneTime = time.Minute
)

// zone gathers the lines of a machine-readable zone, as a scanner sends them
// one by one, or as they are typed. It is wiped when it has been compared.
type zone struct {
	lines []string
	form  parts.Form // empty while nothing is typed
	round uint64     // number of the zone that is being gathered
}

func (z *zone) typing() bool { return len(z.form.Fields) > 0 }

func (z *zone) open() {
	z.lines = nil
	for range zoneLines {
		z.form.Fields = append(z.form.Fields, parts.NewField(parts.FieldConfig{Width: zoneWidth, Max: zoneMax}))
	}
}

func (z *zone) wipe() {
	z.form.Clear()
	clear(z.lines)
	z.lines, z.form = nil, parts.Form{}
	z.round++
}

// zoneOver says that the time of a zone is over.
type zoneOver struct{ round uint64 }

// begin gives a new zone its time.
func (z *zone) begin(env *page.Env) tea.Cmd {
	z.round++
	round := z.round
	return env.After(zoneTime, func(time.Time) tea.Msg { return zoneOver{round} })
}

// expire wipes the zone whose time is over, if it is still unfinished.
func (z *zone) expire(msg zoneOver) {
	if msg.round == z.round {
		z.wipe()
	}
}

// typed are the lines in the fields.
func (z *zone) typed() []string {
	var lines []string
	for _, f := range z.form.Fields {
		if f.Value() != "" {
			lines = append(lines, f.Value())
		}
	}
	return lines
}

// whole reports whether the lines are a zone of some format.
func whole(lines []string) bool {
	_, err := mrz.Split(strings.Join(lines, "\n"))
	return err == nil
}

// compared is the desk's answer to a zone.
type compared struct {
	verdict desk.ZoneVerdict
	err     error
}

// zoneOff says why no zone can be read; "" when it can.
func (p *Page) zoneOff() string {
	if p.seat.Settings.MRZ {
		return ""
	}
	what, _ := p.env.Texts.Error(mrzOff())
	return what
}

func mrzOff() error { return domain.Fail(domain.Refused, domain.ReasonMRZOff) }

func (p *Page) openZone() tea.Cmd {
	p.zone.open()
	return p.zone.begin(p.env)
}

func (p *Page) zoneKeys() []keys.Binding {
	t := p.env.Texts.Keys
	return []keys.Binding{
		{ID: "compare", Keys: []string{"enter"}, Text: t.CompareZone, Do: p.zoneEnter},
		{ID: "close_zone", Keys: []string{"esc", "f12"}, Text: t.Close, Do: func() tea.Cmd {
			p.zone.wipe()
			return nil
		}},
	}
}

// zoneEnter goes to the next line, or compares when the lines are a zone.
func (p *Page) zoneEnter() tea.Cmd {
	lines := p.zone.typed()
	switch {
	case whole(lines):
		return p.compare(lines)
	case p.zone.form.Next():
		return nil
	}
	return unreadable()
}

func unreadable() tea.Cmd {
	return page.Fail(domain.Fail(domain.Invalid, domain.ReasonMRZUnreadable).WithField("mrz"))
}

// scanned takes a line from the scanner; the last one compares.
func (p *Page) scanned(line string) tea.Cmd {
	switch {
	case p.zoneOff() != "":
		return page.Fail(mrzOff())
	case !p.TakesScans():
		return nil
	}
	p.zone.lines = append(p.zone.lines, line)
	switch {
	case whole(p.zone.lines):
		return p.compare(p.zone.lines)
	case len(line) < shortZone, len(p.zone.lines) == zoneLines:
		p.zone.wipe()
		return unreadable()
	}
	return p.zone.begin(p.env)
}

// pasted puts text where typed text would go: a zone into its lines, digits into
// the field. A paste is never submitted by itself.
func (p *Page) pasted(text string) tea.Cmd {
	switch {
	case p.zone.typing():
		p.zone.form.Paste(text)
	case p.TakesScans() && strings.Contains(text, "<"):
		if p.zoneOff() != "" {
			return page.Fail(mrzOff())
		}
		p.zone.open()
		p.zone.fill(strings.Fields(text))
		return p.zone.begin(p.env)
	case p.field() != nil && !p.call.Busy():
		p.field().Insert(text)
	}
	return nil
}

// fill puts lines into the fields and the cursor behind the last one.
func (z *zone) fill(lines []string) {
	for i, l := range lines[:min(len(lines), zoneLines)] {
		z.form.Fields[i].Set(l)
		z.form.SetFocus(i)
	}
}

// compare carries the lines to the desk. They are kept nowhere else.
func (p *Page) compare(lines []string) tea.Cmd {
	actor, text := p.seat.Actor, strings.Join(lines, "\n")
	p.zone.wipe()
	return p.call.Run(p.env, func(ctx context.Context) tea.Msg {
		verdict, err := p.seat.Desk.Zone(ctx, actor, p.params.Visit, text)
		return compared{verdict, err}
	})
}

func (p *Page) wasCompared(msg compared) tea.Cmd {
	if msg.err != nil {
		return p.notDone(msg.err)
	}
	p.kind, p.name, p.swapped = msg.verdict.Document, msg.verdict.Name, msg.verdict.Swapped
	for _, s := range []flow.Step{flow.BirthDate, flow.ValidUntil} {
		p.fields[s].Clear()
		p.checks[s] = check{right: true}
	}
	return p.goOn(flow.Scanned)
}
