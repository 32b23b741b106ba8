"""
Every address × method × caller: answered, or refused in the one way that is meant.

The table is the rule: an address that is not in it fails the build. Own and other feeds, runs
and searches, and people of every listing, are among what the addresses name.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from directory.grants import issue_token
from directory.models import Correction, ExpertiseTag, Grant, GrantProposal, Person, SavedSearch
from tests.people import make_person, make_team
from tests.routes import ROUTES
from tests.standing import standing
from tests.web.conftest import keep_files
from tests.web.desk import Desk, set_desk
from tests.web.reading import masked

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

DECIDERS = frozenset({"administrator", "curator"})
DELIVERERS = DECIDERS | {"operator"}
CURATORS = DELIVERERS | {"curator elsewhere", "operator elsewhere"}
SIGNED_IN = CURATORS | {"auditor", "official"}
READER = frozenset({"reading token"})
PUSHER = frozenset({"pushing token"})
TOKENS = READER | PUSHER | {"pushing token elsewhere"}
EVERYBODY = SIGNED_IN | TOKENS | {"nobody"}


@dataclass(frozen=True, slots=True)
class Rule:
    """
    methods: what the address takes. who: whom it answers.
    statuses: of an answer to GET, where it is not 200. refused: of the refusal to somebody who
    is known, where the address does not pretend to be none.
    """

    methods: tuple[str, ...]
    who: frozenset[str]
    statuses: frozenset[int] = frozenset({200})
    refused: int = 404


def rule(methods: str, who: frozenset[str], **more: Any) -> Rule:
    return Rule(tuple(methods.split()), who, **more)


#: Without single sign-on there is no such page.
NONE_HERE = frozenset({404})

RULES: dict[str, Rule] = {
    # What everybody in government sees
    "directory:home": rule("GET", SIGNED_IN),
    "directory:search": rule("GET", SIGNED_IN),
    "directory:suggest": rule("GET", SIGNED_IN),
    "directory:person": rule("GET", SIGNED_IN),
    "directory:person-vcard": rule("GET", SIGNED_IN),
    "directory:correct": rule("GET POST", SIGNED_IN),
    "directory:corrections": rule("GET", SIGNED_IN),
    "directory:answer-correction": rule("POST", DECIDERS),
    "directory:team": rule("GET", SIGNED_IN),
    "directory:organisations": rule("GET", SIGNED_IN),
    "directory:organisation": rule("GET", SIGNED_IN),
    "directory:dictionary": rule("GET", SIGNED_IN),
    "directory:tag": rule("GET", SIGNED_IN),
    "directory:export": rule("GET POST", DECIDERS | {"curator elsewhere", "auditor"}, refused=403),
    # What is one's own: the search is the official's
    "directory:own-record": rule("GET", SIGNED_IN),
    "directory:edit-own-record": rule("GET POST", SIGNED_IN, statuses=frozenset({302})),
    "directory:undo-own-record": rule("POST", SIGNED_IN),
    "directory:confirm-own-record": rule("POST", SIGNED_IN),
    "directory:own-expertise": rule("GET POST", SIGNED_IN, statuses=frozenset({302})),
    "directory:withdraw-expertise": rule("POST", SIGNED_IN),
    "directory:own-copy": rule("GET", SIGNED_IN, statuses=frozenset({302})),
    "directory:own-listing": rule("POST", SIGNED_IN),
    "directory:field-audience": rule("POST", SIGNED_IN),
    "directory:saved-searches": rule("GET POST", SIGNED_IN),
    "directory:rename-search": rule("GET POST", frozenset({"official"})),
    "directory:search-digest": rule("POST", frozenset({"official"})),
    "directory:search-seen": rule("POST", frozenset({"official"})),
    "directory:delete-search": rule("POST", frozenset({"official"})),
    # Curating
    "curate:home": rule("GET", CURATORS),
    "curate:feeds": rule("GET", CURATORS),
    "curate:new-feed": rule("GET POST", DECIDERS | {"curator elsewhere"}),
    "curate:audiences": rule("GET", DECIDERS | {"curator elsewhere"}),
    "curate:organisation-audiences": rule("GET POST", DECIDERS),
    "curate:listing": rule("GET POST", DECIDERS),
    "curate:owner": rule("GET POST", DECIDERS),
    "curate:team": rule("GET POST", DECIDERS),
    "curate:roles": rule("GET POST", DECIDERS | {"curator elsewhere"}),
    "curate:take-role": rule("GET POST", DELIVERERS),
    "curate:decide-role": rule("POST", frozenset({"administrator"})),
    "curate:trail": rule("GET", frozenset({"administrator", "auditor"})),
    "curate:trail-file": rule("GET", frozenset({"administrator", "auditor"})),
    "curate:searches": rule("GET", DECIDERS | {"curator elsewhere"}),
    "curate:exports": rule("GET", frozenset({"administrator", "auditor"})),
    "curate:feed": rule("GET", DELIVERERS),
    "curate:upload": rule("GET POST", DELIVERERS),
    "curate:mapping": rule("GET POST", DELIVERERS),
    "curate:words": rule("GET POST", DECIDERS),
    "curate:limits": rule("GET POST", DECIDERS),
    "curate:name": rule("GET POST", DECIDERS),
    "curate:pause": rule("GET POST", DECIDERS),
    "curate:resume": rule("GET POST", DECIDERS),
    "curate:retire": rule("GET POST", DECIDERS),
    "curate:keys": rule("GET POST", DECIDERS),
    "curate:tokens": rule("GET POST", DECIDERS),
    "curate:withdraw-token": rule("GET POST", DECIDERS),
    "curate:run": rule("GET", DELIVERERS),
    "curate:progress": rule("GET", DELIVERERS),
    "curate:plan": rule("GET", DELIVERERS),
    "curate:plan-file": rule("GET", DELIVERERS),
    "curate:faults-file": rule("GET", DELIVERERS),
    "curate:release": rule("GET POST", DECIDERS),
    "curate:reject": rule("GET POST", DECIDERS),
    "curate:undo": rule("GET POST", DECIDERS),
    # Signing in, and what stands open
    "account_login": rule("GET POST PUT", EVERYBODY, statuses=frozenset({200, 302})),
    "account_request_login_code": rule("GET POST PUT", EVERYBODY, statuses=frozenset({200, 302})),
    "account_confirm_login_code": rule(
        "GET POST PUT PATCH DELETE", EVERYBODY, statuses=frozenset({302})
    ),
    "account_logout": rule("GET POST", EVERYBODY, statuses=frozenset({200, 302})),
    "account_inactive": rule("GET", EVERYBODY),
    "openid_connect_login": rule("POST", EVERYBODY, statuses=NONE_HERE),
    "openid_connect_callback": rule("GET POST PUT PATCH DELETE", EVERYBODY, statuses=NONE_HERE),
    "mfa_login_webauthn": rule("GET POST PUT", EVERYBODY, statuses=frozenset({302})),
    "mfa_authenticate": rule("GET POST PUT PATCH DELETE", EVERYBODY, statuses=frozenset({302})),
    # How one signs in oneself: nobody here has an app or a passkey; accounts/test_second_factor
    "mfa_index": rule("GET", SIGNED_IN),
    "mfa_reauthenticate": rule("", frozenset(), refused=403),
    "mfa_reauthenticate_webauthn": rule("", frozenset(), refused=403),
    "mfa_activate_totp": rule("GET POST PUT", SIGNED_IN),
    "mfa_deactivate_totp": rule("", frozenset()),
    "mfa_view_recovery_codes": rule("", frozenset()),
    "mfa_generate_recovery_codes": rule("GET POST PUT", SIGNED_IN),
    "mfa_list_webauthn": rule("GET", SIGNED_IN),
    "mfa_add_webauthn": rule("GET POST PUT", SIGNED_IN),
    "mfa_edit_webauthn": rule("", frozenset()),
    "mfa_remove_webauthn": rule("", frozenset()),
    "accounts:sessions": rule("GET", SIGNED_IN),
    "accounts:end-session": rule("POST", SIGNED_IN),
    "accounts:client-token": rule("POST", EVERYBODY, statuses=frozenset({400})),
    "accounts:demo": rule("GET", EVERYBODY, statuses=frozenset({410})),
    "directory:accessibility": rule("GET", EVERYBODY),
    "directory:privacy": rule("GET", EVERYBODY),
    "healthz": rule("GET", EVERYBODY),
    "readyz": rule("GET", EVERYBODY),
    # The API: tokens alone, but for its own description
    "api:people": rule("GET", READER),
    "api:person": rule("GET", READER),
    "api:teams": rule("GET", READER),
    "api:team": rule("GET", READER),
    "api:organisations": rule("GET", READER),
    "api:organisation": rule("GET", READER),
    "api:expertise": rule("GET", READER),
    "api:tag": rule("GET", READER),
    "api:search": rule("GET", READER),
    "api:suggest": rule("GET", READER),
    "api:runs": rule("GET POST", PUSHER),
    "api:run": rule("GET", PUSHER),
    "api:faults": rule("GET", PUSHER),
    "api:plan": rule("GET", PUSHER),
    "api:schema": rule("GET", SIGNED_IN | TOKENS),
    "api:docs": rule("GET", SIGNED_IN | TOKENS),
    "api:problem": rule("GET", SIGNED_IN | TOKENS),
    "api:nowhere": rule("GET POST PUT PATCH DELETE", READER, statuses=frozenset({404})),
}

#: What is sent where an empty form is refused before it is known whose it is.
FORMS = {
    "directory:search-digest": "digest=off",
    "directory:answer-correction": "decision=done&text=Mended",
}


@dataclass(frozen=True, slots=True)
class Gate:
    """
    The desk, who comes to it with a token, and what the addresses name.

    sessions: of those who signed in, by the key in their browser's cookie.
    """

    desk: Desk
    tokens: dict[str, str]
    sessions: dict[str, str]
    named: dict[str, str]

    def ask(self, *, method: str, path: str, caller: str, form: str = "") -> Any:
        """The answer to somebody; nothing that came of it stays."""
        if caller in SIGNED_IN:
            client = Client()
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[caller]
        elif caller in TOKENS:
            client = Client(headers={"Authorization": f"Bearer {self.tokens[caller]}"})
        else:
            client = Client()
        cache.clear()  # What django-allauth counts, so that it refuses nobody for asking often.
        with transaction.atomic():
            answer = client.generic(method, path, form, "application/x-www-form-urlencoded")
            transaction.set_rollback(True)
        return answer

    def path(self, name: str, **instead: object) -> str:
        """The address of a route, of what is one's own unless told otherwise."""
        path = ROUTES[name]
        feed = "<slug:slug>" if "/feeds/" in path else ""
        values = {**self.named, **{key: str(value) for key, value in instead.items()}}
        if feed:
            path = path.replace(feed, values["feed"])
        for key, value in values.items():
            path = path.replace(f"<{key}>", value)
        if "/organisations/" in path or "/audiences/" in path:
            path = path.replace("<slug:slug>", self.desk.feed.organisation.slug)
        return path.replace("<slug:slug>", "quay-law")


def set_gate(folder: Path) -> Gate:
    """The desk, a listed official, a search of the official's, and three machines."""
    desk, now = set_desk(folder), datetime.now(UTC)
    team = make_team("Berths", organisation=desk.feed.organisation)
    person = make_person("Ada", "Lindqvist", title="Pilot", team=team)
    ExpertiseTag.objects.create(slug="quay-law", preferred_label="Quay law", status="approved")
    saved = SavedSearch.objects.create(
        user=desk.users["official"], name="Pilots", asked="q=pilot", words="pilot",
        fingerprint="f", saved_at=now, compared_at=now, digest=False,
    )  # fmt: skip
    proposal = GrantProposal.objects.create(
        user=desk.users["official"], proposed_by=desk.users["auditor"], until=now, reason="Cover"
    )
    correction = Correction.objects.create(
        person=person, field="post", text="Mate by now", suggested_by=desk.users["official"]
    )
    read = issue_token(name="Intranet", expires_days=9, now=now)
    push = issue_token(name="HR", feed=desk.feed, expires_days=9, now=now)
    elsewhere = issue_token(name="Other HR", feed=desk.elsewhere, expires_days=9, now=now)
    tokens = {
        "reading token": read.token,
        "pushing token": push.token,
        "pushing token elsewhere": elsewhere.token,
    }
    named = {
        "feed": desk.feed.slug,
        "uuid:run_id": str(desk.held.pk),
        "uuid:person_id": str(person.pk),
        "uuid:team_id": str(team.pk),
        "uuid:search_id": str(saved.pk),
        "uuid:correction_id": str(correction.pk),
        "uuid:tag_id": str(ExpertiseTag.objects.get().pk),
        "uuid:credential_id": str(push.credential.pk),
        "path:slug_path": f"{desk.feed.organisation.slug}/{team.slug}",
        "uuid:grant_id": str(Grant.objects.get(user=desk.users["operator"]).pk),
        "uuid:proposal_id": str(proposal.pk),
        "slug:name": "not-found",
        "word:slug": "quay-law",
        "slug:field": "phone",
        "str:value": "altered",
        "str:provider_id": "government",
        "int:pk": "0",
    }
    sessions = {
        caller: desk.browser(caller).cookies[settings.SESSION_COOKIE_NAME].value
        for caller in SIGNED_IN
    }
    return Gate(desk, tokens, sessions, named)


@pytest.fixture(scope="module")
def standing_gate(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[], tuple[Gate, Path]]]:
    def set_somewhere() -> tuple[Gate, Path]:
        folder = tmp_path_factory.mktemp("gate")
        with pytest.MonkeyPatch.context() as patch:
            keep_files(patch, folder)
            return set_gate(folder), folder

    with standing(request, django_db_blocker, set_somewhere, name="gate") as one:
        yield one


@pytest.fixture
def gate(
    standing_gate: Callable[[], tuple[Gate, Path]], db: None, monkeypatch: pytest.MonkeyPatch
) -> Gate:
    gate, folder = standing_gate()
    keep_files(monkeypatch, folder)
    return gate


@contextmanager
def listed_as(person_id: str, listing: str) -> Iterator[None]:
    Person.objects.filter(pk=person_id).update(listing=listing)
    yield
    Person.objects.filter(pk=person_id).update(listing=Person.Listing.GOVERNMENT)


def expected(*, name: str, method: str, caller: str) -> str:
    """What has to come of it: "answered", "no such method", or how it is refused."""
    allowed, is_api = RULES[name], name.startswith("api:")
    if caller not in allowed.who:
        if is_api:
            return "refused 403" if caller in TOKENS else "refused 401"
        if caller not in SIGNED_IN:
            return "sign in"
        return f"refused {allowed.refused}" if method in allowed.methods else "not there"
    return "answered" if method in allowed.methods else "no such method"


def outcome(answer: Any, *, name: str, method: str, hoped: str) -> str:
    """What came of it, in the same words."""
    status = answer.status_code
    if status == 302 and answer["Location"].startswith("/accounts/login/?next="):
        return "sign in"
    if hoped == "not there":
        return hoped if status in (404, 405, RULES[name].refused) else str(status)
    if hoped == "no such method" and status == 302 and answer["Location"] == "/":
        return hoped  # whoever is signed in is led away from signing in, however they ask
    if status == 405:
        return "no such method"
    if hoped.startswith("refused"):
        return f"refused {status}"
    fine = RULES[name].statuses if method == "GET" else {*range(200, 400), 400, 404, 409, 410, 415}
    # A form may not be found to be right, but whoever may send it is told so on its page.
    if method != "GET" and not name.startswith(("api:", "account")):
        fine = {*range(200, 400), 400, 409}
    return "answered" if status in {*fine, *RULES[name].statuses} else str(status)


def test_every_address_has_a_rule() -> None:
    assert set(ROUTES) == set(RULES)


@pytest.mark.parametrize("caller", sorted(EVERYBODY))
def test_everybody_is_answered_as_the_table_says(gate: Gate, caller: str) -> None:
    wrong = []
    for name in RULES:
        for method in METHODS:
            hoped = expected(name=name, method=method, caller=caller)
            form = FORMS.get(name, "") if method == "POST" else ""
            answer = gate.ask(method=method, path=gate.path(name), caller=caller, form=form)
            came = outcome(answer, name=name, method=method, hoped=hoped)
            if came != hoped:
                wrong.append(f"{method} {name}: {came}, not {hoped}")
    assert wrong == []


@pytest.mark.parametrize(
    "listing", [each for each in Person.Listing.values if each != "government"]
)
@pytest.mark.parametrize("caller", [*sorted(SIGNED_IN), "reading token"])
def test_who_is_not_listed_is_not_there_for_anybody(gate: Gate, listing: str, caller: str) -> None:
    """But for the curator of their organisation, of whom it is true if it is listed for itself."""
    if (caller, listing) == ("curator", Person.Listing.ORGANISATION):
        with listed_as(gate.named["uuid:person_id"], listing):
            path = gate.path("directory:person")
            assert gate.ask(method="GET", path=path, caller=caller).status_code == 200
        return
    routes = (
        ["api:person"]
        if caller in TOKENS
        else ["directory:person", "directory:person-vcard", "directory:correct"]
    )
    for name in routes:
        with listed_as(gate.named["uuid:person_id"], listing):
            hidden = gate.ask(method="GET", path=gate.path(name), caller=caller)
        absent = gate.ask(
            method="GET", path=gate.path(name, **{"uuid:person_id": uuid4()}), caller=caller
        )
        assert hidden.status_code == 404
        assert masked(hidden) == masked(absent), name
        assert hidden.headers == absent.headers, name


@pytest.mark.parametrize("caller", ["operator", "curator", "operator elsewhere"])
def test_another_organisations_feed_is_there_only_for_those_who_look_after_it(
    gate: Gate, caller: str
) -> None:
    path = gate.path("curate:feed", feed=gate.desk.elsewhere.slug)
    answer = gate.ask(method="GET", path=path, caller=caller)
    assert answer.status_code == (200 if caller == "operator elsewhere" else 404)
