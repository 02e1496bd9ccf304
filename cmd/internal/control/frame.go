package control

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"syscall"

	"github.com/fxamacker/cbor/v2"
)

// kind says what a frame is.
type kind uint8

const (
	kindRun    kind = iota + 1 // client: the command
	kindCancel                 // client: somebody pressed ctrl+c
	kindAnswer                 // client
	kindCall                   // holder
	kindExit                   // holder: Number is the exit status
)

// op is what a call asks for.
type op uint8

const (
	opRead  op = iota + 1 // Number bytes at most; Data
	opWrite               // Data; Number bytes were written
	opSync
	opClose
	opStat   // Number is the size, Mode and Ours the rest
	opOpen   // Data is the name; Handle
	opCreate // the same
	opRemove // Data is the name
	opLine   // Data is the prompt; Data
	opSecret // the same
	opLook   // Data is the name; like opStat
	opSettle // Data is the draft's name, a zero byte, the name
)

// Handles that are open from the beginning; files come after.
const (
	handleStdin uint32 = iota
	handleStdout
	handleStderr
	firstFile
)

// frame is everything that is sent. Which fields count depends on Kind and Op.
type frame struct {
	Kind   kind     `cbor:"1,keyasint"`
	ID     uint32   `cbor:"2,keyasint,omitempty"`
	Op     op       `cbor:"3,keyasint,omitempty"`
	Handle uint32   `cbor:"4,keyasint,omitempty"`
	Number int64    `cbor:"5,keyasint,omitempty"`
	Data   []byte   `cbor:"6,keyasint,omitempty"`
	Code   code     `cbor:"7,keyasint,omitempty"`
	Mode   uint32   `cbor:"8,keyasint,omitempty"`
	Ours   bool     `cbor:"9,keyasint,omitempty"`
	Run    *Request `cbor:"10,keyasint,omitempty"`
}

// valid reports whether a frame can be one of ours: what its reader relies on.
func (f frame) valid() bool {
	if f.Kind < kindRun || f.Kind > kindExit || len(f.Data) > maxChunk {
		return false
	}
	switch f.Kind {
	case kindRun:
		return f.Run != nil
	case kindCall:
		return f.Op >= opRead && f.Op <= opSettle && f.Number >= 0 && f.Number <= maxChunk
	case kindAnswer:
		return f.Code <= codeOther
	}
	return true
}

// info is what an answer says of a file.
func (f frame) info() Info { return Info{Mode: fs.FileMode(f.Mode), Size: f.Number, Ours: f.Ours} }

// infoFrame is the answer that says it.
func infoFrame(i Info) frame { return frame{Number: i.Size, Mode: uint32(i.Mode), Ours: i.Ours} }

// wire writes and reads frames.
type wire struct {
	enc cbor.EncMode
	dec cbor.DecMode
}

func newWire() (wire, error) {
	enc, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		return wire{}, err
	}
	dec, err := cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden, TagsMd: cbor.TagsForbidden,
		ExtraReturnErrors: cbor.ExtraDecErrorUnknownField,
		MaxArrayElements:  maxNames, MaxMapPairs: maxNames, MaxNestedLevels: 4,
	}.DecMode()
	return wire{enc, dec}, err
}

// write sends a frame in one piece.
func (w wire) write(to io.Writer, f frame) error {
	body, err := w.enc.Marshal(f)
	if err != nil {
		return err
	}
	defer clear(body) // it may hold a passphrase
	if len(body) > maxFrame {
		return ErrTooLong
	}
	whole := binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(body)), uint32(len(body)))
	whole = append(whole, body...)
	defer clear(whole)
	_, err = to.Write(whole)
	return err
}

// read takes the next frame. The error is io.EOF when the other side has ended
// in order.
func (w wire) read(from io.Reader) (frame, error) {
	var length [4]byte
	if _, err := io.ReadFull(from, length[:]); err != nil {
		return frame{}, err
	}
	n := binary.BigEndian.Uint32(length[:])
	if n == 0 || n > maxFrame {
		return frame{}, fmt.Errorf("%w: %d bytes", errProtocol, n)
	}
	body := make([]byte, n)
	defer clear(body)
	if _, err := io.ReadFull(from, body); err != nil {
		return frame{}, err
	}
	return w.decode(body)
}

func (w wire) decode(body []byte) (frame, error) {
	var f frame
	if err := w.dec.Unmarshal(body, &f); err != nil {
		return frame{}, fmt.Errorf("%w: %w", errProtocol, err)
	}
	if !f.valid() {
		return frame{}, errProtocol
	}
	return f, nil
}

// code is an error on the wire.
type code uint8

const (
	codeNone code = iota
	codeEnd
	codeMissing
	codeExists
	codeDenied
	codeFull
	codeNobody
	codeCancelled
	codeOther
)

// errOther stands for an error of the other side that has no code.
var errOther = errors.New("input or output failed")

// codes are the errors that keep their meaning on the way.
func codes() map[code]error {
	return map[code]error{
		codeEnd: io.EOF, codeMissing: fs.ErrNotExist, codeExists: fs.ErrExist, codeDenied: fs.ErrPermission,
		codeFull: syscall.ENOSPC, codeNobody: ErrNobody, codeCancelled: context.Canceled, codeOther: errOther,
	}
}

func (c code) err() error { return codes()[c] }

func codeOf(err error) code {
	if err == nil {
		return codeNone
	}
	for c, known := range codes() {
		if errors.Is(err, known) {
			return c
		}
	}
	return codeOther
}

// greeting is the first thing either side says.
type greeting struct {
	status  byte
	version string
}

const greetingWord = "schalter"

// The states of a holder. A client is always ready.
const (
	ready = '+'
	busy  = 'b'
)

func (g greeting) write(to io.Writer) error {
	if len(g.version) > 255 {
		return ErrTooLong
	}
	_, err := io.WriteString(to, greetingWord+string([]byte{g.status, byte(len(g.version))})+g.version)
	return err
}

func readGreeting(from io.Reader) (greeting, error) {
	var head [len(greetingWord) + 2]byte
	if _, err := io.ReadFull(from, head[:]); err != nil {
		return greeting{}, err
	}
	if string(head[:len(greetingWord)]) != greetingWord {
		return greeting{}, errProtocol
	}
	version := make([]byte, head[len(head)-1])
	if _, err := io.ReadFull(from, version); err != nil {
		return greeting{}, err
	}
	return greeting{head[len(head)-2], string(version)}, nil
}
