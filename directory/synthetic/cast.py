"""
The five people every demo and every journey test can rely on.

They are in the feeds of every seed and every period, never move, never leave.
"""

from dataclasses import dataclass

from directory.synthetic.work import GRADES


@dataclass(frozen=True, slots=True)
class CastMember:
    """
    One invented person with a part to play.

    expertise: labels separated by `;`, as in the feed.
    role: official, team_leader, department_curator, hr_operator or auditor.
    source_key: their key in the feed of their organisation.
    reports_to_role: role of the member who manages them, empty for anybody else's report.
    """

    role: str
    given_name: str
    family_name: str
    email: str
    organisation_slug: str
    source_key: str
    job_title: str
    grade: str
    reports_to_role: str = ""
    profession: str = "Policy"
    expertise: str = ""

    @property
    def grade_place(self) -> int:
        """Place of the grade in work.GRADES."""
        return GRADES.index(self.grade)


OFFICIAL = CastMember(
    role="official",
    given_name="Tamsin",
    family_name="Okoro-Bellweather",
    email="tamsin.okoro-bellweather@justice.example.gov.uk",
    organisation_slug="ministry-of-justice",
    source_key="MJ-100001",
    job_title="Senior Policy Adviser, Legal Aid",
    grade="SEO",
    reports_to_role="team_leader",
    expertise="Public law;Policy design;Plain English",
)

TEAM_LEADER = CastMember(
    role="team_leader",
    given_name="Idris",
    family_name="Penhallowick",
    email="idris.penhallowick@justice.example.gov.uk",
    organisation_slug="ministry-of-justice",
    source_key="MJ-100002",
    job_title="Legal Aid Policy Team Leader",
    grade="G7",
    expertise="Primary legislation;Ministerial briefing;Welsh language",
)

DEPARTMENT_CURATOR = CastMember(
    role="department_curator",
    given_name="Marguerite",
    family_name="Osei-Lundqvist",
    email="marguerite.osei-lundqvist@justice.example.gov.uk",
    organisation_slug="ministry-of-justice",
    source_key="MJ-100003",
    job_title="Directory and Records Manager",
    grade="HEO",
    profession="Knowledge and Information Management",
    expertise="Records management;Taxonomies",
)

HR_OPERATOR = CastMember(
    role="hr_operator",
    given_name="Kwabena",
    family_name="Thistlewaite",
    email="kwabena.thistlewaite@justice.example.gov.uk",
    organisation_slug="ministry-of-justice",
    source_key="MJ-100004",
    job_title="HR Systems Officer",
    grade="EO",
    profession="Human Resources",
    expertise="Workforce planning",
)

AUDITOR = CastMember(
    role="auditor",
    given_name="Leocadia",
    family_name="Brightwater",
    email="leocadia.brightwater@homeoffice.example.gov.uk",
    organisation_slug="home-office",
    source_key="HO100005",
    job_title="Information Access Auditor",
    grade="SEO",
    profession="Internal Audit",
    expertise="Information audit;Data protection law",
)

CAST: tuple[CastMember, ...] = (
    OFFICIAL,
    TEAM_LEADER,
    DEPARTMENT_CURATOR,
    HR_OPERATOR,
    AUDITOR,
)
