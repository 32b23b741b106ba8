"""
What a run's plan states, as temporary tables the writers work from.

`change`: one row for each line of the plan, its post's reference worked out.
`touched_person`: ids of the people whose profile and search entry must be written.
"""

from django.db import connection

from directory.models import FeedRun

# The tables go with the transaction; one that is part of a larger one finds its predecessor's.
_DROP = """
    DROP TABLE IF EXISTS change, touched_person, stated_team, grade_word, profession_word,
        stated_post, stated_line, merged_person, one_source, several_sources, stated_appointment,
        stated_expertise, meant_tag
"""

# A feed that names people and not posts implies one post for each of them; its reference
# cannot be one of the feed's own, which never hold a line break.
_CHANGE = """
    CREATE TEMP TABLE change ON COMMIT DROP AS
    SELECT position, kind, source_key, action, subject_id, new_post, statement, raw_digest,
           candidates, evidence,
           CASE WHEN kind = 'team' THEN ''
                WHEN statement->>'post_key' <> '' THEN statement->>'post_key'
                WHEN kind = 'person' AND (statement->>'unit_code' <> '' OR statement ? 'unit_name')
                THEN E'person\\n' || source_key
                ELSE '' END AS reference
      FROM directory_plannedchange
     WHERE run_id = %s;
    CREATE TEMP TABLE touched_person (id uuid NOT NULL) ON COMMIT DROP;
    INSERT INTO touched_person
    SELECT DISTINCT subject_id FROM change WHERE kind = 'person' AND action <> 'keep'
"""


def load_stated(*, run: FeedRun) -> None:
    """Make the temporary tables for this run's plan; they go with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_DROP)
        cursor.execute(_CHANGE, [run.pk])
        cursor.execute("ANALYZE change")
