"""The supervisor: workers that read tasks, watched, killed where they hang, replaced where they die.

Our own and not `concurrent.futures`, whose pool breaks as a whole when one worker dies and cannot end one that hangs.
What a page breaks costs that page: a task whose worker dies or hangs is tried again, and where the same page does it
twice, once more without that page.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, cast

from extractor.batch.board import Board
from extractor.batch.settings import Settings
from extractor.batch.watching import TRIES, Loss
from extractor.batch.work import Done, Task, failed
from extractor.batch.worker import Serve, work
from extractor.errors import ExtractorError, ReaderCrashed, TimedOut

TICK = 0.1
"""Seconds between two looks at the clocks of the pages in work."""


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    connection: Connection
    board: Board
    task: Task | None = None
    began: float = 0.0


class Pool:
    """`size` workers at most, started as they are needed. Use as a context manager: none is left behind."""

    def __init__(
        self,
        serve: Serve,
        size: int,
        settings: Settings,
        *,
        prepare: Callable[[], None] | None = None,
        in_worker: Callable[[], None] | None = None,
    ) -> None:
        """serve: what a worker does with a task; prepare: called here before the first worker is started; in_worker:
        called in each worker when it starts."""
        self._serve, self._size, self._settings = serve, size, settings
        self._prepare, self._in_worker = prepare, in_worker
        self._context = multiprocessing.get_context("fork")  # what the supervisor has loaded, workers need not load
        self._workers: list[_Worker] = []
        self._again: deque[Task] = deque()
        self._pages = 0

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            _kill(worker.process)
        for worker in self._workers:
            worker.process.join()
            worker.connection.close()
        self._workers.clear()

    @property
    def pages(self) -> int:
        """How many pages were read so far, those of files in work too."""
        return self._pages + sum(worker.board.pages for worker in self._workers)

    def results(
        self, next_task: Callable[[], Task | None], more: Callable[[], bool], stopping: Callable[[], bool]
    ) -> Iterator[tuple[Task, Done] | None]:
        """Each task with what became of it, as it comes, and None some times a second.

        next_task: asked whenever a worker is free; None where there is nothing now. Ends when nothing is in work and
        `more` says that there will be nothing. Once `stopping` says so no task is begun, and those in work end before
        their next page.
        """
        while True:
            if stopping():
                for worker in self._workers:
                    worker.board.ask_to_stop()
                self._again.clear()
            else:
                self._hand_out(next_task)
            busy = [worker for worker in self._workers if worker.task]
            if not busy and (stopping() or not more()):
                return
            ready = set(wait([w.connection for w in busy] + [w.process.sentinel for w in busy], TICK if busy else 0))
            for worker in busy:
                if ready & {worker.connection, worker.process.sentinel}:
                    yield from self._received(worker)
                else:
                    yield from self._overdue(worker)
            yield None

    def _hand_out(self, next_task: Callable[[], Task | None]) -> None:
        for _ in range(self._size):
            free = next((worker for worker in self._workers if worker.task is None), None)
            if free is None and len(self._workers) >= self._size:
                return
            task = self._again.popleft() if self._again else next_task()
            if task is None:
                return
            worker = free or self._start()
            worker.task, worker.began = task, time.monotonic()
            try:
                worker.connection.send(task)
            except OSError:  # it died while it had nothing to do
                self._remove(worker)
                self._again.appendleft(task)

    def _start(self) -> _Worker:
        if self._prepare:
            self._prepare()
            self._prepare = None
        ours, theirs = self._context.Pipe()
        board = Board()
        process = self._context.Process(
            target=_main, args=(theirs, board, self._serve, self._settings, os.getpid(), self._in_worker), daemon=True
        )
        process.start()
        theirs.close()  # else its end would not be seen
        worker = _Worker(process, cast(Any, ours), board)
        self._workers.append(worker)
        return worker

    def _received(self, worker: _Worker) -> Iterator[tuple[Task, Done]]:
        task = worker.task
        assert task is not None
        try:
            if not worker.connection.poll():
                raise EOFError
            done, worn = worker.connection.recv()
        except (EOFError, OSError):
            worker.process.join()
            why = _spoken(worker.process.exitcode)
            yield from self._broken(worker, ReaderCrashed, f"the reader crashed ({why})")
            return
        worker.task = None
        if worn:
            self._remove(worker)
        yield task, done

    def _overdue(self, worker: _Worker) -> Iterator[tuple[Task, Done]]:
        task, now = worker.task, time.monotonic()
        assert task is not None
        page, since = worker.board.page, worker.board.since
        if page and now - since > self._settings.page_seconds:
            yield from self._broken(worker, TimedOut, f"it took longer than {self._settings.page_seconds:g} seconds")
        elif task.spent + now - worker.began > self._settings.file_seconds:
            error = TimedOut(f"not done in {self._settings.file_seconds:g} seconds", path=task.job.path)
            yield self._given_up(worker, error)

    def _broken(self, worker: _Worker, kind: type[ExtractorError], reason: str) -> Iterator[tuple[Task, Done]]:
        """The worker has died, or must: the task again, without the page where it was for the second time."""
        task, page = worker.task, worker.board.page
        assert task is not None
        task.crashes[page] += 1
        if task.crashes[page] >= TRIES:
            if page == 0:
                yield self._given_up(worker, kind(f"{reason} {TRIES} times", path=task.job.path))
                return
            task.lost[page] = Loss(kind.__name__, reason)
        task.spent += time.monotonic() - worker.began
        self._remove(worker)
        self._again.append(task)

    def _given_up(self, worker: _Worker, error: ExtractorError) -> tuple[Task, Done]:
        task = worker.task
        assert task is not None
        seconds = time.monotonic() - worker.began
        self._remove(worker)
        return task, Done(failed(task.job.source, error, seconds, task.job.target))

    def _remove(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        self._pages += worker.board.pages
        _kill(worker.process)
        worker.process.join()
        worker.connection.close()


def _main(
    inbox: Connection, board: Board, serve: Serve, settings: Settings, parent: int, first: Callable[[], None] | None
) -> None:
    if first:
        first()
    work(inbox, board, serve, settings, parent)


def _kill(process: BaseProcess) -> None:
    """End the worker and what it has started."""
    if process.pid is None or process.exitcode is not None:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.kill()  # too early for a group of its own


def _spoken(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"
