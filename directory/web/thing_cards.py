"""Teams, organisations and tags in a list: where they belong, and what is worth knowing of them."""

from dataclasses import dataclass
from typing import Final

from django.utils.text import get_text_list

from directory import folding
from directory.models import ExpertiseTag, Organisation
from directory.search.find import find_organisations, find_tags, find_teams
from directory.search.suggest import Suggestion, things_named
from directory.search.things import FoundThings
from directory.seen import structure, vocabulary
from directory.visibility import Viewer
from directory.web.places import Place, TeamPlace, organisation_url, read_places, tag_url, team_url

#: Things shown above the people, when the words name them.
_NEARBY: Final = 3


@dataclass(frozen=True, slots=True)
class ThingCard:
    """
    A team, an organisation or a tag.

    note: what it is. above: the organisation that a team belongs to; within: the names of the teams
    that hold it, top first. people: how many claim a tag, None for anything else.
    about: what a tag means. other_labels: what else it is called.
    """

    place: Place
    note: str
    above: Place | None = None
    within: tuple[str, ...] = ()
    people: int | None = None
    about: str = ""
    other_labels: tuple[str, ...] = ()
    is_closed: bool = False
    is_proposed: bool = False


@dataclass(frozen=True, slots=True)
class FoundCards:
    """What was found, and a card for each of it that is still there."""

    cards: tuple[ThingCard, ...]
    found: FoundThings


def find_cards(*, viewer: Viewer, tab: str, text: str, size: int, cursor: str) -> FoundCards:
    """
    The teams, organisations or expertise that the words fit.

    tab: one of these three words.

    :raises BadCursor, SearchTooSlow: as `find_people`.
    """
    if tab == "teams":
        found = find_teams(viewer=viewer, text=text, size=size, cursor=cursor)
        teams = read_places(team_ids=found.ids)
        return FoundCards(tuple(_team(teams[key]) for key in found.ids if key in teams), found)
    if tab == "organisations":
        found = find_organisations(viewer=viewer, text=text, size=size, cursor=cursor)
        bodies = structure.organisations(organisation_ids=found.ids)
        return FoundCards(tuple(map(_organisation, bodies)), found)
    found = find_tags(viewer=viewer, text=text, size=size, cursor=cursor)
    tags = vocabulary.tags(viewer=viewer, tag_ids=found.ids)
    return FoundCards(tuple(map(_tag, tags)), found)


def cards_named(*, text: str) -> tuple[ThingCard, ...]:
    """
    Things the words seem to mean: few enough live organisations, and teams and tags whose name
    begins so.

    A word such as "policy" stands in hundreds of names; those would only be in the way.
    """
    found = things_named(text=text, size=_NEARBY + 1)
    beginning = folding.fold(text)
    bodies = found.organisations if len(found.organisations) <= _NEARBY else ()
    return (
        *(_suggested("Organisation", body) for body in bodies if not body.is_closed),
        *(
            _suggested(note, one)
            for note, ones in (("Expertise", found.expertise), ("Team", found.teams))
            for one in ones
            if folding.fold(one.label).startswith(beginning)
        ),
    )[:_NEARBY]


def _team(team: TeamPlace) -> ThingCard:
    return ThingCard(
        place=team.team,
        note="Team",
        above=team.organisation,
        within=tuple(holder.label for holder in team.above),
    )


def _organisation(body: structure.SeenOrganisation) -> ThingCard:
    return ThingCard(
        place=Place(
            label=f"{body.name} ({body.acronym})" if body.acronym else body.name,
            url=organisation_url(body.slug),
        ),
        note=_what_it_is(body),
        is_closed=body.status == Organisation.Status.CLOSED,
    )


def _what_it_is(body: structure.SeenOrganisation) -> str:
    """Its kind, whom it is under, and what became of it."""
    said = body.kind or "Organisation"
    if body.parents:
        said += f" under {get_text_list([other.name for other in body.parents], 'and')}"
    if body.successors:
        said += f", became {get_text_list([other.name for other in body.successors], 'and')}"
    return said


def _tag(tag: vocabulary.SeenTag) -> ThingCard:
    return ThingCard(
        place=Place(label=tag.label, url=tag_url(tag.slug)),
        note="",
        people=tag.people,
        about=tag.definition,
        other_labels=tag.other_labels,
        is_proposed=tag.status == ExpertiseTag.Status.PROPOSED,
    )


def _suggested(note: str, one: Suggestion) -> ThingCard:
    if note == "Expertise":
        place = Place(label=one.label, url=tag_url(one.address))
        return ThingCard(place=place, note=note, people=one.people)
    if note == "Organisation":
        return ThingCard(place=Place(label=one.label, url=organisation_url(one.address)), note=note)
    body, _, _ = one.address.partition("/")
    return ThingCard(
        place=Place(label=one.label, url=team_url(one.address)),
        note=note,
        above=Place(label=one.organisation, url=organisation_url(body)),
    )
