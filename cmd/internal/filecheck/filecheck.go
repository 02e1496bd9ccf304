// Package filecheck looks at a whole database file in a process of its own.
//
// bbolt trusts its pages. Over damaged ones it can die of a memory fault that
// nothing can catch, go in circles, or ask for more memory than there is, and
// none of that may happen to a counter. So [Run] starts this program again, with
// a limit on time and memory, and the child ([Child]) runs [bolt.Check] and says
// on one line of JSON what it found. A child that dies or has to be killed is a
// finding, too.
//
// The child is told by two variables of its environment what to do. They are no
// interface for people: nothing is printed that they could read.
package filecheck

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"time"

	"schalter/store/bolt"
	"schalter/store/kv"
)

// Kind is how a file was found to be damaged. Its text is stable, for machines.
type Kind string

// What can be found.
const (
	// Damaged: something in the file is not as it was written.
	Damaged Kind = "file_damaged"
	// Crashed: the check died of the file.
	Crashed Kind = "check_crashed"
	// TimedOut: the check was still running when its time was over.
	TimedOut Kind = "check_timed_out"
	// OutOfMemory: the check wanted more memory than the file can need.
	OutOfMemory Kind = "check_out_of_memory"
)

// Fault is the finding that a file is damaged.
type Fault struct {
	Kind Kind
	// Detail says where, for whoever looks into the file; it names no key.
	Detail string
}

// Error names kind and detail, for the log.
func (f *Fault) Error() string {
	if f.Detail == "" {
		return "database file: " + string(f.Kind)
	}
	return fmt.Sprintf("database file: %s: %s", f.Kind, f.Detail)
}

// Variables of the child's environment.
const (
	fileVariable  = "SCHALTER_FILECHECK_FILE"
	limitVariable = "SCHALTER_FILECHECK_MEMORY" // bytes
)

// Limits bound a check. The zero value is right for the size of the file.
type Limits struct {
	Time   time.Duration
	Memory int64 // bytes
}

// For a file of so many bytes: even a slow disk reads ten megabytes a second, and
// what is remembered of a page is a small part of it. The file itself is mapped,
// and a map is rounded up.
func (l Limits) orFor(size int64) Limits {
	if l.Time == 0 {
		l.Time = 30*time.Second + time.Duration(size/(10<<20))*time.Second
	}
	if l.Memory == 0 {
		l.Memory = 3<<30 + 3*size
	}
	return l
}

// report is what the child answers.
type report struct {
	Pages int64  `json:"pages"`
	Pairs int64  `json:"pairs"`
	Fault string `json:"fault,omitempty"`
}

// statusFailed is the exit status of a child that could not open the file for a
// reason that is no damage.
const statusFailed = 3

// Run looks at all of the database file at path, which this process must not hold
// for writing. The error is a [*Fault] when the file is damaged.
func Run(ctx context.Context, path string, limits Limits) (bolt.Contents, error) {
	info, err := os.Stat(path)
	if err != nil {
		return bolt.Contents{}, fmt.Errorf("check the file: %w", err)
	}
	program, err := executable()
	if err != nil {
		return bolt.Contents{}, fmt.Errorf("check the file: %w", err)
	}
	limits = limits.orFor(info.Size())
	timed, cancel := context.WithTimeout(ctx, limits.Time)
	defer cancel()
	child := exec.CommandContext(timed, program)
	child.Env = append(os.Environ(),
		fileVariable+"="+path, limitVariable+"="+strconv.FormatInt(limits.Memory, 10), "GOTRACEBACK=none")
	var out, complaint bytes.Buffer
	child.Stdout, child.Stderr = &out, &complaint
	err = child.Run()
	if ctx.Err() != nil {
		return bolt.Contents{}, ctx.Err()
	}
	if timed.Err() != nil {
		return bolt.Contents{}, &Fault{Kind: TimedOut}
	}
	return judge(err, out.Bytes(), complaint.Bytes())
}

// executable is this program: on Linux the one that runs, also when its file was
// replaced meanwhile.
func executable() (string, error) {
	if runtime.GOOS == "linux" {
		return "/proc/self/exe", nil
	}
	return os.Executable()
}

// judge turns how a child ended into a finding.
func judge(err error, out, complaint []byte) (bolt.Contents, error) {
	var exit *exec.ExitError
	switch {
	case err == nil:
	case !errors.As(err, &exit):
		return bolt.Contents{}, fmt.Errorf("check the file: %w", err)
	case bytes.Contains(complaint, []byte("out of memory")), bytes.Contains(complaint, []byte("cannot allocate memory")):
		return bolt.Contents{}, &Fault{Kind: OutOfMemory}
	case exit.ExitCode() == statusFailed:
		return bolt.Contents{}, fmt.Errorf("check the file: %s", complaint)
	default:
		return bolt.Contents{}, &Fault{Kind: Crashed, Detail: exit.String()}
	}
	var r report
	if err := json.Unmarshal(out, &r); err != nil {
		return bolt.Contents{}, &Fault{Kind: Crashed, Detail: "no answer"}
	}
	if r.Fault != "" {
		return bolt.Contents{}, &Fault{Kind: Damaged, Detail: r.Fault}
	}
	return bolt.Contents{Pages: r.Pages, Pairs: r.Pairs}, nil
}

// Child is the other side: it must be the first thing a program does. In a process
// that [Run] started it looks at the file and never returns; in any other it
// returns at once.
func Child() {
	path, asked := os.LookupEnv(fileVariable)
	if !asked {
		return
	}
	if limit, err := strconv.ParseInt(os.Getenv(limitVariable), 10, 64); err == nil {
		limitMemory(limit)
	}
	os.Exit(look(path))
}

func look(path string) int {
	seen, err := bolt.Check(path)
	r := report{Pages: seen.Pages, Pairs: seen.Pairs}
	switch {
	case errors.Is(err, kv.ErrDamaged), errors.Is(err, bolt.ErrForeign):
		r.Fault = err.Error()
	case err != nil:
		fmt.Fprint(os.Stderr, err)
		return statusFailed
	}
	if err := json.NewEncoder(os.Stdout).Encode(r); err != nil {
		return statusFailed
	}
	return 0
}
