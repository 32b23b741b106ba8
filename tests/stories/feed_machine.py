"""
A machine that delivers at random and holds the directory against a plain-dict model.

Full and partial deliveries, rows in error, replays, older files, crashes in the middle of an
apply, dry runs, approvals, rejections, hand edits and undo, in any order, for two departments:
one with the limits every feed starts with, one that lets everything pass. What a run came to
(applied, held, refused) is the run's own word, checked against the rules that are certain;
what the directory then holds is the model's.
"""

import csv
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar
from unittest.mock import patch
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from directory.models import Feed, FeedRun, Grant, Organisation
from directory.sync.approving import PlanComputedAgain, approve, reject
from directory.sync.receiving import Order, StaleDelivery
from directory.sync.run import sync
from directory.sync.undoing import undo
from tests.stories.feed_model import Delivery, FeedModel, Row
from tests.stories.feed_state import HandEdits, compare, edit_by_hand, without_key
from tests.sync.tides import user_with

KEYS = [f"K{number}" for number in range(12)]
UNITS = ("U1", "U2", "U3")
FIRST_DAY = date(2026, 1, 1)
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)

#: Where an apply is made to crash: after some of its writers, before the others.
STAGES = (
    "write_people",
    "end_appointments",
    "open_appointments",
    "draw_lines",
    "open_cases",
    "project_touched",
)

HEADER = (
    "source_key", "given_name", "family_name", "email", "job_title", "grade", "unit_code",
    "manager_key", "phone", "start_date", "status",
)  # fmt: skip


#: Limits that hold nothing.
UNLIMITED = {
    "departures_limit_percent": 100,
    "week_departures_limit_percent": 100,
    "week_departures_floor": 1_000_000,
    "known_keys_floor_percent": 0,
    "changed_limit_percent": 100,
    "blanked_limit_percent": 100,
    "faults_limit_percent": 100,
}


class Crash(Exception):
    """What the machine makes an apply fail with."""


def rows_of(key: str) -> st.SearchStrategy[Row]:
    """Any row that a key may have; family names tell people apart, so nobody is a namesake."""
    number = KEYS.index(key)
    return st.fixed_dictionaries(
        {
            "source_key": st.just(key),
            "given_name": st.sampled_from(["Ann", "Zoë"]),
            "family_name": st.sampled_from([f"Lee{key}", f"O’Hara{key}"]),
            "email": st.sampled_from(["", f"{key.lower()}@tides.example"]),
            "job_title": st.sampled_from(["Analyst", "Policy Adviser", ""]),
            "grade": st.sampled_from(["HEO", "SEO", ""]),
            "unit_code": st.sampled_from(UNITS),
            "manager_key": st.sampled_from(["", *KEYS[:number]]),
            "phone": st.sampled_from(["", "+44 20 7946 0000"]),
            "start_date": st.just(""),
            "status": st.sampled_from(["active", "active", "active", "active", "leave", "left"]),
        }
    )


@st.composite
def edits(draw: st.DrawFn) -> dict[str, Row | None]:
    """What the next delivery says otherwise: new or changed rows, and keys left out."""
    changed = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=5))
    dropped = draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=3))
    return {key: draw(rows_of(key)) for key in changed} | dict.fromkeys(dropped)


class FeedMachine(RuleBasedStateMachine):
    """Two feeds of two departments, their models, and everything that may happen to them."""

    #: How often the directory was compared with the models, over all examples.
    compared: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self._open = ExitStack()
        # Whatever an example does goes when it ends.
        self._open.enter_context(rolled_back())
        self.folder = Path(self._open.enter_context(TemporaryDirectory()))
        self._open.enter_context(
            patch.object(settings, "DELIVERIES_DIR", self.folder / "deliveries")
        )
        self.approver = user_with("rosalind.achterberg", Grant.Role.ADMINISTRATOR)
        self.feeds = [self._feed("tides", limited=True), self._feed("fens", limited=False)]
        self.models = [FeedModel(), FeedModel()]
        self.last: list[Delivery | None] = [None, None]
        self.waiting: list[tuple[FeedRun, Delivery] | None] = [None, None]
        self.applied: list[list[FeedRun]] = [[], []]
        self.people: dict[int, UUID] = {}
        self.by_hand: HandEdits = {}
        self.day = 0
        self.files = 0
        self.minutes = 0

    def teardown(self) -> None:
        """The invariants of the whole directory hold at the end of every example."""
        try:
            call_command("check_directory", stdout=StringIO())
        finally:
            self._open.close()

    @rule(
        number=st.integers(0, 1),
        edits=edits(),
        complete=st.booleans(),
        in_error=st.frozensets(st.sampled_from(KEYS), max_size=2),
        keyless=st.sampled_from([False, False, False, True]),
        days=st.sampled_from([0, 0, 1, 3, -1]),
        crash=st.sampled_from(["", "", "", "", *STAGES]),
        dry_run=st.sampled_from([False, False, False, True]),
    )
    def deliver(
        self,
        number: int,
        edits: dict[str, Row | None],
        complete: bool,
        in_error: frozenset[str],
        keyless: bool,
        days: int,
        crash: str,
        dry_run: bool,
    ) -> None:
        """What the feed said last, edited; a partial delivery holds the edits alone."""
        rows = {k: dict(h.row) for k, h in self.models[number].current.items()} if complete else {}
        for key, row in edits.items():
            rows.pop(key, None)
            if row is not None:
                rows[key] = row
        if not rows:
            return
        self.day = max(self.day + days, 0)
        delivery = Delivery(rows, self.day, complete, in_error & rows.keys(), keyless)
        self._deliver(number, delivery, crash=crash, dry_run=dry_run)

    @rule(number=st.integers(0, 1))
    def deliver_again(self, number: int) -> None:
        """The last file once more, whatever became of it and whatever came since."""
        if delivery := self.last[number]:
            self._deliver(number, delivery)

    @precondition(lambda self: any(self.waiting))
    @rule()
    def approve_what_waits(self) -> None:
        """A second person releases every held run, and looks again where its plan moved."""
        for number, run, delivery in self._take_waiting():
            try:
                self._approve(run)
            except PlanComputedAgain:
                run.refresh_from_db()
                self._approve(run)
            except StaleDelivery:
                assert self.models[number].is_stale(delivery)
            run.refresh_from_db()
            assert run.state in (FeedRun.State.APPLIED, FeedRun.State.FAILED)
            self._settle(number, run, delivery)

    @precondition(lambda self: any(self.waiting))
    @rule()
    def reject_what_waits(self) -> None:
        """A second person rejects every held run, and nothing changes."""
        for _, run, _ in self._take_waiting():
            reject(run=run, reason="Truncated", decider=self.approver, now=NOW)

    @rule(
        number=st.integers(0, 1),
        key=st.sampled_from(KEYS),
        origin=st.sampled_from(["person", "curator"]),
    )
    def edit_by_hand(self, number: int, key: str, origin: str) -> None:
        """The official names what they go by, or a curator corrects a phone."""
        holding = self.models[number].current.get(key)
        if holding is None:
            return
        said = {"preferred_name": "Nan"} if origin == "person" else {"phone": "+44 113 496 0000"}
        person_id = self.people[holding.person]
        edit_by_hand(person_id=person_id, origin=origin, said=said, day=FIRST_DAY)
        self.by_hand.setdefault(holding.person, {}).update(said)

    @rule(number=st.integers(0, 1))
    def undo_the_last(self, number: int) -> None:
        """The last applied run is taken back."""
        if not self.applied[number]:
            return
        run = self.applied[number].pop()
        run.refresh_from_db()
        undo(run=run, reason="Sent by mistake", actor=self.approver, now=self._now())
        self.models[number].undo(edited=self.by_hand.keys())

    @invariant()
    def the_directory_shows_what_the_models_say(self) -> None:
        """After every step."""
        FeedMachine.compared += 1
        compare(feeds=self.feeds, models=self.models, people=self.people, by_hand=self.by_hand)

    def _deliver(
        self, number: int, delivery: Delivery, *, crash: str = "", dry_run: bool = False
    ) -> None:
        model = self.models[number]
        self.last[number] = delivery
        order = self._order(number, delivery, dry_run=dry_run)
        if crash:
            with patch(f"directory.sync.apply.{crash}", side_effect=Crash), suppress(Crash):
                sync(order=order)
            run = FeedRun.objects.filter(feed=self.feeds[number]).latest("received_at")
        else:
            (run,) = sync(order=order)
        if model.is_stale(delivery):
            assert (run.state, run.failure_code) == ("failed", "stale_delivery")
        if dry_run:
            assert run.state != FeedRun.State.APPLIED
            return
        if self.feeds[number].slug == "tides" and run.state == FeedRun.State.APPLIED:
            # A small organisation's feed never loses more than two by itself.
            assert len(model.departures(delivery)) <= 2
        if run.state == FeedRun.State.HELD:
            self._forget_waiting(number)
            self.waiting[number] = (run, delivery)
            return
        self._settle(number, run, delivery)

    def _settle(self, number: int, run: FeedRun, delivery: Delivery) -> None:
        """The model follows what was applied."""
        if run.state == FeedRun.State.APPLIED:
            self.models[number].apply(delivery)
            self.applied[number].append(run)
        else:
            assert run.state in (FeedRun.State.FAILED, FeedRun.State.HELD), run.state

    def _take_waiting(self) -> list[tuple[int, FeedRun, Delivery]]:
        taken = [(n, *held) for n, held in enumerate(self.waiting) if held]
        self.waiting = [None, None]
        return taken

    def _forget_waiting(self, number: int) -> None:
        """A run that nobody decides waits on; the machine decides the newest alone."""
        self.waiting[number] = None

    def _approve(self, run: FeedRun) -> None:
        approve(
            run=run,
            digest=run.plan_digest,
            reason="They did leave",
            approver=self.approver,
            now=self._now(),
        )

    def _order(self, number: int, delivery: Delivery, *, dry_run: bool) -> Order:
        self.files += 1
        path = self.folder / f"{self.files}.csv"
        rows = [
            row | ({"start_date": "soon"} if key in delivery.in_error else {})
            for key, row in delivery.rows.items()
        ]
        if delivery.keyless:
            rows.append(without_key(rows))
        write(path, HEADER, rows)
        return Order(
            feed=self.feeds[number],
            path=path,
            as_of=FIRST_DAY + timedelta(days=delivery.day),
            complete=delivery.complete,
            submitted_by=None,
            dry_run=dry_run,
            now=self._now(),
        )

    def _now(self) -> datetime:
        """Every step a minute later, so that the newest of several is known."""
        self.minutes += 1
        return NOW + timedelta(minutes=self.minutes)

    def _feed(self, slug: str, *, limited: bool) -> Feed:
        body = Organisation.objects.create(slug=slug, name=f"Department of {slug.title()}")
        limits = {} if limited else UNLIMITED
        feed = Feed.objects.create(
            slug=f"{slug}-hr", organisation=body, connector="table", **limits
        )
        teams = [{"unit_code": code, "parent_code": "", "name": f"{slug} {code}"} for code in UNITS]
        path = self.folder / f"{slug}-teams.csv"
        write(path, ("unit_code", "parent_code", "name"), teams)
        (run,) = sync(
            order=Order(
                feed=feed, path=path, as_of=FIRST_DAY, complete=True, submitted_by=None,
                dry_run=False, now=NOW,
            )
        )  # fmt: skip
        assert run.state == FeedRun.State.APPLIED
        return feed


@contextmanager
def rolled_back() -> Iterator[None]:
    """A transaction that ends in nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def write(path: Path, header: Sequence[str], rows: Sequence[Row]) -> None:
    """The rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerows(rows)
