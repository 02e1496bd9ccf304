package desk_test

import (
	"errors"
	"testing"
	"time"

	"schalter/domain"
	"schalter/domain/desk"
	"schalter/domain/rights"
)

var console = desk.Place{Channel: rights.Console}

func with(login, pass string) desk.Credentials {
	return desk.Credentials{Login: login, Passphrase: []byte(pass)}
}

// TestLoginDelay: three wrong passphrases are free, then the login is closed for
// a growing while; the right one does not open it before.
func TestLoginDelay(t *testing.T) {
	c := open(t)
	for range 3 {
		_, err := c.Login(t.Context(), with("leitung", "falsch falsch falsch"), console)
		refused(t, err, domain.ReasonLoginFailed)
	}
	_, err := c.Login(t.Context(), with("leitung", passphrase), console)
	refused(t, err, domain.ReasonLoginDelayed)
	var locked *domain.Error
	if !errors.As(err, &locked) || locked.Until != now.Unix()+2 {
		t.Errorf("locked until %+v, want two seconds", locked)
	}
	c.advance(2 * time.Second)
	_, err = c.Login(t.Context(), with("leitung", "falsch falsch falsch"), console)
	refused(t, err, domain.ReasonLoginFailed)
	c.advance(3 * time.Second)
	_, err = c.Login(t.Context(), with("leitung", passphrase), console)
	refused(t, err, domain.ReasonLoginDelayed) // four seconds after the fourth
	c.advance(time.Second)
	if _, err := c.Login(t.Context(), with(" Leitung ", passphrase), console); err != nil {
		t.Errorf("after the delay: %v", err)
	}
	_, err = c.Login(t.Context(), with("niemand", passphrase), console)
	refused(t, err, domain.ReasonLoginFailed)
}

// TestOneTimePassphrase opens nothing until it is changed.
func TestOneTimePassphrase(t *testing.T) {
	c := open(t)
	admin := c.login("admin", console)
	id, err := c.AddStaff(t.Context(), admin, with("leitung", passphrase), desk.NewStaff{
		Login: "neu", Name: "N. Neu", Roles: rights.Roles(rights.Clerk), Passphrase: []byte("einmal und nie wieder"),
	})
	if err != nil || id != 3 {
		t.Fatalf("added %d, %v", id, err)
	}
	_, err = c.Login(t.Context(), with("neu", "einmal und nie wieder"), atCounter)
	refused(t, err, domain.ReasonPassphraseChange)
	refused(t, c.ChangePassphrase(t.Context(), with("neu", "einmal und nie wieder"), []byte("einmal und nie wieder")), domain.ReasonPassphraseOld)
	refused(t, c.ChangePassphrase(t.Context(), with("neu", "einmal und nie wieder"), []byte("kurz")), domain.ReasonPassphraseShort)
	if err := c.ChangePassphrase(t.Context(), with("neu", "einmal und nie wieder"), []byte("mein eigenes wort")); err != nil {
		t.Fatal(err)
	}
	_, err = c.Login(t.Context(), with("neu", "einmal und nie wieder"), atCounter)
	refused(t, err, domain.ReasonLoginFailed)
	if _, err := c.Login(t.Context(), with("neu", "mein eigenes wort"), atCounter); err != nil {
		t.Error(err)
	}
}

// TestStaffNeedsASecondPerson: who may stand beside an admin, and who may not.
func TestStaffNeedsASecondPerson(t *testing.T) {
	c := open(t)
	admin := c.login("admin", console)
	add := func(second desk.Credentials, n desk.NewStaff) error {
		n.Passphrase = []byte("einmal und nie wieder")
		_, err := c.AddStaff(t.Context(), admin, second, n)
		return err
	}
	clerk := desk.NewStaff{Login: "clerk", Roles: rights.Roles(rights.Clerk)}
	rows := []struct {
		reason string
		second desk.Credentials
		staff  desk.NewStaff
		want   domain.Reason
	}{
		{"nobody", desk.Credentials{}, clerk, domain.ReasonSecondAlways},
		{"oneself", with("admin", passphrase), clerk, domain.ReasonSecondSame},
		{"wrong passphrase", with("leitung", "falsch falsch falsch"), clerk, domain.ReasonLoginFailed},
		{
			"roles that exclude each other", with("leitung", passphrase),
			desk.NewStaff{Login: "beides", Roles: rights.Roles(rights.Admin, rights.Clerk)},
			domain.ReasonRolesInvalid,
		},
		{"no role", with("leitung", passphrase), desk.NewStaff{Login: "nichts"}, domain.ReasonRolesInvalid},
		{
			"a name that is no login", with("leitung", passphrase),
			desk.NewStaff{Login: "Ä Ö", Roles: rights.Roles(rights.Clerk)},
			domain.ReasonLoginName,
		},
		{
			"a login that exists", with("leitung", passphrase),
			desk.NewStaff{Login: "ADMIN", Roles: rights.Roles(rights.Clerk)},
			domain.ReasonLoginExists,
		},
		{
			"same person as nobody", with("leitung", passphrase),
			desk.NewStaff{Login: "clerk", Roles: rights.Roles(rights.Clerk), SameAs: "niemand"},
			domain.ReasonStaffNotFound,
		},
	}
	for _, row := range rows {
		t.Run(row.reason, func(t *testing.T) { refused(t, add(row.second, row.staff), row.want) })
	}
	if err := add(with("leitung", passphrase), clerk); err != nil {
		t.Fatal(err)
	}

	// A second login of the admin's own person is not another person.
	twin := desk.NewStaff{Login: "admin2", Roles: rights.Roles(rights.Admin), SameAs: "admin"}
	if err := add(with("leitung", passphrase), twin); err != nil {
		t.Fatal(err)
	}
	if err := c.ChangePassphrase(t.Context(), with("admin2", "einmal und nie wieder"), []byte(passphrase)); err != nil {
		t.Fatal(err)
	}
	refused(t, add(with("admin2", passphrase), desk.NewStaff{Login: "x1", Roles: rights.Roles(rights.Clerk)}), domain.ReasonSecondSame)

	// A clerk is no second person for an admin.
	if err := c.ChangePassphrase(t.Context(), with("clerk", "einmal und nie wieder"), []byte(passphrase)); err != nil {
		t.Fatal(err)
	}
	refused(t, add(with("clerk", passphrase), desk.NewStaff{Login: "x2", Roles: rights.Roles(rights.Clerk)}), domain.ReasonSecondRole)
}

// TestDisable takes the key slot away; the last admin stays.
func TestDisable(t *testing.T) {
	c := open(t)
	clerk := c.clerk()
	admin := c.login("admin", console)
	refused(t, c.DisableStaff(t.Context(), clerk, "leitung"), domain.ReasonRoleMissing)
	refused(t, c.DisableStaff(t.Context(), admin, "admin"), domain.ReasonLastAdmin)
	refused(t, c.DisableStaff(t.Context(), admin, "niemand"), domain.ReasonStaffNotFound)
	if err := c.DisableStaff(t.Context(), admin, "kbeispiel"); err != nil {
		t.Fatal(err)
	}
	_, err := c.Login(t.Context(), with("kbeispiel", passphrase), atCounter)
	refused(t, err, domain.ReasonLoginFailed)
	refused(t, c.ResetPassphrase(t.Context(), admin, with("leitung", passphrase), "kbeispiel", []byte("einmal und nie wieder")), domain.ReasonStaffNotFound)
}

// TestResume: the same person goes on with the visit, another one's login ends
// it.
func TestResume(t *testing.T) {
	c := open(t)
	m, clerk := c.member(), c.clerk()
	v := c.visit(clerk, m, "")
	again, err := c.Resume(t.Context(), with("kbeispiel", passphrase), clerk)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.View(t.Context(), again, v); err != nil {
		t.Errorf("the visit is lost: %v", err)
	}
	other, err := c.Resume(t.Context(), with("leitung", passphrase), clerk)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.View(t.Context(), other, v)
	refused(t, err, domain.ReasonVisitOver)
	_, err = c.View(t.Context(), clerk, v)
	refused(t, err, domain.ReasonVisitOver)
}

func TestConfigure(t *testing.T) {
	c := open(t)
	admin := c.login("admin", console)
	second := with("leitung", passphrase)
	rows := []struct {
		reason string
		values []desk.Assign
		field  string
	}{
		{"unknown key", []desk.Assign{{Key: "colour", Value: "red"}}, "colour"},
		{"validity beyond seven days", []desk.Assign{{Key: "code_validity", Value: "169h"}}, "code_validity"},
		{"validity below fifteen minutes", []desk.Assign{{Key: "code_validity", Value: "14m"}}, "code_validity"},
		{"machine-readable zones without a basis", []desk.Assign{{Key: "mrz", Value: "true"}}, "mrz_basis"},
		{"no host", []desk.Assign{{Key: "app_host", Value: "https://x"}}, "app_host"},
		{"no seat", []desk.Assign{{Key: "branches", Value: "Musterstadt"}}, "branches"},
		{"an IK with a wrong check digit", []desk.Assign{{Key: "ik", Value: "109500968"}}, "ik"},
	}
	for _, row := range rows {
		t.Run(row.reason, func(t *testing.T) {
			var e *domain.Error
			err := c.Configure(t.Context(), admin, second, row.values)
			if !errors.As(err, &e) || e.Reason != domain.ReasonSettingInvalid || e.Field != row.field {
				t.Errorf("got %v, want %s", err, row.field)
			}
		})
	}
	refused(t, c.Configure(t.Context(), admin, desk.Credentials{}, []desk.Assign{{Key: "insurer", Value: "X"}}), domain.ReasonSecondAlways)
	values := []desk.Assign{{Key: "mrz", Value: "true"}, {Key: "mrz_basis", Value: "DSB 2027/3"}, {Key: "branches", Value: "A|1|x, y; B||z"}}
	if err := c.Configure(t.Context(), admin, second, values); err != nil {
		t.Fatal(err)
	}
	s, err := c.Settings(t.Context())
	if err != nil || !s.MRZ || len(s.Branches) != 2 || len(s.Branches[0].Seats) != 2 || s.Branches[1].Seats[0] != "z" {
		t.Errorf("settings %+v, %v", s, err)
	}
	for _, line := range desk.SettingLines(s) {
		if line.Value == "" && line.Key != "mrz_basis" {
			t.Errorf("%s prints nothing", line.Key)
		}
		if err := c.Configure(t.Context(), admin, second, []desk.Assign{{Key: line.Key, Value: line.Value}}); err != nil {
			t.Errorf("%s does not take back what it prints: %v", line.Key, err)
		}
	}
}

// TestPlace: a seat that nobody configured is no seat; one that is not named is
// the first.
func TestPlace(t *testing.T) {
	c := open(t)
	rows := []struct {
		reason string
		at     desk.Place
		field  string
		seat   string
	}{
		{"nothing named", desk.Place{Channel: rights.Counter}, "", "1"},
		{"a seat of the first branch", desk.Place{Channel: rights.Counter, Seat: "2"}, "", "2"},
		{"a branch that does not exist", desk.Place{Channel: rights.Counter, Branch: "Nirgends"}, "branch", ""},
		{"a seat that does not exist", desk.Place{Channel: rights.Counter, Branch: "Musterstadt", Seat: "99"}, "seat", ""},
		{"the command line has no seat", console, "", ""},
	}
	for _, row := range rows {
		t.Run(row.reason, func(t *testing.T) {
			a, err := c.Login(t.Context(), with("leitung", passphrase), row.at)
			var e *domain.Error
			if errors.As(err, &e) && e.Field != row.field || err == nil && row.field != "" || a.Seat != row.seat {
				t.Errorf("got seat %q, %v", a.Seat, err)
			}
		})
	}
}
