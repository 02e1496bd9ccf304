package words

import "schalter/domain"

// accountSentences are the errors around the app account, codes that are
// redeemed, cards, the phone and the second person.
func accountSentences() []sentence {
	return append(append(accountStateSentences(), redeemSentences()...), append(cardSentences(), secondSentences()...)...)
}

func accountStateSentences() []sentence {
	return []sentence{
		{
			domain.ReasonNoAccount,
			both{"Diese Person hat kein App-Konto.", "This member has no app account."},
			both{"Zuerst in der App registrieren: KVNR, sechs Ziffern der Karte, PLZ.", "Register in the app first: KVNR, six digits of the card, postcode."},
		},
		{
			domain.ReasonAccountExists,
			both{"Es gibt schon ein App-Konto.", "There is an app account already."},
			both{"Nichts zu tun.", "Nothing to do."},
		},
		{
			domain.ReasonAccountDeleted,
			both{"Das App-Konto ist gelöscht.", "The app account is deleted."},
			both{"In der App neu registrieren und neu identifizieren.", "Register in the app again and identify again."},
		},
		{
			domain.ReasonAccountEnding,
			both{"Für dieses App-Konto ist das Löschen schon angekündigt.", "The deletion of this app account is announced already."},
			both{"Abwarten oder die Ankündigung zurücknehmen.", "Wait, or cancel the announcement."},
		},
		{
			domain.ReasonNotBlocked,
			both{"Die App ist nicht gesperrt.", "The app is not blocked."},
			both{"App-Code vergessen: Gerätebindung oder Konto löschen.", "App code forgotten: delete the device binding or the account."},
		},
		{
			domain.ReasonAlreadyBlocked,
			both{"Die App ist schon gesperrt.", "The app is blocked already."},
			both{"Nichts zu tun.", "Nothing to do."},
		},
		{
			domain.ReasonNothingAnnounced,
			both{"Es ist kein Löschen angekündigt.", "No deletion is announced."},
			both{"Nichts zurückzunehmen.", "There is nothing to cancel."},
		},
		{
			domain.ReasonNotRemembered,
			both{"Entsperren hilft nur, wenn der App-Code wieder bekannt ist.", "Unblocking helps only if the app code is remembered."},
			both{"Sonst Gerätebindung oder Konto löschen; danach neu identifizieren.", "Else delete the device binding or the account, then identify again."},
		},
		{
			domain.ReasonDeviceNotBound,
			both{"Dieses Gerät ist nicht gebunden.", "This device is not bound."},
			both{"Die Geräte des Kontos noch einmal ansehen.", "Look at the account's devices again."},
		},
		{
			domain.ReasonWhyMissing,
			both{"Der Grund fehlt.", "The reason is missing."},
			both{"Einen Grund wählen; bei „sonst“ kurz sagen, welchen.", "Choose a reason; for “other” say which, in short."},
		},
		{
			domain.ReasonNoteTooLong,
			both{"Der Text ist zu lang.", "The text is too long."},
			both{"Höchstens 200 Zeichen, keine Gesundheitsdaten.", "At most 200 characters, no health data."},
		},
		{
			domain.ReasonUndoOver,
			both{"Das lässt sich nicht mehr zurücknehmen.", "This cannot be taken back any more."},
			both{"Es ist schon gemeldet; neu einrichten geht mit einem Aktivierungscode.", "It has been reported; an activation code sets it up anew."},
		},
		{
			domain.ReasonEventInvalid,
			both{"Diese Meldung der App ist unvollständig.", "This message of the app is incomplete."},
			both{"Das genannte Feld berichtigen.", "Correct the field that is named."},
		},
		{
			domain.ReasonEventStale,
			both{"Diese Meldung der App ist überholt.", "This message of the app is out of date."},
			both{"Der Stand hier ist neuer; nichts zu tun.", "What is known here is newer; nothing to do."},
		},
	}
}

func redeemSentences() []sentence {
	return []sentence{
		{
			domain.ReasonCodeRedeemed,
			both{"Dieser Code ist schon eingelöst.", "This code has been redeemed already."},
			both{"Jeder Code gilt einmal; wenn nötig einen neuen ausgeben.", "A code is good once; hand out a new one if needed."},
		},
		{
			domain.ReasonCodeExpired,
			both{"Dieser Code ist abgelaufen.", "This code has expired."},
			both{"Einen neuen ausgeben.", "Hand out a new one."},
		},
		{
			domain.ReasonCodeRevoked,
			both{"Dieser Code ist gesperrt.", "This code has been revoked."},
			both{"Einen neuen ausgeben.", "Hand out a new one."},
		},
		{
			domain.ReasonCodeSuperseded,
			both{"Für diesen Code gibt es einen neueren.", "There is a newer code than this one."},
			both{"Den Code vom neuesten Beleg eingeben.", "Enter the code of the newest slip."},
		},
		{
			domain.ReasonCodeBurned,
			both{"Zu viele falsche Versuche; der Code gilt nicht mehr.", "Too many wrong attempts; the code is void."},
			both{"In der Geschäftsstelle einen neuen holen.", "Get a new one at the branch."},
		},
		{
			domain.ReasonCodeWrong,
			both{"Dieser Code ist nicht richtig.", "This code is not right."},
			both{"Den Beleg prüfen; nach fünf falschen Versuchen gilt der Code nicht mehr.", "Check the slip; after five wrong attempts the code is void."},
		},
		{
			domain.ReasonCodeUnreadable,
			both{"Das ist kein Aktivierungscode; ein Zeichen stimmt nicht.", "This is no activation code; a symbol is wrong."},
			both{"Noch einmal abschreiben; das zählt nicht als Versuch.", "Copy it again; this does not count as an attempt."},
		},
		{
			domain.ReasonCodeNotHanded,
			both{"Dieser Code ist noch nicht ausgehändigt.", "This code has not been handed over yet."},
			both{"Am Schalter das Aushändigen bestätigen lassen.", "Have it confirmed at the counter."},
		},
	}
}

func cardSentences() []sentence {
	return []sentence{
		{
			domain.ReasonCardBlockedAlready,
			both{"Alle Karten dieser Person sind schon gesperrt.", "All cards of this member are blocked already."},
			both{"Wenn nötig eine neue bestellen.", "Order a new one if needed."},
		},
		{
			domain.ReasonCardOrdered,
			both{"Eine Karte ist schon bestellt.", "A card has been ordered already."},
			both{"Sie kommt mit der Post an die gespeicherte Anschrift.", "It comes by post to the stored address."},
		},
		{
			domain.ReasonNoCard,
			both{"Diese Person hat keine Gesundheitskarte.", "This member has no health card."},
			both{"Eine bestellen.", "Order one."},
		},
		{
			domain.ReasonNoAddress,
			both{"Es ist keine vollständige Anschrift gespeichert.", "No complete address is stored."},
			both{"Erst die Anschrift im Bestand ändern lassen.", "Have the address changed in the records first."},
		},
		{
			domain.ReasonFactsMissing,
			both{"Name, Geburtsdatum und PLZ sind noch nicht genannt.", "Name, birth date and postcode have not been told yet."},
			both{"Danach fragen und eingeben, was gesagt wird.", "Ask for them and type what is said."},
		},
		{
			domain.ReasonFactsWrong,
			both{"Die Angaben stimmen nicht mit den Daten überein.", "What was told does not match the record."},
			both{"Nicht sagen, welche; noch einmal fragen.", "Do not say which; ask again."},
		},
		{
			domain.ReasonPhoneWrong,
			both{"Die Angaben stimmen nicht.", "The answers are not right."},
			both{"Mehr wird nicht gesagt. Noch einmal fragen.", "No more than that is told. Ask again."},
		},
		{
			domain.ReasonPhoneLocked,
			both{"Diese Person kann sich am Telefon nicht ausweisen.", "This member cannot be identified by phone."},
			both{"Nach drei falschen Angaben 24 Stunden nur am Schalter.", "After three wrong answers at the counter only, for 24 hours."},
		},
		{
			domain.ReasonNotLinked,
			both{"Es ist kein versicherter Elternteil verknüpft.", "No insured parent is linked."},
			both{"Als Elternteil ohne Verknüpfung: Urkunde und zweite Person.", "As a parent without link: a certificate and a second person."},
		},
		{
			domain.ReasonProofMissing,
			both{"Die Art der Urkunde fehlt.", "The kind of document is missing."},
			both{"Geburtsurkunde, Sorgeerklärung, Beschluss oder Bestallung wählen.", "Choose birth certificate, custody declaration, court order or appointment."},
		},
		{
			domain.ReasonNotRepresented,
			both{"Ab 15 handeln Versicherte selbst.", "From 15 on members act for themselves."},
			both{"Die Person selbst ausweisen; sonst nur gerichtlich bestellte Betreuung.", "Identify the person; else only a carer appointed by a court."},
		},
	}
}

func secondSentences() []sentence {
	return []sentence{
		{
			domain.ReasonSecondGuardian,
			both{"Für ein Kind ohne verknüpften Elternteil gilt das Vier-Augen-Prinzip.", "For a child without a linked parent two people must agree."},
			both{"Dafür braucht es eine zweite Person.", "This needs a second person."},
		},
		{
			domain.ReasonApprovalMissing,
			both{"Diese Anfrage gibt es nicht.", "There is no such request."},
			both{"Die Liste der Anfragen ansehen.", "Look at the list of requests."},
		},
		{
			domain.ReasonApprovalGiven,
			both{"Diese Anfrage ist schon freigegeben.", "This request is approved already."},
			both{"Nichts zu tun.", "Nothing to do."},
		},
		{
			domain.ReasonApprovalRefused,
			both{"Die zweite Person hat abgelehnt.", "The second person has refused."},
			both{"Nicht weitermachen.", "Do not go on."},
		},
		{
			domain.ReasonApprovalUsed,
			both{"Diese Freigabe ist schon verbraucht.", "This approval has been used."},
			both{"Eine Freigabe gilt für einen Vorgang.", "An approval is good for one case."},
		},
		{
			domain.ReasonApprovalExpired,
			both{"Diese Anfrage ist abgelaufen.", "This request has expired."},
			both{"Sie wartet eine Stunde; die Freigabe gilt fünf Minuten.", "It waits an hour; the approval is good for five minutes."},
		},
		{
			domain.ReasonApprovalWithdrawn,
			both{"Diese Anfrage ist zurückgezogen.", "This request has been withdrawn."},
			both{"Nichts zu tun.", "Nothing to do."},
		},
		{
			domain.ReasonApprovalNotNeeded,
			both{"Dafür braucht es keine zweite Person.", "This needs no second person."},
			both{"Einfach ausführen.", "Just carry it out."},
		},
		{
			domain.ReasonBasisMissing,
			both{"Es fehlt, worauf sich die Auskunft stützt.", "What the report rests on is missing."},
			both{"Ausweis gesehen oder schriftlicher Antrag.", "ID document seen, or a written request."},
		},
		{
			domain.ReasonRetention,
			both{"Die Daten müssen noch aufbewahrt werden.", "The data must still be kept."},
			both{"Löschen geht drei Jahre nach dem Ende der Versicherung.", "Erasing is possible three years after the insurance has ended."},
		},
		{
			domain.ReasonOpenMatters,
			both{"Zu dieser Person ist noch etwas offen.", "Something about this member is still open."},
			both{"Erst Zahlungen und Meldungen abschließen.", "Finish payments and messages first."},
		},
		{
			domain.ReasonErased,
			both{"Diese Person wurde hier gelöscht.", "This member was erased here."},
			both{"Gelöschte werden nicht wieder eingelesen.", "Those who were erased are not imported again."},
		},
	}
}
