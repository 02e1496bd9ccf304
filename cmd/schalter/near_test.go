package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestFilesAreNear: what somebody names on the command line is reached through
// program.files, because the command may run in another process than the one it
// was typed in. The files listed here reach others: their own, or those of
// commands that always run where they are typed.
func TestFilesAreNear(t *testing.T) {
	own := []string{
		"near.go", "init.go", "found.go", "practice.go", "storage.go", "terminal.go", "bonus.go",
		"doctor_database.go", "doctor_machine.go", // what the holder's process looks at
		"backup_file.go",         // the note beside the database
		"journal_verify_file.go", // a copy beside the database
		"migration.go",           // the same
	}
	direct := regexp.MustCompile(`\bos\.(Open|OpenFile|OpenRoot|Create|CreateTemp|ReadFile|WriteFile|ReadDir|Remove|RemoveAll|Rename|Link|Stat|Lstat|Mkdir|MkdirAll|MkdirTemp)\(`)
	sources, err := filepath.Glob("*.go")
	if err != nil || len(sources) == 0 {
		t.Fatalf("%d sources, %v", len(sources), err)
	}
	for _, name := range sources {
		if strings.HasSuffix(name, "_test.go") || slices.Contains(own, name) || strings.HasPrefix(name, "restore") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if call := direct.Find(text); call != nil {
			t.Errorf("%s calls %s…: the files that somebody names are those of p.files", name, call)
		}
	}
}
