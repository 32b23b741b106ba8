"""Every invariant holds in a synced directory, and is named once it does not."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from io import StringIO
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import InternalError, connection, transaction
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from directory import organisations
from directory.checking.broken import EXAMPLES, count_broken
from directory.checking.check import ALL, check_directory
from directory.checking.reading import one_moment, untouched
from directory.models import (
    Appointment,
    ExpertiseTag,
    Feed,
    FeedRun,
    Organisation,
    OrganisationParent,
    Person,
    PlannedChange,
    Post,
    SearchEntry,
    SourceRecord,
    Team,
)
from directory.projection import project_people
from directory.sync.apply import apply_plan
from directory.sync.receiving import Order
from directory.sync.run import sync
from directory.synthetic.generate import generate

NOW = timezone.now()

#: A body whose feed names people and mostly no posts: the manager leaves, one moves, one comes
#: back; two share a post, and only one row of theirs says what it is called now.
SURVEY_TEAMS = "unit_code,parent_code,name\nT1,,Soundings\nT2,T1,Charts\n"
SURVEY_HEADER = (
    "source_key,given_name,family_name,email,job_title,grade,unit_code,manager_key,status,"
    "post_key\n"
)
SURVEY_PEOPLE = {
    date(2026, 4, 1): (
        "k1,Maud,Pellew,maud.pellew@survey.example,Head of Soundings,G7,T1,,active,\n"
        "k2,Idris,Vane,idris.vane@survey.example,Surveyor,HEO,T1,k1,active,\n"
        "k3,Oona,Strand,oona.strand@survey.example,Surveyor,HEO,T1,k1,active,\n"
        "k5,Wyn,Firth,wyn.firth@survey.example,Pilot,SEO,T1,k3,active,P9\n"
        "k6,Esme,Skerry,esme.skerry@survey.example,Pilot,SEO,T1,k3,active,P9\n"
    ),
    date(2026, 7, 1): (
        "k2,Idris,Vane,idris.vane@survey.example,Surveyor,HEO,T1,k1,active,\n"
        "k3,Oona,Strand,oona.strand@survey.example,Surveyor,HEO,T2,k2,active,\n"
        "k4,Piers,Holm,piers.holm@survey.example,Clerk,AO,T2,k3,active,\n"
        "k5,Wyn,Firth,wyn.firth@survey.example,Chief Pilot,SEO,T1,k3,active,P9\n"
        "k6,Esme,Skerry,esme.skerry@survey.example,Pilot,SEO,T1,k3,active,P9\n"
    ),
    date(2026, 10, 1): (
        "k1,Maud,Pellew,maud.pellew@survey.example,Head of Soundings,G7,T1,,active,\n"
        "k3,Oona,Strand,oona.strand@survey.example,Surveyor,HEO,T2,k1,active,\n"
        "k4,Piers,Holm,piers.holm@survey.example,Clerk,AO,T1,k3,active,\n"
        "k5,Wyn,Firth,wyn.firth@survey.example,Chief Pilot,SEO,T1,k3,active,P9\n"
        "k6,Esme,Skerry,esme.skerry@survey.example,Pilot,SEO,T1,k3,active,P9\n"
    ),
}


def _fill(folder: Path) -> None:
    """Sync every delivery of three periods, and release what is held."""
    manifest = generate(folder, people=150, seed=7, periods=3, organisations=8)
    document = json.loads((folder / manifest.organisations_file).read_text(encoding="utf-8"))
    organisations.load(document=document, now=NOW)
    clock = (NOW + timedelta(seconds=second) for second in count())
    for delivery in manifest.deliveries:
        mapping = [f"--mapping={folder / delivery.mapping}"] if delivery.mapping else []
        call_command(
            "create_feed",
            delivery.feed,
            f"--organisation={delivery.organisation}",
            f"--connector={delivery.connector}",
            *mapping,
            stdout=StringIO(),
        )
        _deliver(delivery.feed, folder / delivery.path, delivery.as_of, next(clock))
    _fill_survey(folder, clock)


def _fill_survey(folder: Path, clock: Iterator[datetime]) -> None:
    body = Organisation.objects.create(slug="tidal-survey", name="Tidal Survey")
    Feed.objects.create(slug="tidal-survey-hr", organisation=body, connector="table")
    teams = folder / "survey-teams.csv"
    teams.write_text(SURVEY_TEAMS, encoding="utf-8")
    _deliver("tidal-survey-hr", teams, min(SURVEY_PEOPLE), next(clock))
    for day, rows in SURVEY_PEOPLE.items():
        people = folder / f"survey-{day}.csv"
        people.write_text(SURVEY_HEADER + rows, encoding="utf-8")
        _deliver("tidal-survey-hr", people, day, next(clock))
        assert not _broken()


def _deliver(feed: str, path: Path, as_of: date, now: datetime) -> None:
    order = Order(
        feed=Feed.objects.select_related("organisation").get(slug=feed),
        path=path,
        as_of=as_of,
        complete=True,
        submitted_by=None,
        dry_run=False,
        now=now,
    )
    for run in sync(order=order):
        if run.state == FeedRun.State.HELD:
            apply_plan(run=run, now=now)
        assert run.state == FeedRun.State.APPLIED, run.failure_message


@pytest.fixture(scope="module")
def synced(
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: dict[str, bytes],
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """A directory of invented departments, made once: syncing them takes seconds."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            _fill(tmp_path_factory.mktemp("feeds") / "made")
            yield
            transaction.set_rollback(True)
        connection.close()


@pytest.fixture(autouse=True)
def broken_for_one_test(synced: None) -> Iterator[None]:
    """Whatever a test breaks is whole again for the next one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _broken() -> dict[str, tuple[str, ...]]:
    """The invariants that do not hold, each with the ids shown for it."""
    found = check_directory(now=NOW + timedelta(minutes=10))
    return {invariant.name: broken.examples for invariant, broken in found if broken.count}


def _run(statement: str, *values: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _held() -> Appointment:
    appointment = Appointment.objects.filter(
        ends_on=None, person__status="active", source__isnull=False
    ).select_related("person", "post", "source")
    return appointment.order_by("id")[0]


def _a_source_about_nobody() -> object:
    source = SourceRecord.objects.filter(kind="person", state="current").earliest("id")
    SourceRecord.objects.filter(pk=source.pk).update(subject_id=uuid4())
    return source.pk


def _a_source_about_no_team() -> object:
    source = SourceRecord.objects.filter(kind="team", state="current").earliest("id")
    SourceRecord.objects.filter(pk=source.pk).update(subject_id=uuid4())
    return source.pk


def _a_source_about_no_post() -> object:
    source = SourceRecord.objects.filter(kind="post", state="current").earliest("id")
    source.statement["post_key"] = "no such post"
    source.save(update_fields=["statement"])
    return source.pk


def _another_family_name() -> object:
    person = _held().person
    Person.objects.filter(pk=person.pk).update(family_name="Otherwise")
    return person.pk


def _a_status_of_its_own() -> object:
    person = Person.objects.filter(status="left").earliest("id")
    Person.objects.filter(pk=person.pk).update(status="active", left_on=None)
    return person.pk


def _provenance_of_somebody_else() -> object:
    held = _held()
    other = SourceRecord.objects.filter(kind="person").exclude(subject_id=held.person_id)
    held.person.provenance["family_name"][0] = other.earliest("id").pk
    held.person.save(update_fields=["provenance"])
    return held.person_id


def _a_source_departed_alone() -> object:
    held = _held()
    SourceRecord.objects.filter(subject_id=held.person_id).update(state="departed")
    return held.person_id


def _protected_by_a_feed_alone() -> object:
    held = _held()
    record = SourceRecord.objects.get(subject_id=held.person_id, origin="feed", state="current")
    record.statement = record.statement | {"protected": "true"}
    record.save(update_fields=["statement"])
    return held.person_id


def _a_leaver_in_post() -> object:
    held = _held()
    Person.objects.filter(pk=held.person_id).update(status="left")
    return held.pk


def _an_appointment_stated_about_another() -> object:
    held = _held()
    other = SourceRecord.objects.filter(kind="person").exclude(subject_id=held.person_id)
    Appointment.objects.filter(pk=held.pk).update(source=other.earliest("id"))
    return held.pk


def _an_appointment_in_a_closed_post() -> object:
    held = _held()
    Post.objects.filter(pk=held.post_id).update(status="closed")
    return held.pk


def _an_implied_post_without_holder() -> object:
    held = Appointment.objects.filter(ends_on=None, post__implied=True).earliest("id")
    Appointment.objects.filter(pk=held.pk).update(ends_on=held.first_stated_on, starts_on=None)
    return held.post_id


def _a_line_to_a_closed_post() -> object:
    post = Post.objects.select_related("reports_to").exclude(reports_to=None).earliest("id")
    Post.objects.filter(reports=post).update(status="closed")
    return post.pk


def _a_post_in_another_organisation() -> object:
    held = _held()
    elsewhere = Team.objects.exclude(organisation=held.post.feed.organisation)  # type: ignore[union-attr]
    Post.objects.filter(pk=held.post_id).update(team=elsewhere.earliest("id"))
    return held.post_id


def _a_path_written_by_hand() -> object:
    team = Team.objects.filter(parent__isnull=False).earliest("id")
    _run("UPDATE directory_team SET path = 'elsewhere' WHERE id = %s", team.pk)
    return team.pk


def _a_closed_team_with_posts() -> object:
    team = _held().post.team
    Team.objects.filter(pk=team.pk).update(status="closed")
    return team.pk


def _an_organisation_above_itself() -> object:
    one, two = Organisation.objects.exclude(
        pk__in=OrganisationParent.objects.values("child")
    ).order_by("id")[:2]
    OrganisationParent.objects.create(child=one, parent=two)
    OrganisationParent.objects.create(child=two, parent=one)
    return one.pk


def _a_person_without_entry() -> object:
    entry = SearchEntry.objects.earliest("person_id")
    SearchEntry.objects.filter(pk=entry.pk).delete()
    return entry.person_id


def _a_leaver_who_can_be_found() -> object:
    entry = SearchEntry.objects.earliest("person_id")
    person = Person.objects.filter(status="left").earliest("id")
    SearchEntry.objects.filter(pk=entry.pk).update(person=person)
    return person.pk


def _a_title_that_search_has_not_heard_of() -> object:
    held = _held()
    Post.objects.filter(pk=held.post_id).update(title="Keeper of the Seals")
    return held.person_id


def _new_run(**fields: object) -> FeedRun:
    made = FeedRun.objects.filter(state="applied").earliest("id")
    run = FeedRun.objects.create(
        feed=made.feed, kind=made.kind, as_of=made.as_of, content_digest="d" * 64, **fields
    )
    FeedRun.objects.filter(pk=run.pk).update(received_at=NOW - timedelta(hours=2))
    return run


def _an_abandoned_run() -> object:
    return _new_run(state="planned").pk


def _a_run_held_for_nothing() -> object:
    return _new_run(state="held").pk


def _tags_merged_into_each_other() -> object:
    one = ExpertiseTag.objects.create(slug="tide-tables", preferred_label="Tide tables")
    two = ExpertiseTag.objects.create(slug="tides", preferred_label="Tides")
    ExpertiseTag.objects.filter(pk=one.pk).update(status="merged", merged_into=two)
    ExpertiseTag.objects.filter(pk=two.pk).update(status="merged", merged_into=one)
    return one.pk


def _a_plan_without_its_run() -> object:
    change = PlannedChange.objects.earliest("id")
    PlannedChange.objects.filter(pk=change.pk).update(run=uuid4())
    return change.pk


#: Invariant, and what breaks it; each returns an id that has to be shown.
BREAKS: tuple[tuple[str, Callable[[], object]], ...] = (
    ("source_about_an_existing_person", _a_source_about_nobody),
    ("source_about_an_existing_team", _a_source_about_no_team),
    ("source_about_a_live_post", _a_source_about_no_post),
    ("profile_is_the_merge", _another_family_name),
    ("profile_is_the_merge", _a_status_of_its_own),
    ("provenance_names_own_sources", _provenance_of_somebody_else),
    ("active_person_has_a_current_source", _a_source_departed_alone),
    ("feed_protects_for_good", _protected_by_a_feed_alone),
    ("leaver_holds_no_post", _a_leaver_in_post),
    ("appointment_stated_about_its_person", _an_appointment_stated_about_another),
    ("open_appointment_in_a_live_post", _an_appointment_in_a_closed_post),
    ("implied_post_has_one_holder", _an_implied_post_without_holder),
    ("reporting_line_to_a_live_post", _a_line_to_a_closed_post),
    ("post_inside_its_feeds_organisation", _a_post_in_another_organisation),
    ("team_path_leads_from_the_top", _a_path_written_by_hand),
    ("closed_team_is_empty", _a_closed_team_with_posts),
    ("organisation_not_above_itself", _an_organisation_above_itself),
    ("listed_person_can_be_found", _a_person_without_entry),
    ("nobody_else_can_be_found", _a_leaver_who_can_be_found),
    ("search_entry_is_fresh", _a_title_that_search_has_not_heard_of),
    ("run_comes_to_an_end", _an_abandoned_run),
    ("held_run_has_a_reason", _a_run_held_for_nothing),
    ("plannedchange_has_its_run", _a_plan_without_its_run),
    ("merged_tag_leads_to_a_standing_one", _tags_merged_into_each_other),
)


def test_a_synced_directory_keeps_every_invariant() -> None:
    said = StringIO()
    call_command("check_directory", stdout=said)
    assert said.getvalue() == f"{len(ALL)} invariants hold.\n"
    assert SourceRecord.objects.filter(kind="post", state="current").exists()
    assert Person.objects.filter(status="left").exists()
    assert Post.objects.filter(implied=True, status="live").exists()


@pytest.mark.parametrize(
    ("name", "breaks"), BREAKS, ids=[breaks.__name__.strip("_") for _, breaks in BREAKS]
)
def test_a_broken_invariant_is_named_with_its_id(name: str, breaks: Callable[[], object]) -> None:
    assert name not in _broken()
    broken_id = str(breaks())
    assert broken_id in _broken()[name]


def test_the_command_says_what_is_broken_and_nothing_about_the_person() -> None:
    person = _held().person
    Person.objects.filter(pk=person.pk).update(family_name="Otherwise")
    project_people(person_ids=[person.pk])
    said = StringIO()
    with pytest.raises(CommandError, match=f"^1 of {len(ALL)} invariants do not hold") as refusal:
        call_command("check_directory", stdout=said)
    assert refusal.value.returncode == 1
    (line,) = said.getvalue().splitlines()
    assert "profile_is_the_merge" in line
    assert str(person.pk) in line
    assert "Otherwise" not in line
    assert person.family_name not in line


def test_a_part_waiting_behind_a_held_one_is_not_abandoned() -> None:
    waiting = _new_run(state="received")
    before = _new_run(state="held", held_reasons=[{"rule": "mass_departure", "message": "…"}])
    FeedRun.objects.filter(pk=before.pk).update(as_of=waiting.as_of - timedelta(days=90))
    assert "run_comes_to_an_end" not in _broken()


def test_a_dry_run_stays_planned_for_good() -> None:
    _new_run(state="planned", dry_run=True)
    assert "run_comes_to_an_end" not in _broken()


def test_what_is_broken_is_still_there_after_the_check() -> None:
    person_id = _a_title_that_search_has_not_heard_of()
    before = SearchEntry.objects.filter(person=person_id).values().get()
    assert _broken()
    assert SearchEntry.objects.filter(person=person_id).values().get() == before
    assert _broken()


def test_the_database_itself_refuses_to_be_changed_by_a_check() -> None:
    with pytest.raises(InternalError, match="read-only"), one_moment(), untouched():
        _run("DELETE FROM directory_searchentry")


def test_a_long_list_of_ids_is_counted_and_cut() -> None:
    found = count_broken(ids=range(100_000))
    assert found.count == 100_000
    assert found.examples == tuple(str(number) for number in range(EXAMPLES))
