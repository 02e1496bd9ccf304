package parts

import (
	"strings"

	"schalter/tui/keys"
	"schalter/tui/theme"
	"schalter/tui/words"
)

// Title draws line 1: what stands left (program, branch, person) and right
// (printer, time). In a narrow window the left end wins, and the mark of
// practice always stays.
func Title(s *theme.Styles, practice string, left, right []string, width int) string {
	head := " "
	if practice != "" {
		head = s.Practice.Render(" "+practice+" ") + " "
	}
	room := width - Width(head) - 1
	text := strings.Join(left, " · ")
	for Width(text) > room && len(left) > 1 {
		left = left[:len(left)-1]
		text = strings.Join(left, " · ")
	}
	text = Cut(text, room)
	for len(right) > 0 && Width(text)+gap+Width(join(right)) > room {
		right = right[1:]
	}
	line := head + s.Title.Render(text)
	fill := blank(width - Width(line) - Width(join(right)) - 1)
	return line + fill + s.Title.Render(join(right)) + " "
}

func join(words []string) string { return strings.Join(words, " · ") }

// Crumbs draws line 2: the way from the first page to this one. Too long a way
// loses its beginning.
func Crumbs(s *theme.Styles, steps []string, separator string, width int) string {
	if len(steps) == 0 {
		return ""
	}
	way := steps[0]
	for _, step := range steps[1:] {
		way += separator + step
	}
	for i := 1; Width(way) > width-2 && i < len(steps); i++ {
		way = "…" + separator + strings.Join(steps[i:], separator)
	}
	return " " + s.Weak.Render(Cut(way, width-2))
}

// Rule draws a line across the window.
func Rule(s *theme.Styles, width int) string {
	return s.Frame.Render(strings.Repeat("─", max(width, 0)))
}

// Hints draws the hint bar from the bindings that are live, with help fixed at
// the right end. What does not fit is left out whole, from the right; help
// never is.
func Hints(s *theme.Styles, t *words.Texts, bindings []keys.Binding, help keys.Binding, typing bool, width int) string {
	end := hint(s, t, help, typing)
	room := width - 2 - Width(end) - gap
	var b strings.Builder
	used := 0
	for _, binding := range bindings {
		if binding.Quiet || binding.Off != "" || keys.Show(binding, typing, t) == "" {
			continue
		}
		h := hint(s, t, binding, typing)
		w := Width(h)
		if used > 0 {
			w += gap
		}
		if used+w > room {
			break
		}
		if used > 0 {
			b.WriteString(blank(gap))
		}
		b.WriteString(h)
		used += w
	}
	return " " + b.String() + blank(room-used+gap) + end + " "
}

func hint(s *theme.Styles, t *words.Texts, b keys.Binding, typing bool) string {
	return s.Key.Render(keys.Show(b, typing, t)) + " " + s.Weak.Render(b.Text.Label)
}

// Box draws lines into a frame with a title, as wide as its longest line or the
// title, at most width cells.
func Box(s *theme.Styles, title string, lines []string, width int) []string {
	inner := Width(title) + 2
	for _, l := range lines {
		inner = max(inner, Width(l)+2)
	}
	inner = max(0, min(inner, width-2))
	head := " " + Cut(title, inner-2) + " "
	out := []string{s.Frame.Render("┌") + s.Strong.Render(head) +
		s.Frame.Render(strings.Repeat("─", max(inner-Width(head), 0))+"┐")}
	for _, l := range lines {
		out = append(out, s.Frame.Render("│")+Left(" "+l, inner)+s.Frame.Render("│"))
	}
	return append(out, s.Frame.Render("└"+strings.Repeat("─", inner)+"┘"))
}

// Fit makes a block of exactly height lines, cut or filled with empty ones.
func Fit(lines []string, height int) []string {
	out := make([]string, max(height, 0))
	copy(out, lines)
	return out
}
