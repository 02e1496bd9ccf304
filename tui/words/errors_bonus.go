package words

import "schalter/domain"

// bonusSentences are the errors of bonus booklets and payout runs.
func bonusSentences() []sentence {
	return []sentence{
		{
			domain.ReasonProgrammeMissing,
			both{"Für dieses Bonusjahr gibt es kein Programm.", "No programme decides this bonus year."},
			both{"Jahr prüfen; Programmdateien legt der Betrieb ab (--programmes).", "Check the year; operations put programme files in place (--programmes)."},
		},
		{
			domain.ReasonProgrammeChoice,
			both{"Mehrere Programme entscheiden dieses Jahr.", "Several programmes decide this year."},
			both{"Das Programm auswählen.", "Choose the programme."},
		},
		{
			domain.ReasonProgrammeChanged,
			both{"Die Programmdatei ist eine andere als bei der Entscheidung.", "The programme file is not the one that decided."},
			both{"Die alte Datei wieder ablegen oder das Heft neu entscheiden.", "Put the old file back, or decide the booklet anew."},
		},
		{
			domain.ReasonBookletInvalid,
			both{"Diese Angabe passt nicht zum Programm.", "This entry does not fit the programme."},
			both{"Das genannte Feld prüfen.", "Check the field that is named."},
		},
		{
			domain.ReasonBookletMissing,
			both{"Es gibt noch kein Heft dieses Jahres.", "There is no booklet of this year yet."},
			both{"Das Heft zuerst erfassen.", "Enter the booklet first."},
		},
		{
			domain.ReasonBookletTwice,
			both{"Für diese Person und dieses Jahr ist schon ein Heft gebucht.", "A booklet of this person and year is booked already."},
			both{"Neue Belege nachreichen oder das gebuchte Heft berichtigen.", "Add new papers as a supplement, or correct the booked booklet."},
		},
		{
			domain.ReasonBookletState,
			both{"So, wie das Heft jetzt steht, geht das nicht.", "As the booklet stands now, this cannot be done."},
			both{"Den Stand des Hefts ansehen.", "Look at where the booklet stands."},
		},
		{
			domain.ReasonBookletFull,
			both{"Mehr Fassungen oder Einträge nimmt die Akte nicht auf.", "The record takes no more versions or entries."},
			both{"Mit der Leitung klären.", "Settle it with the team lead."},
		},
		{
			domain.ReasonCountDiffers,
			both{"Die Kontrollzahl stimmt nicht mit den Einträgen überein.", "The control count does not match the entries."},
			both{"Stempel im Heft noch einmal zählen, fehlende Einträge nachtragen.", "Count the stamps again and add what is missing."},
		},
		{
			domain.ReasonInvoiceRepeated,
			both{"Diese Rechnung ist in der Familie schon eingereicht worden.", "This invoice was handed in by the family before."},
			both{"Nummer prüfen; sonst den Eintrag mit / als ungültig führen.", "Check the number; else mark the entry as invalid with /."},
		},
		{
			domain.ReasonOtherDecider,
			both{"Dieses Heft entscheidet jemand anderes als, wer es erfasst hat.", "Somebody else than who entered this booklet decides it."},
			both{"Zweite Person zustimmen lassen, oder das Heft bleibt liegen.", "Let a second person agree, or leave the booklet waiting."},
		},
		{
			domain.ReasonMainMissing,
			both{"Das Hauptmitglied ist nicht im Bestand.", "The main member is not stored."},
			both{"Ohne Hauptmitglied keine Entscheidung. Bestand nachlesen lassen.", "No decision without the main member. Have the record imported."},
		},
		{
			domain.ReasonNotLate,
			both{"Das Heft ist nicht zu spät gekommen.", "The booklet is not late."},
			both{"Es braucht keine Annahme.", "It needs no acceptance."},
		},
		{
			domain.ReasonReasonNeeded,
			both{"Dazu gehört ein Grund.", "This needs a reason."},
			both{"Den Grund in ein paar Worten angeben.", "Give the reason in a few words."},
		},
		{
			domain.ReasonOwnDecisions,
			both{"In der Auszahlung stehen Hefte, die Sie selbst entschieden haben.", "The payout holds booklets that you decided yourself."},
			both{"Eine andere Leitung startet den Lauf.", "Another supervisor starts the run."},
		},
		{
			domain.ReasonPayoutFamily,
			both{"In der Auszahlung stehen eigene Hefte oder solche von Angehörigen.", "The payout holds booklets of your own or of relatives."},
			both{"Zwei andere starten den Lauf.", "Two others start the run."},
		},
		{
			domain.ReasonNothingToPay,
			both{"Für dieses Jahr ist nichts auszuzahlen.", "There is nothing to pay for this year."},
			both{"Hefte zuerst entscheiden.", "Decide booklets first."},
		},
		{
			domain.ReasonPayoutMissing,
			both{"Diesen Auszahlungslauf gibt es nicht.", "There is no such payout run."},
			both{"Die Nummer prüfen.", "Check the number."},
		},
		{
			domain.ReasonPayoutState,
			both{"So, wie der Auszahlungslauf steht, geht das nicht.", "As the payout run stands, this cannot be done."},
			both{"Erst die Datei schreiben, dann als ausgezahlt melden.", "Write the file first, then report it as paid."},
		},
		{
			domain.ReasonPayoutDiffers,
			both{"Die Auszahlung ergibt nicht mehr dieselben Zeilen.", "The payout no longer gives the same rows."},
			both{"Seitdem jemand gelöscht? Sonst `schalter journal verify` aufrufen.", "Was somebody erased since? Else call `schalter journal verify`."},
		},
	}
}
