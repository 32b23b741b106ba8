"""Which posts people hold and held, for many people at once, as search, pages and the API show."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar
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


@dataclass(frozen=True, slots=True)
class RecordedPost(HeldPost):
    """
    The same with all that the holder's own record tells of it.

    grade_stated, profession_stated: as the feed writes them, where the common scale and
        list do not know the words.
    first_stated_on: the day of the first delivery that named them in the post.
    expected_end_on: when a source says they will stop, as loans and secondments do.
    reports_to_id: the post above. source_id: the source record that vouches for it.
    """

    responsibilities: str
    grade_stated: str
    profession_stated: str
    contact_email: str
    contact_phone: str
    first_stated_on: date
    expected_end_on: date | None
    reports_to_id: UUID | None
    source_id: int | None


_Held = TypeVar("_Held", bound=HeldPost)

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
_RECORDED_COLUMNS = {
    "responsibilities": F("post__responsibilities"),
    "grade_stated": F("post__grade_stated"),
    "profession_stated": F("post__profession_stated"),
    "contact_email": F("post__contact_email"),
    "contact_phone": F("post__contact_phone"),
    "reports_to_id": F("post__reports_to_id"),
}
_RECORDED_NAMES = ("first_stated_on", "expected_end_on", "source_id")
#: Columns for which "not stated" is None, not an empty text.
_MAY_BE_NONE = frozenset(
    {
        "fte",
        "from_date",
        "until_date",
        "location_id",
        "expected_end_on",
        "reports_to_id",
        "source_id",
    }
)


def held_posts(*, person_ids: Collection[UUID]) -> Mapping[UUID, tuple[HeldPost, ...]]:
    """What each of these people holds now, newest first; absent who holds none. Two queries."""
    held = _read(Appointment.objects.filter(person__in=person_ids, ends_on=None), (), _COLUMNS)
    return _by_person(HeldPost, held)


def all_posts(*, person_ids: Collection[UUID]) -> Mapping[UUID, tuple[RecordedPost, ...]]:
    """The same with the posts that ended, and with all that is recorded of each. Two queries."""
    held = _read(
        Appointment.objects.filter(person__in=person_ids),
        _RECORDED_NAMES,
        _COLUMNS | _RECORDED_COLUMNS,
    )
    return _by_person(RecordedPost, held)


def _read(
    appointments: QuerySet[Appointment], names: Collection[str], columns: Mapping[str, F]
) -> list[dict[str, Any]]:
    """The newest first; of those that began together, the largest share first."""
    found = appointments.order_by("-first_stated_on", "-fte", "pk").values(
        "person_id", "post_id", "kind", "fte", *names, **columns
    )
    return [dict(row) for row in found]


def _by_person(
    shape: type[_Held], rows: Collection[dict[str, Any]]
) -> Mapping[UUID, tuple[_Held, ...]]:
    paths = orgtree.slug_paths(team_ids={row["team_id"] for row in rows})
    posts: dict[UUID, tuple[_Held, ...]] = {}
    for row in rows:
        person_id = row.pop("person_id")
        stated: dict[str, Any] = {
            name: "" if value is None and name not in _MAY_BE_NONE else value
            for name, value in row.items()
        }
        held = shape(team_path=paths[row["team_id"]], **stated)
        posts[person_id] = (*posts.get(person_id, ()), held)
    return posts
