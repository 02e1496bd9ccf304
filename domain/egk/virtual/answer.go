package virtual

import "bytes"

// statusWord is SW1 and SW2.
type statusWord uint16

const (
	ok               statusWord = 0x9000
	moreData         statusWord = 0x6100
	corrupt          statusWord = 0x6281
	endOfFile        statusWord = 0x6282
	deactivated      statusWord = 0x6283
	wrongLength      statusWord = 0x6700
	wrongFileType    statusWord = 0x6981
	accessDenied     statusWord = 0x6982
	noCurrentFile    statusWord = 0x6986
	fileNotFound     statusWord = 0x6a82
	recordNotFound   statusWord = 0x6a83
	wrongParameters  statusWord = 0x6a86
	outsideFile      statusWord = 0x6b00
	exactLength      statusWord = 0x6c00
	unknownCommand   statusWord = 0x6d00
	unknownClass     statusWord = 0x6e00
	unknownCondition statusWord = 0x6f00
)

// answer carries a command out.
func (c *Card) answer(apdu []byte) ([]byte, statusWord) {
	cmd, fits := parse(apdu)
	switch {
	case !fits:
		return nil, wrongLength
	case cmd.cla != 0:
		return nil, unknownClass
	case c.config.LeLimit > 0 && cmd.ne > c.config.LeLimit:
		return nil, wrongLength
	}
	switch cmd.ins {
	case 0xa4:
		return nil, c.selectFile(cmd)
	case 0xb0:
		return c.spoilAnswer(c.announce(cmd, c.readBinary))
	case 0xb2:
		return c.announce(cmd, c.readRecord)
	case 0xc0:
		return c.spoilAnswer(c.getResponse(cmd))
	}
	return nil, unknownCommand
}

// selectFile changes the folder by identifier, or the file by number. It does
// not describe what it selects (P2 = 0C).
func (c *Card) selectFile(cmd command) statusWord {
	switch {
	case cmd.p2 != 0x0c:
		return wrongParameters
	case cmd.p1 == 0x04:
		return c.selectFolder(cmd.data)
	case cmd.p1 == 0x02:
		return c.selectByNumber(cmd.data)
	}
	return wrongParameters
}

// selectFolder selects a folder by its identifier, the master file without one.
func (c *Card) selectFolder(aid []byte) statusWord {
	for _, f := range c.folders {
		if !bytes.Equal(aid, f.aid) && (len(aid) > 0 || f != c.folders[0]) {
			continue
		}
		if f.deactivated {
			return deactivated
		}
		c.folder, c.file = f, nil
		return ok
	}
	return fileNotFound
}

func (c *Card) selectByNumber(fid []byte) statusWord {
	for _, f := range c.folder.files {
		if bytes.Equal(fid, []byte{byte(f.fid >> 8), byte(f.fid)}) {
			c.file = f
			return ok
		}
	}
	return fileNotFound
}

// selectShort makes the file with a short identifier the current one; 0 leaves
// it.
func (c *Card) selectShort(sfi byte) statusWord {
	if sfi == 0 {
		if c.file == nil {
			return noCurrentFile
		}
		return ok
	}
	for _, f := range c.folder.files {
		if f.sfi == sfi {
			c.file = f
			return ok
		}
	}
	return fileNotFound
}

// readBinary reads from a file of bytes.
func (c *Card) readBinary(cmd command) ([]byte, statusWord) {
	sfi, offset := byte(0), int(cmd.p1)<<8|int(cmd.p2)
	if cmd.p1&0x80 != 0 {
		if sfi, offset = cmd.p1&0x1f, int(cmd.p2); cmd.p1&0x60 != 0 || sfi == 0 {
			return nil, wrongParameters
		}
	}
	if sw := c.selectShort(sfi); sw != ok {
		return nil, sw
	}
	switch {
	case c.file.locked:
		return nil, accessDenied
	case c.file.records != nil:
		return nil, wrongFileType
	case cmd.ne == 0:
		return nil, wrongLength
	case offset >= len(c.file.body):
		return nil, outsideFile
	}
	data := c.file.body[offset:min(offset+cmd.ne, len(c.file.body))]
	switch {
	case c.config.MayBeCorrupt:
		return data, corrupt
	case len(data) < cmd.ne && !cmd.all:
		return data, endOfFile
	}
	return data, ok
}

// readRecord reads one record by its number (P2 = short identifier and 100).
func (c *Card) readRecord(cmd command) ([]byte, statusWord) {
	if cmd.p2&0x07 != 0x04 {
		return nil, wrongParameters
	}
	if sw := c.selectShort(cmd.p2 >> 3); sw != ok {
		return nil, sw
	}
	number := int(cmd.p1) - 1
	switch {
	case c.file.locked:
		return nil, accessDenied
	case c.file.records == nil:
		return nil, wrongFileType
	case number < 0 || number >= len(c.file.records):
		return nil, recordNotFound
	case cmd.ne == 0:
		return nil, wrongLength
	}
	record := c.file.records[number]
	return record[:min(cmd.ne, len(record))], ok
}

// announce carries a reading command out; as T=0, it asks for the right length,
// and then keeps the data and says how much waits.
func (c *Card) announce(cmd command, read func(command) ([]byte, statusWord)) ([]byte, statusWord) {
	c.waiting = nil
	data, sw := read(cmd)
	switch {
	case !c.config.T0 || len(data) == 0:
		return data, sw
	case sw == endOfFile:
		return nil, exactLength | statusWord(len(data))
	}
	c.waiting = data
	return nil, moreData | statusWord(min(len(data), 0xff))
}

// getResponse hands over what waits.
func (c *Card) getResponse(cmd command) ([]byte, statusWord) {
	if len(c.waiting) == 0 || cmd.p1 != 0 || cmd.p2 != 0 {
		return nil, wrongParameters
	}
	data := c.waiting[:min(cmd.ne, len(c.waiting))]
	c.waiting = c.waiting[len(data):]
	if len(c.waiting) > 0 {
		return data, moreData | statusWord(min(len(c.waiting), 0xff))
	}
	return data, ok
}
