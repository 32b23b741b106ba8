"""The page of an expertise, and the tabs that lead to it."""

import pytest
from django.test import Client
from django.urls import reverse

from directory.folding import fold
from directory.models import AlternativeLabel, BroaderTag, Expertise, ExpertiseTag, Person
from tests.people import make_person, project
from tests.web.reading import text_of
from tests.web.stage import Stage

PATH = "/expertise/rules-of-origin"


def origin() -> ExpertiseTag:
    return ExpertiseTag.objects.get(slug="rules-of-origin")


def claim(person: Person, tag: ExpertiseTag, level: str = "") -> None:
    Expertise.objects.create(person=person, tag=tag, level=level)
    project(person)


def test_it_says_what_it_means_who_knows_it_and_what_is_near_it(
    reader: Client, stage: Stage
) -> None:
    tag = origin()
    ExpertiseTag.objects.filter(pk=tag.pk).update(definition="Where goods come from.")
    AlternativeLabel.objects.create(tag=tag, label="Preferential origin")
    customs = ExpertiseTag.objects.create(
        slug="customs-law", preferred_label="Customs law", status="approved"
    )
    BroaderTag.objects.create(from_tag=tag, to_tag=customs)
    page = text_of(reader.get(PATH))
    assert "Where goods come from." in page
    assert "also called Preferential origin" in page
    assert "Amara Nwosu-Bell" in page
    assert "Wider Customs law" in page
    assert "Department for Ports and Trade 1" in page
    # Whoever knows something narrower knows it too.
    assert "Amara Nwosu-Bell" in text_of(reader.get("/expertise/customs-law"))


def test_experts_come_first(reader: Client, stage: Stage) -> None:
    claim(make_person("Aaron", "Aasen"), origin(), "awareness")
    claim(make_person("Zora", "Zupan"), origin(), "expert")
    page = text_of(reader.get(PATH))
    assert page.index("Zora Zupan") < page.index("Aaron Aasen")


def test_a_tag_that_became_another_leads_there(reader: Client, stage: Stage) -> None:
    ExpertiseTag.objects.create(
        slug="origin-rules", preferred_label="Origin rules", status="merged", merged_into=origin()
    )
    for path in ("/expertise/origin-rules", "/expertise/Rules-of-Origin"):
        response = reader.get(path)
        assert (response.status_code, response["Location"]) == (301, PATH)


def test_an_expertise_of_somebody_hidden_is_not_there(reader: Client, stage: Stage) -> None:
    falconry = ExpertiseTag.objects.create(slug="falconry", preferred_label="Falconry")
    ExpertiseTag.objects.create(
        slug="hawking", preferred_label="Hawking", status="merged", merged_into=falconry
    )
    claim(stage.hidden, falconry)
    for slug in ("falconry", "hawking", "nowhere"):
        assert reader.get(f"/expertise/{slug}").status_code == 404
    assert "Falconry" not in text_of(reader.get("/search?q=falconry&tab=expertise"))
    claim(stage.amara, falconry)
    assert reader.get("/expertise/falconry").status_code == 200
    page = text_of(reader.get("/search?q=falcnry&tab=expertise"))
    assert "Nothing is called so. These are called nearly the same." in page
    assert "Falconry Proposed 1 person" in page


def test_a_tag_that_nobody_claims_says_so(reader: Client, stage: Stage) -> None:
    ExpertiseTag.objects.create(slug="tides", preferred_label="Tides", status="approved")
    assert "Nobody has stated this expertise yet." in text_of(reader.get("/expertise/tides"))


@pytest.mark.parametrize(("tab", "what"), [("teams", "teams"), ("expertise", "kinds of expertise")])
def test_what_nothing_is_called_finds_nothing_and_says_what_to_try(
    reader: Client, stage: Stage, tab: str, what: str
) -> None:
    page = text_of(reader.get(f"/search?q=zzzzzz&tab={tab}"))
    assert f"0 {what} for zzzzzz" in page
    assert "Look for people" in page


def test_a_person_s_expertise_leads_to_its_page(reader: Client, stage: Stage) -> None:
    assert f'href="{PATH}"' in reader.get(f"/people/{stage.amara.pk}").content.decode()


def test_words_that_name_an_expertise_show_it_above_the_people(
    reader: Client, stage: Stage
) -> None:
    assert f'href="{PATH}"' in reader.get("/search?q=rules+of+origin").content.decode()


@pytest.mark.parametrize("label", ["Сваи", "हिन्दी नीति", "ประมง", "漁業", "Pêche côtière"])
def test_a_tag_in_any_script_has_a_page_that_its_people_lead_to(
    reader: Client, stage: Stage, label: str
) -> None:
    """As a feed names it: of what remains of the label once it is folded."""
    tag = ExpertiseTag.objects.create(
        slug=fold(label).replace(" ", "-"), preferred_label=label, status="approved"
    )
    claim(stage.amara, tag)
    person = reader.get(f"/people/{stage.amara.pk}")
    assert label in text_of(person)
    path = reverse("directory:tag", args=[tag.slug])
    assert f'href="{path}"' in person.content.decode()
    assert reader.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/expertise/a%00b", "/expertise/%20", "/expertise/a%2Fb"])
def test_what_no_label_folds_to_is_no_page(reader: Client, path: str) -> None:
    assert reader.get(path).status_code == 404
