package pcsc

import (
	"bytes"
	"encoding/binary"
)

// The commands of pcscd's protocol that are used.
const (
	cmdEstablish   = 0x01
	cmdRelease     = 0x02
	cmdConnect     = 0x04
	cmdDisconnect  = 0x06
	cmdBegin       = 0x07
	cmdEnd         = 0x08
	cmdTransmit    = 0x09
	cmdVersion     = 0x11
	cmdStates      = 0x12
	cmdWait        = 0x13
	cmdStopWaiting = 0x14
)

// The version spoken. Later daemons (4:5) still speak it.
const (
	protocolMajor = 4
	protocolMinor = 4
)

// Values of PC/SC.
const (
	scopeSystem = 2
	shareShared = 2
	protocolT0  = 1
	protocolT1  = 2
	leaveCard   = 0
)

// Sizes of the messages, in bytes: 32-bit fields and, in a reader's state, a name
// of 128 and an answer to reset of 33, filled up to 36.
const (
	word          = 4
	versionSize   = 3 * word
	contextSize   = 3 * word
	releaseSize   = 2 * word
	nameSize      = 128
	connectSize   = word + nameSize + 5*word
	cardSize      = 3 * word // disconnect, end
	beginSize     = 2 * word
	transmitSize  = 8 * word
	waitSize      = 2 * word
	stateSize     = nameSize + 3*word + 36 + 2*word
	maxReaders    = 16
	tableSize     = maxReaders * stateSize
	pciLength     = 16
	maxAnswer     = 4096 // more than any short command is answered
	cardPresent   = 0x0004
	cardSwallowed = 0x0008
)

// order of the daemon's words: that of this computer.
var order = binary.NativeEndian

// words is a message body.
func words(list ...uint32) []byte {
	b := make([]byte, 0, len(list)*word)
	for _, w := range list {
		b = order.AppendUint32(b, w)
	}
	return b
}

// at is the nth word of a body.
func at(body []byte, n int) uint32 { return order.Uint32(body[n*word:]) }

// message puts the header before a body.
func message(command uint32, body []byte) []byte {
	return append(words(uint32(len(body)), command), body...)
}

// named is a name in the fixed room that messages have for one; ok is false if it
// does not fit.
func named(name string) (room []byte, ok bool) {
	room = make([]byte, nameSize)
	return room, copy(room, name) < nameSize
}

// parseTable reads the states of all readers. Rows without a name are free.
func parseTable(table []byte) ([]Reader, error) {
	if len(table) != tableSize {
		return nil, &Error{Problem: BadReply}
	}
	var readers []Reader
	for ; len(table) > 0; table = table[stateSize:] {
		name, _, ended := bytes.Cut(table[:nameSize], []byte{0})
		if len(name) == 0 {
			continue
		}
		if !ended {
			return nil, &Error{Problem: BadReply}
		}
		counter, state := order.Uint32(table[nameSize:]), order.Uint32(table[nameSize+word:])
		atr := order.Uint32(table[nameSize+3*word+36:])
		card := state&cardPresent != 0
		readers = append(readers, Reader{
			Name: string(name), Card: card, Stamp: counter,
			Mute: card && (state&cardSwallowed != 0 || atr == 0),
		})
	}
	return readers, nil
}

// parseTransmitted reads the head of an answer: how many bytes follow it.
func parseTransmitted(head []byte) (follows int, err error) {
	if len(head) != transmitSize {
		return 0, &Error{Problem: BadReply}
	}
	if err := failure(at(head, 7)); err != nil {
		return 0, err
	}
	if n := at(head, 6); n <= maxAnswer {
		return int(n), nil
	}
	return 0, &Error{Problem: BadReply}
}
