"""The pages of somebody's saved searches; another's are not there for them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from directory.saved_searches.keeping import (
    BadName,
    NoSuchSearch,
    SavingRefused,
    TooManyMatch,
    forget_search,
    mark_seen,
    rename_search,
    save_search,
    search_of,
    switch_digest,
)
from directory.search.find import QueryTooLong, SearchTooSlow
from directory.web.refusals import bad_address
from directory.web.saved_search_page import SearchNameForm, read_saved_searches_page
from directory.web.search_request import SearchRefused, read_search_request
from directory.web.viewer import user_of

LIST = "directory:saved-searches"
_TOO_SLOW = "This search takes too long just now. Nothing was changed; try again in a moment."


@require_http_methods(["GET", "HEAD", "POST"])
def searches(request: HttpRequest) -> HttpResponse:
    """All of them; a search that is sent is saved."""
    if request.method == "POST":
        return _save(request)
    page = read_saved_searches_page(user=user_of(request), now=timezone.now())
    return render(request, "directory/saved_searches.html", {"page": page, "section": "saved"})


def _save(request: HttpRequest) -> HttpResponse:
    try:
        asked = read_search_request(given=QueryDict(request.POST.get("search", "")))
        if asked.tab != "people":
            return bad_address(request, problems=("Only searches for people can be saved.",))
        saved = save_search(user=user_of(request), query=asked.query, now=timezone.now())
    except SearchRefused as refusal:
        return bad_address(request, problems=refusal.problems)
    except SavingRefused as refusal:
        messages.error(request, str(refusal))
        return redirect(LIST)
    except SearchTooSlow:
        messages.error(request, _TOO_SLOW)
        return redirect(LIST)
    name = f"“{saved.search.name}”"
    if not saved.is_new:
        messages.info(request, f"You saved this search before, as {name}.")
    elif saved.search.digest:
        messages.success(
            request,
            f"{name} is saved. When new people match, an e-mail tells you, once a day at most.",
        )
    else:
        messages.success(
            request,
            f"{name} is saved, without e-mails: too many people match to tell you who is new.",
        )
    return redirect(asked.at(cursor=""))


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """One of them gets another name."""
    try:
        search = search_of(user=user_of(request), search_id=search_id)
        form = SearchNameForm(request.POST or None, initial={"name": search.name})
        if form.is_valid():
            name = form.cleaned_data["name"]
            renamed = rename_search(user=user_of(request), search_id=search_id, name=name)
            messages.success(request, f"The search is called “{renamed.name}” now.")
            return redirect(LIST)
    except NoSuchSearch:
        raise Http404 from None
    except BadName as refusal:
        form.add_error("name", str(refusal))
    form.mark_faults()
    context = {"form": form, "search": search, "section": "saved"}
    return render(request, "directory/rename_search.html", context)


@require_POST
def digest(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """E-mails about one of them begin or stop."""
    wanted = request.POST.get("digest")
    if wanted not in ("on", "off"):
        return bad_address(request, problems=("“digest” is “on” or “off”.",))
    try:
        search = switch_digest(
            user=user_of(request), search_id=search_id, on=wanted == "on", now=timezone.now()
        )
    except NoSuchSearch:
        raise Http404 from None
    except TooManyMatch as refusal:
        messages.error(request, str(refusal))
    except (SearchTooSlow, QueryTooLong):
        messages.error(request, _TOO_SLOW)
    else:
        does = "You get e-mails" if search.digest else "You get no more e-mails"
        messages.success(request, f"{does} about “{search.name}”.")
    return redirect(LIST)


@require_POST
def seen(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """Whoever matches one of them now is not new any more."""
    try:
        search = mark_seen(user=user_of(request), search_id=search_id, now=timezone.now())
    except NoSuchSearch:
        raise Http404 from None
    except (SearchTooSlow, QueryTooLong):
        messages.error(request, _TOO_SLOW)
    else:
        messages.success(request, f"Nobody in “{search.name}” counts as new now.")
    return redirect(LIST)


@require_POST
def delete(request: HttpRequest, search_id: UUID) -> HttpResponse:
    """One of them goes."""
    try:
        gone = forget_search(user=user_of(request), search_id=search_id)
    except NoSuchSearch:
        raise Http404 from None
    messages.success(request, f"“{gone.name}” is deleted.")
    return redirect(LIST)
