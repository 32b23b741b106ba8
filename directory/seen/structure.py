"""Teams and organisations as the directory shows them; their names are public to every viewer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from directory import orgtree
from directory.models import Organisation, Team
from directory.visibility import Viewer


@dataclass(frozen=True, slots=True)
class NamedOrganisation:
    """An organisation as it is named elsewhere."""

    slug: str
    name: str
    acronym: str


@dataclass(frozen=True, slots=True)
class NamedTeam:
    """A team as it is named elsewhere; `path` as in `/teams/{path}`."""

    id: UUID
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class SeenTeam:
    """A team and where it stands; `parent` is None at the top of its organisation."""

    id: UUID
    name: str
    path: str
    organisation: NamedOrganisation
    parent: NamedTeam | None
    description: str
    status: str
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class TeamRecord(SeenTeam):
    """
    A team with its place in the tree and its numbers.

    ancestors: the teams above, top first. children: the live teams directly below.
    """

    ancestors: tuple[NamedTeam, ...]
    children: tuple[NamedTeam, ...]
    count: orgtree.Count


@dataclass(frozen=True, slots=True)
class SeenOrganisation:
    """An organisation with those it stands under and those that took over from it."""

    id: UUID
    slug: str
    name: str
    acronym: str
    kind: str
    status: str
    closed_at: datetime | None
    homepage: str
    parents: tuple[NamedOrganisation, ...]
    successors: tuple[NamedOrganisation, ...]
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class OrganisationRecord(SeenOrganisation):
    """
    An organisation with its neighbours.

    teams: the live teams at its top.
    """

    children: tuple[NamedOrganisation, ...]
    predecessors: tuple[NamedOrganisation, ...]
    teams: tuple[NamedTeam, ...]


def teams(*, team_ids: Sequence[UUID]) -> tuple[SeenTeam, ...]:
    """These teams, in this order: two queries."""
    found = Team.objects.select_related("organisation", "parent").in_bulk(team_ids)
    paths = orgtree.slug_paths(
        team_ids={*found, *(team.parent_id for team in found.values() if team.parent_id)}
    )
    return tuple(
        SeenTeam(**_team(found[team_id], paths)) for team_id in team_ids if team_id in found
    )


def team_record(*, viewer: Viewer, team_id: UUID) -> TeamRecord:
    """
    One team, live or closed: five queries.

    :raises Team.DoesNotExist: if there is none.
    """
    team = Team.objects.select_related("organisation", "parent").get(pk=team_id)
    above = orgtree.ancestors(team=team)
    below = list(Team.objects.filter(parent=team, status=Team.Status.LIVE).order_by("name", "pk"))
    paths = orgtree.slug_paths(team_ids={each.pk for each in (team, *above, *below)})
    return TeamRecord(
        **_team(team, paths),
        ancestors=_team_names(above, paths),
        children=_team_names(below, paths),
        count=orgtree.people_count(team=team, viewer=viewer),
    )


def organisations(*, organisation_ids: Sequence[UUID]) -> tuple[SeenOrganisation, ...]:
    """These organisations, in this order: three queries."""
    found = Organisation.objects.prefetch_related("parents", "successors").in_bulk(organisation_ids)
    return tuple(
        SeenOrganisation(**_organisation(found[key])) for key in organisation_ids if key in found
    )


def organisation_record(*, slug: str) -> OrganisationRecord:
    """
    One organisation, live or closed, whatever the case of the slug's letters: seven queries.

    :raises Organisation.DoesNotExist: if there is none.
    """
    organisation = Organisation.objects.prefetch_related(
        "parents", "successors", "children", "predecessors"
    ).get(slug__iexact=slug)
    top = organisation.teams.filter(parent=None, status=Team.Status.LIVE).order_by("name", "pk")
    paths = orgtree.slug_paths(team_ids=[team.pk for team in top])
    return OrganisationRecord(
        **_organisation(organisation),
        children=_organisation_names(organisation.children.all()),
        predecessors=_organisation_names(organisation.predecessors.all()),
        teams=_team_names(top, paths),
    )


def _team(team: Team, paths: Mapping[UUID, str]) -> dict[str, Any]:
    return {
        "id": team.pk,
        "name": team.name,
        "path": paths[team.pk],
        "organisation": _organisation_name(team.organisation),
        "parent": _team_names([team.parent], paths)[0] if team.parent else None,
        "description": team.description,
        "status": team.status,
        "updated_at": team.updated_at,
    }


def _team_names(found: Iterable[Team], paths: Mapping[UUID, str]) -> tuple[NamedTeam, ...]:
    return tuple(NamedTeam(id=team.pk, name=team.name, path=paths[team.pk]) for team in found)


def _organisation(organisation: Organisation) -> dict[str, Any]:
    return {
        "id": organisation.pk,
        "slug": organisation.slug,
        "name": organisation.name,
        "acronym": organisation.acronym,
        "kind": organisation.kind,
        "status": organisation.status,
        "closed_at": organisation.closed_at,
        "homepage": organisation.homepage,
        "parents": _organisation_names(organisation.parents.all()),
        "successors": _organisation_names(organisation.successors.all()),
        "updated_at": organisation.updated_at,
    }


def _organisation_names(found: Iterable[Organisation]) -> tuple[NamedOrganisation, ...]:
    return tuple(_organisation_name(organisation) for organisation in found)


def _organisation_name(organisation: Organisation) -> NamedOrganisation:
    return NamedOrganisation(
        slug=organisation.slug, name=organisation.name, acronym=organisation.acronym
    )
