"""Links that sign the demo's cast in, and do nothing anywhere else."""

import time
from unittest import mock

import pytest
from django.core.signing import TimestampSigner
from django.test import Client
from pytest_django import Settings

from accounts.demo_links import demo_link
from accounts.models import User

pytestmark = pytest.mark.django_db

WEEK_SECONDS = 7 * 24 * 60 * 60


@pytest.fixture
def link() -> str:
    """A link of somebody invented."""
    return demo_link(user=User.objects.known_by("ann@example.gov.uk"))


def test_a_demo_link_signs_in_with_one_click(client: Client, link: str) -> None:
    response = client.get(link)
    assert response["Location"] == "/"
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_demo_links_do_not_exist_in_production(
    client: Client, link: str, settings: Settings
) -> None:
    settings.IS_PRODUCTION = True
    assert client.get(link).status_code == 404
    assert "_auth_user_id" not in client.session


def test_an_altered_link_signs_nobody_in(client: Client, link: str) -> None:
    other = User.objects.known_by("other@example.gov.uk")
    own = User.objects.get(email="ann@example.gov.uk")
    altered = link.replace(f"/{own.pk}:", f"/{other.pk}:")
    assert altered != link
    assert client.get(altered).status_code == 410
    assert "_auth_user_id" not in client.session


def test_a_value_signed_for_another_purpose_signs_nobody_in(client: Client, link: str) -> None:
    value = TimestampSigner(salt="password reset").sign(str(User.objects.get().pk))
    assert client.get(f"/accounts/demo/{value}/").status_code == 410


def test_a_link_works_for_a_week(client: Client, link: str) -> None:
    with mock.patch("time.time", return_value=time.time() + WEEK_SECONDS - 60):
        assert Client().get(link).status_code == 302
    with mock.patch("time.time", return_value=time.time() + WEEK_SECONDS + 60):
        assert client.get(link).status_code == 410


def test_the_link_of_somebody_who_left_signs_nobody_in(client: Client, link: str) -> None:
    User.objects.update(is_active=False)
    assert client.get(link).status_code == 410
