"""People: what they hold, what they claim, and whether they are found."""

from typing import Final

from directory.checking.invariants.invariant import Invariant

PEOPLE: Final = (
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
        name="feed_protects_for_good",
        sentence="Whom a feed says to protect is listed as protected.",
        sql="""
            SELECT person.id FROM directory_person person
             WHERE person.listing <> 'protected' AND person.merged_into_id IS NULL
               AND EXISTS (SELECT FROM directory_sourcerecord held
                            WHERE held.subject_id = person.id AND held.kind = 'person'
                              AND held.origin = 'feed' AND held.state = 'current'
                              AND held.statement->>'protected' = 'true')""",
    ),
    Invariant(
        name="merged_person_holds_nothing",
        sentence="Whoever was merged into another person has no source and no open appointment.",
        sql="""
            SELECT person.id FROM directory_person person
             WHERE person.merged_into_id IS NOT NULL
               AND (EXISTS (SELECT FROM directory_sourcerecord held
                             WHERE held.subject_id = person.id AND held.kind = 'person')
                    OR EXISTS (SELECT FROM directory_appointment appointment
                                WHERE appointment.person_id = person.id
                                  AND appointment.ends_on IS NULL))""",
    ),
)

APPOINTMENTS: Final = (
    Invariant(
        name="leaver_holds_no_post",
        sentence="Nobody who left or is yet to come has an open appointment.",
        sql="""
            SELECT appointment.id FROM directory_appointment appointment
              JOIN directory_person person ON person.id = appointment.person_id
             WHERE appointment.ends_on IS NULL AND person.status <> 'active'""",
    ),
    Invariant(
        name="nobody_in_post_before_they_start",
        sentence="No open appointment starts after today.",
        sql="""
            SELECT id FROM directory_appointment
             WHERE ends_on IS NULL AND starts_on > %(today)s""",
    ),
    # A day has until its end to take effect: the worker does it once a day.
    Invariant(
        name="nobody_in_post_after_they_end",
        sentence="No open appointment was to have ended before today.",
        sql="""
            SELECT id FROM directory_appointment
             WHERE ends_on IS NULL AND expected_end_on + 1 < %(today)s::date""",
    ),
    Invariant(
        name="expected_person_starts_on_their_day",
        sentence="Nobody is still expected whom a source has in post since before today.",
        sql="""
            SELECT DISTINCT person.id FROM directory_person person
              JOIN directory_sourcerecord held
                ON held.subject_id = person.id AND held.kind = 'person'
               AND held.state = 'current' AND held.origin = 'feed'
             WHERE person.status = 'expected' AND person.merged_into_id IS NULL
               AND coalesce(held.statement->>'start_date', '') < %(today)s::text""",
    ),
    Invariant(
        name="appointment_stated_about_its_person",
        sentence="The source of an appointment is about the person who holds it.",
        sql="""
            SELECT appointment.id FROM directory_appointment appointment
              JOIN directory_sourcerecord held ON held.id = appointment.source_id
             WHERE held.kind <> 'person' OR held.subject_id <> appointment.person_id""",
    ),
    Invariant(
        name="open_appointment_is_still_stated",
        sentence="The source of an open appointment still vouches for it.",
        sql="""
            SELECT appointment.id FROM directory_appointment appointment
              JOIN directory_sourcerecord held ON held.id = appointment.source_id
             WHERE appointment.ends_on IS NULL AND held.state <> 'current'""",
    ),
    Invariant(
        name="open_appointment_in_a_live_post",
        sentence="Open appointments are in live posts.",
        sql="""
            SELECT appointment.id FROM directory_appointment appointment
              JOIN directory_post post ON post.id = appointment.post_id
             WHERE appointment.ends_on IS NULL AND post.status <> 'live'""",
    ),
)

EXPERTISE: Final = (
    Invariant(
        name="claim_stated_about_its_person",
        sentence="The source of a claim of expertise is about the person who makes it.",
        sql="""
            SELECT claim.id FROM directory_expertise claim
              JOIN directory_sourcerecord held ON held.id = claim.source_id
             WHERE held.kind <> 'person' OR held.subject_id <> claim.person_id""",
    ),
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

_IN_POST = (
    "status = 'active' AND merged_into_id IS NULL"
    " AND NOT EXISTS (SELECT FROM directory_canary WHERE person_id = person.id)"
)

SEARCH: Final = (
    Invariant(
        name="listed_person_can_be_found",
        sentence="Everybody in post and listed has a search entry for those they are listed for.",
        sql=f"""
            SELECT person.id FROM directory_person person
             WHERE {_IN_POST} AND listing IN ('government', 'organisation')
               AND NOT EXISTS (SELECT FROM directory_searchentry entry
                                WHERE entry.person_id = person.id
                                  AND entry.audience = person.listing)""",
    ),
    Invariant(
        name="nobody_else_can_be_found",
        sentence="Nobody has a search entry for others: not who left, is not listed or was merged.",
        sql=f"""
            SELECT DISTINCT entry.person_id AS id FROM directory_searchentry entry
             WHERE NOT EXISTS (SELECT FROM directory_person person
                                WHERE person.id = entry.person_id AND {_IN_POST}
                                  AND listing IN ('government', entry.audience))""",
    ),
)
