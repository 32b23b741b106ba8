"""How many people match, where it need not be known exactly."""

import pytest

from directory.search import candidates, counting
from directory.search.find import find_people, parse
from tests.people import ANYBODY, make_organisation, make_person, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def crew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forty pilots, one of them called Ada, and more than are ranked one by one."""
    team = make_team("Pilots", organisation=make_organisation("Harbours Agency"))
    for number in range(40):
        given = "Bram" if number else "Ada"
        make_person(given, f"Okonkwo{number}", title="Pilot", team=team)
    monkeypatch.setattr(candidates, "RANKED", 1)


def test_many_are_about_so_many_only_for_those_who_do_not_ask_exactly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(counting, "SAMPLED", 20)
    query = parse(text="pilot")
    assert not find_people(viewer=ANYBODY, query=query, facets=False).is_about
    assert find_people(viewer=ANYBODY, query=query, facets=False, exactly=False).is_about
    # With the values of filters everybody is counted in any case.
    assert not find_people(viewer=ANYBODY, query=query, exactly=False).is_about


def test_of_words_that_hardly_anybody_has_together_the_vocabulary_is_no_estimate() -> None:
    for number in range(3):
        make_person("Ada", f"Quayle{number}")
    found = find_people(viewer=ANYBODY, query=parse(text="ada pilot"), exactly=False, facets=False)
    assert [hit.display_name for hit in found.hits] == ["Ada Okonkwo0"]
    assert (found.total, found.is_about) == (1, False)
