package pcsc

import (
	"context"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// System opens the service of this computer; the environment has no part in it.
func System(func(string) string) func(context.Context) (Service, error) {
	dll := windows.NewLazySystemDLL("winscard.dll")
	return func(context.Context) (Service, error) {
		if err := dll.Load(); err != nil {
			return nil, &Error{Problem: NoService}
		}
		return openWinscard(winscardDLL{dll})
	}
}

// winscardDLL calls winscard.dll. DWORD is 32 bits, names are UTF-16.
type winscardDLL struct{ dll *windows.LazyDLL }

// dllReader is SCARD_READERSTATEW.
type dllReader struct {
	name       *uint16
	user       uintptr
	known, now uint32
	atrLength  uint32
	atr        [36]byte
}

// dllPCI is SCARD_IO_REQUEST.
type dllPCI struct{ protocol, length uint32 }

// call keeps what its arguments point to alive and in place.
//
//go:uintptrescapes
func (l winscardDLL) call(name string, args ...uintptr) uint32 {
	code, _, _ := l.dll.NewProc(name).Call(args...)
	return uint32(code)
}

func (l winscardDLL) establish() (handle uintptr, code uint32) {
	code = l.call("SCardEstablishContext", scopeSystem, 0, 0, uintptr(unsafe.Pointer(&handle)))
	return handle, code
}

func (l winscardDLL) release(handle uintptr) { l.call("SCardReleaseContext", handle) }

func (l winscardDLL) cancel(handle uintptr) { l.call("SCardCancel", handle) }

func (l winscardDLL) readers(handle uintptr) ([]string, uint32) {
	var length uint32
	code := l.call("SCardListReadersW", handle, 0, 0, uintptr(unsafe.Pointer(&length)))
	if code != codeOK || length == 0 {
		return nil, code
	}
	list := make([]uint16, length)
	code = l.call("SCardListReadersW", handle, 0, uintptr(unsafe.Pointer(&list[0])), uintptr(unsafe.Pointer(&length)))
	return splitNames(list, windows.UTF16ToString), code
}

func (l winscardDLL) status(handle uintptr, most time.Duration, readers []libraryReader) uint32 {
	if len(readers) == 0 {
		return codeOK
	}
	states := make([]dllReader, len(readers))
	for i, r := range readers {
		name, err := windows.UTF16PtrFromString(r.name)
		if err != nil {
			return codeUnknownReader
		}
		states[i] = dllReader{name: name, known: r.known}
	}
	code := l.call("SCardGetStatusChangeW", handle, uintptr(most.Milliseconds()),
		uintptr(unsafe.Pointer(&states[0])), uintptr(len(states)))
	for i := range states {
		readers[i].now = states[i].now
	}
	return code
}

func (l winscardDLL) connect(handle uintptr, name string) (card uintptr, protocol, code uint32) {
	text, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return 0, 0, codeUnknownReader
	}
	code = l.call("SCardConnectW", handle, uintptr(unsafe.Pointer(text)), shareShared, protocolT0|protocolT1,
		uintptr(unsafe.Pointer(&card)), uintptr(unsafe.Pointer(&protocol)))
	return card, protocol, code
}

func (l winscardDLL) begin(card uintptr) uint32 { return l.call("SCardBeginTransaction", card) }

func (l winscardDLL) transmit(card uintptr, protocol uint32, apdu, room []byte) (int, uint32) {
	pci := dllPCI{protocol, uint32(unsafe.Sizeof(dllPCI{}))}
	length := uint32(len(room))
	code := l.call("SCardTransmit", card, uintptr(unsafe.Pointer(&pci)),
		uintptr(unsafe.Pointer(&apdu[0])), uintptr(len(apdu)), 0,
		uintptr(unsafe.Pointer(&room[0])), uintptr(unsafe.Pointer(&length)))
	return int(length), code
}

func (l winscardDLL) end(card uintptr) {
	l.call("SCardEndTransaction", card, leaveCard)
	l.call("SCardDisconnect", card, leaveCard)
}
