"""Names from Asia and the Middle East: most common first, `_` for a space."""

PUNJABI_WOMEN = """
Harpreet Manpreet Jaspreet Kulwinder Baljit Gurpreet Amandeep Sukhwinder Navdeep Kiran Simran
Parminder
Rajinder Jasvinder Ravinder Hardeep Satwinder Balvinder Kamaljit Jasleen
"""
PUNJABI_MEN = """
Gurpreet Harjit Jaswinder Sukhdeep Amarjit Balbir Daljit Gurdeep Hardeep Inderjit Jagdeep Kuldeep
Manjit Navtej Parminder Ranjit Satnam Surinder Tejinder Amrik Gurcharan
"""
PUNJABI_FAMILIES = """
Singh Kaur Gill Sandhu Dhillon Sidhu Grewal Bains Sangha Dhaliwal Johal Atwal Uppal Virdee Sahota
Bhogal Chahal Rai Purewal Matharu Hayer Mann Basra Dosanjh Kang Nijjar Sohal Toor
"""
GUJARATI_WOMEN = """
Priya Hetal Bhavna Nisha Meera Hina Jyoti Rekha Daksha Bhavini Kalpana Sonal Dipti Nita Pooja Heena
Jayshree Minal Trupti Urvi Alpa
"""
GUJARATI_MEN = """
Nilesh Jayesh Hitesh Bhavesh Sanjay Kirit Dinesh Mukesh Pankaj Amit Chirag Dhruv Harshad Ketan Mehul
Nikhil Paresh Rakesh Sunil Vijay Jignesh Himanshu
"""
GUJARATI_FAMILIES = """
Patel Shah Desai Mistry Parmar Chauhan Solanki Modi Mehta Joshi Amin Bhatt Dave Gandhi Kotecha Lad
Lakhani Pandya Raval Rathod Sheth Thakkar Trivedi Vaghela Vora Popat Madhvani
"""
BENGALI_WOMEN = """
Fatema Nasrin Rahima Shahanara Sultana Taslima Nazma Rukhsana Ayesha Farzana Halima Jannatul Momtaz
Runa Salma Shirin Sharmin Nargis Sabina Moumita Sharmistha
"""
BENGALI_MEN = """
Mohammed Abdul Shah Md Rafiqul Nurul Shafiqul Kamal Jamal Anwar Faruk Habibur Mizanur Shamim Tariq
Rezaul Aminul Ashraful Monir Sujit Subrata Debashish
"""
BENGALI_FAMILIES = """
Begum Miah Ali Uddin Ahmed Rahman Islam Hussain Khatun Khanom Chowdhury Hoque Alam Choudhury Haque
Sarkar Das Roy Talukdar Mondal Chatterjee Banerjee Mukherjee Bhattacharya Ghosh Sen Bose Dutta
"""
PAKISTANI_WOMEN = """
Aisha Fatima Saima Nadia Sadia Rabia Shazia Samina Farah Asma Amina Bushra Zainab Maryam Hina Iqra
Rukhsana Nasreen Tahira Uzma Yasmin Zara Mehwish Sana Humaira Noreen Kiran Khadija
"""
PAKISTANI_MEN = """
Mohammed Muhammad Imran Asif Tariq Khalid Nadeem Shahid Usman Bilal Hamza Adnan Faisal Zahid Amjad
Kashif Omar Waqas Zubair Rizwan Sajid Naveed Javed Arshad Mohammad Saqib Yasir Haroon Junaid
"""
PAKISTANI_FAMILIES = """
Khan Hussain Ahmed Ali Akhtar Malik Mahmood Iqbal Shah Bibi Begum Mirza Butt Aslam Ashraf Chaudhry
Raja Sheikh Qureshi Rehman Hussein Rashid Javed Nawaz Parveen Siddiqui Mughal Bhatti Zaman Akram
Kauser Yousaf Zafar Anwar Syed Rafiq Saleem Tahir Ul-Haq Awan Abbasi Farooq Bukhari
"""
HINDI_WOMEN = """
Anjali Sunita Neha Pooja Kavita Deepika Ritu Shweta Anita Swati Divya Rashmi Nandini Aditi Isha
"""
HINDI_MEN = """
Rahul Amit Rajesh Sanjay Vikram Anil Ashok Deepak Rohit Arjun Vivek Manish Gaurav Suresh Aditya
"""
HINDI_FAMILIES = """
Sharma Kumar Gupta Verma Agarwal Mishra Singh Jain Kapoor Malhotra Khanna Chopra Bhatia Arora Mehra
Saxena Srivastava Tiwari Pandey Yadav Chaudhary Rathore Kulkarni Deshpande Patil Joshi Naik Shetty
"""
TAMIL_WOMEN = """
Priya Lakshmi Kavitha Meena Shanthi Thulasi Vasuki Sivagami Kamala Nirmala Abirami Anitha Dharshini
Gayathri Mathangi Nilani Sharmila Tharani
"""
TAMIL_MEN = """
Suresh Ravi Kumaran Senthil Siva Ganesh Mathan Nadarajah Pradeep Rajan Sanjeev Thayaparan Vignesh
Yogan Aravind Karthik Murali Niranjan Ramanan
"""
TAMIL_FAMILIES = """
Sivakumar Rajaratnam Subramaniam Krishnan Thevarajah Nadarajah Selvarajah Balasubramaniam Ganesan
Kandiah Murugan Natarajan Pillai Raman Sritharan Thambiah Venkatesan Yogeswaran Iyer S K Chandran
Nair Menon Thomas Kurian Varghese Fernando Perera Jayawardena de_Silva Wickramasinghe Bandaranayake
"""
CHINESE_WOMEN = """
Li Xiaoling Yan Ying Mei Fang Jing Min Xia Hui Yu Na Lan Qing Xin Yuan Zhen Ting Rui Wenjing Xiuying
Lü Siqi Yutong Jiayi
"""
CHINESE_MEN = """
Wei Jun Ming Lei Qiang Hao Bin Jian Peng Tao Yang Bo Kai Long Gang Cheng Feng Zhiqiang Guoliang
Haoran Yichen Zihan Zhe
"""
CHINESE_FAMILIES = """
Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng Liang Xie
Song Tang Deng Feng Cao Peng Xiao Tian Dong Yuan Pan Lü Jiang Cai Yu Du Ye Wei Su Ouyang
"""
CANTONESE_WOMEN = """
Wai_Yin Mei_Ling Siu_Fong Ka_Yan Wing_Sze Suk_Yee Yuk_Ling Lai_Kuen Hoi_Ching Man_Yee Pui_Shan
Tsz_Ching
Karen Vivian Winnie Grace Connie Yan-Yan Carmen
"""
CANTONESE_MEN = """
Chi_Keung Siu_Ming Kwok_Wah Ka_Ho Wai_Man Chun_Kit Tsz_Hin Kin_Man Ho_Yin Yiu_Wah Man_Fai Hon-Wing
Raymond Kelvin Jackie Vincent Dennis
"""
CANTONESE_FAMILIES = """
Wong Chan Lee Cheung Lau Ng Ho Leung Lam Chow Tang Tsang Cheng Yeung Yip Fung Kwok Tse Mak Lo Hui
Choi Kwan Poon Siu Ma To Au-Yeung Szeto Au Yu Ip So
"""
VIETNAMESE_WOMEN = (
    "Thị_Lan Hương Linh Mai Thảo Phương Ngọc Trang Hạnh Thúy Kim_Anh Bích_Ngọc Hà Yến"
)
VIETNAMESE_MEN = "Minh Văn_Hùng Tuấn Đức Quang Hải Long Thành Dũng Khánh Huy Đình_Phúc Sơn Việt"
VIETNAMESE_FAMILIES = (
    "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Nguyen Tran Le"
)
FILIPINO_WOMEN = """
Maria Jennifer Rosario Cherry Marites Lourdes Analyn Rowena Grace Divina Luzviminda Joy
"""
FILIPINO_MEN = "Jose Mark John_Paul Ramon Rodel Ernesto Jericho Rommel Noel Ariel Benjie Danilo"
FILIPINO_FAMILIES = """
Santos Reyes Cruz Bautista Ocampo Garcia Mendoza Torres Flores Ramos Dela_Cruz De_los_Reyes Aquino
Villanueva Peña Macaraeg Dimaculangan Salonga Pangilinan Manalo
"""
EAST_WOMEN = """
Yuki Akiko Naoko Emi Haruka Ji-woo Min-jeong Soo-yeon Eun-ji Sakura Thida Nicha Saya Siti
"""
EAST_MEN = """
Kenji Takashi Hiroshi Daisuke Min-ho Sung-min Ji-hoon Shōta Ryō Somchai Jae-won Kaito Ahmad
"""
EAST_FAMILIES = """
Tanaka Suzuki Sato Kim Lee Park Watanabe Choi Itō Yamamoto Nakamura Jung Kang Kobayashi Ōno Yoon
Lim Tan Goh Teo Koh Gurung Thapa Rai Limbu Shrestha Tamang Pun Adhikari Rinpoche-Lama Bin_Rahim
"""
ARABIC_WOMEN = """
Fatima Mariam Layla Noor Huda Rania Zeinab Salma Amal Hanan Dina Iman Nadia Samira Yasmine Rasha
Sawsan Khadija Ghada Hala Malak Farah
"""
ARABIC_MEN = """
Ahmed Mohamed Ali Hassan Omar Khaled Youssef Ibrahim Mahmoud Mustafa Karim Tarek Samir Nasser Walid
Hussein Bassam Fadi Hisham Rami Ziad Anas Yahya
"""
ARABIC_FAMILIES = """
Hassan Ali Ahmed Mohamed Ibrahim Mahmoud Hussein Al-Hassan El-Sayed Khalil Mansour Saleh Haddad
Al-Rashid Nasser Aziz Abdullah Al-Jabiri El-Amin Benali Ben_Youssef Bouazza Farouk Hamdan Jaber
Khoury Al-Masri Najjar Qasim Sabbagh Shaheen Tawfiq Younis Zaki Al-Tamimi Abd_al-Rahman Boutros
"""
IRANIAN_WOMEN = """
Maryam Zahra Shirin Nasrin Leila Parisa Azadeh Mahsa Niloofar Roya Soraya Freshta Shilan Zarmina
"""
IRANIAN_MEN = """
Reza Ali Hossein Mehdi Amir Behrouz Dariush Farhad Kaveh Majid Navid Siavash Ahmad Rebwar Najib
"""
IRANIAN_FAMILIES = """
Mohammadi Hosseini Ahmadi Karimi Rezaei Moradi Jafari Rahimi Hashemi Ebrahimi Sadeghi Kazemi Azizi
Farahani Tehrani Esfahani Golzar Noori Zadeh-Ardalan Amiri Stanekzai Wardak Barzani-Aziz Popal Safi
"""
