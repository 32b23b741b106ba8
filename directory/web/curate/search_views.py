"""The page of what was searched for in vain."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory.search.in_vain import KEPT_DAYS, most_asked
from directory.web.curate.doors import open_desk
from directory.web.curate.places import HOME

_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class SearchLine:
    """Words that found nobody; url: the same search, to see what it finds by now."""

    words: str
    times: int
    last_on: date
    url: str


@require_safe
def searches(request: HttpRequest) -> HttpResponse:
    """Words that found nobody, for those who curate an organisation, or all of them."""
    now = timezone.now()
    if not open_desk(request, now=now).may_read_searches:
        raise Http404
    asked = most_asked(today=timezone.localdate(now), days=_DAYS)
    context = {
        "searches": [
            SearchLine(
                words=one.words,
                times=one.times,
                last_on=one.last_on,
                url=f"{reverse('directory:search')}?{urlencode({'q': one.words})}",
            )
            for one in asked
        ],
        "days": _DAYS,
        "kept_days": KEPT_DAYS,
        "trail": [HOME],
        "section": "curate",
    }
    return render(request, "curate/searches.html", context)
