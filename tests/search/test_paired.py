"""
Pairs: the same questions with and without what a viewer may not see, answered with the same bytes.

Masked is the form token alone: the only thing in an answer that differs by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from directory.grants import grant_role, issue_token
from directory.models import Expertise, ExpertiseTag, FieldAudience, Grant, Person, Team
from tests.people import coming_together, make_organisation, make_person, make_team, project
from tests.routes import ROUTES
from tests.web.reading import masked

#: Which answer questions; the last two take nothing but a text.
DOORS = ("/search", "/search/export", "/api/v1/search", "/api/v1/people/")
SUGGESTING = ("/suggest", "/api/v1/suggest")

#: Which show where people work and what they know.
PLACES = (
    "/", "/organisations/", "/organisations/harbours-agency", "/teams/harbours-agency/pilots",
    "/expertise/whispering", "/me/searches",
    "/api/v1/organisations/", "/api/v1/organisations/harbours-agency/", "/api/v1/teams/",
    "/api/v1/teams/{team}/", "/api/v1/expertise/", "/api/v1/expertise/whispering/",
)  # fmt: skip

#: Routes that are asked here, that every one that can answer about people is among.
ASKED = {
    "directory:search", "directory:export", "directory:suggest", "directory:person",
    "directory:person-vcard", "directory:correct", "directory:home", "directory:organisations",
    "directory:organisation", "directory:team", "directory:tag", "directory:saved-searches",
    "api:search", "api:people", "api:person", "api:suggest", "api:organisations",
    "api:organisation", "api:teams", "api:team", "api:expertise", "api:tag",
}  # fmt: skip
#: What a department sent is shown to those who look after its feed, whoever it names.
OF_DELIVERIES = {"api:runs", "api:run", "api:faults", "api:plan"}
#: One's own record and saved searches, forms whose answers are a redirect, what is about nobody.
ABOUT_NOBODY = {
    "directory:own-record", "directory:own-copy", "directory:own-listing",
    "directory:field-audience", "directory:edit-own-record", "directory:undo-own-record",
    "directory:confirm-own-record", "directory:own-expertise", "directory:withdraw-expertise",
    "directory:dictionary", "directory:corrections", "directory:answer-correction",
    "directory:rename-search", "directory:search-digest", "directory:search-seen",
    "directory:delete-search", "directory:accessibility", "directory:privacy", "api:schema",
    "api:docs", "api:problem", "api:nowhere", "healthz", "readyz",
}  # fmt: skip
HIDDEN = [Person.Listing.PROTECTED, Person.Listing.UNLISTED]

#: One name for each test, since a vocabulary that learnt a word once has no “without” any more.
NAMES = {
    "stays protected": ("Zorbakina", "Quellschmidt"),
    "stays unlisted": ("Vexilmar", "Ophelgrund"),
    "becomes protected": ("Thrumbold", "Yarrowquist"),
    "becomes unlisted": ("Plovdimir", "Jastrzemb"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """Who asks, and the team in which somebody more may work."""

    browser: Client
    machine: Client
    team: Team

    def answers(
        self, questions: list[str], *, about: Person | None = None
    ) -> Mapping[str, tuple[int, dict[str, str], bytes]]:
        """What each question is answered with by each door: status, headers, bytes."""
        paths = [f"{door}?{question}" for door in DOORS for question in questions]
        texts = {question.partition("&")[0] for question in questions}
        paths += [f"{door}?{text}" for door in SUGGESTING for text in sorted(texts)]
        paths += [path.format(team=self.team.pk) for path in PLACES]
        if about:
            paths += [
                f"/people/{about.pk}",
                f"/people/{about.pk}.vcf",
                f"/people/{about.pk}/correction",
                f"/api/v1/people/{about.pk}/",
            ]
        taken = {}
        for path in paths:
            client = self.machine if path.startswith("/api/") else self.browser
            answer = client.get(path)
            headers = {k: v for k, v in answer.headers.items() if k != "Set-Cookie"}
            taken[path] = (answer.status_code, headers, masked(answer))
        return taken


@pytest.fixture
@coming_together()
def pair(db: None) -> Pair:
    """A crew with ordinary names, some of them one edit from a hidden one."""
    cache.clear()
    team = make_team("Pilots", organisation=make_organisation("Harbours Agency", acronym="HA"))
    cast = [
        ("Ada", "Okonkwo"), ("Eda", "Okonkwa"), ("Bram", "Quellschmit"), ("Ada", "Quelschmidt"),
        ("Ada", "Ophelgrunt"), ("Cai", "Opelgrund"), ("Ada", "Yarrowquest"), ("Ada", "Yarowquist"),
        ("Ada", "Jastrzemp"), ("Ada", "Jastremb"), ("Ada", "Lindqvist"), ("Zorbo", "Vexton"),
        # So many that a question for the unknown name is enough answered by them.
        ("Ada", "Yarrowquit"), ("Eda", "Yarrowquest"), ("Ada", "Jastrzem"), ("Eda", "Jastrzemp"),
    ]  # fmt: skip
    for given, family in cast:
        make_person(given, family, title="Pilot", team=team, grade="G7", location="Quay House")
    browser = Client()
    curator = User.objects.known_by("reader@cabinet.example.gov.uk")
    browser.force_login(curator)
    grant_role(
        user=curator, role=Grant.Role.CURATOR, on=make_organisation("Cabinet"), until=None,
        granted_by=None,
    )  # fmt: skip
    token = issue_token(name="Intranet", expires_days=30, now=datetime.now(UTC)).token
    return Pair(browser, Client(headers={"Authorization": f"Bearer {token}"}), team)


def questions_about(given: str, family: str, *, team: Team) -> list[str]:
    """Every way to come near somebody of this name, in this team, with this address and number."""
    texts = [
        given, family, f"{given} {family}", f"ada {family}", f"ada bram pilot {given}",
        f"okonkwo {family} nowhere", family[:4], given[:3], given[:1], f"ada {family[:5]}",
        f"ada {family[:-1]}x", f"{family[:3]}x{family[3:]}", f"eda {family}s",
        f"{given}.{family}@", "0777", "ada saboteur", "saboteurs", "pilot", "cellr nine",
        "ada whisperng",
    ]  # fmt: skip
    asked = [f"q={text}" for text in texts]
    asked += [f"q={text}&grade=G7" for text in (family, "ada")]
    asked += [f"q=&team={team.pk}", "q=&organisation=harbours-agency", "q=&grade=SEO&grade=G7"]
    asked += [
        f"q={family}&tab=teams",
        f"q={family}&tab=organisations",
        f"q={family}&team={team.pk}",
    ]
    return asked


def somebody(given: str, family: str, *, team: Team, listing: str) -> Person:
    """With every value a search reads, all of them their own."""
    person = make_person(
        given,
        family,
        title="Saboteur",
        team=team,
        email=f"{given}.{family}@ha.example".lower(),
        grade="SEO",
        profession="policy",
        location="Cellar Nine",
        listing=listing,
    )
    person.phone = "020 7946 0777"
    person.save()
    tag = ExpertiseTag.objects.create(slug="whispering", preferred_label="Whispering")
    Expertise.objects.create(person=person, tag=tag)
    project(person)
    return person


def test_every_route_that_can_answer_about_people_is_asked() -> None:
    others = {name for name in ROUTES if name.startswith(("curate:", "account", "mfa_", "openid_"))}
    assert set(ROUTES) == ASKED | OF_DELIVERIES | ABOUT_NOBODY | others


@pytest.mark.parametrize("listing", HIDDEN)
def test_somebody_hidden_changes_no_byte_of_any_answer(listing: str, pair: Pair) -> None:
    given, family = NAMES[f"stays {listing}"]
    questions = questions_about(given, family, team=pair.team)
    without = pair.answers(questions)
    somebody(given, family, team=pair.team, listing=listing)
    assert pair.answers(questions) == without


@pytest.mark.campaign
@pytest.mark.parametrize("listing", HIDDEN)
def test_somebody_who_becomes_hidden_leaves_no_byte_behind(listing: str, pair: Pair) -> None:
    given, family = NAMES[f"becomes {listing}"]
    questions = questions_about(given, family, team=pair.team)
    without = pair.answers(questions)
    person = somebody(given, family, team=pair.team, listing=Person.Listing.GOVERNMENT)
    assert pair.answers(questions) != without
    person.listing = listing
    person.save()
    project(person)
    assert pair.answers(questions) == without


#: A field to a value that is found or shown, and questions that come near it.
NARROWED = {
    "email": ("whisper.nine@ha.example", ["whisper.nine@ha.example", "whisper.n@", "whisper"]),
    "phone": ("020 7946 0888", ["020 7946 0888", "0888", "79460888"]),
    "mobile": ("07700 900 555", ["07700 900 555", "900555"]),
    "working_days": ("Tuesdays", ["tuesdays"]),
    "languages": ("Old Norse", ["norse", "old norse"]),
    "bio": ("Keeper of bees", ["bees", "keeper"]),
    "pronouns": ("ze/zir", ["zir"]),
}


@pytest.mark.parametrize(
    "field",
    [
        pytest.param(field, marks=[] if field in ("email", "bio") else pytest.mark.campaign)
        for field in NARROWED
    ],
)
def test_a_narrowed_value_changes_no_byte_of_any_answer(field: str, pair: Pair) -> None:
    value, near = NARROWED[field]
    person = Person.objects.get(family_name="Lindqvist")
    questions = [f"q={text}" for text in (*near, *(f"ada {text}" for text in near), "lindqvist")]
    without = pair.answers(questions, about=person)
    # Not saved, because that would also say when.
    Person.objects.filter(pk=person.pk).update(**{field: value})
    narrowed = FieldAudience.objects.create(person=person, field=field, audience="self")
    for audience in ("self", "organisation"):
        narrowed.audience = audience
        narrowed.save()
        project(person)
        assert pair.answers(questions, about=person) == without


@pytest.mark.parametrize(
    "field",
    [
        "email",
        pytest.param("phone", marks=pytest.mark.campaign),
        pytest.param("expertise", marks=pytest.mark.campaign),
    ],
)
def test_a_value_that_is_narrowed_later_leaves_no_byte_behind(field: str, pair: Pair) -> None:
    person = Person.objects.get(family_name="Lindqvist")
    value, near = NARROWED.get(field, ("", ["murmuring", "murmurng", "ada pilot murmuring"]))
    questions = [f"q={text}" for text in (*near, *(f"ada {text}" for text in near), "lindqvist")]
    without = pair.answers(questions, about=person)
    if field == "expertise":
        tag = ExpertiseTag.objects.create(slug="murmuring", preferred_label="Murmuring")
        Expertise.objects.create(person=person, tag=tag)
    else:
        Person.objects.filter(pk=person.pk).update(**{field: value})
    project(person)
    assert pair.answers(questions, about=person) != without
    FieldAudience.objects.create(person=person, field=field, audience="self")
    project(person)
    assert pair.answers(questions, about=person) == without
