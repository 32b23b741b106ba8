"""What only the people of one's own organisation are found by, and are found for."""

import pytest

from directory.checking.invariants.people import SEARCH
from directory.checking.reading import broken_by
from directory.models import Expertise, ExpertiseTag, FieldAudience, Organisation, Person, Team
from directory.search.find import find_people, parse
from directory.search.suggest import suggest
from directory.visibility import Viewer
from tests.people import ANYBODY, make_organisation, make_person, make_team, project

pytestmark = pytest.mark.django_db


@pytest.fixture
def tugs(db: None) -> Team:
    return make_team("Tugs", organisation=make_organisation("Harbours Agency"))


@pytest.fixture
def colleague(tugs: Team) -> Viewer:
    return Viewer(user_id=2, organisation_ids=frozenset({tugs.organisation_id}))


@pytest.fixture
def neighbour(db: None) -> Viewer:
    """Somebody of another organisation."""
    return Viewer(user_id=3, organisation_ids=frozenset({make_organisation("Mills Office").pk}))


def found(viewer: Viewer, text: str, *, organisations: tuple[str, ...] = ()) -> list[object]:
    answer = find_people(viewer=viewer, query=parse(text=text, organisations=organisations))
    assert answer.total == len(answer.hits)
    return [hit.person_id for hit in answer.hits]


def test_whom_an_organisation_lists_for_itself_its_people_find_by_every_word(
    tugs: Team, colleague: Viewer, neighbour: Viewer
) -> None:
    ada = make_person(
        "Zorbina", "Quellmund", title="Soundings keeper", team=tugs, listing="organisation",
        grade="G7",
    )  # fmt: skip
    for text in ("zorbina", "quellmund", "quellm", "zorbina soundings", "quelmund", "tugs"):
        assert found(colleague, text) == [ada.pk], text
        for other in (ANYBODY, neighbour):
            assert found(other, text) == [], text
    assert found(colleague, "", organisations=("harbours-agency",)) == [ada.pk]
    assert find_people(viewer=neighbour, query=parse(text="tugs")).facets.get("grade", ()) == ()
    assert [one.id for one in suggest(viewer=colleague, text="zorbina").people] == [ada.pk]
    assert suggest(viewer=neighbour, text="zorbina").people == ()


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("email", "lighthouse.seven@ha.example", "lighthouse.seven@"),
        ("phone", "020 7946 0888", "0888"),
        ("mobile", "07700 900 555", "900555"),
    ],
)
def test_what_is_for_the_organisation_finds_somebody_once_and_for_it_alone(
    field: str, value: str, text: str, tugs: Team, colleague: Viewer, neighbour: Viewer
) -> None:
    ada = make_person("Ada", "Okonkwo", title="Pilot", team=tugs)
    Person.objects.filter(pk=ada.pk).update(**{field: value})
    FieldAudience.objects.create(person=ada, field=field, audience="organisation")
    project(ada)
    assert found(colleague, text) == [ada.pk]
    assert found(neighbour, text) == found(ANYBODY, text) == []
    for viewer in (colleague, neighbour, ANYBODY):
        assert found(viewer, "okonkwo") == [ada.pk]
        answer = find_people(viewer=viewer, query=parse(text="pilot"))
        assert [v.count for v in answer.facets["organisation"]] == [1]


def test_expertise_for_the_organisation_is_counted_for_it_alone(
    tugs: Team, colleague: Viewer, neighbour: Viewer
) -> None:
    ada = make_person("Ada", "Okonkwo", title="Pilot", team=tugs)
    tag = ExpertiseTag.objects.create(
        preferred_label="Tidal modelling", slug="tidal-modelling", status="approved"
    )
    Expertise.objects.create(person=ada, tag=tag)
    FieldAudience.objects.create(person=ada, field="expertise", audience="organisation")
    project(ada)
    assert found(colleague, "tidal modelling") == [ada.pk]
    assert found(neighbour, "tidal modelling") == []


def test_entries_follow_every_change_of_listing_and_audience(tugs: Team, colleague: Viewer) -> None:
    ada = make_person("Ada", "Okonkwo", title="Pilot", team=tugs, email="a.seven@ha.example")

    def listed_as(listing: str) -> None:
        Person.objects.filter(pk=ada.pk).update(listing=listing)
        project(ada)
        assert [broken_by(sql=one.sql, named={}).count for one in SEARCH] == [0, 0]

    for listing, seen in (
        ("organisation", True), ("government", True), ("protected", False),
        ("organisation", True), ("unlisted", False), ("government", True),
    ):  # fmt: skip
        listed_as(listing)
        assert (found(colleague, "okonkwo") == [ada.pk]) is seen
        assert (found(ANYBODY, "okonkwo") == [ada.pk]) is (listing == "government")
    narrowed = FieldAudience.objects.create(person=ada, field="email", audience="organisation")
    for audience, seen in (("organisation", True), ("team", False), ("government", True)):
        narrowed.audience = audience
        narrowed.save()
        listed_as("government")
        assert (found(colleague, "a.seven@") == [ada.pk]) is seen
    assert Organisation.objects.count() == 1
