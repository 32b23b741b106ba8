"""
What we hold, as the deciding stages see it: every reading beside its `Facts`, in chunks.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from django.db import connection, transaction

from directory.changes.planner import plan_for_whole_tables
from directory.models import Feed, FeedRun
from directory.plans import Candidate, Facts, KnownSubject
from directory.records import Reading, SubjectKind, Vocabulary
from directory.sync.findings import find_facts
from directory.sync.readings import Readings

_KNOWN = """
    SELECT known.row_number, held.source_key, held.subject_id, held.statement, held.state,
           coalesce(person.listing = 'protected', false)
      FROM known
      JOIN directory_sourcerecord held ON held.id = known.record_id
      LEFT JOIN directory_person person ON person.id = held.subject_id
     WHERE known.row_number BETWEEN %(first)s AND %(last)s
"""

_FINDINGS = """
    SELECT row_number, name, value FROM finding
     WHERE row_number BETWEEN %(first)s AND %(last)s ORDER BY row_number, name, value
"""

_JOINED_ELSEWHERE = """
    DROP TABLE IF EXISTS joined_elsewhere;
    CREATE TEMP TABLE joined_elsewhere AS
    WITH leaver AS (
        SELECT absent.id AS record_id, person.id,
               fold_text(person.given_name || ' ' || person.family_name) AS name
          FROM absent_record absent
          JOIN directory_person person ON person.id = absent.subject_id
         WHERE absent.kind = 'person'
    ), joiner AS (
        SELECT DISTINCT person.id,
               fold_text(person.given_name || ' ' || person.family_name) AS name
          FROM directory_appointment appointment
          JOIN directory_sourcerecord record
            ON record.id = appointment.source_id AND record.feed_id <> %(feed)s
          JOIN directory_person person
            ON person.id = appointment.person_id AND person.status = 'active'
           AND person.merged_into_id IS NULL
         WHERE appointment.ends_on IS NULL
           AND appointment.first_stated_on > %(as_of)s::date - 100
           AND EXISTS (SELECT FROM leaver)
        UNION
        SELECT person.id, fold_text(person.given_name || ' ' || person.family_name)
          FROM directory_person person
          JOIN directory_sourcerecord record
            ON record.subject_id = person.id AND record.feed_id <> %(feed)s
           AND record.state = 'current' AND record.origin = 'feed'
         WHERE person.status = 'expected' AND person.merged_into_id IS NULL
           AND EXISTS (SELECT FROM leaver)
    )
    SELECT leaver.record_id, array_agg(joiner.id::text ORDER BY joiner.id) AS people
      FROM leaver JOIN joiner USING (name)
     WHERE leaver.id <> joiner.id
     GROUP BY leaver.record_id
"""

_DEPARTING = """
    SELECT absent.id, absent.kind, absent.source_key, absent.subject_id, absent.statement,
           joined_elsewhere.people
      FROM absent_record absent
      LEFT JOIN joined_elsewhere ON joined_elsewhere.record_id = absent.id
     WHERE absent.id > %(last)s ORDER BY absent.id LIMIT %(limit)s
"""

_VOCABULARY = """
    SELECT md5(
        coalesce((SELECT string_agg(value || '=' || grade_id, ';' ORDER BY value, grade_id)
                    FROM directory_gradetranslation
                   WHERE feed_id IS NULL OR feed_id = %(feed)s), '')
        || coalesce((SELECT string_agg(value || '=' || profession_id, ';'
                                       ORDER BY value, profession_id)
                       FROM directory_professiontranslation
                      WHERE feed_id IS NULL OR feed_id = %(feed)s), '')
        || coalesce((SELECT string_agg(domain, ';' ORDER BY domain)
                       FROM directory_organisationdomain
                      WHERE organisation_id = %(organisation)s), ''))
"""


def load_vocabulary(*, feed: Feed) -> Vocabulary:
    """The e-mail domains that hold for this feed, and the version of its words."""
    named = {"feed": feed.pk, "organisation": feed.organisation_id}
    with connection.cursor() as cursor:
        cursor.execute(_VOCABULARY, named)
        (version,) = cursor.fetchone()
    domains = feed.organisation.domains.values_list("domain", flat=True)
    return Vocabulary(
        email_domains=frozenset(domain.lower() for domain in domains), version=version
    )


def with_facts(*, readings: Readings, run: FeedRun) -> Iterator[list[tuple[Reading, Facts, bytes]]]:
    """Chunks of readings, each with what the database knows about it and its row's digest."""
    find_facts(run=run)
    empty = Facts()
    for chunk in readings.chunks():
        span = {
            "first": chunk[0][0].row,
            "last": chunk[-1][0].row,
        }
        facts = _facts(span)
        yield [(reading, facts.get(reading.row, empty), digest) for reading, digest in chunk]


def departing(
    *, run: FeedRun, page_size: int = 2_000
) -> Iterator[tuple[SubjectKind, KnownSubject, tuple[Candidate, ...]]]:
    """
    Whom a complete delivery no longer names, each with the people who may be them elsewhere.

    Somebody of the same name who joined another feed lately is a candidate whichever of the
    two deliveries came first, so the order in which departments deliver changes nothing.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        plan_for_whole_tables(cursor=cursor)
        cursor.execute(_JOINED_ELSEWHERE, {"feed": run.feed_id, "as_of": run.as_of})
    last = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_DEPARTING, {"last": last, "limit": page_size})
            page = cursor.fetchall()
        for record_id, kind, key, subject_id, statement, joined in page:
            last = record_id
            known = KnownSubject(subject_id, key, json.loads(statement), current=True)
            found = [f"{person}|same name, joined lately" for person in joined or []]
            yield SubjectKind(kind), known, _candidates(found)
        if not page:
            return


def _facts(span: dict[str, int]) -> dict[int, Facts]:
    """Facts by row number, for the rows that have any."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, span)
        known = {
            row: KnownSubject(subject_id, key, json.loads(said), state == "current", protected)
            for row, key, subject_id, said, state, protected in cursor.fetchall()
        }
        cursor.execute(_FINDINGS, span)
        found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for row, name, value in cursor.fetchall():
            found[row][name].append(value)
    return {row: _row_facts(known.get(row), found.get(row, {})) for row in known.keys() | found}


def _row_facts(known: KnownSubject | None, found: dict[str, list[str]]) -> Facts:
    if not found:
        return Facts(known=known)
    return Facts(
        known=known,
        candidates=_candidates(found.get("candidate", [])),
        same_key_rows=tuple(sorted(int(v) for v in found.get("same_key_row", []))),
        repeats="repeats" in found,
        email_rows=tuple(sorted(int(v) for v in found.get("email_row", []))),
        email_taken="email_taken" in found,
        repaired={"reports_to_post": found["repaired"][0]} if "repaired" in found else {},
        unresolved=frozenset(found.get("unresolved", [])),
        ended=frozenset(found.get("ended", [])),
        looping="looping" in found,
        differs_from_row=int(found.get("differs_from_row", ["0"])[0]),
        other_organisation=found.get("other_organisation", [""])[0],
    )


def _candidates(values: list[str], limit: int = 5) -> tuple[Candidate, ...]:
    """People named as candidates, each once with all that speaks for them."""
    evidence: dict[UUID, list[str]] = defaultdict(list)
    for value in values:
        person_id, why = value.split("|", 1)
        evidence[UUID(person_id)].append(why)
    return tuple(
        Candidate(person_id, tuple(why)) for person_id, why in list(evidence.items())[:limit]
    )
