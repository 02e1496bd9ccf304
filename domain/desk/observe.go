package desk

import (
	"context"
	"crypto/sha256"
	"slices"
	"time"

	"schalter/domain"
	"schalter/domain/plain"
	"schalter/domain/rights"
)

// maxDevices is how many bindings of one account are kept, ended ones included.
const maxDevices = 20

// Observe takes over one thing that the app backend tells. It is the only way in
// for what happens in the app: the import of accounts, practice data, and the
// backend's own messages come through here. The same event twice changes nothing;
// repeated says that it had been taken before. An event that is older than what is
// known, or does not fit the account's state, is refused.
func (d *Desk) Observe(ctx context.Context, a domain.Actor, ev domain.BackendEvent) (repeated bool, err error) {
	ev, err = d.checkEvent(ev)
	if err != nil {
		return false, err
	}
	err = d.again(ctx, func() error {
		repeated, err = d.observe(ctx, a, ev)
		return err
	})
	return repeated, err
}

// future is how far the backend's clock may be ahead of ours.
const future = 5 * time.Minute

// checkEvent refuses an event that says nothing sensible, naming the field.
func (d *Desk) checkEvent(ev domain.BackendEvent) (domain.BackendEvent, error) {
	invalid := func(field string) (domain.BackendEvent, error) {
		return ev, domain.Fail(domain.Invalid, domain.ReasonEventInvalid).WithField(field)
	}
	about := ev.Kind == domain.BackendDeviceBound || ev.Kind == domain.BackendDeviceUsed
	switch {
	case ev.ID == "" || len(ev.ID) > 200:
		return invalid("id")
	case !slices.Contains(domain.AllBackendKinds(), ev.Kind):
		return invalid("kind")
	case ev.KVNR == "":
		return invalid("kvnr")
	case ev.At.IsZero() || ev.At.After(d.Now().Add(future)):
		return invalid("at")
	case about && (ev.Device.ID == "" || len(ev.Device.ID) > 100):
		return invalid("device_id")
	case ev.Kind == domain.BackendDeviceBound && ev.Device.Platform != domain.IOS && ev.Device.Platform != domain.Android:
		return invalid("platform")
	case ev.Kind == domain.BackendIdentified && !slices.Contains(domain.AllIdentifiedBy(), ev.By):
		return invalid("method")
	}
	for field, text := range map[string]*string{"device_name": &ev.Device.Name, "os_version": &ev.Device.OSVersion} {
		clean, _, tooLong := plain.Line(*text, 60)
		if tooLong {
			return invalid(field)
		}
		*text = clean
	}
	return ev, nil
}

// eventRequest makes the backend's id of an event the id of our request, so that
// it is carried out once.
func eventRequest(id string) domain.RequestID {
	sum := sha256.Sum256([]byte("schalter backend event\x00" + id))
	return domain.RequestID(sum[:16])
}

func (d *Desk) observe(ctx context.Context, a domain.Actor, ev domain.BackendEvent) (repeated bool, err error) {
	e := d.entry(a, domain.ActObserved, rights.MemberImport)
	if _, err := d.permit(ctx, &e, a, rights.None, false); err != nil {
		return false, err
	}
	m, memberRev, err := d.Reader.MemberByKVNR(ctx, ev.KVNR)
	if err != nil {
		return false, err
	}
	account, rev, err := d.Reader.Account(ctx, m.ID)
	if err != nil {
		return false, err
	}
	e.Member, e.Object, e.Request = m.ID, string(ev.Kind), eventRequest(ev.ID)
	change := Change{
		Request: e.Request, Guards: []Guard{{m.Ref(), memberRev}, {account.Ref(), rev}}, Entries: []domain.Entry{e},
	}
	account = cloneAccount(account)
	applied := apply(&account, ev)
	if applied != nil {
		// What was taken once is told again until the backend knows: that is no
		// fault, though it fits the state no more.
		if seen, err := d.Reader.Requested(ctx, e.Request); err != nil || seen {
			return seen, err
		}
		return false, applied
	}
	change.Put = []domain.Record{account}
	receipt, err := d.Writer.Commit(ctx, change)
	return receipt.Repeated, err
}

// apply changes an account as the backend tells. The state table says what fits.
func apply(account *domain.Account, ev domain.BackendEvent) error {
	stale := domain.Fail(domain.Refused, domain.ReasonEventStale)
	step, known := map[domain.BackendKind]domain.Step{
		domain.BackendRegistered: domain.StepRegister, domain.BackendDeviceBound: domain.StepBind,
		domain.BackendDeviceUsed: domain.StepUse, domain.BackendCodeBlocked: domain.StepBlock,
		domain.BackendIdentified: domain.StepIdentify, domain.BackendEmailVerified: domain.StepUse,
		domain.BackendDeleted: domain.StepDelete,
	}[ev.Kind]
	if !known {
		return domain.Fail(domain.Invalid, domain.ReasonEventInvalid).WithField("kind")
	}
	if account.State == domain.AccountDeleted && !ev.At.After(account.EndedAt) {
		return stale
	}
	next, err := domain.Next(domain.OfAccount, account.State, step)
	if err != nil {
		return err
	}
	switch ev.Kind {
	case domain.BackendRegistered:
		devices, notes := account.Devices, account.Notes
		*account = domain.Account{
			Member: account.Member, RegisteredAt: ev.At, SharedWithEPA: ev.SharedWithEPA, Devices: devices, Notes: notes,
		}
	case domain.BackendEmailVerified:
		account.EmailVerified = true
	case domain.BackendCodeBlocked:
		account.BlockedAt = ev.At
	case domain.BackendIdentified:
		if ev.At.Before(lastUnbound(account)) {
			return stale
		}
		account.Identified = domain.Identification{By: ev.By, At: ev.At}
	case domain.BackendDeviceBound, domain.BackendDeviceUsed:
		if err := applyDevice(account, ev, step); err != nil {
			return err
		}
	case domain.BackendDeleted:
		closeAccount(account, ev.At)
	}
	account.State, account.Undo = next, nil
	return nil
}

// lastUnbound is when a binding was last ended: what was identified before that
// counts no more.
func lastUnbound(account *domain.Account) (at time.Time) {
	for _, x := range account.Devices {
		if x.EndedAt.After(at) {
			at = x.EndedAt
		}
	}
	return at
}

func applyDevice(account *domain.Account, ev domain.BackendEvent, step domain.Step) error {
	x := account.Device(ev.Device.ID)
	if x == nil {
		account.Devices = append(account.Devices, domain.Device{ID: ev.Device.ID})
		x = &account.Devices[len(account.Devices)-1]
	}
	if x.State == domain.DeviceUnbound && !ev.At.After(x.EndedAt) {
		return domain.Fail(domain.Refused, domain.ReasonEventStale)
	}
	next, err := domain.Next(domain.OfDevice, x.State, step)
	if err != nil {
		return err
	}
	if step == domain.StepBind {
		x.Name, x.Platform, x.OSVersion = ev.Device.Name, ev.Device.Platform, ev.Device.OSVersion
		if x.State != domain.DeviceBound {
			x.BoundAt, x.EndedAt = ev.At, time.Time{}
		}
		account.BlockedAt = time.Time{} // setting up a device sets a new app code
	}
	x.State = next
	if ev.At.After(x.UsedAt) {
		x.UsedAt = ev.At
	}
	if over := len(account.Devices) - maxDevices; over > 0 {
		account.Devices = forgetDevices(account.Devices, over)
	}
	return nil
}

// forgetDevices leaves out so many bindings that ended, those that ended first.
func forgetDevices(devices []domain.Device, n int) []domain.Device {
	for range n {
		oldest := -1
		for i, x := range devices {
			if x.State != domain.DeviceBound && (oldest < 0 || x.EndedAt.Before(devices[oldest].EndedAt)) {
				oldest = i
			}
		}
		if oldest < 0 {
			return devices
		}
		devices = slices.Delete(devices, oldest, oldest+1)
	}
	return devices
}
