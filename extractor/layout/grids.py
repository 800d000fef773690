"""Ruled tables on a page of words: which words stand in which cell.

A table's words leave the page's flow of rows; what stands above, between and below tables is laid out by itself.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.layout.columns import is_zone
from extractor.layout.rows import Stretch, Words, rows, stretches
from extractor.pages import GridCell, SourceTable

MOST_ZONE_ROWS = 6
"""A letterhead or signature block drawn with lines has no more rows."""

FEWEST_CELLS = 3
"""Fewer cells with words are a frame round text."""


@dataclass(frozen=True, slots=True)
class CellWords:
    """A cell and what stands in it, from top to bottom, each line from left to right."""

    cell: GridCell
    lines: list[list[Stretch]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table's words: for every row of the grid that holds any, its cells that do."""

    words: Words
    starting: dict[int, tuple[GridCell, ...]]  # the cells that begin in each row, empty ones too
    rows: list[list[CellWords]]


def parts(words: Words, tables: Sequence[SourceTable]) -> Iterator[Words | Grid]:
    """The page in parts from top to bottom: stretches of flowing words, and the tables that hold words."""
    if not tables:
        yield words
        return
    inside: list[list[int]] = [[] for _ in tables]
    outside: list[int] = []
    for i in range(len(words.text)):
        x, y = (words.x0[i] + words.x1[i]) / 2, (words.top[i] + words.bottom[i]) / 2
        for table, mine in zip(tables, inside, strict=True):
            x0, top, x1, bottom = table.box
            if x0 - 1 <= x <= x1 + 1 and top - 1 <= y <= bottom + 1:
                mine.append(i)
                break
        else:
            outside.append(i)
    for table, mine in zip(tables, inside, strict=True):
        grid = _grid(words, table, mine)
        if grid is None:
            outside = sorted({*outside, *mine})
            continue
        above = [i for i in outside if words.bottom[i] <= table.box[1] + 2]
        outside = [i for i in outside if words.bottom[i] > table.box[1] + 2]
        if above:
            yield _some(words, above)
        yield grid
    if outside:
        yield _some(words, outside)


def _some(words: Words, chosen: Sequence[int]) -> Words:
    """The words of these indices."""
    x0, top, x1, bottom, size = (
        [values[i] for i in chosen] for values in (words.x0, words.top, words.x1, words.bottom, words.size)
    )
    return Words([words.text[i] for i in chosen], x0, top, x1, bottom, size)


def _grid(words: Words, table: SourceTable, mine: Sequence[int]) -> Grid | None:
    """The table's words by row and cell; None where hardly any cell holds words."""
    boxes = [(cell, cell.box) for cell in table.cells if cell.box is not None]
    places = {
        (row, column): cell
        for cell, _ in boxes
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    }
    starts_x, starts_y = _starts([(c.column, b[0]) for c, b in boxes]), _starts([(c.row, b[1]) for c, b in boxes])
    held: dict[GridCell, list[int]] = {}
    for i in mine:
        x, y = (words.x0[i] + words.x1[i]) / 2, (words.top[i] + words.bottom[i]) / 2
        place = max(0, bisect_right(starts_y, y) - 1), max(0, bisect_right(starts_x, x) - 1)
        held.setdefault(places.get(place, table.cells[0]), []).append(i)
    if len(held) < FEWEST_CELLS or len({c.column for c in held}) < 2:
        return None
    starting: dict[int, tuple[GridCell, ...]] = {}
    for cell in table.cells:
        starting[cell.row] = (*starting.get(cell.row, ()), cell)
    ordered = _some(words, [i for cell in table.cells for i in held.get(cell, ())])
    if len(starting) <= MOST_ZONE_ROWS and is_zone(ordered):
        return None
    by_row: dict[int, list[CellWords]] = {}
    at = 0
    for cell in table.cells:
        count = len(held.get(cell, ()))
        if count:
            by_row.setdefault(cell.row, []).append(CellWords(cell, _lines(ordered, at, at + count)))
            at += count
    return Grid(ordered, starting, [by_row[row] for row in sorted(by_row)])


def _starts(edges: Sequence[tuple[int, float]]) -> list[float]:
    """Where each column (or row) of the grid begins."""
    found: dict[int, float] = {}
    for index, edge in edges:
        found[index] = min(edge, found.get(index, edge))
    last = 0.0
    starts = []
    for index in range(max(found) + 1):
        last = max(last, found.get(index, last))
        starts.append(last)
    return starts


def _lines(words: Words, first: int, last: int) -> list[list[Stretch]]:
    """The printed lines of one cell's words."""
    found = rows(stretches(_some(words, range(first, last))))
    for line in found:
        for stretch in line:
            stretch.first += first
            stretch.last += first
    return found
