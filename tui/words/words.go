// Package words is the text catalogue: every word the program shows to people,
// in German (the source) and English.
//
// A text is a field of a Go struct, so that a missing or misspelt text does not
// compile. Fields are strings, or functions whose typed arguments stand where
// the language wants them. One file holds one area with both languages beside
// each other:
//
//	t := words.For(words.English)
//	t.Lock.Title           // "Seat locked"
//	t.Idle.Warning(18)     // "Locks in 18 s. Any key: stay."
//	t.Date(d)              // "14 Mar 1962"
//	what, hint := t.Error(err)
//
// To add a text, add a field to the struct of its area and fill it in both
// functions of that file; a test fails while one language lacks it. To add an
// area, write its file with a struct, xxxGerman and xxxEnglish, and add one
// field to [Texts] and one line to both constructors. Words for the values of
// the domain (reasons, operations, acts …) are tables with both languages in a
// row, in the files named after them.
//
// Keys do not change with the language, only their labels do. The German
// vocabulary is fixed: one word per thing, everywhere.
package words

import "sync"

// Texts are all texts of one language. It is shared and must not be changed.
type Texts struct {
	Language Language

	Common       Common
	Frame        Frame
	Keys         Keys
	Help         Help
	Palette      Palette
	Confirm      Confirm
	Idle         Idle
	Crash        Crash
	Login        Login
	Lock         Lock
	Start        Start
	Member       Member
	Identify     Identify
	HandOut      HandOut
	Cases        Cases
	Reader       Reader
	Second       Second
	Requests     Requests
	Booklet      Booklet
	Waiting      Waiting
	Account      Account
	Told         Told
	Phone        Phone
	CardLoss     CardLoss
	Family       Family
	Registration Registration

	domainWords
}

// For returns the texts of a language.
func For(l Language) *Texts {
	if l == English {
		return english()
	}
	return german()
}

// The two catalogues are built once, on first use, and read by every session.
var (
	german  = sync.OnceValue(newGerman)
	english = sync.OnceValue(newEnglish)
)

func newGerman() *Texts {
	return &Texts{
		Language:     German,
		Common:       commonGerman(),
		Frame:        frameGerman(),
		Keys:         keysGerman(),
		Help:         helpGerman(),
		Palette:      paletteGerman(),
		Confirm:      confirmGerman(),
		Idle:         idleGerman(),
		Crash:        crashGerman(),
		Login:        loginGerman(),
		Lock:         lockGerman(),
		Start:        startGerman(),
		Member:       memberGerman(),
		Identify:     identifyGerman(),
		HandOut:      handOutGerman(),
		Cases:        casesGerman(),
		Reader:       readerGerman(),
		Second:       secondGerman(),
		Requests:     requestsGerman(),
		Booklet:      bookletGerman(),
		Waiting:      waitingGerman(),
		Account:      accountGerman(),
		Told:         toldGerman(),
		Phone:        phoneGerman(),
		CardLoss:     cardLossGerman(),
		Family:       familyGerman(),
		Registration: registrationGerman(),
		domainWords:  newDomainWords(German),
	}
}

func newEnglish() *Texts {
	return &Texts{
		Language:     English,
		Common:       commonEnglish(),
		Frame:        frameEnglish(),
		Keys:         keysEnglish(),
		Help:         helpEnglish(),
		Palette:      paletteEnglish(),
		Confirm:      confirmEnglish(),
		Idle:         idleEnglish(),
		Crash:        crashEnglish(),
		Login:        loginEnglish(),
		Lock:         lockEnglish(),
		Start:        startEnglish(),
		Member:       memberEnglish(),
		Identify:     identifyEnglish(),
		HandOut:      handOutEnglish(),
		Cases:        casesEnglish(),
		Reader:       readerEnglish(),
		Second:       secondEnglish(),
		Requests:     requestsEnglish(),
		Booklet:      bookletEnglish(),
		Waiting:      waitingEnglish(),
		Account:      accountEnglish(),
		Told:         toldEnglish(),
		Phone:        phoneEnglish(),
		CardLoss:     cardLossEnglish(),
		Family:       familyEnglish(),
		Registration: registrationEnglish(),
		domainWords:  newDomainWords(English),
	}
}
