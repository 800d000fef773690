"""What became of a run, and how far it is while it goes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from extractor.batch.discover import Skipped
from extractor.batch.work import Counts, Outcome
from extractor.errors import MissingProgram

INTERRUPTED = 130


@dataclass(slots=True)
class Summary:
    """What became of a run. `stopped` says why it ended before its end; `waiting` is how many jobs were not done.

    `out`: the folder; the address of one (text) where a cluster has written Parquet parts and no single JSONs.
    """

    out: Path | str
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


@dataclass(frozen=True, slots=True)
class State:
    """How far a run is: files of all, pages read now, bytes of the files that were read and of those that wait."""

    files: int
    all_files: int
    pages: int
    failed: int
    bytes_read: int
    bytes_waiting: int


class Observer:
    """Told how a run goes; does nothing unless a subclass does."""

    def outcome(self, outcome: Outcome) -> None:
        """One job is over."""

    def state(self, state: State) -> None:
        """How far the run is; some times a second."""
