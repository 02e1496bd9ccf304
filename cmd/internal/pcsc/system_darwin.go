package pcsc

import (
	"context"
	"encoding/binary"
	"runtime"
	"time"
	"unsafe"

	"github.com/ebitengine/purego"
)

const framework = "/System/Library/Frameworks/PCSC.framework/PCSC"

// System opens the service of this computer; the environment has no part in it.
func System(func(string) string) func(context.Context) (Service, error) {
	return func(context.Context) (Service, error) {
		l, err := loadFramework()
		if err != nil {
			return nil, &Error{Problem: NoService}
		}
		return openWinscard(l)
	}
}

// pcscFramework calls the PCSC framework. Handles and DWORD are 32 bits there,
// structures are packed, names are UTF-8 with a zero at the end.
type pcscFramework struct {
	scardEstablish func(scope uint32, _, _ uintptr, handle *int32) int32
	scardRelease   func(handle int32) int32
	scardCancel    func(handle int32) int32
	scardReaders   func(handle int32, groups uintptr, list *byte, length *uint32) int32
	scardStatus    func(handle int32, most uint32, states *byte, n uint32) int32
	scardConnect   func(handle int32, name *byte, share, protocols uint32, card *int32, protocol *uint32) int32
	scardBegin     func(card int32) int32
	scardTransmit  func(card int32, pci *[2]uint32, apdu *byte, n uint32, _ uintptr, room *byte, length *uint32) int32
	scardEnd       func(card int32, disposition uint32) int32
	scardLeave     func(card int32, disposition uint32) int32
}

func loadFramework() (*pcscFramework, error) {
	handle, err := purego.Dlopen(framework, purego.RTLD_NOW|purego.RTLD_GLOBAL)
	if err != nil {
		return nil, err
	}
	l := &pcscFramework{}
	for name, function := range map[string]any{
		"SCardEstablishContext": &l.scardEstablish, "SCardReleaseContext": &l.scardRelease,
		"SCardCancel": &l.scardCancel, "SCardListReaders": &l.scardReaders,
		"SCardGetStatusChange": &l.scardStatus, "SCardConnect": &l.scardConnect,
		"SCardBeginTransaction": &l.scardBegin, "SCardTransmit": &l.scardTransmit,
		"SCardEndTransaction": &l.scardEnd, "SCardDisconnect": &l.scardLeave,
	} {
		at, err := purego.Dlsym(handle, name)
		if err != nil {
			return nil, err
		}
		purego.RegisterFunc(function, at)
	}
	return l, nil
}

func (l *pcscFramework) establish() (uintptr, uint32) {
	var handle int32
	code := l.scardEstablish(scopeSystem, 0, 0, &handle)
	return uintptr(uint32(handle)), uint32(code)
}

func (l *pcscFramework) release(handle uintptr) { l.scardRelease(int32(handle)) }

func (l *pcscFramework) cancel(handle uintptr) { l.scardCancel(int32(handle)) }

func (l *pcscFramework) readers(handle uintptr) ([]string, uint32) {
	var length uint32
	code := uint32(l.scardReaders(int32(handle), 0, nil, &length))
	if code != codeOK || length == 0 {
		return nil, code
	}
	list := make([]byte, length)
	code = uint32(l.scardReaders(int32(handle), 0, &list[0], &length))
	return splitNames(list, func(b []byte) string { return string(b) }), code
}

// frameworkReader is the size of SCARD_READERSTATE, packed: two pointers, three
// words, an answer to reset of 33 bytes.
const frameworkReader = 8 + 8 + 3*4 + 33

func (l *pcscFramework) status(handle uintptr, most time.Duration, readers []libraryReader) uint32 {
	if len(readers) == 0 {
		return codeOK
	}
	states := make([]byte, len(readers)*frameworkReader)
	names := make([][]byte, len(readers)) // kept alive until the call is over
	var pinned runtime.Pinner
	defer pinned.Unpin()
	for i, r := range readers {
		names[i] = append([]byte(r.name), 0)
		pinned.Pin(&names[i][0])
		row := states[i*frameworkReader:]
		binary.NativeEndian.PutUint64(row, uint64(uintptr(unsafe.Pointer(&names[i][0]))))
		binary.NativeEndian.PutUint32(row[16:], r.known)
	}
	code := uint32(l.scardStatus(int32(handle), uint32(most.Milliseconds()), &states[0], uint32(len(readers))))
	for i := range readers {
		readers[i].now = binary.NativeEndian.Uint32(states[i*frameworkReader+20:])
	}
	return code
}

func (l *pcscFramework) connect(handle uintptr, name string) (uintptr, uint32, uint32) {
	var (
		card     int32
		protocol uint32
	)
	text := append([]byte(name), 0)
	code := l.scardConnect(int32(handle), &text[0], shareShared, protocolT0|protocolT1, &card, &protocol)
	return uintptr(uint32(card)), protocol, uint32(code)
}

func (l *pcscFramework) begin(card uintptr) uint32 { return uint32(l.scardBegin(int32(card))) }

func (l *pcscFramework) transmit(card uintptr, protocol uint32, apdu, room []byte) (int, uint32) {
	pci := [2]uint32{protocol, uint32(unsafe.Sizeof([2]uint32{}))}
	length := uint32(len(room))
	code := l.scardTransmit(int32(card), &pci, &apdu[0], uint32(len(apdu)), 0, &room[0], &length)
	return int(length), uint32(code)
}

func (l *pcscFramework) end(card uintptr) {
	l.scardEnd(int32(card), leaveCard)
	l.scardLeave(int32(card), leaveCard)
}
