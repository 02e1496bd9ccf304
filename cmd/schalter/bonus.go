package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"schalter/domain/bonus"
	"schalter/domain/bonus/finding"
	"schalter/domain/bonus/strict"
	"schalter/domain/plain"
)

func (p *program) bonusCommand() *cobra.Command {
	return p.group("bonus", p.say("Bonusprogramme, Auszahlung, Zahlen", "bonus programmes, payout, figures"),
		p.bonusAssessCommand(),
		p.bonusCheckCommand(),
		p.bonusExportCommand(),
		p.bonusPaidCommand(),
		p.bonusStatisticsCommand(),
	)
}

// loadProgrammes reads the programmes that decide booklets, strictly: with any
// fault nothing starts that decides or pays, for a programme that is left out
// silently would be missed by those it is for.
func (p *program) loadProgrammes() error {
	dir := p.flags.programmes
	if p.shared != nil {
		if dir != "" {
			return p.wrongUsage(p.say("Die Programme hat der Schalter, der gerade läuft.", "The programmes are those of the counter that is running."),
				p.say("Ohne --programmes aufrufen.", "Call it without --programmes."))
		}
		return nil
	}
	if dir == "" {
		if dir = filepath.Join(filepath.Dir(p.databasePath()), "programmes"); !isDir(dir) {
			return nil
		}
	}
	files, err := p.programmeFiles(dir)
	if err != nil {
		return err
	}
	catalogue, found := bonus.NewCatalogue(files)
	for _, f := range found {
		p.tellFinding(f)
	}
	if len(found) > 0 {
		return p.refused(p.say("Bonusprogramme sind fehlerhaft: ", "Bonus programmes are faulty: ")+dir,
			p.say("Die Zeilen darüber nennen Datei, Zeile und Feld.", "The lines above name file, line and field."))
	}
	p.programmes = catalogue
	return nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// programmeFiles reads the programme files of a folder, by name.
func (p *program) programmeFiles(dir string) ([]bonus.File, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, p.refused(p.say("Der Ordner ist nicht zu lesen: ", "The folder cannot be read: ")+dir,
			p.say("Gibt es ihn, und darf dieses Benutzerkonto ihn lesen?", "Is it there, and may this user read it?"))
	}
	var files []bonus.File
	for _, e := range entries {
		extension := strings.ToLower(filepath.Ext(e.Name()))
		if e.IsDir() || extension != ".yaml" && extension != ".yml" {
			continue
		}
		path := filepath.Join(dir, e.Name())
		source, err := readProgramme(path)
		if err != nil {
			return nil, p.unreadable(path)
		}
		files = append(files, bonus.File{Name: path, Source: source})
	}
	if len(files) == 0 {
		return nil, p.refused(p.say("In dem Ordner liegt kein Programm: ", "There is no programme in the folder: ")+dir,
			p.say("Programme sind Dateien mit der Endung .yaml.", "Programmes are files that end in .yaml."))
	}
	return files, nil
}

// readProgramme reads no more of a file than it takes to see that it is too
// long.
func readProgramme(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, strict.MaxSize+1))
}

// findingLine is a finding for people: FILE:LINE: FIELD: what is wrong (VALUE).
// Standard input has no name.
func (p *program) findingLine(f finding.Finding) string {
	var b strings.Builder
	if f.File == "" {
		fmt.Fprintf(&b, p.say("Zeile %d: ", "line %d: "), f.Line)
	} else {
		fmt.Fprintf(&b, "%s:%d: ", f.File, f.Line)
	}
	if f.Field != "" {
		b.WriteString(f.Field + ": ")
	}
	b.WriteString(p.findingText(f.Code))
	if f.Value != "" {
		b.WriteString(" (" + f.Value + ")")
	}
	return plain.Clean(b.String())
}
