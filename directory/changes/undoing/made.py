"""
Which of the rows that a run made go again, and which stay because something stands on them.

What stands on a row is every row whose key leads to it once the undo is done; the keys are read
from the models, so that a table added later counts as well.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pghistory.models
from django.db import connection
from django.db.models import ManyToOneRel, Model

from directory.changes.trail import MACHINE_KEYS
from directory.changes.undoing.nouns import APPOINTMENT, CHANGING, CLAIM, POST, TEAM, Noun
from directory.models import Case, Post, SearchEntry, Team

#: Those of which some rows go; a row that goes stands on nothing.
_GOING = {CLAIM.model: CLAIM, APPOINTMENT.model: APPOINTMENT, POST.model: POST}

_BY_HAND = """
    INSERT INTO staying_{word}
    SELECT trail.id, 'changed by hand since'
      FROM trail_{word} trail
      JOIN {table} standing ON standing.id = trail.id
      JOIN {events} image ON image.pgh_id = trail.last_event
     WHERE trail.made AND ({standing}) IS DISTINCT FROM ({image})
       AND EXISTS (SELECT FROM {events} later
                     LEFT JOIN pghistory_context said ON said.id = later.pgh_context_id
                    WHERE later.pgh_obj_id = trail.id AND later.pgh_id > trail.last_event
                      AND NOT coalesce(said.metadata ?| %(machines)s, false))
"""

_CREATE = """
    DROP TABLE IF EXISTS staying_{word}, going_{word};
    CREATE TEMP TABLE staying_{word} ON COMMIT DROP AS
    SELECT id, ''::text AS reason FROM trail_{word} LIMIT 0
"""

_STANDS = """
    INSERT INTO staying_{word}
    SELECT DISTINCT trail.id, {reason} FROM trail_{word} trail
      JOIN ({relation}) other ON other.leads_to = trail.id
     WHERE trail.made
"""

_GO = """
    CREATE TEMP TABLE going_{word} ON COMMIT DROP AS
    SELECT standing.id FROM trail_{word} trail JOIN {table} standing ON standing.id = trail.id
     WHERE trail.made AND NOT EXISTS (SELECT FROM staying_{word} staying
                                       WHERE staying.id = trail.id);
    ANALYZE going_{word};
    INSERT INTO kept_row SELECT '{word}', id, reason FROM staying_{word}
"""

# A post that people made by hand keeps the post it reports to; lines that a feed states are
# drawn again by its next delivery.
_HAND_MADE_LINES = (
    "SELECT id, reports_to_id AS leads_to FROM directory_post"
    " WHERE feed_id IS NULL AND status = 'live'"
)

# A person whom another statement names, of whatever source, is no longer the run's alone.
_OTHER_SOURCES = """
    SELECT held.id, held.subject_id AS leads_to FROM directory_sourcerecord held
     WHERE held.kind = 'person'
       AND NOT EXISTS (SELECT FROM made_record made WHERE made.id = held.id)
"""

_TEAMS_BELOW = """
    INSERT INTO staying_team
    WITH RECURSIVE final AS MATERIALIZED ({final}), made AS MATERIALIZED (
        SELECT id FROM trail_team WHERE made
    ), needed AS (
        SELECT final.leads_to AS id FROM final JOIN made ON made.id = final.leads_to
         WHERE final.id NOT IN (SELECT id FROM made)
            OR final.id IN (SELECT id FROM staying_team)
        UNION
        SELECT final.leads_to FROM needed JOIN final ON final.id = needed.id
          JOIN made ON made.id = final.leads_to
    )
    SELECT id, 'teams stand below it' FROM needed
"""


@dataclass(frozen=True, slots=True)
class _Key:
    """A key of another table that leads to a row: where it is."""

    model: type[Model]
    column: str


def decide_claims_and_appointments() -> None:
    """A claim that was endorsed, or either of them that somebody changed by hand, stays."""
    _decide(noun=CLAIM)
    _decide(noun=APPOINTMENT)


def decide_posts() -> None:
    """A post stays that somebody holds or held otherwise, or that a post of no feed reports to."""
    _decide(
        noun=POST,
        leaving_out={Post},
        further={"a post made by hand reports to it": _HAND_MADE_LINES},
    )


def decide_people(*, noun: Noun) -> None:
    """A person stays whom anything else names; an open case about somebody who goes, goes too."""
    _decide(
        noun=noun,
        leaving_out={SearchEntry},
        where={Case: "other.state <> 'open'"},
        further={"another statement names them": _OTHER_SOURCES},
    )


def decide_teams() -> None:
    """A team stays with the posts, roles and teams that stand in it, and what is above them."""
    with connection.cursor() as cursor:
        _begin(noun=TEAM, leaving_out={Team})
        cursor.execute(_TEAMS_BELOW.format(final=final(model=Team, column="parent_id")))
        cursor.execute(_GO.format(word=TEAM.word, table=TEAM.table))


def decide_words(*, noun: Noun) -> None:
    """A tag or a location stays that anything else uses by now."""
    _decide(noun=noun)


def final(*, model: type[Model], column: str, where: str = "true") -> str:
    """SQL for what rows will lead to by `column` once the undo is done: `id`, `leads_to`."""
    table, conditions = model._meta.db_table, [where]
    changing = next((noun for noun in CHANGING if noun.model is model), None)
    if changing:
        conditions.append(
            f"NOT EXISTS (SELECT FROM wanted_{changing.word} wanted WHERE wanted.id = other.id)"
        )
    if going := _GOING.get(model):
        conditions.append(
            f"NOT EXISTS (SELECT FROM going_{going.word} going WHERE going.id = other.id)"
        )
    sql = (
        f"SELECT other.id, other.{column} AS leads_to FROM {table} other"
        f" WHERE {' AND '.join(conditions)}"
    )
    if changing:
        sql += f" UNION ALL SELECT id, {column} FROM wanted_{changing.word}"
    return sql


def _decide(
    *,
    noun: Noun,
    leaving_out: set[type[Model]] | None = None,
    where: Mapping[type[Model], str] | None = None,
    further: Mapping[str, str] | None = None,
) -> None:
    _begin(noun=noun, leaving_out=leaving_out, where=where, further=further)
    with connection.cursor() as cursor:
        cursor.execute(_GO.format(word=noun.word, table=noun.table))


def _begin(
    *,
    noun: Noun,
    leaving_out: set[type[Model]] | None = None,
    where: Mapping[type[Model], str] | None = None,
    further: Mapping[str, str] | None = None,
) -> None:
    relations = [
        (
            f"{key.model._meta.verbose_name_plural} made since need it",
            final(model=key.model, column=key.column, where=(where or {}).get(key.model, "true")),
        )
        for key in _keys_to(noun.model)
        if key.model not in (leaving_out or set())
    ]
    with connection.cursor() as cursor:
        cursor.execute(_CREATE.format(word=noun.word))
        cursor.execute(_by_hand(noun), {"machines": list(MACHINE_KEYS)})
        for reason, relation in (*relations, *(further or {}).items()):
            cursor.execute(
                _STANDS.format(word=noun.word, relation=relation, reason="%(reason)s"),
                {"reason": reason},
            )


def _by_hand(noun: Noun) -> str:
    columns = noun.columns
    return _BY_HAND.format(
        word=noun.word,
        table=noun.table,
        events=noun.events,
        standing=", ".join(f"standing.{column}" for column in columns),
        image=", ".join(f"image.{column}" for column in columns),
    )


def _keys_to(model: type[Model]) -> Iterator[_Key]:
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel):
            continue
        other = relation.related_model
        if not other._meta.proxy and not issubclass(other, pghistory.models.Event):
            yield _Key(other, relation.field.column)
