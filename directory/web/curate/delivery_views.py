"""The page on which somebody delivers a file from their desk."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from directory.models import Feed, FeedRun
from directory.sync.receiving import FeedPaused, FeedRetired
from directory.sync.submitting import FileTooLarge, Submission, submit
from directory.web.curate.doors import open_feed
from directory.web.curate.forms import UploadForm
from directory.web.curate.places import run_url, trail_to_feed
from directory.web.curate.uploads import on_disk
from directory.web.viewer import user_of


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """A file is delivered; what becomes of it, its run's page tells."""
    now = timezone.now()
    feed, _ = open_feed(request, slug, now=now)
    today = timezone.localdate(now)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        today=today,
        initial={"as_of": today, "dry_run": "try"},
    )
    if feed.state == Feed.State.LIVE and form.is_valid():
        said, file = form.cleaned_data, form.cleaned_data["file"]
        assert isinstance(file, UploadedFile)  # noqa: S101 - what a FileField cleans to
        try:
            with on_disk(upload=file) as path:
                done = submit(
                    submission=Submission(
                        feed=feed,
                        path=path,
                        file_name=file.name or "upload",
                        as_of=said["as_of"],
                        complete=said["complete"],
                        dry_run=said["dry_run"],
                        channel=FeedRun.Channel.PAGE,
                        submitted_by=user_of(request),
                        now=now,
                    )
                )
        except (FileTooLarge, FeedPaused, FeedRetired) as refusal:
            form.add_error("file", str(refusal))
        else:
            if done.replayed:
                messages.info(request, "This very file was delivered before: here is its run.")
            return redirect(run_url(done.run.pk))
    form.mark_faults()
    context = {"feed": feed, "form": form, "trail": trail_to_feed(feed), "section": "curate"}
    return render(request, "curate/upload.html", context)
