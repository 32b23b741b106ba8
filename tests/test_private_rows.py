"""
Row-level security: with the filters of the code taken away, nothing leaks all the same.

The mutations are of the code as it is; each is first seen to leak where the database acts for
everybody, so that it is one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from allauth.mfa.models import Authenticator
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from knox.models import AuthToken

from accounts.models import Session, User
from directory.grants import grant_role, issue_token
from directory.models import FieldAudience, Grant, Look, SavedSearch, SearchDigest
from directory.postgresql import acting
from directory.postgresql.acting import EVERYBODY, NOBODY, acting_for
from directory.record_owners import link
from tests.curating.harbour import user_with
from tests.people import make_person
from tests.web.reading import get_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> User:
    return user_with("ann")


@pytest.fixture
def bo() -> User:
    return user_with("bo")


def saved_by(user: User, name: str) -> SavedSearch:
    now = timezone.now()
    return SavedSearch.objects.create(
        user=user, name=name, asked="q=pilot", words="pilot", fingerprint="f", saved_at=now,
        compared_at=now, digest=False,
    )  # fmt: skip


def browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


@contextmanager
def without_filters(model: type[Any]) -> Iterator[None]:
    """Every filter of queries of this model is taken away, as if it had been forgotten."""
    filtered = QuerySet.filter

    def forgets(self: Any, *args: Any, **kwargs: Any) -> Any:
        return self.all() if self.model is model else filtered(self, *args, **kwargs)

    with patch.object(QuerySet, "filter", forgets):
        yield


def test_a_forgotten_filter_shows_nobody_elses_searches(ann: User, bo: User) -> None:
    saved_by(ann, "Hush"), saved_by(bo, "Tugs")
    browser = browser_of(bo)
    with without_filters(SavedSearch):
        assert SavedSearch.objects.filter(user=bo).count() == 2
        page = get_text(browser, "/me/searches")
    assert "Tugs" in page
    assert "Hush" not in page


def test_a_forgotten_filter_deletes_nobody_elses_search(ann: User, bo: User) -> None:
    hush = saved_by(ann, "Hush")
    browser = browser_of(bo)
    with without_filters(SavedSearch):
        browser.post(f"/me/searches/{hush.pk}/delete")
        with acting_for(str(bo.pk)):
            SavedSearch.objects.filter(pk=hush.pk).delete()
    assert SavedSearch.objects.get() == hush


def test_a_forgotten_filter_shows_nobody_who_looked_at_others(ann: User, bo: User) -> None:
    ada, eda = make_person("Ada", "Okonkwo"), make_person("Eda", "Visser")
    link(user=ann, person=ada, linked_by=None)
    looker = user_with("looker")
    for person in (ada, eda):
        Look.objects.create(by=looker, what=Look.What.PAGE, person_id=person.pk)
    with without_filters(Look):
        assert Look.objects.filter(by=ann).count() == 2
        with acting_for(str(ann.pk)):
            assert [look.person_id for look in Look.objects.filter()] == [ada.pk]
        with acting_for(str(bo.pk)):
            assert not Look.objects.filter().exists()


@pytest.mark.parametrize("model", [SavedSearch, SearchDigest, Look])
def test_whoever_is_not_known_has_nothing(model: type[Any], ann: User) -> None:
    saved_by(ann, "Hush")
    SearchDigest.objects.create(user=ann)
    Look.objects.create(by=ann, what=Look.What.PAGE)
    assert model.objects.count() == 1
    with acting_for(NOBODY):
        assert model.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('directory.acting_for', '', false)")
        assert model.objects.count() == 0
        cursor.execute("SELECT set_config('directory.acting_for', %s, false)", [EVERYBODY])


def test_a_forgotten_filter_shows_and_ends_nobody_elses_session(ann: User, bo: User) -> None:
    of_ann, of_bo = browser_of(ann), browser_of(bo)
    with without_filters(Session):
        assert Session.objects.filter(user=bo).count() == 2
        assert get_text(of_bo, reverse("accounts:sessions")).count("Signed in ") == 1
        with acting_for(str(bo.pk)):
            assert {session.user_id for session in Session.objects.filter()} == {bo.pk}
            Session.objects.filter(user=bo).delete()
    assert of_ann.get("/me/searches").status_code == 200
    assert Session.objects.get().user_id == ann.pk


def test_a_forgotten_filter_shows_and_takes_nobody_elses_second_factor(ann: User, bo: User) -> None:
    for user in (ann, bo):
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    with acting_for(str(bo.pk)):
        assert [held.user_id for held in Authenticator.objects.all()] == [bo.pk]
        Authenticator.objects.all().delete()
    assert Authenticator.objects.get().user_id == ann.pk


def test_tokens_are_there_for_whoever_curates_and_for_no_other_official(
    ann: User, bo: User
) -> None:
    issue_token(name="Gazette", expires_days=9, now=timezone.now())
    grant_role(user=ann, role=Grant.Role.ADMINISTRATOR, on=None, until=None, granted_by=None)
    with acting_for(str(ann.pk)):
        assert AuthToken.objects.count() == 1
    with acting_for(str(bo.pk)):
        assert not AuthToken.objects.exists()
        assert not AuthToken.objects.all().delete()[0]
    assert AuthToken.objects.count() == 1


def test_nobody_writes_what_is_somebody_elses(ann: User, bo: User) -> None:
    ada = make_person("Ada", "Okonkwo")
    link(user=ann, person=ada, linked_by=None)
    writes: list[Callable[[], object]] = [
        lambda: saved_by(ann, "Planted"),
        lambda: Look.objects.create(by=ann, what=Look.What.PAGE),
        lambda: FieldAudience.objects.create(person=ada, field="phone", audience="self"),
        lambda: Grant.objects.create(user=bo, role=Grant.Role.ADMINISTRATOR),
    ]
    for write in writes:
        refused = pytest.raises(DatabaseError, match="row-level security")
        with acting_for(str(bo.pk)), refused, transaction.atomic():
            write()
    with acting_for(str(ann.pk)):
        FieldAudience.objects.create(person=ada, field="phone", audience="self")


def test_nobody_widens_what_somebody_else_keeps_to_themselves(ann: User, bo: User) -> None:
    ada = make_person("Ada", "Okonkwo")
    link(user=ann, person=ada, linked_by=None)
    kept = FieldAudience.objects.create(person=ada, field="phone", audience="self")
    with acting_for(str(bo.pk)):
        FieldAudience.objects.update(audience="government")
        FieldAudience.objects.all().delete()
    kept.refresh_from_db()
    assert kept.audience == "self"


def test_roles_are_laid_down_by_their_holder_and_given_by_others(ann: User, bo: User) -> None:
    with acting_for(str(ann.pk)):
        grant = grant_role(user=bo, role=Grant.Role.AUDITOR, on=None, until=None, granted_by=ann)
    with acting_for(str(bo.pk)):
        assert not Grant.objects.filter(pk=grant.pk).update(until=None)
        assert Grant.objects.filter(pk=grant.pk).delete()[0] == 1


def test_a_request_leaves_nothing_of_whom_it_was_for(ann: User) -> None:
    browser_of(ann).get("/me/searches")
    assert acting.acts_now() == EVERYBODY
    with connection.cursor() as cursor:
        cursor.execute("SELECT acting_for()")
        assert cursor.fetchone() == (EVERYBODY,)


def test_what_nothing_would_end_is_never_begun(ann: User) -> None:
    acting.act_for(str(ann.pk))
    assert acting.acts_now() == EVERYBODY
    with acting_for(NOBODY):
        acting.act_for(str(ann.pk))
        assert acting.acts_now() == str(ann.pk)
    assert acting.acts_now() == EVERYBODY
