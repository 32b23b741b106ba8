"""A kept copy is read exactly as its file is, and holds nothing that nobody reads."""

from pathlib import Path

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

SECRET = "QQ123456C"
EXTRA = f"{HEADER},national_insurance_number\n"


def copied(folder: Path, content: bytes, connector: str = "table") -> tuple[Path, Path]:
    """The file and its kept copy."""
    path, copy = folder / "sent.csv", folder / "kept"
    path.write_bytes(content)
    CONNECTORS[connector].copy_used(path=path, mapping={}, vocabulary=VOCABULARY, copy=copy)
    return path, copy


def told(path: Path, connector: str = "table") -> list[tuple[object, ...]]:
    """All that a sync learns from a file."""
    parts: list[Delivery] = list(
        CONNECTORS[connector].open(path=path, mapping={}, vocabulary=VOCABULARY)
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
