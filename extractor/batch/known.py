"""What the ledger knows of a job: done already, done under another name, or to be read."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.batch.discover import Job, Skipped
from extractor.batch.work import Counts, Done, Outcome, Status, Task, failed, hash_of
from extractor.batch.writing import write_whole
from extractor.errors import DiskFull, ReportError
from extractor.serial import from_json, to_bytes
from extractor.store.ledger import FileRow, Ledger

if TYPE_CHECKING:
    from extractor.searchable.copies import Copies


class Known:
    """The jobs of one run against the ledger of OUT. `tool` is the fingerprint of the tool as it is now; `copies` knows
    whose searchable PDF is still to be made."""

    def __init__(self, ledger: Ledger, out: Path, tool: str, copies: Copies | None = None) -> None:
        self._ledger, self._out, self._tool, self._copies = ledger, out, tool, copies

    def look(self, job: Job) -> Outcome | Task:
        """The outcome of a job that needs no reading or cannot be read, else its task. Raises DiskFull."""
        began = time.perf_counter()
        try:
            sha256 = hash_of(job.path)
            copied = self._copies is None or not self._copies.missing(job, self._out)
            if copied and (same := self._same(job, sha256)):
                row, data = same
                status = self._take_over(row, data, job)
                counts = Counts.from_json(row.counts or "")
                return Outcome(job.source, job.target, status, time.perf_counter() - began, counts)
        except ReportError as error:
            outcome = failed(job.source, error, time.perf_counter() - began, job.target)
            self.refuse(absolute(job.path), outcome)
            return outcome
        return Task(job, sha256, self._tool)

    def begin(self, task: Task) -> None:
        """Note that the task is being read."""
        path = absolute(task.job.path)
        row = self._ledger.file(path)
        same = row is not None and (row.sha256, row.tool) == (task.sha256, task.tool)
        tries = row.tries + 1 if row and same else 1
        self._ledger.put(FileRow(path, task.job.source, "reading", task.sha256, tries, tool=task.tool))

    def end(self, task: Task, done: Done | None) -> None:
        """Note what became of the task; None where the run was stopped before it was done."""
        row = self._ledger.file(absolute(task.job.path))
        tries = (row.tries if row else 1) + sum(task.crashes.values())
        base = FileRow(absolute(task.job.path), task.job.source, "waiting", task.sha256, tries, tool=task.tool)
        outcome = done.outcome if done else None
        if outcome is None or outcome.status == "waiting" or outcome.error == DiskFull.__name__:
            self._ledger.put(base)
        elif outcome.counts is None:
            self._ledger.put(_failed(base, replace(outcome, seconds=task.spent + outcome.seconds)), ())
        else:
            row = replace(
                base, state="done", seconds=round(task.spent + outcome.seconds, 4), json=outcome.target.as_posix(),
                json_sha256=outcome.json_sha256, counts=outcome.counts.to_json(),
            )  # fmt: skip
            self._ledger.put(row, done.pages if done else ())

    def refuse(self, path: Path, outcome: Outcome) -> None:
        """Note an input that could not even be looked at."""
        row = self._ledger.file(path)
        refused = FileRow(path, outcome.source, "failed", tries=row.tries + 1 if row else 1)
        self._ledger.put(_failed(refused, outcome), ())

    def skip(self, skipped: Sequence[Skipped]) -> None:
        """Note what is passed over."""
        self._ledger.skip({s.source: s.reason for s in skipped})

    def sweep(self) -> None:
        """Remove the JSONs and rows of files that are gone and were found again under another name.

        Not when the other is found but here, at the end of a whole run: a run that is killed in between leaves two
        JSONs, which the next one sweeps, and never none.
        """
        twins = self._ledger.twins()
        there = {row.sha256 for row in twins if row.path.exists()}
        for row in twins:
            if os.path.lexists(row.path) or row.sha256 not in there or row.json is None:
                continue
            target = self._out / "reports" / row.json
            if self._ledger.claims(row.json) == 1 and self._whole(row) is not None:
                target.unlink(missing_ok=True)
            self._ledger.forget(row.path)

    def _same(self, job: Job, sha256: str) -> tuple[FileRow, bytes] | None:
        """A row whose JSON says all that the job's would, the job's own if it can be, and that JSON."""
        rows = self._ledger.done(sha256, self._tool)
        rows.sort(key=lambda row: row.path != absolute(job.path))
        suffix = job.path.suffix.lower()  # reading refuses a name that says another format
        for row in rows:
            data = self._whole(row) if row.path.suffix.lower() == suffix else None
            if data is not None:
                return row, data
        return None

    def _whole(self, row: FileRow) -> bytes | None:
        """The JSON of the row, if it is as it was written."""
        try:
            data = (self._out / "reports" / (row.json or "")).read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == row.json_sha256 else None

    def _take_over(self, row: FileRow, data: bytes, job: Job) -> Status:
        """Make the JSON `data` of `row` the job's. Only the name in it is another."""
        target = job.target.as_posix()
        if (row.path, row.source, row.json) == (absolute(job.path), job.source, target):
            return "unchanged"
        report = from_json(data)
        data = to_bytes(replace(report, document=replace(report.document, source=job.source)))
        write_whole(self._out / "reports" / job.target, data, parts=self._out)
        mine = replace(
            row, path=absolute(job.path), source=job.source, json=target, json_sha256=hashlib.sha256(data).hexdigest()
        )
        self._ledger.put(mine, self._ledger.pages(row.path))
        return "moved"


def absolute(path: Path) -> Path:
    """The path as the ledger knows it: absolute, links not followed."""
    return Path(os.path.abspath(path))


def _failed(row: FileRow, outcome: Outcome) -> FileRow:
    return replace(
        row, state="failed", seconds=round(outcome.seconds, 4), error=outcome.error, message=outcome.message
    )
