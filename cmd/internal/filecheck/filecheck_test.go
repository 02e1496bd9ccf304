package filecheck_test

import (
	"context"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"schalter/cmd/internal/filecheck"
	"schalter/store/bolt"
	"schalter/store/kv"
)

// badChild makes the child of a test behave as bbolt may over damaged pages.
const badChild = "SCHALTER_FILECHECK_TEST"

func TestMain(m *testing.M) {
	switch os.Getenv(badChild) {
	case "fault":
		var page *[4096]byte
		page[17] = 1
	case "circle":
		for {
			runtime.Gosched()
		}
	case "silence":
		os.Exit(0)
	case "signal":
		self, _ := os.FindProcess(os.Getpid())
		_ = self.Kill()
		time.Sleep(time.Minute)
	}
	filecheck.Child()
	os.Exit(m.Run())
}

func makeDatabase(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "db")
	engine, err := bolt.Create(path, bolt.Options{StoreID: bolt.StoreID{1}})
	if err != nil {
		t.Fatal(err)
	}
	var batch kv.Batch
	for i := range 2000 {
		batch.Ops = append(batch.Ops, kv.Op{Key: binary.BigEndian.AppendUint32([]byte("n"), uint32(i)), Value: make([]byte, 100)})
	}
	if _, err := engine.Import(t.Context(), batch); err != nil {
		t.Fatal(err)
	}
	if err := engine.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestSoundFile(t *testing.T) {
	seen, err := filecheck.Run(t.Context(), makeDatabase(t), filecheck.Limits{})
	if err != nil || seen.Pairs != 2000 || seen.Pages < 50 {
		t.Errorf("%+v, %v", seen, err)
	}
}

func TestDamagedFile(t *testing.T) {
	path := makeDatabase(t)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content[20*4096+10] ^= 1 // the number of elements of a page
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	wantFault(t, path, filecheck.Limits{}, filecheck.Damaged)
}

func TestChildThatEndsBadly(t *testing.T) {
	path := makeDatabase(t)
	for _, c := range []struct {
		how    string
		limits filecheck.Limits
		want   filecheck.Kind
	}{
		{"fault", filecheck.Limits{}, filecheck.Crashed},
		{"signal", filecheck.Limits{}, filecheck.Crashed},
		{"silence", filecheck.Limits{}, filecheck.Crashed},
		{"circle", filecheck.Limits{Time: 300 * time.Millisecond}, filecheck.TimedOut},
	} {
		t.Run(c.how, func(t *testing.T) {
			t.Setenv(badChild, c.how)
			wantFault(t, path, c.limits, c.want)
		})
	}
}

func wantFault(t *testing.T, path string, limits filecheck.Limits, want filecheck.Kind) {
	t.Helper()
	var fault *filecheck.Fault
	if _, err := filecheck.Run(t.Context(), path, limits); !errors.As(err, &fault) || fault.Kind != want {
		t.Errorf("found %v, want %s", err, want)
	}
}

// What is no damage is no finding.
func TestNoFinding(t *testing.T) {
	path := makeDatabase(t)
	var fault *filecheck.Fault
	if _, err := filecheck.Run(t.Context(), path+"x", filecheck.Limits{}); err == nil || errors.As(err, &fault) {
		t.Errorf("a file that is missing: %v", err)
	}
	engine, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	if _, err := filecheck.Run(t.Context(), path, filecheck.Limits{}); err == nil || errors.As(err, &fault) {
		t.Errorf("a file that is held: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := filecheck.Run(ended, path, filecheck.Limits{}); !errors.Is(err, context.Canceled) {
		t.Errorf("somebody who no longer waits: %v", err)
	}
}
