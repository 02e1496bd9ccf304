package words

import "schalter/domain"

// visitSentences are the errors of visits, identification and codes. A mismatch
// never says what would have been right.
func visitSentences() []sentence {
	return []sentence{
		{
			domain.ReasonVisitOver,
			both{"Die Vorsprache ist beendet.", "The visit is over."},
			both{"Die Person neu suchen und öffnen.", "Find and open the person again."},
		},
		{
			domain.ReasonEvidenceExpired,
			both{"Der Nachweis ist älter als 15 Minuten.", "The evidence is older than 15 minutes."},
			both{"Die Person noch einmal ausweisen.", "Identify the person again."},
		},
		{
			domain.ReasonDocumentExpired,
			both{"Der Ausweis ist abgelaufen.", "The document has expired."},
			both{"Kein Code. Mit gültigem Ausweis oder Reisepass wiederkommen.", "No code. Come back with a valid ID or passport."},
		},
		{
			domain.ReasonDocumentMismatch,
			both{"Die Angabe vom Ausweis stimmt nicht mit den Daten überein.", "What the document says does not match the record."},
			both{"Abschrift prüfen, und ob die richtige Person geöffnet ist.", "Check the typing, and whether the right person is open."},
		},
		{
			domain.ReasonDocumentKind,
			both{"Dieses Dokument ist kein Ausweis für diesen Zweck.", "This document is no ID for this purpose."},
			both{"Personalausweis, Reisepass, Aufenthaltstitel oder ID-Karte (EU/EWR/CH).", "Identity card, passport, residence permit or ID card (EU/EEA/CH)."},
		},
		{
			domain.ReasonPhotoMismatch,
			both{"Foto und Person passen nicht.", "Photo and person do not match."},
			both{"Der Vorgang endet hier.", "The case ends here."},
		},
		{
			domain.ReasonCardMismatch,
			both{"Die Ziffern gehören nicht zu einer Karte dieser Person.", "The digits do not belong to a card of this person."},
			both{"Letzte sechs Ziffern der Kennnummer auf der Karte prüfen.", "Check the last six digits of the number on the card."},
		},
		{
			domain.ReasonCardBlocked,
			both{"Diese Gesundheitskarte ist gesperrt.", "This health card is blocked."},
			both{"Kein Code mit dieser Karte. Die neue Karte wird gebraucht.", "No code with this card. The new card is needed."},
		},
		{
			domain.ReasonCardExpired,
			both{"Diese Gesundheitskarte ist nicht mehr gültig.", "This health card is no longer valid."},
			both{"Die neue Karte wird gebraucht.", "The new card is needed."},
		},
		{
			domain.ReasonCardMissing,
			both{"Die Gesundheitskarte ist nicht dabei.", "The health card is not here."},
			both{"Kein Code. Mit Karte wiederkommen oder eine neue bestellen.", "No code. Come back with the card or order a new one."},
		},
		{
			domain.ReasonCardForeign,
			both{"Diese Karte hat eine andere Kasse ausgegeben.", "Another insurer issued this card."},
			both{"Nicht hier versichert, oder die Karte ist alt: nach Namen suchen.", "Not insured here, or the card is old: search by name."},
		},
		{
			domain.ReasonCardUnknown,
			both{"Die Person auf dieser Karte ist nicht im Bestand.", "The person on this card is not on record."},
			both{"Über Name und Geburtsdatum suchen; neue Personen bringt der nächste Import.", "Search by name and birth date; new people come with the next import."},
		},
		{
			domain.ReasonCardOther,
			both{"Das ist die Karte einer anderen Person.", "This is somebody else's card."},
			both{"Die Karte der geöffneten Person einstecken. Nicht als Nachweis gezählt.", "Insert the card of the person who is open. It is no evidence."},
		},
		{
			domain.ReasonCardSuperseded,
			both{"Diese Karte ist nicht die, die gespeichert ist.", "This card is not the one on record."},
			both{"Wohl eine alte Karte: nach der neuen fragen, sonst eine bestellen.", "Probably an old card: ask for the new one, else order one."},
		},
		{
			domain.ReasonForSomeoneElse,
			both{"Die Person kommt für jemand anderen.", "The person comes for someone else."},
			both{"Eine Vollmacht genügt nie für einen Code. Nichts aus den Daten sagen.", "A power of attorney never yields a code. Say nothing of the record."},
		},
		{
			domain.ReasonUnsure,
			both{"Sie sind nicht sicher.", "You are not sure."},
			both{"Nicht weitermachen; die Teamleitung dazuholen.", "Do not go on; fetch the supervisor."},
		},
		{
			domain.ReasonMRZOff,
			both{"Das Lesen der maschinenlesbaren Zone ist abgeschaltet.", "Reading the machine-readable zone is switched off."},
			both{"Die Angaben vom Ausweis abtippen.", "Type what the document says."},
		},
		{
			domain.ReasonMRZUnreadable,
			both{"Die maschinenlesbare Zone ist nicht lesbar.", "The machine-readable zone cannot be read."},
			both{"Noch einmal scannen oder die Angaben abtippen.", "Scan again or type what the document says."},
		},
		{
			domain.ReasonIdentityAmbiguous,
			both{"Das Geburtsjahr ist nicht eindeutig.", "The birth year is ambiguous."},
			both{"Das Jahr vierstellig eingeben.", "Type the year with four digits."},
		},
		{
			domain.ReasonDateInvalid,
			both{"Dieses Datum gibt es nicht.", "There is no such date."},
			both{"So eingeben, wie es auf dem Ausweis steht: TTMMJJ.", "Type it as on the document: DDMMYY."},
		},
		{
			domain.ReasonDigitsInvalid,
			both{"Hier werden sechs Ziffern gebraucht.", "Six digits are needed here."},
			both{"Die letzten sechs Ziffern der Kennnummer auf der Karte.", "The last six digits of the number on the card."},
		},
		{
			domain.ReasonTooManyWrong,
			both{"Zu viele falsche Angaben zu dieser Person.", "Too many wrong answers about this person."},
			both{"Sie können diese Person 24 Stunden lang nicht ausweisen; jemand anderes kann.", "For 24 hours you cannot identify this person; someone else can."},
		},
		{
			domain.ReasonShownToYou,
			both{"Diese Angabe wurde Ihnen in den letzten 24 Stunden gezeigt.", "This fact was shown to you within the last 24 hours."},
			both{"Sie beweist dann nichts mehr; jemand anderes muss ausweisen.", "So it proves nothing; someone else has to identify."},
		},
		{
			domain.ReasonDayNeeded,
			both{"Ohne Tag ist nicht sicher, ob der Ausweis noch gilt.", "Without the day it is unclear whether the document is still valid."},
			both{"Das ganze Datum eingeben: TTMMJJ.", "Type the whole date: DDMMYY."},
		},
		{
			domain.ReasonNoLiveCode,
			both{"Es gibt keinen offenen Code.", "There is no live code."},
			both{"Nichts zu tun.", "Nothing to do."},
		},
		{
			domain.ReasonCodeReplaced,
			both{"In dieser Vorsprache wurde der Code schon einmal ersetzt.", "The code has been replaced once in this visit."},
			both{"Die Vorsprache beenden und neu ausweisen.", "End the visit and identify again."},
		},
		{
			domain.ReasonCodeNotLive,
			both{"Dieser Code ist nicht mehr offen.", "This code is no longer live."},
			both{"Stand des Codes ansehen; wenn nötig einen neuen ausgeben.", "Look at the code's state; hand out a new one if needed."},
		},
		{
			domain.ReasonChildUnder15,
			both{"Unter 15: ein Elternteil handelt.", "Under 15: a parent acts."},
			both{"Den Elternteil ausweisen, mit eigenem Ausweis und der Karte des Kindes.", "Identify the parent, by their own ID and the card of the child."},
		},
		{
			domain.ReasonValidityInvalid,
			both{"So lange oder so kurz darf ein Code nicht gelten.", "A code may not be valid for that long or short."},
			both{"15 Minuten bis 7 Tage.", "15 minutes to 7 days."},
		},
		{
			domain.ReasonMemberNotFound,
			both{"Diese Person ist nicht im Bestand.", "There is no such member."},
			both{"KVNR prüfen oder über Name und Geburtsdatum suchen.", "Check the KVNR or search by name and birth date."},
		},
		{
			domain.ReasonStaffNotFound,
			both{"Diese Anmeldung gibt es nicht.", "There is no such login."},
			both{"Die Liste zeigt `schalter staff list`.", "`schalter staff list` shows them."},
		},
		{
			domain.ReasonChangedMeanwhile,
			both{"Jemand anderes hat das gerade geändert.", "Someone else has just changed this."},
			both{"Den neuen Stand ansehen und noch einmal entscheiden.", "Look at the new state and decide again."},
		},
		{
			domain.ReasonSearchLoading,
			both{"Die Namenssuche wird noch geladen.", "The search by name is still loading."},
			both{"Gleich noch einmal; die KVNR geht schon.", "Try again in a moment; the KVNR works already."},
		},
		{
			domain.ReasonPrinter,
			both{"Der Drucker hat nicht gedruckt.", "The printer did not print."},
			both{"Der Code bleibt gültig: noch einmal drucken oder abschreiben.", "The code stays valid: print again or copy it by hand."},
		},
	}
}
