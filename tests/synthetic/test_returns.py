"""Organogram returns follow the official header, and the rules of the official validator."""

import csv

from directory.synthetic import Delivery

from .conftest import Feeds, Row

SENIOR = (
    "Post Unique Reference|Name|Grade (or equivalent)|Job Title|Job/Team Function|"
    "Parent Department|Organisation|Unit|Contact Phone|Contact E-mail|Reports to Senior Post|"
    "Salary Cost of Reports (£)|FTE|Actual Pay Floor (£)|Actual Pay Ceiling (£)||"
    "Professional/Occupational Group|Notes|Valid?"
)
JUNIOR = (
    "Parent Department|Organisation|Unit|Reporting Senior Post|Grade|Payscale Minimum (£)|"
    "Payscale Maximum (£)|Generic Job Title|Number of Posts in FTE|"
    "Professional/Occupational Group"
)
UNNAMED = {"N/D", "Vacant", "Eliminated"}


def test_the_headers_are_those_departments_publish(feeds: Feeds) -> None:
    for kind, expected in (("senior", SENIOR), ("junior", JUNIOR)):
        for delivery in feeds.of_kind(kind):
            path = feeds.directory / delivery.path
            with path.open(encoding="utf-8", newline="") as file:
                assert next(csv.reader(file)) == expected.split("|")


def test_senior_and_junior_returns_are_two_feeds(feeds: Feeds) -> None:
    for kind in ("senior", "junior"):
        slugs = {one.feed for one in feeds.of_kind(kind)}
        assert slugs == {f"office-for-public-standards-{kind}"}
        assert all(one.connector == "organogram" for one in feeds.of_kind(kind))


def test_every_post_reports_to_one_above_and_one_is_the_top(feeds: Feeds) -> None:
    for delivery in feeds.of_kind("senior"):
        above = {
            row["Post Unique Reference"]: row["Reports to Senior Post"]
            for row in feeds.rows(delivery)
        }
        assert len(above) == delivery.rows
        assert list(above.values()).count("XX") == 1
        for reference in above:
            seen = set()
            while reference != "XX":
                assert reference not in seen
                seen.add(reference)
                reference = above[reference]


def test_posts_are_named_undisclosed_vacant_and_in_time_eliminated(feeds: Feeds) -> None:
    states = {row["Name"] for one in feeds.of_kind("senior") for row in feeds.rows(one)}
    assert states >= UNNAMED
    for delivery in feeds.of_kind("senior"):
        rows = feeds.rows(delivery)
        assert delivery.in_post == len(_holders(rows))
        undisclosed = [row for row in rows if row["Name"] == "N/D"]
        assert all(row["Grade (or equivalent)"] == "SCS1" for row in undisclosed)
        vacant = [row for row in rows if row["Name"] in UNNAMED - {"N/D"}]
        assert all(row["Contact Phone"] == "N/A" for row in vacant)


def test_holders_come_and_go_as_the_manifest_says(feeds: Feeds) -> None:
    for delivery in feeds.of_kind("senior"):
        if delivery.period == 0:
            continue
        before = _holders(feeds.rows(feeds.before(delivery)))
        after = _holders(feeds.rows(delivery))
        assert delivery.joiners == len(after - before)
        assert delivery.leavers == len(before - after)
        names_before, names_after = ({name for _, name in one} for one in (before, after))
        assert delivery.movers == 1
        assert len(names_before - names_after) == delivery.leavers - delivery.movers


def test_junior_posts_report_to_senior_posts_that_still_exist(feeds: Feeds) -> None:
    for junior, senior in zip(feeds.of_kind("junior"), feeds.of_kind("senior"), strict=True):
        assert junior.period == senior.period
        existing = {
            row["Post Unique Reference"]
            for row in feeds.rows(senior)
            if row["Name"] != "Eliminated"
        }
        rows = _counted(feeds, junior)
        assert all(row["Reporting Senior Post"] in existing for row in rows)
        assert all(float(row["Number of Posts in FTE"]) > 0 for row in rows)


def test_no_two_junior_rows_say_the_same_apart_from_their_count(feeds: Feeds) -> None:
    for delivery in feeds.of_kind("junior"):
        keys = {
            (row["Reporting Senior Post"], row["Unit"], row["Grade"], row["Generic Job Title"])
            for row in _counted(feeds, delivery)
        }
        assert len(keys) == delivery.rows


def _counted(feeds: Feeds, delivery: Delivery) -> list[Row]:
    rows = feeds.rows(delivery)
    assert len(rows) == delivery.rows
    return rows


def _holders(rows: list[Row]) -> set[tuple[str, str]]:
    return {
        (row["Post Unique Reference"], row["Name"]) for row in rows if row["Name"] not in UNNAMED
    }
