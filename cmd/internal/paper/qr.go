package paper

import "github.com/skip2/go-qrcode"

// modules returns the QR code of an address (ISO/IEC 18004), true for dark, row
// by row, with the quiet zone of four modules all around. The level is Q, which
// reads with a quarter of the code words lost (the module's name for it is
// High): paper is folded and stained. The address up to a host of 20 characters
// fits version 4, 41 modules a side with the quiet zone.
func modules(link string) ([][]bool, error) {
	q, err := qrcode.New(link, qrcode.High)
	if err != nil {
		return nil, err
	}
	return q.Bitmap(), nil
}
