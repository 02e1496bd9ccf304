package domain

import (
	"time"

	"schalter/domain/kvnr"
)

// BackendKind is what the app backend tells us.
type BackendKind string

// The kinds of event the backend sends.
const (
	BackendRegistered    BackendKind = "account_registered"
	BackendEmailVerified BackendKind = "email_verified"
	BackendDeviceBound   BackendKind = "device_bound"
	BackendDeviceUsed    BackendKind = "device_used"
	BackendCodeBlocked   BackendKind = "app_code_blocked"
	BackendIdentified    BackendKind = "identified"
	BackendDeleted       BackendKind = "account_deleted"
)

// AllBackendKinds lists every kind.
func AllBackendKinds() []BackendKind {
	return []BackendKind{
		BackendRegistered, BackendEmailVerified, BackendDeviceBound, BackendDeviceUsed, BackendCodeBlocked,
		BackendIdentified, BackendDeleted,
	}
}

// BackendEvent is one thing the backend tells about one member's account. Its ID
// is the backend's own; the same ID is taken once.
type BackendEvent struct {
	ID   string
	Kind BackendKind
	KVNR kvnr.KVNR
	At   time.Time
	// Device is what the kinds device_bound and device_used are about; of a used
	// one the ID is enough.
	Device Device
	// By is the way of the kind identified.
	By IdentifiedBy
	// SharedWithEPA is told by account_registered.
	SharedWithEPA bool
}
