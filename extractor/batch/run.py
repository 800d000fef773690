"""A run: every job of the inputs, one after the other, and what became of them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from extractor.batch.discover import Skipped, discover
from extractor.batch.tool import in_use_since
from extractor.batch.work import Counts, Outcome, Reader, failed, process
from extractor.batch.writing import DiskFull, append, locked
from extractor.errors import MissingProgram, UsageError
from extractor.model import Report
from extractor.reading.scan import Recognition

INTERRUPTED = 130


@dataclass(slots=True)
class Summary:
    """What became of a run. `stopped` says why it ended before its end; `waiting` is how many jobs were not tried."""

    out: Path
    outcomes: list[Outcome] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    waiting: int = 0
    stopped: str | None = None
    interrupted: bool = False
    seconds: float = 0.0

    @property
    def good(self) -> list[Outcome]:
        """The outcomes with a JSON."""
        return [o for o in self.outcomes if o.status != "failed"]

    @property
    def failures(self) -> list[Outcome]:
        """The outcomes without."""
        return [o for o in self.outcomes if o.status == "failed"]

    @property
    def status(self) -> Counter[str]:
        """How many outcomes of each status."""
        return Counter(o.status for o in self.outcomes)

    @property
    def counts(self) -> Counts:
        """The sum over all reports."""
        return sum((o.counts for o in self.good if o.counts), Counts())

    @property
    def exit_code(self) -> int:
        """As docs/commands.md says: 0, 2, 3, 4 or 130."""
        if self.interrupted:
            return INTERRUPTED
        if not self.good:
            missing = any(o.exit_code == MissingProgram.exit_code for o in self.failures)
            return MissingProgram.exit_code if missing else 3
        return 2 if self.failures or self.waiting else 0


def run(
    inputs: Sequence[Path],
    out: Path,
    *,
    ocr: Recognition = "auto",
    read: Reader | None = None,
    on_outcome: Callable[[Outcome, int], None] | None = None,
) -> Summary:
    """Read all reports of `inputs` into `out`/reports, one JSON each, written whole or not at all.

    A report that fails is an `Outcome` with its named error; the others are read. `on_outcome` is told each outcome as
    it comes, with the number of all jobs. `ocr`: see `extractor.pipeline.extract`, in whose place `read` is called.
    Raises `UsageError` where the call itself is wrong.
    """
    if not inputs:
        raise UsageError("no input is named")
    began = time.perf_counter()
    summary = Summary(out)

    def note(outcome: Outcome, total: int) -> None:
        summary.outcomes.append(outcome)
        if outcome.details:
            append(out / "errors.log", outcome.details)
        if on_outcome:
            on_outcome(outcome, total)

    try:
        with locked(out):
            since = in_use_since(out, ocr)
            found = discover(inputs, out)
            summary.skipped, summary.waiting = found.skipped, len(found.jobs)
            total = len(found.jobs) + len(found.unreadable)
            for error in found.unreadable:
                note(failed(error.path or "", error, 0.0, Path()), total)
            for job in found.jobs:
                outcome = process(job, out, read or partial(_extract, ocr=ocr), since)
                summary.waiting -= 1
                note(outcome, total)
    except DiskFull as error:
        summary.stopped = str(error)
    except KeyboardInterrupt:
        summary.interrupted = True
        summary.stopped = "interrupted; run the same command again to go on"
    summary.seconds = time.perf_counter() - began
    return summary


def _extract(path: Path, source: str, ocr: Recognition) -> Report:
    from extractor.pipeline import extract  # here, so that `--version` and a wrong call do not load every stage

    return extract(path, source=source, ocr=ocr)
