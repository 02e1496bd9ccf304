// Package egk reads what a German health card (elektronische Gesundheitskarte)
// shows to everybody who holds it in a contact reader: its number, the insured
// person, the insurance. No PIN, no second card and no connector is needed, and
// nothing that would need one is asked for.
//
// The whole conversation, ISO/IEC 7816-4 commands with short length fields:
//
//	SELECT MF            00 A4 04 0C 07 D2 76 00 01 44 80 00
//	READ EF.GDO          00 B0 82 00 0C     the number of the card
//	SELECT DF.HCA        00 A4 04 0C 06 D2 76 00 00 01 02
//	READ EF.StatusVD     00 B0 8C 00 19     is an update of the data unfinished?
//	READ EF.PD           00 B0 81 00 02     length; then on in chunks up to FC
//	READ EF.VD           00 B0 82 00 08     offsets; then on in chunks up to FC
//
// EF.PD is a length and EF.VD are four offsets, each before gzip (RFC 1952) of
// XML in ISO-8859-15. The XML comes in the schemas 5.1, 5.2 and 5.3, which are
// told apart by namespace only; cards issued from 2026 hold a short set (§ 291
// (2) no. 3 SGB V), see [Card.Absent].
//
//	card, err := egk.Read(ctx, reader)
//	if errors.Is(err, egk.Pulled) { … }
//	card.KVNR, card.ICCSN.Last6(), card.Absent()
//
// Reading does not prove a card genuine: nothing here is signed. The protected
// data (EF.GVD) is not touched, nor is the copy of it that older cards keep at
// the end of EF.VD.
//
// A card is input from outside like any other: every length and offset on it is
// held to bounds, unpacking and parsing too, every text passes [plain.Clean].
//
// Sources: gemSpec_eGK_ObjSys_G2_1 for the files, gemSpec_eGK_Fach_VSDM chapter
// 2 for their content, gematik's VSD schemas 5.1 to 5.3, gematik spec-VSDM2 on
// reading with any reader.
package egk
