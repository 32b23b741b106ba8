"""The pages on which a feed's people get the keys of a new HR system: look first, then do it."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from directory.curating.keys import KeyPreview, KeysRefused, preview_keys, replace_keys
from directory.curating.remit import FeedRefused
from directory.models import Feed
from directory.sync.samples import NotKept, forget_sample, keep_sample, kept_sample
from directory.web.curate.doors import open_feed
from directory.web.curate.forms import KeysForm, ReasonForm
from directory.web.curate.places import feed_url, trail_to_feed
from directory.web.design_form import DesignForm
from directory.web.second_factor import confirmed
from directory.web.viewer import user_of


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def keys(request: HttpRequest, slug: str) -> HttpResponse:
    """The file is chosen and looked at, or, once it was, followed."""
    now = timezone.now()
    feed, _ = open_feed(request, slug, now=now, to_decide=True)
    if "digest" in request.POST:
        return _follow(request, feed, request.POST["digest"])
    form = KeysForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, feed, form)
    upload: UploadedFile[Any] = form.cleaned_data["file"]
    digest = keep_sample(feed_id=feed.pk, chunks=upload.chunks())
    try:
        shown = preview_keys(
            feed=feed,
            path=kept_sample(feed_id=feed.pk, digest=digest),
            actor=user_of(request),
            now=now,
        )
    except FeedRefused as refusal:
        forget_sample(feed_id=feed.pk, digest=digest)
        return _refused(request, feed, form, refusal)
    return _confirm(request, feed, ReasonForm(), shown, digest)


def _follow(request: HttpRequest, feed: Feed, digest: str) -> HttpResponse:
    """The kept file is followed."""
    now, form = timezone.now(), ReasonForm(request.POST)
    try:
        path = kept_sample(feed_id=feed.pk, digest=digest)
        if not form.is_valid():
            shown = preview_keys(feed=feed, path=path, actor=user_of(request), now=now)
            return _confirm(request, feed, form, shown, digest)
        done = replace_keys(
            feed=feed,
            path=path,
            reason=form.cleaned_data["reason"],
            actor=user_of(request),
            now=now,
        )
    except (FeedRefused, NotKept) as refusal:
        return _refused(request, feed, KeysForm(), refusal)
    forget_sample(feed_id=feed.pk, digest=digest)
    messages.success(
        request,
        f"{done.counts.people} people have their new keys. From now on, send files with them.",
    )
    return redirect(feed_url(feed))


def _refused(
    request: HttpRequest, feed: Feed, form: DesignForm, refusal: Exception
) -> HttpResponse:
    if form.is_bound:
        form.add_error("file", str(refusal))
    problems = refusal.problems if isinstance(refusal, KeysRefused) else ()
    return _page(request, feed, form, problems=problems, refusal="" if form.is_bound else refusal)


def _page(request: HttpRequest, feed: Feed, form: DesignForm, **context: object) -> HttpResponse:
    form.mark_faults()
    context |= {"feed": feed, "form": form, "trail": trail_to_feed(feed), "section": "curate"}
    return render(request, "curate/keys.html", context)


def _confirm(
    request: HttpRequest, feed: Feed, form: DesignForm, shown: KeyPreview, digest: str
) -> HttpResponse:
    form.mark_faults()
    context = {
        "feed": feed,
        "form": form,
        "shown": shown,
        "digest": digest,
        "trail": trail_to_feed(feed),
        "section": "curate",
    }
    return render(request, "curate/keys_confirm.html", context)
