"""What somebody may mean while they type: a few people, teams, organisations and tags."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import FilteredRelation, Q

from directory.search.candidates import best
from directory.search.counting import COUNTED, lot_for
from directory.search.expansion import Expansion, expand, expand_names
from directory.search.marks import Part, mark
from directory.search.matching import match
from directory.search.nearness import Nearness, nearness_of
from directory.search.query import Query, parse
from directory.search.within_time import within_time
from directory.visibility import Viewer, visible_people

DEFAULT_SIZE: Final = 5
#: Most people suggested; a larger size is taken for this.
MAX_SIZE: Final = 20
#: Of more people than this whom one word fits, a sample is looked at.
LOOKED_AT: Final = 400


@dataclass(frozen=True, slots=True)
class Suggestion:
    """
    One thing to go to; text that does not apply is empty.

    parts: the label in pieces, those marked that the words begin.
    address: what its own address ends in: a person's id, a team's slug path, a slug.
    title, organisation: of a person's newest post; a team's organisation.
    people: about how many claim the expertise, None for anything else.
    is_closed: an organisation that is no more.
    """

    id: UUID
    label: str
    parts: tuple[Part, ...]
    address: str
    title: str = ""
    organisation: str = ""
    people: int | None = None
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Of each kind the best first."""

    people: tuple[Suggestion, ...] = ()
    teams: tuple[Suggestion, ...] = ()
    organisations: tuple[Suggestion, ...] = ()
    expertise: tuple[Suggestion, ...] = ()

    def __iter__(self) -> Iterator[tuple[str, tuple[Suggestion, ...]]]:
        """Kind and suggestions, in the order they are shown."""
        yield "person", self.people
        yield "team", self.teams
        yield "organisation", self.organisations
        yield "expertise", self.expertise


def suggest(*, viewer: Viewer, text: str, size: int = DEFAULT_SIZE) -> Suggestions:
    """
    People by name, address or number, and places and expertise by name; nothing for no text.

    Where no place or tag is called so, a name may stand beside words of their work ("ada pilots"),
    or be misspelt. Who does such work at all is for a search to say.
    size: most people; of each other kind there are half as many, rounded up.

    :raises QueryTooLong: as `parse`. :raises SearchTooSlow: as `find_people`.
    """
    query = parse(text=text)
    if not query.has_text:
        return Suggestions()
    size = max(1, min(size, MAX_SIZE))
    with within_time():
        places = _places(query, (size + 1) // 2) if query.words else {}
        near = nearness_of(viewer=viewer)
        person_ids = _best_people(viewer, query, size, near, nothing_else=not places)
    return Suggestions(
        people=_people(viewer, query, person_ids),
        teams=places.get("team", ()),
        organisations=places.get("organisation", ()),
        expertise=places.get("tag", ()),
    )


def things_named(*, text: str, size: int) -> Suggestions:
    """
    Teams, organisations and tags whose names or their beginnings are the words, or that have all
    of them: of each kind so many at most, as `suggest` has them.

    :raises QueryTooLong: as `parse`. :raises SearchTooSlow: as `find_people`.
    """
    query = parse(text=text)
    if not query.words:
        return Suggestions()
    with within_time():
        things = _places(query, size)
    return Suggestions(
        teams=things.get("team", ()),
        organisations=things.get("organisation", ()),
        expertise=things.get("tag", ()),
    )


def _best_people(
    viewer: Viewer, query: Query, size: int, near: Nearness, *, nothing_else: bool
) -> tuple[UUID, ...]:
    expansion = expand_names(viewer=viewer, words=query.words)
    if nothing_else:
        expansion = _with_work(viewer, query, expansion)
    found = _choose(viewer, query, expansion, size, near)
    if found or not (nothing_else and query.words):
        return found
    return _choose(
        viewer, query, expand_names(viewer=viewer, words=query.words, widely=True), size, near
    )


def _choose(
    viewer: Viewer, query: Query, expansion: Expansion, size: int, near: Nearness
) -> tuple[UUID, ...]:
    """
    The best of those who match. Of very many only a sample is looked at, which may not have those
    who are called just so: they are looked for first.

    How many match is guessed from the vocabulary, which is close for one word.
    """
    matching = match(viewer=viewer, query=query, expansion=expansion, filters={})
    lot = _lot(query, expansion)
    found: tuple[UUID, ...] = ()
    if lot:
        called = Expansion(
            fits=tuple(tuple(fit for fit in fits if fit.kind == "name") for fits in expansion.fits)
        )
        exactly = replace(
            matching, groups={place: called.tokens(place=place) for place in matching.groups}
        )
        exactly = exactly.with_lot(_lot(query, called))
        found = best(matching=exactly, expansion=expansion, size=size, near=near)
    if len(found) < size:
        drawn = matching.with_lot(lot)
        more = best(matching=drawn, expansion=expansion, size=size, near=near)
        found = tuple(dict.fromkeys((*found, *more)))[:size]
    return found


def _lot(query: Query, expansion: Expansion) -> int:
    """The lot of those to look at; several words leave far fewer than the rarest has."""
    places = [place for place in range(len(query.words)) if place not in query.passing]
    people = min((expansion.people(place=place) for place in places), default=0)
    return lot_for(people=people, wanted=LOOKED_AT if len(places) < 2 else COUNTED)


def _with_work(viewer: Viewer, query: Query, names: Expansion) -> Expansion:
    """
    The words as names; those that are none as anything else, where the others are rare enough
    to look at everybody who bears them.
    """
    known = [place for place, fits in enumerate(names.fits) if fits and place not in query.passing]
    rest = [
        place for place, fits in enumerate(names.fits) if not fits and place not in query.passing
    ]
    if not (known and rest) or min(names.people(place=place) for place in known) > COUNTED:
        return names
    anything = expand(viewer=viewer, words=query.words)
    return Expansion(
        fits=tuple(
            anything.fits[place] if place in rest else fits for place, fits in enumerate(names.fits)
        )
    )


def _people(viewer: Viewer, query: Query, person_ids: Sequence[UUID]) -> tuple[Suggestion, ...]:
    """What is shown of each, in one query; somebody hidden since they were found is left out."""
    if not person_ids:
        return ()
    rows = (
        visible_people(viewer=viewer)
        .filter(pk__in=person_ids)
        .annotate(held=FilteredRelation("appointments", condition=Q(appointments__ends_on=None)))
        .order_by("held__first_stated_on", "held__fte", "-held__pk")
        .values_list(
            "pk", "display_name", "held__post__title", "held__post__team__organisation__name"
        )
    )
    # Of somebody's posts the newest, as `held_posts` has it, comes last and stays.
    shown = {row[0]: row for row in rows}
    return tuple(
        Suggestion(
            id=person_id,
            label=name,
            parts=mark(label=name, words=query.words),
            address=str(person_id),
            title=title or "",
            organisation=organisation or "",
        )
        for person_id, name, title, organisation in (
            shown[person_id] for person_id in person_ids if person_id in shown
        )
    )


def _places(query: Query, most: int) -> Mapping[str, tuple[Suggestion, ...]]:
    """Teams, organisations and tags by kind, in one statement (`sql/suggest.1.sql`)."""
    significant = [w for place, w in enumerate(query.words) if place not in query.passing]
    with connection.cursor() as db:
        db.execute(
            "SELECT kind, id, label, acronym, address, organisation, is_closed, people"
            "  FROM suggest_places(%s, %s::text[], %s)",
            [" ".join(query.words), significant, most],
        )
        rows = db.fetchall()
    places: dict[str, tuple[Suggestion, ...]] = {}
    for kind, place_id, name, acronym, address, organisation, is_closed, people in rows:
        label = f"{name} ({acronym})" if acronym else name
        suggestion = Suggestion(
            id=place_id,
            label=label,
            parts=mark(label=label, words=query.words),
            address=address,
            organisation=organisation,
            people=people,
            is_closed=is_closed,
        )
        places[kind] = (*places.get(kind, ()), suggestion)
    return places
