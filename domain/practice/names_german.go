package practice

// The lists of this file begin with the most frequent name; see [ranked].

// germanSurnames hold every spelling of what sounds alike at a counter: Meyer,
// Meier, Maier, Mayer; Schmidt, Schmitt, Schmid, Schmitz; Müller, Mueller.
const germanSurnames = `
Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann
Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann
Braun Krüger Hofmann Hartmann Lange Schmitt Werner Schmitz Krause Meier
Lehmann Schmid Schulze Maier Köhler Herrmann König Walter Mayer Huber
Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert
Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz
Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin
Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich
Brandt Haas Schreiber Graf Schulte Dietrich Ziegler Kuhn Kühn Pohl
Engel Horn Busch Bergmann Voigt Sauer Arnold Wolff Pfeiffer Ernst
Hübner Lindner Thiel Kramer Franz Jansen Hansen Beyer Seifert Barth
Ritter Kühne Nowak Riedel Haase Stephan Böttcher Grimm Ullrich Beckmann
Brückner Mueller Langer Schramm Fiedler Wenzel Ehlers Kern Burger Reuter
Pfaff Döring Hermann Nagel Kirchner Sander Stark Paul Münch Schiller
Wilhelm Bischoff Rose Blum Kurz Wendt Gebhardt Reinhardt Hein Eckert
Mühlbauer Förster Bender Hess Noack Kunze Heinz Marx Dörr Heller
Bachmann Gärtner Stahl Wirth Rapp Steiner Reichert Kolb Metzger Eder
Geiger Mann Zeller Link Popp Hirsch Mohr Bock Ott Fink
Strauß Wild Unger Brunner Moser Ebert Opitz Rösch Zink Lutz
Holz Thoma Endres Göbel Nickel Schlegel Hauck Dietz Schick Merkel
Muehlbauer Baier Fritsch Rieger Betz Adler Ackermann Doll Weigand Rauch
Hamann Kempf Löffler Riemer Sievers Lohmann Petersen Carstens Behrens Harms
Feldmann Krebs Reimann Pape Ahrens Lindemann Rohde Wiese Michel Probst
Mühlhaus Büttner Scherer Hertel Kaufmann Trautmann Völker Zahn Amend Dürr
Oßwald Full Grün Rüger Emmerich Issing Kuhnert Deppisch Wehner Zorn
Münster Schraut Barthel Firsching Väth Stürmer Roos Weinmann Ruppert Müllner
Tränkner Straßburger Kießling Jähnig Höfling Bäumler Österle Übler Öhrlein Geßner`

// givenNames are names by year of birth, from the years before up to and
// without the year of the entry.
type givenNames struct {
	before int
	women  string
	men    string
}

var germanGivenNames = []givenNames{
	{
		1940, `Ursula Ingeborg Gerda Hildegard Edith Ilse Gisela Lieselotte Irmgard Helga Elfriede Waltraud Anna Maria
		Erika Margarete Ruth Christa Hannelore Elisabeth Herta Käthe Frieda Gertrud Rosemarie Brunhilde`,
		`Hans Günter Heinz Werner Karl Gerhard Horst Helmut Kurt Walter Herbert Rudolf Heinrich Josef Ernst
		Otto Alfred Erich Wilhelm Siegfried Friedrich Johann Erwin Rolf Willi Karl-Heinz`,
	},
	{
		1950, `Renate Karin Ingrid Christa Monika Helga Gisela Ursula Brigitte Heidemarie Bärbel Elke Rosemarie Barbara
		Erika Hannelore Marianne Christel Jutta Gudrun Sigrid Edeltraud Margit Rita Anneliese Heike`,
		`Hans Peter Klaus Jürgen Wolfgang Dieter Manfred Uwe Günter Horst Karl-Heinz Hans-Jürgen Bernd Werner
		Rainer Gerhard Helmut Heinz Rolf Siegfried Karl Dietmar Hartmut Volker Ulrich Hans-Peter`,
	},
	{
		1960, `Monika Brigitte Sabine Angelika Renate Gabriele Ursula Petra Christine Karin Barbara Susanne Elke Marion
		Ute Heike Cornelia Birgit Martina Jutta Regina Andrea Beate Claudia Anita Roswitha`,
		`Michael Peter Klaus Wolfgang Thomas Jürgen Bernd Hans Manfred Rainer Werner Uwe Dieter Andreas Stefan
		Frank Norbert Joachim Ralf Reinhard Harald Gerhard Ulrich Detlef Karl-Heinz Hans-Joachim`,
	},
	{
		1970, `Sabine Susanne Petra Martina Andrea Birgit Claudia Heike Gabriele Anja Kerstin Silke Karin Ute Bettina
		Barbara Ulrike Annette Stefanie Christine Simone Kirsten Elke Anke Manuela Doris`,
		`Thomas Michael Andreas Stefan Frank Ralf Peter Jörg Martin Christian Markus Torsten Uwe Matthias Jens
		Dirk Holger Oliver Klaus Axel Bernd Carsten Volker Stephan Jürgen Ulrich`,
	},
	{
		1980, `Nicole Stefanie Sandra Katja Tanja Anja Claudia Melanie Daniela Nadine Christine Susanne Andrea Sonja
		Yvonne Katrin Silke Kathrin Simone Kerstin Heike Alexandra Britta Maren Ivonne Verena`,
		`Christian Stefan Michael Thomas Markus Andreas Alexander Sven Matthias Daniel Martin Marco Torsten Jan
		Oliver Sebastian Jens Thorsten Dirk Lars Frank Björn Mario Marc Tobias Holger`,
	},
	{
		1990, `Julia Stefanie Katharina Sarah Christina Anna Jennifer Melanie Kathrin Nadine Sabrina Nina Lisa Maria
		Sandra Jessica Laura Franziska Carolin Anne Daniela Eva Theresa Janina Miriam Svenja`,
		`Christian Daniel Sebastian Stefan Alexander Michael Florian Tobias Matthias Philipp Jan Thomas Benjamin
		Patrick Andreas Markus Martin Dennis Johannes Simon Marcel Fabian Felix David Björn Manuel`,
	},
	{
		2000, `Lisa Julia Laura Sarah Anna Lena Katharina Jana Johanna Vanessa Sophie Michelle Franziska Annika Lea
		Hannah Marie Jasmin Nina Alina Melina Carolin Jule Pia Antonia Selina`,
		`Jan Philipp Lukas Tobias Florian Kevin Niklas Alexander Daniel Felix Maximilian Tim Dominik Marcel
		Jonas Fabian Julian Simon Patrick Marvin Max David Nico Leon Moritz Robin`,
	},
	{
		2010, `Leonie Lea Lena Anna Hannah Sarah Emily Lara Laura Johanna Sophie Emma Marie Mia Lilly Nele Amelie Lina
		Leni Clara Charlotte Luisa Maja Emilia Jana Pauline`,
		`Leon Lukas Luca Finn Jonas Tim Felix Maximilian Paul Niklas Elias Max Ben Julian Jan Moritz David
		Fabian Jannik Noah Simon Philipp Tom Nico Louis Henri`,
	},
	{
		9999, `Emma Mia Hannah Emilia Sophia Lina Marie Mila Ella Lea Clara Anna Leni Luisa Ida Frieda Mathilda Charlotte
		Lotta Leonie Johanna Greta Nele Amelie Malia Romy`,
		`Ben Noah Finn Paul Leon Elias Luis Matteo Felix Jonas Henry Emil Theo Anton Oskar Karl Jakob Leo
		Moritz Max Liam Maximilian Kurt Jonathan Levi Samuel`,
	},
}

// germanSecondNames follow a first one; they go with women and men of all ages.
const (
	germanSecondWomen = `Maria Elisabeth Anna Marie Sophie Katharina Luise Margarete Theresia Barbara`
	germanSecondMen   = `Johannes Josef Maria Georg Wilhelm Michael Friedrich Peter Karl Anton`
)

// neutralNames do not tell a sex; who is entered as x or d bears one of them.
const neutralNames = `Kim Robin Sascha Toni Alex Luca Mika Charlie`
