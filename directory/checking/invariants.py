"""
The table of invariants: a name, what it says, and the SQL that selects the ids that break it.

What the database refuses by itself (constraints, triggers) is here only where a restore or
a disabled trigger could let it in.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Invariant:
    """
    name: stable, for logs and alerts.
    sentence: what is true of a sound directory.
    sql: selects `id` of each row that breaks it, once; empty for one that Python checks.
        `%(abandoned_before)s` is the time before which a run cannot still be on its way.
    """

    name: str
    sentence: str
    sql: str = ""


_SOURCES: Final = (
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
)

_PEOPLE: Final = (
    Invariant(
        name="provenance_names_own_sources",
        sentence="A person's provenance names source records about that person.",
        sql="""
            SELECT DISTINCT person.id
              FROM (SELECT DISTINCT each.id, said.value->>0 AS source_id
                      FROM directory_person each, jsonb_each(each.provenance) said) person
              LEFT JOIN directory_sourcerecord held
                ON held.id::text = person.source_id AND held.subject_id = person.id
             WHERE held.id IS NULL""",
    ),
    Invariant(
        name="active_person_has_a_current_source",
        sentence="Nobody is in post without a source that still vouches for them.",
        sql="""
            SELECT person.id FROM directory_person person
             WHERE person.status = 'active' AND person.merged_into_id IS NULL
               AND NOT EXISTS (SELECT FROM directory_sourcerecord held
                                WHERE held.subject_id = person.id AND held.kind = 'person'
                                  AND held.state = 'current')""",
    ),
    Invariant(
        name="leaver_holds_no_post",
        sentence="Nobody who left has an open appointment.",
        sql="""
            SELECT appointment.id FROM directory_appointment appointment
              JOIN directory_person person ON person.id = appointment.person_id
             WHERE appointment.ends_on IS NULL AND person.status = 'left'""",
    ),
    Invariant(
        name="appointment_stated_about_its_person",
        sentence="The source of an appointment is about the person who holds it.",
        sql="""
            SELECT appointment.id FROM directory_appointment appointment
              JOIN directory_sourcerecord held ON held.id = appointment.source_id
             WHERE held.kind <> 'person' OR held.subject_id <> appointment.person_id""",
    ),
)

_POSTS: Final = (
    Invariant(
        name="open_appointment_in_a_live_post",
        sentence="Open appointments are in live posts.",
        sql="""
            SELECT appointment.id FROM directory_appointment appointment
              JOIN directory_post post ON post.id = appointment.post_id
             WHERE appointment.ends_on IS NULL AND post.status <> 'live'""",
    ),
    Invariant(
        name="implied_post_has_one_holder",
        sentence="A live post that its holder implies has exactly one open appointment.",
        sql="""
            SELECT post.id FROM directory_post post
              LEFT JOIN directory_appointment appointment
                ON appointment.post_id = post.id AND appointment.ends_on IS NULL
             WHERE post.implied AND post.status = 'live'
             GROUP BY post.id HAVING count(appointment.id) <> 1""",
    ),
    # From the top down each post is met once; what is never met stands in a loop, or below one.
    Invariant(
        name="reporting_line_has_no_loop",
        sentence="Every reporting line ends at a post that reports to nobody.",
        sql="""
            WITH RECURSIVE met AS (
                SELECT id FROM directory_post WHERE reports_to_id IS NULL
                UNION ALL
                SELECT post.id FROM met JOIN directory_post post ON post.reports_to_id = met.id
            )
            SELECT id FROM directory_post EXCEPT SELECT id FROM met""",
    ),
    Invariant(
        name="reporting_line_to_a_live_post",
        sentence="No reporting line leads to a closed post.",
        sql="""
            SELECT post.id FROM directory_post post
              JOIN directory_post above ON above.id = post.reports_to_id
             WHERE above.status <> 'live'""",
    ),
    Invariant(
        name="post_inside_its_feeds_organisation",
        sentence="A post that a feed states stands in a team of that feed's organisation.",
        sql="""
            SELECT post.id FROM directory_post post
              JOIN directory_feed feed ON feed.id = post.feed_id
              JOIN directory_team team ON team.id = post.team_id
             WHERE team.organisation_id <> feed.organisation_id""",
    ),
)

_TEAMS: Final = (
    Invariant(
        name="team_path_leads_from_the_top",
        sentence="A team's path is its parent's path and its own label.",
        sql="""
            WITH RECURSIVE placed AS (
                SELECT id, replace(id::text, '-', '')::ltree AS path
                  FROM directory_team WHERE parent_id IS NULL
                UNION ALL
                SELECT team.id, placed.path || replace(team.id::text, '-', '')
                  FROM placed JOIN directory_team team ON team.parent_id = placed.id
            )
            SELECT team.id FROM directory_team team LEFT JOIN placed USING (id)
             WHERE placed.path IS DISTINCT FROM team.path""",
    ),
    Invariant(
        name="closed_team_is_empty",
        sentence="A closed team has neither live posts nor live teams below it.",
        sql="""
            SELECT team.id FROM directory_team team
             WHERE team.status = 'closed'
               AND (team.id IN (SELECT team_id FROM directory_post WHERE status = 'live')
                    OR team.id IN (SELECT parent_id FROM directory_team
                                    WHERE status = 'live' AND parent_id IS NOT NULL))""",
    ),
    Invariant(
        name="organisation_not_above_itself",
        sentence="No organisation stands above itself.",
        sql="""
            WITH RECURSIVE above AS (
                SELECT child_id AS id, parent_id FROM directory_organisationparent
                UNION
                SELECT above.id, link.parent_id
                  FROM above
                  JOIN directory_organisationparent link ON link.child_id = above.parent_id
            )
            SELECT id FROM above WHERE parent_id = id""",
    ),
)

_LISTED = "status = 'active' AND listing = 'government' AND merged_into_id IS NULL"

_SEARCH: Final = (
    Invariant(
        name="listed_person_can_be_found",
        sentence="Everybody in post and listed for all of government has a search entry.",
        sql=f"""
            SELECT person.id FROM directory_person person
             WHERE {_LISTED}
               AND NOT EXISTS (SELECT FROM directory_searchentry entry
                                WHERE entry.person_id = person.id
                                  AND entry.audience = 'government')""",
    ),
    Invariant(
        name="nobody_else_can_be_found",
        sentence="Nobody else has a search entry: not who left, is not listed or was merged.",
        sql=f"""
            SELECT DISTINCT entry.person_id AS id FROM directory_searchentry entry
             WHERE NOT EXISTS (SELECT FROM directory_person person
                                WHERE person.id = entry.person_id AND {_LISTED})""",
    ),
)

_RUNS: Final = (
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
)

_EXPERTISE: Final = (
    Invariant(
        name="merged_tag_leads_to_a_standing_one",
        sentence="Following what a merged tag was merged into ends at a tag that stands.",
        sql="""
            WITH RECURSIVE met AS (
                SELECT id FROM directory_expertisetag WHERE status <> 'merged'
                UNION
                SELECT tag.id
                  FROM met JOIN directory_expertisetag tag
                    ON tag.merged_into_id = met.id AND tag.status = 'merged'
            )
            SELECT id FROM directory_expertisetag EXCEPT SELECT id FROM met""",
    ),
)

#: Those that SQL can say; `check.ALL` holds the others as well.
INVARIANTS: Final = (
    *_SOURCES,
    *_PEOPLE,
    *_POSTS,
    *_TEAMS,
    *_SEARCH,
    *_RUNS,
    *_EXPERTISE,
)
