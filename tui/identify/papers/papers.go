// Package papers shows a trainee what the invented person at the counter
// carries, to be typed as if it lay there, and the published specimen documents.
// It exists in practice only.
package papers

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/tui/page"
	"schalter/tui/parts"
	"schalter/tui/seat"
	"schalter/tui/words"
)

// Board is the papers on the counter, shown or put away. The zero value is put
// away.
type Board struct {
	open   bool
	loaded bool
	papers seat.Papers
	call   page.Slot
}

// Loaded is the answer to looking for somebody's papers; it is for Take.
type Loaded struct {
	papers seat.Papers
	err    error
}

// Open reports whether the papers are shown.
func (b *Board) Open() bool { return b.open }

// Close puts the papers away and forgets them.
func (b *Board) Close(env *page.Env) {
	b.call.Stop(env)
	b.open, b.loaded, b.papers = false, false, seat.Papers{}
}

// Toggle shows the papers of a visit's member, or puts them away.
func (b *Board) Toggle(env *page.Env, s *seat.Seat, visit domain.VisitID) tea.Cmd {
	if b.open {
		b.Close(env)
		return nil
	}
	b.open = true
	actor := s.Actor
	return b.call.Run(env, func(ctx context.Context) tea.Msg { return load(ctx, s.Desk, s.Practice, actor, visit) })
}

func load(ctx context.Context, d *desk.Desk, p seat.Practice, a domain.Actor, visit domain.VisitID) Loaded {
	view, err := d.View(ctx, a, visit)
	if err != nil {
		return Loaded{err: err}
	}
	papers, err := p.Papers(ctx, view.Member)
	return Loaded{papers, err}
}

// Take takes the answer.
func (b *Board) Take(msg Loaded) tea.Cmd {
	b.papers, b.loaded = msg.papers, msg.err == nil
	return page.Fail(msg.err)
}

// Lines draws what lies on the counter; nothing before it is known.
func (b *Board) Lines(env *page.Env, width int) []string {
	t, styles := env.Texts, env.Styles
	if !b.loaded {
		return nil
	}
	lines := []string{styles.Strong.Render(t.Identify.Papers)}
	for _, l := range b.paperLines(t) {
		lines = append(lines, styles.Text.Render(parts.Cut(l, width)))
	}
	return lines
}

// Told draws what the person would say on the phone; nothing before it is known.
func (b *Board) Told(env *page.Env, width int) []string {
	t, styles, p := env.Texts.Told, env.Styles, b.papers
	if !b.loaded {
		return nil
	}
	digits := p.CardDigits
	if digits == "" {
		digits = t.NoDigits
	}
	lines := []string{styles.Strong.Render(t.Says), styles.Text.Render(parts.Cut(parts.Text(p.Name)+", "+p.Born, width))}
	for _, l := range parts.Wrap(parts.Text(t.SaysThat(p.KVNR, digits, p.Postcode, p.HouseNumber)), width) {
		lines = append(lines, styles.Text.Render(l))
	}
	return lines
}

// Specimens draws the published documents in at most height lines, each whole.
func Specimens(env *page.Env, s *seat.Seat, width, height int) []string {
	t, styles := env.Texts, env.Styles
	var lines []string
	for _, doc := range s.Practice.Specimens() {
		if len(lines)+1+len(doc.Lines) > height {
			break
		}
		title := t.Document(doc.Document) + ", " + t.Start.ValidUntil(t.Date(doc.ValidUntil), doc.Expired)
		lines = append(lines, styles.Weak.Render(parts.Cut(title, width)))
		for _, l := range doc.Lines {
			lines = append(lines, styles.Text.Render("  "+parts.Text(l)))
		}
	}
	return lines
}

// paperLines tell what lies on the counter.
func (b *Board) paperLines(t *words.Texts) []string {
	w, p := t.Identify, b.papers
	document := t.Document(p.Document)
	if p.Expired {
		document += " " + w.PaperExpired
	}
	card := w.PaperNoCard
	if p.CardDigits != "" {
		card = w.PaperCard(p.CardDigits)
	}
	return []string{document + ": " + w.PaperDates(p.BirthDate, p.ValidUntil), card}
}
