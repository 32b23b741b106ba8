"""Where the cluster and its socket live, and under which account the server runs."""

import hashlib
import os
import pwd
import re
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

#: Longest path of a Unix socket on Linux and macOS, less the file name and some reserve.
SOCKET_DIRECTORY_BYTES = 85
#: PostgreSQL refuses to run as root, so root hands it to the first of these that exists.
UNPRIVILEGED_ACCOUNTS = ("postgres", "nobody")


class LocalPostgresError(Exception):
    """The local server cannot be started; the message says what to do, in one sentence."""


@dataclass(frozen=True, slots=True)
class Account:
    """
    The account that owns the cluster and runs the server.

    is_other: whether it differs from ours, so that processes must change to it.
    has_name: whether the account list knows it; initdb refuses an account without a name.
    """

    uid: int
    gid: int
    is_other: bool
    has_name: bool


def is_reachable_by_everyone(path: Path) -> bool:
    """Whether any account may enter `path`, judged by the permission bits of it and its parents."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents))


def cluster_place(*, state_dir: Path) -> Path:
    """
    The directory that holds the clusters of this project.

    Normally the state directory itself. Root's server runs as another account, and
    when that account cannot enter the project, a place under /var/lib stands in,
    named after the project's path so that every process finds the same one.
    """
    nearest = state_dir
    while not nearest.exists():
        nearest = nearest.parent
    if os.geteuid() != 0 or is_reachable_by_everyone(nearest):
        return state_dir
    # Safe, 27 November 2026: owned by us, 0700.
    shared = Path("/var/lib" if os.access("/var/lib", os.W_OK) else "/var/tmp")  # noqa: S108 - checked by private_directory  # nosec B108
    return shared / f"civil-directory-{_digest(state_dir)}"


def socket_place(*, cluster: Path) -> Path:
    """
    A directory whose path is short and plain enough for a Unix socket.

    Beside the cluster if that will do; otherwise under /tmp, named after the
    cluster's path and checked for its owner before use, because there anybody
    can make a directory of that name first.
    """
    beside = cluster / "socket"
    is_short = len(os.fsencode(beside)) <= SOCKET_DIRECTORY_BYTES
    # PostgreSQL and its clients split a list of socket directories at commas and quotes.
    is_plain = re.fullmatch(r"[\w/.+-]+", str(beside), re.ASCII) is not None
    if is_short and is_plain:
        return beside
    # Safe, 27 November 2026: owned by us, 0700.
    return Path("/tmp") / f"civil-directory-{_digest(cluster)}-{os.geteuid()}"  # noqa: S108 - likewise  # nosec B108


def server_account(*, data: Path) -> Account:
    """
    Ours, or for root an unprivileged one: the owner of an existing cluster before any other.

    :raises LocalPostgresError: if root finds no unprivileged account on this machine.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), is_other=False, has_name=_is_named(os.geteuid()))
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, is_other=True, has_name=_is_named(owner.st_uid))
    for name in UNPRIVILEGED_ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, is_other=True, has_name=True)
    raise LocalPostgresError(
        "PostgreSQL does not run as root and this machine has neither a postgres nor a nobody "
        "account: start as an ordinary user, or set DATABASE_URL."
    )


def private_directory(path: Path, *, owner: Account | None = None, mode: int = 0o700) -> None:
    """
    Make the directory, or accept it if it is ours (or the given owner's) and closed to writers.

    Never follows a symbolic link and never touches the permissions of what it did not make.

    :raises LocalPostgresError: if somebody else owns it or could write to it.
    """
    uid = owner.uid if owner else os.geteuid()
    try:
        path.mkdir(mode=mode, parents=True)
    except FileExistsError:
        found = path.lstat()
        is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == uid
        if not is_ours or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
            raise LocalPostgresError(
                f"{path} belongs to another account or others can write to it: "
                "remove it, or set DATABASE_URL to use another server."
            ) from None
        return
    except OSError as error:
        raise LocalPostgresError(
            f"{path} cannot be made ({error.strerror}): set STATE_DIR to a directory "
            "that this account may write to, or set DATABASE_URL."
        ) from error
    path.chmod(mode)
    if owner and owner.is_other:
        shutil.chown(path, owner.uid, owner.gid)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def _is_named(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True
