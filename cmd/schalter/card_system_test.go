//go:build system

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"schalter/cmd/internal/pcsc/pcsctest"
	"schalter/domain/egk"
	"schalter/domain/egk/virtual"
)

// TestSystemCard puts a card into a virtual reader of a real pcscd: card read
// prints it, the counter opens its member, and each state of the reader is on the
// screen while somebody types on.
func TestSystemCard(t *testing.T) {
	home := t.TempDir()
	daemon := pcsctest.StartDaemon(t)
	t.Setenv("HOME", home)
	t.Setenv("LC_ALL", "de_DE.UTF-8")
	// The daemon's socket changes its place with each start; the counter knows one.
	socket := filepath.Join(home, "pcscd.comm")
	t.Setenv("PCSCLITE_CSOCK_NAME", socket)
	link := func() {
		_ = os.Remove(socket)
		if err := os.Symlink(daemon.Socket(), socket); err != nil {
			t.Fatal(err)
		}
	}
	link()
	file := func(name, text string) string {
		path := filepath.Join(home, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	run := func(args ...string) string {
		t.Helper()
		out, err := exec.Command(built(t), args...).Output()
		if err != nil {
			t.Fatalf("schalter %s: %v", args[0], err)
		}
		return string(out)
	}
	admin, lead := file("admin", "korrekt pferd batterie\n"), file("lead", "zweite person hier\n")
	run("init", "--insurer", "Muster BKK", "--ik", "109500969", "--app-host", "app.muster.de",
		"--branch", "Musterstadt|0931 1234|Schalter 1", "--admin", "admin", "--admin-name", "A. Admin",
		"--supervisor", "leitung", "--supervisor-name", "L. Leitung",
		"--passphrase-file", admin, "--second-passphrase-file", lead)
	members := file("members.csv", "kvnr;given_names;surname;birth_date;iccsn;card_status\n"+
		"X110411675;Zoë;Müßig;1962-03-14;80276881239912345671;active\n")
	run("member", "import", members, "--as", "admin", "--passphrase-file", admin, "--report", filepath.Join(home, "report.txt"))

	content := egk.Card{
		ICCSN: "80276881239912345671", KVNR: "X110411675", BirthDate: 1962_03_14,
		Name: egk.Name{Given: "Zoë", Surname: "Müßig"}, Insurer: egk.Insurer{IK: "109500969", Name: "Muster BKK"},
	}
	make := func(change func(*virtual.Config)) *virtual.Card {
		config := virtual.Config{Content: content}
		change(&config)
		card, err := virtual.New(config)
		if err != nil {
			t.Fatal(err)
		}
		return card
	}
	good := func(*virtual.Config) {}

	slot := daemon.Insert(make(good))
	if out := run("card", "read", "--wait"); !strings.Contains(out, "Müßig, Zoë") || strings.Contains(out, "X110411675") {
		t.Errorf("card read: %s", out)
	}
	slot.Pull()

	s := startIn(t, 80, 24, built(t)+"; echo ended with $?; read x")
	s.waits("Anmeldename")
	s.types("leitung")
	s.keys("Enter")
	s.types("zweite person hier")
	s.keys("Enter")
	s.waits("noch niemanden bedient")
	s.waits("Leser frei")

	start := time.Now()
	slot = daemon.Insert(make(good))
	s.waits("Müßig, Zoë")
	t.Logf("from putting the card in to its member on the screen: %v", time.Since(start).Round(time.Millisecond))
	if shown := s.text(); !strings.Contains(shown, "Karte – stimmt: Name, Geburtsdatum, Kasse") || !strings.Contains(shown, "Lesen beweist nicht") {
		t.Errorf("the card is not compared:\n%s", shown)
	}
	slot.Pull()
	s.waits("Leser frei")
	s.keys("Escape")
	s.waits("Suche")

	slot = daemon.Insert(make(func(c *virtual.Config) { c.PulledAfter = 5 }))
	s.waits("Die Karte wurde beim Lesen gezogen.")
	slot.Pull()
	daemon.Stop()
	s.waits("kein Dienst")
	s.types("mues 140362")
	s.waits("Müßig, Zoë") // typing goes on
	s.keys("Escape")
	daemon.Start()
	link()
	s.waits("Leser frei")
	slot = daemon.Insert(make(good))
	defer slot.Pull()
	s.waits("Karte – stimmt")
	s.leaves("Müßig", "X110411675")
}
