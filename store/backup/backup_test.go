package backup_test

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"maps"
	"reflect"
	"testing"
	"time"

	"filippo.io/age"

	"schalter/store/backup"
)

var picture = bytes.Repeat([]byte("a page of a database "), 20_000)

func someManifest() backup.Manifest {
	return backup.Manifest{
		Program: "1.2.3", Taken: time.Date(2026, 9, 1, 6, 30, 0, 0, time.UTC), Store: "00ff", Schema: 1,
		Entries: 7, Root: "aa", Mark: "J-7", Checkpoint: "note\n", Records: map[string]uint64{"member": 3}, ImageSize: int64(len(picture)),
	}
}

func someIdentity(t testing.TB) *age.X25519Identity {
	t.Helper()
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return identity
}

func write(t testing.TB, to age.Recipient, keys map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	err := backup.Write(&out, []age.Recipient{to}, someManifest(), func(w io.Writer) error {
		_, err := w.Write(picture)
		return err
	}, keys)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// read returns what Read makes of a file.
func read(file []byte, with age.Identity) (backup.Contents, []byte, error) {
	var image bytes.Buffer
	c, err := backup.Read(bytes.NewReader(file), []age.Identity{with}, func(backup.Manifest) (io.Writer, error) { return &image, nil })
	return c, image.Bytes(), err
}

func TestComesBack(t *testing.T) {
	identity := someIdentity(t)
	for _, keys := range []map[string]string{nil, {"store": "a", "sign-1.key": "b"}} {
		c, image, err := read(write(t, identity.Recipient(), keys), identity)
		if err != nil || !bytes.Equal(image, picture) || !maps.Equal(c.Keys, keys) {
			t.Fatalf("%d bytes, keys %v, %v", len(image), c.Keys, err)
		}
		want := someManifest()
		want.Format, want.Keys = 1, keys != nil
		if !reflect.DeepEqual(c.Manifest, want) {
			t.Errorf("manifest %+v, want %+v", c.Manifest, want)
		}
	}
}

// TestEveryKindOfWrong: each is named, and none comes back as whole.
func TestEveryKindOfWrong(t *testing.T) {
	identity := someIdentity(t)
	file := write(t, identity.Recipient(), nil)
	if _, _, err := read(file, someIdentity(t)); !errors.Is(err, backup.ErrIdentity) {
		t.Errorf("another identity: %v", err)
	}
	for _, other := range [][]byte{nil, []byte("PK\x03\x04"), bytes.Repeat([]byte("no backup"), 100)} {
		if _, _, err := read(other, identity); !errors.Is(err, backup.ErrForeign) {
			t.Errorf("a file of %d other bytes: %v", len(other), err)
		}
	}
	for n := 30; n < len(file); n += len(file)/97 + 1 {
		if _, _, err := read(file[:n], identity); !errors.Is(err, backup.ErrDamaged) {
			t.Errorf("cut off behind %d of %d bytes: %v", n, len(file), err)
		}
		flipped := bytes.Clone(file)
		flipped[n] ^= 4
		if _, _, err := read(flipped, identity); !errors.Is(err, backup.ErrDamaged) && !errors.Is(err, backup.ErrIdentity) {
			t.Errorf("byte %d of %d changed: %v", n, len(file), err)
		}
	}
	if _, _, err := read(append(bytes.Clone(file), 0), identity); !errors.Is(err, backup.ErrDamaged) {
		t.Errorf("a byte behind the end: %v", err)
	}
}

// TestForeignArchives: what opens and is no backup of ours.
func TestForeignArchives(t *testing.T) {
	identity := someIdentity(t)
	seal := func(content []byte) []byte {
		var out bytes.Buffer
		w, err := age.Encrypt(&out, identity.Recipient())
		if err == nil {
			_, err = w.Write(content)
		}
		if err := errors.Join(err, w.Close()); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	archive := func(files ...string) []byte {
		var out bytes.Buffer
		w := tar.NewWriter(&out)
		for i := 0; i < len(files); i += 2 {
			if err := w.WriteHeader(&tar.Header{Name: files[i], Size: int64(len(files[i+1])), Mode: 0o600}); err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(w, files[i+1]); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return seal(out.Bytes())
	}
	good := `{"format":1,"image_size":1}`
	for _, tt := range []struct {
		name string
		file []byte
		want error
	}{
		{"text", seal([]byte("dear diary")), backup.ErrDamaged},
		{"another archive", archive("passwd", "root"), backup.ErrForeign},
		{"a manifest that is none", archive("manifest.json", "{"), backup.ErrForeign},
		{"a newer format", archive("manifest.json", `{"format":2}`), backup.ErrNewer},
		{"no image", archive("manifest.json", good), backup.ErrDamaged},
		{"an image of another size", archive("manifest.json", good, "schalter.db", "xx"), backup.ErrDamaged},
		{"no end", archive("manifest.json", good, "schalter.db", "x"), backup.ErrDamaged},
		{"another sum", archive("manifest.json", good, "schalter.db", "x", "end.json", `{"image_sha256":"00"}`), backup.ErrDamaged},
		{"a file that belongs nowhere", archive("manifest.json", good, "schalter.db", "x", "../evil", "x"), backup.ErrDamaged},
	} {
		if _, _, err := read(tt.file, identity); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

var errFull = errors.New("no room")

type full struct{ left int }

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// TestErrorsOfOthers: those of the file, of the image and of where it goes are
// passed on, for they are not damage.
func TestErrorsOfOthers(t *testing.T) {
	identity := someIdentity(t)
	to := []age.Recipient{identity.Recipient()}
	image := func(w io.Writer) error { _, err := w.Write(picture); return err }
	for _, room := range []int{0, 300, 200_000, 420_500} {
		if err := backup.Write(&full{room}, to, someManifest(), image, nil); !errors.Is(err, errFull) {
			t.Errorf("room for %d bytes: %v", room, err)
		}
	}
	if err := backup.Write(io.Discard, to, someManifest(), func(io.Writer) error { return errFull }, nil); !errors.Is(err, errFull) {
		t.Errorf("an image that fails: %v", err)
	}
	if err := backup.Write(io.Discard, to, someManifest(), func(io.Writer) error { return nil }, nil); err == nil {
		t.Error("an image shorter than it said is written")
	}
	file := write(t, identity.Recipient(), nil)
	_, err := backup.Read(bytes.NewReader(file), []age.Identity{identity}, func(backup.Manifest) (io.Writer, error) { return &full{1000}, nil })
	if !errors.Is(err, errFull) {
		t.Errorf("no room for the image: %v", err)
	}
	_, err = backup.Read(bytes.NewReader(file), []age.Identity{identity}, func(backup.Manifest) (io.Writer, error) { return nil, errFull })
	if !errors.Is(err, errFull) {
		t.Errorf("an image that is not wanted: %v", err)
	}
	_, err = backup.Read(io.MultiReader(bytes.NewReader(file[:5000]), broken{}), []age.Identity{identity}, func(backup.Manifest) (io.Writer, error) { return io.Discard, nil })
	if !errors.Is(err, errFull) {
		t.Errorf("a file that breaks off: %v", err)
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errFull }

// FuzzRead: whatever is inside the encryption, Read neither panics nor calls it
// whole unless it is.
func FuzzRead(f *testing.F) {
	identity := someIdentity(f)
	f.Add([]byte("dear diary"))
	for _, cut := range []int{600, 1200} {
		var plain bytes.Buffer
		r, err := age.Decrypt(bytes.NewReader(write(f, identity.Recipient(), nil)), identity)
		if err != nil {
			f.Fatal(err)
		}
		if _, err := io.CopyN(&plain, r, int64(cut)); err != nil {
			f.Fatal(err)
		}
		f.Add(plain.Bytes())
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		var file bytes.Buffer
		w, err := age.Encrypt(&file, identity.Recipient())
		if err == nil {
			_, err = w.Write(content)
		}
		if err := errors.Join(err, w.Close()); err != nil {
			t.Fatal(err)
		}
		c, image, err := read(file.Bytes(), identity)
		if err == nil && int64(len(image)) != c.Manifest.ImageSize {
			t.Errorf("called whole: %d of %d bytes", len(image), c.Manifest.ImageSize)
		}
	})
}
