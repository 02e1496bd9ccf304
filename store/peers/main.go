// Command peers measures the counter with many members beside what else could
// have been taken, in one run on one machine: an import against writing the same
// bytes and against SQLite with FTS5, the start, the memory, and every kind of
// query against FTS5 in the order of names and against bleve. Each figure stands
// beside its goal.
//
//	go run . -members 1000000
//
// It is a module of its own, so that the product does not carry its peers.
package main

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/pprof"
	"syscall"
	"time"

	"schalter/domain/date"
	"schalter/domain/practice"
)

// options say what to measure.
type options struct {
	lines    int
	alone    bool
	profiles string // directory, "" for none
}

func main() {
	var o options
	flag.IntVar(&o.lines, "members", 1_000_000, "lines of the import file")
	flag.BoolVar(&o.alone, "alone", false, "leave the peers out")
	flag.StringVar(&o.profiles, "profile", "", "directory for a CPU profile of each phase")
	flag.Parse()
	if err := measure(context.Background(), o); err != nil {
		fmt.Fprintln(os.Stderr, "peers:", err)
		os.Exit(1)
	}
}

// sampled is how many members the queries are made from.
const sampled = 500

func measure(ctx context.Context, o options) error {
	dir, err := os.MkdirTemp("", "schalter-peers-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	today := date.Of(time.Now())
	path := filepath.Join(dir, "members.csv")
	if err := generate(path, today, o.lines); err != nil {
		return err
	}
	people, members, err := sample(path, today)
	if err != nil {
		return err
	}
	fmt.Printf("%d members in %d lines\n\n", members, o.lines)

	c, err := newCounter(ctx, dir, time.Now)
	if err != nil {
		return err
	}
	defer func() { c.store.Close() }()
	took, err := o.profiled("import", func() error { _, err := c.importFile(ctx, path, today); return err })
	if err != nil {
		return err
	}
	size, floor, err := writeFloor(c.path, filepath.Join(dir, "floor"))
	if err != nil {
		return err
	}
	again, err := o.profiled("again", func() error { _, err := c.importFile(ctx, path, today); return err })
	if err != nil {
		return err
	}
	var begun started
	restarted, err := o.profiled("start", func() (err error) { begun, err = c.restart(ctx, people[0].KVNR); return err })
	if err != nil {
		return err
	}
	fmt.Printf("%-34s %12s %12s\n", "", "by the clock", "processors")
	row("import, sealed, journalled", took, fmt.Sprintf("%d MiB, %.1f times the floor (goal 3)", size>>20, took.took.Seconds()/floor.took.Seconds()))
	row("floor: the same bytes and fsync", floor, "")
	row("the same file again", again, "changes nothing")
	row("start to KVNR", cost{took: begun.kvnr}, "goal 0.3 s")
	row("start to names", cost{begun.names, restarted.worked}, "goal 2 s")
	fmt.Printf("%-34s %10.1f B                  goal 96\n", "memory of the search, a member", float64(c.store.SearchBytes())/float64(members))

	if o.alone {
		_, err = o.profiled("search", func() error { return compare(ctx, c, nil, nil, people, today) })
		return err
	}
	lite, liteTook, err := newSQLite(ctx, filepath.Join(dir, "peer.sqlite"), path, today)
	if err != nil {
		return err
	}
	defer lite.close()
	row("SQLite, rows and FTS5, unsealed", liteTook, fmt.Sprintf("%.1f times ours", liteTook.took.Seconds()/took.took.Seconds()))
	hits, bleveTook, err := newBleve(filepath.Join(dir, "peer.bleve"), path, today)
	if err != nil {
		return err
	}
	defer hits.close()
	row("bleve, index alone, unsealed", bleveTook, fmt.Sprintf("%.1f times ours", bleveTook.took.Seconds()/took.took.Seconds()))
	return compare(ctx, c, lite, hits, people, today)
}

func row(what string, c cost, note string) {
	fmt.Printf("%-34s %s     %s\n", what, c, note)
}

func generate(path string, today date.Date, lines int) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = practice.Lines(file, practice.Seed, today, lines, 0)
	return err
}

// sample draws members evenly from a file, and counts them all.
func sample(path string, today date.Date) (people []person, members int, err error) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for r, err := range rowsOf(path, today) {
		if err != nil {
			return nil, 0, err
		}
		members++
		if len(people) < sampled {
			people = append(people, personOf(r.Member))
		} else if i := rnd.IntN(members); i < sampled {
			people[i] = personOf(r.Member)
		}
	}
	return people, members, nil
}

// profiled is timed with a profile of its own.
func (o options) profiled(name string, do func() error) (cost, error) {
	if o.profiles != "" {
		f, err := os.Create(filepath.Join(o.profiles, name+".pprof"))
		if err != nil {
			return cost{}, err
		}
		defer f.Close()
		if err := pprof.StartCPUProfile(f); err != nil {
			return cost{}, err
		}
		defer pprof.StopCPUProfile()
	}
	return spent(do)
}

// cost is what something took: by the clock, and of all processors. The second
// hardly depends on what else the machine does.
type cost struct{ took, worked time.Duration }

func (c cost) String() string {
	return fmt.Sprintf("%10.3f s %10.3f s", c.took.Seconds(), c.worked.Seconds())
}

func spent(do func() error) (c cost, err error) {
	before, err := worked()
	if err != nil {
		return c, err
	}
	if c.took, err = timed(do); err != nil {
		return c, err
	}
	after, err := worked()
	c.worked = after - before
	return c, err
}

// worked is the processor time of this process so far.
func worked() (time.Duration, error) {
	var u syscall.Rusage
	err := syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), err
}

func timed(do func() error) (time.Duration, error) {
	begin := time.Now()
	err := do()
	return time.Since(begin), err
}

// writeFloor writes as many bytes as a file has, and makes them last.
func writeFloor(like, path string) (size int64, c cost, err error) {
	info, err := os.Stat(like)
	if err != nil {
		return 0, c, err
	}
	c, err = spent(func() error {
		file, err := os.Create(path)
		if err != nil {
			return err
		}
		defer file.Close()
		piece := make([]byte, 1<<20)
		for left := info.Size(); left > 0; left -= int64(len(piece)) {
			if _, err := file.Write(piece); err != nil {
				return err
			}
		}
		return file.Sync()
	})
	return info.Size(), c, err
}
