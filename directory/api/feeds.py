"""
The feed API: a system pushes a delivery to its feed, and follows what becomes of it.

Which organisation it is about, the token says, never the request.
"""

from collections.abc import Iterator
from typing import Any, cast
from uuid import UUID

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from directory.api import feed_descriptions as descriptions
from directory.api.authentication import MayPush, pusher_of
from directory.api.body import body_on_disk
from directory.api.endpoint import Endpoint
from directory.api.feed_filters import DeliveryFilters, PageFilters, PlanFilters, idempotency_key
from directory.api.feed_serializers import (
    PlanLineSerializer,
    RunFaultSerializer,
    RunSerializer,
    TakenRunSerializer,
)
from directory.models import Credential, Feed, FeedRun
from directory.search.cursors import read_cursor, write_cursor
from directory.seen import deliveries
from directory.sync.preview import faults_csv, plan_csv, preview
from directory.sync.submitting import Submission, submit


class CsvRenderer(BaseRenderer):
    """Lets a client ask for CSV; the view streams it."""

    media_type = "text/csv"
    format = "csv"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        """What the view made, as it is."""
        return data


class FeedEndpoint(Endpoint):
    """A resource of the feed that the token is for."""

    permission_classes = [MayPush]

    def credential(self) -> Credential:
        """What the token is for."""
        return pusher_of(request=self.request)

    def feed(self) -> Feed:
        """The feed; the permission has made sure that it is the one in the address."""
        return cast("Feed", self.credential().feed)

    def shown(self, run: FeedRun) -> dict[str, Any]:
        """A run as it goes out."""
        return dict(RunSerializer(run, context=self._context()).data)


class RunsView(FeedEndpoint):
    """The deliveries of a feed."""

    http_method_names = ["get", "head", "options", "post"]
    writes_with = "POST"
    filters = PageFilters

    def parameters(self) -> dict[str, bool]:
        """Those of a delivery, or of a page."""
        taken = DeliveryFilters if self.request.method == "POST" else PageFilters
        return {name: parameter.repeatable for name, parameter in taken.parameters().items()}

    @descriptions.runs
    def get(self, request: Request, slug: str) -> Response:
        """Its runs, the newest first."""
        given = self.given()
        page = deliveries.runs(feed=self.feed(), size=given["size"], cursor=given["cursor"])
        return self.page(
            results=[self.shown(run) for run in page.runs], next_cursor=page.next_cursor
        )

    @descriptions.delivery
    def post(self, request: Request, slug: str) -> Response:
        """Take a delivery; the answer is a run to follow."""
        given = DeliveryFilters.read(given=request.query_params)
        key = idempotency_key(given=request.headers.get("Idempotency-Key"))
        with body_on_disk(request=request._request) as path:
            submitted = submit(
                submission=Submission(
                    feed=self.feed(),
                    path=path,
                    file_name=given["file_name"],
                    as_of=given["as_of"],
                    complete=given["complete"],
                    dry_run=given["dry_run"],
                    channel=FeedRun.Channel.API,
                    idempotency_key=key,
                    expected_rows=given["expected_rows"],
                    submitted_with=self.credential(),
                    now=timezone.now(),
                )
            )
        context = self._context() | {"replayed": submitted.replayed}
        taken = TakenRunSerializer(submitted.run, context=context).data
        return Response(taken, status=202, headers={"Location": taken["url"]})


class RunView(FeedEndpoint):
    """One delivery."""

    @descriptions.run
    def get(self, request: Request, slug: str, run_id: UUID) -> Response:
        """How far it has come, and what came of it."""
        return Response(self.shown(deliveries.run(feed=self.feed(), run_id=run_id)))


class FaultsView(FeedEndpoint):
    """What was wrong with a delivery, row by row."""

    filters = PageFilters
    renderer_classes = [JSONRenderer, CsvRenderer]

    @descriptions.faults
    def get(self, request: Request, slug: str, run_id: UUID) -> HttpResponseBase:
        """A page of its faults; all of them where CSV is asked for."""
        given = self.given()
        run = deliveries.run(feed=self.feed(), run_id=run_id)
        if is_csv_wanted(request):
            return csv_answer(name=f"faults-{run.pk}", lines=faults_csv(run=run))
        page = deliveries.faults(run=run, size=given["size"], cursor=given["cursor"])
        return self.page(
            results=[dict(RunFaultSerializer(fault).data) for fault in page.faults],
            next_cursor=page.next_cursor,
        )


class PlanView(FeedEndpoint):
    """What a delivery does, line by line and field by field."""

    filters = PlanFilters
    renderer_classes = [JSONRenderer, CsvRenderer]

    @descriptions.plan
    def get(self, request: Request, slug: str, run_id: UUID) -> HttpResponseBase:
        """A page of its plan; all of it where CSV is asked for."""
        given = self.given()
        run = deliveries.run(feed=self.feed(), run_id=run_id)
        if is_csv_wanted(request):
            return csv_answer(name=f"plan-{run.pk}", lines=plan_csv(run=run))
        listing = f"plan of {run.pk}"
        last = read_cursor(listing=listing, cursor=given["cursor"])
        page = preview(
            run=run,
            action=given["action"],
            situation=given["situation"],
            after=last[0] if last else 0,
            size=given["size"],
        )
        following = page.next_after
        return self.page(
            results=[dict(PlanLineSerializer(line).data) for line in page.lines],
            next_cursor=write_cursor(listing=listing, key=[following]) if following else "",
            counts=page.counts,
            digest=page.digest,
        )


def is_csv_wanted(request: Request) -> bool:
    """Whether the client asked for CSV."""
    return isinstance(request.accepted_renderer, CsvRenderer)


def csv_answer(*, name: str, lines: Iterator[str]) -> StreamingHttpResponse:
    """Lines of CSV as they are made, however many there are."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
