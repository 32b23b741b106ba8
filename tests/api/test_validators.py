"""Answers a client holds already are not sent again."""

import pytest
from django.test import Client

from directory.models import Person
from tests.api.conftest import Stage


@pytest.fixture
def path(stage: Stage) -> str:
    return f"/api/v1/people/{stage.people['oyelaran'].pk}/"


def test_an_answer_has_a_strong_validator(path: str, reader: Client) -> None:
    etag = reader.get(path)["ETag"]
    assert etag.startswith('"')
    assert reader.get(path)["ETag"] == etag


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
def test_a_client_that_holds_the_answer_is_told_so(form: str, path: str, reader: Client) -> None:
    etag = reader.get(path)["ETag"]
    answer = reader.get(path, headers={"If-None-Match": form.format(etag)})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == etag
    assert answer["Cache-Control"] == "private, no-cache"


def test_a_change_is_sent(path: str, stage: Stage, reader: Client) -> None:
    etag = reader.get(path)["ETag"]
    Person.objects.filter(pk=stage.people["oyelaran"].pk).update(phone="020 7946 0000")
    answer = reader.get(path, headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert answer.json()["phone"] == "020 7946 0000"
    assert answer["ETag"] != etag


def test_other_members_of_the_same_record_are_another_answer(path: str, reader: Client) -> None:
    etag = reader.get(path)["ETag"]
    answer = reader.get(path, {"fields": "email"}, headers={"If-None-Match": etag})
    assert answer.status_code == 200


def test_a_record_that_is_not_what_was_expected_is_refused(path: str, reader: Client) -> None:
    answer = reader.get(path, headers={"If-Match": '"something-else"'})
    assert answer.status_code == 412
    assert answer.json()["type"] == "/api/v1/docs/problems/precondition-failed"


def test_head_is_get_without_its_body(path: str, reader: Client) -> None:
    head = reader.head(path)
    assert head.content == b""
    assert head["ETag"] == reader.get(path)["ETag"]


def test_structure_has_validators_too(stage: Stage, reader: Client) -> None:
    for address in (
        f"/api/v1/teams/{stage.surges.pk}/",
        "/api/v1/organisations/department-for-tides/",
    ):
        etag = reader.get(address)["ETag"]
        assert reader.get(address, headers={"If-None-Match": etag}).status_code == 304
