"""
Reads what the GOV.UK organisations API says about bodies. Pure: no database, no Django.

Format: https://www.gov.uk/api/organisations, whose pages hold `results`. One page,
a list of pages or a bare list of bodies is taken.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

#: Longest texts the database keeps, by field; a longer one is refused, never cut.
MAX_CHARACTERS: Final = {
    "id": 300,
    "slug": 200,
    "title": 300,
    "abbreviation": 60,
    "format": 80,
    "web_url": 500,
    "govuk_status": 60,
    "govuk_closed_status": 60,
}
_SLUG = re.compile(r"[-a-zA-Z0-9_]+")
_UNWRITABLE = re.compile(r"[\x00\ud800-\udfff]")


class OrganisationsRefused(Exception):
    """The document cannot be taken, and nothing of it was; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A text that had been encoded twice, and what it was before."""

    slug: str
    field: str
    repaired: str


@dataclass(frozen=True, slots=True)
class Body:
    """
    One body as published, its texts repaired and trimmed.

    parents, successors: external ids, in the document's order.
    closed_at: None for a live body, and for a closed one of unknown date.
    """

    external_id: str
    slug: str
    name: str
    acronym: str
    kind: str
    is_closed: bool
    published_status: str
    closed_at: datetime | None
    homepage: str
    parents: tuple[str, ...]
    successors: tuple[str, ...]


def read_bodies(*, document: object) -> tuple[list[Body], list[Repair]]:
    """
    Every body of a document, in order, and what was repaired.

    :raises OrganisationsRefused: if it is not in the format or contradicts itself.
    """
    results = _results(document)
    if not results:
        raise OrganisationsRefused("The document holds no organisations.")
    repairs: list[Repair] = []
    bodies = [_body(entry, place, repairs) for place, entry in enumerate(results, start=1)]
    for what, values in (
        ("slug", [body.slug.lower() for body in bodies]),
        ("id", [body.external_id for body in bodies]),
    ):
        twice = [value for value, times in Counter(values).items() if times > 1]
        if twice:
            raise OrganisationsRefused(f"Several organisations have the {what} {_listed(twice)}.")
    return bodies, repairs


def decode_once_more(text: str) -> str:
    """
    Undo double encoding ("ClimbiÃ©" is "Climbié"); any other text comes back as it is.

    The text is taken as bytes that somebody read as Windows-1252 or Latin-1 (the two
    are mixed in practice), and only a whole that is UTF-8 then is believed.
    """
    try:
        return b"".join(_byte(character) for character in text).decode()
    except UnicodeError:
        return text


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def _results(document: object) -> list[object]:
    if isinstance(document, Mapping):
        if not isinstance(document.get("results"), list):
            raise OrganisationsRefused(
                "The document has no list of `results`: it is not from the organisations API."
            )
        return list(document["results"])
    if not isinstance(document, list):
        raise OrganisationsRefused("The document is neither an object nor a list.")
    if all(isinstance(part, Mapping) and "results" in part for part in document):
        return [entry for page in document for entry in _results(page)]
    return document


def _body(entry: object, place: int, repairs: list[Repair]) -> Body:
    where = f"Organisation {place}"
    if not isinstance(entry, Mapping) or not isinstance(entry.get("details"), Mapping):
        raise OrganisationsRefused(f"{where} is not an object with `details`.")
    details = entry["details"]
    slug = _text(details, "slug", where)
    if not _SLUG.fullmatch(slug):
        raise OrganisationsRefused(f"{where} has no `slug` that a URL can hold.")
    where = f"Organisation {slug}"
    external_id, name = (_text(entry, field, where) for field in ("id", "title"))
    for field, value in (("id", external_id), ("title", name)):
        if not value:
            raise OrganisationsRefused(f"{where} has no `{field}`.")
    published = _text(details, "govuk_status", where)
    if not published:
        raise OrganisationsRefused(f"{where} has no `govuk_status`.")
    texts = {"title": name, "abbreviation": _text(details, "abbreviation", where)}
    repaired = {field: decode_once_more(value) for field, value in texts.items()}
    repairs += [Repair(slug, f, text) for f, text in repaired.items() if text != texts[f]]
    is_closed = published == "closed"
    homepage = _text(entry, "web_url", where)
    return Body(
        external_id=external_id,
        slug=slug,
        name=_trimmed(repaired["title"]),
        acronym=_trimmed(repaired["abbreviation"]),
        kind=_text(entry, "format", where),
        is_closed=is_closed,
        published_status=_text(details, "govuk_closed_status", where) or published,
        closed_at=_moment(details, "closed_at", where) if is_closed else None,
        homepage=homepage if homepage.startswith(("https://", "http://")) else "",
        parents=_ids(entry, "parent_organisations", where),
        successors=_ids(entry, "superseding_organisations", where),
    )


def _text(holder: Mapping[str, Any], field: str, where: str) -> str:
    """A trimmed text; absent and null are empty."""
    value = holder.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise OrganisationsRefused(f"{where}: `{field}` is not text.")
    if _UNWRITABLE.search(value):
        raise OrganisationsRefused(f"{where}: `{field}` holds a character that cannot be stored.")
    text = value.strip()
    if len(text) > MAX_CHARACTERS.get(field, 1000):
        raise OrganisationsRefused(
            f"{where}: `{field}` is longer than {MAX_CHARACTERS.get(field, 1000)} characters."
        )
    return text


def _trimmed(text: str) -> str:
    return " ".join(text.split())


def _moment(holder: Mapping[str, Any], field: str, where: str) -> datetime | None:
    text = _text(holder, field, where)
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise OrganisationsRefused(f"{where}: `{field}` is not a time with its offset.")
    return moment


def _ids(entry: Mapping[str, Any], field: str, where: str) -> tuple[str, ...]:
    others = entry.get(field) or []
    if not isinstance(others, Sequence) or not all(
        isinstance(other, Mapping) and isinstance(other.get("id"), str) for other in others
    ):
        raise OrganisationsRefused(f"{where}: `{field}` is not a list of objects with an `id`.")
    return tuple(dict.fromkeys(other["id"] for other in others))


def _listed(values: Sequence[str]) -> str:
    shown = ", ".join(values[:5])
    return f"{shown} and {len(values) - 5} more" if len(values) > 5 else shown
