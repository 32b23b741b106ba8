"""Names from Africa and the Caribbean: most common first, `_` for a space."""

YORUBA_WOMEN = """
Folake Yetunde Funmilayo Titilayo Bukola Adenike Omolara Temitope Ayodele Abimbola Oluwaseun Ronke
Morenike Adunni Bolanle Ìyábọ̀ Modupe Simisola Damilola Kehinde Taiwo
"""
YORUBA_MEN = """
Oluwaseun Babatunde Adebayo Olumide Ayodeji Tunde Femi Kayode Segun Gbenga Adewale Olamide Rotimi
Kunle Dayo Taiwo Kehinde Akin Bọ́lá Temidayo Tobi
"""
YORUBA_FAMILIES = """
Adeyemi Adebayo Ogunleye Akinola Oladipo Afolabi Adeleke Ojo Balogun Bello Ajayi Adesina Olatunji
Oyelaran Akande Fashola-Ade Ogundipe Adegoke Olawale Babalola Alabi Oyebanji Omotoso Ayinde Oluwole
Adekunle Sowande Ogunbanjo Akinyemi Olusanya
"""
IGBO_WOMEN = """
Chioma Ngozi Adaeze Ifeoma Nkechi Chiamaka Obiageli Uchenna Amaka Ezinne Onyinye Nneka Chinwe
Adaobi
"""
IGBO_MEN = """
Chukwuemeka Emeka Obinna Ikechukwu Chinedu Kelechi Uche Ifeanyi Nnamdi Okechukwu Chidi Ebuka
Tochukwu
"""
IGBO_FAMILIES = """
Okafor Okonkwo Eze Nwosu Okeke Obi Onyekachi Nwachukwu Igwe Ezeudu Anyanwu Chukwu Ibekwe Madu
Nnamani
Obiora Okoye Onwuka Udeh Uzor Agu Azubuike Nwankwo Mbah Edet Effiong Bassey Etim Danjuma Musa
Abubakar
Okoro Osagie Ehigie Omoruyi
"""
GHANAIAN_WOMEN = """
Akosua Abena Ama Efua Adwoa Esi Afia Yaa Akua Adjoa Araba Mercy Comfort Gifty Beatrice Vida
"""
GHANAIAN_MEN = """
Kwame Kofi Yaw Kwabena Kwaku Kojo Kwasi Ebo Nana Fiifi Emmanuel Isaac Samuel Ebenezer Prince
"""
GHANAIAN_FAMILIES = """
Mensah Owusu Boateng Osei Asante Appiah Addo Adjei Agyeman Amoah Ansah Antwi Asamoah Boakye Darko
Frimpong Gyamfi Ofori Opoku Sarpong Tetteh Quaye Acheampong Aidoo Ampofo Bonsu Donkor Nkrumah-Asare
Yeboah Kamara Sesay Conteh Bangura Koroma Jallow Ceesay Touré Diallo N'Diaye Koné N'Guessan
"""
SOMALI_WOMEN = """
Amina Hodan Ifrah Sahra Fadumo Halimo Khadra Nasra Asha Hawa Ubah Deqa Ayaan Faiza Sagal
"""
SOMALI_MEN = """
Mohamed Abdi Ahmed Abdirahman Hassan Yusuf Farah Ismail Liban Mahad Bashir Guled Jama Nuur
"""
SOMALI_FAMILIES = """
Mohamed Ali Ahmed Hassan Abdi Farah Warsame Omar Jama Nur Yusuf Osman Adan Hersi Elmi Duale Roble
Aden Isse Guled Samatar Egal Dirie Tesfaye Bekele Haile Gebremedhin Tadesse Woldemariam Alemu Kidane
"""
EASTERN_WOMEN = """
Grace Wanjiru Faith Mercy Achieng Nyambura Ruth Tendai Rudo Chipo Tsitsi Nomsa Thandiwe Lerato
Naledi
Nakato Akello Namukasa Chanda Mutale Beatrice Joyce Nyasha
"""
EASTERN_MEN = """
Peter Kamau Otieno Joseph Brian Tendai Tafadzwa Farai Tinashe Sipho Thabo Bongani Mukasa Okello Kato
Mwangi Kipchoge Chilufya Bwalya Takudzwa Innocent Blessing Givemore
"""
EASTERN_FAMILIES = """
Mwangi Otieno Ochieng Kamau Wanjiku Njoroge Kariuki Odhiambo Kimani Moyo Ncube Ndlovu Sibanda Dube
Mpofu Chikwanha Mutasa Chirwa Banda Phiri Mwale Zulu Tembo Nkosi Dlamini Mokoena Mukasa Okello
Nsubuga
Ssempijja Lubega Mugisha Habimana Uwimana Ng'ang'a Ng'eno Mulenga van_Wyk Botha Naidoo Govender
"""
CARIBBEAN_WOMEN = """
Sharon Marcia Yvonne Beverley Paulette Claudette Monique Simone Natasha Keisha Shanice Latoya
Jasmine
Merlene Hyacinth Precious Gloria Marva Althea Dionne Tanisha Chantal Jade Leticia Shaniqua Nadine
"""
CARIBBEAN_MEN = """
Winston Delroy Errol Leroy Trevor Devon Marlon Jermaine Andre André Clifton Carlton Lloyd Tyrone
Curtis
Dwayne Marcus Nathaniel Neville Rohan Desmond Horace Wendell Kemar Jerome Isaiah Linton
"""
CARIBBEAN_FAMILIES = """
Campbell Brown Williams Grant Gordon Francis Clarke Reid Thomas Morgan Lewis Powell Bailey Morrison
Edwards Joseph Charles James Henry Alexander Pierre Baptiste St_Louis Samuel Augustine Blackwood
Bogle Cummings Dacosta Duncan Fearon Gayle Hylton Johnson Lindo McKenzie McIntosh Nembhard Pinnock
Ricketts Salmon Swaby Walters Wint Ramsaran Mohammed Persaud Ramdin Singh Maharaj Boodram Ali Khan
"""
