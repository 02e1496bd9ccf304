// Package control lets commands run inside the process that has the database
// open. That process, the holder, listens on a socket beside the database; a
// command that finds it hands over its arguments and answers, from then on, what
// the holder asks for in its name.
//
// Everything a command touches stays on the side where it was typed. The holder
// runs the command and asks back, one small question at a time: read so much of
// standard input, write these bytes to standard output, open that file, ask for
// this passphrase. So relative paths, /dev/fd/N, pipes, full disks and the
// terminal are those of whoever typed the command, with their errors, and the
// holder opens no file that somebody else named. Handing over descriptors
// (SCM_RIGHTS) would be less to send, but would leave paths, prompts, file
// rights and the terminal's modes to the holder's side, and exists on fewer
// systems; a question costs some ten microseconds, which no command notices.
//
// The wire: each side begins with a greeting,
//
//	"schalter" status version
//
// where status is one byte and version a length byte and so much text; it is the
// same for all versions, so that two that differ can say so. Then frames follow,
// each a big-endian 32-bit length and a CBOR map with integer keys (RFC 8949,
// decoded strictly). The client sends one run frame, then answers; the holder
// sends calls and at the end one exit frame. Every call has a number, at most one
// answer, and at most [maxChunk] bytes.
//
// Both sides ask the system who the other is and go on only with the same user.
// A holder trusts a client with nothing but its own command: what is malformed,
// too large or too slow in the beginning ends the connection, what is never
// answered holds up the command that asked.
//
//	server, err := control.Listen(control.Path(db), control.Config{Version: v, Run: run})
//	if err != nil { … }
//	defer server.Close()
//
// and elsewhere
//
//	conn, err := control.Dial(ctx, control.Path(db), v)
//	if errors.Is(err, control.ErrNoHolder) { … open the file here … }
//	status, err := conn.Run(ctx, request, near)
package control

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"
)

// Path is where the holder of the database at db listens.
func Path(db string) string { return db + ".sock" }

var (
	// ErrNoHolder means that nobody listens, or that this system cannot tell who
	// would.
	ErrNoHolder = errors.New("nobody listens")
	// ErrOtherUser means that the other side belongs to somebody else.
	ErrOtherUser = errors.New("the other side belongs to another user")
	// ErrBusy means that as many commands run as may.
	ErrBusy = errors.New("too many commands at once")
	// ErrSilent means that the other side does not answer in time.
	ErrSilent = errors.New("no answer")
	// ErrLost means that the connection ended before the command did.
	ErrLost = errors.New("connection lost")
	// ErrEnding is the cause of a command's end when its holder ends.
	ErrEnding = errors.New("the holder ends")
	// ErrNobody means that there is no terminal to ask at.
	ErrNobody = errors.New("nobody to ask")
	// ErrTooLong means that a command line, or the path of a socket, is longer
	// than can be carried.
	ErrTooLong = errors.New("too long")
	// ErrInTheWay means that something that is no socket has the socket's name.
	ErrInTheWay = errors.New("something else is in the place of the socket")
	// ErrUnsupported means that this system does not tell who is at the other end
	// of a socket.
	ErrUnsupported = errors.New("no such sockets on this system")

	errProtocol = errors.New("not a frame of this protocol")
)

// VersionError means that the holder is another version of the program.
type VersionError struct{ Holder string }

func (e *VersionError) Error() string { return fmt.Sprintf("the holder is version %q", e.Holder) }

// Request is the command that is to run.
type Request struct {
	// Args are the words behind the program's name.
	Args []string `cbor:"1,keyasint"`
	// Env are the variables the command may ask for.
	Env map[string]string `cbor:"2,keyasint"`
	// Asks says that there is somebody to ask, Watched that standard error is a
	// terminal, Screen that standard input and output are.
	Asks    bool `cbor:"3,keyasint"`
	Watched bool `cbor:"4,keyasint"`
	Screen  bool `cbor:"5,keyasint"`
	// Width and Height are those of the screen in cells; 0 if there is none.
	Width  int `cbor:"6,keyasint"`
	Height int `cbor:"7,keyasint"`
}

// Near is the side where a command was typed. All fields must be set.
type Near struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Files          Files
	Asker          Asker
}

// Asker asks people at a terminal; the error is ErrNobody when nobody is there.
type Asker interface {
	Line(ctx context.Context, prompt string) (string, error)
	Secret(ctx context.Context, prompt string) ([]byte, error)
}

// Files are the files of the side where a command was typed. Errors are those of
// the system: fs.ErrNotExist, fs.ErrExist, fs.ErrPermission and ENOSPC are
// recognised on either side, others are told without their text.
type Files interface {
	// Open opens a file for reading.
	Open(name string) (File, error)
	// Create makes a new file for writing, for its owner alone; it never
	// overwrites.
	Create(name string) (File, error)
	Remove(name string) error
	// Look says what has the name, without opening it.
	Look(name string) (Info, error)
	// Settle gives a finished file its name, to last; it never overwrites.
	Settle(draft, name string) error
}

// File is an open file.
type File interface {
	io.Reader
	io.Writer
	io.Closer
	Stat() (Info, error)
	Sync() error
}

// Info is what is known of a file.
type Info struct {
	Mode fs.FileMode
	// Size in bytes.
	Size int64
	// Ours says that it belongs to whoever typed the command.
	Ours bool
}

// The limits. Those in time are long for a local socket and short for somebody
// who waits.
const (
	maxFrame   = 256 << 10 // bytes of a frame
	maxChunk   = 64 << 10  // bytes of a file or stream in one frame
	maxNames   = 4096      // arguments, or variables
	maxFiles   = 64        // open files of one command
	beginWait  = 5 * time.Second
	endWait    = 3 * time.Second // for commands, when their holder ends
	exitWait   = 2 * time.Second // to tell a client its exit status
	acceptWait = 100 * time.Millisecond
)

// MaxCommands is how many commands run in a holder at the same time.
const MaxCommands = 16
