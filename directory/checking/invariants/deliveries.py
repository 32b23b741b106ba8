"""What was delivered: source records, the runs that brought them, the cases they raised."""

from typing import Final

from directory.checking.invariants.invariant import Invariant

SOURCES: Final = (
    Invariant(
        name="source_about_an_existing_person",
        sentence="Every current source record about a person names a person we hold.",
        sql="""
            SELECT held.id FROM directory_sourcerecord held
             WHERE held.kind = 'person' AND held.state = 'current'
               AND NOT EXISTS (SELECT FROM directory_person WHERE id = held.subject_id)""",
    ),
    Invariant(
        name="source_about_an_existing_team",
        sentence="Every current source record about a team names a team we hold.",
        sql="""
            SELECT held.id FROM directory_sourcerecord held
             WHERE held.kind = 'team' AND held.state = 'current'
               AND NOT EXISTS (SELECT FROM directory_team WHERE id = held.subject_id)""",
    ),
    # A post may be stated by several rows, so their subjects are theirs and the reference counts.
    Invariant(
        name="source_about_a_live_post",
        sentence="Every current source record that names a post names a live one of its feed.",
        sql="""
            SELECT held.id FROM directory_sourcerecord held
              LEFT JOIN directory_post post
                ON post.feed_id = held.feed_id AND post.reference = held.statement->>'post_key'
               AND post.status = 'live'
             WHERE held.state = 'current' AND held.origin = 'feed'
               AND (held.kind = 'post' OR held.statement->>'post_key' <> '')
               AND held.kind <> 'team' AND post.id IS NULL""",
    ),
    Invariant(
        name="record_brought_by_a_run_of_its_feed",
        sentence="A source record was brought by an applied run of its own feed and part.",
        sql="""
            SELECT held.id FROM directory_sourcerecord held
              JOIN directory_feedrun run ON run.id = held.run_id
             WHERE held.feed_id <> run.feed_id OR held.delivery_kind <> run.kind
                OR run.state NOT IN ('applied', 'undone') OR run.dry_run""",
    ),
)

RUNS: Final = (
    # A part of a stacked file rightly waits while an earlier part of it is held.
    Invariant(
        name="run_comes_to_an_end",
        sentence="No run is on its way for more than an hour, except behind a held one.",
        sql="""
            SELECT run.id FROM directory_feedrun run
             WHERE run.state IN ('received', 'parsed', 'planned', 'approved')
               AND NOT run.dry_run AND run.received_at < %(abandoned_before)s
               AND NOT EXISTS (SELECT FROM directory_feedrun before
                                WHERE before.state = 'held' AND NOT before.dry_run
                                  AND before.feed_id = run.feed_id
                                  AND before.kind = run.kind
                                  AND before.content_digest = run.content_digest
                                  AND before.as_of < run.as_of)""",
    ),
    Invariant(
        name="held_run_has_a_reason",
        sentence="A held run says which safeguard holds it.",
        sql="""
            SELECT id FROM directory_feedrun
             WHERE state = 'held' AND held_reasons IN ('[]', '{}', 'null')""",
    ),
    Invariant(
        name="failed_run_has_a_code",
        sentence="A failed run says why.",
        sql="SELECT id FROM directory_feedrun WHERE state = 'failed' AND failure_code = ''",
    ),
    Invariant(
        name="runs_applied_in_order_of_their_days",
        sentence="No run was applied after one of its feed and part that describes a later day.",
        sql="""
            SELECT id
              FROM (SELECT id, as_of,
                           max(as_of) OVER (
                               PARTITION BY feed_id, kind ORDER BY finished_at, received_at
                               ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                           ) AS before
                      FROM directory_feedrun WHERE state = 'applied') run
             WHERE as_of < before""",
    ),
)

CASES: Final = (
    Invariant(
        name="pair_has_one_open_case",
        sentence="No two people are waiting twice to be judged, whichever side came first.",
        sql="""
            SELECT id
              FROM (SELECT id, row_number() OVER (
                               PARTITION BY least(person_id, candidate_id),
                                            greatest(person_id, candidate_id)
                               ORDER BY opened_at, id
                           ) AS place
                      FROM directory_case WHERE state = 'open') waiting
             WHERE place > 1""",
    ),
)
