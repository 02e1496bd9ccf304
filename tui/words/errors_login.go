package words

import "schalter/domain"

// loginSentences are the errors around logins and passphrases. None tells
// whether a login of that name exists.
func loginSentences() []sentence {
	return []sentence{
		{
			domain.ReasonLoginFailed,
			both{"Name oder Passphrase stimmt nicht.", "Name or passphrase is wrong."},
			both{"Noch einmal eingeben; Feststelltaste prüfen.", "Type it again; check Caps Lock."},
		},
		{
			domain.ReasonLoginDelayed,
			both{"Zu viele Fehlversuche.", "Too many failed attempts."},
			both{"Kurz warten und noch einmal versuchen.", "Wait a little and try again."},
		},
		{
			domain.ReasonLoginDisabled,
			both{"Diese Anmeldung ist abgeschaltet.", "This login is disabled."},
			both{"Die Verwaltung ansprechen.", "Ask the administration."},
		},
		{
			domain.ReasonLoginExists,
			both{"Diesen Anmeldenamen gibt es schon.", "This login name is taken."},
			both{"Einen anderen Namen wählen.", "Choose another name."},
		},
		{
			domain.ReasonLoginName,
			both{"So kann ein Anmeldename nicht heißen.", "This cannot be a login name."},
			both{"Erlaubt sind kleine Buchstaben a–z, Ziffern, Punkt und Strich.", "Allowed are small letters a–z, digits, dot and dash."},
		},
		{
			domain.ReasonLastAdmin,
			both{"Das ist die letzte Anmeldung der Verwaltung.", "This is the last admin login."},
			both{"Erst eine zweite anlegen.", "Add a second one first."},
		},
		{
			domain.ReasonPassphraseShort,
			both{"Die Passphrase ist zu kurz.", "The passphrase is too short."},
			both{"Mindestens 12 Zeichen; mehrere Wörter sind gut.", "At least 12 characters; several words are good."},
		},
		{
			domain.ReasonPassphraseOld,
			both{"Das ist die alte Passphrase.", "This is the old passphrase."},
			both{"Eine neue wählen.", "Choose a new one."},
		},
		{
			domain.ReasonPassphraseChange,
			both{"Diese Passphrase gilt nur einmal.", "This passphrase is for one time only."},
			both{"Jetzt eine eigene wählen.", "Choose your own now."},
		},
		{
			domain.ReasonPassphraseDiffer,
			both{"Die beiden Passphrasen sind verschieden.", "The two passphrases differ."},
			both{"Beide noch einmal eingeben.", "Type both again."},
		},
		{
			domain.ReasonOtherPerson,
			both{"Hier ist jemand anderes angemeldet.", "Someone else is logged in here."},
			both{"Abmelden, dann selbst anmelden; die Vorsprache endet damit.", "Log out, then log in yourself; that ends the visit."},
		},
		{
			domain.ReasonNoRecovery,
			both{"Diese Datenbank hat keinen Schlüssel für den Notfall.", "This database has no recovery key."},
			both{"Ohne ihn öffnet sie nur, wer eine Passphrase hat; sonst bleibt die Sicherung.", "Without it only a passphrase opens it; else there is the backup."},
		},
		{
			domain.ReasonRecoveryKey,
			both{"Das ist nicht der Schlüssel für den Notfall dieser Datenbank.", "This is not the recovery key of this database."},
			both{"Gebraucht wird die Datei, deren öffentlicher Teil bei --recovery stand.", "It takes the file whose public half stood at --recovery."},
		},
		{
			domain.ReasonRecipient,
			both{"Das ist kein öffentlicher Schlüssel von age.", "This is no public key of age."},
			both{"Er beginnt mit age1; `schalter backup --new-identity DATEI` macht einen.", "It begins with age1; `schalter backup --new-identity FILE` makes one."},
		},
	}
}
