"""Expected orders: what is typed, and who comes before whom."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from directory.models import (
    Endorsement,
    Expertise,
    ExpertiseTag,
    FieldAudience,
    Organisation,
    Person,
    Team,
)
from directory.search import ranking
from directory.search.find import Sort, find_people, parse
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


@pytest.fixture
def stage(db: None) -> None:
    """A small directory in which every word below stands in several places."""
    harbours = make_organisation("Harbours Agency", acronym="HA")
    mills = make_organisation("Grant Office", acronym="GO")
    pilots = make_team("Pilots", organisation=harbours)
    grants = make_team("Policy", organisation=mills)
    for given, family, title in [
        ("Grant", "Okonkwo", "Clerk"),
        ("Ada", "Grant", "Clerk"),
        ("Bram", "Grantham", "Clerk"),
        ("Chidi", "Visser", "Grant Manager"),
        ("Ada", "Okonkwo", "Pilot"),
        ("Ada", "Okonkwo-Bell", "Policy Adviser"),
        ("Okonkwo", "Ada", "Clerk"),
        ("Policy", "Jones", "Clerk"),
    ]:
        make_person(
            given,
            family,
            title=title,
            team=pilots,
            email=f"{given}.{family}@ha.example" if title == "Pilot" else "",
        )
    make_person("Dewi", "Abel", title="Clerk", team=grants)


#: Typed, then everybody found, in order.
ORDERS = [
    (
        "grant",
        # Family name, given name, beginning of a name, title, organisation.
        ["Ada Grant", "Grant Okonkwo", "Bram Grantham", "Chidi Visser", "Dewi Abel"],
    ),
    ("grantham", ["Bram Grantham"]),
    (
        "ada okonkwo",
        # Both orders of the whole name before the longer name; the fuller record first.
        ["Ada Okonkwo", "Okonkwo Ada", "Ada Okonkwo-Bell"],
    ),
    ("okonkwo ada", ["Ada Okonkwo", "Okonkwo Ada", "Ada Okonkwo-Bell"]),
    ("ada okonkwo b", ["Ada Okonkwo-Bell"]),
    # Family names before given names, then by name.
    ("okon", ["Ada Okonkwo", "Ada Okonkwo-Bell", "Grant Okonkwo", "Okonkwo Ada"]),
    (
        "policy",
        # Name, title, team.
        ["Policy Jones", "Ada Okonkwo-Bell", "Dewi Abel"],
    ),
    ("clerk grant", ["Ada Grant", "Grant Okonkwo", "Bram Grantham", "Dewi Abel"]),
    ("ada.okonkwo@ha.example", ["Ada Okonkwo"]),
    # Misspelt: whose name as a whole comes closest.
    ("okonkwa ada", ["Okonkwo Ada", "Ada Okonkwo", "Ada Okonkwo-Bell"]),
]


@pytest.mark.parametrize(("text", "expected"), ORDERS, ids=[text for text, _ in ORDERS])
@pytest.mark.usefixtures("stage")
def test_better_matches_come_first(text: str, expected: list[str]) -> None:
    found = find_people(viewer=ANYBODY, query=parse(text=text))
    assert [hit.display_name for hit in found.hits] == expected


def test_a_whole_name_is_recognised_in_either_order() -> None:
    assert "de souza maria jose" in ranking.whole_names(words=["maria", "jose", "de", "souza"])
    assert ranking.whole_names(words=[]) == []


def knows(person: Person, label: str, *, level: str = "", endorsed: int = 0) -> None:
    """The person claims the expertise."""
    tag, _ = ExpertiseTag.objects.get_or_create(
        preferred_label=label, defaults={"slug": label.lower().replace(" ", "-")}
    )
    claim = Expertise.objects.create(person=person, tag=tag, level=level)
    for number in range(endorsed):
        colleague = User.objects.known_by(f"colleague{number}@seas.example")
        Endorsement.objects.create(expertise=claim, endorsed_by=colleague)
    project(person)


# Three endorsements make an expert, as the level does; nothing less counts.
@pytest.mark.parametrize("text", ["tides", "who knows about tides", "clerk tides"])
@pytest.mark.django_db
def test_experts_come_first_be_it_by_level_or_by_endorsements(text: str) -> None:
    team = make_team("Pilots", organisation=make_organisation("Harbours Agency"))
    for given, level, endorsed in [
        ("Ada", "practitioner", 2),
        ("Bram", "expert", 0),
        ("Cai", "", 0),
        ("Dewi", "working", 3),
    ]:
        person = make_person(given, "Okonkwo", title="Clerk", team=team)
        knows(person, "Tides", level=level, endorsed=endorsed)
    found = find_people(viewer=ANYBODY, query=parse(text=text))
    assert [hit.given_name for hit in found.hits] == ["Bram", "Dewi", "Ada", "Cai"]


@pytest.mark.django_db
def test_of_those_who_are_no_experts_the_level_decides() -> None:
    for given, level in [
        ("Abel", ""),
        ("Bram", "awareness"),
        ("Cai", "working"),
        ("Dewi", "practitioner"),
        ("Esi", "expert"),
    ]:
        knows(make_person(given, "Okonkwo", title="Clerk"), "Tides", level=level)
    # Neither how lately it was stated nor how full a record is makes up for a level.
    Expertise.objects.exclude(level="").update(stated_at=timezone.now() - timedelta(days=1_000))
    found = find_people(viewer=ANYBODY, query=parse(text="tides"), explain=True)
    order = [hit.given_name for hit in found.hits]
    assert order == ["Esi", "Dewi", "Cai", "Abel", "Bram"]
    dewi = found.hits[1].explanation
    assert dewi is not None
    assert ("practitioner of it", 2.0) in [(part.part, part.points) for part in dewi.parts]


@pytest.mark.parametrize(
    ("level", "stated", "endorsed", "is_recent"),
    [
        ("working", 100, None, True),
        ("working", 1_000, None, False),
        ("working", 1_000, 100, True),
        ("working", 1_000, 1_000, False),
        ("expert", 1_000, None, False),
    ],
)
@pytest.mark.django_db
def test_of_one_level_whoever_stated_it_or_was_endorsed_lately_comes_first(
    level: str, stated: int, endorsed: int | None, is_recent: bool
) -> None:
    """stated, endorsed: days ago."""
    for given, days in [("Abel", 1_100), ("Zadie", stated)]:
        person = make_person(given, "Okonkwo", title="Clerk")
        knows(person, "Tides", level=level, endorsed=0 if endorsed is None else 1)
        then = timezone.now() - timedelta(days=days)
        Expertise.objects.filter(person=person).update(stated_at=then)
        then = timezone.now() - timedelta(days=(endorsed or 0) if given == "Zadie" else 1_100)
        Endorsement.objects.filter(expertise__person=person).update(endorsed_at=then)
    expected = ["Zadie", "Abel"] if is_recent else ["Abel", "Zadie"]
    found = find_people(viewer=ANYBODY, query=parse(text="tides"), explain=True)
    assert [hit.given_name for hit in found.hits] == expected
    explained = [
        part.part for hit in found.hits if hit.explanation for part in hit.explanation.parts
    ]
    assert explained.count("stated or endorsed lately") == is_recent


@pytest.mark.django_db
def test_how_recent_it_is_never_beats_the_level(monkeypatch: pytest.MonkeyPatch) -> None:
    expert, newcomer = make_person("Zadie", "Okonkwo"), make_person("Abel", "Okonkwo")
    knows(expert, "Tides", level="expert")
    Expertise.objects.update(stated_at=timezone.now() - timedelta(days=1_000))
    knows(newcomer, "Tides", level="practitioner")
    query = parse(text="tides")
    found = find_people(viewer=ANYBODY, query=query)
    assert [hit.given_name for hit in found.hits] == ["Zadie", "Abel"]
    # Nor is it looked up where many hold the tag.
    monkeypatch.setattr(ranking, "RECENT_AMONG", 1)
    for hit in find_people(viewer=ANYBODY, query=query, explain=True).hits:
        assert hit.explanation is not None
        assert "stated or endorsed lately" not in [part.part for part in hit.explanation.parts]


@pytest.mark.django_db
def test_expertise_that_is_hidden_earns_nothing_however_recent() -> None:
    """Their name and title are found by the word; that they know the thing is not told."""
    teller, keeper = make_person("Zadie", "Tides"), make_person("Abel", "Tides")
    for person in (teller, keeper):
        knows(person, "Tides")
    FieldAudience.objects.create(person=keeper, field="expertise", audience="self")
    project(keeper)
    hits = find_people(viewer=ANYBODY, query=parse(text="tides"), explain=True).hits
    parts = {
        hit.given_name: [part.part for part in hit.explanation.parts]
        for hit in hits
        if hit.explanation
    }
    assert "stated or endorsed lately" in parts["Zadie"]
    assert "stated or endorsed lately" not in parts["Abel"]


@pytest.fixture
def harbours(db: None) -> Organisation:
    return make_organisation("Harbours Agency")


@pytest.fixture
def viewer(harbours: Organisation) -> Viewer:
    """A pilot of the Harbours Agency at Quay House who knows about tides."""
    pilots = make_team("Pilots", organisation=harbours)
    own = make_person(
        "Ines", "Marrow", title="Pilot", team=pilots, location="Quay House"
    )  # fmt: skip
    knows(own, "Tides")
    return Viewer(user_id=1, person_id=own.pk)


@pytest.fixture
def elsewhere(db: None) -> Team:
    return make_team("Grants", organisation=make_organisation("Mills Office"))


def _in_my_team(elsewhere: Team) -> Person:
    return make_person("Zadie", "Okonkwo", title="Clerk", team=Team.objects.get(name="Pilots"))


def _in_my_organisation(elsewhere: Team) -> Person:
    body = Organisation.objects.get(name="Harbours Agency")
    return make_person(
        "Zadie", "Okonkwo", title="Clerk", team=make_team("Dredgers", organisation=body)
    )


def _in_my_organisation_by_another_post(elsewhere: Team) -> Person:
    person = make_person("Zadie", "Okonkwo", title="Clerk", team=elsewhere)
    appoint(person, make_post("Writer", team=Team.objects.get(name="Pilots")))
    return person


def _in_my_building(elsewhere: Team) -> Person:
    return make_person("Zadie", "Okonkwo", title="Clerk", team=elsewhere, location="Quay House")


def _with_my_expertise(elsewhere: Team) -> Person:
    person = make_person("Zadie", "Okonkwo", title="Clerk", team=elsewhere)
    knows(person, "Tides")
    return person


NEAR = {
    "your team": _in_my_team,
    "your organisation": _in_my_organisation,
    "your team, by another post": _in_my_organisation_by_another_post,
    "your building": _in_my_building,
    "expertise like yours": _with_my_expertise,
}


@pytest.mark.parametrize("how", NEAR)
def test_of_those_who_fit_as_well_the_nearest_comes_first(
    how: str, viewer: Viewer, elsewhere: Team
) -> None:
    near = NEAR[how](elsewhere)
    far = make_person(
        "Abel", "Okonkwo", title="Clerk", team=elsewhere, grade="G7", location="Old Mill"
    )
    for asking, expected in [(viewer, [near, far]), (ANYBODY, [far, near])]:
        found = find_people(viewer=asking, query=parse(text="okonkwo"), explain=True)
        assert [hit.person_id for hit in found.hits] == [person.pk for person in expected], how
        mine = next(hit for hit in found.hits if hit.person_id == near.pk).explanation
        assert mine is not None
        parts = {part.part for part in mine.parts}
        assert (how.split(",")[0] in parts) is (asking == viewer)


#: Typed, and two people: the second is as near as can be, the first fits better.
BETTER = [
    ("okon", ("Okon", "Zimmer", "Clerk"), ("Ada", "Okonkwo", "Clerk")),
    ("okonk", ("Zadie", "Okonkwo", "Clerk"), ("Okonkwo", "Abel", "Clerk")),
    ("ada", ("Ada", "Zimmer", "Clerk"), ("Adaeze", "Abel", "Clerk")),
    ("bob", ("Robert", "Zimmer", "Clerk"), ("Bobak", "Abel", "Clerk")),
    ("ada okonkwo", ("Ada", "Okonkwo", "Clerk"), ("Ada", "Okonkwo-Bell", "Clerk")),
    ("ada okonkwa", ("Ada", "Okonkwo", "Clerk"), ("Ada", "Okonwka", "Clerk")),
    ("pilot", ("Ada", "Zimmer", "Pilot"), ("Bram", "Abel", "Pilotage Clerk")),
    ("clerk grant", ("Ada", "Grant", "Clerk"), ("Ada", "Abel", "Grants Clerk")),
]


@pytest.mark.parametrize(("text", "better", "nearer"), BETTER, ids=[text for text, _, _ in BETTER])
def test_no_nearness_beats_a_better_fit(
    text: str,
    better: tuple[str, str, str],
    nearer: tuple[str, str, str],
    viewer: Viewer,
    elsewhere: Team,
) -> None:
    fits = make_person(better[0], better[1], title=better[2], team=elsewhere)
    near = make_person(
        nearer[0], nearer[1], title=nearer[2], team=Team.objects.get(name="Pilots"),
        location="Quay House", grade="G7", profession="policy", email="a@harbours.example",
    )  # fmt: skip
    knows(near, "Tides")
    hits = find_people(viewer=viewer, query=parse(text=text), closest=False).hits
    order = [hit.person_id for hit in hits if hit.person_id in (fits.pk, near.pk)]
    assert order == [fits.pk, near.pk]


def test_everything_that_is_no_fit_is_less_than_the_smallest_step_between_fits() -> None:
    fullness = ranking.MOST_THINGS // ranking.THINGS_A_TENTH
    nudges = [*ranking.NEARNESS_TENTHS.values(), fullness, ranking.RECENCY_TENTHS]
    assert sum(nudges) < ranking.TENTHS


def test_whoever_has_no_record_that_is_found_is_near_to_nobody(
    viewer: Viewer, elsewhere: Team
) -> None:
    near = _in_my_team(elsewhere)
    far = make_person("Abel", "Okonkwo", title="Clerk", team=elsewhere, location="Old Mill")
    query = parse(text="okonkwo")

    def first(asking: Viewer) -> object:
        return find_people(viewer=asking, query=query).hits[0].person_id

    assert first(viewer) == near.pk
    # A machine, nobody at all, somebody whom no search finds.
    assert first(Viewer(user_id=1, credential_id=uuid4())) == far.pk
    assert first(Viewer(user_id=None)) == far.pk
    own = Person.objects.get(family_name="Marrow")
    own.listing = Person.Listing.PROTECTED
    own.save()
    project(own)
    assert first(viewer) == far.pk


def test_pages_of_one_viewer_lose_and_repeat_nobody(viewer: Viewer, elsewhere: Team) -> None:
    for number in range(4):
        make_person("Ada", f"Okonkwo {number}", title="Clerk", team=elsewhere)
        make_person(
            "Ada", f"Okonkwo {number + 4}", title="Clerk", team=Team.objects.get(name="Pilots")
        )
    query, seen, cursor = parse(text="okonkwo"), [], ""
    for _ in range(3):
        found = find_people(viewer=viewer, query=query, size=3, cursor=cursor)
        seen += [hit.family_name[-1] for hit in found.hits]
        cursor = found.next_cursor
    assert seen == list("45670123")
    assert cursor == ""


@pytest.mark.usefixtures("elsewhere")
def test_the_sum_is_explained_part_by_part(viewer: Viewer) -> None:
    make_person("Ada", "Okonkwo", title="Clerk", team=Team.objects.get(name="Pilots"), grade="G7")
    (hit,) = find_people(viewer=viewer, query=parse(text="Ada okonk clerk"), explain=True).hits
    assert hit.explanation is not None
    assert [(part.word, part.part, part.points) for part in hit.explanation.parts] == [
        ("ada", "name", 40),
        ("okonk", "name begins so", 33),
        ("clerk", "job title", 24),
        ("", "your team", 0.1),
        ("", "your organisation", 0.2),
        ("", "how full the record is", 0.1),
    ]
    assert hit.explanation.total == 97.4


@pytest.mark.usefixtures("stage")
def test_addresses_and_misspelt_names_are_explained() -> None:
    def parts(text: str) -> list[tuple[str, str, float]]:
        hit = find_people(viewer=ANYBODY, query=parse(text=text), explain=True).hits[0]
        assert hit.explanation is not None
        return [(part.word, part.part, part.points) for part in hit.explanation.parts]

    assert parts("ada.okonkwo@ha.example") == [
        ("ada.okonkwo@ha.example", "whole e-mail address", 100),
        ("", "how full the record is", 0.1),
    ]
    assert parts("okonkwa ada") == [
        ("okonkwa", "name spelt about so", 25),
        ("ada", "name", 40),
        ("", "family name begins so", 4),
        ("", "whole name, spelt about so", 6),
    ]


@pytest.mark.usefixtures("stage")
def test_nothing_is_explained_unasked_or_where_names_order_people() -> None:
    query = parse(text="ada")
    assert {hit.explanation for hit in find_people(viewer=ANYBODY, query=query).hits} == {None}
    by_name = find_people(viewer=ANYBODY, query=query, sort=Sort.NAME, explain=True)
    assert {hit.explanation for hit in by_name.hits} == {None}
    assert len(by_name.hits) == 4


@pytest.mark.parametrize("kind", ranking.POINTS)
def test_every_way_to_fit_has_words_of_its_own(kind: str) -> None:
    others = [ranking.label(kind=other) for other in ranking.POINTS if other != kind]
    assert ranking.label(kind=kind) not in others
    assert not any(digit in ranking.label(kind=kind) for digit in "12")
