"""Ruled tables of a PDF: the cells that lines drawn on the page enclose.

pdfplumber finds them (measured in the project's research on tables: 228 of 228 cells on two producers' files) but takes
some 100 ms a page, because it reads the page anew. So a page is given to it only where pdfium, which has the page open
already, says in under a millisecond that paths stand on it which can rule columns.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2  # noqa: F401  (initialises the library that `raw` calls)
import pypdfium2.raw as pdfium

from extractor.model import Box
from extractor.pages import GridCell, SourceTable

UPRIGHT = 6.0
"""The least height in points of what can rule a column: a row of the smallest print."""

FEWEST = 2
"""A table has two upright lines or more (its outer ones may be missing)."""

MANY_PARTS = 15
"""A path of more parts may be a whole grid; a single frame, drawn as the outline of its border, has ten."""

FEWEST_WORDS = 4
"""A table of two rows and two columns holds as many words."""

MOST_OBJECTS = 30_000
"""A page with more objects is a map or a drawing; the largest page of tables seen has some thousands."""

_NEAR = 2.0  # points within which two edges are one
_WHOLE = 0.97  # of the page's area: a background


def may_hold_table(page: Any) -> bool:
    """Whether the open pdfium page has paths that may rule columns: upright lines, frames, one path of many parts."""
    if pdfium.FPDFPage_CountObjects(page) > MOST_OBJECTS:
        return False
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    sides = [ctypes.c_float() for _ in range(4)]
    references = [ctypes.byref(side) for side in sides]
    upright = flat = 0
    for thing in _objects(page):
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind != pdfium.FPDF_PAGEOBJ_PATH or not pdfium.FPDFPageObj_GetBounds(thing, *references):
            continue
        x0, y0, x1, y1 = (side.value for side in sides)
        if (x1 - x0) * (y1 - y0) > _WHOLE * width * height:
            continue
        if y1 - y0 < UPRIGHT:
            flat += x1 - x0 > UPRIGHT
        elif x1 - x0 < UPRIGHT:
            upright += 1
        else:
            upright += 2 if pdfium.FPDFPath_CountSegments(thing) > MANY_PARTS else 1
            flat += 1
        if upright >= FEWEST and flat >= FEWEST:
            return True
    return False


def _objects(page: Any) -> Iterator[Any]:
    """The page's objects, those inside forms too."""
    for at in range(pdfium.FPDFPage_CountObjects(page)):
        thing = pdfium.FPDFPage_GetObject(page, at)
        yield thing
        if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_FORM:
            for inner in range(min(pdfium.FPDFFormObj_CountObjects(thing), MOST_OBJECTS)):
                yield pdfium.FPDFFormObj_GetObject(thing, inner)


class RuledTables:
    """Reads ruled tables of one PDF; opens it with pdfplumber at the first page that is asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._document: Any = None

    def on(self, number: int) -> tuple[SourceTable, ...]:
        """The ruled tables of page `number` (from 1) from top to bottom; none where pdfplumber cannot read it."""
        import pdfplumber  # 0.3 s, which files without tables need not wait for

        try:
            if self._document is None:
                self._document = pdfplumber.open(self._path)
            page = self._document.pages[number - 1]
            try:
                found = [(table.bbox, [cell for cell in table.cells if cell]) for table in page.find_tables()]
                left, top = _corner(page)
            finally:
                page.close()
        except Exception:  # damaged files raise whatever pdfminer meets; their text has been read by pdfium
            return ()
        made = [_table(box, cells, left, top) for box, cells in found]
        return tuple(sorted((t for t in made if t is not None), key=lambda t: t.box[1]))

    def close(self) -> None:
        """Close the file."""
        if self._document is not None:
            self._document.close()


def _corner(page: Any) -> tuple[float, float]:
    """The top left corner of the page as shown in pdfplumber's coordinates, which begin at the media box turned."""
    x0, y0, x1, y1 = map(float, page.page_obj.mediabox)
    crop = tuple(map(float, page.page_obj.cropbox or page.page_obj.mediabox))
    left, bottom = max(0.0, crop[0] - x0), max(0.0, crop[1] - y0)
    right, top = max(0.0, x1 - crop[2]), max(0.0, y1 - crop[3])
    turned = ((left, top), (bottom, left), (right, bottom), (top, right))[int(page.rotation) // 90 % 4]
    return float(page.bbox[0]) + turned[0], float(page.bbox[1]) + turned[1]


def _table(box: Box, cells: Sequence[Box], left: float, top: float) -> SourceTable | None:
    """The grid of the cells; None where they are none of two columns at least, or of three where it is a single row
    (the last of a table that began on the page before)."""
    columns = _edges([x for cell in cells for x in (cell[0], cell[2])])
    rows = _edges([y for cell in cells for y in (cell[1], cell[3])])
    if len(columns) < 3 or len(columns) + len(rows) < 6:
        return None
    made: list[GridCell] = []
    covered: set[tuple[int, int]] = set()
    for x0, y0, x1, y1 in cells:
        row, column = _nearest(rows, y0), _nearest(columns, x0)
        below, right = max(_nearest(rows, y1), row + 1), max(_nearest(columns, x1), column + 1)
        places = {(r, c) for r in range(row, below) for c in range(column, right)}
        if places & covered:
            continue
        covered |= places
        shown = (x0 - left, y0 - top, x1 - left, y1 - top)
        made.append(GridCell(row, column, below - row, right - column, shown))
    for row in range(len(rows) - 1):  # what the lines leave open is a cell all the same
        for column in range(len(columns) - 1):
            if (row, column) not in covered:
                open_cell = (columns[column] - left, rows[row] - top, columns[column + 1] - left, rows[row + 1] - top)
                made.append(GridCell(row, column, 1, 1, open_cell))
    made.sort(key=lambda cell: (cell.row, cell.column))
    return SourceTable((box[0] - left, box[1] - top, box[2] - left, box[3] - top), tuple(made))


def _edges(values: list[float]) -> list[float]:
    """The different edges in order; those that nearly meet are one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _nearest(edges: Sequence[float], value: float) -> int:
    return min(range(len(edges)), key=lambda k: abs(edges[k] - value))
