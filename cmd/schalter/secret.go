package main

import "io"

// crockford is Crockford's base 32 in small letters, which need no shift key. It
// has no i, l, o, u.
const crockford = "0123456789abcdefghjkmnpqrstvwxyz"

// symbols draws n symbols, five random bits each.
func symbols(random io.Reader, n int) (string, error) {
	drawn := make([]byte, n)
	if _, err := io.ReadFull(random, drawn); err != nil {
		return "", err
	}
	for i, b := range drawn {
		drawn[i] = crockford[b&31]
	}
	return string(drawn), nil
}

// oneTimeSymbols is how long a one-time passphrase is: 100 bits.
const oneTimeSymbols = 20

// oneTimePassphrase draws a passphrase that is passed on by word of mouth or on
// paper and used once: k7qh9-wxz3m-ptr2w-8abcd.
func oneTimePassphrase(random io.Reader) ([]byte, error) {
	drawn, err := symbols(random, oneTimeSymbols)
	if err != nil {
		return nil, err
	}
	var out []byte
	for i := range drawn {
		if i > 0 && i%5 == 0 {
			out = append(out, '-')
		}
		out = append(out, drawn[i])
	}
	return out, nil
}
