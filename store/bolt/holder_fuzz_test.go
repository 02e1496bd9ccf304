package bolt

import "testing"

// FuzzHolder looks for notes that would put something else than text on a
// terminal.
func FuzzHolder(f *testing.F) {
	f.Add([]byte(`{"pid":4711,"user":"kasse","host":"gs-12","since":"2026-11-21T08:02:11+01:00"}`))
	f.Add([]byte(`{"pid":1,"user":"\u001b[2J"}`))
	f.Add([]byte(`{"pid":-1}`))
	f.Fuzz(func(t *testing.T, note []byte) {
		h := parseHolder(note)
		if h == nil {
			return
		}
		if h.PID <= 0 || !printable(h.String()) {
			t.Errorf("holder %q", h.String())
		}
	})
}
