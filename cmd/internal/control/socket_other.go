//go:build !linux && !darwin

package control

import (
	"context"
	"net"
)

// Here a socket does not tell who is at its other end, so there is none.

func listen(string) (*net.UnixListener, error) { return nil, ErrUnsupported }

func dial(context.Context, string) (*net.UnixConn, error) { return nil, ErrNoHolder }

func remove(string) error { return nil }

func sameUser(*net.UnixConn) error { return ErrUnsupported }
