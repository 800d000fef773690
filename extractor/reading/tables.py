"""Tables of formats without geometry: a row of data becomes one line; a table that only sets columns is read by column.

State reports set their letterhead (issuer | motto) and their end (recipients | signature) as a table without borders
(Nghị định 30/2020/NĐ-CP, Phụ lục I draws both side by side): read row by row, the two would be mixed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, zip_longest

from extractor.pages import GridCell, SourceLine, SourceRow

Cell = Sequence[SourceLine]
"""What stands in a cell, in order."""


@dataclass(frozen=True, slots=True)
class Span:
    """How a file's row says that cells are one: at grid position `column`, `columns` wide; `rows` high, or `joined` to
    the cell above; `header`: it is called a head."""

    column: int
    columns: int = 1
    rows: int = 1
    joined: bool = False
    header: bool = False


_NUMBERS = count(1)
"""Tells the tables of a file apart; nothing but the difference of two numbers means anything."""
_MOST_ROWS = 4
_MOST_COLUMNS = 3


def sets_columns(rows: Sequence[Sequence[Cell]], bordered: bool) -> bool:
    """True where the table is there only to set columns side by side: no borders, one to four rows, and at most two
    columns that hold text (a third may stand empty between them)."""
    if bordered or len(rows) > _MOST_ROWS:
        return False
    columns = list(zip_longest(*rows, fillvalue=()))
    held = sum(any(line.text.strip() for cell in column for line in cell) for column in columns)
    return len(columns) <= _MOST_COLUMNS and held <= 2


def table_lines(
    rows: Sequence[Sequence[Cell]], bordered: bool, spans: Sequence[Sequence[Span]] = ()
) -> Iterator[SourceLine]:
    """The table's lines: column by column where it only sets columns, one cell in a row as its own paragraphs, else
    each row as one "cell" line (cells joined by tabs), the notes of its cells behind it.

    `rows`: for every row what stands at each place of the grid. `spans`: for every row its cells, where the file says
    that some take several places.
    """
    if sets_columns(rows, bordered):
        for column in zip_longest(*rows, fillvalue=()):
            for cell in column:
                yield from (line for line in cell if line.text.strip())
        return
    for row, said in zip(rows, source_rows(rows, spans), strict=True):
        yield from row_lines(row, bordered, said)


def source_rows(rows: Sequence[Sequence[Cell]], spans: Sequence[Sequence[Span]]) -> list[SourceRow]:
    """What the file says of each row's cells; each place of the grid is a cell of its own where it says nothing."""
    spans = spans or [[Span(column) for column in range(len(row))] for row in rows]
    number = next(_NUMBERS)
    found = []
    for at, row in enumerate(spans):
        cells = [GridCell(at, s.column, _height(spans, at, s), s.columns) for s in row if not s.joined]
        found.append(SourceRow(number, tuple(cells), bool(row) and all(s.header for s in row)))
    return found


def _height(spans: Sequence[Sequence[Span]], at: int, span: Span) -> int:
    """How many rows the cell takes that begins in row `at`: what it says, or as many as go on below it."""
    high = span.rows
    while high < len(spans) - at and any(
        s.joined and (s.column, s.columns) == (span.column, span.columns) for s in spans[at + high]
    ):
        high += 1
    return min(high, len(spans) - at)


def row_lines(row: Sequence[Cell], bordered: bool, said: SourceRow | None = None) -> Iterator[SourceLine]:
    """One row as a "cell" line, its notes behind it; one cell without borders as its own paragraphs."""
    if len(row) == 1 and not bordered:
        yield from (line for line in row[0] if line.text.strip())
        return
    texts = [" ".join(" ".join(line.text.split()) for line in cell if line.kind != "note").strip() for cell in row]
    if any(texts):
        yield SourceLine("\t".join(texts), "cell", row=said)
    yield from (line for cell in row for line in cell if line.kind == "note")
