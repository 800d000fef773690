"""One job, alone: a file in, its JSON written, an `Outcome` out. Nothing here knows of the other jobs."""

from __future__ import annotations

import hashlib
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import orjson

from extractor.batch.discover import Job
from extractor.batch.writing import DiskFull, write_whole
from extractor.errors import ExtractorError, NoPermission, NotFound, ReportError
from extractor.model import SCHEMA_VERSION, Report
from extractor.serial import to_bytes

if TYPE_CHECKING:
    from extractor.searchable.copies import Copies

Status = Literal["read", "unchanged", "failed"]
Reader = Callable[..., Report]
"""Makes the `Report` of the file at a path; the second argument is the name that the document carries. Where searchable
PDFs are made, it is also given `on_page`, as `extractor.pipeline.extract` takes it."""


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


_COUNTED = ("pages", "sections", "references", "places", "findings", "warnings")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one job. `counts` unless it failed; `error` (a name), `message` and `exit_code` where it did.

    `details` is the traceback of an `InternalError`.
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


def process(job: Job, out: Path, read: Reader, since: int, copies: Copies | None = None) -> Outcome:
    """Read `job` and write its JSON below `out`/reports, or find that both file and tool are as they were.

    since: JSONs older than this (st_mtime_ns) are out of date. copies: makes its searchable PDF too.
    Raises only `DiskFull`, which concerns all jobs.
    """
    began = time.perf_counter()
    target = out / "reports" / job.target

    def done(status: Status, counts: Counts) -> Outcome:
        return Outcome(job.source, job.target, status, time.perf_counter() - began, counts)

    try:
        counts = previous(target, _hash(job), since)
        if counts is not None and not (copies and copies.missing(job, out)):
            return done("unchanged", counts)
        report = copies.read(read, job, out) if copies else read(job.path, job.source)
        write_whole(target, to_bytes(report), parts=out)
        return done("read", _count(report))
    except DiskFull:
        raise
    except ExtractorError as error:
        return failed(job.source, error, time.perf_counter() - began, job.target)
    except Exception as error:  # our own bugs in one report must not sink the others
        named = InternalError(f"{type(error).__name__}: {error}", path=job.path)
        details = f"{job.source}\n{traceback.format_exc()}\n"
        return failed(job.source, named, time.perf_counter() - began, job.target, details)


def failed(source: str, error: ExtractorError, seconds: float, target: Path, details: str = "") -> Outcome:
    """The outcome of a job that ended with `error`."""
    return Outcome(source, target, "failed", seconds, None, error.name, str(error), error.exit_code, details)


def _hash(job: Job) -> str:
    try:
        with job.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise NotFound("no such file", path=job.path) from error
    except PermissionError as error:
        raise NoPermission("may not be read", path=job.path) from error


def previous(target: Path, sha256: str, since: int) -> Counts | None:
    """The counts of the JSON at `target` if it is whole, of this contract and these bytes, not older than `since`."""
    try:
        if target.stat().st_mtime_ns < since:
            return None
        data: Any = orjson.loads(target.read_bytes())  # counts only: no number is taken from it, so floats do no harm
        if data["schema_version"] != SCHEMA_VERSION or data["document"]["sha256"] != sha256:
            return None
        sized = {name: len(data[name]) for name in _COUNTED}
        return Counts(figures=Counter(f["kind"] for f in data["figures"]), **sized)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _count(report: Report) -> Counts:
    sized = {name: len(getattr(report, name)) for name in _COUNTED}
    return Counts(figures=Counter(f.kind for f in report.figures), **sized)
