package second

import (
	"schalter/domain"
	"schalter/domain/desk"
	"schalter/tui/page"
	"schalter/tui/parts"
)

// Lines are a whole request as its approver reads it: what, why, for whom, every
// parameter, the evidence as it was, and who asks from where. The member is named
// as far as the reader may see them.
func Lines(env *page.Env, v desk.ApprovalView) []string {
	t := env.Texts
	w := t.Second
	why, _ := t.Error(domain.Fail(domain.Refused, v.Reason))
	lines := []string{t.Operation(v.Operation), w.Why + ": " + why}
	if v.Member != 0 {
		lines = append(lines, w.Member+": "+parts.Text(v.Masked.Name.Listed())+", •••"+v.Masked.Last3)
	}
	for _, p := range v.Parameters {
		lines = append(lines, t.Parameter(p.Key)+": "+t.ParameterValue(p))
	}
	evidence := t.Assurance(v.Assurance)
	if v.Document != 0 {
		evidence += ", " + t.Document(v.Document)
	}
	asked := v.AskedAt.In(env.Now().Location())
	return append(
		lines,
		w.Evidence+": "+evidence,
		w.Asks+": "+parts.Text(v.Requester)+", "+w.At(parts.Text(v.Branch+" "+v.Seat), t.Moment(asked)),
		w.Number+": "+v.Case.Grouped(),
	)
}
