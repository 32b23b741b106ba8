"""Organisations from the GOV.UK register."""

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from directory.govuk_organisations import decode_once_more
from directory.models import (
    Organisation,
    OrganisationName,
    OrganisationParent,
    OrganisationSuccession,
)
from directory.organisations import LoadReport, OrganisationsRefused, load
from directory.search.find import find_people, parse
from tests.people import ANYBODY, make_organisation, make_person, make_team

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
REGISTER = "https://register.example/api/organisations/"
REAL_FILE = Path(__file__).parents[2] / "shared/data/organisations/gov.uk_api_organisations.json"


def body(
    slug: str,
    *,
    title: str = "",
    abbreviation: str | None = None,
    status: str = "live",
    closed: str | None = None,
    closed_at: str | None = None,
    under: tuple[str, ...] = (),
    became: tuple[str, ...] = (),
) -> dict[str, Any]:
    """A body as the register publishes it."""
    return {
        "id": REGISTER + slug,
        "title": title or slug.replace("-", " ").title(),
        "format": "Executive agency",
        "web_url": f"https://register.example/organisations/{slug}",
        "details": {
            "slug": slug,
            "abbreviation": abbreviation,
            "govuk_status": status,
            "govuk_closed_status": closed,
            "closed_at": closed_at,
        },
        "parent_organisations": [{"id": REGISTER + parent} for parent in under],
        "superseding_organisations": [{"id": REGISTER + next_one} for next_one in became],
    }


def take(*bodies: dict[str, Any]) -> LoadReport:
    return load(document={"results": list(bodies)}, now=NOW)


def test_bodies_come_with_their_parents_and_successors() -> None:
    report = take(
        body("ministry-of-seas", abbreviation="MoS"),
        body("ministry-of-ports"),
        body("harbours-agency", under=("ministry-of-seas", "ministry-of-ports")),
        body(
            "lighthouse-board",
            status="closed",
            closed="merged",
            closed_at="2015-03-31T00:00:00.000+01:00",
            became=("harbours-agency",),
        ),
        body("buoys-board", status="closed", closed="no_longer_exists"),
    )
    assert (report.created, report.links.added) == (5, 3)
    agency = Organisation.objects.get(slug="harbours-agency")
    assert {parent.slug for parent in agency.parents.all()} == {
        "ministry-of-seas",
        "ministry-of-ports",
    }
    board = Organisation.objects.get(slug="lighthouse-board")
    assert [successor.slug for successor in board.successors.all()] == ["harbours-agency"]
    assert (board.status, board.published_status) == ("closed", "merged")
    assert board.closed_at == datetime(2015, 3, 30, 23, 0, tzinfo=UTC)
    buoys = Organisation.objects.get(slug="buoys-board")
    assert (buoys.status, buoys.closed_at, buoys.acronym) == ("closed", None, "")
    assert Organisation.objects.get(slug="ministry-of-seas").published_status == "live"


def test_the_same_document_again_changes_nothing() -> None:
    document = (body("ministry-of-seas"), body("harbours-agency", under=("ministry-of-seas",)))
    take(*document)
    before = list(Organisation.objects.order_by("slug").values())
    report = load(document=[{"results": [document[1]]}, {"results": [document[0]]}], now=NOW)
    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)
    assert (report.links.added, report.links.removed) == (0, 0)
    assert list(Organisation.objects.order_by("slug").values()) == before
    assert load(document=list(document), now=NOW).unchanged == 2


def test_a_renamed_body_stays_the_same_and_its_people_are_found_by_the_new_name() -> None:
    take(body("harbours-agency", title="Harbours Agency"))
    agency = Organisation.objects.get()
    make_person("Ada", "Okonkwo", title="Pilot", team=make_team("Tugs", organisation=agency))
    renamed = body("harbours-agency", title="Port Authority")
    renamed["details"]["slug"] = "port-authority"
    report = take(renamed)
    assert (report.updated, report.created) == (1, 0)
    assert Organisation.objects.get(pk=agency.pk).slug == "port-authority"
    assert OrganisationName.objects.get().name == "Harbours Agency"
    assert find_people(viewer=ANYBODY, query=parse(text="okonkwo authority")).total == 1


def test_a_body_made_by_hand_is_recognised_by_its_slug() -> None:
    by_hand = make_organisation("Harbours Agency")
    report = take(body("harbours-agency", abbreviation="HA"))
    assert (report.created, report.updated) == (0, 1)
    assert Organisation.objects.get(pk=by_hand.pk).acronym == "HA"


def test_links_that_ended_go_and_those_of_curators_stay() -> None:
    take(body("ministry-of-seas"), body("harbours-agency", under=("ministry-of-seas",)))
    council = make_organisation("Council of Ports")
    agency = Organisation.objects.get(slug="harbours-agency")
    OrganisationParent.objects.create(child=agency, parent=council)
    report = take(body("harbours-agency"))
    assert (report.links.removed, report.absent) == (1, ("ministry-of-seas",))
    assert [parent.slug for parent in agency.parents.all()] == ["council-of-ports"]


def test_bodies_that_nobody_knows_are_left_out_and_reported() -> None:
    report = take(body("harbours-agency", under=("nowhere",), became=("nothing",)))
    assert [(one.slug, one.field, one.external_id) for one in report.links.unknown] == [
        ("harbours-agency", "parents", REGISTER + "nowhere"),
        ("harbours-agency", "successors", REGISTER + "nothing"),
    ]


def test_a_body_below_itself_is_reported_and_the_circle_left_open() -> None:
    report = take(
        body("a", under=("b",)),
        body("b", under=("c",)),
        body("c", under=("a", "d")),
        body("d", under=("d",), became=("d",)),
        body("e", under=("d",)),
    )
    assert sorted(map(sorted, report.links.loops)) == [["a", "b", "c"], ["d"], ["d"]]
    links = OrganisationParent.objects.values_list("child__slug", "parent__slug")
    assert set(links) == {("c", "d"), ("e", "d")}
    assert not OrganisationSuccession.objects.exists()


def test_a_circle_through_a_body_of_an_earlier_document_is_found_too() -> None:
    take(body("a", under=("b",)), body("b"))
    report = take(body("b", under=("a",)))
    assert [set(loop) for loop in report.links.loops] == [{"a", "b"}]
    assert OrganisationParent.objects.count() == 1


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        ("Victoria ClimbiÃ© Inquiry", "Victoria Climbié Inquiry"),
        ("Adjudicatorâ\x80\x99s Office", "Adjudicator’s Office"),
        ("Adjudicatorâ€™s Office", "Adjudicator’s Office"),
        ("Called â€œthe Quayâ€\x9d", "Called “the Quay”"),
        ("Climbié Inquiry", "Climbié Inquiry"),
        ("Château Ã‰cole", "Château Ã‰cole"),
        ("ClimbiÃ© – Inquiry’s", "ClimbiÃ© – Inquiry’s"),
        ("Ã", "Ã"),
        ("Plain", "Plain"),
        ("環境部", "環境部"),
    ],
)
def test_only_text_that_was_certainly_encoded_twice_is_repaired(stated: str, meant: str) -> None:
    assert decode_once_more(stated) == meant
    report = take(body("harbours-agency", title=stated))
    assert Organisation.objects.get().name == meant
    assert [(r.slug, r.field, r.repaired) for r in report.repairs] == (
        [("harbours-agency", "title", meant)] if stated != meant else []
    )


def _without(field: str) -> dict[str, Any]:
    return {key: value for key, value in body("b").items() if key != field}


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (None, "neither an object nor a list"),
        ("text", "neither an object nor a list"),
        ({}, "no list of `results`"),
        ({"results": {}}, "no list of `results`"),
        ({"results": []}, "no organisations"),
        ([], "no organisations"),
        ([[body("a")]], "not an object with `details`"),
        ([body("a"), {"results": [body("b")]}], "Organisation 2 is not an object with `details`"),
        ([body("a"), _without("title")], "Organisation b has no `title`"),
        ([body("a"), _without("id")], "Organisation b has no `id`"),
        ([body("a"), _without("details")], "Organisation 2 is not"),
        ([body("")], "Organisation 1 has no `slug`"),
        ([body("../etc")], "Organisation 1 has no `slug`"),
        ([body("a"), body("A")], "Several organisations have the slug a"),
        ([body("a", status="")], "a has no `govuk_status`"),
        ([body("a", title="x" * 301)], "`title` is longer than 300"),
        ([body("a", title="x\x00")], "`title` holds a character"),
        ([body("a", title="\ud800")], "`title` holds a character"),
        ([body("a") | {"title": 7}], "`title` is not text"),
        ([body("a") | {"parent_organisations": "b"}], "`parent_organisations` is not a list"),
        ([body("a", status="closed", closed_at="soon")], "`closed_at` is not a time"),
        ([body("a", status="closed", closed_at="2015-01-01")], "`closed_at` is not a time"),
    ],
)
def test_a_document_that_cannot_be_taken_changes_nothing(document: object, message: str) -> None:
    with pytest.raises(OrganisationsRefused, match=message):
        load(document=document, now=NOW)
    assert not Organisation.objects.exists()


def test_a_slug_that_belongs_to_another_body_is_refused() -> None:
    take(body("harbours-agency"))
    other = body("other")
    other["details"]["slug"] = "harbours-agency"
    with pytest.raises(OrganisationsRefused, match="knows this slug under the id"):
        take(body("new-body"), other)
    assert Organisation.objects.count() == 1


def test_bodies_that_exchange_their_slugs_are_refused_whole() -> None:
    take(body("a"), body("b"))
    one, two = body("a", title="New"), body("b")
    one["details"]["slug"], two["details"]["slug"] = "b", "a"
    with pytest.raises(OrganisationsRefused, match="contradicts"):
        take(one, two)
    assert set(Organisation.objects.values_list("slug", "name")) == {("a", "A"), ("b", "B")}


@pytest.mark.skipif(not REAL_FILE.exists(), reason="the real register is not beside the project")
def test_the_real_register_loads_whole() -> None:
    results = json.loads(REAL_FILE.read_bytes())["results"]
    report = load(document={"results": results}, now=NOW)
    assert (report.created, report.updated, report.unchanged) == (len(results), 0, 0)
    assert len(report.repairs) == 6
    assert {one.external_id.rpartition("/")[2] for one in report.links.unknown} == {
        "scotland-office"
    }
    assert report.links.loops == ()
    assert Counter(Organisation.objects.values_list("status", flat=True)) == Counter(
        "closed" if result["details"]["govuk_status"] == "closed" else "live" for result in results
    )
    stated = [
        (result["id"], other["id"])
        for result in results
        for other in result["parent_organisations"]
        if not other["id"].endswith("/scotland-office")
    ]
    links = OrganisationParent.objects.values_list("child__external_id", "parent__external_id")
    assert Counter(links) == Counter(stated)
    assert len(report.shared_acronyms) == 13
    again = load(document={"results": results}, now=NOW)
    assert (again.created, again.updated, again.unchanged) == (0, 0, len(results))
    assert (again.links.added, again.links.removed) == (0, 0)
