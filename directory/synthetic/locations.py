"""Where people work: invented buildings in real cities, with telephone numbers kept for drama."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    """
    One office site.

    phone_prefix: first digits of a number range that Ofcom keeps for television and radio drama,
        spaced as printed; three digits complete it.
    """

    name: str
    city: str
    region: str
    phone_prefix: str


#: Completed by three digits, rings nowhere. Mobile numbers, and areas without a range of their own.
MOBILE_PREFIX = "07700 900"
_NO_AREA = "01632 960"

#: https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
_DRAMA_PREFIXES = {
    "London": "020 7946 0",
    "Leeds": "0113 496 0",
    "Sheffield": "0114 496 0",
    "Nottingham": "0115 496 0",
    "Leicester": "0116 496 0",
    "Bristol": "0117 496 0",
    "Reading": "0118 496 0",
    "Birmingham": "0121 496 0",
    "Edinburgh": "0131 496 0",
    "Glasgow": "0141 496 0",
    "Liverpool": "0151 496 0",
    "Manchester": "0161 496 0",
    "Newcastle upon Tyne": "0191 498 0",
    "Sunderland": "0191 498 0",
    "Belfast": "028 9649 6",
    "Cardiff": "029 2018 0",
}

_SITES = """
Plover House | London | London
Tallow Court | London | London
Sextant Building | London | London
Marigold House | London | London
Weighbridge Yard | Croydon | London
Osier Wharf | London | London
Sycamore Square | Leeds | Yorkshire and the Humber
Loom House | Leeds | Yorkshire and the Humber
Crucible Point | Sheffield | Yorkshire and the Humber
Minster Gate House | York | Yorkshire and the Humber
Trawler House | Kingston upon Hull | Yorkshire and the Humber
Viaduct House | Manchester | North West
Cotton Exchange Annexe | Manchester | North West
Lantern House | Liverpool | North West
Fylde View | Blackpool | North West
Weaver's Green | Preston | North West
Border Gate | Carlisle | North West
Keelman House | Newcastle upon Tyne | North East
Lamplight Court | Sunderland | North East
Ironmaster House | Darlington | North East
Bullfinch House | Birmingham | West Midlands
Canal Basin One | Birmingham | West Midlands
Ribbon Works | Coventry | West Midlands
Kiln House | Stoke-on-Trent | West Midlands
Lacemaker House | Nottingham | East Midlands
Guildhall Yard | Leicester | East Midlands
Rams Croft | Derby | East Midlands
Beacon Hill House | Lincoln | East Midlands
Heron Court | Peterborough | East of England
Mustard Mill | Norwich | East of England
Quayside House | Ipswich | East of England
Sundial House | Reading | South East
Spinnaker House | Portsmouth | South East
Chalk Down House | Brighton | South East
Oasthouse Court | Maidstone | South East
Harbourside Three | Bristol | South West
Clifton Reach | Bristol | South West
Cathedral Green House | Exeter | South West
Hoe Park House | Plymouth | South West
Thistle House | Edinburgh | Scotland
Clydeside Court | Glasgow | Scotland
Granite House | Aberdeen | Scotland
Jute Works | Dundee | Scotland
Tŷ Derwen | Cardiff | Wales
Tŷ Alarch | Swansea | Wales
Tŷ Eryri | Caernarfon | Wales
Linenhall House | Belfast | Northern Ireland
Foyle Court | Londonderry | Northern Ireland
"""


def _read(line: str) -> Location:
    name, city, region = line.split(" | ")
    return Location(
        name=name,
        city=city,
        region=region,
        phone_prefix=_DRAMA_PREFIXES.get(city, _NO_AREA),
    )


LOCATIONS: tuple[Location, ...] = tuple(_read(line) for line in _SITES.strip().splitlines())

#: Every prefix a generated telephone number may start with; three digits follow.
PHONE_PREFIXES: tuple[str, ...] = (
    *dict.fromkeys(place.phone_prefix for place in LOCATIONS),
    MOBILE_PREFIX,
)
