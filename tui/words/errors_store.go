package words

import "schalter/domain"

// storeSentences are the errors of the database and its files.
func storeSentences() []sentence {
	return []sentence{
		{
			domain.ReasonSettingInvalid,
			both{"Dieser Wert ist für die Einstellung nicht erlaubt.", "This value is not allowed for the setting."},
			both{"`schalter config show` zeigt die erlaubten Werte.", "`schalter config show` shows what is allowed."},
		},
		{
			domain.ReasonLockedStore,
			both{"Die Datenbank ist verschlossen.", "The database is locked."},
			both{"Neu anmelden.", "Log in again."},
		},
		{
			domain.ReasonReadOnly,
			both{"Die Datenbank kann nur gelesen werden.", "The database can only be read."},
			both{"Es wurde nichts geändert. Die Betreuung des Systems ansprechen.", "Nothing was changed. Ask whoever runs the system."},
		},
		{
			domain.ReasonDiskFull,
			both{"Der Datenträger ist voll.", "The disk is full."},
			both{"Es wurde nichts geändert. Platz schaffen, dann noch einmal.", "Nothing was changed. Make room, then try again."},
		},
		{
			domain.ReasonHeld,
			both{"Ein anderes Programm hält die Datenbank.", "Another program holds the database."},
			both{"Das andere `schalter` beenden oder dort arbeiten.", "Quit the other `schalter` or work there."},
		},
		{
			domain.ReasonDamaged,
			both{"Die Datenbank ist beschädigt.", "The database is damaged."},
			both{"Nicht weiterarbeiten; Sicherung zurückspielen lassen.", "Stop working; have a backup restored."},
		},
		{
			domain.ReasonNoDatabase,
			both{"Es gibt noch keine Datenbank.", "There is no database yet."},
			both{"`schalter init` legt sie an, `schalter demo` übt ohne.", "`schalter init` creates it, `schalter demo` practises without."},
		},
		{
			domain.ReasonDatabaseExists,
			both{"Die Datenbank gibt es schon.", "The database exists already."},
			both{"Einen anderen Ort angeben; überschrieben wird nie.", "Name another place; nothing is ever overwritten."},
		},
		{
			domain.ReasonNewerSchema,
			both{"Die Datenbank gehört zu einem neueren `schalter`.", "The database belongs to a newer `schalter`."},
			both{"Das Programm erneuern.", "Update the program."},
		},
		{
			domain.ReasonMigrationDue,
			both{"Die Datenbank ist noch nicht an dieses Programm angepasst.", "The database is not adapted to this program yet."},
			both{"Neu anmelden: die Anmeldung passt sie an.", "Log in again: that adapts it."},
		},
		{
			domain.ReasonMigrationCopy,
			both{"Die Datenbank ließ sich nicht kopieren; nichts wurde geändert.", "The database could not be copied; nothing was changed."},
			both{"Neben der Datenbank Platz für eine zweite schaffen, dann neu anmelden.", "Make room for a second one beside the database, then log in again."},
		},
		{
			domain.ReasonKeysMissing,
			both{"Die Schlüssel zur Datenbank fehlen.", "The keys of the database are missing."},
			both{"Den Schlüsselordner angeben oder wiederherstellen.", "Name or restore the key folder."},
		},
		{
			domain.ReasonFileRights,
			both{"Die Rechte an der Datei stimmen nicht.", "The file's permissions are wrong."},
			both{"Nur das eigene Benutzerkonto darf sie lesen (0600).", "Only its own user may read it (0600)."},
		},
		{
			domain.ReasonNetworkDisk,
			both{"Die Datenbank liegt auf einem Netzlaufwerk.", "The database lies on a network disk."},
			both{"Auf eine Platte dieses Rechners legen.", "Put it on a disk of this machine."},
		},
		{
			domain.ReasonUnknownOutcome,
			both{"Es ist nicht sicher, ob das noch gespeichert wurde.", "It is not certain whether this was stored."},
			both{"Unter den Vorgängen nachsehen, bevor Sie es wiederholen.", "Look among the cases before you repeat it."},
		},
		{
			domain.ReasonUnavailable,
			both{"Die Datenbank ist gerade nicht zu lesen oder zu schreiben.", "The database cannot be read or written just now."},
			both{"Den Datenträger prüfen, dann noch einmal.", "Check the disk, then try again."},
		},
		{
			domain.ReasonClockSetBack,
			both{"Die Uhr dieses Rechners geht nach; es wird nichts geschrieben.", "This computer's clock is behind; nothing is written."},
			both{"Die Uhr richtig stellen lassen, dann noch einmal.", "Have the clock set right, then try again."},
		},
		{
			domain.ReasonJournalShorter,
			both{"Dem Protokoll fehlt das Ende; die Datenbank ist nur lesbar.", "The journal's end is missing; the database is read-only."},
			both{"Die neuere Datei zurückholen, oder `schalter journal accept anchor`.", "Bring the newer file back, or `schalter journal accept anchor`."},
		},
		{
			domain.ReasonJournalDiffers,
			both{"Das Protokoll widerspricht seinem Anker; die Datenbank ist nur lesbar.", "The journal contradicts its anchor; the database is read-only."},
			both{"`schalter journal verify` prüfen; die Revision ansprechen.", "Run `schalter journal verify`; tell the auditors."},
		},
		{
			domain.ReasonNothingFound,
			both{"Einen solchen Eintrag gibt es nicht.", "There is no such entry."},
			both{"`schalter journal show` nennt die Nummern der Einträge.", "`schalter journal show` names the numbers of entries."},
		},
		{
			domain.ReasonOtherBranch,
			both{"Das Protokoll anderer Geschäftsstellen liest nur die Revision.", "Only auditors read the journal of other branches."},
			both{"--branch weglassen; ohne eigene Geschäftsstelle die Verwaltung fragen.", "Leave --branch out; if you have no branch of your own, ask an admin."},
		},
		{
			domain.ReasonNothingToAccept,
			both{"Hier gibt es nichts anzunehmen.", "There is nothing to accept here."},
			both{"Es wurde nichts geändert.", "Nothing was changed."},
		},
		{
			domain.ReasonRekeyRunning,
			both{"Ein Schlüsselwechsel läuft schon.", "A change of the keys is running already."},
			both{"Sein Ende abwarten.", "Wait for it to end."},
		},
		{
			domain.ReasonInternal,
			both{"Interner Fehler.", "Internal error."},
			both{"Noch einmal versuchen; bleibt es dabei, die Betreuung ansprechen.", "Try again; if it stays, ask whoever runs the system."},
		},
	}
}
