package store

import "iter"

// cursor goes over an item of CBOR (RFC 8949) without indefinite lengths, as
// records are written. What is not as it should be breaks it: then it yields
// nothing any more. It does not look for fields that stand there twice.
type cursor struct {
	rest   string
	broken bool
}

// The major types.
const (
	isUnsigned = 0
	isBytes    = 2
	isText     = 3
	isList     = 4
	isMap      = 5
	isTag      = 6
	isSimple   = 7
)

// maxDepth is how deep records are nested at most, with room to spare.
const maxDepth = 16

// head reads the major type of the next item and its argument.
func (c *cursor) head() (major byte, argument uint64) {
	if c.rest == "" {
		return c.fail()
	}
	first := c.rest[0]
	c.rest = c.rest[1:]
	major, argument = first>>5, uint64(first&31)
	if argument < 24 {
		return major, argument
	}
	if argument > 27 {
		return c.fail()
	}
	size := 1 << (argument - 24)
	if len(c.rest) < size {
		return c.fail()
	}
	argument = 0
	for i := range size {
		argument = argument<<8 | uint64(c.rest[i])
	}
	c.rest = c.rest[size:]
	return major, argument
}

func (c *cursor) fail() (byte, uint64) {
	c.rest, c.broken = "", true
	return isSimple, 0
}

// want is the argument of the next item, which must be of a major type.
func (c *cursor) want(major byte) uint64 {
	is, argument := c.head()
	if is != major {
		c.fail()
		return 0
	}
	return argument
}

func (c *cursor) unsigned() uint64 { return c.want(isUnsigned) }

func (c *cursor) text() string { return c.cut(c.want(isText)) }

func (c *cursor) cut(size uint64) string {
	if size > uint64(len(c.rest)) {
		c.fail()
		return ""
	}
	s := c.rest[:size]
	c.rest = c.rest[size:]
	return s
}

// fields walks a map with unsigned keys; the loop takes the value of each.
func (c *cursor) fields() iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		for n := c.want(isMap); n > 0 && !c.broken; n-- {
			if field := c.unsigned(); c.broken || !yield(field) {
				return
			}
		}
	}
}

// items walks a list; the loop takes each item.
func (c *cursor) items() iter.Seq[struct{}] {
	return func(yield func(struct{}) bool) {
		for n := c.want(isList); n > 0 && !c.broken; n-- {
			if !yield(struct{}{}) {
				return
			}
		}
	}
}

// only takes one field of a map.
func (c *cursor) only(field uint64, take func()) {
	for f := range c.fields() {
		if f == field {
			take()
		} else {
			c.skip(maxDepth)
		}
	}
}

// skip passes over an item.
func (c *cursor) skip(depth int) {
	major, argument := c.head()
	if depth == 0 {
		c.fail()
		return
	}
	switch major {
	case isBytes, isText:
		c.cut(argument)
	case isMap:
		for ; argument > 0 && !c.broken; argument-- {
			c.skip(depth - 1)
			c.skip(depth - 1)
		}
	case isList:
		for ; argument > 0 && !c.broken; argument-- {
			c.skip(depth - 1)
		}
	case isTag:
		c.skip(depth - 1)
	}
}
