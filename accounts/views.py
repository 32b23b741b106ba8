"""Pages of sign-in that django-allauth does not bring."""

import logging

from allauth.socialaccount.providers.openid_connect import views as oidc
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe
from requests import RequestException

from accounts.demo_links import WrongDemoLink, user_of_demo_link
from accounts.models import User
from accounts.sessions import end_other_sessions, end_session, sessions_of

_log = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_GET
def demo_sign_in(request: HttpRequest, value: str) -> HttpResponse:
    """Sign in whom a demo link names; in production there is no such page."""
    if settings.IS_PRODUCTION:
        raise Http404
    try:
        user = user_of_demo_link(value=value)
    except WrongDemoLink:
        return render(request, "accounts/demo_link_expired.html", status=410)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect(settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_POST
def single_sign_on(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The way to the provider; where it cannot be reached, the other ways to sign in."""
    try:
        response: HttpResponse = oidc.login(request, provider_id)
    except RequestException as error:
        _log.warning("The single sign-on provider cannot be reached: %s", type(error).__name__)
        return render(request, "accounts/single_sign_on_refused.html", status=503)
    return response


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Where whoever asks is signed in."""
    own = sessions_of(user=_user(request), asking=request.session, now=timezone.now())
    return render(request, "accounts/sessions.html", {"sessions": own, "section": "me"})


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Sign out in another browser, or in all others."""
    chosen = request.POST.get("session", "")
    if chosen == "others":
        end_other_sessions(user=_user(request), asking=request.session)
        messages.success(request, "You are signed out everywhere else.")
    elif end_session(user=_user(request), session_id=chosen):
        messages.success(request, "You are signed out there.")
    else:
        messages.info(request, "You are not signed in there any more.")
    return redirect("accounts:sessions")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101 - middleware let nobody else come here
    return request.user
