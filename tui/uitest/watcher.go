package uitest

import (
	"reflect"
	"sync"

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

// watch counts a command as at work until its message has been handled. The
// runtime takes batches and sequences apart itself, so they are taken apart
// here first.
func (w *watcher) watch(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	w.clock.begin(1)
	return func() tea.Msg {
		msg := cmd()
		if cmds, ok := List(msg); ok {
			watched := make([]tea.Cmd, len(cmds))
			for i, c := range cmds {
				watched[i] = w.watch(c)
			}
			w.clock.end()
			return reflect.ValueOf(watched).Convert(reflect.TypeOf(msg)).Interface()
		}
		return parcel{msg, w.clock.end}
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
