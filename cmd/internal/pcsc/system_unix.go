//go:build !windows && !darwin

package pcsc

import "context"

// System opens the service of this computer. The environment may name another
// socket, as it may for every program that uses pcscd.
func System(getenv func(string) string) func(context.Context) (Service, error) {
	socket := getenv("PCSCLITE_CSOCK_NAME")
	if socket == "" {
		socket = daemonSocket
	}
	return func(ctx context.Context) (Service, error) { return dialDaemon(ctx, socket) }
}
