"""
Stops the server when its last client is gone. A program of its own, started by file name.

Every client holds a shared lock on one file for as long as it lives; the kernel
drops it even after kill -9. This process waits for the exclusive lock, which it
gets when nobody is left, lingers a moment for the next command of a script,
and then asks pg_ctl for a fast stop, all clients that arrive meanwhile waiting
at the lock. It imports nothing of the project, and outlives whoever starts it.

Standard input: one JSON object, see `Orders`.
"""

import fcntl
import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, TypedDict


class Orders(TypedDict):
    """
    What to start and what to watch.

    start: command line of the server, or None if it runs already and is only to be watched.
    stop: command line that stops it and returns when it is down.
    identity: arguments for `subprocess` that change the account.
    environment: the whole environment of both commands.
    server_lock_fd: open file, exclusively locked, that the server inherits.
    clients_lock, server_lock, watcher_lock, log: paths.
    """

    start: list[str] | None
    stop: list[str]
    identity: dict[str, Any]
    environment: dict[str, str]
    server_lock_fd: int | None
    clients_lock: str
    server_lock: str
    watcher_lock: str
    log: str
    linger_seconds: float


def main(orders: Orders) -> None:
    """Detach, start the server if told to, and return when it is down."""
    if os.fork():
        os._exit(0)
    os.setsid()
    held = _open(orders["watcher_lock"])
    fcntl.flock(held, fcntl.LOCK_SH)
    _start_server(orders)
    threading.Thread(target=_stop_when_alone, args=(orders,), daemon=True).start()
    # All of the server's processes inherited its lock, so this returns when the last has ended.
    fcntl.flock(_open(orders["server_lock"]), fcntl.LOCK_SH)


def _start_server(orders: Orders) -> None:
    """Start it if these are the orders; its output goes to the log, the last one is kept."""
    lock, log_path = orders["server_lock_fd"], Path(orders["log"])
    if lock is None or orders["start"] is None:
        return
    if log_path.exists():
        log_path.replace(f"{log_path}.previous")
    log = os.open(log_path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    try:
        subprocess.Popen(
            orders["start"],
            cwd="/",
            env=orders["environment"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=[lock],
            start_new_session=True,
            **orders["identity"],
        )
    finally:
        os.close(log)
        os.close(lock)


def _stop_when_alone(orders: Orders) -> None:
    clients = _open(orders["clients_lock"])
    while True:
        fcntl.flock(clients, fcntl.LOCK_EX)
        fcntl.flock(clients, fcntl.LOCK_UN)
        time.sleep(orders["linger_seconds"])
        try:
            fcntl.flock(clients, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        subprocess.run(
            orders["stop"],
            cwd="/",
            env=orders["environment"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            **orders["identity"],
        )
        fcntl.flock(clients, fcntl.LOCK_UN)


def _open(path: str) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


if __name__ == "__main__":
    main(json.load(sys.stdin))
