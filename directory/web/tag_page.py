"""What the page of a tag shows: what it means, who knows it, where they work, what is near it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from directory.models import ExpertiseTag
from directory.search.find import FacetValue, find_people, parse
from directory.search.related import asking_for
from directory.seen.vocabulary import NamedTag, SeenTag, TagMerged, tag_record
from directory.visibility import Viewer
from directory.web.person_card import PersonCard, card_of_hit
from directory.web.places import Place, search_url, tag_url

#: People and organisations shown; a search shows the others.
MOST_PEOPLE: Final = 10
MOST_ORGANISATIONS: Final = 8


class TagNotFound(Exception):
    """There is no such tag for the viewer."""


class TagElsewhere(Exception):
    """The tag is part of another one, or its slug written in other letters; `url` is where."""

    def __init__(self, *, url: str) -> None:
        super().__init__(url)
        self.url = url


@dataclass(frozen=True, slots=True)
class OrganisationShare:
    """How many of those who know it work in an organisation or below; place: a search for them."""

    place: Place
    people: int


@dataclass(frozen=True, slots=True)
class TagPage:
    """
    A tag as the viewer sees it.

    total: everybody who claims it or something narrower; about so many when `is_about`. people: the
    first of them, experts before others; search_url: all of them.
    goes_with: what they state more often than others do.
    """

    tag: SeenTag
    is_proposed: bool
    total: int
    is_about: bool
    people: tuple[PersonCard, ...]
    search_url: str
    organisations: tuple[OrganisationShare, ...]
    broader: tuple[Place, ...]
    narrower: tuple[Place, ...]
    related: tuple[Place, ...]
    goes_with: tuple[Place, ...]


def read_tag_page(*, viewer: Viewer, slug: str) -> TagPage:
    """
    The page of the tag at a slug.

    :raises TagNotFound: if there is none that the viewer may see.
    :raises TagElsewhere: if it is part of another, or its slug has other letters.
    :raises SearchTooSlow: as `find_people`.
    """
    try:
        tag = tag_record(viewer=viewer, slug=slug)
    except ExpertiseTag.DoesNotExist as error:
        raise TagNotFound from error
    except TagMerged as merged:
        raise TagElsewhere(url=tag_url(merged.slug)) from merged
    if tag.slug != slug:
        raise TagElsewhere(url=tag_url(tag.slug))
    # By its words as well, so that experts come first.
    asked = dict([("expertise", tag.slug), asking_for(slug=tag.slug, label=tag.label)])
    found = find_people(
        viewer=viewer,
        query=parse(text=asked.get("q", ""), expertise=[tag.slug]),
        size=MOST_PEOPLE,
    )
    return TagPage(
        tag=tag,
        is_proposed=tag.status == ExpertiseTag.Status.PROPOSED,
        total=found.total,
        is_about=found.is_about,
        people=tuple(card_of_hit(hit) for hit in found.hits),
        search_url=search_url(urlencode(asked)),
        organisations=_shares(asked, found.facets.get("organisation", ())),
        broader=_links(tag.broader),
        narrower=_links(tag.narrower),
        related=_links(tag.related),
        goes_with=tuple(Place(label=one.label, url=tag_url(one.value)) for one in found.related),
    )


def _shares(asked: dict[str, str], bodies: Sequence[FacetValue]) -> tuple[OrganisationShare, ...]:
    return tuple(
        OrganisationShare(
            place=Place(
                label=body.label, url=search_url(urlencode(asked | {"organisation": body.value}))
            ),
            people=body.count,
        )
        for body in bodies[:MOST_ORGANISATIONS]
    )


def _links(tags: Sequence[NamedTag]) -> tuple[Place, ...]:
    return tuple(Place(label=tag.label, url=tag_url(tag.slug)) for tag in tags)
