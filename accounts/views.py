"""Pages of sign-in that django-allauth does not bring."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts.demo_links import WrongDemoLink, user_of_demo_link


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
