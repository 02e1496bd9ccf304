package keyfolder

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

const (
	pepperSize = 32
	storeFile  = "store"
	storeTitle = "schalter key folder 1\n"
)

func signerFile(epoch uint16) string { return fmt.Sprintf("sign-%d.key", epoch) }
func publicFile(epoch uint16) string { return fmt.Sprintf("sign-%d.pub", epoch) }
func pepperFile(epoch uint16) string { return fmt.Sprintf("pepper-%d.key", epoch) }

// epochOf returns the epoch a file name of this form stands for, or 0.
func epochOf(name string, form func(uint16) string) uint16 {
	_, rest, _ := strings.Cut(name, "-")
	digits, _, _ := strings.Cut(rest, ".")
	number, err := strconv.ParseUint(digits, 10, 16)
	if err != nil || form(uint16(number)) != name {
		return 0
	}
	return uint16(number)
}

func formatStore(storeID [16]byte) string {
	return storeTitle + hex.EncodeToString(storeID[:]) + "\n"
}

func parseStore(text string) (storeID [16]byte, ok bool) {
	digits, ok := strings.CutPrefix(text, storeTitle)
	raw, err := hex.DecodeString(strings.TrimSuffix(digits, "\n"))
	if !ok || err != nil || len(raw) != len(storeID) {
		return storeID, false
	}
	return [16]byte(raw), true
}

func formatPepper(storeID [16]byte, epoch uint16, pepper [pepperSize]byte) string {
	return fmt.Sprintf("pepper+%d+%x+%s", epoch,
		pepperCheck(storeID, epoch, pepper), base64.StdEncoding.EncodeToString(pepper[:]))
}

func parsePepper(storeID [16]byte, epoch uint16, text string) (pepper [pepperSize]byte, ok bool) {
	fields := strings.SplitN(text, "+", 4) // base 64 has + among its digits
	raw, err := base64.StdEncoding.DecodeString(fields[len(fields)-1])
	if err != nil || len(raw) != pepperSize {
		return pepper, false
	}
	pepper = [pepperSize]byte(raw)
	return pepper, formatPepper(storeID, epoch, pepper) == text
}

// pepperCheck notices accidents; it is no protection against anybody.
func pepperCheck(storeID [16]byte, epoch uint16, pepper [pepperSize]byte) []byte {
	data := bytes.Join([][]byte{
		[]byte("schalter/1 pepper"), storeID[:], binary.BigEndian.AppendUint16(nil, epoch), pepper[:],
	}, nil)
	sum := sha256.Sum256(data)
	return sum[:4]
}
