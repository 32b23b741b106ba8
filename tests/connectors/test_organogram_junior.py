"""Junior returns count unnamed posts; stacked files are many returns in one."""

from datetime import date

import pytest

from directory.connectors.contract import UnreadableDelivery
from directory.connectors.organogram_columns import month_end
from directory.records import DeliveryKind, PostRecord, Severity
from tests.connectors.deliveries import (
    SENIOR_HEADER,
    OpenReturn,
    codes,
    junior_return,
    readings,
    senior_return,
)

KEY = "department of examples|policy|a1|seo|policy adviser|policy"


def test_a_junior_row_is_counted_posts(open_return: OpenReturn) -> None:
    (delivery,) = open_return(junior_return({}))
    assert readings(delivery)[0].record == PostRecord(
        KEY,
        {
            "stated_parent": "Department of Examples",
            "stated_organisation": "Department of Examples",
            "unit_name": "Policy",
            "reports_to_post": "A1",
            "grade": "SEO",
            "job_title": "Policy Adviser",
            "posts_fte": "2.5",
            "profession": "Policy",
            "post_key": KEY,
            "holder": "counted",
        },
    )


def test_repeats_are_numbered(open_return: OpenReturn) -> None:
    rows = open_return(junior_return({}, {"Number of Posts in FTE": "1"}, {"Grade": "EO"}, {}))
    assert [row.key for row in rows[0].rows()] == [
        KEY,
        f"{KEY}#2",
        KEY.replace("seo", "eo"),
        f"{KEY}#3",
    ]


def test_a_row_of_no_posts_has_a_key_of_its_own(open_return: OpenReturn) -> None:
    (delivery,) = open_return(junior_return({"Number of Posts in FTE": "0.0"}, {}))
    assert [row.key for row in delivery.rows()] == [f"{KEY}|none", KEY]


def test_long_rows_that_differ_in_the_end_have_different_keys(open_return: OpenReturn) -> None:
    titles = ("x" * 3_000, "x" * 3_000 + "y")
    (delivery,) = open_return(junior_return(*({"Generic Job Title": title} for title in titles)))
    first, second = (row.key for row in delivery.rows())
    assert first != second
    assert max(len(first), len(second)) < 500


@pytest.mark.parametrize(
    ("count", "expected", "kept"),
    [
        ("1", [], "1"),
        ("0.5", [], "0.5"),
        (".5", [], ".5"),
        ("1,204.5", [], "1204.5"),
        ("0.01", [], "0.01"),
        ("0.001", ["invalid_fte"], None),
        ("9,999,999", [], "9999999"),
        ("10000000", ["invalid_fte"], None),
        ("0", ["no_posts"], None),
        ("0.00", ["no_posts"], None),
        ("", ["invalid_fte"], None),
        ("two", ["invalid_fte"], None),
        ("nan", ["invalid_fte"], None),
        ("-1", ["invalid_fte"], None),
    ],
)
def test_the_count_is_a_number(
    open_return: OpenReturn, count: str, expected: list[str], kept: str | None
) -> None:
    (reading,) = readings(open_return(junior_return({"Number of Posts in FTE": count}))[0])
    assert codes(reading) == expected
    assert (reading.record.values["posts_fte"] if reading.record else None) == kept
    if expected == ["no_posts"]:
        assert reading.faults[0].severity is Severity.NOTICE


def test_a_row_under_no_senior_post_is_said(open_return: OpenReturn) -> None:
    (reading,) = readings(open_return(junior_return({"Reporting Senior Post": ""}))[0])
    assert codes(reading) == ["reports_to_missing"]
    assert reading.record is not None


STACK = ("Back to Index", "Senion/Junior", *SENIOR_HEADER)


def _stacked(*rows: dict[str, str]) -> str:
    return senior_return(*rows, header=STACK)


def _row(when: str, part: str, **change: str) -> dict[str, str]:
    row = {"Back to Index": when, "Senion/Junior": part}
    if part == "Junior":
        row |= {"Post Unique Reference": "", "Name": "", "Reports to Senior Post": "A1"}
    return row | {name.replace("_", " "): value for name, value in change.items()}


def test_a_stacked_file_is_a_delivery_for_each_date_and_part(open_return: OpenReturn) -> None:
    content = _stacked(
        _row("Mar-14", "Senior", Name="Maya Holt"),
        _row("Mar-14", "Junior"),
        _row("Sep-11", "Junior"),
        _row("Sep-11", "Senior", Name="Tom Marlow"),
        _row("Mar-14", "Senior", Name="Ada Quill"),
    )
    deliveries = open_return(content)
    assert [(d.as_of, d.kind, len(list(d.rows()))) for d in deliveries] == [
        (date(2011, 9, 30), DeliveryKind.SENIOR, 1),
        (date(2011, 9, 30), DeliveryKind.JUNIOR, 1),
        (date(2014, 3, 31), DeliveryKind.SENIOR, 2),
        (date(2014, 3, 31), DeliveryKind.JUNIOR, 1),
    ]
    assert [row.row for row in deliveries[2].rows()] == [2, 6]
    counted = readings(deliveries[3])[0].record
    assert counted is not None
    assert counted.values["posts_fte"] == "1"
    assert all(delivery.notices == () for delivery in deliveries)


def test_a_repeated_header_is_skipped_and_said(open_return: OpenReturn) -> None:
    header = {name: name for name in SENIOR_HEADER if name}
    content = _stacked(
        _row("Mar-14", "Senior"), _row("Mar-14", "Junior") | header, _row("Mar-14", "Junior")
    )
    senior, junior = open_return(content)
    assert senior.notices == ()
    assert [(notice.code, notice.row) for notice in junior.notices] == [("repeated_header", 3)]
    assert [row.row for row in junior.rows()] == [4]


@pytest.mark.parametrize(("when", "part"), [("", "Senior"), ("Mar-14", ""), ("Smarch", "Junior")])
def test_a_stacked_row_without_date_or_part_refuses_the_file(
    open_return: OpenReturn, when: str, part: str
) -> None:
    with pytest.raises(UnreadableDelivery) as refused:
        open_return(_stacked(_row("Mar-14", "Senior"), _row(when, part)))
    assert refused.value.code == "invalid_stack"
    assert "Row 3, line 3" in refused.value.message


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Mar-14", date(2014, 3, 31)),
        ("Jun-10", date(2010, 6, 30)),
        ("Sept 2016", date(2016, 9, 30)),
        ("February 2012", date(2012, 2, 29)),
        ("2013-09", date(2013, 9, 30)),
        ("2013-09-30", date(2013, 9, 30)),
        ("2013-13", None),
        ("14", None),
        ("", None),
    ],
)
def test_a_month_means_its_last_day(text: str, day: date | None) -> None:
    assert month_end(text) == day
