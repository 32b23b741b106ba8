"""
Takes an applied run back, whole, for thirty days.

What the run wrote goes back to what it was; what people and curators changed since stays, and
what cannot go back is listed. The feed then stands at the run before, so undo goes back run by
run, and the same file delivered again is applied again.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from directory.changes.planner import plan_for_whole_tables
from directory.changes.trail import Act, one_act
from directory.changes.undoing import holding, images, made, people, posts, statements, teams
from directory.changes.undoing.nouns import APPOINTMENT, CLAIM, LOCATION, PERSON, TAG, TEAM
from directory.changes.undoing.writing import delete_going
from directory.models import FeedRun, FeedTrailEntry
from directory.projection import project_touched
from directory.records import DeliveryKind
from directory.sync import report
from directory.sync.apply import UNDO_DAYS, lock_feed
from directory.sync.approving import may_decide
from directory.sync.effective import settle_undone

#: What stayed is kept with the run up to so many rows; `Undone` has all of them.
_KEPT_WITH_RUN = 1_000


class UndoRefused(Exception):
    """The run cannot be undone, and nothing was changed."""


class NotApplied(UndoRefused):
    """The run changed nothing, or is undone already."""


class TooOld(UndoRefused):
    """The run was applied too long ago."""


class LaterRunApplied(UndoRefused):
    """Another run of the same part of the feed stands on this one."""


class KeysReplaced(UndoRefused):
    """The people of the feed have other keys since; the run knows them by their old ones."""


class ReasonMissing(UndoRefused):
    """An undo says why."""


class MayNotUndo(UndoRefused):
    """The person has no role that covers the run's feed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """
    A row that could not go back, and why.

    kind: team, post, appointment, claim, tag, location or person. name: as people know it.
    """

    kind: str
    id: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Undone:
    """
    What an undo did.

    returned: subjects about whom the feed says again what it said before the run, or nothing.
    kept: rows that stayed as they were.
    """

    returned: int
    kept: tuple[Kept, ...]


def undo(*, run: FeedRun, reason: str, actor: User, now: datetime) -> Undone:
    """
    Take an applied run back, everything in one transaction.

    :raises UndoRefused: by the name of what speaks against it.
    """
    with transaction.atomic():
        locked = (
            FeedRun.objects.select_for_update(of=("self",), no_key=True)
            .select_related("feed__organisation")
            .get(pk=run.pk)
        )
        lock_feed(run=locked)
        act = _undoable(run=locked, reason=reason, actor=actor, now=now)
        with one_act(undo=str(run.pk), feed=locked.feed.slug, by=str(actor.pk)):
            returned = _take_back(run=locked, act=act, now=now)
        kept = tuple(Kept(*row) for row in images.read_kept())
        _record(run=locked, reason=reason, actor=actor, kept=kept, now=now)
    run.refresh_from_db()
    return Undone(returned=returned, kept=kept)


def _undoable(*, run: FeedRun, reason: str, actor: User, now: datetime) -> Act:
    """What the trail calls the run, if this person may undo it."""
    if not may_decide(run=run, user=actor, now=now):
        raise MayNotUndo(
            f"{actor.email} needs the role curator on {run.feed.organisation.slug},"
            " or administrator."
        )
    if not reason.strip():
        raise ReasonMissing("Say why; the reason is kept with the run.")
    if run.state != FeedRun.State.APPLIED or run.finished_at is None:
        state = run.get_state_display().lower()
        raise NotApplied(f"The run is {state}; only an applied run can be undone.")
    if now - run.finished_at > timedelta(days=UNDO_DAYS):
        day = run.finished_at.date().isoformat()
        raise TooOld(f"The run was applied on {day}; a run can be undone for {UNDO_DAYS} days.")
    if run.trail_context is None or run.written_at is None:
        raise TooOld("The run was applied before the directory kept what an undo needs.")
    if _keys_replaced_since(run=run):
        raise KeysReplaced(
            "The keys of this feed's people were replaced after the run, which knows them by"
            " their old ones; deliver a file that says what should be instead."
        )
    # Each applied run names the one it stood on; times would say it only nearly.
    later = FeedRun.objects.filter(base_run=run, state=FeedRun.State.APPLIED)
    if newer := later.order_by("finished_at", "pk").last():
        raise LaterRunApplied(
            f"Run {newer.pk} of {newer.as_of} was applied after it; undo that one first."
        )
    return Act(context=run.trail_context, written_at=run.written_at)


def _keys_replaced_since(*, run: FeedRun) -> bool:
    entries = FeedTrailEntry.objects.filter(feed=run.feed_id, deed=FeedTrailEntry.Deed.KEYS)
    return run.kind == DeliveryKind.PEOPLE and entries.filter(at__gte=run.finished_at).exists()


def _take_back(*, run: FeedRun, act: Act, now: datetime) -> int:
    with connection.cursor() as cursor:
        plan_for_whole_tables(cursor=cursor)
    statements.find_made_records(run=run)
    images.read_trail(act=act)
    _decide(run=run)
    people.touch_people(run=run)
    holding.withdraw_cases(run=run)
    delete_going(noun=APPOINTMENT)
    delete_going(noun=CLAIM)
    posts.delete_posts()
    teams.return_teams()
    posts.return_posts()
    holding.return_appointments()
    today = timezone.localtime(now).date()
    returned = statements.return_statements(run=run)
    holding.return_claims()
    people.return_people(run=run, act=act, today=today)
    for noun in (TEAM, TAG, LOCATION):
        delete_going(noun=noun)
    teams.reopen_inhabited(organisation_id=run.feed.organisation_id)
    images.list_overtaken()
    project_touched()
    if run.kind == DeliveryKind.PEOPLE:
        settle_undone(run=run, today=today)
    return returned


def _decide(*, run: FeedRun) -> None:
    """From what stands on nothing else to what everything stands on, before anything is written."""
    made.decide_claims_and_appointments()
    holding.end_staying_appointments(run=run)
    made.decide_posts()
    posts.settle_posts(run=run)
    holding.settle_openings()
    posts.settle_implied_posts()
    made.decide_people(noun=PERSON)
    made.decide_teams()
    for noun in (TAG, LOCATION):
        made.decide_words(noun=noun)


def _record(*, run: FeedRun, reason: str, actor: User, kept: Iterable[Kept], now: datetime) -> None:
    stayed = [asdict(row) for row in kept]
    run.undone_by, run.undone_at, run.undo_reason = actor, now, reason
    run.undo_kept = stayed[:_KEPT_WITH_RUN]
    note = f"undone: {reason}" + (f" ({len(stayed)} rows stayed)" if stayed else "")
    report.step(run=run, state=FeedRun.State.UNDONE, note=note, now=now)
