"""The values that pass between the stages before a `Report` exists: pages as read, and text as laid out.

reading makes `Source` (a stream of `SourcePage`s), layout makes `LaidText`; every later stage works on
`LaidText.text` and offsets into it alone.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from extractor.model import Box, Furniture, Page, Reading, Table


def _floats() -> array[float]:
    return array("f")


def _ints() -> array[int]:
    return array("I")


LineKind = Literal["line", "paragraph", "note", "cell", "furniture"]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table's grid: where it begins, and how many rows and columns it takes. `box`: its ruled box."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A table's row of a format without geometry.

    `table` numbers the file's tables; `cells` are those that begin in the row; `header`: the file calls it a head.
    """

    table: int
    cells: tuple[GridCell, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table whose lines are drawn on a page: its box (points, page as shown) and its cells row by row."""

    box: Box
    cells: tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of a format without geometry.

    kind: "line" may be a wrapped part of a paragraph (plain text); "paragraph" is whole (DOCX, HTML);
    "note" is a footnote's text, `note` its mark; "cell" is a row of a table's cells joined by tabs, one for each column
    of the grid, `row` says which of them are one; "furniture" is a running head or foot of a DOCX.
    """

    text: str
    kind: LineKind = "line"
    note: str | None = None
    row: SourceRow | None = None


Affine = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f) takes the point (x, y) to (a x + b y + c, d x + e y + f)."""


@dataclass(frozen=True, slots=True)
class SourceReading:
    """How the word of that index was recognised, where that is not what `words` says or was read in two ways."""

    word: int
    first: str
    second: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One page as the file holds it: words with boxes where the format has geometry, else lines.

    `words[i]` has its box at `boxes[4*i : 4*i+4]` (x0, top, x1, bottom; points, top left origin, page as shown, that is
    after rotation) and its glyph height (font size in points) at `sizes[i]`. Words come in the file's content order.
    `tables` are the ruled tables, from top to bottom. `confidence` is 1 for text that a program wrote, lower for an
    untrusted text layer or recognised text; `confidences` has that of each word, and is empty where none is known.
    `shown` takes points of `boxes` and `tables` to the page as shown, where these are those of a page set straight.
    """

    number: int
    width: float | None
    height: float | None
    words: tuple[str, ...] = ()
    boxes: array[float] = field(default_factory=_floats)
    sizes: array[float] = field(default_factory=_floats)
    lines: tuple[SourceLine, ...] = ()
    tables: tuple[SourceTable, ...] = ()
    source: Literal["text", "ocr"] = "text"
    confidence: float = 1.0
    warnings: tuple[str, ...] = ()
    confidences: array[float] = field(default_factory=_floats)
    readings: tuple[SourceReading, ...] = ()
    shown: Affine | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file opened for reading. `pages` is consumed once, page by page, so that memory stays flat."""

    media_type: str
    page_count: int
    pages: Iterator[SourcePage]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: where its text stands in `LaidText.text`, its mark, and the offset of the mark that it notes."""

    start: int
    end: int
    mark: str
    anchor: int | None = None


@dataclass(frozen=True, slots=True)
class LaidCell:
    """A table's cell, its place in the grid of `Table.rows`, and the span of its text in `LaidText.text`.

    A cell that a page's end tears is two, at the same place.
    """

    start: int
    end: int
    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class LaidTable:
    """A table and its cells that hold text, in order.

    `lines` are the spans of its rows in `LaidText.text`; where the head is printed again on later pages, that row is a
    line and in no cell.
    """

    table: Table
    cells: tuple[LaidCell, ...]
    lines: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class LaidText:
    """One NFC text in reading order, with the map from offsets back to pages and boxes.

    A paragraph is one line of `text` (separated by "\\n"). `word_starts` (ascending) are the offsets at which the
    page's words start in `text`; word i lies on page `word_pages[i]` in line `word_lines[i]` and has the box
    `word_boxes[4*i : 4*i+4]` and `word_confidences[i]`. All five are empty for formats without geometry.
    """

    text: str
    pages: tuple[Page, ...]
    furniture: tuple[Furniture, ...] = ()
    notes: tuple[Note, ...] = ()
    warnings: tuple[str, ...] = ()
    word_starts: array[int] = field(default_factory=_ints)
    word_pages: array[int] = field(default_factory=_ints)
    word_lines: array[int] = field(default_factory=_ints)
    word_boxes: array[float] = field(default_factory=_floats)
    word_confidences: array[float] = field(default_factory=_floats)
    tables: tuple[LaidTable, ...] = ()
    readings: tuple[Reading, ...] = ()

    def confidence(self, start: int, end: int) -> float:
        """How sure recognition is of its least sure word in `[start, end)`; 1 where nothing was recognised there."""
        if not self.word_starts or end <= start:
            return 1.0
        first = max(0, bisect_right(self.word_starts, start) - 1)
        last = bisect_right(self.word_starts, end - 1)
        return round(min(self.word_confidences[first:last], default=1.0), 3)

    def page_at(self, offset: int) -> int | None:
        """The number of the page that the character at `offset` stands on; None where there are no pages."""
        if self.word_starts:
            return self.word_pages[max(0, bisect_right(self.word_starts, offset) - 1)]
        at = bisect_right(self.pages, offset, key=lambda p: p.start) - 1
        return self.pages[max(0, at)].number if self.pages else None

    def boxes(self, start: int, end: int) -> tuple[Box, ...]:
        """The boxes of the words in `[start, end)`, one a line that the span touches."""
        if not self.word_starts or end <= start:
            return ()
        first = max(0, bisect_right(self.word_starts, start) - 1)
        last = bisect_right(self.word_starts, end - 1)
        merged: list[Box] = []
        line = -1
        for i in range(first, last):
            x0, top, x1, bottom = (round(v, 1) for v in self.word_boxes[4 * i : 4 * i + 4])
            if self.word_lines[i] == line and merged:
                a, b, c, d = merged[-1]
                merged[-1] = (min(a, x0), min(b, top), max(c, x1), max(d, bottom))
            else:
                merged.append((x0, top, x1, bottom))
                line = self.word_lines[i]
        return tuple(merged)
