"""What every people and teams file promises its reader."""

import csv
import re
from collections import Counter

from directory.synthetic.locations import PHONE_PREFIXES
from directory.synthetic.table_files import PEOPLE_COLUMNS
from directory.synthetic.work import GRADES

from .conftest import Feeds, in_post

COLUMNS = (
    "source_key,given_name,family_name,email,job_title,grade,unit_code,manager_key,phone,location,"
    "start_date,status,preferred_name,profession,fte,appointment_kind,end_date,post_key,pronouns,"
    "expertise,working_days,responsibilities"
)
#: The ranges Ofcom keeps for drama: nobody is ever rung.
DRAMA = re.compile(
    r"020 7946 0\d{3}|011[3-8] 496 0\d{3}|01[2-6]1 496 0\d{3}|0191 498 0\d{3}|01632 960\d{3}"
    r"|028 9649 6\d{3}|029 2018 0\d{3}|07700 900\d{3}"
)
ADDRESS = re.compile(r"[a-z-]+\.[a-z-]+\d*@[a-z]+\.example\.gov\.uk")


def test_the_header_is_the_table_layout_to_the_letter(feeds: Feeds) -> None:
    first = next(feeds.of_kind("people"))
    with (feeds.directory / first.path).open(encoding="utf-8", newline="") as file:
        assert file.readline() == COLUMNS + "\n"
    for delivery in feeds.of_kind("people"):
        assert tuple(feeds.rows(delivery)[0]) == PEOPLE_COLUMNS
    for delivery in feeds.of_kind("teams"):
        assert tuple(feeds.rows(delivery)[0]) == ("unit_code", "parent_code", "name")


def test_departments_use_four_layouts_for_the_same_content(feeds: Feeds) -> None:
    headers = {}
    for delivery in feeds.of_kind("people"):
        with (feeds.directory / delivery.path).open(encoding="utf-8", newline="") as file:
            headers[delivery.organisation] = file.readline()
    assert headers["ministry-of-justice"].startswith("source_key,")
    assert headers["hm-treasury"].startswith("source_key\t")
    assert headers["department-for-transport"].startswith("source_key;")
    assert headers["department-for-education"].startswith("Employee Number,")


def test_every_row_counts_and_every_key_stands_once(feeds: Feeds) -> None:
    for delivery in feeds.of_kind("people"):
        rows = feeds.rows(delivery)
        assert len(rows) == delivery.rows
        assert len(in_post(rows)) == delivery.in_post
        assert len({row["source_key"] for row in rows}) == len(rows)


def test_every_manager_is_in_the_same_file_and_in_post(feeds: Feeds) -> None:
    for delivery in feeds.of_kind("people"):
        rows = feeds.rows(delivery)
        keys = in_post(rows)
        assert all(row["manager_key"] in keys for row in rows if row["manager_key"])
        assert sum(not row["manager_key"] for row in rows) == 1


def test_no_line_of_managers_comes_back_to_where_it_began(feeds: Feeds) -> None:
    for delivery in feeds.of_kind("people"):
        above = {row["source_key"]: row["manager_key"] for row in feeds.rows(delivery)}
        for key in above:
            seen = {key}
            while key := above[key]:
                assert key not in seen
                seen.add(key)


def test_every_team_a_person_is_in_exists(feeds: Feeds) -> None:
    teams = {
        (one.feed, one.period): {row["unit_code"] for row in feeds.rows(one)}
        for one in feeds.of_kind("teams")
    }
    for delivery in feeds.of_kind("people"):
        codes = {row["unit_code"] for row in feeds.rows(delivery)}
        assert codes <= teams[delivery.feed, delivery.period]


def test_teams_come_after_their_parents_six_levels_deep(feeds: Feeds) -> None:
    for delivery in feeds.of_kind("teams"):
        levels = {"": 0}
        for row in feeds.rows(delivery):
            assert row["unit_code"] not in levels
            levels[row["unit_code"]] = levels[row["parent_code"]] + 1
        assert max(levels.values()) == 6


def test_no_two_teams_of_an_organisation_have_the_same_name(feeds: Feeds) -> None:
    for delivery in feeds.of_kind("teams"):
        names = Counter(row["name"] for row in feeds.rows(delivery))
        assert names.most_common(1)[0][1] == 1


def test_an_address_belongs_to_one_person_of_the_organisation_for_ever(feeds: Feeds) -> None:
    owners: dict[str, str] = {}
    domains = {one.slug: one.email_domain for one in feeds.manifest.organisations}
    for delivery in feeds.of_kind("people"):
        for row in feeds.rows(delivery):
            assert ADDRESS.fullmatch(row["email"])
            assert row["email"].endswith("@" + domains[delivery.organisation])
            owner = f"{delivery.organisation} {row['source_key']}"
            assert owners.setdefault(row["email"], owner) == owner


def test_every_telephone_number_is_one_kept_for_drama(feeds: Feeds) -> None:
    assert all(DRAMA.fullmatch(prefix + "123") for prefix in PHONE_PREFIXES)
    for delivery in feeds.of_kind("people", "senior"):
        column = "phone" if delivery.kind == "people" else "Contact Phone"
        phones = {row[column].replace("+44 ", "0") for row in feeds.rows(delivery)}
        assert all(DRAMA.fullmatch(phone) for phone in phones - {"", "N/A"})


def test_every_value_is_one_the_layout_knows(feeds: Feeds) -> None:
    kinds = {"substantive", "temporary promotion", "loan", "secondment", "job share"}
    for delivery in feeds.of_kind("people"):
        for row in feeds.rows(delivery):
            assert row["status"] in {"active", "leave", "left"}
            assert row["appointment_kind"] in kinds
            assert row["grade"] in GRADES
            assert 0 < float(row["fte"]) <= 1
            assert all(row[name] for name in ("given_name", "family_name", "job_title"))
            assert not row["end_date"] or row["start_date"] <= row["end_date"]
            assert row["start_date"] < delivery.as_of.isoformat()


def test_grades_come_in_the_proportion_of_the_civil_service(feeds: Feeds) -> None:
    grades: Counter[str] = Counter()
    for delivery in feeds.of_kind("people"):
        if delivery.period == 0:
            grades.update(row["grade"] for row in feeds.rows(delivery))
    share = {grade: 100 * count / grades.total() for grade, count in grades.items()}
    assert 18 < share["AO"] + share["AA"] < 35
    assert 20 < share["EO"] < 32
    assert 25 < share["HEO"] + share["SEO"] < 40
    assert 9 < share["G7"] + share["G6"] < 20
    assert 0.5 < sum(share[grade] for grade in ("SCS1", "SCS2", "SCS3", "SCS4")) < 5


def test_a_shared_post_has_two_part_time_holders(feeds: Feeds) -> None:
    shared = 0
    for delivery in feeds.of_kind("people"):
        if delivery.period:
            continue
        holders: dict[str, list[dict[str, str]]] = {}
        for row in feeds.rows(delivery):
            holders.setdefault(row["post_key"], []).append(row)
        pairs = [rows for rows in holders.values() if len(rows) > 1]
        shared += len(pairs)
        for first, second in pairs:
            assert {first["appointment_kind"], second["appointment_kind"]} == {"job share"}
            assert float(first["fte"]) + float(second["fte"]) <= 1
    assert shared


def test_files_are_plain_utf8_with_unix_line_ends(feeds: Feeds) -> None:
    for delivery in feeds.of_kind("people", "teams"):
        content = (feeds.directory / delivery.path).read_bytes()
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")
        assert list(csv.reader(content.decode("utf-8").splitlines(keepends=True)))
