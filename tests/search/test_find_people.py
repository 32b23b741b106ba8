"""Who is found by what."""

from collections.abc import Iterable

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.models import (
    BroaderTag,
    Expertise,
    ExpertiseTag,
    Organisation,
    OrganisationParent,
    Team,
)
from directory.search import candidates
from directory.search.find import BadCursor, Found, SearchTooSlow, find_people, parse
from directory.search.query import MAX_CHARACTERS, QueryTooLong
from directory.search.within_time import within_time
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


def search(text: str = "", **filters: Iterable[object]) -> Found:
    return find_people(viewer=ANYBODY, query=parse(text=text, **filters))  # type: ignore[arg-type]


def names(found: Found) -> list[str]:
    return [hit.display_name for hit in found.hits]


@pytest.fixture
def harbours() -> Organisation:
    return make_organisation("Harbours Agency", acronym="HA")


@pytest.fixture
def pilots(harbours: Organisation) -> Team:
    return make_team("Pilots and Tugs", organisation=harbours)


@pytest.mark.parametrize(
    "text",
    [
        "okon",
        "OKONKWO",
        "ada okonkwo",
        "okonkwo, ada",
        "Ada harbour master",
        "okonkwo tugs",
        "master harbours",
        "ada ha",
        "  ada \t okonkwo  ",
        "ada-okonkwo",
        "ada.okonkwo@harb",
        "Ada.Okonkwo@harbours.example",
        "<ada.okonkwo@harbours.example>",
        "master ada.okonkwo@",
    ],
)
def test_an_official_is_found_by_words_of_name_title_team_and_organisation(
    text: str, pilots: Team
) -> None:
    make_person(
        "Ada",
        "Okonkwo",
        title="Harbour Master",
        team=pilots,
        email="Ada.Okonkwo@harbours.example",
    )
    make_person("Bram", "Visser", title="Clerk")
    found = search(text)
    assert names(found) == ["Ada Okonkwo"]
    assert found.total == 1


@pytest.mark.parametrize(
    "text",
    [
        "nkwo",
        "okonkwo@harbours.example",
        "ada.okonkwo@other.example",
        "020 7946 0000",
    ],
)
def test_a_word_has_to_match_from_its_beginning(text: str, pilots: Team) -> None:
    make_person("Ada", "Okonkwo", title="Master", team=pilots, email="ada.okonkwo@harbours.example")
    make_person("Bram", "Visser")
    found = search(text)
    assert (found.hits, found.total, found.next_cursor) == ((), 0, "")


def test_words_that_nobody_fits_together_find_those_closest_and_say_so(pilots: Team) -> None:
    make_person("Ada", "Okonkwo", title="Master", team=pilots)
    make_person("Bram", "Visser")
    make_person("Chidi", "Bell")
    for text, expected in [
        ("ada visser", ["Ada Okonkwo", "Bram Visser"]),
        ("okonkwo zqzqz", ["Ada Okonkwo"]),
    ]:
        found = search(text)
        assert (set(names(found)), found.is_closest) == (set(expected), True)
    assert not search("ada").is_closest
    assert search("zqzqz").hits == ()


@pytest.mark.parametrize(
    ("given", "family", "text"),
    [
        # One letter too many, too few, another, and two in the wrong order.
        ("Ada", "Okonkwo", "ada okonkwwo"),
        ("Ada", "Okonkwo", "konkwo"),
        ("Ada", "Okonkwo", "okunkwo"),
        ("Ada", "Okonkwo", "ada okonwko"),
        ("Margaret", "Visser", "margret viser"),
        # Short names, both ways.
        ("Robert", "Visser", "bob visser"),
        ("Bob", "Visser", "robert visser"),
        # An initial, and names in any order.
        ("Robert", "Visser", "r visser"),
        ("Robert", "Visser", "visser r"),
        # Apostrophes, hyphens and particles in every spelling.
        ("Siobhán", "O’Brien", "o brien"),
        ("Siobhán", "O Brien", "obrien"),
        ("Ada", "Smith-Jones", "smithjones"),
        ("Ada", "Smith-Jones", "ada jones"),
        ("Ada", "de la Cruz", "delacruz"),
        ("Ada", "van der Berg", "vander berg"),
        # Other alphabets, and letters that are written as two.
        ("Jürgen", "Müller", "juergen mueller"),
        ("Иван", "Жуков", "ivan zhukov"),
        ("Θεόδωρος", "Παπάς", "theodoros papas"),
        # "Will" is a name, not a passing word; so is "An".
        ("Will", "Visser", "will"),
        ("An", "Le", "an"),
    ],
)
def test_a_name_is_found_as_people_remember_it(given: str, family: str, text: str) -> None:
    make_person(given, family)
    make_person("Chidi", "Bell")
    found = search(text)
    assert (names(found), found.is_closest) == ([f"{given} {family}"], False)


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("020 7946 0958", "02079460958"),
        ("020 7946 0958", "020-7946-0958"),
        ("020 7946 0958", "+44 20 7946 0958"),
        ("020 7946 0958", "0044 20 7946 0958"),
        ("020 7946 0958", "(020) 7946 0958"),
        ("+44 (0)20 7946 0958", "020 7946 0958"),
        ("+44 (0)20 7946 0958", "7946 0958"),
        ("020 7946 0958 ext 4417", "4417"),
        ("020 7946 0958", "tel: 0958"),
    ],
)
def test_a_number_is_found_by_any_four_digits_of_it(stored: str, text: str) -> None:
    ada = make_person("Ada", "Okonkwo")
    other = make_person("Bram", "Visser")
    ada.phone, other.mobile = stored, "0161 496 0000"
    ada.save()
    other.save()
    project(ada, other)
    assert names(search(text)) == ["Ada Okonkwo"]


def test_who_deals_with_something_is_found_by_labels_and_narrower_terms() -> None:
    tides = ExpertiseTag.objects.create(preferred_label="Tidal modelling", slug="tidal-modelling")
    tides.alternative_labels.create(label="Ebb and flow")
    surges = ExpertiseTag.objects.create(preferred_label="Storm surges", slug="storm-surges")
    BroaderTag.objects.create(from_tag=surges, to_tag=tides)
    old = ExpertiseTag.objects.create(
        preferred_label="Waterlevels", slug="waterlevels", status="merged", merged_into=tides
    )
    people = [make_person(name, "Bell") for name in ("Ada", "Bram", "Chidi")]
    for person, tag in zip(people, (tides, surges, old), strict=True):
        Expertise.objects.create(person=person, tag=tag)
    project(*people)
    everybody = {"Ada Bell", "Bram Bell", "Chidi Bell"}
    for text in ("who deals with tidal modelling?", "tidal", "ebb flow"):
        assert set(names(search(text))) == everybody
    assert names(search("storm surges")) == ["Bram Bell"]
    assert names(search("tidal"))[0] == "Ada Bell"


def test_who_knows_most_of_something_comes_first() -> None:
    flood = ExpertiseTag.objects.create(preferred_label="Flood insurance", slug="flood-insurance")
    parts = [
        ExpertiseTag.objects.create(preferred_label=label, slug=label.lower().replace(" ", "-"))
        for label in ("Flood barriers", "Life insurance", "Insurance law", "Insurance fraud")
    ]
    expert, knows, partly, praised = (make_person(n, "Bell") for n in ("Wim", "Bram", "Ada", "Zoe"))
    Expertise.objects.create(person=expert, tag=flood, level="expert")
    Expertise.objects.create(person=knows, tag=flood)
    for tag in parts:
        Expertise.objects.create(person=partly, tag=tag)
    claim = Expertise.objects.create(person=praised, tag=flood, level="working")
    for number in range(3):
        colleague = get_user_model().objects.create(email=f"colleague{number}@ha.example")
        claim.endorsements.create(endorsed_by=colleague)
    project(expert, knows, partly, praised)
    expected = ["Wim Bell", "Zoe Bell", "Bram Bell", "Ada Bell"]
    assert names(search("who deals with flood insurance")) == expected


def test_a_word_with_another_typed_after_it_is_no_beginning() -> None:
    for given, family in [("John", "Bell"), ("Johnson", "Bell")]:
        make_person(given, family)
    assert set(names(search("john"))) == {"John Bell", "Johnson Bell"}
    for number in range(3):
        make_person("John", f"Bellweather{number}")
    assert "Johnson Bell" not in names(search("john bell"))
    assert "Johnson Bell" in names(search("bell john"))


def test_a_team_moved_below_another_is_found_by_its_name_at_once(harbours: Organisation) -> None:
    sanctions = make_team("Sanctions", organisation=harbours)
    policy = make_team("Maritime Policy", organisation=harbours)
    make_person("Ada", "Okonkwo", title="Analyst", team=sanctions)
    assert search("ada maritime").is_closest
    sanctions.parent = policy
    sanctions.save()
    assert names(search("ada maritime")) == ["Ada Okonkwo"]
    assert not search("ada maritime").is_closest


@pytest.mark.parametrize(
    ("given", "family", "text"),
    [
        ("Siobhán", "O’Brien", "obrien"),
        ("Siobhán", "O'Brien", "siobhan o’brien"),
        ("Zoë", "Müller-Łuk", "muller luk zoe"),
        ("Søren", "Æbelø", "soren aebelo"),
        ("İpek", "Yılmaz", "ipek yilmaz"),
        ("Θεόδωρος", "Παπάς", "ΠΑΠΑΣ θεοδωροσ"),
        ("明", "陳", "陳"),
        ("Иван", "Йовчев", "ЙОВЧЕВ"),
        ("Jürgen", "Straße", "STRASSE"),
    ],
)
def test_case_accents_and_apostrophes_make_no_difference(
    given: str, family: str, text: str
) -> None:
    make_person(given, family)
    assert names(search(text)) == [f"{given} {family}"]


def test_a_query_that_asks_for_nothing_finds_nobody() -> None:
    make_person("Ada", "Okonkwo")
    for text in ("", "   ", "%", "_%", "!!! …"):
        assert search(text) == Found()


def test_filters_alone_list_people_by_name(pilots: Team) -> None:
    for given, family in [("Bram", "Visser"), ("Ada", "Okonkwo"), ("Ada", "Ólafsdóttir")]:
        make_person(given, family, title="Pilot", team=pilots)
    make_person("Chidi", "Nobody")
    found = search(organisations=["harbours-agency"])
    assert names(found) == ["Ada Okonkwo", "Ada Ólafsdóttir", "Bram Visser"]


def test_values_of_one_filter_are_alternatives_and_filters_narrow_each_other(
    pilots: Team,
) -> None:
    for given, grade, profession in [
        ("Ada", "G7", "policy"),
        ("Bram", "G6", "policy"),
        ("Chidi", "SEO", "policy"),
        ("Dewi", "G7", "legal"),
    ]:
        make_person(given, "Pilot", title="P", team=pilots, grade=grade, profession=profession)
    assert names(search("pilot", grades=["g7", "G6"], professions=["policy"])) == [
        "Ada Pilot",
        "Bram Pilot",
    ]
    assert names(search(grades=["G7"])) == ["Ada Pilot", "Dewi Pilot"]
    assert search("pilot", grades=["no such grade"]).total == 0
    assert search(locations=[2**70, -1]).total == 0


def test_an_organisation_stands_for_the_bodies_below_it_even_in_a_loop() -> None:
    ministry = make_organisation("Ministry of Seas")
    agency = make_organisation("Harbours Agency", parents=(ministry,))
    office = make_organisation("Buoys Office", parents=(agency,))
    OrganisationParent.objects.create(child=ministry, parent=office)
    other = make_organisation("Ministry of Skies")
    make_person("Ada", "Okonkwo", title="T", team=make_team("Buoys", organisation=office))
    make_person("Bram", "Visser", title="T", team=make_team("Clouds", organisation=other))
    found = search(organisations=["ministry-of-seas"])
    assert names(found) == ["Ada Okonkwo"]


def test_a_team_stands_for_its_whole_subtree(harbours: Organisation, pilots: Team) -> None:
    tugs = make_team("Tugs", organisation=harbours, parent=pilots)
    crew = make_team("Crew", organisation=harbours, parent=tugs)
    dredgers = make_team("Dredgers", organisation=harbours)
    make_person("Ada", "Okonkwo", title="Mate", team=crew)
    make_person("Bram", "Visser", title="Mate", team=dredgers)
    assert names(search(teams=[pilots.pk])) == ["Ada Okonkwo"]
    assert names(search("mate", teams=[crew.pk, dredgers.pk])) == ["Ada Okonkwo", "Bram Visser"]


def test_a_hit_carries_the_current_posts_and_no_other(harbours: Organisation, pilots: Team) -> None:
    crew = make_team("Crew", organisation=harbours, parent=pilots)
    ada = make_person("Ada", "Okonkwo", title="Mate", team=crew, grade="G7", location="Quay House")
    second = appoint(ada, make_post("Diver", team=pilots))
    (hit,) = search("okonkwo").hits
    assert {post.title for post in hit.posts} == {"Mate", "Diver"}
    mate = next(post for post in hit.posts if post.title == "Mate")
    assert mate.team_path == "harbours-agency/pilots-and-tugs/crew"
    assert (mate.organisation_acronym, mate.location_name) == ("HA", "Quay House")

    second.ends_on = second.first_stated_on
    second.save()
    project(ada)
    (hit,) = search("okonkwo").hits
    assert [post.title for post in hit.posts] == ["Mate"]
    assert search("diver").total == 0


def test_expertise_is_found_too() -> None:
    tides = ExpertiseTag.objects.create(preferred_label="Tidal modelling", slug="tidal-modelling")
    ada = make_person("Ada", "Okonkwo")
    Expertise.objects.create(person=ada, tag=tides)
    project(ada)
    assert names(search("tidal")) == ["Ada Okonkwo"]


def test_pages_follow_each_other_without_repeating_or_losing_anybody(pilots: Team) -> None:
    # Same name and same score for all: only the id tells them apart.
    twins = {make_person("Ada", "Okonkwo", title="Pilot", team=pilots).pk for _ in range(7)}
    others = {make_person("Ada", f"Okon{n}", title="Pilot", team=pilots).pk for n in range(4)}
    for query in (parse(text="ada okon"), parse(text="", organisations=["harbours-agency"])):
        seen, cursor, pages = [], "", 0
        while pages == 0 or cursor:
            found = find_people(viewer=ANYBODY, query=query, size=3, cursor=cursor, facets=False)
            assert found.total == 11
            seen += [hit.person_id for hit in found.hits]
            cursor, pages = found.next_cursor, pages + 1
        assert pages == 4
        assert len(seen) == 11
        assert set(seen) == twins | others


@pytest.mark.parametrize("cursor", ["x", "a:b:c", "é", "\ud800", "\x00", "W10:1:2", ":" * 9000])
def test_a_made_up_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        find_people(viewer=ANYBODY, query=parse(text="ada"), cursor=cursor)


HOSTILE = [
    "\x00",
    "ada\x00okonkwo",
    "\ud800",
    "ada \udfff",
    "%" * 50,
    "_%_%",
    "'; DROP TABLE directory_person; --",
    "ada' & !bram | (x <-> y):*",
    "\\",
    "a@\\'\"b",
    "o'brien@x.example'::tsquery",
    "@@@@",
    "👩‍🚀 ada",
    "ⅷ ² ½ ﬁ ǆ",
    "to_tsquery(:*)",
    "1e5 4e326ee 0x1f",
    "{}",
    "%s %(words)s",
    "\u202eada\u202c",
    "a" * MAX_CHARACTERS,
    "￿" * 3,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_safe_to_search_for(text: str) -> None:
    make_person("Ada", "Okonkwo", email="ada@harbours.example")
    codes = [text, "x"]
    search(text)
    assert search(text, organisations=codes, grades=codes, professions=codes).total == 0
    parse(text=text).text.encode()


def test_a_text_of_100_kb_is_refused_with_the_limit() -> None:
    with pytest.raises(QueryTooLong, match=r"200 characters.*100,000"):
        parse(text="a" * 100_000)
    with pytest.raises(QueryTooLong, match="12 words"):
        parse(text=" ".join(f"w{n}" for n in range(13)))
    with pytest.raises(QueryTooLong, match="grade takes 50"):
        parse(text="", grades=[str(n) for n in range(51)])


@pytest.mark.parametrize("bound", ["RANKED", "COMPARED"])
def test_who_are_many_by_the_vocabulary_and_few_in_truth_are_listed_once(
    bound: str, pilots: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        make_person("Ada", f"Okonkwo{number}", title="Pilot", team=pilots)
    monkeypatch.setattr(candidates, bound, 1)
    found = search("ada pilot")
    assert names(found) == [f"Ada Okonkwo{number}" for number in range(4)]
    assert found.total == 4


def test_the_number_of_statements_does_not_grow_with_the_page(pilots: Team) -> None:
    counts = []
    for n in range(12):
        make_person("Ada", f"Okonkwo{n}", title="Pilot", team=pilots, grade="G7")
        if n in (0, 11):
            with CaptureQueriesContext(connection) as captured:
                assert search("ada", grades=["G7"]).total == n + 1
            counts.append(len(captured))
    assert counts[0] == counts[1] <= 16


def test_a_search_that_takes_too_long_is_refused_and_leaves_no_limit_behind() -> None:
    def sleep() -> None:
        with within_time(), connection.cursor() as db:
            db.execute("SET LOCAL statement_timeout = 10; SELECT pg_sleep(5)")

    with pytest.raises(SearchTooSlow):
        sleep()
    with connection.cursor() as db:
        with within_time():
            pass
        db.execute("SHOW statement_timeout")
        assert db.fetchone() == ("0",)
