"""
Which given names people go by: Bob for Robert, and the other way about.

Source: the `nicknames` package, a hand-curated list of English names
(https://github.com/carltonnorthern/nicknames). Pairs are taken as they are written, one step far:
made transitive they would lead from Aaron over Ron to Erin.
"""

from functools import cache

from nicknames import NickNamer

from directory import folding


def other_names(*, word: str) -> tuple[str, ...]:
    """Folded names that somebody called by this folded word may bear, in order."""
    return _other_names().get(word, ())


@cache
def _other_names() -> dict[str, tuple[str, ...]]:
    pairs: dict[str, set[str]] = {}
    for canonical, short_names in NickNamer().nickname_lookup.items():
        for short_name in short_names:
            full, short = folding.fold(canonical), folding.fold(short_name)
            pairs.setdefault(full, set()).add(short)
            pairs.setdefault(short, set()).add(full)
    return {word: tuple(sorted(others - {word})) for word, others in pairs.items()}
