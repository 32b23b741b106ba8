"""
Whether the trail is as it was written: every row, every batch of rows, every link of the chains.

See `sql/audit_chain.1.sql`. Ids name the table and the row, or the chain and the link.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from django.db import connection

from directory.audit_heads import Head
from directory.checking.broken import Broken
from directory.checking.invariants import Invariant
from directory.checking.reading import broken_by, one_moment, untouched
from directory.postgresql.grants import CHAIN_TABLES, append_only_tables

#: Under which `keep_audit_batch` wrote rows as text.
_AS_WRITTEN = """
    SELECT set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO, YMD', true),
           set_config('extra_float_digits', '1', true), set_config('bytea_output', 'hex', true),
           set_config('intervalstyle', 'postgres', true)
"""

_WALK = """
    SELECT link.chain || ' ' || link.sequence AS id, link.chain, link.sequence, link.previous,
           link.digest, batch.chain AS of_chain,
           CASE WHEN batch.id IS NOT NULL THEN audit_batch_digest(batch) END AS of_batch,
           lag(link.digest, 1, '') OVER chained AS digest_before,
           lag(link.sequence, 1, 0::bigint) OVER chained AS sequence_before
      FROM directory_auditlink link LEFT JOIN directory_auditbatch batch ON batch.id = link.batch_id
    WINDOW chained AS (PARTITION BY link.chain ORDER BY link.sequence)
"""

CHAINS: Final = (
    Invariant(
        name="audit_chain_is_whole",
        sentence="Every chain counts from 1 without a gap, and every link has its batch.",
        sql=f"""
            SELECT id FROM ({_WALK}) walk
             WHERE sequence <> sequence_before + 1 OR of_chain IS NULL""",
    ),
    Invariant(
        name="audit_link_fits",
        sentence="Every link's digest is that of the link before and of its batch.",
        sql=f"""
            SELECT id FROM ({_WALK}) walk
             WHERE of_chain IS NOT NULL
               AND (previous <> digest_before OR chain <> of_chain
                    OR digest <> sha256(previous || of_batch))""",
    ),
    Invariant(
        name="audit_batch_is_linked",
        sentence="Every batch of rows is in a chain.",
        sql="""
            SELECT batch.id FROM directory_auditbatch batch
             WHERE NOT EXISTS (SELECT FROM directory_auditlink link
                                WHERE link.batch_id = batch.id)""",
    ),
)

HEAD: Final = Invariant(
    name="audit_head_is_held",
    sentence="Every head that was written down outside the database is a link of its chain.",
    sql="""
        SELECT head.chain || ' ' || head.sequence AS id
          FROM unnest(%(chains)s::text[], %(sequences)s::bigint[], %(digests)s::text[])
               AS head (chain, sequence, digest)
         WHERE NOT EXISTS (SELECT FROM directory_auditlink link
                            WHERE link.chain = head.chain AND link.sequence = head.sequence
                              AND encode(link.digest, 'hex') = head.digest)""",
)


def audit_invariants() -> list[Invariant]:
    """What has to hold of the chains, and of each table of the trail."""
    present = connection.introspection.table_names()
    tables = [name for name in append_only_tables(present=present) if name not in CHAIN_TABLES]
    return [*CHAINS, *(each for table in tables for each in _of_table(table)), HEAD]


def check_audit(*, heads: Sequence[Head]) -> Iterator[tuple[Invariant, Broken]]:
    """
    Each invariant of the trail with what breaks it, if anything does; nothing is written.

    heads: as they were written down outside the database.
    """
    named = {
        "chains": [head.chain for head in heads],
        "sequences": [head.sequence for head in heads],
        "digests": [head.digest for head in heads],
    }
    with one_moment():
        with connection.cursor() as cursor:
            cursor.execute(_AS_WRITTEN)
        for invariant in audit_invariants():
            with untouched():
                yield invariant, broken_by(sql=invariant.sql, named=named)


def _of_table(table: str) -> Iterator[Invariant]:
    with connection.cursor() as cursor:
        held = {
            column.name for column in connection.introspection.get_table_description(cursor, table)
        }
        cursor.execute(
            "SELECT DISTINCT columns FROM directory_auditbatch WHERE table_name = %s ORDER BY 1",
            [table],
        )
        written = [tuple(columns) for (columns,) in cursor.fetchall()]
    key = "pgh_id" if "pgh_id" in held else "id"
    of_each = "unnest(batch.keys, batch.digests) AS kept (key, digest)"
    yield Invariant(
        name=f"{table}_is_kept",
        sentence=f"Every row of {table} that was ever written is there, and came by a statement.",
        sql=f"""
            SELECT '{table} ' || coalesce(kept.key, held.{key}::text) AS id
              FROM (SELECT kept.key FROM directory_auditbatch batch, {of_each}
                     WHERE batch.table_name = '{table}') kept
              FULL JOIN {table} held ON held.{key}::text = kept.key
             WHERE kept.key IS NULL OR held.{key} IS NULL""",
    )
    # A column that came later is no part of what was written before.
    for number, columns in enumerate(written, start=1):
        names = ", ".join(f'held."{name}"' for name in columns)
        listed = ", ".join(f"'{name}'" for name in columns)
        yield Invariant(
            name=f"{table}_is_as_written" + (f"_{number}" if number > 1 else ""),
            sentence=f"Every row of {table} says what it said when it was written.",
            sql=f"""
                SELECT '{table} ' || kept.key AS id
                  FROM (SELECT kept.* FROM directory_auditbatch batch, {of_each}
                         WHERE batch.table_name = '{table}'
                           AND batch.columns = ARRAY[{listed}]::text[]) kept
                  JOIN {table} held ON held.{key}::text = kept.key
                 WHERE kept.digest IS DISTINCT FROM
                       sha256(convert_to(ROW({names})::text, 'UTF8'))""",
        )
    if "pgh_context_id" in held:
        yield Invariant(
            name=f"{table}_says_who",
            sentence=f"Who wrote a row of {table}, and why, is said as it was then.",
            sql=f"""
                SELECT '{table} ' || held.{key} AS id
                  FROM directory_auditbatch batch
                  JOIN {table} held ON held.{key}::text = batch.keys[1]
                  LEFT JOIN pghistory_context act ON act.id = held.pgh_context_id
                 WHERE batch.table_name = '{table}' AND batch.said IS NOT NULL
                   AND NOT coalesce(act.metadata @> batch.said, false)""",
        )
