package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// checkProof is what an auditor needs to check a proof of `journal prove`: two
// functions of the standard library and the public key that `schalter init`
// printed. It uses nothing of ours, on purpose. The README tells the same steps.
func checkProof(proof, clear []byte, publicKey string) error {
	top, checkpoint, _ := strings.Cut(string(proof), "\n\n")
	text, signatures, _ := strings.Cut(checkpoint, "\n\n")
	lines, stated := strings.Split(top, "\n"), strings.Split(text, "\n")
	header, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	var index, size uint64
	fmt.Sscanf(lines[2], "index %d", &index)
	fmt.Sscan(stated[1], &size)

	// The path from the leaf to the root, RFC 9162, section 2.1.3.2.
	hash := sha256.Sum256(append([]byte{0}, header...))
	node, last := index, size-1
	for _, line := range lines[3:] {
		sibling, _ := base64.StdEncoding.DecodeString(line)
		if last == 0 {
			return errors.New("the path is too long")
		}
		if node&1 == 1 || node == last {
			hash = sha256.Sum256(append(append([]byte{1}, sibling...), hash[:]...))
			for node&1 == 0 && node != 0 {
				node, last = node>>1, last>>1
			}
		} else {
			hash = sha256.Sum256(append(append([]byte{1}, hash[:]...), sibling...))
		}
		node, last = node>>1, last>>1
	}
	if root, _ := base64.StdEncoding.DecodeString(stated[2]); last != 0 || index >= size || !bytes.Equal(hash[:], root) {
		return errors.New("the entry is not in the tree")
	}

	// The signature: behind four bytes of the key's hash, over text and newline.
	// The public key is name+hash+key, the key behind one byte for Ed25519.
	keyParts := strings.SplitN(strings.TrimSpace(publicKey), "+", 3)
	key, _ := base64.StdEncoding.DecodeString(keyParts[2])
	fields := strings.Fields(signatures)
	signature, _ := base64.StdEncoding.DecodeString(fields[2])
	if stated[0] != keyParts[0] || len(signature) != 68 || len(key) != 33 ||
		!ed25519.Verify(key[1:], []byte(text+"\n"), signature[4:]) {
		return errors.New("the checkpoint is not signed")
	}
	if sum := sha256.Sum256(clear); clear != nil && !bytes.HasSuffix(header, sum[:]) {
		return errors.New("the entry says something else")
	}
	return nil
}

// proven PROOF CLEAR KEY checks a proof without us, and that no byte of the files
// can be another: the proof holds or it does not.
func proven(ts *testscript.TestScript, _ bool, args []string) {
	proof, clear, key := []byte(ts.ReadFile(args[0])), []byte(ts.ReadFile(args[1])), ts.ReadFile(args[2])
	ts.Check(checkProof(proof, clear, key))
	for i := range clear {
		if checkProof(proof, altered(clear, i), key) == nil {
			ts.Fatalf("byte %d of what the entry says can be changed", i)
		}
	}
	end := bytes.Index(proof, []byte("\n\n"))
	for _, part := range []struct {
		name     string
		from, to int
	}{
		{"header", bytes.Index(proof, []byte("extra ")) + 6, bytes.Index(proof, []byte("\nindex "))},
		{"position", bytes.Index(proof, []byte("index ")) + 6, bytes.Index(proof, []byte("index ")) + 7},
		{"path", bytes.Index(proof[:end], []byte("\nindex ")) + 9, end - 2}, // the last symbol has unused bits
		{"checkpoint", end + 2, bytes.Index(proof, []byte("\n— "))},
	} {
		for i := part.from; i < part.to; i++ {
			if proof[i] == '=' || proof[i] == '\n' || i+1 < len(proof) && proof[i+1] == '=' {
				continue // padding, and the symbol with bits that do not count
			}
			if fails := checkProof(altered(proof, i), clear, key) != nil; !fails {
				ts.Fatalf("byte %d of the proof, in its %s, can be changed", i, part.name)
			}
		}
	}
}

// altered changes one byte into another symbol of base 64 and of numbers.
func altered(data []byte, at int) []byte {
	out := bytes.Clone(data)
	if out[at] = '7'; data[at] == '7' {
		out[at] = '3'
	}
	return out
}
