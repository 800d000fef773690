"""A run on one machine: every job of the inputs through the pool of workers, and what became of them."""

from __future__ import annotations

import contextlib
import time
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.batch import kept
from extractor.batch.board import Board
from extractor.batch.discover import Found, Job, discover
from extractor.batch.interrupt import Interrupt
from extractor.batch.known import Known, absolute
from extractor.batch.pool import TICK, Pool
from extractor.batch.settings import Settings, cores
from extractor.batch.summary import Observer, State, Summary
from extractor.batch.tool import fingerprint
from extractor.batch.work import Done, Outcome, Reader, Task, failed, process
from extractor.batch.writing import append, locked
from extractor.errors import DiskFull, UsageError
from extractor.model import Report
from extractor.reading.scan import Recognition
from extractor.reading.watching import Watch
from extractor.store.documents import Documents
from extractor.store.ledger import Ledger

if TYPE_CHECKING:
    from extractor.searchable.copies import Copies


def run(
    inputs: Sequence[Path],
    out: Path,
    *,
    read: Reader | None = None,
    workers: int | None = None,
    settings: Settings | None = None,
    observer: Observer | None = None,
    copies: Copies | None = None,
) -> Summary:
    """Read all reports of `inputs` into `out`/reports, one JSON each, written whole or not at all, with a ledger.

    A report that fails is an `Outcome` with its named error; the others are read. workers: processes (default: one a
    core); `copies` makes searchable PDFs beside the JSONs. Ctrl-C stops before the next page of each file in work, a
    second one at once; what is done stays done.
    Raises `UsageError` where the call itself is wrong, StoreDamaged and its kin where the ledger cannot be used.
    """
    if not inputs:
        raise UsageError("no input is named")
    return run_jobs(
        discover(inputs, out), out, read=read, workers=workers, settings=settings, observer=observer, copies=copies
    )


def run_jobs(
    found: Found,
    out: Path,
    *,
    read: Reader | None = None,
    workers: int | None = None,
    settings: Settings | None = None,
    observer: Observer | None = None,
    copies: Copies | None = None,
) -> Summary:
    """As `run`, for jobs that are found already."""
    if workers is not None and workers < 1:
        raise UsageError("--workers must be 1 or more")
    began = time.perf_counter()
    summary, settings = Summary(out), settings or Settings()
    tool, read_with = fingerprint(settings.ocr), partial(_extract, ocr=settings.ocr)
    try:
        with locked(out) as lock, Ledger(out) as ledger, Documents(out) as documents, Interrupt() as interrupt:
            known = Known(ledger, out, tool, copies)
            going = _Run(summary, out, known, documents, found, observer or Observer())
            serve, prepare = partial(_serve, out, read or read_with, copies), None if read else _load
            size = min(workers or cores(), max(1, summary.waiting))
            with Pool(serve, size, settings, prepare=prepare, in_worker=lock.close) as pool:
                going.drive(pool, interrupt)
    except DiskFull as error:
        summary.stopped = str(error)
    except KeyboardInterrupt:  # the second one
        summary.interrupted = True
    if summary.interrupted:
        summary.stopped = "interrupted; run the same command again to go on"
    summary.seconds = time.perf_counter() - began
    return summary


class _Run:
    """The state of one run: which jobs wait, which are in work, which are over."""

    def __init__(
        self, summary: Summary, out: Path, known: Known, documents: Documents, found: Found, observer: Observer
    ) -> None:
        self._summary, self._out, self._known, self._found, self._observer = summary, out, known, found, observer
        self._documents = documents
        self._jobs = deque(found.jobs)
        self._working: dict[str, Task] = {}  # by hash: the same bytes are not read by two workers at once
        self._aside: dict[str, list[Job]] = {}  # jobs that wait for those
        self._sizes = {job.target: _size(job.path) for job in found.jobs}
        self._bytes_read, self._bytes_waiting = 0, sum(self._sizes.values())
        self._failures = 0
        summary.skipped, summary.waiting = found.skipped, len(found.jobs)

    def drive(self, pool: Pool, interrupt: Interrupt) -> None:
        """Bring every job to its end, as far as `interrupt` and the disk let it."""
        self._known.skip(self._found.skipped)
        for error in self._found.unreadable:
            outcome = failed(error.path or "", error, 0.0, Path())
            self._known.refuse(absolute(Path(outcome.source)), outcome)
            self._note(outcome)

        def stopping() -> bool:
            return interrupt.asked or self._summary.stopped is not None

        try:
            for result in pool.results(lambda: self._next(stopping), lambda: bool(self._jobs), stopping):
                if result:
                    self._received(*result)
                self._show(pool)
        finally:
            with contextlib.suppress(DiskFull):
                for task in self._working.values():
                    self._known.end(task, None)
            order = {job.target: at for at, job in enumerate(self._found.jobs)}
            self._summary.outcomes.sort(key=lambda o: order.get(o.target, -1))
        self._summary.interrupted = interrupt.asked and self._summary.waiting > 0
        if not self._summary.waiting:
            self._known.sweep()
            kept.sweep(self._out)
            self._documents.sync()

    def _next(self, stopping: Callable[[], bool]) -> Task | None:
        """The next job that has to be read; those that need no reading are over at once. None where none was found in
        a moment: the workers' clocks must be looked at again."""
        until = time.monotonic() + TICK
        while self._jobs and not stopping() and time.monotonic() < until:
            job = self._jobs.popleft()
            looked = self._known.look(job)
            if isinstance(looked, Outcome):
                self._over(job, looked)
            elif looked.sha256 in self._working:
                self._aside.setdefault(looked.sha256, []).append(job)
            else:
                self._known.begin(looked)
                self._working[looked.sha256] = looked
                return looked
        return None

    def _received(self, task: Task, done: Done) -> None:
        outcome = done.outcome
        del self._working[task.sha256]
        self._known.end(task, done)
        self._jobs.extendleft(self._aside.pop(task.sha256, ()))
        if outcome.error == DiskFull.__name__:
            self._summary.stopped = outcome.message
        elif outcome.status != "waiting":
            kept.forget(self._out, task.sha256)  # not before the ledger has it
            self._bytes_read += self._sizes[task.job.target]
            if outcome.counts:
                self._documents.put(outcome.target.as_posix(), outcome.json_sha256)
            self._over(task.job, outcome)

    def _over(self, job: Job, outcome: Outcome) -> None:
        self._summary.waiting -= 1
        self._bytes_waiting -= self._sizes[job.target]
        self._note(outcome)

    def _note(self, outcome: Outcome) -> None:
        self._failures += outcome.status == "failed"
        self._summary.outcomes.append(outcome)
        if outcome.details:
            append(self._out / "errors.log", outcome.details)
        self._observer.outcome(outcome)

    def _show(self, pool: Pool) -> None:
        total = len(self._found.jobs) + len(self._found.unreadable)
        done = len(self._summary.outcomes)
        self._observer.state(State(done, total, pool.pages, self._failures, self._bytes_read, self._bytes_waiting))


def _serve(out: Path, read: Reader, copies: Copies | None, task: Task, board: Board) -> Done:
    return process(task, out, read, board, copies)


def _extract(path: Path, source: str, watch: Watch, *, ocr: Recognition) -> Report:
    from extractor.pipeline import extract  # here, so that `--version` and a wrong call do not load every stage

    return extract(path, source=source, ocr=ocr, watch=watch)


def _load() -> None:
    """Load what every report needs, once for all workers, which are copies of this process."""
    from extractor.pipeline import extract_text

    extract_text("Năm 2023, toàn xã giảm 42 hộ nghèo.\n")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # gone or locked; reading it will say so
