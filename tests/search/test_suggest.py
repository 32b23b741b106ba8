"""What is suggested while somebody types."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import (
    AlternativeLabel,
    Expertise,
    ExpertiseTag,
    Organisation,
    OrganisationName,
    Person,
    Team,
)
from directory.projection import fold_tallies
from directory.search.query import MAX_CHARACTERS, MAX_WORDS, QueryTooLong
from directory.search.suggest import Suggestion, Suggestions, suggest
from directory.visibility import Viewer
from tests.people import (
    ANYBODY,
    appoint,
    make_organisation,
    make_person,
    make_post,
    make_team,
    project,
)

pytestmark = pytest.mark.django_db


def suggested(text: str, size: int = 5) -> Suggestions:
    return suggest(viewer=ANYBODY, text=text, size=size)


def labels(suggestions: tuple[Suggestion, ...]) -> list[str]:
    return [suggestion.label for suggestion in suggestions]


def people(text: str) -> list[str]:
    return labels(suggested(text).people)


def shown(suggestion: Suggestion) -> str:
    return "".join(f"[{p.text}]" if p.is_match else p.text for p in suggestion.parts)


def make_tag(
    label: str, *holders: Person, also: tuple[str, ...] = (), status: str = "approved"
) -> ExpertiseTag:
    tag = ExpertiseTag.objects.create(
        preferred_label=label, slug=label.lower().replace(" ", "-"), status=status
    )
    for other in also:
        AlternativeLabel.objects.create(tag=tag, label=other)
    for holder in holders:
        Expertise.objects.create(person=holder, tag=tag)
    project(*holders)
    fold_tallies()
    return tag


@pytest.fixture
def harbours() -> Organisation:
    return make_organisation("Harbours Agency", acronym="HA")


@pytest.fixture
def pilots(harbours: Organisation) -> Team:
    return make_team("Pilots and Tugs", organisation=harbours)


@pytest.mark.parametrize(
    "text",
    ["o", "ok", "okon", "OKONKWO", "ada okon", "okonkwo, ada", "a o", "ada.ok", "0207 946"],
)
def test_a_person_is_suggested_by_the_beginning_of_a_name(text: str, pilots: Team) -> None:
    ada = make_person(
        "Ada", "Okonkwo", title="Harbour Master", team=pilots, email="ada.okonkwo@ha.example"
    )
    Person.objects.filter(pk=ada.pk).update(phone="020 7946 0123")
    project(ada)
    make_person("Zeno", "Marsh")
    (found,) = suggested(text).people
    assert (found.id, found.address) == (ada.pk, str(ada.pk))
    assert (found.title, found.organisation) == ("Harbour Master", "Harbours Agency")


@pytest.mark.parametrize("text", ["ada.okonkwo@", "ada.okonkwo@ha.example", "<ada.o@ha.example>"])
def test_a_person_is_suggested_by_the_beginning_of_an_address(text: str) -> None:
    make_person("Ada", "Okonkwo", email="ada.okonkwo@ha.example")
    make_person("Ade", "Olu", email="ada.o@ha.example")
    assert len(people(text)) == 1


@pytest.mark.parametrize(
    ("text", "shown_as"),
    [
        ("zoe", "[Zoë] O’Neill-Łuk"),
        ("oneill", "Zoë [O’Neill]-Łuk"),
        ("neill", "Zoë O’Neill-Łuk"),
        ("luk zo", "[Zo]ë O’Neill-[Łuk]"),
        ("zoe oneil", "[Zoë] [O’Neil]l-Łuk"),
    ],
)
def test_the_matched_parts_are_marked_however_they_are_spelt(text: str, shown_as: str) -> None:
    make_person("Zoë", "O’Neill-Łuk")
    assert [shown(one) for one in suggested(text).people] == [shown_as]


def test_a_nickname_and_a_misspelt_name_are_found_and_mark_nothing() -> None:
    make_person("Robert", "Marsh")
    assert [shown(one) for one in suggested("bob").people] == ["Robert Marsh"]
    assert [shown(one) for one in suggested("robret").people] == ["Robert Marsh"]
    assert [shown(one) for one in suggested("marsh robret").people] == ["Robert [Marsh]"]


def test_the_whole_name_comes_before_its_beginning_and_that_before_a_misspelling() -> None:
    for family in ("Smithson", "Smith", "Smyth"):
        make_person("Jon", family)
    assert people("smith") == ["Jon Smith", "Jon Smithson"]
    assert people("smyht") == ["Jon Smyth"]


def test_who_is_called_just_so_comes_first_where_only_a_sample_is_looked_at(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("directory.search.suggest.LOOKED_AT", 3)
    everybody = [make_person("Jon", f"Smithson {number:02}") for number in range(40)]
    make_person("Zoë", "Smith")
    fold_tallies()
    found = suggested("smith", 20).people
    assert found[0].label == "Zoë Smith"
    assert {one.id for one in found[1:]} <= {one.pk for one in everybody if one.pk.int % 8 == 0}


def test_a_misspelling_gives_way_to_a_place_of_that_name(pilots: Team) -> None:
    make_person("Pilota", "Tigs", title="Clerk", team=pilots)
    assert people("pilots tugs") == []
    assert labels(suggested("pilots tugs").teams) == ["Pilots and Tugs"]


def test_a_name_may_stand_beside_words_of_the_work(pilots: Team, harbours: Organisation) -> None:
    make_person("Ada", "Okonkwo", title="Harbour Master", team=pilots)
    make_person("Ada", "Marsh", title="Clerk", team=make_team("Rivers", organisation=harbours))
    for text in ("ada tugs", "ada mast", "tugs ada", "ada harbour"):
        assert people(text)[0] == "Ada Okonkwo", text
    assert people("harbour master") == []


def test_somebody_with_several_posts_is_suggested_once_with_the_newest(pilots: Team) -> None:
    ada = make_person("Ada", "Okonkwo", title="Clerk", team=pilots)
    second = make_post(
        "Chair", team=make_team("Board", organisation=make_organisation("Board of Buoys"))
    )
    held = appoint(ada, second)
    held.first_stated_on = held.first_stated_on.replace(year=2027)
    held.save()
    (found,) = suggested("ada").people
    assert (found.title, found.organisation) == ("Chair", "Board of Buoys")


@pytest.mark.parametrize("listing", [v for v in Person.Listing.values if v != "government"])
def test_somebody_hidden_is_not_suggested_and_changes_nothing(listing: str, pilots: Team) -> None:
    ada = make_person("Ada", "Okonkwo", title="Pilot", team=pilots)
    make_tag("Tidal modelling", ada)
    texts = ("a", "ada", "ada okonkwo", "hid", "hidden", "hiden", "pilots", "tidal", "ada.h@ha")
    before = [suggested(text) for text in texts]
    hidden = make_person(
        "Ada", "Hidden", title="Pilot", team=pilots, listing=listing, email="ada.h@ha.example"
    )
    Expertise.objects.create(person=hidden, tag=ExpertiseTag.objects.get())
    make_tag("Hidden craft", hidden, status="proposed")
    assert [suggested(text) for text in texts] == before


def test_somebody_hidden_since_they_were_found_is_not_shown() -> None:
    ada = make_person("Ada", "Okonkwo")
    # Their search entry is still there, as in the moment between two transactions.
    Person.objects.filter(pk=ada.pk).update(listing=Person.Listing.PROTECTED)
    assert people("ada") == []


@pytest.mark.parametrize("text", ["tugs", "pilots and t", "pil", "tug pil", "PILOTS & TUGS"])
def test_a_team_is_suggested_by_words_of_its_name(text: str, pilots: Team) -> None:
    crew = make_team("Crew", organisation=pilots.organisation, parent=pilots)
    make_team("Tugs of Old", organisation=pilots.organisation)
    Team.objects.filter(slug="tugs-of-old").update(status="closed")
    (found,) = suggested(text).teams
    assert found.id == pilots.pk
    assert (found.address, found.organisation) == (
        "harbours-agency/pilots-and-tugs",
        "Harbours Agency",
    )
    (below,) = suggested("crew").teams
    assert (below.id, below.address) == (crew.pk, "harbours-agency/pilots-and-tugs/crew")


@pytest.mark.parametrize(
    ("text", "shown_as"),
    [
        ("h", "[H]arbours Agency ([H]A)"),
        ("ha", "[Ha]rbours Agency ([HA])"),
        ("harb ag", "[Harb]ours [Ag]ency (HA)"),
        ("agency", "Harbours [Agency] (HA)"),
        ("hárbours", "[Harbours] Agency (HA)"),
        ("port auth", "Harbours Agency (HA)"),
    ],
)
def test_an_organisation_is_suggested_by_its_names_and_acronym(
    text: str, shown_as: str, harbours: Organisation
) -> None:
    OrganisationName.objects.create(organisation=harbours, name="Port Authority")
    make_organisation("Ministry of Seas", acronym="MoS")
    (found,) = suggested(text).organisations
    assert (found.id, found.address) == (harbours.pk, "harbours-agency")
    assert shown(found) == shown_as


def test_a_closed_organisation_comes_last_and_says_so(harbours: Organisation) -> None:
    Organisation.objects.filter(pk=harbours.pk).update(status="closed")
    make_organisation("Board of Harbours")
    found = suggested("harbours").organisations
    assert labels(found) == ["Board of Harbours", "Harbours Agency (HA)"]
    assert [one.is_closed for one in found] == [False, True]


def test_the_exact_name_or_acronym_comes_first_then_the_beginning() -> None:
    make_organisation("Trust of Halls")
    make_organisation("Halls of Archives")
    make_organisation("Agency of Old Halls", acronym="HALLS")
    assert labels(suggested("halls").organisations) == [
        "Agency of Old Halls (HALLS)",
        "Halls of Archives",
        "Trust of Halls",
    ]


def test_a_team_that_stands_higher_comes_first_then_the_larger(harbours: Organisation) -> None:
    top = make_team("Tidal Group", organisation=harbours)
    for name in ("Tidal Barrages", "Tidal Charts"):
        make_team(name, organisation=harbours, parent=top)
    make_person("Ada", "Okonkwo", team=Team.objects.get(name="Tidal Charts"))
    fold_tallies()
    assert labels(suggested("tid").teams) == ["Tidal Group", "Tidal Charts", "Tidal Barrages"]
    assert labels(suggested("tidal barrages").teams) == ["Tidal Barrages"]


def test_expertise_is_suggested_by_any_of_its_labels_and_says_how_many_claim_it() -> None:
    ada, bob = make_person("Ada", "Okonkwo"), make_person("Bob", "Marsh")
    tag = make_tag("Machine learning", ada, bob, also=("Artificial intelligence", "AI"))
    for text in ("mach", "learning machine", "artificial int", "ai", "intelligence"):
        (found,) = suggested(text).expertise
        assert (found.id, found.people) == (tag.pk, 2), text
        assert (found.label, found.address) == ("Machine learning", "machine-learning")


def test_a_merged_tag_suggests_the_one_it_became_with_its_people() -> None:
    ada, bob = make_person("Ada", "Okonkwo"), make_person("Bob", "Marsh")
    survivor = make_tag("Machine learning", ada)
    between = make_tag("Neural nets")
    merged = make_tag("Deep learning", bob)
    for tag, into in ((between, survivor), (merged, between)):
        tag.status, tag.merged_into = ExpertiseTag.Status.MERGED, into
        tag.save()
    for text in ("deep", "neural", "learning", "machine"):
        assert [(one.id, one.people) for one in suggested(text).expertise] == [(survivor.pk, 2)]


def test_a_proposed_tag_that_nobody_shows_is_not_suggested() -> None:
    make_tag("Tidal modelling", status="proposed")
    make_tag("Tidal barrages", make_person("Ada", "Okonkwo"), status="proposed")
    make_tag("Tidal law")
    assert labels(suggested("tidal").expertise) == ["Tidal barrages", "Tidal law"]


def test_few_of_each_kind_are_suggested(harbours: Organisation) -> None:
    for number in range(9):
        make_person("Ada", f"Marsh {number}")
        make_team(f"Ada {number}", organisation=harbours)
        make_organisation(f"Ada Board {number}")
        make_tag(f"Ada {number}")
    for size, few in ((5, (5, 3, 3, 3)), (1, (1, 1, 1, 1)), (0, (1, 1, 1, 1)), (8, (8, 4, 4, 4))):
        assert tuple(len(found) for _, found in suggested("ada", size)) == few


@pytest.mark.parametrize("text", ["", " ", "\x00", "–", "'", "…"])
def test_no_letter_suggests_nothing(text: str) -> None:
    make_person("Ada", "Okonkwo")
    with CaptureQueriesContext(connection) as queries:
        assert suggested(text) == Suggestions()
    assert len(queries) == 0


@pytest.mark.parametrize(
    "text", ["\ud800", "%", "_", "a'b", "100%", "a\\", "{}", "x" * 200, "@", "٣"]
)
def test_any_text_is_safe(text: str, pilots: Team) -> None:
    suggested(text)


def test_too_much_text_is_refused_as_a_search_is() -> None:
    for text in ("a" * (MAX_CHARACTERS + 1), " ".join(f"w{n}" for n in range(MAX_WORDS + 1))):
        with pytest.raises(QueryTooLong):
            suggested(text)


@pytest.mark.parametrize(
    ("text", "most"), [("ada", 4), ("ada mar", 4), ("pilots", 3), ("ada@ha", 3), ("qqqq", 4)]
)
def test_it_takes_few_statements_however_many_there_are(
    text: str, most: int, harbours: Organisation
) -> None:
    for number in range(9):
        team = make_team(f"Pilots {number}", organisation=harbours)
        make_person("Ada", f"Marsh {number}", title="Pilot", team=team, email=f"ada@ha{number}")
        make_tag(f"Pilots {number}")
    with CaptureQueriesContext(connection) as queries:
        suggested(text)
    asked = [
        query["sql"]
        for query in queries
        if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "SELECT set_config"))
        and "current_setting" not in query["sql"]
    ]
    assert len(asked) <= most, "\n\n".join(asked)


def test_of_namesakes_whoever_works_near_is_suggested_first() -> None:
    harbours = make_organisation("Harbours Agency")
    pilots, clerks = (make_team(name, organisation=harbours) for name in ("Pilots", "Clerks"))
    own = make_person("Own", "Record", team=pilots, title="Pilot")
    far = make_person("Ada", "Okonkwo", title="Clerk")
    near = make_person("Ada", "Okonkwo", title="Clerk", team=clerks)
    exact = make_person("Ad", "Okonkwo", title="Clerk")
    viewer = Viewer(user_id=1, person_id=own.pk)
    found = suggest(viewer=viewer, text="ada okonkwo").people
    assert [one.id for one in found] == [near.pk, far.pk]
    # To be near never beats a better fit.
    assert suggest(viewer=viewer, text="ad okonkwo").people[0].id == exact.pk
