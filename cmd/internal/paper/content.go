package paper

import (
	"fmt"
	"strings"
)

// content is what a slip says, in its language and in order, before either form
// lays it out. Empty lines are left out by both.
type content struct {
	Practice string // empty on a real slip
	Sender   string // insurer and branch
	Title    string
	Code     string
	Facts    []string // about the code
	StepHead string
	Steps    []string // without their numbers
	Warning  string   // the one line nobody may miss
	Notes    []string
}

// compose puts a slip into words. enter chooses the step that brings the code
// into the app, which differs with what the form can show.
func compose(s Slip, enter func(wording) string) (content, error) {
	s, err := s.cleaned()
	if err != nil {
		return content{}, err
	}
	w, err := words(s.Language)
	if err != nil {
		return content{}, err
	}
	c := content{
		Sender: sender(s),
		Title:  w.Title,
		Code:   s.Code,
		Facts: []string{
			say(w.Valid, w.moment(s.ValidUntil)),
			say(w.Once, w.duration(s.ValidUntil.Sub(s.MadeAt))),
			say(w.Purpose, s.Purpose),
			say(w.For, s.Holder.String()),
			say(w.Case, s.Case),
			say(w.Made, w.moment(s.MadeAt)),
		},
		StepHead: w.Steps,
		Steps:    []string{w.Load, w.Register, w.Confirm, enter(w)},
		Warning:  w.NeverSpoken,
		Notes:    []string{w.Replaces, lost(w, s.BranchPhone), w.Limits, w.Needs, say(w.Mark, s.Mark)},
	}
	if s.Practice {
		c.Practice = w.Practice
	}
	return c, nil
}

func sender(s Slip) string {
	if s.Insurer == "" || s.Branch == "" {
		return s.Insurer + s.Branch
	}
	return s.Insurer + ", " + s.Branch
}

// lost says how to revoke. No line ends within the phone number: both forms
// break at spaces, not at no-break spaces.
func lost(w wording, phone string) string {
	if phone == "" {
		return w.LostNoPhone
	}
	return say(w.Lost, strings.ReplaceAll(phone, " ", noBreak))
}

const noBreak = "\u00a0"

// say fills the one place of a format, or says nothing where there is nothing to
// fill it with.
func say(format, value string) string {
	if value == "" {
		return ""
	}
	return fmt.Sprintf(format, value)
}
