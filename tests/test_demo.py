"""The demo as a stranger meets it: a fresh copy, one command, a page."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest

from directory.synthetic.cast import CAST, OFFICIAL

PROJECT = Path(__file__).resolve().parent.parent
SMALL = ("--people", "240", "--organisations", "4", "--periods", "2")
LINK = re.compile(r"http://127\.0\.0\.1:\d+/accounts/demo/\S+/")
START_LIMIT_SECONDS = 60


@pytest.fixture(scope="module")
def state_dir() -> Iterator[Path]:
    """A place of its own, as in a fresh copy of the project; its server ends with its users."""
    place = Path(tempfile.mkdtemp(prefix="civil-directory-"))
    place.chmod(0o755)
    yield place
    _manage(place, "pg", "stop")
    shutil.rmtree(place)


def _environment(state_dir: Path, **more: str) -> dict[str, str]:
    outside = ("DATABASE_URL", "DATABASE_OWNER_URL", "ENVIRONMENT", "DJANGO_SETTINGS_MODULE")
    kept = {name: value for name, value in os.environ.items() if name not in outside}
    return {**kept, "STATE_DIR": str(state_dir), **more}


def _manage(
    state_dir: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env=_environment(state_dir, **environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@pytest.fixture(scope="module")
def first(state_dir: Path) -> subprocess.CompletedProcess[str]:
    """What the very first run printed."""
    return _manage(state_dir, "demo", *SMALL, "--no-serve")


def test_the_first_run_makes_everything_and_prints_five_links_and_a_token(
    first: subprocess.CompletedProcess[str],
) -> None:
    assert first.returncode == 0, first.stderr
    assert re.search(r"Syncing Ministry of Justice, April 2026: \d+ people …", first.stdout)
    assert "waits for approval" not in first.stdout
    assert "was refused" not in first.stdout
    assert len(LINK.findall(first.stdout)) == len(CAST)
    for member in CAST:
        assert f"{member.given_name} {member.family_name}" in first.stdout
    assert re.search(
        r'curl -H "Authorization: Bearer cdir_[0-9a-f]{64}" '
        r'"http://127\.0\.0\.1:8000/api/v1/people/\?q=\w+"',
        first.stdout,
    )


def test_a_second_run_finds_everything_there(
    first: subprocess.CompletedProcess[str], state_dir: Path
) -> None:
    began = time.monotonic()
    again = _manage(state_dir, "demo", *SMALL, "--no-serve")
    assert again.returncode == 0, again.stderr
    assert "Syncing" not in again.stdout
    assert len(LINK.findall(again.stdout)) == len(CAST)
    assert time.monotonic() - began < 15


def test_another_size_is_refused_before_it_looks_like_everybody_leaving(
    first: subprocess.CompletedProcess[str], state_dir: Path
) -> None:
    other = _manage(state_dir, "demo", "--people", "260", *SMALL[2:], "--no-serve")
    assert other.returncode != 0
    assert "The database holds another demo" in other.stderr
    assert len(other.stderr.strip().splitlines()) == 1


def test_the_served_demo_finds_an_official_by_a_prefix_of_the_surname(
    first: subprocess.CompletedProcess[str], state_dir: Path
) -> None:
    port = _free_port()
    printed = state_dir / "printed"
    with printed.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", *SMALL, "--port", str(port)],
            cwd=PROJECT,
            env=_environment(state_dir),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        site = f"http://127.0.0.1:{port}"
        _wait_until_alive(site, process, printed)
        said = printed.read_text()
        _assert_a_visitor_is_sent_to_sign_in(site)
        _assert_the_link_opens_the_search(LINK.findall(said)[0], site)
        _assert_the_token_opens_the_api(said, site)
        process.terminate()
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()
    with pytest.raises(URLError):
        urlopen(f"{site}/healthz", timeout=5)


def _wait_until_alive(site: str, process: subprocess.Popen[bytes], printed: Path) -> None:
    deadline = time.monotonic() + START_LIMIT_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            assert urlopen(f"{site}/healthz", timeout=5).read() == b"alive\n"
            assert urlopen(f"{site}/readyz", timeout=5).read() == b"ready\n"
        except URLError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"The demo did not serve: {printed.read_text()}")


def _assert_a_visitor_is_sent_to_sign_in(site: str) -> None:
    page = build_opener().open(f"{site}/", timeout=20)
    assert page.url == f"{site}/accounts/login/?next=/"
    with pytest.raises(HTTPError, match="401"):
        urlopen(f"{site}/api/v1/people/", timeout=20)


def _assert_the_link_opens_the_search(link: str, site: str) -> None:
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    assert browser.open(link, timeout=20).url == f"{site}/"
    prefix = OFFICIAL.family_name[:6]
    page = browser.open(f"{site}/search?q={prefix}", timeout=20)
    assert OFFICIAL.family_name in page.read().decode()
    assert "no-store" in page.headers["Cache-Control"]
    stylesheet = browser.open(f"{site}/static/govuk/govuk-frontend.min.css", timeout=20)
    assert stylesheet.status == 200


def _assert_the_token_opens_the_api(said: str, site: str) -> None:
    token, url = re.findall(r'curl -H "Authorization: (Bearer \S+)" "(\S+)"', said)[0]
    assert url.startswith(f"{site}/api/v1/people/?q=")
    answer = urlopen(Request(url, headers={"Authorization": token}), timeout=20)
    assert OFFICIAL.family_name in answer.read().decode()


def test_a_busy_port_is_refused_in_one_sentence_before_anything_is_made() -> None:
    with socket.socket() as busy, tempfile.TemporaryDirectory() as name:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        answer = _manage(Path(name), "demo", "--port", str(port))
        assert answer.returncode != 0
        assert f"Port {port} cannot be used" in answer.stderr
        assert "choose another with --port" in answer.stderr
        assert len(answer.stderr.strip().splitlines()) == 1
        assert not answer.stdout
        assert not (Path(name) / "demo").exists()


def test_production_refuses_a_demo(state_dir: Path) -> None:
    answer = _manage(
        state_dir,
        "demo",
        "--no-serve",
        ENVIRONMENT="production",
        SECRET_KEY="x" * 60,
        PUBLIC_URL="https://directory.example.gov.uk",
        DATABASE_URL="postgresql://web:x@127.0.0.1:9/none",
        DATABASE_OWNER_URL="postgresql://owner:x@127.0.0.1:9/none",
        EMAIL_URL="smtps://u:p@mail.example.gov.uk:465",
        EMAIL_FROM="directory@example.gov.uk",
        SIGN_IN_DOMAINS="example.gov.uk",
    )
    assert answer.returncode != 0
    assert "demo is for development" in answer.stderr
    assert len(answer.stderr.strip().splitlines()) == 1


def test_impossible_numbers_are_refused_in_one_sentence(
    first: subprocess.CompletedProcess[str], state_dir: Path
) -> None:
    answer = _manage(state_dir, "demo", "--people", "5", "--no-serve")
    assert answer.returncode != 0
    assert "need at least" in answer.stderr
