package words

import "schalter/domain"

// rightsSentences are the refusals of the rights table.
func rightsSentences() []sentence {
	return []sentence{
		{
			domain.ReasonOperationUnknown,
			both{"Diesen Vorgang gibt es nicht.", "There is no such operation."},
			both{"Programm und Datenbank passen vielleicht nicht zusammen.", "Program and database may not belong together."},
		},
		{
			domain.ReasonRoleMissing,
			both{"Ihre Rolle erlaubt das nicht.", "Your role does not allow this."},
			both{"Die Teamleitung weiß, wer es darf.", "Your supervisor knows who may."},
		},
		{
			domain.ReasonChannelWrong,
			both{"Das geht auf diesem Weg nicht.", "This is not possible this way."},
			both{"Manches gibt es nur am Schalter, manches nur auf der Befehlszeile.", "Some things exist only at the counter, some only on the command line."},
		},
		{
			domain.ReasonMemberEnded,
			both{"Die Versicherung ist beendet oder die Person verstorben.", "The insurance has ended or the person is deceased."},
			both{"Es bleiben: Code sperren, Karte sperren, Bonusheft.", "What is left: revoke a code, block a card, booklet."},
		},
		{
			domain.ReasonNotIdentified,
			both{"Die Person ist nicht ausgewiesen.", "The person is not identified."},
			both{"Erst ausweisen (i).", "Identify first (i)."},
		},
		{
			domain.ReasonCardEvidenceMissing,
			both{"Der Nachweis der Gesundheitskarte fehlt.", "The health card has not been checked."},
			both{"Die letzten sechs Ziffern der Kennnummer von der Karte eingeben.", "Type the last six digits of the card's number."},
		},
		{
			domain.ReasonSecondAlways,
			both{"Dafür braucht es eine zweite Person.", "This needs a second person."},
			both{"Die Teamleitung ansprechen.", "Ask the supervisor."},
		},
		{
			domain.ReasonSecondInMonth,
			both{"In den letzten 30 Tagen wurde schon ein Code ausgehändigt.", "A code was handed over within the last 30 days."},
			both{"Ein weiterer braucht eine zweite Person.", "Another one needs a second person."},
		},
		{
			domain.ReasonSecondRate,
			both{"Dieselbe Person hat heute schon sehr viele Codes ausgegeben.", "The same person has handed out very many codes today."},
			both{"Weitere brauchen eine zweite Person.", "More need a second person."},
		},
		{
			domain.ReasonSecondAddress,
			both{"Die Anschrift wurde in den letzten 14 Tagen geändert.", "The address was changed within the last 14 days."},
			both{"Dafür braucht es jetzt eine zweite Person.", "This needs a second person for now."},
		},
		{
			domain.ReasonSecondRelated,
			both{"Das ist der eigene Datensatz oder der einer verwandten Person.", "This is one's own record or a relative's."},
			both{"Eine andere Person übernimmt, oder eine zweite stimmt dem Öffnen zu.", "Someone else takes over, or a second person agrees to opening it."},
		},
		{
			domain.ReasonSecondSame,
			both{"Die zweite Person muss jemand anderes sein.", "The second person must be someone else."},
			both{"Eine andere Person meldet sich mit Name und Passphrase an.", "Another person signs with name and passphrase."},
		},
		{
			domain.ReasonSecondRole,
			both{"Diese Person darf hier nicht freigeben.", "This person may not approve here."},
			both{"Freigeben darf die Teamleitung.", "A supervisor may approve."},
		},
		{
			domain.ReasonSearchRate,
			both{"Zu viele Suchen nach Kartenziffern oder Postleitzahl.", "Too many searches by card digits or postcode."},
			both{"Über KVNR oder Name und Geburtsdatum suchen.", "Search by KVNR or by name and birth date."},
		},
		{
			domain.ReasonPhoneSearch,
			both{"Am Telefon wird nur nach KVNR oder Name gesucht.", "On the phone, search by KVNR or name only."},
			both{"Nach der Versichertennummer fragen.", "Ask for the insurance number."},
		},
		{
			domain.ReasonRolesInvalid,
			both{"Diese Rollen passen nicht zusammen.", "These roles do not go together."},
			both{"Verwaltung steht allein; Revision schließt den Schalter aus.", "Admin stands alone; auditor excludes the counter."},
		},
	}
}
