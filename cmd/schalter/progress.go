package main

import (
	"fmt"
	"io"
	"time"

	"schalter/tui/words"
)

// progress is one line on standard error that is written over, where somebody
// watches. It is a writer for what else goes there: the line makes way.
type progress struct {
	to    io.Writer
	texts *words.Texts
	now   func() time.Time
	begun time.Time
	size  int64 // bytes in all, 0 if not known
	shown bool
	off   bool
}

func (p *program) newProgress(size int64) *progress {
	return &progress{
		to: p.stderr, texts: p.texts, now: p.now, size: size,
		off: !p.terminal.Watched() || p.getenv("TERM") == "dumb",
	}
}

// start begins to count time: not before a passphrase was typed.
func (s *progress) start() { s.begun = s.now() }

const eraseLine = "\r\x1b[K"

// at shows how far the work is: units done, and bytes of the whole.
func (s *progress) at(lines int, offset int64) {
	if s.off {
		return
	}
	elapsed := s.now().Sub(s.begun)
	text := s.texts.Number(lines)
	if rate := perSecond(lines, elapsed); rate > 0 {
		text += fmt.Sprintf("  %s/s", s.texts.Number(rate))
	}
	if s.size > 0 && offset > 0 && offset <= s.size {
		left := time.Duration(float64(elapsed) * float64(s.size-offset) / float64(offset))
		text += fmt.Sprintf("  %d %%  -%s", offset*100/s.size, s.texts.Countdown(left))
	}
	s.shown = true
	_, _ = io.WriteString(s.to, eraseLine+text) // decoration
}

// counting returns a writer to another that shows how much went through, in MiB
// and of the whole.
func (s *progress) counting(to io.Writer) io.Writer { return &counted{show: s, to: to} }

type counted struct {
	show *progress
	to   io.Writer
	done int64
}

func (c *counted) Write(b []byte) (int, error) {
	n, err := c.to.Write(b)
	if before := c.done >> 20; (c.done+int64(n))>>20 > before {
		c.show.at(int((c.done+int64(n))>>20), c.done+int64(n))
	}
	c.done += int64(n)
	return n, err
}

func perSecond(n int, elapsed time.Duration) int {
	if elapsed <= 0 {
		return 0
	}
	return int(float64(n) / elapsed.Seconds())
}

// clear takes the line away.
func (s *progress) clear() {
	if s.shown {
		s.shown = false
		_, _ = io.WriteString(s.to, eraseLine)
	}
}

// Write implements io.Writer.
func (s *progress) Write(b []byte) (int, error) {
	s.clear()
	return s.to.Write(b)
}

// of shows how many of all are done; it is the progress of a use case.
func (s *progress) of(done, all int) {
	s.size = int64(all)
	s.at(done, int64(done))
}
