package paper

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The fake lp writes what it got into this folder and then does what the mode
// says.
const (
	envFolder = "PAPER_LP_FOLDER"
	envMode   = "PAPER_LP_MODE"
)

func fakeLP(args []string) int {
	folder := os.Getenv(envFolder)
	record := func(name, content string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			panic(err)
		}
	}
	record("argv", strings.Join(args, "\n"))
	switch os.Getenv(envMode) {
	case "deaf": // ends without reading
		return 0
	case "hangs": // says so, and never ends
		conn, err := net.Dial("unix", filepath.Join(folder, "socket"))
		if err != nil {
			panic(err)
		}
		fmt.Fprint(conn, "!")
		io.Copy(io.Discard, conn)
		return 0
	}
	data, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	record("stdin", string(data))
	if os.Getenv(envMode) == "fails" {
		fmt.Fprintln(os.Stderr, strings.Repeat("x", 5000))
		fmt.Fprintln(os.Stderr, "lp: The printer or class\x1b[2J does not exist.\a")
		return 3
	}
	fmt.Println("request id is schalter-2-17 (0 file(s))")
	return 0
}

// installLP puts the fake first and only on PATH and returns its folder.
func installLP(t *testing.T, mode string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin, folder := t.TempDir(), t.TempDir()
	if err := os.Symlink(self, filepath.Join(bin, "lp")); err != nil {
		t.Fatal(err)
	}
	watchTemp(t)
	t.Setenv("PATH", bin)
	t.Setenv(envFolder, folder)
	t.Setenv(envMode, mode)
	return folder
}

func recorded(t *testing.T, folder, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestCUPS(t *testing.T) {
	folder := installLP(t, "")
	p, s := CUPS{"schalter-2"}, sample(German)
	if err := p.Print(context.Background(), s); err != nil {
		t.Fatal(err)
	}
	args := strings.Split(recorded(t, folder, "argv"), "\n")
	if want := []string{"-d", "schalter-2", "-t", "schalter", "-o", "media=A6", "-"}; !slices.Equal(args, want) {
		t.Errorf("lp was called with %q, want %q", args, want)
	}
	if recorded(t, folder, "stdin") != string(mustPDF(t, s)) {
		t.Error("lp got something else than the PDF")
	}
	if p.Name() != "schalter-2" {
		t.Errorf("Name = %q", p.Name())
	}
}

func TestCUPSDeaf(t *testing.T) {
	installLP(t, "deaf")
	if err := (CUPS{"q"}).Print(context.Background(), sample(German)); err != nil {
		t.Errorf("lp ended well without reading to the end: %v", err)
	}
}

func TestCUPSFails(t *testing.T) {
	folder := installLP(t, "fails")
	s := sample(German)
	err := CUPS{"schalter-2"}.Print(context.Background(), s)
	wantPrinterError(t, err)
	var lp *LPError
	if !errors.As(err, &lp) || lp.Status != 3 {
		t.Fatalf("Print: %v, want lp's status 3", err)
	}
	if !strings.HasSuffix(lp.Said, "lp: The printer or class does not exist.") || len(lp.Said) > tailLength {
		t.Errorf("lp said %q", lp.Said)
	}
	if strings.ContainsAny(err.Error(), "\x1b\a\n") {
		t.Errorf("control characters get into the log: %q", err)
	}
	if strings.Contains(err.Error(), "WXZ3M") {
		t.Errorf("the code gets into the log: %v", err)
	}
	wantFiles(t, folder, "argv", "stdin")
}

func TestCUPSOfABadSlip(t *testing.T) {
	folder := installLP(t, "")
	s := sample(German)
	s.Code = ""
	wantPrinterError(t, CUPS{"q"}.Print(context.Background(), s))
	wantFiles(t, folder) // lp was not called
}

func TestCUPSMissing(t *testing.T) {
	watchTemp(t)
	t.Setenv("PATH", t.TempDir())
	err := CUPS{"q"}.Print(context.Background(), sample(German))
	wantPrinterError(t, err)
	if !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("Print: %v, want %v", err, exec.ErrNotFound)
	}
}

func TestCUPSEndsWithItsContext(t *testing.T) {
	folder := installLP(t, "hangs")
	listener, err := net.Listen("unix", filepath.Join(folder, "socket"))
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	printed := make(chan error, 1)
	go func() { printed <- CUPS{"q"}.Print(ctx, sample(German)) }()

	conn, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.ReadFull(conn, make([]byte, 1)); err != nil {
		t.Fatal(err) // lp is running from here on
	}
	tooLong := errors.New("took too long")
	cancel(tooLong)

	err = <-printed
	wantPrinterError(t, err)
	if !errors.Is(err, tooLong) {
		t.Errorf("Print: %v, want %v", err, tooLong)
	}
	if _, err := conn.Read(make([]byte, 1)); err == nil {
		t.Error("lp is still there")
	}
}

func TestCUPSBeforeItStarts(t *testing.T) {
	folder := installLP(t, "")
	err := CUPS{"q"}.Print(cancelled(), sample(German))
	wantPrinterError(t, err)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Print: %v, want %v", err, context.Canceled)
	}
	wantFiles(t, folder)
}
