package desk

import (
	"context"
	"sort"
	"strconv"
	"strings"
	"time"

	"schalter/domain"
	"schalter/domain/bonus"
	"schalter/domain/code"
	"schalter/domain/ik"
	"schalter/domain/rights"
)

// Bounds of the policy values.
const (
	minValidity = 15 * time.Minute
	maxValidity = 7 * 24 * time.Hour // NIST SP 800-63A, enrolment code handed over in person
	minHide     = 30 * time.Second
	maxHide     = 10 * time.Minute
	minIdle     = time.Minute
	maxIdle     = 15 * time.Minute
)

// CheckSettings says what is wrong with settings, naming the field.
func CheckSettings(s domain.Settings) error {
	invalid := func(field string) error {
		return domain.Fail(domain.Invalid, domain.ReasonSettingInvalid).WithField(field)
	}
	_, ikErr := ik.Parse(string(s.IK))
	switch {
	case strings.TrimSpace(s.Insurer) == "":
		return invalid("insurer")
	case ikErr != nil:
		return invalid("ik")
	case code.CheckHost(s.AppHost) != nil:
		return invalid("app_host")
	case len(s.Branches) == 0 || s.Branches[0].Name == "" || len(s.Branches[0].Seats) == 0:
		return invalid("branches")
	case s.CodeValidity < minValidity || s.CodeValidity > maxValidity:
		return invalid("code_validity")
	case s.HideCode < minHide || s.HideCode > maxHide:
		return invalid("hide_code")
	case s.IdleLock < minIdle || s.IdleLock > maxIdle:
		return invalid("idle_lock")
	case s.MaxPerHour < 1 || s.MaxPerHour > 100:
		return invalid("max_per_hour")
	case s.MaxPerDay < s.MaxPerHour || s.MaxPerDay > 500:
		return invalid("max_per_day")
	case s.BookletAlone < 0 || s.BookletAlone > 100_000:
		return invalid("booklet_alone_cents")
	case s.MRZ && strings.TrimSpace(s.MRZBasis) == "":
		return invalid("mrz_basis")
	}
	return nil
}

// Settings are the policy values, for screens that follow them.
func (d *Desk) Settings(ctx context.Context) (domain.Settings, error) {
	s, _, err := d.Reader.Settings(ctx)
	return s, err
}

// setting reads and writes one policy value as text.
type setting struct {
	get func(domain.Settings) string
	set func(*domain.Settings, string) error
}

var settings = map[string]setting{
	"insurer": {
		func(s domain.Settings) string { return s.Insurer },
		func(s *domain.Settings, v string) error { s.Insurer = v; return nil },
	},
	"ik": {
		func(s domain.Settings) string { return string(s.IK) },
		func(s *domain.Settings, v string) (err error) { s.IK, err = ik.Parse(v); return err },
	},
	"app_host": {
		func(s domain.Settings) string { return s.AppHost },
		func(s *domain.Settings, v string) error { s.AppHost = v; return nil },
	},
	"branches": {
		func(s domain.Settings) string { return formatBranches(s.Branches) },
		func(s *domain.Settings, v string) error { s.Branches = ParseBranches(v); return nil },
	},
	"code_validity": ofDuration(func(s *domain.Settings) *time.Duration { return &s.CodeValidity }),
	"hide_code":     ofDuration(func(s *domain.Settings) *time.Duration { return &s.HideCode }),
	"idle_lock":     ofDuration(func(s *domain.Settings) *time.Duration { return &s.IdleLock }),
	"max_per_hour":  ofNumber(func(s *domain.Settings) *int { return &s.MaxPerHour }),
	"max_per_day":   ofNumber(func(s *domain.Settings) *int { return &s.MaxPerDay }),
	"booklet_alone_cents": {
		func(s domain.Settings) string { return strconv.FormatInt(int64(s.BookletAlone), 10) },
		func(s *domain.Settings, v string) error {
			n, err := strconv.ParseInt(v, 10, 64)
			s.BookletAlone = bonus.Cents(n)
			return err
		},
	},
	"mrz": {
		func(s domain.Settings) string { return strconv.FormatBool(s.MRZ) },
		func(s *domain.Settings, v string) (err error) { s.MRZ, err = strconv.ParseBool(v); return err },
	},
	"mrz_basis": {
		func(s domain.Settings) string { return s.MRZBasis },
		func(s *domain.Settings, v string) error { s.MRZBasis = v; return nil },
	},
}

func ofDuration(field func(*domain.Settings) *time.Duration) setting {
	return setting{
		func(s domain.Settings) string { return field(&s).String() },
		func(s *domain.Settings, v string) (err error) { *field(s), err = time.ParseDuration(v); return err },
	}
}

func ofNumber(field func(*domain.Settings) *int) setting {
	return setting{
		func(s domain.Settings) string { return strconv.Itoa(*field(&s)) },
		func(s *domain.Settings, v string) (err error) { *field(s), err = strconv.Atoi(v); return err },
	}
}

// ParseBranches reads `Name|phone|seat,seat; Name|phone|seat`.
func ParseBranches(text string) []domain.Branch {
	var out []domain.Branch
	for part := range strings.SplitSeq(text, ";") {
		fields := strings.Split(part, "|")
		b := domain.Branch{Name: strings.TrimSpace(fields[0])}
		if len(fields) > 1 {
			b.Phone = strings.TrimSpace(fields[1])
		}
		if len(fields) > 2 {
			for seat := range strings.SplitSeq(fields[2], ",") {
				if seat = strings.TrimSpace(seat); seat != "" {
					b.Seats = append(b.Seats, seat)
				}
			}
		}
		if b.Name != "" {
			out = append(out, b)
		}
	}
	return out
}

func formatBranches(list []domain.Branch) string {
	parts := make([]string, 0, len(list))
	for _, b := range list {
		parts = append(parts, b.Name+"|"+b.Phone+"|"+strings.Join(b.Seats, ","))
	}
	return strings.Join(parts, "; ")
}

// SettingLine is one policy value as `schalter config show` prints it.
type SettingLine struct{ Key, Value string }

// SettingLines lists every policy value by key.
func SettingLines(s domain.Settings) []SettingLine {
	lines := make([]SettingLine, 0, len(settings))
	for key, x := range settings {
		lines = append(lines, SettingLine{key, x.get(s)})
	}
	sort.Slice(lines, func(i, j int) bool { return lines[i].Key < lines[j].Key })
	return lines
}

// Assign is one value to set.
type Assign struct{ Key, Value string }

// Configure sets policy values, all or none. An admin does it with a second
// person; the journal names the keys, not the values.
func (d *Desk) Configure(ctx context.Context, a domain.Actor, second Credentials, values []Assign) error {
	e := d.entry(a, domain.ActConfigured, rights.Configure)
	var err error
	if e.Second, err = d.withSecond(ctx, &e, a, second); err != nil {
		return err
	}
	return d.again(ctx, func() error {
		now, rev, err := d.Reader.Settings(ctx)
		if err != nil {
			return err
		}
		keys := make([]string, 0, len(values))
		for _, v := range values {
			x, known := settings[v.Key]
			if !known || x.set(&now, v.Value) != nil {
				return domain.Fail(domain.Invalid, domain.ReasonSettingInvalid).WithField(v.Key)
			}
			keys = append(keys, v.Key)
		}
		if err := CheckSettings(now); err != nil {
			return err
		}
		e.Object = "settings:" + strings.Join(keys, ",")
		_, err = d.Writer.Commit(ctx, Change{
			Guards: []Guard{{now.Ref(), rev}}, Put: []domain.Record{now}, Entries: []domain.Entry{e},
		})
		return err
	})
}
