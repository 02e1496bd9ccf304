package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// littleMemory is what should be available, in bytes: every login takes 64 MiB
// for a moment.
const littleMemory = 256 << 20

func (e *examination) memory() diagnosis {
	available, ok := memoryFigure("MemAvailable")
	if !ok {
		return diagnosis{}
	}
	says := fmt.Sprintf(e.say("%s verfügbar", "%s available"), e.bytes(available))
	if available < littleMemory {
		return doubtful(says, e.say("Andere Programme beenden: jede Anmeldung braucht kurz 64 MB.", "End other programs: every login takes 64 MB for a moment."))
	}
	return good(says)
}

// swap says whether what is in memory can reach a disk: keys and names are.
func (e *examination) swap() diagnosis {
	total, ok := memoryFigure("SwapTotal")
	switch {
	case !ok:
		return diagnosis{}
	case total > 0:
		return doubtful(e.say("eingeschaltet: Schlüssel können auf den Datenträger geraten", "on: keys can get onto the disk"),
			e.say("Verschlüsseln oder abschalten (swapoff -a).", "Encrypt it or switch it off (swapoff -a)."))
	}
	return good(e.say("aus", "off"))
}

// memoryFigure is a line of /proc/meminfo in bytes, proc_meminfo(5).
func memoryFigure(name string) (int64, bool) {
	file, err := os.Open("/proc/meminfo")
	if err != nil {
		return 0, false
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		rest, ok := strings.CutPrefix(lines.Text(), name+":")
		if !ok {
			continue
		}
		kilo, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(rest, "kB")), 10, 64)
		return kilo << 10, err == nil
	}
	return 0, false
}

// core says whether a crash would write the memory to a file.
func (e *examination) core() diagnosis {
	on, err := coreDumps()
	switch {
	case err != nil:
		return diagnosis{}
	case on:
		return doubtful(e.say("ein Absturz schreibt den Speicher in eine Datei", "a crash writes the memory to a file"), "ulimit -c 0")
	}
	return good(e.say("aus", "off"))
}
