"""
What a run would do, line by line, before anything is done.

Pure: a record, where it belongs and what we hold make one `Change`. The plan's
lines are kept in a table, so that a plan of any length can be paged, digested,
judged and applied whole.
"""

import json
from collections.abc import Mapping
from hashlib import sha256

from directory.plans import Action, Candidate, Change, Facts, KnownSubject, Match, Situation
from directory.records import Fault, PersonRecord, Reading, Severity, Statement, SubjectKind

#: One encoder for all statements: making one for each costs as much as writing it.
_STATEMENT_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode

#: When one of these changes, the person moved to another post; a new title alone renames it.
_PLACE_FIELDS = ("unit_code", "unit_name", "grade", "post_key")


def plan_change(*, reading: Reading, facts: Facts, match: Match) -> Change | Fault | None:
    """
    The change a matched record asks for; a fault if its key is somebody else's; None if nothing.

    A field the delivery has no column for keeps what the feed said last.
    """
    record = reading.record
    if record is None or facts.repeats:
        return None
    if match.subject_id is None:
        return _key_reuse(reading=reading, match=match)
    known = facts.known if match.situation is Situation.LINKED else None
    if record.values.get("status") == "left":
        return _stated_departure(reading=reading, known=known, match=match)
    statement, before = _restate(said=record.values, known=known)
    updating = known is not None and known.current
    action = Action.CREATE if not updating else Action.UPDATE if before else Action.KEEP
    return Change(
        row=reading.row,
        line=reading.line,
        kind=record.kind,
        source_key=record.key,
        action=action,
        situation=match.situation,
        subject_id=match.subject_id,
        statement=statement,
        before=before,
        evidence=match.evidence,
        candidates=match.candidates,
        new_post=(
            updating
            and isinstance(record, PersonRecord)
            and any(field in before for field in _PLACE_FIELDS)
        ),
    )


def plan_departure(
    *,
    kind: SubjectKind,
    source_key: str,
    known: KnownSubject,
    candidates: tuple[Candidate, ...] = (),
) -> Change:
    """The departure of a subject that a complete delivery no longer names."""
    return Change(
        row=0,
        line=0,
        kind=kind,
        source_key=source_key,
        action=Action.DEPART,
        situation=Situation.DEPARTED,
        subject_id=known.subject_id,
        statement=known.statement,
        before={},
        evidence=("absent from a complete delivery",),
        candidates=candidates,
    )


def statement_text(*, change: Change) -> str:
    """The statement as JSON, the same text for the same statement, as the plan's table keeps it."""
    return _STATEMENT_JSON(change.statement)


def digest_line(*, change: Change, statement: str) -> bytes:
    """
    One line of the plan as the plan's digest reads it: the same plan, the same bytes.

    statement: as `statement_text` writes it.
    """
    subject = "" if change.action is Action.CREATE else str(change.subject_id)
    said = "\x1f".join(
        (
            change.kind,
            change.source_key,
            change.action,
            subject,
            statement,
            *(str(candidate.person_id) for candidate in change.candidates),
        )
    )
    return sha256(said.encode("utf-8", "replace")).digest()


def _restate(*, said: Statement, known: KnownSubject | None) -> tuple[Statement, Statement]:
    """The whole statement, and what the last one said in the fields that differ."""
    if known is None:
        return said, {}
    held: Mapping[str, str] = known.statement
    before = {
        field: held.get(field, "") for field, value in said.items() if held.get(field, "") != value
    }
    unsaid = {field: value for field, value in held.items() if field not in said}
    return ({**unsaid, **said} if unsaid else said), before


def _stated_departure(
    *, reading: Reading, known: KnownSubject | None, match: Match
) -> Change | None:
    """The row itself says that the person left; somebody we never held leaves nothing to do."""
    record = reading.record
    if record is None or known is None or not known.current or match.subject_id is None:
        return None
    statement, before = _restate(said=record.values, known=known)
    return Change(
        row=reading.row,
        line=reading.line,
        kind=record.kind,
        source_key=record.key,
        action=Action.DEPART,
        situation=Situation.DEPARTED,
        subject_id=match.subject_id,
        statement=statement,
        before=before,
        evidence=("status left",),
    )


def _key_reuse(*, reading: Reading, match: Match) -> Fault:
    key = reading.record.key if reading.record else ""
    return Fault(
        row=reading.row,
        line=reading.line,
        column="source_key",
        code="suspected_key_reuse",
        hint=(
            "This key belongs to somebody with another name, e-mail and start date; "
            "give the new person a key of their own, or let the old one leave first."
        ),
        severity=Severity.ERROR,
        source_key=key,
    )
