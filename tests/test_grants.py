"""Roles of people and credentials of machines."""

import re
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.contrib.auth.hashers import is_password_usable
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from knox.models import AuthToken
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from accounts.models import User
from directory.grants import (
    MisplacedRole,
    SelfGranted,
    UnscopedToken,
    grant_role,
    held_tokens,
    issue_token,
    place_named,
    replace_token,
    roles_of,
    scope_of,
    withdraw_token,
)
from directory.models import Credential, Feed, Grant, Organisation, Team

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def organisation() -> Organisation:
    """A department with one team in another."""
    home_office = Organisation.objects.create(slug="home-office", name="Home Office")
    visas = Team.objects.create(organisation=home_office, slug="visas", name="Visas")
    Team.objects.create(organisation=home_office, parent=visas, slug="casework", name="Casework")
    return home_office


@pytest.fixture
def feed(organisation: Organisation) -> Feed:
    """The department's HR system."""
    return Feed.objects.create(slug="home-office-hr", organisation=organisation, connector="table")


def _run(*arguments: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(*arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def _status(token: str) -> int:
    """What any view of the API answers to this token."""
    request = APIRequestFactory().get("/", headers={"Authorization": f"Bearer {token}"})

    class View(APIView):
        def get(self, _request: object) -> object:
            from rest_framework.response import Response

            return Response({})

    return View.as_view()(request).status_code


def _every_text_in_the_database() -> str:
    with connection.cursor() as cursor:
        tables = [info.name for info in connection.introspection.get_table_list(cursor)]
        texts = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            texts += [row[0] for row in cursor.fetchall()]
    return "\n".join(texts)


def test_only_a_tokens_hash_and_its_beginning_are_kept(feed: Feed) -> None:
    issued = issue_token(name="moj hr", feed=feed, expires_days=30, now=NOW)
    kept = _every_text_in_the_database()
    assert issued.credential.token_digest in kept
    assert issued.token not in kept
    assert issued.token[15:] not in kept
    assert issued.token.startswith(issued.key)
    assert len(issued.token) - len(issued.key) >= 50


def test_a_feeds_token_speaks_for_that_feed_alone(feed: Feed) -> None:
    issued = issue_token(name="push", feed=feed, expires_days=30, now=NOW)
    held = AuthToken.objects.get(digest=issued.credential.token_digest)
    scope = scope_of(auth_token=held, now=NOW)
    assert (scope.scope, scope.feed, scope.organisation) == ("push", feed, feed.organisation)


def test_a_readers_token_speaks_for_no_feed(organisation: Organisation) -> None:
    issued = issue_token(name="read", organisation=organisation, expires_days=30, now=NOW)
    assert (issued.credential.scope, issued.credential.feed) == ("read-organisation", None)
    everybody = issue_token(name="read", expires_days=30, now=NOW).credential
    assert (everybody.scope, everybody.organisation) == ("read", None)


def test_a_token_works_until_it_expires() -> None:
    now = datetime.now(UTC)
    assert _status(issue_token(name="a", expires_days=30, now=now).token) == 200
    expired = issue_token(name="b", expires_days=30, now=now - timedelta(days=30, seconds=1))
    assert _status(expired.token) == 401


def test_a_token_ends_when_it_was_promised_to() -> None:
    issued = issue_token(name="a", expires_days=30, now=NOW)
    held = AuthToken.objects.get(digest=issued.credential.token_digest)
    assert held.expiry == NOW + timedelta(days=30)


def test_an_unknown_token_answers_401() -> None:
    assert _status("cdir_" + "0" * 64) == 401


def test_a_withdrawn_token_answers_401() -> None:
    issued = issue_token(name="a", expires_days=30, now=datetime.now(UTC))
    withdraw_token(credential=issued.credential)
    assert _status(issued.token) == 401
    assert not User.objects.filter(is_active=True).exists()


def test_a_second_token_of_one_name_leaves_the_first_working() -> None:
    now = datetime.now(UTC)
    tokens = [issue_token(name="a", expires_days=30, now=now).token for _ in range(2)]
    assert [_status(token) for token in tokens] == [200, 200]


def test_a_token_issued_for_nothing_opens_nothing() -> None:
    user = User.objects.known_by("ann@example.gov.uk")
    held, _ = AuthToken.objects.create(user=user)
    with pytest.raises(UnscopedToken):
        scope_of(auth_token=held, now=NOW)


def test_a_machine_cannot_sign_in(client: Client) -> None:
    issue_token(name="a reader", expires_days=30, now=NOW)
    machine = User.objects.get()
    assert machine.is_machine
    assert not is_password_usable(machine.password)
    client.post("/accounts/login/", {"email": machine.email})
    assert not mail.outbox


def test_the_command_prints_the_token_alone_and_its_purpose_beside_it(feed: Feed) -> None:
    out, err = _run("issue_token", "--feed", "home-office-hr", "--expires", "90")
    assert re.fullmatch(r"cdir_[0-9a-f]{64}\n", out)
    assert "may push to home-office-hr for 90 days" in err
    assert out.strip() not in err
    assert Credential.objects.get().feed == feed


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--feed", "nope"), "There is no feed nope"),
        (("--reader", "x", "--organisation", "nope"), "There is no organisation nope"),
        (("--feed", "home-office-hr", "--organisation", "home-office"), "goes with --reader"),
        (("--reader", "x", "--expires", "0"), "between 1 and 731"),
        (("--reader", " "), "needs a name"),
        ((), "one of the arguments --feed --reader is required"),
    ],
)
def test_a_token_that_cannot_be_issued_is_refused_in_one_sentence(
    feed: Feed, arguments: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(CommandError, match=re.escape(sentence)):
        _run("issue_token", *arguments)
    assert not Credential.objects.exists()


def test_the_first_administrator_is_made_at_the_command_line() -> None:
    out, _ = _run("grant", "First.Admin@example.gov.uk", "administrator")
    assert out == "first.admin@example.gov.uk is administrator.\n"
    grant = Grant.objects.get()
    assert (grant.user.email, grant.role) == ("first.admin@example.gov.uk", "administrator")
    assert grant.granted_by is None


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("curator", "home-office"),
        ("team-leader", "home-office/visas/casework"),
        ("feed-operator", "home-office-hr"),
    ],
)
def test_a_role_is_held_on_what_its_name_says(feed: Feed, role: str, place: str) -> None:
    _run("grant", "ann@example.gov.uk", role, "--on", place, "--until", "2999-12-31")
    grant = Grant.objects.get()
    assert [grant.organisation, grant.team, grant.feed].count(None) == 2
    assert (grant.organisation or grant.team or grant.feed) == place_named(role=role, name=place)
    assert grant.until == date(2999, 12, 31)


def test_granting_again_changes_nothing_but_the_end(feed: Feed) -> None:
    for _ in range(2):
        _run("grant", "ann@example.gov.uk", "curator", "--on", "home-office")
    _run("grant", "ann@example.gov.uk", "curator", "--on", "home-office", "--until", "2999-01-01")
    assert Grant.objects.get().until == date(2999, 1, 1)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nobody", "auditor"), "cannot be used"),
        (("x@evil.com", "auditor"), "not among SIGN_IN_DOMAINS"),
        (("x@example.gov.uk", "king"), "invalid choice"),
        (("x@example.gov.uk", "curator"), "is held on one organisation, name it"),
        (("x@example.gov.uk", "auditor", "--on", "home-office"), "is held everywhere"),
        (("x@example.gov.uk", "curator", "--on", "nope"), "There is no organisation nope"),
        (("x@example.gov.uk", "team-leader", "--on", "home-office"), "There is no team"),
        (("x@example.gov.uk", "team-leader", "--on", "home-office/nope"), "There is no team"),
        (("x@example.gov.uk", "feed-operator", "--on", "nope"), "There is no feed nope"),
        (("x@example.gov.uk", "auditor", "--until", "soon"), "is not a date"),
        (("x@example.gov.uk", "auditor", "--until", "2001-01-01"), "is in the past"),
    ],
)
def test_a_role_that_cannot_be_given_is_refused_and_leaves_nobody_behind(
    feed: Feed, arguments: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(CommandError, match=re.escape(sentence)):
        _run("grant", *arguments)
    assert not User.objects.exists()


def test_nobody_gives_a_role_to_themselves(organisation: Organisation) -> None:
    ann = User.objects.known_by("ann@example.gov.uk")
    with pytest.raises(SelfGranted):
        grant_role(user=ann, role="curator", on=organisation, until=None, granted_by=ann)


def test_a_role_on_the_wrong_kind_of_thing_is_refused(organisation: Organisation) -> None:
    ann = User.objects.known_by("ann@example.gov.uk")
    with pytest.raises(MisplacedRole):
        grant_role(user=ann, role="team-leader", on=organisation, until=None, granted_by=None)


def test_a_role_ends_after_its_last_day() -> None:
    ann = User.objects.known_by("ann@example.gov.uk")
    grant_role(user=ann, role="auditor", on=None, until=TODAY, granted_by=None)
    assert [grant.role for grant in roles_of(user=ann, now=NOW)] == ["auditor"]
    assert roles_of(user=ann, now=NOW + timedelta(days=1)) == []


def test_somebody_who_left_holds_no_role() -> None:
    ann = User.objects.known_by("ann@example.gov.uk")
    grant_role(user=ann, role="auditor", on=None, until=None, granted_by=None)
    ann.is_active = False
    assert roles_of(user=ann, now=NOW) == []


def test_a_token_says_when_it_was_last_used() -> None:
    issued = issue_token(name="a", expires_days=30, now=NOW)
    held = AuthToken.objects.get(digest=issued.credential.token_digest)
    assert [each.last_used_at for each in held_tokens()] == [None]
    for minutes, noted in ((0, 0), (4, 0), (5, 5), (9, 5)):
        scope_of(auth_token=held, now=NOW + timedelta(minutes=minutes))
        assert [each.last_used_at for each in held_tokens()] == [NOW + timedelta(minutes=noted)]


def test_the_use_of_a_token_is_no_line_of_the_trail() -> None:
    issued = issue_token(name="a", expires_days=30, now=datetime.now(UTC))
    events = apps.get_model("directory", "CredentialEvent").objects
    before = events.count()
    assert _status(issued.token) == 200
    assert events.count() == before


def test_the_command_lists_tokens_and_withdraws_one(feed: Feed) -> None:
    now = datetime.now(UTC)
    pushing = issue_token(name="HR", feed=feed, expires_days=30, now=now)
    reading = issue_token(name="Intranet", expires_days=30, now=now)
    assert _status(reading.token) == 200
    out = StringIO()
    call_command("tokens", stdout=out)
    lines = {line.split("…")[0]: line for line in out.getvalue().splitlines()}
    assert set(lines) == {pushing.key, reading.key}
    assert "push to home-office-hr" in lines[pushing.key]
    assert "never used" in lines[pushing.key]
    assert "last used" in lines[reading.key]
    assert reading.token not in out.getvalue()
    call_command("tokens", withdraw=reading.key, stdout=out)
    assert _status(reading.token) == 401
    assert _status(pushing.token) in (200, 403)
    for wrong in (reading.key, pushing.key[:-1], "cdir_", ""):
        with pytest.raises(CommandError, match="lists them"):
            call_command("tokens", withdraw=wrong)


def test_a_token_that_is_replaced_works_until_its_machine_has_changed_over(
    organisation: Organisation,
) -> None:
    now = datetime.now(UTC)
    old = issue_token(name="intranet", organisation=organisation, expires_days=300, now=now)
    new = replace_token(credential=old.credential, expires_days=90, overlap_days=7, now=now)
    assert (new.credential.scope, new.credential.organisation) == (
        old.credential.scope, organisation,
    )  # fmt: skip
    assert [_status(token.token) for token in (old, new)] == [200, 200]
    assert AuthToken.objects.get(token_key=old.key).expiry == now + timedelta(days=7)
    # One that ends before is not given longer.
    soon = issue_token(name="dashboard", expires_days=1, now=now)
    replace_token(credential=soon.credential, expires_days=90, overlap_days=7, now=now)
    assert AuthToken.objects.get(token_key=soon.key).expiry == now + timedelta(days=1)


def test_an_operator_replaces_a_token() -> None:
    now = datetime.now(UTC)
    old = issue_token(name="intranet", expires_days=300, now=now)
    out = StringIO()
    call_command("tokens", replace=old.key, overlap=0, stdout=out)
    assert _status(out.getvalue().strip()) == 200
    assert _status(old.token) == 401
    with pytest.raises(CommandError, match="are days"):
        call_command("tokens", replace=old.key, expires=0, stdout=out)
