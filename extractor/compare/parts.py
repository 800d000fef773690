"""A comparison told as text, part by part in its order; of a large one, several processes each tell every so many-th
part, finished, so that the one which started them only has to pass it on.
"""

from __future__ import annotations

import gc
import signal
import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from extractor.batch.settings import cores
from extractor.compare.diff import Area, Selection, Summary, areas, rows_of_areas
from extractor.compare.kept_claims import Claims
from extractor.compare.places import Map
from extractor.compare.rows import Row
from extractor.errors import ExtractorError
from extractor.store.database import open_database
from extractor.store.store import Store

Tell = Callable[[Iterable[Row]], bytes]
"""How rows are told; what it makes of several parts, one after the other, is what it makes of all their rows."""

LARGE = 1000
"""Documents from which on helpers are worth their start (1.5 s, most of it the gazetteer)."""
_AT_ONCE = 20  # documents a part, where they are of several areas
_Where = tuple[Path, Path | None]  # a store's file, and its run's folder


class _Told(NamedTuple):
    text: bytes
    summary: Summary


@dataclass(frozen=True, slots=True)
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


def told(
    a: Selection, b: Selection, tell: Tell, *, least: float, places: Map, summary: Summary
) -> Generator[bytes, None, None]:
    """What `tell` (a function of a module) makes of the rows of `diff(a, b)`, in their order. Raises what `diff`
    raises."""
    summary.failures += [*a.store.failures, *b.store.failures]
    comparison = _Comparison(list(_parts(areas(a.docs, b.docs, places))), tell, least, places)
    said = Claims.of_both(a.store, b.store)
    count = cores() if _large(a, b) else 1
    with _helpers(comparison, a.store, b.store, count if count > 1 else 0) as helpers:
        for part in range(len(comparison.parts)):
            made = _received(helpers[part % len(helpers)]) if helpers else None
            # Its helper may have been killed, or not have been able to read the store: then this process sees why.
            made = made or comparison.told(*said, part)
            summary.add(made.summary)
            yield made.text


def _large(a: Selection, b: Selection) -> bool:
    """Whether others shall help. A store that no file holds is in this process alone."""
    return len(a.docs) + len(b.docs) >= LARGE and a.store.out is not None and b.store.out is not None


def _parts(found: Sequence[Area]) -> Iterator[list[Area]]:
    part: list[Area] = []
    for area in found:
        part.append(area)
        if sum(len(ours) + len(theirs) for ours, theirs in part) >= _AT_ONCE:
            yield part
            part = []
    if part:
        yield part


@contextmanager
def _helpers(comparison: _Comparison, a: Store, b: Store, count: int) -> Iterator[list[Connection]]:
    """What the helpers tell: the first of them the parts 0, n, 2n, …, the next 1, n + 1, …; each waits until what it
    told is read."""
    spawn = get_context("spawn")  # nothing of a database may be taken over from this process
    found = []
    try:
        for first in range(count):
            ours, theirs = spawn.Pipe(duplex=False)
            values = theirs, comparison, range(first, len(comparison.parts), count), (a.path, a.out), (b.path, b.out)
            process = spawn.Process(target=_help, args=values, daemon=True)
            process.start()
            theirs.close()  # else its end would not be seen
            found.append((process, ours))
        yield [ours for _, ours in found]
    finally:
        for process, ours in found:
            ours.close()
            process.terminate()
            process.join()


def _received(helper: Connection) -> _Told | None:
    """The next part that it tells; None where it has ended."""
    try:
        made: _Told = helper.recv()
    except (EOFError, OSError):
        return None
    return made


def _help(theirs: Connection, comparison: _Comparison, parts: range, a: _Where, b: _Where) -> None:
    """A helper's life. It ends when nobody reads any more."""
    gc.set_threshold(100_000, 50, 50)  # rows and claims hold no cycles: looking for them took a tenth of the time
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that reads sees it, and ends this
    with suppress(ExtractorError, sqlite3.Error, OSError):
        store = _opened(*a)
        said = Claims.of_both(store, store if b == a else _opened(*b))
        for part in parts:
            theirs.send(comparison.told(*said, part))


def _opened(path: Path, out: Path | None) -> Store:
    return Store(open_database(path), path, out, [])
