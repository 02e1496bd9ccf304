package main

import (
	"github.com/spf13/cobra"

	"schalter/domain/desk"
	"schalter/domain/plain"
)

// maxReason bounds a stated reason, in characters.
const maxReason = 200

func (p *program) journalAcceptCommand() *cobra.Command {
	var why string
	c := &cobra.Command{
		Use:   "accept clock|anchor",
		Short: p.say("annehmen, dass Uhr oder Protokoll zurückliegt", "accept that the clock or the journal is behind"),
		Long: p.say(
			"Macht eine Datenbank wieder beschreibbar, die nur noch lesbar ist. Eine Verwaltung und\n"+
				"eine zweite Person nennen den Grund; er steht für immer im Protokoll.\n\n"+
				"  clock   der neueste Eintrag ist später als die Uhr: sie ging vor und ist jetzt\n"+
				"          richtig. Codes aus der falschen Zukunft werden gesperrt.\n"+
				"  anchor  das Protokoll ist kürzer als sein Anker oder ein anderes: eine ältere\n"+
				"          Sicherung wurde mit Absicht zurückgespielt. Was danach war, ist verloren.",
			"Makes a database writable again that is read-only. An admin and a second person state\n"+
				"the reason; it stands in the journal for ever.\n\n"+
				"  clock   the newest entry is later than the clock: it was ahead and is right now.\n"+
				"          Codes of the wrong future are revoked.\n"+
				"  anchor  the journal is shorter than its anchor, or another one: an older backup was\n"+
				"          restored on purpose. What came after it is lost."),
		Example: "  schalter journal accept anchor --reason 'disk failed, restored the backup of Monday' \\\n" +
			"    --as k.beispiel --second m.muster",
		Args: p.between(1, 1),
		RunE: func(c *cobra.Command, args []string) error { return p.accept(c, args[0], why) },
	}
	textFlag(c.Flags(), &why, "reason", "TEXT", p.say("Grund, ohne Angaben zu Versicherten", "reason, nothing about members"))
	return c
}

func (p *program) accept(c *cobra.Command, what, why string) error {
	why = plain.Clean(why)
	if why == "" || len([]rune(why)) > maxReason || what != "clock" && what != "anchor" {
		return p.wrongUsage(p.say("clock oder anchor, und ein Grund mit --reason.", "clock or anchor, and a reason by --reason."), p.seeHelp(c))
	}
	ctx := c.Context()
	// Without a login: that would be a write.
	return p.withCredentials(ctx, p.second, func(o *opened, own, second desk.Credentials) error {
		if what == "clock" {
			return o.desk.AcceptClock(ctx, own, second, why)
		}
		return o.desk.AcceptJournal(ctx, own, second, why)
	})
}
