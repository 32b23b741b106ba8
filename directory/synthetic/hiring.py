"""Posts are opened here, and people put into them with all that a personnel record holds."""

from datetime import date, timedelta

from directory.synthetic.cast import CastMember
from directory.synthetic.chance import Chance, Weighted
from directory.synthetic.expertise import invent_expertise
from directory.synthetic.locations import MOBILE_PREFIX
from directory.synthetic.naming import Identity, email_part, invent_identity
from directory.synthetic.people import Person, Post, Staff
from directory.synthetic.subjects import CORPORATE
from directory.synthetic.teams import Team, Teams
from directory.synthetic.work import AA, AO, EO, G6, G7, HEO, SCS1, SEO, invent_title

#: Level of the teams whose leader people of each grade work for.
_LEVEL_OF_GRADE = {AA: 6, AO: 6, EO: 6, HEO: 6, SEO: 5, G7: 4, G6: 3, SCS1: 2}

_WORKING_SHARES: Weighted[str] = Weighted(
    pairs=[("1.0", 830), ("0.8", 70), ("0.6", 50), ("0.5", 30), ("0.9", 20)]
)
_KINDS: Weighted[str] = Weighted(
    pairs=[
        ("substantive", 930),
        ("temporary promotion", 40),
        ("loan", 20),
        ("secondment", 10),
    ]
)
_WORKING_DAYS = {
    "1.0": ("", "", "", "", "", "", "", "", "Monday to Friday", "Nine days in ten"),
    "0.9": ("Monday to Thursday, Friday morning", "Nine days in two weeks"),
    "0.8": (
        "Monday to Thursday",
        "Tuesday to Friday",
        "Monday, Tuesday, Thursday, Friday",
    ),
    "0.6": (
        "Monday to Wednesday",
        "Wednesday to Friday",
        "Monday, Wednesday, Thursday",
    ),
    "0.5": ("Mornings", "Monday, Tuesday, alternate Wednesdays", "Thursday, Friday"),
}
_DUTIES = (
    "Leads on {} for ministers and the board.",
    "First point of contact for questions about {}.",
    "Runs the weekly planning meeting of {}; looks after its risks.",
    "Answers correspondence on {}, and keeps the standard replies up to date.",
    "Deputises for the head of {}.",
    "Publishes the figures of {} each quarter.",
)


def open_post(
    *,
    staff: Staff,
    team: Team,
    grade: int,
    title: str,
    reports_to: Post | None,
    chance: Chance,
    profession: str = "",
) -> Post:
    """A new post with a number of its own, nobody in it yet."""
    staff.last_post_number += 1
    duties = chance.pick(_DUTIES).format(team.stem) if chance.percent(22) else ""
    return Post(
        number=staff.last_post_number,
        team=team,
        grade=grade,
        title=title,
        profession=profession or team.profession,
        reports_to=reports_to,
        responsibilities=duties,
    )


def open_staff_post(
    *, staff: Staff, teams: Teams, grade: int, chance: Chance, team: Team | None = None
) -> Post:
    """
    A post that leads nobody, in `team` or one that fits the grade.

    The team is the nearest one whose leader is of a higher grade.
    """
    if team is None:
        team = chance.pick(teams.by_level[_LEVEL_OF_GRADE[grade]])
    leader = staff.leader_of(team=team)
    while leader is not None and leader.grade <= grade and team.parent is not None:
        team = team.parent
        leader = staff.leader_of(team=team)
    if leader is not None and leader.grade <= grade:
        leader = staff.head
    says_subject = team.area is not CORPORATE and chance.percent(50)
    title = invent_title(
        chance=chance,
        profession=team.profession,
        grade=grade,
        function=team.subject.name if says_subject else team.function,
    )
    return open_post(
        staff=staff,
        team=team,
        grade=grade,
        title=title,
        reports_to=leader,
        chance=chance,
    )


def fill(*, post: Post, person: Person) -> None:
    """Put a person into a post; beside its holder, where it has one already."""
    person.post = post
    if post.holder is None:
        post.holder = person
        return
    post.sharer = person
    for one in (post.holder, person):
        one.kind, one.ends = "job share", None
        one.fte = "0.5"
        one.working_days = ""


def complete(
    *,
    staff: Staff,
    teams: Teams,
    person: Person,
    as_of: date,
    newest: bool,
    chance: Chance,
) -> None:
    """
    Give a person in a post everything else that a personnel record holds.

    as_of: the day their record is first delivered for.
    newest: they started in the last three months, and not long ago.
    """
    if person.identity is None:
        person.identity = invent_identity(chance=chance)
    # The cast and people who transfer bring their own, even where that is none.
    if person.member is None and not person.transfer:
        person.expertise = invent_expertise(chance=chance, profession=person.post.profession)
    staff.last_person_number += 1 + chance.below(5)
    person.number = staff.last_person_number
    at_site = chance.percent(88)
    person.location = person.post.team.location if at_site else teams.places.draw(chance)
    person.started = invent_start(as_of=as_of, newest=newest, chance=chance)
    person.phone = _invent_phone(person=person, chance=chance)
    if person.kind != "job share":
        _invent_terms(person=person, as_of=as_of, chance=chance)
    if not newest and person.member is None and chance.percent(2.5):
        person.status = "leave"
    if not person.email:
        person.email = take_email(staff=staff, identity=person.identity)


def cast_person(*, staff: Staff, person: Person, member: CastMember) -> None:
    """Let a member of the cast be this person; nobody of the same name gets their address."""
    person.member = member
    person.identity = Identity(
        given_name=member.given_name,
        family_name=member.family_name,
        preferred_name="",
        pronouns="",
    )
    person.expertise = member.expertise
    person.email = take_email(staff=staff, identity=person.identity)


def take_email(*, staff: Staff, identity: Identity) -> str:
    """The part before the `@`, with a number where somebody had it before."""
    wanted = f"{email_part(identity.given_name)}.{email_part(identity.family_name)}"
    used = staff.emails.get(wanted, 0)
    staff.emails[wanted] = used + 1
    return f"{wanted}{used + 1}" if used else wanted


def invent_start(*, as_of: date, newest: bool, chance: Chance) -> date:
    """The day somebody started in a post: within the quarter, or up to 30 years ago."""
    if newest:
        return as_of - timedelta(days=1 + chance.below(88))
    years = chance.fraction()
    return as_of - timedelta(days=90 + int(years * years * years * 11_000))


def _invent_phone(*, person: Person, chance: Chance) -> str:
    if person.location is None or chance.percent(4):
        return ""
    prefix = MOBILE_PREFIX if chance.percent(30) else person.location.phone_prefix
    return f"{prefix}{chance.below(1000):03d}"


def _invent_terms(*, person: Person, as_of: date, chance: Chance) -> None:
    """How the person holds the post: share, days, kind, and when it ends."""
    if person.member is not None:
        return
    person.fte = _WORKING_SHARES.draw(chance)
    person.working_days = chance.pick(_WORKING_DAYS[person.fte])
    person.kind = _KINDS.draw(chance)
    if person.kind != "substantive":
        person.ends = as_of + timedelta(days=120 + chance.below(400))
