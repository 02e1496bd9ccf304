package egk

// The only commands there are. None writes, verifies or authenticates, and none
// names a file but those of [File].

// maxChunk is the most bytes one command reads: with the status word they fit
// every reader's buffer for short commands.
const maxChunk = 0xfc

// selectFolder selects a folder by its identifier and asks for nothing in return
// (ISO/IEC 7816-4, P2 = 0C).
func selectFolder(f File) []byte {
	aid := f.aid()
	return append([]byte{0x00, 0xa4, 0x04, 0x0c, byte(len(aid))}, aid...)
}

// readHead reads the first bytes of a file of the selected folder and makes it
// the current one (READ BINARY with a short identifier).
func readHead(f File) []byte {
	return []byte{0x00, 0xb0, 0x80 | f.sfi(), 0x00, byte(f.head())}
}

// readOn reads n bytes of the current file from an offset below 0x8000.
func readOn(offset, n int) []byte {
	return []byte{0x00, 0xb0, byte(offset >> 8 & 0x7f), byte(offset), byte(n)}
}

// getResponse fetches n bytes, 0 for 256, that a T=0 card announced.
func getResponse(n byte) []byte {
	return []byte{0x00, 0xc0, 0x00, 0x00, n}
}

// again is the same READ BINARY or GET RESPONSE with the length that the card
// asked for.
func again(command []byte, n byte) []byte {
	return append(command[:len(command)-1:len(command)-1], n)
}

// StatusWord is the end of a card's answer: SW1 and SW2 (ISO/IEC 7816-4).
type StatusWord uint16

const (
	swOK        StatusWord = 0x9000
	swCorrupt   StatusWord = 0x6281 // part of the data may be corrupted
	swEndOfFile StatusWord = 0x6282 // fewer bytes than asked for
	swOutside   StatusWord = 0x6b00

	sw1MoreData    = 0x61 // SW2 bytes wait
	sw1WrongLength = 0x6c // ask again for SW2 bytes
)

func (sw StatusWord) sw1() byte { return byte(sw >> 8) }
func (sw StatusWord) sw2() byte { return byte(sw) }

// fault is what a status of READ BINARY means, 0 if it came with data.
func (sw StatusWord) fault() Fault {
	switch sw {
	case swOK, swCorrupt, swEndOfFile:
		return 0
	case 0x6283, 0x6285:
		return Deactivated
	case 0x6700:
		return WrongLength
	case 0x6982:
		return AccessDenied
	case 0x6986:
		return NoCurrentFile
	case 0x6a82:
		return FileMissing
	case swOutside:
		return OffsetOutside
	}
	return StatusUnexpected
}

// selectFault is what a status of SELECT means. Cards of other systems refuse the
// identifiers of a health card in many ways.
func (sw StatusWord) selectFault() Fault {
	if sw.sw1() == sw1MoreData { // says something nobody asked for
		return 0
	}
	switch fault := sw.fault(); fault {
	case FileMissing, StatusUnexpected, NoCurrentFile, OffsetOutside:
		return NotHealthCard
	default:
		return fault
	}
}
