"""The directory as the feed machine compares it with its models, and edits made by hand."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from directory.changes.people import write_people
from directory.models import Appointment, Feed, Person, SearchEntry, SourceRecord
from directory.projection import project_people
from tests.stories.feed_model import FeedModel, Row

#: What somebody (by the model's number) or a curator said of them by hand, field to value.
HandEdits = dict[int, dict[str, str]]

_AFRESH = """
    DROP TABLE IF EXISTS touched_person, merged_person, one_source, several_sources;
    CREATE TEMP TABLE touched_person (id uuid NOT NULL)
"""


def edit_by_hand(*, person_id: UUID, origin: str, said: Mapping[str, str], day: date) -> None:
    """A statement of the official or a curator, and the profile merged with it."""
    SourceRecord.objects.update_or_create(
        origin=origin,
        subject_id=person_id,
        kind="person",
        defaults={
            "statement": dict(said),
            "stated_on": day,
            "raw_digest": b"",
            "reason": "Said so on the phone" if origin == "curator" else "",
        },
    )
    with connection.cursor() as cursor:
        cursor.execute(_AFRESH)
        cursor.execute("INSERT INTO touched_person VALUES (%s)", [person_id])
    write_people(today=day)
    project_people(person_ids=[person_id])


def expected(*, model: FeedModel, people: Mapping[int, UUID], by_hand: HandEdits) -> dict[str, Any]:
    """By key, what the directory has to show for a feed."""
    shown = {}
    for key, holding in model.current.items():
        row, hand = holding.row, by_hand.get(holding.person, {})
        given = hand.get("preferred_name") or row["given_name"]
        above = model.current.get(row["manager_key"])
        shown[key] = {
            "person": people.get(holding.person),
            "name": f"{given} {row['family_name']}",
            "email": row["email"],
            "phone": hand.get("phone") or row["phone"],
            "title": row["job_title"],
            "grade": row["grade"],
            "unit": row["unit_code"],
            "manager": people.get(above.person) if above else None,
        }
    return shown


def held(*, feed: Feed) -> dict[str, Any]:
    """By key, what the directory shows."""
    shown = {}
    records = SourceRecord.objects.filter(feed=feed, kind="person", state="current")
    people = Person.objects.in_bulk([record.subject_id for record in records])
    open_posts = {
        appointment.source_id: appointment
        for appointment in Appointment.objects.filter(
            source__in=records, ends_on=None
        ).select_related("post__team", "post__grade")
    }
    holder = {a.post_id: a.person_id for a in open_posts.values()}
    for record in records:
        person = people[record.subject_id]
        post = open_posts[record.pk].post
        assert person.status == "active", record.source_key
        shown[record.source_key] = {
            "person": person.pk,
            "name": person.display_name,
            "email": person.email,
            "phone": person.phone,
            "title": post.title,
            "grade": post.grade_stated,
            "unit": post.team.code,
            "manager": holder.get(post.reports_to_id) if post.reports_to_id else None,
        }
    return shown


def compare(
    *,
    feeds: Sequence[Feed],
    models: Sequence[FeedModel],
    people: dict[int, UUID],
    by_hand: HandEdits,
) -> None:
    """
    Assert that the directory shows what the models say, and nobody else.

    people: whom each number of the models stands for; somebody new is entered here, and
        whoever was entered before has to be the same person still.
    """
    in_post = set()
    for feed, model in zip(feeds, models, strict=True):
        found = held(feed=feed)
        for key, holding in model.current.items():
            if key in found:
                people.setdefault(holding.person, found[key]["person"])
        wanted = expected(model=model, people=people, by_hand=by_hand)
        differing = {
            key: (found.get(key), wanted.get(key))
            for key in found.keys() | wanted.keys()
            if found.get(key) != wanted.get(key)
        }
        assert not differing, f"{feed.slug}: shown and expected: {differing}"
        in_post |= {people[holding.person] for holding in model.current.values()}
    active = set(Person.objects.filter(status="active").values_list("pk", flat=True))
    assert active == in_post
    assert set(SearchEntry.objects.values_list("person_id", flat=True)) == in_post
    assert len(set(people.values())) == len(people), "one person stands for two"


def without_key(rows: Sequence[Row]) -> Row:
    """A row that may be anybody's."""
    return dict.fromkeys(rows[0], "") | {"family_name": "Nobody", "status": "active"}
