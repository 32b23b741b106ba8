"""
What a run's plan states, as temporary tables the writers work from.

`change`: one row for each line of the plan, its post's reference worked out, and how the post
stands to the day, by its dates (`changes.dates`).
`touched_person`: ids of the people whose profile and search entry must be written.
"""

from datetime import date

from django.db import connection

from directory.changes.dates import DATED_COLUMNS, named_days
from directory.models import FeedRun

# The tables go with the transaction; one that is part of a larger one finds its predecessor's.
_DROP = """
    DROP TABLE IF EXISTS change, touched_person, stated_team, grade_word, profession_word,
        stated_post, stated_line, merged_person, one_source, several_sources, stated_appointment,
        stated_expertise, meant_tag, placed_before, extended, wanted_key,
        wanted_post, manager_post
"""

# A feed that names people and not posts implies one post for each of them; its reference
# cannot be one of the feed's own, which never hold a line break.
_CHANGE = f"""
    CREATE TEMP TABLE change ON COMMIT DROP AS
    SELECT position, kind, source_key, action, subject_id, new_post, statement, raw_digest,
           candidates, evidence, {DATED_COLUMNS},
           CASE WHEN kind = 'team' THEN ''
                WHEN statement->>'post_key' <> '' THEN statement->>'post_key'
                WHEN kind = 'person' AND (statement->>'unit_code' <> '' OR statement ? 'unit_name')
                THEN E'person\\n' || source_key
                ELSE '' END AS reference
      FROM directory_plannedchange planned
     WHERE run_id = %(run)s;
    CREATE TEMP TABLE touched_person (id uuid NOT NULL) ON COMMIT DROP;
    INSERT INTO touched_person
    SELECT DISTINCT subject_id FROM change
     WHERE kind = 'person' AND (action <> 'keep' OR recent OR standing <> 'held')
"""


def load_stated(*, run: FeedRun, today: date) -> None:
    """
    Make the temporary tables for this run's plan; they go with the transaction.

    today: the day to which the dates of what is stated are set.
    """
    clear_stated()
    with connection.cursor() as cursor:
        cursor.execute(_CHANGE, {"run": run.pk, **named_days(today=today)})
        cursor.execute("ANALYZE change (kind, action, source_key, subject_id, reference)")


def clear_stated() -> None:
    """Drop what an earlier run of the same transaction left."""
    with connection.cursor() as cursor:
        cursor.execute(_DROP)
