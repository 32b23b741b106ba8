"""Titles, ranks, honours and particles of names, and the words that make a name a job title."""

from collections.abc import Sequence

from directory.folding import fold

#: Folded title to how we write it.
TITLES = {
    "mr": "Mr",
    "mrs": "Mrs",
    "ms": "Ms",
    "miss": "Miss",
    "mx": "Mx",
    "dr": "Dr",
    "doctor": "Dr",
    "prof": "Prof",
    "professor": "Prof",
    "sir": "Sir",
    "dame": "Dame",
    "lord": "Lord",
    "lady": "Lady",
    "baroness": "Baroness",
    "rev": "Rev",
    "revd": "Rev",
    "reverend": "Rev",
    "rt hon": "Rt Hon",
    "the rt hon": "Rt Hon",
    "rt hon the": "Rt Hon",
    "admiral": "Admiral",
    "adm": "Admiral",
    "vice admiral": "Vice Admiral",
    "v adm": "Vice Admiral",
    "vadm": "Vice Admiral",
    "rear admiral": "Rear Admiral",
    "r adm": "Rear Admiral",
    "radm": "Rear Admiral",
    "commodore": "Commodore",
    "cdre": "Commodore",
    "commander": "Commander",
    "cdr": "Commander",
    "lt cdr": "Lieutenant Commander",
    "captain": "Captain",
    "capt": "Captain",
    "general": "General",
    "gen": "General",
    "lieutenant general": "Lieutenant General",
    "lt gen": "Lieutenant General",
    "major general": "Major General",
    "maj gen": "Major General",
    "brigadier": "Brigadier",
    "brig": "Brigadier",
    "colonel": "Colonel",
    "col": "Colonel",
    "lieutenant colonel": "Lieutenant Colonel",
    "lt col": "Lieutenant Colonel",
    "maj": "Major",
    "air chief marshal": "Air Chief Marshal",
    "acm": "Air Chief Marshal",
    "air marshal": "Air Marshal",
    "air mshl": "Air Marshal",
    "air vice marshal": "Air Vice-Marshal",
    "avm": "Air Vice-Marshal",
    "air commodore": "Air Commodore",
    "air cdre": "Air Commodore",
    "group captain": "Group Captain",
    "gp capt": "Group Captain",
    "wing commander": "Wing Commander",
    "wg cdr": "Wing Commander",
    "squadron leader": "Squadron Leader",
    "sqn ldr": "Squadron Leader",
    "field marshal": "Field Marshal",
}

_ALSO_NAMES = frozenset(
    {"lord", "lady", "gen", "col", "general", "captain", "commander", "brig", "maj"}
)

_LONGEST_TITLE = max(len(title.split()) for title in TITLES)

#: Letters after a name, without the ones that are also family names on their own.
HONOURS = frozenset(
    """
    cb cbe obe mbe bem kcb kbe dbe dcb gcb gbe cmg kcmg gcmg dcmg cvo kcvo gcvo dcvo mvo lvo rvo
    dso dsc dfc mc afc qc kc qpm kpm qfsm kfsm qgm frs freng frse fba fmedsci frcp frcs frgs frsa
    fca fcca acca cpfa fcipd cipfa msc bsc phd dphil mba ceng fice jp qhp qhs adc rn raf
    """.split()
)

#: Words that belong to the family name behind them.
PARTICLES = frozenset(
    """
    van von der den de del della di da do dos das du la le les ter ten op zu bin binti bint ibn al
    el ap ab st mac
    """.split()
)

SUFFIXES = frozenset({"jr", "jnr", "junior", "sr", "snr", "senior", "ii", "iii", "iv"})

#: What stands in brackets behind a name without being one, folded.
NOTES = frozenset(
    [
        *"tra tda tp tcp acting interim temp temporary loan secondee secondment seconded".split(),
        *"cover maternity pt retired left agency contractor consultant vacant".split(),
        "job share",
        "part time",
        "maternity cover",
        "maternity leave",
        "on loan",
        "on secondment",
        "fixed term",
    ]
)

#: A name with one of these words is a job title or a team: nobody's family name.
_TITLE_WORDS = frozenset(
    """
    director directors directorate deputy resourcing development services service policy
    management operations operational corporate finance financial commercial strategy strategic
    secretariat department agency office team teams unit programme programmes project projects
    communications resources economist economics adviser advisor officer executive administrator
    inspectorate governance delivery division manager secretary adaptation
    """.split()
)
_RANKING_WORDS = frozenset(
    "chief head senior assistant principal group chair interim acting".split()
)
_LINKING_WORDS = frozenset({"of", "for", "and", "the", "to", "in"})


def take_titles(tokens: Sequence[str], *, alone: bool = False) -> tuple[str, list[str]]:
    """
    The titles at either end of a name's words, as we write them, and the words left.

    alone: the words stand behind a comma, where a title may stand by itself or end them.
    """
    rest = list(tokens)
    found: list[str] = []
    while title := _title_at(rest, at_end=False, alone=alone):
        found.append(TITLES[title[0]])
        rest = rest[title[1] :]
    while title := _title_at(rest, at_end=True, alone=alone):
        found.append(TITLES[title[0]])
        rest = rest[: -title[1]]
    return " ".join(found), rest


def _title_at(tokens: Sequence[str], *, at_end: bool, alone: bool) -> tuple[str, int] | None:
    """The longest title at one end that may be one, with how many words it takes."""
    for size in range(min(_LONGEST_TITLE, len(tokens)), 0, -1):
        piece = tokens[-size:] if at_end else tokens[:size]
        folded = fold(" ".join(piece))
        if folded not in TITLES:
            continue
        left = len(tokens) - size
        # Col, Gen and Lord are also given or family names, so they need a whole name beside them.
        enough = 2 if (at_end or folded in _ALSO_NAMES) else 1
        never = at_end and folded in _ALSO_NAMES
        if alone or (left >= enough and not never):
            return folded, size
    return None


def looks_like_title(folded: str) -> bool:
    """Whether the folded text of a name cell is a job title or the name of a team."""
    tokens = folded.split()
    titled = sum(token in _TITLE_WORDS for token in tokens)
    ranked = sum(token in _RANKING_WORDS for token in tokens)
    linked = any(token in _LINKING_WORDS for token in tokens)
    if titled + ranked == len(tokens) or titled >= 2:
        return titled > 0
    return linked and (titled >= 1 or tokens[0] in ("head", "chief"))
