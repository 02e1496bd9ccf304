package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"schalter/cmd/internal/control"
	"schalter/domain"
	"schalter/store/seal"
)

// A passphrase comes from the terminal or from a file, never from an argument or
// the environment: those are seen by every process of the machine.

// passphrase reads one from the file that an option names, or asks for it.
func (p *program) passphrase(ctx context.Context, option, path, prompt string) ([]byte, error) {
	if path != "" {
		// Opening a pipe waits for whoever writes into it.
		return waitFor(ctx, func() ([]byte, error) { return p.passphraseFromFile(option, path) })
	}
	secret, err := p.terminal.Secret(ctx, prompt)
	if errors.Is(err, errNobody) {
		return nil, p.cannotAsk(option)
	}
	return secret, err
}

// cannotAsk is the failure where nobody can type a passphrase.
func (p *program) cannotAsk(option string) error {
	return p.wrongUsage(
		p.say("Hier ist kein Terminal, an dem nach der Passphrase gefragt werden kann.", "There is no terminal to ask for the passphrase."),
		fmt.Sprintf(p.say("--%s nennt eine Datei (0600) oder /dev/fd/N.", "--%s names a file (0600) or /dev/fd/N."), option))
}

// newPassphrase reads one that is about to become somebody's. Typed ones are
// asked for twice.
func (p *program) newPassphrase(ctx context.Context, option, path, prompt string) ([]byte, error) {
	first, err := p.passphrase(ctx, option, path, prompt)
	if err != nil {
		return nil, err
	}
	if err := p.unfit(seal.CheckPassphrase(first), option); err != nil {
		clear(first)
		return nil, err
	}
	if path != "" {
		return first, nil
	}
	again, err := p.terminal.Secret(ctx, prompt+p.say(", noch einmal", ", once more"))
	if err != nil {
		return nil, err
	}
	defer clear(again)
	if !bytes.Equal(first, again) {
		clear(first)
		return nil, domain.Fail(domain.Invalid, domain.ReasonPassphraseDiffer)
	}
	return first, nil
}

// unfit says why a passphrase cannot become somebody's.
func (p *program) unfit(err error, option string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, seal.ErrPassphraseLong):
		return p.refused(p.say("Die Passphrase ist zu lang.", "The passphrase is too long."),
			p.say("Höchstens 1024 Bytes; mehrere Wörter genügen.", "At most 1024 bytes; several words will do."))
	case errors.Is(err, seal.ErrPassphraseText):
		return p.refused(p.say("Die Passphrase enthält Zeichen, die sich nicht überall tippen lassen.", "The passphrase has characters that cannot be typed everywhere."),
			p.say("Buchstaben, Ziffern, Satzzeichen und Leerzeichen sind gut.", "Letters, digits, punctuation and spaces are good."))
	}
	return domain.Fail(domain.Invalid, domain.ReasonPassphraseShort).WithField(option)
}

// passphraseFromFile reads the first line of a secret file.
func (p *program) passphraseFromFile(option, path string) ([]byte, error) {
	file, err := p.openSecret(option, path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	line, err := readSecretLine(file)
	if err != nil || len(line) == 0 {
		return nil, p.secretFailure(option, p.say("hat keine Passphrase in der ersten Zeile", "has no passphrase in its first line"), "")
	}
	return line, nil
}

// maxSecretFile bounds a file of secret keys, in bytes.
const maxSecretFile = 64 << 10

// secretFile reads all of a secret file.
func (p *program) secretFile(option, path string) ([]byte, error) {
	file, err := p.openSecret(option, path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	content, err := io.ReadAll(io.LimitReader(file, maxSecretFile))
	if err != nil {
		return nil, p.secretFailure(option, p.say("ist nicht zu lesen", "cannot be read"), "")
	}
	return content, nil
}

// openSecret opens a file that nobody else can read, or a pipe of which the same
// is true; a pipe that was handed over as a descriptor has nobody else at it.
// Which it is, is looked at after opening, so that it cannot be exchanged in
// between.
func (p *program) openSecret(option, path string) (control.File, error) {
	file, err := p.files.Open(path)
	if err != nil {
		return nil, p.secretFailure(option, p.say("ist nicht zu lesen", "cannot be read"), "")
	}
	info, err := file.Stat()
	if err == nil {
		err = p.checkSecret(option, path, info)
	} else {
		err = p.secretFailure(option, p.say("ist nicht zu lesen", "cannot be read"), "")
	}
	if err != nil {
		_ = file.Close()
		return nil, err
	}
	return file, nil
}

func (p *program) checkSecret(option, path string, info control.Info) error {
	switch mode := info.Mode; {
	case mode&fs.ModeNamedPipe != 0 && isDescriptor(path):
	case mode&fs.ModeNamedPipe == 0 && !mode.IsRegular():
		return p.secretFailure(option, p.say("ist keine Datei", "is no file"), "")
	case p.isCredential(path):
	case mode.Perm()&0o077 != 0 && modesCount:
		return p.secretFailure(option, p.say("kann auch von anderen gelesen werden", "can be read by others, too"),
			"chmod 600 "+quoted(path))
	case !info.Ours:
		return p.secretFailure(option, p.say("gehört jemand anderem", "belongs to somebody else"), "")
	}
	return nil
}

// isDescriptor reports whether a path names a descriptor of this process.
func isDescriptor(path string) bool {
	return path == "/dev/stdin" || strings.HasPrefix(path, "/dev/fd/") || strings.HasPrefix(path, "/proc/self/fd/")
}

func (p *program) secretFailure(option, why, hint string) error {
	return p.refused(fmt.Sprintf(p.say("Die Datei von --%s %s.", "The file of --%s %s."), option, why), hint)
}

// readSecretLine reads up to the first line end, which is no part of it. The
// buffer is as long as a passphrase can be, so none is cut off and no copy of it
// is left behind.
func readSecretLine(r io.Reader) ([]byte, error) {
	line := make([]byte, 0, seal.MaxPassphraseBytes+2)
	for len(line) < cap(line) {
		n, err := r.Read(line[len(line) : len(line)+1])
		line = line[:len(line)+n]
		if n > 0 && line[len(line)-1] == '\n' {
			break
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			clear(line)
			return nil, err
		}
	}
	return bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r")), nil
}
