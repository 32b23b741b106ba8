"""Names from continental Europe and the Jewish communities: most common first, `_` for a space."""

POLISH_WOMEN = """
Anna Katarzyna Agnieszka Małgorzata Joanna Magdalena Monika Ewa Aleksandra Karolina Natalia Beata
Dorota Iwona Justyna Paulina Zuzanna Kinga Bożena Grażyna Elżbieta Łucja Weronika Żaneta
"""
POLISH_MEN = """
Piotr Krzysztof Andrzej Tomasz Paweł Michał Marcin Łukasz Jakub Mateusz Grzegorz Wojciech Adam
Mariusz Rafał Kamil Dariusz Zbigniew Jerzy Tadeusz Sławomir Przemysław Bartosz Maciej Szymon
Stanisław
"""
POLISH_FAMILIES = """
Nowak Kowalski Wiśniewska Wójcik Kowalczyk Kamińska Lewandowski Zielińska Szymański Woźniak
Dąbrowski
Kozłowska Jankowski Mazur Kwiatkowska Krawczyk Piotrowski Grabowska Pawłowski Michalska Zając Król
Wieczorek Jabłońska Wróbel Nowakowski Majewska Olszewski Stępień Jaworska Malinowski Adamczyk Górska
Pawlak Sikora Baran Rutkowski Szewczyk Pietrzak Błaszczyk Żak Sadowska Gołębiewski
Brzęczyszczykiewicz
"""
ROMANIAN_WOMEN = """
Maria Elena Ana Ioana Andreea Mihaela Cristina Alexandra Gabriela Daniela Simona Raluca Ștefania
Roxana Mădălina Carmen Anca Florentina Loredana Corina Bianca Oana
"""
ROMANIAN_MEN = """
Andrei Alexandru Mihai Ionuț Cristian Florin Adrian Bogdan Marius Gheorghe Vasile Ștefan Răzvan
Cătălin Dragoș Radu Sorin Costel Nicolae Liviu Octavian Vlad
"""
ROMANIAN_FAMILIES = """
Popa Popescu Ionescu Radu Dumitru Stan Stoica Gheorghe Matei Ciobanu Rusu Constantin Marin Lazăr
Munteanu Florea Șerban Dinu Moldovan Oprea Tudor Ungureanu Bălan Cozma Nistor Păun Țurcanu Vlăsceanu
"""
IBERIAN_WOMEN = """
Maria Ana Carmen Inês Beatriz Catarina Lucía Marta Sofía Joana Paula Isabel Cristina Mónica Rocío
Pilar Raquel Begoña Íñiga Conceição Graça Núria Montserrat Teresa Filipa Leonor Mariana
"""
IBERIAN_MEN = """
José João António Manuel Carlos Miguel Pedro Luís Javier Jorge Rui Nuno Tiago Álvaro Andrés Diego
Fernando Gonçalo Iñaki Joaquim Joaquín Jesús Xavier Raúl Sérgio Vasco Rodrigo Bruno
"""
IBERIAN_FAMILIES = """
Silva García Santos Fernández Pereira López Ferreira Martínez Costa González Oliveira Rodríguez
Sousa
Pérez Rodrigues Sánchez Martins Gómez Gonçalves Ruiz Carvalho Díaz Almeida Muñoz Ribeiro Álvarez
Pinto Romero Lopes Torres dos_Santos Navarro da_Silva Domínguez Araújo Vázquez Teixeira Ramos
Mendes Castro Nunes Ortega Barbosa Iglesias Echeverría Ibáñez García_Márquez de_la_Cruz Núñez Peña
"""
ITALIAN_WOMEN = """
Giulia Chiara Francesca Elena Laura Paola Valentina Silvia Giovanna Lucia Carla Rosa
"""
ITALIAN_MEN = """
Marco Andrea Luca Giuseppe Antonio Paolo Stefano Matteo Nicolò Salvatore Pietro Enzo
"""
ITALIAN_FAMILIES = """
Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti De_Luca
Costa Giordano Mancini Rizzo Lombardi Moretti D'Angelo D'Amico Dell'Acqua Di_Stefano Caruso Nicolò
"""
FRENCH_WOMEN = """
Marie Sophie Céline Aurélie Élodie Hélène Chloé Anaïs Agnès Françoise Noémie Maëlle
"""
FRENCH_MEN = """
Jean Pierre François Julien Rémi Jérôme Benoît Loïc Étienne Jean-Luc Jean-Paul Mathieu
"""
FRENCH_FAMILIES = """
Martin Bernard Dubois Thomas Robert Petit Durand Leroy Moreau Laurent Lefèvre Girard Fontaine
Rousseau
Lefebvre Chevalier Béranger Le_Gall d'Aubigny de_Villiers Desprès Gauthier L'Hermitte Thévenot Noël
"""
GERMAN_WOMEN = """
Anna Julia Katrin Sabine Anja Birgit Jürgen-Maria Ulrike Käthe Heike Nadine Dörte Silke
"""
GERMAN_MEN = """
Thomas Stefan Jürgen Jörg Björn Matthias Lukas Günter Klaus Wolfgang Sven Axel Uwe Götz
"""
GERMAN_FAMILIES = """
Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer
Richter
Klein Wolf Schröder Neumann Schwarz Zimmermann Krüger Weiß Vogel Jäger von_Hartmann zu_Wied Groß
"""
DUTCH_WOMEN = """
Anouk Femke Lotte Marijke Sanne Saskia Ilse Maaike Fleur Loes Mieke Roos Esmée Noor
"""
DUTCH_MEN = """
Jan Pieter Willem Bas Joost Sander Ruben Daan Jeroen Maarten Koen Thijs Wouter André
"""
DUTCH_FAMILIES = """
de_Jong Jansen de_Vries van_der_Berg Bakker van_Dijk Visser Smit Meijer de_Boer Mulder de_Groot Bos
Vos Peters Hendriks van_Leeuwen Dekker Brouwer de_Wit van_den_Heuvel van_der_Meer 't_Hart Claes
"""
NORDIC_WOMEN = """
Ingrid Astrid Anna Kirsten Freja Linnéa Solveig Åsa Mette Sigrún Þóra Maja Päivi Aino
"""
NORDIC_MEN = """
Lars Erik Anders Søren Bjørn Håkon Jón Magnus Nils Mikko Jørgen Åke Øystein Einar Þór
"""
NORDIC_FAMILIES = """
Hansen Johansen Olsen Larsen Andersen Pedersen Nilsson Johansson Andersson Karlsson Lindström Åberg
Sørensen Kjær Østergaard Møller Virtanen Korhonen Mäkinen Jónsdóttir Guðmundsson Björnsson Bødker Ås
"""
GREEK_WOMEN = """
Maria Eleni Katerina Georgia Androulla Despina Chrysoula Panayiota Stavroula Eirini Athina
"""
GREEK_MEN = """
Andreas Georgios Nikos Costas Kyriacos Panayiotis Stavros Christos Michalis Dimitris Savvas
"""
GREEK_FAMILIES = """
Georgiou Christodoulou Charalambous Ioannou Papadopoulos Nicolaou Demetriou Constantinou Andreou
Michael Hadjigeorgiou Kyriacou Panayiotou Stylianou Theodorou Antoniou Pavlou Papageorgiou Loizou
"""
TURKISH_WOMEN = """
Ayşe Fatma Emine Zeynep Elif Özlem Gülşen Şebnem Hülya Meryem Esra Çiğdem Sevgi Nur Aslı
"""
TURKISH_MEN = """
Mehmet Mustafa Ahmet Ali Hasan Hüseyin İbrahim Osman Murat Emre Çağlar Ömer Kemal Uğur Tuncay
"""
TURKISH_FAMILIES = """
Yılmaz Kaya Demir Çelik Şahin Yıldız Yıldırım Öztürk Aydın Özdemir Arslan Doğan Kılıç Aslan Çetin
Kara Koç Kurt Özkan Şimşek Polat Korkmaz Erdoğdu Güneş Aksoy Bozkurt Hassan Mehmet
"""
UKRAINIAN_WOMEN = """
Olena Iryna Oksana Natalia Tetiana Yuliia Kateryna Anastasiia Svitlana Larysa Halyna Solomiya
"""
UKRAINIAN_MEN = """
Oleksandr Andrii Serhii Mykola Volodymyr Dmytro Taras Bohdan Vasyl Yurii Ostap Maksym
"""
UKRAINIAN_FAMILIES = """
Melnyk Shevchenko Kovalenko Boiko Bondarenko Tkachenko Kravchenko Kovalchuk Oliynyk Shevchuk Koval
Polishchuk Lysenko Rudenko Moroz Petrenko Savchenko Marchenko Hrytsenko Zaliznyak Horobets Sydorenko
"""
BALTIC_WOMEN = """
Rasa Jurgita Inga Līga Kristīna Eglė Aistė Daiva Ieva Anita Žaneta Austėja Maarja Liis
"""
BALTIC_MEN = """
Tomas Mindaugas Jānis Andris Darius Žydrūnas Gintaras Kārlis Raimonds Vytautas Tõnu Šarūnas
"""
BALTIC_FAMILIES = """
Kazlauskas Jankauskienė Petrauskas Bērziņš Kalniņa Ozoliņš Stankevičius Žukauskas Balčiūnas Liepiņa
Krūmiņš Butkus Paulauskaitė Urbonas Jansons Tamm Saar Sepp Kask Õunapuu
"""
CENTRAL_WOMEN = """
Katalin Zsuzsanna Petra Jana Lenka Tereza Éva Ágnes Zuzana Veronika Ildikó Markéta Ivana Milica
"""
CENTRAL_MEN = """
László István Gábor Zoltán Tomáš Jiří Petr Pavel Martin Georgi Ivan Dimitar Attila Ondřej Goran
"""
CENTRAL_FAMILIES = """
Nagy Kovács Tóth Szabó Horváth Novák Svoboda Dvořák Černý Procházková Ivanov Georgieva Dimitrov
Petrov Hoxha Krasniqi Jovanović Petrović Kovačević Marić Horvatová Varga Molnár Németh Baláž Ďurica
"""
JEWISH_WOMEN = """
Rachel Miriam Leah Esther Hannah Naomi Ruth Tamar Shoshana Deborah Sarah Talia Judith Batya
"""
JEWISH_MEN = """
David Daniel Joshua Benjamin Adam Saul Aaron Jonathan Ezra Nathan Simon Reuben Eitan Avi Moshe
"""
JEWISH_FAMILIES = """
Cohen Levy Goldberg Friedman Goldstein Kaplan Bernstein Rosenberg Katz Shapiro Green Silver Rosen
Levine Franks Abrahams Benjamin Solomon Jacobs Isaacs Marks Samuels Lewis Harris Lazarus Pinto
Sassoon-Levy Mocatta Feldman Glick Sugarman Wolfson Zeitlin Ben-Ami Halevy
"""
