"""A comparison told as text, part by part in its order; of a large one, several processes each tell every so many-th
part, finished, so that the one which started them only has to pass it on.
"""

from __future__ import annotations

import multiprocessing
import signal
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import NamedTuple, Self

from extractor.batch.settings import cores
from extractor.compare.diff import Area, Selection, Summary, areas, rows_of_areas
from extractor.compare.kept_claims import Claims
from extractor.compare.places import Map
from extractor.compare.rows import Row
from extractor.errors import ExtractorError
from extractor.gazetteer import gazetteer
from extractor.store.database import open_database
from extractor.store.store import Store

Tell = Callable[[Iterable[Row]], str]
"""How rows are told; what it makes of several parts, one after the other, is what it makes of all their rows."""

LARGE = 400
"""Documents from which on processes are worth their start."""
_AT_ONCE = 20  # documents a part, where they are of several areas


class _Told(NamedTuple):
    text: str
    summary: Summary


@dataclass(slots=True)
class _Comparison:
    """What is compared, and how it is told. `parts`: areas that are told at once."""

    parts: list[list[Area]]
    tell: Tell
    least: float
    target: Map

    def told(self, a: Claims, b: Claims, part: int) -> _Told:
        summary = Summary()
        rows = rows_of_areas(a, b, self.parts[part], self.least, self.target, summary)
        return _Told(self.tell(rows), summary)


def told(a: Selection, b: Selection, tell: Tell, *, least: float, places: Map, summary: Summary) -> Iterator[str]:
    """What `tell` makes of the rows of `diff(a, b)`, in their order. Raises what `diff` raises."""
    summary.failures += [*a.store.failures, *b.store.failures]
    comparison = _Comparison(list(_parts(areas(a.docs, b.docs, places))), tell, least, places)
    said = Claims.of_both(a.store, b.store)
    # A store that no file holds stays in this process, which alone has it.
    large = len(a.docs) + len(b.docs) >= LARGE and a.store.out is not None and b.store.out is not None
    with _Helpers(comparison, a.store, b.store, cores() if large else 1) as helpers:
        for part in range(len(comparison.parts)):
            made = helpers.told(part) or comparison.told(*said, part)
            summary.add(made.summary)
            yield made.text


def _parts(found: Sequence[Area]) -> Iterator[list[Area]]:
    part: list[Area] = []
    for area in found:
        part.append(area)
        if sum(len(ours) + len(theirs) for ours, theirs in part) >= _AT_ONCE:
            yield part
            part = []
    if part:
        yield part


@dataclass(slots=True)
class _Helpers:
    """The processes: the first tells the parts 0, n, 2n, …, the next 1, n + 1, …, each waiting until it is read. None
    where there would be one only."""

    comparison: _Comparison
    a: Store
    b: Store
    count: int
    _running: list[tuple[BaseProcess, Connection]] = field(default_factory=list)

    def __enter__(self) -> Self:
        if self.count < 2:
            return self
        gazetteer()  # once, and not in each of them
        fork = multiprocessing.get_context("fork")
        for first in range(self.count):
            ours, theirs = fork.Pipe(duplex=False)
            process = fork.Process(target=self._help, args=(ours, theirs, first), daemon=True)
            process.start()
            theirs.close()  # else its end would not be seen
            self._running.append((process, ours))
        return self

    def __exit__(self, *_: object) -> None:
        for process, ours in self._running:
            ours.close()
            process.terminate()
            process.join()

    def told(self, part: int) -> _Told | None:
        """The part; None where nobody tells it: there are no helpers, or its one has ended early (killed, or the store
        could not be read, which this process will then see for itself)."""
        if not self._running:
            return None
        _, ours = self._running[part % self.count]
        try:
            made: _Told = ours.recv()
        except (EOFError, OSError):
            return None
        return made

    def _help(self, ours: Connection, theirs: Connection, first: int) -> None:
        """A helper's life. It ends when nobody reads any more."""
        ours.close()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that reads sees it, and ends this
        with suppress(ExtractorError, sqlite3.Error, OSError):
            # A connection must not be used in two processes: each opens its own.
            a = _reopened(self.a)
            said = Claims.of_both(a, a if self.b is self.a else _reopened(self.b))
            for part in range(first, len(self.comparison.parts), self.count):
                theirs.send(self.comparison.told(*said, part))


def _reopened(store: Store) -> Store:
    return Store(open_database(store.path), store.path, store.out, [])
