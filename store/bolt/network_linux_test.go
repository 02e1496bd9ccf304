package bolt

import (
	"os"
	"syscall"
	"testing"
)

func TestRemoteFileSystems(t *testing.T) {
	// The numbers are those of statfs(2), so that a slip in the code is not
	// repeated here.
	for _, c := range []struct {
		name  string
		magic uint32
		want  string
	}{
		{"NFS_SUPER_MAGIC", 0x6969, "NFS"},
		{"SMB_SUPER_MAGIC", 0x517b, "SMB"},
		{"CIFS_SUPER_MAGIC", 0xff534d42, "SMB"},
		{"SMB2_MAGIC_NUMBER", 0xfe534d42, "SMB"},
		{"FUSE_SUPER_MAGIC", 0x65735546, "FUSE"},
		{"V9FS_MAGIC", 0x01021997, "9P"},
		{"EXT4_SUPER_MAGIC", 0xef53, ""},
		{"XFS_SUPER_MAGIC", 0x58465342, ""},
		{"BTRFS_SUPER_MAGIC", 0x9123683e, ""},
		{"TMPFS_MAGIC", 0x01021994, ""},
		{"OVERLAYFS_SUPER_MAGIC", 0x794c7630, ""},
	} {
		if got := remote(c.magic); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// The file system of proc answers statfs with its number in the same field, so
// it shows that the field is read right.
func TestFileSystemNumberIsRead(t *testing.T) {
	dir, err := os.Open("/proc")
	if err != nil {
		t.Fatal(err)
	}
	defer dir.Close()
	var stat syscall.Statfs_t
	if err := syscall.Fstatfs(int(dir.Fd()), &stat); err != nil {
		t.Fatal(err)
	}
	const procMagic = 0x9fa0
	if uint32(stat.Type) != procMagic {
		t.Errorf("proc says %#x", stat.Type)
	}
	if err := checkFileSystem(dir); err != nil {
		t.Errorf("a local file system: %v", err)
	}
}
