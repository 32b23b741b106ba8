"""
A large population of invented officials, written straight into a database for search benchmarks.

What a sync would take minutes for is copied here in seconds: no audit, no history, and the
search entries projected in one go at the end, which is timed.
"""

from collections.abc import Iterable, Iterator, Sequence
from random import Random
from time import perf_counter
from typing import Any, Final
from uuid import UUID

from django.db import connection, connections

from directory.projection import project_people
from directory.synthetic.chance import Chance
from directory.synthetic.naming import invent_identity

#: Every table that search reads, whose size with indexes is counted.
SEARCH_TABLES: Final = (
    "directory_searchentry",
    "directory_searchterm",
    "directory_searchlabel",
    "directory_searchtally",
)

_WRITTEN: Final = (
    "organisation team location expertisetag person post appointment expertise".split()
)

_ORGANISATIONS: Final = """
    Treasury Office,TO|Ministry of Rivers,MOR|Harbour Authority,HA|Department for Schools,DFS
    Ministry of Justice and Courts,MJC|Home Department,HD|Health Department,DH|Energy Office,EO
    Work and Pensions Office,WPO|Revenue Service,RS|Transport Department,TD|Culture Office,CO
    Farming and Food Agency,FFA|Foreign Department,FD|Defence Ministry,DM|Trade Department,TRD
    Statistics Bureau,SB|Land Registry Office,LRO|Prisons Service,PS|Environment Agency North,EAN
"""
_SUBJECTS: Final = """
    Policy Strategy Delivery Finance People Digital Data Security Legal Commercial Operations
    Analysis Planning Communications Flood Insurance Housing Energy Trade Borders Schools Pensions
    Courts Rivers Coast Rail Roads Food Farming Science Research Statistics Property Audit Fraud Tax
    Customs Visas
""".split()
_ROLES: Final = """
    Policy Adviser|Policy Officer|Senior Policy Officer|Caseworker|Data Analyst|Senior Analyst
    Economist|Software Developer|Project Manager|Programme Manager|Delivery Manager|Statistician
    Executive Assistant|Finance Officer|Legal Adviser|Press Officer|Operational Manager|Work Coach
    Head of Unit|Commercial Lead|Inspector|Researcher|Designer|Security Officer
"""
_SYLLABLES: Final = (
    "ba be bri bur cas cor dal den dra el fal fen gar gil har hol ing jen kel kir lan lor mar mel"
    " mon nor oak pen quin ral ros san sel tam tor ul van vel wal wes yar zel"
).split()
_ENDINGS: Final = "ton ley son by wick ford man er ing low ham worth field stone brook".split()


def populate(*, people: int, seed: int = 1, named: Sequence[tuple[str, str]] = ()) -> float:
    """
    Write so many people in post, `named` among them, and project them; returns the seconds of that.

    named: given and family names of people there have to be.
    """
    owner = connections["owner"]
    with owner.cursor() as cursor:
        # No triggers, which would keep the history of people who have none.
        _triggers(cursor, "DISABLE")
        _write(cursor, people, Random(seed), Chance(seed=seed, purpose="population"), named)
        _triggers(cursor, "ENABLE")
        # Labels join everything: without statistics of it that has taken minutes.
        cursor.execute("ANALYZE")
        cursor.execute("SELECT label_everything()")
        cursor.execute("ANALYZE")
        cursor.execute("SELECT array_agg(id) FROM directory_person")
        ids = cursor.fetchone()[0]
    start = perf_counter()
    project_people(person_ids=ids)
    seconds = perf_counter() - start
    with owner.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE " + ", ".join(SEARCH_TABLES))
    return seconds


def search_bytes() -> int:
    """Bytes of the search tables with all their indexes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_total_relation_size(name::regclass)) FROM unnest(%s::text[]) AS name",
            [list(SEARCH_TABLES)],
        )
        total: int = cursor.fetchone()[0]
    return int(total)


def _triggers(cursor: Any, change: str) -> None:
    for table in _WRITTEN:
        cursor.execute(f"ALTER TABLE directory_{table} {change} TRIGGER USER")


def _write(
    cursor: Any, people: int, random: Random, chance: Chance, named: Sequence[tuple[str, str]]
) -> None:
    bodies = [tuple(body.split(",")) for body in _listed(_ORGANISATIONS)]
    roles = _listed(_ROLES)
    body_ids = [_id(random) for _ in bodies]
    _copy(
        cursor,
        "directory_organisation (id, slug, name, acronym, kind, status, published_status, homepage,"
        " external_id)",
        (
            (key, name.lower().replace(" ", "-"), name, acronym, "", "live", "", "", "")
            for key, (name, acronym) in zip(body_ids, bodies, strict=True)
        ),
    )
    teams = list(_teams(max(40, people // 25), random, body_ids))
    _copy(
        cursor,
        "directory_team (id, organisation_id, parent_id, path, name, slug, code, description)",
        teams,
    )
    cursor.execute("SELECT array_agg(id) FROM directory_grade")
    grades = cursor.fetchone()[0]
    cursor.execute("SELECT array_agg(id) FROM directory_profession")
    professions = cursor.fetchone()[0]
    _copy(
        cursor,
        "directory_location (id, name, city, region, status)",
        (
            (n, f"{a.title()}{b} House", f"{a.title()}{b}", "", "approved")
            for n, (a, b) in enumerate(((a, b) for a in _SYLLABLES for b in _ENDINGS[:5]), 1)
        ),
    )
    locations = range(1, len(_SYLLABLES) * 5 + 1)
    tags = [(_id(random), f"{a} {b}".lower()) for a in _SUBJECTS for b in _SUBJECTS if a != b][
        : max(30, people // 300)
    ]
    _copy(
        cursor,
        "directory_expertisetag (id, slug, preferred_label, definition, status)",
        ((key, label.replace(" ", "-"), label, "", "approved") for key, label in tags),
    )
    officials = list(_people(people, random, chance, named))
    _copy(
        cursor,
        "directory_person (id, given_name, family_name, preferred_name, honorific, display_name,"
        " pronouns, email, phone, mobile, working_days, languages, bio)",
        officials,
    )
    team_ids = [team[0] for team in teams]
    posts = [
        (
            _id(random),
            random.choice(team_ids),
            random.choice(roles),
            random.choice(grades),
            random.choice(professions),
            random.choice(locations),
        )
        for _ in officials
    ]
    _copy(
        cursor,
        "directory_post (id, team_id, title, grade_id, profession_id, location_id,"
        " responsibilities, grade_stated, profession_stated, contact_email, contact_phone,"
        " reference)",
        ((*post, "", "", "", "", "", "") for post in posts),
    )
    _copy(
        cursor,
        "directory_appointment (id, person_id, post_id, first_stated_on)",
        (
            (_id(random), one[0], post[0], "2026-03-31")
            for one, post in zip(officials, posts, strict=True)
        ),
    )
    _copy(
        cursor,
        "directory_expertise (id, person_id, tag_id, level)",
        (
            (_id(random), one[0], tag, random.choice(["", "working", "expert"]))
            for one in officials
            if random.random() < 0.4
            for tag in {random.choice(tags)[0] for _ in range(random.randint(1, 4))}
        ),
    )


def _teams(count: int, random: Random, bodies: Sequence[UUID]) -> Iterator[tuple[Any, ...]]:
    """Teams three levels deep, as rows."""
    made: list[tuple[Any, ...]] = []
    for number in range(count):
        key = _id(random)
        name = f"{random.choice(_SUBJECTS)} {random.choice(_SUBJECTS)} {number % 97}"
        above = random.choice(made) if made and number > count // 12 else None
        while above is not None and above[3].count(".") >= 2:
            above = random.choice(made)
        path = f"{above[3]}.{key.hex}" if above else key.hex
        body = above[1] if above else random.choice(bodies)
        row = (key, body, above[0] if above else None, path, name, f"team-{number}", "", "")
        made.append(row)
        yield row


def _people(
    count: int, random: Random, chance: Chance, named: Sequence[tuple[str, str]]
) -> Iterator[tuple[Any, ...]]:
    for number in range(count):
        if number < len(named):
            given, family, preferred = *named[number], ""
        else:
            given, family, preferred = _name(random, chance)
        local = f"{given}.{family}".lower().replace(" ", "").replace("'", "")
        phone = f"0{random.randint(20, 79)}{random.randint(0, 99999999):08}"
        spelt = random.choice(
            [phone, f"{phone[:3]} {phone[3:7]} {phone[7:]}", f"+44 (0){phone[1:5]} {phone[5:]}"]
        )
        yield (
            _id(random),
            given,
            family,
            preferred,
            "",
            f"{preferred or given} {family}".strip() or "?",
            "",
            f"{local}{number % 1000}@office{number % 20}.example",
            spelt,
            "",
            "",
            "",
            "",
        )


def _name(random: Random, chance: Chance) -> tuple[str, str, str]:
    drawn = invent_identity(chance=chance)
    given, family, preferred = drawn.given_name, drawn.family_name, drawn.preferred_name
    if random.random() < 0.45:  # the long tail that real names have
        family = _made_up(random) + random.choice(_ENDINGS)
    if random.random() < 0.12:
        given = _made_up(random) + random.choice(["a", "en", "o", "ie", "an"])
    return given, family, preferred


def _made_up(random: Random) -> str:
    rank = int(random.paretovariate(0.7))
    made = _SYLLABLES[rank % len(_SYLLABLES)]
    while rank >= len(_SYLLABLES):
        rank //= len(_SYLLABLES)
        made += _SYLLABLES[rank % len(_SYLLABLES)]
    return made[:14].title()


def _listed(lines: str) -> list[str]:
    return [one for line in lines.strip().splitlines() for one in line.strip().split("|")]


def _id(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


def _copy(cursor: Any, table: str, rows: Iterable[Sequence[Any]]) -> None:
    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
