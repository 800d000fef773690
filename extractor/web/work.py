"""Long work beside the pages: child processes by name, so that a page never waits for minutes of reckoning.

A child that the server leaves behind (a kill) ends by itself; what it has made so far is kept and gone on from.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

from extractor.errors import ExtractorError


@dataclass(slots=True)
class Job:
    """One piece of work. `failed`: why it ended without an end, once it has; `note`: what its starter wants to know;
    `begun`: when, by the monotonic clock."""

    process: SpawnProcess
    told: Connection
    note: int
    begun: float
    failed: str | None = None

    @property
    def running(self) -> bool:
        """Whether it goes on; where it has ended, `failed` is known from then on."""
        if self.process.is_alive():
            return True
        if self.process.exitcode and self.failed is None:
            try:
                self.failed = self.told.recv()
            except EOFError:  # it had no time to say why
                self.failed = f"it stopped with code {self.process.exitcode}"
        return False


@dataclass(slots=True)
class Work:
    """The jobs of one server. They end with it."""

    _jobs: dict[str, Job] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self, name: str, target: Callable[..., None], *values: Any, note: int = 0, most: int = 8) -> Job | None:
        """Begin `target(*values)` unless a job of this name is running; None where `most` jobs with the first part of
        its name (before a colon) are. `target` is a function of a module, its values can be pickled."""
        with self._lock:
            job = self._jobs.get(name)
            if job is not None and job.running:
                return job
            kind = name.partition(":")[0]
            if sum(n.partition(":")[0] == kind and j.running for n, j in self._jobs.items()) >= most:
                return None
            spawn = get_context("spawn")
            told, tells = spawn.Pipe(duplex=False)
            process = spawn.Process(target=_child, args=(tells, target, values), daemon=True)
            process.start()
            tells.close()
            job = self._jobs[name] = Job(process, told, note, time.monotonic())
            return job

    def job(self, name: str) -> Job | None:
        """The job of this name, running or ended."""
        with self._lock:
            return self._jobs.get(name)

    def close(self) -> None:
        """End what is running; it can be gone on from."""
        with self._lock:
            for job in self._jobs.values():
                if job.process.is_alive():
                    job.process.terminate()


def _child(tells: Connection, target: Callable[..., None], values: tuple[Any, ...]) -> None:
    os.nice(5)  # pages come first
    try:
        target(*values)
    except ExtractorError as error:
        tells.send(f"{error.name}: {error}")
        raise SystemExit(1) from None
