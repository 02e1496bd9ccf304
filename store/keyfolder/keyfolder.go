// Package keyfolder holds the keys that must not lie beside the database: the
// ones that sign checkpoints of the journal, and the peppers of activation
// codes. Whoever takes the database alone can neither forge a checkpoint nor
// try codes.
//
// Each kind has epochs, counted from 1. The newest signs and peppers; the older
// ones stay, so that what they made can still be checked. A folder belongs to
// one database, is 0700 and holds small text files, all 0600:
//
//	store         "schalter key folder 1", then the store id in hex
//	sign-1.key    signer key as golang.org/x/mod/sumdb/note writes it (Ed25519)
//	sign-1.pub    its verifier key, to be given to auditors
//	pepper-1.key  pepper+<epoch>+<check>+<base64 of 32 bytes>
//
// The check is the start of a SHA-256 over store id, epoch and pepper, so that
// a damaged or misplaced file is noticed; the other two formats have their own.
//
//	folder, err := keyfolder.Open("/var/lib/schalter-keys", storeID)
//	note, err := checkpoint.Sign(folder.Signer())
package keyfolder

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"golang.org/x/mod/sumdb/note"

	"schalter/store/journal"
)

var (
	// ErrExists means that the folder holds something already.
	ErrExists = errors.New("key folder is not empty")
	// ErrMissing means that there is no folder, or none that was finished.
	ErrMissing = errors.New("key folder is missing or incomplete")
	// ErrDamaged means that a file is not what was written there.
	ErrDamaged = errors.New("key folder is damaged")
	// ErrNoEpoch means that the folder has no pepper of this epoch.
	ErrNoEpoch = errors.New("no pepper of this epoch")
)

// Folder is the keys of one database, read once. It does not change and may be
// used by many goroutines.
type Folder struct {
	storeID  [16]byte
	signers  map[uint16]string // signer keys; old ones may be gone
	publics  map[uint16]string // verifier keys
	peppers  map[uint16][pepperSize]byte
	signer   note.Signer
	verifier note.Verifiers
}

// New returns fresh keys at epoch 1 that are kept nowhere: for practice
// databases and tests.
func New(storeID [16]byte, random io.Reader) (*Folder, error) {
	signer, public, err := note.GenerateKey(random, journal.Origin(storeID))
	if err != nil {
		return nil, fmt.Errorf("new signing key: %w", err)
	}
	var pepper [pepperSize]byte
	if _, err := io.ReadFull(random, pepper[:]); err != nil {
		return nil, fmt.Errorf("new pepper: %w", err)
	}
	f := &Folder{
		storeID: storeID,
		signers: map[uint16]string{1: signer},
		publics: map[uint16]string{1: public},
		peppers: map[uint16][pepperSize]byte{1: pepper},
	}
	return f, f.prepare()
}

func empty(storeID [16]byte) *Folder {
	return &Folder{
		storeID: storeID,
		signers: make(map[uint16]string),
		publics: make(map[uint16]string),
		peppers: make(map[uint16][pepperSize]byte),
	}
}

// StoreID returns the id of the database the keys belong to.
func (f *Folder) StoreID() [16]byte { return f.storeID }

// Signer signs checkpoints with the newest key. Its name is the journal's
// origin.
func (f *Folder) Signer() note.Signer { return f.signer }

// Verifiers know the keys of all epochs.
func (f *Folder) Verifiers() note.Verifiers { return f.verifier }

// VerifierKeys returns the verifier keys of all epochs as text, oldest first.
// They are no secret: an auditor needs them to check without this folder.
func (f *Folder) VerifierKeys() []string {
	keys := make([]string, 0, len(f.publics))
	for _, epoch := range slices.Sorted(maps.Keys(f.publics)) {
		keys = append(keys, f.publics[epoch])
	}
	return keys
}

// PepperEpoch returns the newest pepper's epoch, the one for new codes.
func (f *Folder) PepperEpoch() uint16 { return newest(f.peppers) }

// Pepper returns a copy of the 32 bytes of an epoch, or [ErrNoEpoch].
func (f *Folder) Pepper(epoch uint16) ([]byte, error) {
	pepper, ok := f.peppers[epoch]
	if !ok {
		return nil, fmt.Errorf("%w: %d", ErrNoEpoch, epoch)
	}
	return pepper[:], nil
}

// prepare makes signer and verifiers out of their texts. It returns an error
// when one cannot be read, bears the name of another database, or when the signer
// key of the newest verifier key is missing or does not match it.
func (f *Folder) prepare() error {
	var verifiers []note.Verifier
	for _, epoch := range slices.Sorted(maps.Keys(f.publics)) {
		verifier, err := note.NewVerifier(f.publics[epoch])
		if err != nil || verifier.Name() != journal.Origin(f.storeID) {
			return damaged(publicFile(epoch))
		}
		verifiers = append(verifiers, verifier)
	}
	// A signer key without its verifier key is one that Renew did not finish.
	epoch := newest(f.publics)
	signer, err := note.NewSigner(f.signers[epoch])
	if err != nil {
		return damaged(signerFile(epoch))
	}
	if len(verifiers) == 0 || !match(signer, verifiers[len(verifiers)-1]) {
		return damaged(publicFile(epoch))
	}
	if len(f.peppers) == 0 {
		return damaged(pepperFile(1))
	}
	f.signer, f.verifier = signer, note.VerifierList(verifiers...)
	return nil
}

// match signs a probe, because the hash in a key's name is only 32 bits.
func match(signer note.Signer, verifier note.Verifier) bool {
	probe := &note.Note{Text: "schalter key folder probe\n"}
	signed, err := note.Sign(probe, signer)
	if err != nil {
		return false
	}
	_, err = note.Open(signed, note.VerifierList(verifier))
	return err == nil
}

func newest[T any](epochs map[uint16]T) uint16 {
	var newest uint16
	for epoch := range epochs {
		newest = max(newest, epoch)
	}
	return newest
}

func damaged(file string) error { return fmt.Errorf("%w: file %s", ErrDamaged, file) }
