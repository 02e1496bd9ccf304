package control

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"time"
)

// Config says how a holder runs commands. Version and Run are needed.
type Config struct {
	// Version is compared with that of each client.
	Version string
	// Run carries out a command and returns its exit status. Its context ends
	// when the client cancels or is gone, and with the cause ErrEnding when the
	// holder ends.
	Run func(context.Context, *Session) int
	// SameUser looks at who is at the other end; nil asks the system.
	SameUser func(*net.UnixConn) error
}

// Server runs the commands of others. It is safe for concurrent use.
type Server struct {
	config   Config
	wire     wire
	path     string
	listener *net.UnixListener

	ctx    context.Context
	cancel context.CancelCauseFunc
	slots  chan struct{}
	work   sync.WaitGroup

	mu    sync.Mutex
	conns map[net.Conn]struct{} // nil once all were closed
}

// Listen makes the socket at path and serves it until Close. Only the process
// that holds the database may call it: a socket that a killed holder left is
// replaced.
//
// Errors: ErrUnsupported, ErrTooLong, ErrInTheWay, or those of the system.
func Listen(path string, c Config) (*Server, error) {
	w, err := newWire()
	if err != nil {
		return nil, fmt.Errorf("control: %w", err)
	}
	if c.SameUser == nil {
		c.SameUser = sameUser
	}
	listener, err := listen(path)
	if err != nil {
		return nil, fmt.Errorf("control socket: %w", err)
	}
	s := &Server{
		config: c, wire: w, path: path, listener: listener,
		slots: make(chan struct{}, MaxCommands), conns: map[net.Conn]struct{}{},
	}
	s.ctx, s.cancel = context.WithCancelCause(context.Background())
	s.work.Go(s.accept)
	return s, nil
}

// Close takes the socket away and ends the commands that run: they are
// cancelled, get a while to say so, and then lose their client.
func (s *Server) Close() error {
	removed := remove(s.path)
	closed := s.listener.Close()
	s.cancel(ErrEnding)
	done := make(chan struct{})
	go func() { s.work.Wait(); close(done) }()
	if !within(endWait, done) {
		s.hangUp()
		// What asks its client nothing ends with its commit; what does not is left
		// to find the database closed.
		within(endWait, done)
	}
	return errors.Join(removed, closed)
}

// within reports whether a channel was closed in time.
func within(wait time.Duration, done <-chan struct{}) bool {
	select {
	case <-done:
		return true
	case <-time.After(wait):
		return false
	}
}

// hangUp ends every connection.
func (s *Server) hangUp() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for conn := range s.conns {
		_ = conn.Close() // its command learns it
	}
	s.conns = nil
}

func (s *Server) accept() {
	for {
		conn, err := s.listener.AcceptUnix()
		switch {
		case errors.Is(err, net.ErrClosed) || s.ctx.Err() != nil:
			return
		case err != nil: // no descriptors left, for one
			select {
			case <-time.After(acceptWait):
			case <-s.ctx.Done():
			}
			continue
		}
		s.work.Go(func() { s.serve(conn) })
	}
}

// serve carries out one connection. A fault of the program in here ends the
// command, not the holder.
func (s *Server) serve(conn *net.UnixConn) {
	if !s.keep(conn) {
		return
	}
	defer s.drop(conn)
	defer func() { _ = recover() }() // a stack could hold what is personal
	if s.config.SameUser(conn) != nil {
		return
	}
	session, ok := s.begin(conn)
	if !ok {
		return
	}
	defer func() { <-s.slots }()
	s.run(session)
}

func (s *Server) keep(conn net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.conns == nil || len(s.conns) >= 2*MaxCommands {
		_ = conn.Close() // nothing was said
		return false
	}
	s.conns[conn] = struct{}{}
	return true
}

func (s *Server) drop(conn net.Conn) {
	_ = conn.Close() // everything was said
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, conn)
}

// begin greets and takes the command. When it succeeds one of the slots is
// taken.
func (s *Server) begin(conn net.Conn) (*Session, bool) {
	_ = conn.SetDeadline(time.Now().Add(beginWait))
	select {
	case s.slots <- struct{}{}:
	default:
		_ = greeting{busy, s.config.Version}.write(conn) // else the client sees the end
		return nil, false
	}
	session, err := s.meet(conn)
	if err != nil {
		<-s.slots
		return nil, false
	}
	return session, true
}

func (s *Server) meet(conn net.Conn) (*Session, error) {
	if err := (greeting{ready, s.config.Version}).write(conn); err != nil {
		return nil, err
	}
	theirs, err := readGreeting(conn)
	if err != nil {
		return nil, err
	}
	if theirs.version != s.config.Version {
		return nil, &VersionError{s.config.Version}
	}
	f, err := s.wire.read(conn)
	if err != nil {
		return nil, err
	}
	if f.Kind != kindRun {
		return nil, errProtocol
	}
	return newSession(conn, s.wire, *f.Run), conn.SetDeadline(time.Time{})
}

// run carries out a session's command and tells how it ended.
func (s *Server) run(session *Session) {
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	s.work.Go(func() {
		defer cancel() // the client is gone
		session.listen(cancel)
	})
	session.exit(s.status(ctx, session))
	_ = session.conn.Close() // ends listen
}

// failedStatus is the exit status of a command that brought itself down.
const failedStatus = 1

func (s *Server) status(ctx context.Context, session *Session) (status int) {
	defer func() {
		if recover() != nil {
			status = failedStatus
		}
	}()
	return s.config.Run(ctx, session)
}
