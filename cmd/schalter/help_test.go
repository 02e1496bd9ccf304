package main

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/exp/golden"
	"github.com/spf13/cobra"

	"schalter/tui/words"
)

// TestHelp compares the help of every command in both languages with one that
// was read.
func TestHelp(t *testing.T) {
	for _, language := range words.AllLanguages() {
		t.Run(language.String(), func(t *testing.T) {
			b := newBench(t)
			var all strings.Builder
			for _, path := range commandPaths(b) {
				status, out, errs := b.do(append(path, "--help", "--lang", language.String())...)
				if status != statusDone || errs != "" {
					t.Errorf("%v --help: %d %s", path, status, errs)
				}
				for line := range strings.Lines(out) {
					if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > 110 {
						t.Errorf("%v: a line of %d characters", path, n)
					}
				}
				all.WriteString("$ schalter " + strings.Join(path, " ") + "\n" + out + "\n")
			}
			golden.RequireEqual(t, all.String())
		})
	}
}

// commandPaths are the words that lead to each command that is offered.
func commandPaths(b *bench) [][]string {
	p := *b.program
	p.texts = words.For(words.German)
	var paths [][]string
	var walk func(c *cobra.Command, path []string)
	walk = func(c *cobra.Command, path []string) {
		paths = append(paths, path)
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() {
				walk(sub, append(append([]string{}, path...), sub.Name()))
			}
		}
	}
	walk(p.rootCommand(), nil)
	return paths
}

// TestOnlyWhatIsThere: commands that are not built yet are neither listed nor
// known.
func TestOnlyWhatIsThere(t *testing.T) {
	b := newBench(t)
	for _, later := range []string{"serve", "card", "backup", "restore", "rekey", "man", "account", "connect"} {
		if status, _, _ := b.do(later); status != statusUsage {
			t.Errorf("%s: status %d, want %d", later, status, statusUsage)
		}
	}
	_, out, _ := b.do("help")
	for _, name := range []string{"bonus", "check", "completion", "config", "demo", "init", "journal", "member", "policy", "staff", "version"} {
		if !strings.Contains(out, "\n  "+name+" ") {
			t.Errorf("help does not list %s", name)
		}
	}
}
