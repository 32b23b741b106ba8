"""What happens in an organisation between two deliveries: people join, move, marry and leave."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from directory.synthetic.chance import Chance
from directory.synthetic.hiring import (
    complete,
    fill,
    invent_start,
    open_staff_post,
    take_email,
)
from directory.synthetic.naming import invent_new_family_name
from directory.synthetic.people import Person, Post, Staff
from directory.synthetic.staffing import lead_team
from directory.synthetic.teams import LEVELS, Team, Teams
from directory.synthetic.transfers import Transfer
from directory.synthetic.work import AA, AO, EO, G6, HEO, STAFF_GRADES

#: A complete file that lacks more of a feed's people than this looks truncated to its reader.
DEPARTURE_LIMIT_PERCENT = 5
DEPARTURES_ALWAYS_ALLOWED = 5

_LARGE_PEOPLE = 200
_LEAVERS_PERCENT = 3.9
_JOINERS_PERCENT = 4.0
_MOVERS_PERCENT = 5.0
_RENAMES_PERCENT = 0.5
_LEAVE_PERCENT = 0.7


@dataclass(frozen=True, slots=True)
class Changes:
    """
    How a period's files differ from those of the period before.

    joiners, leavers: those who come from or go to another organisation are among them.
    leavers_marked: leavers still in the file, with status left; the others are absent.
    movers: people whose team, title or grade changed.
    renames: people whose name changed; they may be movers as well.
    """

    joiners: int = 0
    leavers: int = 0
    leavers_marked: int = 0
    movers: int = 0
    renames: int = 0
    teams_added: int = 0
    teams_renamed: int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """
    One step of one organisation.

    index: from 1; as_of: the day its files describe.
    leaving, arriving: moves to and from other organisations.
    """

    index: int
    as_of: date
    leaving: Sequence[Transfer]
    arriving: Sequence[Transfer]


def advance(*, staff: Staff, teams: Teams, period: Period, chance: Chance) -> Changes:
    """Take an organisation one period further, in place, and say what happened."""
    staff.people = [person for person in staff.people if person.status != "left"]
    before = len(staff.people)
    _pass_time(people=staff.people, as_of=period.as_of, chance=chance)
    marked, leavers = _let_leave(staff=staff, period=period, chance=chance)
    renames = _rename(staff=staff, count=max(_share(before, _RENAMES_PERCENT), 1), chance=chance)
    renamed_teams = _rename_teams(teams=teams, chance=chance)
    new_team = _add_team(staff=staff, teams=teams, chance=chance)
    movers = _move_people(staff=staff, teams=teams, period=period, new_team=new_team, chance=chance)
    joiners = _let_join(
        staff=staff,
        teams=teams,
        period=period,
        count=_share(before, _JOINERS_PERCENT),
        chance=chance,
    )
    return Changes(
        joiners=joiners,
        leavers=leavers,
        leavers_marked=marked,
        movers=movers,
        renames=renames,
        teams_added=1,
        teams_renamed=renamed_teams,
    )


def departures_allowed(*, people: int) -> int:
    """How many of `people` may leave a feed in one period before its reader grows suspicious."""
    if people < _LARGE_PEOPLE:
        return DEPARTURES_ALWAYS_ALLOWED
    return people * DEPARTURE_LIMIT_PERCENT // 100


def _share(people: int, percent: float) -> int:
    return int(people * percent / 100 + 0.5)


def _free(*, staff: Staff) -> list[Person]:
    """Whoever may leave or move: neither the head, nor the cast, nor people about to transfer."""
    return [
        person
        for person in staff.people
        if person.member is None
        and not person.transfer
        and person.status != "left"
        and person.post is not staff.head
    ]


def _pass_time(*, people: list[Person], as_of: date, chance: Chance) -> None:
    """Loans end, and people go on leave and come back."""
    for person in people:
        if person.ends is not None and person.ends < as_of:
            person.kind, person.ends = "substantive", None
        if person.status == "leave":
            if chance.percent(25):
                person.status = "active"
        elif person.member is None and chance.percent(_LEAVE_PERCENT):
            person.status = "leave"


def _let_leave(*, staff: Staff, period: Period, chance: Chance) -> tuple[int, int]:
    """How many are marked as left, and how many leave in all."""
    before = len(staff.people)
    moving = {transfer.number for transfer in period.leaving}
    going = [
        person
        for person in staff.people
        if person.transfer in moving and person.joined < period.index
    ]
    own = min(_share(before, _LEAVERS_PERCENT), departures_allowed(people=before) - len(going))
    leavers = chance.sample(_free(staff=staff), max(0, own))
    absent = set()
    marked = 0
    for person in (*going, *leavers):
        _vacate(staff=staff, person=person)
        if not person.transfer and chance.percent(50):
            person.status = "left"
            days = chance.below(80)
            person.ends = max(person.started, period.as_of - timedelta(days=1 + days))
            marked += 1
        else:
            absent.add(person.number)
    staff.people = [person for person in staff.people if person.number not in absent]
    return marked, len(going) + len(leavers)


def _vacate(*, staff: Staff, person: Person) -> None:
    post = person.post
    post.release(person=person)
    if post.holder is None:
        # Teams wait for a new leader less long than for anybody else.
        staff.vacancies.insert(0 if post.leads else len(staff.vacancies), post)


def _rename(*, staff: Staff, count: int, chance: Chance) -> int:
    """Some marry, and half of them take a new address."""
    renamed = chance.sample(_free(staff=staff), count)
    for person in renamed:
        family_name = invent_new_family_name(chance=chance, family_name=person.name.family_name)
        person.identity = replace(person.name, family_name=family_name)
        if chance.percent(50):
            person.email = take_email(staff=staff, identity=person.identity)
    return len(renamed)


def _rename_teams(*, teams: Teams, chance: Chance) -> int:
    candidates = [team for level in (4, 5, 6) for team in teams.by_level[level]]
    chosen = chance.sample(candidates, 1 + len(candidates) // 100)
    for team in chosen:
        teams.rename(team=team)
    return len(chosen)


def _add_team(*, staff: Staff, teams: Teams, chance: Chance) -> Team:
    """A new unit; the post of its leader is the first vacancy to be filled."""
    parent = chance.pick(teams.by_level[LEVELS - 1])
    team = teams.add(parent=parent)
    above = staff.leader_of(team=parent)
    grade = min(HEO, above.grade - 1) if above else HEO
    staff.vacancies.insert(0, lead_team(staff=staff, team=team, grade=grade, chance=chance))
    return team


def _move_people(
    *, staff: Staff, teams: Teams, period: Period, new_team: Team, chance: Chance
) -> int:
    """Some change post within the organisation; the first of them go to the new team."""
    count = max(_share(len(staff.people), _MOVERS_PERCENT), 1)
    moved = 0
    movable = [person for person in _free(staff=staff) if person.post.grade <= G6]
    for person in chance.sample(movable, count):
        post = _next_post(
            staff=staff,
            teams=teams,
            person=person,
            team=new_team if moved < 3 else None,
            chance=chance,
        )
        if post is None:
            continue
        _vacate(staff=staff, person=person)
        person.kind, person.ends = "substantive", None
        fill(post=post, person=person)
        start = invent_start(as_of=period.as_of, newest=True, chance=chance)
        person.started = max(start, person.started)
        if chance.percent(60):
            person.location = post.team.location
        moved += 1
    return moved


def _next_post(
    *, staff: Staff, teams: Teams, person: Person, team: Team | None, chance: Chance
) -> Post | None:
    """A post that differs from the person's in team, title or grade; None if none was found."""
    now = person.post
    if team is None and chance.percent(60):
        for place, post in enumerate(staff.vacancies[:40]):
            if post.grade - now.grade in (0, 1) and _differs(post, now):
                return staff.vacancies.pop(place)
    for _ in range(6):
        grade = now.grade
        if grade < G6 and chance.percent(35):
            grade += 1
        stays = not now.leads and chance.percent(30)
        within = team if team and grade in (AA, AO, EO) else (now.team if stays else None)
        post = open_staff_post(staff=staff, teams=teams, grade=grade, chance=chance, team=within)
        if _differs(post, now):
            return post
    return None


def _differs(post: Post, other: Post) -> bool:
    return (post.team.code, post.title, post.grade) != (
        other.team.code,
        other.title,
        other.grade,
    )


def _let_join(*, staff: Staff, teams: Teams, period: Period, count: int, chance: Chance) -> int:
    """New people and those from other organisations, into vacancies first, then new posts."""
    for transfer in (*period.arriving, *[None] * count):
        grade = transfer.grade if transfer else STAFF_GRADES.draw(chance)
        leads = bool(staff.vacancies) and staff.vacancies[0].leads
        if transfer is None and staff.vacancies and (leads or chance.percent(70)):
            post = staff.vacancies.pop(0)
        else:
            post = open_staff_post(staff=staff, teams=teams, grade=grade, chance=chance)
        person = Person(post=post, joined=period.index)
        fill(post=post, person=person)
        if transfer is not None:
            person.transfer = transfer.number
            person.identity, person.expertise = transfer.identity, transfer.expertise
        complete(
            staff=staff,
            teams=teams,
            person=person,
            as_of=period.as_of,
            newest=True,
            chance=chance,
        )
        staff.people.append(person)
    return len(period.arriving) + count
