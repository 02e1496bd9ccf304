package virtual

import "encoding/binary"

// command is a command APDU taken apart (ISO/IEC 7816-4).
type command struct {
	cla, ins, p1, p2 byte
	data             []byte
	ne               int  // most bytes of data in the answer, 0 for none
	all              bool // as many as there are: Le is zero
}

// parse takes an APDU of any of the four cases apart, with short or extended
// lengths. It returns false if the lengths do not fit.
func parse(apdu []byte) (command, bool) {
	if len(apdu) < 4 {
		return command{}, false
	}
	c := command{cla: apdu[0], ins: apdu[1], p1: apdu[2], p2: apdu[3]}
	body := apdu[4:]
	switch {
	case len(body) == 0:
		return c, true
	case len(body) == 1:
		c.expect(int(body[0]), 1<<8)
		return c, true
	case body[0] != 0:
		return c.short(int(body[0]), body[1:])
	case len(body) == 3:
		c.expect(int(binary.BigEndian.Uint16(body[1:])), 1<<16)
		return c, true
	case len(body) > 3:
		return c.extended(int(binary.BigEndian.Uint16(body[1:])), body[3:])
	}
	return command{}, false
}

func (c command) short(lc int, rest []byte) (command, bool) {
	switch len(rest) - lc {
	case 1:
		c.expect(int(rest[lc]), 1<<8)
	case 0:
	default:
		return command{}, false
	}
	c.data = rest[:lc]
	return c, true
}

func (c command) extended(lc int, rest []byte) (command, bool) {
	switch len(rest) - lc {
	case 2:
		c.expect(int(binary.BigEndian.Uint16(rest[lc:])), 1<<16)
	case 0:
	default:
		return command{}, false
	}
	c.data = rest[:lc]
	return c, true
}

func (c *command) expect(le, all int) {
	c.ne, c.all = le, le == 0
	if c.all {
		c.ne = all
	}
}
