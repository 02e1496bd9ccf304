package words

import "schalter/domain/rights"

func operationWords() map[rights.Operation]both {
	return map[rights.Operation]both{
		rights.Find:              {"Versicherte suchen", "find a member"},
		rights.FindNarrow:        {"nach Kartenziffern oder Postleitzahl suchen", "search by card digits or postcode"},
		rights.Open:              {"Versicherte öffnen", "open a record"},
		rights.OpenRelated:       {"eigenen oder verwandten Datensatz öffnen", "open one's own or a relative's record"},
		rights.Reveal:            {"verdeckte Angaben zeigen", "reveal masked data"},
		rights.HandOut:           {"Aktivierungscode ausgeben", "hand out an activation code"},
		rights.RevokeCode:        {"Aktivierungscode sperren", "revoke an activation code"},
		rights.Unblock:           {"App entsperren", "unblock the app"},
		rights.DeleteBinding:     {"Gerätebindung löschen", "delete device bindings"},
		rights.DeleteAccount:     {"App-Konto löschen", "delete the app account"},
		rights.CheckRegistration: {"Registrierungsdaten prüfen", "check registration data"},
		rights.BlockCard:         {"Gesundheitskarte sperren", "block a health card"},
		rights.OrderCard:         {"Gesundheitskarte bestellen", "order a health card"},
		rights.EnterBooklet:      {"Bonusheft erfassen", "enter a booklet"},
		rights.DecideBooklet:     {"Bonusheft entscheiden", "decide a booklet"},
		rights.ReleaseBooklet:    {"Bonusheft von Hand freigeben", "release a booklet by hand"},
		rights.PayOut:            {"Auszahlungslauf", "payout run"},
		rights.Approve:           {"als zweite Person freigeben", "approve as second person"},
		rights.RecentCases:       {"letzte Vorgänge zeigen", "show recent cases"},
		rights.ReadJournal:       {"Protokoll lesen und prüfen", "read and verify the journal"},
		rights.MemberReport:      {"Auskunft an Versicherte", "member report"},
		rights.MemberErase:       {"Versicherte löschen", "erase a member"},
		rights.Statistics:        {"Statistik", "statistics"},
		rights.ManageStaff:       {"Personal anlegen, Rollen und Schlüssel ändern", "add staff, change roles and keys"},
		rights.ResetPassphrase:   {"Passphrase zurücksetzen", "reset a passphrase"},
		rights.MemberExport:      {"Versicherte ausleiten", "export members"},
		rights.Configure:         {"Einstellungen ändern", "change settings"},
		rights.Rekey:             {"Schlüssel wechseln", "change the data key"},
		rights.Restore:           {"Sicherung zurückspielen", "restore a backup"},
		rights.DisableLogin:      {"Anmeldung abschalten", "disable a login"},
		rights.MemberImport:      {"Versicherte einlesen", "import members"},
		rights.Backup:            {"sichern", "back up"},
		rights.ResendOutbox:      {"Meldungen erneut senden", "resend the outbox"},
		rights.Practise:          {"üben", "practise"},
	}
}

func roleWords() map[rights.Role]both {
	return map[rights.Role]both{
		rights.Clerk:      {"Sachbearbeitung", "clerk"},
		rights.Support:    {"Kundenberatung", "support"},
		rights.Supervisor: {"Teamleitung", "supervisor"},
		rights.Auditor:    {"Revision", "auditor"},
		rights.Admin:      {"Verwaltung", "admin"},
		rights.Trainer:    {"Schulung", "trainer"},
		rights.Service:    {"Dienst", "service"},
	}
}

func channelWords() map[rights.Channel]both {
	return map[rights.Channel]both{
		rights.Counter: {"Schalter", "counter"},
		rights.Phone:   {"Telefon", "phone"},
		rights.Console: {"Befehlszeile", "command line"},
	}
}

func assuranceWords() map[rights.Assurance]both {
	return map[rights.Assurance]both{
		rights.None:     {"nicht ausgewiesen", "not identified"},
		rights.ByPhone:  {"telefonisch ausgewiesen", "identified by phone"},
		rights.Document: {"mit Ausweis", "by document"},
		rights.Full:     {"mit Ausweis und Gesundheitskarte", "by document and health card"},
	}
}

func conditionWords() map[rights.Condition]both {
	return map[rights.Condition]both{
		rights.Always:           {"immer", "always"},
		rights.SecondInMonth:    {"zweiter ausgehändigter Code binnen 30 Tagen", "second handed-over code within 30 days"},
		rights.OverRate:         {"mehr als 8 in einer Stunde oder 30 an einem Tag", "more than 8 an hour or 30 a day"},
		rights.AddressChanged:   {"Anschrift in den letzten 14 Tagen geändert", "address changed within 14 days"},
		rights.SumOrSample:      {"über der festgelegten Summe oder in der Stichprobe", "above the configured sum or in the sample"},
		rights.UnlinkedGuardian: {"nicht verknüpfter Elternteil, Vormund oder Betreuer", "unlinked parent, guardian or carer"},
	}
}

func noteWords() map[rights.Note]both {
	return map[rights.Note]both{
		rights.PhoneByKVNROrName:   {"am Telefon nur über KVNR oder Name", "on the phone by KVNR or name only"},
		rights.PhoneNoBirthDates:   {"am Telefon ohne Geburtsdaten in Listen", "on the phone no birth dates in lists"},
		rights.TwentyAnHour:        {"höchstens 20 in der Stunde", "at most 20 an hour"},
		rights.Journalled:          {"wird protokolliert", "journalled"},
		rights.Masked:              {"Angaben verdeckt", "masked"},
		rights.TwentySeconds:       {"für 20 Sekunden", "for 20 seconds"},
		rights.SupersedesLive:      {"ersetzt einen offenen Code", "supersedes a live code"},
		rights.AlwaysAllowed:       {"immer erlaubt", "always allowed"},
		rights.OnlyWhenBlocked:     {"nur wenn gesperrt und der App-Code bekannt ist", "only when blocked and the app code is remembered"},
		rights.NamesDevice:         {"nennt vorher Gerät und letzte Nutzung", "names device and last use first"},
		rights.IdentificationAgain: {"danach ist eine neue Identifizierung nötig", "identification is required again afterwards"},
		rights.NoticeToContact:     {"Nachricht an den gespeicherten Kontakt", "notice to the stored contact"},
		rights.PhoneDelayed:        {"am Telefon erst nach 24 Stunden, bis dahin abbrechbar", "by phone after 24 hours, can be cancelled until then"},
		rights.TypedConfirmation:   {"getippte Bestätigung", "typed confirmation"},
		rights.EPALoginGoesToo:     {"die ePA-Anmeldung entfällt mit", "the ePA login goes with it"},
		rights.CountsOnThreeWrong:  {"zählt auf die drei falschen Antworten", "counts on the three wrong answers"},
		rights.SupportAllOrNothing: {"Kundenberatung erfährt nur: alles richtig oder nicht", "support learns only: all right or not"},
		rights.SafeDirection:       {"sichere Richtung", "safe direction"},
		rights.StoredAddressOnly:   {"nur an die gespeicherte Anschrift", "only to the stored address"},
		rights.BookletsByPost:      {"Bonushefte kommen auch mit der Post", "booklets come by post too"},
		rights.NotOwnDecisions:     {"nie über selbst entschiedene Bonushefte", "never over booklets one decided"},
		rights.CoversEveryDetail:   {"gilt für genau diese Angaben", "covers every parameter"},
		rights.OneHour:             {"gilt eine Stunde", "valid for one hour"},
		rights.ClerkForSupervisor:  {"Sachbearbeitung nur für die Teamleitung", "clerk only where a supervisor asks"},
		rights.NoStaffNames:        {"ohne Namen des Personals", "without names of staff"},
		rights.OwnBranch:           {"Teamleitung nur die eigene Geschäftsstelle", "supervisor: own branch only"},
		rights.DocumentOrWritten:   {"mit Ausweis oder schriftlichem Antrag", "with document or written request"},
		rights.WhileNothingRuns:    {"nicht solange Zahlung oder Aufbewahrung läuft", "not while a payment or retention period runs"},
		rights.NeverPerPerson:      {"nie je Person des Personals", "never per staff member"},
		rights.OneTimePassphrase:   {"neue Passphrase gilt einmal", "a new passphrase is one-time"},
		rights.SeesNoMember:        {"sieht keine Versicherten", "sees no member"},
		rights.NothingReal:         {"nichts Echtes in Reichweite", "nothing real in reach"},
	}
}

func factWords() map[rights.Fact]both {
	return map[rights.Fact]both{
		rights.Name:      {"Name", "name"},
		rights.BirthDate: {"Geburtsdatum", "birth date"},
		rights.Postcode:  {"Postleitzahl", "postcode"},
	}
}
