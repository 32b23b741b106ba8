"""What the page of a run shows: how it stands, why it waits, what it did and to how many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import Count
from django.utils.dateparse import parse_datetime

from accounts.models import User
from directory.curating.remit import FeedRights
from directory.models import FeedRun
from directory.plans import Action
from directory.sync.apply import UNDO_DAYS
from directory.sync.progress import pace
from directory.web.curate.places import feed_place, trail_to_feed
from directory.web.curate.run_faults import FaultLine, read_fault_lines
from directory.web.curate.wording import (
    ACTIONS,
    SITUATIONS,
    STEPS,
    STORY,
    Tag,
    is_under_way,
    kind_label,
    run_tag,
)
from directory.web.places import Place

#: Safeguards whose release has to name the number of those who would leave.
DEPARTURE_RULES: Final = frozenset({"mass_departure", "departures_in_a_week", "vanished_keys"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts."""

    label: str
    number: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class HeldReason:
    """Why a safeguard holds the run; examples are rows and keys of the file."""

    message: str
    numbers: tuple[tuple[str, str], ...]
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One step of the run's story."""

    at: datetime | None
    label: str
    note: str


@dataclass(frozen=True, slots=True)
class Progress:
    """
    How far a run has come.

    share_percent: 0 to 100; words: the same for people, and how long the rest takes.
    """

    step: str
    share_percent: int
    words: str


@dataclass(frozen=True, slots=True)
class RunPage:
    """
    One run as one person sees it.

    may_decide: releasing and rejecting are theirs. own_run: it waits for somebody else, because
    they submitted it. may_undo: it can still be taken back, by them. may_translate: its unknown
    words are theirs to translate.
    """

    run: FeedRun
    tag: Tag
    title: str
    trail_above: tuple[Place, ...]
    feed: Place
    under_way: bool
    progress: Progress
    figures: tuple[Figure, ...]
    situations: tuple[Figure, ...]
    reasons: tuple[HeldReason, ...]
    faults: tuple[FaultLine, ...]
    faults_total: int
    story: tuple[TrailLine, ...]
    submitted: str
    has_plan: bool
    may_decide: bool
    own_run: bool
    may_undo: bool
    may_translate: bool
    undo_until: datetime | None


def read_run_page(*, run: FeedRun, rights: FeedRights, viewer: User, now: datetime) -> RunPage:
    """The page of one run."""
    held = run.state == FeedRun.State.HELD and not run.dry_run
    undo_until = run.finished_at + timedelta(days=UNDO_DAYS) if run.finished_at else None
    applied = run.state == FeedRun.State.APPLIED
    own = run.submitted_by_id == viewer.pk
    return RunPage(
        run=run,
        tag=run_tag(run=run),
        title=run_title(run=run),
        trail_above=trail_to_feed(run.feed),
        feed=feed_place(run.feed),
        under_way=is_under_way(run=run),
        progress=progress_of(run=run, now=now),
        figures=_figures(run),
        situations=_situations(run),
        reasons=tuple(map(_reason, run.held_reasons)),
        faults=read_fault_lines(run=run),
        faults_total=sum(run.counts.get("faults", {}).values()),
        story=tuple(map(_trail_line, run.trail)),
        submitted=_submitted(run),
        has_plan=bool(run.plan_digest),
        may_decide=held and rights.may_decide and not own,
        own_run=held and rights.may_decide and own,
        may_undo=applied and rights.may_decide and undo_until is not None and now < undo_until,
        may_translate=rights.may_decide,
        undo_until=undo_until if applied else None,
    )


def run_title(*, run: FeedRun) -> str:
    """What a run is called: `People, 1 April 2026`."""
    return f"{kind_label(kind=run.kind) or 'Delivery'}, {run.as_of:%-d %B %Y}"


def progress_of(*, run: FeedRun, now: datetime) -> Progress:
    """How far the run has come, in words for people."""
    step = STEPS.get(run.step, "Waiting for its turn")
    if not run.rows_total:
        return Progress(step, 0, step)
    share = min(100, 100 * run.rows_done // run.rows_total)
    words = f"{run.rows_done:,} of {run.rows_total:,} rows"
    speed = pace(
        rows_done=run.rows_done, rows_total=run.rows_total, started_at=run.started_at, now=now
    )
    if speed.rows_per_second and speed.seconds_left:
        words += f", {speed.rows_per_second:,.0f} a second, {_left(speed.seconds_left)} left"
    return Progress(step, share, words)


def expected_departures(*, run: FeedRun) -> int | None:
    """The number that whoever releases the run has to type; None where nobody has to."""
    if any(reason.get("rule") in DEPARTURE_RULES for reason in run.held_reasons):
        return int(run.counts.get("departures", 0))
    return None


def _left(seconds: float) -> str:
    if seconds < 60:
        return "less than a minute"
    minutes = round(seconds / 60)
    return f"about {minutes} minute{'' if minutes == 1 else 's'}"


def _figures(run: FeedRun) -> tuple[Figure, ...]:
    counts = run.counts
    if not counts:
        return ()
    shown = (
        ("rows in the file", counts["rows"]),
        ("new", counts["creations"]),
        ("changed", counts["updates"]),
        ("leaving", counts["departures"]),
        ("not applied, in error", counts["errors"]),
    )
    return tuple(Figure(label, number) for label, number in shown)


def _situations(run: FeedRun) -> tuple[Figure, ...]:
    """Lines of the plan by situation and action, the largest first."""
    if not run.plan_digest:
        return ()
    lines = run.changes.values("action", "situation").annotate(number=Count("pk"))
    found = [
        Figure(
            label=f"{ACTIONS[line['action']]}: {SITUATIONS[line['situation']].lower()}",
            number=line["number"],
            url=f"?action={line['action']}&situation={line['situation']}",
        )
        for line in lines.order_by("-number", "action", "situation")
        if line["action"] != Action.KEEP
    ]
    return tuple(found)


def _reason(reason: Mapping[str, Any]) -> HeldReason:
    return HeldReason(
        message=reason["message"],
        numbers=_numbers(reason.get("numbers", {})),
        examples=tuple(map(_example, reason.get("examples", ()))),
    )


def _numbers(numbers: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What was counted, out of how many, and what is allowed."""
    names = sorted(numbers, key=lambda name: (name == "allowed", name == "of"))
    return tuple(
        (
            "Out of" if name == "of" else name.replace("_", " ").capitalize(),
            f"{number:,}" if isinstance(number := numbers[name], int) else str(number),
        )
        for name in names
    )


def _example(example: Mapping[str, Any]) -> str:
    key = example.get("source_key", "").replace("\n", " ")
    row = example.get("row")
    return f"Row {row}, key {key}" if row else f"Key {key}, absent from the file"


def _trail_line(step: Mapping[str, Any]) -> TrailLine:
    state = step.get("state", "")
    return TrailLine(
        at=parse_datetime(step.get("at", "")),
        label=STORY.get(state, state),
        note=step.get("note", ""),
    )


def _submitted(run: FeedRun) -> str:
    """Who submitted the run and how: `Upload page, by maya@…`."""
    how = run.get_channel_display()
    if run.submitted_by:
        return f"{how}, by {run.submitted_by}"
    return f"{how}, by {run.submitted_with.name}" if run.submitted_with else how
