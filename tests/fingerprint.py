"""What a sync writes, in one value: two states of the directory are the same, or they are not."""

from dataclasses import dataclass
from hashlib import sha256

from django.db import connection, transaction

#: Every table a run writes besides its own trace.
WRITTEN = (
    "person",
    "post",
    "team",
    "appointment",
    "sourcerecord",
    "expertise",
    "searchentry",
    "case",
)

#: Ids, times of writing and what is made of them: they differ however often a run is repeated.
_ASIDE = (
    "id updated_at created_at opened_at stated_at run_id person_id candidate_id subject_id post_id"
    " source_id reports_to_id provenance path raw_digest"
    " tokens organisation grade profession location more tags"
).split()


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """
    A state of the directory.

    digest: over what stands in the rows; rows: how many there are, table by table.
    """

    digest: str
    rows: tuple[int, ...]


def fingerprint() -> Fingerprint:
    """The state of the directory at one moment."""
    digest, rows = sha256(), []
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        # Somebody may commit between two tables.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        for table in WRITTEN:
            cursor.execute(
                "SELECT count(*), coalesce(md5(string_agg(DISTINCT line, '' ORDER BY line)), '')"
                "  FROM (SELECT (to_jsonb(written) - %s::text[])::text AS line"
                f"         FROM directory_{table} written) lines",
                [_ASIDE],
            )
            count, lines = cursor.fetchone()
            digest.update(lines.encode())
            rows.append(count)
    return Fingerprint(digest.hexdigest(), tuple(rows))
