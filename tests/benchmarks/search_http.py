"""
The HTTP part of the search benchmark: gunicorn with two workers, a new connection for each request.

Suggestions and searches with counts pass the product's own middleware, token check and permissions,
and so does the empty answer that they are compared with, in the same run and in random order.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from random import Random
from time import monotonic, perf_counter, sleep
from typing import Final
from urllib.parse import urlencode

from django.db import connection
from django.utils import timezone

ROUNDS: Final = 3
_START_SECONDS: Final = 60


def measure(*, begun: Sequence[str], asked: Sequence[str]) -> dict[str, list[float]]:
    """
    Milliseconds of each request: "empty", "suggest" and "search".

    begun: beginnings of words to suggest for; asked: texts to search for, counts beside them.
    """
    from directory.grants import issue_token

    token = issue_token(name="benchmark", expires_days=1, now=timezone.now()).token
    requests = [
        *(("suggest", f"/api/v1/suggest?{urlencode({'q': text})}") for text in begun),
        *(("search", f"/api/v1/search?{urlencode({'q': text, 'size': 10})}") for text in asked),
        *(("empty", "/api/v1/empty") for _ in asked),
    ]
    taken: dict[str, list[float]] = {"empty": [], "suggest": [], "search": []}
    with _server() as port:
        for turn in range(ROUNDS + 1):  # the first is to warm up
            Random(turn).shuffle(requests)
            for kind, address in requests:
                milliseconds = _request(port, address, token)
                if turn:
                    taken[kind].append(milliseconds)
    return taken


def _request(port: int, address: str, token: str) -> float:
    start = perf_counter()
    server = HTTPConnection("127.0.0.1", port, timeout=30)
    server.request("GET", address, headers={"Authorization": f"Bearer {token}"})
    answer = server.getresponse()
    answer.read()
    server.close()
    if answer.status != 200:
        raise SystemExit(f"{address}: {answer.status}")
    return (perf_counter() - start) * 1000


@contextmanager
def _server() -> Iterator[int]:
    """Gunicorn on a free port of this machine, ended at the end; yields the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{port}"]
    served = {
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.served",
        "API_REQUESTS_PER_MINUTE": "10000000",  # counted all the same, and never refused
        "PAGES_PER_MINUTE": "10000000",
        "BENCHMARK_DATABASE": connection.settings_dict["NAME"],
    }
    process = subprocess.Popen(
        [*command, "--log-level", "warning", "directory.wsgi:application"],
        env={**os.environ, **served},
    )
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    end = monotonic() + _START_SECONDS
    while monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.1)
    raise SystemExit("The server did not start.")
