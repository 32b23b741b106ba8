"""The page on which a feed's mapping is edited, and tried on a file before it counts."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from directory.connectors.ready_mappings import ready_mappings
from directory.connectors.trial import try_mapping
from directory.curating.feeds import set_mapping
from directory.curating.mapping_text import read_mapping, write_mapping
from directory.curating.remit import FeedRefused, FeedRights
from directory.models import Feed
from directory.sync.samples import NotKept, keep_sample, kept_sample
from directory.sync.snapshot import load_vocabulary
from directory.web.curate.doors import open_feed
from directory.web.curate.forms import MappingForm
from directory.web.curate.mapping_page import ROWS_TRIED, TrialPage, read_trial_page
from directory.web.curate.places import feed_url, trail_to_feed
from directory.web.viewer import user_of


@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: HttpRequest, slug: str) -> HttpResponse:
    """Edit, try and save; whoever only delivers may try."""
    now = timezone.now()
    feed, rights = open_feed(request, slug, now=now)
    if request.method != "POST":
        return _page(request, feed, rights, MappingForm(initial={"mapping": _start(request, feed)}))
    form = MappingForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, feed, rights, form)
    try:
        said = read_mapping(text=form.cleaned_data["mapping"])
        if "save" in request.POST:
            set_mapping(feed=feed, mapping=said, actor=user_of(request), now=now)
            messages.success(
                request, "The mapping is saved. Every row of the next delivery is read by it."
            )
            return redirect(feed_url(feed))
    except FeedRefused as refusal:
        form.add_error("mapping", str(refusal))
        return _page(request, feed, rights, form)
    return _try(request, feed, rights, form, said)


def _try(
    request: HttpRequest,
    feed: Feed,
    rights: FeedRights,
    form: MappingForm,
    said: dict[str, Any],
) -> HttpResponse:
    """The mapping on the file that came along, or on the one tried before."""
    upload: UploadedFile[Any] | None = form.cleaned_data["file"]
    digest, name = request.POST.get("sample", ""), request.POST.get("sample_name", "")[:255]
    try:
        if upload is not None:
            digest = keep_sample(feed_id=feed.pk, chunks=upload.chunks())
            name = upload.name or "file"
        path = kept_sample(feed_id=feed.pk, digest=digest)
    except NotKept:
        form.add_error("file", "Choose a file to try the mapping on")
        return _page(request, feed, rights, form)
    trial = try_mapping(
        connector=feed.connector,
        path=path,
        mapping=said,
        vocabulary=load_vocabulary(feed=feed),
        rows=ROWS_TRIED,
        file_name=name,
    )
    sample = {"digest": digest, "name": name}
    return _page(request, feed, rights, form, read_trial_page(trial=trial), sample)


def _start(request: HttpRequest, feed: Feed) -> str:
    """The ready mapping that was chosen, or the feed's own."""
    chosen = ready_mappings().get(request.GET.get("start", ""))
    return chosen.text if chosen else write_mapping(mapping=feed.mapping)


def _page(
    request: HttpRequest,
    feed: Feed,
    rights: FeedRights,
    form: MappingForm,
    trial: TrialPage | None = None,
    sample: dict[str, str] | None = None,
) -> HttpResponse:
    form.mark_faults()
    context = {
        "feed": feed,
        "form": form,
        "may_decide": rights.may_decide and feed.state != Feed.State.RETIRED,
        "ready": ready_mappings().values() if feed.connector == "table" else (),
        "trial": trial,
        "sample": sample,
        "trail": trail_to_feed(feed),
        "section": "curate",
    }
    return render(request, "curate/mapping.html", context)
