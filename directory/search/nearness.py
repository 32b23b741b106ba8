"""
How near whoever asks is to those they may find: what stands in their own entry.

A person's own entry is the one that has the address with which they signed in. Whoever keeps
their address to themselves, or shares it with somebody, is near to nobody, as is a machine.
"""

from dataclasses import dataclass
from typing import Final

from django.db import connection

from directory.visibility import Viewer, audiences

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

# The collation is that of entries, whose index it is looked up in.
_OWN: Final = """
    SELECT term.space, array_agg(term.id ORDER BY term.id)
      FROM (SELECT entry.tokens, count(*) OVER () AS entries
              FROM accounts_user asking
              JOIN directory_searchentry entry
                ON entry.email = asking.email COLLATE "C" AND entry.email <> ''
             WHERE asking.id = %s AND entry.audience = ANY(%s)
             LIMIT 2) own
      JOIN directory_searchterm term
        ON term.id = ANY(own.tokens) AND term.space IN ('team', 'organisation', 'location', 'tag')
     WHERE own.entries = 1
     GROUP BY term.space"""


def nearness_of(*, viewer: Viewer) -> Nearness:
    """What the viewer's own entry says, in one statement."""
    if viewer.user_id is None or viewer.credential_id is not None:
        return NOWHERE
    with connection.cursor() as db:
        db.execute(_OWN, [viewer.user_id, list(audiences(viewer=viewer))])
        own = {space: tuple(tokens) for space, tokens in db.fetchall()}
    return Nearness(
        teams=own.get("team", ()),
        organisations=own.get("organisation", ()),
        locations=own.get("location", ()),
        tags=own.get("tag", ())[:MOST_TAGS],
    )
