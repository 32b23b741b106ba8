"""
The sum that `ranking` describes, as SQL on `entry`, and of whom it is asked, part by part.

Every value reaches the database as a parameter; the SQL put together here consists of the fixed
pieces below, numbers of `ranking` and the names of parameters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from directory.search import ranking
from directory.search.expansion import Expansion, Fit
from directory.search.matching import OVERLAPS, Matching
from directory.search.nearness import Nearness
from directory.search.query import Query
from directory.search.ranking import TENTHS, Earned, Explanation
from directory.visibility import SeenEntries

#: Where what a filter of one post asks stands in an entry; that of further posts is in `more`.
_OF_A_POST: Final = ("organisation", "grade", "profession", "location")


@dataclass(frozen=True, slots=True)
class Way:
    """A way to earn: a condition on `entry`, for what, and tenths, both as SQL."""

    condition: str
    kind: str
    tenths: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the sum: the first of the ways that holds earns, the others do not."""

    word: str
    ways: tuple[Way, ...]

    def tenths(self) -> str:
        """What it earns."""
        return self._first([way.tenths for way in self.ways])

    def way(self) -> str:
        """Which way holds, counted from 1; 0 for none."""
        return self._first([str(number) for number, _ in enumerate(self.ways, 1)])

    def _first(self, values: Sequence[str]) -> str:
        cases = [
            f"WHEN {way.condition} THEN {value}"
            for way, value in zip(self.ways, values, strict=True)
        ]
        return f"CASE {' '.join(cases)} ELSE 0 END"


@dataclass(frozen=True, slots=True)
class Score:
    """
    The parts of the sum, and the values of their parameters.

    lookups: what the parts look into, as the first queries of a `WITH`, each with its comma.
    """

    parts: tuple[Part, ...]
    values: Mapping[str, Any]
    lookups: str = ""

    def total(self) -> str:
        """The sum, in tenths of a point."""
        return " + ".join(part.tenths() for part in self.parts)

    def explained(
        self, *, seen: SeenEntries, person_ids: Sequence[UUID]
    ) -> Mapping[UUID, Explanation]:
        """What earned each of these people their place; one statement, for those on a page."""
        tenths = ", ".join(part.tenths() for part in self.parts)
        ways = ", ".join(part.way() for part in self.parts)
        with connection.cursor() as db:
            db.execute(
                f"""
                WITH {self.lookups} explained AS (
                    SELECT entry.person_id, ARRAY[{tenths}], ARRAY[{ways}]
                      FROM directory_searchentry entry
                     WHERE entry.person_id = ANY(%(person_ids)s::uuid[])
                       AND {seen.condition}
                ) SELECT * FROM explained
                """,
                {**self.values, **seen.values, "person_ids": list(person_ids)},
            )
            rows = db.fetchall()
        return {
            person_id: Explanation(
                tuple(
                    Earned(part.word, ranking.label(kind=part.ways[way - 1].kind), earned / TENTHS)
                    for part, earned, way in zip(self.parts, points, taken, strict=True)
                    if earned
                )
            )
            for person_id, points, taken in rows
        }


def score_of(*, matching: Matching, expansion: Expansion, near: Nearness) -> Score:
    """The sum by which those who match are ordered for somebody who is `near` to some of them."""
    query = matching.query
    values = matching.values()
    parts = [
        Part(word, tuple(_word_ways(place, word, expansion, values)))
        for place, word in enumerate(query.words)
    ]
    if query.words:
        parts.append(_name(query, values))
    if any(fit.kind.startswith("name misspelt") for fits in expansion.fits for fit in fits):
        parts.append(Part("", (_closeness(query, values),)))
    for number, email in enumerate(query.emails):
        values[f"address_{number}"] = email
        whole = f"entry.email = %(address_{number})s"
        ways = (_way(whole, "email", ranking.WHOLE_EMAIL),)
        parts.append(Part(email, (*ways, _way("true", "email begun", ranking.BEGUN_EMAIL))))
    if query.phones:
        parts.append(Part("", (_way("entry.phones LIKE %(phone)s", "phone", ranking.PHONE),)))
    claims = _claims(expansion, values)
    parts += [*claims, *_nearness(near, values)]
    full = f"entry.fullness / {ranking.THINGS_A_TENTH:d}"
    parts.append(Part("", (Way("true", "fullness", full),)))
    lookups = _CLAIMS if claims else ""
    return Score(tuple(part for part in parts if part.ways), values, lookups)


def _way(condition: str, kind: str, points: int) -> Way:
    return Way(condition, kind, f"{points * TENTHS:d}")


def _word_ways(place: int, word: str, expansion: Expansion, values: dict[str, Any]) -> list[Way]:
    """The ways in which a word may fit, those that earn most first."""
    ways = []
    fits = sorted(expansion.fits[place], key=lambda fit: ranking.POINTS[fit.kind], reverse=True)
    for number, fit in enumerate(fits):
        name, points = f"fit_{place}_{number}", ranking.POINTS[fit.kind]
        if fit.kind in ("name", "name begun"):
            # Most of them can be told by the name itself, which is quicker than by tokens.
            values[f"said_{place}_{number}"] = f" {word}" + " " * (fit.kind == "name")
            said = f"strpos(' ' || entry.sort_name || ' ', %(said_{place}_{number})s) > 0"
            ways.append(_way(said, fit.kind, points))
        values[name] = list(fit.tokens)
        ways.append(_way(_has(fit, name), fit.kind, points))
    return ways


def _has(fit: Fit, name: str) -> str:
    """That an entry has one of the tokens, looked for where they are fewest."""
    kind = fit.kind.split(" ")[0]
    if fit.kind in ("tag named", "tag narrower"):
        return f"entry.tags {OVERLAPS} %({name})s::int[]"
    if kind in _OF_A_POST:
        return _in_a_post(kind, name)
    return f"entry.tokens {OVERLAPS} %({name})s::int[]"


def _in_a_post(kind: str, name: str) -> str:
    return f"(entry.{kind} = ANY(%({name})s::int[]) OR entry.more {OVERLAPS} %({name})s::int[])"


def _name(query: Query, values: dict[str, Any]) -> Part:
    values["words"] = list(query.words)
    values["family_names"] = ranking.family_names(words=query.words)
    whole = "entry.sort_name <> '' AND string_to_array(entry.sort_name, ' ') <@ %(words)s::text[]"
    begun = "entry.sort_name ^@ ANY(%(family_names)s::text[])"
    return Part(
        "",
        (
            _way(whole, "whole name", ranking.WHOLE_NAME),
            _way(begun, "family name", ranking.FAMILY_NAME),
        ),
    )


def _closeness(query: Query, values: dict[str, Any]) -> Way:
    """How near the whole name comes to the words, in whichever order they were typed."""
    turns = ranking.whole_names(words=query.words[:3])
    distances = []
    for number, turn in enumerate(turns):
        values[f"turn_{number}"] = turn[:60]
        distances.append(f"levenshtein_less_equal(left(entry.sort_name, 60), %(turn_{number})s, 6)")
    return Way(
        "true",
        "closeness",
        f"greatest(0, {ranking.CLOSE_NAME * TENTHS:d}"
        f" - {ranking.POINTS_AN_EDIT * TENTHS:d} * least({', '.join(distances)}))",
    )


# Entries do not hold it. Once a statement, however often it asks for the sum.
_CLAIMS: Final = f"""
    claimed AS MATERIALIZED (
        SELECT claim.person_id, claim.level,
               greatest(claim.stated_at, CASE
                   WHEN claim.stated_at < now() - interval '{ranking.RECENT_YEARS:d} years'
                   THEN (SELECT max(endorsed_at) FROM directory_endorsement
                          WHERE expertise_id = claim.id) END)
               >= now() - interval '{ranking.RECENT_YEARS:d} years' AS is_recent
          FROM directory_searchterm term
          JOIN directory_expertise claim ON claim.tag_id = term.term::uuid
         WHERE term.id = ANY(%(claimed)s::int[]) AND term.space = 'tag'),"""


def _claims(expansion: Expansion, values: dict[str, Any]) -> list[Part]:
    """
    How well somebody knows a tag that is named, and whether they said so lately, where not too
    many hold it to be looked up.
    """
    named = {
        fit.tokens: fit.people for fits in expansion.fits for fit in fits if fit.kind == "tag named"
    }
    if not named or sum(named.values()) > ranking.RECENT_AMONG:
        return []
    values["claimed"] = sorted({token for tokens in named for token in tokens})
    masters = [fit for fits in expansion.fits for fit in fits if fit.kind == "tag expert"]
    values["masters"] = sorted({token for fit in masters for token in fit.tokens})
    levels = (
        # Whoever three colleagues endorsed is an expert, whatever they say themselves.
        _way(f"entry.tokens {OVERLAPS} %(masters)s::int[]", "tag expert", 0),
        *(
            _way(_claimed(f"level = '{level}'"), level, points)
            for level, points in ranking.LEVELS.items()
        ),
    )
    lately = Way(_claimed("is_recent"), "recency", f"{ranking.RECENCY_TENTHS:d}")
    return [Part("", levels), Part("", (lately,))]


def _claimed(condition: str) -> str:
    # Whose expertise is hidden has no tags in their entry.
    return (
        f"entry.tags {OVERLAPS} %(claimed)s::int[]"
        f" AND entry.person_id IN (SELECT person_id FROM claimed WHERE {condition})"
    )


def _nearness(near: Nearness, values: dict[str, Any]) -> list[Part]:
    """What whoever asks has in common with a person; nothing where they have nothing."""
    ours = {
        "team": near.teams,
        "organisation": near.organisations,
        "location": near.locations,
        "tag": near.tags,
    }
    values |= {f"near_{kind}": list(tokens) for kind, tokens in ours.items()}
    organisation = _in_a_post("organisation", "near_organisation")
    conditions = {
        # All the tokens are only looked through of those in the right organisation.
        "team": f"{organisation} AND entry.tokens {OVERLAPS} %(near_team)s::int[]",
        "organisation": organisation,
        "location": _in_a_post("location", "near_location"),
        "tag": f"entry.tags {OVERLAPS} %(near_tag)s::int[]",
    }
    return [
        Part("", (Way(conditions[kind], f"near {kind}", f"{tenths:d}"),))
        for kind, tenths in ranking.NEARNESS_TENTHS.items()
        if ours[kind]
    ]
