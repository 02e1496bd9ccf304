package main

import (
	"fmt"

	"schalter/store/journal"
)

// faultText says in words what is wrong with the journal. Positions count from 0
// as everywhere in it.
func (p *program) faultText(f *journal.Fault) string {
	say := func(de, en string, args ...any) string { return fmt.Sprintf(p.say(de, en), args...) }
	switch f.Kind {
	case journal.EntryChanged:
		return say("Eintrag %d wurde verändert.", "Entry %d was changed.", f.Seq)
	case journal.EntryMissing:
		return say("Eintrag %d fehlt.", "Entry %d is missing.", f.Seq)
	case journal.EntryInserted:
		return say("Eintrag %d wurde eingefügt.", "Entry %d was inserted.", f.Seq)
	case journal.EntrySwapped:
		return say("Die Einträge %d und %d sind vertauscht.", "Entries %d and %d are swapped.", f.Seq, f.Other)
	case journal.EntryUnreadable:
		return say("Eintrag %d ist nicht zu lesen.", "Entry %d cannot be read.", f.Seq)
	case journal.PayloadChanged:
		return say("Der Inhalt von Eintrag %d wurde verändert.", "The content of entry %d was changed.", f.Seq)
	case journal.PayloadMissing:
		return say("Der Inhalt von Eintrag %d fehlt.", "The content of entry %d is missing.", f.Seq)
	case journal.PayloadKept:
		return say("Der Inhalt von Eintrag %d ist gelöscht gemeldet und noch da.", "The content of entry %d is said to be erased and is still there.", f.Seq)
	case journal.HashChanged:
		return say("Die Prüfsummen zu Eintrag %d wurden verändert.", "The hashes of entry %d were changed.", f.Seq)
	case journal.HashMissing:
		return say("Die Prüfsummen zu Eintrag %d fehlen.", "The hashes of entry %d are missing.", f.Seq)
	}
	return p.faultOfWhole(f)
}

// faultOfWhole is about the journal as a whole and what it speaks of.
func (p *program) faultOfWhole(f *journal.Fault) string {
	say := func(de, en string, args ...any) string { return fmt.Sprintf(p.say(de, en), args...) }
	switch f.Kind {
	case journal.HeadMismatch:
		return say("Die %d Einträge sind nicht die, an die sich die Datenbank erinnert.", "The %d entries are not those the database remembers.", f.Seq)
	case journal.RecordsMismatch:
		return say("Die Zahl der Werte stimmt bei Größe %d nicht.", "The number of values is wrong at size %d.", f.Seq)
	case journal.CheckpointSignature:
		return say("Der Stand bei Größe %d ist nicht gültig unterschrieben.", "The checkpoint at size %d is not validly signed.", f.Seq)
	case journal.CheckpointKey:
		return say("Den Stand bei Größe %d hat kein Schlüssel unterschrieben, der im Schlüsselordner liegt.", "The checkpoint at size %d is signed by no key that is in the key folder.", f.Seq)
	case journal.CheckpointMismatch:
		return say("Der Stand bei Größe %d passt nicht zu den Einträgen.", "The checkpoint at size %d does not fit the entries.", f.Seq)
	case journal.CheckpointMissing:
		return say("Der Stand bei Größe %d, den ein Anker kennt, fehlt.", "The checkpoint at size %d, which an anchor has, is missing.", f.Seq)
	case journal.Unsigned:
		return say("Von %d Einträgen sind nur %d durch einen unterschriebenen Stand belegt.", "Of %d entries a signed checkpoint vouches for %d only.", f.Seq, f.Other)
	case journal.Shorter:
		return say("Das Protokoll endet bei %d Einträgen; es waren schon %d.", "The journal ends at %d entries; there were %d already.", f.Seq, f.Other)
	case journal.AnchorMismatch:
		return say("Der Anker bei Größe %d passt nicht zu den Einträgen.", "The anchor at size %d does not fit the entries.", f.Seq)
	case journal.ValueChanged:
		return say("Ein Wert, den Eintrag %d schrieb, wurde verändert.", "A value that entry %d wrote was changed.", f.Seq)
	case journal.ValueOld:
		return say("Ein alter Wert aus Eintrag %d steht wieder da.", "An old value of entry %d was put back.", f.Other)
	case journal.ValueSwapped:
		return say("Ein Wert aus Eintrag %d steht an fremder Stelle.", "A value of entry %d stands in another's place.", f.Other)
	case journal.ValueMissing:
		return say("Ein Wert, den Eintrag %d schrieb, fehlt.", "A value that entry %d wrote is missing.", f.Seq)
	case journal.ValueUnknown:
		return p.say("Ein Wert ist da, von dem kein Eintrag weiß.", "There is a value that no entry knows of.")
	}
	return string(f.Kind)
}
