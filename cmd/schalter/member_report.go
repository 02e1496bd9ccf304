package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"schalter/domain"
	calendar "schalter/domain/date"
	"schalter/domain/desk"
	"schalter/domain/kvnr"
	"schalter/domain/plain"
)

func (p *program) memberReportCommand() *cobra.Command {
	var basis string
	var asJSON bool
	c := &cobra.Command{
		Use:   "report KVNR|-",
		Short: p.say("Auskunft: was gespeichert ist und wer es wozu ansah", "report: what is stored, and what it was looked at for"),
		Long: p.say(
			"Schreibt, was über eine Person gespeichert ist, und wann, wo, in welcher Rolle und\n"+
				"wozu es angesehen oder geändert wurde (DSGVO Artikel 15); ohne Namen von Personal.\n"+
				"Teamleitung oder Revision; --basis nennt, worauf sich die Auskunft stützt. Die\n"+
				"Ausgabe ist für die Person selbst und gehört nicht auf einen fremden Bildschirm.",
			"Writes what is stored about a person, and when, where, in which role and for what it\n"+
				"was looked at or changed (GDPR Article 15); without names of staff. Supervisor or\n"+
				"auditor; --basis names what the report rests on. The output is for that person and\n"+
				"belongs on nobody else's screen."),
		Example: "  schalter member report - --basis written --as l.leitung < kvnr.txt",
		Args:    p.between(1, 1),
		RunE: func(c *cobra.Command, args []string) error {
			n, err := p.kvnrOf(c.Context(), args)
			if err != nil {
				return err
			}
			return p.withActor(c.Context(), func(o *opened, a domain.Actor) error {
				report, err := o.desk.Report(c.Context(), a, n, desk.Basis(basis))
				if err != nil {
					return err
				}
				return p.printReport(report, asJSON)
			})
		},
	}
	textFlag(c.Flags(), &basis, "basis", "WHAT", p.say("document (Ausweis gesehen) oder written (schriftlich verlangt)", "document (ID seen) or written (asked in writing)"))
	p.jsonFlag(c, &asJSON)
	return c
}

// kvnrOf reads the KVNR that a command is about.
func (p *program) kvnrOf(ctx context.Context, args []string) (kvnr.KVNR, error) {
	text, err := p.spoken(ctx, args)
	if err != nil {
		return "", err
	}
	n, err := kvnr.Parse(text)
	if err != nil {
		return "", p.refused(p.say("Das ist keine KVNR.", "This is no KVNR."),
			p.say("Ein Buchstabe und neun Ziffern; `schalter check kvnr` sagt, was nicht passt.",
				"A letter and nine digits; `schalter check kvnr` says what does not fit."))
	}
	return n, nil
}

// reported is a report as --json prints it; dates ISO, times RFC 3339, "" where
// there is none.
type reported struct {
	At       string            `json:"at"`
	Basis    string            `json:"basis"`
	Stored   map[string]string `json:"stored"`
	Cards    []reportedCard    `json:"cards"`
	Account  reportedAccount   `json:"app_account"`
	Codes    []reportedCode    `json:"activation_codes"`
	Booklets []reportedBooklet `json:"booklets"`
	Exams    []reportedExam    `json:"examinations"`
	Looks    []reportedLook    `json:"looks"`
}

type reportedCard struct {
	Number    string `json:"iccsn"`
	ValidFrom string `json:"valid_from"`
	ValidTo   string `json:"valid_to"`
	Blocked   bool   `json:"blocked"`
}

type reportedAccount struct {
	State        string           `json:"state"`
	Registered   string           `json:"registered_at"`
	Identified   string           `json:"identified_at"`
	IdentifiedBy string           `json:"identified_by"`
	Devices      []reportedDevice `json:"devices"`
	Notes        []reportedNote   `json:"notes"`
}

type reportedDevice struct {
	Name      string `json:"name"`
	Platform  string `json:"platform"`
	OSVersion string `json:"os_version"`
	Bound     bool   `json:"bound"`
	BoundAt   string `json:"bound_at"`
	UsedAt    string `json:"used_at"`
}

type reportedNote struct {
	At   string `json:"at"`
	Case string `json:"case"`
	Why  string `json:"why"`
	Text string `json:"text"`
}

type reportedCode struct {
	Case       string `json:"case"`
	State      string `json:"state"`
	Branch     string `json:"branch"`
	Created    string `json:"created_at"`
	HandedOver string `json:"handed_over_at"`
	Ended      string `json:"ended_at"`
}

type reportedBooklet struct {
	Programme string `json:"programme"`
	Year      int    `json:"year"`
	Versions  int    `json:"versions"`
	Entries   int    `json:"entries"`
	Paid      int    `json:"paid_cents"`
}

type reportedExam struct {
	Measure string `json:"measure"`
	Date    string `json:"date"`
}

type reportedLook struct {
	At        string `json:"at"`
	Branch    string `json:"branch"`
	Channel   string `json:"channel"`
	Role      string `json:"role"`
	Operation string `json:"operation"`
	Act       string `json:"act"`
	Case      string `json:"case"`
}

func (p *program) reportOf(r desk.Report) reported {
	t := p.texts
	out := reported{
		At: rfc3339(r.At), Basis: string(r.Basis), Stored: storedOf(r.Member), Cards: []reportedCard{},
		Account: reportedAccount{
			State: t.AccountState(r.Account.State), Registered: rfc3339(r.Account.RegisteredAt),
			Identified: rfc3339(r.Account.Identified.At), IdentifiedBy: t.IdentifiedBy(r.Account.Identified.By),
			Devices: []reportedDevice{}, Notes: []reportedNote{},
		},
		Codes: []reportedCode{}, Booklets: []reportedBooklet{}, Exams: []reportedExam{}, Looks: []reportedLook{},
	}
	for _, c := range r.Member.Cards {
		out.Cards = append(out.Cards, reportedCard{string(c.ICCSN), isoDate(c.ValidFrom), isoDate(c.ValidTo), c.Status == domain.CardBlocked})
	}
	for _, x := range r.Account.Devices {
		out.Account.Devices = append(out.Account.Devices, reportedDevice{
			plain.Clean(x.Name), string(x.Platform), plain.Clean(x.OSVersion), x.State == domain.DeviceBound, rfc3339(x.BoundAt), rfc3339(x.UsedAt),
		})
	}
	for _, n := range r.Account.Notes {
		out.Account.Notes = append(out.Account.Notes, reportedNote{rfc3339(n.At), string(n.Case), t.Why(n.Why), plain.Clean(n.Text)})
	}
	for _, c := range r.Codes {
		out.Codes = append(out.Codes, reportedCode{
			string(c.Case), codeStateWord(c.State), plain.Clean(c.Branch), rfc3339(c.CreatedAt), rfc3339(c.HandedOverAt), rfc3339(c.EndedAt),
		})
	}
	for _, b := range r.Booklets.List {
		out.Booklets = append(out.Booklets, reportedBooklet{b.Programme, b.Year, len(b.Versions), len(b.Latest().Stamps), int(b.Paid())})
	}
	for _, x := range r.Examinations.List {
		out.Exams = append(out.Exams, reportedExam{plain.Clean(x.Measure), isoDate(x.Date)})
	}
	for _, l := range r.Looks {
		out.Looks = append(out.Looks, reportedLook{
			rfc3339(l.At), plain.Clean(l.Branch), l.Channel.String(), l.Role.String(), string(l.Operation), string(l.Act), string(l.Case),
		})
	}
	return out
}

// storedOf is a member's own data under the names of the import file.
func storedOf(m domain.Member) map[string]string {
	all := map[string]string{
		"kvnr": string(m.KVNR), "title": m.Name.Title, "given_names": m.Name.Given, "prefix": m.Name.Prefix,
		"surname": m.Name.Surname, "suffix": m.Name.Suffix, "birth_name": m.Name.BirthName, "birth_date": isoDate(m.BirthDate),
		"street": m.Address.Street, "house_number": m.Address.HouseNumber, "address_extra": m.Address.Extra,
		"postcode": m.Address.Postcode, "city": m.Address.City, "country": m.Address.Country,
		"address_changed_on": isoDate(m.Address.ChangedOn), "email": m.Contact.Email, "phone": m.Contact.Phone,
		"main_kvnr": string(m.Insurance.Main), "insured_from": isoDate(m.Insurance.From), "insured_to": isoDate(m.Insurance.To),
	}
	if m.Sex != 0 {
		all["sex"] = string(rune(m.Sex))
	}
	if m.Deceased {
		all["deceased"] = "true"
	}
	for key, value := range all {
		if all[key] = plain.Clean(value); value == "" {
			delete(all, key)
		}
	}
	return all
}

func isoDate(d calendar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

func (p *program) printReport(r desk.Report, asJSON bool) error {
	out := p.reportOf(r)
	if asJSON {
		return p.printJSON(out)
	}
	var b strings.Builder
	head := func(de, en string) { fmt.Fprintf(&b, "\n%s\n", p.say(de, en)) }
	line := func(name string, parts ...string) {
		fmt.Fprintf(&b, "  %-20s %s\n", name, strings.Join(strings.Fields(strings.Join(parts, "  ")), " "))
	}
	at := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return p.texts.Moment(p.local(t))
	}
	fmt.Fprintf(&b, p.say("Auskunft vom %s\n", "Report of %s\n"), at(r.At))
	head("Gespeicherte Angaben", "Stored data")
	for _, key := range slices.Sorted(maps.Keys(out.Stored)) {
		line(key, out.Stored[key])
	}
	for _, c := range out.Cards {
		line(p.say("Karte", "card"), c.Number, c.ValidFrom, "–", c.ValidTo)
	}
	head("App-Konto", "App account")
	line(p.say("Stand", "state"), out.Account.State, at(r.Account.RegisteredAt))
	line(p.say("Identifizierung", "identification"), out.Account.IdentifiedBy, at(r.Account.Identified.At))
	for _, x := range r.Account.Devices {
		line(p.say("Gerät", "device"), plain.Clean(x.Name), plain.Clean(x.OSVersion), at(x.BoundAt), at(x.UsedAt), at(x.EndedAt))
	}
	for _, n := range r.Account.Notes {
		line(p.say("Grund", "reason"), at(n.At), n.Case.Grouped(), p.texts.Why(n.Why), plain.Clean(n.Text))
	}
	for _, c := range r.Codes {
		line(p.say("Aktivierungscode", "activation code"), at(c.CreatedAt), c.Case.Grouped(), p.texts.CodeState(c.State))
	}
	head("Bonus", "Bonus")
	for _, x := range out.Booklets {
		line(fmt.Sprint(x.Year), x.Programme, p.texts.Money(x.Paid))
	}
	for _, x := range out.Exams {
		line(p.say("Untersuchung", "examination"), x.Date, x.Measure)
	}
	head("Wann, wo, in welcher Rolle und wozu die Angaben angesehen oder geändert wurden",
		"When, where, in which role and for what the data were looked at or changed")
	for _, l := range r.Looks {
		line(at(l.At), plain.Clean(l.Branch), p.texts.Channel(l.Channel), p.texts.Role(l.Role), "·", p.texts.Operation(l.Operation), "·", p.texts.Act(l.Act))
	}
	_, err := io.WriteString(p.stdout, b.String())
	return p.outputError(err)
}
