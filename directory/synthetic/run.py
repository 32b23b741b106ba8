"""One run of the generator: what it is asked for, where it writes, what it has written."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from directory.synthetic.manifest import MANIFEST_NAME, Delivery, files_listed
from directory.synthetic.organisations import Organisation
from directory.synthetic.transfers import Transfer

_FIRST_DAY = date(2026, 4, 1)


class DirectoryInUse(Exception):
    """The directory holds something that was not written here, and is left alone."""


@dataclass(slots=True)
class Run:
    """
    What every feed of a run needs to know, and what they leave behind.

    days: the day each period's files describe.
    transfers: every move between organisations.
    keys: transfer number and organisation slug to the person's key there.
    """

    directory: Path
    seed: int
    days: tuple[date, ...]
    transfers: tuple[Transfer, ...]
    deliveries: list[Delivery] = field(default_factory=list)
    keys: dict[tuple[int, str], str] = field(default_factory=dict)

    def path(self, *, name: str) -> Path:
        """Where a file of the run goes; its folder is there afterwards."""
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def delivery_name(
        self, *, period: int, organisation: Organisation, kind: str, suffix: str
    ) -> str:
        """Path of a delivery, relative to the directory."""
        return f"{self.days[period].isoformat()}/{organisation.slug}-{kind}{suffix}"


def quarter_days(*, periods: int) -> tuple[date, ...]:
    """The first day of as many quarters, from April 2026 on."""
    months = (_FIRST_DAY.month - 1 + 3 * period for period in range(periods))
    return tuple(date(_FIRST_DAY.year + month // 12, month % 12 + 1, 1) for month in months)


def clear(*, directory: Path) -> None:
    """
    Make the directory ready, removing only what an earlier run lists as its own.

    :raises DirectoryInUse: if it holds anything and no manifest.
    """
    if directory.exists() and not directory.is_dir():
        raise DirectoryInUse(f"{directory} is a file; name a directory for the feeds.")
    directory.mkdir(parents=True, exist_ok=True)
    if not any(directory.iterdir()):
        return
    try:
        names = files_listed(directory=directory)
    except (OSError, ValueError):
        raise DirectoryInUse(
            f"{directory} is not empty and holds no {MANIFEST_NAME} of an earlier run; "
            "name an empty directory."
        ) from None
    root = directory.resolve()
    for name in (*names, MANIFEST_NAME):
        path = (directory / name).resolve()
        if path.is_relative_to(root):
            path.unlink(missing_ok=True)
            if path.parent != root and path.parent.is_dir() and not any(path.parent.iterdir()):
                path.parent.rmdir()
