package tui

import (
	"time"

	bubbles "charm.land/bubbles/v2/spinner"
	tea "charm.land/bubbletea/v2"
)

const (
	// spinAfter is how long a call may take before the screen says that it runs.
	spinAfter = 300 * time.Millisecond
	// spinEvery is the pace of the animation, where there is one.
	spinEvery = 250 * time.Millisecond
)

// spinner says that a call takes its time.
type spinner struct {
	shows bool
	timer bool // a wake-up is under way
	turn  int
	moves bool
}

func (s *spinner) woken() {
	s.timer = false
	s.turn++
}

// frame is the moving mark, empty where nothing moves.
func (s *spinner) frame() string {
	if !s.moves {
		return ""
	}
	frames := bubbles.Line.Frames
	return frames[s.turn%len(frames)] + "  "
}

// spin looks whether a call takes long, and comes back when it may.
func (r *Root) spin() tea.Cmd {
	s := &r.spinner
	since, waiting := r.env.Waiting()
	if !waiting {
		s.shows = false
		return nil
	}
	waited := r.env.Now().Sub(since)
	s.shows, s.moves = waited >= spinAfter, r.config.Motion
	if s.timer || s.shows && !s.moves {
		return nil
	}
	s.timer = true
	pause := spinEvery
	if !s.shows {
		pause = spinAfter - waited
	}
	return r.env.After(pause, func(time.Time) tea.Msg { return spinMsg{} })
}
