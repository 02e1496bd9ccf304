package main

import (
	"encoding/base64"
	"io"
	"path/filepath"
)

// A service that runs unattended signs in with a key file: one line, 32 random
// bytes in base64. It is the passphrase of the service's own slot.

// keyFileBytes is how many random bytes a key file has.
const keyFileBytes = 32

// newKeyFile makes a key file and returns its line.
func (p *program) newKeyFile(path string) ([]byte, error) {
	raw := make([]byte, keyFileBytes)
	defer clear(raw)
	if _, err := io.ReadFull(p.random, raw); err != nil {
		return nil, err
	}
	line := base64.RawURLEncoding.AppendEncode(nil, raw)
	return line, p.writeNew(path, append(line[:len(line):len(line)], '\n'))
}

// credential is where a key file lies: a bare name is one of the credentials that
// systemd hands over (systemd.exec(5), LoadCredential=), if there are any.
func (p *program) credential(path string) string {
	if dir := p.getenv(credentials); dir != "" && filepath.Base(path) == path {
		return filepath.Join(dir, path)
	}
	return path
}

const credentials = "CREDENTIALS_DIRECTORY"

// isCredential reports whether a file is one that systemd hands over. Its rights
// are systemd's to see to: the files belong to root and are opened to the service
// by an access list.
func (p *program) isCredential(path string) bool {
	dir := p.getenv(credentials)
	return dir != "" && filepath.Dir(path) == filepath.Clean(dir)
}
