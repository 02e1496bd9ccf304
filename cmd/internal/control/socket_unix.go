//go:build linux || darwin

package control

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"syscall"
)

// listen makes the socket under another name, closes it to others and then gives
// it its own: whoever finds it can use it, and the one of a killed holder goes in
// the same step.
func listen(path string) (*net.UnixListener, error) {
	info, err := os.Lstat(path)
	switch {
	case err == nil && info.Mode()&fs.ModeSocket == 0:
		return nil, fmt.Errorf("%w: %s", ErrInTheWay, path)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, err
	}
	draft := path + ".new"
	if err := remove(draft); err != nil {
		return nil, err
	}
	listener, err := listenAt(draft)
	if err != nil {
		return nil, err
	}
	listener.SetUnlinkOnClose(false) // its name changes
	if err := errors.Join(os.Chmod(draft, 0o600), os.Rename(draft, path)); err != nil {
		return nil, errors.Join(err, listener.Close(), remove(draft))
	}
	return listener, nil
}

func listenAt(path string) (*net.UnixListener, error) {
	address, release, err := short(path)
	if err != nil {
		return nil, err
	}
	defer release()
	return net.ListenUnix("unix", &net.UnixAddr{Name: address, Net: "unix"})
}

// remove takes a socket away, and nothing else.
func remove(path string) error {
	info, err := os.Lstat(path)
	if err != nil || info.Mode()&fs.ModeSocket == 0 {
		return nil // gone, or not ours
	}
	return os.Remove(path)
}

func dial(ctx context.Context, path string) (*net.UnixConn, error) {
	address, release, err := short(path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoHolder, err)
	}
	defer release()
	var d net.Dialer
	conn, err := d.DialContext(ctx, "unix", address)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, fs.ErrPermission):
		return nil, ErrOtherUser
	case errors.Is(err, syscall.EAGAIN):
		return nil, ErrBusy
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrNoHolder, err)
	}
	ours := conn.(*net.UnixConn)
	// Anybody may listen in a directory like /tmp; a passphrase goes to the own
	// user only.
	if err := sameUser(ours); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return ours, nil
}

// sameUser asks the system who is at the other end.
func sameUser(conn *net.UnixConn) error {
	raw, err := conn.SyscallConn()
	if err != nil {
		return err
	}
	var uid uint32
	var asked error
	if err := raw.Control(func(fd uintptr) { uid, asked = peer(int(fd)) }); err != nil {
		return err
	}
	if asked != nil {
		return asked
	}
	if int64(uid) != int64(os.Geteuid()) {
		return ErrOtherUser
	}
	return nil
}
