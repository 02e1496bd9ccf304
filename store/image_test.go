package store_test

import (
	"os"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/store"
)

// TestImageWhileWriting: copies taken while four writers commit hold every change
// that was acknowledged before the copy began, none by half, and verify.
func TestImageWhileWriting(t *testing.T) {
	dir := t.TempDir()
	createOnDisk(t, dir)
	s := openOnDisk(t, dir)
	var acked [4]atomic.Int64
	stop := make(chan struct{})
	var group sync.WaitGroup
	for w := range acked {
		group.Go(func() {
			for n := 1; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				if err := writeNumber(t, s, w, n); err != nil {
					t.Error(err)
					return
				}
				acked[w].Store(int64(n))
			}
		})
	}
	file, _ := onDisk(dir)
	seen := int64(0)
	for round := range 5 {
		for acked[0].Load() < seen+3 && !t.Failed() { // so that every round has something new to see
			runtime.Gosched()
		}
		seen = acked[0].Load()
		var before [4]int
		for w := range acked {
			before[w] = int(acked[w].Load())
		}
		copied := takeImage(t, s, file+"."+strconv.Itoa(round))
		restored := openCopy(t, dir, copied)
		for w := range acked {
			if n := written(t, restored, w); n < before[w] {
				t.Errorf("round %d, writer %d: the copy has %d, %d was acknowledged before it began", round, w, n, before[w])
			}
			checkWriter(t, restored, w, written(t, restored, w))
		}
		if report := verify(t, restored); report.Signed != report.Size {
			t.Errorf("round %d: of %d entries %d are under a checkpoint", round, report.Size, report.Signed)
		}
		if err := restored.OpenEverything(t.Context(), nil); err != nil {
			t.Errorf("round %d: %v", round, err)
		}
		if err := restored.Close(); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	group.Wait()
	verify(t, s)
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// writeNumber changes a writer's member and codes to the same number.
func writeNumber(t *testing.T, s *store.Store, w, n int) error {
	id := domain.MemberID(w + 1)
	m, _, err := s.Member(t.Context(), id)
	if err != nil {
		return err
	}
	m.Address.HouseNumber = strconv.Itoa(n)
	_, err = s.Commit(t.Context(), desk.Change{
		Put: []domain.Record{
			m, domain.Codes{Member: id, List: []domain.ActivationCode{{Branch: strconv.Itoa(n)}}},
		},
		Entries: entries(domain.ActCodeCreated, id),
	})
	return err
}

func takeImage(t *testing.T, s *store.Store, path string) string {
	t.Helper()
	image, err := s.SignedImage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer image.Close()
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	if err := image.Write(t.Context(), out); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Size() != image.Size {
		t.Errorf("the image has another size than it said: %v", err)
	}
	return path
}

// openCopy opens a copy in the place of its database.
func openCopy(t *testing.T, dir, copied string) *store.Store {
	t.Helper()
	beside := t.TempDir()
	file, keys := onDisk(beside)
	_, folder := onDisk(dir)
	if err := os.Rename(copied, file); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(folder, keys); err != nil {
		t.Fatal(err)
	}
	return openOnDisk(t, beside)
}
