"""What people know, as far as a feed says so; what they claim themselves is never touched."""

from typing import Any

from django.db import connection

from directory.models import FeedRun

_STATED = """
    CREATE TEMP TABLE stated_expertise ON COMMIT DROP AS
    SELECT DISTINCT record.id AS source_id, change.subject_id AS person_id,
           btrim(label) AS label, lower(btrim(label)) AS folded
      FROM change
      JOIN directory_sourcerecord record
        ON record.feed_id = %(feed)s AND record.delivery_kind = %(kind)s
       AND record.state = 'current' AND record.source_key = change.source_key
      CROSS JOIN LATERAL unnest(string_to_array(change.statement->>'expertise', ';')) AS label
     WHERE change.kind = 'person' AND change.action <> 'depart' AND btrim(label) <> ''
"""

_TAGS = """
    INSERT INTO directory_expertisetag (id, slug, preferred_label, definition, status)
    SELECT DISTINCT ON (slug) gen_random_uuid(), slug, label, '', 'proposed'
      FROM (SELECT coalesce(nullif(left(replace(fold_text(label), ' ', '-'), 200), ''),
                            md5(label)) AS slug,
                   left(label, 200) AS label, folded
              FROM stated_expertise) said
     WHERE NOT EXISTS (SELECT FROM directory_expertisetag tag
                        WHERE lower(tag.preferred_label) = said.folded
                           OR lower(tag.slug) = said.slug)
       AND NOT EXISTS (SELECT FROM directory_alternativelabel other
                        WHERE lower(other.label) = said.folded)
     ORDER BY slug, label
"""

# The distinct labels are few, so each is looked up once.
_MEANT = """
    CREATE TEMP TABLE meant_tag ON COMMIT DROP AS
    SELECT DISTINCT ON (said.folded) said.folded, coalesce(tag.merged_into_id, tag.id) AS tag_id
      FROM (SELECT DISTINCT folded, replace(fold_text(label), ' ', '-') AS slug
              FROM stated_expertise) said
      JOIN directory_expertisetag tag
        ON lower(tag.preferred_label) = said.folded
        OR lower(tag.slug) = said.slug
        OR tag.id IN (SELECT other.tag_id FROM directory_alternativelabel other
                       WHERE lower(other.label) = said.folded)
     ORDER BY said.folded, lower(tag.preferred_label) = said.folded DESC, tag.id
"""

_WITHDRAW = """
    DELETE FROM directory_expertise claim
     USING change, directory_sourcerecord record
     WHERE record.feed_id = %(feed)s AND record.delivery_kind = %(kind)s
       AND record.state = 'current' AND record.source_key = change.source_key
       AND change.kind = 'person' AND change.action = 'update'
       AND change.statement ? 'expertise' AND claim.source_id = record.id
       AND NOT EXISTS (SELECT FROM stated_expertise said JOIN meant_tag USING (folded)
                        WHERE said.source_id = record.id AND meant_tag.tag_id = claim.tag_id)
"""

_CLAIM = """
    INSERT INTO directory_expertise (id, person_id, tag_id, level, source_id)
    SELECT DISTINCT ON (said.person_id, meant_tag.tag_id)
           gen_random_uuid(), said.person_id, meant_tag.tag_id, '', said.source_id
      FROM stated_expertise said JOIN meant_tag USING (folded)
     ORDER BY said.person_id, meant_tag.tag_id
    ON CONFLICT (person_id, tag_id) DO NOTHING
"""


def write_expertise(*, run: FeedRun) -> None:
    """Add the claims the feed states and withdraw those it no longer does; propose new tags."""
    named: dict[str, Any] = {"feed": run.feed_id, "kind": run.kind}
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM change WHERE statement ? 'expertise')")
        if not cursor.fetchone()[0]:
            return
        for statement in (_STATED, _TAGS, _MEANT, _WITHDRAW, _CLAIM):
            cursor.execute(statement, named)
