"""The doors to the pages: whoever may not open one is told what they would be told of nothing."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest

from directory.curating.remit import FeedNotFound, FeedRights, Remit, feed_for, remit_of, run_for
from directory.models import Feed, FeedRun
from directory.web.viewer import user_of


def open_desk(request: HttpRequest, *, now: datetime) -> Remit:
    """
    What the person may curate.

    :raises Http404: if that is nothing.
    """
    remit = remit_of(user=user_of(request), now=now)
    if not remit:
        raise Http404
    return remit


def open_feed(
    request: HttpRequest, slug: str, *, now: datetime, to_decide: bool = False
) -> tuple[Feed, FeedRights]:
    """
    A feed and what the person may do with it.

    to_decide: the page is for those who decide about the feed.

    :raises Http404: if there is none for them.
    """
    try:
        feed, rights = feed_for(user=user_of(request), slug=slug, now=now)
    except FeedNotFound:
        raise Http404 from None
    if to_decide and not rights.may_decide:
        raise Http404
    return feed, rights


def open_run(
    request: HttpRequest, run_id: UUID, *, now: datetime, to_decide: bool = False
) -> tuple[FeedRun, FeedRights]:
    """
    A run and what the person may do with its feed.

    :raises Http404: if there is none for them.
    """
    try:
        run, rights = run_for(user=user_of(request), run_id=run_id, now=now)
    except FeedNotFound:
        raise Http404 from None
    if to_decide and not rights.may_decide:
        raise Http404
    return run, rights
