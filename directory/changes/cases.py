"""Opens a case for every pair of records that a human has to judge, with the evidence."""

from django.db import connection

from directory.models import FeedRun

_OPEN = """
    INSERT INTO directory_case (
        id, reason, person_id, candidate_id, feed_id, run_id, source_key, evidence, state
    )
    SELECT gen_random_uuid(),
           CASE WHEN candidate->'evidence' @> '["same e-mail"]' THEN 'email' ELSE 'mover' END,
           change.subject_id, (candidate->>'person_id')::uuid, %(feed)s, %(run)s,
           change.source_key, candidate->'evidence', 'open'
      FROM change
      CROSS JOIN LATERAL jsonb_array_elements(change.candidates) AS candidate
     WHERE change.kind = 'person' AND jsonb_array_length(change.candidates) > 0
       AND (candidate->>'person_id')::uuid <> change.subject_id
       AND NOT EXISTS (SELECT FROM directory_case known
                        WHERE (known.person_id = change.subject_id
                               AND known.candidate_id = (candidate->>'person_id')::uuid)
                           OR (known.candidate_id = change.subject_id
                               AND known.person_id = (candidate->>'person_id')::uuid))
    ON CONFLICT DO NOTHING
"""


def open_cases(*, run: FeedRun) -> None:
    """Open the cases of a run's plan, each pair of people once whichever side came first."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, {"feed": run.feed_id, "run": run.pk})
