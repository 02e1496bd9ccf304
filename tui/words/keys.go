package words

// MaxLabel is how wide a key's label may be, in cells: the hint bar holds about
// six keys at 80 columns.
const MaxLabel = 16

// Key is what is said about one key binding: a short label for the hint bar and
// one sentence for the help page and the palette.
type Key struct{ Label, Help string }

// Keys are the texts of every key binding. Keys of the frame come first, those
// of the pages follow by name of what they do; two pages that mean the same
// thing use the same text.
type Keys struct {
	Help, Palette, Language, Lock, Quit, Back Key
	ThemeAuto, ThemeDark, ThemeLight          Key
	ThemeContrast, ThemeTerminal              Key
	Confirm, Cancel, Close                    Key
	Up, Down, Next                            Key
	Pick, Run                                 Key
	Restart                                   Key

	Open, Find, Clear, ClearAll, Recent, NextRole, Specimens                                        Key
	LogIn, Unlock, SwitchUser                                                                       Key
	Identify, HandOut, Revoke, Cases, Reveal                                                        Key
	EndVisit                                                                                        Key
	Expired, OtherCard, NoCard, ForOther, Unsure                                                    Key
	Continue, PhotoYes, PhotoNo                                                                     Key
	HandedOver, Print, Replace, Extend, Enlarge                                                     Key
	Document, Zone, CompareZone, Papers                                                             Key
	Issue, IssueFor                                                                                 Key
	GiveUp, ToSearch                                                                                Key
	Sign                                                                                            Key
	Booklet, Book, SameDay, Invalid, Another, Park, Query                                           Key
	Received, Stack, OtherYear, Private, ClearRow                                                   Key
	PickReason, LeaveBooklet, Correct, Supplement, Decide, PrintLetter                              Key
	KnownExam, Release, AcceptLate, NextOption, PickProgramme                                       Key
	WaitingBooklets, OpenBooklet                                                                    Key
	Account, UnblockApp, DeleteBinding, DeleteAccount, CancelDeletion, Undo, PickDevice, AllDevices Key
	Compare, Caller, PlayPhone                                                                      Key
	Requests, AskSecond, SignHere, Withdraw, CarryOut, Approve, Refuse                              Key
	CardLoss, CardLost, CardStolen, OrderCard                                                       Key
	Family, OpenRelative, Represent, WhoActs, WhichProof, Registration                              Key
	UseCard, InsertCard, PullCard                                                                   Key
}

func keysGerman() Keys {
	return Keys{
		Help:          Key{"Hilfe", "Diese Hilfe zeigen."},
		Palette:       Key{"Befehle", "Befehl suchen und ausführen."},
		Language:      Key{"English", "Sprache wechseln: switch to English."},
		Lock:          Key{"Sperren", "Bildschirm sofort leeren und den Platz sperren."},
		Quit:          Key{"Beenden", "Programm beenden."},
		Back:          Key{"zurück", "Zur vorigen Seite."},
		ThemeAuto:     Key{"Farben: Standard", "Farben: hell oder dunkel wie das Terminal."},
		ThemeDark:     Key{"Farben: dunkel", "Farben: dunkler Hintergrund."},
		ThemeLight:    Key{"Farben: hell", "Farben: heller Hintergrund."},
		ThemeContrast: Key{"Farben: Kontrast", "Farben: höchster Kontrast."},
		ThemeTerminal: Key{"Farben: Terminal", "Keine eigenen Farben, nur fett und umgekehrt."},
		Confirm:       Key{"Ausführen", "Das Gewählte ausführen."},
		Cancel:        Key{"Abbrechen", "Nichts tun und schließen."},
		Close:         Key{"schließen", "Schließen."},
		Up:            Key{"hoch", "Eine Zeile höher."},
		Down:          Key{"runter", "Eine Zeile tiefer."},
		Next:          Key{"weiter", "Zum nächsten Feld."},
		Pick:          Key{"wählen", "Die Zeile mit dieser Nummer nehmen."},
		Run:           Key{"ausführen", "Den gewählten Befehl ausführen."},
		Restart:       Key{"neu anfangen", "Zurück zur ersten Seite."},

		Open:       Key{"öffnen", "Den gewählten Treffer öffnen."},
		Find:       Key{"suchen", "Suchen, was im Feld steht."},
		Clear:      Key{"leeren", "Das Suchfeld leeren."},
		ClearAll:   Key{"leeren", "Alle Felder leeren."},
		Recent:     Key{"zuletzt", "Zuletzt an diesem Platz geöffnet."},
		NextRole:   Key{"Rolle", "Übung: die Rolle wechseln."},
		Specimens:  Key{"Muster", "Übung: Musterausweise zum Abtippen zeigen."},
		LogIn:      Key{"anmelden", "Anmelden."},
		Unlock:     Key{"entsperren", "Den Platz entsperren."},
		SwitchUser: Key{"andere Person", "Abmelden und eine andere Person anmelden."},
		Identify:   Key{"Ausweisen", "Die Person identifizieren."},
		HandOut:    Key{"Code", "Aktivierungscode ausgeben."},
		Revoke:     Key{"Code sperren", "Den offenen Aktivierungscode sperren."},
		Cases:      Key{"Vorgänge", "Letzte Vorgänge dieser Person zeigen."},
		Reveal:     Key{"zeigen", "Verdeckte Angaben 20 Sekunden zeigen; wird protokolliert."},
		EndVisit:   Key{"fertig", "Die Vorsprache beenden."},
		Expired:    Key{"abgelaufen", "Der Ausweis ist abgelaufen."},
		OtherCard:  Key{"falsche Karte", "Falsche oder alte Karte."},
		NoCard:     Key{"Karte fehlt", "Die Karte ist nicht dabei."},
		ForOther:   Key{"für andere", "Kommt für jemand anderen."},
		Unsure:     Key{"unsicher", "Unsicher: nicht weitermachen."},
		Continue:   Key{"weiter", "Weiter."},
		PhotoYes:   Key{"ja", "Foto und Person passen."},
		PhotoNo:    Key{"nein", "Foto und Person passen nicht."},
		HandedOver: Key{"ausgehändigt", "Der Code ist ausgehändigt; die Anzeige wird gelöscht."},
		Print:      Key{"drucken", "Den Beleg noch einmal drucken."},
		Replace:    Key{"neuer Code", "Diesen Code durch einen neuen ersetzen."},
		Extend:     Key{"+2 min", "Den Code zwei Minuten länger zeigen."},
		Enlarge:    Key{"größer", "Den QR-Code größer zeigen."},

		Document:        Key{"Ausweis", "Die Art des Ausweises wählen."},
		Zone:            Key{"Zone tippen", "Die maschinenlesbare Zone des Ausweises abtippen."},
		CompareZone:     Key{"weiter", "Zur nächsten Zeile; nach der letzten wird geprüft."},
		Papers:          Key{"Papiere", "Übung: zeigen, was auf dem Schalter liegt."},
		Issue:           Key{"Zweck und Code", "Den Aktivierungscode für den gewählten Zweck zeigen."},
		IssueFor:        Key{"Zweck und Code", "Den Aktivierungscode für diesen Zweck zeigen."},
		GiveUp:          Key{"nicht ausgeben", "Ohne Aushändigen beenden; der Code wird gesperrt."},
		ToSearch:        Key{"zur Suche", "Die Vorsprache beenden und zur Suche."},
		Sign:            Key{"unterschreiben", "Als zweite Person unterschreiben."},
		Booklet:         Key{"Bonusheft", "Ein Bonusheft erfassen."},
		Book:            Key{"buchen", "Das Heft buchen und entscheiden; weiter mit dem nächsten."},
		SameDay:         Key{"wie darüber", "Stempel vom selben Tag wie darüber."},
		Invalid:         Key{"ungültig", "Der Stempel zählt nicht; den Grund wählen."},
		Another:         Key{"weiterer", "Ein weiterer Eintrag unter derselben Nummer."},
		Park:            Key{"parken", "Das Heft so zur Seite legen."},
		Query:           Key{"Rückfrage", "Die Person nach dem fragen, was fehlt."},
		Received:        Key{"Eingang", "Den Tag des Eingangs tippen."},
		Stack:           Key{"Stapel", "Einen Stapel mit demselben Eingang beginnen oder beenden."},
		OtherYear:       Key{"anderes Jahr", "Das Heft eines anderen Bonusjahres."},
		Private:         Key{"privat", "Die Leistung war privatärztlich, ohne Zulassung."},
		ClearRow:        Key{"Zeile leeren", "Was in der Zeile steht, löschen."},
		PickReason:      Key{"Grund", "Diesen Grund nehmen."},
		LeaveBooklet:    Key{"verwerfen", "Zurück, ohne zu buchen."},
		Correct:         Key{"korrigieren", "Dieselben Papiere neu erfassen; die alte Fassung bleibt."},
		PrintLetter:     Key{"Brief drucken", "Den Brief zu diesem Heft drucken: Rückfrage oder Entscheidung."},
		Supplement:      Key{"Nachreichung", "Nachgereichte Nachweise erfassen; gezahlt wird der Unterschied."},
		Decide:          Key{"entscheiden", "Das erfasste Heft entscheiden."},
		KnownExam:       Key{"frühere Unters.", "Eine Untersuchung aus einem früheren Jahr vermerken."},
		Release:         Key{"erlassen", "Die Maßnahme der Zeile erlassen; mit zweiter Person."},
		AcceptLate:      Key{"verspätet", "Das verspätete Heft annehmen; mit zweiter Person."},
		NextOption:      Key{"Auszahlung", "Die nächste Art der Auszahlung wählen."},
		PickProgramme:   Key{"Programm", "Dieses Programm nehmen."},
		WaitingBooklets: Key{"Hefte", "Bonushefte, die auf eine Entscheidung oder Antwort warten."},
		OpenBooklet:     Key{"öffnen", "Das gewählte Heft öffnen; wird protokolliert."},

		Account:        Key{"App-Konto", "App-Konto und Geräte: App-Code vergessen, neues Gerät."},
		UnblockApp:     Key{"entsperren", "Der App-Code ist wieder eingefallen: App entsperren."},
		DeleteBinding:  Key{"Gerät löschen", "Der App-Code bleibt vergessen oder das Gerät ist weg: Gerätebindung löschen."},
		DeleteAccount:  Key{"Konto löschen", "Das ganze App-Konto löschen."},
		CancelDeletion: Key{"abbrechen", "Das angekündigte Löschen abbrechen."},
		Undo:           Key{"rückgängig", "Das Letzte rückgängig machen."},
		PickDevice:     Key{"Gerät", "Die Bindung dieses Geräts."},
		AllDevices:     Key{"alle", "Die Bindungen aller Geräte."},

		Compare:   Key{"vergleichen", "Alles zusammen vergleichen."},
		Caller:    Key{"Person", "Übung: zeigen, was die Person sagt."},
		PlayPhone: Key{"Handy", "Übung: den Code in der App der Person einlösen."},
		Requests:  Key{"Anfragen", "Anfragen zeigen, die eine zweite Person brauchen."},
		AskSecond: Key{"anfragen", "Eine zweite Person anfragen; sie antwortet an ihrem Platz."},
		SignHere:  Key{"hier", "Die zweite Person unterschreibt gleich hier."},
		Withdraw:  Key{"zurückziehen", "Die Anfrage zurückziehen."},
		CarryOut:  Key{"ausführen", "Ausführen, was freigegeben ist."},
		Approve:   Key{"freigeben", "Die Anfrage freigeben, mit der eigenen Passphrase."},
		Refuse:    Key{"ablehnen", "Die Anfrage ablehnen, mit der eigenen Passphrase."},

		CardLoss:     Key{"Karte", "Karte verloren oder gestohlen: sperren, neue bestellen."},
		CardLost:     Key{"verloren", "Die Karte ist verloren: sperren."},
		CardStolen:   Key{"gestohlen", "Die Karte ist gestohlen: sperren."},
		OrderCard:    Key{"neue Karte", "Eine neue Karte an die gespeicherte Anschrift bestellen."},
		Family:       Key{"Familie", "Mitversicherte in derselben Familie."},
		OpenRelative: Key{"öffnen", "Diese Person als nächste Vorsprache öffnen."},
		Represent:    Key{"Vertretung", "Es handelt ein Elternteil, ein Vormund oder eine Betreuung."},
		WhoActs:      Key{"wer handelt", "Diese Person handelt."},
		WhichProof:   Key{"Urkunde", "Diese Urkunde liegt vor."},
		Registration: Key{"Registrierung", "Die Registrierung in der App klappt nicht: Angaben prüfen."},

		UseCard:    Key{"Karte nehmen", "Die Karte im Leser nehmen: öffnen, oder als Nachweis prüfen."},
		InsertCard: Key{"Karte stecken", "Übung: die Gesundheitskarte der Person einstecken."},
		PullCard:   Key{"Karte ziehen", "Übung: die Gesundheitskarte wieder herausziehen."},
	}
}

func keysEnglish() Keys {
	return Keys{
		Help:          Key{"Help", "Show this help."},
		Palette:       Key{"Commands", "Find a command and run it."},
		Language:      Key{"Deutsch", "Switch the language: zu Deutsch wechseln."},
		Lock:          Key{"Lock", "Blank the screen at once and lock the seat."},
		Quit:          Key{"Quit", "Quit the program."},
		Back:          Key{"back", "To the page before."},
		ThemeAuto:     Key{"Colours: auto", "Colours: light or dark as the terminal."},
		ThemeDark:     Key{"Colours: dark", "Colours: dark background."},
		ThemeLight:    Key{"Colours: light", "Colours: light background."},
		ThemeContrast: Key{"High contrast", "Colours: highest contrast."},
		ThemeTerminal: Key{"Terminal colours", "No colours of our own, only bold and reverse."},
		Confirm:       Key{"Do it", "Do what is selected."},
		Cancel:        Key{"Cancel", "Do nothing and close."},
		Close:         Key{"close", "Close."},
		Up:            Key{"up", "One line up."},
		Down:          Key{"down", "One line down."},
		Next:          Key{"next", "To the next field."},
		Pick:          Key{"choose", "Take the line with this number."},
		Run:           Key{"run", "Run the selected command."},
		Restart:       Key{"start again", "Back to the first page."},

		Open:       Key{"open", "Open the selected hit."},
		Find:       Key{"search", "Search for what stands in the field."},
		Clear:      Key{"clear", "Clear the search field."},
		ClearAll:   Key{"clear", "Clear all fields."},
		Recent:     Key{"recent", "Opened at this seat lately."},
		NextRole:   Key{"role", "Practice: change the role."},
		Specimens:  Key{"specimens", "Practice: show specimen documents to type."},
		LogIn:      Key{"log in", "Log in."},
		Unlock:     Key{"unlock", "Unlock the seat."},
		SwitchUser: Key{"someone else", "Log out and let someone else log in."},
		Identify:   Key{"Identify", "Identify the person."},
		HandOut:    Key{"Code", "Hand out an activation code."},
		Revoke:     Key{"Revoke code", "Revoke the open activation code."},
		Cases:      Key{"Cases", "Show this person's recent cases."},
		Reveal:     Key{"reveal", "Show hidden data for 20 seconds; this is journalled."},
		EndVisit:   Key{"End visit", "End the visit."},
		Expired:    Key{"expired", "The document has expired."},
		OtherCard:  Key{"wrong card", "Wrong or old card."},
		NoCard:     Key{"no card", "The card is not here."},
		ForOther:   Key{"for another", "Comes for someone else."},
		Unsure:     Key{"unsure", "Unsure: do not go on."},
		Continue:   Key{"continue", "Continue."},
		PhotoYes:   Key{"yes", "Photo and person match."},
		PhotoNo:    Key{"no", "Photo and person do not match."},
		HandedOver: Key{"handed over", "The code has been handed over; the display is cleared."},
		Print:      Key{"print", "Print the slip again."},
		Replace:    Key{"new code", "Replace this code by a new one."},
		Extend:     Key{"+2 min", "Show the code two minutes longer."},
		Enlarge:    Key{"larger", "Show the QR code larger."},

		Document:        Key{"document", "Choose the kind of document."},
		Zone:            Key{"type the zone", "Type the machine-readable zone of the document."},
		CompareZone:     Key{"continue", "To the next line; after the last one it is checked."},
		Papers:          Key{"papers", "Practice: show what lies on the counter."},
		Issue:           Key{"show code", "Show the activation code for the chosen purpose."},
		IssueFor:        Key{"purpose, code", "Show the activation code for this purpose."},
		GiveUp:          Key{"do not hand out", "End without handing over; the code is revoked."},
		ToSearch:        Key{"to the search", "End the visit and go to the search."},
		Sign:            Key{"sign", "Sign as the second person."},
		Booklet:         Key{"Bonus booklet", "Enter a bonus booklet."},
		Book:            Key{"book", "Book and decide the booklet; on to the next one."},
		SameDay:         Key{"as above", "A stamp of the same day as the one above."},
		Invalid:         Key{"invalid", "The stamp does not count; choose why."},
		Another:         Key{"another", "Another entry under the same number."},
		Park:            Key{"park", "Put the booklet aside as it stands."},
		Query:           Key{"query", "Ask the person for what is missing."},
		Received:        Key{"received", "Type the day of receipt."},
		Stack:           Key{"stack", "Begin or end a stack received on one day."},
		OtherYear:       Key{"other year", "The booklet of another bonus year."},
		Private:         Key{"private", "The provider was private, without a licence."},
		ClearRow:        Key{"clear line", "Delete what stands in the line."},
		PickReason:      Key{"reason", "Take this reason."},
		LeaveBooklet:    Key{"discard", "Back without booking."},
		Correct:         Key{"correct", "Enter the same papers anew; the old version stays."},
		PrintLetter:     Key{"print letter", "Print the letter about this booklet: query or decision."},
		Supplement:      Key{"supplement", "Enter proofs handed in later; the difference is paid."},
		Decide:          Key{"decide", "Decide the entered booklet."},
		KnownExam:       Key{"earlier exam", "Note an examination of an earlier year."},
		Release:         Key{"release", "Release from the measure of the line; with a second person."},
		AcceptLate:      Key{"accept late", "Accept the late booklet; with a second person."},
		NextOption:      Key{"payment", "Choose the next way to be paid."},
		PickProgramme:   Key{"programme", "Take this programme."},
		WaitingBooklets: Key{"booklets", "Bonus booklets that wait for a decision or an answer."},
		OpenBooklet:     Key{"open", "Open the chosen booklet; journalled."},

		Account:        Key{"app account", "App account and devices: app code forgotten, new device."},
		UnblockApp:     Key{"unblock", "The app code came to mind again: unblock the app."},
		DeleteBinding:  Key{"delete device", "The app code stays forgotten or the device is gone: delete the binding."},
		DeleteAccount:  Key{"delete account", "Delete the whole app account."},
		CancelDeletion: Key{"call off", "Call the announced deletion off."},
		Undo:           Key{"undo", "Take back the last thing done."},
		PickDevice:     Key{"device", "The binding of this device."},
		AllDevices:     Key{"all", "The bindings of all devices."},

		Compare:   Key{"compare", "Compare all of it together."},
		Caller:    Key{"person", "Practice: show what the person says."},
		PlayPhone: Key{"phone", "Practice: redeem the code in the app of the person."},
		Requests:  Key{"requests", "Show the requests that need a second person."},
		AskSecond: Key{"ask", "Ask for a second person, who answers at their own seat."},
		SignHere:  Key{"here", "The second person signs right here."},
		Withdraw:  Key{"withdraw", "Withdraw the request."},
		CarryOut:  Key{"carry out", "Carry out what was approved."},
		Approve:   Key{"approve", "Approve the request, with your own passphrase."},
		Refuse:    Key{"refuse", "Refuse the request, with your own passphrase."},

		CardLoss:     Key{"card", "Card lost or stolen: block it, order a new one."},
		CardLost:     Key{"lost", "The card is lost: block it."},
		CardStolen:   Key{"stolen", "The card is stolen: block it."},
		OrderCard:    Key{"new card", "Order a new card to the stored address."},
		Family:       Key{"family", "Those who are insured in the same family."},
		OpenRelative: Key{"open", "Open this person as the next visit."},
		Represent:    Key{"representative", "A parent, a guardian or a carer acts."},
		WhoActs:      Key{"who acts", "This person acts."},
		WhichProof:   Key{"certificate", "This certificate was shown."},
		Registration: Key{"registration", "Registering in the app fails: check what is entered."},

		UseCard:    Key{"use card", "Use the card in the reader: open it, or check it as evidence."},
		InsertCard: Key{"insert card", "Practice: put the person's health card into the reader."},
		PullCard:   Key{"pull card", "Practice: take the health card out again."},
	}
}
