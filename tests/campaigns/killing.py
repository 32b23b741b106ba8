"""
Kills the worker or the database while a delivery is carried out, and looks what becomes of it.

The killed worker is started again at once, as a supervisor does; a killed server by whoever
needs it next, which is the worker if it lives on.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from django.db import connections
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from directory.models import FeedRun
from directory.sync.progress import APPLYING
from tests.campaigns.department import Department, Outcome, is_settled, outcome
from tests.campaigns.place import is_served, kill_server
from tests.fingerprint import fingerprint
from tests.processes import command

#: Whoever is not back by then never will be.
PATIENCE_SECONDS = 240
#: One line for deliveries and one for upkeep.
LINES_OF_A_WORKER = 2
_POLL_SECONDS = 0.01


class Stuck(Exception):
    """Something did not come to its end in all the time it had."""


@dataclass(frozen=True, slots=True)
class Kill:
    """
    One kill and what became of the run.

    victim: `worker`, `server` (its first process alone) or `machine` (each of its processes).
    step: what was done with the run at that moment.
    found: whether the directory stood `before` or `after` the run right then, or `between`.
    recovered_seconds: until the run was settled and its feed free again; None where it never was.
    is_exact: whether state and trace are then those of a run that nobody disturbed.
    """

    victim: str
    step: str
    found: str
    recovered_seconds: float | None
    is_exact: bool


class Killer:
    """
    Delivers the department's two turns one after the other, and kills.

    restarts: how often a worker ended that was not killed, and was started again.
    """

    def __init__(self, *, department: Department, log: Path, chance: Random) -> None:
        self._department = department
        self._log = log
        self._chance = chance
        self._turn = 0
        self._outcomes: list[Outcome] = []
        self._whole_seconds = 0.0
        self._apply_seconds = 0.0
        self._struck_at = timezone.now()
        self._worker = self._start_worker()
        self.restarts = 0

    def learn(self) -> None:
        """
        Carry everything out undisturbed: what it leads to, and how long it takes.

        :raises Stuck: if a run is not applied, or the same turn leads elsewhere the next time.
        """
        for path in self._department.first:
            self._undisturbed(path)
        found = [self._undisturbed(self._department.turns[number % 2]) for number in range(6)]
        if found[2:4] != found[4:6]:
            raise Stuck("The two deliveries do not lead back to one another's states.")
        self._outcomes = found[4:6]

    def kill(self, *, victim: str, in_apply: bool) -> Kill | None:
        """
        Deliver, and kill at a random moment of the run, or of its apply.

        Returns None, with nobody killed, if the run was settled before that moment.

        :raises Stuck: if nobody is ready for the next delivery afterwards.
        """
        before, expected = fingerprint(), self._outcomes[self._turn]
        run = self._department.deliver(path=self._department.turns[self._turn])
        self._turn = 1 - self._turn
        step = self._wait_for_moment(run, in_apply=in_apply)
        if is_settled(run=run):
            return None
        start = time.monotonic()
        self._strike(victim)
        states = {before: "before", expected.after(before=before): "after"}
        found = states.get(fingerprint(), "between")
        try:
            self._wait(lambda: is_settled(run=run))
        except Stuck:
            return Kill(victim, step, found, None, is_exact=False)
        seconds = time.monotonic() - start
        is_exact = (
            _state(run) == FeedRun.State.APPLIED and outcome(run=run, before=before) == expected
        )
        self._wait_until_ready()
        return Kill(victim, step, found, seconds, is_exact)

    def stop(self) -> None:
        """End the worker."""
        self._worker.kill()
        self._worker.wait()

    def _undisturbed(self, path: Path) -> Outcome:
        before = fingerprint()
        run = self._department.deliver(path=path)
        start = time.monotonic()
        self._wait_until_applying(run)
        applying = time.monotonic()
        self._wait(lambda: is_settled(run=run))
        self._whole_seconds = time.monotonic() - start
        self._apply_seconds = time.monotonic() - applying
        if _state(run) != FeedRun.State.APPLIED:
            raise Stuck(f"An undisturbed delivery is not applied but {_state(run)}.")
        return outcome(run=run, before=before)

    def _wait_for_moment(self, run: FeedRun, *, in_apply: bool) -> str:
        """Wait for a random moment; answers with what is done with the run then."""
        if in_apply:
            self._wait_until_applying(run)
        seconds = self._apply_seconds if in_apply else self._whole_seconds
        time.sleep(self._chance.uniform(0, seconds))
        return "applied" if _state(run) == FeedRun.State.APPLIED else _step(run) or "queued"

    def _wait_until_applying(self, run: FeedRun) -> None:
        self._wait(lambda: _step(run) == APPLYING or is_settled(run=run))

    def _strike(self, victim: str) -> None:
        if victim == "worker":
            os.killpg(self._worker.pid, signal.SIGKILL)
            self._worker.wait()
            self._struck_at = timezone.now()
            self._worker = self._start_worker()
        else:
            kill_server(whole=victim == "machine")
            self._struck_at = timezone.now()
            self._wait(is_served)

    def _wait_until_ready(self) -> None:
        alive = ProcrastinateWorker.objects.filter(last_heartbeat__gt=self._struck_at)
        self._wait(lambda: alive.count() >= LINES_OF_A_WORKER)

    def _wait(self, condition: Callable[[], bool]) -> None:
        """:raises Stuck: if it does not come true, though the worker is started when it ends."""
        start = time.monotonic()
        while not condition():
            if self._worker.poll() is not None:
                self._worker = self._start_worker()
                self.restarts += 1
            if time.monotonic() - start > PATIENCE_SECONDS:
                raise Stuck(f"Waited {PATIENCE_SECONDS} seconds in vain; see {self._log}.")
            time.sleep(_POLL_SECONDS)

    def _start_worker(self) -> subprocess.Popen[bytes]:
        """As its own process group; it ends with us, however we end."""
        connections.close_all()
        with self._log.open("ab") as log:
            return subprocess.Popen(
                command("worker", "--until-stdin-closes"),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


def _state(run: FeedRun) -> str:
    return FeedRun.objects.values_list("state", flat=True).get(pk=run.pk)


def _step(run: FeedRun) -> str:
    return FeedRun.objects.values_list("step", flat=True).get(pk=run.pk)
