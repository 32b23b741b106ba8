"""Loads organisations from the GOV.UK register: what changed, and nothing when nothing did."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction

from directory.govuk_organisations import Body, OrganisationsRefused, Repair, read_bodies
from directory.models import Organisation, OrganisationName
from directory.organisation_links import LinkReport, save_links

__all__ = ["LoadReport", "OrganisationsRefused", "load"]

#: What a load may change.
_FIELDS: Final = (
    "slug",
    "name",
    "acronym",
    "kind",
    "status",
    "published_status",
    "closed_at",
    "homepage",
    "external_id",
    "updated_at",
)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """
    What a load did. `created`, `updated` and `unchanged` count bodies.

    shared_acronyms: acronym to the slugs of the bodies that share it, live or closed.
    absent: slugs of bodies loaded before and missing now; they are left as they are.
    """

    created: int
    updated: int
    unchanged: int
    links: LinkReport
    repairs: tuple[Repair, ...]
    shared_acronyms: Mapping[str, tuple[str, ...]]
    absent: tuple[str, ...]


def load(*, document: object, now: datetime) -> LoadReport:
    """
    Bring the directory's organisations in line with a document; all of it or nothing.

    A body is known by its external id, or else by its slug. One that changed its name
    keeps the former as another name, so that feeds which still use it are understood.

    document: parsed JSON, see `govuk_organisations`.

    :raises OrganisationsRefused: if the document cannot be taken.
    """
    bodies, repairs = read_bodies(document=document)
    try:
        with transaction.atomic():
            return _load(bodies=bodies, repairs=repairs, now=now)
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        raise OrganisationsRefused(
            "The document contradicts what the directory holds: "
            f"{getattr(diagnosis, 'message_detail', None) or error}"
        ) from error


def _load(*, bodies: Sequence[Body], repairs: Sequence[Repair], now: datetime) -> LoadReport:
    known = list(Organisation.objects.select_for_update().order_by("slug"))
    rows = _rows(bodies, known)
    created = [row for row in rows.values() if row._state.adding]
    before = {row.pk: (row.name, row.acronym) for row in known}
    differing = [row for body in bodies if _fill(row := rows[body.external_id], body)]
    changed = [row for row in differing if not row._state.adding]
    _save(created=created, changed=changed, before=before, now=now)
    by_external_id = {row.external_id: row for row in [*known, *created] if row.external_id}
    return LoadReport(
        created=len(created),
        updated=len(changed),
        unchanged=len(bodies) - len(created) - len(changed),
        links=save_links(bodies=bodies, known=by_external_id),
        repairs=tuple(repairs),
        shared_acronyms=_shared_acronyms(bodies),
        absent=tuple(row.slug for key, row in by_external_id.items() if key not in rows),
    )


def _rows(bodies: Sequence[Body], known: Sequence[Organisation]) -> dict[str, Organisation]:
    """External id to the row of each body, a new one where the directory has none yet."""
    by_external_id = {row.external_id: row for row in known if row.external_id}
    by_slug = {row.slug.lower(): row for row in known}
    rows = {}
    for body in bodies:
        row = by_external_id.get(body.external_id) or by_slug.get(body.slug.lower())
        if row and row.external_id not in ("", body.external_id):
            raise OrganisationsRefused(
                f"Organisation {body.slug}: the directory knows this slug under the id "
                f"{row.external_id}, and the document under {body.external_id}."
            )
        rows[body.external_id] = row or Organisation()
    return rows


def _fill(row: Organisation, body: Body) -> bool:
    """Write the body's values into the row; True if any of them is new."""
    values = {
        "slug": body.slug,
        "name": body.name,
        "acronym": body.acronym,
        "kind": body.kind,
        "status": Organisation.Status.CLOSED if body.is_closed else Organisation.Status.LIVE,
        "published_status": body.published_status,
        "closed_at": body.closed_at,
        "homepage": body.homepage,
        "external_id": body.external_id,
    }
    differs = any(getattr(row, field) != value for field, value in values.items())
    for field, value in values.items():
        setattr(row, field, value)
    return differs


def _save(
    *,
    created: Sequence[Organisation],
    changed: Collection[Organisation],
    before: Mapping[UUID, tuple[str, str]],
    now: datetime,
) -> None:
    """Write the rows, and keep former names."""
    Organisation.objects.bulk_create(created)
    if not changed:
        return
    for row in changed:
        row.updated_at = now
    Organisation.objects.bulk_update(changed, _FIELDS, batch_size=500)
    renamed = [row for row in changed if (row.name, row.acronym) != before[row.pk]]
    former = [(row, before[row.pk][0]) for row in renamed if row.name != before[row.pk][0]]
    OrganisationName.objects.bulk_create(
        (OrganisationName(organisation=row, name=name) for row, name in former),
        ignore_conflicts=True,
    )


def _shared_acronyms(bodies: Sequence[Body]) -> dict[str, tuple[str, ...]]:
    slugs: dict[str, list[str]] = defaultdict(list)
    for body in bodies:
        if body.acronym:
            slugs[body.acronym].append(body.slug)
    return {acronym: tuple(both) for acronym, both in sorted(slugs.items()) if len(both) > 1}
