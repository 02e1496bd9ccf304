package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// terminal is where people are.
type terminal interface {
	// Screen reports whether the counter can be drawn and typed into.
	Screen() bool
	// Size is that of the screen in cells; 0 if there is none.
	Size() (width, height int)
	// Watched reports whether somebody sees standard error, and with it
	// progress.
	Watched() bool
	// Asks reports whether there is somebody to ask.
	Asks() bool
	// Line asks for a line, Secret for one that is not shown while it is typed.
	// The error is errNobody when there is nobody to ask.
	Line(ctx context.Context, prompt string) (string, error)
	Secret(ctx context.Context, prompt string) ([]byte, error)
}

// errNobody says that there is no terminal to ask at.
var errNobody = errors.New("no terminal")

// console is the terminal the program runs in.
type console struct{ in, out, err *os.File }

func newConsole(in, out, err *os.File) *console { return &console{in, out, err} }

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// Screen implements terminal.
func (c *console) Screen() bool { return isTerminal(c.in) && isTerminal(c.out) }

// Size implements terminal.
func (c *console) Size() (width, height int) {
	width, height, err := term.GetSize(int(c.out.Fd()))
	if err != nil {
		return 0, 0
	}
	return width, height
}

// Watched implements terminal.
func (c *console) Watched() bool { return isTerminal(c.err) }

// Asks implements terminal: somebody is there if what they type or what they
// read is a terminal.
func (c *console) Asks() bool { return isTerminal(c.in) || isTerminal(c.err) }

// open returns the device to ask at. It is opened by itself, because standard
// input may be the file that is imported and standard error a log.
func (c *console) open() (*os.File, error) {
	if !c.Asks() {
		return nil, errNobody
	}
	device, err := os.OpenFile("/dev/tty", os.O_RDWR, 0)
	if err != nil {
		return nil, errNobody
	}
	return device, nil
}

// Line implements terminal.
func (c *console) Line(ctx context.Context, prompt string) (string, error) {
	device, err := c.open()
	if err != nil {
		return "", err
	}
	defer device.Close()
	if _, err := fmt.Fprintf(device, "%s: ", prompt); err != nil {
		return "", err
	}
	line, err := waitFor(ctx, func() (string, error) { return readLine(device) })
	return strings.TrimSpace(line), err
}

// Secret implements terminal. When the context ends first, the echo comes back.
func (c *console) Secret(ctx context.Context, prompt string) ([]byte, error) {
	device, err := c.open()
	if err != nil {
		return nil, err
	}
	defer device.Close()
	before, err := term.GetState(int(device.Fd()))
	if err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintf(device, "%s: ", prompt); err != nil {
		return nil, err
	}
	secret, err := waitFor(ctx, func() ([]byte, error) { return term.ReadPassword(int(device.Fd())) })
	if err != nil {
		_ = term.Restore(int(device.Fd()), before)
	}
	_, _ = fmt.Fprintln(device) // the line end that was not shown
	return secret, err
}

// waitFor waits for read or for the context's end. Then read is left waiting for
// a key: the process ends. A fault of the program in read goes on here, where
// whoever runs the command catches it: it may be another's command in a counter.
func waitFor[T any](ctx context.Context, read func() (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
		fault any
	}
	done := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			a.fault = recover()
			done <- a
		}()
		a.value, a.err = read()
	}()
	select {
	case a := <-done:
		if a.fault != nil {
			panic(a.fault)
		}
		return a.value, a.err
	case <-ctx.Done():
		var none T
		return none, ctx.Err()
	}
}

// readLine reads up to the next line end, byte by byte, so that nothing of what
// follows is taken along.
func readLine(r io.Reader) (string, error) {
	const limit = 4096
	var line []byte
	one := make([]byte, 1)
	for len(line) < limit {
		n, err := r.Read(one)
		if n == 1 && one[0] == '\n' {
			break
		}
		line = append(line, one[:n]...)
		if err != nil && (len(line) == 0 || !errors.Is(err, io.EOF)) {
			return "", err
		}
		if err != nil {
			break
		}
	}
	return strings.TrimSuffix(string(line), "\r"), nil
}
