"""Who sees an organisation's people by default, and whom a curator holds to a narrower listing."""

from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from directory.checking.invariants.people import SEARCH
from directory.checking.reading import broken_by
from directory.curating.audiences import (
    AudienceRefused,
    NotTheirs,
    hold_listing,
    release_listing,
    set_usual_audiences,
    usual_audiences,
)
from directory.curating.curated_people import NobodyCurated
from directory.curating.own_record import list_oneself, show_field_to
from directory.models import (
    Expertise,
    ExpertiseTag,
    FieldAudience,
    Grant,
    ListingHold,
    Person,
    Team,
)
from directory.record_owners import viewer_for
from directory.search.find import find_people, parse
from directory.visibility import Viewer, visible_fields, visible_people
from tests.curating.harbour import NOW, make_feed, user_with
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


@pytest.fixture
def tugs(db: None) -> Team:
    return make_team("Tugs", organisation=make_feed().organisation)


@pytest.fixture
def curator(tugs: Team) -> User:
    return user_with("maya.holt", Grant.Role.CURATOR, on=tugs.organisation)


@pytest.fixture
def ada(tugs: Team) -> Person:
    person = make_person("Ada", "Okonkwo", title="Pilot", team=tugs)
    Person.objects.filter(pk=person.pk).update(phone="020 7946 0888", mobile="07700 900555")
    project(person)
    return person


def usually(team: Team, curator: User, **audiences: str) -> None:
    set_usual_audiences(organisation=team.organisation, audiences=audiences, actor=curator, now=NOW)


def finds(viewer: Viewer, text: str) -> int | None:
    return find_people(viewer=viewer, query=parse(text=text)).total


def inside(team: Team) -> Viewer:
    return Viewer(user_id=2, organisation_ids=frozenset({team.organisation_id}))


def search_is_true() -> bool:
    return all(not broken_by(sql=one.sql, named={}).count for one in SEARCH)


def test_a_default_counts_for_everybody_who_chose_nothing_joiners_too(
    tugs: Team, curator: User, ada: Person
) -> None:
    usually(tugs, curator, phone="organisation")
    joiner = make_person("Bram", "Visser", title="Stoker", team=tugs)
    elsewhere = make_person(
        "Eda", "Moss", title="Miller", team=make_team("M", organisation=make_organisation("Mills"))
    )
    for person, seen in ((ada, False), (joiner, False), (elsewhere, True)):
        assert ("phone" in visible_fields(viewer=ANYBODY, person=person)) is seen
        assert "mobile" in visible_fields(viewer=ANYBODY, person=person)
    assert "phone" in visible_fields(viewer=inside(tugs), person=ada)
    assert (finds(ANYBODY, "79460888"), finds(inside(tugs), "79460888")) == (0, 1)
    assert search_is_true()

    usually(tugs, curator, phone="government")
    assert "phone" in visible_fields(viewer=ANYBODY, person=ada)
    assert finds(ANYBODY, "79460888") == 1
    assert not tugs.organisation.field_audiences.exists()


def test_what_somebody_chose_counts_before_the_default(
    tugs: Team, curator: User, ada: Person
) -> None:
    usually(tugs, curator, phone="self", mobile="organisation")
    own = Viewer(user_id=3, person_id=ada.pk)
    show_field_to(viewer=own, field="phone", audience="government")
    show_field_to(viewer=own, field="mobile", audience="self")
    assert finds(ANYBODY, "79460888") == 1
    assert "mobile" not in visible_fields(viewer=inside(tugs), person=ada)

    show_field_to(viewer=own, field="phone", audience="")
    assert finds(ANYBODY, "79460888") == 0
    assert not FieldAudience.objects.filter(field="phone").exists()


def test_of_two_organisations_the_narrower_default_counts(
    tugs: Team, curator: User, ada: Person
) -> None:
    mills = make_team("Wheels", organisation=make_organisation("Mills"))
    usually(tugs, curator, phone="organisation")
    miller = user_with("eda.moss", Grant.Role.CURATOR, on=mills.organisation)
    usually(mills, miller, phone="self")
    assert "phone" in visible_fields(viewer=inside(tugs), person=ada)
    appoint(ada, make_post("Miller", team=mills))
    assert "phone" not in visible_fields(viewer=inside(tugs), person=ada)
    assert finds(inside(tugs), "79460888") == 0


def test_a_default_hides_expertise_from_search_too(tugs: Team, curator: User, ada: Person) -> None:
    tag = ExpertiseTag.objects.create(
        slug="quay-law", preferred_label="Quaylore", status="approved"
    )
    Expertise.objects.create(person=ada, tag=tag)
    project(ada)
    assert finds(ANYBODY, tag.preferred_label) == 1
    usually(tugs, curator, expertise="organisation")
    assert finds(ANYBODY, tag.preferred_label) == 0
    assert finds(inside(tugs), tag.preferred_label) == 1


def test_only_those_who_curate_an_organisation_say_what_it_shows(tugs: Team) -> None:
    miller = user_with("eda.moss", Grant.Role.CURATOR, on=make_organisation("Mills"))
    operator = user_with("tom", Grant.Role.FEED_OPERATOR, on=tugs.organisation.feeds.get())
    for somebody in (miller, operator, user_with("nobody")):
        with pytest.raises(NotTheirs):
            usually(tugs, somebody, phone="self")
    assert set(usual_audiences(organisation=tugs.organisation).values()) == {"government"}


@pytest.mark.parametrize("wrong", [{"given_name": "self"}, {"phone": "nobody"}, {"phone": ""}])
def test_what_cannot_be_said_is_refused(tugs: Team, curator: User, wrong: dict[str, str]) -> None:
    with pytest.raises(AudienceRefused):
        usually(tugs, curator, **{"mobile": "self", **wrong})
    assert not tugs.organisation.field_audiences.exists()


def test_everybody_chooses_who_finds_them(tugs: Team, ada: Person) -> None:
    own = Viewer(user_id=3, person_id=ada.pk)
    for audience, listing, seen in (
        ("self", "unlisted", (0, 0)), ("organisation", "organisation", (0, 1)),
        ("government", "government", (1, 1)),
    ):  # fmt: skip
        assert list_oneself(viewer=own, audience=audience) == listing
        assert (finds(ANYBODY, "okonkwo"), finds(inside(tugs), "okonkwo")) == seen
        assert visible_people(viewer=own).get() == ada
        assert search_is_true()


def hold(ada: Person, curator: User, listing: str, reason: str = "Threatened") -> None:
    viewer = viewer_for(user=curator, now=NOW)
    hold_listing(
        viewer=viewer, person_id=ada.pk, listing=listing, reason=reason, actor=curator, now=NOW
    )


def test_a_curator_narrows_and_neither_they_nor_the_person_widen(
    ada: Person, curator: User
) -> None:
    own = Viewer(user_id=3, person_id=ada.pk)
    hold(ada, curator, "organisation")
    assert list_oneself(viewer=own, audience="government") == "organisation"
    assert list_oneself(viewer=own, audience="self") == "unlisted"
    assert list_oneself(viewer=own, audience="organisation") == "organisation"
    for listing in ("government", "organisation", "nobody"):
        with pytest.raises(AudienceRefused, match="narrower than the present one"):
            hold(ada, curator, listing)
    hold(ada, curator, "protected")
    with pytest.raises(NobodyCurated):  # even for who did it, nobody of this id is here any more
        hold(ada, curator, "protected")
    for audience in ("government", "organisation", "self"):
        with pytest.raises(Exception, match="You are protected"):
            list_oneself(viewer=own, audience=audience)
    assert finds(ANYBODY, "okonkwo") == 0
    assert ListingHold.objects.get().reason == "Threatened"


@pytest.mark.parametrize("role", [Grant.Role.CURATOR, Grant.Role.FEED_OPERATOR, None])
def test_nobody_else_holds_anybody(ada: Person, tugs: Team, role: str | None) -> None:
    feed = tugs.organisation.feeds.get()
    place = feed if role == Grant.Role.FEED_OPERATOR else make_organisation("Mills")
    other = user_with("other", role, on=place) if role else user_with("other")
    with pytest.raises(NobodyCurated):
        hold(ada, other, "protected")
    assert not ListingHold.objects.exists()


def test_a_hold_has_a_reason(ada: Person, curator: User) -> None:
    with pytest.raises(AudienceRefused, match="Say why"):
        hold(ada, curator, "protected", reason=" ")


def test_an_operator_releases_and_what_the_person_chose_counts_again(
    ada: Person, curator: User
) -> None:
    list_oneself(viewer=Viewer(user_id=3, person_id=ada.pk), audience="organisation")
    hold(ada, curator, "protected")
    call_command("release_listing", str(ada.pk), reason="The threat is over")
    ada.refresh_from_db()
    assert ada.listing == "organisation"
    assert not ListingHold.objects.exists()
    with pytest.raises(CommandError, match="no person of this id"):
        call_command("release_listing", str(uuid4()), reason="The threat is over")
    with pytest.raises(AudienceRefused, match="Say why"):
        release_listing(person_id=ada.pk, reason="")
