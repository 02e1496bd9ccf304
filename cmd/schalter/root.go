package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// flags are the options every command takes.
type flags struct {
	database, keys string
	lang           string
	as, second     string

	passphraseFile, secondPassphraseFile, keyFile string

	branch, seat string

	theme, printer string
	tones          bool
	phone          bool

	programmes string

	anchors   []string
	anchorLog string
}

func (p *program) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "schalter",
		Short: p.say("der Schalter der Geschäftsstelle", "the counter of the branch"),
		Long: p.say(
			"Ohne Befehl öffnet sich der Schalter auf der eingebauten Datenbank: Versicherte\n"+
				"finden, ausweisen, Aktivierungscode ausgeben. `schalter demo` übt mit erfundenen\n"+
				"Leuten, `schalter init` legt eine Datenbank an.",
			"Without a command the counter opens on the embedded database: find a member,\n"+
				"identify them, hand out an activation code. `schalter demo` practises on invented\n"+
				"people, `schalter init` creates a database."),
		Args:              p.noCommand,
		RunE:              func(c *cobra.Command, _ []string) error { return p.runCounter(c.Context()) },
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.SetIn(p.stdin)
	root.SetOut(p.stdout)
	root.SetErr(p.stderr)
	root.SetHelpFunc(func(c *cobra.Command, _ []string) { p.printHelp(c) })
	root.SetFlagErrorFunc(p.flagError)
	p.addGlobalFlags(root)
	root.AddCommand(
		p.accountCommand(),
		p.backupCommand(),
		p.bonusCommand(),
		p.cardCommand(),
		p.checkCommand(),
		p.completionCommand(),
		p.configCommand(),
		p.demoCommand(),
		p.doctorCommand(),
		p.initCommand(),
		p.journalCommand(),
		p.memberCommand(),
		p.policyCommand(),
		p.rekeyCommand(),
		p.restoreCommand(),
		p.staffCommand(),
		p.versionCommand(),
	)
	root.SetHelpCommand(p.helpCommand(root))
	return root
}

func (p *program) addGlobalFlags(root *cobra.Command) {
	f := root.PersistentFlags()
	f.SortFlags = false
	text := func(to *string, name, value, de, en string) { textFlag(f, to, name, value, p.say(de, en)) }
	text(&p.flags.database, "db", "FILE", "Datenbank, sonst ~/.local/share/schalter/schalter.db", "database, else ~/.local/share/schalter/schalter.db")
	text(&p.flags.keys, "keys", "DIR", "Schlüsselordner, sonst ~/.config/schalter/keys", "key folder, else ~/.config/schalter/keys")
	text(&p.flags.as, "as", "NAME", "Anmeldename der Person, die handelt", "login of the person who acts")
	text(&p.flags.passphraseFile, "passphrase-file", "FILE",
		"ihre Passphrase: erste Zeile einer Datei (0600), /dev/fd/N", "their passphrase: first line of a file (0600), /dev/fd/N")
	text(&p.flags.keyFile, "key-file", "FILE",
		"Schlüsseldatei eines Dienstes; ohne Ordner aus $CREDENTIALS_DIRECTORY",
		"key file of a service; a bare name from $CREDENTIALS_DIRECTORY")
	text(&p.flags.second, "second", "NAME", "Anmeldename der zweiten Person", "login of the second person")
	text(&p.flags.secondPassphraseFile, "second-passphrase-file", "FILE", "deren Passphrase, ebenso", "their passphrase, likewise")
	text(&p.flags.branch, "branch", "NAME", "Geschäftsstelle, in der gearbeitet wird", "branch where the work is done")
	text(&p.flags.seat, "seat", "NAME", "Platz, an dem gearbeitet wird", "seat where the work is done")
	f.BoolVar(&p.flags.phone, "phone", false, p.say("der Platz bedient das Telefon: ohne Ausweise, Karten und Codes", "the seat answers the phone: no documents, cards or codes"))
	text(&p.flags.printer, "printer", "WHERE", "Belege: none, file:/ordner, cups:NAME", "slips: none, file:/folder, cups:NAME")
	text(&p.flags.programmes, "programmes", "DIR", "Ordner der Bonusprogramme, sonst programmes neben der Datenbank", "folder of bonus programmes, else programmes beside the database")
	f.StringArrayVar(&p.flags.anchors, "anchor", nil, p.say("weitere Datei für signierte Stände; mehrmals möglich", "one more file for checkpoints; may be repeated"))
	nameValue(f, "anchor", "FILE")
	text(&p.flags.anchorLog, "anchor-log", "FILE", "Logdatei: je signiertem Stand eine Zeile", "log file: a line for each signed checkpoint")
	text(&p.flags.theme, "theme", "NAME", "Farben: auto, dunkel, hell, kontrast, terminal", "colours: auto, dunkel, hell, kontrast, terminal")
	f.BoolVar(&p.flags.tones, "tones", false, p.say("Töne beim Erfassen von Bonusheften", "tones while entering booklets"))
	text(&p.flags.lang, "lang", "LANG", "Sprache: de oder en, sonst nach LC_ALL, LC_MESSAGES, LANG", "language: de or en, else by LC_ALL, LC_MESSAGES, LANG")
	f.BoolP("help", "h", false, p.say("diese Hilfe", "this help"))
}

// argument is the annotation of a flag that names its value in the help.
const argument = "argument"

// textFlag adds a flag with a value.
func textFlag(set *pflag.FlagSet, to *string, name, value, usage string) {
	set.StringVar(to, name, "", usage)
	nameValue(set, name, value)
}

// nameValue says what the help calls a flag's value.
func nameValue(set *pflag.FlagSet, name, value string) {
	set.Lookup(name).Annotations = map[string][]string{argument: {value}}
}

// noCommand refuses words that name no command of c. It does not repeat them:
// somebody may have typed a name without `member find`.
func (p *program) noCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	hint := p.seeHelp(c)
	c.SuggestionsMinimumDistance = 2
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		hint = fmt.Sprintf(p.say("Gemeint ist vielleicht: %s", "Perhaps you mean: %s"), strings.Join(near, ", "))
	}
	return p.wrongUsage(p.say("Diesen Befehl gibt es nicht.", "There is no such command."), hint)
}

// onlyGroup is the annotation of a command that does nothing itself.
const onlyGroup = "group"

// group is a command that only holds others.
func (p *program) group(name, short string, commands ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: name + " " + commandWord, Short: short, Args: p.noCommand, Annotations: map[string]string{onlyGroup: ""}}
	c.RunE = func(c *cobra.Command, _ []string) error {
		return p.wrongUsage(fmt.Sprintf(p.say("`%s` braucht noch einen Befehl.", "`%s` needs a command."), c.CommandPath()), p.seeHelp(c))
	}
	c.AddCommand(commands...)
	return c
}

// between accepts at least min and at most max arguments; max below 0 is any
// number.
func (p *program) between(min, max int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) < min:
			return p.wrongUsage(fmt.Sprintf(p.say("`%s`: es fehlt eine Angabe.", "`%s`: an argument is missing."), useLine(c)), p.seeHelp(c))
		case max >= 0 && len(args) > max:
			return p.wrongUsage(fmt.Sprintf(p.say("`%s`: das sind zu viele Angaben.", "`%s`: these are too many arguments."), useLine(c)), p.seeHelp(c))
		}
		return nil
	}
}
