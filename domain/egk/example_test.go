package egk_test

import (
	"context"
	"fmt"
	"log"

	"schalter/domain/egk"
	"schalter/domain/egk/virtual"
)

func ExampleRead() {
	inserted, err := virtual.New(virtual.Config{Content: virtual.Short(egk.Card{
		ICCSN:     "80276881239912345678",
		KVNR:      "X110411675",
		Name:      egk.Name{Given: "Jörg", Surname: "Šimák"},
		BirthDate: 1962_03_00,
		Insurer:   egk.Insurer{IK: "999567890", Name: "BKK Muster"},
		WOP:       "38",
	})})
	if err != nil {
		log.Fatal(err)
	}
	card, err := egk.Read(context.Background(), inserted)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(card.Schema, card.KVNR, card.ICCSN.Last6(), card.Name.Surname, card.BirthDate)
	fmt.Println("not on the card:", card.Absent())
	// Output:
	// 5.3.0 X110411675 345678 Šimák 1962-03-00
	// not on the card: [sex address insurer_country insured_as insured_from insured_to]
}
