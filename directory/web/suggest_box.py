"""What the search box suggests, as its script (`static/js/suggest.js`) reads it."""

from typing import Any, Final

from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import QueryDict

from directory.search.query import QueryTooLong
from directory.search.suggest import Suggestion, suggest
from directory.visibility import Viewer
from directory.web.places import organisation_url, person_url, tag_url, team_url
from directory.web.search_request import SearchRefused

#: What each kind of suggestion stands under.
TITLES: Final = {
    "person": "People",
    "team": "Teams",
    "organisation": "Organisations",
    "expertise": "Expertise",
}


def read_suggestions(*, viewer: Viewer, given: QueryDict) -> dict[str, Any]:
    """
    `groups` that are not empty, in the order they are shown, each with its `title` and `items`:
    `{"url": …, "parts": [[text, is_match], …], "detail": …}`.

    :raises SearchRefused: naming what cannot be understood.
    :raises SearchTooSlow: as `find_people`.
    """
    problems = [f"“{name[:40]}” is not a part of this; it has q." for name in given if name != "q"]
    if len(given.getlist("q")) > 1:
        problems.append("“q” can be given once only.")
    if problems:
        raise SearchRefused(problems=tuple(problems))
    try:
        found = suggest(viewer=viewer, text=given.get("q", ""))
    except QueryTooLong as refusal:
        raise SearchRefused(problems=(str(refusal),)) from refusal
    return {
        "groups": [
            {"title": TITLES[kind], "items": [_item(kind, one) for one in suggestions]}
            for kind, suggestions in found
            if suggestions
        ]
    }


def _item(kind: str, one: Suggestion) -> dict[str, Any]:
    return {
        "url": _url(kind, one),
        "parts": [[part.text, part.is_match] for part in one.parts],
        "detail": _detail(one),
    }


def _url(kind: str, one: Suggestion) -> str:
    if kind == "person":
        return person_url(one.id)
    if kind == "team":
        return team_url(one.address)
    if kind == "organisation":
        return organisation_url(one.address)
    return tag_url(one.address)


def _detail(one: Suggestion) -> str:
    """What tells it from another of the same name."""
    if one.people is not None:
        return "1 person" if one.people == 1 else f"{intcomma(one.people)} people"
    if one.is_closed:
        return "Closed"
    return " · ".join(text for text in (one.title, one.organisation) if text)
