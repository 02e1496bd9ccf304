package bolt

import (
	"fmt"
	"os"
	"syscall"

	"schalter/store/kv"
)

// checkFileSystem refuses a directory on a file system whose files another
// machine, or another program, keeps: locks there may not be seen by all, and
// a memory map may not show what was written.
func checkFileSystem(dir *os.File) error {
	var stat syscall.Statfs_t
	if err := syscall.Fstatfs(int(dir.Fd()), &stat); err != nil {
		return fmt.Errorf("%w: %v", kv.ErrUnavailable, err)
	}
	// The type is as wide as the machine's word, and signed; the numbers have
	// 32 bits.
	if name := remote(uint32(stat.Type)); name != "" {
		return fmt.Errorf("%w (%s): keep it on a disk of this machine", ErrNetwork, name)
	}
	return nil
}

// remote names a file system that is not of this machine by the number statfs
// gives it (linux/magic.h, and the sources of those not listed there).
func remote(magic uint32) string {
	switch magic {
	case 0x6969:
		return "NFS"
	case 0x517b, 0xff534d42, 0xfe534d42:
		return "SMB"
	case 0x65735546: // sshfs and the like; which of them it is, statfs does not say
		return "FUSE"
	case 0x01021997:
		return "9P"
	case 0x00c36400:
		return "Ceph"
	case 0x5346414f, 0x6b414653:
		return "AFS"
	case 0x73757245:
		return "Coda"
	case 0x564c:
		return "NCP"
	case 0x01161970:
		return "GFS2"
	case 0x7461636f:
		return "OCFS2"
	case 0x0bd00bd0:
		return "Lustre"
	case 0x19830326:
		return "BeeGFS"
	case 0x47504653:
		return "GPFS"
	case 0x786f4256:
		return "VirtualBox shared folder"
	}
	return ""
}
