"""Tables from their rows in the laid text: grids with the span of every cell, joined over pages, heads found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import regex

from extractor.layout.straight import moved
from extractor.layout.table_heads import header_rows, is_number, is_ordinal
from extractor.model import Box, Span, Table
from extractor.pages import Affine, GridCell, LaidCell, LaidTable

SAME_EDGE = 3.0
"""Points by which the columns of a table may move from page to page."""

MOST_BETWEEN = 200
"""Longest words between the parts of a table on two pages (`Phụ biểu 2 (tiếp theo)`)."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a laid line knows of its table: which table and row it is, its cells, the column of its first piece.

    The line's text has a piece between tabs for every column from `first` on; those after its last word may be missing.
    """

    table: int
    at: int
    cells: tuple[GridCell, ...]
    first: int = 0
    header: bool = False


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row where it stands in the text: `start` is the offset of `text`."""

    row: Row
    page: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.text)


@dataclass(slots=True)
class _Part:
    """The rows of one grid, before parts on following pages are joined."""

    page: int
    lines: list[tuple[int, int]]
    cells: list[LaidCell]
    grid: list[GridCell]
    marked: list[bool]
    texts: list[list[str]]
    pages: list[int]  # of each row
    box: Box | None
    head: int = 0


def build(rows: Sequence[LaidRow], text: str, shown: Mapping[int, Affine]) -> tuple[LaidTable, ...]:
    """The tables that the rows make, in order; a single row is none. `text` is the laid text; `shown` takes the boxes
    of a page that was set straight to the page as shown."""
    joined: list[_Part] = []
    for part in _parts(rows):
        part.head = header_rows(part.texts, part.grid, part.marked)
        before = joined[-1] if joined else None
        if before is not None and _continues(before, part, text):
            _append(before, part)
        else:
            joined.append(part)
    whole = [part for part in joined if len({cell.row for cell in part.cells}) > 1]
    return tuple(_laid(part, number, shown) for number, part in enumerate(whole, 1))


def _parts(rows: Sequence[LaidRow]) -> Iterator[_Part]:
    at = 0
    while at < len(rows):
        stop = at
        while stop < len(rows) and rows[stop].row.table == rows[at].row.table:
            stop += 1
        yield _part(rows[at:stop])
        at = stop


def _part(rows: Sequence[LaidRow]) -> _Part:
    height = max(max((c.row + c.rows for c in r.row.cells), default=0) for r in rows)
    height = max(height, max(r.row.at for r in rows) + 1)
    width = max(max((c.column + c.columns for c in r.row.cells), default=0) for r in rows)
    width = max(width, max(r.row.first + r.text.count("\t") + 1 for r in rows))
    boxes = [cell.box for laid in rows for cell in laid.row.cells if cell.box is not None]
    part = _Part(
        page=rows[0].page,
        lines=[(laid.start, laid.end) for laid in rows],
        cells=[],
        grid=[],
        marked=[False] * height,
        texts=[[""] * width for _ in range(height)],
        pages=[rows[0].page] * height,
        box=_around(boxes) if boxes else None,
    )
    for laid in rows:
        starts = {cell.column: cell for cell in laid.row.cells}
        part.grid += laid.row.cells
        part.marked[laid.row.at] = laid.row.header
        offset = laid.start
        for column, piece in enumerate(laid.text.split("\t"), laid.row.first):
            if piece:
                cell = starts.get(column, GridCell(laid.row.at, column))
                lead = len(piece) - len(piece.lstrip())
                begins = offset + lead
                ends = begins + len(piece.strip())
                part.cells.append(LaidCell(begins, ends, laid.row.at, column, cell.rows, cell.columns))
                part.texts[laid.row.at][column] = piece.strip()
            offset += len(piece) + 1
    return part


@lru_cache(maxsize=1)
def _continued() -> regex.Pattern[str]:
    return regex.compile(r"(?i:tiếp(?:\s+theo)?|continued)")


def _continues(before: _Part, part: _Part, text: str) -> bool:
    """Whether `part` is the rest of the table `before` on the next page: same columns, and the head again or none."""
    if not before.pages[-1] < part.page <= before.pages[-1] + 1 or len(before.texts[0]) != len(part.texts[0]):
        return False
    between = text[before.lines[-1][1] : part.lines[0][0]].strip()
    if between and (len(between) > MOST_BETWEEN or not _continued().search(between)):
        return False
    if not _same_columns(before.grid, part.grid):
        return False
    return _repeats(before, part) or _bodily(part.texts[0])


def _same_columns(a: Sequence[GridCell], b: Sequence[GridCell]) -> bool:
    left, right = _edges(a), _edges(b)
    return all(abs(left[k] - right[k]) <= SAME_EDGE for k in left.keys() & right.keys())


def _edges(cells: Sequence[GridCell]) -> dict[int, float]:
    return {cell.column: cell.box[0] for cell in cells if cell.box is not None}


def _repeats(before: _Part, part: _Part) -> bool:
    """Whether the part opens with the head of the table."""
    head = before.head
    return 0 < head <= len(part.texts) and before.texts[:head] == part.texts[:head]


def _bodily(row: Sequence[str]) -> bool:
    """Whether a row can only be data: it is numbered, holds a number, or is not filled."""
    return any(map(is_number, row)) or is_ordinal(row[0]) or not all(row)


def _append(before: _Part, part: _Part) -> None:
    skip = before.head if _repeats(before, part) else 0
    shift = len(before.texts) - skip
    rest = part.texts[skip:]
    if rest and _torn(before.texts[-1], rest[0]):
        shift -= 1
        before.texts[-1] = [" ".join(filter(None, both)) for both in zip(before.texts[-1], rest[0], strict=True)]
        del rest[0]
    before.texts += rest
    before.marked += part.marked[skip:]
    before.cells += [replace(c, row=c.row + shift) for c in part.cells if c.row >= skip]
    before.grid += [replace(c, row=c.row + shift) for c in part.grid if c.row >= skip]
    before.lines += part.lines
    before.pages += [part.page] * len(rest)


def _torn(last: Sequence[str], first: Sequence[str]) -> bool:
    """Whether a page's first row is the rest of the row that the page before ends with."""
    if first[0] or not last[0] or not any(first):
        return False
    return all(not b or (a and not (is_number(a) and is_number(b))) for a, b in zip(last, first, strict=True))


def _laid(part: _Part, number: int, shown: Mapping[int, Affine]) -> LaidTable:
    """The finished table. Text, box and span of a head's merged cell stand at every place that it takes."""

    def placed(box: Box | None, page: int) -> Box | None:
        return None if box is None else _rounded(moved(box, shown[page]) if page in shown else box)

    boxes: list[list[Box | None]] = [[None] * len(row) for row in part.texts]
    spans: list[list[tuple[Span, ...]]] = [[()] * len(row) for row in part.texts]
    for laid in part.cells:
        spans[laid.row][laid.column] += ((laid.start, laid.end),)
    for cell in part.grid:
        spread = cell.row < part.head
        for row in range(cell.row, min(cell.row + (cell.rows if spread else 1), len(part.texts))):
            for column in range(cell.column, min(cell.column + (cell.columns if spread else 1), len(part.texts[0]))):
                boxes[row][column] = boxes[row][column] or placed(cell.box, part.pages[cell.row])
                if spread and row < part.head:
                    part.texts[row][column] = part.texts[cell.row][cell.column]
                    spans[row][column] = spans[cell.row][cell.column]
    table = Table(
        id=f"t{number}",
        page=part.page,
        box=placed(part.box, part.page),
        header_rows=part.head,
        rows=tuple(map(tuple, part.texts)),
        cell_boxes=tuple(map(tuple, boxes)) if part.box else (),
        cell_spans=tuple(map(tuple, spans)),
    )
    return LaidTable(table, tuple(part.cells), tuple(part.lines))


def _around(boxes: Sequence[Box]) -> Box:
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def _rounded(box: Box) -> Box:
    x0, top, x1, bottom = box
    return round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1)
