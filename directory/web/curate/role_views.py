"""The pages of roles: who holds which, giving one, taking one away, confirming an administrator."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from directory.curating.remit import remit_of
from directory.curating.roles import (
    GIVEN,
    LONGEST_DAYS,
    NoSuchRole,
    RoleRefused,
    decide_proposal,
    give_role,
    grant_for,
    grants_within,
    take_role,
    waiting_proposals,
)
from directory.models import Grant
from directory.web.curate.forms import ReasonForm
from directory.web.curate.places import HOME
from directory.web.design_form import DesignForm, form_page
from directory.web.places import Place
from directory.web.second_factor import confirmed
from directory.web.viewer import user_of

ROLES = Place(label="Roles", url="/curate/roles")
#: So many are shown: more than anybody reads.
MOST_SHOWN = 500


class RoleForm(DesignForm):
    """Who is to hold which role, on what, until when, and why."""

    email = forms.CharField(label="Their work e-mail address", max_length=254)
    role = forms.ChoiceField(label="Role", choices=[(role.value, role.label) for role in GIVEN])
    on = forms.CharField(
        label="On",
        required=False,
        max_length=200,
        help_text="The end of the address of an organisation’s page for a curator, of a feed’s for"
        " an operator, of a team’s with its organisation for a team leader. Leave it empty for"
        " auditors and administrators.",
    )
    until = forms.DateField(
        label="Last day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=f"At most {LONGEST_DAYS} days from now.",
        error_messages={"required": "Enter the last day of the role", "invalid": "Enter a date"},
    )
    reason = forms.CharField(label="Why", max_length=500)


@form_page
@confirmed
def roles(request: HttpRequest) -> HttpResponse:
    """Who holds a role that they look after, and a new one."""
    now = timezone.now()
    actor = user_of(request)
    remit = remit_of(user=actor, now=now)
    if not remit.may_grant:
        raise Http404
    a_year = timezone.localdate(now) + timedelta(days=LONGEST_DAYS - 1)
    form = RoleForm(request.POST or None, initial={"until": a_year})
    if form.is_valid():
        try:
            given = give_role(**form.cleaned_data, actor=actor, now=now)
        except RoleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            email = form.cleaned_data["email"]
            done = f"{email} holds the role from now on."
            if given.proposal:
                done = f"{email} is proposed. Another administrator has to confirm it."
            messages.success(request, done)
            return redirect("curate:roles")
    form.mark_faults()
    held = grants_within(remit=remit, now=now).select_related(
        "user", "organisation", "team__organisation", "feed", "granted_by"
    )
    context = {
        "form": form,
        "grants": held[:MOST_SHOWN],
        "proposals": waiting_proposals() if remit.everywhere else (),
        "trail": (HOME,),
        "section": "curate",
    }
    return render(request, "curate/roles.html", context)


@form_page
@confirmed
def take(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """A role ends."""
    now, actor = timezone.now(), user_of(request)
    try:
        grant = grant_for(user=actor, grant_id=grant_id, now=now)
    except NoSuchRole:
        raise Http404 from None
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            take_role(grant_id=grant_id, reason=reason, actor=actor, now=now)
        except RoleRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{grant.user.email} does not hold the role any more.")
            return redirect(_back(grant, request))
    form.mark_faults()
    context = {"form": form, "grant": grant, "trail": (HOME, ROLES), "section": "curate"}
    return render(request, "curate/take_role.html", context)


@require_POST
@confirmed
def decide(request: HttpRequest, proposal_id: UUID) -> HttpResponse:
    """A second administrator confirms or refuses one who is proposed."""
    confirm = request.POST.get("decision") == "confirm"
    try:
        proposal = decide_proposal(
            proposal_id=proposal_id, confirm=confirm, actor=user_of(request), now=timezone.now()
        )
    except NoSuchRole:
        raise Http404 from None
    except RoleRefused as refusal:
        messages.error(request, str(refusal))
    else:
        became = "is an administrator" if confirm else "was refused"
        messages.success(request, f"{proposal.user.email} {became}.")
    return redirect("curate:roles")


def _back(grant: Grant, request: HttpRequest) -> str:
    """Whoever laid down their own role may not see the list any more."""
    return "directory:home" if grant.user_id == user_of(request).pk else "curate:roles"
