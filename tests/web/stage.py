"""
A small government to look at: two live bodies and a closed one, with every state a page can show.

Everybody here is invented. Search, the pages and the browser play on the same stage.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.text import slugify

from accounts.models import User
from directory.models import (
    Appointment,
    Expertise,
    ExpertiseTag,
    Feed,
    FeedRun,
    FieldAudience,
    Organisation,
    OrganisationSuccession,
    Person,
    Post,
    SourceRecord,
    Team,
)
from tests.people import (
    appoint,
    coming_together,
    make_organisation,
    make_person,
    make_post,
    make_team,
    project,
)

DELIVERED_ON = date(2026, 4, 1)

#: Given name, family name, title, grade: the rest of the trade team.
COLLEAGUES = [
    ("Tomasz", "Wiśniewski", "Head of Tariffs", "G6"),
    ("Siân", "O’Driscoll", "Head of Customs Policy", "G6"),
    ("Mei-Ling", "Zhao", "Senior Policy Adviser", "G7"),
    ("Olúwaṣeun", "Adébáyò", "Senior Policy Adviser", "G7"),
    ("Harpreet", "Kaur Gill", "Policy Adviser", "SEO"),
    ("Fatima", "al-Zahra Rahman", "Policy Adviser", "HEO"),
    ("Rhys", "Llewelyn-Pugh", "Briefing Officer", "EO"),
    ("Josephine", "Featherstonehaugh-Cholmondeley", "Private Secretary", "HEO"),
    ("سارة", "الخطيب", "Trade Negotiator", "G7"),
]


@dataclass(frozen=True, slots=True)
class Stage:
    """
    Who and what is there.

    amara: a director with everything a page can show. priya: reports to her and left a post
    behind. left: no longer in government. hidden: exists for nobody. merged: a record that is
    part of amara's now.
    """

    reader: User
    trade: Team
    customs: Team
    crowd: Team
    amara: Person
    priya: Person
    left: Person
    hidden: Person
    merged: Person


def set_stage(*, crowd: int = 60) -> Stage:
    """Build it; `crowd` people work in the team that may fill more than one page."""
    department = _department()
    agency = _agency(parent=department)
    _closed_body(successor=department)
    group = make_team("Strategy and Trade Group", organisation=department)
    directorate = make_team("International Directorate", organisation=department, parent=group)
    trade = make_team("Trade Policy", organisation=department, parent=directorate)
    customs = make_team("Customs and Borders", organisation=department, parent=trade)
    operations = make_team("Operations Centre", organisation=agency)
    with coming_together():
        director = _director(directorate=directorate)
        amara = _amara(trade=trade, director=director, department=department)
        priya = _priya(customs=customs, amara=amara, operations=operations)
        _colleagues(trade=trade, amara=amara)
        _posts_without_names(trade=trade)
        bring_crowd(team=operations, numbers=range(crowd))
    return Stage(
        reader=User.objects.known_by("reader@cabinet.example.gov.uk"),
        trade=trade,
        customs=customs,
        crowd=operations,
        amara=amara,
        priya=priya,
        left=_left(team=customs),
        hidden=make_person(
            "Corin",
            "Nightingale",
            title="Customs Investigator",
            team=customs,
            listing=Person.Listing.PROTECTED,
        ),
        merged=_merged(survivor=amara),
    )


def _department() -> Organisation:
    department = make_organisation("Department for Ports and Trade", acronym="DPT")
    department.kind = "Ministerial department"
    department.homepage = "https://ports-and-trade.example.gov.uk/"
    department.save()
    return department


def _agency(*, parent: Organisation) -> Organisation:
    agency = make_organisation("Harbours Agency", acronym="HA", parents=(parent,))
    agency.kind = "Executive agency"
    agency.save()
    return agency


def _closed_body(*, successor: Organisation) -> None:
    closed = make_organisation("Board of Quays", acronym="BoQ")
    closed.kind = "Non-departmental public body"
    closed.status = Organisation.Status.CLOSED
    closed.published_status = "replaced"
    closed.save()
    OrganisationSuccession.objects.create(predecessor=closed, successor=successor)


def _director(*, directorate: Team) -> Post:
    """The post that amara's reports to, and the vacant one above it."""
    general = make_post("Director General, Strategy and Trade", team=directorate, grade="SCS3")
    post = make_post("Director, International", team=directorate, grade="SCS2")
    Post.objects.filter(pk=post.pk).update(reports_to=general)
    director = make_person("Ifan", "Prydderch", email="ifan.prydderch@dpt.example.gov.uk")
    appoint(director, post)
    return post


def _amara(*, trade: Team, director: Post, department: Organisation) -> Person:
    amara = make_person(
        "Amarachi",
        "Nwosu-Bell",
        preferred="Amara",
        title="Deputy Director, Trade Policy",
        team=trade,
        email="amara.nwosu-bell@dpt.example.gov.uk",
        grade="SCS1",
        profession="policy",
        location="4 Wharf Street, Leeds",
    )
    held = Appointment.objects.get(person=amara)
    held.fte, held.kind, held.starts_on = Decimal("0.8"), "temporary promotion", date(2025, 9, 1)
    held.post.reports_to = director
    held.post.responsibilities = (
        "Tariff schedules and rules of origin. Leads for government on the technical annexes "
        "of trade agreements, and chairs the ports liaison board."
    )
    held.post.save()
    amara.pronouns, amara.phone = "she/her", "020 7946 0018"
    amara.mobile, amara.working_days = "+44 7700 900 418", "Monday to Thursday"
    amara.languages = "English, Igbo, French"
    amara.bio = "Economist by training. Happy to talk about rules of origin at any length."
    source = _statement(amara, department)
    own = _own_statement(amara)
    amara.provenance = {
        field: [statement.pk, statement.stated_on.isoformat()]
        for statement, fields in (
            (source, ["given_name", "family_name", "email", "phone", "mobile"]),
            (own, ["preferred_name", "pronouns", "working_days", "languages", "bio"]),
        )
        for field in fields
    }
    held.source = source
    held.save()
    amara.save()
    _claim(amara, {"Rules of origin": "expert", "Tariff modelling": "practitioner"})
    return amara


def _claim(person: Person, levels: dict[str, str]) -> None:
    for label, level in levels.items():
        tag = ExpertiseTag.objects.create(
            slug=slugify(label), preferred_label=label, status="approved"
        )
        Expertise.objects.create(person=person, tag=tag, level=level)
    project(person)


def _statement(person: Person, department: Organisation) -> SourceRecord:
    feed = Feed.objects.create(slug="dpt-hr", organisation=department, connector="table")
    FeedRun.objects.create(
        feed=feed, kind="people", as_of=DELIVERED_ON, state=FeedRun.State.APPLIED
    )
    return SourceRecord.objects.create(
        origin=SourceRecord.Origin.FEED,
        feed=feed,
        delivery_kind="people",
        kind="person",
        source_key="DPT-00417",
        subject_id=person.pk,
        statement={"given_name": person.given_name},
        raw_digest=b"",
        stated_on=DELIVERED_ON,
    )


def _own_statement(person: Person) -> SourceRecord:
    return SourceRecord.objects.create(
        origin=SourceRecord.Origin.PERSON,
        kind="person",
        subject_id=person.pk,
        statement={"pronouns": "she/her"},
        raw_digest=b"",
        stated_on=date(2026, 3, 14),
    )


def _priya(*, customs: Team, amara: Person, operations: Team) -> Person:
    """Two posts now, one before; her own address is for her organisation alone."""
    priya = make_person(
        "Priya",
        "Raghunathan",
        title="Head of Customs",
        team=customs,
        email="priya.raghunathan@dpt.example.gov.uk",
        grade="G6",
        location="Custom House, Hull",
    )
    post = Appointment.objects.get(person=priya).post
    post.reports_to = Appointment.objects.get(person=amara).post
    post.save()
    second = make_post("Ports Liaison Lead", team=operations, grade="G6")
    Appointment.objects.create(
        person=priya,
        post=second,
        kind=Appointment.Kind.JOB_SHARE,
        fte=Decimal("0.40"),
        first_stated_on=date(2026, 1, 31),
    )
    before = make_post("Customs Analyst", team=customs, grade="SEO")
    Appointment.objects.create(
        person=priya,
        post=before,
        starts_on=date(2021, 5, 4),
        first_stated_on=date(2021, 6, 30),
        ends_on=date(2024, 2, 1),
    )
    appoint(make_person("Bronagh", "Mac Giolla"), before)
    FieldAudience.objects.create(person=priya, field="email", audience="organisation")
    project(priya)
    return priya


def _colleagues(*, trade: Team, amara: Person) -> None:
    manager = Appointment.objects.get(person=amara).post
    for given, family, title, grade in COLLEAGUES:
        person = make_person(
            given, family, title=title, team=trade, grade=grade, location="4 Wharf Street, Leeds"
        )
        person.phone = "020 7946 0100"
        person.save()
        Post.objects.filter(appointments__person=person).update(reports_to=manager)


def _posts_without_names(*, trade: Team) -> None:
    make_post("Head of Trade Remedies", team=trade, grade="G6")
    undisclosed = make_post("Security Adviser", team=trade, grade="SEO")
    undisclosed.holder_undisclosed = True
    undisclosed.save()
    for title, grade, fte in (("Caseworker", "AO", "4.00"), ("Correspondence", "EO", "2.65")):
        counted = make_post(title, team=trade, grade=grade)
        counted.posts_fte = Decimal(fte)
        counted.save()


@coming_together()
def bring_crowd(*, team: Team, numbers: range) -> None:
    """Officers of these numbers, who differ in little else."""
    for number in numbers:
        make_person(
            f"Robin{chr(97 + number % 26)}",
            f"Quayside {number:03d}",
            title="Harbour Officer",
            team=team,
            email=f"robin.quayside{number:03d}@harbours.example.gov.uk",
            grade="EO",
            location="Harbour Office, Grimsby",
        )


def _left(*, team: Team) -> Person:
    left = make_person("Walter", "Greaves-Okafor", title="Customs Historian", team=team)
    Appointment.objects.filter(person=left).update(ends_on=date(2026, 2, 27))
    left.status, left.left_on = Person.Status.LEFT, date(2026, 2, 27)
    left.save()
    project(left)
    return left


def _merged(*, survivor: Person) -> Person:
    merged = make_person("A", "Nwosu-Bell")
    merged.merged_into = survivor
    merged.save()
    project(merged)
    return merged
