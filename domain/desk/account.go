package desk

import (
	"context"
	"slices"
	"time"

	"schalter/domain"
	"schalter/domain/code"
	"schalter/domain/rights"
)

// AccountView is what staff see of a member's app account. Nothing in it is
// evidence of anything.
type AccountView struct {
	State         domain.AccountState
	RegisteredAt  time.Time
	EmailVerified bool
	SharedWithEPA bool
	BlockedAt     time.Time
	Identified    domain.Identification
	// Devices are the bindings there are, the one used last first.
	Devices []DeviceView
	// RunsAt is when a deletion that was announced runs; zero if none is.
	RunsAt time.Time
	// UndoCase is the newest thing done here that can still be taken back, until
	// UndoUntil; empty if nothing can.
	UndoCase  code.Case
	UndoUntil time.Time
	// Actions are the operations on the account, decided for the evidence of the
	// visit and the state of the account.
	Actions []Action
}

// DeviceView is a device binding as staff see it.
type DeviceView struct {
	ID        domain.DeviceID
	Name      string
	Platform  domain.Platform
	OSVersion string
	BoundAt   time.Time
	UsedAt    time.Time
	// TooOld: the app cannot be installed there any more.
	TooOld bool
}

// Account reads the app account of the visit's member.
func (d *Desk) Account(ctx context.Context, a domain.Actor, id domain.VisitID) (AccountView, error) {
	v, err := d.visit(ctx, a, id)
	if err != nil {
		return AccountView{}, err
	}
	m, _, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return AccountView{}, err
	}
	account, _, err := d.Reader.Account(ctx, v.member)
	if err != nil {
		return AccountView{}, err
	}
	now := d.Now()
	view := AccountView{
		State: account.State, RegisteredAt: account.RegisteredAt, EmailVerified: account.EmailVerified,
		SharedWithEPA: account.SharedWithEPA, BlockedAt: account.BlockedAt, Identified: account.Identified,
		Devices: deviceViews(account.Bound()),
	}
	if account.State == domain.AccountEnding {
		view.RunsAt = account.EndedAt
	}
	if u := account.Undo; u != nil && now.Before(u.Until) {
		view.UndoCase, view.UndoUntil = u.Case, u.Until
	}
	for _, op := range []rights.Operation{rights.Unblock, rights.DeleteBinding, rights.DeleteAccount} {
		decision := rights.Decide(op, situation(a, v.assurance(now), m.Ended(d.today())))
		action := Action{Operation: op, Allowed: decision.Allowed, Why: domain.Reason(decision.Why)}
		if why := impossible(op, account); why != "" && evidenceOnly(decision) {
			action.Allowed, action.Why = false, why
		}
		view.Actions = append(view.Actions, action)
	}
	return view, nil
}

// impossible says why the state of an account stands against an operation, or
// nothing.
func impossible(op rights.Operation, account domain.Account) domain.Reason {
	step := map[rights.Operation]domain.Step{
		rights.Unblock: domain.StepUnblock, rights.DeleteBinding: domain.StepDeleteDevice, rights.DeleteAccount: domain.StepDelete,
	}[op]
	if _, err := domain.Next(domain.OfAccount, account.State, step); err != nil {
		return domain.StuckReason(domain.OfAccount, domain.State(account.State), step)
	}
	if op == rights.DeleteBinding && len(account.Bound()) == 0 {
		return domain.ReasonDeviceNotBound
	}
	return ""
}

func deviceViews(devices []domain.Device) []DeviceView {
	views := make([]DeviceView, 0, len(devices))
	for _, x := range devices {
		views = append(views, DeviceView{
			ID: x.ID, Name: x.Name, Platform: x.Platform, OSVersion: x.OSVersion,
			BoundAt: x.BoundAt, UsedAt: x.UsedAt, TooOld: x.TooOld(),
		})
	}
	slices.SortStableFunc(views, func(a, b DeviceView) int { return b.UsedAt.Compare(a.UsedAt) })
	return views
}

// Effect is something that a deletion takes away or leaves.
type Effect string

// The effects.
const (
	EffectDevice         Effect = "device"         // the devices named cannot log in any more
	EffectIdentification Effect = "identification" // a new identification is necessary
	EffectAppCode        Effect = "app_code"
	EffectAccount        Effect = "account"
	EffectEPALogin       Effect = "epa_login" // the ePA app shares the login
	EffectWebAccess      Effect = "web_access"
	EffectOtherDevices   Effect = "other_devices"
	EffectInsurance      Effect = "insurance" // membership and health card
	EffectBonus          Effect = "bonus"
)

// AllEffects lists every effect.
func AllEffects() []Effect {
	return []Effect{
		EffectDevice, EffectIdentification, EffectAppCode, EffectAccount, EffectEPALogin, EffectWebAccess,
		EffectOtherDevices, EffectInsurance, EffectBonus,
	}
}

// Consequences are told before something is done.
type Consequences struct {
	Operation rights.Operation
	// Devices are the bindings that go.
	Devices     []DeviceView
	Lost, Stays []Effect
	// RunsAt is when it happens, if not at once.
	RunsAt time.Time
	// Notice says where the member is told; 0 if they are not.
	Notice domain.Via
	// Next is what to offer afterwards; empty if nothing.
	Next rights.Operation
}

// Foresee says what an operation on the account would do: unblock, delete
// bindings (of the devices named, or all if none is), delete the account. It
// changes nothing and asks for no evidence.
func (d *Desk) Foresee(ctx context.Context, a domain.Actor, id domain.VisitID, op rights.Operation, devices []domain.DeviceID) (Consequences, error) {
	v, err := d.visit(ctx, a, id)
	if err != nil {
		return Consequences{}, err
	}
	m, _, err := d.Reader.Member(ctx, v.member)
	if err != nil {
		return Consequences{}, err
	}
	account, _, err := d.Reader.Account(ctx, v.member)
	if err != nil {
		return Consequences{}, err
	}
	if why := impossible(op, account); why != "" {
		return Consequences{}, domain.Fail(domain.Refused, why)
	}
	c := Consequences{Operation: op}
	if op != rights.Unblock {
		going, err := named(account, devices)
		if err != nil && op == rights.DeleteBinding {
			return Consequences{}, err
		}
		if op == rights.DeleteAccount {
			going = account.Bound()
		}
		c.Devices, c.Next = deviceViews(going), rights.HandOut
		if a.Channel == rights.Phone {
			c.Notice = via(m)
		}
	}
	c.Lost, c.Stays = effects(op, account, len(c.Devices))
	if op == rights.DeleteAccount && a.Channel == rights.Phone {
		c.RunsAt = d.Now().Add(phoneDelay)
	}
	return c, nil
}

func effects(op rights.Operation, account domain.Account, devices int) (lost, stays []Effect) {
	switch op {
	case rights.Unblock:
		return nil, []Effect{EffectAppCode, EffectOtherDevices, EffectIdentification, EffectAccount}
	case rights.DeleteBinding:
		stays = []Effect{EffectAccount, EffectInsurance, EffectBonus}
		if devices < len(account.Bound()) {
			stays = append([]Effect{EffectOtherDevices}, stays...)
		}
		return []Effect{EffectDevice, EffectAppCode, EffectIdentification}, stays
	}
	lost = []Effect{EffectAccount, EffectDevice, EffectAppCode, EffectIdentification, EffectWebAccess}
	if account.SharedWithEPA {
		lost = append(lost, EffectEPALogin)
	}
	return lost, []Effect{EffectInsurance, EffectBonus}
}

// named are the bound devices of the names given, or all if none is.
func named(account domain.Account, ids []domain.DeviceID) ([]domain.Device, error) {
	bound := account.Bound()
	if len(ids) == 0 {
		if len(bound) == 0 {
			return nil, domain.Fail(domain.Refused, domain.ReasonDeviceNotBound)
		}
		return bound, nil
	}
	var out []domain.Device
	for _, id := range ids {
		i := slices.IndexFunc(bound, func(x domain.Device) bool { return x.ID == id })
		if i < 0 {
			return nil, domain.Fail(domain.Refused, domain.ReasonDeviceNotBound)
		}
		out = append(out, bound[i])
	}
	return out, nil
}

// via is the stored contact at which a member is told what was done by phone: a
// letter reaches everybody.
func via(m domain.Member) domain.Via {
	switch {
	case m.Contact.Email != "" && m.Contact.EmailVerified:
		return domain.ViaEmail
	case m.Contact.Phone != "":
		return domain.ViaPhone
	}
	return domain.ViaLetter
}
