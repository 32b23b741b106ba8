"""
Whose a delivery is: what all its rows together say, set beside other bodies and other feeds.

Set-based. Read are the temporary tables `delivery_row` and `reading`, and what we hold.
Rows that did not change were judged when they came, so only changed ones bear witness.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from directory.changes.planner import plan_for_whole_tables
from directory.models import FeedRun
from directory.plans import Belonging, WeekTotals
from directory.records import DeliveryKind
from directory.sync.safety import SMALL_UNDER_PEOPLE

WEEK = timedelta(days=7)

# The feed's own body, what stands above and below it, what it was and what became of it.
_RELATED = """
    above AS (
        SELECT %(organisation)s::uuid AS id
        UNION SELECT link.parent_id FROM above
        JOIN directory_organisationparent link ON link.child_id = above.id
    ), below AS (
        SELECT %(organisation)s::uuid AS id
        UNION SELECT link.child_id FROM below
        JOIN directory_organisationparent link ON link.parent_id = below.id
    ), related AS (
        SELECT id FROM above UNION SELECT id FROM below
        UNION SELECT successor_id FROM directory_organisationsuccession
               WHERE predecessor_id = %(organisation)s
        UNION SELECT predecessor_id FROM directory_organisationsuccession
               WHERE successor_id = %(organisation)s
    )
"""

# A name that several bodies bear tells nothing. A body that no register publishes was named by
# an operator, who may call one body by two names.
_NAMED_BODY = f"""
    WITH RECURSIVE {_RELATED}, spelling AS (
        SELECT id, fold_text(name) AS folded FROM directory_organisation
        UNION SELECT id, fold_text(acronym) FROM directory_organisation WHERE acronym <> ''
        UNION SELECT organisation_id, fold_text(name) FROM directory_organisationname
    ), stated AS (
        SELECT fold_text(organisation) AS folded, sum(rows) AS rows
          FROM (SELECT organisation, count(*) AS rows FROM reading
                 WHERE organisation <> '' GROUP BY organisation) said
         GROUP BY 1
    ), meant AS (
        SELECT stated.folded, stated.rows, (array_agg(DISTINCT spelling.id))[1] AS id
          FROM stated JOIN spelling USING (folded)
         GROUP BY stated.folded, stated.rows HAVING count(DISTINCT spelling.id) = 1
    )
    SELECT body.name, sum(meant.rows)::int, (SELECT count(*) FROM delivery_row)
      FROM meant JOIN directory_organisation body ON body.id = meant.id
     WHERE body.external_id <> '' AND body.id NOT IN (SELECT id FROM related)
     GROUP BY body.id, body.name ORDER BY 2 DESC, body.name LIMIT 1
"""

# An address belongs to whoever gives out its domain or one above it; where one of them is
# related, it tells nothing. Rows that did not change count as the feed's own.
_ADDRESSED_BODY = f"""
    WITH RECURSIVE {_RELATED}, stated AS (
        SELECT split_part(email, '@', 2) AS domain, count(*) AS rows
          FROM reading WHERE kind = 'person' AND email <> '' GROUP BY 1
    ), owner AS (
        SELECT stated.domain, stated.rows, given.organisation_id AS id
          FROM stated JOIN directory_organisationdomain given
            ON right('.' || stated.domain, length(given.domain) + 1) = '.' || lower(given.domain)
    )
    SELECT body.name, sum(owner.rows)::int,
           (SELECT sum(rows) FROM stated)::int
           + (SELECT count(*) FROM delivery_row) - (SELECT count(*) FROM changed_row)
      FROM owner JOIN directory_organisation body ON body.id = owner.id
     WHERE NOT EXISTS (SELECT FROM owner other JOIN related ON related.id = other.id
                        WHERE other.domain = owner.domain)
     GROUP BY body.id, body.name ORDER BY 2 DESC, body.name LIMIT 1
"""

# Keys are compared first, because they are indexed and names are not; small numbers recur in
# every feed, so the names decide.
_JOINERS_ELSEWHERE = """
    WITH joiner AS MATERIALIZED (
        SELECT DISTINCT reading.source_key, reading.name
          FROM reading
         WHERE reading.kind = 'person' AND reading.name <> ''
           AND NOT EXISTS (SELECT FROM directory_sourcerecord held
                            WHERE held.feed_id = %(feed)s AND held.delivery_kind = %(kind)s
                              AND held.state = 'current' AND held.origin = 'feed'
                              AND held.source_key = reading.source_key)
    ), other AS MATERIALIZED (
        SELECT held.feed_id
          FROM directory_sourcerecord held JOIN joiner USING (source_key)
         WHERE held.delivery_kind = %(kind)s AND held.state = 'current' AND held.origin = 'feed'
           AND held.feed_id <> %(feed)s
         GROUP BY held.feed_id HAVING 2 * count(*) > (SELECT count(*) FROM joiner)
    )
    SELECT feed.slug, count(*), (SELECT count(*) FROM joiner)
      FROM other
      JOIN directory_feed feed ON feed.id = other.feed_id
      JOIN directory_sourcerecord held
        ON held.feed_id = other.feed_id AND held.delivery_kind = %(kind)s
       AND held.state = 'current' AND held.origin = 'feed'
      JOIN joiner
        ON joiner.source_key = held.source_key
       AND joiner.name = fold_text(concat_ws(' ', held.statement->>'given_name',
                                             held.statement->>'family_name'))
     GROUP BY feed.slug ORDER BY 2 DESC, feed.slug LIMIT 1
"""

_FILLED = """
    SELECT field, count(*) FILTER (WHERE held.statement->>field <> '')
      FROM unnest(%(fields)s::text[]) AS field
     CROSS JOIN directory_sourcerecord held
     WHERE held.feed_id = %(feed)s AND held.delivery_kind = %(kind)s
       AND held.state = 'current' AND held.origin = 'feed'
     GROUP BY field
"""


def other_organisation(*, run: FeedRun) -> Belonging | None:
    """The body unrelated to the feed's that most changed rows name, or have addresses of."""
    if run.kind == DeliveryKind.PEOPLE:
        return _belonging(_ADDRESSED_BODY, run=run)
    if run.kind in (DeliveryKind.SENIOR, DeliveryKind.JUNIOR):
        return _belonging(_NAMED_BODY, run=run)
    return None


def other_feed(*, run: FeedRun) -> Belonging | None:
    """The other feed that knows most of this run's joiners by the same key and name."""
    return _belonging(_JOINERS_ELSEWHERE, run=run)


def feed_of_same_file(*, run: FeedRun) -> str:
    """Slug of another feed to which this very file was applied, unless it was to this one too."""
    applied = FeedRun.objects.filter(
        kind=run.kind, content_digest=run.content_digest, state=FeedRun.State.APPLIED
    ).exclude(content_digest="")
    if applied.filter(feed=run.feed_id).exists():
        return ""
    return applied.order_by("finished_at").values_list("feed__slug", flat=True).first() or ""


def departed_in_a_week(*, run: FeedRun, now: datetime) -> WeekTotals:
    """
    What runs of this part of the feed did in the last seven days, whatever channel they took.

    A run that somebody approved was judged, and so was all before it: the week starts anew.
    """
    lately = FeedRun.objects.filter(
        feed=run.feed_id,
        kind=run.kind,
        state=FeedRun.State.APPLIED,
        finished_at__gt=now - WEEK,
    ).exclude(pk=run.pk)
    judged = lately.filter(approved_by__isnull=False).aggregate(at=Max("finished_at"))["at"]
    if judged is not None:
        lately = lately.filter(finished_at__gt=judged)
    counts = list(lately.values_list("counts", flat=True))
    return WeekTotals(
        departures=sum(count.get("departures", 0) for count in counts),
        subjects_before=max((count.get("subjects_before", 0) for count in counts), default=0),
    )


def filled_values(*, run: FeedRun, fields: list[str]) -> dict[str, int]:
    """In how many rows this part of the feed holds a value of each field."""
    if not fields:
        return {}
    with connection.cursor() as cursor:
        named: dict[str, Any] = {"fields": fields, "feed": run.feed_id, "kind": run.kind}
        cursor.execute(_FILLED, named)
        return dict(cursor.fetchall())


def people_vouched_for(*, run: FeedRun) -> int:
    """People that the run's feed vouches for in any part; enough to tell whether it is small."""
    people = run.feed.records.filter(kind="person", state="current", origin="feed")
    return len(people[:SMALL_UNDER_PEOPLE].values_list("pk"))


def _belonging(statement: str, *, run: FeedRun) -> Belonging | None:
    named: dict[str, Any] = {
        "feed": run.feed_id,
        "organisation": run.feed.organisation_id,
        "kind": run.kind,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        plan_for_whole_tables(cursor=cursor)
        cursor.execute(statement, named)
        found = cursor.fetchone()
    return Belonging(*found) if found else None
