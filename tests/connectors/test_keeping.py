"""A kept copy is read exactly as its file is, and holds nothing that nobody reads."""

import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from directory.connectors.registry import CONNECTORS
from directory.records import Delivery, Reading
from tests.connectors.deliveries import (
    GOOD,
    HEADER,
    SENIOR_HEADER,
    VOCABULARY,
    senior_return,
)
from tests.connectors.workbooks import archived, with_parts, with_shared_texts, workbook

# pragma: allowlist nextline secret - 2026-11-27: invented
SECRET = "QQ123456C"
EXTRA = f"{HEADER},national_insurance_number\n"


def copied(folder: Path, content: bytes, connector: str = "table") -> tuple[Path, Path]:
    """The file and its kept copy."""
    path, copy = folder / "sent.csv", folder / "kept"
    path.write_bytes(content)
    CONNECTORS[connector].copy_used(path=path, mapping={}, vocabulary=VOCABULARY, copy=copy)
    return path, copy


def told(path: Path, connector: str = "table", file_name: str = "") -> list[tuple[object, ...]]:
    """All that a sync learns from a file."""
    parts: list[Delivery] = list(
        CONNECTORS[connector].open(
            path=path, mapping={}, vocabulary=VOCABULARY, file_name=file_name
        )
    )
    learnt: list[tuple[object, ...]] = []
    for part in parts:
        learnt.append((part.kind, part.as_of, part.notices))
        learnt += [(row, _said(part.read(row))) for row in part.rows()]
    return learnt


def _said(reading: Reading) -> tuple[object, ...]:
    record = reading.record
    return reading.faults, record and (record.key, dict(record.values))


@pytest.mark.parametrize(
    "rows",
    [
        f"{GOOD},{SECRET}\n",
        f"\n\n{GOOD},{SECRET}\n\n{GOOD.replace('K1', 'K2')},\n",
        f'{GOOD},"{SECRET}\n{SECRET}"\nK2,"Bo\nBo",Lind,,"a ""b""",SEO,U1,,,,,active,{SECRET}\n',
        f"K1,too,few,{SECRET}\n{GOOD},{SECRET},{SECRET},too many\n",
        f",,,,,,,,,,,,{SECRET}\n,,,{SECRET}\n",
        f"{GOOD},{SECRET}\r\n{GOOD.replace('K1', 'K2')},x\r",
        f"{GOOD.replace('Leeds', 'L' * 20_000)},{SECRET}\n",
        f"{GOOD.replace('Leeds', chr(34) + 'L' * 200_000 + chr(34))},{SECRET}\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_copy_is_read_as_its_file_and_lacks_what_is_not_read(
    tmp_path: Path, rows: str, encoding: str
) -> None:
    text = f"{EXTRA}{GOOD.replace('K1', 'K9').replace('Ann', 'Chloé')},\n{rows}"
    path, copy = copied(tmp_path, text.encode(encoding))
    assert told(copy) == told(path)
    assert SECRET.encode() not in copy.read_bytes()
    assert SECRET not in copy.read_bytes().decode(encoding)


def test_pay_of_a_stacked_return_is_not_kept(tmp_path: Path) -> None:
    stacked = [
        {
            "Post Unique Reference": f"P{number}",
            "Actual Pay Floor (£)": "64999",
            "Notes": "Between us",
            "Back to Index": month,
            "Senior/Junior": "Senior",
        }
        for month in ("Mar-24", "Sep-24")
        for number in range(3)
    ]
    header = (*SENIOR_HEADER, "Back to Index", "Senior/Junior")
    text = senior_return(*stacked, header=header)
    path, copy = copied(tmp_path, text.encode(), "organogram")
    assert told(copy, "organogram") == told(path, "organogram")
    assert b"64999" not in copy.read_bytes()
    assert b"Between us" not in copy.read_bytes()


def test_a_workbook_is_kept_without_columns_and_sheets_that_are_not_read(tmp_path: Path) -> None:
    good = GOOD.split(",")
    rows: list[list[object]] = [
        [],
        [*EXTRA.strip().split(",")],
        [*good, SECRET],
        [],
        [None] * 12 + [SECRET],
        ["K2", "Ann", "#N/A", None, "line\nbreak", *good[5:10], date(2024, 2, 1), "active"],
        ["K3", *good[1:], None, "beside the header", SECRET],
    ]
    name = "staff.xlsx"
    path, copy = workbook(tmp_path / name, [["About"], [SECRET]], rows, [[SECRET]]), tmp_path / "c"
    CONNECTORS["table"].copy_used(
        path=path, mapping={}, vocabulary=VOCABULARY, copy=copy, file_name=name
    )
    assert told(copy, file_name=name) == told(path)
    assert len(told(path)) == 5
    with zipfile.ZipFile(copy) as archive:
        kept = b"".join(archive.read(part) for part in archive.namelist())
    assert SECRET.encode() not in kept
    assert b"Lee" in kept


def test_text_that_looks_like_a_formula_stays_text_in_a_kept_workbook(tmp_path: Path) -> None:
    path, copy = tmp_path / "staff.xlsx", tmp_path / "copy"
    cells = [c.replace("Analyst", "TITLE") for c in GOOD.split(",")]
    with_shared_texts(workbook(path, [HEADER.split(","), cells]))
    text = archived(path, "xl/sharedStrings.xml").replace(b"TITLE", b'=HYPERLINK("x")')
    with_parts(path, {"xl/sharedStrings.xml": text})
    CONNECTORS["table"].copy_used(path=path, mapping={}, vocabulary=VOCABULARY, copy=copy)
    assert told(copy, file_name="staff.xlsx") == told(path)
    assert '=HYPERLINK("x")' in repr(told(copy, file_name="staff.xlsx"))


def test_json_lines_hold_nothing_that_is_not_read(tmp_path: Path) -> None:
    path, copy = tmp_path / "staff.jsonl", tmp_path / "copy"
    row = dict(zip(HEADER.split(","), GOOD.split(","), strict=True))
    path.write_text(f"\n{json.dumps(row)}\n", encoding="utf-8")
    CONNECTORS["table"].copy_used(path=path, mapping={}, vocabulary=VOCABULARY, copy=copy)
    assert told(copy) == told(path)


def test_a_key_made_of_several_columns_survives_in_a_row_of_another_length(tmp_path: Path) -> None:
    mapping = {"combine": {"source_key": "{Body}-{No}"}}
    header = HEADER.replace("source_key", "Body,No")
    path, copy = tmp_path / "staff.csv", tmp_path / "copy"
    path.write_text(f"{header}\nHQ,7,{SECRET}\n{GOOD.replace('K1', 'HQ,8')}\n", encoding="utf-8")
    options: dict[str, Any] = {"mapping": mapping, "vocabulary": VOCABULARY}
    CONNECTORS["table"].copy_used(path=path, copy=copy, **options)
    (kept,) = CONNECTORS["table"].open(path=copy, **options)
    assert [row.key for row in kept.rows()] == ["HQ-7", "HQ-8"]
    assert SECRET not in copy.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["staff.csv", "staff.jsonl"])
@pytest.mark.parametrize(
    "title", [f"NI {SECRET}", "DOB 01/02/1980", f"NI {SECRET}\x01", f"NI {SECRET} " + "x" * 10_000]
)
def test_personal_data_in_free_text_is_told_again_and_not_kept(
    tmp_path: Path, name: str, title: str
) -> None:
    row = dict(zip(HEADER.split(","), GOOD.split(","), strict=True)) | {"job_title": title}
    content = (
        "".join(f"\n{json.dumps(row | more)}\n" for more in ({"source_key": "K2"}, {}))
        if name.endswith("jsonl")
        else f"{HEADER}\n{','.join(row.values())}\n{GOOD}\n"
    )
    path, copy = copied(tmp_path, content.encode())
    assert _readings(copy) == _readings(path)
    for digits in ("123456", "1980"):
        assert digits not in copy.read_text(encoding="utf-8")


def _readings(path: Path) -> list[object]:
    (part,) = CONNECTORS["table"].open(path=path, mapping={}, vocabulary=VOCABULARY)
    return [_said(part.read(row)) for row in part.rows()]
