"""Pushes that come twice, in parts, or by a method that is none: applied once, or never."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLResolver, get_resolver

from directory.grants import issue_token
from directory.models import Feed, FeedRun, Team
from directory.sync.delivering import deliver
from tests.stories.bad_deliveries.catalogue import Case, Ending, answers, ended
from tests.stories.bad_deliveries.department import (
    NOW,
    Department,
    Unchanged,
    carried_out,
    colleagues,
    everybody,
    in_post,
    line,
    make_department,
    person,
    push,
    pusher_of,
    refused,
    with_phone,
    written,
)

pytestmark = pytest.mark.django_db


@answers("API-015", "API-017", ends=Ending.REPLAYED)
def test_the_same_request_again_is_the_same_run(case: Case, department: Department) -> None:
    """One after the other; `tests/api/feeds/test_once.py` has twelve threads send it at once."""
    sent = line(grade="HEO")
    first = push(department, sent, idempotency_key="one")
    assert push(department, sent, idempotency_key="one").json()["replayed"] is True
    run = carried_out(first)
    before = Unchanged()
    for _ in range(12):
        again = push(department, sent, idempotency_key="one")
        assert (again.json()["id"], again.json()["replayed"]) == (str(run.pk), True)
        assert again.json()["state"] == "applied"
        deliver(run_id=run.pk, now=NOW)
    before.check()


@answers("API-016", ends=Ending.REFUSED)
def test_a_key_names_one_request(case: Case, department: Department) -> None:
    push(department, line(), idempotency_key="one")
    before, runs = Unchanged(), FeedRun.objects.count()
    answer = push(department, line(grade="HEO"), idempotency_key="one")
    assert answer.status_code == 422
    assert answer.json()["type"].endswith("/idempotency-key-reused")
    assert FeedRun.objects.count() == runs
    before.check()


SESSIONS = "There are no upload sessions: a part is a delivery of its own, and never complete."


@answers("API-018", ends=Ending.REFUSED, because=SESSIONS)
def test_a_part_that_never_arrives_makes_nobody_a_leaver(
    case: Case, department: Department
) -> None:
    before = Unchanged()
    client = department.client()
    for address in ("sessions/", "sessions/1/chunks/3"):
        answer = client.post(f"/api/v1/feeds/{department.feed.slug}/{address}", "", "text/csv")
        assert answer.status_code in (403, 404)
    assert push(department, line(), query="session=1&chunk=3").status_code == 400
    torn = written(everybody()[:60])
    run = refused(department, torn, query="complete=true&expected_rows=100", media_type="text/csv")
    assert run.failure_code == "row_count_mismatch"
    parts = [everybody()[:40], everybody()[40:80]]
    for part in parts:
        carried_out(push(department, written(part), media_type="text/csv"))
    before.check()


@answers("API-019", ends=Ending.APPLIED, because=SESSIONS)
def test_parts_may_come_in_any_order_and_twice(case: Case, department: Department) -> None:
    other = make_department(department.folder, slug="other", people=0)
    newcomers = [r | {"source_key": f"N{n}", "email": ""} for n, r in enumerate(colleagues(30))]
    parts = [written(newcomers[start : start + 10]) for start in (0, 10, 20)]
    foreign = push(department, parts[0], media_type="text/csv", client=pusher_of(other.feed))
    assert foreign.status_code == 403
    for part in (parts[2], parts[0], parts[2], parts[1]):
        run = carried_out(push(department, part, media_type="text/csv"))
        assert run.counts["departures"] == 0
    assert ended(run) is case.ends
    assert in_post() == 130


@answers(
    "API-020",
    ends=Ending.APPLIED,
    because="The second is taken and queued, and carried out after the first, never between.",
)
def test_two_whole_deliveries_are_carried_out_one_after_the_other(
    case: Case, department: Department
) -> None:
    query = "complete=true&as_of=2026-04-02"
    both = [
        push(department, written(with_phone(phone)), query=query, media_type="text/csv")
        for phone in ("020 7946 1111", "020 7946 2222")
    ]
    assert [answer.status_code for answer in both] == [202, 202]
    runs = [carried_out(answer) for answer in both]
    assert [ended(run) for run in runs] == [case.ends] * 2
    assert runs[1].base_run == runs[0]
    assert person("S1").phone == "020 7946 2222"


@answers(
    "API-023",
    ends=Ending.REFUSED,
    because="A machine writes no profile but through its feed: 405, with If-Match or without.",
)
@pytest.mark.parametrize("method", ["PUT", "PATCH"])
def test_no_profile_is_written_but_through_a_feed(
    case: Case, method: str, department: Department
) -> None:
    before = Unchanged()
    token = issue_token(name="Intranet", expires_days=9000, now=NOW).token
    for sender in (department.client(), Client(headers={"Authorization": f"Bearer {token}"})):
        for headers in ({}, {"If-Match": '"old"'}):
            address = f"/api/v1/people/{person('K1').pk}/"
            answer = sender.generic(
                method, address, '{"phone": "1"}', "application/json", headers=headers
            )
            assert answer.status_code in (403, 405)
    assert answer.status_code == 405
    before.check()


def routes(resolver: URLResolver | None = None, prefix: str = "/") -> Iterator[str]:
    """Every address there is, what is variable in angle brackets."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route


@answers("API-029", ends=Ending.REFUSED)
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "POST"])
def test_no_resource_takes_a_method_that_it_does_not_name(
    case: Case, method: str, department: Department
) -> None:
    before = Unchanged()
    token = issue_token(name="Intranet", expires_days=9000, now=NOW).token
    reader = Client(headers={"Authorization": f"Bearer {token}"})
    addresses = [route for route in routes() if route.startswith("/api/v1/")]
    assert len(addresses) > 10
    for route in addresses:
        cache.clear()
        sender = department.client() if "/feeds/" in route else reader
        address = _filled(route, department.feed)
        if method == "POST" and address == department.runs:
            continue
        answer = sender.generic(method, address)
        assert answer.status_code == 405, (method, address)
        assert "GET" in answer["Allow"], address
        overridden = sender.get(address, headers={"X-HTTP-Method-Override": "DELETE"})
        assert overridden.status_code in (200, 400, 404), address
    before.check()


def _filled(route: str, feed: Feed) -> str:
    parts = {
        "<uuid:person_id>": str(person("K1").pk),
        "<uuid:team_id>": str(Team.objects.get().pk),
        "<uuid:run_id>": str(FeedRun.objects.filter(feed=feed)[0].pk),
        "<slug:name>": "not-found",
        "<word:slug>": "quay-law",
        "<slug:slug>": feed.slug if "/feeds/" in route else feed.organisation.slug,
    }
    for part, value in parts.items():
        route = route.replace(part, value)
    assert "<" not in route, route
    return route
