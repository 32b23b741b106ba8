"""People as the API lists, finds and shows them."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from directory.models import (
    Appointment,
    Expertise,
    ExpertiseTag,
    Feed,
    FieldAudience,
    Person,
    SourceRecord,
)
from tests.api.conftest import Contract, Stage
from tests.people import STAGE_DAY, appoint, make_post, project

PEOPLE = "/api/v1/people/"
SEARCH = "/api/v1/search"


def names(client: Client, path: str, **asked: Any) -> list[str]:
    answer = client.get(path, asked)
    assert answer.status_code == 200, answer.content
    return [person["family_name"] for person in answer.json()["results"]]


def record(client: Client, person: Person) -> dict[str, Any]:
    answer = client.get(f"{PEOPLE}{person.pk}/")
    assert answer.status_code == 200, answer.content
    read: dict[str, Any] = answer.json()
    return read


@pytest.mark.parametrize("path", [PEOPLE, SEARCH])
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"q": "oye"}, ["Oyelaran"]),
        ({"q": "obrien"}, ["O’Brien"]),
        ({"q": "surge modeller"}, ["Achterberg", "Penhaligon"]),
        ({"q": "vashti"}, []),
        ({"q": "!!!"}, []),
        ({"organisation": "harbours-agency"}, ["O’Brien"]),
        ({"organisation": "HARBOURS-agency"}, ["O’Brien"]),
        ({"grade": "g7"}, ["Achterberg", "O’Brien"]),
        ({"grade": ["G7", "SEO"]}, ["Achterberg", "O’Brien", "Penhaligon"]),
        ({"grade": "G7", "profession": "science"}, ["Achterberg"]),
        ({"profession": "science", "q": "oye"}, ["Oyelaran"]),
        ({"team": "department-for-tides/forecasts/surges"}, ["Achterberg", "Penhaligon"]),
        ({"team": "department-for-tides/forecasts", "q": "head"}, ["Oyelaran"]),
        (
            {"team": ["harbours-agency/pilots", "department-for-tides/forecasts/surges"]},
            ["Achterberg", "O’Brien", "Penhaligon"],
        ),
    ],
)
def test_words_and_filters_find_the_right_people(
    path: str, asked: dict[str, Any], found: list[str], stage: Stage, reader: Client
) -> None:
    assert sorted(names(reader, path, **asked)) == found


def test_a_team_is_filtered_by_its_id_as_well(stage: Stage, reader: Client) -> None:
    assert names(reader, PEOPLE, team=str(stage.pilots.pk)) == ["O’Brien"]


def test_a_location_is_filtered_by_its_id(stage: Stage, reader: Client) -> None:
    oyelaran = record(reader, stage.people["oyelaran"])
    location = oyelaran["posts"][0]["location"]
    assert names(reader, PEOPLE, location=location["id"]) == ["Oyelaran"]


def test_the_list_without_words_is_everybody_in_post(stage: Stage, reader: Client) -> None:
    Person.objects.filter(pk=stage.people["unplaced"].pk).update(status=Person.Status.LEFT)
    assert set(names(reader, PEOPLE)) == {"Achterberg", "O’Brien", "Oyelaran", "Penhaligon"}


def test_a_search_that_asks_nothing_finds_nobody(stage: Stage, reader: Client) -> None:
    answer = reader.get(SEARCH).json()
    assert (answer["results"], answer["total"], answer["next"]) == ([], 0, None)


def test_a_search_that_finds_nobody_says_why_and_leads_on(
    stage: Stage, reader: Client, promised: Contract
) -> None:
    asked = {"q": "oyelaram surge qqqq", "grade": "G7", "organisation": "harbours-agency"}
    answer = reader.get(SEARCH, asked).json()
    promised.check("SearchAnswer", answer)
    assert answer["total"] == 0
    assert [(one["word"], one["read_as"]) for one in answer["nothing_found"]["words"]] == [
        ("oyelaram", []),
        ("surge", ["title"]),
        ("qqqq", []),
    ]
    (nearest,) = answer["nothing_found"]["words"][0]["nearest"]
    assert nearest["word"] == "oyelaran"
    assert nearest["url"].startswith(f"http://testserver{SEARCH}?q=oyelaran+surge+qqqq&grade=G7")
    assert [
        (one["filter"], one["total"], one["is_about"]) for one in answer["nothing_found"]["without"]
    ] == [("organisation", 1, False), ("grade", 0, False)]
    for one in answer["nothing_found"]["without"]:
        assert f"{one['filter']}=" not in one["url"]
        assert reader.get(one["url"]).json()["total"] == one["total"]


def test_a_search_that_finds_somebody_has_nothing_to_explain(
    stage: Stage, reader: Client, promised: Contract
) -> None:
    answer = reader.get(SEARCH, {"q": "oyelaran"}).json()
    promised.check("SearchAnswer", answer)
    assert answer["nothing_found"] is None
    assert "nothing_found" not in reader.get(PEOPLE, {"q": "qqqq"}).json()


def test_a_search_counts_people_beside_the_filters(
    stage: Stage, reader: Client, promised: Contract
) -> None:
    answer = reader.get(SEARCH, {"q": "surge", "grade": "SEO", "size": "1"}).json()
    promised.check("SearchAnswer", answer)
    assert answer["total"] == 1
    counts = {value["value"]: value["count"] for value in answer["facets"]["grade"]}
    assert counts == {"G7": 1, "SEO": 1}
    assert [v["value"] for v in answer["facets"]["grade"] if v["selected"]] == ["SEO"]


def test_a_person_is_shown_with_their_post(
    stage: Stage, reader: Client, promised: Contract
) -> None:
    oyelaran = record(reader, stage.people["oyelaran"])
    promised.check("PersonRecord", oyelaran)
    post = oyelaran.pop("posts")[0]
    assert post.pop("team") == {
        "id": str(stage.forecasts.pk),
        "name": "Forecasts",
        "path": "department-for-tides/forecasts",
    }
    assert post["organisation"] == {
        "slug": "department-for-tides",
        "name": "Department for Tides",
        "acronym": "DfT2",
    }
    assert post["title"] == "Head of Forecasts"
    assert post["grade"]["code"] == "SCS1"
    assert post["profession"]["slug"] == "science"
    assert post["location"]["name"] == "Gull House"
    assert (post["kind"], post["fte"], post["from"]) == ("substantive", None, None)
    assert oyelaran["display_name"] == "Folasade Oyelaran"
    assert oyelaran["email"] == "folasade.oyelaran@tides.example"
    assert oyelaran["url"] == f"http://testserver{PEOPLE}{stage.people['oyelaran'].pk}/"
    assert oyelaran["web_url"] == f"http://testserver/people/{stage.people['oyelaran'].pk}"


def test_what_a_post_does_not_state_is_null(stage: Stage, reader: Client) -> None:
    post = record(reader, stage.people["penhaligon"])["posts"][0]
    assert post["profession"] is None
    assert post["location"] is None


def test_a_job_share_is_two_people_in_one_post(stage: Stage, reader: Client) -> None:
    post = make_post("Deputy Director", team=stage.surges)
    for name, share in (("achterberg", "0.6"), ("penhaligon", "0.4")):
        appointment = appoint(stage.people[name], post)
        Appointment.objects.filter(pk=appointment.pk).update(
            kind=Appointment.Kind.JOB_SHARE, fte=share, starts_on=date(2026, 1, 5)
        )
    shared = [
        held
        for name in ("achterberg", "penhaligon")
        for held in record(reader, stage.people[name])["posts"]
        if held["id"] == str(post.pk)
    ]
    assert [(h["kind"], h["fte"], h["from"]) for h in shared] == [
        ("job share", 0.6, "2026-01-05"),
        ("job share", 0.4, "2026-01-05"),
    ]


def test_a_post_that_ended_moves_to_the_posts_before(
    stage: Stage, reader: Client, promised: Contract
) -> None:
    person = stage.people["penhaligon"]
    Appointment.objects.filter(person=person).update(ends_on=STAGE_DAY)
    project(person)
    shown = record(reader, person)
    promised.check("PersonRecord", shown)
    assert shown["posts"] == []
    assert [(p["title"], p["until"]) for p in shown["posts_before"]] == [
        ("Surge Modeller", "2026-03-31")
    ]


def test_somebody_who_left_keeps_their_address(stage: Stage, reader: Client) -> None:
    person = stage.people["penhaligon"]
    Person.objects.filter(pk=person.pk).update(status=Person.Status.LEFT)
    project(person)
    assert record(reader, person)["status"] == "left"
    assert names(reader, PEOPLE, q="penhaligon") == []


def test_every_value_names_who_stated_it(stage: Stage, reader: Client, promised: Contract) -> None:
    person = stage.people["oyelaran"]
    feed = Feed.objects.create(slug="tides-hr", organisation=stage.tides, connector="table")
    stated = {"kind": "person", "subject_id": person.pk, "raw_digest": b"", "statement": {}}
    hr = SourceRecord.objects.create(
        feed=feed, delivery_kind="people", source_key="T-1", stated_on=STAGE_DAY, **stated
    )
    own = SourceRecord.objects.create(
        origin=SourceRecord.Origin.PERSON, stated_on=date(2026, 4, 2), **stated
    )
    person.provenance = {"email": [hr.pk, "2026-03-31"], "pronouns": [own.pk, "2026-04-02"]}
    person.save()
    shown = record(reader, person)
    promised.check("PersonRecord", shown)
    assert shown["provenance"] == {
        "email": {"origin": "feed", "feed": "tides-hr", "stated_on": "2026-03-31"},
        "pronouns": {"origin": "person", "feed": "", "stated_on": "2026-04-02"},
    }


def test_expertise_is_shown_under_the_name_a_tag_has_now(stage: Stage, reader: Client) -> None:
    tides = ExpertiseTag.objects.create(
        slug="tidal-modelling", preferred_label="Tidal modelling", status="approved"
    )
    old = ExpertiseTag.objects.create(
        slug="tide-models", preferred_label="Tide models", status="merged", merged_into=tides
    )
    Expertise.objects.create(person=stage.people["achterberg"], tag=old, level="expert")
    assert record(reader, stage.people["achterberg"])["expertise"] == [
        {"slug": "tidal-modelling", "label": "Tidal modelling", "level": "expert"}
    ]


def test_only_the_members_asked_for_are_sent(stage: Stage, reader: Client) -> None:
    sparse = reader.get(PEOPLE, {"q": "oye", "fields": "display_name,posts"}).json()["results"]
    assert set(sparse[0]) == {"id", "display_name", "posts"}
    path = f"{PEOPLE}{stage.people['oyelaran'].pk}/"
    assert set(reader.get(path, {"fields": "provenance"}).json()) == {"id", "provenance"}


def test_a_merged_record_leads_to_its_survivor(stage: Stage, reader: Client) -> None:
    old, survivor = stage.people["unplaced"], stage.people["oyelaran"]
    Person.objects.filter(pk=old.pk).update(merged_into=survivor)
    answer = reader.get(f"{PEOPLE}{old.pk}/")
    assert answer.status_code == 308
    assert answer["Location"] == f"http://testserver{PEOPLE}{survivor.pk}/"


class TestWhatIsHidden:
    def test_a_hidden_person_and_an_unknown_one_get_the_same_bytes(
        self, stage: Stage, reader: Client
    ) -> None:
        hidden = reader.get(f"{PEOPLE}{stage.people['hidden'].pk}/")
        unknown = reader.get(f"{PEOPLE}{uuid4()}/")
        assert hidden.status_code == unknown.status_code == 404
        assert hidden.content == unknown.content
        assert dict(hidden.headers) == dict(unknown.headers)

    def test_a_record_merged_into_a_hidden_one_is_unknown_too(
        self, stage: Stage, reader: Client
    ) -> None:
        old = stage.people["unplaced"]
        Person.objects.filter(pk=old.pk).update(merged_into=stage.people["hidden"])
        assert reader.get(f"{PEOPLE}{old.pk}/").content == reader.get(f"{PEOPLE}{uuid4()}/").content

    def test_a_hidden_person_is_in_no_list_and_no_count(self, stage: Stage, reader: Client) -> None:
        assert "Vashti" not in names(reader, PEOPLE)
        found = reader.get(SEARCH, {"team": str(stage.surges.pk)}).json()
        assert found["total"] == 2
        assert {v["value"]: v["count"] for v in found["facets"]["grade"]} == {"G7": 1, "SEO": 1}

    def test_a_hidden_field_looks_like_one_nobody_stated(
        self, stage: Stage, reader: Client
    ) -> None:
        person = stage.people["oyelaran"]
        source = SourceRecord.objects.create(
            origin=SourceRecord.Origin.PERSON,
            kind="person",
            subject_id=person.pk,
            statement={},
            raw_digest=b"",
            stated_on=STAGE_DAY,
        )
        person.provenance = {"email": [source.pk, "2026-03-31"]}
        person.save()
        FieldAudience.objects.create(person=person, field="email", audience="self")
        shown = record(reader, person)
        assert shown["email"] == ""
        assert shown["provenance"] == {}
        listed = reader.get(PEOPLE, {"q": "oyelaran"}).json()["results"]
        assert [p["email"] for p in listed] == [""]

    def test_hidden_expertise_looks_like_none(self, stage: Stage, reader: Client) -> None:
        person = stage.people["achterberg"]
        tag = ExpertiseTag.objects.create(slug="locks", preferred_label="Locks")
        Expertise.objects.create(person=person, tag=tag)
        FieldAudience.objects.create(person=person, field="expertise", audience="self")
        assert record(reader, person)["expertise"] == []
