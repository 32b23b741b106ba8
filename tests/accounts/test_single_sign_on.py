"""Single sign-on with a real provider: a second instance of the project, in its own process."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings as project
from django.db import connections
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import User
from tests.processes import command, environment, wait_for
from tests.provider.client import CLIENT_ID, CLIENT_SECRET
from tests.web.reading import text_of

LOGIN = "/accounts/single-sign-on/government/login/"
HERE = "http://testserver"


@dataclass(frozen=True, slots=True)
class Provider:
    """Where it is, and a link of its own that signs each of its users in there."""

    url: str
    links: dict[str, str]

    def vouches(self, client: Client, address: str) -> Any:
        """The answer of ours to somebody whom it vouches for, who signed in there."""
        browser = requests.Session()
        browser.get(f"{self.url}{self.links[address]}", timeout=10)
        there = client.post(LOGIN)["Location"]
        assert there.startswith(f"{self.url}/identity/o/authorize?")
        back = browser.get(there, timeout=10, allow_redirects=False).headers["Location"]
        assert back.startswith(f"{HERE}{LOGIN}callback/?")
        return client.get(back.removeprefix(HERE))


@pytest.fixture(scope="module")
def provider(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: Any
) -> Iterator[Provider]:
    """A second instance with a database of its own."""
    folder: Path = tmp_path_factory.mktemp("provider")
    with django_db_blocker.unblock():
        name = f"{connections['owner'].settings_dict['NAME']}_provider"
        _recreate(name)
        variables = _variables(name, folder)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    variables["PUBLIC_URL"] = url = f"http://127.0.0.1:{port}"
    _run(variables, "migrate", "--verbosity=0")
    filled = subprocess.run(
        [sys.executable, "-m", "tests.provider.fill", f"{HERE}{LOGIN}callback/"],
        env=variables, cwd=project.PROJECT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    server = subprocess.Popen(
        command("runserver", "--noreload", f"127.0.0.1:{port}"),
        env=variables, cwd=project.PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(lambda: _answers(f"{url}/healthz"), seconds=90)
        yield Provider(url, dict(line.split() for line in filled.stdout.splitlines()))
    finally:
        server.terminate()
        server.wait()
        with django_db_blocker.unblock():
            _drop(name)


@pytest.fixture
def signing_on(provider: Provider, settings: Any) -> Provider:
    """Ours, configured to sign people in with it."""
    app = {
        "provider_id": "government", "name": "GovID", "client_id": CLIENT_ID,
        "secret": CLIENT_SECRET, "settings": {"server_url": provider.url},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    return provider


@pytest.mark.django_db
def test_whom_the_provider_vouches_for_is_the_user_of_the_verified_address(
    signing_on: Provider, client: Client
) -> None:
    known = User.objects.known_by("ann.smith@example.gov.uk")
    assert "Sign in with GovID" in text_of(client.get("/accounts/login/"))
    answer = signing_on.vouches(client, known.email)
    assert answer["Location"] == "/"
    assert client.session["_auth_user_id"] == str(known.pk)
    # And again, as the same user, in another browser.
    again = Client()
    signing_on.vouches(again, known.email)
    assert again.session["_auth_user_id"] == str(known.pk)
    assert User.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["bo.lind@example.gov.uk", "cy.gray@elsewhere.example"])
def test_an_address_that_is_not_verified_or_not_ours_signs_nobody_in(
    address: str, signing_on: Provider, client: Client
) -> None:
    answer = signing_on.vouches(client, address)
    assert answer.status_code == 403
    assert "You were not signed in" in text_of(answer)
    assert "_auth_user_id" not in client.session
    assert not User.objects.exists()


@pytest.mark.django_db
def test_an_answer_that_nobody_asked_for_signs_nobody_in(
    signing_on: Provider, client: Client
) -> None:
    answer = client.get(f"{LOGIN}callback/?code=stolen&state=forged")
    assert answer.status_code == 403
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_a_provider_that_does_not_answer_is_no_fault_of_ours(
    signing_on: Provider, client: Client, settings: Any
) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
    app["settings"] = {"server_url": "http://127.0.0.1:9"}
    answer = client.post(LOGIN)
    assert answer.status_code == 503
    assert "You were not signed in" in text_of(answer)


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _variables(name: str, folder: Path) -> dict[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    ours = environment(state_dir=folder)
    tests = f"/{connections['default'].settings_dict['NAME']}?"
    return {
        **ours,
        "DATABASE_URL": ours["DATABASE_URL"].replace(tests, f"/{name}?"),
        "DATABASE_OWNER_URL": ours["DATABASE_OWNER_URL"].replace(tests, f"/{name}?"),
        "DJANGO_SETTINGS_MODULE": "tests.provider.settings",
        "SIGN_IN_DOMAINS": "example.gov.uk elsewhere.example",
        "PROVIDER_KEY": key.decode(),
        "PYTHONPATH": os.pathsep.join([str(project.PROJECT)]),
    }


def _run(variables: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        command(*arguments), env=variables, cwd=project.PROJECT, check=True, capture_output=True
    )


def _recreate(name: str) -> None:
    """A copy of the tests' own, which nobody else may be connected to meanwhile."""
    _drop(name)
    connections.close_all()
    ours = connections["owner"]
    quoted = [ours.ops.quote_name(one) for one in (name, str(ours.settings_dict["NAME"]))]
    _as_owner("CREATE DATABASE {} TEMPLATE {}".format(*quoted))


def _drop(name: str) -> None:
    quoted = connections["owner"].ops.quote_name(name)
    _as_owner(f"DROP DATABASE IF EXISTS {quoted} WITH (FORCE)")


def _as_owner(statement: str) -> None:
    # Neither can be done inside a transaction, as the tests' own connection is.
    owner = connections["owner"].copy()
    try:
        with owner.cursor() as cursor:
            cursor.execute(statement)
    finally:
        owner.close()
