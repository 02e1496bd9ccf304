//go:build linux || darwin

package control_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"schalter/cmd/internal/control"
)

const version = "1.2.3 abcdef0"

// holder listens in a directory of its own and runs commands as run says.
func holder(t *testing.T, run func(context.Context, *control.Session) int) (path string, s *control.Server) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "db.sock")
	return path, listen(t, path, control.Config{Version: version, Run: run})
}

func listen(t *testing.T, path string, c control.Config) *control.Server {
	t.Helper()
	server, err := control.Listen(path, c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return server
}

// side is where a command is typed, with everything it says in buffers.
type side struct {
	in       io.Reader
	out, err bytes.Buffer
	dir      string
	line     func(context.Context, string) (string, error)
}

func (s *side) near() control.Near {
	if s.in == nil {
		s.in = strings.NewReader("")
	}
	return control.Near{Stdin: s.in, Stdout: &s.out, Stderr: &s.err, Files: s, Asker: s}
}

func (s *side) Line(ctx context.Context, prompt string) (string, error) {
	if s.line == nil {
		return "", control.ErrNobody
	}
	return s.line(ctx, prompt)
}

func (s *side) Secret(ctx context.Context, prompt string) ([]byte, error) {
	line, err := s.Line(ctx, prompt)
	return []byte(line), err
}

func (s *side) Open(name string) (control.File, error) {
	return opened(os.Open(filepath.Join(s.dir, name)))
}

func (s *side) Create(name string) (control.File, error) {
	return opened(os.OpenFile(filepath.Join(s.dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600))
}

func (s *side) Remove(name string) error { return os.Remove(filepath.Join(s.dir, name)) }

func (s *side) Look(name string) (control.Info, error) {
	info, err := os.Lstat(filepath.Join(s.dir, name))
	if err != nil {
		return control.Info{}, err
	}
	return control.Info{Mode: info.Mode(), Size: info.Size(), Ours: true}, nil
}

func (s *side) Settle(draft, name string) error {
	return os.Rename(filepath.Join(s.dir, draft), filepath.Join(s.dir, name))
}

type file struct{ *os.File }

func opened(f *os.File, err error) (control.File, error) {
	if err != nil {
		return nil, err
	}
	return file{f}, nil
}

func (f file) Stat() (control.Info, error) {
	info, err := f.File.Stat()
	if err != nil {
		return control.Info{}, err
	}
	return control.Info{Mode: info.Mode(), Size: info.Size(), Ours: true}, nil
}

// typed runs a command at a side and returns its exit status.
func typed(t *testing.T, path string, s *side, r control.Request) int {
	t.Helper()
	status, err := try(t.Context(), path, s, r)
	if err != nil {
		t.Fatal(err)
	}
	return status
}

func try(ctx context.Context, path string, s *side, r control.Request) (int, error) {
	conn, err := control.Dial(ctx, path, version)
	if err != nil {
		return 0, err
	}
	return conn.Run(ctx, r, s.near())
}

// TestStreams: arguments, variables, streams and status go over, in any size.
func TestStreams(t *testing.T) {
	path, _ := holder(t, func(_ context.Context, s *control.Session) int {
		fmt.Fprintf(s.Stderr(), "%q %q %v %v", s.Request.Args, s.Request.Env["LANG"], s.Request.Asks, s.Request.Watched)
		if _, err := io.Copy(s.Stdout(), s.Stdin()); err != nil {
			t.Error(err)
		}
		return 7
	})
	text := strings.Repeat("Prüfung ", 100_000)
	here := &side{in: strings.NewReader(text)}
	status := typed(t, path, here, control.Request{
		Args: []string{"member", "ä", ""}, Env: map[string]string{"LANG": "de_DE"}, Watched: true,
	})
	if want := `["member" "ä" ""] "de_DE" false true`; status != 7 || here.err.String() != want {
		t.Errorf("status %d, %s, want %s", status, here.err.String(), want)
	}
	if here.out.String() != text {
		t.Errorf("%d bytes came back of %d", here.out.Len(), len(text))
	}
}

// TestErrorsKeepTheirMeaning: what fails on the side where the command was typed
// fails in the holder likewise.
func TestErrorsKeepTheirMeaning(t *testing.T) {
	path, _ := holder(t, func(ctx context.Context, s *control.Session) int {
		if _, err := s.Open("missing"); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("missing: %v", err)
		}
		if _, err := s.Create("there"); !errors.Is(err, fs.ErrExist) {
			t.Errorf("there: %v", err)
		}
		if _, err := s.Secret(ctx, "Passphrase"); !errors.Is(err, control.ErrNobody) {
			t.Errorf("nobody: %v", err)
		}
		if _, err := s.Stdout().Write([]byte("x")); err == nil {
			t.Error("a write that failed is told as done")
		}
		if _, err := s.Stdin().Read(make([]byte, 1)); err == nil || errors.Is(err, io.EOF) {
			t.Errorf("a read that failed: %v", err)
		}
		if _, err := s.Open(strings.Repeat("x", 1<<20)); !errors.Is(err, control.ErrTooLong) {
			t.Errorf("a name of a megabyte: %v", err)
		}
		return 0
	})
	here := &side{dir: t.TempDir()}
	if err := os.WriteFile(filepath.Join(here.dir, "there"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	near := here.near()
	near.Stdin, near.Stdout = broken{}, broken{}
	conn, err := control.Dial(t.Context(), path, version)
	if err != nil {
		t.Fatal(err)
	}
	if status, err := conn.Run(t.Context(), control.Request{}, near); status != 0 || err != nil {
		t.Errorf("%d, %v", status, err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error)  { return 0, errors.New("the cable was pulled") }
func (broken) Write([]byte) (int, error) { return 0, errors.New("the cable was pulled") }

// TestFiles: the holder reads, writes, looks at and removes files of the other
// side.
func TestFiles(t *testing.T) {
	path, _ := holder(t, func(_ context.Context, s *control.Session) int {
		in, err := s.Open("in")
		if err != nil {
			t.Error(err)
			return 1
		}
		info, err := in.Stat()
		if err != nil || info.Size != 5 || info.Mode != 0o640 || !info.Ours {
			t.Errorf("%+v, %v", info, err)
		}
		text, err := io.ReadAll(in)
		if err != nil || string(text) != "hallo" {
			t.Errorf("%q, %v", text, err)
		}
		if info, err := s.Look("in"); err != nil || info.Size != 5 {
			t.Errorf("look: %+v, %v", info, err)
		}
		out, err := s.Create("draft")
		if err != nil {
			t.Error(err)
			return 1
		}
		_, err = out.Write(text)
		if err := errors.Join(err, out.Sync(), out.Close(), in.Close(), s.Settle("draft", "out"), s.Remove("in")); err != nil {
			t.Error(err)
		}
		if _, err := in.Read(text); err == nil {
			t.Error("a closed file is read")
		}
		return 0
	})
	here := &side{dir: t.TempDir()}
	name := filepath.Join(here.dir, "in")
	if err := errors.Join(os.WriteFile(name, []byte("hallo"), 0o640), os.Chmod(name, 0o640)); err != nil {
		t.Fatal(err)
	}
	typed(t, path, here, control.Request{})
	if text, err := os.ReadFile(filepath.Join(here.dir, "out")); string(text) != "hallo" {
		t.Errorf("%q, %v", text, err)
	}
	if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("not removed: %v", err)
	}
}

// TestCancel: ctrl+c ends the command's context; what it still says arrives, and
// so does its status.
func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	path, _ := holder(t, func(ctx context.Context, s *control.Session) int {
		_, _ = s.Secret(context.WithoutCancel(ctx), "Passphrase")
		<-ctx.Done()
		fmt.Fprint(s.Stderr(), "abgebrochen")
		return 1
	})
	restored := false
	here := &side{line: func(ctx context.Context, _ string) (string, error) {
		cancel() // while it is typed
		<-ctx.Done()
		restored = true
		return "", ctx.Err()
	}}
	status, err := try(ctx, path, here, control.Request{Asks: true})
	if status != 1 || err != nil || here.err.String() != "abgebrochen" || !restored {
		t.Errorf("%d, %v, %q, prompt ended: %v", status, err, here.err.String(), restored)
	}
}

// TestLostClient: a client that is gone ends its command.
func TestLostClient(t *testing.T) {
	ended := make(chan error, 1)
	path, _ := holder(t, func(ctx context.Context, s *control.Session) int {
		_, err := s.Stdin().Read(make([]byte, 1))
		<-ctx.Done()
		ended <- err
		return 1
	})
	conn, err := control.Dial(t.Context(), path, version)
	if err != nil {
		t.Fatal(err)
	}
	near := (&side{}).near()
	near.Stdin = closing{conn}
	if _, err := conn.Run(t.Context(), control.Request{}, near); !errors.Is(err, control.ErrLost) {
		t.Errorf("the client: %v", err)
	}
	if err := <-ended; !errors.Is(err, control.ErrLost) {
		t.Errorf("the command: %v", err)
	}
}

// closing breaks the connection when it is read.
type closing struct{ conn *control.Conn }

func (c closing) Read([]byte) (int, error) { return 0, c.conn.Close() }

// TestHolderEnds: commands are cancelled with the reason, and their last words
// arrive.
func TestHolderEnds(t *testing.T) {
	started := make(chan struct{})
	path, server := holder(t, func(ctx context.Context, s *control.Session) int {
		close(started)
		<-ctx.Done()
		fmt.Fprint(s.Stderr(), context.Cause(ctx))
		return 1
	})
	go func() { <-started; _ = server.Close() }()
	here := &side{}
	if status := typed(t, path, here, control.Request{}); status != 1 || here.err.String() != control.ErrEnding.Error() {
		t.Errorf("%d, %q", status, here.err.String())
	}
	if err := server.Close(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("closed again: %v", err)
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the socket is left: %v", err)
	}
	if _, err := control.Dial(t.Context(), path, version); !errors.Is(err, control.ErrNoHolder) {
		t.Errorf("dial: %v", err)
	}
}

// TestHungClient: a client that answers nothing holds up its own command only,
// and the holder's end not for long.
func TestHungClient(t *testing.T) {
	var mu sync.Mutex
	runs := 0
	path, server := holder(t, func(_ context.Context, s *control.Session) int {
		mu.Lock()
		runs++
		hung := runs == 1
		mu.Unlock()
		if _, err := s.Stdout().Write(make([]byte, 1<<20)); hung && !errors.Is(err, control.ErrLost) {
			t.Errorf("the hung one: %v", err)
		}
		return 0
	})
	stop := make(chan struct{})
	defer close(stop)
	reached := make(chan struct{})
	go func() {
		near := (&side{}).near()
		near.Stdout = writerFunc(func([]byte) (int, error) { close(reached); <-stop; return 0, io.ErrClosedPipe })
		conn, err := control.Dial(context.Background(), path, version)
		if err == nil {
			_, _ = conn.Run(context.Background(), control.Request{}, near)
		}
	}()
	<-reached
	for range 3 {
		if status := typed(t, path, &side{}, control.Request{}); status != 0 {
			t.Errorf("beside it: %d", status)
		}
	}
	if err := server.Close(); err != nil {
		t.Error(err)
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }

// TestManyCommands: as many as may run at once do, with their own streams; one
// more is told to wait.
func TestManyCommands(t *testing.T) {
	var all sync.WaitGroup
	all.Add(control.MaxCommands)
	full, release := make(chan struct{}), make(chan struct{})
	path, _ := holder(t, func(_ context.Context, s *control.Session) int {
		all.Done()
		<-release
		fmt.Fprint(s.Stdout(), s.Request.Args[0])
		return 0
	})
	go func() { all.Wait(); close(full) }()
	var clients sync.WaitGroup
	for i := range control.MaxCommands {
		clients.Go(func() {
			here, name := &side{}, fmt.Sprint(i)
			status, err := try(t.Context(), path, here, control.Request{Args: []string{name}})
			if status != 0 || err != nil || here.out.String() != name {
				t.Errorf("%d: %d, %v, %q", i, status, err, here.out.String())
			}
		})
	}
	<-full
	if _, err := control.Dial(t.Context(), path, version); !errors.Is(err, control.ErrBusy) {
		t.Errorf("one more: %v", err)
	}
	close(release)
	clients.Wait()
	all.Add(1)
	if status := typed(t, path, &side{}, control.Request{Args: []string{"x"}}); status != 0 {
		t.Errorf("afterwards: %d", status)
	}
}

// TestPanic: a command that brings itself down ends with 1; the holder goes on.
func TestPanic(t *testing.T) {
	path, _ := holder(t, func(context.Context, *control.Session) int { panic("A123456780") })
	for range control.MaxCommands + 1 {
		if status := typed(t, path, &side{}, control.Request{}); status != 1 {
			t.Errorf("status %d", status)
		}
	}
}

// TestVersions: another version is told which one is there.
func TestVersions(t *testing.T) {
	path, _ := holder(t, func(context.Context, *control.Session) int { t.Error("ran"); return 0 })
	_, err := control.Dial(t.Context(), path, "1.2.4 0123456")
	var other *control.VersionError
	if !errors.As(err, &other) || other.Holder != version {
		t.Errorf("%v", err)
	}
}

// TestOtherUser: the holder runs nothing for somebody else.
func TestOtherUser(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db.sock")
	listen(t, path, control.Config{
		Version: version, Run: func(context.Context, *control.Session) int { t.Error("ran"); return 0 },
		SameUser: func(*net.UnixConn) error { return control.ErrOtherUser },
	})
	if _, err := control.Dial(t.Context(), path, version); err == nil {
		t.Error("somebody else was let in")
	}
	info, err := os.Lstat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}

// TestHostileClient: whatever is sent, the holder closes that connection and
// serves the next.
func TestHostileClient(t *testing.T) {
	path, _ := holder(t, func(_ context.Context, s *control.Session) int {
		_, _ = s.Stdin().Read(make([]byte, 1))
		return 0
	})
	hello := "schalter+" + string(rune(len(version))) + version
	run := "\x00\x00\x00\x13\xa2\x01\x01\x0a\xa7\x01\x80\x02\xa0\x03\xf4\x04\xf4\x05\xf4\x06\x00\x07\x00"
	for _, r := range []struct{ reason, sent string }{
		{"nothing", ""},
		{"garbage", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"},
		{"a frame of four gigabytes", hello + "\xff\xff\xff\xff"},
		{"an empty frame", hello + "\x00\x00\x00\x00"},
		{"half a frame", hello + "\x00\x00\x00\x10\xa1"},
		{"no map", hello + "\x00\x00\x00\x01\x00"},
		{"an answer before the command", hello + "\x00\x00\x00\x03\xa1\x01\x03"},
		{"a command without its words", hello + "\x00\x00\x00\x03\xa1\x01\x01"},
		{"an answer that nobody asked for", hello + run + "\x00\x00\x00\x06\xa2\x01\x03\x02\x18\x63"},
		{"the command twice", hello + run + run},
	} {
		conn, err := net.Dial("unix", path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, r.sent); err != nil {
			t.Errorf("%s: %v", r.reason, err)
		}
		if r.sent == "" || r.reason == "half a frame" {
			_ = conn.(*net.UnixConn).CloseWrite()
		}
		if _, err := io.Copy(io.Discard, conn); err != nil && !strings.Contains(err.Error(), "reset") {
			t.Errorf("%s: %v", r.reason, err)
		}
		_ = conn.Close()
	}
	if status := typed(t, path, &side{}, control.Request{}); status != 0 {
		t.Errorf("afterwards: %d", status)
	}
}

// TestStaleSocket: what a killed holder left is replaced; anything else is left
// alone.
func TestStaleSocket(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db.sock")
	for _, name := range []string{path, path + ".new"} {
		old, err := net.ListenUnix("unix", &net.UnixAddr{Name: name, Net: "unix"})
		if err != nil {
			t.Fatal(err)
		}
		old.SetUnlinkOnClose(false)
		if err := old.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := control.Dial(t.Context(), path, version); !errors.Is(err, control.ErrNoHolder) {
		t.Errorf("stale: %v", err)
	}
	server := listen(t, path, control.Config{Version: version, Run: func(context.Context, *control.Session) int { return 3 }})
	if status := typed(t, path, &side{}, control.Request{}); status != 3 {
		t.Errorf("status %d", status)
	}
	if err := server.Close(); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := control.Listen(path, control.Config{}); !errors.Is(err, control.ErrInTheWay) {
		t.Errorf("a file in the way: %v", err)
	}
	if text, err := os.ReadFile(path); string(text) != "mine" {
		t.Errorf("%q, %v", text, err)
	}
}

// TestLongRequest: a command line that does not fit is told so, by the client.
func TestLongRequest(t *testing.T) {
	path, _ := holder(t, func(context.Context, *control.Session) int { t.Error("ran"); return 0 })
	for _, args := range [][]string{{strings.Repeat("x", 300<<10)}, make([]string, 5000)} {
		if _, err := try(t.Context(), path, &side{}, control.Request{Args: args}); !errors.Is(err, control.ErrTooLong) {
			t.Errorf("%v", err)
		}
	}
}
