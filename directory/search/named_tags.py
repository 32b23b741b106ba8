"""Which tags a question asks for, by words or by filter, and those above and below them."""

from typing import Final

from django.db import connection

from directory.search.expansion import Expansion
from directory.search.query import Query

_KIN: Final = """
    WITH RECURSIVE asked(id) AS (
        SELECT id FROM directory_expertisetag WHERE lower(slug) = ANY(%(slugs)s)
        UNION
        SELECT term::uuid FROM directory_searchterm WHERE id = ANY(%(tokens)s) AND space = 'tag'
    ), named(id) AS (
        SELECT coalesce(tag.merged_into_id, tag.id)
          FROM asked JOIN directory_expertisetag tag ON tag.id = asked.id
    ), above(id) AS (
        SELECT id FROM named
        UNION
        SELECT link.to_tag_id
          FROM above JOIN directory_broadertag link ON link.from_tag_id = above.id
    ), below(id) AS (
        SELECT id FROM named
        UNION
        SELECT link.from_tag_id
          FROM below JOIN directory_broadertag link ON link.to_tag_id = below.id
    )
    SELECT slug FROM directory_expertisetag
     WHERE id IN (SELECT id FROM above UNION SELECT id FROM below)"""


def named_tags(*, query: Query, expansion: Expansion) -> frozenset[str]:
    """
    The slugs of the tags asked for and of all above and below them; none where none is asked for.

    A tag is asked for by filter, or by words that are one of its names whole.
    """
    tokens = {
        token
        for fits in expansion.fits
        for fit in fits
        if fit.kind == "tag named"
        for token in fit.tokens
    }
    if not (tokens or query.expertise):
        return frozenset()
    with connection.cursor() as db:
        db.execute(_KIN, {"slugs": list(query.expertise), "tokens": sorted(tokens)})
        return frozenset(slug for (slug,) in db.fetchall())
