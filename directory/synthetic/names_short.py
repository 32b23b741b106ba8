"""Short and chosen names: what people are called at work instead of the name of record."""

_SHORT = """
Elizabeth: Liz Beth Libby Eliza | Katherine: Kate Kathy Kat | Catherine: Cath Cathy Kate
Margaret: Maggie Meg Peggy | Susan: Sue | Deborah: Debbie Deb | Jennifer: Jen Jenny
Victoria: Vicky Tori | Samantha: Sam | Amanda: Mandy | Rebecca: Becky Becca | Jessica: Jess
Charlotte: Charlie Lottie | Nicola: Nicky Nic | Jacqueline: Jackie Jacqui | Philippa: Pippa Pip
Penelope: Penny | Rosemary: Rosie | Christine: Chris Chrissie | Patricia: Pat Trish
Stephanie: Steph | Abigail: Abi | Georgina: Georgie | Alexandra: Alex Sasha | Josephine: Jo Josie
Andrew: Andy Drew | David: Dave | James: Jim Jamie Jimmy | Michael: Mike Mick | Richard: Rich Rick
Robert: Rob Bob Bobby | Christopher: Chris Kit | Matthew: Matt | Daniel: Dan Danny | Thomas: Tom
Jonathan: Jon Jonny | William: Bill Will Billy | Nicholas: Nick | Philip: Phil | Peter: Pete
Steven: Steve | Stephen: Steve | Anthony: Tony | Benjamin: Ben | Alexander: Alex Sandy
Timothy: Tim | Edward: Ed Ted Eddie | Joseph: Joe | Samuel: Sam | Charles: Charlie Chas
Geoffrey: Geoff | Kenneth: Ken | Ronald: Ron | Raymond: Ray | Terence: Terry | Frederick: Fred
Theodore: Theo Ted | Lawrence: Larry | Francis: Frank | Gareth: Gaz | Dafydd: Dai | Rhiannon: Rhi
Siobhán: Shiv | Patrick: Pat Paddy | Gurpreet: Gee | Harpreet: Harps | Mohammed: Mo
Muhammad: Mo | Mohamed: Mo | Abdul: Abs | Oluwaseun: Seun | Babatunde: Tunde | Adebayo: Bayo
Temitope: Temi | Damilola: Dami | Chukwuemeka: Emeka | Ikechukwu: IK | Agnieszka: Aga
Katarzyna: Kasia | Małgorzata: Gosia | Joanna: Asia | Krzysztof: Chris | Aleksandra: Ola
Oleksandr: Sasha | Kateryna: Katia | Wai_Yin: Wendy | Mei_Ling: May | Siu_Ming: Raymond
Chi_Keung: Ken | Kwok_Wah: Kelvin | Ka_Ho: Howard | Xiaoling: Linda | Zhiqiang: Jack
Thayaparan: Thaya | Panayiotis: Panos | Georgios: George | Dimitris: Jim
Hüseyin: Huss | Alasdair: Ally | Catriona: Cat | Ruaridh: Rory | Francesca: Fran | Giuseppe: Joe
"""


def _read() -> dict[str, tuple[str, ...]]:
    short: dict[str, tuple[str, ...]] = {}
    for entry in _SHORT.replace("\n", " | ").split(" | "):
        if ": " in entry:
            name, chosen = entry.split(": ")
            short[name.replace("_", " ")] = tuple(chosen.split())
    return short


SHORT_NAMES: dict[str, tuple[str, ...]] = _read()
