package control

import (
	"context"
	"io"
	"net"
	"sync"
	"time"
)

// Session is one command in the holder: what its process asks of the side where
// it was typed.
type Session struct {
	// Request is the command.
	Request Request

	conn net.Conn
	wire wire
	send sync.Mutex // one frame after the other

	mu      sync.Mutex
	last    uint32
	waiting map[uint32]chan<- frame
	gone    chan struct{} // closed when no answer will come any more
}

func newSession(conn net.Conn, w wire, r Request) *Session {
	return &Session{Request: r, conn: conn, wire: w, waiting: map[uint32]chan<- frame{}, gone: make(chan struct{})}
}

// Stdin, Stdout and Stderr are the command's streams.
func (s *Session) Stdin() io.Reader  { return &stream{s, handleStdin} }
func (s *Session) Stdout() io.Writer { return &stream{s, handleStdout} }
func (s *Session) Stderr() io.Writer { return &stream{s, handleStderr} }

// Line implements Asker.
func (s *Session) Line(ctx context.Context, prompt string) (string, error) {
	a, err := s.ask(ctx, frame{Op: opLine, Data: []byte(prompt)})
	return string(a.Data), err
}

// Secret implements Asker.
func (s *Session) Secret(ctx context.Context, prompt string) ([]byte, error) {
	a, err := s.ask(ctx, frame{Op: opSecret, Data: []byte(prompt)})
	return a.Data, err
}

// Open implements Files.
func (s *Session) Open(name string) (File, error) { return s.file(opOpen, name) }

// Create implements Files.
func (s *Session) Create(name string) (File, error) { return s.file(opCreate, name) }

// Remove implements Files.
func (s *Session) Remove(name string) error {
	_, err := s.call(frame{Op: opRemove, Data: []byte(name)})
	return err
}

// Look implements Files.
func (s *Session) Look(name string) (Info, error) {
	a, err := s.call(frame{Op: opLook, Data: []byte(name)})
	return a.info(), err
}

// Settle implements Files.
func (s *Session) Settle(draft, name string) error {
	_, err := s.call(frame{Op: opSettle, Data: []byte(draft + "\x00" + name)})
	return err
}

func (s *Session) file(how op, name string) (File, error) {
	a, err := s.call(frame{Op: how, Data: []byte(name)})
	if err != nil {
		return nil, err
	}
	return &stream{s, a.Handle}, nil
}

// call asks and waits. It is not given up when the command is cancelled: that a
// command was cancelled has to be told, too.
func (s *Session) call(q frame) (frame, error) { return s.ask(context.Background(), q) }

func (s *Session) ask(ctx context.Context, q frame) (frame, error) {
	if len(q.Data) > maxChunk {
		return frame{}, ErrTooLong
	}
	answer := make(chan frame, 1)
	q.Kind = kindCall
	s.mu.Lock()
	s.last++
	q.ID = s.last
	s.waiting[q.ID] = answer
	s.mu.Unlock()
	if err := s.write(q); err != nil {
		return frame{}, ErrLost
	}
	select {
	case a := <-answer:
		return a, a.Code.err()
	case <-ctx.Done():
		return frame{}, ctx.Err()
	case <-s.gone:
		return frame{}, ErrLost
	}
}

func (s *Session) write(f frame) error {
	s.send.Lock()
	defer s.send.Unlock()
	return s.wire.write(s.conn, f)
}

// listen takes what the client sends until it ends, and calls cancelled when
// somebody there wants the command to end.
func (s *Session) listen(cancelled func()) {
	defer close(s.gone)
	for {
		f, err := s.wire.read(s.conn)
		switch {
		case err != nil:
			return
		case f.Kind == kindCancel:
			cancelled()
		case f.Kind != kindAnswer || !s.pass(f):
			return
		}
	}
}

// pass gives an answer to who asked. One that nobody asked for is a fault of the
// client.
func (s *Session) pass(a frame) bool {
	s.mu.Lock()
	asked, ok := s.waiting[a.ID]
	delete(s.waiting, a.ID)
	s.mu.Unlock()
	if ok {
		asked <- a // has room for the only one there is
	}
	return ok
}

// exit tells how the command ended. It waits for no client that does not read.
func (s *Session) exit(status int) {
	_ = s.conn.SetWriteDeadline(time.Now().Add(exitWait))
	_ = s.write(frame{Kind: kindExit, Number: int64(status)}) // else the client sees the end
}

// stream is one of the command's streams or files.
type stream struct {
	session *Session
	handle  uint32
}

// Read implements io.Reader.
func (f *stream) Read(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	want := min(len(b), maxChunk)
	a, err := f.session.call(frame{Op: opRead, Handle: f.handle, Number: int64(want)})
	defer clear(a.Data) // it may be a passphrase
	if len(a.Data) > want {
		return 0, errProtocol
	}
	return copy(b, a.Data), err
}

// Write implements io.Writer.
func (f *stream) Write(b []byte) (int, error) {
	written := 0
	for {
		part := b[written:min(len(b), written+maxChunk)]
		a, err := f.session.call(frame{Op: opWrite, Handle: f.handle, Data: part})
		if err == nil && a.Number != int64(len(part)) {
			err = io.ErrShortWrite
		}
		if err != nil {
			return written, err
		}
		if written += len(part); written == len(b) {
			return written, nil
		}
	}
}

// Stat implements File.
func (f *stream) Stat() (Info, error) {
	a, err := f.session.call(frame{Op: opStat, Handle: f.handle})
	return a.info(), err
}

// Sync implements File.
func (f *stream) Sync() error {
	_, err := f.session.call(frame{Op: opSync, Handle: f.handle})
	return err
}

// Close implements File.
func (f *stream) Close() error {
	_, err := f.session.call(frame{Op: opClose, Handle: f.handle})
	return err
}
