"""What a team's page shows: its place, its people, its posts, the teams below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from directory import orgtree, visibility
from directory.models import Appointment, Post, Team
from directory.orgtree import Count
from directory.visibility import Viewer
from directory.web.person_card import PersonCard, person_card
from directory.web.places import Place, TeamPlace, read_places, team_url
from directory.web.reporting import PostLine, read_lines, senior_first

#: People on one page of a team.
PEOPLE_PER_PAGE: Final = 50
#: Most posts without a named holder that a page lists; the counts cover all of them.
MOST_POSTS: Final = 100


class TeamNotFound(Exception):
    """No team stands at this path."""


class TeamElsewhere(Exception):
    """The team's path is written otherwise; `url` is how."""

    def __init__(self, *, url: str) -> None:
        super().__init__(url)
        self.url = url


class NoSuchPage(Exception):
    """The list ends before this page."""


@dataclass(frozen=True, slots=True)
class SubTeam:
    """A team directly below, with everybody in it and below it."""

    place: Place
    people: int


@dataclass(frozen=True, slots=True)
class TeamPage:
    """
    A team as the viewer sees it.

    people: this page of them, one card for each post they hold in the team.
    vacancies, undisclosed, counted: posts without a named holder: to be filled, filled
        without a name, standing for several; `MOST_POSTS` of each at most.
    is_theirs: the viewer leads it, or curates its organisation, and writes what it is for.
    """

    team_id: UUID
    name: str
    description: str
    is_closed: bool
    place: TeamPlace
    count: Count
    people: tuple[PersonCard, ...]
    page: int
    has_next: bool
    vacancies: tuple[PostLine, ...]
    undisclosed: tuple[PostLine, ...]
    counted: tuple[PostLine, ...]
    sub_teams: tuple[SubTeam, ...]
    is_theirs: bool

    @property
    def next_url(self) -> str:
        """The next page of its people, empty on the last."""
        return f"{self.place.team.url}?page={self.page + 1}" if self.has_next else ""

    @property
    def first_url(self) -> str:
        """The first page of its people, empty when this is it."""
        return self.place.team.url if self.page > 1 else ""


def read_team_page(*, viewer: Viewer, slug_path: str, page: int = 1) -> TeamPage:
    """
    The page of the team at a slug path, in twelve queries at most.

    page: of its people, from 1.

    :raises TeamNotFound: if no team stands there.
    :raises TeamElsewhere: if the path is written in other letters than the team's own.
    :raises NoSuchPage: if there are fewer pages.
    """
    try:
        team = orgtree.team_by_slug_path(path=slug_path)
    except Team.DoesNotExist as error:
        raise TeamNotFound from error
    place = read_places(team_ids=[team.pk])[team.pk]
    if place.team.url != team_url(slug_path):
        raise TeamElsewhere(url=place.team.url)
    posts = visibility.visible_posts(viewer=viewer).filter(team=team)
    people, has_next = _people(viewer=viewer, team=team, page=page)
    counts = orgtree.counts_around(team=team, viewer=viewer)
    unnamed = _without_named_holder(posts)
    lines = read_lines(viewer=viewer, posts=unnamed)
    return TeamPage(
        team_id=team.pk,
        name=team.name,
        description=team.description,
        is_closed=team.status == Team.Status.CLOSED,
        place=place,
        count=counts[team.pk],
        people=people,
        page=page,
        has_next=has_next,
        vacancies=tuple(line for line in lines.values() if line.is_vacant),
        undisclosed=tuple(line for line in lines.values() if line.is_undisclosed),
        counted=tuple(line for line in lines.values() if line.posts_fte),
        sub_teams=_sub_teams(team, counts),
        is_theirs=team.status == Team.Status.LIVE and _is_theirs(viewer, team),
    )


def _is_theirs(viewer: Viewer, team: Team) -> bool:
    return team.organisation_id in viewer.curated_ids or orgtree.stands_within(
        team=team, team_ids=viewer.led_ids
    )


def _people(*, viewer: Viewer, team: Team, page: int) -> tuple[tuple[PersonCard, ...], bool]:
    """One page of those who hold posts in the team, the most senior first; and is there more."""
    first = (page - 1) * PEOPLE_PER_PAGE
    held = (
        Appointment.objects.filter(
            post__team=team,
            ends_on=None,
            post__status=Post.Status.LIVE,
            person__in=visibility.visible_people(viewer=viewer),
        )
        .select_related("person", "post", "post__grade", "post__location")
        .order_by(
            F("post__grade__rank").desc(nulls_last=True),
            "person__family_name",
            "person__given_name",
            "id",
        )
    )
    # One more than is shown says whether another page follows.
    shown = list(held[first : first + PEOPLE_PER_PAGE + 1])
    if page > 1 and not shown:
        raise NoSuchPage
    hidden = visibility.hidden_fields(
        viewer=viewer, person_ids=[appointment.person_id for appointment in shown]
    )
    cards = tuple(
        person_card(
            person=appointment.person,
            posts=[appointment],
            hidden=hidden.get(appointment.person_id, frozenset()),
            place=(),
        )
        for appointment in shown[:PEOPLE_PER_PAGE]
    )
    return cards, len(shown) > PEOPLE_PER_PAGE


def _without_named_holder(posts: QuerySet[Post]) -> Sequence[Post]:
    """
    Visible posts nobody is named for, the most senior first.

    A visible post that somebody holds is held by somebody visible, so holding is all to ask.
    """
    held = Appointment.objects.filter(post=OuterRef("pk"), ends_on=None)
    return list(senior_first(posts.filter(~Exists(held)))[: 3 * MOST_POSTS])


def _sub_teams(team: Team, counts: Mapping[UUID, Count]) -> tuple[SubTeam, ...]:
    below = Team.objects.filter(parent=team, status=Team.Status.LIVE).order_by("name", "id")
    children = list(below)
    paths = orgtree.slug_paths(team_ids=[child.pk for child in children])
    return tuple(
        SubTeam(
            place=Place(label=child.name, url=team_url(paths[child.pk])),
            people=counts[child.pk].total,
        )
        for child in children
    )
