"""Which posts people hold and held, for many people at once, as search and the API show them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from directory import orgtree
from directory.models import Appointment


@dataclass(frozen=True, slots=True)
class HeldPost:
    """
    A post as somebody holds it, or held it; text that is not stated is empty.

    kind: of the appointment, as `Appointment.Kind` names it.
    fte: share of full-time working, None when not stated.
    from_date, until_date: as a source states them; the second is None while they hold it.
    team_path: slugs from the organisation down, as in `/teams/{path}`.
    """

    post_id: UUID
    title: str
    kind: str
    fte: Decimal | None
    from_date: date | None
    until_date: date | None
    grade_code: str
    grade_name: str
    profession_slug: str
    profession_name: str
    location_id: int | None
    location_name: str
    location_city: str
    location_region: str
    team_id: UUID
    team_name: str
    team_path: str
    organisation_slug: str
    organisation_name: str
    organisation_acronym: str


_COLUMNS = {
    "from_date": F("starts_on"),
    "until_date": F("ends_on"),
    "title": F("post__title"),
    "grade_code": F("post__grade__code"),
    "grade_name": F("post__grade__name"),
    "profession_slug": F("post__profession__slug"),
    "profession_name": F("post__profession__name"),
    "location_id": F("post__location_id"),
    "location_name": F("post__location__name"),
    "location_city": F("post__location__city"),
    "location_region": F("post__location__region"),
    "team_id": F("post__team_id"),
    "team_name": F("post__team__name"),
    "organisation_slug": F("post__team__organisation__slug"),
    "organisation_name": F("post__team__organisation__name"),
    "organisation_acronym": F("post__team__organisation__acronym"),
}
#: Columns for which "not stated" is None, not an empty text.
_MAY_BE_NONE = frozenset({"fte", "from_date", "until_date", "location_id"})


def held_posts(*, person_ids: Collection[UUID]) -> Mapping[UUID, tuple[HeldPost, ...]]:
    """What each of these people holds now, newest first; absent who holds none. Two queries."""
    return _by_person(Appointment.objects.filter(person__in=person_ids, ends_on=None))


def all_posts(*, person_ids: Collection[UUID]) -> Mapping[UUID, tuple[HeldPost, ...]]:
    """The same with the posts that ended. Two queries."""
    return _by_person(Appointment.objects.filter(person__in=person_ids))


def _by_person(appointments: QuerySet[Appointment]) -> Mapping[UUID, tuple[HeldPost, ...]]:
    found = appointments.order_by("-first_stated_on", "pk").values(
        "person_id", "post_id", "kind", "fte", **_COLUMNS
    )
    rows: list[dict[str, Any]] = [dict(row) for row in found]
    paths = orgtree.slug_paths(team_ids={row["team_id"] for row in rows})
    posts: dict[UUID, tuple[HeldPost, ...]] = {}
    for row in rows:
        person_id = row.pop("person_id")
        stated: dict[str, Any] = {
            name: "" if value is None and name not in _MAY_BE_NONE else value
            for name, value in row.items()
        }
        held = HeldPost(team_path=paths[row["team_id"]], **stated)
        posts[person_id] = (*posts.get(person_id, ()), held)
    return posts
