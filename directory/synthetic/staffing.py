"""The staff of one organisation on the first day: who leads, who works for whom, who is in it."""

from collections.abc import Sequence
from datetime import date

from directory.synthetic.cast import CAST, CastMember
from directory.synthetic.chance import Chance
from directory.synthetic.hiring import (
    cast_person,
    complete,
    fill,
    open_post,
    open_staff_post,
)
from directory.synthetic.organisations import Organisation
from directory.synthetic.people import Person, Post, Staff
from directory.synthetic.teams import LEVELS, Team, Teams
from directory.synthetic.transfers import Transfer
from directory.synthetic.work import (
    EO,
    G6,
    G7,
    GRADES,
    HEO,
    SCS1,
    SCS2,
    SCS3,
    SCS4,
    SEO,
    STAFF_GRADES,
    leader_title,
)

#: Grades of the head of an organisation and the leaders of levels 1 to 6.
_DEPARTMENT_LADDER = (SCS4, SCS3, SCS2, SCS1, G6, G7, SEO)
_AGENCY_LADDER = (SCS3, SCS2, SCS1, G6, G7, SEO, HEO)
_SMALL_BODY_LADDER = (SCS2, SCS1, G6, G7, SEO, HEO, EO)

_SMALL_BODY_PEOPLE = 150
_JOB_SHARE_PERCENT = 1
_PRIVATE_OFFICE_GRADES = (G7, HEO, EO)


def staff_organisation(
    *,
    organisation: Organisation,
    teams: Teams,
    people: int,
    leaving: Sequence[Transfer],
    as_of: date,
    chance: Chance,
) -> Staff:
    """
    Everybody an organisation employs in period 0.

    people: how many; at least ten.
    leaving: those who will move to another organisation, and so must be among them.
    """
    staff = Staff()
    _appoint_leaders(
        staff=staff,
        teams=teams,
        organisation=organisation,
        people=people,
        chance=chance,
    )
    _appoint_cast(staff=staff, teams=teams, organisation=organisation, chance=chance)
    _appoint_staff(staff=staff, teams=teams, people=people, chance=chance)
    _mark_transfers(people=staff.people, leaving=leaving, chance=chance)
    # A personnel system lists people by number, so a manager may come after their reports.
    chance.shuffle(staff.people)
    for person in staff.people:
        complete(
            staff=staff,
            teams=teams,
            person=person,
            as_of=as_of,
            newest=False,
            chance=chance,
        )
    return staff


def _appoint_leaders(
    *,
    staff: Staff,
    teams: Teams,
    organisation: Organisation,
    people: int,
    chance: Chance,
) -> None:
    """The head, their private office, and a leader for each team of the levels that have one."""
    ladder = _ladder(organisation=organisation, people=people)
    title = "Permanent Secretary" if organisation.is_department else "Chief Executive"
    staff.head = open_post(
        staff=staff,
        team=teams.office,
        grade=ladder[0],
        title=title,
        reports_to=None,
        chance=chance,
    )
    _appoint(staff=staff, post=staff.head)
    if people >= 60:
        for grade in _PRIVATE_OFFICE_GRADES:
            post = open_staff_post(
                staff=staff, teams=teams, grade=grade, chance=chance, team=teams.office
            )
            post.title = f"Private Secretary ({GRADES[grade]})"
            _appoint(staff=staff, post=post)
    for level in range(_first_led_level(people=people), LEVELS + 1):
        for team in teams.by_level[level]:
            grade = ladder[level]
            if level == LEVELS and grade == SEO and chance.percent(40):
                grade = HEO
            lead_team(staff=staff, team=team, grade=grade, chance=chance)
            _appoint(staff=staff, post=staff.leaders[team.code])


def _ladder(*, organisation: Organisation, people: int) -> tuple[int, ...]:
    if organisation.is_department:
        return _DEPARTMENT_LADDER
    return _AGENCY_LADDER if people >= _SMALL_BODY_PEOPLE else _SMALL_BODY_LADDER


def _first_led_level(*, people: int) -> int:
    """A body of twenty has six levels on paper, but not a leader for each."""
    if people >= 60:
        return 1
    return 4 if people >= 30 else 5


def lead_team(*, staff: Staff, team: Team, grade: int, chance: Chance) -> Post:
    """Open the post of a team's leader, who reports to the leader of the team above."""
    above = staff.leader_of(team=team.parent) if team.parent else staff.head
    post = open_post(
        staff=staff,
        team=team,
        grade=grade,
        title=leader_title(level=team.level, stem=team.stem),
        reports_to=above,
        chance=chance,
    )
    post.leads = True
    staff.leaders[team.code] = post
    return post


def _appoint(*, staff: Staff, post: Post) -> Person:
    person = Person(post=post)
    fill(post=post, person=person)
    staff.people.append(person)
    return person


def _appoint_cast(
    *, staff: Staff, teams: Teams, organisation: Organisation, chance: Chance
) -> None:
    """Put the cast of this organisation into posts of their own, or at the head of a team."""
    members = [one for one in CAST if one.organisation_slug == organisation.slug]
    led_by: dict[str, Post] = {}
    roles_above = {one.reports_to_role for one in members} - {""}
    for member in sorted(members, key=lambda one: one.role not in roles_above):
        if member.role in roles_above:
            post = staff.leaders[_team_for(teams=teams, member=member, level=5).code]
            post.title, post.grade = member.job_title, member.grade_place
            holder = post.holder or _appoint(staff=staff, post=post)
        else:
            above = led_by.get(member.reports_to_role)
            team = above.team if above else _team_for(teams=teams, member=member, level=5)
            post = open_post(
                staff=staff,
                team=team,
                grade=member.grade_place,
                title=member.job_title,
                reports_to=staff.leader_of(team=team),
                chance=chance,
            )
            holder = _appoint(staff=staff, post=post)
        post.profession = member.profession
        led_by[member.role] = post
        cast_person(staff=staff, person=holder, member=member)


def _team_for(*, teams: Teams, member: CastMember, level: int) -> Team:
    """The team whose work is nearest to the member's: by profession, then by subject."""
    return max(
        teams.by_level[level],
        key=lambda team: (
            team.profession == member.profession,
            team.subject.name in member.job_title,
        ),
    )


def _appoint_staff(*, staff: Staff, teams: Teams, people: int, chance: Chance) -> None:
    """Fill posts that lead nobody until there are `people`; one in a hundred is shared."""
    while len(staff.people) < people:
        grade = STAFF_GRADES.draw(chance)
        post = open_staff_post(staff=staff, teams=teams, grade=grade, chance=chance)
        _appoint(staff=staff, post=post)
        if len(staff.people) < people and chance.percent(_JOB_SHARE_PERCENT):
            _appoint(staff=staff, post=post)


def _mark_transfers(*, people: list[Person], leaving: Sequence[Transfer], chance: Chance) -> None:
    """Let the people who will move be who their transfer says they are."""
    free = [one for one in people if one.member is None and not one.post.leads]
    free = [one for one in free if one.post.reports_to is not None and one.kind != "job share"]
    chance.shuffle(free)
    free.sort(key=lambda one: one.post.grade, reverse=True)
    for transfer in leaving:
        place = next((n for n, one in enumerate(free) if one.post.grade <= transfer.grade), 0)
        person = free.pop(place)
        person.transfer = transfer.number
        person.identity = transfer.identity
        person.expertise = transfer.expertise
