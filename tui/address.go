package tui

import (
	"reflect"
	"runtime"
	"strconv"

	tea "charm.land/bubbletea/v2"
)

// addressed is the result of a page's command on its way back. Whatever a page
// sends travels like this, so that it reaches that page or nobody; messages for
// the terminal itself (clipboard, raw output) cannot get through.
type addressed struct {
	to  uint64
	msg tea.Msg
}

// crashMsg tells of a panic in a command, by places in the code only: the value
// of a panic may hold anything.
type crashMsg struct{ places []string }

// address makes the results of a page's command come back to it.
func address(to uint64, cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer func() {
			if recover() != nil {
				msg = crashMsg{places()}
			}
		}()
		switch m := cmd().(type) {
		case nil:
			return nil
		case tea.BatchMsg:
			return tea.BatchMsg(addressAll(to, m))
		default:
			if cmds, ok := sequence(m); ok {
				return tea.Sequence(addressAll(to, cmds)...)()
			}
			return addressed{to, m}
		}
	}
}

func addressAll(to uint64, cmds []tea.Cmd) []tea.Cmd {
	out := make([]tea.Cmd, 0, len(cmds))
	for _, c := range cmds {
		if c != nil {
			out = append(out, address(to, c))
		}
	}
	return out
}

// sequence opens the message of tea.Sequence, whose type has no public name.
func sequence(msg tea.Msg) ([]tea.Cmd, bool) {
	v := reflect.ValueOf(msg)
	cmds := reflect.TypeFor[[]tea.Cmd]()
	if !v.IsValid() || v.Kind() != reflect.Slice || !v.CanConvert(cmds) {
		return nil, false
	}
	return v.Convert(cmds).Interface().([]tea.Cmd), true
}

// places lists the functions and lines of a panic, innermost first.
func places() []string {
	const most = 32
	var pcs [most]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	var out []string
	for {
		f, more := frames.Next()
		out = append(out, f.Function+":"+strconv.Itoa(f.Line))
		if !more {
			return out
		}
	}
}
