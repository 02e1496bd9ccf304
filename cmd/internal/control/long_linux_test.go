package control_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"schalter/cmd/internal/control"
)

// TestLongPath: a path that is longer than a socket's may be works, a name that
// is not.
func TestLongPath(t *testing.T) {
	dir := filepath.Join(t.TempDir(), strings.Repeat("x", 120))
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "db.sock")
	config := control.Config{Version: version, Run: func(context.Context, *control.Session) int { return 3 }}
	listen(t, path, config)
	if status := typed(t, path, &side{}, control.Request{}); status != 3 {
		t.Errorf("status %d", status)
	}
	if _, err := control.Listen(filepath.Join(dir, strings.Repeat("y", 120)), config); !errors.Is(err, control.ErrTooLong) {
		t.Errorf("a long name: %v", err)
	}
}
