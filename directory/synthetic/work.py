"""Grades, professions, what teams do, and the job titles that go with all three."""

from functools import cache

from directory.synthetic.chance import Chance, Weighted
from directory.synthetic.texts import unfolded

#: From the lowest to the highest; elsewhere in this package a grade is its place in this list.
GRADES = ("AA", "AO", "EO", "HEO", "SEO", "G7", "G6", "SCS1", "SCS2", "SCS3", "SCS4")

AA, AO, EO, HEO, SEO, G7, G6, SCS1, SCS2, SCS3, SCS4 = range(len(GRADES))

#: Grades of people who lead nobody, per thousand. With the leaders added, the whole comes near the
#: proportions the civil service publishes for itself each year.
STAFF_GRADES: Weighted[int] = Weighted(
    pairs=[
        (AA, 45),
        (AO, 270),
        (EO, 300),
        (HEO, 190),
        (SEO, 95),
        (G7, 78),
        (G6, 16),
        (SCS1, 6),
    ]
)

#: Professions of divisions whose subject does not settle it.
OPEN_PROFESSIONS: Weighted[str] = Weighted(
    pairs=[
        ("Operational Delivery", 44),
        ("Policy", 24),
        ("Project Delivery", 9),
        ("Digital and Data", 6),
        ("Economics", 4),
        ("Statistics", 3),
        ("Social Research", 3),
        ("Operational Research", 2),
    ]
)

#: Profession: what its teams do.
_FUNCTIONS = """
Operational Delivery: Casework, Operations, Applications, Customer Service, Appeals, Enquiries,
  Payments, Licensing, Compliance Visits, Correspondence, Processing, Quality Checks
Policy: Policy, Strategy, Reform, Legislation, International, Stakeholder Engagement,
  Implementation, Briefing, Regulation, Funding Policy
Project Delivery: Programmes, Delivery, Portfolio Office, Benefits, Transition, Planning and
  Assurance, Change
Digital and Data: Digital Services, Data Engineering, User Research, Service Design, Platforms,
  Software Development, Cyber Security, Live Services, Product
Economics: Economics, Appraisal, Modelling, Market Analysis, Impact Assessment
Statistics: Statistics, Data Collection, Publications, Survey Methods, Dashboards
Social Research: Evaluation, Research, Behavioural Insight, Evidence, Surveys
Operational Research: Forecasting, Simulation, Demand Modelling, Optimisation
Science and Engineering: Science, Monitoring, Field Survey, Engineering, Laboratory, Technical
  Standards
Human Resources: Recruitment, Pay and Reward, HR Systems, Learning, Workforce Planning, Employee
  Relations, Inclusion and Wellbeing, Talent
Finance: Financial Control, Management Accounts, Budgeting, Payments and Receipts, Financial
  Reporting, Business Partnering
Commercial: Procurement, Contract Management, Category Management, Supplier Relations, Commercial
  Strategy
Legal: Litigation, Legal Advisory, Legislation Drafting, Contracts and Property Law, Employment
  Law
Communications: Press Office, Campaigns, Internal Communications, Digital Content, Speech Writing,
  Events
Property: Workplace Services, Leases, Building Projects, Energy and Sustainability, Facilities
Internal Audit: Audit Planning, Information Audit, Grant Audit, Assurance Mapping, Follow-up
Security: Personnel Security, Physical Security, Business Continuity, Security Incidents, Vetting
Knowledge and Information Management: Records, Library, Freedom of Information, Information
  Rights, Digital Archive
Counter Fraud: Fraud Detection, Investigations, Prevention, Debt Recovery, Intelligence
Tax: Tax Policy, Tax Reliefs, Tax Administration, Avoidance, International Tax
Planning: Local Plans, Planning Appeals, National Infrastructure, Environmental Assessment
Veterinary: Animal Health, Disease Control, Import Controls, Welfare Inspection
Medical: Clinical Advice, Occupational Health, Health Assessment, Public Health
Inspector of Education and Training: Regional Inspection, Inspection Quality, Provider
  Registration, Inspector Training
Intelligence Analysis: Assessment, Horizon Scanning, Reporting, Collection Planning
Corporate Finance: Investment, Portfolio Valuation, Guarantees, Transactions
Occupational Psychology: Assessment Design, Programme Psychology, Selection, Psychological
  Research
"""

FUNCTIONS: dict[str, tuple[str, ...]] = {
    profession: tuple(functions.split(", "))
    for profession, functions in (line.split(": ") for line in unfolded(_FUNCTIONS))
}

#: Profession: titles for AA and AO / EO / HEO / SEO / G7 and G6 / SCS. `{f}` is what the team does.
_TITLES = """
Operational Delivery: Administrative Officer, {f}; Caseworker, {f}; {f} Assistant; Support
  Officer, {f} / {f} Officer; Executive Officer, {f}; Decision Maker, {f} / Senior Caseworker,
  {f}; {f} Manager; Technical Specialist, {f} / Operations Manager, {f}; Senior Operations
  Manager, {f} / Head of {f}; Senior Operations Lead, {f} / Deputy Director, {f}
Policy: Administrative Officer, {f}; Policy Support Officer; Diary Secretary / Policy Officer,
  {f}; Executive Assistant, {f}; Briefing Officer / Policy Adviser, {f}; Policy Manager, {f} /
  Senior Policy Adviser, {f}; Senior Policy Manager, {f} / Policy Lead, {f}; Head of {f};
  Principal Policy Adviser / Deputy Director, {f}
Project Delivery: Project Administrator; Project Support Assistant, {f} / Project Support Officer,
  {f}; Programme Support Officer / Project Manager, {f}; Planning Manager; Risk and Issues Manager
  / Senior Project Manager, {f}; Change Manager, {f} / Programme Manager, {f}; Project Director,
  {f} / Programme Director, {f}
Digital and Data: IT Support Assistant; Service Desk Analyst / Junior Software Developer;
  Associate Business Analyst; Content Designer; Data Analyst / Software Developer; User
  Researcher; Delivery Manager; Data Engineer; Interaction Designer; Test Engineer / Senior
  Software Developer; Senior User Researcher; Product Manager; Service Designer; Senior Data
  Engineer / Lead Software Developer; Lead Data Scientist; Technical Architect; Head of Product;
  Lead Security Architect / Deputy Director, {f}
Human Resources: HR Administrator; Recruitment Assistant / HR Officer, {f}; HR Adviser / HR
  Business Partner; HR Manager, {f}; Learning Designer / Senior HR Business Partner; Senior HR
  Manager, {f} / Head of {f}; HR Lead, {f} / Deputy Director, {f}
Finance: Finance Assistant; Accounts Payable Officer / Finance Officer, {f}; Assistant Management
  Accountant / Finance Business Partner; Management Accountant / Senior Finance Business Partner;
  Financial Accountant / Head of {f}; Finance Lead, {f} / Deputy Director, {f}
Commercial: Procurement Assistant; Purchasing Officer / Commercial Officer, {f}; Procurement
  Officer / Commercial Manager; Contract Manager / Senior Commercial Manager; Category Manager /
  Commercial Lead, {f}; Head of {f} / Deputy Director, {f}
Legal: Legal Administrator; Legal Support Officer / Legal Officer, {f}; Paralegal / Senior Legal
  Officer; Trainee Solicitor / Legal Manager, {f}; Legal Practice Manager / Government Lawyer,
  {f}; Senior Lawyer, {f} / Deputy Director, {f}
Communications: Communications Assistant; Media Monitoring Officer / Communications Officer; Press
  Assistant; Content Editor / Press Officer; Campaigns Manager; Social Media Manager / Senior
  Press Officer; Senior Campaigns Manager / Chief Press Officer; Head of {f} / Deputy Director,
  {f}
Statistics: Data Entry Officer; Survey Interviewer / Data Analyst, {f}; Assistant Statistician /
  Assistant Statistician, {f}; Data Manager, {f} / Senior Statistical Officer; Survey Manager /
  Statistician, {f}; Head of {f} / Deputy Director, {f}
Science and Engineering: Laboratory Assistant; Field Assistant / Scientific Officer, {f};
  Technician / Higher Scientific Officer; Engineer, {f} / Senior Scientist, {f}; Senior Engineer,
  {f} / Principal Scientist, {f}; Principal Engineer; Head of {f} / Deputy Director, {f}
Internal Audit: Audit Support Officer; Audit Assistant / Auditor, {f}; Trainee Auditor / Senior
  Auditor; Audit Manager, {f} / Senior Audit Manager; Principal Auditor / Head of {f}; Group Audit
  Lead / Deputy Director, {f}
Security: Security Officer; Vetting Assistant / Vetting Officer; Security Adviser / Security
  Manager, {f}; Resilience Manager / Senior Security Adviser; Incident Manager / Head of {f};
  Security Lead, {f} / Deputy Director, {f}
Medical: Health Support Officer; Clinic Administrator / Health Officer, {f}; Clinical Coordinator
  / Nurse Adviser; Clinical Manager, {f} / Senior Nurse Adviser; Clinical Lead / Medical Adviser,
  {f}; Senior Medical Adviser / Deputy Director, {f}
Veterinary: Animal Health Assistant; Field Support Officer / Animal Health Officer; Import Officer
  / Veterinary Officer; Disease Control Manager / Senior Veterinary Officer; Veterinary Manager /
  Veterinary Lead, {f}; Head of {f} / Deputy Director, {f}
Other: Administrative Officer, {f}; {f} Assistant; Support Officer, {f} / {f} Officer; Executive
  Officer, {f} / {f} Manager; {f} Adviser; Higher Officer, {f} / Senior {f} Adviser; Senior {f}
  Manager / {f} Lead; Head of {f}; Principal Adviser, {f} / Deputy Director, {f}
"""


def _read_titles() -> dict[str, tuple[tuple[str, ...], ...]]:
    titles = {}
    for line in unfolded(_TITLES):
        profession, _, bands = line.partition(": ")
        titles[profession] = tuple(tuple(band.split("; ")) for band in bands.split(" / "))
    return titles


_TITLES_BY_BAND = _read_titles()

#: Place of each grade's band in a line of titles.
_BANDS = (0, 0, 1, 2, 3, 4, 4, 5, 5, 5, 5)

#: Kinds of teams from the first level to the sixth, as the last word of their names.
LEVEL_WORDS = ("Group", "Directorate", "Division", "Branch", "Team", "Unit")


def invent_title(*, chance: Chance, profession: str, grade: int, function: str) -> str:
    """
    What somebody of a grade who leads nobody is called in a team that does `function`.

    grade: place in GRADES.
    """
    bands = _TITLES_BY_BAND.get(profession, _TITLES_BY_BAND["Other"])
    return _filled(chance.pick(bands[_BANDS[grade]]), function)


@cache
def leader_title(*, level: int, stem: str) -> str:
    """What the leader of a team is called; level 1 to 6, stem its name without the last word."""
    pattern = (
        "Director General, {}",
        "Director, {}",
        "Deputy Director, {}",
        "Head of {}",
    )
    if level <= len(pattern):
        return pattern[level - 1].format(stem)
    return f"{stem} Team Leader" if level == 5 else f"{stem} Manager"


@cache
def _filled(pattern: str, function: str) -> str:
    # One string for thousands of posts: the cache keeps memory down as much as time.
    return pattern.format(f=function)
