"""Nothing but sign-in answers somebody we do not know."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from accounts.models import User

pytestmark = pytest.mark.django_db

#: Names of the views that answer without a sign-in, each for a reason of design §7.
OPEN_VIEWS = {
    "account_login",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_logout",
    "account_inactive",
    "demo",
    "healthz",
    "readyz",
    "accessibility",
    "privacy",
}
EXAMPLES = {
    "uuid": "4d3f0f0e-3d9f-4c3e-9c53-6a8f0d1f2b3c",
    "int": "1",
    "slug": "example",
    "str": "example",
    "path": "example/team",
}


def _patterns(resolver: URLResolver, prefix: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        path = prefix + _example(entry)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, path)
        else:
            yield path, entry


def _example(entry: URLPattern | URLResolver) -> str:
    route = str(entry.pattern)
    if not isinstance(entry.pattern, RoutePattern):
        return route.strip("^$")
    for name, converter in entry.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        value = EXAMPLES.get({"string": "str"}.get(kind, kind), "example")
        for written in (f"<{kind}:{name}>", f"<str:{name}>", f"<{name}>"):
            route = route.replace(written, value)
    return route


def _pages() -> list[tuple[str, URLPattern]]:
    return [
        (path, pattern)
        for path, pattern in _patterns(get_resolver())
        if not path.startswith(("/api/", "/scim/", "/static/", "/metrics"))
    ]


def test_a_signed_out_visitor_is_led_to_sign_in_from_every_page(client: Client) -> None:
    closed = [(path, pattern) for path, pattern in _pages() if pattern.name not in OPEN_VIEWS]
    for path, pattern in closed:
        for method in ("get", "post", "head"):
            response = getattr(client, method)(path)
            assert response.status_code == 302, (method, path, pattern.name)
            assert response["Location"].startswith("/accounts/login/?next=/"), path


def test_every_page_that_needs_no_sign_in_is_on_the_list() -> None:
    unlisted = [
        path
        for path, pattern in _pages()
        if not getattr(pattern.callback, "login_required", True) and pattern.name not in OPEN_VIEWS
    ]
    assert unlisted == []


def test_what_a_signed_in_person_saw_is_kept_in_no_cache(client: Client) -> None:
    client.force_login(User.objects.known_by("ann@example.gov.uk"))
    response = client.get("/")
    assert response.status_code == 200
    assert set(response["Cache-Control"].split(", ")) >= {"no-store", "private"}


def test_a_users_address_is_unique_whatever_its_case() -> None:
    from django.db import IntegrityError, transaction

    User.objects.known_by("ann@example.gov.uk")
    for address in ("Ann@example.gov.uk", "ann@example.gov.uk"):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(email=address)


def test_ready_means_that_no_migration_is_missing(client: Client) -> None:
    from django.db.migrations.recorder import MigrationRecorder

    assert client.get("/readyz").status_code == 200
    MigrationRecorder.Migration.objects.filter(app="knox").delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"not ready: migrations are missing\n"
