package control

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"time"
)

// Conn is a connection to a holder that has not been given its command yet.
type Conn struct {
	conn net.Conn
	wire wire
}

// Dial meets the holder that listens at path.
//
// Errors: ErrNoHolder, ErrOtherUser, ErrBusy, ErrSilent, *VersionError.
func Dial(ctx context.Context, path, version string) (*Conn, error) {
	w, err := newWire()
	if err != nil {
		return nil, fmt.Errorf("control: %w", err)
	}
	conn, err := dial(ctx, path)
	if err != nil {
		return nil, err
	}
	if err := meet(ctx, conn, version); err != nil {
		_ = conn.Close() // nothing was begun
		return nil, err
	}
	return &Conn{conn, w}, nil
}

// meet greets the holder.
func meet(ctx context.Context, conn net.Conn, version string) error {
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	if err := conn.SetDeadline(time.Now().Add(beginWait)); err != nil {
		return err
	}
	theirs, err := readGreeting(conn)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, io.EOF):
		return ErrNoHolder // it ended just now, or does not want us
	case err != nil:
		return fmt.Errorf("%w: %w", ErrSilent, err)
	case theirs.version != version:
		return &VersionError{theirs.version}
	case theirs.status != ready:
		return ErrBusy
	}
	if err := (greeting{ready, version}).write(conn); err != nil {
		return fmt.Errorf("%w: %w", ErrLost, err)
	}
	return conn.SetDeadline(time.Time{})
}

// Close gives the connection up.
func (c *Conn) Close() error { return c.conn.Close() }

// Run has the holder carry out a command and answers for it until it ends with
// an exit status. When the context ends the command is cancelled, and still
// waited for.
//
// Errors: ErrTooLong, ErrLost.
func (c *Conn) Run(ctx context.Context, r Request, near Near) (status int, err error) {
	defer c.Close()
	if len(r.Args) > maxNames {
		return 0, ErrTooLong
	}
	prompts, stop := context.WithCancel(ctx)
	n := &answering{conn: c, near: near, ctx: prompts, files: map[uint32]File{}, next: firstFile}
	defer n.end()
	defer stop()
	if err := n.write(frame{Kind: kindRun, Run: &r}); err != nil {
		if errors.Is(err, ErrTooLong) {
			return 0, err
		}
		return 0, fmt.Errorf("%w: %w", ErrLost, err)
	}
	defer context.AfterFunc(ctx, func() { _ = n.write(frame{Kind: kindCancel}) })()
	for {
		f, err := c.wire.read(c.conn)
		switch {
		case err != nil:
			return 0, fmt.Errorf("%w: %w", ErrLost, err)
		case f.Kind == kindExit:
			return int(f.Number), nil
		case f.Kind != kindCall:
			return 0, fmt.Errorf("%w: %w", ErrLost, errProtocol)
		}
		n.take(f)
	}
}

// answering is the client's side of a command.
type answering struct {
	conn *Conn
	near Near
	ctx  context.Context // of the prompts: they end with the command
	send sync.Mutex

	mu      sync.Mutex
	files   map[uint32]File // nil once the command has ended
	next    uint32
	prompts sync.WaitGroup
}

// take answers a call in a goroutine of its own: a read may wait while something
// else is written. It is left waiting when the command ends; only a prompt is
// waited for, so that the terminal is as it was.
func (n *answering) take(q frame) {
	if q.Op == opLine || q.Op == opSecret {
		n.prompts.Go(func() { n.answer(q) })
		return
	}
	go n.answer(q)
}

func (n *answering) answer(q frame) {
	a, err := n.carryOut(q)
	a.Kind, a.ID, a.Code = kindAnswer, q.ID, codeOf(err)
	_ = n.write(a) // the loop that reads learns it
	clear(a.Data)
}

func (n *answering) write(f frame) error {
	n.send.Lock()
	defer n.send.Unlock()
	return n.conn.wire.write(n.conn.conn, f)
}

// end closes what the command left open.
func (n *answering) end() {
	n.prompts.Wait()
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, file := range n.files {
		_ = file.Close() // it was not completed anyway
	}
	n.files = nil
}

func (n *answering) carryOut(q frame) (a frame, err error) {
	name := string(q.Data)
	switch q.Op {
	case opOpen:
		return n.open(n.near.Files.Open, name)
	case opCreate:
		return n.open(n.near.Files.Create, name)
	case opRemove:
		return a, n.near.Files.Remove(name)
	case opLook:
		info, err := n.near.Files.Look(name)
		return infoFrame(info), err
	case opSettle:
		draft, name, _ := strings.Cut(name, "\x00")
		return a, n.near.Files.Settle(draft, name)
	case opLine:
		line, err := n.near.Asker.Line(n.ctx, name)
		a.Data = []byte(line)
		return bounded(a), err
	case opSecret:
		a.Data, err = n.near.Asker.Secret(n.ctx, name)
		return bounded(a), err
	case opRead:
		return n.read(q)
	case opWrite:
		to, err := n.writer(q.Handle)
		if err != nil {
			return a, err
		}
		written, err := to.Write(q.Data)
		a.Number = int64(written)
		return a, err
	}
	return n.onFile(q)
}

// bounded cuts off what nobody types.
func bounded(a frame) frame {
	a.Data = a.Data[:min(len(a.Data), maxChunk)]
	return a
}

func (n *answering) open(how func(string) (File, error), name string) (frame, error) {
	file, err := how(name)
	if err != nil {
		return frame{}, err
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.files == nil || len(n.files) >= maxFiles {
		return frame{}, errors.Join(errOther, file.Close())
	}
	handle := n.next
	n.next++
	n.files[handle] = file
	return frame{Handle: handle}, nil
}

func (n *answering) read(q frame) (a frame, err error) {
	from := n.near.Stdin
	if q.Handle != handleStdin {
		if from, err = n.file(q.Handle); err != nil {
			return a, err
		}
	}
	b := make([]byte, q.Number)
	got, err := from.Read(b)
	a.Data = b[:got]
	return a, err
}

func (n *answering) writer(handle uint32) (io.Writer, error) {
	switch handle {
	case handleStdout:
		return n.near.Stdout, nil
	case handleStderr:
		return n.near.Stderr, nil
	}
	return n.file(handle)
}

func (n *answering) file(handle uint32) (File, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	file, ok := n.files[handle]
	if !ok {
		return nil, os.ErrClosed
	}
	return file, nil
}

// onFile is what is asked of an open file only.
func (n *answering) onFile(q frame) (a frame, err error) {
	file, err := n.file(q.Handle)
	if err != nil {
		return a, err
	}
	switch q.Op {
	case opStat:
		info, err := file.Stat()
		return infoFrame(info), err
	case opSync:
		return a, file.Sync()
	case opClose:
		n.mu.Lock()
		delete(n.files, q.Handle)
		n.mu.Unlock()
		return a, file.Close()
	}
	return a, errProtocol
}
