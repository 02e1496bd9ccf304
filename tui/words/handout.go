package words

import "fmt"

// HandOut are the texts of handing out an activation code.
type HandOut struct {
	Title string

	// Choosing the purpose.
	WhatFor  string
	Replaces func(until string) string // a live code will end
	Making   string

	// The code on the screen.
	For        func(who string) string
	Until      func(moment string) string
	Once       func(span string) string
	Purpose    func(purpose string) string
	StepsHead  string
	Steps      [3]string
	Case       func(number string) string
	HidesIn    func(left string) string
	HidesKey   func(key string) string
	OnPhone    string
	Superseded string
	NoQR       string // no QR code can be drawn here
	QRNeeds    func(width, height int) string

	SlipNone     string
	SlipPrinting string
	SlipMissing  string // there is a printer, and no slip
	SlipPrinted  func(at, printer string) string
	SlipFailed   func(key string) string

	// The code is off the screen.
	Hidden    string
	HiddenHow string
	Unseen    string // it was made while the seat was locked
	UnseenHow string
	Redeemed  func(at string) string
	RedeemHow string
	Ended     func(state, at string) string
	EndedHow  string
	RevokedBy string // by the person who reads it
	Refused   string

	// Questions.
	ReplaceAsk, ReplaceHow, ReplaceYes string
	RevokeAsk, RevokeHow, RevokeYes    string
	GiveUpAsk, GiveUpHow, GiveUpYes    string

	HandedOver func(number string) string
	GivenUp    func(number string) string
}

func handOutGerman() HandOut {
	return HandOut{
		Title:    "Aktivierungscode",
		WhatFor:  "Wofür ist der Code?",
		Replaces: func(until string) string { return "Der offene Code (bis " + until + ") wird damit ungültig." },
		Making:   "Der Code wird erzeugt …",

		For:       func(who string) string { return "Aktivierungscode für " + who },
		Until:     func(moment string) string { return "gültig bis " + moment + " Uhr" },
		Once:      func(span string) string { return span + " lang, einmal verwendbar" },
		Purpose:   func(purpose string) string { return "Zweck: " + purpose },
		StepsHead: "Nächste Schritte (vorlesen):",
		Steps: [3]string{
			"Die App der Krankenkasse öffnen.",
			"Zur Identifizierung „Aktivierungscode“ wählen.",
			"Dieses Bild scannen oder den Code eintippen.",
		},
		Case:       func(number string) string { return "Vorgang " + number },
		HidesIn:    func(left string) string { return "Anzeige noch " + left },
		HidesKey:   func(key string) string { return "(" + key + ": +2 min)" },
		OnPhone:    "Am Telefon NIE vorlesen.",
		Superseded: "Ältere offene Codes sind ungültig.",
		NoQR:       "Dieses Terminal kann kein Bild zeigen: Code eintippen.",
		QRNeeds:    func(w, h int) string { return "Für das Bild ist das Fenster zu klein: " + size(w, h) + "." },

		SlipNone:     "Beleg: kein Drucker",
		SlipPrinting: "Beleg: wird gedruckt …",
		SlipMissing:  "Beleg: nicht gedruckt",
		SlipPrinted:  func(at, printer string) string { return "Beleg: gedruckt " + at + " auf " + printer },
		SlipFailed:   func(key string) string { return "Beleg NICHT gedruckt (" + key + ": noch einmal)" },

		Hidden: "Der Code ist ausgeblendet und kommt nicht wieder.",
		HiddenHow: "Hat die Person ihn gescannt, abgeschrieben oder auf dem Beleg, ist er mit Enter ausgehändigt. " +
			"Sonst mit n einen neuen Code zeigen; der bisherige wird ungültig.",
		Unseen: "Der Code entstand, während der Platz gesperrt war: Niemand hat ihn gesehen.",
		UnseenHow: "Er kann nicht ausgehändigt werden. Mit n einen neuen Code zeigen, mit s diesen sperren " +
			"oder mit Esc ohne Aushändigen beenden.",
		Redeemed: func(at string) string {
			return "Der Code wurde in der App eingelöst, " + at + ". Die Identifizierung ist damit erledigt."
		},
		RedeemHow: "Mit Enter als ausgehändigt bestätigen.",
		Ended:     func(state, at string) string { return "Der Code gilt nicht mehr: " + state + " " + at + "." },
		EndedHow:  "Er ist vom Bildschirm genommen. Enter: zurück zur Person. n: einen neuen Code zeigen.",
		RevokedBy: "Er ist vom Bildschirm genommen. Enter: zurück zur Person.",
		Refused:   "Enter: zurück zur Person.",

		ReplaceAsk: "Neuen Code zeigen?", ReplaceYes: "Ersetzen",
		ReplaceHow: "Der bisherige Code wird ungültig. Das geht einmal in einer Vorsprache.",
		RevokeAsk:  "Diesen Code sperren?", RevokeYes: "Sperren",
		RevokeHow: "Der Code wird sofort ungültig. Das lässt sich nicht zurücknehmen.",
		GiveUpAsk: "Ohne Aushändigen beenden?", GiveUpYes: "Beenden",
		GiveUpHow: "Der Code wird gesperrt, die Vorsprache endet.",

		HandedOver: func(number string) string { return "Ausgehändigt, Vorgang " + number + "." },
		GivenUp:    func(number string) string { return "Nicht ausgehändigt: Code gesperrt, Vorgang " + number + "." },
	}
}

func handOutEnglish() HandOut {
	return HandOut{
		Title:    "Activation code",
		WhatFor:  "What is the code for?",
		Replaces: func(until string) string { return "The live code (until " + until + ") becomes invalid with it." },
		Making:   "Making the code …",

		For:       func(who string) string { return "Activation code for " + who },
		Until:     func(moment string) string { return "valid until " + moment },
		Once:      func(span string) string { return "for " + span + ", can be used once" },
		Purpose:   func(purpose string) string { return "Purpose: " + purpose },
		StepsHead: "What comes next (read aloud):",
		Steps: [3]string{
			"Open the app of the health insurer.",
			"For the identification choose “activation code”.",
			"Scan this picture or type the code.",
		},
		Case:       func(number string) string { return "Case " + number },
		HidesIn:    func(left string) string { return "Shown for " + left },
		HidesKey:   func(key string) string { return "(" + key + ": +2 min)" },
		OnPhone:    "NEVER read it out on the phone.",
		Superseded: "Older live codes are invalid now.",
		NoQR:       "This terminal cannot show the picture: type the code.",
		QRNeeds:    func(w, h int) string { return "The window is too small for the picture: needs " + size(w, h) + "." },

		SlipNone:     "Slip: no printer",
		SlipPrinting: "Slip: printing …",
		SlipMissing:  "Slip: not printed",
		SlipPrinted:  func(at, printer string) string { return "Slip: printed " + at + " on " + printer },
		SlipFailed:   func(key string) string { return "Slip NOT printed (" + key + ": again)" },

		Hidden: "The code is hidden and does not come back.",
		HiddenHow: "If the person has scanned it, copied it or has the slip, Enter says it is handed over. " +
			"Otherwise n shows a new code; the present one becomes invalid.",
		Unseen: "The code was made while the seat was locked: nobody has seen it.",
		UnseenHow: "It cannot be handed over. Show a new code with n, revoke this one with s, " +
			"or end without handing over with Esc.",
		Redeemed: func(at string) string {
			return "The code has been redeemed in the app, " + at + ". The identification is done with that."
		},
		RedeemHow: "Confirm the handing over with Enter.",
		Ended:     func(state, at string) string { return "The code is no longer valid: " + state + " " + at + "." },
		EndedHow:  "It is off the screen. Enter: back to the person. n: show a new code.",
		RevokedBy: "It is off the screen. Enter: back to the person.",
		Refused:   "Enter: back to the person.",

		ReplaceAsk: "Show a new code?", ReplaceYes: "Replace",
		ReplaceHow: "The present code becomes invalid. This works once in a visit.",
		RevokeAsk:  "Revoke this code?", RevokeYes: "Revoke",
		RevokeHow: "The code becomes invalid at once. This cannot be taken back.",
		GiveUpAsk: "End without handing over?", GiveUpYes: "End",
		GiveUpHow: "The code is revoked and the visit ends.",

		HandedOver: func(number string) string { return "Handed over, case " + number + "." },
		GivenUp:    func(number string) string { return "Not handed over: code revoked, case " + number + "." },
	}
}

// size writes a window's size in cells.
func size(width, height int) string { return fmt.Sprintf("%d×%d", width, height) }
