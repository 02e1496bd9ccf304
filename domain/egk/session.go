package egk

import (
	"context"
	"errors"
)

// Transmitter carries commands to the card and its answers back; a card reader,
// held for this conversation alone, so that no other program selects another
// file in between.
//
// Transmit sends a command APDU and returns the response APDU with its status
// word. An answer of fewer than two bytes, and an error that wraps [Pulled], say
// that the card is gone. Its errors hold nothing of what the card said.
type Transmitter interface {
	Transmit(ctx context.Context, apdu []byte) ([]byte, error)
}

// maxExchanges is how often one command goes to and fro: with T=0 a repetition
// with the right length and a request for the answer, and one of each to spare.
const maxExchanges = 4

// session is a conversation with one card.
type session struct {
	card    Transmitter
	corrupt bool // the card said so of its data at least once
	open    bool // an update is not finished
}

// enter selects a folder.
func (s *session) enter(ctx context.Context, folder File) error {
	_, sw, err := s.send(ctx, folder, selectFolder(folder))
	if err != nil {
		return err
	}
	if fault := sw.selectFault(); fault != 0 {
		return s.refused(folder, fault, sw)
	}
	return nil
}

// head reads the beginning of a file, all that it must have.
func (s *session) head(ctx context.Context, file File) ([]byte, error) {
	head, err := s.read(ctx, file, readHead(file), file.head())
	if err != nil {
		return nil, err
	}
	if len(head) < file.head() {
		return nil, s.wrong(file, Truncated)
	}
	return head, nil
}

// content reads the current file from an offset to another, exclusive. Fewer
// bytes come back where the file ends before; the check sum of the content tells
// whether that matters.
func (s *session) content(ctx context.Context, file File, from, to int) ([]byte, error) {
	data := make([]byte, 0, to-from)
	for from < to {
		n := min(to-from, maxChunk)
		part, err := s.read(ctx, file, readOn(from, n), n)
		if len(data) > 0 && errors.Is(err, OffsetOutside) {
			break
		}
		if err != nil {
			return nil, err
		}
		data = append(data, part...)
		if len(part) < n {
			break
		}
		from += n
	}
	return data, nil
}

// read sends a READ BINARY for n bytes and returns at most as many.
func (s *session) read(ctx context.Context, file File, command []byte, n int) ([]byte, error) {
	var data []byte
	for range maxExchanges {
		part, sw, err := s.send(ctx, file, command)
		if err != nil {
			return nil, err
		}
		if len(part) > n-len(data) {
			return nil, s.wrong(file, BadAnswer)
		}
		data = append(data, part...)
		waiting := int(sw.sw2())
		switch {
		case sw.sw1() == sw1MoreData && 0 < waiting && waiting <= n-len(data):
			command = getResponse(sw.sw2())
		case sw.sw1() == sw1WrongLength && 0 < waiting && waiting <= n-len(data):
			command = again(command, sw.sw2())
		case sw.sw1() == sw1MoreData, sw.sw1() == sw1WrongLength:
			return nil, s.wrong(file, BadAnswer)
		case sw.fault() != 0:
			return nil, s.refused(file, sw.fault(), sw)
		default:
			s.corrupt = s.corrupt || sw == swCorrupt
			return data, nil
		}
	}
	return nil, s.wrong(file, BadAnswer)
}

// send sends one command and takes the answer apart.
func (s *session) send(ctx context.Context, file File, command []byte) ([]byte, StatusWord, error) {
	answer, err := s.transmit(ctx, command)
	if err != nil {
		return nil, 0, s.failed(file, err)
	}
	data := len(answer) - 2
	if data < 0 {
		return nil, 0, s.wrong(file, Pulled)
	}
	return answer[:data], StatusWord(answer[data])<<8 | StatusWord(answer[data+1]), nil
}

// transmit sends nothing once the caller has given up.
func (s *session) transmit(ctx context.Context, command []byte) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return s.card.Transmit(ctx, command)
}

// failed is the error of a reader that could not carry a command.
func (s *session) failed(file File, cause error) error {
	fault := ReaderFailed
	if errors.Is(cause, Pulled) {
		fault = Pulled
	}
	return &Error{File: file, Fault: fault, UpdateOpen: s.open, cause: cause}
}

// refused is the error of a command that the card refused.
func (s *session) refused(file File, fault Fault, sw StatusWord) error {
	return &Error{File: file, Fault: fault, Status: sw, UpdateOpen: s.open}
}

// wrong is the error of an answer that cannot be used.
func (s *session) wrong(file File, fault Fault) error {
	return &Error{File: file, Fault: fault, UpdateOpen: s.open}
}
