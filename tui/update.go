package tui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"schalter/tui/page"
	"schalter/tui/theme"
)

// Messages the router sends to itself.
type (
	quietMsg struct{ number uint64 } // it has been quiet since the latest key
	tickMsg  struct{}                // idle time and clock
	spinMsg  struct{}                // a call may take long
	wakeMsg  struct{}                // draw again
)

// Update implements tea.Model. A panic in it leaves the program on a page that
// says so.
func (r *Root) Update(msg tea.Msg) (model tea.Model, cmd tea.Cmd) {
	defer func() {
		if recover() != nil {
			model, cmd = r, r.crash(places())
		}
	}()
	return r, tea.Batch(r.update(msg), r.spin())
}

func (r *Root) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.width, r.height = msg.Width, msg.Height
	case tea.ColorProfileMsg:
		r.profile = msg.Profile
		r.restyle()
	case tea.BackgroundColorMsg:
		r.background = theme.LightBackground
		if msg.IsDark() {
			r.background = theme.DarkBackground
		}
		r.restyle()
	case tea.FocusMsg:
		r.idle.blurred = time.Time{}
	case tea.BlurMsg:
		r.idle.blurred = r.env.Now()
	case tea.KeyPressMsg:
		return r.key(msg)
	case tea.PasteMsg:
		return r.paste(msg.Content)
	case quietMsg:
		if msg.number == r.quiet {
			return r.apply(r.burst.Quiet(r.env.Now()), tea.KeyPressMsg{})
		}
	case releaseMsg:
		return r.release(msg)
	case tickMsg:
		return tea.Batch(r.checkIdle(), r.tick())
	case spinMsg:
		r.spinner.woken()
	case wakeMsg:
	case addressed:
		return r.deliver(msg)
	case page.CardMsg:
		return r.card(msg.Event)
	case page.NewsMsg:
		return r.news(msg.Msg)
	case crashMsg:
		return r.crash(msg.places)
	default:
		cmd, _ := r.request(r.current(), msg)
		return cmd
	}
	return nil
}

// news goes to every page that exists.
func (r *Root) news(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, s := range r.cache {
		cmds = append(cmds, address(s.number, s.page.Update(msg)))
	}
	return tea.Batch(cmds...)
}

// crash shows the page that says there was an error; the pages are forgotten
// when it is left.
func (r *Root) crash(places []string) tea.Cmd {
	r.crashed, r.overlay = true, nil
	r.held.forget()
	if r.config.OnCrash != nil {
		r.config.OnCrash(places)
	}
	return nil
}

// quit ends the program after every page has been left. A second time it does
// not wait.
// askToQuit ends the program, unless the page holds what would be lost: then it
// asks as its own Esc does, and the next time nothing is asked.
func (r *Root) askToQuit() tea.Cmd {
	s := r.current()
	if s == nil || r.quitting || r.crashed || r.door != nil || r.overlay != nil || r.tooSmall() {
		return r.quit()
	}
	if h, ok := s.page.(page.Holding); ok && h.Holds() {
		if b, ok := r.match(s.page.Keys(), "esc"); ok {
			return r.run(b, "esc")
		}
	}
	return r.quit()
}

func (r *Root) quit() tea.Cmd {
	if r.quitting {
		return tea.Quit
	}
	r.quitting = true
	r.held.forget()
	return tea.Sequence(r.dropAll(), tea.Quit)
}
