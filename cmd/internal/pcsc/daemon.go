package pcsc

import (
	"context"
	"errors"
	"io"
	"net"
	"time"
)

// daemonSocket is where pcscd listens (its ipcdir).
const daemonSocket = "/run/pcscd/pcscd.comm"

// patience is how long one answer of the daemon may take: it answers nobody while
// it initialises a reader.
const patience = 10 * time.Second

// daemon is a connection to pcscd. Each card that is held has one of its own, so
// that giving up on a card leaves the other calls alone.
type daemon struct {
	socket string
	conn   net.Conn
}

// dialDaemon connects to pcscd's socket.
func dialDaemon(ctx context.Context, socket string) (*daemon, error) {
	var dialer net.Dialer
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	conn, err := dialer.DialContext(ctx, "unix", socket)
	if err != nil {
		return nil, &Error{Problem: NoService}
	}
	d := &daemon{socket: socket, conn: conn}
	if err := d.greet(ctx); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// greet agrees on the protocol.
func (d *daemon) greet(ctx context.Context) error {
	reply, err := d.call(ctx, cmdVersion, words(protocolMajor, protocolMinor, 0), versionSize)
	switch {
	case err != nil:
		return err
	case at(reply, 2) != codeOK:
		return &Error{TooOld, at(reply, 2)}
	}
	return nil
}

// Readers implements Service.
func (d *daemon) Readers(ctx context.Context) ([]Reader, error) {
	table, err := d.call(ctx, cmdStates, nil, tableSize)
	if err != nil {
		return nil, err
	}
	return parseTable(table)
}

// Wait implements Service. The daemon answers at once with how things stand, and
// then once more when something has changed.
func (d *daemon) Wait(ctx context.Context, seen []Reader) error {
	table, err := d.call(ctx, cmdWait, nil, tableSize)
	if err != nil {
		return err
	}
	now, err := parseTable(table)
	if err != nil {
		return err
	}
	if !same(now, seen) {
		_, err := d.call(ctx, cmdStopWaiting, nil, waitSize)
		return err
	}
	return d.changed(ctx)
}

// changed waits for the daemon's word. When the context ends first, it is told to
// be silent: to that it answers, unless its word was under way already.
func (d *daemon) changed(ctx context.Context) error {
	stop := d.interrupt(ctx, time.Time{})
	first := make([]byte, waitSize)
	n, err := io.ReadFull(d.conn, first)
	stop()
	if err == nil {
		return nil
	}
	if n > 0 || ctx.Err() == nil {
		return d.lost()
	}
	quick, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if _, err := d.call(quick, cmdStopWaiting, nil, waitSize); err != nil {
		return err
	}
	return ctx.Err()
}

// Connect implements Service.
func (d *daemon) Connect(ctx context.Context, name string) (Card, error) {
	own, err := dialDaemon(ctx, d.socket)
	if err != nil {
		return nil, err
	}
	card, err := own.hold(ctx, name)
	if err != nil {
		return nil, errors.Join(err, own.Close())
	}
	return card, nil
}

// Close implements Service.
func (d *daemon) Close() error { return d.conn.Close() }

// call sends a command and reads its reply of a known size. A call that is given
// up leaves the connection unusable: the reply may still come.
func (d *daemon) call(ctx context.Context, command uint32, body []byte, size int) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	stop := d.interrupt(ctx, time.Now().Add(patience))
	defer stop()
	if _, err := d.conn.Write(message(command, body)); err != nil {
		return nil, d.failed(ctx)
	}
	reply := make([]byte, size)
	if _, err := io.ReadFull(d.conn, reply); err != nil {
		return nil, d.failed(ctx)
	}
	return reply, nil
}

// interrupt lets the end of the context end what the connection does. Stop waits
// until that can no longer happen.
func (d *daemon) interrupt(ctx context.Context, deadline time.Time) (stop func()) {
	_ = d.conn.SetDeadline(deadline)
	done := make(chan struct{})
	unused := context.AfterFunc(ctx, func() {
		defer close(done)
		_ = d.conn.SetDeadline(time.Unix(1, 0))
	})
	return func() {
		if !unused() {
			<-done
		}
	}
}

// failed is the error of a broken call: the caller's, if they gave up.
func (d *daemon) failed(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		_ = d.conn.Close()
		return err
	}
	return d.lost()
}

func (d *daemon) lost() error {
	_ = d.conn.Close()
	return &Error{Problem: NoService}
}
