package egk_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"schalter/domain/egk"
	"schalter/domain/egk/virtual"
)

// outcome is what a damage leads to: a fault of a file, or a card that is
// somehow changed.
type outcome struct {
	file   egk.File
	fault  egk.Fault
	change func(*egk.Card)
}

func fault(file egk.File, f egk.Fault) outcome { return outcome{file: file, fault: f} }

func survives(change func(*egk.Card)) outcome { return outcome{change: change} }

func same(*egk.Card) {}

// outcomes has a row for every damage; a new one without a row fails the test.
func outcomes() map[virtual.Damage]outcome {
	return map[virtual.Damage]outcome{
		virtual.OtherCard:        fault(egk.HCA, egk.NotHealthCard),
		virtual.CardDeactivated:  fault(egk.HCA, egk.Deactivated),
		virtual.Contactless:      fault(egk.GDO, egk.AccessDenied),
		virtual.NoStatusFile:     fault(egk.StatusVD, egk.FileMissing),
		virtual.ForgetsFile:      fault(egk.PD, egk.NoCurrentFile),
		virtual.EndlessAnswer:    fault(egk.GDO, egk.BadAnswer),
		virtual.OverlongAnswer:   fault(egk.GDO, egk.BadAnswer),
		virtual.UnknownCondition: fault(egk.GDO, egk.StatusUnexpected),

		virtual.GDOTag:      fault(egk.GDO, egk.BadLayout),
		virtual.GDODigits:   fault(egk.GDO, egk.BadLayout),
		virtual.GDOForeign:  fault(egk.GDO, egk.BadContent),
		virtual.GDOCut:      fault(egk.GDO, egk.Truncated),
		virtual.StatusCut:   fault(egk.StatusVD, egk.Truncated),
		virtual.StatusOther: survives(func(c *egk.Card) { c.Warnings = []egk.Warning{egk.StatusUnknown} }),
		virtual.StatusNoTime: survives(func(c *egk.Card) {
			c.Status = egk.Status{}
		}),

		virtual.LengthBeyond:    fault(egk.PD, egk.BadLayout),
		virtual.LengthZero:      fault(egk.PD, egk.BadLayout),
		virtual.LengthShort:     fault(egk.PD, egk.Truncated),
		virtual.LengthLong:      survives(same),
		virtual.ContentCut:      fault(egk.PD, egk.Truncated),
		virtual.OffsetsBeyond:   fault(egk.VD, egk.BadLayout),
		virtual.OffsetsOutside:  fault(egk.VD, egk.OffsetOutside),
		virtual.OffsetsReversed: fault(egk.VD, egk.BadLayout),
		virtual.OffsetsInHead:   fault(egk.VD, egk.BadLayout),
		virtual.OffsetsNone:     fault(egk.VD, egk.BadLayout),
		virtual.OffsetExclusive: survives(same),

		virtual.NotGzip:        fault(egk.PD, egk.BadCompression),
		virtual.GzipChecksum:   fault(egk.PD, egk.BadCompression),
		virtual.GzipBomb:       fault(egk.PD, egk.TooLarge),
		virtual.GzipTwoMembers: survives(same),

		virtual.UTF8AsLatin9: fault(egk.PD, egk.BadEncoding),
		virtual.Latin9AsUTF8: fault(egk.PD, egk.BadEncoding),
		virtual.Windows1252: survives(func(c *egk.Card) {
			c.Name.Given, c.Unreadable = "", []egk.Field{egk.FieldGivenNames}
		}),
		virtual.UnknownEncoding: fault(egk.PD, egk.BadEncoding),
		virtual.NotXML:          fault(egk.PD, egk.BadXML),
		virtual.XMLCut:          fault(egk.PD, egk.BadXML),
		virtual.OtherDocument:   fault(egk.PD, egk.BadXML),
		virtual.Entities:        fault(egk.PD, egk.BadXML),
		virtual.Nested:          fault(egk.PD, egk.TooLarge),
		virtual.Crowded:         fault(egk.PD, egk.TooLarge),
		virtual.OldSchema:       fault(egk.PD, egk.BadSchema),
		virtual.NewSchema: survives(func(c *egk.Card) {
			c.Schema.Minor, c.Warnings = 9, []egk.Warning{egk.SchemaNewer}
		}),
		virtual.NoSchema: fault(egk.PD, egk.BadSchema),

		virtual.WrongKVNR:   fault(egk.PD, egk.BadContent),
		virtual.NoSurname:   fault(egk.PD, egk.BadContent),
		virtual.NoBirthDate: fault(egk.PD, egk.BadContent),
		virtual.WrongIK:     fault(egk.VD, egk.BadContent),
		virtual.UnknownValues: survives(func(c *egk.Card) {
			c.Sex, c.InsuredAs, c.From, c.To, c.WOP, c.Billing = 0, 0, 0, 0, "", egk.Insurer{}
			c.Unreadable = []egk.Field{
				egk.FieldSex, egk.FieldBilling, egk.FieldInsuredFrom, egk.FieldInsuredTo, egk.FieldInsuredAs, egk.FieldWOP,
			}
		}),
		virtual.LongNames: survives(func(c *egk.Card) {
			c.Name.Title, c.Name.Given = "", ""
			c.Unreadable = []egk.Field{egk.FieldTitle, egk.FieldGivenNames}
		}),
		virtual.ControlsInName: survives(same),
	}
}

// Every damage leads to its outcome on every kind of card.
func TestEveryDamage(t *testing.T) {
	want := outcomes()
	for _, damage := range virtual.Damages() {
		t.Run(damage.String(), func(t *testing.T) {
			row, ok := want[damage]
			if !ok {
				t.Fatal("no outcome is stated")
			}
			for _, config := range []virtual.Config{
				{Content: full()},
				{Content: full(), Padded: true},
				{Content: full(), NoGVDCopy: true},
				{Content: full(), T0: true},
				{Content: with(func(c *egk.Card) { c.Schema, c.Status.Schema = v51, v51 })},
				{Content: with(func(c *egk.Card) { c.Schema, c.Status.Schema = v53, v53 }), NoGVDCopy: true},
			} {
				config.Damage = damage
				row.check(t, config)
			}
		})
	}
	if len(want) != len(virtual.Damages()) {
		t.Errorf("%d outcomes for %d damages", len(want), len(virtual.Damages()))
	}
}

func (o outcome) check(t *testing.T, config virtual.Config) {
	t.Helper()
	got, err := read(t, newCard(t, config))
	if o.change != nil {
		expected := config.Content
		o.change(&expected)
		if err != nil || !reflect.DeepEqual(got, expected) {
			t.Errorf("%v: %v\ngot  %+v\nwant %+v", config.Damage, err, got, expected)
		}
		return
	}
	var e *egk.Error
	if !errors.As(err, &e) || e.File != o.file || e.Fault != o.fault || !errors.Is(err, o.fault) {
		t.Errorf("%v %v: got %v, want %v %v", config.Damage, config.Content.Schema, err, o.file, o.fault)
	}
	if !reflect.DeepEqual(got, egk.Card{}) {
		t.Errorf("%v: a card comes with the error", config.Damage)
	}
	checkSilent(t, err)
}

// checkSilent states that an error says nothing the card said.
func checkSilent(t *testing.T, err error) {
	t.Helper()
	c := full()
	for _, secret := range []string{
		string(c.KVNR), string(c.KVNR[1:9]), string(c.ICCSN), c.ICCSN.Last6(), c.Name.Surname, c.Name.Given, "Müßig",
		c.Address.Street, c.Address.City, c.Address.Postcode, "1962", string(c.Insurer.IK), "X110411674", "999567891", "BKK",
	} {
		if strings.Contains(fmt.Sprintf("%v %+v", err, err), secret) {
			t.Errorf("the error says something of the card: %v", err)
		}
	}
}
