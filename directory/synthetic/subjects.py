"""What organisations work on: areas, their subjects, and the services all have in common."""

from dataclasses import dataclass

from directory.synthetic.texts import unfolded


@dataclass(frozen=True, slots=True)
class Subject:
    """
    One matter a directorate and the teams below it deal with.

    profession: of everybody who works on it; empty where each division has its own.
    """

    name: str
    profession: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """What one director general is responsible for."""

    name: str
    subjects: tuple[Subject, ...]


#: Organisation slug, then `area: subject, subject=profession …` for each area.
_TABLE = """
ministry-of-justice
Courts and Access to Justice: Legal Aid, Civil Courts, Family Justice, Criminal Courts, Tribunals,
  Victims and Witnesses, Court Estate Modernisation
Prisons and Probation: Prison Regimes, Probation Services, Youth Custody, Prison Capacity,
  Offender Health=Medical, Rehabilitation, Offender Behaviour=Occupational Psychology
Justice and Rights: Human Rights, Coroners and Burials, Data Protection, Judicial Appointments,
  Sentencing, Constitutional Affairs
home-office
Borders and Migration: Visas, Asylum, Border Technology, Citizenship, Settled Status, Returns,
  Passports
Public Safety: Neighbourhood Policing, Fire and Rescue, Drugs and Alcohol, Online Safety, Violence
  Prevention, Firearms Licensing
Homeland Security: Threat Assessment=Intelligence Analysis, Protective Security=Security, Economic
  Crime=Counter Fraud, Cyber Crime, State Threats
department-for-education
Schools: School Funding, Curriculum, Teacher Recruitment, Academies, School Buildings, School
  Attendance, School Inspection=Inspector of Education and Training
Families: Early Years, Childcare, Children's Social Care, Special Educational Needs, Adoption and
  Fostering, Online Learning
Skills: Apprenticeships, Further Education, Higher Education, Student Finance, Careers Advice,
  Adult Learning
hm-treasury
Public Spending: Spending Control, Public Sector Pay, Welfare Spending, Capital Investment, Local
  Government Finance, Defence Spending
Tax and Growth: Personal Tax=Tax, Business Tax=Tax, Property Tax=Tax, Regional Growth,
  Infrastructure, Labour Markets, Climate and Energy
Financial Services: Banking and Credit, Insurance and Pensions, Payments and Financial Technology,
  Financial Sanctions, Debt Management=Corporate Finance, Shareholdings=Corporate Finance
department-for-transport
Rail: Rail Franchising, Rail Infrastructure=Science and Engineering, Stations, Rail Safety, Rail
  Freight, Passenger Experience
Roads and Local Transport: Strategic Roads, Buses, Active Travel, Road Safety, Electric
  Vehicles=Science and Engineering, Light Rail, Motoring Licences
Aviation and Maritime: Airports, Airspace, Maritime Safety, Ports, Drones, Aviation
  Decarbonisation=Science and Engineering
department-for-rivers-and-coasts
Water: Flood Defence, River Quality=Science and Engineering, Drought, Reservoirs, Water Company
  Performance, Flood Insurance
Coasts and Seas: Coastal Erosion, Harbours, Marine Licensing, Inshore Fisheries, Beaches,
  Saltmarsh Recovery=Science and Engineering
Land by the Water: Floodplain Planning=Planning, Wetlands, Riverside Farming, Livestock
  Health=Veterinary, Canals
ferry-and-harbour-agency
Services at Sea: Island Ferries, Pilotage, Harbour Licensing, Passenger Safety, Vessel
  Inspection=Science and Engineering, Crew Certification
office-for-public-standards
Interests and Appointments: Public Appointments, Conflicts of Interest, Lobbying, Gifts Registers,
  Outside Employment
Conduct: Public Complaints, Conduct Cases, Board Conduct, Whistleblowing, Local Standards
Learning from Standards: Standards Research, Ethics Training, Codes of Practice, Public Trust
land-and-soil-commission
Soil and Land: Soil Carbon=Science and Engineering, Land Survey, Peatland=Science and Engineering,
  Contaminated Land=Science and Engineering, Common Land, Tenant Farming
tidal-energy-authority
Tidal Power: Tidal Lagoons, Grid Connection, Turbine Safety=Science and Engineering, Seabed
  Leasing, Community Benefit, Marine Ecology=Science and Engineering
rural-parcels-service
Parcels: Village Depots, Sorting, Delivery Rounds, Customer Claims, Fleet, Island Parcels
national-map-archive
Maps: Historic Maps, Map Conservation=Science and Engineering, Digital Mapping, Public Reading
  Rooms, Place Names, Map Licensing
department-for-culture-media-and-sport
Culture: Museums, Libraries, Heritage Railways, Performing Arts, Cultural Property, Archives
Media and Sport: Broadcasting, Grassroots Sport, Gambling, Major Events, Press Sustainability,
  Creative Industries
ministry-of-housing-communities-and-local-government
Housing: Affordable Homes, Building Safety=Science and Engineering, Leasehold, Homelessness,
  Private Renting, Home Buying
Places: Planning Reform=Planning, Local Councils, Elections, High Streets, Devolution, Community
  Cohesion
night-work-inspectorate
Night Work: Shift Safety, Night Transport, Rest Facilities, Employer Visits, Night Worker
  Health=Medical, Lighting
clock-and-calendar-office
Time: Public Clocks, Bank Holidays, Time Signals=Science and Engineering, Calendar Reform, Clock
  Maintenance, Leap Seconds
beacon-and-lighthouse-service
Lights: Lighthouse Automation, Buoys, Fog Signals=Science and Engineering, Beacon Chain, Lamp
  Engineering=Science and Engineering, Keeper Cottages
fairs-and-festivals-authority
Fairs: Fair Licensing, Ride Safety=Science and Engineering, Street Trading, Carnival Grants, Food
  Stalls, Showground Access
weather-resilience-office
Weather: Storm Warnings, Snow Clearance, Heatwave Plans, Sandbag Stores, Community Shelters,
  Forecast Liaison=Science and Engineering
allotments-ombudsman
Allotments: Plot Disputes, Waiting Lists, Shed Regulations, Hosepipe Rights, Boundary Hedges, Seed
  Exchanges
"""

#: The services every organisation keeps for itself, and their professions.
CORPORATE = Area(
    name="Corporate Services",
    subjects=(
        Subject("People and Capability", "Human Resources"),
        Subject("Finance", "Finance"),
        Subject("Digital and Technology", "Digital and Data"),
        Subject("Commercial", "Commercial"),
        Subject("Legal Advice", "Legal"),
        Subject("Communications", "Communications"),
        Subject("Estates", "Property"),
        Subject("Internal Audit", "Internal Audit"),
        Subject("Security and Resilience", "Security"),
        Subject("Information and Records", "Knowledge and Information Management"),
        Subject("Counter Fraud and Debt", "Counter Fraud"),
        Subject("Programmes Office", "Project Delivery"),
    ),
)


def _read_subject(text: str) -> Subject:
    name, _, profession = text.partition("=")
    return Subject(name=name, profession=profession)


def _read() -> dict[str, tuple[Area, ...]]:
    areas: dict[str, list[Area]] = {}
    slug = ""
    for line in unfolded(_TABLE):
        name, colon, subjects = line.partition(": ")
        if not colon:
            slug = line
            continue
        areas.setdefault(slug, []).append(
            Area(
                name=name,
                subjects=tuple(_read_subject(text) for text in subjects.split(", ")),
            )
        )
    return {slug: tuple(listed) for slug, listed in areas.items()}


#: By organisation slug.
AREAS: dict[str, tuple[Area, ...]] = _read()
