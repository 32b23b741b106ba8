"""Whatever has a page of its own as a link, and where a team stands: what is above it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from directory import orgtree
from directory.models import ExpertiseTag, Organisation, Team


@dataclass(frozen=True, slots=True)
class Place:
    """Something with a page of its own: its name and the page's path."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class TeamPlace:
    """
    A team in its tree.

    above: the teams that hold it, from the top of the organisation down.
    """

    team: Place
    organisation: Place
    above: tuple[Place, ...]

    @property
    def holders(self) -> tuple[Place, ...]:
        """What holds the team: its organisation and the teams above."""
        return (self.organisation, *self.above)

    @property
    def chain(self) -> tuple[Place, ...]:
        """Organisation, the teams above, and the team itself."""
        return (*self.holders, self.team)


def person_url(person_id: UUID) -> str:
    """The path of a person's page."""
    return reverse("directory:person", args=[person_id])


def search_url(asked: str) -> str:
    """The path of a search, asked as the query of an address writes it."""
    return f"{reverse('directory:search')}?{asked}"


def organisation_url(slug: str) -> str:
    """The path of an organisation's page."""
    return reverse("directory:organisation", args=[slug])


def organisation_place(organisation: Organisation) -> Place:
    """The organisation as a link."""
    return Place(label=organisation.name, url=organisation_url(organisation.slug))


def tag_url(slug: str) -> str:
    """The path of the page of a tag."""
    return reverse("directory:tag", args=[slug])


def tag_place(tag: ExpertiseTag) -> Place:
    """The tag as a link."""
    return Place(label=tag.preferred_label, url=tag_url(tag.slug))


def team_url(slug_path: str) -> str:
    """The path of a team's page."""
    return reverse("directory:team", args=[slug_path])


def read_places(*, team_ids: Collection[UUID]) -> Mapping[UUID, TeamPlace]:
    """Where each of these teams stands; a constant number of queries."""
    teams = Team.objects.filter(pk__in=team_ids).select_related("organisation")
    # The labels of a path are the ids of the teams on it, see `sql/team_path.1.sql`.
    chains = {team: [UUID(label) for label in (team.path or "").split(".")] for team in teams}
    on_the_way = {team_id for chain in chains.values() for team_id in chain}
    names = dict(Team.objects.filter(pk__in=on_the_way).values_list("pk", "name"))
    slug_paths = orgtree.slug_paths(team_ids=on_the_way)
    links = {
        team_id: Place(label=name, url=team_url(slug_paths[team_id]))
        for team_id, name in names.items()
    }
    return {
        team.pk: TeamPlace(
            team=links[team.pk],
            organisation=organisation_place(team.organisation),
            above=tuple(links[team_id] for team_id in chain[:-1]),
        )
        for team, chain in chains.items()
    }
