"""The pages of feeds: lists, one feed, and what is decided about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory.curating.feeds import create_feed, pause, rename, resume, retire
from directory.curating.limits import limits_of, set_limits
from directory.curating.remit import FeedRefused
from directory.curating.tokens import issue_token, replace_token, withdraw_token
from directory.models import Credential, Feed
from directory.web.curate.doors import open_desk, open_feed
from directory.web.curate.feed_list import read_feed_lines, read_notice_lines
from directory.web.curate.feed_page import read_feed_page, token_lines
from directory.web.curate.forms import (
    LimitsForm,
    NameForm,
    NewFeedForm,
    ReasonForm,
    TokenForm,
)
from directory.web.curate.places import FEEDS, HOME, feed_url, trail_to_feed
from directory.web.design_form import DesignForm, form_page
from directory.web.page_number import page_number
from directory.web.refusals import bad_address
from directory.web.second_factor import confirmed
from directory.web.viewer import user_of


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What somebody looks after, and what of it needs them."""
    now = timezone.now()
    remit = open_desk(request, now=now)
    lines = read_feed_lines(remit=remit)
    context = {
        "notices": read_notice_lines(user=user_of(request), now=now),
        "waiting": [line for line in lines if line.needs],
        "feeds": len(lines),
        "may_create": remit.may_create,
        "may_read_searches": remit.may_read_searches,
        "section": "curate",
    }
    return render(request, "curate/home.html", context)


@require_safe
def feeds(request: HttpRequest) -> HttpResponse:
    """Every feed they look after."""
    remit = open_desk(request, now=timezone.now())
    context = {
        "feeds": read_feed_lines(remit=remit),
        "may_create": remit.may_create,
        "trail": [HOME],
        "section": "curate",
    }
    return render(request, "curate/feeds.html", context)


@form_page
def new_feed(request: HttpRequest) -> HttpResponse:
    """A feed is made."""
    now = timezone.now()
    remit = open_desk(request, now=now)
    if not remit.may_create:
        raise Http404
    form = NewFeedForm(request.POST or None, organisations=remit.organisations())
    if form.is_valid():
        try:
            made = create_feed(**form.cleaned_data, mapping={}, actor=user_of(request), now=now)
        except FeedRefused as refusal:
            form.add_error("slug", str(refusal))
        else:
            messages.success(request, f"{made} is ready: upload its first file.")
            return redirect(feed_url(made))
    return _form(request, "curate/new_feed.html", form, trail=[HOME, FEEDS])


@require_safe
def feed(request: HttpRequest, slug: str) -> HttpResponse:
    """One feed."""
    now = timezone.now()
    number = page_number(request=request)
    if number is None:
        return bad_address(request, problems=("“page” is a whole number from 1.",))
    shown, rights = open_feed(request, slug, now=now)
    page = read_feed_page(feed=shown, rights=rights, page=number, now=now)
    if number > 1 and not page.runs:
        raise Http404
    return render(request, "curate/feed.html", {"page": page, "section": "curate"})


@form_page
def limits(request: HttpRequest, slug: str) -> HttpResponse:
    """What a run may do by itself."""
    now = timezone.now()
    held, _ = open_feed(request, slug, now=now, to_decide=True)
    current = limits_of(feed=held)
    initial = {name: getattr(current, name) for name in LimitsForm.base_fields}
    form = LimitsForm(request.POST or None, initial=initial)
    return _change(
        request,
        held,
        form,
        "curate/limits.html",
        act=lambda: set_limits(feed=held, limits=form.limits(), actor=user_of(request), now=now),
        done="The limits are saved. The next run is judged by them.",
    )


@form_page
def name(request: HttpRequest, slug: str) -> HttpResponse:
    """What the feed is called."""
    now = timezone.now()
    held, _ = open_feed(request, slug, now=now, to_decide=True)
    form = NameForm(request.POST or None, initial={"name": str(held)})
    return _change(
        request,
        held,
        form,
        "curate/name.html",
        act=lambda: rename(
            feed=held, name=form.cleaned_data["name"], actor=user_of(request), now=now
        ),
        done="The new name is saved.",
    )


@form_page
def pause_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """No deliveries until further notice."""
    now = timezone.now()
    held, _ = open_feed(request, slug, now=now, to_decide=True)
    form = ReasonForm(request.POST or None)
    return _change(
        request,
        held,
        form,
        "curate/pause.html",
        act=lambda: pause(
            feed=held, reason=form.cleaned_data["reason"], actor=user_of(request), now=now
        ),
        done="The feed is paused. Deliveries are refused until you resume it.",
    )


@form_page
def resume_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """Deliveries again."""
    now = timezone.now()
    held, _ = open_feed(request, slug, now=now, to_decide=True)
    form = DesignForm(request.POST if request.method == "POST" else None)
    return _change(
        request,
        held,
        form,
        "curate/resume.html",
        act=lambda: resume(feed=held, actor=user_of(request), now=now),
        done="The feed is live. It takes deliveries again.",
    )


@form_page
@confirmed
def retire_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """The end of a feed; nobody leaves by it."""
    now = timezone.now()
    held, _ = open_feed(request, slug, now=now, to_decide=True)
    form = ReasonForm(request.POST or None)
    return _change(
        request,
        held,
        form,
        "curate/retire.html",
        act=lambda: retire(
            feed=held, reason=form.cleaned_data["reason"], actor=user_of(request), now=now
        ),
        done="The feed is retired. Its people and posts stay as they are.",
    )


@form_page
@confirmed
def tokens(request: HttpRequest, slug: str) -> HttpResponse:
    """
    The feed's tokens, and a new one.

    The answer to the form is the page itself: the secret is kept nowhere, so no other page
    could show it.
    """
    now = timezone.now()
    held, _ = open_feed(request, slug, now=now, to_decide=True)
    form = TokenForm(request.POST or None)
    issued = None
    if form.is_valid():
        actor, replaced = user_of(request), form.cleaned_data.pop("replaces")
        try:
            if replaced:
                days = form.cleaned_data["expires_days"]
                issued = replace_token(
                    feed=held, credential_id=replaced, expires_days=days, actor=actor, now=now
                )
            else:
                issued = issue_token(feed=held, **form.cleaned_data, actor=actor, now=now)
        except FeedRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            form = TokenForm()
    return _form(
        request,
        "curate/tokens.html",
        form,
        trail=trail_to_feed(held),
        feed=held,
        issued=issued,
        tokens=token_lines(feed=held, now=now),
    )


@form_page
def withdraw(request: HttpRequest, slug: str, credential_id: UUID) -> HttpResponse:
    """A token opens nothing any more."""
    now = timezone.now()
    held, _ = open_feed(request, slug, now=now, to_decide=True)
    credential = Credential.objects.filter(pk=credential_id, feed=held).first()
    if credential is None:
        raise Http404
    form = DesignForm(request.POST if request.method == "POST" else None)
    return _change(
        request,
        held,
        form,
        "curate/withdraw.html",
        act=lambda: withdraw_token(
            feed=held, credential_id=credential_id, actor=user_of(request), now=now
        ),
        done=f"The token of {credential.name} opens nothing any more.",
        credential=credential,
    )


def _change(
    request: HttpRequest,
    held: Feed,
    form: DesignForm,
    template: str,
    *,
    act: Callable[[], object],
    done: str,
    **context: Any,
) -> HttpResponse:
    """A form that changes the feed and leads back to its page."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except FeedRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(feed_url(held))
    return _form(request, template, form, trail=trail_to_feed(held), feed=held, **context)


def _form(request: HttpRequest, template: str, form: DesignForm, **context: Any) -> HttpResponse:
    form.mark_faults()
    return render(request, template, {"form": form, "section": "curate", **context})
