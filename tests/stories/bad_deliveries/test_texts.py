"""Cells that would be run somewhere: kept as text, and shown and written out as text."""

import csv
import io
import logging

import pytest
from django.test import Client

from directory.grants import issue_token
from directory.models import Person, SourceRecord
from directory.sync.preview import faults_csv, plan_csv
from tests.stories.bad_deliveries.catalogue import Case, Ending, answers, ended
from tests.stories.bad_deliveries.department import (
    ANN,
    NOW,
    Department,
    person,
    row,
)
from tests.sync.tides import user_with
from tests.web.reading import get_text

pytestmark = pytest.mark.django_db

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture
def reader(client: Client, db: None) -> Client:
    """An official in a browser."""
    client.force_login(user_with("reader"))
    return client


def api_client() -> Client:
    """A system that reads the directory."""
    token = issue_token(name="Intranet", expires_days=9000, now=NOW).token
    return Client(headers={"Authorization": f"Bearer {token}"})


def said(field: str) -> str:
    """What the feed says of Ann."""
    return str(SourceRecord.objects.get(source_key="K1").statement[field])


def pages_of(official: Person) -> list[str]:
    """Where somebody is shown."""
    return [f"/people/{official.pk}", "/search?q=Ann", "/search?q=Lee"]


@answers("CSV-057", ends=Ending.APPLIED)
def test_markup_is_shown_and_never_run(
    case: Case, new_department: Department, reader: Client
) -> None:
    run = new_department.deliver(case.text)
    assert ended(run) is case.ends
    markup = "<img src=x onerror=alert(1)>"
    assert said("job_title") == markup
    for address in pages_of(person("K1")):
        response = reader.get(address)
        page = response.content.decode()
        assert "&lt;img src=x onerror=alert(1)&gt;" in page, address
        assert "<img src=x" not in page, address
        policy = response["Content-Security-Policy"]
        scripts = next(p for p in policy.split(";") if p.strip().startswith("script-src"))
        assert "unsafe-inline" not in scripts
    assert markup in "".join(plan_csv(run=run))
    answer = api_client().get(f"/api/v1/people/{person('K1').pk}/")
    assert answer.json()["posts"][0]["title"] == markup
    assert answer["Content-Type"] == "application/json"
    assert answer["X-Content-Type-Options"] == "nosniff"


@answers(
    "CSV-058",
    ends=Ending.APPLIED,
    because="To us it is text. Only a line break in a key or an address is an error.",
)
@pytest.mark.parametrize("tail", ["", "%0d%0aSet-Cookie: a=b"])
def test_templates_and_headers_are_text(
    case: Case, tail: str, new_department: Department, reader: Client,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    run = new_department.deliver(case.text.replace("ldap://x}", "ldap://x}" + tail))
    assert ended(run) is case.ends
    text = "{{7*7}}${jndi:ldap://x}" + tail
    assert said("job_title") == text
    assert text in get_text(reader, f"/people/{person('K1').pk}")
    card = reader.get(f"/people/{person('K1').pk}.vcf")
    assert "Set-Cookie" not in card.headers
    assert "49" not in said("job_title")


@answers("CSV-058", ends=Ending.APPLIED, because="To us it is text. Only a line break in a key "
    "or an address is an error.")  # fmt: skip
def test_a_line_break_makes_no_line_of_a_log(
    case: Case, new_department: Department, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="directory")
    forged = "Analyst\r\nINFO fake log line"
    run = new_department.deliver(row(job_title=forged))
    assert ended(run) is case.ends
    assert said("job_title") == "Analyst INFO fake log line"
    assert not any(line.startswith("INFO fake") for line in caplog.text.splitlines())


@answers("CSV-059", ends=Ending.APPLIED)
def test_a_formula_is_kept_and_never_written_out_as_one(
    case: Case, new_department: Department
) -> None:
    rows = [
        ANN | {"source_key": f"K{n}", "email": f"k{n}@dept.gov.uk", "job_title": formula}
        for n, formula in enumerate(case.payload, start=1)
    ]
    rows.append(ANN | {"source_key": "=K9", "email": "none", "job_title": "=1+1"})
    run = new_department.deliver(rows)
    assert ended(run) is Ending.ROW_ERRORS, "the last row is there for the report of faults"
    for number, formula in enumerate(case.payload, start=1):
        # Tabs and carriage returns at the ends are spaces, as in every cell.
        kept = SourceRecord.objects.get(source_key=f"K{number}").statement["job_title"]
        assert kept == formula.strip()
    for export in (plan_csv(run=run), faults_csv(run=run)):
        cells = [cell for line in csv.reader(io.StringIO("".join(export))) for cell in line]
        assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)]
    client = new_department.client()
    for name in ("plan", "faults"):
        download = client.get(
            f"{new_department.runs}{run.pk}/{name}", headers={"Accept": "text/csv"}
        )
        assert b",=" not in download.getvalue()


@answers("CSV-059", "CSV-060", ends=Ending.APPLIED)
def test_what_we_write_out_comes_back_as_it_was(case: Case, new_department: Department) -> None:
    formulas = case.payload if isinstance(case.payload, list) else ["+44 20 7946 0000"]
    rows = [
        ANN
        | {
            "source_key": f"K{n}",
            "email": f"k{n}@dept.gov.uk",
            "job_title": formula,
            "phone": "+44 20 7946 0000",
        }
        for n, formula in enumerate(formulas, start=1)
    ]
    run = new_department.deliver(rows)
    assert ended(run) is case.ends
    written: dict[str, dict[str, str]] = {}
    for line in csv.DictReader(io.StringIO("".join(plan_csv(run=run)))):
        written.setdefault(line["source_key"], {})[line["field"]] = line["after"]
    again = [
        ANN | {k: v for k, v in fields.items() if k in ANN} | {"source_key": key}
        for key, fields in written.items()
    ]
    assert all(fields["phone"] == "'+44 20 7946 0000" for fields in written.values())
    before = {r.source_key: r.statement for r in SourceRecord.objects.filter(kind="person")}
    assert new_department.deliver(again).counts["updates"] == 0
    after = {r.source_key: r.statement for r in SourceRecord.objects.filter(kind="person")}
    assert after == before


@answers("CSV-060", ends=Ending.APPLIED)
def test_a_phone_is_the_same_wherever_it_is_shown(
    case: Case, new_department: Department, reader: Client
) -> None:
    run = new_department.deliver(case.text)
    assert ended(run) is case.ends
    phone = "+44 20 7946 0000"
    ann = person("K1")
    assert ann.phone == said("phone") == phone
    assert api_client().get(f"/api/v1/people/{ann.pk}/").json()["phone"] == phone
    card = reader.get(f"/people/{ann.pk}.vcf").content.decode()
    assert "+44" in card
    assert "'+44" not in card
    assert phone in get_text(reader, f"/people/{ann.pk}")
    assert "'+44" in "".join(plan_csv(run=run))
