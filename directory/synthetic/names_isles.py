"""Names from the British Isles: most common first, `_` for a space."""

ENGLISH_WOMEN = """
Sarah Susan Emma Claire Helen Karen Julie Jane Nicola Rebecca Laura Rachel Alison Lisa Louise
Elizabeth Amanda Samantha Joanne Victoria Charlotte Katherine Amy Hannah Jennifer Lucy Michelle
Tracey Caroline Catherine Sharon Deborah Jessica Emily Sophie Gemma Kelly Margaret Anna Kate
Angela Jacqueline Lauren Natalie Alice Ruth Heather Wendy Diane Donna Anne Linda Christine Mary
Zoe Zoë Chloe Chloë Olivia Georgina Holly Katie Stephanie Abigail Megan Melanie Jo Lesley Dawn
Gillian Judith Hilary Penelope Philippa Rosemary Harriet Eleanor Grace Naomi Vanessa Suzanne Lynn
Beverley Maria Carole Sally Tina Maxine Teresa Barbara Patricia Pauline Valerie Janet Marion Joy
Frances Josephine Imogen Beatrice Florence Daisy Poppy Isobel Isabelle Phoebe Matilda Amelia Eliza
Bethany Kirsty Leanne Hayley Danielle Kerry Jodie Stacey Kimberley Toni Tanya Yvonne Annabel
Miranda Clara Verity Felicity Tabitha Cordelia Bryony Rosalind Marianne Nina Hazel Iris Ivy Pippa
Jemima Saffron Willow Robyn Tamsin Lorraine Denise Elaine Maureen Sheila Renée Chantelle Anne-Marie
Mary-Jane Sarah-Jane Emma-Louise Zoë-Louise Billie Frankie
"""

ENGLISH_MEN = """
John David James Andrew Paul Mark Stephen Michael Richard Peter Robert Simon Christopher Matthew
Daniel Thomas Jonathan Ian Martin William Nicholas Philip Steven Kevin Anthony Gary Neil Stuart
Adam Benjamin Alexander Timothy Edward George Joseph Samuel Charles Alan Graham Jack Ryan Luke
Keith Nigel Colin Adrian Lee Craig Jason Darren Carl Dean Robin Roger Geoffrey Trevor Barry Dominic
Oliver Harry Henry Jacob Joshua Callum Liam Jamie Ben Sam Tom Joe Nathan Aaron Sean Patrick Edmund
Julian Giles Rupert Hugh Toby Dylan Connor Kieran Kyle Scott Wayne Shaun Duncan Marcus Russell
Clive Derek Malcolm Norman Raymond Terence Brian Kenneth Leslie Roy Ronald Douglas Frank Stanley
Arthur Albert Frederick Alfred Walter Ernest Leonard Theodore Felix Jasper Miles Max Leo Louis
Sebastian Lewis Elliot Gareth Guy Crispin Piers Barnaby Humphrey Tobias Lawrence Vincent Victor
Damian Justin Glenn Howard Maurice Desmond Cecil Noel Ellis Jude Rory Alistair Bradley Jordan
Reece Spencer Zachary Francis Gerald Jeremy X Æ
"""

ENGLISH_FAMILIES = """
Smith Jones Taylor Williams Brown Davies Wilson Evans Johnson Thomas Roberts Wright Walker White
Thompson Green Hall Wood Harris Martin Jackson Clarke Turner Hill Cooper Ward Moore Baker Harrison
King Morris Allen Clark Lee Parker Cook Bennett Shaw Marshall Young Watson Richardson Carter
Mitchell Bailey Collins Adams Webb Rogers Cox Mills Hunt Chapman Ellis Foster Barker Knight Palmer
Matthews Barnes Fisher Dixon Holmes Pearson Mason Simpson Saunders Lloyd Butler Powell Russell
Fletcher Gibson Andrews Harvey Reynolds Elliott Holland Walsh Day Fox Brooks West Wells Payne Pearce
Burton Newman Gardner Lawson Stevens Atkinson Bradley Lane Cole Hart Hudson Barrett Bird Dean
Francis Carr Gilbert Gill Hopkins Spencer Stone Webster Cunningham Oliver Porter Booth Hawkins Perry
Hughes Arnold Dunn Perkins Nash Walters Jordan Freeman Warren Page Nicholls Bishop Barber Rose Lowe
May Long Marsh Potter Wallis Gregory Watts Sutton Burgess Berry Bates Cross Willis Robson Miles
Parsons Poole Norris Chambers Curtis Austin Bull Ball Abbott Read Osborne Hammond Manning Goodwin
Moss Frost Bond Cooke Howe Rowe Tucker Hewitt Short Field Bolton Fowler Griffin Stephenson Norton
Summers Woods Higgins Kirk Leach Winter Hope Pratt Flynn Buckley Burrows Little Peacock Sharp
Wilkins Vaughan Hyde Lamb Thorpe Pickering Sheppard Hodgson Ashton Bentley Hobbs Cartwright Dawson
Ford Garner Heath Hurst Ingram Jennings Kemp Lambert Metcalfe Naylor Oakley Pollard Quinn Rhodes
Skinner Tate Underwood Vincent Wade Yates Ackroyd Barraclough Birtwistle Blackburn Bottomley
Braithwaite Broadbent Brook Butterworth Clough Copley Crabtree Crossley Dewhurst Earnshaw Entwistle
Fairclough Gaskell Greenhalgh Greenwood Haigh Hargreaves Haworth Hirst Holroyd Illingworth Kershaw
Lumb Murgatroyd Nuttall Ogden Ormerod Pilkington Ramsbottom Rigby Rothwell Schofield Shuttleworth
Stansfield Sutcliffe Sykes Tattersall Thackeray Thwaite Turnbull Wadsworth Whittaker Winterbottom
Wolstenholme Pascoe Penrose Trelawney Tregenza Trevithick Polkinghorne Nance Chenoweth Angove Curnow
Rosewarne Bickerstaff Blenkinsop Charlton Dodds Elliot Featherstone Fenwick Forster Hedley Heslop
Milburn Ridley Robson-Hall Shafto Thirlwell Ashby Badger Bagshaw Beardsley Bramley Buxton Chatterton
Cheetham Cotterill Dabell Eaton Fretwell Godber Hallam Kirkby Leivers Marriott Oldershaw Pinder
Revill Shipley Sissons Staniland Tideswell Wheatcroft Aldous Bloomfield Borrett Catchpole Cutting
Death Garrod Kerridge Larter Mayhew Pettitt Rix Sayer Thurlow Utting Woolnough D'Arcy D'Eath De_Vere
St_John Fitzroy Fitzgerald Beaumont Devereux Montague Lovell Mandeville Talbot Neville Bovingdon
Cholmondeley Featherstonehaugh Marjoribanks Mainwaring Wriothesley Outhwaite Onions Sidebottom
Gotobed Pennyfather Drinkwater Makepeace Goodenough Toogood Truelove Merryweather Fairweather
Nightingale Partridge Peabody Bracegirdle Shakeshaft Wagstaff Golightly Godbehere
"""

SCOTTISH_WOMEN = """
Fiona Kirsty Catriona Morag Mairi Isla Eilidh Ailsa Shona Rhona Lorna Lesley Moira Aileen
Heather Sheena Elspeth Iona Kirsten Mhairi Senga Effie Marsaili Catrìona Beathag Una Jean Agnes
"""

SCOTTISH_MEN = """
Alasdair Angus Calum Ewan Fraser Gordon Gregor Hamish Iain Kenneth Lachlan Malcolm Murdo Neil
Rory Ross Ruaridh Scott Struan Stuart Alistair Archie Blair Bruce Cameron Campbell Craig Donald
Dougal Finlay Innes Keir Logan Magnus Murray Tavish Gavin Euan Niall Seumas Somhairle
"""

SCOTTISH_FAMILIES = """
Campbell Stewart MacDonald Robertson Anderson Scott Reid Murray Ross Paterson Morrison Ferguson
Cameron Fraser Hamilton McDonald MacLeod Graham Kerr Duncan Johnston Wallace Gordon Kelly Bell
Mackenzie Sinclair Sutherland MacKay Gunn Munro Grant Urquhart Farquharson Forbes Leslie Lindsay
Ogilvie Ramsay Crawford Cunninghame Douglas Dunbar Drummond Buchanan Colquhoun McIntosh MacIntyre
McGregor McKinnon McLean MacLean McNeil MacPherson MacRae McAllister McArthur McCall McCulloch
McEwan McFarlane McGill McGrath McKay McLaughlin McMillan McPhee McTavish Menzies Dalziel
Kirkpatrick
Abernethy Auchterlonie Balfour Carnegie Cruickshank Galbraith Geddes Gilchrist Heriot Imrie Kinnear
Laidlaw Moncrieff Nairn Oliphant Pringle Rutherford Strachan Tulloch Wemyss
"""

IRISH_WOMEN = """
Siobhán Aoife Niamh Ciara Sinéad Róisín Orla Gráinne Deirdre Bridget Maeve Clodagh Eimear Aisling
Fionnuala Nuala Bronagh Caoimhe Saoirse Éabha Áine Bríd Oonagh Geraldine Bernadette Majella
Dervla Sorcha Mairéad Noreen Siobhan Sinead Roisin Una Colette Dympna Marie-Claire
"""

IRISH_MEN = """
Seán Patrick Conor Ciarán Declan Brendan Dermot Eoin Fergal Kieran Liam Niall Padraig Ruairí
Cormac Donal Eamon Éamonn Finbarr Fintan Gearóid Oisín Tadhg Cathal Colm Darragh Diarmuid Séamus
Aidan Barry Brian Brendán Cillian Desmond Enda Malachy Pádraig Turlough Micheál Gerard
"""

IRISH_FAMILIES = """
Murphy Kelly O'Brien Walsh Byrne Ryan O'Connor O'Neill Doyle McCarthy Gallagher Doherty Kennedy
Lynch Murray Quinn Moore McLaughlin Carroll Connolly Daly Connell Wilson Dunne Brennan Burke
Collins Clarke Johnston Hughes Farrell Fitzgerald Nolan O’Brien O’Neill O'Sullivan O'Reilly
O'Donnell O'Callaghan O'Keeffe O'Leary O'Mahony O'Hara O'Dowd O'Kane O'Rourke Ó_Briain
Ó_Súilleabháin
Ní_Dhomhnaill Ní_Chonaill Mac_Giolla McGuinness McCann McKenna McCabe McDermott McGovern McManus
McAteer McAleese McCloskey McElroy McErlean McGuigan McIlroy McQuaid Maguire Magee Donnelly Devlin
Duffy Flanagan Foley Gilligan Hennessy Hegarty Keane Kearney Lavery Loughran Mallon Molloy
Mulholland
Nugent Power Rafferty Rooney Sheehan Sweeney Tierney Toner Treanor Bradley Cassidy Costello Coyle
"""

WELSH_WOMEN = """
Siân Rhiannon Angharad Bethan Carys Catrin Cerys Elin Ffion Gwen Gwenllian Heledd Lowri Mair Mari
Megan Meinir Menna Myfanwy Nerys Non Nia Olwen Rhian Sioned Tegan Delyth Eirlys Eleri Glenys
Gwyneth Haf Llinos Lleucu Manon Morfydd Seren Sian Ceridwen Branwen Tirion
"""

WELSH_MEN = """
Gareth Huw Rhys Dafydd Emyr Aled Alun Bryn Carwyn Dewi Dylan Elfed Emlyn Euros Geraint Gethin
Glyn Gruffudd Gruffydd Gwilym Gwyn Hywel Idris Ieuan Ifan Iolo Iorwerth Iwan Llew Llŷr Meirion
Meurig Morgan Osian Owain Owen Rhodri Siôn Steffan Tomos Trystan Wyn Ynyr Evan Ioan Macsen
"""

WELSH_FAMILIES = """
Jones Williams Davies Evans Thomas Roberts Lewis Hughes Morgan Griffiths Edwards Owen James Rees
Price Morris Richards Lloyd Phillips Jenkins Parry Powell Pritchard Rowlands Humphreys Watkins Ellis
Bowen Bevan Howells Harries Llewellyn Pugh Probert Prosser Vaughan Gwynne Meredith Mostyn Nicholas
Penry Pryce Pryse Tudor Yorath Treharne Gethin Glynne Cadwaladr ap_Rhys ab_Owain Gruffydd Bebb
Breeze
Cadogan Craddock Dafis Eynon Gough Havard Hopcyn Jarman Maddocks Onllwyn Sayce Swancott Trahearne
"""
