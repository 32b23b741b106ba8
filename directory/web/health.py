"""Whether the process is alive, and whether it can do its work."""

from functools import cache

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; the database is not asked."""
    return HttpResponse("alive\n", content_type="text/plain")


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and holds every migration of this version; 503 otherwise."""
    try:
        missing = _migrations() - set(MigrationRecorder(connection).applied_migrations())
    except DatabaseError:
        return _not_ready("the database does not answer")
    if missing:
        return _not_ready("migrations are missing")
    return HttpResponse("ready\n", content_type="text/plain")


def _not_ready(reason: str) -> HttpResponse:
    return HttpResponse(f"not ready: {reason}\n", content_type="text/plain", status=503)


@cache
def _migrations() -> frozenset[tuple[str, str]]:
    """App and name of every migration on disk, which does not change while we run."""
    return frozenset(MigrationLoader(None).disk_migrations)
