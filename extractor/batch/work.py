"""One job, alone: a file in, its JSON written, an `Outcome` out. It knows no other jobs and no processes."""

from __future__ import annotations

import hashlib
import json
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from extractor.batch.board import Board
from extractor.batch.discover import Job
from extractor.batch.kept import KeptPages
from extractor.batch.watching import Loss, PageWatch, StopReading
from extractor.batch.writing import write_whole
from extractor.errors import (
    ExtractorError,
    FileChanged,
    NoPermission,
    NotFound,
    ReaderCrashed,
    ReportError,
    TimedOut,
)
from extractor.model import Report
from extractor.reading.watching import Watch
from extractor.serial import to_bytes
from extractor.store.ledger import PageRow

if TYPE_CHECKING:
    from extractor.searchable.copies import Copies

Status = Literal["read", "moved", "unchanged", "failed", "waiting"]
Reader = Callable[[Path, str, Watch], Report]
"""Makes the `Report` of the file at a path; the second argument is the name that the document carries, the third is
asked for each page that is read on its own."""


class InternalError(ReportError):
    """A defect of ours: an exception that no one named."""

    remedy = "a defect of Extractor; please report it with OUT/errors.log"


@dataclass(frozen=True, slots=True)
class Counts:
    """How much stands in a report's JSON. `figures` by kind."""

    pages: int = 0
    sections: int = 0
    figures: Counter[str] = field(default_factory=Counter)
    references: int = 0
    places: int = 0
    findings: int = 0
    warnings: int = 0

    def __add__(self, other: Counts) -> Counts:
        sized = {name: getattr(self, name) + getattr(other, name) for name in _COUNTED}
        return Counts(figures=self.figures + other.figures, **sized)

    def to_json(self) -> str:
        """The counts as the ledger keeps them."""
        return json.dumps({name: getattr(self, name) for name in _COUNTED} | {"figures": dict(self.figures)})

    @staticmethod
    def from_json(text: str) -> Counts:
        """What `to_json` made."""
        data = json.loads(text)
        return Counts(figures=Counter(data["figures"]), **{name: data[name] for name in _COUNTED})


_COUNTED = ("pages", "sections", "references", "places", "findings", "warnings")


@dataclass(slots=True)
class Task:
    """A job that has to be read: the bytes that it had when it was looked at, the state of the tool, and what has gone
    wrong with it so far: `crashes` by page (0: outside of pages), `lost` pages that are not tried again, seconds
    `spent` on tries that came to nothing."""

    job: Job
    sha256: str
    tool: str
    crashes: Counter[int] = field(default_factory=Counter)
    lost: dict[int, Loss] = field(default_factory=dict)
    spent: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one job. `counts` unless it failed; `error` (a name), `message` and `exit_code` where it did.

    `status`: "moved" where the same bytes were read under another name, "waiting" where the run was stopped before it
    was done. `details` are tracebacks for OUT/errors.log, `json_sha256` is of the JSON as written.
    """

    source: str
    target: Path
    status: Status
    seconds: float
    counts: Counts | None = None
    error: str | None = None
    message: str = ""
    exit_code: int = 0
    details: str = ""
    json_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What a worker sends back: the outcome, a row a page, and whether the worker should be replaced."""

    outcome: Outcome
    pages: tuple[PageRow, ...] = ()
    tired: bool = False


def process(task: Task, out: Path, read: Reader, board: Board, copies: Copies | None = None) -> Done:
    """Read `task` and write its JSON below `out`/reports. Raises nothing: whatever happens is in the `Outcome`.

    copies: makes its searchable PDF too.
    """
    began = time.perf_counter()
    job = task.job
    kept = KeptPages(out, task.sha256, task.tool)
    watch = PageWatch(board, kept, task.lost)
    try:
        report = copies.read(read, job, out, watch) if copies else read(job.path, job.source, watch)
        if report.document.sha256 != task.sha256:
            raise FileChanged("it changed while it was read", path=job.path)
        if report.pages and len(watch.lost) >= len(report.pages):
            page, loss = min(watch.lost.items())
            kind = TimedOut if loss.error == TimedOut.__name__ else ReaderCrashed
            raise kind(f"none of its pages can be read; page {page}: {loss.reason}", path=job.path)
        data = to_bytes(report)
        write_whole(out / "reports" / job.target, data, parts=out)
        outcome = Outcome(
            job.source, job.target, "read", time.perf_counter() - began, _count(report), details=_details(job, watch),
            json_sha256=hashlib.sha256(data).hexdigest(),
        )  # fmt: skip
        return Done(outcome, _rows(report, watch, task), watch.tired)
    except StopReading:
        return Done(Outcome(job.source, job.target, "waiting", time.perf_counter() - began))
    except Exception as error:  # our own bugs in one report must not sink the others
        named, details = _named(error, job), _details(job, watch)
        if isinstance(named, InternalError):
            details += f"{job.source}\n{traceback.format_exc()}\n"
        tired = watch.tired or isinstance(error, MemoryError)
        return Done(failed(job.source, named, time.perf_counter() - began, job.target, details), tired=tired)
    finally:
        kept.close()


def _named(error: Exception, job: Job) -> ExtractorError:
    if isinstance(error, ExtractorError) and not (isinstance(error, ReportError) and _is_gone(job.path)):
        return error
    if _is_gone(job.path):
        return NotFound("it vanished while it was read", path=job.path)
    return InternalError(f"{type(error).__name__}: {error}", path=job.path)


def _is_gone(path: Path) -> bool:
    return not path.exists()


def _details(job: Job, watch: PageWatch) -> str:
    return "".join(f"{job.source}: {detail}\n" for detail in watch.details)


def failed(source: str, error: ExtractorError, seconds: float, target: Path, details: str = "") -> Outcome:
    """The outcome of a job that ended with `error`."""
    return Outcome(source, target, "failed", seconds, None, error.name, str(error), error.exit_code, details)


def hash_of(path: Path) -> str:
    """The SHA-256 of the file's bytes. Raises NotFound, NoPermission."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise NotFound("no such file", path=path) from error
    except PermissionError as error:
        raise NoPermission("may not be read", path=path) from error


def _count(report: Report) -> Counts:
    sized = {name: len(getattr(report, name)) for name in _COUNTED}
    return Counts(figures=Counter(f.kind for f in report.figures), **sized)


def _rows(report: Report, watch: PageWatch, task: Task) -> tuple[PageRow, ...]:
    rows = []
    for page in report.pages:
        loss = watch.lost.get(page.number)
        tries = task.crashes[page.number] + watch.failures.get(page.number, 0) + (loss is None)
        seconds = watch.seconds.get(page.number)
        rows.append(
            PageRow(
                page.number,
                "unreadable" if loss else "read",
                page.source,
                page.confidence,
                None if seconds is None else round(seconds, 4),
                tries,
                loss.error if loss else None,
            )
        )
    return tuple(rows)
