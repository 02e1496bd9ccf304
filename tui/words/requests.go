package words

import (
	"strconv"

	"schalter/domain"
)

// Requests are the texts of the list of requests for a second person.
type Requests struct {
	Title, Loading string
	None, NoneHow  string
	What, Who, How string // column heads
	Mine           string // what one has asked oneself
	Yes, No        string // what is about to be answered
	Sign           string
	Answered       func(yes bool) string
	Withdraw       string // question
	WithdrawHow    string
	WithdrawYes    string
	Withdrawn      string
	Waiting        Plural // on the search page
	WaitingKey     func(count, key string) string

	NotWaiting, NotMine, OwnAnswer string // why a key is off
}

func requestsGerman() Requests {
	return Requests{
		Title: "Anfragen", Loading: "Anfragen werden geladen …",
		None: "Keine Anfrage wartet auf Sie.", NoneHow: "Neue erscheinen hier von selbst.",
		What: "Was", Who: "Wer fragt", How: "Stand",
		Mine: "selbst gestellt",
		Yes:  "Sie geben das alles frei:", No: "Sie lehnen das ab:",
		Sign: "Ihre Passphrase",
		Answered: func(yes bool) string {
			if yes {
				return "Freigegeben; es gilt fünf Minuten."
			}
			return "Abgelehnt."
		},
		Withdraw: "Anfrage zurückziehen?", WithdrawYes: "Zurückziehen",
		WithdrawHow: "Dann kann sie niemand mehr freigeben, und eine Freigabe gilt nicht mehr.",
		Withdrawn:   "Die Anfrage ist zurückgezogen.",
		Waiting:     Plural{"Anfrage wartet", "Anfragen warten"},
		WaitingKey:  func(count, key string) string { return count + " auf Sie (" + key + ")" },

		NotWaiting: "Diese Anfrage wartet nicht mehr.",
		NotMine:    "Zurückziehen kann nur, wer gefragt hat.",
		OwnAnswer:  "Die eigene Anfrage beantwortet jemand anderes.",
	}
}

func requestsEnglish() Requests {
	return Requests{
		Title: "Requests", Loading: "Loading requests …",
		None: "No request waits for you.", NoneHow: "New ones appear here by themselves.",
		What: "What", Who: "Who asks", How: "State",
		Mine: "your own",
		Yes:  "You approve all of this:", No: "You refuse this:",
		Sign: "Your passphrase",
		Answered: func(yes bool) string {
			if yes {
				return "Approved; it is good for five minutes."
			}
			return "Refused."
		},
		Withdraw: "Withdraw the request?", WithdrawYes: "Withdraw",
		WithdrawHow: "Nobody can approve it then, and an approval counts no more.",
		Withdrawn:   "The request has been withdrawn.",
		Waiting:     Plural{"request waits", "requests wait"},
		WaitingKey:  func(count, key string) string { return count + " for you (" + key + ")" },

		NotWaiting: "This request does not wait any more.",
		NotMine:    "Only the one who asked can withdraw it.",
		OwnAnswer:  "Somebody else answers your own request.",
	}
}

// RequestsWaiting counts the requests somebody may answer, with the key that
// leads to them.
func (t *Texts) RequestsWaiting(n int, key string) string {
	return t.Requests.WaitingKey(t.count(n, t.Requests.Waiting), key)
}

// ParameterValue says in words what a parameter of a request is; as it is stored
// where it is no number of ours.
func (t *Texts) ParameterValue(p domain.Parameter) string {
	n, err := strconv.ParseUint(p.Value, 10, 8)
	if err != nil {
		return p.Value
	}
	said := ""
	switch p.Key {
	case domain.ParamPurpose:
		said = t.Purpose(domain.Purpose(n))
	case domain.ParamRepresentative:
		said = t.Representative(domain.Representative(n))
	case domain.ParamProof:
		said = t.Proof(domain.Proof(n))
	}
	if said == "" {
		return p.Value
	}
	return said
}
