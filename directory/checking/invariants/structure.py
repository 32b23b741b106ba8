"""Posts, teams and organisations: how they stand to each other."""

from typing import Final

from directory.checking.invariants.invariant import Invariant

POSTS: Final = (
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

TEAMS: Final = (
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
    # The trigger looks when a team moves, not when the one above it changes its organisation.
    Invariant(
        name="team_inside_its_parents_organisation",
        sentence="A team and the team above it belong to one organisation.",
        sql="""
            SELECT team.id FROM directory_team team
              JOIN directory_team above ON above.id = team.parent_id
             WHERE above.organisation_id <> team.organisation_id""",
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
)

ORGANISATIONS: Final = (
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
