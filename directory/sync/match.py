"""
Whose record is it? Each answer is a situation with its evidence.

Pure. The key within the feed decides; where it contradicts what we hold, or where
only a name or an e-mail speaks, a human decides, and meanwhile the record gets a
person of its own: a wrong link is never made, and nobody waits to be found.
"""

from uuid import UUID, uuid4

from directory.folding import fold
from directory.plans import Facts, KnownSubject, Match, Situation
from directory.records import PersonRecord, Record, Statement


def match_record(*, record: Record, facts: Facts) -> Match:
    """
    Decide which subject the record is about.

    linked: the feed's key says so, and nothing speaks against it.
    unmatched: nobody fits; `subject_id` is new.
    disputed: the key was given to somebody else (`subject_id` is None: the row waits), or
        others may be the same person (`subject_id` is new, `candidates` go to a human).
    """
    known = facts.known
    if known is None:
        return _without_key(facts)
    contradiction = _contradiction(record=record, known=known)
    if not contradiction:
        word = "known" if known.current else "returning"
        return Match(Situation.LINKED, known.subject_id, (f"{word} under this key",))
    if known.current:
        return Match(Situation.DISPUTED, None, contradiction)
    return Match(Situation.UNMATCHED, _new_id(), ("key was another's before", *contradiction))


def _without_key(facts: Facts) -> Match:
    if not facts.candidates:
        return Match(Situation.UNMATCHED, _new_id(), ("new key",))
    return Match(
        Situation.DISPUTED,
        _new_id(),
        ("new key", "others may be the same person"),
        facts.candidates,
    )


def _contradiction(*, record: Record, known: KnownSubject) -> tuple[str, ...]:
    """
    Why a known key cannot mean the same person any more, empty when it can.

    For somebody still in post all of name, e-mail and start date must differ, so that
    marriage, a new address or a correction never looks like another person. For one
    who left, a different name is enough: keys are reused for new starters.
    """
    if not isinstance(record, PersonRecord):
        return ()
    said, held = record.values, known.statement
    if _name(said) == _name(held):
        return ()
    if not known.current:
        same_email = said.get("email") and said.get("email") == held.get("email")
        return () if same_email else ("another name than the one who left",)
    differing = [
        field
        for field in ("email", "start_date")
        if said.get(field) and held.get(field) and said[field] != held[field]
    ]
    if len(differing) < 2:
        return ()
    return ("another name", "another e-mail", "another start date")


def _name(statement: Statement) -> str:
    return fold(f"{statement.get('given_name', '')} {statement.get('family_name', '')}")


def _new_id() -> UUID:
    return uuid4()
