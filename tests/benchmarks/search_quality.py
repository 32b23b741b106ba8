"""
Whether the right person is found, whatever is remembered of them.

    python -m tests.benchmarks.search_quality [--people 500000] [--half report] [--misses 5]

Questions of thirteen kinds are asked of a large invented population that has the people of two
public sets of names with known corruptions in it (FEBRL 1 and 4). Right is whoever bears the wanted
name, since several may; where only part of a name is typed, or a short one, whoever is called so;
for addresses and numbers whoever has them. Half of the questions are for developing
(`--half develop`), the other half for the figures. Beside ours stands what tantivy finds, given the
same people, words, short names and initials (`tantivy_peer`). Short names come from a list of their
own, of pairs in which both names begin with the same letter, as the noisy ones rarely do.

Prints a table, and as the last line one JSON object.
"""

import argparse
import csv
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import mean
from typing import Any, Final
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")

from django.db import connection

from directory.folding import fold
from tests.benchmarks.database import own_database

NAMES: Final = Path(__file__).parents[3] / "shared" / "data" / "names"
#: Questions of each kind; half of them in each half.
QUESTIONS: Final = 200
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Question:
    """
    What is typed, and whom it is about.

    remembered: what is typed of the given and of the family name.
    """

    kind: str
    text: str
    name: str
    title: str = ""
    remembered: tuple[str, str] = ("", "")


def main() -> None:
    """Run the benchmark and print what it measured."""
    parser = argparse.ArgumentParser(description="Search quality.")
    parser.add_argument("--people", type=int, default=500_000)
    parser.add_argument("--half", choices=["report", "develop"], default="report")
    parser.add_argument("--kind", default="", help="Ask questions of this kind only.")
    parser.add_argument("--misses", type=int, default=0, help="Questions of each kind to show.")
    options = parser.parse_args()
    if not NAMES.exists():
        raise SystemExit(f"The public sets of names are not at hand: {NAMES} does not exist.")
    with own_database(name="directory_benchmark_search_quality"):
        from tests.benchmarks.population import populate, search_bytes
        from tests.benchmarks.tantivy_peer import Peer

        truths = [*_truths("febrl1.csv", "febrl1.csv"), *_truths("febrl4a.csv", "febrl4b.csv")]
        seconds = populate(people=options.people, named=[named for named, _, _ in truths])
        figures = {
            "people": options.people,
            "build_seconds": round(seconds, 1),
            "bytes_per_person": round(search_bytes() / options.people),
        }
        print(figures, flush=True)
        asked = [*_questions(Random(7)), *_corrupted(truths, Random(8))]
        half = 0 if options.half == "develop" else 1
        asked = [one for number, one in enumerate(asked) if number % 2 == half]
        asked = [one for one in asked if options.kind in one.kind]
        print(json.dumps(figures | _measure(asked, Peer(), options.misses)))


def _measure(asked: Sequence[Question], peer: Any, misses: int) -> dict[str, float]:
    from directory.search.find import find_people, parse
    from directory.search.hits import Hit, show
    from directory.visibility import Viewer

    viewer = Viewer(user_id=1)

    def ours(text: str) -> Sequence[Hit]:
        return find_people(viewer=viewer, query=parse(text=text), size=10, facets=False).hits

    def theirs(text: str) -> Sequence[Hit]:
        found = peer.best(parse(text=text))
        return show(viewer=viewer, person_ids=found, explained={})

    engines = {"ours": ours, "tantivy": theirs}
    print(f"{'kind':18} {'asked':>6}" + "".join(f"{name:>26}" for name in engines))
    print(f"{'':25}" + f"{'@1':>12} {'@10':>6} {'mrr':>6}" * len(engines))
    totals: dict[str, list[tuple[float, float, float]]] = {name: [] for name in engines}
    figures: dict[str, float] = {}
    for kind in dict.fromkeys(one.kind for one in asked):
        mine = [one for one in asked if one.kind == kind]
        line, missed = f"{kind:18} {len(mine):6}", []
        for name, engine in engines.items():
            places = []
            for one in mine:
                place, found = _place(one, engine(one.text))
                places.append(place)
                if place != 1 and name == "ours":
                    missed.append(f"    {one.text!r} wants {one.name!r} at {place}: {found[:3]}")
            recall = mean(place == 1 for place in places), mean(place > 0 for place in places)
            totals[name].append((*recall, mean(1 / place if place else 0 for place in places)))
            line += "{:13.3f} {:6.3f} {:6.3f}".format(*totals[name][-1])
        figures[f"{kind}_at_10"] = round(totals["ours"][-1][1], 3)
        print("\n".join([line, *missed[:misses]]), flush=True)
    means = {
        name: [round(mean(values), 4) for values in zip(*kinds, strict=True)]
        for name, kinds in totals.items()
    }
    print(f"{'mean':25}" + "".join("{:13.3f} {:6.3f} {:6.3f}".format(*m) for m in means.values()))
    measures = ("recall_at_1", "recall_at_10", "mrr")
    beside = {f"tantivy_{m}": v for m, v in zip(measures, means["tantivy"], strict=True)}
    return dict(zip(measures, means["ours"], strict=True)) | beside | figures


def _place(one: Question, hits: Sequence[Any]) -> tuple[int, list[str]]:
    """Where the first right answer stands among ten, 0 if it does not; and who was found."""
    shown = [f"{hit.given_name} {hit.family_name}" for hit in hits]
    for place, hit in enumerate(hits, 1):
        given = fold(f"{hit.given_name} {hit.preferred_name}")
        family = fold(hit.family_name)
        if one.kind == "e-mail":
            right = hit.email.startswith(one.text)
        elif one.kind == "phone":
            right = hit.person_id in _callable_by(one.text)
        elif one.kind in ("initial", "prefix", "double-barrelled", "nickname"):
            right = _fits(one, given, family)
        else:
            right = fold(f"{hit.given_name} {hit.family_name}") == fold(one.name)
        if right and one.title:
            right = any(one.title == post.title for post in hit.posts)
        if right:
            return place, shown
    return 0, shown


def _fits(one: Question, given: str, family: str) -> bool:
    """Whether somebody bears a name of which this much is remembered."""
    first, rest = (fold(part) for part in one.remembered)
    called = [first, *_short_names().get(first, [])] if one.kind == "nickname" else [first]
    return any(
        word.startswith(name) for name in called for word in (given, *given.split())
    ) and any(part.startswith(rest) for part in (family, *family.split()))


def _callable_by(typed: str) -> set[UUID]:
    """Whose number these digits are part of."""
    digits = "".join(c for c in typed if c.isdigit()).lstrip("0")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM directory_person"
            " WHERE regexp_replace(phone, '\\(0\\)|[^0-9]', '', 'g') LIKE %s",
            [f"%{digits}%"],
        )
        return {person_id for (person_id,) in cursor.fetchall()}


def _truths(originals: str, duplicates: str) -> list[tuple[tuple[str, str], str, str]]:
    """Name of the original, the corrupted name, and the kind of question."""
    kind = originals[:6]
    names: dict[str, tuple[str, str]] = {}
    corrupted = []
    for file in dict.fromkeys((originals, duplicates)):
        with (NAMES / file).open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, skipinitialspace=True):
                _, number, what = row["rec_id"].split("-", 2)
                named = (row["given_name"].strip(), row["surname"].strip())
                if what == "org":
                    names[number] = named
                else:
                    corrupted.append((number, named))
    return [
        (names[number], " ".join(named).strip(), kind)
        for number, named in corrupted
        if all(names[number]) and any(named)
    ]


def _corrupted(
    truths: Sequence[tuple[tuple[str, str], str, str]], random: Random
) -> Iterator[Question]:
    for kind in ("febrl1", "febrl4"):
        mine = [one for one in truths if one[2] == kind]
        for named, text, _ in random.sample(mine, min(len(mine), 2 * QUESTIONS)):
            yield Question(kind, text, " ".join(named))


def _questions(random: Random) -> Iterator[Question]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT given_name, family_name, email, phone, title"
            "  FROM directory_person person"
            "  JOIN directory_appointment held ON held.person_id = person.id"
            "  JOIN directory_post post ON post.id = held.post_id"
            " WHERE given_name <> '' AND family_name <> '' AND email LIKE '%%.example'"
            " ORDER BY md5(person.id::text) LIMIT 60000"
        )
        people = cursor.fetchall()
    for kind, make in _KINDS.items():
        made = 0
        for given, family, email, phone, title in people:
            if made == QUESTIONS:
                break
            text = make(random, given, family, email, phone, title)
            if text:
                made += 1
                wanted = title if kind == "name and role" else ""
                first = given if kind in ("prefix", "double-barrelled") else text.split(" ")[0]
                rest = text.removeprefix(first).strip()
                yield Question(kind, text, f"{given} {family}", wanted, (first, rest))
        random.shuffle(people)


def _one_typo(random: Random, word: str) -> str:
    place = random.randrange(1, len(word))
    edit = random.randrange(4)
    if edit == 0:
        return word[:place] + word[place + 1 :]
    if edit == 1:
        return word[:place] + random.choice(_LETTERS) + word[place:]
    if edit == 2:
        return word[:place] + random.choice(_LETTERS) + word[place + 1 :]
    return word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]


def _typo(random: Random, given: str, family: str, *_: str) -> str:
    if random.random() < 0.5 and len(given) > 3:
        return f"{_one_typo(random, given)} {family}"
    if len(family) <= 3:
        return ""
    typed = _one_typo(random, family)
    return f"{given} {_one_typo(random, typed) if len(family) > 9 else typed}"


def _short(random: Random, given: str, family: str, *_: str) -> str:
    others = _short_names().get(given.lower(), [])
    return f"{random.choice(others)} {family}" if others else ""


def _short_names() -> dict[str, list[str]]:
    if not _SHORT:
        for line in (NAMES / "moj_name_synonyms.csv").read_text(encoding="utf-8").splitlines():
            names = [name.strip().lower() for name in line.split(",") if name.strip()]
            for name in names[1:]:
                if name != names[0] and name[0] == names[0][0]:
                    _SHORT.setdefault(names[0], []).append(name)
                    _SHORT.setdefault(name, []).append(names[0])
    return _SHORT


_SHORT: dict[str, list[str]] = {}


def _number(random: Random, given: str, family: str, email: str, phone: str, title: str) -> str:
    digits = "".join(c for c in phone.replace("(0)", "").replace("+44", "0") if c.isdigit())
    part = digits if random.random() < 0.5 else digits[-random.randint(7, 9) :]
    cut = random.randint(3, 5)
    return random.choice([part, f"{part[:cut]} {part[cut:]}", f"{part[:cut]}-{part[cut:]}"])


_KINDS: Final[dict[str, Callable[..., str]]] = {
    "exact": lambda r, g, f, *_: f"{g} {f}",
    "typo": _typo,
    "nickname": _short,
    "transposed": lambda r, g, f, *_: f"{f} {g}",
    "initial": lambda r, g, f, *_: f"{g[0]} {f}",
    "diacritic": lambda r, g, f, *_: fold(f"{g} {f}") if not (g + f).isascii() else "",
    "double-barrelled": lambda r, g, f, *_: (
        f"{g} {f.split('-')[r.randrange(2)]}" if f.count("-") == 1 else ""
    ),
    "prefix": lambda r, g, f, *_: f"{g} {f[: max(3, len(f) * 2 // 3)]}",
    "name and role": lambda r, g, f, e, p, t: f"{g} {f} {t}",
    "e-mail": lambda r, g, f, e, *_: e if r.random() < 0.5 else e[: e.index("@") + r.randint(1, 5)],
    "phone": _number,
}

if __name__ == "__main__":
    main()
