"""Ruled tables of a straight page's picture: the cells that drawn lines enclose, merged ones too.

The lines are sought before specks are taken out, because on a worn copy a line is little more than a row of specks
(measured: after despeckling the grid of faxes fell apart).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from extractor.recognising.interface import PixelBox
from extractor.recognising.prepare import FAINT

if TYPE_CHECKING:
    from extractor.recognising.interface import Grey

_FLAT, _UPRIGHT = 0.35, 0.22
"""Inches: the shortest stretch of a line across and down; a letter is at most 0.2 high."""

_GAP = 0.03
"""Inches that may be missing of a worn line."""

_SOLID = 0.8
"""The share of a line that is drawn; where gaps were closed in a row of letters, less is."""

_NEAR = 0.045
"""Inches within which two edges are one."""

_DRAWN = 0.5
"""The share of a cell's side that must be drawn for it to be a wall."""

_LONG = 0.4
"""The share of a table's width or height from which a line is one of its grid without more ado."""

_INSET = 0.012
"""Inches from the middle of a rule to what stands beside it."""


@dataclass(frozen=True, slots=True)
class PictureCell:
    """A cell: where it begins in the grid, how many rows and columns it takes; its box to the rules, its inside."""

    row: int
    column: int
    rows: int
    columns: int
    box: PixelBox
    inside: PixelBox


@dataclass(frozen=True, slots=True)
class PictureTable:
    """A ruled table and its cells in rows."""

    box: PixelBox
    cells: tuple[PictureCell, ...]


def find_tables(image: Grey, dpi: float) -> list[PictureTable]:
    """The ruled tables of a straight, evenly lit page, from top to bottom."""
    import cv2
    import numpy as np

    image, dpi = _halved(image), dpi / 2  # lines stay; a quarter of the pixels, a quarter of the time
    dark = (image < FAINT).astype(np.uint8)
    upright = _lines(dark, dpi, across=False)
    if not upright.any():
        return []
    flat = _lines(dark, dpi, across=True)
    joined = cv2.dilate(cv2.max(flat, upright), np.ones((3, 3), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = []
    for label in range(1, count):
        x, y, width, height = (int(v) for v in stats[label][:4])
        if width < dpi or height < 2 * _UPRIGHT * dpi:
            continue
        window = (slice(y, y + height), slice(x, x + width))
        mine = (labels[window] == label).astype(np.uint8)
        table = _table(flat[window] * mine, upright[window] * mine, x, y, dpi)
        if table is not None:
            found.append(table)
    return [_doubled(table) for table in sorted(_outer(found), key=lambda table: table.box[1])]


def _halved(image: Grey) -> Grey:
    """The picture at half the size, the darkest of four pixels kept."""
    import numpy as np

    even = image[: image.shape[0] // 2 * 2, : image.shape[1] // 2 * 2]
    rows = np.minimum(even[::2], even[1::2])
    return np.ascontiguousarray(np.minimum(rows[:, ::2], rows[:, 1::2]))


def _doubled(table: PictureTable) -> PictureTable:
    def twice(box: PixelBox) -> PixelBox:
        x0, top, x1, bottom = box
        return 2 * x0, 2 * top, 2 * x1, 2 * bottom

    cells = tuple(replace(cell, box=twice(cell.box), inside=twice(cell.inside)) for cell in table.cells)
    return PictureTable(twice(table.box), cells)


def _lines(dark: Any, dpi: float, *, across: bool) -> Any:
    """The stretches of lines that run across (or down), gaps of wear closed."""
    import cv2
    import numpy as np

    def bar(inches: float) -> Any:
        length = max(3, round(inches * dpi))
        return np.ones((1, length) if across else (length, 1), np.uint8)

    thick = cv2.dilate(dark, np.ones((2, 1) if across else (1, 2), np.uint8))  # a line that is off by a pixel goes on
    closed = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, bar(_GAP))
    found = cv2.morphologyEx(closed, cv2.MORPH_OPEN, bar(_FLAT if across else _UPRIGHT))
    if not found.any():
        return found
    count, labels, stats, _ = cv2.connectedComponentsWithStats(found, connectivity=8)
    for label in range(1, count):
        x, y, width, height, area = stats[label].tolist()
        window = (slice(y, y + height), slice(x, x + width))
        mine = labels[window] == label
        if np.count_nonzero(thick[window][mine]) < _SOLID * area:
            found[window][mine] = 0
    return found


def _outer(tables: list[PictureTable]) -> list[PictureTable]:
    """The tables that lie in no other."""

    def within(a: PixelBox, b: PixelBox) -> bool:
        return a != b and b[0] <= a[0] and b[1] <= a[1] and a[2] <= b[2] and a[3] <= b[3]

    return [table for table in tables if not any(within(table.box, other.box) for other in tables)]


def _table(flat: Any, upright: Any, left: int, top: int, dpi: float) -> PictureTable | None:
    """The grid of one group of lines; None where it has no two columns and two rows, or three columns in one row."""
    near = max(3, round(_NEAR * dpi))
    ys, xs = _edges(flat, near, across=True), _edges(upright, near, across=False)
    rows, columns = _anchored(ys, xs, near), _anchored(xs, ys, near)
    if len(columns) < 3 or len(rows) < 2 or len(columns) + len(rows) < 6:
        return None
    band = max(2, near // 2)
    beside = [  # wall on the right of each cell; below each cell
        [_drawn(upright[a + 1 : b, max(0, x - band) : x + band + 1], 1) for x in columns] for a, b in pairwise(rows)
    ]
    below = [
        [_drawn(flat[max(0, y - band) : y + band + 1, a + 1 : b], 0) for a, b in pairwise(columns)] for y in rows
    ]
    inset = max(2, round(_INSET * dpi))
    cells = []
    for row, column, high, wide in _merged(beside, below, len(rows) - 1, len(columns) - 1):
        x0, x1, y0, y1 = columns[column], columns[column + wide], rows[row], rows[row + high]
        box = (x0 + left, y0 + top, x1 + left, y1 + top)
        cells.append(PictureCell(row, column, high, wide, box, _inside(box, inset)))
    box = (columns[0] + left, rows[0] + top, columns[-1] + left, rows[-1] + top)
    return PictureTable(box, tuple(cells)) if len(cells) >= 3 else None


def _inside(box: PixelBox, inset: int) -> PixelBox:
    x0, top, x1, bottom = box
    return x0 + inset, top + inset, max(x0 + inset, x1 - inset), max(top + inset, bottom - inset)


@dataclass(slots=True)
class _Edge:
    """Where lines of one direction lie on one position: from where to where, and how much of that is drawn."""

    at: float
    start: int
    stop: int
    length: int


def _edges(lines: Any, near: int, *, across: bool) -> list[_Edge]:
    """The positions of the lines that run across (or down), those within `near` as one."""
    import cv2

    count, _, stats, centres = cv2.connectedComponentsWithStats(lines, connectivity=8)
    axis, first, extent = (1, 0, 2) if across else (0, 1, 3)  # of a blot's middle; of its left, top, width, height
    found = sorted((float(centres[k][axis]), int(stats[k][first]), int(stats[k][extent])) for k in range(1, count))
    edges: list[_Edge] = []
    for at, start, length in found:
        last = edges[-1] if edges else None
        if last is not None and at - last.at <= near:
            last.at = (last.at * last.length + at * length) / (last.length + length)
            last.start, last.stop = min(last.start, start), max(last.stop, start + length)
            last.length += length
        else:
            edges.append(_Edge(at, start, start + length, length))
    return edges


def _anchored(edges: Sequence[_Edge], others: Sequence[_Edge], near: int) -> list[int]:
    """The positions of the edges that are a grid's: long, or ending at lines of the other direction at both ends; the
    ring of a stamp and the strokes of a letter do not."""
    if not others:
        return []
    whole = max(edge.at for edge in others) - min(edge.at for edge in others)

    def meets(end: int) -> bool:
        return any(abs(end - other.at) <= near for other in others)

    kept = [e for e in edges if e.length >= _LONG * whole or (meets(e.start) and meets(e.stop))]
    return [round(edge.at) for edge in kept]


def _drawn(strip: Any, axis: int) -> bool:
    """Whether a line is drawn along most of the strip. axis: the one across the line."""
    return strip.size > 0 and float(strip.any(axis=axis).mean()) >= _DRAWN


def _merged(
    beside: Sequence[Sequence[bool]], below: Sequence[Sequence[bool]], rows: int, columns: int
) -> list[tuple[int, int, int, int]]:
    """(row, column, rows, columns) of every cell: from each corner on as wide, then as high as no wall forbids."""
    taken: set[tuple[int, int]] = set()
    cells = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            wide = 1
            while column + wide < columns and not beside[row][column + wide] and (row, column + wide) not in taken:
                wide += 1
            high = 1
            while row + high < rows and _open_below(beside, below, row + high, column, wide, taken):
                high += 1
            taken |= {(r, c) for r in range(row, row + high) for c in range(column, column + wide)}
            cells.append((row, column, high, wide))
    return cells


def _open_below(
    beside: Sequence[Sequence[bool]],
    below: Sequence[Sequence[bool]],
    row: int,
    column: int,
    wide: int,
    taken: set[tuple[int, int]],
) -> bool:
    """Whether the cells of `row` under a cell of `wide` columns belong to it: no wall above or between, none taken."""
    span = range(column, column + wide)
    return (
        not any(below[row][c] for c in span)
        and not any(beside[row][c] for c in list(span)[1:])
        and not any((row, c) in taken for c in span)
    )
