"""What a viewer may not see does not exist for them."""

import pytest

from directory.models import Expertise, ExpertiseTag, FieldAudience, Person
from directory.search.find import find_people, parse
from tests.people import ANYBODY, make_organisation, make_person, make_team, project

pytestmark = pytest.mark.django_db


def test_hidden_people_are_in_no_hit_total_or_count() -> None:
    team = make_team("Pilots", organisation=make_organisation("Harbours Agency"))
    shown = make_person("Ada", "Okonkwo", title="Pilot", team=team, grade="G7")
    others = [
        make_person("Ada", "Hidden", title="Pilot", team=team, grade="G6", listing=listing)
        for listing in Person.Listing.values
        if listing != Person.Listing.GOVERNMENT
    ]
    left = make_person("Ada", "Gone", title="Pilot", team=team, grade="G6")
    left.status = Person.Status.LEFT
    left.save()
    merged = make_person("Ada", "Double", title="Pilot", team=team, grade="G6")
    merged.merged_into = shown
    merged.save()
    project(*others, left, merged)
    for query in (parse(text="ada pilot"), parse(text="", organisations=["harbours-agency"])):
        found = find_people(viewer=ANYBODY, query=query)
        assert [hit.person_id for hit in found.hits] == [shown.pk]
        assert found.total == 1
        assert [(v.value, v.count) for v in found.facets["grade"]] == [("G7", 1)]
        assert [v.count for v in found.facets["organisation"]] == [1]


def test_somebody_hidden_since_they_were_found_is_not_shown() -> None:
    ada = make_person("Ada", "Okonkwo")
    # Their search entry is still there, as in the moment between two transactions.
    Person.objects.filter(pk=ada.pk).update(listing=Person.Listing.PROTECTED)
    assert find_people(viewer=ANYBODY, query=parse(text="ada")).hits == ()


@pytest.mark.parametrize("audience", ["organisation", "team", "curators", "self"])
def test_a_narrowed_address_is_neither_shown_nor_found(audience: str) -> None:
    ada = make_person("Ada", "Okonkwo", email="lighthouse.seven@ha.example")
    FieldAudience.objects.create(person=ada, field="email", audience=audience)
    project(ada)
    (hit,) = find_people(viewer=ANYBODY, query=parse(text="okonkwo")).hits
    assert hit.email == ""
    for text in ("lighthouse", "seven", "lighthouse.seven@ha.example", "lighthouse.s@"):
        assert find_people(viewer=ANYBODY, query=parse(text=text)).total == 0


def test_an_address_for_all_of_government_is_shown_and_found() -> None:
    ada = make_person("Ada", "Okonkwo", email="lighthouse.seven@ha.example")
    FieldAudience.objects.create(person=ada, field="email", audience="government")
    FieldAudience.objects.create(person=ada, field="phone", audience="self")
    project(ada)
    (hit,) = find_people(viewer=ANYBODY, query=parse(text="lighthouse.seven@")).hits
    assert hit.email == "lighthouse.seven@ha.example"


def test_narrowed_expertise_is_not_found() -> None:
    ada = make_person("Ada", "Okonkwo")
    tag = ExpertiseTag.objects.create(preferred_label="Tidal modelling", slug="tidal-modelling")
    Expertise.objects.create(person=ada, tag=tag)
    FieldAudience.objects.create(person=ada, field="expertise", audience="team")
    project(ada)
    assert find_people(viewer=ANYBODY, query=parse(text="tidal")).total == 0
    assert find_people(viewer=ANYBODY, query=parse(text="ada")).total == 1
