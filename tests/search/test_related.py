"""Expertise that goes with what was asked for."""

import pytest

from directory.models import BroaderTag, Expertise, ExpertiseTag, FieldAudience, Person
from directory.search.find import Found, find_people, parse
from directory.search.related import MOST, HeldTag, HeldTags, asking_for, related
from tests.people import ANYBODY, make_person, project


def held(*tags: tuple[str, int, int], stating: int = 20, everywhere: int = 1_000) -> HeldTags:
    """tags: slug, how many of those found hold it, how many people do."""
    return HeldTags(tuple(HeldTag(*tag) for tag in tags), stating, everywhere)


def test_what_is_held_oftener_than_elsewhere_is_related() -> None:
    # A half of those found, and a twentieth, a half and nearly all of everybody.
    tags = held(("tides", 10, 50), ("policy", 10, 500), ("writing", 10, 900))
    assert related(held=tags, left_out=()) == ("tides",)


def test_what_many_of_those_found_hold_comes_before_what_is_only_rare() -> None:
    tags = held(("rare", 3, 3), ("tides", 12, 60), ("common", 8, 240))
    assert related(held=tags, left_out=()) == ("tides", "rare", "common")


def test_fewer_than_three_people_relate_nothing() -> None:
    assert related(held=held(("two", 2, 2), ("three", 3, 3)), left_out=()) == ("three",)


def test_what_was_asked_for_is_left_out() -> None:
    tags = held(("tides", 20, 20), ("surges", 10, 20))
    assert related(held=tags, left_out={"tides"}) == ("surges",)


def test_there_are_six_at_most_and_equals_come_in_the_order_of_the_alphabet() -> None:
    tags = held(*((f"tag-{number}", 5, 10) for number in range(9, 0, -1)))
    assert related(held=tags, left_out=()) == tuple(f"tag-{n}" for n in range(1, MOST + 1))


def test_where_nobody_states_any_nothing_is_related() -> None:
    assert related(held=HeldTags(), left_out=()) == ()


def test_numbers_of_all_people_that_lag_behind_do_no_harm() -> None:
    tags = held(("tides", 10, 0), ("surges", 5, 0), stating=20, everywhere=0)
    assert related(held=tags, left_out=()) == ()


def test_a_tag_is_asked_for_by_its_label_unless_that_has_too_many_words() -> None:
    assert asking_for(slug="tides", label="Tides") == ("q", "Tides")
    assert asking_for(slug="long", label="a word " * 7) == ("expertise", "long")


LABELS = "Tides|Neap tides|Seas|Old tides|Surges|Charts|Dredging|Welding".split("|")


@pytest.fixture
def tags(db: None) -> dict[str, ExpertiseTag]:
    """
    Who knows tides knows surges and charts too, and the wider and narrower terms.

    Dredging everybody knows; welding two of those who know tides do.
    """
    made = {
        label: ExpertiseTag.objects.create(
            preferred_label=label, slug=label.lower().replace(" ", "-")
        )
        for label in LABELS
    }
    BroaderTag.objects.create(from_tag=made["Neap tides"], to_tag=made["Tides"])
    BroaderTag.objects.create(from_tag=made["Tides"], to_tag=made["Seas"])
    ExpertiseTag.objects.filter(slug="old-tides").update(status="merged", merged_into=made["Tides"])
    for number in range(12):
        known = ["Dredging"]
        if number < 4:
            known += ["Tides", "Neap tides", "Seas", "Surges"]
        if number < 3:
            known += ["Charts"]
        if number < 2:
            known += ["Welding"]
        person = make_person("Ada", f"Okonkwo {number}", title="Clerk")
        for label in known:
            Expertise.objects.create(person=person, tag=made[label])
        project(person)
    return made


def labels(found: Found) -> list[str]:
    return [tag.label for tag in found.related]


@pytest.mark.parametrize("asked", [{"text": "tides"}, {"text": "", "expertise": ["tides"]}])
@pytest.mark.usefixtures("tags")
def test_a_search_for_expertise_says_what_goes_with_it(asked: dict[str, object]) -> None:
    found = find_people(viewer=ANYBODY, query=parse(**asked))  # type: ignore[arg-type] # words or filters
    assert found.total == 4
    assert labels(found) == ["Surges", "Charts"]
    assert [tag.count for tag in found.related] == [4, 3]


@pytest.mark.usefixtures("tags")
def test_a_merged_tag_leaves_out_the_kin_of_what_it_became() -> None:
    found = find_people(viewer=ANYBODY, query=parse(text="", expertise=["old-tides"]))
    assert labels(found) == ["Surges", "Charts"]
    found = find_people(viewer=ANYBODY, query=parse(text="surges"))
    assert "Old tides" not in labels(found)
    assert "Tides" in labels(found)


@pytest.mark.usefixtures("tags")
def test_nothing_is_related_where_no_tag_is_asked_for_or_later_than_the_first_page() -> None:
    assert labels(find_people(viewer=ANYBODY, query=parse(text="okonkwo"))) == []
    first = find_people(viewer=ANYBODY, query=parse(text="tides"), size=2)
    assert labels(first) == ["Surges", "Charts"]
    second = find_people(
        viewer=ANYBODY, query=parse(text="tides"), size=2, cursor=first.next_cursor
    )
    assert second.hits
    assert labels(second) == []
    assert labels(find_people(viewer=ANYBODY, query=parse(text="tides"), facets=False)) == []


@pytest.mark.usefixtures("tags")
def test_expertise_that_is_kept_from_the_viewer_relates_nothing() -> None:
    for person in Person.objects.filter(family_name__in=["Okonkwo 0", "Okonkwo 1"]):
        FieldAudience.objects.create(person=person, field="expertise", audience="self")
        project(person)
    assert labels(find_people(viewer=ANYBODY, query=parse(text="tides"))) == []
