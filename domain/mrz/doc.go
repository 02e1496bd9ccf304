// Package mrz reads the machine-readable zone of identity documents in the
// formats TD1 (three lines of 30 characters: cards), TD2 (two of 36: older cards)
// and TD3 (two of 44: passports), with a verdict per field: one wrong digit
// spoils its own field and nothing else.
//
//	IDD<<L01X00T471<<<<<<<<<<<<<<<   type, issuer, number and its check digit
//	8308126<3108011D<<2108<<<<<<<7   birth, sex, expiry, nationality, composite
//	MUSTERMANN<<ERIKA<<<<<<<<<<<<<   surname, two fillers, given names
//
// Characters are A to Z, 0 to 9 and the filler <. A check digit is the sum of
// the values (0–9 as they are, A=10 … Z=35, < = 0) with the weights 7, 3, 1
// repeating, modulo 10.
//
// The number of the document is read to test its check digit and is not part of
// any result, nor is the optional data: § 20 (3) PAuswG, § 18 (2) PassG forbid to
// link people by it. No error, problem or JSON form of this package holds a
// character of either.
//
// Sources: ICAO Doc 9303, eighth edition (2021), parts 3 to 6; for German
// documents § 5 (4) PAuswG, § 4 (2) PassG, § 78 (2) AufenthG, § 63a AsylG. Visas
// (Doc 9303-7) have another layout and are not read.
package mrz
