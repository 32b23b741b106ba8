"""The tree of teams inside an organisation: where a team stands, what is below, who is in it."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import pghistory
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet

from directory.models import Organisation, OrganisationParent, Post, Team
from directory.visibility import Viewer, visible_people, visible_posts

#: Deepest team a path is followed to; deeper than any department's chart.
MAX_DEPTH: Final = 24
_SLUG = re.compile(r"[-\w]+")


class MoveRefused(Exception):
    """The team cannot stand there; the message says why."""


@dataclass(frozen=True, slots=True)
class Count:
    """
    Who and what is in a team, as one viewer sees it.

    direct: people who hold a post in the team itself now.
    total: people in the team and every team below it, each counted once.
    posts: live posts in the team and below, without those that stand for unnamed ones.
    vacancies: how many of these nobody holds.
    unnamed_fte: full-time equivalents of the posts that are counted and not named.
    """

    direct: int
    total: int
    posts: int
    vacancies: int
    unnamed_fte: Decimal


def stands_within(*, team: Team, team_ids: Collection[UUID]) -> bool:
    """Whether the team is one of these or below one: its path is made of their ids; no query."""
    line = str(team.path).split(".")
    return any(team_id.hex in line for team_id in team_ids)


def ancestors(*, team: Team) -> list[Team]:
    """The teams that hold this one, top first, without the team itself."""
    above = Team.objects.filter(path__above=team.path).exclude(pk=team.pk)
    return sorted(above, key=lambda holder: str(holder.path).count("."))


def subtree(*, team: Team) -> QuerySet[Team]:
    """The team and every team below it."""
    return Team.objects.filter(path__within=team.path)


def organisations_below(*, organisation_ids: Collection[UUID]) -> frozenset[UUID]:
    """These organisations and all that are below any of them; a query for each level."""
    found = set(organisation_ids)
    level = set(organisation_ids)
    while level:
        children = OrganisationParent.objects.filter(parent__in=level)
        level = set(children.values_list("child", flat=True)) - found
        found |= level
    return frozenset(found)


def people_count(*, team: Team, viewer: Viewer) -> Count:
    """Who and what is in one team."""
    posts = visible_posts(viewer=viewer).filter(team__path__within=team.path)
    return _counts(teams=Team.objects.filter(pk=team.pk), posts=posts, viewer=viewer)[team.pk]


def counts_by_team(*, organisation: Organisation, viewer: Viewer) -> Mapping[UUID, Count]:
    """The same for every team of an organisation, in one query."""
    posts = visible_posts(viewer=viewer).filter(team__organisation=organisation)
    teams = Team.objects.filter(organisation=organisation)
    return _counts(teams=teams, posts=posts, viewer=viewer)


def counts_around(*, team: Team, viewer: Viewer) -> Mapping[UUID, Count]:
    """The same for one team and those directly below it, in one query."""
    posts = visible_posts(viewer=viewer).filter(team__path__within=team.path)
    teams = Team.objects.filter(Q(pk=team.pk) | Q(parent=team))
    return _counts(teams=teams, posts=posts, viewer=viewer)


def slug_path(*, team: Team) -> str:
    """The team's path in URLs: its organisation's slug and those of the teams down to it."""
    return slug_paths(team_ids=[team.pk])[team.pk]


def slug_paths(*, team_ids: Collection[UUID]) -> Mapping[UUID, str]:
    """The paths of many teams in one query; teams that do not exist are absent."""
    if not team_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT team.id, organisation.slug || '/'
                   || string_agg(holder.slug, '/' ORDER BY nlevel(holder.path))
              FROM directory_team team
              JOIN directory_organisation organisation ON organisation.id = team.organisation_id
              JOIN directory_team holder ON holder.path @> team.path
             WHERE team.id = ANY(%s)
             GROUP BY team.id, organisation.slug
            """,
            [list(team_ids)],
        )
        return dict(cursor.fetchall())


def team_by_slug_path(*, path: str) -> Team:
    """
    The team at `{organisation-slug}/{team-slug}/…`, whatever the case of its letters.

    :raises Team.DoesNotExist: if no team stands there.
    """
    organisation, *slugs = path.strip("/").split("/")
    if not 0 < len(slugs) <= MAX_DEPTH or not all(map(_SLUG.fullmatch, [organisation, *slugs])):
        raise Team.DoesNotExist("No team has this path.")
    lookup: dict[str, Any] = {"organisation__slug__iexact": organisation}
    for steps, slug in enumerate(reversed(slugs)):
        lookup["parent__" * steps + "slug__iexact"] = slug
    lookup["parent__" * len(slugs) + "isnull"] = True
    return Team.objects.select_related("organisation").get(**lookup)


def move(*, team: Team, parent: Team | None, actor: AbstractBaseUser | None) -> None:
    """
    Put the team, with everything below it, under another or at the top of its organisation.

    Moves within one organisation wait for each other: two at once could each be
    right alone and make a loop together.

    :raises MoveRefused: if the place is below the team, in another organisation, or
        taken by a team of the same slug.
    """
    with transaction.atomic(), pghistory.context(user=actor.pk if actor else None):
        Organisation.objects.select_for_update(no_key=True).get(pk=team.organisation_id)
        moved = Team.objects.get(pk=team.pk)
        moved.parent = parent
        try:
            with transaction.atomic():
                moved.save(update_fields=["parent", "updated_at"])
        except IntegrityError as error:
            raise MoveRefused(_why(error)) from error
    team.refresh_from_db(fields=["parent", "path", "updated_at"])


_REFUSALS: Final = {
    "team_parent_in_same_organisation": "The new place is in another organisation.",
    "team_not_below_itself": "The new place is below the team itself.",
    "team_not_own_parent": "A team cannot stand under itself.",
    "team_slug_unique_among_siblings": "There is a team of this name there already.",
}


def _why(error: IntegrityError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    constraint = getattr(diagnosis, "constraint_name", None) or ""
    return _REFUSALS.get(constraint, "The database refuses this place for the team.")


def _counts(
    *, teams: QuerySet[Team], posts: QuerySet[Post], viewer: Viewer
) -> Mapping[UUID, Count]:
    """posts: those in the teams and below them that exist for the viewer."""
    people = visible_people(viewer=viewer)
    parts = [_sql(part) for part in (teams, posts, people)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH counted(id) AS ({parts[0][0]}), seen_post(id) AS ({parts[1][0]}),
            seen_person(id) AS ({parts[2][0]}), place AS (
                SELECT post.id AS post_id, post.team_id, post.posts_fte, appointment.person_id,
                       post.posts_fte IS NULL AND NOT post.holder_undisclosed
                           AND appointment.id IS NULL AS is_vacant
                  FROM seen_post
                  JOIN directory_post post ON post.id = seen_post.id
                  LEFT JOIN directory_appointment appointment
                    ON appointment.post_id = post.id AND appointment.ends_on IS NULL
                   AND appointment.person_id IN (SELECT id FROM seen_person)
            )
            SELECT holder.id,
                   count(DISTINCT place.person_id) FILTER (WHERE team.id = holder.id),
                   count(DISTINCT place.person_id),
                   count(DISTINCT place.post_id) FILTER (WHERE place.posts_fte IS NULL),
                   count(*) FILTER (WHERE place.is_vacant),
                   coalesce(sum(place.posts_fte) FILTER (WHERE place.person_id IS NULL), 0)
              FROM counted
              JOIN directory_team holder ON holder.id = counted.id
              JOIN directory_team team ON team.path <@ holder.path
              LEFT JOIN place ON place.team_id = team.id
             GROUP BY holder.id
            """,
            [value for _, values in parts for value in values],
        )
        return {team_id: Count(*numbers) for team_id, *numbers in cursor.fetchall()}


def _sql(rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    """The statement that selects the rows' ids, with its parameters."""
    return rows.order_by().values("pk").query.sql_with_params()
