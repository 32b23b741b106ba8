"""
Our verdict on each return's tree beside that of the official validator.

Each body-date is synced into an organisation of its own, senior part before junior
part, and what we find is held against the validator's messages, rule by rule. Rules
about single cells are compared in tests/connectors/test_official_validator.py.

Every disagreement must belong to one of the classes below, each with its reason.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

import pytest
from django.db import transaction

from directory.connectors.organogram_words import NameWord, is_no_reference, name_word
from directory.models import Feed, FeedRun, Organisation, RowFault
from directory.sync.receiving import Order
from directory.sync.run import sync
from tests.connectors.verdicts import ABSENT, VERDICTS, Verdict, verdicts

NOW = datetime(2026, 4, 1, 9, tzinfo=UTC)


class Rule(StrEnum):
    """The validator's rules about the tree, in the order in which it applies them."""

    JOB_SHARE = "rows of one reference say the same of the post"
    HEAD = "some post reports to XX"
    SENIOR_LINE = "senior posts report to posts that stand"
    SELF = "no senior post reports to itself"
    LOOP = "no line leads back to its post"
    JUNIOR_LINE = "junior posts report to senior posts that stand"


#: How a message of each rule reads; what it captures is the reference in question.
MESSAGES = {
    Rule.JOB_SHARE: re.compile(r'"Post Unique Reference" value "([^"]*)" appears in multiple rows'),
    Rule.HEAD: re.compile(r"Could not find a senior post with.*value of \"(XX)\""),
    Rule.SENIOR_LINE: re.compile(r'Senior post reporting to unknown senior post "([^"]*)"'),
    Rule.SELF: re.compile(r'reports to him/herself\. ref:"([^"]*)"'),
    Rule.LOOP: re.compile(
        r'from Senior post \S+ "([^"]*)" (?:ended up in a loop|up to the top in 100 steps)'
    ),
    Rule.JUNIOR_LINE: re.compile(
        r'Junior post reporting to (?:unknown|Eliminated) senior post "([^"]*)"'
    ),
}

#: Messages that say again, for each post below, that a line leads nowhere.
_AGAIN = "Error with senior post"

#: The codes by which we say the same, in the senior and in the junior part.
_SENIOR_CODES = {
    "job_share_differs": Rule.JOB_SHARE,
    "duplicate_key": Rule.JOB_SHARE,
    "unknown_manager": Rule.SENIOR_LINE,
    "eliminated_manager": Rule.SENIOR_LINE,
    "reports_to_itself": Rule.SELF,
    "reporting_loop": Rule.LOOP,
}
_JUNIOR_CODES = {
    "unknown_manager": Rule.JUNIOR_LINE,
    "eliminated_manager": Rule.JUNIOR_LINE,
}

#: Under which header the reference in question stands.
_REFERENCE = "Post Unique Reference"
_SENIOR_LINE = "Reports to Senior Post"
_JUNIOR_LINE = "Reporting Senior Post"

Row = Mapping[str, str]


@dataclass(frozen=True)
class Judged:
    """One return: its verdict, its rows, the rows' codes, and what we say under each rule."""

    verdict: Verdict
    seniors: list[Row]
    codes: list[set[str]]
    ours: set[tuple[Rule, str]]

    @property
    def official(self) -> set[tuple[Rule, str]]:
        """What the validator says under each rule: the references in question."""
        return {
            (rule, match[1])
            for message in self.verdict.messages
            for rule, form in MESSAGES.items()
            if (match := form.search(message))
        }

    def knows(self, rule: Rule) -> bool:
        """Whether the validator came to this rule, and its messages about it are all here."""
        if rule is Rule.JUNIOR_LINE and self.verdict.junior is None:
            return False
        if rule is Rule.HEAD:
            # A missing head replaces all other messages, so any other tells of a head.
            return True
        if self.verdict.fatal:
            return False
        return not self.verdict.unfinished or _place(rule) < _stage(self.verdict.unfinished)


@dataclass(frozen=True)
class Case:
    """One disagreement: what the rule is about, and the return around it."""

    judged: Judged
    rule: Rule
    reference: str

    @property
    def own_rows(self) -> list[tuple[Row, set[str]]]:
        """The senior rows of the post in question, with their codes."""
        rows = zip(self.judged.seniors, self.judged.codes, strict=True)
        return [pair for pair in rows if pair[0][_REFERENCE].strip() == self.reference]

    @property
    def eliminated_otherwise(self) -> bool:
        """Whether the post is eliminated in a spelling that the validator does not know."""
        return any(
            name_word(row["Name"]) is NameWord.ELIMINATED and row["Name"].strip() != "Eliminated"
            for row, _ in self.own_rows
        )


#: Why the validator says something and we do not.
ONLY_OFFICIAL: dict[str, tuple[str, Callable[[Case], bool]]] = {
    "one post fits": (
        "It takes DfE-2060 and DFE-2060 for two posts. Where case or leading zeros are all that "
        "differs and one post alone fits, we draw the line and give notice (reference_repaired).",
        lambda c: c.rule is Rule.SENIOR_LINE and any(
            "reference_repaired" in codes and row[_SENIOR_LINE].strip() == c.reference
            for row, codes in zip(c.judged.seniors, c.judged.codes, strict=True)
        ),
    ),
    "eliminated in quotes": (
        "It knows Eliminated without quotes alone, so it takes the eliminated row of a post that "
        "was regraded or given another profession for the other half of a job share.",
        lambda c: c.rule is Rule.JOB_SHARE and c.eliminated_otherwise,
    ),
    "placeholder as reference": (
        "It takes all rows with the reference Deleted for one job share. None of them is a post "
        "of that name, so we refuse each that says it stands (invalid_reference).",
        lambda c: c.rule is Rule.JOB_SHARE and is_no_reference(c.reference) and all(
            "invalid_reference" in codes or name_word(row["Name"]) is NameWord.ELIMINATED
            for row, codes in c.own_rows
        ),
    ),
    "mended before publication": (
        "It judged the workbook as uploaded; in the file as published no line names the post.",
        lambda c: c.rule is Rule.SENIOR_LINE and all(
            row[_SENIOR_LINE].strip() != c.reference for row in c.judged.seniors
        ),
    ),
}  # fmt: skip

#: Why we say something and the validator does not.
ONLY_OURS: dict[str, tuple[str, Callable[[Case], bool]]] = {
    "eliminated in quotes": (
        "It takes a post whose Name is 'Eliminated', in quotes, for one that stands, and lets "
        "others report to it. We end the post, so a line to it leads nowhere.",
        lambda c: c.rule in (Rule.SENIOR_LINE, Rule.JUNIOR_LINE) and c.eliminated_otherwise,
    ),
    "doubled by the export": (
        "The published file holds the row twice, once with a link in the column FTE and without "
        "a profession. No workbook did: the export from the linked data made two of it.",
        lambda c: c.rule is Rule.JOB_SHARE and any(
            row["FTE"].startswith("http") for row, _ in c.own_rows
        ),
    ),
}  # fmt: skip


def _place(rule: Rule) -> int:
    return list(Rule).index(rule)


def _stage(unfinished: str) -> int:
    """How far the validator had come: the place of the rule whose message was cut short."""
    if unfinished.startswith(_AGAIN):
        return _place(Rule.LOOP)
    known = (_place(rule) for rule, form in MESSAGES.items() if form.search(unfinished))
    # Rules about cells come first, so a cut within them leaves every rule about the tree open.
    return next(known, -1)


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _codes(feed: Feed, path: Path, verdict: Verdict, *, dry_run: bool) -> dict[int, set[str]]:
    """The codes we give each row by its number in the file, 0 for the file as a whole."""
    (run,) = sync(
        order=Order(
            feed=feed,
            path=path,
            as_of=date.fromisoformat(verdict.day),
            complete=True,
            submitted_by=None,
            dry_run=dry_run,
            now=NOW,
        )
    )
    assert run.state == (FeedRun.State.PLANNED if dry_run else FeedRun.State.APPLIED)
    found: dict[int, set[str]] = {}
    for row, code in RowFault.objects.filter(run=run).values_list("row", "code"):
        found.setdefault(row, set()).add(code)
    return found


def _judge(verdict: Verdict) -> Judged:
    """Sync both parts of a return and say of both what the validator would speak of."""
    body = Organisation.objects.create(slug="body", name=f"{verdict.body} on {verdict.day}")
    senior, junior = (
        Feed.objects.create(slug=part, organisation=body, connector="organogram")
        for part in ("senior", "junior")
    )
    seniors = _rows(verdict.senior)
    found = _codes(senior, verdict.senior, verdict, dry_run=False)
    codes = [found.get(number, set()) for number, _ in enumerate(seniors, start=2)]
    ours = {(Rule.HEAD, "XX")} if "no_top_post" in found.get(0, ()) else set()
    for row, said in zip(seniors, codes, strict=True):
        for rule in {_SENIOR_CODES[code] for code in said & _SENIOR_CODES.keys()}:
            header = _SENIOR_LINE if rule is Rule.SENIOR_LINE else _REFERENCE
            ours.add((rule, row[header].strip()))
    if verdict.junior is not None:
        found = _codes(junior, verdict.junior, verdict, dry_run=True)
        for number, row in enumerate(_rows(verdict.junior), start=2):
            for code in found.get(number, set()) & _JUNIOR_CODES.keys():
                ours.add((_JUNIOR_CODES[code], row[_JUNIOR_LINE].strip()))
    return Judged(verdict, seniors, codes, ours)


def _all_judged() -> Iterator[Judged]:
    """Every return of a verdict; what its sync wrote is taken back before the next."""
    for verdict in verdicts():
        with transaction.atomic():
            judged = _judge(verdict)
            transaction.set_rollback(True)
        yield judged


@pytest.fixture
def returns(db: None) -> list[Judged]:
    """The returns that the validator judged, where its verdict and the file are here."""
    if not VERDICTS.exists():
        pytest.skip(ABSENT)
    return list(_all_judged())


def _reason(case: Case, listed: Mapping[str, tuple[str, Callable[[Case], bool]]]) -> str | None:
    return next((name for name, (_, fits) in listed.items() if fits(case)), None)


@pytest.mark.campaign
def test_every_tree_is_judged_alike_or_the_reason_is_listed(returns: list[Judged]) -> None:
    compared: Counter[Rule] = Counter()
    agreed: Counter[Rule] = Counter()
    differences: Counter[tuple[str, str]] = Counter()
    unexplained = []
    for judged in returns:
        official = judged.official
        for rule in filter(judged.knows, Rule):
            compared[rule] += 1
            theirs = {reference for which, reference in official if which is rule}
            ours = {reference for which, reference in judged.ours if which is rule}
            agreed[rule] += len(theirs & ours)
            for side, listed, references in (
                ("official", ONLY_OFFICIAL, theirs - ours),
                ("ours", ONLY_OURS, ours - theirs),
            ):
                for reference in sorted(references):
                    reason = _reason(Case(judged, rule, reference), listed)
                    differences[side, reason or ""] += 1
                    if reason is None:
                        unexplained.append((side, judged.verdict.senior.name, rule, reference))
    assert unexplained == []
    assert compared[Rule.HEAD] == len(returns) > 100
    assert min(compared[rule] for rule in Rule) > 100
    assert agreed[Rule.HEAD] > 1
    assert agreed[Rule.SELF] > 5
    assert agreed[Rule.JOB_SHARE] > 0
    # A reason that explains nothing any more should be struck from the list.
    assert {name for side, name in differences if side == "official"} == {*ONLY_OFFICIAL}
    assert {name for side, name in differences if side == "ours"} == {*ONLY_OURS}
