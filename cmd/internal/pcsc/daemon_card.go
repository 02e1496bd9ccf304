package pcsc

import (
	"context"
	"errors"
	"io"
	"time"
)

// daemonCard is a card held through pcscd.
type daemonCard struct {
	daemon   *daemon
	context  uint32
	handle   uint32
	protocol uint32
}

// hold takes a card: nobody else gets a command in between.
func (d *daemon) hold(ctx context.Context, name string) (*daemonCard, error) {
	room, ok := named(name)
	if !ok {
		return nil, &Error{Problem: ReaderGone}
	}
	reply, err := d.call(ctx, cmdEstablish, words(scopeSystem, 0, 0), contextSize)
	if err == nil {
		err = failure(at(reply, 2))
	}
	if err != nil {
		return nil, err
	}
	c := &daemonCard{daemon: d, context: at(reply, 1)}
	body := append(words(c.context), room...)
	body = append(body, words(shareShared, protocolT0|protocolT1, 0, 0, 0)...)
	reply, err = d.call(ctx, cmdConnect, body, connectSize)
	if err != nil {
		return nil, err
	}
	answer := reply[word+nameSize:]
	if err := failure(at(answer, 4)); err != nil {
		return nil, err
	}
	c.handle, c.protocol = at(answer, 2), at(answer, 3)
	return c, c.begin(ctx)
}

// begin starts the conversation. While another program has one, the daemon says
// that the card is shared; a moment is waited for its end.
func (c *daemonCard) begin(ctx context.Context) error {
	const moment = 50 * time.Millisecond
	for range 20 {
		reply, err := c.daemon.call(ctx, cmdBegin, words(c.handle, 0), beginSize)
		if err == nil {
			err = failure(at(reply, 1))
		}
		if !isProblem(err, CardHeld) {
			return err
		}
		if err := pause(ctx, moment); err != nil {
			return err
		}
	}
	return &Error{Problem: CardHeld}
}

// Transmit implements Card.
func (c *daemonCard) Transmit(ctx context.Context, apdu []byte) ([]byte, error) {
	head := words(c.handle, c.protocol, pciLength, uint32(len(apdu)), 0, pciLength, maxAnswer, 0)
	d := c.daemon
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	stop := d.interrupt(ctx, time.Now().Add(patience))
	defer stop()
	if _, err := d.conn.Write(append(message(cmdTransmit, head), apdu...)); err != nil {
		return nil, d.failed(ctx)
	}
	if _, err := io.ReadFull(d.conn, head); err != nil {
		return nil, d.failed(ctx)
	}
	n, err := parseTransmitted(head)
	if err != nil {
		return nil, err
	}
	answer := make([]byte, n)
	if _, err := io.ReadFull(d.conn, answer); err != nil {
		return nil, d.failed(ctx)
	}
	return answer, nil
}

// Close implements Card: the card stays as it is, for others to use. Whatever
// cannot be said any more the daemon concludes from the end of the connection.
func (c *daemonCard) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	d := c.daemon
	_, err := d.call(ctx, cmdEnd, words(c.handle, leaveCard, 0), cardSize)
	if err == nil {
		_, err = d.call(ctx, cmdDisconnect, words(c.handle, leaveCard, 0), cardSize)
	}
	if err == nil {
		_, err = d.call(ctx, cmdRelease, words(c.context, 0), releaseSize)
	}
	if isProblem(err, NoService) {
		err = nil
	}
	return errors.Join(err, ignoreClosed(d.Close()))
}
