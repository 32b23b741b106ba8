"""
A second person releases a held run, or rejects it.

An approval is bound to the plan it was given for: to its digest, and to the state of the
feed that it was computed against. If the feed moved since, the plan is computed again from the
kept file, and somebody has to look at the new one.
"""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from directory.grants import roles_of
from directory.models import FeedRun, Grant
from directory.sync import report
from directory.sync.apply import StalePlan, apply_plan
from directory.sync.judging import judged_plan
from directory.sync.keeping import kept_file
from directory.sync.receiving import StaleDelivery
from directory.sync.run import carry_out
from directory.sync.safety import Refusal
from directory.sync.waiting import part_of, reopened, resume

#: Why a run stays held though no safeguard fires any more: nobody has seen its new plan.
_MOVED = Refusal(
    "plan_computed_again",
    "Another delivery of this feed was applied since this run was held, so its plan was computed "
    "again. No safeguard fires any more; look at it and decide.",
    {},
)


class ApprovalRefused(Exception):
    """The approval cannot count; nothing was applied."""


class NotHeld(ApprovalRefused):
    """The run waits for nobody's decision."""


class OnlyTried(ApprovalRefused):
    """The run was a dry run, which is never applied."""


class OtherPlan(ApprovalRefused):
    """The digest named is not that of the run's plan."""


class OwnRun(ApprovalRefused):
    """Whoever submitted a run cannot release it."""


class MayNotApprove(ApprovalRefused):
    """The person has no role that covers the run's feed."""


class PlanComputedAgain(ApprovalRefused):
    """The feed moved since the run was held; it is held still, and has another plan."""


class ReasonMissing(ApprovalRefused):
    """An approval says why."""


def approve(
    *, run: FeedRun, digest: str, reason: str, approver: User, now: datetime
) -> list[FeedRun]:
    """
    Release a held run and apply it, then the parts of its file that waited for it.

    Returns the run and those that had their turn after it; the last may be held again.

    :raises ApprovalRefused: by the name of what speaks against it.
    :raises StaleDelivery: if the feed stands at a later day by now; the run is refused for good.
    :raises StalePlan: if the feed moved and the run's file cannot be read again; likewise.
    """
    try:
        with transaction.atomic():
            run = _decidable(run=run, reason=reason, decider=approver, now=now)
            if digest != run.plan_digest:
                # Never named here: whoever has not seen the plan shall not learn it by asking.
                raise OtherPlan(
                    "This is not the digest of the run's plan. `manage.py sync` printed it when"
                    " the run was held; name all 64 digits of it."
                )
            run.approved_by, run.approval_reason = approver, reason
            note = f"released: {reason}"
            report.step(run=run, state=FeedRun.State.APPROVED, note=note, now=now)
            apply_plan(run=run, now=now)
    except StalePlan as stale:
        try:
            _compute_again(run=run, stale=stale, now=now)
        except (StaleDelivery, StalePlan):
            # What waited for this run waits for nothing any more.
            _resume(after=run, now=now)
            raise
        raise PlanComputedAgain(
            "Another delivery of this feed was applied since this run was held, so its plan was"
            " computed again. Look at the new one and decide again, by its own digest."
        ) from None
    return [run, *_resume(after=run, now=now)]


def reject(*, run: FeedRun, reason: str, decider: User, now: datetime) -> list[FeedRun]:
    """
    Reject a held run; the parts of its file that waited for it have their turn.

    :raises ApprovalRefused: by the name of what speaks against it.
    """
    with transaction.atomic():
        run = _decidable(run=run, reason=reason, decider=decider, now=now)
        run.finished_at = now
        note = f"rejected: {reason}"
        report.step(run=run, state=FeedRun.State.REJECTED, note=note, now=now)
    return [run, *_resume(after=run, now=now)]


def _compute_again(*, run: FeedRun, stale: StalePlan, now: datetime) -> None:
    """
    Compute the run's plan on what its feed holds now, and leave the run held.

    :raises StaleDelivery, StalePlan: if there is nothing to compute; the run is then failed.
    """
    try:
        with transaction.atomic():
            again = _locked(run=run)
            if again.state != FeedRun.State.HELD:
                raise NotHeld("Somebody else decided the run meanwhile.")
            parts, salt = reopened(run=again)
            part = part_of(run=again, parts=parts)
            if part is None:
                raise stale
            again.changes.all().delete()
            again.faults.all().delete()
            refusals = judged_plan(run=again, delivery=part, salt=salt, now=now)
            report.held(run=again, refusals=refusals or [_MOVED], now=now)
    except (StaleDelivery, StalePlan) as refusal:
        run.refresh_from_db()
        report.failed(run=run, code=refusal.code, message=str(refusal), now=now)
        raise


def _resume(*, after: FeedRun, now: datetime) -> list[FeedRun]:
    return resume(
        after=after,
        carry_out=lambda run, delivery, salt: carry_out(
            run=run, delivery=delivery, path=kept_file(run=run), salt=salt, now=now
        ),
        now=now,
    )


def _decidable(*, run: FeedRun, reason: str, decider: User, now: datetime) -> FeedRun:
    """The run, locked against a second decision, if this person may decide it."""
    locked = _locked(run=run)
    if locked.state != FeedRun.State.HELD:
        raise NotHeld(f"The run is {locked.get_state_display().lower()}; it waits for nobody.")
    if locked.dry_run:
        raise OnlyTried("This was a dry run; sync the file without --dry-run to have it applied.")
    if not reason.strip():
        raise ReasonMissing("Say why; the reason is kept with the run.")
    if locked.submitted_by_id == decider.pk:
        raise OwnRun("You submitted this run; somebody else has to decide it.")
    if not may_decide(run=locked, user=decider, now=now):
        raise MayNotApprove(
            f"{decider.email} needs the role curator on {locked.feed.organisation.slug},"
            " or administrator."
        )
    return locked


def _locked(*, run: FeedRun) -> FeedRun:
    runs = FeedRun.objects.select_for_update(of=("self",)).select_related("feed__organisation")
    return runs.get(pk=run.pk)


def may_decide(*, run: FeedRun, user: User, now: datetime) -> bool:
    """Whether somebody is a curator of the run's organisation, or an administrator."""
    return any(
        grant.role == Grant.Role.ADMINISTRATOR
        or (grant.role == Grant.Role.CURATOR and grant.organisation_id == run.feed.organisation_id)
        for grant in roles_of(user=user, now=now)
    )
