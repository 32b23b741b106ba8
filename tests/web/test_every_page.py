"""What holds for every page: who may open it, how many queries it takes, what it may contain."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.people import make_person
from tests.web.stage import Stage

#: Some need nobody there, but a stage that all want is set once: see tests/standing.py.
pytestmark = pytest.mark.usefixtures("stage")

TRADE = (
    "/teams/department-for-ports-and-trade/strategy-and-trade-group"
    "/international-directorate/trade-policy"
)
#: Path, and the most queries it may take, those for session, user and header included.
PAGES: list[tuple[str, int]] = [
    ("/", 5),
    ("/search?q=trade", 16),
    ("/search?q=trade&tab=teams", 8),
    ("/search?q=trade&tab=organisations", 8),
    ("/search?q=trade&tab=expertise", 9),
    ("/suggest?q=trade", 8),
    ("/me", 8),
    ("/me/searches", 4),
    ("/people/{amara}", 16),
    ("/people/{priya}", 17),
    ("/people/{amara}.vcf", 16),
    (TRADE, 15),
    ("/dictionary", 5),
    ("/organisations/", 9),
    ("/expertise/rules-of-origin", 22),
    ("/organisations/department-for-ports-and-trade", 13),
]
OPEN = ["/accessibility", "/privacy"]
TEMPLATES = sorted((settings.PROJECT / "templates").rglob("*.html"))


def address(path: str, stage: Stage) -> str:
    return path.format(amara=stage.amara.pk, priya=stage.priya.pk)


@pytest.mark.parametrize("path", [path for path, _ in PAGES])
def test_a_page_is_for_those_who_signed_in(client: Client, stage: Stage, path: str) -> None:
    response = client.get(address(path, stage))
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("path", OPEN)
def test_statements_are_open(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(("path", "most"), PAGES)
def test_a_page_takes_few_queries(reader: Client, stage: Stage, path: str, most: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert reader.get(address(path, stage)).status_code == 200
    asked = [query["sql"] for query in queries if "FROM" in query["sql"]]
    assert len(asked) <= most, "\n\n".join(asked)


@pytest.mark.parametrize("path", ["/teams/harbours-agency/operations-centre", "/search?q=harbour"])
def test_more_people_take_no_more_queries(reader: Client, stage: Stage, path: str) -> None:
    taken = []
    for newcomers in (0, 30):
        for number in range(newcomers):
            make_person("Newcomer", f"{number}", title="Harbour Officer", team=stage.crowd)
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(path).status_code == 200
        taken.append(len(queries))
    assert taken[0] == taken[1]


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_pages_only_answer_reading(reader: Client, stage: Stage, method: str) -> None:
    assert getattr(reader, method)("/search").status_code == 405


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_style_or_script(template: Path) -> None:
    html = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)


@pytest.mark.parametrize("path", [path for path, _ in PAGES if ".vcf" not in path])
def test_a_page_asks_for_nothing_from_elsewhere(reader: Client, stage: Stage, path: str) -> None:
    html = reader.get(address(path, stage)).content.decode()
    loaded = re.findall(r'(?:src|action)="([^"]*)"|<link[^>]*href="([^"]*)"', html)
    assert all(url.startswith("/") for pair in loaded for url in pair if url)
