package store

import (
	"context"
	"errors"

	"schalter/domain"
	"schalter/store/kv"
	"schalter/store/seal"
)

// translate turns what an engine or the sealing answers into an error a person
// can be told. The cause stays in it for the log.
func translate(err error) error {
	var known *domain.Error
	switch {
	case err == nil, errors.As(err, &known), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, kv.ErrConflict):
		return domain.Fail(domain.Conflict, domain.ReasonChangedMeanwhile).WithCause(err)
	case errors.Is(err, kv.ErrReadOnly):
		return domain.Fail(domain.Unavailable, domain.ReasonReadOnly).WithCause(err)
	case errors.Is(err, kv.ErrFull):
		return domain.Fail(domain.Unavailable, domain.ReasonDiskFull).WithCause(err)
	case errors.Is(err, kv.ErrUnknown):
		return domain.Fail(domain.Unavailable, domain.ReasonUnknownOutcome).WithCause(err)
	case errors.Is(err, kv.ErrUnavailable), errors.Is(err, kv.ErrClosed), errors.Is(err, errStopped):
		return domain.Fail(domain.Unavailable, domain.ReasonUnavailable).WithCause(err)
	case errors.Is(err, kv.ErrDamaged), errors.Is(err, seal.ErrDamaged), errors.Is(err, seal.ErrUnknownEpoch):
		return domain.Fail(domain.Unavailable, domain.ReasonDamaged).WithCause(err)
	case errors.Is(err, errVersion), errors.Is(err, seal.ErrVersion):
		return domain.Fail(domain.Unavailable, domain.ReasonNewerSchema).WithCause(err)
	}
	return domain.Fail(domain.Internal, domain.ReasonInternal).WithCause(err)
}
