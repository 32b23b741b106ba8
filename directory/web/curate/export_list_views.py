"""The page of who downloaded people, and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory.curating.exports import exports_made
from directory.curating.remit import remit_of
from directory.models import SearchExport
from directory.web.curate.places import HOME
from directory.web.page_number import page_number
from directory.web.places import search_url
from directory.web.refusals import bad_address
from directory.web.viewer import user_of

_PER_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class ExportLine:
    """One export; url: the same search, as it finds people now."""

    by: str
    at: datetime
    words: str
    url: str
    reason: str
    people: int


@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """Every export, the newest first, for auditors and administrators."""
    remit = remit_of(user=user_of(request), now=timezone.now())
    if not remit.may_read_exports:
        raise Http404
    number = page_number(request=request)
    if number is None:
        return bad_address(request, problems=("“page” is a whole number from 1.",))
    made, has_more = exports_made(page=number, per_page=_PER_PAGE)
    if number > 1 and not made:
        raise Http404
    here = reverse("curate:exports")
    context = {
        "exports": [_line(one) for one in made],
        "next_url": f"{here}?page={number + 1}" if has_more else "",
        "first_url": here if number > 1 else "",
        # An auditor who curates nothing has no desk to go back to.
        "trail": [HOME] if remit else [],
        "section": "curate" if remit else "exports",
    }
    return render(request, "curate/exports.html", context)


def _line(one: SearchExport) -> ExportLine:
    return ExportLine(
        by=one.by.email,
        at=one.at,
        words=one.words,
        url=search_url(one.asked),
        reason=one.reason,
        people=one.people,
    )
