// Package name knows how names of persons are written, folded, compared, heard
// and sorted in Germany.
//
//   - Search: [Fold], [AppendFold], [Tokens] bring a stored name and a typed one
//     to the same lower-case ASCII words; [Core] leaves out von, zu, Dr. and
//     their like.
//   - Documents: [MRZ] writes a name as the machine-readable zone of a German
//     document does, [CompareMRZ] compares a record with what was read from one
//     (ICAO Doc 9303-3, eighth edition, section 6; Doc 9303-4 to 9303-6,
//     section 4.2 on truncation).
//   - Sound: [Phonetic] is the Kölner Phonetik (H. J. Postel, 1969).
//   - Order: [Sorter] makes sort keys after DIN 5007-1:2005 variant 2, the order
//     of telephone books.
//
// Example: "Müller-Lüdenscheidt" folds to "mueller luedenscheidt" and to "muller
// ludenscheidt", reads MUELLER<LUEDENSCHEIDT in a machine-readable zone, sounds
// like 65752682 and sorts beside Mueller-Luedenscheidt.
//
// Letters outside the Latin script have no form here: German registers hold
// names in Latin letters only (DIN 91379).
package name
