package uitest

import (
	"reflect"
	"slices"
	"sync"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"schalter/tui"
)

// watcher stands between the program and its model. It counts the commands that
// are at work and keeps what the model wants on the screen.
type watcher struct {
	inner tea.Model
	clock *Clock
	// after is called when the message that is being handled has been; it
	// belongs to the program's loop.
	after func()

	// changed is called when the view or what the program told first changes.
	changed func()

	mu     sync.Mutex
	view   tea.View
	told   int
	serial string
}

// serialMsg sets the serial number of the following frames. It stands behind the
// window's title, which the renderer writes together with the frame: a terminal
// that shows it shows everything drawn before.
type serialMsg string

// tellsFirst is how many messages the runtime sends by itself when it starts:
// size, colours, environment.
const tellsFirst = 3

func (w *watcher) hasStarted() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.told == tellsFirst
}

func (w *watcher) hear(msg tea.Msg) {
	switch msg.(type) {
	case tea.WindowSizeMsg, tea.ColorProfileMsg, tea.EnvMsg:
		w.mu.Lock()
		w.told = min(w.told+1, tellsFirst)
		w.mu.Unlock()
		w.changed()
	}
}

// parcel is a message with what to do when it has been handled.
type parcel struct {
	msg  tea.Msg
	done func()
}

func (w *watcher) Init() tea.Cmd { return w.watch(w.inner.Init()) }

func (w *watcher) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if serial, ok := msg.(serialMsg); ok {
		w.mu.Lock()
		w.serial = string(serial)
		w.mu.Unlock()
		return w, nil
	}
	inner, cmd := w.inner.Update(msg)
	w.inner = inner
	w.hear(msg)
	return w, w.watch(cmd)
}

// View is called after each Update: only now has the message been handled.
func (w *watcher) View() tea.View {
	v := w.inner.View()
	w.mu.Lock()
	v.WindowTitle += w.serial
	w.view = v
	w.mu.Unlock()
	w.handled()
	return v
}

// wanted is the view that was drawn last.
func (w *watcher) wanted() tea.View {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.view
}

// filter unpacks parcels and passes messages on to the program's own filter.
func (w *watcher) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	if p, ok := msg.(parcel); ok {
		w.after, msg = p.done, p.msg
	}
	if msg = tui.Filter(w.inner, msg); msg == nil {
		w.handled()
	}
	return msg
}

func (w *watcher) handled() {
	if w.after != nil {
		w.after()
		w.after = nil
	}
}

// watch counts a command as at work until its message has been handled.
func (w *watcher) watch(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	w.clock.begin(1)
	return w.follow(cmd, w.clock.end)
}

// follow calls done when the message of a command that counts has been handled.
// The runtime takes batches and sequences apart itself, so they are taken apart
// here first: each command of a batch counts, of a sequence the one whose turn
// it is.
func (w *watcher) follow(cmd tea.Cmd, done func()) tea.Cmd {
	return func() tea.Msg {
		msg := cmd()
		cmds, ok := List(msg)
		cmds = slices.DeleteFunc(slices.Clone(cmds), func(c tea.Cmd) bool { return c == nil })
		switch {
		case !ok:
			return parcel{msg, done}
		case len(cmds) == 0:
			return parcel{nil, done}
		case reflect.TypeOf(msg) == reflect.TypeFor[tea.BatchMsg]():
			w.clock.begin(len(cmds) - 1)
			var left atomic.Int64
			left.Store(int64(len(cmds)))
			for i, c := range cmds {
				cmds[i] = w.follow(c, func() {
					if left.Add(-1) == 0 {
						done()
					} else {
						w.clock.end()
					}
				})
			}
		default:
			for i, c := range cmds {
				after := func() {} // the count passes to the next
				if i == len(cmds)-1 {
					after = done
				}
				cmds[i] = w.follow(c, after)
			}
		}
		return reflect.ValueOf(cmds).Convert(reflect.TypeOf(msg)).Interface()
	}
}

// List opens the messages of tea.Batch and tea.Sequence; ok is false for any
// other. It is for tests that drive a model without a program.
func List(msg tea.Msg) ([]tea.Cmd, bool) {
	v := reflect.ValueOf(msg)
	cmds := reflect.TypeFor[[]tea.Cmd]()
	if !v.IsValid() || v.Kind() != reflect.Slice || !v.CanConvert(cmds) {
		return nil, false
	}
	return v.Convert(cmds).Interface().([]tea.Cmd), true
}
