package bolt

import "os"

// Held reports whether another process has the file at path open for writing.
// What cannot be found out is not held: opening will tell why.
func Held(path string) bool {
	if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() {
		return false // a pipe would have opening wait
	}
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer file.Close() // takes the lock back
	free, err := tryLock(file, true)
	return err == nil && !free
}
