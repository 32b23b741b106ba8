"""Subjects people say they know about, by the profession they are most at home in."""

from functools import cache

from directory.synthetic.chance import Chance, Weighted, ranked
from directory.synthetic.texts import unfolded

_TABLE = """
Policy: Policy design, Primary legislation, Secondary legislation, Ministerial briefing,
  Consultation, Parliamentary questions, Devolution settlements, Regulatory impact, Trade
  remedies, Flood insurance, Housing supply, Rural affairs, School admissions, Border policy,
  Tribunal procedure, Better regulation, Horizon scanning, Stakeholder mapping, Futures thinking,
  Treaty negotiation, Subsidy control, Machinery of government, Public appointments, Net zero
Operational Delivery: Casework management, Complaint handling, Appeals, Identity checking,
  Telephone advice, Vulnerable customers, Work scheduling, Continuous improvement, Lean, Grant
  administration, Licensing, Translation and interpreting, British Sign Language, Queue
  management, Passport examination
Project Delivery: Programme management, Benefits management, Risk management, Business cases,
  Agile delivery, PRINCE2, Dependency mapping, Gateway reviews, Change management, Schedule
  planning
Digital and Data: Python, SQL, Accessibility, User research, Service design, Content design, Data
  engineering, Machine learning, Cloud infrastructure, Cyber security, Open data, Prototyping, API
  design, Java, JavaScript, DevOps, Data ethics, Geospatial data, Technical writing, Penetration
  testing
Economics: Cost-benefit analysis, Econometrics, Macroeconomics, Labour economics, Environmental
  valuation, Green Book appraisal, Competition economics
Statistics: R, Survey design, Official statistics, Data visualisation, Sampling, Administrative
  data, Time series
Social Research: Evaluation design, Qualitative interviewing, Behavioural insight, Randomised
  trials, Evidence reviews
Operational Research: Simulation modelling, Forecasting, Optimisation, Queueing theory
Science and Engineering: Hydrology, Marine biology, Soil science, Structural engineering, Air
  quality, Remote sensing, Tidal power, Rail signalling, Radioactive waste, Peatland restoration,
  Noise measurement
Human Resources: Recruitment, Employment policy, Job evaluation, Workforce planning, Coaching,
  Mentoring, Mediation, Pensions, Inclusion, Reasonable adjustments
Finance: Management accounting, Budgeting, Resource accounting, Managing public money, Fees and
  charges, Financial modelling
Commercial: Procurement law, Contract management, Negotiation, Supplier due diligence, Framework
  agreements, Social value
Legal: Public law, Employment law, Judicial review, Data protection law, Human rights law,
  Commercial litigation, Maritime law, Statutory interpretation
Communications: Media handling, Crisis communications, Campaign evaluation, Plain English, Speech
  writing, Social media, Photography, Welsh language
Property: Building safety, Lease negotiation, Space planning, Energy efficiency, Facilities
  management
Internal Audit: Audit planning, Information audit, Controls testing, Assurance mapping
Security: Personnel security, Business continuity, Emergency planning, Security culture
Knowledge and Information Management: Freedom of information, Records management, Digital
  preservation, Taxonomies, Archives
Counter Fraud: Fraud investigation, Money laundering, Grant fraud, Data matching
Tax: Corporation tax, Value added tax, Stamp duty, Tax avoidance, Customs duties
Planning: Local plans, Environmental impact, Compulsory purchase, Heritage consents
Veterinary: Avian influenza, Bovine tuberculosis, Animal welfare, Import controls
Medical: Occupational health, Epidemiology, Mental health, Substance misuse
Inspector of Education and Training: School inspection, Safeguarding, Early years practice,
  Apprenticeship quality
Intelligence Analysis: Open source research, Structured analysis, Threat assessment
Corporate Finance: Project finance, Valuation, State guarantees
Occupational Psychology: Psychometrics, Assessment centres, Wellbeing
Other: Facilitation, Public speaking, Chairing meetings, Report writing, Excel, Project support,
  First aid at work, Line management, Arabic, Mandarin, Polish, French, Spanish, Urdu, Minute
  taking, Volunteering, Crown dependencies, Local government, Estate history, Map reading
"""

#: Preferred labels by profession, best known first; those under "Other" belong to everybody.
EXPERTISE: dict[str, tuple[str, ...]] = {
    profession: tuple(labels.split(", "))
    for profession, labels in (line.split(": ") for line in unfolded(_TABLE))
}

_NONE_PERCENT = 35
_OWN_PERCENT = 70
_MOST_TAGS = 5


@cache
def _of(profession: str, /) -> Weighted[str]:
    return ranked(EXPERTISE.get(profession, EXPERTISE["Other"]))


@cache
def _of_anybody() -> Weighted[str]:
    general = list(EXPERTISE["Other"])
    special = [label for key, labels in EXPERTISE.items() if key != "Other" for label in labels]
    return Weighted(pairs=[*((label, 8) for label in general), *((label, 1) for label in special)])


def invent_expertise(*, chance: Chance, profession: str) -> str:
    """Preferred labels of tags a person claims, none twice, separated by `;`; often none."""
    if chance.percent(_NONE_PERCENT):
        return ""
    labels: dict[str, None] = {}
    for _ in range(1 + chance.below(_MOST_TAGS)):
        source = _of(profession) if chance.percent(_OWN_PERCENT) else _of_anybody()
        labels[source.draw(chance)] = None
    return ";".join(labels)
