"""Many areas compared by several processes, each with its own connections; the rows come in the order of the areas."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extractor.compare.claims import Doc
from extractor.compare.diff import Selection, Summary, compare_area
from extractor.compare.places import Map
from extractor.compare.rows import Row
from extractor.store.database import open_database
from extractor.store.store import Store

Area = tuple[list[Doc], list[Doc]]
_AT_ONCE = 16  # areas that a process takes at a time: some thousand rows

_stores: list[Store] = []
"""Of a process of the pool: its own connections to the two sides."""


def rows_of_many(
    a: Selection, b: Selection, areas: Sequence[Area], least: float, target: Map, summary: Summary, processes: int
) -> Iterator[Row]:
    """The rows of all `areas`; `summary` is added to."""
    parts = [areas[at : at + _AT_ONCE] for at in range(0, len(areas), _AT_ONCE)]
    tasks = [(part, least, target) for part in parts]
    context = multiprocessing.get_context("fork")
    with context.Pool(processes, _open, (a.store.path, b.store.path)) as pool:
        for rows, made in pool.imap(_compare, tasks):
            summary.status += made.status
            summary.told_again += made.told_again
            summary.alone += made.alone
            yield from rows


def _open(*paths: Path) -> None:
    _stores[:] = [Store(open_database(path), path, path.parent, []) for path in paths]


def _compare(task: tuple[Sequence[Area], float, Map]) -> tuple[list[Row], Any]:
    (areas, least, target), (a, b) = task, _stores
    summary = Summary()
    rows = [row for area in areas for row in compare_area(a, b, area, least, target, summary)]
    return rows, summary
