package paper

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestFile(t *testing.T) {
	for _, test := range []struct {
		form   Form
		name   string
		render func(Slip) ([]byte, error)
	}{
		{"", "beleg-7QK4M2X.pdf", PDF},
		{FormPDF, "beleg-7QK4M2X.pdf", PDF},
		{FormText, "beleg-7QK4M2X.txt", Text},
	} {
		watchTemp(t)
		folder := filepath.Join(t.TempDir(), "belege")
		p := File{folder, test.form}
		s := sample(German)
		for range 2 { // printing again gives the same file
			if err := p.Print(context.Background(), s); err != nil {
				t.Fatal(err)
			}
			wantFiles(t, folder, test.name)
		}
		want, err := test.render(s)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(folder, test.name))
		if err != nil || string(got) != string(want) {
			t.Errorf("form %q: another content, %v", test.form, err)
		}
		wantMode(t, folder, 0o700|fs.ModeDir)
		wantMode(t, filepath.Join(folder, test.name), 0o600)
		if p.Name() != folder {
			t.Errorf("Name = %q", p.Name())
		}
	}
}

func wantMode(t *testing.T, path string, want fs.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil || info.Mode() != want {
		t.Errorf("%s: %v, %v, want %v", path, info.Mode(), err, want)
	}
}

func TestFileFails(t *testing.T) {
	s := sample(German)
	for _, test := range []struct {
		reason string
		folder func(root string) string
		ctx    context.Context
		want   error  // in the chain, if not nil
		says   string // in the log line
	}{
		{
			reason: "the folder's parent is missing, as after a typing error",
			folder: func(root string) string { return filepath.Join(root, "missing", "belege") },
			want:   fs.ErrNotExist,
		},
		{
			reason: "a file lies where the folder should be",
			folder: func(root string) string { return touch(t, filepath.Join(root, "belege")) },
			says:   "no folder",
		},
		{
			reason: "a file lies above where the folder should be",
			folder: func(root string) string { return filepath.Join(touch(t, filepath.Join(root, "x")), "belege") },
			want:   syscall.ENOTDIR,
		},
		{
			reason: "others may look into the folder",
			folder: func(root string) string { return mkdir(t, filepath.Join(root, "belege"), 0o755) },
			says:   "0700",
		},
		{
			reason: "a link leads to a folder that others may look into",
			folder: func(root string) string {
				link := filepath.Join(root, "link")
				if err := os.Symlink(mkdir(t, filepath.Join(root, "belege"), 0o750), link); err != nil {
					t.Fatal(err)
				}
				return link
			},
			says: "0700",
		},
		{
			reason: "the file's name is taken by a folder",
			folder: func(root string) string {
				folder := mkdir(t, filepath.Join(root, "belege"), 0o700)
				mkdir(t, filepath.Join(folder, "beleg-"+s.Case+".pdf"), 0o700)
				return folder
			},
			want: fs.ErrExist,
		},
		{
			reason: "the person has left meanwhile",
			folder: func(root string) string { return filepath.Join(root, "belege") },
			ctx:    cancelled(),
			want:   context.Canceled,
		},
	} {
		watchTemp(t)
		root := t.TempDir()
		folder := test.folder(root)
		if test.ctx == nil {
			test.ctx = context.Background()
		}
		err := File{Folder: folder}.Print(test.ctx, s)
		wantPrinterError(t, err)
		if test.want != nil && !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v", test.reason, err)
		}
		wantNoSlip(t, root)
	}
}

// wantNoSlip fails if any file below root holds anything.
func wantNoSlip(t *testing.T, root string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Type() == fs.ModeSymlink {
			return err
		}
		if info, err := e.Info(); err != nil || info.Size() > 0 || strings.Contains(path, ".beleg-") {
			t.Errorf("left behind: %s, %v", path, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func touch(t *testing.T, path string) string {
	t.Helper()
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func mkdir(t *testing.T, path string, mode fs.FileMode) string {
	t.Helper()
	if err := errors.Join(os.Mkdir(path, mode), os.Chmod(path, mode)); err != nil {
		t.Fatal(err)
	}
	return path
}
