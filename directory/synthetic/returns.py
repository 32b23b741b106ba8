"""
Organogram returns: senior staff as posts, with names where disclosed; junior staff as counts.

A return knows no person, only who holds a post; so it is made from posts alone.
"""

from dataclasses import dataclass, field, replace

from directory.synthetic.chance import Chance
from directory.synthetic.naming import (
    Identity,
    email_part,
    invent_identity,
    invent_new_family_name,
)
from directory.synthetic.organisations import Organisation
from directory.synthetic.teams import Team, Teams
from directory.synthetic.work import (
    AO,
    EO,
    G6,
    G7,
    HEO,
    SCS1,
    SCS2,
    SCS3,
    SCS4,
    SEO,
    invent_title,
    leader_title,
)

#: The most people such a return names here; real ones name a few hundred at most.
NAMED_LIMIT = 150

_UNDISCLOSED_PER_100 = 12
_VACANT_PER_100 = 5
_JUNIOR_GRADES = (G6, G7, SEO, HEO, EO, AO)
_LEAVERS = 2
_GRADE_OF_LEVEL = (SCS4, SCS3, SCS2, SCS1)


@dataclass(slots=True, eq=False)
class JuniorPosts:
    """
    Posts without names of one grade below one senior post.

    tenths: their number in tenths of a full-time post, so that no sum is ever rounded.
    """

    grade: int
    title: str
    profession: str
    tenths: int


@dataclass(slots=True, eq=False)
class SeniorPost:
    """
    One senior post, whoever holds it.

    state: named, undisclosed (printed as N/D), vacant or eliminated.
    holder: set only while named.
    """

    reference: str
    team: Team
    grade: int
    title: str
    reports_to: "SeniorPost | None"
    state: str = "named"
    holder: Identity | None = None
    juniors: list[JuniorPosts] = field(default_factory=list)

    @property
    def email_name(self) -> str:
        """The part of the holder's address before the `@`; a shared one where nobody is named."""
        if self.holder is None:
            return "enquiries"
        given, family = self.holder.given_name, self.holder.family_name
        return f"{email_part(given)}.{email_part(family)}"


class Return:
    """The senior and junior posts of one organisation, as they stand in a period."""

    def __init__(self, *, organisation: Organisation, named: int, chance: Chance) -> None:
        """named: how many holders the first return names; at least ten."""
        self.organisation = organisation
        self._chance = chance
        self._named = named
        total = named + named * (_UNDISCLOSED_PER_100 + _VACANT_PER_100) // 100 + 2
        # As many divisions as leave room for the levels above them.
        divisions = max(2, total * 3 // 4)
        teams = Teams(organisation=organisation, people=9 * divisions**2, chance=chance, depth=3)
        self.posts: list[SeniorPost] = []
        self._next_reference = 1000
        self._build(teams=teams, total=total)
        self._assign_holders()

    def holders(self) -> set[tuple[str, str, str]]:
        """Reference, given and family name of everybody named."""
        return {
            (post.reference, post.holder.given_name, post.holder.family_name)
            for post in self.posts
            if post.holder is not None
        }

    def advance(self) -> tuple[int, int]:
        """Take the return one period further; how many moved to another post, and were renamed."""
        self.posts = [post for post in self.posts if post.state != "eliminated"]
        vacant = [post for post in self.posts if post.state == "vacant"]
        self._chance.shuffle(vacant)
        free = self._chance.sample(self._free(), _LEAVERS + 2)
        if vacant and len(free) > 2:
            self._eliminate(post=vacant.pop())
        for post in free[2:]:
            post.state, post.holder = "vacant", None
        renamed = self._rename(post=free[0])
        moved = 0
        if vacant and len(free) > 1:
            target, mover = vacant.pop(), free[1]
            target.state, target.holder = "named", mover.holder
            mover.state, mover.holder = "vacant", None
            moved = 1
        for post in vacant[:1]:
            post.state, post.holder = "named", invent_identity(chance=self._chance)
        above = self._chance.pick([post for post in self.posts if post.grade == SCS2])
        self._add(team=above.team, grade=SCS1, reports_to=above).state = "named"
        self.posts[-1].holder = invent_identity(chance=self._chance)
        self._recount()
        return moved, renamed

    def _build(self, *, teams: Teams, total: int) -> None:
        """The top post, then one for each team, then further deputies until there are `total`."""
        leaders: dict[str, SeniorPost] = {}
        head = self._add(team=teams.office, grade=SCS4, reports_to=None)
        head.title = "Chief Executive and Permanent Secretary"
        for level in (1, 2, 3):
            for team in teams.by_level[level]:
                above = leaders[team.parent.code] if team.parent else head
                if level < 3 or len(self.posts) < total:
                    leaders[team.code] = self._add(
                        team=team, grade=_GRADE_OF_LEVEL[level], reports_to=above
                    )
        while len(self.posts) < total:
            team = self._chance.pick(teams.by_level[2])
            self._add(team=team, grade=SCS1, reports_to=leaders[team.code])

    def _add(self, *, team: Team, grade: int, reports_to: SeniorPost | None) -> SeniorPost:
        self._next_reference += 1 + self._chance.below(4)
        leads = SCS1 + 3 - team.level == grade
        post = SeniorPost(
            reference=str(self._next_reference),
            team=team,
            grade=grade,
            title=leader_title(level=team.level, stem=team.stem)
            if leads
            else invent_title(
                chance=self._chance,
                profession=team.profession,
                grade=grade,
                function=team.function,
            ),
            reports_to=reports_to,
        )
        if grade == SCS1:
            post.juniors = self._juniors(team=team)
        self.posts.append(post)
        return post

    def _juniors(self, *, team: Team) -> list[JuniorPosts]:
        return [
            JuniorPosts(
                grade=grade,
                title=invent_title(
                    chance=self._chance,
                    profession=team.profession,
                    grade=grade,
                    function=team.function,
                ),
                profession=team.profession,
                tenths=10 * (1 + self._chance.below(9)) + 2 * self._chance.below(5),
            )
            for grade in _JUNIOR_GRADES
            if self._chance.percent(75)
        ]

    def _assign_holders(self) -> None:
        """Vacancies first, then posts of the lowest senior grade whose holder is not disclosed."""
        ordinary = [post for post in self.posts if post.grade == SCS1]
        self._chance.shuffle(ordinary)
        unnamed = len(self.posts) - self._named
        vacant = max(2, len(self.posts) * _VACANT_PER_100 // 100)
        for place, post in enumerate(ordinary[:unnamed]):
            post.state = "vacant" if place < vacant else "undisclosed"
        for post in self.posts:
            if post.state == "named":
                post.holder = invent_identity(chance=self._chance)

    def _free(self) -> list[SeniorPost]:
        """Named posts below the top, whose holders may leave."""
        return [post for post in self.posts if post.state == "named" and post.grade < SCS3]

    def _rename(self, *, post: SeniorPost) -> int:
        if post.holder is None:
            return 0
        family_name = invent_new_family_name(
            chance=self._chance, family_name=post.holder.family_name
        )
        post.holder = replace(post.holder, family_name=family_name)
        return 1

    def _eliminate(self, *, post: SeniorPost) -> None:
        """Close a vacant post; the people counted below it pass to the post above."""
        post.state = "eliminated"
        if post.reports_to is not None and post.grade == SCS1:
            held = {junior.grade for junior in post.reports_to.juniors}
            post.reports_to.juniors += [
                junior for junior in post.juniors if junior.grade not in held
            ]
        post.juniors = []

    def _recount(self) -> None:
        for post in self.posts:
            for junior in post.juniors:
                if self._chance.percent(15):
                    junior.tenths = max(4, junior.tenths + 10 * self._chance.below(3) - 10)
