"""Finding tags by their labels."""

import pytest

from directory.models import AlternativeLabel, Expertise, ExpertiseTag, Person
from directory.search.find import find_tags
from directory.search.things import FoundThings
from directory.seen import vocabulary
from tests.people import ANYBODY, make_person, project

pytestmark = pytest.mark.django_db


def tag(label: str, *, status: str = "approved", into: ExpertiseTag | None = None) -> ExpertiseTag:
    return ExpertiseTag.objects.create(
        slug=label.lower().replace(" ", "-"),
        preferred_label=label,
        status="merged" if into else status,
        merged_into=into,
    )


def claim(person: Person, known: ExpertiseTag) -> None:
    Expertise.objects.create(person=person, tag=known)
    project(person)


def tags(text: str) -> list[str]:
    return slugs_of(find_tags(viewer=ANYBODY, text=text))


def slugs_of(found: FoundThings) -> list[str]:
    return [tag.slug for tag in vocabulary.tags(viewer=ANYBODY, tag_ids=found.ids)]


def test_a_tag_is_found_by_its_label_and_by_what_else_it_is_called() -> None:
    AlternativeLabel.objects.create(tag=tag("Flood insurance"), label="Inundation cover")
    tag("Insurance law")
    assert tags("inundation") == ["flood-insurance"]
    assert tags("insurance") == ["insurance-law", "flood-insurance"]
    assert tags("insurance flo") == ["flood-insurance"]
    assert tags("flood law") == []
    assert tags("insurence") == ["flood-insurance", "insurance-law"]


def test_the_tag_called_just_so_comes_first() -> None:
    AlternativeLabel.objects.create(tag=tag("Statistics"), label="Data")
    tag("Data analysis")
    tag("Open data")
    assert tags("data") == ["statistics", "data-analysis", "open-data"]


def test_a_merged_tag_leads_to_the_one_it_became() -> None:
    survivor = tag("Artificial intelligence")
    tag("Machine learning", into=survivor)
    assert tags("machine learning") == ["artificial-intelligence"]
    assert tags("") == ["artificial-intelligence"]


def test_a_proposed_tag_is_there_once_somebody_to_be_seen_shows_it() -> None:
    ada = make_person("Ada", "Tide", listing=Person.Listing.PROTECTED)
    falconry = tag("Falconry", status="proposed")
    claim(ada, falconry)
    assert (tags("falconry"), tags(""), tags("falcinry")) == ([], [], [])
    claim(make_person("Bo", "Quay"), falconry)
    assert (tags("falconry"), tags(""), tags("falcinry")) == (["falconry"],) * 3


def test_a_tag_says_what_else_it_is_called_and_how_many_claim_it() -> None:
    floods = tag("Floods")
    AlternativeLabel.objects.create(tag=floods, label="Inundation")
    claim(make_person("Ada", "Tide"), floods)
    claim(make_person("Bo", "Quay"), tag("Deluges", into=floods))
    found = find_tags(viewer=ANYBODY, text="floods")
    (seen,) = vocabulary.tags(viewer=ANYBODY, tag_ids=found.ids)
    assert (seen.label, seen.people, seen.other_labels) == ("Floods", 2, ("Inundation",))


def test_pages_are_complete() -> None:
    for n in range(5):
        tag(f"Law {n}")
    for text in ("law", "", "lawe"):
        seen, cursor = [], ""
        for _ in range(3):
            page = find_tags(viewer=ANYBODY, text=text, size=2, cursor=cursor)
            assert page.total == 5, text
            seen += slugs_of(page)
            cursor = page.next_cursor
        assert seen == [f"law-{n}" for n in range(5)], text
        assert cursor == ""
