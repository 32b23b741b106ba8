"""
A second person releases a held run, or rejects it.

An approval is bound to the plan it was given for: to its digest, and to the state of the
feed that it was computed against.
"""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from directory.grants import roles_of
from directory.models import FeedRun, Grant
from directory.sync import report
from directory.sync.apply import StalePlan, apply_plan
from directory.sync.run import carry_out
from directory.sync.waiting import resume


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


class ReasonMissing(ApprovalRefused):
    """An approval says why."""


def approve(
    *, run: FeedRun, digest: str, reason: str, approver: User, now: datetime
) -> list[FeedRun]:
    """
    Release a held run and apply it, then the parts of its file that waited for it.

    Returns the run and those that had their turn after it; the last may be held again.

    :raises ApprovalRefused: by the name of what speaks against it.
    :raises StalePlan: if the feed moved on since; the run is then refused for good.
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
    except StalePlan as refusal:
        run.approved_by, run.approval_reason = None, ""
        report.failed(run=run, code=refusal.code, message=str(refusal), now=now)
        # What waited for this run waits for nothing any more.
        _resume(after=run, now=now)
        raise
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


def _resume(*, after: FeedRun, now: datetime) -> list[FeedRun]:
    return resume(
        after=after,
        carry_out=lambda run, delivery, salt: carry_out(
            run=run, delivery=delivery, salt=salt, now=now
        ),
        now=now,
    )


def _decidable(*, run: FeedRun, reason: str, decider: User, now: datetime) -> FeedRun:
    """The run, locked against a second decision, if this person may decide it."""
    locked = (
        FeedRun.objects.select_for_update(of=("self",))
        .select_related("feed__organisation")
        .get(pk=run.pk)
    )
    if locked.state != FeedRun.State.HELD:
        raise NotHeld(f"The run is {locked.get_state_display().lower()}; it waits for nobody.")
    if locked.dry_run:
        raise OnlyTried("This was a dry run; sync the file without --dry-run to have it applied.")
    if not reason.strip():
        raise ReasonMissing("Say why; the reason is kept with the run.")
    if locked.submitted_by_id == decider.pk:
        raise OwnRun("You submitted this run; somebody else has to decide it.")
    if not _may_decide(run=locked, user=decider, now=now):
        raise MayNotApprove(
            f"{decider.email} needs the role curator on {locked.feed.organisation.slug},"
            " or administrator."
        )
    return locked


def _may_decide(*, run: FeedRun, user: User, now: datetime) -> bool:
    return any(
        grant.role == Grant.Role.ADMINISTRATOR
        or (grant.role == Grant.Role.CURATOR and grant.organisation_id == run.feed.organisation_id)
        for grant in roles_of(user=user, now=now)
    )
