package practice

// places are towns with one of their postcodes; the first are near the practice
// branch and have the most members.
var places = []struct{ postcode, city string }{
	{"97070", "Würzburg"},
	{"97080", "Würzburg"},
	{"97074", "Würzburg"},
	{"97084", "Würzburg"},
	{"97421", "Schweinfurt"},
	{"97318", "Kitzingen"},
	{"97753", "Karlstadt"},
	{"97816", "Lohr a. Main"},
	{"97209", "Veitshöchheim"},
	{"97199", "Ochsenfurt"},
	{"97877", "Wertheim"},
	{"97828", "Marktheidenfeld"},
	{"97332", "Volkach"},
	{"97980", "Bad Mergentheim"},
	{"97688", "Bad Kissingen"},
	{"63739", "Aschaffenburg"},
	{"91541", "Rothenburg ob der Tauber"},
	{"96047", "Bamberg"},
	{"90402", "Nürnberg"},
	{"91052", "Erlangen"},
	{"90762", "Fürth"},
	{"96450", "Coburg"},
	{"95444", "Bayreuth"},
	{"74072", "Heilbronn"},
	{"60311", "Frankfurt am Main"},
	{"36037", "Fulda"},
	{"80331", "München"},
	{"70173", "Stuttgart"},
	{"50667", "Köln"},
	{"10115", "Berlin"},
	{"13347", "Berlin"},
	{"20095", "Hamburg"},
	{"04109", "Leipzig"},
	{"01067", "Dresden"},
	{"99084", "Erfurt"},
	{"07743", "Jena"},
	{"34117", "Kassel"},
	{"30159", "Hannover"},
	{"28195", "Bremen"},
	{"24103", "Kiel"},
	{"18055", "Rostock"},
	{"15230", "Frankfurt (Oder)"},
	{"06108", "Halle (Saale)"},
	{"39104", "Magdeburg"},
	{"48143", "Münster"},
	{"44135", "Dortmund"},
	{"45127", "Essen"},
	{"40213", "Düsseldorf"},
	{"55116", "Mainz"},
	{"65183", "Wiesbaden"},
	{"66111", "Saarbrücken"},
	{"68159", "Mannheim"},
	{"69117", "Heidelberg"},
	{"76133", "Karlsruhe"},
	{"79098", "Freiburg im Breisgau"},
	{"78462", "Konstanz"},
	{"89073", "Ulm"},
	{"86150", "Augsburg"},
	{"93047", "Regensburg"},
	{"94032", "Passau"},
	{"85049", "Ingolstadt"},
	{"83022", "Rosenheim"},
}

// Streets are put together of a plant or a bird and a place. Such names exist,
// but hardly the one in the town where it is used here.
const (
	streetStems = `Schlehen Quitten Hasel Ulmen Holunder Distel Reiher Ginster Wacholder Kiebitz Hopfen Pirol Mispel
		Stieglitz Eiben Zeisig Sanddorn Schwalben Kornelkirsch Rotkehlchen Salbei Hainbuchen Eisvogel Lavendel`
	streetEnds = `rain winkel hang steig grund blick halde ufer weg gasse`
)

// abroad are addresses of those who work here and live elsewhere, with the
// country codes of DEÜV annex 8.
var abroad = []struct{ postcode, city, country string }{
	{"5020", "Salzburg", "A"},
	{"6900", "Bregenz", "A"},
	{"8280", "Kreuzlingen", "CH"},
	{"67000", "Straßburg", "F"},
	{"69-100", "Słubice", "PL"},
	{"7511 JX", "Enschede", "NL"},
}

// Telephone numbers that Bundesnetzagentur keeps free for media productions
// (Mitteilung 148/2021, Amtsblatt 7/2021): nobody answers them. The three or two
// last digits are drawn.
var (
	landlines = []string{"+49 30 23125", "+49 69 90009", "+49 40 66969", "+49 221 4710", "+49 89 99998"}
	mobiles   = []string{"+49 171 39200", "+49 176 040690"}
)

// mailDomains are reserved for examples (RFC 2606, 3): no mail arrives.
var mailDomains = []string{"example.org", "example.net", "example.com"}
