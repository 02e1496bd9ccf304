package page

import (
	"context"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
)

func testEnv(now *time.Time) *Env {
	return &Env{Context: context.Background(), Now: func() time.Time { return *now }}
}

// answer runs a command as the runtime would and opens what comes.
func answer(t *testing.T, env *Env, cmd tea.Cmd) (tea.Msg, bool) {
	t.Helper()
	a, ok := cmd().(Answer)
	if !ok {
		t.Fatal("a call does not answer with an Answer")
	}
	return a.Open(env)
}

func TestSlot(t *testing.T) {
	now := time.Date(2027, 3, 1, 14, 2, 0, 0, time.UTC)
	env := testEnv(&now)
	var s Slot
	if _, waiting := env.Waiting(); waiting || s.Busy() {
		t.Error("busy before anything runs")
	}
	cmd := s.Run(env, func(context.Context) tea.Msg { return "da" })
	if since, waiting := env.Waiting(); !waiting || since != now || !s.Busy() {
		t.Error("a running call does not count")
	}
	if msg, ok := answer(t, env, cmd); msg != "da" || !ok {
		t.Errorf("answered %v, %v", msg, ok)
	}
	if _, waiting := env.Waiting(); waiting || s.Busy() {
		t.Error("an answered call still counts")
	}
}

func TestANewerCallSupersedes(t *testing.T) {
	now := time.Date(2027, 3, 1, 14, 2, 0, 0, time.UTC)
	env := testEnv(&now)
	var s Slot
	var ended bool
	older := s.Run(env, func(ctx context.Context) tea.Msg { ended = ctx.Err() != nil; return "alt" })
	now = now.Add(time.Second)
	newer := s.Run(env, func(context.Context) tea.Msg { return "neu" })
	if msg, ok := answer(t, env, older); ok {
		t.Errorf("the older call answered %v", msg)
	}
	if !ended {
		t.Error("the older call's context goes on")
	}
	if since, waiting := env.Waiting(); !waiting || since != now || !s.Busy() {
		t.Error("the newer call is not waited for, or not from its beginning")
	}
	if msg, ok := answer(t, env, newer); msg != "neu" || !ok {
		t.Errorf("answered %v, %v", msg, ok)
	}
}

func TestAStoppedCallAnswersNobody(t *testing.T) {
	now := time.Date(2027, 3, 1, 14, 2, 0, 0, time.UTC)
	env := testEnv(&now)
	var s Slot
	cmd := s.Run(env, func(context.Context) tea.Msg { return "da" })
	s.Stop(env)
	if _, waiting := env.Waiting(); waiting || s.Busy() {
		t.Error("a stopped call still counts")
	}
	if msg, ok := answer(t, env, cmd); ok {
		t.Errorf("answered %v", msg)
	}
}

func TestTheOldestCallIsTheOneWaitedFor(t *testing.T) {
	now := time.Date(2027, 3, 1, 14, 2, 0, 0, time.UTC)
	env := testEnv(&now)
	var a, b Slot
	first := now
	done := a.Run(env, func(context.Context) tea.Msg { return nil })
	now = now.Add(time.Second)
	b.Run(env, func(context.Context) tea.Msg { return nil })
	if since, _ := env.Waiting(); since != first {
		t.Errorf("waits since %v, want %v", since, first)
	}
	if msg, ok := answer(t, env, done); msg != nil || !ok {
		t.Errorf("answered %v, %v", msg, ok)
	}
	if since, _ := env.Waiting(); since != now {
		t.Errorf("waits since %v, want %v", since, now)
	}
	env.ForgetCalls()
	if _, waiting := env.Waiting(); waiting {
		t.Error("waits for calls of pages that are gone")
	}
}

func TestTheSessionEndsEveryCall(t *testing.T) {
	now := time.Date(2027, 3, 1, 14, 2, 0, 0, time.UTC)
	env := testEnv(&now)
	ctx, cancel := context.WithCancel(context.Background())
	env.Context = ctx
	var s Slot
	cmd := s.Run(env, func(ctx context.Context) tea.Msg { return ctx.Err() })
	cancel()
	if msg, ok := answer(t, env, cmd); msg != context.Canceled || !ok {
		t.Errorf("answered %v, %v", msg, ok)
	}
}

func TestRequests(t *testing.T) {
	route := Route{Member, 7}
	for _, row := range []struct {
		why  string
		cmd  tea.Cmd
		want tea.Msg
	}{
		{"navigate", Navigate(Member, 7), NavigateMsg{route}},
		{"replace", Replace(Member, 7), ReplaceMsg{route}},
		{"back", Back(), BackMsg{}},
		{"reset", Reset(Member, 7), ResetMsg{route}},
		{"say", Say("gut"), SayMsg{"gut"}},
		{"enter a session", EnterSession(Session{Person: "K"}, Member, 7), EnterSessionMsg{Session{Person: "K"}, route}},
		{"lock", Lock(), LockMsg{}},
		{"unlocked", Unlocked(), UnlockedMsg{}},
		{"quit", Quit(), QuitMsg{}},
		{"fail", Fail(context.Canceled), FailMsg{context.Canceled}},
	} {
		if got := row.cmd(); got != row.want {
			t.Errorf("%s: got %#v", row.why, got)
		}
	}
	if Fail(nil) != nil {
		t.Error("no error fails")
	}
	if ask, ok := Ask(Question{Title: "Wirklich?"})().(AskMsg); !ok || ask.Question.Title != "Wirklich?" {
		t.Error("ask")
	}
	var s Session
	if change, ok := ChangeSession(func(s *Session) { s.Role = "Teamleitung" })().(SessionMsg); ok {
		change.Change(&s)
	}
	if s.Role != "Teamleitung" {
		t.Error("change the session")
	}
}
