package paper

import (
	"errors"
	"fmt"
	"time"

	"schalter/domain"
)

// Language is the language of a slip: the member's, whatever the screen speaks.
type Language string

// The languages.
const (
	German  Language = "de"
	English Language = "en"
)

// AllLanguages lists every language.
func AllLanguages() []Language { return []Language{German, English} }

// wording is every word of a slip in one language. Fields with a verb are
// formats; which argument they take is said beside them.
type wording struct {
	Practice string // on a line of its own, three times
	Title    string
	For      string // holder
	Purpose  string // purpose
	Valid    string // moment
	Moment   string // layout of package time, after the day of the week
	Weekdays [7]string
	Hours    string // number, 2 or more
	Minutes  string // number
	Once     string // duration
	Case     string // case number
	Made     string // moment

	Steps    string // heading
	Load     string
	Register string
	Confirm  string
	EnterIt  string // without a QR code
	ScanIt   string // with one

	NeverSpoken string
	Replaces    string
	Lost        string // phone
	LostNoPhone string
	Limits      string // what the code does not do
	Needs       string // versions of the phone's system
	Mark        string // mark, and what it is for

	FirstActivation string
	NewDevice       string
	AfterBlock      string
	AfterDeletion   string
}

// words returns the wording of a language.
func words(l Language) (wording, error) {
	switch l {
	case German:
		return german(), nil
	case English:
		return english(), nil
	}
	return wording{}, errors.New("slip in no known language")
}

func german() wording {
	return wording{
		Practice: "ÜBUNG – kein echter Code",
		Title:    "Aktivierungscode für die App",
		For:      "für %s",
		Purpose:  "Zweck: %s",
		Valid:    "gültig bis %s",
		Moment:   "02.01.2006, 15:04 Uhr",
		Weekdays: [7]string{"So.", "Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa."},
		Hours:    "%d Stunden",
		Minutes:  "%d Minuten",
		Once:     "%s lang, einmal verwendbar",
		Case:     "Vorgang %s",
		Made:     "erstellt am %s",

		Steps:    "So richten Sie die App ein:",
		Load:     "Laden Sie die App Ihrer Krankenkasse.",
		Register: "Tippen Sie auf „Los geht’s“ und halten Sie Ihre Gesundheitskarte bereit.",
		Confirm:  "Bestätigen Sie die E-Mail und legen Sie Ihren App-Code fest.",
		EnterIt:  "Wählen Sie „Aktivierungscode“ und tippen Sie den Code ein.",
		ScanIt:   "Wählen Sie „Aktivierungscode“. Scannen Sie das Bild oder tippen Sie den Code ein.",

		NeverSpoken: "Diesen Code nie am Telefon vorlesen. Auch wir fragen nie danach.",
		Replaces:    "Dieser Code ersetzt frühere.",
		Lost:        "Beleg verloren? Lassen Sie den Code sperren: Telefon %s oder in jeder Geschäftsstelle.",
		LostNoPhone: "Beleg verloren? Lassen Sie den Code in einer Geschäftsstelle sperren.",
		Limits: "Der Code allein öffnet kein Konto und zeigt keine Daten. " +
			"Er ersetzt weder Ihren App-Code noch die PIN der Gesundheitskarte.",
		Needs: "Die App braucht mindestens iOS 15 oder Android 9.",
		Mark:  "Prüfmarke %s: Damit lässt sich belegen, dass unser Protokoll bis zu diesem Vorgang nicht verändert wurde.",

		FirstActivation: "App erstmals einrichten",
		NewDevice:       "App auf einem neuen Gerät einrichten",
		AfterBlock:      "App nach einer Sperre neu einrichten",
		AfterDeletion:   "App nach einer Löschung neu einrichten",
	}
}

func english() wording {
	return wording{
		Practice: "PRACTICE – not a real code",
		Title:    "Activation code for the app",
		For:      "for %s",
		Purpose:  "Purpose: %s",
		Valid:    "valid until %s",
		Moment:   "2 Jan 2006, 15:04",
		Weekdays: [7]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"},
		Hours:    "%d hours",
		Minutes:  "%d minutes",
		Once:     "for %s, can be used once",
		Case:     "Case %s",
		Made:     "made on %s",

		Steps:    "How to set up the app:",
		Load:     "Download your insurer’s app.",
		Register: "Tap “Let’s go” and have your health card ready.",
		Confirm:  "Confirm the e-mail and choose your app code.",
		EnterIt:  "Choose “Activation code” and type in the code.",
		ScanIt:   "Choose “Activation code”. Scan the picture or type in the code.",

		NeverSpoken: "Never read this code out on the phone. We never ask for it either.",
		Replaces:    "This code replaces earlier ones.",
		Lost:        "Slip lost? Have the code revoked: phone %s or at any branch.",
		LostNoPhone: "Slip lost? Have the code revoked at a branch.",
		Limits: "The code alone opens no account and shows no data. " +
			"It replaces neither your app code nor the PIN of your health card.",
		Needs: "The app needs at least iOS 15 or Android 9.",
		Mark:  "Check mark %s: it can prove that our records up to this case have not been changed.",

		FirstActivation: "set up the app for the first time",
		NewDevice:       "set up the app on a new device",
		AfterBlock:      "set up the app again after a block",
		AfterDeletion:   "set up the app again after a deletion",
	}
}

// PurposeText names a purpose in the language of a slip; "" if the language or
// the purpose is not known.
func PurposeText(l Language, p domain.Purpose) string {
	w, err := words(l)
	if err != nil {
		return ""
	}
	switch p {
	case domain.FirstActivation:
		return w.FirstActivation
	case domain.NewDevice:
		return w.NewDevice
	case domain.AfterBlock:
		return w.AfterBlock
	case domain.AfterDeletion:
		return w.AfterDeletion
	}
	return ""
}

// moment is the day of the week, the date and the time in the zone of t:
// Fr., 27.11.2026, 14:00 Uhr.
func (w wording) moment(t time.Time) string {
	return w.Weekdays[t.Weekday()] + ", " + t.Format(w.Moment)
}

// duration is how long a code is good for: minutes below two hours, hours from
// there, rounded. Seconds pass between making the code and making its slip, and
// "72 hours" is what staff say.
func (w wording) duration(d time.Duration) string {
	if m := d.Round(time.Minute); m < 2*time.Hour {
		return fmt.Sprintf(w.Minutes, int(m.Minutes()))
	}
	return fmt.Sprintf(w.Hours, int(d.Round(time.Hour).Hours()))
}
