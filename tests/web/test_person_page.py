"""A person's page: what it says, and what it must not say."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from directory.models import Appointment, Feed, FeedRun, FieldAudience, Person
from tests.people import make_person, project
from tests.web.reading import get_text, masked
from tests.web.stage import Stage


def page_of(person: Person) -> str:
    return f"/people/{person.pk}"


def test_a_page_says_who_what_and_where(reader: Client, stage: Stage) -> None:
    text = get_text(reader, page_of(stage.amara))
    assert "Amara Nwosu-Bell she/her" in text
    assert "Name of record: Amarachi Nwosu-Bell" in text
    assert "Deputy Director, Trade Policy" in text
    assert "in International Directorate ‹ Strategy and Trade Group" in text
    assert "Temporary promotion, 0.8 FTE" in text
    assert "Rules of origin Expert" in text


def test_contacts_open_the_program_they_are_for(reader: Client, stage: Stage) -> None:
    html = reader.get(page_of(stage.amara)).content.decode()
    assert 'href="mailto:amara.nwosu-bell@dpt.example.gov.uk"' in html
    assert 'href="tel:02079460018"' in html
    assert 'href="tel:+447700900418"' in html


def test_the_line_of_management_goes_up_and_down(reader: Client, stage: Stage) -> None:
    text = get_text(reader, page_of(stage.amara))
    manager, reports = text.index("Line manager"), text.index("Direct reports 10")
    assert manager < text.index("Ifan Prydderch") < reports
    assert reports < text.index("Siân O’Driscoll")


def test_every_value_says_who_stated_it_and_when(reader: Client, stage: Stage) -> None:
    text = get_text(reader, page_of(stage.amara))
    assert "Name from Department for Ports and Trade HR feed, 1 April 2026" in text
    assert "Pronouns from the official, 14 March 2026" in text


def test_a_hidden_field_is_as_if_it_were_not_there(reader: Client, stage: Stage) -> None:
    html = reader.get(page_of(stage.priya)).content.decode()
    assert "priya.raghunathan@" not in html
    assert "No address or number" in html


def test_a_hidden_field_has_no_provenance_either(reader: Client, stage: Stage) -> None:
    FieldAudience.objects.create(person=stage.amara, field="pronouns", audience="self")
    text = get_text(reader, page_of(stage.amara))
    assert "she/her" not in text
    assert "Pronouns" not in text


def test_the_contact_of_the_post_stands_in(reader: Client, stage: Stage) -> None:
    post = Appointment.objects.get(person=stage.priya, post__title="Head of Customs").post
    post.contact_email, post.contact_phone = "customs@dpt.example.gov.uk", "020 7946 0999"
    post.save()
    text = get_text(reader, page_of(stage.priya))
    assert "E-mail of the post customs @dpt.example.gov.uk" in text
    assert "Phone of the post 020 7946 0999" in text


def test_a_posts_contact_never_shows_what_its_holder_hides(reader: Client, stage: Stage) -> None:
    post = Appointment.objects.get(person=stage.priya, post__title="Head of Customs").post
    post.contact_email = "Priya.Raghunathan@dpt.example.gov.uk"
    post.save()
    assert b"raghunathan@" not in reader.get(page_of(stage.priya)).content.lower()


def test_posts_before_say_who_holds_them_now(reader: Client, stage: Stage) -> None:
    text = get_text(reader, page_of(stage.priya))
    assert "May 2021 to Feb 2024 Customs Analyst" in text
    assert "Now held by Bronagh Mac Giolla" in text


def test_somebody_who_left_has_a_page_that_says_so(reader: Client, stage: Stage) -> None:
    text = get_text(reader, page_of(stage.left))
    assert "Left on 27 February 2026" in text
    assert "Customs Historian" in text
    assert "How to reach" not in text


@pytest.mark.parametrize("suffix", ["", ".vcf"])
def test_somebody_hidden_is_the_same_as_nobody(reader: Client, stage: Stage, suffix: str) -> None:
    hidden = reader.get(f"{page_of(stage.hidden)}{suffix}")
    nobody = reader.get(f"/people/{uuid4()}{suffix}")
    assert hidden.status_code == nobody.status_code == 404
    assert masked(hidden) == masked(nobody)


def test_a_merged_record_leads_to_the_survivor(reader: Client, stage: Stage) -> None:
    response = reader.get(page_of(stage.merged))
    assert response.status_code == 301
    assert response["Location"] == page_of(stage.amara)
    card = reader.get(f"{page_of(stage.merged)}.vcf")
    assert card["Location"] == f"{page_of(stage.amara)}.vcf"


def test_a_record_merged_into_somebody_hidden_does_not_exist(reader: Client, stage: Stage) -> None:
    merged = make_person("Edda", "Sollund")
    merged.merged_into = stage.hidden
    merged.save()
    project(merged)
    assert reader.get(page_of(merged)).status_code == 404


def test_names_are_escaped(reader: Client, stage: Stage) -> None:
    mallory = make_person("<script>alert(1)</script>", 'O"Hara & Söhne', email="m@x.example")
    html = reader.get(page_of(mallory)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; O&quot;Hara &amp; Söhne" in html


def test_a_feed_that_delivers_again_confirms_what_it_said_before(
    reader: Client, stage: Stage
) -> None:
    feed = Feed.objects.get(slug="dpt-hr")
    for as_of, state, complete in (
        (date(2026, 7, 1), FeedRun.State.APPLIED, True),
        (date(2026, 8, 1), FeedRun.State.APPLIED, False),
        (date(2026, 9, 1), FeedRun.State.HELD, True),
    ):
        FeedRun.objects.create(
            feed=feed, kind="people", as_of=as_of, state=state, complete=complete
        )
    text = get_text(reader, page_of(stage.amara))
    assert "Department for Ports and Trade HR feed , 1 July 2026" in text
    assert "E-mail from Department for Ports and Trade HR feed, 1 April 2026" in text
