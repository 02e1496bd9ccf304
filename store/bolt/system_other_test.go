//go:build !(linux || darwin)

package bolt_test

import "context"

func systemParts() map[string]func(context.Context) error { return nil }
