package practice

// origin is where the names of a household come from, not where its people were
// born.
type origin struct {
	name string
	// share in 1000 households.
	share int
	// european: identity cards of the state exist that prove identity here.
	european bool
	given    []givenNames
	// surnames with two forms are written man's/woman's; a prefix of its own is
	// set apart by a plus: El+Amrani.
	surnames string
}

// german is the origin of most; its share is what the others leave.
const german = "german"

var origins = []origin{
	{name: german, share: 765, given: germanGivenNames, surnames: germanSurnames},
	{
		name: "turkish", share: 55, given: []givenNames{
			{
				1985, `Fatma Ayşe Emine Hatice Zeynep Elif Meryem Şerife Sultan Gülsüm Zeliha Hülya Songül Nurcan Sevgi Aysel Filiz`,
				`Mehmet Mustafa Ahmet Ali Hüseyin Hasan İbrahim İsmail Osman Murat Yusuf Ömer Ramazan Halil Süleyman Recep Cemal`,
			},
			{
				9999, `Elif Zeynep Defne Merve Büşra Esra Kübra Selin Derya Melisa Ebru Aylin Ceren İrem Dilara Ecrin Nisa`,
				`Emre Can Burak Yusuf Eymen Mert Kerem Enes Emir Deniz Onur Serkan Umut Ömer Furkan Çağan Tolga`,
			},
		},
		surnames: `Yılmaz Kaya Demir Çelik Şahin Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin Kara Koç
			Kurt Özkan Şimşek Polat Korkmaz Erdoğan Güneş Özçelik Bulut Güler Yavuz`,
	},
	{
		name: "polish", share: 42, european: true, given: []givenNames{
			{
				1980, `Anna Maria Katarzyna Małgorzata Agnieszka Krystyna Barbara Ewa Elżbieta Zofia Teresa Joanna Bożena Halina`,
				`Jan Andrzej Piotr Krzysztof Stanisław Tomasz Paweł Józef Marcin Marek Grzegorz Jerzy Zbigniew Wojciech`,
			},
			{
				9999, `Julia Zuzanna Zofia Hanna Lena Maja Oliwia Alicja Natalia Aleksandra Kinga Weronika Łucja`,
				`Jakub Antoni Szymon Filip Kacper Mikołaj Adam Mateusz Dawid Kamil Łukasz Michał Bartosz`,
			},
		},
		surnames: `Nowak Kowalski/Kowalska Wiśniewski/Wiśniewska Wójcik Kowalczyk Kamiński/Kamińska Lewandowski/Lewandowska
			Zieliński/Zielińska Szymański/Szymańska Woźniak Dąbrowski/Dąbrowska Kozłowski/Kozłowska Mazur Jankowski/Jankowska
			Krawczyk Piotrowski/Piotrowska Grabowski/Grabowska Pawłowski/Pawłowska Król Wróbel Gołąb Żak Stępień`,
	},
	{
		name: "slavic", share: 46, given: []givenNames{
			{
				1985, `Olga Tatjana Irina Svetlana Natalia Elena Ludmilla Galina Valentina Oksana Nadeschda Larissa Tetiana Halyna`,
				`Sergej Alexander Viktor Wladimir Nikolaj Andrej Waldemar Eugen Oleksandr Mykola Jurij Anatolij Dmitrij Witalij`,
			},
			{
				9999, `Anastasia Sofia Polina Daria Alina Kateryna Mariia Yelyzaveta Veronika Milana Viktoria Solomiia`,
				`Maksim Artem Daniil Dmytro Kyrylo Mark Timofej Bohdan Nikita Ivan Roman Illia`,
			},
		},
		surnames: `Iwanow/Iwanowa Schewtschenko Petrow/Petrowa Kovalenko Smirnow/Smirnowa Bondarenko Kusnezow/Kusnezowa Tkachenko
			Popow/Popowa Kravchenko Sokolow/Sokolowa Oliinyk Wolkow/Wolkowa Melnyk Pawlow/Pawlowa Boiko Fjodorow/Fjodorowa
			Lysenko Morosow/Morosowa Rudenko Schmidt Miller Klassen Wiens`,
	},
	{
		name: "arabic", share: 38, given: []givenNames{
			{
				9999, `Fatima Aisha Maryam Khadija Layla Nour Amina Rania Samira Zainab Hala Rasha Salma Yasmin Hanan Lubna`,
				`Mohammad Ahmad Ali Omar Hassan Khaled Mahmoud Youssef Ibrahim Abdullah Mustafa Tarek Hussein Bilal Rami Karim`,
			},
		},
		surnames: `Al-Khatib El+Amrani Haddad Al-Masri Khalil Ben+Salah Al-Hassan Hamdan El+Idrissi Saleh Nasser Darwish Al-Ahmad
			Aziz Mansour Abu+Zaid Kassem Shaheen Bouazza Al+Sayed Othman Qasim Taha Zidan`,
	},
	{
		name: "italian", share: 21, european: true, given: []givenNames{
			{
				9999, `Maria Giulia Francesca Rosa Chiara Giuseppina Antonella Sofia Aurora Lucia Paola Carmela Alessia Concetta`,
				`Giuseppe Antonio Salvatore Luca Francesco Marco Domenico Alessandro Vincenzo Matteo Pasquale Nicolò Carmelo Paolo`,
			},
		},
		surnames: `Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti De+Luca Costa
			D’Angelo Di+Stefano D’Amico Lo+Presti Caruso La+Rosa`,
	},
	{
		name: "vietnamese", share: 9, given: []givenNames{
			{
				9999, `Thị+Lan Thị+Hoa Thị+Mai Thu+Hà Thị+Hương Minh+Anh Ngọc+Linh Thùy+Trang Lan+Anh Phương`,
				`Văn+Hùng Minh Văn+Nam Quang+Huy Đức+Anh Tuấn Hoàng+Long Văn+Dũng Quốc+Bảo Thành`,
			},
		},
		surnames: `Nguyễn Trần Lê Phạm Nguyen Hoàng Vũ Đặng Bùi Đỗ Tran Pham Ngô Le`,
	},
	{
		name: "other", share: 24, european: true, given: []givenNames{
			{
				9999, `Sofia Elena Ana Maria Ioana Marija Ivana Siobhan Aoife Astrid Ingrid Zsófia Kateřina Inês Danièle Eftychia`,
				`Andrei Nikola Ivan Marko Jovan Seán Liam Søren Bjørn László Jiří João François Georgios Rasmus Pádraig`,
			},
		},
		surnames: `O'Connor Popescu Ionescu Jovanović Petrović Horvat Babić Papadopoulos/Papadopoulou van+Dijk van+der+Berg de+Vries
			Nagy Szabó Novák/Nováková Dvořák/Dvořáková Sørensen Åkesson García Fernández da+Silva Gonçalves N'Diaye O’Brien
			Berisha Gashi Krasniqi Hoxha Lefèvre L’Hermitte MacDonald`,
	},
}
