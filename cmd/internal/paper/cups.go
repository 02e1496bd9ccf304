package paper

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"time"

	"schalter/domain/plain"
)

// CUPS passes slips as PDF to a queue of the local CUPS through lp(1). The data
// goes by standard input alone; arguments and the title of the job, which every
// user of the machine can list, are the same for all slips.
type CUPS struct {
	Queue string
}

// Name is the queue.
func (c CUPS) Name() string { return c.Queue }

// grace is how long lp's output may stay open after it ended or was killed.
const grace = 2 * time.Second

// Print hands the slip to lp and waits until lp has put it into the queue. A
// status other than 0 is a [*LPError] in the error's chain, a missing lp
// [exec.ErrNotFound], the end of ctx its error; lp is killed then.
func (c CUPS) Print(ctx context.Context, s Slip) error {
	data, err := PDF(s)
	if err != nil {
		return failed(err)
	}
	return c.lp(ctx, "A6", data)
}

// lp passes a PDF to the queue.
func (c CUPS) lp(ctx context.Context, media string, data []byte) error {
	lp := exec.CommandContext(ctx, "lp", "-d", c.Queue, "-t", "schalter", "-o", "media="+media, "-")
	said := &tail{}
	lp.Stdin = bytes.NewReader(data)
	lp.Stderr = said
	lp.WaitDelay = grace
	if err := lp.Run(); err != nil {
		return failed(explain(ctx, err, said))
	}
	return nil
}

func explain(ctx context.Context, err error, said *tail) error {
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("lp: %w", context.Cause(ctx))
	case errors.As(err, &exit):
		return &LPError{Status: exit.ExitCode(), Said: said.String()}
	}
	return err
}

// LPError is lp's refusal.
type LPError struct {
	Status int // exit status; -1 when a signal ended it
	// Said is the end of what lp wrote to its standard error, in one line and
	// without control characters. It is for the log: lp's words are neither in
	// the user's language nor ours to vouch for.
	Said string
}

// Error is the status and lp's words in quotes.
func (e *LPError) Error() string { return fmt.Sprintf("lp: exit status %d: %q", e.Status, e.Said) }

// tail keeps the last bytes written to it.
type tail struct{ kept []byte }

const tailLength = 400

func (t *tail) Write(p []byte) (int, error) {
	t.kept = append(t.kept, p[max(0, len(p)-tailLength):]...)
	t.kept = t.kept[max(0, len(t.kept)-tailLength):]
	return len(p), nil
}

func (t *tail) String() string { return plain.Clean(string(t.kept)) }
