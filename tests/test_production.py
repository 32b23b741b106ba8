"""What holds of the settings in production."""

import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

from directory.environment import generated_secret_key
from directory.web.headers import PERMISSIONS_POLICY
from tests.test_environment import PRODUCTION


def test_django_finds_nothing_to_mend(tmp_path_factory: pytest.TempPathFactory) -> None:
    """`check --deploy`, every warning counted; it needs no database."""
    place = tmp_path_factory.mktemp("production")
    environment = {
        **PRODUCTION,
        "SECRET_KEY": generated_secret_key(state_dir=place),
        "STATE_DIR": str(place),
        "STATIC_DIR": str(place),
    }
    checked = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert checked.returncode == 0, checked.stderr
    # The one is preloading, which is for whole domains: see the settings.
    assert "no issues (1 silenced)" in checked.stdout


@pytest.mark.parametrize("path", ["/privacy", "/nowhere", "/healthz", "/api/v1/people/"])
def test_every_answer_tells_browsers_what_it_is_not_for(
    db: None, client: Client, path: str
) -> None:
    answer = client.get(path)
    assert answer["Permissions-Policy"] == PERMISSIONS_POLICY
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(("path", "answered"), [("/privacy", 301), ("/healthz", 200)])
def test_only_probes_are_answered_without_tls(
    db: None, monkeypatch: pytest.MonkeyPatch, path: str, answered: int
) -> None:
    monkeypatch.setattr(settings, "SECURE_SSL_REDIRECT", True)
    fresh = Client()  # whose middleware reads the setting
    answer = fresh.get(path)
    assert answer.status_code == answered
    if answered == 301:
        assert answer["Location"] == f"https://testserver{path}"
