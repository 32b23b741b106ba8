"""Whoever keeps a search is told who is new in it: once a day, all of it at once, nobody hidden."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.models import MACHINE_DOMAIN, User
from directory.models import Appointment, Person, SavedSearch, SearchDigest, Team
from directory.saved_searches import digests
from directory.saved_searches.digests import send_search_digests
from directory.saved_searches.keeping import forget_search, rename_search, switch_digest
from directory.sync.tasks import tell_who_is_new
from tests.people import project
from tests.saved_searches.stage import (
    BROKEN,
    DAY,
    NOBODY_DUE,
    NOTHING,
    NOW,
    SENT,
    body,
    hide,
    keep,
    keeper,
    make_pilot,
)

pytestmark = pytest.mark.django_db


def test_who_is_new_is_named_with_a_link_and_whoever_was_there_is_not(
    maya: User, pilots: Team
) -> None:
    make_pilot(pilots, "Ada", "Okonkwo")
    keep(maya)
    bo = make_pilot(pilots, "Bo", "Lind")
    assert send_search_digests(now=NOW) == SENT
    (message,) = mail.outbox
    assert message.to == ["maya.holt@example.gov.uk"]
    assert message.subject == "Civil Directory: 1 new person in “pilot”"
    assert "Bo Lind, Pilot, Harbours Agency" in body()
    assert f"http://127.0.0.1:8000/people/{bo.pk}" in body()
    assert "http://127.0.0.1:8000/search?q=pilot" in body()
    assert "Okonkwo" not in body()


def test_a_digest_says_where_it_is_stopped(maya: User, pilots: Team) -> None:
    keep(maya)
    make_pilot(pilots, "Bo", "Lind")
    send_search_digests(now=NOW)
    mine = "http://127.0.0.1:8000/me/searches"
    assert f"To stop these e-mails, or delete a search: {mine}\n" in body()
    assert mail.outbox[0].extra_headers["List-Unsubscribe"] == f"<{mine}>"


def test_all_searches_of_a_user_are_one_message(maya: User, pilots: Team) -> None:
    for text in ("pilot", "harbours", "nobody"):
        keep(maya, text)
    make_pilot(pilots, "Bo", "Lind")
    assert send_search_digests(now=NOW) == SENT
    (message,) = mail.outbox
    assert message.subject == "Civil Directory: 1 new person in 2 saved searches"
    assert body().count("Bo Lind") == 2
    assert "nobody" not in body()


def test_ten_are_named_and_the_rest_counted(maya: User, pilots: Team) -> None:
    keep(maya)
    for letter in "abcdefghijklm":
        make_pilot(pilots, "Ada", f"Quay{letter}")
    send_search_digests(now=NOW)
    assert "13 new people in “pilot”" in mail.outbox[0].subject
    assert body().count("Ada Quay") == 10
    assert "and 3 more" in body()


def test_somebody_is_told_once_a_day_at_most_and_of_each_person_once(
    maya: User, pilots: Team
) -> None:
    keep(maya)
    make_pilot(pilots, "Bo", "Lind")
    assert send_search_digests(now=NOW) == SENT
    make_pilot(pilots, "Cai", "Quill")
    assert send_search_digests(now=NOW + timedelta(hours=14)) == NOBODY_DUE
    assert send_search_digests(now=NOW + DAY) == SENT
    assert "Cai Quill" in body()
    assert "Bo Lind" not in body()
    assert send_search_digests(now=NOW + 2 * DAY) == NOTHING
    assert len(mail.outbox) == 2


def test_a_sender_who_comes_as_another_is_done_sends_nothing(
    maya: User, pilots: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(maya)
    # Both had found her due before either began.
    monkeypatch.setattr(digests, "_due", lambda **when: [maya])
    make_pilot(pilots, "Bo", "Lind")
    assert send_search_digests(now=NOW) == SENT
    make_pilot(pilots, "Cai", "Quill")
    assert send_search_digests(now=NOW) == NOTHING
    User.objects.filter(pk=maya.pk).update(is_active=False)
    assert send_search_digests(now=NOW + DAY) == NOTHING


def test_a_day_begins_at_the_hour_that_is_set(maya: User, pilots: Team, settings: Settings) -> None:
    settings.SEARCH_DIGEST_HOUR = 12
    keep(maya)
    make_pilot(pilots, "Bo", "Lind")
    assert send_search_digests(now=NOW.replace(hour=11, minute=59)) == NOBODY_DUE
    assert send_search_digests(now=NOW.replace(hour=12)) == SENT


@pytest.mark.parametrize("listing", ["protected", "unlisted"])
def test_hidden_people_are_neither_named_nor_counted(
    maya: User, pilots: Team, listing: str
) -> None:
    keep(maya)
    make_pilot(pilots, "Ada", "Okonkwo", listing=listing)
    assert send_search_digests(now=NOW) == NOTHING
    make_pilot(pilots, "Bo", "Lind")
    make_pilot(pilots, "Cai", "Quill", listing=listing)
    send_search_digests(now=NOW + DAY)
    assert mail.outbox[0].subject == "Civil Directory: 1 new person in “pilot”"
    assert "Okonkwo" not in body()
    assert "Quill" not in body()


def test_a_digest_with_and_without_somebody_hidden_is_the_same_to_the_byte(
    maya: User, pilots: Team
) -> None:
    search = keep(maya)
    make_pilot(pilots, "Bo", "Lind")
    send_search_digests(now=NOW)
    SavedSearch.objects.filter(pk=search.pk).update(known=[])
    make_pilot(pilots, "Ada", "Okonkwo", listing=Person.Listing.PROTECTED)
    send_search_digests(now=NOW + DAY)
    first, second = mail.outbox
    assert (first.subject, first.body) == (second.subject, second.body)


def test_whoever_becomes_hidden_vanishes_without_a_word(maya: User, pilots: Team) -> None:
    ada = make_pilot(pilots, "Ada", "Okonkwo")
    search = keep(maya)
    hide(ada)
    assert send_search_digests(now=NOW) == NOTHING
    search.refresh_from_db()
    assert search.known == []


def test_somebody_hidden_between_two_transactions_is_not_told(maya: User, pilots: Team) -> None:
    keep(maya)
    bo = make_pilot(pilots, "Bo", "Lind")
    # Their search entry is still there.
    Person.objects.filter(pk=bo.pk).update(listing=Person.Listing.PROTECTED)
    assert send_search_digests(now=NOW) == NOTHING


def test_whoever_is_shown_again_or_comes_back_is_new(maya: User, pilots: Team) -> None:
    ada = make_pilot(pilots, "Ada", "Okonkwo", listing=Person.Listing.PROTECTED)
    keep(maya)
    hide(ada, Person.Listing.GOVERNMENT)
    assert send_search_digests(now=NOW) == SENT
    Appointment.objects.filter(person=ada).update(ends_on=NOW.date())
    project(ada)
    assert send_search_digests(now=NOW + DAY) == NOTHING
    Appointment.objects.filter(person=ada).update(ends_on=None)
    project(ada)
    assert send_search_digests(now=NOW + 2 * DAY) == SENT


def test_whoever_fits_only_some_of_the_words_is_not_new(maya: User, pilots: Team) -> None:
    keep(maya, "pilot cryptozoology")
    make_pilot(pilots, "Bo", "Lind")
    assert send_search_digests(now=NOW) == NOTHING


def test_no_digest_goes_where_it_is_switched_off_or_the_search_deleted(
    maya: User, pilots: Team
) -> None:
    off, gone = keep(maya, "pilot"), keep(maya, "lind")
    switch_digest(user=maya, search_id=off.pk, on=False, now=NOW)
    forget_search(user=maya, search_id=gone.pk)
    make_pilot(pilots, "Bo", "Lind")
    assert send_search_digests(now=NOW) == NOBODY_DUE


@pytest.mark.parametrize("why", ["inactive", "elsewhere", "a machine"])
def test_who_may_not_sign_in_gets_no_mail(
    maya: User, pilots: Team, settings: Settings, why: str
) -> None:
    keep(maya)
    make_pilot(pilots, "Bo", "Lind")
    if why == "elsewhere":
        settings.SIGN_IN_DOMAINS = ("other.example",)
    elif why == "inactive":
        User.objects.filter(pk=maya.pk).update(is_active=False)
    else:
        User.objects.filter(pk=maya.pk).update(email=f"maya@{MACHINE_DOMAIN}")
    assert send_search_digests(now=NOW) == NOBODY_DUE
    assert mail.outbox == []


def test_a_deleted_user_leaves_nothing_to_be_told(maya: User, pilots: Team) -> None:
    keep(maya)
    make_pilot(pilots, "Bo", "Lind")
    send_search_digests(now=NOW)
    maya.delete()
    assert send_search_digests(now=NOW + DAY) == NOBODY_DUE
    assert not SearchDigest.objects.exists()


def test_a_name_breaks_neither_the_subject_nor_the_text(maya: User, pilots: Team) -> None:
    search = keep(maya)
    rename_search(user=maya, search_id=search.pk, name="A & B\r\nBcc: all@example.gov.uk")
    make_pilot(pilots, "Bo", "O'Lind")
    send_search_digests(now=NOW)
    assert mail.outbox[0].subject.endswith("“A & B Bcc: all@example.gov.uk”")
    assert "A & B Bcc" in body()
    assert "O'Lind" in body()


def test_a_day_on_which_nobody_came_writes_no_ids(maya: User, pilots: Team) -> None:
    make_pilot(pilots, "Ada", "Okonkwo")
    keep(maya)
    with CaptureQueriesContext(connection) as queries:
        send_search_digests(now=NOW + DAY)
    written = [q["sql"] for q in queries if q["sql"].startswith('UPDATE "directory_savedsearch"')]
    assert len(written) == 1
    assert "known" not in written[0]


def test_the_worker_and_the_command_send_digests(
    maya: User, pilots: Team, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SEARCH_DIGEST_HOUR = 0
    keep(maya)
    make_pilot(pilots, "Bo", "Lind")
    tell_who_is_new(timestamp=0)
    assert len(mail.outbox) == 1
    tom = keeper("tom.marlow")
    keep(tom)
    make_pilot(pilots, "Cai", "Quill")
    call_command("send_notices")
    assert mail.outbox[1].to == [tom.email]
    assert "1 digests of saved searches sent." in capsys.readouterr().out
    keep(keeper("wen.osei"))
    make_pilot(pilots, "Di", "Marsh")
    settings.EMAIL_BACKEND = BROKEN
    with pytest.raises(CommandError, match="1 digests were not sent"):
        call_command("send_notices")


def test_nobody_keeps_the_same_search_twice_even_past_the_code(maya: User) -> None:
    search = keep(maya)
    search.pk = None
    search._state.adding = True
    with pytest.raises(IntegrityError):
        SavedSearch.objects.bulk_create(
            [SavedSearch(user=maya, name="x", asked="q=pilot", words="pilot",
                         fingerprint=search.fingerprint, known=[], compared_at=NOW)]
        )  # fmt: skip
