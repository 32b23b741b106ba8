"""The pages of runs: how one stands, what it would do, and what is decided about it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory.models import FeedRun
from directory.plans import Action, Situation
from directory.sync.apply import StalePlan
from directory.sync.approving import (
    ApprovalRefused,
    OtherPlan,
    PlanComputedAgain,
    approve,
    reject,
)
from directory.sync.preview import faults_csv, plan_csv
from directory.sync.receiving import StaleDelivery
from directory.sync.undoing import UndoRefused, undo
from directory.web.curate.doors import open_run
from directory.web.curate.forms import ReasonForm, ReleaseForm
from directory.web.curate.places import run_url, trail_to_run
from directory.web.curate.plan_page import read_plan_page
from directory.web.curate.run_page import expected_departures, progress_of, read_run_page
from directory.web.curate.wording import is_under_way, run_tag
from directory.web.design_form import DesignForm, form_page
from directory.web.refusals import bad_address
from directory.web.second_factor import confirmed
from directory.web.viewer import user_of

_LOOK_AGAIN = (
    "The changes are others than those you saw, because the feed moved on since. "
    "Look at them once more, and decide again. Nothing was applied."
)


@require_safe
def run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """One run."""
    now = timezone.now()
    shown, rights = open_run(request, run_id, now=now)
    page = read_run_page(run=shown, rights=rights, viewer=user_of(request), now=now)
    return render(request, "curate/run.html", {"page": page, "section": "curate"})


@require_safe
def progress(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """How far the run has come, for the page that shows it."""
    now = timezone.now()
    shown, _ = open_run(request, run_id, now=now)
    come = progress_of(run=shown, now=now)
    return JsonResponse(
        {
            "state": run_tag(run=shown).label,
            "step": come.step,
            "share_percent": come.share_percent,
            "words": come.words,
            "settled": not is_under_way(run=shown),
        }
    )


@require_safe
def plan(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """What the run would do, line by line and field by field."""
    shown, _ = open_run(request, run_id, now=timezone.now())
    action, situation = request.GET.get("action", ""), request.GET.get("situation", "")
    after = request.GET.get("after", "0")
    problems = []
    if action and action not in {a.value for a in Action}:
        problems.append("“action” is none that a plan knows.")
    if situation and situation not in {s.value for s in Situation}:
        problems.append("“situation” is none that a plan knows.")
    if not (after.isascii() and after.isdigit() and len(after) <= 9):
        problems.append("“after” is the number of a line.")
    if problems:
        return bad_address(request, problems=problems)
    if not shown.plan_digest:
        raise Http404
    page = read_plan_page(run=shown, action=action, situation=situation, after=int(after))
    return render(request, "curate/plan.html", {"page": page, "section": "curate"})


@require_safe
def plan_file(request: HttpRequest, run_id: UUID) -> StreamingHttpResponse:
    """The whole plan as CSV."""
    shown, _ = open_run(request, run_id, now=timezone.now())
    if not shown.plan_digest:
        raise Http404
    return _csv(plan_csv(run=shown), f"{_file_stem(shown)}-plan.csv")


@require_safe
def faults_file(request: HttpRequest, run_id: UUID) -> StreamingHttpResponse:
    """Every fault with the row it was found in, as CSV."""
    shown, _ = open_run(request, run_id, now=timezone.now())
    return _csv(faults_csv(run=shown), f"{_file_stem(shown)}-faults.csv")


@form_page
@confirmed
def release(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """A held run is released and applied."""
    now = timezone.now()
    shown, _ = open_run(request, run_id, now=now, to_decide=True)
    expected = expected_departures(run=shown)
    form = ReleaseForm(
        request.POST or None, expected=expected, initial={"digest": shown.plan_digest}
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            done = approve(
                run=shown,
                digest=said["digest"],
                reason=said["reason"],
                approver=user_of(request),
                now=now,
            )
        except (OtherPlan, PlanComputedAgain):
            messages.error(request, _LOOK_AGAIN)
            return redirect(run_url(shown.pk))
        except (StaleDelivery, StalePlan) as refusal:
            messages.error(request, f"The run is refused: {refusal}")
            return redirect(run_url(shown.pk))
        except ApprovalRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _released(done))
            return redirect(run_url(shown.pk))
    return _decision(request, shown, form, "curate/release.html")


@form_page
def turn_down(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """A held run is rejected; nothing of it is applied."""
    now = timezone.now()
    shown, _ = open_run(request, run_id, now=now, to_decide=True)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            reject(run=shown, reason=form.cleaned_data["reason"], decider=user_of(request), now=now)
        except ApprovalRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The run is rejected. Nothing of it was applied.")
            return redirect(run_url(shown.pk))
    return _decision(request, shown, form, "curate/reject.html")


@form_page
@confirmed
def take_back(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """An applied run is undone."""
    now = timezone.now()
    shown, _ = open_run(request, run_id, now=now, to_decide=True)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            undone = undo(
                run=shown, reason=form.cleaned_data["reason"], actor=user_of(request), now=now
            )
        except UndoRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, f"The run is taken back: {undone.returned} records are as before it."
            )
            return redirect(run_url(shown.pk))
    return _decision(request, shown, form, "curate/undo.html")


def _decision(
    request: HttpRequest, shown: FeedRun, form: DesignForm, template: str
) -> HttpResponse:
    form.mark_faults()
    _, rights = open_run(request, shown.pk, now=timezone.now())
    page = read_run_page(run=shown, rights=rights, viewer=user_of(request), now=timezone.now())
    context = {"form": form, "page": page, "trail": trail_to_run(shown), "section": "curate"}
    return render(request, template, context)


def _released(runs: list[FeedRun]) -> str:
    others = len(runs) - 1
    if others:
        return f"The run is applied, and {others} of the same file had their turn after it."
    return "The run is released and applied."


def _file_stem(shown: FeedRun) -> str:
    return f"{shown.feed.slug}-{shown.as_of:%Y-%m-%d}-{str(shown.pk)[:8]}"


def _csv(lines: object, file_name: str) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        lines,  # type: ignore[arg-type] # an iterator of text, which Django encodes
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name}"'},
    )
