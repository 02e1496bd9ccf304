// Package paper prints what is handed or sent to the member: the slip (Beleg) with
// the activation code, and letters about bonus booklets.
//
// A slip has two forms, [Text] (plain, 42 columns, the width of an 80 mm
// receipt) and [PDF] (one page A6 with a QR code). A [Printer] renders one of
// them in memory and passes it on: to nobody ([None]), into a folder ([File]) or
// to a CUPS queue ([CUPS]). [Open] reads which one from the user's setting:
//
//	p, err := paper.Open("cups:schalter-2")
//	...
//	err = p.Print(ctx, slip)
//
// A slip is the code's second and last appearance, so this package keeps no
// copy: no temporary file survives, nothing personal is in a name, an argument
// or an error, and a print that failed is an error and is not tried again.
//
// A lost slip must be of no use to whoever finds it. It names its holder by two
// initials and the last three characters of the KVNR, see [Holder], and carries
// no name, no address and nothing about health.
package paper

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"schalter/domain"
)

// Printer takes slips.
type Printer interface {
	// Print hands one slip on and returns when the destination has it, or ctx
	// has ended. Every error is a [domain.Error] of kind Unavailable and reason
	// ReasonPrinter that keeps its cause for the log; nothing of the slip is
	// left behind then, unless a queue already took it before ctx ended.
	// Whether paper came out only a person can see.
	Print(ctx context.Context, s Slip) error
	// PrintLetter does the same with a letter.
	PrintLetter(ctx context.Context, l Letter) error
	// Name is where slips go, for the screen. It is empty when nothing is
	// printed.
	Name() string
}

// None prints nothing: Print succeeds and Name is empty.
type None struct{}

// Print does nothing.
func (None) Print(context.Context, Slip) error { return nil }

// Name is empty.
func (None) Name() string { return "" }

// Open reads a user's setting:
//
//	none                    nothing is printed; so does an empty setting
//	file:/path[?form=text]  a file for each slip in an absolute folder, as PDF
//	                        unless form=text
//	cups:NAME               a queue of this name, as PDF
//
// It touches neither folder nor queue: whether they are there shows when
// something is printed. A setting of another form is an error of kind Invalid
// and reason ReasonSettingInvalid for the field printer.
func Open(spec string) (Printer, error) {
	kind, rest, _ := strings.Cut(spec, ":")
	var p Printer
	var err error
	switch {
	case spec == "" || spec == "none":
		return None{}, nil
	case kind == "file":
		p, err = openFile(rest)
	case kind == "cups":
		p, err = openCUPS(rest)
	default:
		err = errors.New("want none, file:/path or cups:NAME")
	}
	if err != nil {
		return nil, domain.Fail(domain.Invalid, domain.ReasonSettingInvalid).WithField("printer").WithCause(err)
	}
	return p, nil
}

func openFile(rest string) (File, error) {
	folder, query, asked := strings.Cut(rest, "?")
	if !filepath.IsAbs(folder) {
		return File{}, errors.New("file: the folder is not an absolute path")
	}
	f := File{Folder: filepath.Clean(folder), Form: FormPDF}
	if !asked {
		return f, nil
	}
	options, err := url.ParseQuery(query)
	if err != nil {
		return File{}, fmt.Errorf("file: %w", err)
	}
	f.Form = Form(options.Get("form"))
	if len(options) != 1 || len(options["form"]) != 1 || !f.Form.known() {
		return File{}, errors.New("file: the only option is form=pdf or form=text")
	}
	return f, nil
}

// openCUPS refuses what cupsd refuses as the name of a queue (white space,
// controls, / and #; lpadmin(8)), and a leading dash, which lp would take for
// an option.
func openCUPS(queue string) (CUPS, error) {
	bad := func(r rune) bool { return r <= ' ' || r == 0x7f || r == '/' || r == '#' }
	if queue == "" || len(queue) > 127 || queue[0] == '-' || strings.ContainsFunc(queue, bad) {
		return CUPS{}, errors.New("cups: not the name of a queue")
	}
	return CUPS{Queue: queue}, nil
}

// Form is what a slip is made of.
type Form string

// The forms.
const (
	FormPDF  Form = "pdf"
	FormText Form = "text"
)

func (f Form) known() bool { return f == FormPDF || f == FormText }

// render makes the bytes of a slip and says how files of that kind end.
func (f Form) render(s Slip) (data []byte, extension string, err error) {
	if f == FormText {
		data, err = Text(s)
		return data, ".txt", err
	}
	data, err = PDF(s)
	return data, ".pdf", err
}

// failed is the one answer to a slip that was not printed.
func failed(cause error) error {
	return domain.Fail(domain.Unavailable, domain.ReasonPrinter).WithCause(cause)
}
