"""A tree of teams, six levels deep, sized to its organisation, with names that say what they do."""

from dataclasses import dataclass

from directory.synthetic.chance import Chance, Weighted, ranked
from directory.synthetic.locations import LOCATIONS, Location
from directory.synthetic.organisations import Organisation
from directory.synthetic.subjects import AREAS, CORPORATE, Area, Subject
from directory.synthetic.work import FUNCTIONS, LEVEL_WORDS, OPEN_PROFESSIONS

#: Depth of the tree: directorate general, directorate, division, branch, team, unit.
LEVELS = 6

#: People for each unit of the lowest level, those who lead the levels above it counted in.
_PEOPLE_PER_UNIT = 9

#: From this many teams on a level, one of them serves the organisation itself.
_CORPORATE_FROM = 4

_QUALIFIERS = (
    *(
        "North West",
        "North East",
        "Midlands",
        "South West",
        "South East",
        "London",
        "East",
    ),
    *(
        "Scotland",
        "Wales",
        "Northern Ireland",
        "Yorkshire",
        "Central",
        "National",
        "Coastal",
    ),
)


@dataclass(slots=True, eq=False)
class Team:
    """
    One team as it stands in a period; renamed in a later one, it stays the same object.

    level: 1 to 6.
    stem: its name without the word for its kind, as job titles use it.
    profession, function: of the people in it.
    """

    code: str
    parent: "Team | None"
    level: int
    stem: str
    word: str
    area: Area
    subject: Subject
    profession: str
    function: str
    location: Location

    @property
    def name(self) -> str:
        """What it is called, such as `Legal Aid Casework Unit`."""
        return f"{self.stem} {self.word}"


class Teams:
    """
    Every team of one organisation, parents before children.

    people: how many it employs, which settles the number of teams on each level.
    depth: levels to make, from the first.
    office: the team of whoever leads the organisation; no other team is below it.
    """

    def __init__(
        self,
        *,
        organisation: Organisation,
        people: int,
        chance: Chance,
        depth: int = LEVELS,
    ) -> None:
        self._organisation = organisation
        self._chance = chance
        self._names: set[str] = set()
        self._numbers: dict[str, int] = {}
        self._has_corporate = False
        places = list(LOCATIONS)
        chance.shuffle(places)
        #: Large organisations have many sites; the first in the list hold most people.
        self.places: Weighted[Location] = ranked(places[: min(len(places), 2 + people // 60)])
        self.listed: list[Team] = []
        self.by_level: tuple[list[Team], ...] = tuple([] for _ in range(LEVELS + 1))
        self.office = self._office()
        for level in range(1, depth + 1):
            self._grow(level=level, count=_teams_on_level(people=people, level=level))

    def add(self, *, parent: Team) -> Team:
        """A team more, below `parent`."""
        team = self._child(parent=parent, subject=parent.subject, area=parent.area)
        self._keep(team)
        return team

    def rename(self, *, team: Team) -> None:
        """Give a team another name, as after a reorganisation; its code stays."""
        team.function = self._chance.pick(FUNCTIONS[team.profession])
        stem = self._stem(level=team.level, subject=team.subject, area=team.area, team=team)
        team.stem = stem

    def _office(self) -> Team:
        word = "Permanent Secretary" if self._organisation.is_department else "Chief Executive"
        area = AREAS[self._organisation.slug][0]
        team = Team(
            code=f"{self._organisation.code}-0001",
            parent=None,
            level=1,
            stem=f"{word}'s",
            word="Office",
            area=area,
            subject=area.subjects[0],
            profession="Policy",
            function="Private Office",
            location=self.places.items[0],
        )
        self.listed.append(team)
        return team

    def _grow(self, *, level: int, count: int) -> None:
        """Spread `count` teams evenly below the teams one level up."""
        areas = AREAS[self._organisation.slug]
        parents = self.by_level[level - 1]
        with_corporate = count >= _CORPORATE_FROM and not self._has_corporate
        self._has_corporate = self._has_corporate or with_corporate
        if level == 1:
            count = min(count, len(areas) + with_corporate)
        for place in range(count):
            parent = parents[place * len(parents) // count] if parents else None
            area = parent.area if parent else areas[place % len(areas)]
            if with_corporate and place == count - 1:
                area = CORPORATE
            if parent is None or area is not parent.area:
                subject = Subject(area.name, "Human Resources" if area is CORPORATE else "")
            elif parent.subject.name == area.name:
                subject = area.subjects[self._children_of(parent) % len(area.subjects)]
            else:
                subject = parent.subject
            self._keep(self._child(parent=parent, subject=subject, area=area, level=level))

    def _children_of(self, parent: Team) -> int:
        level = self.by_level[parent.level + 1]
        return sum(1 for team in level[-len(parent.area.subjects) * 4 :] if team.parent is parent)

    def _child(self, *, parent: Team | None, subject: Subject, area: Area, level: int = 0) -> Team:
        level = level or (parent.level + 1 if parent else 1)
        profession = subject.profession
        if not profession and level <= 3:
            profession = OPEN_PROFESSIONS.draw(self._chance) if level == 3 else "Policy"
        if not profession and parent:
            profession = parent.profession
        same_site = parent is not None and level > 3 and self._chance.percent(85)
        team = Team(
            code=f"{self._organisation.code}-{len(self.listed) + 1:04d}",
            parent=parent,
            level=level,
            stem="",
            word=LEVEL_WORDS[level - 1],
            area=area,
            subject=subject,
            profession=profession,
            function=self._chance.pick(FUNCTIONS[profession]),
            location=parent.location if same_site and parent else self.places.draw(self._chance),
        )
        team.stem = self._stem(level=level, subject=subject, area=area, team=team)
        return team

    def _keep(self, team: Team) -> None:
        self.listed.append(team)
        self.by_level[team.level].append(team)

    def _stem(self, *, level: int, subject: Subject, area: Area, team: Team) -> str:
        """A name no other team of the organisation has."""
        if subject.name == area.name or level <= 2:
            base = subject.name
        elif area is CORPORATE:
            base = team.function
        else:
            base = _joined(subject.name, team.function)
        stem, tries = base, 0
        # The word for the kind counts, so a Rail Group may hold a Rail Directorate.
        while f"{stem} {team.word}" in self._names:
            stem, tries = f"{base} {self._chance.pick(_QUALIFIERS)}", tries + 1
            if tries > 3:
                self._numbers[stem] = self._numbers.get(stem, 1) + 1
                stem = f"{stem} {self._numbers[stem]}"
        self._names.add(f"{stem} {team.word}")
        return stem


def _joined(subject: str, function: str) -> str:
    """Both, without saying a word twice where one ends as the other begins."""
    first, _, rest = function.partition(" ")
    if function.startswith(subject):
        return function
    if subject.endswith(f" {first}"):
        return f"{subject} {rest}".rstrip()
    return f"{subject} {function}"


def _teams_on_level(*, people: int, level: int) -> int:
    """
    The `level`-th of six steps, each the same factor larger, from one team to all units.

    Worked out in whole numbers: a power of fractions may differ in its last digit
    from one machine to another.
    """
    units = max(1, people // _PEOPLE_PER_UNIT)
    wanted = units**level
    count = 1
    while (count + 1) ** LEVELS <= wanted:
        count += 1
    return count
