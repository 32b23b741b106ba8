"""What an invariant is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Invariant:
    """
    name: stable, for logs and alerts.
    sentence: what is true of a sound directory.
    sql: selects `id` of each row that breaks it, once; empty for one that Python checks.
        `%(abandoned_before)s` is the time before which a run cannot still be on its way,
        `%(today)s` the day.
    """

    name: str
    sentence: str
    sql: str = ""
