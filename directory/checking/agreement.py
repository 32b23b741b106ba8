"""Rows that have to agree with each other, though no constraint can say so."""

from typing import Final

from directory.checking.invariants import Invariant

_SOURCES: Final = (
    Invariant(
        name="record_brought_by_a_run_of_its_feed",
        sentence="A source record was brought by an applied run of its own feed and part.",
        sql="""
            SELECT held.id FROM directory_sourcerecord held
              JOIN directory_feedrun run ON run.id = held.run_id
             WHERE held.feed_id <> run.feed_id OR held.delivery_kind <> run.kind
                OR run.state NOT IN ('applied', 'undone') OR run.dry_run""",
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
        name="claim_stated_about_its_person",
        sentence="The source of a claim of expertise is about the person who makes it.",
        sql="""
            SELECT claim.id FROM directory_expertise claim
              JOIN directory_sourcerecord held ON held.id = claim.source_id
             WHERE held.kind <> 'person' OR held.subject_id <> claim.person_id""",
    ),
)

_RUNS: Final = (
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

_PLACES: Final = (
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
    # The other way round is no fault: an expired token is deleted, and its credential stays.
    Invariant(
        name="token_is_for_something",
        sentence="Every machine's token has a credential that says what it is for.",
        sql="""
            SELECT token.token_key AS id FROM knox_authtoken token
             WHERE NOT EXISTS (SELECT FROM directory_credential credential
                                WHERE credential.token_digest = token.digest)""",
    ),
)

#: Those that compare rows with each other; `check.ALL` holds them with the others.
AGREEMENT: Final = (*_SOURCES, *_RUNS, *_PLACES)
