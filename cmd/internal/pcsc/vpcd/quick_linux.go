package vpcd

import (
	"net"
	"syscall"
)

// quickConn acknowledges at once what it reads. The reader sends the length and
// the message of a command by two writes and waits in between for the
// acknowledgement, which the kernel otherwise delays by 40 ms for each command.
type quickConn struct {
	net.Conn
	raw syscall.RawConn
}

func quick(conn net.Conn) net.Conn {
	raw, err := conn.(*net.TCPConn).SyscallConn()
	if err != nil {
		return conn
	}
	return quickConn{conn, raw}
}

// Read sets the option before each read: the kernel drops it now and then.
func (c quickConn) Read(b []byte) (int, error) {
	_ = c.raw.Control(func(fd uintptr) {
		_ = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_QUICKACK, 1)
	})
	return c.Conn.Read(b)
}
