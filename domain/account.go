package domain

import (
	"strconv"
	"strings"
	"time"

	"schalter/domain/code"
)

// AccountState is where a member's app account stands. The zero value is that
// there is none.
type AccountState uint8

// The states of an account.
const (
	AccountNone AccountState = iota
	AccountOpen
	// AccountBlocked: the app code was typed wrong too often.
	AccountBlocked
	// AccountEnding: its deletion was asked for by phone and is announced; it runs
	// when its time has come, unless it is cancelled.
	AccountEnding
	AccountDeleted
)

// AllAccountStates lists every state.
func AllAccountStates() []AccountState {
	return []AccountState{AccountNone, AccountOpen, AccountBlocked, AccountEnding, AccountDeleted}
}

// Exists reports whether there is an account that somebody could log in to, or
// could again.
func (s AccountState) Exists() bool {
	return s == AccountOpen || s == AccountBlocked || s == AccountEnding
}

// DeviceID is the app backend's own name of a device binding.
type DeviceID string

// DeviceState is where a device binding stands.
type DeviceState uint8

// The states of a binding. The zero value is a device that was never bound.
const (
	DeviceUnknown DeviceState = iota
	DeviceBound
	DeviceUnbound
)

// Platform is what a device runs.
type Platform string

// The platforms that there is an app for.
const (
	IOS     Platform = "ios"
	Android Platform = "android"
)

// The oldest versions the app can be installed on.
const (
	OldestIOS     = 15
	OldestAndroid = 9
)

// Device is an installation of the app that is bound to the account. A binding
// that was deleted stays as such, so that what the backend told of it earlier
// does not bring it back.
type Device struct {
	ID        DeviceID    `cbor:"1,keyasint"`
	State     DeviceState `cbor:"2,keyasint"`
	Name      string      `cbor:"3,keyasint,omitempty"` // as the app calls it: iPhone 13
	Platform  Platform    `cbor:"4,keyasint,omitempty"`
	OSVersion string      `cbor:"5,keyasint,omitempty"` // 17.4.1
	BoundAt   time.Time   `cbor:"6,keyasint,omitempty"`
	UsedAt    time.Time   `cbor:"7,keyasint,omitempty"`
	EndedAt   time.Time   `cbor:"8,keyasint,omitempty"`
}

// TooOld reports whether the app cannot be installed anew on the device: below
// iOS 15 or Android 9. A version that is not known is not too old.
func (d Device) TooOld() bool {
	major, _, _ := strings.Cut(d.OSVersion, ".")
	n, err := strconv.Atoi(strings.TrimSpace(major))
	switch {
	case err != nil:
		return false
	case d.Platform == IOS:
		return n < OldestIOS
	case d.Platform == Android:
		return n < OldestAndroid
	}
	return false
}

// IdentifiedBy is the way a member proved who they are to the app.
type IdentifiedBy uint8

// The ways.
const (
	ByCardPIN        IdentifiedBy = iota + 1 // health card with PIN, by NFC
	ByEID                                    // ID card online, by Nect
	ByPostident                              // at a post office
	ByActivationCode                         // handed out at a branch
)

// AllIdentifiedBy lists every way.
func AllIdentifiedBy() []IdentifiedBy {
	return []IdentifiedBy{ByCardPIN, ByEID, ByPostident, ByActivationCode}
}

// Identification says whether the account is identified: By is 0 while a new
// identification is required.
type Identification struct {
	By IdentifiedBy `cbor:"1,keyasint,omitempty"`
	At time.Time    `cbor:"2,keyasint,omitempty"`
}

// Required reports whether the member has to identify (again).
func (i Identification) Required() bool { return i.By == 0 }

// Account is a member's app account as far as the app backend told us and we
// changed it. The app code, its PIN, is never in it: staff do not see it.
type Account struct {
	Member        MemberID       `cbor:"-"`
	State         AccountState   `cbor:"1,keyasint"`
	RegisteredAt  time.Time      `cbor:"2,keyasint,omitempty"`
	EmailVerified bool           `cbor:"3,keyasint,omitempty"`
	SharedWithEPA bool           `cbor:"4,keyasint,omitempty"` // the ePA app uses the same login
	BlockedAt     time.Time      `cbor:"5,keyasint,omitempty"`
	Identified    Identification `cbor:"6,keyasint"`
	Devices       []Device       `cbor:"7,keyasint,omitempty"`
	EndedAt       time.Time      `cbor:"8,keyasint,omitempty"` // deleted, or to be deleted
	// Ending is the case under which a deletion is announced.
	Ending code.Case `cbor:"9,keyasint,omitempty"`
	// Undo is what brings back the state before the newest thing done here.
	Undo *Undo `cbor:"10,keyasint,omitempty"`
	// Notes are the reasons given for what was done here, oldest first.
	Notes []Note `cbor:"11,keyasint,omitempty"`
}

// Ref implements Record.
func (a Account) Ref() Ref { return Ref{KindAccount, uint64(a.Member)} }

// Bound are the devices that are bound now.
func (a Account) Bound() []Device {
	var out []Device
	for _, d := range a.Devices {
		if d.State == DeviceBound {
			out = append(out, d)
		}
	}
	return out
}

// Device finds a device by its name at the backend; nil if it was never bound.
func (a *Account) Device(id DeviceID) *Device {
	for i := range a.Devices {
		if a.Devices[i].ID == id {
			return &a.Devices[i]
		}
	}
	return nil
}

// Undo is what was before something was done, for as long as the backend has not
// been told.
type Undo struct {
	Case       code.Case      `cbor:"1,keyasint"`
	Until      time.Time      `cbor:"2,keyasint"`
	State      AccountState   `cbor:"3,keyasint"`
	BlockedAt  time.Time      `cbor:"4,keyasint,omitempty"`
	EndedAt    time.Time      `cbor:"5,keyasint,omitempty"`
	Identified Identification `cbor:"6,keyasint"`
	// Devices are those whose binding was deleted.
	Devices []DeviceID `cbor:"7,keyasint,omitempty"`
}

// Why is why something was done to an account.
type Why uint8

// The reasons.
const (
	WhyForgotten  Why = iota + 1 // app code forgotten for good
	WhyNewDevice                 // a new telephone
	WhyLost                      // the device is lost
	WhyStolen                    // the device is stolen: nothing is held back
	WhySold                      // sold or given away
	WhyMisuse                    // suspicion that somebody else has access
	WhyNoLonger                  // the app is not wanted any more
	WhyRemembered                // the app code came to mind again
	WhyOther                     // see the text
)

// AllWhys lists every reason.
func AllWhys() []Why {
	return []Why{WhyForgotten, WhyNewDevice, WhyLost, WhyStolen, WhySold, WhyMisuse, WhyNoLonger, WhyRemembered, WhyOther}
}

// Urgent reports whether nothing is held back: somebody else may have the device
// in their hands.
func (w Why) Urgent() bool { return w == WhyStolen || w == WhyMisuse }

// Note is the reason given for something done. Its text is sealed with the
// account and never in the journal; screens warn against health data in it.
type Note struct {
	Case code.Case `cbor:"1,keyasint"`
	At   time.Time `cbor:"2,keyasint"`
	Why  Why       `cbor:"3,keyasint"`
	Text string    `cbor:"4,keyasint,omitempty"`
}

// MaxNote is how many characters the text of a note may have, and MaxNotes how
// many notes an account keeps.
const (
	MaxNote  = 200
	MaxNotes = 50
)
