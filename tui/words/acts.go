package words

import "schalter/domain"

func actWords() map[domain.Act]both {
	return map[domain.Act]both{
		domain.ActDatabaseCreated:   {"Datenbank angelegt", "database created"},
		domain.ActLogin:             {"angemeldet", "logged in"},
		domain.ActLoginFailed:       {"Anmeldung fehlgeschlagen", "login failed"},
		domain.ActLogout:            {"abgemeldet", "logged out"},
		domain.ActLocked:            {"Platz gesperrt", "seat locked"},
		domain.ActSearched:          {"gesucht", "searched"},
		domain.ActOpened:            {"geöffnet", "opened"},
		domain.ActRevealed:          {"verdeckte Angaben gezeigt", "masked data revealed"},
		domain.ActDocumentChecked:   {"Ausweis geprüft", "document checked"},
		domain.ActCardChecked:       {"Gesundheitskarte geprüft", "health card checked"},
		domain.ActIdentityRefused:   {"nicht ausgewiesen", "identification refused"},
		domain.ActCodeCreated:       {"Aktivierungscode erzeugt", "activation code created"},
		domain.ActCodeHandedOver:    {"Aktivierungscode ausgehändigt", "activation code handed over"},
		domain.ActCodeRevoked:       {"Aktivierungscode gesperrt", "activation code revoked"},
		domain.ActCodeExpired:       {"Aktivierungscode abgelaufen", "activation code expired"},
		domain.ActCodeSuperseded:    {"Aktivierungscode ersetzt", "activation code superseded"},
		domain.ActSlipPrinted:       {"Beleg gedruckt", "slip printed"},
		domain.ActSlipFailed:        {"Beleg nicht gedruckt", "slip not printed"},
		domain.ActStaffAdded:        {"Anmeldung angelegt", "login added"},
		domain.ActStaffDisabled:     {"Anmeldung abgeschaltet", "login disabled"},
		domain.ActPassphraseChanged: {"Passphrase geändert", "passphrase changed"},
		domain.ActPassphraseReset:   {"Passphrase zurückgesetzt", "passphrase reset"},
		domain.ActMembersImported:   {"Versicherte eingelesen", "members imported"},
		domain.ActConfigured:        {"Einstellung geändert", "setting changed"},
		domain.ActMembersExported:   {"Ausleitung aller Versicherten begonnen", "export of all members begun"},
		domain.ActExportFailed:      {"Ausleitung misslungen", "export failed"},
		domain.ActBackedUp:          {"Sicherung begonnen", "backup begun"},
		domain.ActBackupFailed:      {"Sicherung misslungen", "backup failed"},
		domain.ActRestored:          {"aus einer Sicherung wiederhergestellt", "restored from a backup"},
		domain.ActRecoverySet:       {"Schlüssel für den Notfall gesetzt", "recovery key set"},
		domain.ActRecovered:         {"Passphrase mit dem Notfallschlüssel zurückgesetzt", "passphrase reset with the recovery key"},
		domain.ActRekeyBegun:        {"neuer Datenschlüssel", "new data key"},
		domain.ActResealed:          {"neu versiegelt", "sealed anew"},
		domain.ActRekeyed:           {"Schlüsselwechsel beendet", "change of keys complete"},
		domain.ActKeysRenewed:       {"Signatur- und Code-Schlüssel erneuert", "signing and code keys renewed"},
		domain.ActMigrated:          {"Datenbank an ein neueres Programm angepasst", "database adapted to a newer program"},
		domain.ActRefused:           {"abgelehnt", "refused"},

		domain.ActBookletOpened:       {"Bonusheft geöffnet", "bonus booklet opened"},
		domain.ActBookletEntered:      {"Bonusheft erfasst", "bonus booklet entered"},
		domain.ActBookletParked:       {"Bonusheft geparkt", "bonus booklet parked"},
		domain.ActBookletQueried:      {"Rückfrage zum Bonusheft", "query about a bonus booklet"},
		domain.ActBookletCorrected:    {"Bonusheft berichtigt", "bonus booklet corrected"},
		domain.ActBookletSupplemented: {"Nachtrag zum Bonusheft", "supplement to a bonus booklet"},
		domain.ActBookletReleased:     {"von einer Maßnahme befreit", "released from a measure"},
		domain.ActBookletLateAccepted: {"verspätetes Bonusheft angenommen", "late bonus booklet accepted"},
		domain.ActBookletDecided:      {"Bonusheft entschieden", "bonus booklet decided"},
		domain.ActBookletExported:     {"Bonus zur Auszahlung gegeben", "bonus given to the payout"},
		domain.ActBookletHeld:         {"Bonus nicht ausgezahlt", "bonus held back"},
		domain.ActBookletPaid:         {"Bonus ausgezahlt", "bonus paid"},
		domain.ActBookletLetter:       {"Brief zum Bonusheft", "letter about a bonus booklet"},
		domain.ActExamAdded:           {"frühere Untersuchung vermerkt", "earlier exam noted"},
		domain.ActExamWithdrawn:       {"frühere Untersuchung zurückgenommen", "earlier exam taken back"},
		domain.ActPayoutBegun:         {"Auszahlungslauf begonnen", "payout run begun"},
		domain.ActPayoutTaken:         {"Auszahlungslauf vollständig", "payout run complete"},
		domain.ActPayoutWritten:       {"Auszahlungsdatei geschrieben", "payout file written"},
		domain.ActPayoutPaid:          {"Auszahlungslauf ausgezahlt", "payout run paid"},
		domain.ActBonusCounted:        {"Bonus-Statistik gezählt", "bonus statistics counted"},
		domain.ActObserved:            {"Meldung der App", "message of the app"},
		domain.ActCodeRedeemed:        {"Aktivierungscode eingelöst", "activation code redeemed"},
		domain.ActCodeGuessed:         {"falscher Aktivierungscode", "wrong activation code"},
		domain.ActCodeBurned:          {"Aktivierungscode verbraucht", "activation code burned"},
		domain.ActUnblocked:           {"App entsperrt", "app unblocked"},
		domain.ActDeviceDeleted:       {"Gerätebindung gelöscht", "device binding deleted"},
		domain.ActAccountDeleted:      {"App-Konto gelöscht", "app account deleted"},
		domain.ActDeletionAnnounced:   {"Löschen des App-Kontos angekündigt", "deletion of the app account announced"},
		domain.ActDeletionCancelled:   {"angekündigtes Löschen zurückgenommen", "announced deletion cancelled"},
		domain.ActUndone:              {"zurückgenommen", "taken back"},
		domain.ActPhoneChecked:        {"am Telefon ausgewiesen", "identified by phone"},
		domain.ActFactsChecked:        {"Angaben verglichen", "facts compared"},
		domain.ActRegistrationRight:   {"Registrierungsdaten geprüft", "registration data checked"},
		domain.ActCardBlocked:         {"Gesundheitskarte gesperrt", "health card blocked"},
		domain.ActCardOrdered:         {"Gesundheitskarte bestellt", "health card ordered"},
		domain.ActApprovalAsked:       {"zweite Person gefragt", "second person asked"},
		domain.ActApprovalGiven:       {"als zweite Person freigegeben", "approved as second person"},
		domain.ActApprovalRefused:     {"als zweite Person abgelehnt", "refused as second person"},
		domain.ActApprovalWithdrawn:   {"Anfrage zurückgezogen", "request withdrawn"},
		domain.ActReported:            {"Auskunft erteilt", "member report given"},
		domain.ActErased:              {"Versicherte/n gelöscht", "member erased"},

		domain.ActJournalRead:     {"Protokoll gelesen", "journal read"},
		domain.ActJournalErased:   {"Protokollinhalte gelöscht", "journal contents erased"},
		domain.ActJournalAccepted: {"älteren Stand angenommen", "older journal accepted"},
		domain.ActClockJumped:     {"Uhr sprang vor", "clock jumped ahead"},
		domain.ActClockAccepted:   {"zurückgestellte Uhr angenommen", "clock set back accepted"},
	}
}

func documentWords() map[domain.DocumentKind]both {
	return map[domain.DocumentKind]both{
		domain.IdentityCard:        {"Personalausweis", "German identity card"},
		domain.Passport:            {"Reisepass", "passport"},
		domain.ResidencePermit:     {"Aufenthaltstitel", "residence permit"},
		domain.ForeignIdentityCard: {"ID-Karte anderer Staat (EU/EWR/CH)", "identity card, other state (EU/EEA/CH)"},
	}
}

func purposeWords() map[domain.Purpose]both {
	return map[domain.Purpose]both{
		domain.FirstActivation: {"App zum ersten Mal einrichten", "set up the app for the first time"},
		domain.NewDevice:       {"neues Gerät", "new device"},
		domain.AfterBlock:      {"nach Sperre neu einrichten", "set up again after a block"},
		domain.AfterDeletion:   {"nach Löschen neu einrichten", "set up again after deletion"},
	}
}

func codeStateWords() map[domain.CodeState]both {
	return map[domain.CodeState]both{
		domain.CodeLive:       {"offen", "live"},
		domain.CodeRedeemed:   {"eingelöst", "redeemed"},
		domain.CodeExpired:    {"abgelaufen", "expired"},
		domain.CodeRevoked:    {"gesperrt", "revoked"},
		domain.CodeSuperseded: {"ersetzt", "superseded"},
		domain.CodeBurned:     {"verbraucht durch Fehlversuche", "burned by wrong attempts"},
	}
}
