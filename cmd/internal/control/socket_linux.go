package control

import (
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// maxPath is how long the path of a socket may be: sun_path with the zero at its
// end, unix(7).
const maxPath = 107

// short is an address for a path that may be too long for one: through a
// descriptor of its directory, which is needed until release.
func short(path string) (address string, release func(), err error) {
	if len(path) <= maxPath {
		return path, func() {}, nil
	}
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return "", nil, err
	}
	release = func() { _ = dir.Close() }
	address = fmt.Sprintf("/proc/self/fd/%d/%s", dir.Fd(), filepath.Base(path))
	if len(address) > maxPath {
		release()
		return "", nil, fmt.Errorf("%w: %s", ErrTooLong, path)
	}
	return address, release, nil
}

// peer is the user at the other end: SO_PEERCRED, unix(7).
func peer(fd int) (uint32, error) {
	who, err := syscall.GetsockoptUcred(fd, syscall.SOL_SOCKET, syscall.SO_PEERCRED)
	if err != nil {
		return 0, err
	}
	return who.Uid, nil
}
