package control

import (
	"fmt"

	"golang.org/x/sys/unix"
)

// maxPath is how long the path of a socket may be: sun_path with the zero at its
// end, unix(4).
const maxPath = 103

// short is an address for a path, if it is short enough for one.
func short(path string) (address string, release func(), err error) {
	if len(path) > maxPath {
		return "", nil, fmt.Errorf("%w: %s", ErrTooLong, path)
	}
	return path, func() {}, nil
}

// peer is the user at the other end: LOCAL_PEERCRED, unix(4).
func peer(fd int) (uint32, error) {
	who, err := unix.GetsockoptXucred(fd, unix.SOL_LOCAL, unix.LOCAL_PEERCRED)
	if err != nil {
		return 0, err
	}
	return who.Uid, nil
}
