// Package burst tells a scanner from a person. A barcode or MRZ reader types
// like a keyboard, only faster, and ends with Enter: on a page whose letters are
// commands that would press a dozen keys and confirm whatever comes last.
//
// A burst is at least eight characters, the median gap between them at most
// 35 ms, not all the same (a held key repeats every 33 ms), ended by Enter or
// Tab within 150 ms. Measured: readers 1 to 8 ms, the same through SSH in three
// packets 0 ms with single gaps of 45 ms, a very fast typist 81 ms.
//
// Timing is never a security check: the text of a burst goes through the same
// classifier as the same text typed by hand.
//
// The Machine is pure. It is fed with strokes and their times and answers what
// to act on:
//
//	var m burst.Machine
//	r := m.Press(burst.Stroke{Text: "i"}, burst.Commands, at)
//	// r.Keys is empty, r.Wait is 50 ms: nothing acts until it is quiet
//	r = m.Quiet(at.Add(50 * time.Millisecond))
//	// r.Keys holds the "i"
package burst

import (
	"hash/maphash"
	"slices"
	"strings"
	"time"
)

// The limits of a burst.
const (
	// MinLength is the fewest characters, in runes.
	MinLength = 8
	// MaxMedian is the longest median gap between characters.
	MaxMedian = 35 * time.Millisecond
	// QuietTime is the pause after which a printable key acts as a command; a
	// longer pause also begins a new run of characters.
	QuietTime = 50 * time.Millisecond
	// MaxEnd is how long after the last character the end key may come.
	MaxEnd = 150 * time.Millisecond
	// RepeatTime is how long the same burst is taken for an echo of itself.
	RepeatTime = time.Second
)

// groupSeparator is what ctrl+] stands for inside a GS1 barcode.
const groupSeparator = "\x1d"

// Mode says what printable keys mean where they arrive.
type Mode uint8

// The modes.
const (
	// Commands: printable keys act. They wait until it is quiet.
	Commands Mode = iota
	// Text: printable keys are typed into a field, at once.
	Text
	// Secret: as Text, but a burst is thrown away.
	Secret
)

// Stroke is one key press.
type Stroke struct {
	// Text is what the key types, "" for keys that type nothing.
	Text string
	// Name is the key's name: "a", "enter", "ctrl+j".
	Name string
	// Acts: a printable key that is a command in a text field, too. It waits
	// for quiet like on a page of commands.
	Acts bool
}

// Result is what a stroke or a pause leads to.
type Result struct {
	// Keys are to be acted on now, in this order.
	Keys []Stroke
	// Mark: the first of Keys may turn out to be the beginning of a burst; what
	// it changes may have to be taken back.
	Mark bool
	// Undo: take back everything since the last Mark.
	Undo bool
	// Scan is the text of a burst that has just ended.
	Scan string
	// Dropped: a burst was thrown away.
	Dropped bool
	// Wait asks for a call of Quiet after that time; 0 for none.
	Wait time.Duration
}

// Machine holds the run of characters that may become a burst. The zero value
// is ready.
type Machine struct {
	run    []typed
	passed int  // strokes of the run that have been handed on
	mode   Mode // where the latest stroke arrived

	lastEnter time.Time
	seed      maphash.Seed
	lastScan  uint64 // hash of the latest burst: its text is not kept
	scannedAt time.Time
}

type typed struct {
	stroke Stroke
	at     time.Time
}

// Press takes one key press. Times must not run backwards; a time before the
// last one counts as the last one.
func (m *Machine) Press(s Stroke, mode Mode, at time.Time) Result {
	if mode != m.mode && m.pending() == 0 {
		m.forget() // typed somewhere else
	}
	m.mode = mode
	if s.Name == "ctrl+]" && m.within(QuietTime, at) {
		s.Text = groupSeparator
	}
	if s.Text != "" {
		return m.character(s, at)
	}
	return m.key(s, at)
}

// Quiet is called when nothing was pressed for the time asked for. It is
// harmless at any other time.
func (m *Machine) Quiet(at time.Time) Result {
	if m.pending() == 0 || m.within(QuietTime-1, at) {
		return Result{}
	}
	if m.isBurst() {
		if left := m.last().Add(MaxEnd).Sub(at); left >= 0 {
			return Result{Wait: left + time.Millisecond}
		}
		if m.mode == Commands {
			// Nobody types like this; as commands it would be eight or more
			// keys pressed blindly.
			m.forget()
			return Result{Dropped: true}
		}
	}
	return m.flush()
}

// character takes a stroke that types something.
func (m *Machine) character(s Stroke, at time.Time) Result {
	var r Result
	if !m.within(QuietTime, at) {
		r = m.leaveRun()
	}
	m.run = append(m.run, typed{s, at})
	first := len(m.run) == 1
	switch {
	case m.mode == Commands, s.Acts, m.pending() > 1, !first && !m.allSame():
		r.Wait = QuietTime
		return r
	}
	m.passed = len(m.run)
	r.Keys, r.Mark = append(r.Keys, s), first
	return r
}

// leaveRun gives up a run because a new one begins: what still waits acts, or
// is dropped when no person typed it.
func (m *Machine) leaveRun() Result {
	if m.pending() > 0 && m.isBurst() && m.mode == Commands {
		m.forget()
		return Result{Dropped: true}
	}
	r := m.flush()
	m.forget()
	return r
}

// key takes a stroke that types nothing. It ends a burst or the run.
func (m *Machine) key(s Stroke, at time.Time) Result {
	afterEnter := at.Sub(m.lastEnter) <= MaxEnd
	m.lastEnter = time.Time{}
	if s.Name == "ctrl+j" && afterEnter {
		return Result{} // the line feed of CR LF
	}
	if s.Name == "enter" {
		m.lastEnter = at
	}
	if ends(s.Name) && m.within(MaxEnd, at) && m.isBurst() {
		return m.scanned(at)
	}
	r := m.leaveRun()
	r.Keys = append(r.Keys, s)
	return r
}

func ends(name string) bool { return name == "enter" || name == "tab" || name == "ctrl+j" }

// scanned ends a burst; the key that ended it presses nothing.
func (m *Machine) scanned(at time.Time) Result {
	text, undo := m.text(), m.passed > 0
	m.forget()
	if m.mode == Secret {
		return Result{Undo: undo, Dropped: true}
	}
	if m.seed == (maphash.Seed{}) {
		m.seed = maphash.MakeSeed()
	}
	hash := maphash.String(m.seed, text)
	again := hash == m.lastScan && at.Sub(m.scannedAt) < RepeatTime
	m.lastScan, m.scannedAt = hash, at
	if again {
		return Result{Undo: undo}
	}
	return Result{Undo: undo, Scan: text}
}

// flush hands on what waits. The run stays, in case an end key follows.
func (m *Machine) flush() Result {
	r := Result{Mark: m.passed == 0 && len(m.run) > 0}
	for _, t := range m.run[m.passed:] {
		r.Keys = append(r.Keys, t.stroke)
	}
	m.passed = len(m.run)
	return r
}

// Reset forgets the run: the seat is locked, or another page is shown.
func (m *Machine) Reset() { m.forget() }

// forget leaves nothing of the run in memory, which may be a passphrase.
func (m *Machine) forget() {
	clear(m.run[:cap(m.run)])
	m.run, m.passed = m.run[:0], 0
}

func (m *Machine) pending() int { return len(m.run) - m.passed }

func (m *Machine) last() time.Time { return m.run[len(m.run)-1].at }

// within reports whether at lies at most d after the last character.
func (m *Machine) within(d time.Duration, at time.Time) bool {
	return len(m.run) > 0 && at.Sub(m.last()) <= d
}

// isBurst judges the run without its end key.
func (m *Machine) isBurst() bool {
	return m.runes() >= MinLength && !m.allSame() && m.medianGap() <= MaxMedian
}

func (m *Machine) runes() int {
	n := 0
	for _, t := range m.run {
		n += len([]rune(t.stroke.Text))
	}
	return n
}

func (m *Machine) allSame() bool {
	for _, t := range m.run {
		if t.stroke.Text != m.run[0].stroke.Text {
			return false
		}
	}
	return true
}

func (m *Machine) medianGap() time.Duration {
	gaps := make([]time.Duration, 0, len(m.run))
	for i := 1; i < len(m.run); i++ {
		gaps = append(gaps, m.run[i].at.Sub(m.run[i-1].at))
	}
	if len(gaps) == 0 {
		return 0
	}
	slices.Sort(gaps)
	return gaps[len(gaps)/2]
}

func (m *Machine) text() string {
	var b strings.Builder
	for _, t := range m.run {
		b.WriteString(t.stroke.Text)
	}
	return b.String()
}
