package egk_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"strings"
	"testing"

	"schalter/domain/egk"
)

// Bounds of a conversation, whatever the card answers.
const (
	mostCommands = 160
	mostOffset   = 4096
	mostLength   = 0xfc
)

// watch is a card whose conversation is watched: any command but those of the
// package comment is an error, on whatever occasion.
type watch struct {
	t      testing.TB
	card   egk.Transmitter
	sent   []string // in hexadecimal
	folder string
	file   string
	last   []byte
	status []byte // of the last answer
}

func (w *watch) Transmit(ctx context.Context, apdu []byte) ([]byte, error) {
	if !w.allowed(apdu) {
		w.t.Errorf("command %d is % X after % X", len(w.sent)+1, apdu, w.status)
	}
	w.sent = append(w.sent, strings.ToUpper(hex.EncodeToString(apdu)))
	if len(w.sent) > mostCommands {
		w.t.Fatalf("%d commands", len(w.sent))
	}
	w.last = bytes.Clone(apdu)
	answer, err := w.card.Transmit(ctx, apdu)
	w.status = bytes.Clone(answer[max(len(answer)-2, 0):])
	return answer, err
}

// allowed follows the conversation: folders and files are opened by the six
// commands, and only EF.PD and EF.VD are read on.
func (w *watch) allowed(apdu []byte) bool {
	waiting := len(w.status) == 2 && w.status[0] == 0x61
	repeat := len(w.status) == 2 && w.status[0] == 0x6c && len(apdu) == 5
	switch command := strings.ToUpper(hex.EncodeToString(apdu)); {
	case command == "00A4040C07D2760001448000":
		w.folder, w.file = "MF", ""
		return len(w.sent) == 0
	case command == "00A4040C06D27600000102":
		w.folder, w.file = "DF.HCA", ""
		return true
	case w.folder == "MF" && command == "00B082000C":
		w.file = "EF.GDO"
		return true
	case w.folder == "DF.HCA" && command == "00B08C0019":
		w.file = "EF.StatusVD"
		return true
	case w.folder == "DF.HCA" && command == "00B0810002":
		w.file = "EF.PD"
		return true
	case w.folder == "DF.HCA" && command == "00B0820008":
		w.file = "EF.VD"
		return true
	case repeat && bytes.Equal(apdu[:4], w.last[:4]):
		return apdu[4] == w.status[1]
	case waiting && strings.HasPrefix(command, "00C00000"):
		return len(apdu) == 5 && apdu[4] == w.status[1]
	case strings.HasPrefix(command, "00B0") && (w.file == "EF.PD" || w.file == "EF.VD"):
		from, n := int(apdu[2])<<8|int(apdu[3]), int(apdu[4])
		return len(apdu) == 5 && 0 < n && n <= mostLength && from+n <= mostOffset
	}
	return false
}

// read reads a card under watch.
func read(t testing.TB, card egk.Transmitter) (egk.Card, error) {
	t.Helper()
	return egk.Read(context.Background(), &watch{t: t, card: card})
}
