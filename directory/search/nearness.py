"""
How near whoever asks is to those they may find: what stands in their own entry.

Whoever has no record, or is listed for nobody, is near to nobody, as is a machine.
"""

from dataclasses import dataclass
from typing import Final

from django.db import connection

from directory.visibility import Viewer

#: Of more tags than this, those learnt first: each is compared with those of everybody ranked.
MOST_TAGS: Final = 50


@dataclass(frozen=True, slots=True)
class Nearness:
    """Tokens of somebody's own entry; nothing for whoever has none."""

    teams: tuple[int, ...] = ()
    organisations: tuple[int, ...] = ()
    locations: tuple[int, ...] = ()
    tags: tuple[int, ...] = ()


NOWHERE: Final = Nearness()

# The one for their own organisation says more than the one for all of government.
_OWN: Final = """
    SELECT ARRAY(SELECT term.space || ' ' || term.id FROM directory_searchterm term
                  WHERE term.id = ANY(entry.tokens)
                    AND term.space IN ('team', 'organisation', 'location', 'tag')
                  ORDER BY term.id)
      FROM directory_searchentry entry
     WHERE entry.person_id = %s
     ORDER BY entry.audience DESC LIMIT 1"""


def nearness_of(*, viewer: Viewer) -> Nearness:
    """What the viewer's own entry says, in one statement; in none for a machine."""
    if viewer.person_id is None:
        return NOWHERE
    with connection.cursor() as db:
        db.execute(_OWN, [viewer.person_id])
        entry = db.fetchone()
    if entry is None:
        return NOWHERE
    own: dict[str, list[int]] = {}
    for term in entry[0]:
        space, token = term.split(" ")
        own.setdefault(space, []).append(int(token))
    return Nearness(
        teams=tuple(own.get("team", ())),
        organisations=tuple(own.get("organisation", ())),
        locations=tuple(own.get("location", ())),
        tags=tuple(own.get("tag", ())[:MOST_TAGS]),
    )
